"""People as they are: some tap twice, and some are in a hurry."""

import random

from bot.simulator.bubbles import Bubble
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.person import Person
from bot.simulator.sight import Touchable
from bot.simulator.world import World
from flows.taps import AnswerTap, parse_tap

#: How many taps on an answer reach Telegram a second time.
_TWICE = 0.2
#: How many taps on an answer are followed at once by a text.
_HURRIED = 0.3


class HastyPerson(Person):
    """Somebody whose app, or finger, sends an answer twice now and then.

    In a hurry they also ask something right after a tap, without looking.
    """

    def __init__(
        self, world: World, key: str, *, patience: float, hurried_by: str = ""
    ) -> None:
        super().__init__(world, key, patience=patience)
        self._hurried_by = hurried_by
        self._dice = random.Random(f"{key} {world.faults.dice.random()}")  # noqa: S311 - guards nothing

    def touches(self, touchable: Touchable) -> None:
        is_answer = _is_answer(touchable)
        if is_answer and self._dice.random() < _TWICE:
            twice = Fault(FaultKind.RESENT_TAP, 1, phone=self.key)
            self.world.faults.switch_on(twice)
        super().touches(touchable)
        if is_answer and self._hurried_by and self._dice.random() < _HURRIED:
            self.says(self._hurried_by)


def _is_answer(touchable: Touchable) -> bool:
    if not (isinstance(touchable, tuple) and isinstance(touchable[0], Bubble)):
        return False
    return isinstance(parse_tap(touchable[1].data or ""), AnswerTap)
