"""The vocabulary of a dialogue: what we say, what can be answered, where that leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from flows.effects import Effect
from flows.facts import Facts
from flows.meanwhile import Meanwhile

MessageId = NewType("MessageId", str)
Guard = Callable[[Facts], bool]
Records = Effect | Callable[[str], Effect]

#: The answer that stands for what the person typed where a state asks for it.
GIVEN = "given"


def msg(message_id: str) -> MessageId:
    """Name a text of the catalogue; check.py makes sure that it exists."""
    return MessageId(message_id)


class Input(StrEnum):
    """What a state can ask the person to type."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    CONTACT = "contact"
    """A phone number or an e-mail address, whichever the person types."""
    TEXT = "text"
    """A short text in the person's own words, without a CPR number."""
    TIMES = "times"
    """As such a text, of days and hours."""
    BIRTH = "birth"
    """The month and the year of a birth, kept as YYYY-MM."""
    WORD = "word"
    """The word of the person's own that opens a covered chat; only its hash is kept."""


@dataclass(frozen=True, slots=True)
class Into:
    """A destination in another dialogue; without a state, its start."""

    dialogue: str
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """The destination "where the person was before this dialogue was opened"."""


RETURN = Return()
Destination = str | Into | Return


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that can be answered, where it leads and what it records.

    `then` is where the person goes on after the dialogue that `to` opens returns.
    """

    name: str
    label: MessageId | None
    to: Destination
    when: Guard | None = None
    unless: Guard | None = None
    records: Records | tuple[Records, ...] = ()
    then: Into | Return | None = None
    first_when: Guard | None = None

    def is_open(self, facts: Facts) -> bool:
        """Tell whether this answer is offered to a person with these facts."""
        wanted = self.when is None or self.when(facts)
        return wanted and (self.unless is None or not self.unless(facts))


@dataclass(frozen=True, slots=True)
class Instead:
    """What is told in a state instead, once all of this has happened."""

    when: frozenset[Meanwhile]
    #: Without texts, those of the state hold.
    says: tuple[MessageId, ...] = ()
    status: MessageId | None = None


def once(*meanwhile: Meanwhile) -> frozenset[Meanwhile]:
    """Name what has to have happened."""
    return frozenset(meanwhile)


@dataclass(frozen=True, slots=True)
class Move:
    """Where whoever stands in a state is led by what happens beneath them."""

    by: Meanwhile
    to: Into


@dataclass(frozen=True, slots=True)
class State:
    """A point of the conversation: the texts, and the answers that are open."""

    name: str
    says: tuple[MessageId, ...]
    answers: tuple[Answer, ...] = ()
    asks_for: Input | None = None
    #: Number of the question where a row of questions is counted ("3 of 7").
    step: int | None = None
    #: Only the label or ja/nej/yes/no counts here, never a number or a guess.
    strict: bool = False
    #: A typed number is an age here, never the number of an answer.
    by_age: bool = False
    #: Here the person may stay for good: nothing is open that must be answered.
    rest: bool = False
    #: Answered again from the summary, it leads there instead.
    again_to: Into | None = None
    #: What /status says of a person who stands here; else what the dialogue says.
    status: MessageId | None = None
    #: What is told here once something has happened; of several, the first that fits.
    instead: tuple[Instead, ...] = ()
    #: Where somebody who stands here is led without answering.
    moves: tuple[Move, ...] = ()
    #: Here the last that somebody said in the chat was a no, or that they wait.
    without_yes: bool = False
    #: Here a child who has said yes waits for its parents.
    awaits_parents: bool = False
    #: Here a yes or a withdrawal has just been told: a receipt of it is offered.
    offers_receipt: bool = False

    def moved_by(self, happened: Meanwhile) -> Into | None:
        """Say where whoever stands here is led by that; None where they stay."""
        return next((move.to for move in self.moves if move.by is happened), None)


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A dialogue as data; two are the same only if they are one object.

    What is worked out once for a dialogue is looked up at every turn, and to compare
    all of its parts then would take longer than the turn.
    """

    id: str
    version: int
    states: tuple[State, ...]
    #: What /status says of a person who stands in this dialogue.
    status: MessageId
    #: No answer of this dialogue can be tried a second time by going back.
    one_way: bool = False
    _named: Mapping[str, State] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Find each state by its name; of two with one name the first."""
        named = {state.name: state for state in reversed(self.states)}
        object.__setattr__(self, "_named", named)

    @property
    def start(self) -> State:
        """Give the state in which the dialogue begins: the first one."""
        return self.states[0]

    @property
    def steps(self) -> int:
        """Count the numbered questions of this dialogue."""
        return max((state.step or 0 for state in self.states), default=0)

    def state(self, name: str) -> State:
        """Find a state by its name; raises `KeyError` for an unknown one."""
        return self._named[name]

    def has(self, name: str) -> bool:
        """Tell whether there is a state of this name."""
        return name in self._named


#: Dialogues by their ids.
Flows = Mapping[str, Flow]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk stands."""

    dialogue: str
    state: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A place that is waited for, with the way that led there."""

    place: Place
    trail: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """Where a talk stands, the way back, and where excursions return to."""

    place: Place
    trail: tuple[Place, ...] = ()
    returns: tuple[Frame, ...] = ()

    @property
    def places(self) -> frozenset[Place]:
        """Where the talk stands, and what waits below that."""
        return frozenset({self.place, *(frame.place for frame in self.returns)})


@dataclass(frozen=True, slots=True)
class Turn:
    """What one answer caused: the new position, and effects."""

    position: Position
    effects: tuple[Effect, ...] = ()
