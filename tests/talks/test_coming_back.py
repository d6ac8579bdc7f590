"""Who stops may come back, but not to undo an answer that a human must look at."""

from flows.always import Always
from flows.facts import Role
from tests.support.town import Town
from tests.support.walks import (
    is_safe,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)


async def test_who_is_close_and_comes_back_as_a_stranger_is_seen_by_a_human(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    jonas = town.phone("offender")
    await reads_up_to_offer(jonas, case.offender)
    await jonas.answers("offer.ask_interest", "yes")
    await jonas.answers("offer.ask_confession", "yes")
    await jonas.answers("safety.ask_tie", "partner")
    await jonas.asked("safety.stopped")
    assert town.archive.needs(case.reference) == ["close_relation"]

    await jonas.wants(Always.WITHDRAW)
    await jonas.asked("closing.withdrawn")
    assert town.archive.needs(case.reference) == []
    await jonas.answers("closing.withdrawn", "undo")
    await shows_interest(jonas, confession="yes")
    await tells_about_themselves(jonas, "Jonas", "22914738")
    await says_yes(jonas)
    assert town.archive.party(case.reference, Role.OFFENDER).tie == "stranger"
    assert town.archive.needs(case.reference) == ["close_relation"]
    assert town.archive.status(case.reference) == "needs_human"
    town.clears(case.reference, "close_relation")
    assert town.archive.status(case.reference) == "confirmed"


async def test_what_two_do_not_say_alike_is_looked_at_anew_after_a_stop(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    jonas = town.phone("offender")
    await reads_up_to_offer(jonas, case.offender)
    await jonas.answers("offer.ask_interest", "yes")
    await jonas.answers("offer.ask_confession", "yes")
    await is_safe(jonas, tie="neighbour")
    await tells_about_themselves(jonas, "Jonas", "22914738")
    await says_yes(jonas)
    town.clears(case.reference, "relation_differs")
    assert town.archive.status(case.reference) == "confirmed"

    await sofie.wants(Always.WITHDRAW)
    await sofie.answers("closing.withdrawn", "undo")
    await sofie.answers("offer.ask_interest", "yes")
    await is_safe(sofie, tie="school_or_work")
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await says_yes(sofie)
    assert town.archive.needs(case.reference) == ["relation_differs"]
    assert town.archive.status(case.reference) == "needs_human"
