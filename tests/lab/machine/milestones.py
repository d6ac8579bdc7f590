"""Moments of cases from which people go on in any way; each is walked to once."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

from bot import casework
from bot.casework import Opening, Verification
from bot.offline_words import Check, ConfessionCheck
from bot.simulator.links import payload_of
from flows.rules.case import Relation
from tests.lab.machine import cast
from tests.lab.machine.cast import Self
from tests.lab.machine.texts import OWN_WORDS
from tests.lab.machine.village import Snapshot, Village, again, founded
from tests.lab.machine.villagers import Villager
from tests.lab.machine.watching import Seen, Watch
from tests.support.folders import copy_tables, folder_in_memory

CONSENTED = "consent.consented"
ASKED = "consent.ask_take_part"
NAME_ASKED = "intake.ask_name"
BEFORE_ASKED = "understanding.ask_may_stop"
AWAITING = "child.awaiting_parents"
PARENT_ASKED = "parental.ask_take_part"
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True)
class Milestone:
    """Who lives there, how everything stands, and what was seen until then."""

    cast: tuple[Self, ...]
    snapshot: Snapshot
    seen: Seen

    def seen_again(self) -> Seen:
        return deepcopy(self.seen)


class Beginning:
    """A village on its way to a milestone."""

    def __init__(self, village: Village, who: Sequence[Self]) -> None:
        self.village = village
        self.people = {one.key: Villager(village, one) for one in who}

    def staff_joins(self) -> None:
        for who in cast.STAFF:
            role = who.key.rstrip("2")
            days = self.village.desk.settings.link_days
            letter = self.village.does(casework.invite, role, "fyn", None, days)
            self.people[who.key].opens(letter.token)
            self.people[who.key].walks_to(f"{role}.ready")

    def opens_case(self, relation: Relation = Relation.OTHER) -> None:
        opens_case(self.village, relation)

    def finds_messages_for_parents(self) -> None:
        """Keep the links that the child has got, its mother's before its father's."""
        texts = [str(call.params.get("text", "")) for call in self.village.line.calls]
        found = [token for text in texts for token in links_in(text)]
        for token, parent in zip(found, ("mother", "father"), strict=False):
            self.village.outside.links[token] = parent

    def comes(self, key: str, place: str) -> None:
        """Let a party open its letter, and go on as far as a place."""
        links = self.village.outside.links
        token = next(token for token, whose in links.items() if whose == key)
        self.people[key].opens(token)
        self.people[key].walks_to(place)


def links_in(text: str) -> list[str]:
    """Find the tokens of the links that a message holds."""
    return [payload_of(word) for word in text.split() if "start=" in word]


def codes_in(text: str) -> list[str]:
    """Find the codes that stand in a message as in a letter."""
    return [code.replace("-", "") for code in _CODE.findall(text)]


def opens_case(village: Village, relation: Relation) -> None:
    """Open a case, and keep its letters where anybody may find them."""
    checked = ConfessionCheck.CHECKED
    opening = Opening("fyn", relation, confession=checked, by="Birgit")
    case, letters = village.does(casework.open_case, village.desk.settings, opening)
    village.outside.references.append(case.reference)
    for letter in letters:
        village.outside.links[letter.token] = letter.role


def _one_yes(begun: Beginning) -> None:
    begun.opens_case()
    begun.comes("victim", CONSENTED)
    begun.comes("offender", ASKED)


def _nearly_asked(begun: Beginning) -> None:
    """Bring one to the question before the last, and the other to their name."""
    begun.opens_case()
    begun.comes("victim", BEFORE_ASKED)
    begun.comes("offender", NAME_ASKED)


def _confirmed(begun: Beginning) -> None:
    begun.people["offender"].walks_to(CONSENTED)


def _claimed(begun: Beginning) -> None:
    begun.people["mediator"].says("tag")


def _covered(begun: Beginning) -> None:
    """Let both parties choose a word of their own, and hide."""
    for key, word in zip(("victim", "offender"), OWN_WORDS, strict=True):
        begun.people[key].chooses_word(word)
        begun.people[key].says("skjul")


def _parents_covered(begun: Beginning) -> None:
    """Let a mother hide who has a word of her own, and a father who has none."""
    begun.people["mother"].chooses_word(OWN_WORDS[0])
    begun.people["mother"].says("skjul")
    begun.people["father"].says("hide")


def _child_asked(begun: Beginning) -> None:
    begun.opens_case()
    begun.comes("victim", CONSENTED)
    begun.comes("offender", AWAITING)
    begun.finds_messages_for_parents()


def _parent_asked(begun: Beginning) -> None:
    begun.comes("mother", PARENT_ASKED)
    begun.comes("father", "holder.explain_bot")


def _parents_stated(begun: Beginning) -> None:
    begun.people["mother"].walks_to("parental.stated")
    begun.people["father"].walks_to("parental.stated")


def _parents_verified(begun: Beginning) -> None:
    village = begun.village
    for n in (1, 2):
        done = Verification(Check.LETTER, village.today(), "Birgit")
        village.does(casework.verify, village.outside.references[0], n, None, done)


def _young_victim(begun: Beginning) -> None:
    begun.opens_case()
    begun.comes("offender", CONSENTED)
    begun.comes("victim", AWAITING)
    begun.finds_messages_for_parents()
    begun.comes("mother", "parental.stated")
    begun.comes("father", PARENT_ASKED)


def _nearly_18(begun: Beginning) -> None:
    """Bring a case to the last days before the month of the 18th birthday."""
    _child_asked(begun)
    begun.comes("mother", "parental.stated")
    begun.comes("father", PARENT_ASKED)
    begun.village.passes(days=5)


@dataclass(frozen=True)
class Way:
    """How a milestone is reached: by whom, from which other one, and by what."""

    cast: tuple[Self, ...]
    walk: Callable[[Beginning], None]
    begins_at: str | None = None


_HIRED = {
    "hired": Way(cast.ADULTS, Beginning.staff_joins),
    "hired with a child": Way(cast.WITH_CHILD, Beginning.staff_joins),
    "hired with one nearly 18": Way(cast.WITH_ONE_NEARLY_18, Beginning.staff_joins),
    "hired with a young one": Way(cast.WITH_YOUNG_VICTIM, Beginning.staff_joins),
}
WALKS = {
    "opened": Way(cast.ADULTS, Beginning.opens_case, "hired"),
    "nearly asked": Way(cast.ADULTS, _nearly_asked, "hired"),
    "one yes": Way(cast.ADULTS, _one_yes, "hired"),
    "confirmed": Way(cast.ADULTS, _confirmed, "one yes"),
    "covered": Way(cast.ADULTS, _covered, "one yes"),
    "claimed": Way(cast.ADULTS, _claimed, "confirmed"),
    "child asked": Way(cast.WITH_CHILD, _child_asked, "hired with a child"),
    "parent asked": Way(cast.WITH_CHILD, _parent_asked, "child asked"),
    "parents stated": Way(cast.WITH_CHILD, _parents_stated, "parent asked"),
    "parents covered": Way(cast.WITH_CHILD, _parents_covered, "parents stated"),
    "parents verified": Way(cast.WITH_CHILD, _parents_verified, "parents stated"),
    "child claimed": Way(cast.WITH_CHILD, _claimed, "parents verified"),
    "nearly 18": Way(cast.WITH_ONE_NEARLY_18, _nearly_18, "hired with one nearly 18"),
    "young victim": Way(
        cast.WITH_YOUNG_VICTIM, _young_victim, "hired with a young one"
    ),
}


@cache
def reached(name: str) -> Milestone:
    """Walk to a milestone, and keep what it looks like there."""
    way = (WALKS | _HIRED)[name]
    with _begun(way) as (village, seen):
        watch = Watch(village, way.cast, seen)
        way.walk(Beginning(village, way.cast))
        watch.looks()
        return Milestone(way.cast, village.snapshot(), watch.seen)


@contextmanager
def _begun(way: Way) -> Iterator[tuple[Village, Seen]]:
    if way.begins_at is not None:
        before = reached(way.begins_at)
        with again(before.snapshot) as village:
            yield village, before.seen_again()
        return
    with folder_in_memory() as folder:
        copy_tables(empty := folder / "empty.db")
        with founded(empty) as village:
            yield village, Seen()
