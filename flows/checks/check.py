"""Find everything that is wrong with the dialogues, as plain sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields

from flows.always import OPENS, Always
from flows.checks.paths import (
    awaited,
    is_excursion,
    place_of,
    reachable,
    restless,
    sites,
)
from flows.effects import HumanRequested
from flows.fact_search import Tried, tried
from flows.facts import Facts
from flows.model import (
    GIVEN,
    Answer,
    Flow,
    Flows,
    Into,
    MessageId,
    Place,
    Return,
    State,
)
from flows.rules.required import NAME_A_HUMAN
from flows.taps import HIGHEST_STEP, HIGHEST_TALK, LONGEST_TAP, answer_tap
from flows.versions import missing

#: Texts that any dialogue may use, by the first word of their ids.
SHARED = ("common", "district")

_ASKING = re.compile(r"(ask|explain)_[a-z0-9_]+")
_RESTING = re.compile(
    r"awaiting_[a-z_]+|[a-z_]+ed|withdrawn|frozen|ready|not_for_you|let_go"
)
_WORD = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Visited:
    """How much there was to look at."""

    dialogues: int
    states: int
    answers: int
    #: Different sets of facts under which the answers of a state were tried.
    combinations: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """One state, and where it stands."""

    flows: Flows
    flow: Flow
    state: State


def problems(flows: Flows, known_ids: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """List every fault; `known_ids` gives the message ids of each language."""
    found = [f"{at.flow.id}.{at.state.name}: {fault}" for at, fault in _faults(flows)]
    found += _keys(flows)
    found += _texts(flows, known_ids)
    found += missing(flows)
    return tuple(dict.fromkeys(found))


def visited(flows: Flows) -> Visited:
    """Count what `problems` looks at."""
    states = [state for _, state in sites(flows)]
    return Visited(
        dialogues=len(flows),
        states=len(states),
        answers=sum(len(state.answers) for state in states),
        combinations=sum(1 for state in states for _ in _trials(state)),
    )


def message_ids(flow: Flow) -> Iterator[MessageId]:
    """Name every text that a dialogue uses."""
    yield flow.status
    for state in flow.states:
        yield from state.says
        yield from (answer.label for answer in state.answers if answer.label)
        if state.status:
            yield state.status
        for instead in state.instead:
            yield from instead.says
            if instead.status:
                yield instead.status


def _faults(flows: Flows) -> Iterator[tuple[_Spot, str]]:
    reached, stuck = reachable(flows), restless(flows)
    for flow, state in sites(flows):
        at, place = _Spot(flows, flow, state), Place(flow.id, state.name)
        for check in _CHECKS:
            yield from ((at, fault) for fault in check(at))
        if place not in reached:
            yield at, "no row of answers leads here."
        if place in stuck:
            yield at, "nothing leads from here to a state of rest."


def _name(at: _Spot) -> Iterator[str]:
    name = at.state.name
    if sum(state.name == name for state in at.flow.states) > 1:
        yield "two states of this dialogue share this name."
    if at.state.rest and not _RESTING.fullmatch(name):
        yield "a state of rest is named awaiting_... or by a past participle."
    if not at.state.rest and not _ASKING.fullmatch(name):
        yield "a state that wants an answer is named ask_... or explain_..."


def _destinations(at: _Spot) -> Iterator[str]:
    named = [to for answer in at.state.answers for to in (answer.to, answer.then)]
    led = [move.to for move in at.state.moves]
    for to in (*named, at.state.again_to, *led):
        if to is None or isinstance(to, Return):
            continue
        if place_of(at.flows, at.flow.id, to) is None:
            yield f"it leads to {_told(to)}, which does not exist."


def _instead(at: _Spot) -> Iterator[str]:
    """See that each row can be told: no earlier one fits whenever it does."""
    rows = at.state.instead
    for n, row in enumerate(rows):
        told = " and ".join(sorted(row.when)) or "nothing"
        earlier = [one for one in rows[:n] if one.when <= row.when]
        says_too = bool(row.says) and any(one.says for one in earlier)
        if says_too or (row.status and any(one.status for one in earlier)):
            yield f"what is told once {told} holds never is: an earlier row fits."
        if not row.when:
            yield "a row says what is told once nothing has happened: says tells that."
        if not row.says and not row.status:
            yield f"a row tells nothing once {told} holds."


def _moves(at: _Spot) -> Iterator[str]:
    for happened, times in Counter(move.by for move in at.state.moves).items():
        if times > 1:
            yield f"{happened} leads from here to {times} places."


def _returns(at: _Spot) -> Iterator[str]:
    for answer in at.state.answers:
        opened = is_excursion(at.flow.id) or awaited(at.flows, at.flow.id)
        if isinstance(answer.to, Return) and not opened:
            yield f"{answer.name!r} returns, but nothing opens this dialogue."
        if answer.then is not None and not isinstance(answer.to, Into):
            yield f"{answer.name!r} has a `then`, but opens no other dialogue."
        if _asks_for_human(answer) and not _is_told_so(at, answer):
            yield f"{answer.name!r} asks for a human and does not say what follows."


def _input(at: _Spot) -> Iterator[str]:
    given = any(answer.name == GIVEN for answer in at.state.answers)
    if at.state.asks_for and not given:
        yield f"it asks for a {at.state.asks_for} and has no answer {GIVEN!r}."
    if given and not at.state.asks_for:
        yield f"it has an answer {GIVEN!r} and asks for nothing."


def _strict(at: _Spot) -> Iterator[str]:
    names = {answer.name for answer in at.state.answers}
    for word in ("yes", "no"):
        if at.state.strict and word not in names:
            yield f"only yes and no count here, and there is no answer {word!r}."


def _labels(at: _Spot) -> Iterator[str]:
    for answer in at.state.answers:
        if (answer.label is None) is not (answer.name == GIVEN):
            yield f"{answer.name!r} needs a label unless it is what was typed."
        if answer.label and not _is_label(at, answer, answer.label):
            yield f"{answer.label} is not a name for the label of {answer.name!r}."


def _is_label(at: _Spot, answer: Answer, label: MessageId) -> bool:
    own = f"{at.flow.id}.{at.state.name}.{answer.name}", f"{at.flow.id}.{answer.name}"
    return label in own or label.split(".")[0] in SHARED


def _message_names(at: _Spot) -> Iterator[str]:
    known = {*SHARED, *at.flows}
    for text in at.state.says:
        head, _, tail = text.partition(".")
        if head not in known or not _WORD.fullmatch(tail):
            yield f"{text} is not a name for a text: <dialogue>.<state>."
    for text in filter(None, (at.state.status, at.flow.status)):
        if text.split(".")[0] not in known or not text.endswith(".status"):
            yield f"{text} is not a name for a status: <dialogue>.<state>.status."


def _taps(at: _Spot) -> Iterator[str]:
    for name in dict.fromkeys(answer.name for answer in at.state.answers):
        tap = answer_tap(HIGHEST_TALK, at.flow, at.state.name, name, HIGHEST_STEP)
        size = len(tap.encode())
        if size > LONGEST_TAP:
            yield f"the button {name!r} needs {size} bytes, {LONGEST_TAP} may be sent."


def _guards(at: _Spot) -> Iterator[str]:
    try:
        trials = list(_trials(at.state))
    except KeyError as unknown:
        yield f"a guard reads {unknown}, and nobody has said what it can be."
        return
    written = Counter(answer.name for answer in at.state.answers)
    for trial in trials:
        opened = Counter(answer.name for answer in trial.outcome)
        for name in written:
            if opened[name] > 1:
                yield f"{name!r} has {opened[name]} ways{_when(trial.facts)}."
            if not opened[name] and written[name] > 1:
                yield f"{name!r} has no way{_when(trial.facts)}."
        if not trial.outcome and not at.state.rest:
            yield f"nothing can be answered{_when(trial.facts)}."


def _trials(state: State) -> Iterator[Tried[tuple[Answer, ...]]]:
    """Find out which answers are open for whom."""

    def opened(facts: Facts) -> tuple[Answer, ...]:
        for answer in state.answers:
            if answer.first_when is not None:
                answer.first_when(facts)
        return tuple(answer for answer in state.answers if answer.is_open(facts))

    return tried(opened, Facts())


def _keys(flows: Flows) -> Iterator[str]:
    for key, flow in flows.items():
        if key != flow.id:
            yield f"{flow.id}: this dialogue stands in the table as {key!r}."


def _texts(flows: Flows, known_ids: Mapping[str, Collection[str]]) -> Iterator[str]:
    for flow in flows.values():
        for text in message_ids(flow):
            for language, known in known_ids.items():
                if text not in known:
                    yield f"{flow.id}: {text} has no text in {language}."


def _asks_for_human(answer: Answer) -> bool:
    records = answer.records if isinstance(answer.records, tuple) else (answer.records,)
    return any(isinstance(record, HumanRequested) for record in records)


def _is_told_so(at: _Spot, answer: Answer) -> bool:
    """Tell whether a human, or whom to call, follows at once or with the next tap."""
    if answer.then is not None:
        return True
    place = None
    if not isinstance(answer.to, Return):
        place = place_of(at.flows, at.flow.id, answer.to)
    if place is None:
        return False
    there = at.flows[place.dialogue].state(place.state)
    ways = [onward.to for onward in there.answers]
    leads_to_human = bool(ways) and all(to == OPENS[Always.HUMAN] for to in ways)
    return leads_to_human or not NAME_A_HUMAN.isdisjoint(there.says)


def _told(to: str | Into) -> str:
    if isinstance(to, Into):
        return f"{to.dialogue}.{to.state or '(start)'}"
    return to


def _when(facts: Facts) -> str:
    given = {field.name: getattr(facts, field.name) for field in fields(facts)}
    told = [f"{name} is {value}" for name, value in given.items() if value is not None]
    return f" when {' and '.join(told)}" if told else ""


_CHECKS: tuple[Callable[[_Spot], Iterator[str]], ...] = (
    _name,
    _destinations,
    _instead,
    _moves,
    _returns,
    _input,
    _strict,
    _labels,
    _message_names,
    _taps,
    _guards,
)
