"""A case is given to a mediator by name, and every yes in it stands."""

import pytest

from flows.always import Always
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Town
from tests.support.walks import Pair, both_agree, sofie_agrees

IN_BOTH = pytest.mark.parametrize(
    "way", [Way("da"), Way("en", Manner.WORDS)], ids=["da", "en"]
)


def staff_id(town: Town, somebody: Resident) -> str:
    """Find under which id somebody serves."""
    person = town.archive.person_id(somebody.account)
    [found] = [s for s in town.archive.rows("staff") if s["person_id"] == person]
    return str(found["id"])


def assigns(town: Town, reference: str, to: str) -> int:
    return town.types(f"case assign {reference} --to {to} --by Birgit")


async def taken(town: Town, karen: Resident) -> Pair:
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    for party in (pair.victim, pair.offender):
        await party.reads("notice.claimed")
    return pair


@IN_BOTH
async def test_a_case_goes_from_one_mediator_to_another(town: Town, way: Way) -> None:
    """Who had it reads that it is theirs no more, and has no card left."""
    karen = await town.hires("mediator", "mediator", way)
    pair = await taken(town, karen)
    hans = await town.hires("mediator", "mediator2", way)
    reference, said = pair.case.reference, town.archive.rows("consent_events")
    assert assigns(town, reference, staff_id(town, hans)) == 0
    await karen.hears("notice.passed_on")
    await town.settles()
    assert not karen.sees("card.title")
    offer = await hans.hears("notice.assigned")
    hans.person.taps(hans.text("notice.show_card"), on=offer)
    await hans.hears("card.title")
    for party in (pair.victim, pair.offender):
        await party.reads("notice.another_mediator")
    assert town.archive.rows("consent_events") == said
    assert town.archive.status(reference) == "claimed"
    karen.says(f"{karen.text('queue.words').split(',')[0]} {reference}")
    await karen.hears("notice.already_taken")
    assert not karen.sees("card.title")


async def test_so_does_the_case_of_somebody_who_serves_no_more(town: Town) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    karen = await town.hires("mediator", "mediator")
    pair = await taken(town, karen)
    assert town.types(f"staff remove {staff_id(town, karen)}") == 0
    hans = await town.hires("mediator", "mediator2")
    assert assigns(town, pair.case.reference, staff_id(town, hans)) == 0
    await hans.hears("notice.assigned")
    await town.settles()
    assert not karen.sees("notice.passed_on")
    assert not birgit.sees("notice.passed_on")
    await pair.victim.wants(Always.WITHDRAW)
    await hans.hears("notice.stopped_for_mediator")


async def test_a_case_that_nobody_takes_is_given_to_somebody(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    assert assigns(town, pair.case.reference, staff_id(town, karen)) == 0
    assert town.archive.status(pair.case.reference) == "claimed"
    for party in (pair.victim, pair.offender):
        await party.reads("notice.claimed")


async def test_it_is_refused_where_nobody_can_have_the_case(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    karen = await town.hires("mediator", "mediator")
    far = await town.hires("mediator", "mediator2", district="bornholm")
    birgit = await town.hires("coordinator", "coordinator")
    waiting = town.opens_case()
    await sofie_agrees(town, waiting)
    assert assigns(town, waiting.reference, staff_id(town, karen)) == 2
    assert "is collecting" in capfd.readouterr().err
    pair = await taken(town, karen)
    reference = pair.case.reference
    for to, told in (
        (staff_id(town, karen), "already"),
        (staff_id(town, far), "is no mediator of fyn"),
        (staff_id(town, birgit), "is no mediator of fyn"),
        ("nobody", "Nobody serves under this id"),
    ):
        assert assigns(town, reference, to) == 2
        assert told in capfd.readouterr().err
    hans = await town.hires("mediator", "mediator3")
    await pair.victim.wants(Always.WITHDRAW)
    await karen.hears("notice.stopped_for_mediator")
    assert assigns(town, reference, staff_id(town, hans)) == 2
    assert "Somebody has stopped" in capfd.readouterr().err
