"""People as they are: some tap twice, some are in a hurry, and some try everything."""

import random
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.simulator.bubbles import Bubble
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.person import NotSeenError, PhoneUser
from bot.simulator.sight import Sought, Touchable
from bot.simulator.texts import Cut
from bot.simulator.world import World
from flows.taps import AnswerTap, parse_tap
from tests.support.resident import READING_SECONDS

#: How many taps on an answer reach Telegram a second time.
_TWICE: Final = 0.2
#: How many taps on an answer are followed at once by something else.
_HURRIED: Final = 0.3
#: How many texts are followed by a remark, or an edit, that no person made.
_REMARKED: Final = 0.2
#: Seconds after which somebody writes once more whose words were too early, where
#: nothing has come of them.
_WRITES_AGAIN: Final = 6
#: What is sent on, or said to something else, and is no answer to anything.
_CHATTER: Final = "Er du hjemme?"


@dataclass(frozen=True)
class Habits:
    """What somebody does beside what they are asked, and what they understand."""

    #: What the bot says to whoever writes too early, in every language.
    too_early: re.Pattern[str]
    #: Whether they do one thing right after the other, without looking.
    hurries: bool = False
    #: Whether they send a text twice now and then.
    stutters: bool = False
    #: What they never send twice: it would act twice, too.
    says_once: Collection[str] = ()


class HastyPerson(PhoneUser):
    """Somebody whose app, or finger, sends an answer twice now and then.

    In a hurry they also ask or send something right after a tap, without looking. Who
    hears that their words came too early writes them again.
    """

    def __init__(
        self, world: World, key: str, *, patience: float, habits: Habits
    ) -> None:
        super().__init__(world, key, patience=patience)
        self._habits = habits
        self._dice = random.Random(f"{key} {world.faults.dice.random()}")  # noqa: S311 - guards nothing
        #: What was typed last, as long as nothing was tapped since.
        self._typed = ""

    def touches(self, touchable: Touchable) -> None:
        self._typed = ""
        is_answer = _is_answer(touchable)
        if is_answer and self._dice.random() < _TWICE:
            twice = Fault(FaultKind.RESENT_TAP, 1, phone=self.key)
            self.world.faults.switch_on(twice)
        super().touches(touchable)
        if is_answer and self._habits.hurries and self._dice.random() < _HURRIED:
            self._dice.choice(self._hasty())()

    def says(self, text: str, cut: Cut = Cut.EXACT) -> None:
        self._typed = text
        super().says(text, cut)
        if self._dice.random() < _REMARKED:
            self._dice.choice(self._unasked())()
        stutters = self._habits.stutters and text not in self._habits.says_once
        if stutters and self._dice.random() < _TWICE:
            super().says(text, cut)

    async def hears(self, wanted: Sought, timeout: float | None = None) -> Bubble:  # noqa: ASYNC109 - as it is there
        """Wait for a message; what came too early is written again meanwhile."""
        patience = self.patience if timeout is None else timeout
        await super().hears(self._or_early(wanted), patience)
        for _ in range(1 + int(patience // _WRITES_AGAIN)):
            with suppress(NotSeenError):
                return await super().hears(wanted, _WRITES_AGAIN)
            if self.world.updates.all_taken():
                self.world.clock.advance(READING_SECONDS)
                super().says(self._typed)
        return await super().hears(wanted, 0)

    def _or_early(self, wanted: Sought) -> Sought:
        if not self._typed:
            return wanted
        found = wanted.pattern if isinstance(wanted, re.Pattern) else re.escape(wanted)
        return re.compile(f"{found}|{self._habits.too_early.pattern}", re.DOTALL)

    def _hasty(self) -> list[Callable[[], object]]:
        """List what somebody may do at once after an answer; it changes nothing."""
        oldest = next(iter(self.phone.chat.bubbles.values()))
        return [
            lambda: super(HastyPerson, self).says("status"),
            lambda: self.forwards(_CHATTER, _CHATTER),
            lambda: self.replies(oldest, _CHATTER),
            lambda: self.sends_album(3),
            lambda: self.sends("sticker"),
            self.shares_live_location,
        ]

    def _unasked(self) -> list[Callable[[], object]]:
        """List what Telegram tells of by itself; nobody hears of it."""
        return [
            self.edits_no_word,
            lambda: self.sends("pinned_message"),
            lambda: self.sends("boost_added"),
        ]


def _is_answer(touchable: Touchable) -> bool:
    if not (isinstance(touchable, tuple) and isinstance(touchable[0], Bubble)):
        return False
    return isinstance(parse_tap(touchable[1].data or ""), AnswerTap)
