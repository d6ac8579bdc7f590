"""The village in which anybody does anything; `watching` says what must hold there."""

from contextlib import ExitStack

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot import casework
from bot.casework.overview import Overview
from bot.simulator import actions
from bot.simulator.bubbles import Bubble, BubbleButton
from flows.rules.case import FINAL
from tests.lab.machine.effects import compared
from tests.lab.machine.milestones import WALKS, codes_in, links_in, reached
from tests.lab.machine.village import again
from tests.lab.machine.villagers import Villager
from tests.lab.machine.watching import Watch

PERSON = st.integers(0, 9)
WHICH = st.integers(0, 11)


class Anything(RuleBasedStateMachine):
    """Whoever lives in the village, in front of a phone."""

    #: The milestones from which they go on.
    beginnings = tuple(WALKS)

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()

    def teardown(self) -> None:
        self.open.close()

    @initialize(which=WHICH)
    def begins(self, which: int) -> None:
        name = self.beginnings[which % len(self.beginnings)]
        note(f"They go on from: {name}")
        milestone = reached(name)
        self.village = self.open.enter_context(again(milestone.snapshot))
        self.open.enter_context(compared())
        self.people = [Villager(self.village, one) for one in milestone.cast]
        self.watch = Watch(self.village, milestone.cast, milestone.seen_again())
        self.old: dict[str, list[tuple[Bubble, BubbleButton]]] = {}

    @rule(which=WHICH)
    def comes_twice(self, which: int) -> None:
        """Telegram brings an update once more; it acts as if it had not."""
        brought = self.village.may_come_again()
        if brought:
            self.village.brings(brought[-1 - which % len(brought)].as_json())
            self.village.sends()
            self._looks()

    @rule(hours=st.sampled_from((1, 5, 12, 24, 24 * 3, 24 * 8)))
    def time_passes(self, hours: int) -> None:
        self.village.passes(hours=hours)
        self._looks()

    @rule(days=st.sampled_from((22, 35, 91, 200, 400)), how_often=st.integers(0, 2))
    def months_pass(self, days: int, how_often: int) -> None:
        """Time passes in which most cases come to their end; seldom, too."""
        if how_often:
            return
        self.village.passes(days=days)
        self._looks()

    @rule(who=PERSON, in_doubt=st.booleans())
    def restarts(self, who: int, *, in_doubt: bool) -> None:
        """The program ends after a turn, before what it says is sent, or noted."""
        person = self._person(who)
        self.village.is_line_down = True
        if self._ready(person):
            person.goes_on()
        self.village.restart(in_doubt=in_doubt)
        self._looks(person)

    def _person(self, who: int) -> Villager:
        return self.people[who % len(self.people)]

    def _may_be_of_age(self) -> bool:
        """Tell whether the month of somebody's 18th birthday has begun."""
        young = [one.who for one in self.people if one.who.age != "18"]
        return any(one.may_be_of_age(self.village.today()) for one in young)

    def _reference(self, case: int) -> str:
        """Choose a case, one that goes on rather than one that is over."""
        references = self.village.outside.references
        stands = self.watch.seen.statuses
        on = [one for one in references if stands.get(one) not in set(FINAL)]
        chosen = on or references
        return chosen[case % len(chosen)]

    def _shown(self, reference: str) -> Overview:
        return self.village.does(casework.shown, reference)

    def _ready(self, person: Villager) -> bool:
        """Tell whether somebody can write; what has waited for them comes first."""
        if person.phone.blocked:
            actions.unblock(person.village.world, person.phone)
            if not self.village.is_line_down:
                self.village.settles()
                self._looks(person)
        return person.phone.started

    def _keeps_buttons(self, person: Villager) -> None:
        kept = self.old.setdefault(person.who.key, [])
        kept[:0] = buttons(person)
        del kept[12:]

    def _looks(self, *actors: Villager, most: int | None = None) -> None:
        self._finds_links()
        self.watch.looks(*(one.who.key for one in actors), most=most)
        self.village.clock.advance(1)

    def _finds_links(self) -> None:
        """Whoever sees a link may send it on to anybody."""
        for call in self.village.line.calls:
            text = str(call.params.get("text", ""))
            for token in (*links_in(text), *codes_in(text)):
                self.village.outside.links.setdefault(token, "holder")


def buttons(person: Villager) -> list[tuple[Bubble, BubbleButton]]:
    return [
        (bubble, button)
        for bubble in person.phone.chat.newest_first()
        for row in bubble.buttons
        for button in row
    ]
