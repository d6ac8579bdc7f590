"""A story is watched: begun, held, followed on the phones, and left."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Page, Route, expect

from bot.simulator.faults import FaultKind
from bot.simulator.world import World
from tests.simulator.told import TOLD, steps
from tests.simulator.visitor import NARROW, WIDE, Visiting

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

#: Widths between a phone and a big screen: there the bar is the fullest.
BETWEEN = (720, 820, 1024, 1280)


async def test_a_story_is_held_and_taken_step_by_step(visiting: Visiting) -> None:
    async with visiting(WIDE, stories=TOLD) as visitor:
        page, sofie = visitor.page, visitor.phone("Forurettede")
        await visitor.tap(page, "Afspil")
        await expect(page.get_by_text("Trin 1 af 6: Karen")).to_be_visible()
        await visitor.tap(page, "Pause")
        await expect(page.get_by_text("Pause ved trin 1 af 6")).to_be_visible()
        await steps(visitor, "Et trin", "Pause ved trin 2 af 6")
        offered = sofie.get_by_role("log").get_by_role("button", name="Send")
        await expect(offered).to_be_visible()
        slowly = page.get_by_role("button", name="Langsomt")
        await slowly.click()
        await expect(slowly).to_have_attribute("aria-pressed", "true")
        await visitor.tap(page, "Spil videre")
        await expect(page.get_by_text("Trin 3 af 6: Sofie")).to_be_visible()


async def test_who_is_quicker_than_the_page_still_sees_the_story(
    visiting: Visiting,
) -> None:
    """Until the page knows what there is to play, nothing can be begun."""

    async def late(route: Route) -> None:
        await asyncio.sleep(0.5)
        await route.continue_()

    async with visiting(WIDE, stories=TOLD) as visitor:
        await visitor.page.route("**/sim/state", late)
        await visitor.page.reload()
        await visitor.tap(visitor.page, "Afspil")
        await expect(visitor.page.get_by_text("Trin 1 af 6: Karen")).to_be_visible()


async def test_a_tap_on_a_locked_phone_does_not_harm_the_story(
    visiting: Visiting,
) -> None:
    """It is told why; whoever stops the story goes on by hand."""
    async with visiting(WIDE, stories=TOLD) as visitor:
        page, sofie = visitor.page, visitor.phone("Forurettede")
        await visitor.tap(page, "Afspil")
        await steps(visitor, "Et trin", "Pause ved trin 2 af 6")
        offered = sofie.get_by_role("log").get_by_role("button", name="Send")
        await expect(offered).to_be_disabled()
        await expect(sofie.get_by_role("textbox")).to_be_hidden()
        await offered.click(force=True)
        told = page.get_by_role("alert")
        await expect(told).to_contain_text("Telefonerne er låst, mens historien spill")
        await steps(visitor, "Et trin", "Pause ved trin 3 af 6")
        await expect(sofie.get_by_text("Trin 1 af 2: Send")).to_be_visible()

        await visitor.tap(page, "Stop")
        await expect(page.locator("#told")).to_have_text(re.compile("^Historien er st"))
        await visitor.write(sofie, "Hej")
        await expect(sofie.get_by_text("Hej", exact=True)).to_have_count(2)
        letter = visitor.phone("Gerningsperson").get_by_role(
            "button", name="Åbn brevet"
        )
        await expect(letter).to_be_visible()


async def test_the_captions_follow_the_story(visiting: Visiting) -> None:
    """They stand beside the phone on which something happens; commands are folded."""
    async with visiting(WIDE, "en", TOLD) as visitor:
        page = visitor.page
        sofie, birgit = visitor.phone("Victim"), visitor.phone("Coordinator")
        await visitor.tap(page, "Play")
        first = visitor.phone("Mediator").get_by_text("Karen and Ahmed work in the")
        await expect(first).to_be_visible()
        await steps(visitor, "One step", "Paused at step 2 of 6")
        await expect(sofie.get_by_text("Sofie has received a letter.")).to_be_visible()
        await expect(first).to_be_hidden()
        elsewhere = visitor.phone("Mediator").get_by_text(
            "Sofie has received a letter."
        )
        await expect(elsewhere).to_have_count(0)
        await steps(visitor, "One step", "Paused at step 3 of 6", "Paused at step 4")
        await expect(birgit.get_by_text("The father has no Telegram.")).to_be_visible()
        typed = page.get_by_text("konfliktraad consent record KR-0042")
        await expect(typed).to_be_hidden()
        await page.get_by_text("For technicians").click()
        await expect(typed).to_be_visible()
        await page.set_viewport_size({"width": BETWEEN[0], "height": 760})
        assert await rows(typed) == [1]


async def rows(shown: Locator) -> list[int]:
    """Count the lines over which each of these is spread."""
    spread: list[int] = await shown.evaluate_all(
        "nodes => nodes.map(node => node.getClientRects().length)"
    )
    return spread


async def test_in_between_the_acting_phone_is_seen(visiting: Visiting) -> None:
    """Also at the coordinator's commands, and the bar keeps to one row."""
    async with visiting(WIDE, stories=TOLD) as visitor:
        page = visitor.page
        await visitor.tap(page, "Afspil")
        await steps(visitor, "Et trin", "trin 2 af", "trin 3 af", "trin 4 af", "trin 5")
        await page.get_by_text("For teknikere").click()
        for width in BETWEEN:
            await page.set_viewport_size({"width": width, "height": 760})
            assert await one_row(page), width
            await expect(visitor.phone("Koordinator")).to_be_in_viewport(ratio=0.6)
            frame = await page.locator(".acting .frame").bounding_box()
            assert frame, width
            assert frame["height"] > 400, width
            assert frame["y"] + frame["height"] <= 760, width
        await visitor.tap(page, "Stop")
        for width in BETWEEN:
            await page.set_viewport_size({"width": width, "height": 760})
            assert await one_row(page), width


async def one_row(page: Page) -> bool:
    """Tell whether nothing in the bar has gone to a second row, or over the edge."""
    await expect(page.locator(".bar")).to_be_visible()
    bar = await page.locator(".bar").bounding_box()
    wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return bar is not None and bar["height"] < 70 and wide <= 0


async def test_nobody_s_work_is_erased_unasked(visiting: Visiting) -> None:
    async with visiting(WIDE, stories=TOLD) as visitor:
        page, sofie = visitor.page, visitor.phone("Forurettede")
        menu = page.get_by_role("dialog", name="Vil du begynde forfra?")
        await visitor.tap(sofie, "Start")
        await visitor.write(sofie, "Hej")
        await visitor.tap(page, "Afspil")
        await visitor.tap(menu, "Nej, behold det")
        await expect(sofie.get_by_text("Hej", exact=True)).to_have_count(2)
        await visitor.tap(page, "Breve og fejl")
        await visitor.tap(page, "Begynd forfra")
        await visitor.tap(menu, "Ja, begynd forfra")
        await expect(sofie.get_by_text("Hej", exact=True)).to_have_count(0)
        # Now there is nothing to be lost, so nothing is asked.
        await visitor.tap(page, "Afspil")
        await expect(page.get_by_text("Trin 1 af 6: Karen")).to_be_visible()
        await expect(menu).to_be_hidden()


async def test_a_fault_is_marked_until_it_is_switched_off(
    world: World, visiting: Visiting
) -> None:
    async with visiting(NARROW, "en") as visitor:
        page = visitor.page
        mark = page.get_by_text("Faults switched on: The call is lost")
        await expect(page.get_by_role("heading", name="Konfliktråd")).to_be_visible()
        await expect(mark).to_be_hidden()
        await visitor.tap(page, "Letters and faults")
        switch = page.get_by_role("button", name=re.compile("^The call is lost: on,"))
        await switch.click()
        await visitor.tap(page, "Letters and faults")
        await expect(mark).to_be_visible()
        assert world.faults.active(FaultKind.LOST_REQUEST)
        await visitor.tap(page, "Switch off")
        await expect(mark).to_be_hidden()
        assert not world.faults.all()


async def test_a_newcomer_is_told_what_this_is(visiting: Visiting) -> None:
    """Who the people are, and on every screen that nothing is real."""
    async with visiting(NARROW, stories=TOLD) as visitor:
        page, sofie = visitor.page, visitor.phone("Forurettede")
        unreal = page.get_by_text("Øvelse: intet her er virkeligt")
        title = page.get_by_role("heading", name="Følg en sag fra brev til mægler")
        await expect(sofie).to_be_visible()
        await expect(title).to_be_hidden()
        await expect(unreal).to_be_in_viewport()
        await page.get_by_role("link", name="Konfliktråd").click()
        await expect(sofie).to_be_hidden()
        await expect(title).to_be_in_viewport()
        await expect(unreal).to_be_in_viewport()
        people = page.get_by_role("list").first.get_by_role("listitem")
        await expect(people).to_have_count(6)
        await expect(people.first).to_contain_text("Sofie")
        await page.get_by_role("link", name="Brug selv telefonerne").click()
        await expect(sofie).to_be_visible()
        await page.go_back()
        await expect(title).to_be_visible()


async def test_one_big_button_begins_the_story(visiting: Visiting) -> None:
    async with visiting(NARROW, stories=TOLD) as visitor:
        page = visitor.page
        await page.get_by_role("link", name="Konfliktråd").click()
        play = page.get_by_role("button", name="Afspil")
        await expect(play).to_be_in_viewport()
        box = await play.bounding_box()
        assert box
        assert box["height"] >= 48
        await play.click()
        await expect(visitor.phone("Mægler")).to_be_visible()
        await expect(page.get_by_role("button", name="Pause")).to_be_focused()


async def test_what_is_long_opens_at_its_top(visiting: Visiting) -> None:
    async with visiting(NARROW) as visitor:
        page, karen = visitor.page, visitor.phone("Mægler")
        await visitor.tap(page, "Vis telefonen: Mægler")
        await visitor.tap(karen, "Start")
        await visitor.write(karen, "Navn: Sofie. " * 90)
        answer, log = karen.locator(".bubble.bot").last, karen.get_by_role("log")
        await expect(answer).to_contain_text("Navn: Sofie.")
        for height in (740, 600):
            await page.set_viewport_size({"width": NARROW[0], "height": height})
            card, place = await answer.bounding_box(), await log.bounding_box()
            assert card
            assert place
            assert card["height"] > place["height"]
            assert 0 <= card["y"] - place["y"] < 30


async def test_a_number_stays_on_one_line(visiting: Visiting) -> None:
    async with visiting(NARROW) as visitor:
        page, sofie = visitor.page, visitor.phone("Forurettede")
        await visitor.tap(sofie, "Start")
        await visitor.write(sofie, "Ring 20 16 38 47 om sag KR-AB12CD " * 8)
        numbers = sofie.locator(".bubble .whole")
        await expect(numbers).to_have_count(32)
        for width in (360, 820, 1440):
            await page.set_viewport_size({"width": width, "height": 740})
            assert {*await rows(numbers)} == {1}
