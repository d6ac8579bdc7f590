"""*Play* shows a newcomer the whole case, in either language."""

import asyncio
import json

import pytest
from playwright.async_api import Route, expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LONGEST_MS = 60_000


async def hurry(route: Route) -> None:
    """Play without the pauses that are there for people."""
    wish = json.loads(route.request.post_data or "")
    await route.continue_(post_data=json.dumps(wish | {"pace_ms": 0}))


#: Notes every caption: without the pauses they pass too fast to be looked at.
NOTE_CAPTIONS = """
() => {
  window.captions = [];
  for (const told of document.querySelectorAll("[role=status]")) {
    new MutationObserver(() => window.captions.push(told.textContent))
      .observe(told, { childList: true, characterData: true, subtree: true });
  }
}
"""


async def captions(visitor: Visitor) -> str:
    return "\n".join(await visitor.page.evaluate("() => window.captions"))


async def dawdle(route: Route) -> None:
    """Look at what goes on only now and then, as on a busy machine."""
    await asyncio.sleep(1)
    await route.continue_()


async def test_afspil_historien(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url)
    await visitor.page.route("**/sim/play", hurry)
    await visitor.page.evaluate(NOTE_CAPTIONS)
    await visitor.taps("Afspil")
    told = visitor.page.get_by_role("status").first
    await expect(told).to_contain_text("Historien er slut.", timeout=LONGEST_MS)
    assert "Sofie har fået et brev." in await captions(visitor)
    assert demo.newest_case() == "claimed"
    await visitor.phone("Forurettede").hears("En mægler har taget sagen")
    await visitor.phone("Mægler").hears("Du har taget sag")
    await visitor.phone("Mægler 2").hears("er allerede taget af en anden")


async def test_a_page_that_is_late_leaves_nothing_out(
    visitor: Visitor, demo: Demo
) -> None:
    """Whoever hears the page read aloud gets each caption too, in its order."""
    await visitor.opens(demo.url, "en")
    await visitor.page.route("**/sim/play", hurry)
    await visitor.page.route("**/sim/state", dawdle)
    await visitor.page.evaluate(NOTE_CAPTIONS)
    await visitor.page.get_by_role("combobox").select_option("parents")
    await visitor.taps("Play")
    told = visitor.page.get_by_role("status").first
    await expect(told).to_contain_text("The story is over.", timeout=2 * LONGEST_MS)
    said = await captions(visitor)
    answer = await visitor.page.request.get(f"{demo.url}/sim/play")
    parts = (await answer.json())["told"]
    places = [said.find(part["caption"]) for part in parts]
    assert len(parts) == 15
    assert places == sorted(places)
    assert places[0] >= 0
    typed = [line for part in parts for line in part["typed"]]
    shown = visitor.page.locator("#technical code")
    assert await shown.text_content() == "\n".join(typed)


#: What a page tells of a story, one call for each look that it takes.
LOOKS = """
async looks => {
  const { news } = await import("/page/story.js?apart");
  return looks.map(captions => news(1, captions));
}
"""


async def test_what_is_told_between_two_looks_is_told_too(
    visitor: Visitor, demo: Demo
) -> None:
    await visitor.opens(demo.url, "en")
    call, letter, visit = "She calls.", "A letter is sent.", "They meet."
    shown = await visitor.page.evaluate(
        LOOKS, [[], [call], [call], [call, letter, visit], [call, letter, visit]]
    )
    assert shown == [[], [call], [call], [letter, visit], [letter, visit]]


async def test_play_the_story(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url, "en")
    await visitor.page.route("**/sim/play", hurry)
    await visitor.page.evaluate(NOTE_CAPTIONS)
    await visitor.taps("Play")
    told = visitor.page.get_by_role("status").first
    await expect(told).to_contain_text("The story is over.", timeout=LONGEST_MS)
    assert "Jonas has received a letter too." in await captions(visitor)
    assert demo.newest_case() == "claimed"
    await visitor.phone("Offender").hears("A mediator has taken the case")


async def test_en_ung_og_to_foraeldre(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url)
    await visitor.page.route("**/sim/play", hurry)
    await visitor.page.evaluate(NOTE_CAPTIONS)
    await visitor.page.get_by_role("combobox").select_option("16 år og to forældre")
    await visitor.taps("Afspil")
    told = visitor.page.get_by_role("status").first
    await expect(told).to_contain_text("Historien er slut.", timeout=2 * LONGEST_MS)
    said = await captions(visitor)
    assert "Han er 16 år og får de ord, der er til unge." in said
    assert "Birgit ringer til Lone" in said
    assert "konfliktraad" not in said
    assert demo.newest_case() == "claimed"
    lone, jonas = visitor.phone("Forælder"), visitor.phone("Gerningsperson")
    await lone.hears("Nu skal et menneske hos politiet sikre sig")
    await jonas.hears("En mægler har taget sagen")
    await visitor.phone("Mægler").hears("Du har taget sag")


async def test_the_other_story_is_chosen_by_keyboard(
    visitor: Visitor, demo: Demo
) -> None:
    """Also on a page that is late; and it stays chosen when the language changes."""
    await visitor.page.route("**/sim/state", dawdle)
    await visitor.opens(demo.url, "en")
    await visitor.page.route("**/sim/play", hurry)
    await visitor.page.evaluate(NOTE_CAPTIONS)
    which = visitor.page.get_by_role("combobox", name="Which story?")
    await which.focus()
    await visitor.page.keyboard.press("ArrowDown")
    await visitor.taps("Dansk")
    await expect(which).to_have_count(0)
    await visitor.taps("English")
    await expect(which).to_have_value("parents")
    play = visitor.page.get_by_role("button", name="Play", exact=True)
    await play.focus()
    await visitor.page.keyboard.press("Enter")
    told = visitor.page.get_by_role("status").first
    await expect(told).to_contain_text("The story is over.", timeout=2 * LONGEST_MS)
    assert "The father has no Telegram." in await captions(visitor)
    assert demo.newest_case() == "claimed"
    commands = visitor.page.locator("#technical code")
    await expect(commands).to_be_hidden()
    await visitor.page.get_by_text("For technicians").click()
    typed = await commands.inner_text()
    assert "--who holder:2 --answer given --method phone" in typed
    assert "--by Birgit --language en" in typed
