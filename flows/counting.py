"""Which numbered questions somebody is asked: what is left out is not counted."""

from __future__ import annotations

from flows.facts import Facts
from flows.model import Flow, State


def count(flow: Flow, state: State, facts: Facts) -> tuple[int, int]:
    """Tell the number of a question, and of how many, for a person with these facts."""
    asked = _asked(flow, facts)
    if state.name not in asked:
        return state.step or 0, flow.steps
    return 1 + asked.index(state.name), len(asked)


def _asked(flow: Flow, facts: Facts) -> list[str]:
    """Follow the first open answers from the beginning to the end of a dialogue."""
    found: dict[str, State] = {}
    here: str | None = flow.start.name
    while here is not None and here not in found:
        found[here] = flow.state(here)
        here = _next(flow, found[here], facts)
    return [name for name, state in found.items() if state.step]


def _next(flow: Flow, state: State, facts: Facts) -> str | None:
    """Name the state to which the first open answer leads within a dialogue."""
    for answer in state.answers:
        if answer.is_open(facts):
            to = answer.to
            return to if isinstance(to, str) and flow.has(to) else None
    return None
