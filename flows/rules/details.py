"""The details of a person: of whom each is asked, how, and where it is shown.

What is asked for and sealed is shown to somebody; `flows check` sees to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flows.facts import AgeBand, Detail
from flows.model import Input, MessageId, msg


class Whom(StrEnum):
    """Of whom something is asked; victims and offenders are asked the same."""

    UNDER_15 = "a party under 15"
    FROM_15_TO_17 = "a party of 15 to 17"
    ADULT = "an adult party"
    HOLDER = "a parent"


_MINORS: Final = frozenset({Whom.UNDER_15, Whom.FROM_15_TO_17})
_FROM_15: Final = frozenset({Whom.FROM_15_TO_17, Whom.ADULT})
_PARTIES: Final = _MINORS | _FROM_15
_HOLDERS: Final = frozenset({Whom.HOLDER})
_BANDS: Final = {
    AgeBand.UNDER_12: Whom.UNDER_15,
    AgeBand.FROM_12_TO_14: Whom.UNDER_15,
    AgeBand.FROM_15_TO_17: Whom.FROM_15_TO_17,
    AgeBand.ADULT: Whom.ADULT,
}
_YES_OR_NO: Final = {"yes": msg("summary.yes"), "no": msg("summary.no")}


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One detail: whom it is asked of, and everywhere that it is shown."""

    detail: Detail
    of: frozenset[Whom]
    #: What is typed; None where buttons alone answer.
    wants: Input | None = None
    #: What a button keeps, and the words for it where it is shown.
    choices: Mapping[str, MessageId] = field(default_factory=dict)
    #: What a button keeps that is shown nowhere.
    hidden: frozenset[str] = frozenset()
    #: Its line in the summary, which the person reads; the card never leaves it out.
    summary: MessageId | None = None
    #: Its line on the card, which staff read.
    card: MessageId | None = None
    #: Other texts that tell it.
    texts: tuple[MessageId, ...] = ()
    #: It leads to the person, so that a mediator can call or write.
    is_way: bool = False
    #: The detail that no button leaves out: without it this was not asked for yet.
    settled_by: Detail | None = None
    #: What whoever has the card reads when it becomes another one.
    news: MessageId | None = None

    @property
    def is_shown(self) -> bool:
        """Tell whether anybody gets to see it."""
        return bool(self.summary or self.card or self.texts)

    def is_asked_of(self, band: AgeBand | None) -> bool:
        """Tell whether a party of this age is asked for it; of an unknown age, any."""
        return band is None or _BANDS[band] in self.of

    def worded(self, value: str) -> MessageId | None:
        """Give the words for what a button kept; None for the person's own words."""
        return self.choices.get(value)

    def message_ids(self) -> Iterator[MessageId]:
        """Name every text that it needs."""
        yield from (one for one in (self.summary, self.card, self.news) if one)
        yield from self.texts
        yield from self.choices.values()


#: In the order of the summary and the card, the name first.
_ROWS: Final = (
    DetailRow(
        Detail.NAME,
        _PARTIES | _HOLDERS,
        Input.NAME,
        summary=msg("summary.name"),
        card=msg("card.name"),
    ),
    DetailRow(
        Detail.PHONE,
        _FROM_15 | _HOLDERS,
        Input.PHONE,
        summary=msg("summary.phone"),
        card=msg("card.phone"),
        is_way=True,
        news=msg("notice.number_changed"),
    ),
    DetailRow(
        Detail.EMAIL,
        _FROM_15,
        Input.EMAIL,
        summary=msg("summary.email"),
        card=msg("card.email"),
        is_way=True,
    ),
    DetailRow(
        Detail.TIMES,
        _PARTIES,
        Input.TIMES,
        summary=msg("summary.times"),
        card=msg("card.times"),
    ),
    DetailRow(
        Detail.INTERPRETER,
        _PARTIES,
        Input.TEXT,
        choices=_YES_OR_NO,
        summary=msg("summary.interpreter"),
        card=msg("card.interpreter"),
        settled_by=Detail.ACCESS,
    ),
    DetailRow(
        Detail.ACCESS,
        _PARTIES,
        Input.TEXT,
        choices=_YES_OR_NO,
        summary=msg("summary.access"),
        card=msg("card.access"),
        settled_by=Detail.ACCESS,
    ),
    DetailRow(
        Detail.SUPPORT,
        _PARTIES,
        choices=_YES_OR_NO,
        summary=msg("summary.support"),
        card=msg("card.support"),
        settled_by=Detail.ACCESS,
    ),
    # Of whoever asks for a human; "as before" stands on the card already.
    DetailRow(
        Detail.HUMAN_CONTACT,
        _FROM_15 | _HOLDERS,
        Input.CONTACT,
        hidden=frozenset({"same"}),
        card=msg("card.contact_human"),
    ),
    DetailRow(
        Detail.HUMAN_TIMES,
        _FROM_15 | _HOLDERS,
        Input.TIMES,
        card=msg("card.times_human"),
    ),
    # Told to each parent once, and to nobody else.
    DetailRow(
        Detail.SHOWN_NAME,
        _MINORS,
        Input.NAME,
        texts=(msg("holder.names_child"), msg("holder.names_child_to_other")),
    ),
    # It decides whose yes is needed; the child alone reads it again.
    DetailRow(
        Detail.BIRTH,
        _MINORS,
        Input.BIRTH,
        texts=(msg("child.ask_birth_right"),),
    ),
)

DETAILS: Final[Mapping[Detail, DetailRow]] = MappingProxyType(
    {row.detail: row for row in _ROWS}
)

#: The details that lead to the person.
WAYS: Final = frozenset(row.detail for row in _ROWS if row.is_way)
