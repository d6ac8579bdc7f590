"""Parents: invited by their child, and what each of them tells of themselves."""

from datetime import timedelta
from typing import Final, assert_never

from bot.chat.months import moment_in_words
from bot.chat.visit import Visit
from bot.effects.figures import count, party_of
from bot.storage import holders, links
from bot.storage.consent import consents
from bot.storage.consent.consents import Subject
from bot.storage.links import HOLDER, HOLDER_VALID, Leads
from bot.storage.mail.messages import Send
from bot.storage.tables import Holder
from flows.effects import (
    HolderAuthorityGiven,
    HolderLinkRenewed,
    HolderRelationGiven,
    HoldersInvited,
    OtherHolderGiven,
    Purpose,
)
from flows.facts import Authority, HolderRelation
from flows.model import msg
from flows.rules.standing import Standing

Holding = (
    HolderAuthorityGiven
    | HolderLinkRenewed
    | HolderRelationGiven
    | HoldersInvited
    | OtherHolderGiven
)

#: Goes before all messages: before one or several, and before the first or new ones.
_HINTS: Final = (
    (msg("child.forward_hint"), msg("child.forward_hint_again")),
    (msg("child.forward_hint_two"), msg("child.forward_hint_two_again")),
)
#: Goes before the message for each of two parents, so that the child keeps them apart.
_WHOSE: Final = (msg("child.forward_first"), msg("child.forward_second"))


def apply(visit: Visit, effect: Holding) -> None:
    """Write the rows of what has to do with parents."""
    match effect:
        case HoldersInvited():
            _invite(visit, range(1, _needed(visit) + 1))
        case HolderLinkRenewed(n):
            _invite(visit, (n,))
        case HolderRelationGiven(relation):
            holder = holder_of(visit)
            holder.relation = relation
            if relation is not HolderRelation.OTHER:
                holder.claims_authority = None
        case HolderAuthorityGiven(claims):
            holder_of(visit).claims_authority = claims
        case OtherHolderGiven(other):
            holder_of(visit).says_others = other
        case _:
            assert_never(effect)


def holder_of(visit: Visit) -> Holder:
    """Give the holder who speaks here; there must be one."""
    holder = visit.holder
    if holder is None:
        raise ValueError("Nobody speaks as a holder in this talk.")
    return holder


def _needed(visit: Visit) -> int:
    authority = party_of(visit).authority
    return Authority(authority).holders if authority else 0


def _invite(visit: Visit, numbers: range | tuple[int, ...]) -> None:
    """Give the child a message for each parent that it can send on.

    It looks the same whatever a parent has done: the child learns nothing by it.
    """
    valid, hints = _validity(visit), _HINTS[len(numbers) > 1]
    visit.queue(Send(visit.text(hints[_has_invited(visit)])))
    for n in numbers:
        if _needed(visit) == len(_WHOSE):
            visit.queue(Send(visit.text(_WHOSE[n - 1])))
        holder = holders.add(visit.session, party_of(visit), n)
        link = visit.tools.links[visit.person.channel](_link(visit, holder, valid))
        until = moment_in_words(visit.at + valid, visit.language)
        visit.queue(Send(visit.text("child.forward", link=link, until=until)))
    count(visit, "holders_invited")


def _validity(visit: Visit) -> timedelta:
    case = visit.case
    return links.validity(case, visit.at, HOLDER_VALID) if case else HOLDER_VALID


def _has_invited(visit: Visit) -> bool:
    """Tell whether the child has been given such messages before."""
    asked = holders.of_party(visit.session, party_of(visit))
    return any(links.of_holder(visit.session, holder) for holder in asked)


def _link(visit: Visit, holder: Holder, valid: timedelta) -> str:
    """Make a holder's new link, and give its token; earlier ones are void.

    Who speaks as this holder already stays: for anybody else the new one is none, and
    a link to another account that staff gave them stays what it is. Nor is it one where
    somebody without the bot has answered: a coordinator renews that.
    """
    session, at = visit.session, visit.at
    if holder.person_id is None:
        links.void_unused(session, holder, at)
    leads = Leads(HOLDER, party_of(visit), holder)
    token = links.make(session, visit.tools.keys, leads, at, valid)
    made = links.find(session, visit.tools.keys, token)
    if made is not None and holder.person_id is not None:
        # Not taken up by them yet: it opens no chat that they have covered.
        made.person_id = holder.person_id
    elif made is not None and _has_answered(visit, holder):
        made.voided_at = at
    return token


def _has_answered(visit: Visit, holder: Holder) -> bool:
    subject = Subject(party_of(visit), holder)
    said = consents.last(visit.session, subject, Purpose.PARENTAL_TAKE_PART)
    standing = said and said.standing(visit.at)
    return standing in {Standing.YES, Standing.NO}
