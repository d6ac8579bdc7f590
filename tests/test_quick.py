"""`make quick` runs what a change touches, and names what it had no time for."""

import time

import grimp
import pytest

from tests.quick.__main__ import ALWAYS, NEAREST, in_order
from tests.quick.touched import distances, import_graph, modules_of

pytest_plugins = ["pytester"]

#: Without plugins that these runs do not need; one is read anew in each of them.
DEADLINE = ("-p", "tests.plugins.deadline", "-p", "no:asyncio")
WITHOUT = (*DEADLINE, "-p", "no:hypothesispytest")
PAIR = "def test_a(): ...\ndef test_b(): ...\n"


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return import_graph()


def test_a_change_reaches_the_tests_that_import_it_nearest_first(
    graph: grimp.ImportGraph,
) -> None:
    far = distances(graph, ["tests.support.resident"])
    assert far["tests.support.resident"] == 0
    assert far["tests.talks.test_red_talks"] == 1
    assert far["tests.bot.cli.test_case"] > 1
    assert "tests.flows.test_days" not in far


def test_a_test_depends_on_the_fixtures_of_its_folder(graph: grimp.ImportGraph) -> None:
    far = distances(graph, ["tests.talks.conftest"])
    assert far["tests.talks.test_safety"] == 1
    assert "tests.simulator.test_kinds" not in far
    assert distances(graph, ["tests.conftest"])["tests.talks.test_safety"] == 1


def test_what_is_no_module_belongs_to_who_reads_it(graph: grimp.ImportGraph) -> None:
    known = graph.modules
    assert modules_of(["flows/engine.py"], known) == {"flows.engine"}
    assert modules_of(["bot/cli/__init__.py"], known) == {"bot.cli"}
    assert modules_of(["locales/da/a.po"], known) == {"bot.catalogue"}
    page = modules_of(["bot/simulator/page/a.js"], known)
    assert "bot.simulator.server" in page
    assert modules_of(["README.md", "bot/gone.py"], known) == set()


def test_changed_tests_come_first_then_those_of_every_run_then_the_nearest() -> None:
    days, changed = "tests/flows/test_days.py", "tests/talks/test_cpr.py"
    near = [(n, f"tests/talks/test_{n}.py") for n in range(1, NEAREST + 3)]
    own, first, others = in_order([(0, changed), (1, days), *near])
    assert own == [changed]
    assert first[: len(ALWAYS)] == [*ALWAYS]
    assert "tests/test_quick.py" in first
    assert first[-NEAREST:] + others == [path for _, path in near]
    assert len(others) == 2
    assert in_order([])[2] == []
    inside = in_order([(0, days)])
    assert inside[0] == [days], "also where a folder of every run holds it"


@pytest.mark.parametrize("side_by_side", [(), ("-n", "1")], ids=["alone", "workers"])
def test_what_had_no_time_is_named(
    pytester: pytest.Pytester, side_by_side: tuple[str, ...]
) -> None:
    pytester.makepyfile(test_pair=PAIR, test_one="def test_it(): ...\n")
    result = pytester.runpytest(*WITHOUT, *side_by_side, f"--until={time.time() - 1}")
    assert result.ret is pytest.ExitCode.NO_TESTS_COLLECTED
    result.stdout.fnmatch_lines(
        ["*3 more tests had no time: make test*", "*1  test_one.py", "*2  test_pair.py"]
    )


def test_who_had_time_is_not_named(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(PAIR)
    result = pytester.runpytest(*WITHOUT, f"--until={time.time() + 60}")
    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*had no time*")


def test_a_failure_before_the_end_stays_one(pytester: pytest.Pytester) -> None:
    slow = "import time\ndef test_a(): time.sleep(0.6); assert False\n"
    pytester.makepyfile(f"{slow}def test_b(): ...\n")
    result = pytester.runpytest(*WITHOUT, f"--until={time.time() + 0.5}")
    assert result.ret is pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*1 more tests had no time*"])
