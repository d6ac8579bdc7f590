"""One party with its holders, and the summary that a case takes of it."""

from dataclasses import replace
from itertools import product

import pytest

from flows.effects import ConsentState, Reason
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Fear,
    Interest,
    Majority,
    Orders,
    Role,
    Tie,
)
from flows.rules.holders import HolderStanding
from flows.rules.side import Side, summary

ADULT = Side(
    role=Role.OFFENDER,
    age_band=AgeBand.ADULT,
    majority=Majority.ADULT,
    interest=Interest.YES,
    confession=Confession.YES,
    takes_part=True,
    knows_data_notice=True,
    reached_by=frozenset({"phone"}),
    tie=Tie.STRANGER,
    orders=Orders.NO,
    fear=Fear.NO,
    has_understood=True,
)
VERIFIED = HolderStanding(
    is_bound=True, answer=ConsentState.GIVEN, is_verified=True, can_be_reached=True
)
STATED = replace(VERIFIED, is_verified=False)
OPENED = HolderStanding(is_bound=True)
WITHDRAWN = replace(STATED, answer=ConsentState.WITHDRAWN)
YOUTH = replace(
    ADULT,
    age_band=AgeBand.FROM_15_TO_17,
    majority=Majority.MINOR,
    authority=Authority.BOTH,
    may_ask_holders=True,
    holders=(VERIFIED, VERIFIED),
)
CHILD = replace(YOUTH, age_band=AgeBand.FROM_12_TO_14, reached_by=frozenset())


def test_an_adult_who_said_yes_to_everything_is_ready() -> None:
    taken = summary(ADULT)
    assert (taken.agrees, taken.is_ready, taken.is_out) == (True, True, False)
    assert taken.reasons == frozenset()


def test_a_minor_is_ready_with_every_verified_yes() -> None:
    assert summary(YOUTH).is_ready
    assert summary(YOUTH).reasons == frozenset()


@pytest.mark.parametrize("second", [STATED, OPENED, WITHDRAWN, HolderStanding()])
def test_a_minor_with_one_verified_yes_is_not_ready(second: HolderStanding) -> None:
    lacking = replace(YOUTH, holders=(VERIFIED, second))
    assert not summary(lacking).is_ready
    assert summary(lacking).agrees


def test_one_verified_yes_is_enough_where_the_town_says_so() -> None:
    waiting = replace(YOUTH, holders=(VERIFIED, OPENED))
    assert summary(waiting, require_all_holders=False).is_ready
    said_no = replace(YOUTH, holders=(VERIFIED, WITHDRAWN))
    assert not summary(said_no, require_all_holders=False).is_ready


def test_a_parents_yes_never_stands_for_the_childs() -> None:
    for own in (None, False):
        assert not summary(replace(YOUTH, takes_part=own)).is_ready


def test_a_childs_no_is_enough_to_be_out() -> None:
    assert summary(replace(YOUTH, takes_part=False)).is_out
    assert summary(replace(YOUTH, interest=Interest.NO)).is_out


def test_a_parents_withdrawal_is_enough_to_be_out() -> None:
    assert summary(replace(YOUTH, holders=(VERIFIED, WITHDRAWN))).is_out


def test_from_18_on_no_parent_is_asked_any_more() -> None:
    grown_up = replace(YOUTH, majority=Majority.ADULT, holders=(WITHDRAWN,))
    taken = summary(grown_up)
    assert (taken.is_ready, taken.is_out) == (True, False)
    assert taken.reasons == frozenset()


def test_in_the_month_of_the_birthday_both_count_and_a_human_settles_it() -> None:
    turning = replace(YOUTH, majority=Majority.TURNING_18)
    assert summary(turning).reasons == {Reason.TURNING_18}
    assert not summary(replace(turning, holders=(VERIFIED, OPENED))).is_ready


def test_under_15_a_human_confirms_and_a_parent_is_the_way() -> None:
    assert summary(CHILD).is_ready
    assert summary(CHILD).reasons == {Reason.UNDER_15}
    unreached = replace(STATED, can_be_reached=False)
    assert not replace(CHILD, holders=(unreached,)).can_be_reached


def test_a_child_whom_nobody_can_reach_is_looked_at_once_all_have_said_yes() -> None:
    """Making sure of a parent leaves no number behind; a human writes that down."""
    silent = replace(VERIFIED, can_be_reached=False)
    alone = replace(CHILD, holders=(silent, silent))
    taken = summary(alone)
    assert taken.is_ready
    assert taken.reasons == {Reason.UNDER_15, Reason.UNREACHABLE}
    asked = replace(alone, holders=(silent, OPENED))
    assert Reason.UNREACHABLE not in summary(asked).reasons
    one_is_enough = replace(alone, holders=(silent, VERIFIED))
    assert Reason.UNREACHABLE not in summary(one_is_enough).reasons
    assert not summary(replace(YOUTH, reached_by=frozenset())).is_ready


def test_under_12_nobody_is_ready_in_the_chat() -> None:
    small = replace(YOUTH, age_band=AgeBand.UNDER_12)
    assert not summary(small).is_ready
    assert Reason.MINOR in summary(small).reasons


def test_who_may_not_ask_the_parents_is_looked_at() -> None:
    alone = replace(YOUTH, may_ask_holders=False, holders=())
    assert summary(alone).reasons == {Reason.HOLDERS_UNWELCOME}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (replace(ADULT, tie=None), Reason.RELATION_UNKNOWN),
        (replace(ADULT, tie=Tie.UNSAID), Reason.RELATION_UNKNOWN),
        (replace(ADULT, tie=Tie.PARTNER), Reason.CLOSE_RELATION),
        (replace(ADULT, tie=Tie.FAMILY), Reason.CLOSE_RELATION),
        (replace(ADULT, tie=Tie.SAME_HOME), Reason.CLOSE_RELATION),
        (replace(ADULT, orders=None), Reason.ORDERS),
        (replace(ADULT, orders=Orders.YES), Reason.ORDERS),
        (replace(ADULT, orders=Orders.UNSURE), Reason.ORDERS),
        (replace(ADULT, fear=None), Reason.FEAR),
        (replace(ADULT, fear=Fear.YES), Reason.FEAR),
        (replace(ADULT, fear=Fear.UNSAID), Reason.FEAR),
        (replace(ADULT, has_understood=False), Reason.NOT_UNDERSTOOD),
        (replace(ADULT, confession=Confession.PARTLY), Reason.CONFESSION_UNCLEAR),
    ],
)
def test_what_is_not_clearly_harmless_goes_to_a_human(
    told: Side, reason: Reason
) -> None:
    assert summary(told).reasons == {reason}


def test_a_victim_has_nothing_to_confess() -> None:
    victim = replace(ADULT, role=Role.VICTIM, confession=None)
    assert summary(victim).is_ready
    assert summary(victim).reasons == frozenset()


def test_the_mediator_hears_the_yes_of_everybody_again() -> None:
    assert summary(replace(ADULT, is_reconfirmed=True)).is_reconfirmed
    heard = replace(YOUTH, is_reconfirmed=True)
    assert not summary(heard).is_reconfirmed
    again = replace(VERIFIED, answer=ConsentState.RECONFIRMED)
    assert summary(replace(heard, holders=(again, again))).is_reconfirmed


def test_ready_means_agreeing_and_never_out() -> None:
    """Every combination of what decides it, with two holders."""
    for band, majority, takes_part, data, authority, one, other in product(
        AgeBand,
        Majority,
        (True, False, None),
        (True, False),
        (None, *Authority),
        (VERIFIED, STATED, OPENED, WITHDRAWN),
        (VERIFIED, STATED, OPENED, WITHDRAWN),
    ):
        side = replace(
            YOUTH,
            age_band=band,
            majority=majority,
            takes_part=takes_part,
            knows_data_notice=data,
            authority=authority,
            holders=(one, other),
        )
        taken = summary(side)
        if taken.is_ready:
            assert taken.agrees
            assert not taken.is_out
            assert majority is Majority.ADULT or VERIFIED in {one, other}
