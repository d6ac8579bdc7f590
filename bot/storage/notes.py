"""The notes of a talk: what it must remember and that tells nothing of anybody.

A value is never changed: write `talk.notes = replace(talk.notes, menu=row)`. The JSON
of the database is read and written here alone; what is not noted has no key in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self, TypeAlias

from flows.always import Always
from flows.facts import AgeBand, Role

#: What the JSON holds under one key.
Kept: TypeAlias = str | int | bool | None

#: The key of a card begins so, and ends with the reference of its case.
_CARD: Final = "card "


@dataclass(frozen=True, slots=True)
class FirstCopy:
    """The first message in which a question was asked: a later one is the same."""

    #: The step of the talk at which it was asked.
    step: int
    #: Its outbox row.
    row: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read it from its text; raises `ValueError` for any other."""
        step, row = text.split(" ")
        return cls(int(step), int(row))

    def __str__(self) -> str:
        return f"{self.step} {self.row}"


@dataclass(frozen=True, slots=True)
class WhichCase:
    """The question which case is meant, as it was asked last."""

    #: Its outbox row.
    row: int
    #: What is done in the case that is named.
    action: Always

    @classmethod
    def read(cls, text: str) -> Self:
        """Read it from its text; raises `ValueError` for any other."""
        row, action = text.split(" ")
        return cls(int(row), Always(action))

    def __str__(self) -> str:
        return f"{self.row} {self.action}"


@dataclass(frozen=True, slots=True)
class Card:
    """The messages in a mediator's chat that are the hand-over card of one case."""

    #: The case's reference.
    reference: str
    #: Their outbox rows, oldest first.
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What one talk remembers; each field's key in the JSON is its name."""

    #: The police district that was told, or that an invitation is for.
    district: str | None = None
    #: The side on which somebody without a party says that they stand.
    role: Role | None = None
    #: How old somebody without a party says that they are.
    age_band: AgeBand | None = None
    #: Everything was told, and a summary leads back to each question.
    reviewing: bool = False
    #: The talk goes on in the chat of another account.
    cut_off: bool = False
    #: The outbox row of the menu whose buttons are live.
    menu: int | None = None
    #: Where the question that is open was asked first.
    first_asked: FirstCopy | None = None
    #: Where it was asked last which case is meant.
    which_case: WhichCase | None = None
    #: The share-number button lies under the typing field.
    keyboard: bool = False
    #: The SHA-256 of the words in which consent was asked for last.
    notice: str | None = None
    #: The keyed hash of the words of which it was asked last if they mean a stop.
    asked_about: str | None = None
    #: The outbox row of the question before which somebody wrote.
    early_at: int | None = None
    #: The outbox row of what was said of that.
    early_said: int | None = None
    #: When a text came that is so long that its phone may have cut it.
    long_at: datetime | None = None
    #: It was stopped in a covered chat, and its person has not been told so.
    stopped_unseen: bool = False
    #: Something in a covered chat may have meant a stop; it is asked about later.
    may_stop: bool = False
    #: The hand-over cards that stand in this chat.
    cards: tuple[Card, ...] = ()
    #: What this version cannot read; it is kept as it is.
    unread: tuple[tuple[str, Kept], ...] = ()


#: How the text of each field is read.
_READ: Final[Mapping[str, Callable[[str], object]]] = {
    "district": str,
    "role": Role,
    "age_band": AgeBand,
    "reviewing": bool,
    "cut_off": bool,
    "menu": int,
    "first_asked": FirstCopy.read,
    "which_case": WhichCase.read,
    "keyboard": bool,
    "notice": str,
    "asked_about": str,
    "early_at": int,
    "early_said": int,
    "long_at": datetime.fromisoformat,
    "stopped_unseen": bool,
    "may_stop": bool,
}


def read(kept: Mapping[str, Kept]) -> Notes:
    """Read notes from the JSON of the database, whatever version has written it."""
    fields: dict[str, Any] = {}
    cards: list[Card] = []
    unread: list[tuple[str, Kept]] = []
    for key, value in kept.items():
        try:
            if key.startswith(_CARD):
                rows = tuple(map(int, str(value).split()))
                cards.append(Card(key.removeprefix(_CARD), rows))
            elif key not in _READ:
                unread.append((key, value))
            elif value:  # earlier versions wrote an empty text for what is not noted
                fields[key] = _READ[key](str(value))
        except ValueError:
            unread.append((key, value))
    return Notes(**fields, cards=tuple(cards), unread=tuple(unread))


def written(notes: Notes) -> dict[str, Kept]:
    """Write notes as the JSON of the database."""
    kept = dict(notes.unread)
    for key in _READ:
        value = getattr(notes, key)
        if value is True:
            kept[key] = "yes"
        elif isinstance(value, datetime):
            kept[key] = value.isoformat()
        elif value is not None and value is not False:
            kept[key] = str(value)
    for card in notes.cards:
        kept[f"{_CARD}{card.reference}"] = " ".join(map(str, card.rows))
    return kept
