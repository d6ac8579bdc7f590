"""Holders of parental authority: where each stands, and what a child needs of them."""

from dataclasses import replace
from itertools import product

import pytest

from flows.effects import ConsentState, Reason
from flows.facts import Authority, OtherHolder
from flows.rules.holders import (
    HolderStanding,
    HolderState,
    have_agreed,
    have_reconfirmed,
    is_missed,
    reasons,
    required,
    says_no,
    says_yes,
    state,
)

ASKED = HolderStanding(is_link_live=True)
OPENED = HolderStanding(is_bound=True)
STATED = replace(OPENED, answer=ConsentState.GIVEN)
VERIFIED = replace(STATED, is_verified=True)
REFUSED = replace(OPENED, answer=ConsentState.REFUSED)
WITHDRAWN = replace(OPENED, answer=ConsentState.WITHDRAWN)
EVERYBODY = [
    HolderStanding(*values)
    for values in product(
        (True, False),
        (True, False),
        (None, *ConsentState),
        (True, False),
        (None, *OtherHolder),
        (None, True, False),
    )
]


@pytest.mark.parametrize(
    ("holder", "expected"),
    [
        (ASKED, HolderState.ASKED),
        (OPENED, HolderState.OPENED),
        (STATED, HolderState.STATED),
        (VERIFIED, HolderState.VERIFIED),
        (REFUSED, HolderState.REFUSED),
        (WITHDRAWN, HolderState.WITHDRAWN),
        (HolderStanding(), HolderState.EXPIRED),
        (replace(VERIFIED, answer=ConsentState.EXPIRED), HolderState.EXPIRED),
        (replace(VERIFIED, answer=ConsentState.RECONFIRMED), HolderState.VERIFIED),
    ],
)
def test_where_a_holder_stands(holder: HolderStanding, expected: HolderState) -> None:
    assert state(holder) is expected


def test_every_holder_stands_somewhere_and_only_a_human_verifies() -> None:
    for holder in EVERYBODY:
        if state(holder) is HolderState.VERIFIED:
            assert holder.is_verified
            assert says_yes(holder)
        assert not (says_yes(holder) and says_no(holder))


@pytest.mark.parametrize(
    ("authority", "all_of_them", "one_is_enough"),
    [
        (None, 0, 0),
        (Authority.UNKNOWN, 0, 0),
        (Authority.ONE, 1, 1),
        (Authority.OTHER, 1, 1),
        (Authority.BOTH, 2, 1),
    ],
)
def test_how_many_yeses_a_child_needs(
    authority: Authority | None, all_of_them: int, one_is_enough: int
) -> None:
    assert required(authority, (), all_of_them=True) == all_of_them
    assert required(authority, (), all_of_them=False) == one_is_enough


@pytest.mark.parametrize("second", [ASKED, OPENED, STATED, VERIFIED, REFUSED])
def test_nobody_who_is_asked_is_passed_over(second: HolderStanding) -> None:
    """A child may say of one parent what it said of two before."""
    asked = (VERIFIED, second)
    assert required(Authority.ONE, asked, all_of_them=True) == 2
    assert required(Authority.ONE, asked, all_of_them=False) == 1
    assert required(None, asked, all_of_them=True) == 0
    assert Reason.HOLDERS_DIFFER in reasons(Authority.ONE, asked)
    assert Reason.HOLDERS_DIFFER not in reasons(Authority.BOTH, asked)


def test_whose_link_has_run_out_is_asked_no_more() -> None:
    asked = (VERIFIED, HolderStanding())
    assert required(Authority.ONE, asked, all_of_them=True) == 1
    assert reasons(Authority.ONE, asked) == frozenset()


def test_nobody_is_missed_beyond_whoever_has_the_authority_or_has_spoken() -> None:
    let_go, spoke = HolderStanding(), HolderStanding(answer=ConsentState.EXPIRED)
    for authority in (Authority.ONE, Authority.OTHER):
        assert is_missed(authority, 1, let_go)
        assert not is_missed(authority, 2, let_go)
        assert is_missed(authority, 2, spoke), "their yes is needed again"
    for both_or_unknown in (Authority.BOTH, Authority.UNKNOWN, None):
        assert is_missed(both_or_unknown, 2, let_go)
    for there in (ASKED, OPENED, STATED, VERIFIED, REFUSED):
        assert not is_missed(Authority.ONE, 1, there)


def test_a_mother_is_not_whom_a_child_means_by_somebody_else() -> None:
    mother = replace(VERIFIED, says_others=OtherHolder.NO)
    guardian = replace(mother, claims_authority=True)
    assert reasons(Authority.OTHER, (mother,)) == {Reason.HOLDERS_DIFFER}
    assert reasons(Authority.OTHER, (guardian,)) == frozenset()


def test_two_verified_yeses_are_enough_for_two() -> None:
    assert have_agreed((VERIFIED, VERIFIED), 2)


@pytest.mark.parametrize("second", [ASKED, OPENED, STATED, REFUSED, WITHDRAWN])
def test_one_verified_yes_is_not_enough_for_two(second: HolderStanding) -> None:
    assert not have_agreed((VERIFIED, second), 2)


@pytest.mark.parametrize("second", [REFUSED, WITHDRAWN])
def test_a_no_is_never_outvoted(second: HolderStanding) -> None:
    assert have_agreed((VERIFIED, ASKED), 1)
    assert not have_agreed((VERIFIED, second), 1)


def test_nobody_needed_is_nobody_agreed() -> None:
    assert not have_agreed((), 0)
    assert not have_reconfirmed((), 0)


def test_agreed_means_so_many_verified_yeses_and_no_no() -> None:
    for one, other in product(EVERYBODY[::7], EVERYBODY[::5]):
        if have_agreed((one, other), 2):
            assert {state(one), state(other)} == {HolderState.VERIFIED}


def test_a_yes_that_nobody_verified_waits_for_a_human() -> None:
    assert reasons(Authority.ONE, (STATED,)) == {Reason.VERIFY_HOLDER}
    assert reasons(Authority.ONE, (VERIFIED,)) == frozenset()


@pytest.mark.parametrize("second", [REFUSED, WITHDRAWN])
def test_a_yes_and_a_no_are_a_conflict(second: HolderStanding) -> None:
    assert reasons(Authority.BOTH, (VERIFIED, second)) == {Reason.CONFLICT}


def test_a_no_alone_is_no_conflict() -> None:
    assert reasons(Authority.BOTH, (REFUSED, ASKED)) == frozenset()


@pytest.mark.parametrize(
    ("authority", "says", "differs"),
    [
        (Authority.ONE, OtherHolder.NO, False),
        (Authority.ONE, OtherHolder.YES, True),
        (Authority.ONE, OtherHolder.UNSURE, True),
        (Authority.OTHER, OtherHolder.NO, False),
        (Authority.BOTH, OtherHolder.YES, False),
        (Authority.BOTH, OtherHolder.NO, True),
        (Authority.BOTH, OtherHolder.UNSURE, True),
    ],
)
def test_child_and_parent_must_say_the_same_of_who_has_authority(
    authority: Authority, says: OtherHolder, *, differs: bool
) -> None:
    # Who is neither mother nor father is asked whether they have it at all.
    claims = True if authority is Authority.OTHER else None
    holder = replace(OPENED, says_others=says, claims_authority=claims)
    told = reasons(authority, (holder,))
    assert (Reason.HOLDERS_DIFFER in told) is differs


def test_who_does_not_claim_the_authority_is_looked_at() -> None:
    told = reasons(Authority.ONE, (replace(OPENED, claims_authority=False),))
    assert told == {Reason.HOLDERS_DIFFER}


def test_a_child_who_does_not_know_is_asked_by_a_human() -> None:
    assert reasons(Authority.UNKNOWN, ()) == {Reason.HOLDERS_UNCLEAR}


def test_the_mediator_hears_each_yes_again() -> None:
    again = replace(VERIFIED, answer=ConsentState.RECONFIRMED)
    assert have_reconfirmed((again, again), 2)
    assert not have_reconfirmed((again, VERIFIED), 2)
