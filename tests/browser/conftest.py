"""One demo and one Chromium for all; everybody gets a fresh page and fresh phones."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.demo import Demo, performing
from tests.browser.visitor import Visitor, listen
from tests.support.folders import folder_in_memory

CHROMIUM = "/usr/bin/chromium"
#: Longer than any turn of the bot takes on a busy machine, in milliseconds.
PATIENCE_MS = 30_000


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    with folder_in_memory() as folder, performing(folder) as running:
        yield running
        assert running.complaints() == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM)
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(chromium: Browser) -> AsyncIterator[Visitor]:
    """Whatever the page complains of is a failure."""
    page = await chromium.new_page(locale="da-DK", reduced_motion="reduce")
    page.set_default_timeout(PATIENCE_MS)
    troubles = listen(page)
    yield Visitor(page)
    # Closing cuts the line on which the page hears of changes.
    before_closing = list(troubles)
    await page.close()
    assert before_closing == []
