"""What each effect changes of a side; the rows that bot/ writes say the same.

What follows from an answer about consent is asked of the one rule that bot/ asks too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flows.effects import (
    AgeBandGiven,
    AuthorityGiven,
    BirthGiven,
    ConfessionGiven,
    ConsentGiven,
    ConsentRefused,
    ConsentState,
    DetailGiven,
    DetailSkipped,
    Effect,
    FearGiven,
    HolderAuthorityGiven,
    HolderLinkRenewed,
    HolderRelationGiven,
    HoldersAllowed,
    HoldersInvited,
    InterestGiven,
    LetterAccepted,
    OrdersGiven,
    OtherHolderGiven,
    Purpose,
    TieGiven,
    Understood,
    Withdrew,
)
from flows.facts import AgeBand, HolderRelation, Interest
from flows.rules.consequences import OF_INTEREST, consequences
from flows.rules.details import WAYS
from flows.rules.holders import HolderStanding
from flows.rules.majority import fits, majority
from flows.rules.side import Side

_INVITED = HolderStanding(is_link_live=True)


def after(  # noqa: C901, PLR0911, PLR0912 - one case an effect
    side: Side, effect: Effect, today: date
) -> Side:
    """Tell where a side stands after its party has caused this."""
    match effect:
        case AgeBandGiven(band):
            return replace(side, age_band=band, majority=majority(band, None, today))
        case BirthGiven(month) if side.age_band is not None:
            return _after_birth(side, side.age_band, month, today)
        case InterestGiven(interest):
            return _after_interest(side, interest)
        case ConfessionGiven(confession):
            return replace(side, confession=confession)
        case TieGiven(tie):
            return replace(side, tie=tie)
        case OrdersGiven(orders):
            return replace(side, orders=orders)
        case FearGiven(fear):
            return replace(side, fear=fear)
        case Understood():
            return replace(side, has_understood=True)
        case DetailGiven(name) if name in WAYS:
            return replace(side, reached_by=side.reached_by | {name})
        case DetailSkipped(name):
            return replace(side, reached_by=side.reached_by - {name})
        case AuthorityGiven(authority):
            return replace(side, authority=authority)
        case HoldersAllowed(allowed):
            return replace(side, may_ask_holders=allowed)
        case HoldersInvited() | HolderLinkRenewed():
            return replace(side, holders=_asked(side, effect))
        case ConsentGiven(purpose):
            return _after_answer(side, purpose, ConsentState.GIVEN)
        case ConsentRefused(purpose):
            return _after_answer(side, purpose, ConsentState.REFUSED)
        case Withdrew():
            return _withdrawn(side, today)
        case _:
            return side


def _after_birth(side: Side, band: AgeBand, month: str, today: date) -> Side:
    """Count a month that does not go with the band as none: it makes no adult."""
    told = month if fits(band, month, today) else None
    return replace(side, majority=majority(band, told, today))


def _after_interest(side: Side, interest: Interest) -> Side:
    now, state = replace(side, interest=interest), OF_INTEREST.get(interest)
    return _after_answer(now, Purpose.HEAR_MORE, state) if state else now


def after_holder(  # noqa: C901, PLR0911 - one case an effect
    holder: HolderStanding, effect: Effect
) -> HolderStanding:
    """Tell where a holder stands after having caused this."""
    match effect:
        case LetterAccepted():
            return replace(holder, is_bound=True, is_link_live=False)
        case HolderRelationGiven(HolderRelation.MOTHER | HolderRelation.FATHER):
            return replace(holder, claims_authority=None)
        case HolderAuthorityGiven(claims):
            return replace(holder, claims_authority=claims)
        case OtherHolderGiven(other):
            return replace(holder, says_others=other)
        case DetailGiven(name) if name in WAYS:
            return replace(holder, can_be_reached=True)
        case DetailSkipped(name) if name in WAYS:
            return replace(holder, can_be_reached=False)
        case ConsentGiven(Purpose.PARENTAL_TAKE_PART):
            return _answered(holder, ConsentState.GIVEN)
        case ConsentRefused(Purpose.PARENTAL_TAKE_PART):
            return _answered(holder, ConsentState.REFUSED)
        case Withdrew():
            taken_back = _answered(holder, ConsentState.WITHDRAWN)
            return replace(
                taken_back,
                can_be_reached=False,
                says_others=None,
                claims_authority=None,
            )
        case _:
            return holder


def _after_answer(side: Side, purpose: Purpose, state: ConsentState) -> Side:
    return _followed(_said(side, purpose, state), purpose, state)


def _said(side: Side, purpose: Purpose, state: ConsentState) -> Side:
    """Keep what a party has said to a purpose."""
    is_yes = state is ConsentState.GIVEN
    match purpose:
        case Purpose.TAKE_PART:
            return replace(side, takes_part=is_yes, is_reconfirmed=False)
        case Purpose.DATA_NOTICE:
            return replace(side, knows_data_notice=is_yes)
        case _:
            return side


def _followed(side: Side, purpose: Purpose, state: ConsentState) -> Side:
    """Tell where a side stands after what follows from an answer."""
    follows = consequences(purpose, state)
    kept = _without_links(side) if follows.closes_invitations else side.holders
    return replace(side, interest=follows.interest or side.interest, holders=kept)


def _withdrawn(side: Side, today: date) -> Side:
    """Take everything back: what was told before counts for no later yes.

    The month of birth is forgotten too. What the holders have said is theirs. Who had
    not answered has no answer to take back: that they are out tells the interest.
    """
    band = side.age_band
    left = Side(
        role=side.role,
        age_band=band,
        majority=None if band is None else majority(band, None, today),
        takes_part=None if side.takes_part is None else False,
        holders=side.holders,
    )
    return _followed(left, Purpose.TAKE_PART, ConsentState.WITHDRAWN)


def _without_links(side: Side) -> tuple[HolderStanding, ...]:
    """Let no parent open a link whose child does not take part; who has, goes on."""
    return tuple(replace(holder, is_link_live=False) for holder in side.holders)


def _asked(
    side: Side, effect: HoldersInvited | HolderLinkRenewed
) -> tuple[HolderStanding, ...]:
    """Give a link to each holder who is asked now; who has opened theirs stays.

    Otherwise a child could take a parent's no away by asking for a new link. Only a
    coordinator lets somebody go who should not have opened it.
    """
    count = side.authority.holders if side.authority else 0
    missing = max(0, count - len(side.holders))
    places = enumerate((*side.holders, *(_INVITED,) * missing), start=1)
    return tuple(
        _invited(holder)
        if isinstance(effect, HoldersInvited) or n == effect.n
        else holder
        for n, holder in places
    )


def _invited(holder: HolderStanding) -> HolderStanding:
    """Void the link before; for one who has answered elsewhere the new one is none.

    What a coordinator wrote down of a parent without the bot stays.
    """
    if holder.is_bound:
        return holder
    if holder.answer not in {None, ConsentState.EXPIRED}:
        return replace(holder, is_link_live=False)
    return replace(holder, is_link_live=True)


def _answered(holder: HolderStanding, answer: ConsentState) -> HolderStanding:
    follows = consequences(Purpose.PARENTAL_TAKE_PART, answer)
    return replace(
        holder,
        answer=answer,
        is_verified=holder.is_verified and not follows.is_verified_anew,
        # A link that is left leads to another account of theirs.
        is_link_live=holder.is_link_live and not follows.closes_moves,
    )
