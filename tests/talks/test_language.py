"""The language can be changed at any moment; the place is kept, for one person only."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Way
from tests.support.town import Town
from tests.support.walks import reads_up_to_offer


async def test_a_change_keeps_the_place_and_is_for_one_person_only(
    town: Town, short_way: Way
) -> None:
    other = {"da": "en", "en": "da"}[short_way.language]
    case = town.opens_case()
    jonas = town.phone("offender", short_way)
    await reads_up_to_offer(jonas, case.offender)
    sofie = town.phone("victim", short_way)
    await reads_up_to_offer(sofie, case.victim)
    await sofie.wants(Always.LANGUAGE)
    await sofie.answers("language.ask_language", other)
    sofie.language = other
    await sofie.asked("offer.ask_interest")
    await sofie.answers("offer.ask_interest", "later")
    await sofie.asked("offer.paused")
    await jonas.answers("offer.ask_interest", "later")
    paused = await jonas.asked("offer.paused")
    assert paused.text == jonas.text("offer.paused")
    assert sofie.text("offer.paused") not in jonas.chat()
    spoken = sorted(str(person["language"]) for person in town.archive.rows("people"))
    assert spoken == ["da", "en"]


@pytest.mark.parametrize(
    ("phone_language", "greeted_in", "first"),
    [("nb", "da", "Dansk"), ("de", "en", "English"), ("en-GB", "en", "English")],
)
async def test_the_language_of_the_phone_comes_first(
    town: Town, phone_language: str, greeted_in: str, first: str
) -> None:
    sofie = town.phone("victim", Way(greeted_in), phone_language=phone_language)
    sofie.opens(town.opens_case().victim)
    await sofie.answers("arrival.ask_letter", "yes")
    asked = await sofie.asked("arrival.ask_language")
    assert asked.labels[0] == first


@pytest.mark.parametrize(("word", "language"), [("ja", "en"), ("yes", "da")])
async def test_yes_is_yes_in_both_languages(
    town: Town, word: str, language: str
) -> None:
    sofie = town.phone("victim", Way(language))
    case = town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    sofie.ponders()
    sofie.says(word)
    await sofie.asked("safety.ask_tie")
    assert town.archive.party(case.reference, Role.VICTIM).interest == "yes"
