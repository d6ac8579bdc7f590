"""One person's talk with the dialogues, without a program around them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import reduce
from typing import Any

from flows import FLOWS
from flows.always import CARE, DOUBT, STOPPING, Always
from flows.checks.walk_state import Knowing, after, reading
from flows.effects import Effect
from flows.engine import (
    advance,
    interrupt,
    offered,
    pause,
    start,
    state_at,
)
from flows.facts import AgeBand, Authority, Facts, Majority, Role
from flows.model import Into, Position, Turn

#: An adult who was harmed, has a letter, and has answered nothing yet.
VICTIM = Facts(
    role=Role.VICTIM,
    age_band=AgeBand.ADULT,
    phone_language="da",
    has_link=True,
    is_information_only=False,
    has_contact=False,
    has_phone=False,
    is_reviewing=False,
    has_place_to_return=False,
    is_held=False,
    may_answer_again=False,
    is_age_known=True,
    is_case_open=True,
    is_letter_served=True,
    are_victims_served=True,
    are_offenders_served=True,
    is_holder=False,
    majority=Majority.ADULT,
    is_birth_fitting=True,
    authority=Authority.BOTH,
    may_ask_holders=True,
    is_informed=True,
    has_understood=True,
    is_gate_passed=True,
    has_live_yes=True,
    has_way_back=True,
    has_own_word=False,
)
OFFENDER = replace(VICTIM, role=Role.OFFENDER)
CHILD = replace(VICTIM, age_band=AgeBand.FROM_12_TO_14, majority=Majority.MINOR)
YOUTH = replace(CHILD, age_band=AgeBand.FROM_15_TO_17)
#: A holder of parental authority; the majority is that of the child.
PARENT = replace(VICTIM, role=None, is_holder=True, majority=Majority.MINOR)


def new(facts: Facts) -> Facts:
    """Leave open what a talk brings about itself; `Talk` follows it then."""
    return replace(
        facts,
        is_informed=None,
        has_understood=None,
        is_gate_passed=None,
        may_ask_holders=None,
    )


@dataclass
class Talk:
    """Where a person stands, and what has come of what they said."""

    facts: Facts = VICTIM
    at: str = "arrival"
    position: Position = field(init=False)
    effects: list[Effect] = field(default_factory=list)
    known: Knowing = field(init=False)

    def __post_init__(self) -> None:
        dialogue, _, state = self.at.partition(".")
        self.position = start(FLOWS, Into(dialogue, state or None))
        self.known = Knowing(is_holder=self.facts.is_holder is True)
        self._reads()

    @property
    def place(self) -> str:
        return f"{self.position.place.dialogue}.{self.position.place.state}"

    @property
    def choices(self) -> list[str]:
        state = state_at(FLOWS, self.position.place)
        return [answer.name for answer in offered(state, self._facts())]

    def says(self, *answers: str, value: str = "") -> str:
        """Answer one question after the other, and tell where that leads."""
        for answer in answers:
            turn = advance(FLOWS, self.position, answer, self._facts(), value)
            self._goes(turn)
        return self.place

    def does(self, *actions: Always) -> str:
        """Do what is always open, and tell where that leads."""
        for action in actions:
            self._goes(interrupt(FLOWS, self.position, action, self._facts()))
        return self.place

    def writes_in_doubt(self) -> str:
        """Write what may be an answer, and something else as well."""
        self._goes(pause(FLOWS, self.position, DOUBT))
        return self.place

    def writes_of_danger(self) -> str:
        """Write words that tell of danger, and tell where that leads."""
        self._goes(pause(FLOWS, self.position, CARE))
        return self.place

    def writes_what_may_mean_a_stop(self) -> str:
        """Write words that may mean a stop, and tell where that leads."""
        self._goes(pause(FLOWS, self.position, STOPPING))
        return self.place

    def is_let_go_on(self) -> str:
        """Be cleared by a human, after leaving word how to be reached, or not."""
        self.knows(is_held=False, is_age_known=True)
        if self.place == "human.explain_human":
            self.says("go_on")
        if self.place == "human.ask_contact":
            self.says("skip")
        return self.says("go_on")

    def knows(self, **facts: Any) -> Talk:  # noqa: ANN401 - any fact
        self.facts = replace(self.facts, **facts)
        return self

    def _goes(self, turn: Turn) -> None:
        self.position = turn.position
        self.effects += turn.effects
        self.known = reduce(after, turn.effects, self.known)
        self._reads()

    def _reads(self) -> None:
        self.known = reading(self.known, state_at(FLOWS, self.position.place).says)

    def _facts(self) -> Facts:
        """Give what is known of the person, or else what the talk has brought about."""
        returns = bool(self.position.returns)
        facts = replace(self.facts, has_place_to_return=returns)
        brought = self.known.facts(has_place_to_return=returns)
        left = [f.name for f in fields(facts) if getattr(facts, f.name) is None]
        more: dict[str, Any] = {name: getattr(brought, name) for name in left}
        return replace(facts, **more)
