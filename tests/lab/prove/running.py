"""Run tests in a copy of the tree, each time as if the program had just been started.

The libraries are imported once, and each run is a fork of that: a process of its own
into which the copy's modules are read for the first time.
"""

import importlib
import io
import os
import sys
from collections.abc import Generator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import pytest

#: What a copy brings along, and must not find imported.
_OURS: Final = ("bot", "flows", "tests")
#: Seconds that people in talks wait for what a broken program will not say.
_WAIT: Final = "4"
#: Seconds after which a run that hangs counts as noticed by nobody.
_PATIENCE: Final = 300
#: What takes longest to import; the program and the tests need them all.
_LIBRARIES: Final = (
    "alembic.command",
    "babel.messages.pofile",
    "cryptography.hazmat.primitives.ciphers.aead",
    "hypothesis.stateful",
    "psycopg",
    "pytest_asyncio.plugin",
    "rich.table",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.orm",
    "starlette.applications",
    "telegram.ext",
    "transitions",
    "typer",
)
_OPTIONS: Final = (
    "-x",
    "-q",
    "--tb=no",
    "--no-header",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    # The libraries are there already, and hold no checks of ours.
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
#: A test that fails with one of these has met a broken program, not a broken rule.
_ACCIDENTS: Final = (
    AttributeError,
    FileNotFoundError,
    ImportError,
    NameError,
    SyntaxError,
    TypeError,
)


@dataclass(frozen=True)
class Outcome:
    """Which test failed first, by which check; or why that cannot be said."""

    test: str | None = None
    error: str | None = None
    problem: str | None = None


class _Watch:
    """Keeps the first failure of a run."""

    def __init__(self) -> None:
        self.outcome = Outcome()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Look at what a test raised, before it becomes text."""
        report = yield
        if report.failed and self.outcome == Outcome():
            assert call.excinfo is not None
            self.outcome = _failed(item, call.when, call.excinfo.value)
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.outcome == Outcome():
            self.outcome = Outcome(problem=f"{report.nodeid} cannot be read")


def _failed(item: pytest.Item, when: str, error: BaseException) -> Outcome:
    name = item.nodeid.rpartition("/")[2]
    what = type(error).__name__
    if when == "call" and not _is_accident(error):
        return Outcome(test=name, error=what)
    return Outcome(problem=f"{name} breaks ({when}: {what})")


def _is_accident(error: BaseException) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(map(_is_accident, error.exceptions))
    return isinstance(error, _ACCIDENTS)


def prepare() -> None:
    """Import what every run needs and no mutation touches."""
    for name in _LIBRARIES:
        importlib.import_module(name)


def first_failure(
    tree: Path, tests: Sequence[str], *, keeps_bytecode: bool = False
) -> Outcome:
    """Run tests in a tree until one fails; the first failure counts."""
    context = get_context("fork")
    told, tells = context.Pipe(duplex=False)
    how = {"keeps_bytecode": keeps_bytecode}
    run = context.Process(target=_run, args=(tells, tree, tests), kwargs=how)
    run.start()
    tells.close()
    try:
        if not told.poll(_PATIENCE):
            return Outcome(problem=f"still running after {_PATIENCE} s")
        return Outcome(*told.recv())
    except EOFError:
        return Outcome(problem="the run ended before it told anything")
    finally:
        run.kill()
        run.join()


def _run(
    tells: Connection, tree: Path, tests: Sequence[str], *, keeps_bytecode: bool
) -> None:
    """Let the copy's modules be imported for the first time, and run its tests."""
    os.chdir(tree)
    os.environ["KONFLIKTRAAD_TEST_PATIENCE"] = _WAIT
    sys.dont_write_bytecode = not keeps_bytecode
    sys.path[:] = [str(tree), *(one for one in sys.path if not _is_ours(one))]
    for name in [name for name in sys.modules if name.partition(".")[0] in _OURS]:
        del sys.modules[name]
    watch, said = _Watch(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = pytest.main([*_OPTIONS, *tests], plugins=[watch])
    outcome = watch.outcome
    if outcome == Outcome() and code is not pytest.ExitCode.OK:
        outcome = Outcome(problem=f"pytest ends with {code}")
    # As plain words: the copy has classes of its own.
    tells.send((outcome.test, outcome.error, outcome.problem))


def _is_ours(entry: str) -> bool:
    return (Path(entry or ".") / "flows" / "__init__.py").is_file()


def dated(path: Path, kept: os.stat_result) -> None:
    """Give a file its time back, so that what was compiled of it counts again."""
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
