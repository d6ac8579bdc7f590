"""Somebody of the village: what they would answer if all goes well."""

from bot.simulator import actions
from bot.simulator.bubbles import Bubble, Button
from bot.simulator.phones import Owner, Phone
from flows import FLOWS
from flows.model import GIVEN, Input, Place
from flows.taps import AnswerTap, parse_tap
from tests.machine.cast import Self
from tests.machine.village import Village

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

#: What is typed at any moment: always-words, answers, and what is none.
TEXTS = (
    "stop",
    "træk tilbage",
    "withdraw",
    "skjul",
    "hide",
    "menneske",
    "human",
    "tilbage",
    "back",
    "sprog",
    "language",
    "dansk",
    "english",
    "status",
    "pause",
    "hjælp",
    "menu",
    "vis",
    "show",
    "ja",
    "nej",
    "yes",
    "no",
    "1",
    "2",
    "ok",
    "/start",
    "tag",
    "take",
    "han slår mig",
    "I am afraid of him",
    "maj 2010",
    "hvad koster det?",
    "blåbær",
    "{word} bor i Odense",
    "{word} og jeg vil ikke leve mere",
    "{number}",
)


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
        actions.start(self.village.world, self.phone, token)
        self.village.settles()

    def says(self, text: str) -> None:
        actions.say(self.village.world, self.phone, text)
        self.village.settles()

    def taps(self, bubble: Bubble, button: Button) -> None:
        actions.tap(self.village.world, self.phone, bubble, button)
        self.village.settles()

    def place(self) -> str:
        place = self.village.place(self.account)
        return f"{place.dialogue}.{place.state}" if place else ""

    def goes_on(self) -> bool:
        """Answer what is asked so that it leads on; False where nothing does."""
        place = self.village.place(self.account)
        if place is None:
            return False
        open_now = self.offered(place)
        wanted = self._wanted(place)
        if wanted == GIVEN:
            self.says(self._told(place))
        elif wanted in open_now or open_now:
            self.taps(*open_now.get(wanted, next(iter(open_now.values()))))
        else:
            return False
        return True

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

    def offered(self, place: Place) -> dict[str, tuple[Bubble, Button]]:
        """Find the answers that can be tapped just now."""
        found: dict[str, tuple[Bubble, Button]] = {}
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
