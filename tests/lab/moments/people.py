"""People and their cases, brought by the program's own steps to the last one but one.

What they have agreed to is recorded with the texts of the program, as in their talks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import effects
from bot.addressing import TELEGRAM, AccountRef
from bot.chat import asked
from bot.chat.post import Post
from bot.chat.visit import Visit
from bot.offline_words import Inspection
from bot.queue.standing import settle
from bot.storage import cases, people, staff, talks
from bot.storage.cases import Looked
from bot.storage.consent import shown
from bot.storage.people import Known
from bot.storage.staff import MEDIATOR
from bot.storage.tables import Case, Link, Staff
from flows import FLOWS
from flows.always import Always
from flows.effects import (
    AgeBandGiven,
    ConfessionGiven,
    ConsentGiven,
    DetailGiven,
    FearGiven,
    InterestGiven,
    OrdersGiven,
    Purpose,
    Reason,
    TieGiven,
    Understood,
)
from flows.engine import start
from flows.facts import AgeBand, Confession, Detail, Fear, Interest, Orders, Role, Tie
from flows.model import Into
from flows.rules.case import Relation
from flows.rules.required import BY_PARTIES
from flows.taps import always_tap, answer_tap, staff_tap
from tests.lab.moments.crew import Crew

_CONSENT = FLOWS["consent"]
_ASKED = "ask_take_part"
OPEN_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Someone:
    """Somebody with a talk, and the buttons that stand in it."""

    account: int
    person_id: str
    party_id: str

    def answer(self, name: str) -> str:
        """Give what the button of an answer to the last question carries."""
        return answer_tap(1, _CONSENT, _ASKED, name, 0)

    def always(self, action: Always) -> str:
        """Give what the button of an action that is always open carries."""
        return always_tap(action, 1)


@dataclass(frozen=True)
class Pair:
    """A case with a victim and an offender."""

    case_id: str
    reference: str
    victim: Someone
    offender: Someone

    @property
    def both(self) -> tuple[Someone, Someone]:
        return self.victim, self.offender

    @property
    def take(self) -> str:
        """Give what the button carries that takes the case."""
        return staff_tap(self.reference)


async def undecided(crew: Crew, number: int, district: str) -> list[Pair]:
    """Bring cases to where both parties are asked whether they take part."""
    return await _pairs(crew, number, district, has_agreed=False)


async def confirmed(crew: Crew, number: int, district: str) -> list[Pair]:
    """Bring cases to where a mediator may take them; who serves there is told."""
    return await _pairs(crew, number, district, has_agreed=True)


async def mediators(crew: Crew, number: int, district: str) -> list[int]:
    """Let mediators serve a district; they are told of nothing that waits there."""
    accounts = [crew.account() for _ in range(number)]
    await crew.workers[0].does(_hire, accounts, district)
    return accounts


async def _pairs(
    crew: Crew, number: int, district: str, *, has_agreed: bool
) -> list[Pair]:
    accounts = [(crew.account(), crew.account()) for _ in range(number)]
    return await crew.workers[0].does(_make, accounts, district, has_agreed=has_agreed)


def _make(
    post: Post, accounts: Sequence[tuple[int, int]], district: str, *, has_agreed: bool
) -> list[Pair]:
    return [_pair(post, both, district, has_agreed=has_agreed) for both in accounts]


def _pair(
    post: Post, accounts: tuple[int, int], district: str, *, has_agreed: bool
) -> Pair:
    due = (post.at + OPEN_FOR).date()
    case = cases.open_case(post.session, district, Relation.OTHER, post.at, due)
    checked = Looked(Reason.CONFESSION_UNCHECKED, Inspection.FILE, "Birgit", post.at)
    cases.keep_settled(post.session, case, None, checked)
    roles = (Role.VICTIM, Role.OFFENDER)
    both = [
        _party(post, case, role, account, has_agreed=has_agreed)
        for role, account in zip(roles, accounts, strict=True)
    ]
    settle(post, case)
    return Pair(case.id, case.reference, *both)


def _party(
    post: Post, case: Case, role: Role, account: int, *, has_agreed: bool
) -> Someone:
    known = _enrol(post, account)
    party = cases.add_party(post.session, case, role)
    party.person_id, party.joined_at = known.person.id, post.at
    position = start(FLOWS, Into("offer"))
    talk = talks.begin(post.session, known.person, position, post.at)
    talk.party_id = party.id
    visit = Visit(post.session, post.tools, known.person, known.key, post.at, talk)
    effects.apply(visit, AgeBandGiven(AgeBand.ADULT))
    _is_asked(visit, Into("offer"))
    effects.apply(visit, InterestGiven(Interest.YES))
    if role is Role.OFFENDER:
        effects.apply(visit, ConfessionGiven(Confession.YES))
    effects.apply(visit, DetailGiven(Detail.PHONE, "20163847"))
    _prepare(visit)
    _is_asked(visit, Into(_CONSENT.id, _ASKED))
    if has_agreed:
        effects.apply(visit, ConsentGiven(Purpose.TAKE_PART))
        _is_asked(visit, Into(_CONSENT.id, "consented"))
    return Someone(account, known.person.id, party.id)


def _is_asked(visit: Visit, place: Into) -> None:
    """Put somebody where they are asked something, in the words of today."""
    if visit.talk is not None:
        talks.put(visit.talk, start(FLOWS, place), visit.at)
        # The taps of these people are those of a talk that has just begun.
        visit.talk.step = 0
        asked.note(visit)


def _prepare(visit: Visit) -> None:
    """Bring somebody past everything that stands before a yes to taking part."""
    if visit.talk is not None:
        for text in BY_PARTIES:
            words = visit.tools.catalogue.template(text, visit.language, adult=True)
            shown.note(visit.session, visit.talk, text, visit.language, words, visit.at)
    _is_asked(visit, Into(_CONSENT.id, "ask_data"))
    for effect in (
        TieGiven(Tie.STRANGER),
        OrdersGiven(Orders.NO),
        FearGiven(Fear.NO),
        ConsentGiven(Purpose.DATA_NOTICE),
        Understood(),
    ):
        effects.apply(visit, effect)


def _hire(post: Post, accounts: Sequence[int], district: str) -> None:
    for account in accounts:
        known = _enrol(post, account)
        invitation = Link(role=MEDIATOR, district=district, label=None)
        joined: Staff = staff.join(post.session, known.person, invitation, post.at)
        position = start(FLOWS, Into(MEDIATOR, "ready"))
        talk = talks.begin(post.session, known.person, position, post.at)
        talk.staff_id = joined.id


def _enrol(post: Post, account: int) -> Known:
    return people.enrol(
        post.session, post.tools.keys, AccountRef(TELEGRAM, str(account)), "da", post.at
    )
