"""Several reasons and several parties; who sees a card; what a day and an end mean."""

from dataclasses import replace

import pytest

from flows.effects import Reason
from flows.facts import Role, Tie
from flows.rules.cards import is_on_card, may_see_card
from flows.rules.case import (
    FINAL,
    RELEASED,
    CaseStanding,
    Need,
    Relation,
    Status,
    ends_on_its_day,
    is_over_for_parties,
    may_plan_meeting,
    reasons_to_raise,
    status,
)
from flows.rules.side import Summary

VICTIM = Summary(
    Role.VICTIM, has_answered=True, agrees=True, is_ready=True, tie=Tie.STRANGER
)
OFFENDER = replace(VICTIM, role=Role.OFFENDER)
#: The coordinator has checked the confession of every offender.
CHECKED = frozenset({Need(Reason.CONFESSION_UNCHECKED)})
BOTH = CaseStanding(Relation.OTHER, (VICTIM, OFFENDER), cleared=CHECKED)


def with_reason(*reasons: Reason, of: Summary = OFFENDER) -> Summary:
    return replace(of, reasons=frozenset(reasons))


def test_what_was_settled_for_one_party_is_not_settled_for_the_other() -> None:
    afraid = replace(
        BOTH, parties=(with_reason(Reason.FEAR, of=VICTIM), with_reason(Reason.FEAR))
    )
    cleared = replace(afraid, cleared=CHECKED | {Need(Reason.FEAR, 0)})
    assert reasons_to_raise(cleared) == (Need(Reason.FEAR, 1),)
    assert status(cleared) is Status.NEEDS_HUMAN


def test_what_was_settled_for_the_case_is_settled_for_everybody() -> None:
    afraid = replace(BOTH, parties=(VICTIM, with_reason(Reason.FEAR)))
    cleared = replace(afraid, cleared=CHECKED | {Need(Reason.FEAR)})
    assert status(cleared) is Status.CONFIRMED


def test_who_a_parent_is_cannot_be_settled_only_made_sure_of() -> None:
    stated = replace(BOTH, parties=(VICTIM, with_reason(Reason.VERIFY_HOLDER)))
    cleared = replace(stated, cleared=CHECKED | {Need(Reason.VERIFY_HOLDER, 1)})
    assert status(cleared) is Status.NEEDS_HUMAN


@pytest.mark.parametrize(
    "reason",
    [
        Reason.VERIFY_HOLDER,
        Reason.CONFLICT,
        Reason.HOLDERS_DIFFER,
        Reason.TURNING_18,
    ],
)
def test_a_parent_waits_for_nobody_on_the_other_side(reason: Reason) -> None:
    silent = Summary(Role.VICTIM)
    early = replace(BOTH, parties=(silent, with_reason(reason)))
    assert reasons_to_raise(early) == (Need(reason, 1),)


@pytest.mark.parametrize("reason", [Reason.FEAR, Reason.ORDERS, Reason.UNDER_15])
def test_everything_else_waits_until_all_are_willing(reason: Reason) -> None:
    silent = Summary(Role.VICTIM)
    assert not reasons_to_raise(replace(BOTH, parties=(silent, with_reason(reason))))


@pytest.mark.parametrize(
    ("told", "differs"),
    [
        (Tie.STRANGER, False),
        (Tie.ACQUAINTED, True),
        (Tie.UNSAID, False),
        (None, False),
    ],
)
def test_two_sides_who_say_otherwise_of_each_other_go_to_a_human(
    told: Tie | None, *, differs: bool
) -> None:
    case = replace(BOTH, parties=(VICTIM, replace(OFFENDER, tie=told)))
    assert (Need(Reason.RELATION_DIFFERS) in reasons_to_raise(case)) is differs


def test_two_on_the_same_side_may_know_the_other_differently() -> None:
    second = replace(VICTIM, tie=Tie.ACQUAINTED)
    case = replace(BOTH, parties=(VICTIM, second))
    assert Need(Reason.RELATION_DIFFERS) not in reasons_to_raise(case)


def test_whom_the_coordinator_knows_to_be_close_is_not_asked_about_it_twice() -> None:
    told_only = with_reason(Reason.RELATION_UNKNOWN, of=VICTIM)
    close = replace(BOTH, relation=Relation.CLOSE, parties=(told_only, OFFENDER))
    assert reasons_to_raise(close) == (Need(Reason.CLOSE_RELATION),)


def test_no_meeting_is_planned_before_every_yes_was_heard_again() -> None:
    claimed = replace(BOTH, stage=Status.CLAIMED)
    assert not may_plan_meeting(claimed)
    heard = tuple(replace(party, is_reconfirmed=True) for party in claimed.parties)
    assert may_plan_meeting(replace(claimed, parties=heard))
    assert not may_plan_meeting(replace(BOTH, parties=heard))
    one_left = (heard[0], replace(heard[1], is_out=True))
    assert not may_plan_meeting(replace(claimed, parties=one_left))


def test_no_meeting_is_planned_while_a_human_still_has_to_look() -> None:
    heard = tuple(replace(party, is_reconfirmed=True) for party in BOTH.parties)
    claimed = replace(BOTH, stage=Status.CLAIMED, parties=heard)
    asked_for = frozenset({Need(Reason.ASKED_FOR, 0)})
    assert not may_plan_meeting(replace(claimed, open_needs=asked_for))
    afraid = replace(heard[0], reasons=frozenset({Reason.FEAR}))
    fear = replace(claimed, parties=(afraid, heard[1]))
    assert not may_plan_meeting(fear)
    assert may_plan_meeting(replace(fear, cleared=CHECKED | {Need(Reason.FEAR, 0)}))


def test_who_came_without_a_letter_ends_the_case_by_withdrawing() -> None:
    alone = CaseStanding(
        Relation.UNKNOWN, (Summary(Role.VICTIM, is_out=True),), is_alone=True
    )
    assert status(alone) is Status.ENDED
    assert status(replace(alone, is_alone=False)) is Status.COLLECTING


def test_a_day_ends_only_what_nobody_has_taken() -> None:
    ending = {stands for stands in Status if ends_on_its_day(stands)}
    assert ending == set(Status) - {*RELEASED, *FINAL}


def test_an_end_shows_only_when_it_was_told() -> None:
    assert not is_over_for_parties(Status.ENDED, is_told=False, is_alone=False)
    assert is_over_for_parties(Status.ENDED, is_told=True, is_alone=False)
    assert is_over_for_parties(Status.ENDED, is_told=False, is_alone=True)
    assert not is_over_for_parties(Status.CLAIMED, is_told=True, is_alone=True)


def test_a_card_is_for_whoever_has_to_call() -> None:
    seen = {stands for stands in Status if may_see_card(stands)}
    assert seen == {Status.NEEDS_HUMAN, *RELEASED}


def test_after_a_stop_a_card_is_only_for_those_who_asked_for_a_human() -> None:
    of_second = {Need(Reason.ASKED_FOR, 1)}
    assert not may_see_card(Status.CLAIMED, is_stopped=True)
    assert may_see_card(Status.CLAIMED, is_stopped=True, open_needs=of_second)
    assert not is_on_card(Status.CLAIMED, of_second, 0, is_stopped=True)
    assert is_on_card(Status.CLAIMED, of_second, 1, is_stopped=True)


def test_only_those_are_on_a_card_for_whom_the_case_waits() -> None:
    of_second = {Need(Reason.FEAR, 1)}
    assert not is_on_card(Status.NEEDS_HUMAN, of_second, 0)
    assert is_on_card(Status.NEEDS_HUMAN, of_second, 1)
    assert is_on_card(Status.NEEDS_HUMAN, {Need(Reason.SEVERAL_PARTIES)}, 0)
    assert is_on_card(Status.CLAIMED, set(), 0)
