"""Break the program on purpose, once a line, and see a named test fail each time.

    python -m tests.lab.prove.mutations [PART OF A NAME]

Each mutation is applied to a copy of the tree; two copies are tried side by side. One
that no longer applies, or that no test notices, is an error. So is a test that already
fails in a copy that is as it was.
"""

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.lab.prove import running
from tests.lab.prove.mutants import MUTATIONS
from tests.lab.prove.mutation import Mutation
from tests.lab.prove.running import Outcome

_ROOT: Final = Path(__file__).parents[3]
_COPIED: Final = ("bot", "flows", "locales", "tests", "pyproject.toml")
_SIDE_BY_SIDE: Final = 2


class NotApplicable(Exception):
    """A mutation is written for a program that is no more."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutation, and in how many seconds."""

    mutation: Mutation
    outcome: Outcome
    seconds: float


def tried(mutation: Mutation) -> Verdict:
    """Apply a mutation to this process's copy, run its tests, and take it back.

    Raises:
        NotApplicable: the file does not hold what is to be changed, or holds it twice.
    """
    path, began = _Copy.tree / mutation.file, time.monotonic()
    source, kept = path.read_text(encoding="utf-8"), path.stat()
    if source.count(mutation.old) != 1:
        raise NotApplicable(
            f"{mutation.name}: {mutation.file} holds it {source.count(mutation.old)} "
            "times and not once; write the mutation anew."
        )
    path.write_text(source.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        outcome = running.first_failure(_Copy.tree, mutation.tests)
    finally:
        path.write_text(source, encoding="utf-8")
        running.dated(path, kept)
    return Verdict(mutation, outcome, time.monotonic() - began)


def passes(tests: Sequence[str]) -> Outcome:
    """Run tests in a copy that is as it was; what was compiled is kept there."""
    return running.first_failure(_Copy.tree, tests, keeps_bytecode=True)


class _Copy:
    """The copy of the tree in which a process tries things."""

    tree: Path


def _takes_copy(trees: "SimpleQueue[Path]") -> None:
    _Copy.tree = trees.get()


@contextmanager
def _copies() -> Iterator[ProcessPoolExecutor]:
    """Open two processes with a copy each; what they need is imported before."""
    running.prepare()
    context = get_context("fork")
    trees: SimpleQueue[Path] = context.SimpleQueue()
    with TemporaryDirectory(prefix="mutations_") as folder:
        for n in range(_SIDE_BY_SIDE):
            tree = Path(folder) / str(n)
            tree.mkdir()
            for name in _COPIED:
                _copy(_ROOT / name, tree / name)
            trees.put(tree)
        with ProcessPoolExecutor(
            _SIDE_BY_SIDE, context, initializer=_takes_copy, initargs=(trees,)
        ) as both:
            yield both


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        shutil.copy2(source, target)
    else:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, ignore=left_out)


def _is_sound(both: ProcessPoolExecutor, mutations: Sequence[Mutation]) -> bool:
    """Tell whether every test that is named passes while nothing is broken."""
    named = sorted({test for mutation in mutations for test in mutation.tests})
    # Every second one, so that each process gets some of what takes long.
    halves = [half for n in range(_SIDE_BY_SIDE) if (half := named[n::_SIDE_BY_SIDE])]
    is_sound = True
    for outcome in both.map(passes, halves):
        if outcome.problem is not None or outcome.test is not None:
            is_sound = False
            why = outcome.problem or f"{outcome.test} fails: {outcome.error}"
            sys.stdout.write(f"With nothing broken: {why}\n")
    return is_sound


def try_all(mutations: Sequence[Mutation]) -> bool:
    """Try them all, print the table, and tell whether each was noticed."""
    began, noticed = time.monotonic(), 0
    with _copies() as both:
        if not _is_sound(both, mutations):
            return False
        sound_after = time.monotonic() - began
        sys.stdout.write(f"{sound_after:5.1f} s  nothing broken: every test passes\n")
        for verdict in both.map(tried, mutations):
            noticed += verdict.outcome.test is not None
            sys.stdout.write(f"{_line(verdict)}\n")
            sys.stdout.flush()
    seconds = time.monotonic() - began
    sys.stdout.write(
        f"{noticed} of {len(mutations)} mutations make a test fail; {seconds:.0f} s.\n"
    )
    return noticed == len(mutations)


def _line(verdict: Verdict) -> str:
    outcome = verdict.outcome
    noticed_by = f"{outcome.test} ({outcome.error})"
    unnoticed = f"NOBODY NOTICES IT: {outcome.problem or 'every test passes'}"
    seen = noticed_by if outcome.test else unnoticed
    return f"{verdict.seconds:5.1f} s  {verdict.mutation.name:58} {seen}"


def main() -> None:
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mutation for mutation in MUTATIONS if part in mutation.name]
    sys.exit(0 if chosen and try_all(chosen) else 1)


if __name__ == "__main__":
    main()
