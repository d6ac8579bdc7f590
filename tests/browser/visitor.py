"""Somebody at the page: sees phones by their roles and messages by their words."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from playwright.async_api import Locator, Page, Response, expect

#: What somebody new reads and taps on the way from a letter to the question.
ARRIVAL: Final = (
    ("Er brevet til dig?", "Ja, det er til mig"),
    ("Vil du bruge dansk eller engelsk?", "Dansk"),
    ("Er du i fare? Ring 112.", "Fortsæt"),
    ("Hvor gammel er du?", "18 år eller ældre"),
    ("Mægleren har tavshedspligt", "Fortsæt"),
)

#: And on the way from there to the question of the name.
SAFETY: Final = (
    ("Hvordan kender du den anden?", "Vi kender ikke hinanden"),
    ("Har politiet eller retten sagt", "Nej"),
    ("Er du bange for den anden?", "Nej"),
    ("Det var spørgsmålene om tryghed", "Fortsæt"),
)


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone in the page, as its owner uses it."""

    place: Locator

    @property
    def chat(self) -> Locator:
        return self.place.get_by_role("log")

    def said(self, words: str) -> Locator:
        """Find the messages with these words."""
        return self.chat.get_by_role("listitem").filter(has_text=words)

    async def hears(self, words: str) -> None:
        await expect(self.said(words).last).to_be_visible()

    async def taps(self, label: str) -> None:
        """Tap a button that does not stand under a message."""
        await self.place.get_by_role("button", name=label, exact=True).click()

    async def answers(self, *talk: tuple[str, str]) -> None:
        """Answer each question, by its words, with the button of this label."""
        for question, label in talk:
            asked = self.said(question)
            await asked.get_by_role("button", name=label, exact=True).click()

    async def writes(self, question: str, words: str) -> None:
        """Type an answer, once the question stands there."""
        await self.hears(question)
        field = self.place.get_by_role("textbox")
        await field.fill(words)
        await field.press("Enter")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with the page before them."""

    page: Page

    def phone(self, role: str) -> Phone:
        return Phone(self.page.get_by_role("region", name=re.compile(f"^{role},")))

    async def opens(
        self, url: str, language: Literal["da", "en"] = "da", width: int = 1440
    ) -> None:
        """Open the phones, all of them new."""
        await self.arrives(url, language, width, "#phones")

    async def arrives(
        self,
        url: str,
        language: Literal["da", "en"] = "da",
        width: int = 1440,
        place: str = "",
    ) -> None:
        """Open the page on new phones, at its first screen if no place is named."""
        await self.page.request.post(f"{url}/sim/faults", data={})
        await self.page.request.post(f"{url}/sim/reset", data={"language": language})
        await self.page.set_viewport_size({"width": width, "height": 900})
        await self.page.goto(f"{url}/?lang={language}{place}")

    async def taps(self, label: str | re.Pattern[str]) -> None:
        """Tap a button of the page itself."""
        exact = isinstance(label, str)
        await self.page.get_by_role("button", name=label, exact=exact).click()

    async def chooses(self, label: str) -> None:
        """Take one of the choices that the menu offers."""
        menu = self.page.get_by_role("dialog")
        await menu.get_by_role("button", name=label, exact=True).click()


def listen(page: Page) -> list[str]:
    """Collect from now on whatever the page complains of."""
    heard: list[str] = []

    def answered(answer: Response) -> None:
        if not answer.ok:
            heard.append(f"{answer.status}: {answer.url}")

    page.on("console", lambda said: heard.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda lost: heard.append(f"{lost.failure}: {lost.url}"))
    page.on("response", answered)
    return heard
