"""`python -m tests.lab.prove`: walk every side and every case, and tell of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from flows.effects import Reason
from flows.facts import AgeBand, Majority, Role
from tests.lab.prove import lemma, parents, parties
from tests.lab.prove.cases import OF_TIES, Moves, Walk, all_moves, summary_moves
from tests.lab.prove.sides import put_together

BANDS = tuple(AgeBand)
_ROLES = (Role.VICTIM, Role.OFFENDER)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    walk: str
    states: int
    steps: int
    holds: str


def of_role(
    role: Role, bands: Sequence[AgeBand], majorities: Sequence[Majority]
) -> tuple[list[Moves], list[Line]]:
    """Walk the sides of one role, and try the lemma on them."""
    asked = parents.walk(*majorities)
    walks = [parties.walk(role, [band]) for band in bands]
    sides = put_together(role, walks, asked)
    states, steps = sum(w.states for w in walks), sum(w.steps for w in walks)
    moved = lemma.check_talks(walks, asked)
    same = lemma.equal_kinds_have_equal_successors(walks)
    same += lemma.equal_seats_have_equal_successors(asked)
    same += lemma.what_was_left_out_is_a_reason_only(sides)
    found = sum(1 for _ in sides.all())
    moves = []
    for require_all in (True, False):
        lemma.every_side_is_sound(sides, require_all=require_all)
        moves.append(all_moves(sides, require_all=require_all))
    return moves, [
        Line(f"talks of a {role}", states, steps, "no yes past a guard"),
        Line("talks of a holder", asked.states, asked.steps, f"{moved:,} moves hold"),
        Line(
            f"sides of a {role}, as {found:,}",
            sides.in_full,
            len(sides.kind_moves) + len(sides.group_moves),
            "ready only with each live, verified yes",
        ),
        Line(f"lemma on a {role}", found, same, "equals stay equals"),
    ]


def of_case(both: Sequence[Sequence[Moves]], reason: Reason) -> Line:
    """Walk a case with one reason, with all holders required and with one."""
    states = steps = 0
    walked: list[object] = []
    for victims, offenders in zip(*both, strict=True):
        sides = summary_moves(victims, reason), summary_moves(offenders, reason)
        if sides in walked:
            continue
        walked.append(sides)
        found = Walk(*sides, reason).to_its_end()
        assert found.handed_over, f"no case was ever handed over with {reason}"
        states, steps = states + found.states, steps + found.steps
    return Line(f"cases: {reason}", states, steps, "confirmed only when all stands")


def prove(bands: Sequence[AgeBand], reasons: Sequence[Reason]) -> list[Line]:
    """Walk everything, on two cores."""
    lines: list[Line] = []
    with ProcessPoolExecutor(2) as pool:
        done = list(pool.map(of_role, _ROLES, [bands] * 2, [tuple(Majority)] * 2))
        both = [moves for moves, _ in done]
        for _, told in done:
            lines += told
        lines += pool.map(of_case, [both] * len(reasons), reasons)
    return lines


def main() -> int:
    """Prove it, print the table, and give 1 if it took too long."""
    began = time.monotonic()
    # What takes longest begins first.
    reasons = sorted(Reason, key=lambda reason: reason not in OF_TIES)
    lines = prove(BANDS, reasons)
    table = Table("Walk", "States", "Transitions", "Held to")
    for line in lines:
        table.add_row(line.walk, f"{line.states:,}", f"{line.steps:,}", line.holds)
    seconds = time.monotonic() - began
    console = Console(soft_wrap=True, highlight=False)
    console.print(table)
    console.print(f"Everything holds; {seconds:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
