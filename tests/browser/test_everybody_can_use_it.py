"""News is read aloud, in the language in which it is written; see the axe test too."""

import pytest
from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_is_new_is_read_aloud(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url)
    sofie = visitor.phone("Forurettede")
    await sofie.taps("Åbn brevet")
    await sofie.hears("Er brevet til dig?")
    await expect(sofie.chat).to_have_attribute("aria-live", "polite")
    await expect(sofie.chat).to_have_attribute("lang", "da")
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "da")
    await visitor.taps("English")
    await expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    await expect(visitor.phone("Victim").chat).to_have_attribute("lang", "da")
