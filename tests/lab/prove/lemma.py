"""What was left out or put together is told apart by nothing.

The summary itself forgets on purpose: two parties who both have not agreed yet may be
a tap or a whole talk away from it. So a case is walked with every move that any side
with this summary has, which is more than one side has, never less; and what is shown
here is that nothing was lost before: equal kinds have equal successors under the same
label, equal seats too, and equal kinds with equal groups have equal summaries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flows.facts import AgeBand, Interest, Majority
from flows.rules.holders import HolderState, is_asked, required, says_no, state
from flows.rules.side import Side, Summary, summary
from tests.lab.prove import parents, parties
from tests.lab.prove.merging import LEFT_OUT
from tests.lab.prove.sides import Kind, Sides, kind, seat, side_of


def equal_kinds_have_equal_successors(walks: Iterable[parties.Walked]) -> int:
    """Compare every party with every other one of its kind, under every label."""
    ways: dict[tuple[Kind, str], Kind] = {}
    compared = 0
    for walked in walks:
        for own, changes in walked.moves.items():
            for then, labels in changes.items():
                for label in labels:
                    expected = ways.setdefault((kind(own), label), kind(then))
                    assert kind(then) == expected, (own, label, then)
                    compared += 1
    return compared


def equal_seats_have_equal_successors(asked: parents.Walked) -> int:
    """Compare every holder with every other one at the same seat, under every label."""
    ways: dict[object, object] = {}
    compared = 0
    for standing, changes in asked.moves.items():
        for then, labels in changes.items():
            for label in labels:
                expected = ways.setdefault((seat(standing), label), seat(then))
                assert seat(then) == expected, (standing, label, then)
                compared += 1
    return compared


def what_was_left_out_is_a_reason_only(sides: Sides) -> int:
    """Put in every value that a walk left out: nothing but reasons may follow."""
    compared = 0
    for told, group in sides.all():
        side = side_of(told, group)
        taken = summary(side)
        for name in ("tie", "orders", "fear", "confession"):
            for value in LEFT_OUT[name]:
                other = summary(replace(side, **{name: value}))  # type: ignore[arg-type] # of that field
                is_bare = name == "confession" and value is None
                expected = replace(
                    taken,
                    tie=other.tie if name == "tie" else taken.tie,
                    reasons=other.reasons,
                    is_ready=other.is_ready if is_bare else taken.is_ready,
                )
                assert other == expected, (side, name, value)
                compared += 1
    return compared


def every_side_is_sound(sides: Sides, *, require_all: bool) -> int:
    """Hold the summary of every side to what must be true of it."""
    held = 0
    for told, group in sides.all():
        side = side_of(told, group)
        check(side, summary(side, require_all_holders=require_all), require_all)
        held += 1
    return held


def check(side: Side, taken: Summary, require_all: bool) -> None:  # noqa: FBT001 - a setting
    """No side is ready without each live yes that it needs."""
    if side.takes_part is False or side.interest is Interest.NO:
        assert taken.is_out, ("a no that ends nothing", side)
    if not taken.is_ready:
        return
    assert side.takes_part is True, ("ready without a live yes", side)
    assert side.knows_data_notice, ("ready without the notice on data", side)
    assert side.interest is Interest.YES, ("ready without interest", side)
    assert not taken.is_out, ("ready though somebody said no", side)
    if side.majority is Majority.ADULT:
        return
    assert side.age_band is not AgeBand.UNDER_12, ("ready under 12", side)
    assert side.majority is not None, ("ready without an age", side)
    needed = required(side.authority, side.holders, all_of_them=require_all)
    verified = [h for h in side.holders if state(h) is HolderState.VERIFIED]
    assert len(verified) >= needed > 0, ("a minor without verified parents", side)
    assert not any(map(says_no, side.holders)), ("ready against a parent", side)
    if require_all:
        asked = [holder for holder in side.holders if is_asked(holder)]
        assert asked == verified, ("ready without a parent who was asked", side)


def check_talks(walks: Iterable[parties.Walked], asked: parents.Walked) -> int:
    """Hold every move of a talk to what must be true of it."""
    held = 0
    for walked in walks:
        for own, changes in walked.moves.items():
            for then, labels in changes.items():
                held += len(labels)
                _check_move(own, then, labels)
    for changes_of_holder in asked.moves.values():
        for labels_of_holder in changes_of_holder.values():
            for label, majority in labels_of_holder:
                if "ConsentGiven" in label and "PARENTAL" in label:
                    assert majority is Majority.MINOR, ("a parent of an adult", label)
                held += 1
    return held


def _check_move(own: parties.Own, then: parties.Own, labels: Iterable[str]) -> None:
    if then.side.majority is Majority.ADULT:
        is_said = then.side.age_band is AgeBand.ADULT
        assert is_said or then.is_fitting, ("of age by a month that does not fit", then)
    for label in labels:
        if "TAKE_PART" in label and "ConsentGiven" in label:
            assert own.side.has_understood, ("a yes not understood", own)
        if "Withdrew" in label:
            is_out = summary(then.side).is_out and not then.side.takes_part
            assert is_out, ("a withdrawal without effect", own)
        if "HoldersInvited" in label:
            assert own.side.may_ask_holders is True, ("parents asked unasked", own)
            assert then.side.takes_part is True, ("parents asked before the child", own)
