"""A case is confirmed only with every yes, and ends as soon as one is taken back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from flows.rules.age_bands import differ, ruling
from flows.rules.case import (
    FINAL,
    RELEASED,
    CaseStanding,
    Need,
    Relation,
    Status,
    is_confirmed,
    is_stopped,
    may_invite_offender,
    may_plan_meeting,
    reasons_to_raise,
    status,
)
from flows.rules.holders import HolderStanding
from flows.rules.side import Side, Summary, summary

VICTIM = Side(
    role=Role.VICTIM,
    age_band=AgeBand.ADULT,
    majority=Majority.ADULT,
    interest=Interest.YES,
    takes_part=True,
    knows_data_notice=True,
    reached_by=frozenset({"phone"}),
    tie=Tie.STRANGER,
    orders=Orders.NO,
    fear=Fear.NO,
    has_understood=True,
)
OFFENDER = replace(VICTIM, role=Role.OFFENDER, confession=Confession.YES)
#: The coordinator has checked the confession of every offender.
CHECKED = frozenset({Need(Reason.CONFESSION_UNCHECKED)})
BOTH = CaseStanding(
    Relation.OTHER, (summary(VICTIM), summary(OFFENDER)), cleared=CHECKED
)


def _unchecked(party: int) -> Need:
    return Need(Reason.CONFESSION_UNCHECKED, party)


def case_of(*parties: Side) -> CaseStanding:
    return replace(BOTH, parties=tuple(map(summary, parties)))


def test_two_yeses_confirm_a_case() -> None:
    assert status(BOTH) is Status.CONFIRMED


def test_one_yes_does_not() -> None:
    silent = Side(Role.OFFENDER)
    assert status(case_of(VICTIM, silent)) is Status.COLLECTING


def test_a_no_looks_like_silence() -> None:
    said_no = replace(OFFENDER, interest=Interest.NO, takes_part=None)
    assert status(case_of(VICTIM, said_no)) is Status.COLLECTING


@pytest.mark.parametrize(
    "lacking",
    [
        replace(OFFENDER, takes_part=False),
        replace(OFFENDER, takes_part=None),
        replace(OFFENDER, knows_data_notice=False),
        replace(OFFENDER, interest=Interest.LATER),
        replace(OFFENDER, reached_by=frozenset()),
        replace(OFFENDER, confession=None),
        replace(OFFENDER, age_band=None, majority=None),
        replace(OFFENDER, age_band=AgeBand.FROM_15_TO_17, majority=Majority.MINOR),
    ],
)
def test_whoever_lacks_one_thing_is_not_ready(lacking: Side) -> None:
    assert not summary(lacking).is_ready
    assert status(case_of(VICTIM, lacking)) is Status.COLLECTING


@pytest.mark.parametrize("parties", [(VICTIM, VICTIM), (OFFENDER, OFFENDER), ()])
def test_both_sides_are_needed(parties: tuple[Side, ...]) -> None:
    assert status(case_of(*parties)) is Status.COLLECTING


@pytest.mark.parametrize(
    "confession", [Confession.PARTLY, Confession.NO, Confession.UNSAID]
)
def test_any_confession_but_yes_waits_for_a_human(confession: Confession) -> None:
    unclear = case_of(VICTIM, replace(OFFENDER, confession=confession))
    assert status(unclear) is Status.NEEDS_HUMAN
    assert reasons_to_raise(unclear) == (Need(Reason.CONFESSION_UNCLEAR, 1),)
    unsettled = CHECKED | {Need(Reason.CONFESSION_UNCLEAR, 1)}
    settled = replace(unclear, cleared=unsettled)
    assert status(settled) is Status.NEEDS_HUMAN, "only a later yes leads on"


def test_a_confession_that_nobody_has_checked_holds_the_case() -> None:
    unchecked = replace(BOTH, cleared=frozenset())
    assert reasons_to_raise(unchecked) == (Need(Reason.CONFESSION_UNCHECKED, 1),)
    assert status(unchecked) is Status.NEEDS_HUMAN
    other = replace(
        unchecked, cleared=frozenset({Need(Reason.CONFESSION_UNCHECKED, 0)})
    )
    assert status(other) is Status.NEEDS_HUMAN, "it is the offender's"
    own = replace(unchecked, cleared=frozenset({_unchecked(1)}))
    assert status(own) is Status.CONFIRMED


def test_under_15_the_check_alone_counts() -> None:
    young = replace(OFFENDER, age_band=AgeBand.FROM_12_TO_14)
    for confession in (None, *Confession):
        told = summary(replace(young, confession=confession))
        assert Reason.CONFESSION_UNCLEAR not in told.reasons


@pytest.mark.parametrize("danger", [{"tie": Tie.PARTNER}, {"orders": Orders.UNSURE}])
def test_danger_that_staff_write_down_is_looked_at_at_once(
    danger: dict[str, Tie | Orders],
) -> None:
    told = {"role": Role.VICTIM, **danger}
    for is_written_down in (True, False):
        side = Side(**told, is_written_down=is_written_down)  # type: ignore[arg-type]
        case = replace(BOTH, parties=(summary(side), summary(Side(Role.OFFENDER))))
        assert bool(reasons_to_raise(case)) is is_written_down
    left = Side(**told, is_written_down=True, takes_part=False)  # type: ignore[arg-type]
    assert not summary(left).noted


def test_an_age_that_differs_is_looked_at_at_once() -> None:
    young = Side(Role.OFFENDER, age_band=AgeBand.FROM_15_TO_17, is_age_different=True)
    case = replace(BOTH, parties=(summary(Side(Role.VICTIM)), summary(young)))
    assert reasons_to_raise(case) == (Need(Reason.AGE_DIFFERS, 1),)


@pytest.mark.parametrize("told", AgeBand)
@pytest.mark.parametrize("known", [None, *AgeBand])
def test_the_younger_band_rules(told: AgeBand, known: AgeBand | None) -> None:
    assert ruling(None, known) is None
    band = ruling(told, known)
    assert band is not None
    assert band.lowest == min(told.lowest, (known or told).lowest)
    assert differ(told, known) is (known not in {None, told})


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        (Relation.CLOSE, Reason.CLOSE_RELATION),
        (Relation.UNKNOWN, Reason.RELATION_UNKNOWN),
    ],
)
def test_how_they_know_each_other_is_looked_at_by_a_human(
    relation: Relation, reason: Reason
) -> None:
    known = replace(BOTH, relation=relation)
    assert reasons_to_raise(known) == (Need(reason),)
    settled = replace(known, cleared=CHECKED | {Need(reason)})
    assert status(settled) is Status.CONFIRMED


def test_nothing_is_raised_before_everybody_is_willing() -> None:
    early = replace(case_of(VICTIM, Side(Role.OFFENDER)), relation=Relation.UNKNOWN)
    assert reasons_to_raise(early) == ()


def test_three_people_go_to_a_human_once_all_have_answered() -> None:
    three = case_of(VICTIM, OFFENDER, OFFENDER)
    assert reasons_to_raise(three) == (Need(Reason.SEVERAL_PARTIES),)
    waiting = case_of(VICTIM, OFFENDER, Side(Role.OFFENDER))
    assert status(waiting) is Status.COLLECTING


def test_a_reason_that_stands_already_is_not_raised_again() -> None:
    several = case_of(VICTIM, OFFENDER, OFFENDER)
    several = replace(several, open_needs=frozenset({Need(Reason.SEVERAL_PARTIES)}))
    assert reasons_to_raise(several) == ()
    assert status(several) is Status.NEEDS_HUMAN


@pytest.mark.parametrize("stage", RELEASED)
def test_taking_back_a_yes_stops_what_a_mediator_has_begun(stage: Status) -> None:
    """It stands where it stood, and still, until the other side is told."""
    begun = replace(BOTH, stage=stage)
    assert status(begun) is stage
    assert not is_stopped(begun)
    out = case_of(VICTIM, replace(OFFENDER, takes_part=False))
    withdrawn = replace(out, stage=stage)
    assert status(withdrawn) is stage
    assert is_stopped(withdrawn)
    assert not may_plan_meeting(withdrawn)


@pytest.mark.parametrize("stage", [None, *FINAL])
def test_a_case_that_no_mediator_has_does_not_stand_still(
    stage: Status | None,
) -> None:
    out = case_of(VICTIM, replace(OFFENDER, takes_part=False))
    assert not is_stopped(replace(out, stage=stage, was_stopped=True, has_gap=True))


def test_who_says_yes_again_lets_the_case_go_on() -> None:
    claimed = replace(BOTH, stage=Status.CLAIMED, was_stopped=True)
    assert not is_stopped(claimed)


def test_a_yes_that_has_merely_run_out_stops_nothing() -> None:
    old = case_of(VICTIM, replace(OFFENDER, takes_part=None))
    assert not is_stopped(replace(old, stage=Status.CLAIMED))
    assert not is_stopped(replace(old, stage=Status.CLAIMED, was_stopped=True))


def test_who_is_gone_since_the_stop_has_not_taken_it_back() -> None:
    """Somebody who stopped and was erased has no word left that says so."""
    gone = case_of(VICTIM, Side(Role.OFFENDER))
    stopped = replace(gone, stage=Status.CLAIMED, was_stopped=True, has_gap=True)
    assert is_stopped(stopped)
    assert not is_stopped(replace(stopped, was_stopped=False))


@pytest.mark.parametrize("stage", FINAL)
def test_what_is_over_stays_over(stage: Status) -> None:
    assert status(replace(BOTH, stage=stage)) is stage


def test_what_staff_have_done_is_told_from_what_parties_have_said() -> None:
    stages = {status for status in Status if status.is_stage}
    assert stages == {*RELEASED, *FINAL}


def test_between_people_who_are_close_only_the_victim_may_begin() -> None:
    wishes, waits = VICTIM, replace(VICTIM, interest=Interest.LATER)
    assert may_invite_offender(Relation.CLOSE, [waits, wishes])
    assert not may_invite_offender(Relation.CLOSE, [waits])
    assert not may_invite_offender(Relation.CLOSE, [])
    assert may_invite_offender(Relation.OTHER, [])


summaries = st.builds(
    Summary,
    role=st.sampled_from(Role),
    has_answered=st.booleans(),
    agrees=st.booleans(),
    is_ready=st.booleans(),
    is_out=st.booleans(),
    tie=st.none() | st.sampled_from(Tie),
    reasons=st.frozensets(st.sampled_from(Reason), max_size=2),
)
ready = st.sampled_from(BOTH.parties)
needs = st.builds(
    Need, reason=st.sampled_from(Reason), party=st.none() | st.integers(0, 2)
)
cases = st.builds(
    CaseStanding,
    relation=st.sampled_from(Relation),
    parties=st.lists(ready | summaries, max_size=4).map(tuple),
    open_needs=st.frozensets(needs, max_size=1),
    cleared=st.frozensets(needs, max_size=9),
    stage=st.none() | st.sampled_from((*RELEASED, *FINAL)),
)


@given(cases)
def test_confirmed_means_that_everybody_is_ready_and_nothing_is_open(
    case: CaseStanding,
) -> None:
    if status(case) is Status.CONFIRMED:
        assert is_confirmed(case)
        assert not case.open_needs
        assert not reasons_to_raise(case)
        assert all(party.is_ready for party in case.parties)


@given(cases, st.integers(0, 3), st.sampled_from([None, *RELEASED]))
def test_a_withdrawal_beats_everything_but_an_end(
    case: CaseStanding, number: int, stage: Status | None
) -> None:
    if not case.parties:
        return
    parties = list(case.parties)
    number %= len(parties)
    out = replace(parties[number], agrees=False, is_ready=False, is_out=True)
    parties[number] = out
    left = replace(case, parties=tuple(parties), stage=stage)
    if stage:
        assert is_stopped(left)
        assert status(left) is stage
        assert reasons_to_raise(left) == ()
    else:
        assert status(left) in {Status.COLLECTING, Status.NEEDS_HUMAN}


@given(cases)
def test_the_order_of_the_parties_decides_nothing(case: CaseStanding) -> None:
    def other(need: Need) -> Need:
        number = None if need.party is None else len(case.parties) - 1 - need.party
        return replace(need, party=number)

    turned = replace(
        case,
        parties=tuple(reversed(case.parties)),
        open_needs=frozenset(map(other, case.open_needs)),
        cleared=frozenset(map(other, case.cleared)),
    )
    assert status(turned) is status(case)
    assert set(reasons_to_raise(turned)) == set(map(other, reasons_to_raise(case)))


def test_what_was_settled_with_one_side_is_not_settled_for_the_case() -> None:
    one, both = Need(Reason.CLOSE_RELATION, 0), Need(Reason.CLOSE_RELATION, 1)
    close = replace(BOTH, relation=Relation.CLOSE, cleared=CHECKED | {one})
    assert reasons_to_raise(close) == (Need(Reason.CLOSE_RELATION),)
    assert status(close) is Status.NEEDS_HUMAN
    settled = replace(close, cleared=CHECKED | {one, both})
    assert status(settled) is Status.CONFIRMED


def test_stopping_and_answering_anew_undoes_no_answer_that_worries() -> None:
    fear, wish = Need(Reason.FEAR, 0), Need(Reason.ASKED_FOR, 0)
    returned = replace(BOTH, dropped=frozenset({fear, wish}))
    assert reasons_to_raise(returned) == (fear,)
    assert status(replace(returned, cleared=CHECKED | {fear})) is Status.CONFIRMED


def test_nobody_is_asked_about_a_child_that_has_said_no() -> None:
    stated = HolderStanding(is_bound=True, answer=ConsentState.GIVEN)
    child = replace(
        OFFENDER,
        age_band=AgeBand.FROM_15_TO_17,
        majority=Majority.TURNING_18,
        authority=Authority.ONE,
        holders=(stated,),
    )
    asked = {need.reason for need in reasons_to_raise(case_of(VICTIM, child))}
    assert asked == {Reason.VERIFY_HOLDER, Reason.TURNING_18}
    for no in (replace(child, takes_part=False), replace(child, interest=Interest.NO)):
        assert status(case_of(VICTIM, no)) is Status.COLLECTING
