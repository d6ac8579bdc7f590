"""A stop after a mediator has the case: nobody is called, and nobody else notices.

The other side is told by the next batch; until then whoever stopped may say yes again.
"""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    Pair,
    both_agree,
    knows_what_a_yes_means,
    leaves_a_number,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import (
    child_agrees,
    makes_sure,
    parent_agrees,
    parent_answers,
    parent_reads_of_the_child,
    parent_tells,
)
from tests.talks.conftest import ON_BOTH

WAYS = pytest.mark.parametrize("way", [Way("da"), Way("en")], ids=["da", "en"])


async def taken(town: Town, way: Way | None = None) -> tuple[Pair, Resident]:
    """Let both agree and a mediator take the case, late on the first day."""
    karen = await town.hires("mediator", "mediator", way)
    pair = await both_agree(town, way)
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    for party in (pair.victim, pair.offender):
        await party.reads("notice.claimed")
    await town.settles()
    town.moves_clock(hours=12)
    return pair, karen


async def stops(who: Resident) -> None:
    await who.wants(Always.WITHDRAW)
    await who.asked("closing.withdrawn")
    assert who.sees("closing.withdrawn_until")


async def says_yes_again(who: Resident, *, confession: str | None = None) -> None:
    """Take a stop back: everything is asked anew."""
    await who.answers("closing.withdrawn", "undo")
    await who.hears("closing.afresh_until")
    await shows_interest(who, confession=confession)
    await tells_about_themselves(who, "Sofie", "20 16 38 47")
    await knows_what_a_yes_means(who)
    await who.answers("consent.ask_take_part", "yes")
    await who.hears("consent.claimed")


async def morning(town: Town, day: str = "2026-11-24") -> None:
    """Let the next batch run."""
    town.moves_clock(hours=12)
    await town.until(lambda: town.archive.batch_day() == day)
    await town.settles()


@ON_BOTH
async def test_the_mediator_hears_at_once_and_the_other_side_in_the_morning(
    town: Town,
) -> None:
    pair, karen = await taken(town)
    before = pair.offender.chat()
    await stops(pair.victim)
    await karen.hears("notice.stopped_for_mediator")
    await town.settles()
    assert not karen.sees("card.title")
    assert town.archive.status(pair.case.reference) == "claimed"
    assert pair.offender.chat() == before
    await morning(town)
    assert town.archive.status(pair.case.reference) == "ended"
    assert await pair.offender.reads("closing.ended")
    assert len(karen.sees("notice.ended_for_mediator")) == 1
    assert len(pair.victim.sees("common.you_have_message")) == 1, "nothing new"


@WAYS
async def test_a_stop_can_be_taken_back_until_the_morning(town: Town, way: Way) -> None:
    pair, karen = await taken(town, way)
    mediator = town.archive.case(pair.case.reference).mediator_id
    await stops(pair.victim)
    await says_yes_again(pair.victim)
    await karen.hears("notice.resumed_for_mediator")
    assert len(karen.sees("notice.regretted_for_mediator")) == 1
    await morning(town)
    case = town.archive.case(pair.case.reference)
    assert (case.status, case.mediator_id) == ("claimed", mediator)
    assert not pair.offender.sees("closing.ended")
    assert not pair.offender.sees("common.you_have_message")[1:]
    states = [
        said.state
        for said in town.archive.consents(pair.case.reference, Role.VICTIM)
        if said.purpose == "take_part"
    ]
    assert states == ["given", "withdrawn", "given"]


async def test_the_card_comes_again_only_when_the_case_goes_on(town: Town) -> None:
    pair, karen = await taken(town)
    await stops(pair.victim)
    await karen.hears("notice.stopped_for_mediator")
    karen.says(f"tag {pair.case.reference}")
    await karen.hears("notice.stopped")
    await says_yes_again(pair.victim)
    again = await karen.hears("notice.resumed_for_mediator")
    await town.settles()
    assert not karen.sees("card.title")
    looks = len(town.archive.audit("card shown"))
    karen.person.taps(karen.text("notice.show_card"), on=again)
    await karen.hears("card.title")
    assert len(town.archive.audit("card shown")) == looks + 1


async def test_whose_yes_is_not_said_again_by_the_morning_ends_the_case(
    town: Town,
) -> None:
    pair, karen = await taken(town)
    await stops(pair.victim)
    await pair.victim.answers("closing.withdrawn", "undo")
    await shows_interest(pair.victim)
    await karen.hears("notice.regretted_for_mediator")
    await morning(town)
    assert town.archive.status(pair.case.reference) == "ended"
    assert not karen.sees("notice.resumed_for_mediator")
    assert await pair.offender.reads("closing.ended")


async def test_the_other_side_cannot_tell_before_the_morning(town: Town) -> None:
    """Status, menu, buttons and their own questions are those of before the stop."""
    pair, _ = await taken(town)
    told: list[object] = []
    for is_stopped in (False, True):
        if is_stopped:
            await stops(pair.victim)
        begun = len(pair.offender.heard())
        for words in ("status", "hvad nu?", "xyz", "vis", "menu"):
            pair.offender.says(words)
            await town.settles()
        heard = pair.offender.heard()[begun:]
        told.append([(bubble.text, bubble.labels) for bubble in heard[:-1]])
    assert pair.offender.sees("status.claimed")
    assert told[0] == told[1]


@WAYS
async def test_whoever_stopped_reads_that_the_stop_stands(town: Town, way: Way) -> None:
    pair, _ = await taken(town, way)
    await stops(pair.victim)
    await pair.victim.wants(Always.STATUS)
    await pair.victim.hears("closing.withdrawn.status")
    await pair.victim.answers("closing.withdrawn", "undo")
    await pair.victim.asked("offer.ask_interest")
    await pair.victim.wants(Always.STATUS)
    await pair.victim.hears("offer.status")
    assert not pair.victim.sees("status.claimed")


async def test_of_two_who_stop_both_must_say_yes_again(town: Town) -> None:
    pair, karen = await taken(town)
    await stops(pair.victim)
    await stops(pair.offender)
    await says_yes_again(pair.victim)
    await town.settles()
    assert not karen.sees("notice.resumed_for_mediator")
    await says_yes_again(pair.offender, confession="yes")
    await karen.hears("notice.resumed_for_mediator")
    assert len(karen.sees("notice.stopped_for_mediator")) == 1
    await morning(town)
    assert town.archive.status(pair.case.reference) == "claimed"


async def test_who_stops_and_regrets_again_and_again_is_told_of_once(
    town: Town,
) -> None:
    pair, karen = await taken(town)
    await stops(pair.victim)
    for _ in range(3):
        await pair.victim.answers("closing.withdrawn", "undo")
        await pair.victim.asked("offer.ask_interest")
        await stops(pair.victim)
    await town.settles()
    assert len(karen.sees("notice.stopped_for_mediator")) == 1
    assert len(karen.sees("notice.regretted_for_mediator")) == 1


async def test_after_the_morning_nothing_is_taken_back(town: Town) -> None:
    pair, karen = await taken(town)
    await stops(pair.victim)
    await morning(town)
    await pair.victim.answers_now("closing.withdrawn", "undo")
    await pair.victim.notices("common.stale")
    await pair.victim.hears("closing.withdrawn_over")
    assert town.archive.status(pair.case.reference) == "ended"
    assert not karen.sees("notice.regretted_for_mediator")


async def test_what_staff_end_meanwhile_is_told_at_once(town: Town) -> None:
    pair, karen = await taken(town)
    await stops(pair.victim)
    town.ends(pair.case.reference)
    await karen.hears("notice.ended_for_mediator")
    assert await pair.offender.reads("closing.ended")
    await pair.victim.answers_now("closing.withdrawn", "undo")
    await pair.victim.notices("common.stale")
    await morning(town)
    assert len(karen.sees("notice.ended_for_mediator")) == 1


async def test_a_stop_that_is_written_down_stands_still_too(town: Town) -> None:
    pair, karen = await taken(town)
    said = "--answer withdrawn --method phone --date 2026-11-23 --by Birgit"
    reference = pair.case.reference
    assert town.types(f"consent record {reference} --who victim:1 {said}") == 0
    await karen.hears("notice.stopped_for_mediator")
    assert town.archive.status(reference) == "claimed"
    assert town.shows(reference).stopped is not None
    await morning(town)
    assert town.archive.status(reference) == "ended"


async def test_who_stopped_and_asks_for_a_human_can_be_called(town: Town) -> None:
    """Nobody but they are on the card, and the end of the case forgets them not."""
    pair, _ = await taken(town)
    birgit = await town.hires("coordinator", "coordinator")
    await stops(pair.victim)
    assert town.types(f"case card {pair.case.reference} --by Birgit") == 2
    await pair.victim.wants(Always.HUMAN)
    await leaves_a_number(pair.victim, "22914738", "om aftenen")
    await birgit.hears("notice.needs_human")
    card = town.card(pair.case.reference)
    assert "22914738" in card.replace(" ", "")
    assert "Jonas" not in card
    await morning(town)
    assert town.archive.status(pair.case.reference) == "ended"
    [own] = set(town.archive.references()) - {pair.case.reference}
    assert town.archive.needs(own) == ["asked_for"]
    assert "22914738" in town.card(own).replace(" ", "")
    assert not pair.victim.sees("closing.ended")


async def test_nobody_undoes_the_stop_of_another(town: Town) -> None:
    """A parent stops, and the child; the child's yes alone lets nothing go on."""
    karen = await town.hires("mediator", "mediator")
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    await sofie_agrees(town, child.case)
    await karen.takes(child.case.reference)
    await karen.hears("card.title")
    await town.settles()
    town.moves_clock(hours=12)
    before = child.resident.chat()
    await stops(lone)
    await karen.hears("notice.stopped_for_mediator")
    await town.settles()
    assert child.resident.chat() == before
    await lone.answers("closing.withdrawn", "undo_parent")
    await lone.hears("closing.afresh_until")
    await karen.hears("notice.regretted_for_mediator")
    await morning(town)
    assert town.archive.status(child.case.reference) == "ended"


async def test_a_parents_new_yes_counts_when_somebody_has_made_sure_of_it(
    town: Town,
) -> None:
    """Until then nobody is called: a child with the phone in hand undoes nothing."""
    karen = await town.hires("mediator", "mediator")
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    await sofie_agrees(town, child.case)
    await karen.takes(child.case.reference)
    await karen.hears("card.title")
    town.moves_clock(hours=12)
    await stops(lone)
    await lone.answers("closing.withdrawn", "undo_parent")
    await parent_reads_of_the_child(lone)
    await parent_tells(lone, others="no")
    await parent_answers(lone)
    await lone.hears("parental.stated")
    await town.settles()
    assert not karen.sees("notice.resumed_for_mediator")
    assert town.archive.needs(child.case.reference) == ["verify_holder"]
    makes_sure(town, child.case)
    await karen.hears("notice.resumed_for_mediator")
    await morning(town)
    assert town.archive.status(child.case.reference) == "claimed"
