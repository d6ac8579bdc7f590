"""Whether each detail that is asked for is shown to somebody, and the other way round.

Nobody is asked for what nobody reads: it would lie sealed for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from flows.checks.paths import ENTRIES, reachable, sites
from flows.effects import BirthGiven, DetailGiven, DetailSkipped, Effect
from flows.fact_search import tried
from flows.facts import AgeBand, Detail, Facts, Majority
from flows.model import GIVEN, Answer, Flow, Flows, Into, State
from flows.rules.details import DETAILS, DetailRow, Whom
from flows.ways_back import OwnWordChosen

Rows = Mapping[Detail, DetailRow]
KnownIds = Mapping[str, Collection[str]]

#: What the check types; the value matters only where a button keeps it.
_TYPED: Final = ""
_TABLE: Final = "flows/rules/details.py"
#: What is asked here is read over before a yes.
_READ_OVER: Final = "intake"

_MINOR: Final = Facts(is_holder=False, is_age_known=True, majority=Majority.MINOR)
#: By what the guards know each of them; they answer everything else in every way.
_KNOWN_BY: Final[Mapping[Whom, Facts]] = {
    Whom.UNDER_15: replace(_MINOR, age_band=AgeBand.FROM_12_TO_14),
    Whom.FROM_15_TO_17: replace(_MINOR, age_band=AgeBand.FROM_15_TO_17),
    Whom.ADULT: replace(_MINOR, age_band=AgeBand.ADULT, majority=Majority.ADULT),
    # Of a parent it is the child that is a minor.
    Whom.HOLDER: replace(_MINOR, age_band=AgeBand.ADULT, is_holder=True),
}
#: Where the other one's talk begins.
_NOT_THEIRS: Final = {True: Into("arrival"), False: Into("holder")}


@dataclass(frozen=True, slots=True)
class _Told:
    """An answer of a dialogue, and one thing that it brings about."""

    flow: Flow
    state: State
    answer: Answer
    effect: Effect

    @property
    def place(self) -> str:
        return f"{self.flow.id}.{self.state.name}"

    @property
    def kept(self) -> Detail | None:
        """Name the detail that is sealed, if one is."""
        if isinstance(self.effect, BirthGiven):
            return Detail.BIRTH
        return self.effect.name if isinstance(self.effect, DetailGiven) else None


def problems(
    flows: Flows, known_ids: KnownIds, rows: Rows = DETAILS
) -> tuple[str, ...]:
    """List every fault; `known_ids` gives the message ids of each language."""
    told = tuple(_told(flows))
    found = [*_kept_without_row(told, rows), *_kept_nowhere(flows)]
    for row in rows.values():
        own = [one for one in told if one.kept == row.detail]
        found += _shown_or_asked(row, own)
        found += _answers(row, own)
        found += _texts(row, known_ids)
    found += [*_settled(told, rows), *_asked_of_others(flows, rows)]
    return tuple(dict.fromkeys(found))


def _told(flows: Flows) -> Iterator[_Told]:
    for flow, state in sites(flows):
        for answer in state.answers:
            for effect in _effects(answer):
                yield _Told(flow, state, answer, effect)


def _effects(answer: Answer) -> Iterator[Effect]:
    records = answer.records if isinstance(answer.records, tuple) else (answer.records,)
    for one in records:
        yield one(_TYPED) if callable(one) else one


def _kept_without_row(told: Collection[_Told], rows: Rows) -> Iterator[str]:
    for one in told:
        if one.kept is not None and one.kept not in rows:
            yield (
                f"{one.place}: the answer is kept as {str(one.kept)!r}, and {_TABLE} "
                "has no row for that. Add one that says of whom it is asked and where "
                "it is shown, or do not ask."
            )


def _kept_nowhere(flows: Flows) -> Iterator[str]:
    """Name what is typed and does not become a detail, nor a word that opens a chat."""
    for flow, state in sites(flows):
        for answer in (one for one in state.answers if one.name == GIVEN):
            if not any(map(_is_known_here, _effects(answer))):
                yield (
                    f"{flow.id}.{state.name}: what is typed here is no detail of "
                    f"{_TABLE}. Keep it as one (DetailGiven), or do not ask."
                )


def _is_known_here(effect: Effect) -> bool:
    return isinstance(effect, DetailGiven | BirthGiven | OwnWordChosen)


def _shown_or_asked(row: DetailRow, own: Collection[_Told]) -> Iterator[str]:
    if not own:
        yield (
            f"{row.detail}: {_TABLE} shows it, and no dialogue asks for it. Ask for "
            "it, or take its row away."
        )
    elif not row.is_shown:
        places = ", ".join(dict.fromkeys(one.place for one in own))
        yield (
            f"{row.detail}: it is asked for at {places}, and shown to nobody. Give its "
            f"row in {_TABLE} a line of the summary or the card, or a text that tells "
            "it, or do not ask."
        )
    elif missing := _missing_line(row, own):
        yield (
            f"{row.detail}: its row in {_TABLE} has no line of the {missing}. Who "
            "reads their answers over before a yes reads what the mediator reads: give "
            "it one."
        )


def _missing_line(row: DetailRow, own: Collection[_Told]) -> str | None:
    """Name the line of summary and card that is missing where the other tells it."""
    is_read_over = row.summary or any(one.flow.id == _READ_OVER for one in own)
    if not is_read_over:
        return None
    lines = {"summary": row.summary, "card": row.card}
    return next((name for name, line in lines.items() if line is None), None)


def _answers(row: DetailRow, own: Collection[_Told]) -> Iterator[str]:
    """Name what is typed in another form than the row has, or kept without words."""
    for one in own:
        if one.answer.name == GIVEN:
            if one.state.asks_for is not row.wants:
                yield (
                    f"{one.place}: it asks for a {one.state.asks_for}, and {_TABLE} "
                    f"says that {row.detail} is a {row.wants}. Let both say the same."
                )
        elif isinstance(one.effect, DetailGiven) and not _has_words(row, one.effect):
            yield (
                f"{one.place}: a button keeps {one.effect.value!r} as {row.detail}, "
                f"and {_TABLE} has no words for that. Add them to the choices of its "
                "row, or name it as hidden."
            )


def _has_words(row: DetailRow, effect: DetailGiven) -> bool:
    return effect.value in row.choices or effect.value in row.hidden


def _texts(row: DetailRow, known_ids: KnownIds) -> Iterator[str]:
    for text in row.message_ids():
        for language, known in known_ids.items():
            if text not in known:
                yield (
                    f"{row.detail}: its text {text} does not exist in {language}. "
                    f"Write it in locales/{language}/{text.partition('.')[0]}.po."
                )


def _settled(told: Collection[_Told], rows: Rows) -> Iterator[str]:
    """Name an answer that tells whether others were asked for, and can be left out."""
    skipped = (one.effect for one in told if isinstance(one.effect, DetailSkipped))
    left_out = {effect.name for effect in skipped}
    for detail in left_out.intersection(row.settled_by for row in rows.values()):
        yield (
            f"{detail}: {_TABLE} takes it for an answer that nobody leaves out, and a "
            "button leaves it out. Take the button away, or settle by another one."
        )


def _asked_of_others(flows: Flows, rows: Rows) -> Iterator[str]:
    """Compare of whom each detail is asked with what the row says."""
    asked = {whom: _asked(flows, whom) for whom in Whom}
    for row in rows.values():
        found = frozenset(whom for whom in Whom if row.detail in asked[whom])
        for whom in sorted(found - row.of):
            yield (
                f"{row.detail}: {whom} is asked for it, and {_TABLE} does not say so. "
                "Add that to its row, or lead them past the question."
            )
        for whom in sorted(row.of - found) if found else ():
            yield (
                f"{row.detail}: {_TABLE} says that {whom} is asked for it, and nothing "
                "leads them there. Take that out of its row, or ask."
            )


def _asked(flows: Flows, whom: Whom) -> frozenset[Detail]:
    """Collect what somebody is asked for wherever their answers can lead."""
    facts = _KNOWN_BY[whom]
    begin = _NOT_THEIRS[facts.is_holder is True]
    theirs = {key: _open_to(flow, facts) for key, flow in flows.items()}
    reached = reachable(theirs, [into for into in ENTRIES if into != begin])
    places = {f"{place.dialogue}.{place.state}" for place in reached}
    there = (one.kept for one in _told(theirs) if one.place in places)
    return frozenset(detail for detail in there if detail is not None)


def _open_to(flow: Flow, facts: Facts) -> Flow:
    """Leave out of a dialogue the answers that are never open with these facts."""
    states = tuple(
        replace(
            state, answers=tuple(a for a in state.answers if _may_be_open(a, facts))
        )
        for state in flow.states
    )
    return replace(flow, states=states)


def _may_be_open(answer: Answer, facts: Facts) -> bool:
    return any(one.outcome for one in tried(answer.is_open, facts))
