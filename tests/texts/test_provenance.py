"""The table of what may act, by where a message comes from, shows what the code does.

To write it anew: WRITE_SCRIPTS=1 python -m pytest tests/texts/test_provenance.py
"""

import os
import re
from pathlib import Path
from typing import Final

from flows.rules.provenance import MAY, Origin

PAGE: Final = Path(__file__).parents[2] / "docs" / "dialogues.md"
ROWS: Final = re.compile(
    r"(?<=^\|---\|---\|---\|---\|---\|---\|\n).*?\n(?=\n)", re.MULTILINE | re.DOTALL
)
WHAT: Final = {
    Origin.OWN: "own fresh words, to the open question or to nothing",
    Origin.EARLY: "own words before the question, or too soon to have read it",
    Origin.SCHEDULED: "own words that the phone sent at a time set before",
    Origin.ELSEWHERE: "own words, as a reply to something else",
    Origin.EDITED: "own words that take the place of others",
    Origin.FORWARDED: "words that were sent on",
    Origin.THROUGH_BOT: "words that a bot or an app has written",
}


def row(origin: Origin) -> str:
    may = MAY[origin]
    stop = "acts" if may.stops_at_once else "asks"
    opens, counts = ("yes" if one else "no" for one in (may.opens, may.answers))
    instead = f"`{may.instead}`" if may.instead else ""
    return f"| {origin} | {WHAT[origin]} | {stop} | {opens} | {counts} | {instead} |\n"


def test_the_table_shows_what_may_act() -> None:
    written, page = "".join(map(row, Origin)), PAGE.read_text(encoding="utf-8")
    if os.environ.get("WRITE_SCRIPTS"):
        page = ROWS.sub(lambda _: written, page, count=1)
        PAGE.write_text(page, encoding="utf-8")
    assert ROWS.findall(page)[:1] == [written], (
        f"If the change is meant, write {PAGE.name} anew with WRITE_SCRIPTS=1."
    )


def test_there_is_a_rule_for_every_origin_and_only_own_fresh_words_answer() -> None:
    assert set(MAY) == set(Origin)
    assert [origin for origin, may in MAY.items() if may.answers] == [Origin.OWN]
    assert all(may.instead for origin, may in MAY.items() if not may.answers)
