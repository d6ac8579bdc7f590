"""Requests for a human that outlive the case in which they were made."""

from bot.chat.post import Post
from bot.queue.standing import need_human, settle
from bot.storage import cases, talks
from bot.storage.tables import Case, Holder, HumanNeed, Party
from flows.effects import Reason
from flows.facts import AgeBand, Role
from flows.rules.case import Relation


def keep(post: Post, case: Case) -> None:
    """Open a case of their own for those who asked for a human after their stop.

    They were told that a human will get in touch, and that is not over with the case.
    """
    for need in cases.open_needs(post.session, case):
        holder = post.session.get(Holder, need.holder_id) if need.holder_id else None
        party = post.session.get(Party, need.party_id) if need.party_id else None
        if party is not None and _is_after_stop(need, holder or party):
            _keep(post, case, party, holder)


def _is_after_stop(need: HumanNeed, who: Party | Holder) -> bool:
    stopped = who.withdrawn_at
    asked = need.reason == Reason.ASKED_FOR
    return asked and stopped is not None and need.raised_at >= stopped


def _keep(post: Post, case: Case, party: Party, holder: Holder | None) -> None:
    talk = talks.of(post.session, holder or party)
    if talk is None:
        return
    own = cases.open_case(
        post.session, case.district, Relation.UNKNOWN, post.at, ends_on=None
    )
    own.self_referral = True
    place = cases.add_party(
        post.session, own, Role.UNSAID if holder else Role(party.role)
    )
    place.person_id, place.joined_at = talk.person_id, post.at
    age_band = AgeBand.ADULT if holder else party.age_band
    place.age_band = place.told_age_band = age_band
    talk.party_id, talk.holder_id = place.id, None
    post.session.flush()
    talks.claim_answers(post.session, talk)
    need_human(post, own, place, Reason.ASKED_FOR)
    settle(post, own)
