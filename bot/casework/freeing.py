"""Lets people go on whom a reason for a human has held up, once it is settled."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from bot.casework.refusals import Refused
from bot.chat.notices import tell
from bot.chat.post import Post
from bot.queue.standing import look
from bot.storage import ages, cases, holders, talks
from bot.storage.holding_up import holds_up
from bot.storage.sides import gathered
from bot.storage.tables import Case, Holder, HumanNeed, Party
from flows import FLOWS
from flows.effects import Reason
from flows.facts import AgeBand, Majority
from flows.meanwhile import Meanwhile
from flows.model import MessageId
from flows.resting_places import waits_for_parents
from flows.rules.reasons import LEADS_ON, handling

#: A party, or a holder who speaks for it, by their ids.
_Whose: TypeAlias = tuple[str | None, str | None]


def free(
    post: Post, case: Case, settled: Iterable[HumanNeed], grown: Party | None
) -> None:
    """Lead on whom nothing holds up any more.

    Args:
        post: the unit of work.
        case: where they stand.
        settled: what a human has settled just now.
        grown: whoever has come of age by it, if anybody has.
    """
    freed = _freed(post, case, settled, grown)
    for party in cases.parties(post.session, case):
        if told := freed.get((party.id, None)):
            _lead_on(post, party, told)
    for holder in holders.of_case(post.session, case):
        if told := freed.get((holder.party_id, holder.id)):
            _lead_on(post, holder, told)


def come_of_age(post: Post, case: Case, need: HumanNeed) -> Party:
    """Keep that the day has come for somebody: from now on the own yes is enough.

    Raises:
        Refused: the month of birth says otherwise by now.
    """
    party = post.session.get_one(Party, need.party_id)
    [side] = gathered(post.session, case, [party], look(post))
    if side.majority is Majority.MINOR:
        raise Refused(
            f"{party.role}:{party.n} in case {case.reference} has named another month "
            "of birth meanwhile. Wait until that month is over, or settle it with "
            "--reason turning_18: the parents' yes counts then."
        )
    ages.find_out(party, AgeBand.ADULT)
    return party


def _freed(
    post: Post, case: Case, settled: Iterable[HumanNeed], grown: Party | None
) -> Mapping[_Whose, MessageId]:
    """Find whom nothing holds up any more, and what each of them is told.

    Who has come of age need not wait for parents either.
    """
    session = post.session
    still_open = cases.open_needs(session, case)
    held = {_whose(need) for need in still_open if holds_up(session, need)}
    freed = {
        _whose(need): told
        for need in settled
        if holds_up(session, need)
        and (told := handling(Reason(need.reason)).told) is not None
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


def _lead_on(post: Post, who: Party | Holder, told: MessageId) -> None:
    """Tell somebody that a human has looked, and ask no more how to be reached."""
    talk = talks.of(post.session, who)
    talks.lead_on(talk, Meanwhile.LOOKED_AT, post.at)
    tell(post, who, told)


def _whose(need: HumanNeed) -> _Whose:
    return need.party_id, need.holder_id
