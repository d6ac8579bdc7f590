"""*Play the story* shows a newcomer the whole case, in either language."""

import json

import pytest
from playwright.async_api import Route, expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONGEST_MS = 25_000


async def hurry(route: Route) -> None:
    """Play without the pauses that are there for people."""
    wish = json.loads(route.request.post_data or "")
    await route.continue_(post_data=json.dumps(wish | {"pace_ms": 0}))


#: Notes every caption: without the pauses they pass too fast to be looked at.
NOTE_CAPTIONS = """
() => {
  const told = document.querySelector("[role=status]");
  window.captions = [];
  new MutationObserver(() => window.captions.push(told.textContent))
    .observe(told, { childList: true, characterData: true, subtree: true });
}
"""


async def captions(visitor: Visitor) -> str:
    return "\n".join(await visitor.page.evaluate("() => window.captions"))


async def test_afspil_historien(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url)
    await visitor.page.route("**/sim/play", hurry)
    await visitor.page.evaluate(NOTE_CAPTIONS)
    await visitor.taps("Afspil historien")
    told = visitor.page.get_by_role("status").first
    await expect(told).to_contain_text("Historien er slut.", timeout=LONGEST_MS)
    assert "Sofie har fået et brev." in await captions(visitor)
    assert demo.newest_case() == "claimed"
    await visitor.phone("Forurettede").hears("En mægler har taget sagen")
    await visitor.phone("Mægler").hears("Du har taget sag")
    await visitor.phone("Mægler 2").hears("er allerede taget af en anden")


async def test_play_the_story(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url, "en")
    await visitor.page.route("**/sim/play", hurry)
    await visitor.page.evaluate(NOTE_CAPTIONS)
    await visitor.taps("Play the story")
    told = visitor.page.get_by_role("status").first
    await expect(told).to_contain_text("The story is over.", timeout=LONGEST_MS)
    assert "Jonas has received a letter too." in await captions(visitor)
    assert demo.newest_case() == "claimed"
    await visitor.phone("Offender").hears("A mediator has taken the case")
