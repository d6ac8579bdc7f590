"""Whoever has said no or stopped stays out, whatever was written down before it."""

import pytest

from bot.casework import Refused
from bot.offline_words import Because
from bot.storage.copies.erasing import replay
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    both_agree,
    chooses_word,
    hides,
    jonas_agrees,
    leaves_a_number,
    reads_up_to_offer,
    shows_interest,
    sofie_agrees,
    sofie_wants_to_hear_more,
)
from tests.support.young import (
    TODAY,
    child_agrees,
    hears_all_on_the_phone,
    parent_reads,
)

SAID = f"--method phone --date {TODAY} --by Birgit"


def says_yes_on_the_phone(town: Town, case: Opened, who: str, purpose: str) -> None:
    words = f"--who {who} --purpose {purpose} --answer given {SAID}"
    assert town.types(f"consent record {case.reference} {words}") == 0


async def parent_takes_over(town: Town, case: Opened) -> Resident:
    """Let a parent who said yes on the phone come to it by a link."""
    hears_all_on_the_phone(town, case.reference)
    says_yes_on_the_phone(town, case, "holder:1", "parental_take_part")
    lone = town.phone("parent")
    lone.opens(town.sends_new_link_to_parent(case.reference))
    await parent_reads(lone)
    return lone


async def stops(somebody: Resident) -> None:
    await somebody.wants(Always.WITHDRAW)
    await somebody.asked("closing.withdrawn")


async def test_a_parent_who_stopped_in_the_chat_is_no_yes_after_a_new_link(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    await child_agrees(town, case, authority="one")
    await stops(await parent_takes_over(town, case))
    town.sends_new_link_to_parent(case.reference)
    assert town.archive.needs(case.reference) == []
    sure = f"--holder 1 --method call --date {TODAY} --by Karen"
    assert town.types(f"case verify {case.reference} {sure}") == 2
    assert "there is no yes" in capfd.readouterr().err
    assert town.archive.status(case.reference) == "collecting"


async def test_a_party_who_stopped_in_the_chat_is_no_yes_after_a_new_letter(
    town: Town,
) -> None:
    case = town.opens_case()
    await jonas_agrees(town, case)
    told = "--age-band 18 --tie stranger --orders no --fear no --understood"
    by = f"case party {case.reference} --who victim:1 --by Birgit"
    assert town.types(f"{by} {told}") == 0
    for purpose in ("hear_more", "data_notice", "take_part"):
        says_yes_on_the_phone(town, case, "victim:1", purpose)
    assert town.archive.status(case.reference) == "confirmed"
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await stops(sofie)
    with pytest.raises(Refused, match="has said no, and is not asked again"):
        town.sends_new_letter(case.reference, Role.VICTIM)
    asked = Because.ASKED_AGAIN
    letter = town.sends_new_letter(case.reference, Role.VICTIM, because=asked)
    other = town.phone("another")
    await reads_up_to_offer(other, letter)
    await shows_interest(other)
    await other.asked("intake.ask_name")
    assert town.archive.needs(case.reference) == []
    assert town.archive.status(case.reference) == "collecting"


@pytest.mark.parametrize("stopped", [True, False], ids=["stopped", "had not stopped"])
async def test_nor_does_the_yes_of_somebody_erased_come_back(
    town: Town, capfd: pytest.CaptureFixture[str], *, stopped: bool
) -> None:
    """A backup may be older than what came after the yes."""
    case = town.opens_case()
    await child_agrees(town, case, authority="one")
    lone = await parent_takes_over(town, case)
    if stopped:
        await stops(lone)
    keys, now = town.desk.tools.keys, town.desk.clock.now()
    keys.destroy(town.archive.person_id(lone.account))
    assert town.desk.store.run_now(lambda session: replay(session, keys, now)) == 1
    sure = f"--holder 1 --method call --date {TODAY} --by Karen"
    assert town.types(f"case verify {case.reference} {sure}") == 2
    assert "there is no yes" in capfd.readouterr().err


async def test_a_stop_is_written_down_whatever_the_clock_has_said_since(
    town: Town,
) -> None:
    pair = await both_agree(town)
    karen = await town.hires("mediator", "mediator")
    await karen.takes(pair.case.reference)
    await town.settles()
    town.moves_clock(days=91)
    await town.until(lambda: town.archive.batch_day() == "2027-02-22")
    await town.settles()
    said = "--who victim:1 --answer withdrawn --method phone --by Birgit"
    stop = f"consent record {pair.case.reference} {said} --date 2027-02-20"
    assert town.types(stop) == 0
    await karen.hears("notice.stopped_for_mediator")
    assert town.archive.case(pair.case.reference).stopped_at is not None


async def test_and_a_yes_that_was_said_the_day_before_it_ran_out(town: Town) -> None:
    town.lets_cases_last(days=365)
    pair = await both_agree(town)
    town.moves_clock(days=91)
    await town.until(lambda: town.archive.batch_day() == "2027-02-22")
    await town.settles()
    said = "--who victim:1 --answer given --method phone --by Birgit"
    again = f"consent record {pair.case.reference} {said} --date 2027-02-20"
    assert town.types(again) == 0


async def test_who_stops_on_the_phone_hears_nothing_that_was_laid_ready(
    town: Town,
) -> None:
    sofie, case = await sofie_wants_to_hear_more(town)
    await sofie.answers("safety.ask_tie", "stranger")
    await sofie.answers("safety.ask_orders", "yes")
    await leaves_a_number(sofie, "22914738", "om aftenen")
    await chooses_word(sofie, "blomst")
    await hides(sofie)
    town.clears(case.reference, "orders")
    stop = f"consent record {case.reference} --who victim:1 --answer withdrawn {SAID}"
    assert town.types(stop) == 0
    town.moves_clock(minutes=10)
    sofie.says("blomst")
    await sofie.hears("hide.found")
    await town.settles()
    assert not sofie.sees("common.you_have_message")
