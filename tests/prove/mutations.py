"""Break the program on purpose, once a line, and see a named test fail each time.

    python -m tests.prove.mutations [PART OF A NAME]

Each mutation is applied to a copy of the tree; two copies are tried side by side. One
that no longer applies, or that no test notices, is an error.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import Final

from tests.prove.mutants import MUTATIONS, Mutation

_ROOT: Final = Path(__file__).parents[2]
_COPIED: Final = ("bot", "flows", "locales", "tests", "pyproject.toml")
#: What pytest ends with when tests have failed, and nothing else went wrong.
_FAILED: Final = 1
_SIDE_BY_SIDE: Final = 2
#: Seconds after which a mutation that hangs counts as noticed by nobody.
_PATIENCE: Final = 300


class NotApplicable(Exception):
    """A mutation is written for a program that is no more."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutation, and in how many seconds."""

    mutation: Mutation
    test: str | None
    seconds: float


def tried(tree: Path, mutation: Mutation) -> Verdict:
    """Apply a mutation, run its tests, and take it back."""
    path, began = tree / mutation.file, time.monotonic()
    source = path.read_text(encoding="utf-8")
    if source.count(mutation.old) != 1:
        raise NotApplicable(
            f"{mutation.name}: {mutation.file} holds it {source.count(mutation.old)} "
            "times and not once; write the mutation anew."
        )
    path.write_text(source.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        test = _first_failure(tree, mutation.tests)
    finally:
        path.write_text(source, encoding="utf-8")
    return Verdict(mutation, test, time.monotonic() - began)


def _first_failure(tree: Path, tests: Sequence[str]) -> str | None:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    try:
        run = subprocess.run(
            [*command, "--no-header", "--tb=no", *tests],
            cwd=tree,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    failed = [line for line in run.stdout.splitlines() if line.startswith("FAILED ")]
    if run.returncode != _FAILED or not failed:
        return None
    return failed[0].removeprefix("FAILED ").partition(" - ")[0].rpartition("/")[2]


@contextmanager
def _copies() -> Iterator[SimpleQueue[Path]]:
    trees: SimpleQueue[Path] = SimpleQueue()
    with TemporaryDirectory(prefix="mutations_") as folder:
        for n in range(_SIDE_BY_SIDE):
            tree = Path(folder) / str(n)
            tree.mkdir()
            for name in _COPIED:
                _copy(_ROOT / name, tree / name)
            trees.put(tree)
        yield trees


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        shutil.copy(source, target)
    else:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, ignore=left_out)


def try_all(mutations: Sequence[Mutation]) -> bool:
    """Try them all, print the table, and tell whether each was noticed."""
    began = time.monotonic()
    with _copies() as trees, ThreadPoolExecutor(_SIDE_BY_SIDE) as both:

        def judge(mutation: Mutation) -> Verdict:
            tree = trees.get()
            try:
                return tried(tree, mutation)
            finally:
                trees.put(tree)

        noticed = 0
        for verdict in both.map(judge, mutations):
            noticed += verdict.test is not None
            seen = verdict.test or "NOBODY NOTICES IT"
            line = f"{verdict.seconds:5.1f} s  {verdict.mutation.name:58} {seen}\n"
            sys.stdout.write(line)
            sys.stdout.flush()
    seconds = time.monotonic() - began
    sys.stdout.write(
        f"{noticed} of {len(mutations)} mutations make a test fail; {seconds:.0f} s.\n"
    )
    return noticed == len(mutations)


def main() -> None:
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mutation for mutation in MUTATIONS if part in mutation.name]
    sys.exit(0 if chosen and try_all(chosen) else 1)


if __name__ == "__main__":
    main()
