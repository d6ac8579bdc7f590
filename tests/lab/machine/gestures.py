"""All else that phones can do: what of it counts, and how often it is answered."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.simulator import actions, albums, edits, live_location, origins
from bot.simulator.actions import CannotDoError
from bot.simulator.unusable_messages import ALL_KINDS, oddment
from tests.lab.machine.anything import PERSON, WHICH, Anything
from tests.lab.machine.deeds import How
from tests.lab.machine.exchanges import ASKED_IN
from tests.lab.machine.milestones import BEFORE_ASKED, NAME_ASKED
from tests.lab.machine.texts import (
    ANSWERS,
    FOREIGN,
    GUESSES,
    MAY_STOP,
    OWN_WORDS,
    SENT_ON,
    STOPS,
    TEXTS,
)
from tests.lab.machine.villagers import Villager

#: So many new messages answer an act at most: what is said of it, and the question
#: with all that stands around it.
MOST: Final = 4
#: What is asked where an answer is one about consent, leads to that, or is kept.
COUNT: Final = frozenset({NAME_ASKED, BEFORE_ASKED}.union(*ASKED_IN.values()))
#: Seconds between what is seen and what is typed.
_SECONDS = st.sampled_from((0, 0.6, 1, 2, 5, 60))
_SAID = st.sampled_from((*ANSWERS, *MAY_STOP))
#: What somebody sends who knows what will be asked, or whose finger slips.
_AT_ONCE = st.sampled_from(
    (
        ["ja", "ja"],
        ["ja", "nej", "no"],
        ["{word} Holm", "{number}"],
        ["{word} Holm", "{number}", "ja"],
    )
)
_SENT_ON = st.sampled_from(SENT_ON)
_UNDER_PICTURES = st.sampled_from(("", "", "ja", "stop", "han slår mig", FOREIGN))
_NOT_SAID_HERE = st.sampled_from((How.FOREIGN, How.SCHEDULED, How.ELSEWHERE))


class Gestures(Anything):
    """Whoever does something else with a phone than to tap or to write a text."""

    @rule(who=PERSON, text=_SAID, seconds=_SECONDS)
    def answers_in_words(self, who: int, text: str, seconds: float) -> None:
        """Somebody types an answer, at once or when they have read."""
        person = self._asked(who)
        if self._ready(person):
            self.village.clock.advance(seconds)
            person.says(_worded(text, person))
            self._looks(person)

    @rule(
        who=PERSON,
        texts=_AT_ONCE,
        waits_on_phone=st.booleans(),
        one_by_one=st.booleans(),
    )
    def writes_at_once(
        self, who: int, texts: list[str], *, waits_on_phone: bool, one_by_one: bool
    ) -> None:
        """Somebody writes on before anything has come, perhaps without a network."""
        person = self._asked(who)
        if not self._ready(person):
            return
        told = self.watch.told_by(person.account)
        if waits_on_phone:
            actions.lose_network(self.village.world, person.phone)
        for text in texts:
            person.writes(_worded(text, person))
        if waits_on_phone:
            person.does(How.OWN, actions.find_network)
        self.village.settles(one_by_one=one_by_one)
        self._looks(person)
        assert self.watch.told_by(person.account) <= told + 1, (
            f"{texts} at once answered more than the question that was seen"
        )

    @rule(who=PERSON, text=_SAID, one_by_one=st.booleans())
    def taps_and_writes(self, who: int, text: str, *, one_by_one: bool) -> None:
        """Somebody taps what leads on, and writes on before anything has come."""
        person = self._asked(who)
        if self._ready(person) and (tapped := person.leads_on()):
            told = self.watch.told_by(person.account)
            person.touches(*tapped)
            person.writes(_worded(text, person))
            self.village.settles(one_by_one=one_by_one)
            self._looks(person)
            assert self.watch.told_by(person.account) <= told + 1

    @rule(
        acts=st.lists(st.tuples(PERSON, _SAID, _SECONDS), min_size=2, max_size=4),
        one_by_one=st.booleans(),
    )
    def program_is_down(
        self, acts: list[tuple[int, str, float]], *, one_by_one: bool
    ) -> None:
        """Several people write while the program is down; then it takes all that in."""
        chosen = [(self._asked(who), text, seconds) for who, text, seconds in acts]
        # Whoever had blocked the bot comes back before it is down.
        here = [one for one in chosen if self._ready(one[0])]
        for person, text, seconds in here:
            self.village.clock.advance(seconds)
            person.writes(_worded(text, person))
        self.village.settles(one_by_one=one_by_one)
        self._looks(*(person for person, _, _ in here))

    @rule(
        who=PERSON,
        text=st.sampled_from(STOPS),
        seconds=_SECONDS,
        times=st.integers(0, 2),
    )
    def stops(self, who: int, text: str, seconds: float, times: int) -> None:
        """Somebody stops in plain words of their own; seldom, as little can follow."""
        person = self._person(who)
        if times == 0 and self._ready(person):
            self.village.clock.advance(seconds)
            person.says(text)
            self._looks(person)

    @rule(
        who=PERSON, how=_NOT_SAID_HERE, text=_SENT_ON, times=st.sampled_from((1, 1, 5))
    )
    def sends_on(self, who: int, how: How, text: str, times: int) -> None:
        """Somebody sends what was not said here, or not now; perhaps many at once."""
        person = self._asked(who)
        if self._ready(person):
            for _ in range(times if how is How.FOREIGN else 1):
                person.sends(how, text)
            self.village.settles()
            self._looks(person, most=MOST)

    @rule(who=PERSON, text=_SENT_ON)
    def sends_through_a_bot(self, who: int, text: str) -> None:
        """Somebody sends what another bot has offered."""
        person = self._asked(who)
        if self._ready(person):
            person.does(How.FOREIGN, origins.say_through_bot, text)
            self.village.settles()
            self._looks(person, most=MOST)

    @rule(who=PERSON, which=WHICH, times=st.integers(1, 4))
    def sends_back(self, who: int, which: int, times: int) -> None:
        """Somebody sends to the bot once more what stands in the chat."""
        person = self._person(who)
        if self._ready(person):
            stands = list(person.phone.chat.newest_first())
            with suppress(CannotDoError):
                chosen = stands[which : which + times]
                person.does(How.FOREIGN, origins.forward_from_here, *chosen)
            self.village.settles()
            self._looks(person, most=MOST)

    @rule(
        who=PERSON,
        which=WHICH,
        text=st.sampled_from((*ANSWERS, "stop", "menneske")),
        seconds=_SECONDS,
    )
    def replies(self, who: int, which: int, text: str, seconds: float) -> None:
        """Somebody replies to any message of the chat."""
        person = self._asked(who)
        if self._ready(person) and (stands := list(person.phone.chat.newest_first())):
            self.village.clock.advance(seconds)
            person.replies(stands[which % len(stands)], _worded(text, person))
            self.village.settles()
            self._looks(person)

    @rule(who=PERSON, text=st.sampled_from(("stop", "ja", "yes", "skjul", FOREIGN)))
    def edits(self, who: int, text: str) -> None:
        """Somebody changes what they wrote."""
        person = self._person(who)
        if self._ready(person):
            with suppress(CannotDoError):
                person.does(How.EDIT, actions.edit, text)
            self.village.settles()
            self._looks(person, most=MOST)

    @rule(
        who=PERSON,
        kinds=st.lists(st.sampled_from(ALL_KINDS), min_size=1, max_size=3),
        text=_UNDER_PICTURES,
        size=st.sampled_from((0, 0, 4, 10)),
    )
    def sends_oddments(
        self, who: int, kinds: Sequence[str], text: str, size: int
    ) -> None:
        """Somebody sends what is no text: one thing after the other, or an album."""
        person = self._person(who)
        if self._ready(person):
            if size:
                person.does(How.CAPTION, albums.send_album, size, text)
            for n, kind in enumerate(kinds):
                _sends_oddment(person, kind, text if n + size == 0 else "")
            self.village.settles()
            self._looks(person, most=MOST)

    @rule(who=PERSON, steps=st.integers(1, 5))
    def walks_about(self, who: int, steps: int) -> None:
        """Somebody's phone tells where it is; nobody does anything."""
        person = self._person(who)
        if not self._ready(person):
            return
        world = self.village.world
        if not live_location.is_live(person.phone):
            person.does(How.CAPTION, live_location.share_live_location)
            self.village.settles()
            self._looks(person, most=MOST)
        self._is_silent(person, lambda: live_location.move(world, person.phone), steps)

    @rule(who=PERSON, hidden=st.booleans())
    def sees_preview(self, who: int, *, hidden: bool) -> None:
        """Telegram tells of an edit in which no word has changed."""
        person = self._person(who)
        if self._ready(person):
            world, phone = self.village.world, person.phone
            self._is_silent(
                person, lambda: edits.edit_no_word(world, phone, hidden=hidden), 1
            )

    @rule(who=PERSON, text=st.sampled_from(("ja", "stop", "skjul", "hej")), n=WHICH)
    def writes_in_group(self, who: int, text: str, n: int) -> None:
        """Somebody writes in a group that the bot is in: at most once one answer."""
        person = self._person(who)
        if self._ready(person):
            for _ in range(1 + n % 3):
                actions.write_in_group(
                    self.village.world, person.phone, "Familien", text
                )
            self.village.settles()
            self._looks(person, most=1)

    @rule(who=PERSON, word=st.sampled_from((*OWN_WORDS, "stop", "ja")))
    def chooses_word(self, who: int, word: str) -> None:
        """Somebody chooses a word of their own."""
        person = self._person(who)
        if self._ready(person):
            person.chooses_word(word)
            self._looks(person)

    @rule(
        who=PERSON,
        texts=st.lists(
            st.sampled_from((*GUESSES, *OWN_WORDS, *TEXTS, "{code}")),
            min_size=1,
            max_size=3,
        ),
        which=WHICH,
    )
    def somebody_finds_cover(self, who: int, texts: list[str], which: int) -> None:
        """Somebody hides, and anybody who holds the phone writes anything."""
        person = self._covered(who)
        if not self._ready(person):
            return
        if not self._is_covered(person):
            person.says("skjul")
            self._looks(person)
        links = list(self.village.outside.links)
        for text in texts:
            person.says(_worded(text, person, links[which % len(links)]))
            self._looks(person)

    def _is_silent(
        self, person: Villager, happens: Callable[[], object], times: int
    ) -> None:
        """See that nothing is said to what no person did."""
        for _ in range(times):
            with suppress(CannotDoError):
                happens()
            self.village.settles()
            self._looks(person, most=0)

    def _asked(self, who: int) -> Villager:
        """Choose somebody who is asked something that counts, or anybody."""
        asked = [one for one in self.people if self._place(one) in COUNT]
        chosen = asked or self.people
        return chosen[who % len(chosen)]

    def _place(self, person: Villager) -> str | None:
        screens = self.watch.seen.screens.get(person.account)
        return screens[-1].question if screens else None

    def _covered(self, who: int) -> Villager:
        """Choose somebody whose chat is covered, or anybody."""
        covered = [one for one in self.people if self._is_covered(one)]
        chosen = covered or self.people
        return chosen[who % len(chosen)]

    def _is_covered(self, person: Villager) -> bool:
        return person.account in self.watch.seen.covered.chats


def _worded(text: str, person: Villager, code: str = "") -> str:
    return text.format(word=person.who.word, number=person.who.number, code=code)


def _sends_oddment(person: Villager, kind: str, text: str) -> None:
    """Send one of all kinds; an edit and what is said in a group are told elsewhere."""
    if kind not in {"edited", "group"}:
        world, phone = person.village.world, person.phone
        words = oddment(world, phone, kind, text)
        person.does(How.CAPTION, actions.send, words)
