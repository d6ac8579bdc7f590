"""A word of one's own is chosen in the menu, changed, removed, and seen nowhere."""

from bot.storage import Session, people
from bot.storage.tables import Person
from flows.always import Always
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import chooses_word, hides, reads_up_to_offer


async def test_a_chosen_word_is_changed_and_removed(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await chooses_word(sofie, "solsikke")
    await sofie.asked("offer.ask_interest")
    await changes_word(town, sofie)
    await hides(sofie)
    sofie.says("solsikke")
    await sofie.hears("hide.line")
    sofie.says("cikorie")
    await sofie.hears("hide.found")
    await sofie.asked("offer.ask_interest")
    await sofie.wants(Always.WORD)
    await sofie.answers("word.explain_word", "remove")
    await sofie.answers("word.explain_removed", "go_on")
    await sofie.asked("offer.ask_interest")
    await hides(sofie)
    sofie.says("cikorie")
    await sofie.hears("hide.line")
    await town.settles()
    assert sofie.chat() == sofie.text("hide.line")


async def changes_word(town: Town, sofie: Resident) -> None:
    """Choose another word, at the second try, and see nothing of it anywhere."""
    await sofie.wants(Always.WORD)
    await sofie.answers("word.explain_word", "change")
    await sofie.asked("word.ask_word")
    sofie.says("hej")
    await sofie.hears("input.refused.word")
    sofie.says("Cikorie")
    await sofie.answers("word.explain_kept", "go_on")
    await sofie.asked("offer.ask_interest")
    await town.settles()
    assert not {"solsikke", "hej", "Cikorie"} & {b.text for b in sofie.person.reads()}
    stored = [value for _, value in town.archive.values()]
    assert not any("ikorie" in value for value in stored)


async def test_a_word_that_an_earlier_version_kept_opens_with_its_space(
    town: Town,
) -> None:
    def kept_before(session: Session) -> None:
        [person_id] = people.ids(session)
        word = town.desk.tools.keys.hash_word(person_id, "blå cykel")
        session.get_one(Person, person_id).hiding_word = word

    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await town.rests()
    town.desk.store.run_now(kept_before)
    await hides(sofie)
    sofie.says("blå-cykel")
    await sofie.hears("hide.line")
    sofie.says("Blå cykel")
    await sofie.hears("hide.found")
