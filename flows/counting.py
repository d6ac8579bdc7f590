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
    found: list[str] = []
    names = {state.name for state in flow.states}
    here: str | None = flow.start.name
    while here is not None and here not in found:
        found.append(here)
        ways = (a.to for a in flow.state(here).answers if a.is_open(facts))
        to = next(ways, None)
        here = to if isinstance(to, str) and to in names else None
    return [name for name in found if flow.state(name).step]
