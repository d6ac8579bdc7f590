"""Modules and functions stay short enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A module that is one thing need not be split for a few lines.
MODULE_LINES, TEST_LINES, FUNCTION_LINES = 350, 400, 40


def modules(folder: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT)


@pytest.mark.parametrize("folder", ["bot", "flows", "tests"])
def test_modules_are_short_and_so_are_their_functions(folder: str) -> None:
    found = list(modules(folder))
    assert found
    assert [fault for path in found for fault in faults(path)] == []


def faults(path: Path) -> Iterator[str]:
    source = (ROOT / path).read_text(encoding="utf-8")
    limit = TEST_LINES if path.parts[0] == "tests" else MODULE_LINES
    lines = len(source.splitlines())
    if lines > limit:
        yield f"{path} has {lines} lines, at most {limit}: split it"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield (
                    f"{path}:{node.lineno} {node.name} has {length} lines, "
                    f"at most {FUNCTION_LINES}: give its parts names of their own"
                )
