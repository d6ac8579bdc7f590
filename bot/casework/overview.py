"""What staff see of cases: how they stand, never what anybody has answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.casework.needs import RecordedNeed, needs_of, waits_for_a_human
from bot.casework.parties import missing
from bot.casework.refusals import case_of
from bot.chat.post import Post
from bot.clock import danish_day
from bot.queue.standing import awaited_in_vain, holder_states
from bot.storage import Session, cases, holders, staff, without_authority
from bot.storage.consent import consents
from bot.storage.consent.last_words import LastWord, WordPlace, last_words
from bot.storage.tables import Case, Holder, Party, Staff
from flows.effects import Reason
from flows.rules.case import Status
from flows.rules.holders import HolderState


@dataclass(frozen=True, slots=True)
class Recorded:
    """Something that was not said in the chat but written down by one of the staff."""

    purpose: str
    #: given, refused, withdrawn or reconfirmed; expired where it ran out.
    answer: str
    #: phone, letter or meeting.
    method: str
    on: date | None
    by: str


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Where a holder of parental authority stands, and who has made sure of them."""

    n: int
    #: asked, opened, stated, refused, withdrawn, expired or verified.
    state: str
    verified_on: date | None
    verified_method: str | None
    verified_by: str | None
    elsewhere: Sequence[Recorded]


@dataclass(frozen=True, slots=True)
class Denied:
    """Somebody who never had parental authority, under the number that they had."""

    n: int
    #: How they stood until then.
    stood: str | None
    #: register or court.
    source: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Joined:
    """Whether a party has accepted its letter, and can be written to."""

    role: str
    n: int
    joined: bool
    #: Since when their chat takes nothing from the bot; what is said there waits.
    blocked_since: datetime | None
    elsewhere: Sequence[Recorded]
    holders: Sequence[HolderLine]
    #: Who was asked as a parent and never had authority.
    no_authority: Sequence[Denied]
    #: Of a party who does not use the bot: what is still to be recorded.
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """A case as its staff see it."""

    case: str
    status: str
    district: str
    relation: str
    opened: datetime
    due: date | None
    #: The label of the mediator who has the case.
    mediator: str | None
    #: Since when this mediator has it; None where nobody has.
    taken: datetime | None
    #: Since when nobody may be called, as somebody has stopped what a mediator has.
    stopped: datetime | None
    needs: Sequence[RecordedNeed]
    parties: Sequence[Joined]


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case in the list of cases."""

    case: str
    status: str
    district: str
    relation: str
    opened: datetime
    due: date | None
    #: How many of its parties have blocked the bot.
    blocked: int
    #: How many of its parties have a parent's yes of which nobody has made sure.
    verify_holder: int
    #: How many parents have a link, or a yes, that has run out while a child waits.
    awaiting_holder: int
    #: Since when nobody may be called; it ends with the next batch.
    stopped: datetime | None
    #: What waits for a human, and since when.
    waiting: Sequence[RecordedNeed]


@dataclass(frozen=True, slots=True)
class Queued:
    """A case in the mediator queue, and since when it stands there as it does."""

    case: str
    district: str
    status: str
    since: datetime
    #: The mediator who had taken it serves no more.
    mediator_left: bool
    #: Since when nobody may be called; it ends with the next batch.
    stopped: datetime | None


def shown(post: Post, reference: str) -> Overview:
    """Show one case; raises `Refused` if there is none."""
    case = case_of(post.session, reference)
    mediator = post.session.get(Staff, case.mediator_id) if case.mediator_id else None
    stands = holder_states(post, case)
    return Overview(
        case=case.reference,
        status=case.status,
        district=case.district,
        relation=case.relation,
        opened=case.opened_at,
        due=case.ends_on,
        mediator=mediator.label if mediator else None,
        taken=case.claimed_at,
        stopped=case.stopped_at,
        needs=needs_of(post, case, stands),
        parties=list(_joined(post, case, stands)),
    )


def listed(post: Post, status: Status | None, district: str | None) -> list[ListedCase]:
    """List cases, oldest first, perhaps only those of one status or district."""
    blocked = cases.blocked_parties(post.session)
    return [
        _line(post, case, blocked[case.id])
        for case in cases.listed(post.session, status)
        if district in {None, case.district}
    ]


def _line(post: Post, case: Case, blocked: int) -> ListedCase:
    waiting = waits_for_a_human(post, case)
    return ListedCase(
        case=case.reference,
        status=case.status,
        district=case.district,
        relation=case.relation,
        opened=case.opened_at,
        due=case.ends_on,
        blocked=blocked,
        verify_holder=sum(need.reason == Reason.VERIFY_HOLDER for need in waiting),
        awaiting_holder=len(awaited_in_vain(post, case)),
        stopped=case.stopped_at,
        waiting=waiting,
    )


def queue(post: Post, district: str | None) -> list[Queued]:
    """List the cases that wait for a mediator, then those that one has taken."""
    left = staff.left_behind(post.session)
    return [
        Queued(
            case=case.reference,
            district=case.district,
            status=case.status,
            since=_since(post.session, case),
            mediator_left=case in left,
            stopped=case.stopped_at,
        )
        for status in (Status.CONFIRMED, Status.CLAIMED)
        for case in cases.listed(post.session, status)
        if district in {None, case.district}
    ]


def _joined(
    post: Post, case: Case, stands: Mapping[str, HolderState]
) -> Iterator[Joined]:
    blocked = cases.blocked_since(post.session, case)
    words = last_words(post.session, case)
    for party in cases.parties(post.session, case):
        yield Joined(
            role=party.role,
            n=party.n,
            joined=party.joined_at is not None,
            blocked_since=blocked.get(party.id),
            elsewhere=_recorded(words, party, None),
            holders=[
                HolderLine(
                    n=holder.n,
                    state=stands[holder.id],
                    verified_on=holder.verified_on,
                    verified_method=holder.verified_method,
                    verified_by=holder.verified_by,
                    elsewhere=_recorded(words, party, holder),
                )
                for holder in holders.of_party(post.session, party)
                if holder.id in stands
            ],
            no_authority=[
                Denied(one.n, one.stood, one.source, one.by, danish_day(one.at))
                for one in without_authority.of_party(post.session, party)
            ],
            missing=[] if cases.is_final(case) else missing(post, case, party),
        )


def _recorded(
    words: Mapping[WordPlace, LastWord], party: Party, holder: Holder | None
) -> list[Recorded]:
    """List what somebody's last words are that were not said in the chat."""
    whose = (party.id, holder.id if holder else None)
    return [
        Recorded(
            purpose,
            word.event.state,
            word.event.method,
            word.event.said_on,
            word.event.by,
        )
        for (party_id, holder_id, purpose), word in words.items()
        if (party_id, holder_id) == whose and word.event.said_on is not None
    ]


def _since(session: Session, case: Case) -> datetime:
    """Tell when the last thing was done that the case had to wait for."""
    if case.claimed_at is not None:
        return case.claimed_at
    settled = [need.cleared_at for need in cases.needs(session, case)]
    said = consents.last_said_at(session, case)
    moments = [case.opened_at, said, *settled]
    return max(at for at in moments if at is not None)
