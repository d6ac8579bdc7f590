"""axe finds nothing that keeps anybody out of the page, however it is looked at."""

from importlib.resources import files
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from tests.simulator.told import TOLD, steps
from tests.simulator.visitor import NARROW, Visiting

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
#: WCAG 2.2 AA, and what axe's makers recommend.
RUN = """
async () => {
  const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const runOnly = { type: "tag", values: [...levels, "best-practice"] };
  const found = await axe.run({ runOnly, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}
"""

Scheme = Literal["light", "dark"]
DA_LIGHT: tuple[tuple[str, Scheme], ...] = (("Dansk", "light"), ("English", "dark"))
DA_DARK: tuple[tuple[str, Scheme], ...] = (("Dansk", "dark"), ("English", "light"))


async def violations(page: Page, looks: tuple[tuple[str, Scheme], ...]) -> list[str]:
    """Look at the page in each language and scheme."""
    found = []
    for language, scheme in looks:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.get_by_role("button", name=language).click()
        lang = {"Dansk": "da", "English": "en"}[language]
        await expect(page.locator("html")).to_have_attribute("lang", lang)
        found += [f"{language}, {scheme}: {one}" for one in await page.evaluate(RUN)]
    return found


@pytest.mark.parametrize(
    ("width", "looks"),
    [(360, DA_LIGHT), (820, DA_DARK), (1024, DA_LIGHT), (1440, DA_DARK)],
)
async def test_axe_finds_nothing(
    visiting: Visiting, width: int, looks: tuple[tuple[str, Scheme], ...]
) -> None:
    """On the first screen, and with all that can be open while a story is played."""
    async with visiting((width, 800), "en", TOLD) as visitor:
        page = visitor.page
        await page.evaluate(AXE)
        await page.get_by_role("link", name="Konfliktråd").click()
        assert await violations(page, looks) == []
        await visitor.tap(page, "Play")
        await steps(visitor, "One step", "step 2 of", "step 3 of", "step 4 of")
        await page.get_by_text("For technicians").click()
        await visitor.tap(page, "Letters and faults")
        await visitor.tap(page, "The same update twice: once")
        await expect(page.get_by_text("Faults switched on:")).to_be_visible()
        assert await violations(page, looks) == []


async def test_axe_finds_nothing_on_a_narrow_phone_and_in_its_menu(
    visiting: Visiting,
) -> None:
    """On a narrow screen the panel, which is looked at above, covers the phones."""
    async with visiting(NARROW, "en") as visitor:
        page, sofie = visitor.page, visitor.phone("Victim")
        await page.emulate_media(reduced_motion="reduce")  # no message half faded in
        await page.evaluate(AXE)
        await visitor.tap(sofie, "Start")
        await expect(sofie.get_by_role("textbox")).to_be_visible()
        assert await page.evaluate(RUN) == []
        await visitor.tap(sofie, "Send something else")
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await page.evaluate(RUN) == []
