"""What is kept, where it is kept, and who ever gets to read it."""

import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.unusable_messages import send_oddment
from flows.facts import Role
from flows.rules.case import Relation
from tests.support.resident import Resident
from tests.support.town import Empty, Town, founded
from tests.support.walks import (
    jonas_agrees,
    leaves_a_number,
    reads_up_to_offer,
    reads_up_to_role,
    says_yes,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)

#: Words that stand nowhere else.
CANARY = "Kanarifugl"
CANARY_PHONE = "31 42 53 64"


@pytest.fixture
async def loud_town(
    tmp_path: Path, empty_database: Empty, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Town]:
    """A town whose program logs all that it can log."""
    caplog.set_level(logging.DEBUG)
    async with founded(tmp_path, empty_database) as made:
        yield made


#: What is kept of everybody.
ALWAYS = {"id", "language", "channel", "reply_handle", "next_talk", "created_at"}


def tells_numbers_alone(notes: object, words: object) -> None:
    """Rows and steps are numbers, and the words that were read are a hash."""
    found = re.findall(r"'(\w+)': '([\w ]+)'", str(notes).replace('"', "'"))
    numbers = [value for name, value in found if name != "notice"]
    assert dict(found)["notice"] == words
    assert all(re.fullmatch(r"[\d ]+", value) for value in numbers)


async def test_before_interest_only_what_an_answer_needs_is_kept(town: Town) -> None:
    """Look-up hash, sealed reply handle, language, age band, place, case and role.

    And which words everybody is asked in.
    """
    case = town.opens_case()
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    sofie.says(CANARY)
    await reads_up_to_offer(sofie, case.victim)
    sofie.says(f"hvad er {CANARY}?")
    await sofie.hears("common.unanswered")
    send_oddment(town.world, sofie.person.phone, "photo")
    await sofie.hears("common.unusable")
    sofie.person.shares_contact()
    await sofie.asked("offer.ask_interest")
    await town.settles()

    party = town.archive.party(case.reference, Role.VICTIM)
    assert (party.age_band, party.interest, party.confession) == ("18", None, None)
    for table in ("answers", "consents", "notices", "staff"):
        assert town.archive.rows(table) == [], table
    assert town.archive.needs(case.reference) == []
    [person] = town.archive.rows("people")
    kept = {name for name, value in person.items() if value is not None}
    assert kept == {*ALWAYS, "talk_id", "unusable_at"}
    [talk] = town.archive.rows("talks")
    [words] = town.archive.rows("consent_notices")
    tells_numbers_alone(talk["notes"], words["sha256"])
    assert {row["payload"] for row in town.archive.rows("outbox")} == {None}
    assert_nowhere(town, CANARY, str(sofie.account), "20163847", "Sofie")


async def test_without_a_letter_no_more_is_kept_before_interest(town: Town) -> None:
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    await sofie.answers("referral.ask_role", "victim")
    await sofie.answers("referral.ask_district", "fyn")
    await sofie.asked("referral.ask_interest")
    await town.settles()
    for table in ("answers", "cases", "parties", "consents", "human_needs"):
        assert town.archive.rows(table) == [], table
    assert_nowhere(town, str(sofie.account), "20163847", "Sofie")


async def agrees_as_a_canary(jonas: Resident, token: str) -> None:
    """Let somebody tell only words that stand nowhere else."""
    await reads_up_to_offer(jonas, token)
    jonas.says(f"{CANARY} gjorde det, ikke jeg")
    await shows_interest(jonas, confession="yes")
    await jonas.gives("intake.ask_name", CANARY)
    await jonas.gives("intake.ask_phone", CANARY_PHONE)
    await jonas.gives("intake.ask_email", f"{CANARY}@example.dk")
    for question in ("ask_times", "ask_interpreter", "ask_access"):
        await jonas.gives(f"intake.{question}", f"{CANARY} {question}")
    await jonas.answers("intake.ask_support", "yes")
    summary = await jonas.asked("consent.ask_summary")
    assert CANARY in summary.text
    await jonas.answers("consent.ask_summary", "right")
    await jonas.answers("consent.explain_before", "go_on")
    await says_yes(jonas)


async def test_one_partys_words_reach_only_the_mediator_who_has_the_case(
    loud_town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town = loud_town
    karen = await town.hires("mediator", "mediator")
    ahmed = await town.hires("mediator", "mediator2")
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    jonas = town.phone("offender")
    await agrees_as_a_canary(jonas, case.offender)
    await karen.hears("notice.case_ready")
    await town.settles()
    assert CANARY not in karen.chat()
    await karen.takes(case.reference)
    card = await karen.hears("card.title")
    assert card.text.count(CANARY) == 5
    await ahmed.takes(case.reference)
    await sofie.reads("notice.claimed")
    await town.settles()

    for other in (sofie, ahmed, birgit):
        assert CANARY not in other.chat()
        assert "31 42" not in other.chat()
    assert_nowhere(town, CANARY, CANARY_PHONE, "+45 31 42 53 64", str(jonas.account))
    for log in (caplog.text, *(str(record.args) for record in caplog.records)):
        assert CANARY not in log
        assert str(jonas.account) not in log
        assert case.offender not in log


async def test_a_withdrawal_leaves_no_word_behind(town: Town) -> None:
    case = town.opens_case()
    jonas = town.phone("offender")
    await agrees_as_a_canary(jonas, case.offender)
    jonas.says("stop")
    await jonas.asked("closing.withdrawn")
    assert town.archive.rows("answers") == []


async def test_what_is_left_for_a_human_is_sealed_too(town: Town) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    await sofie.answers("referral.ask_role", "victim")
    await sofie.answers("referral.ask_district", "unknown")
    await sofie.answers("referral.ask_interest", "yes")
    await leaves_a_number(sofie, CANARY_PHONE, CANARY)
    await birgit.hears("notice.needs_human")
    await town.settles()
    assert CANARY not in birgit.chat()
    assert_nowhere(town, CANARY, "+45 31 42 53 64")


def assert_nowhere(town: Town, *secrets: str) -> None:
    """No column holds it in the open, and no file of the program does."""
    for place, value in town.archive.values():
        for secret in secrets:
            assert secret not in value, f"{secret} stands in {place}"
    for path in town.archive.files():
        content = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in content, f"{secret} stands in {path.name}"


async def test_staff_who_are_a_party_learn_nothing_of_the_other_side(
    town: Town,
) -> None:
    """Neither a notice nor the word with which cases are taken tells of a yes."""
    case, sofie = town.opens_case(Relation.UNKNOWN), town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await says_yes(sofie)
    for role in ("mediator", "coordinator"):
        sofie.opens(town.invites(role))
        await sofie.answers(f"{role}.ask_invitation", "yes")
        await sofie.hears(f"{role}.ready")
    await jonas_agrees(town, case)
    await town.settles()
    assert not sofie.sees("notice.needs_human")
    town.clears(case.reference, "relation_unknown")
    assert town.archive.status(case.reference) == "confirmed"
    sofie.says("tag sagen")
    await sofie.hears("queue.none")
    assert not sofie.sees("notice.case_ready")
