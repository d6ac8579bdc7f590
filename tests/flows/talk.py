"""One person's talk with the dialogues, without a program around them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from flows import FLOWS
from flows.always import Always
from flows.effects import Effect
from flows.engine import advance, interrupt, offered, start, state_at
from flows.facts import AgeBand, Facts, Language, Role
from flows.model import Into, Position

#: An adult who was harmed, has a letter, and has answered nothing yet.
VICTIM = Facts(
    role=Role.VICTIM,
    age_band=AgeBand.ADULT,
    phone_language=Language.DA,
    has_link=True,
    is_information_only=False,
    has_contact=False,
    has_phone=False,
    is_reviewing=False,
    has_place_to_return=False,
    is_held=False,
    is_age_known=True,
    is_case_open=True,
    is_letter_served=True,
    are_victims_served=True,
    are_offenders_served=True,
)
OFFENDER = replace(VICTIM, role=Role.OFFENDER)
CHILD = replace(VICTIM, age_band=AgeBand.FROM_12_TO_14)


@dataclass
class Talk:
    """Where a person stands, and what has come of what they said."""

    facts: Facts = VICTIM
    at: str = "arrival"
    position: Position = field(init=False)
    effects: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        dialogue, _, state = self.at.partition(".")
        self.position = start(FLOWS, Into(dialogue, state or None))

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
            self.position = turn.position
            self.effects += turn.effects
        return self.place

    def does(self, *actions: Always) -> str:
        """Do what is always open, and tell where that leads."""
        for action in actions:
            turn = interrupt(FLOWS, self.position, action, self._facts())
            self.position = turn.position
            self.effects += turn.effects
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

    def _facts(self) -> Facts:
        return replace(self.facts, has_place_to_return=bool(self.position.returns))
