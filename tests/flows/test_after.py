"""What each effect changes of a side and of a holder, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from flows.checks.after import after, after_holder
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
    HideRequested,
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
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Detail,
    Fear,
    HolderRelation,
    Interest,
    Majority,
    Orders,
    OtherHolder,
    Role,
    Tie,
)
from flows.rules.holders import HolderStanding
from flows.rules.side import Side

TODAY = date(2026, 11, 23)
NEW = Side(Role.OFFENDER)
YOUTH = replace(NEW, age_band=AgeBand.FROM_15_TO_17, majority=Majority.MINOR)
ASKED = HolderStanding(is_link_live=True)
BOUND = HolderStanding(is_bound=True)
YES = replace(BOUND, answer=ConsentState.GIVEN, is_verified=True)
NO = replace(BOUND, answer=ConsentState.REFUSED)


@pytest.mark.parametrize(
    ("effect", "changes"),
    [
        (
            AgeBandGiven(AgeBand.ADULT),
            {"age_band": AgeBand.ADULT, "majority": Majority.ADULT},
        ),
        (BirthGiven("2009-03"), {"majority": Majority.MINOR}),
        (BirthGiven("2008-11"), {"majority": Majority.TURNING_18}),
        (BirthGiven("2001-01"), {"majority": Majority.MINOR}),
        (InterestGiven(Interest.LATER), {"interest": Interest.LATER}),
        (ConfessionGiven(Confession.NO), {"confession": Confession.NO}),
        (TieGiven(Tie.NEIGHBOUR), {"tie": Tie.NEIGHBOUR}),
        (OrdersGiven(Orders.UNSURE), {"orders": Orders.UNSURE}),
        (FearGiven(Fear.UNSAID), {"fear": Fear.UNSAID}),
        (Understood(), {"has_understood": True}),
        (AuthorityGiven(Authority.BOTH), {"authority": Authority.BOTH}),
        (HoldersAllowed(allowed=False), {"may_ask_holders": False}),
        (
            DetailGiven(Detail.PHONE, "+4520123456"),
            {"reached_by": frozenset({"phone"})},
        ),
        (DetailGiven(Detail.TIMES, "after four"), {}),
        (
            ConsentGiven(Purpose.TAKE_PART),
            {"takes_part": True, "interest": Interest.YES},
        ),
        (ConsentRefused(Purpose.TAKE_PART), {"takes_part": False}),
        (ConsentGiven(Purpose.DATA_NOTICE), {"knows_data_notice": True}),
        (ConsentRefused(Purpose.DATA_NOTICE), {"knows_data_notice": False}),
        (ConsentGiven(Purpose.HEAR_MORE), {"interest": Interest.YES}),
        (HideRequested(), {}),
    ],
)
def test_an_effect_changes_what_it_says(
    effect: Effect, changes: dict[str, object]
) -> None:
    expected = replace(YOUTH, **changes)  # type: ignore[arg-type] # of those fields
    assert after(YOUTH, effect, TODAY) == expected


def test_whoever_takes_the_number_back_may_still_be_reached_by_letter() -> None:
    both = replace(YOUTH, reached_by=frozenset({"phone", "email"}))
    left = after(both, DetailSkipped(Detail.PHONE), TODAY)
    assert left.can_be_reached
    assert not after(left, DetailSkipped(Detail.EMAIL), TODAY).can_be_reached


def test_a_withdrawal_leaves_only_the_age_and_what_the_holders_said() -> None:
    told = replace(
        YOUTH,
        majority=Majority.TURNING_18,
        interest=Interest.YES,
        takes_part=True,
        is_reconfirmed=True,
        knows_data_notice=True,
        reached_by=frozenset({"phone"}),
        tie=Tie.STRANGER,
        orders=Orders.NO,
        fear=Fear.NO,
        has_understood=True,
        authority=Authority.ONE,
        may_ask_holders=True,
        holders=(YES,),
    )
    left = after(told, Withdrew(), TODAY)
    assert left == replace(
        YOUTH, interest=Interest.NO, takes_part=False, holders=(YES,)
    )


def test_a_new_yes_is_to_be_heard_again_by_the_mediator() -> None:
    heard = replace(YOUTH, takes_part=True, is_reconfirmed=True)
    assert not after(heard, ConsentGiven(Purpose.TAKE_PART), TODAY).is_reconfirmed


@pytest.mark.parametrize(
    ("authority", "asked"),
    [
        (None, ()),
        (Authority.UNKNOWN, ()),
        (Authority.ONE, (ASKED,)),
        (Authority.OTHER, (ASKED,)),
        (Authority.BOTH, (ASKED, ASKED)),
    ],
)
def test_as_many_are_asked_as_have_the_authority(
    authority: Authority | None, asked: tuple[HolderStanding, ...]
) -> None:
    child = replace(YOUTH, authority=authority)
    assert after(child, HoldersInvited(), TODAY).holders == asked


def test_asked_again_whoever_opened_the_link_or_answered_stays() -> None:
    child = replace(YOUTH, authority=Authority.BOTH, holders=(YES, BOUND))
    assert after(child, HoldersInvited(), TODAY).holders == (YES, BOUND)
    one = replace(child, holders=(HolderStanding(),))
    assert after(one, HoldersInvited(), TODAY).holders == (ASKED, ASKED)


def test_a_new_link_is_for_whoever_has_not_opened_theirs() -> None:
    lost = HolderStanding()
    child = replace(YOUTH, authority=Authority.BOTH, holders=(lost, lost))
    assert after(child, HolderLinkRenewed(2), TODAY).holders == (lost, ASKED)
    opened = replace(child, holders=(BOUND, BOUND))
    assert after(opened, HolderLinkRenewed(2), TODAY).holders == (BOUND, BOUND)


def test_a_new_link_leaves_what_was_written_down_of_a_parent() -> None:
    told = HolderStanding(says_others=OtherHolder.YES)
    child = replace(YOUTH, authority=Authority.ONE, holders=(told,))
    asked = replace(told, is_link_live=True)
    assert after(child, HolderLinkRenewed(1), TODAY).holders == (asked,)


@pytest.mark.parametrize("answered", [YES, NO])
def test_a_new_link_never_takes_an_answer_away(answered: HolderStanding) -> None:
    child = replace(YOUTH, authority=Authority.ONE, holders=(answered,))
    assert after(child, HolderLinkRenewed(1), TODAY).holders == (answered,)
    elsewhere = replace(answered, is_bound=False, is_link_live=True)
    child = replace(child, holders=(elsewhere,))
    void = replace(elsewhere, is_link_live=False)
    assert after(child, HolderLinkRenewed(1), TODAY).holders == (void,)


@pytest.mark.parametrize(
    ("before", "effect", "expected"),
    [
        (ASKED, LetterAccepted(), BOUND),
        (BOUND, HideRequested(), BOUND),
        (
            BOUND,
            OtherHolderGiven(OtherHolder.YES),
            replace(BOUND, says_others=OtherHolder.YES),
        ),
        (
            BOUND,
            HolderAuthorityGiven(claims=False),
            replace(BOUND, claims_authority=False),
        ),
        (
            replace(BOUND, claims_authority=False),
            HolderRelationGiven(HolderRelation.MOTHER),
            BOUND,
        ),
        (
            BOUND,
            DetailGiven(Detail.PHONE, "+4520123456"),
            replace(BOUND, can_be_reached=True),
        ),
        (replace(BOUND, can_be_reached=True), DetailSkipped(Detail.PHONE), BOUND),
        (
            BOUND,
            ConsentGiven(Purpose.PARENTAL_TAKE_PART),
            replace(BOUND, answer=ConsentState.GIVEN),
        ),
        (BOUND, ConsentGiven(Purpose.TAKE_PART), BOUND),
        (YES, ConsentRefused(Purpose.PARENTAL_TAKE_PART), NO),
        (
            replace(YES, is_link_live=True),
            ConsentRefused(Purpose.PARENTAL_TAKE_PART),
            NO,
        ),
        (YES, Withdrew(), replace(BOUND, answer=ConsentState.WITHDRAWN)),
        (
            replace(YES, says_others=OtherHolder.YES, claims_authority=True),
            Withdrew(),
            replace(BOUND, answer=ConsentState.WITHDRAWN),
        ),
    ],
)
def test_what_a_holder_says(
    before: HolderStanding, effect: Effect, expected: HolderStanding
) -> None:
    assert after_holder(before, effect) == expected


def test_a_yes_said_anew_is_verified_anew() -> None:
    anew = after_holder(YES, ConsentGiven(Purpose.PARENTAL_TAKE_PART))
    assert not anew.is_verified
