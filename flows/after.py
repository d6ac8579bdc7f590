"""What each effect changes of a side; the rows that bot/ writes say the same."""

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
from flows.facts import HolderRelation, Interest
from flows.holders import HolderStanding
from flows.majority import fits, majority
from flows.side import WAYS, Side

_INVITED = HolderStanding(is_link_live=True)


def after(  # noqa: C901, PLR0911, PLR0912 - one case an effect
    side: Side, effect: Effect, today: date
) -> Side:
    """Tell where a side stands after its party has caused this."""
    match effect:
        case AgeBandGiven(band):
            return replace(side, age_band=band, majority=majority(band, None, today))
        case BirthGiven(month) if side.age_band is not None:
            # A month that does not go with the band makes nobody an adult.
            told = month if fits(side.age_band, month, today) else None
            return replace(side, majority=majority(side.age_band, told, today))
        case InterestGiven(interest):
            return replace(side, interest=interest)
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
        case ConsentGiven() | ConsentRefused() | Withdrew():
            return _after_word(side, effect, today)
        case _:
            return side


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
        case DetailGiven("phone"):
            return replace(holder, can_be_reached=True)
        case DetailSkipped("phone"):
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


def _after_word(
    side: Side, effect: ConsentGiven | ConsentRefused | Withdrew, today: date
) -> Side:
    match effect:
        case ConsentGiven(Purpose.TAKE_PART):
            return replace(side, takes_part=True, is_reconfirmed=False)
        case ConsentRefused(Purpose.TAKE_PART):
            kept = _without_links(side)
            return replace(side, takes_part=False, is_reconfirmed=False, holders=kept)
        case ConsentGiven(Purpose.DATA_NOTICE):
            return replace(side, knows_data_notice=True)
        case ConsentRefused(Purpose.DATA_NOTICE):
            return replace(side, knows_data_notice=False)
        case Withdrew():
            return _withdrawn(side, today)
        case _:
            return side


def _withdrawn(side: Side, today: date) -> Side:
    """Take everything back: what was told before counts for no later yes.

    The month of birth is forgotten too. What the holders have said is theirs. Who had
    not answered has no answer to take back: that they are out tells the interest.
    """
    band = side.age_band
    return Side(
        role=side.role,
        age_band=band,
        majority=None if band is None else majority(band, None, today),
        interest=Interest.NO,
        takes_part=None if side.takes_part is None else False,
        holders=_without_links(side),
    )


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
    """Keep an answer; a human has to make sure of whoever gave this one."""
    return replace(holder, answer=answer, is_verified=False)
