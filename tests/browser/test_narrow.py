"""On a narrow phone there is one phone at a time, and every button can be hit."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.demo import Demo
from tests.browser.visitor import ARRIVAL, SAFETY, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

WIDTH = 360
#: Pixels that a thumb needs.
LOWEST = 40

SMALL = Path(__file__).with_name("small.js").read_text(encoding="utf-8")


async def fits(page: Page) -> None:
    """Nothing goes over the edge, and nothing is too small to be hit."""
    assert await page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    wider = "chats => chats.filter(chat => chat.scrollWidth > chat.clientWidth).length"
    assert await page.locator(".log").evaluate_all(wider) == 0
    assert await page.evaluate(SMALL, LOWEST) == []


async def test_from_the_letter_to_interest(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url, width=WIDTH)
    sofie = visitor.phone("Forurettede")
    await fits(visitor.page)
    await sofie.taps("Åbn brevet")
    for question, label in ARRIVAL:
        await sofie.hears(question)
        await fits(visitor.page)
        await sofie.answers((question, label))
    await sofie.answers(("Vil du høre mere om at møde den anden?", "Ja"))
    for question, label in SAFETY:
        await sofie.hears(question)
        await fits(visitor.page)
        await sofie.answers((question, label))
    await sofie.hears("Hvad skal mægleren kalde dig?")
    await expect(sofie.said("Hvad skal mægleren").last).to_be_in_viewport()
    await fits(visitor.page)


async def test_the_first_screen_fits(visitor: Visitor, demo: Demo) -> None:
    await visitor.arrives(demo.url, width=WIDTH)
    await expect(visitor.page.get_by_role("button", name="Afspil")).to_be_in_viewport()
    await fits(visitor.page)


async def test_the_tabs_lead_to_the_other_phones(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url, width=WIDTH)
    sofie, jonas = visitor.phone("Forurettede"), visitor.phone("Gerningsperson")
    await sofie.taps("Åbn brevet")
    await visitor.taps("Vis telefonen: Gerningsperson")
    await expect(sofie.place).to_be_hidden()
    await jonas.taps("Åbn brevet")
    await jonas.hears("Er brevet til dig?")
    await visitor.taps(re.compile("^Vis telefonen: Forurettede"))
    await expect(jonas.place).to_be_hidden()
    await sofie.hears("Er brevet til dig?")


async def test_the_panel_fits_too(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url, width=WIDTH)
    await visitor.taps("Breve og fejl 5")
    await expect(visitor.page.get_by_role("heading", name="Breve")).to_be_visible()
    await fits(visitor.page)
