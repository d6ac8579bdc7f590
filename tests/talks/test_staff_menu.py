"""Mediators and coordinators: what the menu offers them, and what they are told."""

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import both_agree

FOR_PARTIES = ("always.withdraw.label", "always.receipt.label")


async def offered(resident: Resident) -> list[bool]:
    """Tell whether the menu offers what is for parties."""
    await resident.wants(Always.MENU)
    menu = await resident.hears("always.menu.says")
    return [resident.text(label) in menu.labels for label in FOR_PARTIES]


async def test_the_menu_offers_staff_nothing_that_is_for_parties(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    assert await offered(karen) == [False, False]
    karen.says("Hvad koster det?")
    await karen.hears("common.unanswered_staff")


async def test_it_does_where_somebody_of_staff_is_a_party_too(town: Town) -> None:
    pair = await both_agree(town)
    sofie = pair.victim
    assert await offered(sofie) == [True, True]
    sofie.opens(town.invites("mediator"))
    await sofie.answers("mediator.ask_invitation", "yes")
    await sofie.hears("mediator.ready")
    assert await offered(sofie) == [True, True]
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    assert town.archive.said_yes_to(pair.case.reference, Role.VICTIM) == []
