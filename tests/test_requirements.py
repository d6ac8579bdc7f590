"""The table of requirements names what is really there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs/requirements.md").read_text(encoding="utf-8")
LAST = 50
#: `number | asked for | state | where | tests`, as the tables of the page have them.
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if re.match(r"\| \d", line)
]
STATES = ("done", "partly", "not yet", "for people")
NAMED = sorted(
    set(re.findall(r"`((?:bot|flows|locales|tests|docs|deploy)/[^`\s]*)`", TABLE))
)


@cache
def names_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    made = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, made))


def test_each_requirement_has_a_row_in_order() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, LAST + 1))
    assert {len(row) for row in ROWS} == {5}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_says_how_it_stands_where_and_by_which_test(row: list[str]) -> None:
    _, asked_for, state, where, tests = row
    assert asked_for
    assert where
    assert state.startswith(STATES), f"{state!r} is none of {STATES}"
    assert "tests/" in tests or state.startswith("for people")
    if not state.startswith("done"):
        assert len(state) > len("for people: "), "what is missing is said"


@pytest.mark.parametrize("named", NAMED)
def test_what_is_named_exists(named: str) -> None:
    path, _, test = named.partition("::")
    assert (ROOT / path).exists()
    if test:
        assert test in names_in(ROOT / path)


def test_a_text_that_is_named_stands_in_its_file() -> None:
    texts = re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)` in `(locales/[^`]+)`", TABLE)
    assert texts
    for message_id, path in texts:
        words = (ROOT / path).read_text(encoding="utf-8")
        assert f'msgid "{message_id}"' in words, message_id
