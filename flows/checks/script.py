"""Print dialogues for people who review them: as a script and as a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.checks.paths import place_of, sites
from flows.model import (
    Answer,
    Destination,
    Flow,
    Flows,
    Guard,
    Into,
    MessageId,
    Return,
    State,
)

TextOf = Callable[[MessageId], str]

_INDENT = " " * 4


def render(flow: Flow, text: TextOf) -> str:
    """Write a dialogue as a script; `text` gives the words of a message id."""
    lines = [f"{flow.id}, version {flow.version}"]
    for state in flow.states:
        lines += ["", "", _heading(flow, state)]
        for message in state.says:
            lines += ["", *_indented(text(message))]
        if state.answers:
            lines.append("")
        lines += [_INDENT + _line(answer, text) for answer in state.answers]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def graph(flows: Flows) -> str:
    """Draw all dialogues as one Mermaid flowchart."""
    lines = ["flowchart TD"]
    for flow in flows.values():
        lines.append(f"  subgraph {flow.id}")
        lines += [f"    {_node(flow, state)}" for state in flow.states]
        lines.append("  end")
    for flow, state in sites(flows):
        lines += dict.fromkeys(f"  {arrow}" for arrow in _arrows(flows, flow, state))
    return "\n".join(lines) + "\n"


def _heading(flow: Flow, state: State) -> str:
    notes = [
        f"question {state.step} of {flow.steps}" if state.step else "",
        "only the label, ja/nej or yes/no counts" if state.strict else "",
        f"the person types: {state.asks_for}" if state.asks_for else "",
        "the talk may rest here" if state.rest else "",
        f"asked again, it leads to {_told(state.again_to)}" if state.again_to else "",
    ]
    told = "; ".join(note for note in notes if note)
    return f"{state.name} ({told})" if told else state.name


def _indented(text: str) -> list[str]:
    return [_INDENT + line for line in text.splitlines()]


def _line(answer: Answer, text: TextOf) -> str:
    label = f"[{text(answer.label)}]" if answer.label else "(what the person typed)"
    parts = [
        label,
        f"when: {_sentence(answer.when)}" if answer.when else "",
        f"unless: {_sentence(answer.unless)}" if answer.unless else "",
        f"first when: {_sentence(answer.first_when)}" if answer.first_when else "",
        f"-> {_told(answer.to)}",
        f"and then {_told(answer.then)}" if answer.then else "",
    ]
    return " ".join(part for part in parts if part)


def _sentence(guard: Guard) -> str:
    return (guard.__doc__ or guard.__name__).splitlines()[0]


def _told(to: Destination) -> str:
    if isinstance(to, Return):
        return "back to where the person was"
    if isinstance(to, Into):
        return f"{to.dialogue}, {to.state}" if to.state else to.dialogue
    return to


def _node(flow: Flow, state: State) -> str:
    name = f"{flow.id}.{state.name}"
    return f"{name}([{state.name}])" if state.rest else f"{name}[{state.name}]"


def _arrows(flows: Flows, flow: Flow, state: State) -> Iterator[str]:
    here = f"{flow.id}.{state.name}"
    for answer in state.answers:
        if isinstance(answer.to, Return):
            yield f"{here} -->|{answer.name}| back((back))"
        elif place := place_of(flows, flow.id, answer.to):
            yield f"{here} -->|{answer.name}| {place.dialogue}.{place.state}"
        if isinstance(answer.then, Into) and (
            place := place_of(flows, flow.id, answer.then)
        ):
            yield f"{here} -.->|then| {place.dialogue}.{place.state}"
    if state.again_to and (place := place_of(flows, flow.id, state.again_to)):
        yield f"{here} -->|again| {place.dialogue}.{place.state}"
