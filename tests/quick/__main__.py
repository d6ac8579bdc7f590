"""`python -m tests.quick`: check a change within a minute; the rest is `make test`."""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.quick.touched import ROOT, touched_tests

#: Seconds after which no test begins any more: what runs then is to end within 60.
BEGINS_WITHIN: Final = 50.0
#: Seconds that are needed until the first of some more tests begins.
STARTS_WITHIN: Final = 12.0
#: What belongs to every run, after tests that were changed themselves.
ALWAYS: Final = ("tests/flows", "tests/texts")
#: So many files of tests, those nearest to a change, come right after it.
NEAREST: Final = 8

#: What pytest ends with where no test has run.
NO_TIME: Final = 5
_BIN: Final = Path(sys.executable).parent
STATIC: Final[dict[str, tuple[str, ...]]] = {
    "ruff format": ("ruff", "format", "--check"),
    "ruff check": ("ruff", "check"),
    "lint-imports": ("lint-imports",),
    "flows check": ("konfliktraad", "flows", "check"),
    "texts report": ("konfliktraad", "texts", "report", "--check"),
    "mypy": ("mypy",),
}


def main(arguments: Sequence[str]) -> int:
    """Run everything, the tests beside the static checks; 0 if all is well."""
    begun = time.time()
    until = begun + BEGINS_WITHIN
    with ThreadPoolExecutor(1) as beside:
        static = [beside.submit(_is_well, *check) for check in STATIC.items()]
        changed, first, others = in_order(touched_tests())
        # A call of their own: within another folder that is named they would wait.
        well = [_pass(changed, float("inf"), arguments)] if changed else []
        well.append(_pass(first, until, arguments))
        if time.time() < until - STARTS_WITHIN:
            well += [_pass(others, until, arguments)] if others else []
        else:
            _tell_of(others)
        well += [check.result() for check in static]
    print(f"\n{time.time() - begun:5.1f} s  all")  # noqa: T201 - the report
    return 0 if all(well) else 1


def in_order(
    touched: Sequence[tuple[int, str]],
) -> tuple[list[str], list[str], list[str]]:
    """Say which tests were changed, which follow, and which do if there is time."""
    changed = [path for distance, path in touched if not distance]
    whole = sorted(str(p.relative_to(ROOT)) for p in ROOT.glob("tests/test_*.py"))
    always = [*ALWAYS, *(path for path in whole if path not in changed)]
    known = (*changed, *always)
    others = [p for _, p in touched if not p.startswith(known)]
    return changed, always + others[:NEAREST], others[NEAREST:]


def _pass(paths: Sequence[str], until: float, arguments: Sequence[str]) -> bool:
    """Run tests in this order, as many as can begin until then, and at least one."""
    plugin = ("-p", "tests.plugins.deadline", f"--until={until}")
    command = [sys.executable, "-m", "pytest", "-q", *plugin, *arguments, *paths]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code == NO_TIME:
        print("No test had time to begin: run it again, or make test.")  # noqa: T201 - likewise
    return code == 0


def _tell_of(files: Sequence[str]) -> None:
    """Tell which tests depend on a change and were not even read."""
    if files:
        said = f"{len(files)} more files of tests depend on this change: make test"
        print("", said, *(f"  {path}" for path in files), sep="\n")  # noqa: T201 - likewise


def _is_well(name: str, command: Sequence[str]) -> bool:
    """Run a static check; what it says is printed only if it is not content."""
    begun = time.time()
    ran = subprocess.run(
        [_BIN / command[0], *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    said = f"{ran.stdout}\n{name} FAILED" if ran.returncode else name
    print(f"\n{time.time() - begun:5.1f} s  {said}", flush=True)  # noqa: T201 - likewise
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
