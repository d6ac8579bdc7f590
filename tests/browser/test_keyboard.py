"""Whoever uses no mouse gets as far as everybody else."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.demo import Demo
from tests.browser.visitor import ARRIVAL, SAFETY, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FOCUSED = """() => {
  const node = document.activeElement;
  return (node.getAttribute("aria-label") || node.textContent).trim();
}"""
#: So far apart may two things be that somebody uses one after the other.
MOST_TABS = 12


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    passed = []
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        passed.append(await page.evaluate(FOCUSED))
        if passed[-1] == name:
            return
    raise AssertionError(f"Tab does not lead to {name!r}, only to {passed}")


async def test_a_letter_is_answered_by_keyboard(visitor: Visitor, demo: Demo) -> None:
    await visitor.arrives(demo.url)
    page, keys = visitor.page, visitor.page.keyboard
    sofie = visitor.phone("Forurettede")
    await expect(page.get_by_role("button", name="Afspil")).to_be_enabled()
    await tab_to(page, "Gå til telefonerne")
    await keys.press("Enter")
    await expect(sofie.place.get_by_role("button", name="Åbn brevet")).to_be_visible()
    await tab_to(page, "Åbn brevet")
    await keys.press("Enter")

    interest = ("Vil du høre mere om at møde den anden?", "Ja")
    for question, label in (*ARRIVAL, interest, *SAFETY):
        await sofie.hears(question)
        await tab_to(page, label)
        await keys.press("Enter")

    await sofie.hears("Hvad skal mægleren kalde dig?")
    await tab_to(page, "Besked")
    await keys.type("Sofie")
    await keys.press("Enter")
    await sofie.hears("Hvilket nummer må mægleren ringe til?")
