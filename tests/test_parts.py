"""The run tells what each part of the tests took, against what it may take."""

import pytest

from tests.plugins import parts

pytest_plugins = ["pytester"]

#: Without plugins that these runs do not need; one is read anew in each of them.
PARTS = ("-p", "tests.plugins.parts", "-p", "no:asyncio", "-p", "no:hypothesispytest")
WITH_PROPERTIES = PARTS[:-2]
SLOW = "import time\ndef test_it(): time.sleep(0.6)\n"
PROPERTY = (
    "from hypothesis import given, strategies\n"
    "@given(strategies.none())\n"
    "def test_it(found): ...\n"
)


def test_each_test_takes_its_time_from_the_part_of_its_folder(
    pytester: pytest.Pytester,
) -> None:
    folder = pytester.mkpydir("tests")
    for part in ("talks", "bot"):
        (folder / part).mkdir()
        (folder / part / "test_slow.py").write_text(SLOW, encoding="utf-8")
    result = pytester.runpytest(*PARTS, "--import-mode=importlib")
    assert result.ret is pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*1 of  40  talks", "*0 of  45  chaos"])
    result.stdout.fnmatch_lines(["*1 of  40  the rest"])


def test_of_two_tests_side_by_side_each_takes_half_of_the_time(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(test_one=SLOW, test_two=SLOW.replace("0.6", "1.2"))
    result = pytester.runpytest(*PARTS, "-n", "2")
    assert result.ret is pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*seconds by part, 2 tests side by side*"])
    result.stdout.fnmatch_lines(["*1 of  40  the rest (2 s of work)"])


def test_what_takes_too_long_is_named(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "REST", parts.Part("the rest", 0, ()))
    pytester.makepyfile(SLOW)
    result = pytester.runpytest(*PARTS)
    assert result.ret is pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["*1 of   0  the rest  MORE THAN IT MAY TAKE"])


def test_a_property_is_a_part_of_its_own(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def part_of(report: pytest.TestReport) -> parts.Part:
        seen.append(found := real(report))
        return found

    real = parts.part_of
    monkeypatch.setattr(parts, "part_of", part_of)
    pytester.makepyfile(PROPERTY)
    pytester.runpytest(*WITH_PROPERTIES)
    assert set(seen) == {parts.HYPOTHESIS}
