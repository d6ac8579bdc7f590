"""A story with captions and commands, which goes on only when somebody asks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from playwright.async_api import expect

from bot.simulator.story import Command, Stage, Story, StoryStep
from tests.simulator.test_story import SCRIPT
from tests.simulator.visitor import Visitor

_LONG = (
    "consent record {case} --who holder:2 --answer given --method phone "
    "--date 2026-12-01 --by Birgit --language da --purpose data_notice"
)
_SCRIPT_TOLD = (
    replace(SCRIPT[0], caption="simulator.story.team"),
    replace(SCRIPT[1], caption="simulator.story.victim.arrives"),
    SCRIPT[2],
    StoryStep("coordinator", Command(_LONG), caption="simulator.story.desk.father"),
    StoryStep("coordinator", Command(_LONG)),
    SCRIPT[4],
)


async def _prepare(language: str) -> Stage:
    letters = {"victim": "VICTIM", "offender": "OFFENDER", "mediator": "MEDIATOR"}
    return Stage(letters, {"case": "KR-0042", "language": language})


async def _desk(words: Sequence[str]) -> None:
    assert words


#: Only whoever asks for the next step gets on: nobody waits for the pauses here.
TOLD: Final = {"adults": Story(_prepare, _SCRIPT_TOLD, _desk, pace_ms=60_000)}


async def steps(visitor: Visitor, label: str, *until: str) -> None:
    """Press *one step* again and again, each time until the page tells where it is."""
    for told in until:
        await visitor.tap(visitor.page, label)
        await expect(visitor.page.get_by_text(told)).to_be_visible()
