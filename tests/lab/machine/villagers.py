"""Somebody of the village: what they would answer if all goes well."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from bot.simulator import actions, origins, replies
from bot.simulator.bubbles import Bubble, BubbleButton
from bot.simulator.phones import Owner, Phone
from bot.simulator.world import World
from flows import FLOWS
from flows.model import GIVEN, Input, Place
from flows.taps import AnswerTap, parse_tap
from tests.lab.machine.cast import Self
from tests.lab.machine.deeds import Deed, How
from tests.lab.machine.village import Village

Asked = ParamSpec("Asked")

#: What leads on where it is not the first answer; others say what they are.
_LEADS_ON = {
    "arrival.ask_letter": "yes",
    "offer.ask_interest": "yes",
    "offer.ask_confession": "yes",
    "safety.ask_tie": "stranger",
    "safety.ask_orders": "no",
    "safety.ask_fear": "no",
    "child.ask_birth_right": "yes",
    "child.ask_allowed": "yes",
    "intake.ask_interpreter": "no",
    "intake.ask_support": "yes",
    "consent.ask_summary": "right",
    "consent.ask_data": "yes",
    "consent.ask_take_part": "yes",
    "understanding.ask_may_say_no": "yes",
    "understanding.ask_may_say_no_again": "yes",
    "understanding.ask_replaces_punishment": "no",
    "understanding.ask_replaces_punishment_again": "no",
    "understanding.ask_may_stop": "yes",
    "understanding.ask_may_stop_again": "yes",
    "holder.ask_letter": "yes",
    "parental.ask_data": "yes",
    "parental.ask_take_part": "yes",
    "mediator.ask_invitation": "yes",
    "coordinator.ask_invitation": "yes",
}
#: With which somebody asks for a word of their own.
_WORD = {"da": "mit ord", "en": "my word"}


class Villager:
    """Somebody with a phone."""

    def __init__(self, village: Village, who: Self) -> None:
        self.village = village
        self.who = who
        if who.key not in village.world.phones:
            owner = Owner(who.key, who.word, who.number)
            village.world.add_phone(owner, who.language)

    @property
    def phone(self) -> Phone:
        return self.village.world.phones[self.who.key]

    @property
    def account(self) -> int:
        return self.phone.user_id

    def opens(self, token: str = "") -> None:
        self.does(How.OWN, actions.start, token)
        self.village.settles()

    def says(self, text: str) -> None:
        self.writes(text)
        self.village.settles()

    def taps(self, bubble: Bubble, button: BubbleButton) -> None:
        self.touches(bubble, button)
        self.village.settles()

    def touches(self, bubble: Bubble, button: BubbleButton) -> None:
        """Tap, before the program has taken in anything."""
        now = self.village.clock.now()
        actions.tap(self.village.world, self.phone, bubble, button)
        deed = Deed(self.who.key, How.TAP, now, button.text, to=bubble.message_id)
        self.village.outside.deeds.append(deed)

    def writes(self, text: str) -> None:
        """Write something, before the program has taken in anything."""
        self.does(How.OWN, actions.say, text)

    def chooses_word(self, word: str) -> None:
        """Choose a word of one's own, where that is offered just now."""
        self.says(_WORD[self.who.language])
        if (place := self.village.place(self.account)) is not None:
            offered = self.offered(place)
            for answer in ("choose", "change"):
                if answer in offered:
                    self.taps(*offered[answer])
        self.says(word)

    def replies(self, to: Bubble, text: str) -> None:
        """Reply to a message of the chat."""
        self.does(How.REPLY, replies.reply, to, text)

    def sends(self, how: How, text: str) -> None:
        """Send words that are not said here and now, or not to the bot."""
        match how:
            case How.SCHEDULED:
                self.does(how, origins.say_as_scheduled, text)
            case How.ELSEWHERE:
                self.does(how, replies.reply_from_elsewhere, text)
            case How.FOREIGN:
                self.does(how, origins.forward_to_bot, text)

    def does(
        self,
        how: How,
        gesture: Callable[Concatenate[World, Phone, Asked], object],
        *args: Asked.args,
        **kwargs: Asked.kwargs,
    ) -> None:
        """Do with the phone what one of the simulator's functions does."""
        made = gesture(self.village.world, self.phone, *args, **kwargs)
        for bubble in made if isinstance(made, list) else [made]:
            self._notes(how, bubble)

    def _notes(self, how: How, bubble: object) -> None:
        if isinstance(bubble, Bubble):
            at = self.village.clock.now()
            number, to, text = bubble.message_id, bubble.reply_to, bubble.text
            if how is How.CAPTION:
                # A sign stands before what was written under it.
                text = text.partition(" ")[2]
            deed = Deed(self.who.key, how, at, text, number, to)
            self.village.outside.deeds.append(deed)

    def place(self) -> str:
        place = self.village.place(self.account)
        return f"{place.dialogue}.{place.state}" if place else ""

    def goes_on(self) -> bool:
        """Answer what is asked so that it leads on; False where nothing does."""
        place = self.village.place(self.account)
        if place is None:
            return False
        if self._wanted(place) == GIVEN:
            self.says(self._told(place))
        elif (tapped := self.leads_on()) is not None:
            self.taps(*tapped)
        else:
            return False
        return True

    def leads_on(self) -> tuple[Bubble, BubbleButton] | None:
        """Find the button that leads on from where somebody is, if there is any."""
        place = self.village.place(self.account)
        open_now = self.offered(place) if place else {}
        if place is None or not open_now:
            return None
        return open_now.get(self._wanted(place), next(iter(open_now.values())))

    def walks_to(self, goal: str) -> None:
        """Go on until a place is reached."""
        for _ in range(80):
            if self.place() == goal:
                return
            assert self.goes_on(), f"{self.who.key} is stuck at {self.place()}"
        raise AssertionError(f"{self.who.key} does not come to {goal}: {self.place()}")

    def answers(self, question: str, answer: str) -> None:
        """Walk to a question, and answer it otherwise than usual."""
        self.walks_to(question)
        dialogue, _, state = question.partition(".")
        self.taps(*self.offered(Place(dialogue, state))[answer])

    def offered(self, place: Place) -> dict[str, tuple[Bubble, BubbleButton]]:
        """Find the answers that can be tapped just now."""
        found: dict[str, tuple[Bubble, BubbleButton]] = {}
        for bubble in self.phone.chat.newest_first():
            for button in (button for row in bubble.buttons for button in row):
                tap = parse_tap(button.data or "")
                if isinstance(tap, AnswerTap) and (tap.dialogue, tap.state) == (
                    place.dialogue,
                    place.state,
                ):
                    found.setdefault(tap.answer, (bubble, button))
            if found:
                break
        return found

    def _wanted(self, place: Place) -> str:
        question = f"{place.dialogue}.{place.state}"
        own = {
            "arrival.ask_language": self.who.language,
            "holder.ask_language": self.who.language,
            "arrival.ask_age": self.who.age,
            "child.ask_authority": self.who.authority,
            "holder.ask_relation": self.who.relation,
            "holder.ask_others": self.who.others,
        }
        if (wanted := (own | _LEADS_ON).get(question)) is not None:
            return wanted
        state = FLOWS[place.dialogue].state(place.state)
        asks = any(answer.name == GIVEN for answer in state.answers)
        return GIVEN if asks else ""

    def _told(self, place: Place) -> str:
        match FLOWS[place.dialogue].state(place.state).asks_for:
            case Input.PHONE | Input.CONTACT:
                return self.who.number
            case Input.EMAIL:
                return f"{self.who.word}@example.dk"
            case Input.BIRTH:
                return self.who.birth
            case Input.NAME if place.state == "ask_shown_name":
                return self.who.shown_word
            case _:
                return f"{self.who.word} Holm"
