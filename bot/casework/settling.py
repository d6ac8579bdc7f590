"""What a human decides about a case: settled, ended, and who looks at its card."""

from collections.abc import Iterable
from typing import TypeAlias

from bot.casework.refusals import NothingOpen, Refused, case_to_change, ongoing
from bot.chat.notices import tell
from bot.chat.post import Post
from bot.queue import card as cards
from bot.queue.ending import end
from bot.queue.standing import look, settle
from bot.storage import cases, holders, records, talks
from bot.storage.holding_up import holds_up
from bot.storage.sides import gathered
from bot.storage.tables import Case, Holder, HumanNeed, Party
from flows import FLOWS
from flows.effects import Reason
from flows.facts import AgeBand, Majority
from flows.meanwhile import Meanwhile
from flows.model import MessageId
from flows.resting_places import waits_for_parents
from flows.rules.cards import may_see_card
from flows.rules.case import Status
from flows.rules.reasons import LEADS_ON, handling, is_settled_by_word

#: A party, or a holder who speaks for it, by their ids.
_Whose: TypeAlias = tuple[str | None, str | None]


def clear(
    post: Post, reference: str, reason: str, by: str
) -> tuple[Case, list[Reason]]:
    """Settle what waits for a human, and let the parties go on that it held up.

    In the month of the 18th birthday `turning_18` leaves it to the parents, `of_age`
    to the own yes.

    Raises:
        NothingOpen: nothing of the kind waits.
        Refused: there is no such case, it is over, nobody can be of age, or it waits
            for somebody to make sure of a parent.
    """
    case = ongoing(post.session, reference)
    waiting = cases.open_needs(post.session, case)
    grown = _come_of_age(post, case, waiting) if reason == cases.OF_AGE else None
    cleared = cases.clear_needs(post.session, case, reason, by, post.at)
    if not cleared:
        _refuse_unverified(case, reason, waiting)
        raise NothingOpen(
            f"Nothing in case {case.reference} waits for a human for this reason; "
            "konfliktraad case show tells what does."
        )
    records.audit(post.session, by, "needs cleared", case, post.at, reason)
    settle(post, case)
    freed = _freed(post, case, waiting, grown)
    for party in cases.parties(post.session, case):
        if told := freed.get((party.id, None)):
            _let_go_on(post, party, told)
    for holder in holders.of_case(post.session, case):
        if told := freed.get((holder.party_id, holder.id)):
            _let_go_on(post, holder, told)
    return case, cleared


def end_case(post: Post, reference: str, reason: str, by: str) -> Case:
    """End a case; raises `Refused` if there is none, or it is over."""
    case = ongoing(post.session, reference)
    end(post, case, reason, by)
    return case


def card(post: Post, reference: str, language: str, by: str) -> tuple[Case, str]:
    """Write the hand-over card, for whoever has to call the parties.

    Raises:
        Refused: there is no such case, or nobody has to call its parties now.
    """
    case = case_to_change(post.session, reference)
    is_stopped = case.stopped_at is not None
    waiting = cases.open_needs(post.session, case)
    stands = Status(case.status)
    if not may_see_card(stands, is_stopped=is_stopped, open_needs=waiting):
        if is_stopped:
            raise Refused(
                f"Somebody has stopped in case {case.reference}: nobody is called "
                "before every yes is said again, or the case ends with the next batch."
            )
        raise Refused(
            f"Case {case.reference} is {case.status}: its card is for a case that "
            "needs a human or that a mediator has taken."
        )
    return case, cards.card(post, case, language, by)


def _come_of_age(post: Post, case: Case, waiting: Iterable[HumanNeed]) -> Party | None:
    """Keep that the day has come for somebody: from now on the own yes is enough."""
    asked = {need.party_id for need in waiting if need.reason == Reason.TURNING_18}
    parties = cases.parties(post.session, case)
    stands = gathered(post.session, case, parties, look(post))
    for party, side in zip(parties, stands, strict=True):
        if party.id not in asked:
            continue
        if len(asked) > 1 or side.majority is Majority.MINOR:
            raise Refused(
                f"Who is of age in case {case.reference} cannot be told: two are "
                "turning 18, or the month of birth was changed. Wait until the month "
                "is over, or settle it with --reason turning_18: the parents' yes "
                "counts then."
            )
        party.age_band = AgeBand.ADULT
        return party
    return None


def _refuse_unverified(case: Case, reason: str, waiting: Iterable[HumanNeed]) -> None:
    """Refuse to settle who a parent is: that can only be made sure of."""
    reasons = {Reason(need.reason) for need in waiting}
    unverified = {one for one in reasons if not is_settled_by_word(one)}
    if unverified and (reason in unverified or reason not in set(Reason)):
        raise Refused(
            f"A parent's yes in case {case.reference} is to be made sure of; that is "
            "not settled by a word. Speak with the parent, then use konfliktraad case "
            "verify."
        )


def _freed(
    post: Post, case: Case, waiting: Iterable[HumanNeed], grown: Party | None
) -> dict[_Whose, MessageId]:
    """Find whom nothing holds up any more, and what each of them is told.

    Who has come of age need not wait for parents either.
    """
    session = post.session
    still_open = cases.open_needs(session, case)
    held = {_whose(need) for need in still_open if holds_up(session, need)}
    settled = [need for need in waiting if need.cleared_at and holds_up(session, need)]
    freed = {
        _whose(need): told
        for need in settled
        if (told := handling(Reason(need.reason)).told) is not None
    }
    if grown is not None and _is_led_to_adults(post, grown):
        freed[grown.id, None] = LEADS_ON
    return {whose: told for whose, told in freed.items() if whose not in held}


def _is_led_to_adults(post: Post, party: Party) -> bool:
    """Ask who has come of age nothing of parents; tell whether they waited for it."""
    talk = talks.of(post.session, party)
    if talk is None:
        return False
    before = talks.position(talk)
    is_led = talks.lead_on(talk, Meanwhile.OF_AGE, post.at)
    return is_led or waits_for_parents(FLOWS, before)


def _let_go_on(post: Post, who: Party | Holder, told: MessageId) -> None:
    """Tell somebody that a human has looked, and ask no more how to be reached."""
    talk = talks.of(post.session, who)
    talks.lead_on(talk, Meanwhile.LOOKED_AT, post.at)
    tell(post, who, told)


def _whose(need: HumanNeed) -> _Whose:
    return need.party_id, need.holder_id
