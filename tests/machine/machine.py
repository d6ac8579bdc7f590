"""Anybody does anything, in any order; `watching` says what must hold all the same."""

from contextlib import ExitStack, suppress

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot import casework
from bot.casework import NothingOpen, Refused, Said, Verification
from bot.elsewhere import HOLDER, Check, Way, Who
from bot.simulator import actions
from bot.simulator.actions import CannotDoError
from bot.simulator.bubbles import Bubble, Button
from flows.case import Relation
from flows.effects import ConsentState
from flows.facts import Role
from tests.machine.effects import compared
from tests.machine.milestones import WALKS, links_in, opens_case, reached
from tests.machine.village import again
from tests.machine.villagers import Villager
from tests.machine.watching import Watch

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
_PERSON = st.integers(0, 9)
_WHICH = st.integers(0, 11)
_SAID = (ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN)
_REASONS = ("looked_at", "under_15", "asked_for", "orders")


class Anything(RuleBasedStateMachine):
    """Whoever lives in the village, in front of a phone."""

    #: The milestones from which they go on.
    beginnings = tuple(WALKS)

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()

    def teardown(self) -> None:
        self.open.close()

    @initialize(which=_WHICH)
    def begins(self, which: int) -> None:
        name = self.beginnings[which % len(self.beginnings)]
        note(f"They go on from: {name}")
        milestone = reached(name)
        self.village = self.open.enter_context(again(milestone.snapshot))
        self.open.enter_context(compared())
        self.people = [Villager(self.village, one) for one in milestone.cast]
        self.watch = Watch(self.village, milestone.cast, milestone.seen_again())
        self.old: dict[str, list[tuple[Bubble, Button]]] = {}

    @rule(who=_PERSON, times=st.integers(1, 8))
    def goes_on(self, who: int, times: int) -> None:
        """Somebody answers what they are asked, so that it leads on."""
        person = self._person(who)
        for _ in range(times):
            self._keeps_buttons(person)
            if self._ready(person) and person.goes_on():
                self._looks(person)

    @rule(who=_PERSON, which=_WHICH)
    def taps(self, who: int, which: int) -> None:
        """Somebody taps any button that they see."""
        person = self._person(who)
        seen = _buttons(person)
        if seen and self._ready(person):
            self._keeps_buttons(person)
            person.taps(*seen[which % len(seen)])
            self._looks(person)

    @rule(who=_PERSON, which=_WHICH)
    def taps_old(self, who: int, which: int) -> None:
        """Somebody taps a button that stood there earlier."""
        person = self._person(who)
        old = self.old.get(person.who.key, [])
        if old and self._ready(person):
            person.taps(*old[which % len(old)])
            self._looks(person)

    @rule(who=_PERSON, text=st.sampled_from(TEXTS))
    def types(self, who: int, text: str) -> None:
        """Somebody writes something."""
        person = self._person(who)
        if self._ready(person):
            self._keeps_buttons(person)
            words = text.format(word=person.who.word, number=person.who.number)
            person.says(words)
            self._looks(person)

    @rule(who=_PERSON, which=_WHICH)
    def opens_link(self, who: int, which: int) -> None:
        """Somebody opens a link, whosever it is."""
        person, links = self._person(who), list(self.village.outside.links)
        person.opens(links[which % len(links)])
        self._looks(person)

    @rule(which=_WHICH)
    def comes_twice(self, which: int) -> None:
        """Telegram brings an update once more; it acts as if it had not."""
        brought = list(self.village.outside.brought)
        if brought:
            self.village.brings(brought[-1 - which % len(brought)])
            self.village.sends()
            self._looks(None)

    @rule(hours=st.sampled_from((1, 5, 12, 24, 24 * 3, 24 * 8)))
    def time_passes(self, hours: int) -> None:
        self.village.passes(hours=hours)
        self._looks(None)

    @rule(days=st.sampled_from((22, 35, 91, 200, 400)))
    def months_pass(self, days: int) -> None:
        self.village.passes(days=days)
        self._looks(None)

    @rule(who=_PERSON)
    def restarts(self, who: int) -> None:
        """The program ends after a turn, before what it says is sent."""
        person = self._person(who)
        self.village.is_line_down = True
        if self._ready(person):
            person.goes_on()
        self.village.restart()
        self._looks(person)

    @rule(who=_PERSON)
    def blocks(self, who: int) -> None:
        actions.block(self.village.world, self._person(who).phone)
        self.village.settles()
        self._looks(None)

    @rule(who=_PERSON)
    def edits(self, who: int) -> None:
        """Somebody changes what they wrote."""
        person = self._person(who)
        with suppress(CannotDoError):
            actions.edit(self.village.world, person.phone, f"{person.who.word} stop")
        self.village.settles()
        self._looks(person)

    @rule(case=_WHICH, reason=st.sampled_from(_REASONS))
    def is_cleared(self, case: int, reason: str) -> None:
        """A coordinator settles what waits."""
        with suppress(Refused, NothingOpen):
            self.village.does(casework.clear, self._reference(case), reason, "Birgit")
        self._looks(None)

    @rule(case=_WHICH, role=st.sampled_from((Role.VICTIM, Role.OFFENDER)))
    def gets_new_letter(self, case: int, role: Role) -> None:
        reference = self._reference(case)
        with suppress(Refused):
            _, letter = self.village.does(casework.new_letter, reference, role, 1, 30)
            self.village.outside.links[letter.token] = role
        self._looks(None)

    @rule(case=_WHICH, n=st.integers(1, 2))
    def is_verified(self, case: int, n: int) -> None:
        """A coordinator makes sure who a parent is."""
        done = Verification(Check.CALL, self.village.today(), "Birgit")
        with suppress(Refused, NothingOpen):
            self.village.does(casework.verify, self._reference(case), n, None, done)
        self._looks(None)

    @rule(
        case=_WHICH,
        who=st.sampled_from(("victim", "offender", HOLDER)),
        n=st.integers(1, 2),
        answer=st.sampled_from(_SAID),
    )
    def is_recorded(self, case: int, who: str, n: int, answer: ConsentState) -> None:
        """A coordinator writes down what somebody said elsewhere."""
        today = self.village.today()
        said = Said(Who(who, n), answer, Way.PHONE, today, "Birgit")
        with suppress(Refused, NothingOpen):
            self.village.does(casework.record, self._reference(case), said)
        self._looks(None)

    @rule(case=_WHICH)
    def is_ended(self, case: int) -> None:
        with suppress(Refused):
            self.village.does(casework.end_case, self._reference(case), "unfit", "B")
        self._looks(None)

    @rule(relation=st.sampled_from(tuple(Relation)))
    @precondition(lambda self: len(self.village.outside.references) < 2)
    def another_case(self, relation: Relation) -> None:
        opens_case(self.village, relation)
        self._looks(None)

    @rule(who=st.sampled_from(("mediator", "mediator2")), case=_WHICH)
    def takes(self, who: str, case: int) -> None:
        """A mediator takes a case by its reference, whether it is to be had or not."""
        person = next(one for one in self.people if one.who.key == who)
        if self._ready(person):
            person.says(f"tag {self._reference(case)}")
            self._looks(person)

    def _person(self, who: int) -> Villager:
        return self.people[who % len(self.people)]

    def _reference(self, case: int) -> str:
        references = self.village.outside.references
        return references[case % len(references)]

    @staticmethod
    def _ready(person: Villager) -> bool:
        if person.phone.blocked:
            actions.unblock(person.village.world, person.phone)
        return person.phone.started

    def _keeps_buttons(self, person: Villager) -> None:
        kept = self.old.setdefault(person.who.key, [])
        kept[:0] = _buttons(person)
        del kept[12:]

    def _looks(self, actor: Villager | None) -> None:
        self._finds_links()
        self.watch.looks(actor.who.key if actor else None)
        self.village.clock.advance(1)

    def _finds_links(self) -> None:
        """Whoever sees a link may send it on to anybody."""
        for call in self.village.line.calls:
            for token in links_in(str(call.params.get("text", ""))):
                self.village.outside.links.setdefault(token, "holder")


def _buttons(person: Villager) -> list[tuple[Bubble, Button]]:
    return [
        (bubble, button)
        for bubble in person.phone.chat.newest_first()
        for row in bubble.buttons
        for button in row
    ]


class AdultsOnly(Anything):
    """Cases in which nobody is under 18."""

    beginnings = ("opened", "one yes", "confirmed", "claimed")


class WithChildren(Anything):
    """Cases in which parents have their say."""

    beginnings = (
        "child asked",
        "parent asked",
        "parents stated",
        "parents verified",
        "young victim",
    )
