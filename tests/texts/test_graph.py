"""The drawing of the dialogues shows what the code does.

To draw it anew: WRITE_SCRIPTS=1 python -m pytest tests/texts/test_graph.py
"""

import os
import re
from pathlib import Path

from flows import FLOWS
from flows.checks.script import graph

PAGE = Path(__file__).parents[2] / "docs" / "dialogues.md"
DRAWING = re.compile(r"(?<=^```mermaid\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def test_the_drawing_shows_every_dialogue_as_it_is() -> None:
    drawn, page = graph(FLOWS), PAGE.read_text(encoding="utf-8")
    if os.environ.get("WRITE_SCRIPTS"):
        page = DRAWING.sub(lambda _: drawn, page)
        PAGE.write_text(page, encoding="utf-8")
    assert DRAWING.findall(page) == [drawn], (
        f"If the change is meant, draw {PAGE.name} anew with WRITE_SCRIPTS=1."
    )
