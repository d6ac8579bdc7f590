"""A case rests on what the police know too: the confession, and how old people are."""

import pytest

from bot.offline_words import ConfessionCheck
from flows.always import Always
from flows.facts import AgeBand, Role
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    is_safe,
    jonas_agrees,
    leaves_a_number,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)

UNCLEAR = ConfessionCheck.UNCLEAR
BOTH_LANGUAGES = [Way(), Way("en", Manner.WORDS)]


def types(town: Town, command: str, case: Opened, rest: str) -> int:
    return town.types(f"case {command} {case.reference} {rest} --by Birgit")


async def says_partly(town: Town, case: Opened, way: Way | None = None) -> Resident:
    jonas = town.phone("offender", way)
    await reads_up_to_offer(jonas, case.offender)
    await shows_interest(jonas, confession="partly")
    await leaves_a_number(jonas, "22914738", "om aftenen")
    return jonas


async def goes_on_to_a_yes(jonas: Resident) -> None:
    await is_safe(jonas)
    await tells_about_themselves(jonas, "Jonas", "22914738")
    await says_yes(jonas)


async def test_a_case_whose_confession_nobody_has_checked_is_not_confirmed(
    town: Town,
) -> None:
    """What was checked stays so, whatever the offender does afterwards."""
    case = town.opens_case(confession=UNCLEAR)
    await sofie_agrees(town, case)
    jonas, _ = await jonas_agrees(town, case)
    assert town.archive.needs(case.reference) == ["confession_unchecked"]
    assert town.archive.status(case.reference) == "needs_human"
    what = "--reason confession_unchecked --party offender:1 --how file"
    assert types(town, "clear", case, what) == 0
    assert town.archive.status(case.reference) == "confirmed"
    await jonas.wants(Always.WITHDRAW)
    await jonas.asked("closing.withdrawn")
    assert town.archive.status(case.reference) == "collecting"
    assert not [n for n in town.shows(case.reference).needs if n.cleared is None]


def test_a_check_bears_a_name(town: Town, capfd: pytest.CaptureFixture[str]) -> None:
    opened = "case open --district fyn --relation other --confession checked"
    assert town.types(opened) == 2
    assert "who has checked the confession" in capfd.readouterr().err
    assert town.types(f"{opened} --by Birgit") == 0


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_what_was_told_to_the_police_nobody_says_for_the_offender(
    town: Town, way: Way, capfd: pytest.CaptureFixture[str]
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    jonas = await says_partly(town, case, way)
    for what in ("--reason confession_unclear --party offender:1", "--all"):
        assert types(town, "clear", case, f"{what} --how call") == 2
    assert "a later yes of their own" in capfd.readouterr().err
    assert town.archive.needs(case.reference) == ["confession_unclear"]

    await jonas.answers("human.awaiting_human", "again")
    await jonas.answers("offer.ask_confession", "yes")
    await jonas.asked("safety.ask_tie")
    assert town.archive.needs(case.reference) == []
    await goes_on_to_a_yes(jonas)
    assert town.archive.status(case.reference) == "confirmed"


async def test_a_second_answer_that_is_no_yes_leads_nowhere(town: Town) -> None:
    case = town.opens_case()
    jonas = await says_partly(town, case)
    await jonas.answers("human.awaiting_human", "again")
    await jonas.answers("offer.ask_confession", "no")
    await jonas.asked("human.explain_human")
    assert town.archive.needs(case.reference) == ["confession_unclear"]
    assert town.archive.party(case.reference, Role.OFFENDER).confession == "no"


async def test_a_later_yes_on_the_phone_leads_on_in_the_chat(town: Town) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    jonas = await says_partly(town, case)
    assert types(town, "party", case, "--who offender:1 --fear no") == 2
    assert types(town, "party", case, "--who offender:1 --confession yes") == 0
    assert types(town, "party", case, "--who offender:1 --confession yes") == 2
    await jonas.reads("notice.cleared")
    await jonas.answers("human.awaiting_human", "go_on")
    await goes_on_to_a_yes(jonas)
    assert town.archive.status(case.reference) == "confirmed"


async def test_who_says_that_they_are_of_age_goes_the_way_of_the_young(
    town: Town,
) -> None:
    case = town.opens_case(ages=(None, AgeBand.FROM_15_TO_17))
    mads = town.phone("offender")
    await reads_up_to_offer(mads, case.offender, age_band="18")
    assert town.archive.needs(case.reference) == ["age_differs"]
    await shows_interest(mads, confession="yes")
    await mads.asked("child.explain_child")
    assert types(town, "party", case, "--who offender:1 --age-band 18") == 0
    settles = "--reason age_differs --party offender:1 --how file"
    assert types(town, "clear", case, settles) == 0
    assert town.archive.party(case.reference, Role.OFFENDER).age_band == "18"
    await mads.reads("notice.cleared")
    await tells_about_themselves(mads, "Mads", "22914738")


def test_what_was_found_out_counts_however_late_it_is_recorded(town: Town) -> None:
    case = town.opens_case(ages=(None, AgeBand.FROM_15_TO_17))
    told = "--who offender:1 --age-band 18"
    assert types(town, "party", case, told) == 0
    assert town.archive.needs(case.reference) == ["age_differs"]
    settles = "--reason AGE_DIFFERS --party offender:1 --how file"
    assert types(town, "clear", case, settles) == 0
    assert town.archive.party(case.reference, Role.OFFENDER).age_band == "15_17"
    assert types(town, "party", case, told) == 0
    assert town.archive.party(case.reference, Role.OFFENDER).age_band == "18"
    assert town.archive.needs(case.reference) == []


async def test_the_younger_one_rules_also_where_the_police_say_older(
    town: Town,
) -> None:
    case = town.opens_case(ages=(AgeBand.ADULT, None))
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim, age_band="15_17")
    assert town.archive.needs(case.reference) == ["age_differs"]
    await shows_interest(sofie)
    await sofie.asked("child.explain_child")


async def test_who_is_as_old_as_the_police_know_is_looked_at_by_nobody(
    town: Town,
) -> None:
    case = town.opens_case(ages=(AgeBand.ADULT, AgeBand.ADULT))
    await sofie_agrees(town, case)
    await jonas_agrees(town, case)
    assert town.archive.status(case.reference) == "confirmed"


def test_danger_that_staff_write_down_is_raised_at_once(town: Town) -> None:
    case = town.opens_case()
    told = "--who victim:1 --tie partner --orders yes --fear yes"
    assert types(town, "party", case, told) == 0
    raised = ["close_relation", "orders", "fear"]
    assert sorted(town.archive.needs(case.reference)) == sorted(raised)
    assert town.archive.status(case.reference) == "needs_human"
