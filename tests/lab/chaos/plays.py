"""Whole cases, from the letter to the mediator, as several people live through them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Final, TypeAlias

from flows.always import Always
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    chooses_word,
    hides,
    knows_what_a_yes_means,
    leaves_a_number,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    tells_about_themselves,
)

#: With which somebody stops in their own words.
_STOPS: Final = {
    "da": "jeg trækker mit samtykke tilbage",
    "en": "I withdraw my consent",
}
#: What acts whenever it comes, so that nobody sends it twice: a second no may mean that
#: somebody wants to stop, and is asked about.
SAID_ONCE: Final = frozenset({*_STOPS.values(), "nej", "no"})
#: What the word is that somebody agrees on when they hide.
_WORD: Final = "solsikke"
#: What somebody else writes who holds the phone.
_GUESSED: Final = "hvad er det her?"


@dataclass
class Cast:
    """One case and everybody in it, in a district of their own."""

    town: Town
    case: Opened
    victim: Resident
    offender: Resident
    mediator: Resident
    coordinator: Resident
    mediator_invited: str
    coordinator_invited: str

    async def joins(self, role: str) -> None:
        """Let somebody join the staff."""
        resident: Resident = getattr(self, role)
        resident.opens(getattr(self, f"{role}_invited"))
        await resident.answers(f"{role}.ask_invitation", "yes")
        await resident.hears(f"{role}.ready")

    async def victim_agrees(self) -> None:
        """Walk the victim from the letter to her yes."""
        await reads_up_to_offer(self.victim, self.case.victim)
        await self.victim_goes_on()

    async def victim_goes_on(self) -> None:
        """Walk the victim from the offer to her yes."""
        await shows_interest(self.victim)
        await tells_about_themselves(self.victim, "Sofie", "20 16 38 47")
        await says_yes(self.victim)

    async def offender_agrees(self) -> None:
        """Walk the offender from the letter to his yes."""
        await reads_up_to_offer(self.offender, self.case.offender)
        await self.offender_goes_on()

    async def offender_goes_on(self) -> None:
        """Walk the offender from the offer to his yes."""
        await shows_interest(self.offender, confession="yes")
        await tells_about_themselves(self.offender, "Jonas", "22 91 47 38")
        await says_yes(self.offender)

    async def is_claimed(self) -> None:
        """Let the mediator take the case, and both parties read that."""
        await self.mediator.takes(self.case.reference)
        await self.mediator.hears("card.title")
        await both(_reads_that_claimed(self.victim), _reads_that_claimed(self.offender))


async def _reads_that_claimed(party: Resident) -> None:
    await party.reads("notice.claimed")
    await party.hears("consent.claimed")


Play: TypeAlias = Callable[[Cast], Awaitable[None]]


async def agree(cast: Cast) -> None:
    """Both say yes, and a mediator takes the case."""
    await cast.joins("mediator")
    await both(cast.victim_agrees(), cast.offender_agrees())
    await cast.is_claimed()


async def withdraw(cast: Cast) -> None:
    """A victim takes her yes back when a mediator has the case already.

    The other side is told by the next morning's batch, which is not played here.
    """
    await agree(cast)
    await cast.victim.wants(Always.WITHDRAW)
    await cast.victim.asked("closing.withdrawn")
    await cast.mediator.hears("notice.stopped_for_mediator")


async def regret(cast: Cast) -> None:
    """A victim stops in her own words after the hand-over, and takes that back."""
    victim, mediator = cast.victim, cast.mediator
    await agree(cast)
    victim.says(_STOPS[victim.language])
    await victim.asked("closing.withdrawn")
    await mediator.hears("notice.stopped_for_mediator")
    await victim.answers("closing.withdrawn", "undo")
    await mediator.hears("notice.regretted_for_mediator")
    await shows_interest(victim)
    await tells_about_themselves(victim, "Sofie", "20 16 38 47")
    await knows_what_a_yes_means(victim)
    await victim.answers("consent.ask_take_part", "yes")
    await victim.hears("consent.claimed")
    await mediator.hears("notice.resumed_for_mediator")


async def hide(cast: Cast) -> None:
    """A victim covers her chat; somebody else tries words, and she finds it again."""
    victim = cast.victim
    await cast.joins("mediator")
    await reads_up_to_offer(victim, cast.case.victim)
    await chooses_word(victim, _WORD)
    await victim.asked("offer.ask_interest")
    await hides(victim)
    await cast.offender_agrees()
    victim.says(_GUESSED)
    await victim.hears("hide.line")
    victim.says(_WORD)
    await victim.hears("hide.found")
    await victim.asked("offer.ask_interest")
    await cast.victim_goes_on()
    await cast.is_claimed()


async def lose_the_word(cast: Cast) -> None:
    """A victim covers her chat without a word, and comes back by her letter."""
    victim = cast.victim
    await cast.joins("mediator")
    await reads_up_to_offer(victim, cast.case.victim)
    await hides(victim)
    await cast.offender_agrees()
    victim.opens(cast.case.victim)
    await victim.hears("hide.found")
    await victim.asked("offer.ask_interest")
    await cast.victim_goes_on()
    await cast.is_claimed()


async def ask_for_a_human(cast: Cast) -> None:
    """An offender asks for a human; the case waits until somebody has called."""
    offender = cast.offender
    await both(cast.joins("mediator"), cast.joins("coordinator"))
    await reads_up_to_offer(offender, cast.case.offender)
    await offender.wants(Always.HUMAN)
    await leaves_a_number(offender, "22914738", "om aftenen")
    await cast.coordinator.hears("notice.needs_human")
    await offender.answers("human.awaiting_human", "go_on")
    await both(cast.offender_goes_on(), cast.victim_agrees())
    cast.town.clears(cast.case.reference, "asked_for")
    await cast.is_claimed()


async def change_language(cast: Cast) -> None:
    """A victim goes on in the other language, and back."""
    victim = cast.victim
    spoken = victim.language
    await cast.joins("mediator")
    await both(reads_up_to_offer(victim, cast.case.victim), cast.offender_agrees())
    for language in ("en" if spoken == "da" else "da", spoken):
        await victim.wants(Always.LANGUAGE)
        await victim.answers("language.ask_language", language)
        victim.language = language
        await victim.asked("offer.ask_interest")
    await cast.victim_goes_on()
    await cast.is_claimed()


PLAYS: tuple[tuple[Play, Way], ...] = (
    (withdraw, Way("da", Manner.USUAL)),
    (hide, Way("en", Manner.BUTTONS)),
    (ask_for_a_human, Way("en", Manner.USUAL)),
    (change_language, Way("da", Manner.BUTTONS)),
    (agree, Way("en", Manner.WORDS)),
    (lose_the_word, Way("da", Manner.USUAL)),
    (regret, Way("da", Manner.USUAL)),
    (withdraw, Way("en", Manner.BUTTONS)),
    (ask_for_a_human, Way("da", Manner.BUTTONS)),
    (change_language, Way("en", Manner.USUAL)),
    (agree, Way("da", Manner.NUMBERS)),
)


async def both(
    one: Coroutine[None, None, object], other: Coroutine[None, None, object]
) -> None:
    """Let two people go on side by side."""
    async with asyncio.TaskGroup() as group:
        group.create_task(one)
        group.create_task(other)
