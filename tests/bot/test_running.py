"""A process of its own: what it tells its operator, and how it ends."""

import asyncio
import json
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.simulator.faults import Fault, FaultKind
from bot.simulator.server import Simulator
from bot.storage import people, records
from tests.bot.storage.house import House, move_in
from tests.support.program import program
from tests.support.visitors import newcomer

SECRET = "Jeg hedder Asta Mogensen og bor i Faaborg"


def figures(told: str) -> dict[str, float]:
    """Read metrics as Prometheus does; labels and bounds are left out."""
    return {
        sample.name: sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def turns(told: str) -> float:
    return figures(told)["konfliktraad_turn_seconds_count"]


def sends(told: str) -> float:
    return figures(told)["konfliktraad_sends_total"]


def states(folder: Path) -> dict[str, int]:
    """Count the messages by what has become of them."""
    with closing(sqlite3.connect(folder / "var/konfliktraad.db")) as opened:
        return dict(opened.execute("SELECT state, count(*) FROM outbox GROUP BY state"))


async def test_monitoring_and_log_tell_how_it_goes_and_of_nobody(
    folder: Path, phones: Simulator
) -> None:
    async with program(folder, phones.url) as bot:
        await bot.is_ready()
        assert await bot.asks("healthz") == (200, "Alive.\n")
        asta = newcomer(phones, "asta")
        asta.says(SECRET)
        told = (await bot.says("metrics", lambda told: sends(told) >= 2))[1]
        assert await bot.ends() == 0
        log = bot.log()
    found = figures(told)
    assert found["konfliktraad_turn_seconds_count"] >= 2
    assert found["konfliktraad_sends_total"] >= 2
    assert found["konfliktraad_failed_turns_total"] == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"time", "level", "logger", "message"} <= lines[0].keys()
    assert any(line["message"].startswith("Ready") for line in lines)
    for private in ("Asta", "Faaborg", str(asta.phone.user_id)):
        assert private not in log + told


async def test_when_told_to_end_it_finishes_what_it_has_begun(
    folder: Path, phones: Simulator
) -> None:
    """Answers that the limit of a chat holds back still arrive."""
    async with program(folder, phones.url, CHAT_RATE="2") as bot:
        await bot.is_ready()
        asta = newcomer(phones, "asta")
        for number in range(4):
            asta.says(f"Hvad koster nummer {number}?")
        await asta.waits_for_the_bot()
        begun = time.monotonic()
        assert await bot.ends() == 0
        assert time.monotonic() - begun < 10
    found = states(folder)
    assert found.keys() == {"sent"}
    assert found["sent"] >= 5


async def test_who_was_erased_is_taken_out_before_anybody_is_served(
    folder: Path, phones: Simulator
) -> None:
    """As when a copy of the database was put back by hand."""
    house = House(folder / "var")
    with closing(house.open()) as store:
        ida, _ = move_in(store, 4001)
        ole, _ = move_in(store, 4002)
        store.keys.destroy(ida)
    async with program(folder, phones.url) as bot:
        await bot.is_ready()
        assert await bot.ends() == 0
    with closing(house.open()) as store:
        assert store.run_now(people.ids) == [ole]


async def test_it_is_not_ready_while_another_program_takes_the_updates(
    folder: Path, phones: Simulator
) -> None:
    other = folder / "other"
    shutil.copytree(folder / "var", other / "var")
    async with program(folder, phones.url) as bot:
        await bot.is_ready()
        async with program(other, phones.url) as second:
            await second.is_ready()
            told = await bot.says("readyz", lambda told: "stop the other" in told)
        assert told[0] == 503
        newcomer(phones, "asta")
        await bot.is_ready()


async def test_an_older_program_is_refused_with_a_code_of_its_own(
    folder: Path, phones: Simulator
) -> None:
    with closing(House(folder / "var").open()) as store:
        store.run_now(records.set_meta, "dialogue consent", "1000")
    async with program(folder, phones.url) as bot:
        assert await bot.finishes() == 4
        assert "start the newer version" in bot.log()


async def test_the_end_does_not_wait_for_a_locked_database(
    folder: Path, phones: Simulator
) -> None:
    """Nor for a Telegram that is silent; what was not confirmed comes again."""
    async with program(folder, phones.url) as bot:
        await bot.is_ready()
        silent = Fault(FaultKind.LOST_REQUEST, method="sendMessage")
        phones.world.faults.switch_on(silent)
        asta = newcomer(phones, "asta")
        await bot.says("metrics", lambda told: turns(told) >= 1)
        main = folder / "var/konfliktraad.db"
        with closing(sqlite3.connect(main, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asta.says("hej")
            await asyncio.sleep(1)
            begun = time.monotonic()
            assert await bot.ends() == 0
            took = time.monotonic() - begun
    assert took < 10
