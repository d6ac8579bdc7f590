"""The clock, the faults, and what people do with messages."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.demo import Demo
from tests.browser.visitor import ARRIVAL, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

#: Seconds in which the bot must have tried.
PATIENCE = 30
TOO_MANY = 429


async def test_the_clock_goes_forward(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url)
    clock = visitor.page.locator("#clock")
    await expect(clock).not_to_be_empty()
    before = await clock.inner_text()
    await visitor.taps("+1 dag")
    await expect(clock).not_to_have_text(before)
    sofie = visitor.phone("Forurettede")
    await sofie.taps("Åbn brevet")
    await sofie.answers(*ARRIVAL)
    await sofie.hears("Vil du høre mere om at møde den anden?")


async def refused(visitor: Visitor, demo: Demo) -> None:
    """Wait until the bot was told to send later; only the journal shows that."""
    async with asyncio.timeout(PATIENCE):
        while True:
            answer = await visitor.page.request.get(f"{demo.url}/sim/journal")
            failed = [call["result"] for call in await answer.json() if not call["ok"]]
            if any(result["error_code"] == TOO_MANY for result in failed):
                return
            await asyncio.sleep(0.05)


async def test_the_talk_arrives_when_telegram_is_busy(
    visitor: Visitor, demo: Demo
) -> None:
    """Telegram asks to wait; what was said then comes later, and only once."""
    await visitor.opens(demo.url)
    sofie = visitor.phone("Forurettede")
    await visitor.taps("Breve og fejl 5")
    switch = re.compile(r"^Telegram beder om at vente \(429\): til")
    await visitor.taps(switch)
    await expect(visitor.page.get_by_role("button", name=switch)).to_have_attribute(
        "aria-pressed", "true"
    )
    await sofie.taps("Åbn brevet")
    await expect(sofie.said("/start")).to_be_visible()
    await expect(sofie.said("Er brevet til dig?")).to_have_count(0)
    await refused(visitor, demo)
    await visitor.taps(switch)
    await visitor.taps("+1 time")
    await sofie.hears("Er brevet til dig?")
    await expect(sofie.said("Er brevet til dig?")).to_have_count(1)


async def test_a_letter_is_no_use_to_somebody_else(
    visitor: Visitor, demo: Demo
) -> None:
    """Sofie's mother opens her letter: it tells nothing, and Sofie goes on."""
    await visitor.opens(demo.url)
    sofie, mother = visitor.phone("Forurettede"), visitor.phone("Forælder")
    await sofie.taps("Åbn brevet")
    await sofie.answers(*ARRIVAL[:2])
    await visitor.taps("Breve og fejl 5")
    await visitor.taps("Åbn brevet til Forurettede på en telefon")
    await visitor.chooses("Forælder, Lone")
    await mother.hears("link")
    await expect(mother.said("Er brevet til dig?")).to_have_count(0)
    await sofie.answers(ARRIVAL[2])
    await sofie.hears("Hvor gammel er du?")


async def test_a_message_is_forwarded(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url)
    sofie, mother = visitor.phone("Forurettede"), visitor.phone("Forælder")
    await sofie.taps("Åbn brevet")
    await sofie.said("Er brevet til dig?").hover()
    more = sofie.said("Er brevet til dig?").get_by_role("button", name="Hvad kan")
    await more.click()
    await visitor.chooses("Send videre til Forælder, Lone")
    await expect(mother.said("Fra Sofie")).to_contain_text("Er brevet til dig?")


async def test_a_chat_can_be_hidden(visitor: Visitor, demo: Demo) -> None:
    """One tap, and nothing on the phone tells what was talked about."""
    await visitor.opens(demo.url)
    sofie = visitor.phone("Forurettede")
    await sofie.taps("Åbn brevet")
    await sofie.answers(*ARRIVAL)
    await sofie.answers(("Vil du høre mere om at møde den anden?", "Skjul"))
    await expect(sofie.said("Vil du høre mere")).to_have_count(0)
    await expect(sofie.said("Ikke tilgængelig.")).to_be_visible()
    assert "konfliktråd" not in (await sofie.chat.inner_text()).casefold()
