"""Anybody does anything, in any order; `watching` says what must hold all the same."""

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot import casework
from bot.casework import (
    NothingOpen,
    Refused,
    Said,
    Told,
    ToldByHolder,
    Verification,
)
from bot.casework.overview import Overview
from bot.elsewhere import HOLDER, Check, Way, Who
from bot.simulator import actions
from bot.simulator.actions import CannotDoError
from bot.simulator.bubbles import Bubble, Button
from flows.case import FINAL, Relation
from flows.effects import ConsentState, Purpose
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Fear,
    Orders,
    OtherHolder,
    Role,
    Tie,
)
from flows.holders import HolderState
from tests.machine.effects import compared
from tests.machine.milestones import WALKS, links_in, opens_case, reached
from tests.machine.village import again
from tests.machine.villagers import TEXTS, Villager
from tests.machine.watching import Watch

#: So many cases are opened at most.
_CASES = 2
_PERSON = st.integers(0, 9)
_WHICH = st.integers(0, 11)
_SAID = (ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN)
#: With which a coordinator settles what waits, beside what it waits for.
_CODES = ("looked_at", "of_age", "asked_for")
_HARMLESS = Told(
    AgeBand.ADULT, Confession.YES, Tie.STRANGER, Orders.NO, Fear.NO, understood=True
)
#: What somebody without the bot may tell a coordinator about themselves.
TOLD = (
    _HARMLESS,
    replace(_HARMLESS, fear=Fear.YES),
    replace(
        _HARMLESS,
        age_band=AgeBand.FROM_15_TO_17,
        authority=Authority.ONE,
        may_ask_holders=True,
    ),
    Told(age_band=AgeBand.FROM_12_TO_14, authority=Authority.BOTH),
    Told(tie=Tie.FAMILY, may_ask_holders=False),
)
_WHO = st.sampled_from(("victim", "offender", HOLDER))


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
        brought = self.village.may_come_again()
        if brought:
            self.village.brings(brought[-1 - which % len(brought)].as_json())
            self.village.sends()
            self._looks(None)

    @rule(hours=st.sampled_from((1, 5, 12, 24, 24 * 3, 24 * 8)))
    def time_passes(self, hours: int) -> None:
        self.village.passes(hours=hours)
        self._looks(None)

    @rule(days=st.sampled_from((22, 35, 91, 200, 400)), how_often=st.integers(0, 2))
    def months_pass(self, days: int, how_often: int) -> None:
        """Time passes in which most cases come to their end; seldom, too."""
        if how_often:
            return
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

    @rule(case=_WHICH, which=_WHICH)
    def is_cleared(self, case: int, which: int) -> None:
        """A coordinator settles what waits, or what does not."""
        reference = self._reference(case)
        waiting = [n.reason for n in self._shown(reference).needs if n.cleared is None]
        reasons = (*waiting, *_CODES) if waiting else _CODES
        reason = reasons[which % len(reasons)]
        with suppress(Refused, NothingOpen):
            self.village.does(casework.clear, reference, reason, "Birgit")
            assert reason != "of_age" or self._may_be_of_age(), (
                "a minor became an adult"
            )
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
        reference = self._reference(case)
        stated = [
            holder.n
            for party in self._shown(reference).parties
            for holder in party.holders
            if holder.state == HolderState.STATED
        ]
        meant = stated[n % len(stated)] if stated else n
        with suppress(Refused, NothingOpen):
            self.village.does(casework.verify, reference, meant, None, done)
        self._looks(None)

    @rule(case=_WHICH, n=st.integers(1, 2))
    def gets_new_message(self, case: int, n: int) -> None:
        """A coordinator lets go of whoever has opened a parent's link."""
        letter_for = casework.new_parent_letter
        with suppress(Refused):
            _, letter = self.village.does(letter_for, self._reference(case), n, None)
            self.village.outside.links[letter.token] = HOLDER
        self._looks(None)

    @rule(
        case=_WHICH,
        role=st.sampled_from((Role.VICTIM, Role.OFFENDER)),
        told=st.sampled_from(TOLD),
    )
    def is_told(self, case: int, role: Role, told: Told) -> None:
        """A coordinator writes down what somebody without the bot tells."""
        reference, who = self._reference(case), Who(role, 1)
        with suppress(Refused):
            self.village.does(casework.tell, reference, who, told, "Birgit")
        self._looks(None)

    @rule(case=_WHICH, which=_WHICH, days=st.sampled_from((0, 0, 1)))
    def says_it_again(self, case: int, which: int, days: int) -> None:
        """A mediator has heard a yes again, today or on the day before."""
        reference = self._reference(case)
        left = self.village.does(casework.to_reconfirm, reference) or ["victim:1"]
        role, _, n = left[which % len(left)].partition(" ")[0].partition(":")
        on, again = self.village.today() - timedelta(days), ConsentState.RECONFIRMED
        said = Said(Who(role, int(n)), again, Way.MEETING, on, "Karen")
        with suppress(Refused):
            self.village.does(casework.reconfirm, reference, said)
        self._looks(None)

    @rule(who=_PERSON)
    def takes_receipt(self, who: int) -> None:
        """Somebody asks for a receipt, and sees what is behind the button."""
        person = self._person(who)
        if self._ready(person):
            person.says("kvittering")
            person.says("vis")
            self._looks(person)

    @rule(which=_WHICH)
    @precondition(lambda self: self.watch.receipts)
    def brings_receipt(self, which: int) -> None:
        """Somebody brings an older receipt; what was added since alters nothing."""
        self.watch.looks_at_receipt(which % len(self.watch.receipts))

    @rule(
        case=_WHICH,
        who=_WHO,
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

    @rule(
        case=_WHICH,
        n=st.integers(1, 2),
        others=st.sampled_from(tuple(OtherHolder)),
    )
    def parent_is_told(self, case: int, n: int, others: OtherHolder) -> None:
        """A coordinator reads to a parent and asks what comes before a yes."""
        reference, today = self._reference(case), self.village.today()
        who, given = Who(HOLDER, n), ConsentState.GIVEN
        read = Said(who, given, Way.PHONE, today, "Birgit", None, Purpose.DATA_NOTICE)
        told = ToldByHolder(understood=True, others=others)
        with suppress(Refused):
            self.village.does(casework.record, reference, read)
            does = casework.tell_of_holder
            self.village.does(does, reference, n, None, told, "Birgit")
        self._looks(None)

    @rule(case=_WHICH, how_often=st.integers(0, 3))
    def is_ended(self, case: int, how_often: int) -> None:
        """A coordinator ends a case; seldom, as little can follow."""
        if how_often:
            return
        with suppress(Refused):
            self.village.does(casework.end_case, self._reference(case), "unfit", "B")
        self._looks(None)

    @rule(relation=st.sampled_from(tuple(Relation)))
    @precondition(lambda self: len(self.village.outside.references) < _CASES)
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
        "nearly 18",
        "child claimed",
    )
