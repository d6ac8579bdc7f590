"""Who has turned 18 goes on as an adult, and hears nothing of parents any more."""

import pytest

from flows.always import Always
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    knows_what_a_yes_means,
    leaves_a_number,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import (
    child_agrees,
    comes_to_parents,
    lets_them_be_asked,
    tells_birth,
)

#: Born so that the month of the 18th birthday is the town's first one.
TURNING_18 = {"da": "november 2008", "en": "November 2008"}
BOTH_LANGUAGES = [Way("da"), Way("en")]
PARENTS = ("forældre", "voksne", "parent", "adult")


async def says_yes_in_the_month(
    town: Town, case: Opened, way: Way | None = None
) -> Resident:
    jonas = await comes_to_parents(town, case, way=way)
    await tells_birth(jonas, TURNING_18[jonas.language])
    await lets_them_be_asked(jonas, "one")
    await tells_about_themselves(jonas, "Jonas", "31 42 53 64")
    await knows_what_a_yes_means(jonas)
    await jonas.answers("consent.ask_take_part", "yes")
    await jonas.hears("human.explain_turning_18")
    return jonas


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_who_is_of_age_hears_it_and_rests_as_an_adult(
    town: Town, way: Way
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    jonas = await says_yes_in_the_month(town, case, way)
    town.clears(case.reference, "of_age")
    assert town.archive.status(case.reference) == "confirmed"
    before = len(jonas.heard())
    await jonas.reads("notice.cleared")
    await jonas.hears("human.looked_at")
    await jonas.answers("human.awaiting_human", "go_on")
    await jonas.hears("consent.explain_next")
    assert jonas.sees("consent.consented")
    await jonas.wants(Always.STATUS)
    await jonas.hears("consent.consented.status")
    since = "\n".join(bubble.text for bubble in jonas.heard()[before:]).lower()
    assert not any(word in since for word in PARENTS)


async def test_so_it_is_for_who_had_left_a_number_and_waits(town: Town) -> None:
    case = town.opens_case()
    jonas = await says_yes_in_the_month(town, case)
    await leaves_a_number(jonas, "22914738", "om aftenen")
    town.clears(case.reference, "of_age")
    await jonas.reads("notice.cleared")
    await jonas.answers("human.awaiting_human", "go_on")
    await jonas.hears("consent.explain_next")


async def test_who_is_asked_about_parents_when_the_day_comes_is_asked_no_more(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    jonas = await comes_to_parents(town, case)
    await tells_birth(jonas, TURNING_18["da"])
    await jonas.asked("child.ask_authority")
    town.clears(case.reference, "of_age")
    await jonas.reads("notice.cleared")
    await tells_about_themselves(jonas, "Jonas", "31 42 53 64")
    await knows_what_a_yes_means(jonas)
    await jonas.answers("consent.ask_take_part", "yes")
    await jonas.asked("consent.consented")
    assert town.archive.status(case.reference) == "confirmed"


async def test_who_waited_for_parents_waits_for_them_no_more(town: Town) -> None:
    town.lets_cases_last(days=60)
    child = await child_agrees(town, birth="december 2008")
    jonas, reference = child.resident, child.case.reference
    town.moves_clock(days=9)
    await town.until(lambda: "turning_18" in town.archive.needs(reference))
    town.clears(reference, "of_age")
    await jonas.reads("notice.cleared")
    await jonas.wants(Always.STATUS)
    await jonas.hears("consent.consented.status")
    await jonas.hears("consent.explain_next")
    assert town.archive.needs(reference) == []


async def test_who_is_held_up_by_something_else_hears_nothing_yet(town: Town) -> None:
    case = town.opens_case()
    jonas = await comes_to_parents(town, case)
    await tells_birth(jonas, TURNING_18["da"])
    await jonas.answers("child.ask_authority", "unknown")
    await jonas.asked("human.explain_human")
    town.clears(case.reference, "of_age")
    await town.settles()
    assert not jonas.sees("common.you_have_message")
    town.clears(case.reference, "holders_unclear")
    await jonas.reads("notice.cleared")
    await jonas.answers("human.awaiting_human", "go_on")
    await jonas.asked("intake.ask_name")
