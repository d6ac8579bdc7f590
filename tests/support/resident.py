"""Somebody of the town: a phone, a language, and a manner of answering."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.catalogue import Catalogue
from bot.simulator.bubbles import Bubble
from bot.simulator.person import NotSeenError, PhoneUser
from bot.simulator.sight import Touchable
from flows import FLOWS
from flows.always import Always
from flows.model import GIVEN, Answer, Input, State

#: So long it takes to read a strict question and type its answer; what comes within
#: two whole seconds of it is none.
READING_SECONDS: Final = 3
#: What can be tapped without the menu.
_ON_SCREEN = (Always.MENU, Always.HIDE, Always.SHOW)


class Manner(StrEnum):
    """How somebody answers."""

    USUAL = "usual"
    """Taps what can be tapped, and types what is asked for."""
    BUTTONS = "buttons"
    """Never types a word."""
    WORDS = "words"
    """Never taps: types the label, or yes and no."""
    NUMBERS = "numbers"
    """Never taps: types the number of the answer where that counts."""


@dataclass(frozen=True)
class Way:
    """In which language, and how, somebody talks."""

    language: str = "da"
    manner: Manner = Manner.USUAL

    @property
    def types(self) -> bool:
        """Whether nothing is ever tapped."""
        return self.manner in {Manner.WORDS, Manner.NUMBERS}


class Resident:
    """Talks with the bot by what is meant, whatever the language and the manner."""

    def __init__(self, person: PhoneUser, words: Catalogue, way: Way) -> None:
        self.person = person
        self.way = way
        self.language = way.language
        self._words = words

    @property
    def account(self) -> int:
        """The number of this account at Telegram."""
        return self.person.phone.user_id

    def opens(self, token: str = "") -> None:
        """Open the bot through the link of a letter, or without one."""
        self.person.open_link(token)

    def says(self, text: str) -> None:
        self.person.says(text)

    async def answers(self, question: str, answer: str) -> None:
        """Hear the question, and answer it in this person's manner."""
        asked = await self.asked(question)
        state = _state(question)
        ways = [a for a in state.answers if a.name == answer and a.label]
        shown = (a for a in ways if self.text(a.label or "") in asked.labels)
        chosen = next(shown, ways[0])
        label = self.text(chosen.label or "")
        if self.way.types:
            if state.strict:
                self.ponders()
            self.says(self._typed(state, chosen, asked))
        else:
            self.person.taps(label, on=asked)

    async def answers_now(self, question: str, answer: str) -> None:
        """Tap an answer of a question that was asked some time ago and still stands."""
        chosen = next(a for a in _state(question).answers if a.name == answer)
        self.person.taps(self.text(chosen.label or ""))

    async def gives(self, question: str, value: str) -> str | None:
        """Type what is asked for; who never types shares the number, or skips.

        Give what was answered, None for what was skipped.
        """
        asked = await self.asked(question)
        state = _state(question)
        if self.way.manner is not Manner.BUTTONS:
            self.says(value)
            return value
        if state.asks_for is Input.PHONE:
            label = self.text(f"{question}.share")
            self.person.touches(await self.person.finds(label))
            return self.person.phone.owner.number
        skip = next(a for a in state.answers if a.name in {"skip", "no"})
        self.person.taps(self.text(skip.label or ""), on=asked)
        return "no" if skip.name == "no" else None

    async def wants(self, action: Always) -> None:
        """Do what is always open: from the menu, or by its word."""
        if self.way.types:
            self.says(self.text(f"always.{action}.words").split(",")[0])
            return
        if action in _ON_SCREEN:
            self.person.touches(await self._button(f"always.{action}.label"))
            return
        self.person.touches(await self._button("always.menu.label"))
        menu = await self.hears("always.menu.says")
        self.person.taps(self.text(f"always.{action}.label"), on=menu)

    async def takes(self, reference: str) -> None:
        """Take a case as a mediator."""
        offer = await self.hears("notice.case_ready")
        if self.way.types:
            self.says(f"{self.text('queue.words').split(',')[0]} {reference}")
        else:
            self.person.taps(self.text("notice.take"), on=offer)

    async def asked(self, question: str) -> Bubble:
        """Wait until this question has been asked since they last did something."""
        return await self._with_buttons(_state(question).says[-1])

    async def hears(self, message_id: str) -> Bubble:
        """Wait until this message has come since they last did something."""
        return await self.person.hears(self.pattern(message_id))

    async def notices(self, message_id: str) -> None:
        """Wait until a tap is answered with this short line."""
        await self.person.notices(self.pattern(message_id))

    async def reads(self, message_id: str) -> str:
        """Hear that a message waits, which says no more than that, and look at it."""
        announced = await self._with_buttons("common.you_have_message")
        assert announced.text == self.text("common.you_have_message")
        assert announced.silent
        assert not self.sees(message_id)
        await self.wants(Always.SHOW)
        return (await self.hears(message_id)).text

    def sees(self, message_id: str) -> list[Bubble]:
        """Look for a message in the whole chat, without waiting."""
        looked_for = self.pattern(message_id)
        return [b for b in self.heard() if looked_for.search(b.text)]

    def heard(self) -> list[Bubble]:
        """All that the bot has in this chat now, oldest first."""
        return [b for b in self.person.reads() if b.author == "bot"]

    def chat(self) -> str:
        """Everything that can be read in this chat, of both sides."""
        return "\n".join(bubble.text for bubble in self.person.reads())

    def text(self, message_id: str, **values: str) -> str:
        """Word a message in this person's language."""
        return self._words.text(message_id, self.language, **values)

    def pattern(self, message_id: str) -> re.Pattern[str]:
        """What a message looks like, whatever is filled in, for adults or not."""
        variants = [message_id, f"{message_id}.adult"]
        known = [v for v in variants if self._words.has(v)]
        return re.compile("|".join(map(self._pattern, known)), re.DOTALL)

    def _pattern(self, message_id: str) -> str:
        names = self._words.needs(message_id, self.language)
        text = self.text(message_id, **dict.fromkeys(names, "\0"))
        return ".*?".join(map(re.escape, text.split("\0")))

    def ponders(self) -> None:
        """Let so much time pass as it takes to read a question and to think."""
        self.person.world.clock.advance(READING_SECONDS)

    async def _with_buttons(self, message_id: str) -> Bubble:
        """Wait for what can be answered; an older one has lost its buttons."""
        changes = self.person.world.changes
        try:
            async with self.person.limit(self.person.patience):
                while True:
                    seen = changes.version
                    bubble = await self.hears(message_id)
                    if bubble.labels:
                        return bubble
                    await changes.beyond(seen)
        except TimeoutError as over:
            why = str(over) or f"{self.person.patience:g} s are over"
            missed = f"{self.person.key} is not asked {message_id}, with buttons: {why}"
            raise NotSeenError(f"{missed}.\n{self.person.screen()}") from None

    async def _button(self, label_id: str) -> Touchable:
        return await self.person.finds(self.text(label_id))

    def _typed(self, state: State, chosen: Answer, asked: Bubble) -> str:
        """Choose the words, or the number, that this manner answers with."""
        label = self.text(chosen.label or "")
        if self.way.manner is Manner.WORDS and chosen.name in {"yes", "no"}:
            return self.text(f"common.{chosen.name}.words").split(",")[0]
        if self.way.manner is Manner.NUMBERS and state.by_age:
            return "40"
        counts = not state.strict and not any(a.name == GIVEN for a in state.answers)
        if self.way.manner is Manner.NUMBERS and counts:
            return str(1 + asked.labels.index(label))
        return label


def _state(question: str) -> State:
    dialogue, _, name = question.partition(".")
    return FLOWS[dialogue].state(name)


#: Both languages, by buttons alone and by words alone; and once by numbers.
WAYS = (
    Way("da", Manner.BUTTONS),
    Way("en", Manner.BUTTONS),
    Way("da", Manner.WORDS),
    Way("en", Manner.WORDS),
    Way("en", Manner.NUMBERS),
)
