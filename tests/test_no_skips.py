"""In CI a test that did not run is a failure, whatever kept it from running."""

import pytest

pytest_plugins = ["pytester"]

#: Without plugins that these runs do not need; one is read anew in each of them.
WITHOUT = ("-p", "no:asyncio", "-p", "no:hypothesispytest")
NO_SKIPS = ("-p", "tests.plugins.no_skips", *WITHOUT)


@pytest.mark.parametrize(
    "body",
    [
        "import pytest\ndef test_it(): pytest.skip('no browser')",
        "import pytest\npytest.skip('no browser', allow_module_level=True)",
        "import pytest\n@pytest.mark.skip\ndef test_it(): ...\ndef test_b(): ...",
    ],
)
def test_a_skipped_test_turns_the_run_red(pytester: pytest.Pytester, body: str) -> None:
    pytester.makepyfile(f"{body}\n", test_other="def test_that_passes(): ...\n")
    result = pytester.runpytest(*NO_SKIPS)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["did not run, which CI refuses: *"])


def test_a_test_left_out_by_name_turns_the_run_red(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_a(): ...\ndef test_b(): ...\n")
    result = pytester.runpytest(*NO_SKIPS, "-k", "not test_b")
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_what_is_left_out_in_a_process_that_shares_the_tests_is_told(
    pytester: pytest.Pytester,
) -> None:
    body = "import pytest\npytest.skip('no browser', allow_module_level=True)\n"
    both = "def test_a(): ...\ndef test_b(): ...\n"
    pytester.makepyfile(test_skipped=body, test_pair=both)
    result = pytester.runpytest(*NO_SKIPS, "-n", "1", "-k", "not test_b")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    refused = "did not run, which CI refuses: "
    result.stdout.fnmatch_lines(
        [f"{refused}test_pair.py::test_b", f"{refused}test_skipped.py"]
    )


def test_a_run_in_which_everything_ran_stays_green(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import pytest\n"
        "def test_a(): ...\n"
        "@pytest.mark.xfail\ndef test_known_fault(): assert False\n"
    )
    assert pytester.runpytest(*NO_SKIPS).ret == pytest.ExitCode.OK
