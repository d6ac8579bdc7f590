"""Every control has a name, every word can be read, and news is read aloud."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CONTROLS = {"button", "link", "textbox", "region", "log", "progressbar", "dialog"} | {
    "combobox"
}

FAINT = Path(__file__).with_name("faint.js").read_text(encoding="utf-8")


async def nameless(page: Page) -> list[str]:
    """Ask Chromium what a screen reader would find without a name."""
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Accessibility.getFullAXTree")
    return [
        str(node)
        for node in tree["nodes"]
        if not node["ignored"] and node["role"]["value"] in CONTROLS
        if not node.get("name", {}).get("value", "").strip()
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_names_and_contrast(
    visitor: Visitor, demo: Demo, scheme: Literal["light", "dark"]
) -> None:
    page = visitor.page
    await page.emulate_media(color_scheme=scheme)
    await visitor.opens(demo.url)
    await visitor.taps("Breve og fejl 5")
    sofie = visitor.phone("Forurettede")
    await sofie.taps("Åbn brevet")
    await sofie.hears("Er brevet til dig?")
    assert await nameless(page) == []
    assert await page.evaluate(FAINT) == []
    await sofie.taps("Send noget andet")
    await expect(page.get_by_role("dialog", name="Send noget andet")).to_be_visible()
    assert await nameless(page) == []
    assert await page.evaluate(FAINT) == []


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
