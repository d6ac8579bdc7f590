"""Somebody at the page, which is served in this process with an echo bot behind it."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

from playwright.async_api import Browser, Locator, Page

from bot.catalogue import Catalogue
from bot.simulator.server import running
from bot.simulator.story import Story
from bot.simulator.world import World
from tests.simulator.echo import echoing
from tests.simulator.test_story import SCRIPT, prepare

WIDE: Final = (1280, 800)
NARROW: Final = (360, 740)
#: Longer than anything takes on a busy machine, in milliseconds.
PATIENCE_MS: Final = 30_000
USUAL: Final = {"adults": Story(prepare, SCRIPT, pace_ms=0, patience=20)}


@dataclass
class Visitor:
    """Somebody who looks at the page and knows phones by the role above them."""

    page: Page

    def phone(self, role: str) -> Locator:
        return self.page.get_by_role("region", name=re.compile(f"^{role},"))

    async def tap(self, place: Page | Locator, name: str) -> None:
        await place.get_by_role("button", name=name, exact=True).click()

    async def write(self, phone: Locator, text: str) -> None:
        await phone.get_by_role("textbox").fill(text)
        await phone.get_by_role("textbox").press("Enter")


#: Opens the page at a size, in a language.
Visiting: TypeAlias = Callable[..., AbstractAsyncContextManager[Visitor]]


@asynccontextmanager
async def visit(
    browser: Browser,
    world: World,
    catalogue: Catalogue,
    size: tuple[int, int] = WIDE,
    language: str = "da",
    stories: Mapping[str, Story] = USUAL,
) -> AsyncIterator[Visitor]:
    """Open the page in Chromium; any message on its console is a failure."""
    troubles: list[str] = []
    async with (
        running(world, catalogue=catalogue, stories=stories) as simulator,
        echoing(simulator, catalogue),
    ):
        page = await browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.on("console", lambda said: troubles.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.set_default_timeout(PATIENCE_MS)
        await page.goto(f"{simulator.url}/?lang={language}#phones")
        yield Visitor(page)
        await page.close()
    assert troubles == []
