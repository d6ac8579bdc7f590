"""A whole case on the phones, by hand: from the letters to a mediator who calls."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.demo import Demo
from tests.browser.visitor import ARRIVAL, SAFETY, Phone, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AGREEMENT = (
    ("Her er dine svar", "Det passer"),
    ("Vil du klage, kan du skrive til:", "Fortsæt"),
    ("og vil du gå videre?", "Ja, jeg vil videre"),
    ("Må du sige nej til konfliktråd?", "Ja"),
    ("Kommer et møde i konfliktråd i stedet for en straf?", "Nej"),
    ("Må du sige stop senere", "Ja"),
    ("Vil du være med i konfliktråd?", "Ja, det vil jeg"),
)


async def joins(staff: Phone) -> None:
    await staff.taps("Åbn brevet")
    await staff.answers(("Er du den, der er inviteret?", "Ja, det er mig"))
    await staff.hears("Du er nu med")


async def victim_agrees(sofie: Phone) -> None:
    await sofie.taps("Åbn brevet")
    await sofie.answers(
        *ARRIVAL, ("Vil du høre mere om at møde den anden?", "Ja"), *SAFETY
    )
    await sofie.writes("Hvad skal mægleren kalde dig?", "Sofie")
    await sofie.taps("Del mit nummer")
    await sofie.answers(
        ("Hvilken mail må mægleren skrive til?", "Spring over"),
        ("Hvornår er det bedst", "Spring over"),
        ("Har du brug for en tolk?", "Nej"),
        ("Er der noget, mægleren skal tage hensyn til?", "Nej"),
        ("Vil du gerne have en med", "Ja"),
        *AGREEMENT,
    )
    await sofie.hears("Du har sagt ja til at være med i konfliktråd.")


async def offender_agrees(jonas: Phone) -> None:
    await jonas.taps("Åbn brevet")
    await jonas.answers(
        *ARRIVAL,
        ("Vil du høre mere om at møde den anden?", "Ja"),
        ("Har du fortalt politiet, at du gjorde det?", "Ja"),
        *SAFETY,
    )
    await jonas.writes("Hvad skal mægleren kalde dig?", "Jonas")
    await jonas.writes("Hvilket nummer må mægleren ringe til?", "22 91 47 38")
    await jonas.writes("Hvilken mail må mægleren skrive til?", "jonas@example.dk")
    await jonas.writes("Hvornår er det bedst", "16-18")
    await jonas.writes("Har du brug for en tolk?", "nej")
    await jonas.writes("Er der noget, mægleren skal tage hensyn til?", "nej")
    await jonas.writes("Vil du gerne have en med", "nej")
    await jonas.answers(*AGREEMENT)
    await jonas.hears("Du har sagt ja til at være med i konfliktråd.")


async def cannot_be_forwarded(visitor: Visitor, message: Locator) -> None:
    """The menu of a message that must stay where it is; Enter opens it."""
    lock = message.get_by_role("img", name=re.compile("^Beskyttet"))
    await expect(lock).to_be_visible()
    await message.press("Enter")
    menu = visitor.page.get_by_role("dialog")
    forward = menu.get_by_role("button", name=re.compile("^Send videre til"))
    await expect(forward).to_have_count(6)
    for one in await forward.all():
        await expect(one).to_be_disabled()
    await visitor.chooses("Luk")


async def test_a_whole_case_by_hand(visitor: Visitor, demo: Demo) -> None:
    await visitor.opens(demo.url)
    sofie, jonas = visitor.phone("Forurettede"), visitor.phone("Gerningsperson")
    karen, ahmed = visitor.phone("Mægler"), visitor.phone("Mægler 2")
    for staff in (visitor.phone("Koordinator"), karen, ahmed):
        await joins(staff)

    await victim_agrees(sofie)
    assert demo.newest_case() == "collecting"
    await offender_agrees(jonas)

    await karen.answers(("er klar til en mægler", "Tag sagen"))
    card = karen.said("jonas@example.dk")
    await expect(card).to_contain_text("+45 20 16 38 47")
    await cannot_be_forwarded(visitor, card)
    await ahmed.answers(("er klar til en mægler", "Tag sagen"))
    await ahmed.hears("er allerede taget af en anden")
    assert demo.newest_case() == "claimed"

    for party, other in ((sofie, "Jonas"), (jonas, "Sofie")):
        await party.answers(("Du har en besked", "Vis"))
        await party.hears("En mægler har taget sagen")
        assert other.casefold() not in (await party.chat.inner_text()).casefold()
    assert "Sofie" not in await ahmed.chat.inner_text()
