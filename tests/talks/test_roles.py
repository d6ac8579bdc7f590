"""KONFLIKTRAAD_ROLES says who may use the bot; everybody else is led to a human."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.casework import Refused
from bot.wiring import Desk
from flows.always import Always
from flows.facts import Role
from flows.rules.case import Relation
from tests.support.resident import Way
from tests.support.town import Empty, Town, founded_at_rest, served, serving_only
from tests.support.walks import leaves_a_number, reads_up_to_offer, reads_up_to_role

Rest = tuple[Town, Desk]


@pytest.fixture
async def rest(tmp_path: Path, empty_database: Empty) -> AsyncIterator[Rest]:
    """A town whose program is not running yet."""
    async with founded_at_rest(tmp_path, empty_database) as made:
        yield made


async def test_a_letter_of_a_side_that_is_not_served_leads_to_a_human(
    rest: Rest, short_way: Way
) -> None:
    """Only after the yes, as the side of a letter's owner is told to nobody else."""
    town, opened = rest
    case = town.opens_case()
    jonas = town.phone("offender", short_way)
    async with serving_only(opened, Role.VICTIM):
        await reads_up_to_offer(town.phone("victim", short_way), case.victim)
        jonas.opens(case.offender)
        await jonas.answers("arrival.ask_letter", "yes")
        told = await jonas.hears("common.not_served")
        assert "Fyn" not in told.text
        assert "114" in told.text
        jonas.says("hej")
        await jonas.hears("common.not_served")
        assert town.archive.party(case.reference, Role.OFFENDER).person_id is None
        await town.settles()
    async with served(opened):
        await reads_up_to_offer(jonas, case.offender)


async def test_who_comes_without_a_letter_hears_it_at_the_question_of_the_side(
    rest: Rest, short_way: Way
) -> None:
    town, opened = rest
    jonas = town.phone("offender", short_way)
    async with serving_only(opened, Role.VICTIM):
        await reads_up_to_role(jonas)
        await jonas.answers("referral.ask_role", "offender")
        await jonas.hears("common.not_served")
        await jonas.wants(Always.HUMAN)
        await jonas.asked("human.explain_human")
        await leaves_a_number(jonas, "20163847", "efter kl. 16")
        [reference] = town.archive.references()
        assert town.archive.needs(reference) == ["asked_for"]
        await jonas.answers("human.awaiting_human", "go_on")
        await jonas.answers("referral.not_served", "change")
        await jonas.answers("referral.ask_role", "victim")
        await jonas.asked("referral.ask_district")
        await town.settles()


async def test_who_is_served_no_more_keeps_what_protects_them(
    rest: Rest, short_way: Way
) -> None:
    town, opened = rest
    case = town.opens_case()
    jonas = town.phone("offender", short_way)
    async with served(opened):
        await reads_up_to_offer(jonas, case.offender)
        await town.settles()
    async with serving_only(opened, Role.VICTIM):
        await jonas.answers("offer.ask_interest", "yes")
        told = await jonas.hears("common.not_served")
        assert "Konfliktråd Fyn" in told.text
        assert town.archive.party(case.reference, Role.OFFENDER).interest is None
        jonas.says(jonas.text("always.topics.label"))
        await jonas.hears("common.not_served")
        await jonas.wants(Always.HUMAN)
        await leaves_a_number(jonas, "20163847", "efter kl. 16")
        assert town.archive.needs(case.reference) == ["asked_for"]
        await jonas.answers("human.awaiting_human", "go_on")
        await jonas.hears("common.not_served")
        await jonas.wants(Always.WITHDRAW)
        await jonas.hears("closing.withdrawn")
        party = town.archive.party(case.reference, Role.OFFENDER)
        assert party.withdrawn_at is not None
        await jonas.wants(Always.HIDE)
        await jonas.hears("hide.line")
        await town.settles()


async def test_no_link_is_made_for_who_is_not_served(rest: Rest) -> None:
    town, _ = rest
    town.knows(Role.VICTIM)
    case = town.opens_case()
    assert [letter.role for letter in case.letters] == [Role.VICTIM]
    with pytest.raises(Refused, match="KONFLIKTRAAD_ROLES"):
        town.sends_new_letter(case.reference, Role.OFFENDER)
    town.knows(Role.OFFENDER)
    with pytest.raises(Refused, match="KONFLIKTRAAD_ROLES"):
        town.opens_case(Relation.CLOSE)


async def test_staff_are_always_served(rest: Rest) -> None:
    town, opened = rest
    async with serving_only(opened, Role.VICTIM):
        karen = await town.hires("mediator", "mediator")
        karen.says("status")
        await karen.hears("mediator.status")
        await town.settles()
        assert not karen.sees("common.not_served")


async def test_who_writes_of_danger_to_a_human_goes_on_there(rest: Rest) -> None:
    """The human is still open to them, and so is the way back from help."""
    town, opened = rest
    case = town.opens_case()
    jonas = town.phone("offender")
    async with served(opened):
        await reads_up_to_offer(jonas, case.offender)
        await town.settles()
    async with serving_only(opened, Role.VICTIM):
        await jonas.wants(Always.HUMAN)
        await jonas.asked("human.explain_human")
        jonas.says("Jeg er bange for ham")
        await jonas.answers("care.explain_help", "go_on")
        await leaves_a_number(jonas, "20163847", "efter kl. 16")
        await town.settles()
        assert town.archive.needs(case.reference) == ["asked_for"]
