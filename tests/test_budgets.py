"""Modules and functions stay short enough to be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULE_LINES, TEST_LINES, FUNCTION_LINES = 300, 400, 40


def modules() -> Iterator[Path]:
    for folder in ("bot", "flows", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT)


@pytest.mark.parametrize("path", list(modules()), ids=str)
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    limit = TEST_LINES if path.parts[0] == "tests" else MODULE_LINES
    lines = len(source.splitlines())
    assert lines <= limit, f"{path} has {lines} lines, at most {limit}: split it"

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, (
                f"{path}:{node.lineno} {node.name} has {length} lines, "
                f"at most {FUNCTION_LINES}: give its parts names of their own"
            )
