"""What happens by the clock, without anybody writing: parents, birthdays, old yeses."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    both_agree,
    chooses_word,
    hides,
    sofie_agrees,
)
from tests.support.young import (
    Child,
    child_agrees,
    makes_sure,
    parent_agrees,
    parent_answers,
    parent_decides,
    parent_reads,
    parent_tells,
    sends_on,
)

REMINDER = "notice.holder_reminder"
BOTH_LANGUAGES = [Way("da"), Way("en", Manner.WORDS)]
#: Somebody who is 17 on the town's first day, and turns 18 in the month after it.
SOON_18 = {"da": "december 2008", "en": "December 2008"}


async def lone_opens(town: Town, child: Child, way: Way | None = None) -> Resident:
    """Let a parent say that the link is for them, and nothing more."""
    lone = town.phone("parent", way)
    sends_on(child.resident, lone)
    await lone.answers("holder.ask_letter", "yes")
    await lone.asked("holder.ask_language")
    return lone


async def days_pass(town: Town, until: str, **by: float) -> None:
    """Let time pass, and the daily batch of that day be done and heard."""
    town.moves_clock(**by)
    await town.until(lambda: town.archive.batch_day() == until)
    await town.settles()


def told(resident: Resident) -> int:
    """Count how often somebody heard that there is a message."""
    return len(resident.sees("common.you_have_message"))


def reminders(town: Town) -> list[object]:
    """Count for each parent, the first one first, how often they were reminded."""
    found = town.archive.rows("holders")
    return [row["reminders"] for row in sorted(found, key=lambda row: str(row["n"]))]


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_a_silent_parent_is_reminded_twice_and_never_again(
    town: Town, way: Way
) -> None:
    child = await child_agrees(town, authority="one", way=way)
    lone = await lone_opens(town, child, way)
    await days_pass(town, "2026-11-24", days=1)
    assert not told(lone)
    await days_pass(town, "2026-11-25", days=1)
    await lone.reads(REMINDER)
    await lone.asked("holder.ask_language")
    await days_pass(town, "2026-11-27", days=2)
    assert told(lone) == 1
    await days_pass(town, "2026-11-28", days=1)
    assert told(lone) == 2
    await days_pass(town, "2026-12-10", days=12)
    assert told(lone) == 2
    assert reminders(town) == [2]
    assert child.resident.sees("common.you_have_message") == []


async def test_nobody_is_reminded_at_night(town: Town) -> None:
    """The batch may begin late, as after an outage; the reminder waits for the day."""
    child = await child_agrees(town, authority="one")
    lone = await lone_opens(town, child)
    await days_pass(town, "2026-11-25", days=2, hours=11)
    assert told(lone) == 0
    assert reminders(town) == [0]
    await days_pass(town, "2026-11-26", hours=12)
    await lone.reads(REMINDER)


@pytest.mark.parametrize("answer", ["yes", "no", "later"])
async def test_who_has_answered_is_not_reminded(town: Town, answer: str) -> None:
    child = await child_agrees(town, authority="one")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await parent_tells(lone, others="no")
    await parent_answers(lone, answer)
    rests = {"yes": "stated", "no": "refused", "later": "paused"}
    await lone.asked(f"parental.{rests[answer]}")
    await days_pass(town, "2026-12-03", days=10)
    assert told(lone) == 0


async def test_an_answer_takes_away_the_reminder_that_was_not_read(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = town.phone("parent")
    sends_on(child.resident, lone)
    await parent_reads(lone)
    await parent_tells(lone, others="no")
    await lone.asked("parental.ask_data")
    await days_pass(town, "2026-11-25", days=2)
    await lone.hears("common.you_have_message")
    await lone.answers_now("parental.ask_data", "yes")
    await parent_decides(lone)
    await lone.asked("parental.stated")
    await lone.wants(Always.SHOW)
    await lone.hears("common.no_messages")
    assert not lone.sees(REMINDER)


async def test_a_hidden_chat_is_left_alone_and_reminded_when_it_is_found(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="one")
    lone = await lone_opens(town, child)
    await chooses_word(lone, "solsikke")
    await hides(lone)
    await days_pass(town, "2026-11-26", days=3)
    assert reminders(town) == [0]
    lone.says("solsikke")
    await lone.hears("hide.found")
    await days_pass(town, "2026-11-27", days=1)
    await lone.reads(REMINDER)


async def test_what_the_child_or_the_other_parent_does_changes_no_reminder(
    town: Town,
) -> None:
    child = await child_agrees(town, authority="both")
    lone = await lone_opens(town, child)
    await parent_agrees(town, child, 2, key="father")
    await child.resident.wants(Always.WITHDRAW)
    await child.resident.asked("closing.withdrawn")
    await days_pass(town, "2026-11-25", days=2)
    await lone.reads(REMINDER)
    assert reminders(town) == [1, 0]


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_on_the_first_of_the_month_a_human_looks_and_the_parent_rests(
    town: Town, way: Way
) -> None:
    """Also when nobody writes; the child hears nothing of it here."""
    birgit = await town.hires("coordinator", "coordinator")
    birth = SOON_18[way.language]
    child = await child_agrees(town, authority="one", way=way, birth=birth)
    lone = await lone_opens(town, child, way)
    await days_pass(town, "2026-11-30", days=7)
    assert town.archive.needs(child.case.reference) == []
    await days_pass(town, "2026-12-01", days=1)
    assert town.archive.needs(child.case.reference) == ["turning_18"]
    await birgit.hears("notice.needs_human")
    await lone.wants(Always.SHOW)
    await lone.hears("notice.frozen")
    assert town.archive.place(lone.account) == "parental.frozen"
    assert not lone.sees(REMINDER), "what was not read is taken back"
    heard = told(lone)
    await days_pass(town, "2026-12-05", days=4)
    assert told(lone) == heard, "nobody is reminded who cannot answer"
    assert not told(child.resident)


async def test_after_the_month_the_own_yes_is_enough(town: Town) -> None:
    town.lets_cases_last(days=60)
    child = await child_agrees(town, authority="one", birth=SOON_18["da"])
    reference = child.case.reference
    await sofie_agrees(town, child.case)
    await days_pass(town, "2026-12-01", days=8)
    town.clears(reference, "turning_18")
    await days_pass(town, "2026-12-31", days=30)
    assert town.archive.status(reference) == "collecting"
    await days_pass(town, "2027-01-01", days=1)
    assert town.archive.status(reference) == "confirmed"


@pytest.mark.parametrize(
    ("settled", "status"), [("of_age", "confirmed"), ("turning_18", "collecting")]
)
async def test_in_the_month_a_human_settles_whose_yes_counts(
    town: Town, settled: str, status: str
) -> None:
    """Once the day has come, the own yes; before it, still the parents'."""
    town.lets_cases_last(days=60)
    child = await child_agrees(town, authority="one", birth=SOON_18["da"])
    reference = child.case.reference
    await sofie_agrees(town, child.case)
    lone = await lone_opens(town, child)
    await days_pass(town, "2026-12-01", days=8)
    town.clears(reference, settled)
    assert town.archive.status(reference) == status
    assert town.archive.needs(reference) == []
    lone.says("ja")
    await lone.hears("parental.frozen")
    await days_pass(town, "2027-01-01", days=31)
    assert town.archive.status(reference) == "confirmed"


async def test_after_90_days_both_are_asked_again_and_the_case_leaves_the_queue(
    town: Town,
) -> None:
    town.lets_cases_last(days=120)
    pair = await both_agree(town)
    reference = pair.case.reference
    await days_pass(town, "2027-02-20", days=89)
    assert town.archive.status(reference) == "confirmed"
    await days_pass(town, "2027-02-22", days=2)
    assert town.archive.status(reference) == "collecting"
    for role, person in ((Role.VICTIM, pair.victim), (Role.OFFENDER, pair.offender)):
        said = {s.purpose: s for s in town.archive.consents(reference, role)}
        assert said["take_part"] == ("take_part", "expired", "clock")
        assert said["data_notice"].state == "given"
        await person.reads("notice.expired")
        await person.answers("consent.ask_take_part", "yes")
        await person.asked("consent.consented")
    assert town.archive.status(reference) == "confirmed"
    assert town.archive.consents(reference, Role.VICTIM)[-1].state == "given"


async def test_a_mediator_is_told_once_that_a_yes_of_90_days_ago_stands_no_more(
    town: Town,
) -> None:
    """Nobody is asked in the chat any more: the case is in a human's hands."""
    town.lets_cases_last(days=120)
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await pair.victim.reads("notice.claimed")
    await days_pass(town, "2027-02-20", days=89)
    assert not karen.sees("notice.expired_for_mediator")
    await days_pass(town, "2027-02-22", days=2)
    await karen.hears("notice.expired_for_mediator")
    heard = len(karen.heard())
    await days_pass(town, "2027-02-23", days=1)
    assert len(karen.heard()) == heard
    assert not pair.victim.sees("notice.expired")


async def test_a_parent_is_asked_again_too_and_a_human_makes_sure_anew(
    town: Town,
) -> None:
    town.lets_cases_last(days=120)
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    makes_sure(town, child.case)
    await days_pass(town, "2027-02-22", days=91)
    await lone.reads("notice.expired")
    await lone.answers("parental.ask_take_part", "yes")
    await lone.asked("parental.stated")
    assert town.archive.needs(child.case.reference) == ["verify_holder"]


async def test_what_has_run_out_this_morning_is_handed_to_nobody(town: Town) -> None:
    """The batch of the day was before; whoever takes a case looks once more."""
    town.lets_cases_last(days=120)
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await days_pass(town, "2027-02-21", days=90, hours=-0.5)
    assert town.archive.status(pair.case.reference) == "confirmed"
    town.moves_clock(hours=1)
    karen.says(f"tag sagen {pair.case.reference}")
    await karen.hears("notice.not_in_queue")
    assert town.archive.status(pair.case.reference) == "collecting"


async def test_who_is_turning_18_since_midnight_is_handed_to_nobody(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    child = await child_agrees(town, authority="one", birth=SOON_18["da"])
    await parent_agrees(town, child, others="no")
    await sofie_agrees(town, child.case)
    makes_sure(town, child.case)
    assert town.archive.status(child.case.reference) == "confirmed"
    await days_pass(town, "2026-11-30", days=7)
    town.moves_clock(hours=15)
    karen.says(f"tag sagen {child.case.reference}")
    await karen.hears("notice.not_in_queue")
    assert town.archive.needs(child.case.reference) == ["turning_18"]


async def test_staff_are_told_once_of_a_link_that_ran_out_unopened(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else a child would wait for ever; the list of cases tells which case, too."""
    birgit = await town.hires("coordinator", "coordinator")
    child = await child_agrees(town, authority="one")
    waits = f"(awaiting_holder): {child.case.reference}"
    await days_pass(town, "2026-11-30", days=7)
    assert not birgit.sees("notice.needs_human")
    await days_pass(town, "2026-12-01", days=1)
    assert len(birgit.sees("notice.needs_human")) == 1
    assert town.types("case list") == 0
    assert waits in capsys.readouterr().out
    await days_pass(town, "2026-12-03", days=2)
    assert len(birgit.sees("notice.needs_human")) == 1
    assert told(child.resident) == 0

    await child.resident.answers_now("child.awaiting_parents", "new_link")
    await child.resident.asked("child.awaiting_parents")
    town.types("case list")
    assert waits not in capsys.readouterr().out


async def test_where_the_child_has_stopped_nobody_waits_for_a_parent(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    child = await child_agrees(town, authority="one")
    await child.resident.wants(Always.WITHDRAW)
    await child.resident.asked("closing.withdrawn")
    await days_pass(town, "2026-12-01", days=8)
    assert not birgit.sees("notice.needs_human")
    town.types("case list")
    assert "awaiting_holder" not in capsys.readouterr().out


async def test_no_link_outlives_its_case_nor_says_that_it_does(town: Town) -> None:
    town.lets_cases_last(days=3)
    child = await child_agrees(town, authority="one")
    [message] = child.resident.sees("child.forward")
    assert "26. november 2026, 09.00" in message.text
    lone = town.phone("parent")
    await days_pass(town, "2026-11-26", days=3)
    sends_on(child.resident, lone)
    await lone.hears("link.refused")
