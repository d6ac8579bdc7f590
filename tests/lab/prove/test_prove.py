"""The short form of `make prove`, and that its rules bite when the code is broken."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.effects import ConsentState, Reason
from flows.facts import AgeBand, Authority, Confession, Interest, Majority, Role
from flows.rules import case, holders, side
from flows.rules.case import Relation
from flows.rules.holders import HolderStanding
from flows.rules.side import Side, Summary, summary
from tests.lab.prove import cases, lemma
from tests.lab.prove.__main__ import of_case, of_role
from tests.lab.prove.mutants import MUTATIONS

STATED = HolderStanding(is_bound=True, answer=ConsentState.GIVEN)
CHILD = Side(
    role=Role.OFFENDER,
    age_band=AgeBand.FROM_15_TO_17,
    majority=Majority.MINOR,
    interest=Interest.YES,
    confession=Confession.YES,
    takes_part=True,
    knows_data_notice=True,
    reached_by=frozenset({"phone"}),
    authority=Authority.BOTH,
    holders=(STATED, STATED),
)
OUT = Summary(Role.VICTIM, has_answered=True, is_out=True)
READY = Summary(Role.OFFENDER, has_answered=True, agrees=True, is_ready=True)


def test_what_a_case_of_two_adults_and_a_parent_can_come_to() -> None:
    """Every side of an adult, every talk of a parent, and a case with one reason."""
    both = [
        of_role(role, [AgeBand.ADULT], [Majority.MINOR])[0]
        for role in (Role.VICTIM, Role.OFFENDER)
    ]
    assert of_case(both, Reason.FEAR).states > 1000


def test_a_stated_yes_that_counts_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "have_agreed", lambda *_: True)
    with pytest.raises(AssertionError, match="without verified parents"):
        lemma.check(CHILD, summary(CHILD), require_all=True)


def test_a_yes_that_is_not_looked_at_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(side, "_agrees", lambda _: True)
    adult = replace(CHILD, majority=Majority.ADULT, takes_part=None, holders=())
    with pytest.raises(AssertionError, match="without a live yes"):
        lemma.check(adult, summary(adult), require_all=True)


def test_a_withdrawal_that_ends_nothing_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stays = cases.State(OUT, READY, Relation.OTHER, stands=case.Status.CLAIMED)
    cases.check_move(case.Status.CLAIMED, stays, OUT, is_withdrawal=True)
    monkeypatch.setattr(cases, "is_stopped", lambda _: False)
    with pytest.raises(AssertionError, match="still calls"):
        cases.check_move(case.Status.CLAIMED, stays, OUT, is_withdrawal=True)


def test_a_withdrawal_that_ends_a_case_too_early_is_found() -> None:
    ended = cases.State(OUT, READY, Relation.OTHER, stands=case.Status.ENDED)
    with pytest.raises(AssertionError, match="still calls"):
        cases.check_move(case.Status.CLAIMED, ended, OUT, is_withdrawal=True)


def test_a_case_that_is_confirmed_with_a_reason_is_found() -> None:
    afraid = replace(READY, reasons=frozenset({Reason.FEAR}))
    victim = replace(READY, role=Role.VICTIM)
    state = cases.State(victim, afraid, Relation.OTHER, stands=case.Status.CONFIRMED)
    with pytest.raises(AssertionError, match="confirmed with a reason"):
        cases.check_state(state)
    assert not case.is_confirmed(state.case)


def test_every_mutation_is_of_the_program_as_it_is_and_has_a_test() -> None:
    """They are tried one by one by `make prove` only."""
    root = Path(__file__).parents[3]
    for mutation in MUTATIONS:
        source = (root / mutation.file).read_text(encoding="utf-8")
        assert source.count(mutation.old) == 1, mutation.name
        for test in mutation.tests:
            path, _, name = test.partition("::")
            name = name.partition("[")[0]
            assert f"def {name}" in (root / path).read_text("utf-8"), mutation.name
