"""What waits for a human is settled by whoever looked: one reason of one person."""

import re

import pytest

from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    jonas_agrees,
    reads_up_to_offer,
    says_yes,
    tells_about_themselves,
)


async def agrees_after_telling_of_danger(
    town: Town, case: Opened, role: Role, key: str
) -> Resident:
    """Answer all there is, with fear and an order, and settle what holds them up."""
    resident = town.phone(key)
    await reads_up_to_offer(resident, case.token(role))
    await resident.answers("offer.ask_interest", "yes")
    if role is Role.OFFENDER:
        await resident.answers("offer.ask_confession", "yes")
    await resident.answers("safety.ask_tie", "stranger")
    await resident.answers("safety.ask_orders", "yes")
    await resident.asked("human.explain_human")
    return resident


async def goes_on_after_an_order(sofie: Resident) -> None:
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.answers("safety.ask_fear", "no")
    await sofie.answers("safety.explain_next", "go_on")
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await says_yes(sofie)


def clears(town: Town, case: Opened, what: str, how: str = "call") -> int:
    return town.types(f"case clear {case.reference} {what} --how {how} --by Birgit")


async def test_a_slip_settles_nothing_and_each_is_settled_by_itself(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    case = town.opens_case()
    await agrees_after_telling_of_danger(town, case, Role.VICTIM, "victim")
    await agrees_after_telling_of_danger(town, case, Role.OFFENDER, "offender")
    assert town.archive.needs(case.reference) == ["orders", "orders"]
    capfd.readouterr()
    for wrong, told in (
        ("--reason ordres --party victim:1", "did you mean orders?"),
        ("--reason talked_by_phone", "konfliktraad case show names them"),
        ("--reason orders", '--party "victim:1" or --party "offender:1"'),
        ("--reason orders --party victim:2", "has no victim:2"),
        ("--all", "orders of victim:1, orders of offender:1"),
        ("--all --reason orders", "name a --reason"),
        ("", "name a --reason"),
    ):
        assert clears(town, case, wrong) == 2, wrong
        assert told in " ".join(capfd.readouterr().err.split()), wrong
    assert town.archive.needs(case.reference) == ["orders", "orders"]

    assert clears(town, case, "--reason orders --party victim:1") == 0
    waiting = [n for n in town.shows(case.reference).needs if n.cleared is None]
    assert [(n.reason, n.role) for n in waiting] == [("orders", "offender")]
    orders = [n for n in town.shows(case.reference).needs if n.reason == "orders"]
    [settled] = [need for need in orders if need.cleared]
    assert (settled.role, settled.by, settled.how) == ("victim", "Birgit", "call")
    assert clears(town, case, "--reason orders --party victim:1") == 2


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("call", "Looked at by Birgit on 2026-11-23 by phone."),
        ("meeting", "Looked at by Birgit on 2026-11-23 at a meeting."),
        ("file", "Looked at by the coordinator on 2026-11-23."),
    ],
)
async def test_the_card_says_what_was_dangerous_and_who_looked_at_it(
    town: Town, capfd: pytest.CaptureFixture[str], how: str, told: str
) -> None:
    """And that the confession was checked, never how."""
    case = town.opens_case()
    await jonas_agrees(town, case)
    sofie = await agrees_after_telling_of_danger(town, case, Role.VICTIM, "victim")
    assert clears(town, case, "--reason orders --party victim:1", how) == 0
    await sofie.reads("notice.cleared")
    await goes_on_after_an_order(sofie)
    assert town.archive.status(case.reference) == "confirmed"
    karen = await town.hires("mediator", "mediator")
    await karen.takes(case.reference)
    await karen.hears("card.title")
    capfd.readouterr()
    assert town.types(f"case card {case.reference} --by Birgit --language en") == 0
    card = capfd.readouterr().out
    assert f"Safety: there are orders against contact. {told}" in card
    assert card.count("Safety:") == 1, "of the one who told it"
    checked = "Confession: checked by Birgit on 2026-11-23."
    assert re.findall(r"Confession: .*", card) == [checked]


async def test_all_that_may_be_settled_together_is(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim, age_band="under_12")
    await sofie.answers("offer.ask_interest", "yes")
    await town.until(lambda: town.archive.needs(case.reference) == ["minor"])
    assert clears(town, case, "--all", "meeting") == 0
    assert town.archive.needs(case.reference) == []
    [entry] = town.archive.audit("needs cleared")
    assert entry.note == "minor of victim:1, by meeting"
    assert clears(town, case, "--all", "meeting") == 1
