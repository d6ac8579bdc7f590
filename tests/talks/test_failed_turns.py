"""What becomes of a turn that cannot be made: nobody is left without an answer."""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.chat.tools import Tools
from bot.conversation import failing
from bot.conversation.turn import turn
from bot.incoming import Incoming
from bot.serving import turns
from bot.storage import Session
from flows.facts import Role
from tests.support.resident import Resident
from tests.support.town import Town, founded_at_rest, served
from tests.support.walks import reads_up_to_offer, shows_interest

CANARY = "Det var Peter fra Faaborg"


@dataclass
class Trouble:
    """Lets the turns of some accounts do all that they do, and then fail."""

    left: Counter[int] = field(default_factory=Counter)
    fail: Callable[[], None] = lambda: None

    def strikes(self, resident: Resident, times: int = 1000) -> None:
        self.left[resident.account] = times

    def turn(
        self, session: Session, tools: Tools, incoming: Incoming, *, can_wait: bool
    ) -> str | None:
        said = turn(session, tools, incoming, can_wait=can_wait)
        if self.left[int(incoming.account)] > 0:
            self.left[int(incoming.account)] -= 1
            self.fail()
        return said


def breaks() -> None:
    raise KeyError(CANARY)


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Trouble:
    made = Trouble(fail=breaks)
    monkeypatch.setattr(turns, "turn", made.turn)
    return made


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PAUSES", (0.02, 0.05))


async def at_offer(town: Town) -> tuple[Resident, str]:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    return sofie, case.reference


@pytest.mark.usefixtures("quickly")
async def test_what_succeeds_at_the_third_try_is_as_if_nothing_had_been(
    town: Town, trouble: Trouble
) -> None:
    sofie, reference = await at_offer(town)
    trouble.strikes(sofie, times=2)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    await town.settles()
    assert len(sofie.sees("intake.ask_name")) == 1
    assert town.archive.party(reference, Role.VICTIM).interest == "yes"
    assert town.archive.rows("failed_turns") == []
    assert not sofie.sees("common.failed")


@pytest.mark.usefixtures("quickly")
async def test_who_was_failed_is_told_whom_to_call_and_can_try_again(
    town: Town, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    sofie, reference = await at_offer(town)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    trouble.strikes(sofie, times=3)
    sofie.says(CANARY)
    told = await sofie.hears("common.failed")
    assert "66 14 14 48" in told.text
    [row] = town.archive.rows("failed_turns")
    assert row["error"] == "KeyError"
    assert str(row["place"]).startswith("test_failed_turns.py:")
    assert row["person_id"]
    assert town.archive.answers(sofie.account) == {}
    assert town.archive.party(reference, Role.VICTIM).interest == "yes"
    assert CANARY not in str(list(town.archive.values())) + caplog.text
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")


@pytest.mark.usefixtures("quickly")
async def test_words_that_failed_are_deleted_too_when_the_chat_is_covered(
    town: Town, trouble: Trouble
) -> None:
    sofie, _ = await at_offer(town)
    trouble.strikes(sofie, times=3)
    sofie.says(CANARY)
    await sofie.hears("common.failed")
    sofie.says("skjul")
    await sofie.hears("hide.line")
    await town.settles()
    assert sofie.chat() == sofie.text("hide.line")


@pytest.mark.usefixtures("quickly")
async def test_the_coordinators_hear_reference_and_district_only(
    town: Town, trouble: Trouble
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    far_away = await town.hires("coordinator", "far", district="bornholm")
    sofie, reference = await at_offer(town)
    trouble.strikes(sofie)
    sofie.says(CANARY)
    told = await birgit.hears("notice.turn_failed")
    district = birgit.text("district.fyn")
    assert told.text == birgit.text(
        "notice.turn_failed", reference=reference, district=district
    )
    await town.settles()
    assert not far_away.sees("notice.turn_failed")


@pytest.mark.usefixtures("quickly")
async def test_a_stranger_is_told_too_and_the_operator(
    town: Town, trouble: Trouble, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = town.phone("stranger")
    trouble.strikes(stranger)
    stranger.opens()
    told = await stranger.hears("common.failed")
    assert "Brogårdsvej" in told.text
    assert [r.levelno for r in caplog.records][-1] == logging.CRITICAL
    assert "recorded as failed after 3 tries (KeyError in" in caplog.text


@pytest.mark.usefixtures("quickly")
async def test_a_covered_chat_tells_nothing_even_then(
    town: Town, trouble: Trouble
) -> None:
    sofie, _ = await at_offer(town)
    sofie.says("skjul")
    await sofie.hears("hide.line")
    await town.settles()
    trouble.strikes(sofie)
    sofie.says("Hvad er det her?")
    await sofie.hears("hide.line")
    assert len(town.archive.rows("failed_turns")) == 1
    assert {b.text for b in sofie.heard()} == {sofie.text("hide.line")}


@pytest.mark.usefixtures("quickly")
async def test_who_was_failed_hears_so_even_if_the_question_is_what_fails(
    town: Town, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot_be_asked(*_: object, **__: object) -> None:
        raise ValueError(CANARY)

    sofie, _ = await at_offer(town)
    trouble.strikes(sofie)
    monkeypatch.setattr(failing, "ask", cannot_be_asked)
    sofie.says("Hej")
    await sofie.hears("common.failed")
    assert len(town.archive.rows("failed_turns")) == 1
    assert CANARY not in sofie.chat()


@pytest.mark.usefixtures("quickly")
async def test_where_nobody_can_be_told_it_is_recorded_all_the_same(
    town: Town, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing_works(*_: object) -> None:
        raise ValueError(CANARY)

    sofie, _ = await at_offer(town)
    trouble.strikes(sofie)
    monkeypatch.setattr(turns, "give_up", nothing_works)
    sofie.says("Hej")
    await town.until(lambda: town.archive.rows("failed_turns"))
    await town.settles()
    assert town.archive.place(sofie.account) == "offer.ask_interest"


@pytest.mark.usefixtures("quickly")
async def test_a_turn_that_takes_too_long_is_rolled_back_and_counts_as_failed(
    town: Town, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    sofie, reference = await at_offer(town)
    monkeypatch.setattr(turns, "TOO_LONG", 0.2)
    trouble.fail = lambda: time.sleep(0.25)
    trouble.strikes(sofie)
    await sofie.answers("offer.ask_interest", "yes")
    await sofie.hears("common.failed")
    [row] = town.archive.rows("failed_turns")
    assert row["error"] == "TookTooLong"
    assert town.archive.party(reference, Role.VICTIM).interest is None


async def test_one_whose_every_turn_fails_is_noticed_by_nobody_else(
    town: Town, trouble: Trouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All others are answered before the second pause is over."""
    monkeypatch.setattr(turns, "PAUSES", (0.5, 60.0))
    unlucky = town.phone("unlucky")
    trouble.strikes(unlucky)
    unlucky.opens()
    others = [town.phone(f"other {n}") for n in range(49)]
    for person in others:
        person.opens()
    for person in others:
        await person.asked("arrival.ask_language")
        await person.answers("arrival.ask_language", "da")
    for person in others:
        await person.asked("arrival.explain_bot")
    assert not unlucky.heard()
    assert town.archive.rows("failed_turns") == []
    assert all(len(person.heard()) <= 3 for person in others)


async def test_a_turn_that_fails_while_the_program_ends_is_left_to_the_next(
    tmp_path: Path,
    empty_database: Path,
    trouble: Trouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next version may be able to make it; nothing is recorded as failed."""
    monkeypatch.setattr(turns, "PAUSES", (30.0, 30.0))
    async with founded_at_rest(tmp_path, empty_database) as (town, opened):
        sofie = town.phone("victim")
        trouble.strikes(sofie)
        async with served(opened):
            sofie.opens()
            await town.until(lambda: trouble.left[sofie.account] < 1000)
            begun = time.monotonic()
        assert time.monotonic() - begun < 5
        assert town.archive.rows("failed_turns") == []
        trouble.strikes(sofie, times=0)
        async with served(opened):
            await sofie.asked("arrival.ask_language")
            await town.settles()
    assert not sofie.sees("common.failed")
