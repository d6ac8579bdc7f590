"""A 16-year-old, a mother with Telegram and a father without it: the whole case."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Town
from tests.support.walks import leaves_a_number, sofie_agrees
from tests.support.young import (
    Child,
    child_agrees,
    hears_all_on_the_phone,
    parent_agrees,
)

LANGUAGES = [Way("da"), Way("en", Manner.WORDS)]
TODAY = "--date 2026-11-23 --by 'Birgit Holm'"


def records_the_father(town: Town, reference: str, answer: str = "given") -> int:
    """Read the words aloud to the father on the phone, and write down what he says."""
    if answer == "given":
        hears_all_on_the_phone(town, reference, 2, others="yes")
    said = f"--who holder:2 --answer {answer} --method phone"
    return town.types(f"consent record {reference} {said} {TODAY}")


def makes_sure_of(town: Town, reference: str, n: int) -> int:
    return town.types(f"case verify {reference} --holder {n} --method call {TODAY}")


async def everybody_says_yes(town: Town, way: Way) -> tuple[Resident, Child, Resident]:
    """Walk victim, child and mother to a yes of their own."""
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case, way)
    jonas = await child_agrees(town, case, way=way)
    lone = await parent_agrees(town, jonas, way=way)
    return sofie, jonas, lone


@pytest.mark.parametrize("way", LANGUAGES, ids=["da", "en"])
async def test_one_parent_writes_the_other_is_called(town: Town, way: Way) -> None:
    birgit = await town.hires("coordinator", "coordinator", way)
    karen = await town.hires("mediator", "mediator", way)
    sofie, jonas, lone = await everybody_says_yes(town, way)
    reference = jonas.case.reference
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(reference) == ["verify_holder"]

    assert makes_sure_of(town, reference, 1) == 0
    assert town.archive.status(reference) == "collecting"
    assert records_the_father(town, reference) == 0
    assert town.archive.needs(reference) == ["verify_holder"]
    assert makes_sure_of(town, reference, 2) == 0
    assert town.archive.status(reference) == "confirmed"

    await karen.takes(reference)
    card = await karen.hears("card.title")
    assert "Parent Holm" in card.text
    assert town.archive.status(reference) == "claimed"
    for party in (sofie, jonas.resident):
        await party.reads("notice.claimed")
    # Who was told so hears no more that we are not there yet.
    told = jonas.resident.chat().rpartition(jonas.resident.text("notice.claimed"))[2]
    assert jonas.resident.text("child.awaiting_parents") not in told
    assert town.archive.place(jonas.resident.account) == "consent.consented"
    assert "Holm" not in sofie.chat() + jonas.resident.chat()
    assert "Sofie" not in lone.chat() + jonas.resident.chat()


async def test_what_was_read_aloud_is_an_event_like_any_other(town: Town) -> None:
    _, jonas, _ = await everybody_says_yes(town, Way())
    assert records_the_father(town, jonas.case.reference) == 0
    events = town.archive.rows("consent_events")
    by_phone = [event for event in events if event["method"] == "phone"]
    # The notice on data first, and then the question.
    assert [event["state"] for event in by_phone] == ["given", "given"]
    assert "Birgit Holm" in {event["by"] for event in by_phone}
    said = town.archive.consents(jonas.case.reference, Role.OFFENDER)
    parental = [one.method for one in said if one.purpose == "parental_take_part"]
    assert len(parental) == 2


async def test_who_was_never_made_sure_of_holds_the_case_up(town: Town) -> None:
    _, jonas, _ = await everybody_says_yes(town, Way())
    reference = jonas.case.reference
    assert records_the_father(town, reference) == 0
    raised = town.archive.rows("human_needs")
    for what in ("--reason verify_holder --party offender:1", "--all"):
        cleared = f"case clear {reference} {what} --how call --by Birgit"
        assert town.types(cleared) == 2
    assert town.archive.rows("human_needs") == raised
    assert town.archive.status(reference) == "needs_human"
    assert makes_sure_of(town, reference, 1) == 0
    assert town.archive.status(reference) == "needs_human"


async def test_a_father_who_says_no_on_the_phone_stops_it_and_nobody_hears(
    town: Town,
) -> None:
    _, jonas, lone = await everybody_says_yes(town, Way())
    reference = jonas.case.reference
    assert makes_sure_of(town, reference, 1) == 0
    await town.settles()
    seen = [somebody.chat() for somebody in (jonas.resident, lone)]
    assert records_the_father(town, reference, "refused") == 0
    assert town.archive.needs(reference) == ["conflict"]
    await town.settles()
    assert [somebody.chat() for somebody in (jonas.resident, lone)] == seen
    assert makes_sure_of(town, reference, 2) != 0


async def test_nobody_is_called_in_a_case_that_a_parent_has_ended(town: Town) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    karen = await town.hires("mediator", "mediator")
    _, jonas, lone = await everybody_says_yes(town, Way())
    reference = jonas.case.reference
    assert records_the_father(town, reference) == 0
    for n in (1, 2):
        assert makes_sure_of(town, reference, n) == 0
    await karen.takes(reference)
    await karen.hears("card.title")
    await jonas.resident.wants(Always.HUMAN)
    await leaves_a_number(jonas.resident, "31 42 53 64", "efter kl. 16")
    await birgit.hears("notice.needs_human")
    told = len(birgit.sees("notice.needs_human"))

    await lone.wants(Always.WITHDRAW)
    await karen.hears("notice.stopped_for_mediator")
    await town.settles()
    assert len(birgit.sees("notice.needs_human")) == told
    town.moves_clock(hours=24)
    await karen.hears("notice.ended_for_mediator")
    assert town.archive.status(reference) == "ended"
    await town.settles()
    assert len(birgit.sees("notice.needs_human")) == told
    assert town.archive.needs(reference) == []
