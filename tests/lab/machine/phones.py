"""People who answer, tap and write, as they are asked to or not."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.simulator import actions
from tests.lab.machine.anything import PERSON, WHICH, Anything, buttons
from tests.lab.machine.texts import TEXTS


class AtPhones(Anything):
    """Whoever lives in the village, in front of a phone."""

    @rule(who=PERSON, times=st.integers(1, 8))
    def goes_on(self, who: int, times: int) -> None:
        """Somebody answers what they are asked, so that it leads on."""
        person = self._person(who)
        for _ in range(times):
            self._keeps_buttons(person)
            if self._ready(person) and person.goes_on():
                self._looks(person)

    @rule(who=PERSON, which=WHICH)
    def taps(self, who: int, which: int) -> None:
        """Somebody taps any button that they see."""
        person = self._person(who)
        seen = buttons(person)
        if seen and self._ready(person):
            self._keeps_buttons(person)
            person.taps(*seen[which % len(seen)])
            self._looks(person)

    @rule(who=PERSON, which=WHICH)
    def taps_old(self, who: int, which: int) -> None:
        """Somebody taps a button that stood there earlier."""
        person = self._person(who)
        old = self.old.get(person.who.key, [])
        if old and self._ready(person):
            person.taps(*old[which % len(old)])
            self._looks(person)

    @rule(who=PERSON, text=st.sampled_from(TEXTS))
    def types(self, who: int, text: str) -> None:
        """Somebody writes something."""
        person = self._person(who)
        if self._ready(person):
            self._keeps_buttons(person)
            words = text.format(word=person.who.word, number=person.who.number)
            person.says(words)
            self._looks(person)

    @rule(who=PERSON, which=WHICH)
    def opens_link(self, who: int, which: int) -> None:
        """Somebody opens a link, whosever it is."""
        person, links = self._person(who), list(self.village.outside.links)
        person.opens(links[which % len(links)])
        self._looks(person)

    @rule(who=PERSON)
    def blocks(self, who: int) -> None:
        actions.block(self.village.world, self._person(who).phone)
        self.village.settles()
        self._looks()

    @rule(who=PERSON)
    def takes_receipt(self, who: int) -> None:
        """Somebody asks for a receipt, and sees what is behind the button."""
        person = self._person(who)
        if self._ready(person):
            person.says("kvittering")
            person.says("vis")
            self._looks(person)

    @rule(which=WHICH)
    @precondition(lambda self: self.watch.receipts)
    def brings_receipt(self, which: int) -> None:
        """Somebody brings an older receipt; what was added since alters nothing."""
        self.watch.looks_at_receipt(which % len(self.watch.receipts))

    @rule(who=st.sampled_from(("mediator", "mediator2")), case=WHICH)
    def takes(self, who: str, case: int) -> None:
        """A mediator takes a case by its reference, whether it is to be had or not."""
        person = next(one for one in self.people if one.who.key == who)
        if self._ready(person):
            person.says(f"tag {self._reference(case)}")
            self._looks(person)
