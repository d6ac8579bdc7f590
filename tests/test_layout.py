"""What the repository itself promises to whoever clones it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-train.lock")
OURS = ("bot", "flows", "locales", "tests", "docs", "deploy", ".ci")
TEXT = {".py", ".po", ".md", ".toml", ".talk", ".txt", ".html", ".js", ".css"}
TEXT |= {".service", ""}
# Put together here, so that this file does not find itself.
LEFTOVER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.])/(work|root|home|Users)/\w")


def our_files() -> Iterator[Path]:
    """Every text file that we write, the locks left out."""
    yield from (path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"})
    yield ROOT / "Makefile"
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in TEXT:
                yield path


def places(pattern: re.Pattern[str]) -> list[str]:
    """Tell where a pattern stands in our files, as path:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in our_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.findall(r"\S*://\S*|^--\S*url.*|^--find-links.*", text, re.MULTILINE)
    assert not MACHINE_PATH.findall(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_in_a_lock_has_one_version_and_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    loose = [e.splitlines()[0] for e in entries if "==" not in e or "sha256:" not in e]
    assert not loose


def test_the_tests_run_the_versions_that_people_run() -> None:
    run, dev, train = (
        set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert not run - dev
    assert not run - train


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = tomllib.loads(text)
    names = [
        *wanted["project"]["dependencies"],
        *(name for group in wanted["dependency-groups"].values() for name in group),
    ]
    silent = [n for n in names if not re.search(rf'"{re.escape(n)}",\s+# \w', text)]
    assert not silent


def test_no_leftover_is_kept_in_a_comment() -> None:
    assert not places(LEFTOVER)


def test_nothing_points_at_the_machine_that_it_was_written_on() -> None:
    assert not places(MACHINE_PATH)
