"""The page is used as a newcomer would: with a mouse, a keyboard, a narrow screen."""

import re

import pytest
from playwright.async_api import Locator, expect

from bot.simulator.faults import FaultKind
from bot.simulator.world import ReadyLink, World
from tests.simulator.visitor import NARROW, WIDE, Visiting, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_talk_by_clicking(visiting: Visiting) -> None:
    """Start, tap, share the number, write: each shows on the phone."""
    async with visiting(WIDE) as visitor:
        phone = visitor.phone("Forurettede")
        await visitor.tap(phone, "Start")
        await phone.get_by_role("log").get_by_role("button", name="Send").click()
        await expect(phone.get_by_text("Trin 1 af 2: Send")).to_be_visible()
        await expect(phone.get_by_text("redigeret")).to_be_visible()
        below = phone.get_by_role("group", name="Knapper under samtalen")
        await visitor.tap(below, "Mit telefonnummer")
        await expect(phone.get_by_text("☎ +4520163847")).to_be_visible()
        await expect(phone.get_by_text("✓")).to_be_visible()
        await expect(below).to_be_hidden()
        await visitor.write(phone, "<b>Hej</b>")
        await expect(phone.get_by_text("<b>Hej</b>")).to_have_count(2)


async def test_a_link_opens_on_another_phone(world: World, visiting: Visiting) -> None:
    """From a message, after forwarding, and from a letter in the panel."""
    world.put_letter(ReadyLink("mediator", "26-0042", "MEDIATOR"))
    async with visiting(WIDE) as visitor:
        page, menu = visitor.page, visitor.page.get_by_role("dialog")
        await visitor.tap(page, "Breve og fejl 1")
        await visitor.tap(page, "Åbn brevet til Mægler på en telefon")
        await visitor.tap(menu, "Mægler, Karen")
        victim, mediator = visitor.phone("Forurettede"), visitor.phone("Mægler")
        await visitor.tap(victim, "Start")
        await visitor.write(victim, "Hej")
        silent = mediator.get_by_role("img", name="Sendt uden lyd")
        await expect(silent).to_be_visible()
        await mediator.get_by_text("Fra Sofie").hover()
        await mediator.get_by_role("button", name=re.compile("^Hvad kan")).last.click()
        await visitor.tap(menu, "Send videre til Koordinator, Birgit")
        coordinator = visitor.phone("Koordinator")
        await coordinator.get_by_role("button", name=re.compile("FRA_MIG")).click()
        await visitor.tap(menu, "Koordinator, Birgit (denne telefon)")
        await expect(coordinator.get_by_text("/start")).to_be_visible()
        start = coordinator.get_by_role("button", name="Start", exact=True)
        await expect(start).to_be_hidden()


async def test_what_is_protected_is_not_forwarded(visiting: Visiting) -> None:
    async with visiting(WIDE, "en") as visitor:
        phone = visitor.phone("Victim")
        await visitor.tap(phone, "Start")
        await visitor.write(phone, "* secret")
        lock = phone.get_by_role("img", name="Protected. Cannot be forwarded.")
        await expect(lock).to_be_visible()
        await phone.get_by_role("listitem").last.focus()
        await visitor.page.keyboard.press("Enter")
        menu = visitor.page.get_by_role("dialog")
        forward = menu.get_by_role("button", name="Forward to Mediator, Karen")
        await expect(forward).to_be_disabled()
        await visitor.tap(menu, "Delete for both")
        await expect(phone.get_by_text("* secret")).to_have_count(1)


async def test_by_keyboard_alone(visiting: Visiting) -> None:
    """Tab reaches what can be done, arrows go through the messages."""
    async with visiting(WIDE) as visitor:
        keys, phone = visitor.page.keyboard, visitor.phone("Forurettede")
        await phone.get_by_role("button", name="Start").focus()
        await keys.press("Enter")
        answer = phone.get_by_role("log").get_by_role("button", name="Send")
        await expect(answer).to_be_visible()
        await phone.get_by_role("log").focus()
        await keys.press("Tab")
        await keys.press("Enter")
        await expect(phone.get_by_text("Trin 1 af 2: Send")).to_be_visible()
        await expect(phone.get_by_role("log")).to_be_focused()
        await keys.press("ArrowUp")
        await expect(phone.get_by_role("listitem").last).to_be_focused()
        await keys.press("Enter")
        await expect(visitor.page.get_by_role("dialog")).to_be_visible()
        await keys.press("Escape")
        await expect(visitor.page.get_by_role("dialog")).to_be_hidden()


async def test_what_else_a_phone_can_send(visiting: Visiting) -> None:
    """A text of another chat, an album, a live location that moves by itself."""
    async with visiting(NARROW) as visitor:
        page, phone = visitor.page, visitor.phone("Forurettede")
        menu = page.get_by_role("dialog")
        await visitor.tap(phone, "Start")
        await expect(phone.get_by_role("log")).to_be_visible()
        await phone.get_by_role("textbox").fill("Nej")
        for label in ("Send teksten på en anden måde …", "Videresendt: fra en kanal"):
            await _chooses(visitor, phone, label)
        forwarded = phone.get_by_text("Videresendt fra Nyt fra kommunen")
        await expect(forwarded).to_be_visible()
        await expect(phone.get_by_text("Nej", exact=True)).to_have_count(2)
        await expect(phone.get_by_role("textbox")).to_have_value("")
        await _chooses(visitor, phone, "Et album med 3 billeder")
        await expect(phone.get_by_role("img", name="Et billede")).to_have_count(3)
        await page.clock.install()
        await _chooses(visitor, phone, "Hvor jeg er, mens jeg flytter mig")
        await expect(phone.get_by_role("img", name="Hvor jeg er")).to_be_visible()
        await page.clock.fast_forward(5_000)
        await expect(phone.get_by_text("redigeret")).to_be_visible()
        await _chooses(visitor, phone, "Vis ikke længere, hvor jeg er")
        await phone.get_by_role("button", name="Send noget andet").click()
        again = menu.get_by_role("button", name="Hvor jeg er, mens jeg flytter mig")
        await expect(again).to_be_visible()


async def _chooses(visitor: Visitor, phone: Locator, label: str) -> None:
    """Choose in the menu that is open, or in that of what else can be sent."""
    menu = visitor.page.get_by_role("dialog")
    if not await menu.is_visible():
        await phone.get_by_role("button", name="Send noget andet").click()
    await visitor.tap(menu, label)


async def test_a_reply_by_keyboard_until_one_thinks_better_of_it(
    visiting: Visiting,
) -> None:
    async with visiting(WIDE, "en") as visitor:
        keys, phone = visitor.page.keyboard, visitor.phone("Victim")
        await visitor.tap(phone, "Start")
        for last in ("Escape", "Enter"):
            await phone.locator(".bubble.bot").last.focus()
            # The first that can be done with a message is to reply.
            await keys.press("Enter")
            await keys.press("Enter")
            await expect(phone.get_by_text("Reply to: ")).to_be_visible()
            await keys.type("Certainly")
            await keys.press(last)
            await expect(phone.get_by_text("Reply to: ")).to_be_hidden()
        # The bot says it again, and does not reply.
        await expect(phone.get_by_text("Certainly")).to_have_count(2)
        await expect(phone.locator(".replied")).to_have_count(1)


async def test_a_change_by_keyboard(visiting: Visiting) -> None:
    async with visiting(WIDE, "en") as visitor:
        keys, phone = visitor.page.keyboard, visitor.phone("Victim")
        await visitor.tap(phone, "Start")
        await visitor.write(phone, "Certainly")
        await expect(phone.get_by_text("Certainly")).to_have_count(2)
        await phone.locator(".bubble.person").last.focus()
        await keys.press("Enter")
        menu = visitor.page.get_by_role("dialog")
        change = menu.get_by_role("button", name="Change", exact=True)
        await change.press("Enter")
        await expect(phone.get_by_role("textbox")).to_have_value("Certainly")
        await keys.press("End")
        await keys.type(" not")
        await keys.press("Enter")
        await expect(phone.get_by_text("Certainly not")).to_be_visible()
        await expect(phone.get_by_text("edited")).to_be_visible()


async def test_a_phone_without_a_network_keeps_what_is_written(
    visiting: Visiting,
) -> None:
    async with visiting(WIDE, "en") as visitor:
        page, phone = visitor.page, visitor.phone("Victim")
        await visitor.tap(phone, "Start")
        await expect(phone.get_by_role("textbox")).to_be_visible()
        await visitor.tap(phone, "Options of the phone")
        await visitor.tap(page, "Switch the network off")
        await expect(phone.get_by_text("Waiting: 0")).to_be_visible()
        await visitor.write(phone, "Yes")
        await expect(phone.get_by_text("Waiting: 1")).to_be_visible()
        await expect(phone.get_by_text("Yes", exact=True)).to_have_count(0)
        await visitor.tap(phone, "Options of the phone")
        await visitor.tap(page, "Switch the network on")
        await expect(phone.get_by_text("Yes", exact=True)).to_have_count(2)
        await expect(phone.get_by_text("Waiting")).to_be_hidden()


async def test_clock_faults_and_block(world: World, visiting: Visiting) -> None:
    before = world.clock.now()
    async with visiting(WIDE) as visitor:
        page, phone = visitor.page, visitor.phone("Forurettede")
        await visitor.tap(page, "+1 dag")
        await expect(page.locator("#clock")).to_contain_text("man. 23. november")
        await visitor.tap(page, "Breve og fejl")
        switch = page.get_by_role("button", name=re.compile("^Kaldet går tabt: til"))
        await switch.click()
        await expect(switch).to_have_attribute("aria-pressed", "true")
        assert world.faults.active(FaultKind.LOST_REQUEST)
        await switch.click()
        await expect(switch).to_have_attribute("aria-pressed", "false")
        await visitor.tap(phone, "Start")
        await expect(phone.get_by_role("textbox")).to_be_visible()
        await visitor.tap(phone, "Valg for telefonen")
        await visitor.tap(page, "Bloker botten")
        await expect(phone.get_by_text("Du har blokeret botten")).to_be_visible()
        await visitor.tap(phone, "Fjern blokeringen")
        await expect(phone.get_by_role("textbox")).to_be_visible()
    assert (world.clock.now() - before).days == 1


@pytest.mark.parametrize(
    ("size", "language", "play", "over"),
    [
        (WIDE, "da", "Afspil", "Historien er slut."),
        (NARROW, "en", "Play", "The story is over."),
    ],
)
async def test_the_story_plays_in_the_page(
    visiting: Visiting,
    size: tuple[int, int],
    language: str,
    play: str,
    over: str,
) -> None:
    async with visiting(size, language) as visitor:
        await visitor.tap(visitor.page, play)
        await expect(visitor.page.get_by_role("status").first).to_contain_text(
            over, timeout=60_000
        )


async def test_one_phone_at_a_time_on_a_narrow_screen(visiting: Visiting) -> None:
    """The tabs tell what is unread, and nothing is wider than the page."""
    async with visiting(NARROW, "en") as visitor:
        page = visitor.page
        await visitor.tap(page, "Show the phone: Mediator")
        await visitor.tap(visitor.phone("Mediator"), "Start")
        await visitor.tap(page, "Show the phone: Victim")
        await expect(visitor.phone("Mediator")).to_be_hidden()
        await visitor.tap(visitor.phone("Victim"), "Start")
        await visitor.write(visitor.phone("Victim"), "Hello")
        await expect(visitor.phone("Victim").get_by_text("Hello")).to_have_count(2)
        unread = re.compile("^Show the phone: Mediator, unread")
        await page.get_by_role("button", name=unread).click()
        await expect(visitor.phone("Mediator").get_by_text("Fra Sofie")).to_be_visible()
        await expect(
            page.get_by_role("button", name=re.compile("unread"))
        ).to_have_count(0)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width == NARROW[0]
        await visitor.tap(page, "Letters and faults")
        await expect(page.get_by_role("button", name="+30 days")).to_be_visible()
        await expect(visitor.phone("Mediator")).to_be_hidden()
