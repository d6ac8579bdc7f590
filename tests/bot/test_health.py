"""Monitoring hears the truth: ready only while people are being served."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot.clock import MovableClock
from bot.errors import SettingsError
from bot.figures import Figures
from bot.health import readiness
from bot.health.readiness import Readiness
from bot.health.server import Health, monitored
from bot.storage import Session
from bot.storage.mail.messages import Send
from bot.storage.mail.outbox import queue
from bot.storage.tables import Person
from tests.bot.storage.house import NOON, House, move_in
from tests.support.ports import free_port
from tests.support.program import asks

PORT = free_port()


@pytest.fixture
async def health(tmp_path: Path) -> AsyncIterator[Health]:
    store = House(tmp_path).furnish().open()
    health = Health(Readiness(Figures(), store, lambda: True), MovableClock(NOON))
    async with monitored(PORT, health):
        yield health
    store.close()


async def test_it_is_ready_when_telegram_and_the_database_answer(
    health: Health,
) -> None:
    assert await asks(PORT, "healthz") == (200, "Alive.\n")
    assert await asks(PORT, "readyz") == (503, "Telegram has not answered yet.\n")
    health.readiness.figures.answered()
    assert await asks(PORT, "readyz") == (200, "Ready.\n")


async def test_it_is_not_ready_while_another_program_takes_the_updates(
    health: Health,
) -> None:
    health.readiness.figures.answered()
    health.readiness.figures.held_up = "Stop the other one."
    assert await asks(PORT, "readyz") == (503, "Stop the other one.\n")
    health.readiness.figures.answered()
    assert (await asks(PORT, "readyz"))[0] == 200


async def test_it_is_not_ready_when_telegram_is_silent_for_long(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    health.readiness.figures.answered()
    monkeypatch.setattr(readiness, "LONGEST_SILENCE", 0)
    told = await asks(PORT, "readyz")
    assert told == (503, "Telegram has not answered for 0 seconds.\n")


async def test_it_is_not_ready_while_a_turn_does_not_end(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = health.readiness.figures
    figures.answered()
    with figures.turns.measured():
        assert (await asks(PORT, "readyz"))[0] == 200
        monkeypatch.setattr(readiness, "LONGEST_TURN", 0)
        told = await asks(PORT, "readyz")
    assert told == (503, "A turn has been under way for 0 seconds.\n")
    assert (await asks(PORT, "readyz"))[0] == 200


async def test_it_is_not_ready_without_the_right_to_serve(tmp_path: Path) -> None:
    store = House(tmp_path).furnish().open()
    health = Health(Readiness(Figures(), store, lambda: False), MovableClock(NOON))
    health.readiness.figures.answered()
    async with monitored(PORT, health):
        status, sentence = await asks(PORT, "readyz")
    store.close()
    assert status == 503
    assert "serving lease is lost" in sentence


async def test_it_is_alive_and_not_ready_when_the_database_fails(
    health: Health,
) -> None:
    health.readiness.figures.answered()
    health.readiness.store.run_now(
        lambda session: session.execute(text("DROP TABLE outbox"))
    )
    for path in ("readyz", "metrics"):
        status, sentence = await asks(PORT, path)
        assert status == 503
        assert sentence.startswith("The database cannot be used just now")
    assert (await asks(PORT, "healthz"))[0] == 200


async def test_the_figures_are_those_of_process_and_database(health: Health) -> None:
    person_id, key = move_in(health.readiness.store, 4001)
    blocked, blocked_key = move_in(health.readiness.store, 4002)
    health.readiness.store.run_now(wait, person_id, key)
    health.readiness.store.run_now(wait, blocked, blocked_key)
    health.readiness.store.run_now(block, blocked)
    clock = health.clock
    assert isinstance(clock, MovableClock)
    clock.advance(90)
    for seconds in (0.004, 0.2, 30):
        health.readiness.figures.turns.add(seconds)
    health.readiness.figures.possible_doubles = 2

    status, told = await asks(PORT, "metrics")
    assert status == 200
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }
    assert found["konfliktraad_outbox_rows",] == 1
    assert found["konfliktraad_outbox_age_seconds",] == 90
    assert found["konfliktraad_blocked_chats",] == 1
    assert found["konfliktraad_possible_doubles_total",] == 2
    assert found["konfliktraad_failed_turns_total",] == 0
    assert found["konfliktraad_cases", "confirmed"] == 0
    buckets = [found["konfliktraad_turn_seconds_bucket", x] for x in ("0.005", "0.25")]
    assert [*buckets, found["konfliktraad_turn_seconds_bucket", "+Inf"]] == [1, 2, 3]
    assert found["konfliktraad_turn_seconds_count",] == 3
    for private in (person_id, "4001"):
        assert private not in told


async def test_a_port_that_is_taken_is_told(health: Health) -> None:
    with pytest.raises(SettingsError, match="KONFLIKTRAAD_HEALTH_PORT"):
        async with monitored(PORT, health):
            pass


def wait(session: Session, person_id: str, key: bytes) -> None:
    queue(session, key, person_id, Send("Hej."), at=NOON)


def block(session: Session, person_id: str) -> None:
    session.get_one(Person, person_id).blocked_at = NOON
