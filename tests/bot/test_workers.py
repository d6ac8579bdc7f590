"""Webhook workers: one on SQLite, any number on PostgreSQL; nothing is lost."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from itertools import groupby
from pathlib import Path

import aiohttp
import psycopg
import pytest

from bot.channels.telegram.webhook import SECRET_HEADER
from bot.simulator.server import HOST, Simulator
from tests.support.balancer import balancing
from tests.support.ports import free_port
from tests.support.postgres import Server
from tests.support.program import (
    WEBHOOK_SECRET,
    asks,
    by_webhook,
    program,
    program_anew,
)
from tests.support.visitors import hasty, heard, reads_on

UNLIMITED = {"CHAT_RATE": "0", "SEND_RATE": "0"}
HOOK = "--webhook"


async def sent(phones: Simulator, number: int) -> None:
    """Wait until so many messages have arrived."""
    world = phones.world
    async with asyncio.timeout(20):
        while len(world.journal.of("sendMessage")) < number:
            await world.changes.beyond(world.changes.version)


async def until(reached: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not reached():  # noqa: ASYNC110 - a balancer raises no event
            await asyncio.sleep(0.005)


async def test_on_sqlite_one_worker_serves_and_nobody_beside_it(
    folder: Path, phones: Simulator
) -> None:
    """Neither a second worker nor somebody who polls."""
    port = free_port()
    hook = by_webhook(port)
    async with program_anew(folder, phones.url, HOOK, **hook) as bot:
        await bot.is_ready()
        assert await asks(port, "readyz") == (200, "Ready.\n")
        other = by_webhook(free_port())
        async with (
            program(folder, phones.url, HOOK, **other) as second,
            program(folder, phones.url) as polling,
        ):
            assert [await second.finishes(), await polling.finishes()] == [3, 3]
        assert f"Process {bot.process.pid} on" in bot.log()
        await reads_on(hasty(phones, "asta"))
        assert await bot.ends() == 0
    assert WEBHOOK_SECRET not in bot.log()
    assert "/updates" not in bot.log()


async def test_what_is_brought_while_the_worker_is_killed_is_answered_once(
    folder: Path, phones: Simulator
) -> None:
    people = [hasty(phones, f"visitor {n}") for n in range(20)]
    hook = by_webhook(free_port()) | UNLIMITED
    async with program(folder, phones.url, HOOK, **hook) as bot:
        await sent(phones, 8)
        await bot.is_killed()
    async with program(folder, phones.url, HOOK, **hook) as bot:
        for person in people:
            await reads_on(person)
        undisturbed = hasty(phones, "undisturbed")
        await reads_on(undisturbed)
        await undisturbed.waits_for_the_bot()
        assert await bot.ends() == 0
    expected = heard(undisturbed)
    for person in people:
        assert [text for text, _ in groupby(heard(person))] == expected


async def test_when_told_to_end_a_worker_finishes_what_it_has_begun(
    folder: Path, phones: Simulator
) -> None:
    """What the limit of a chat holds back still arrives."""
    hook = by_webhook(free_port())
    async with program(folder, phones.url, HOOK, CHAT_RATE="2", **hook) as bot:
        await bot.is_ready()
        asta = hasty(phones, "asta")
        await reads_on(asta)
        before = len(heard(asta))
        for number in range(4):
            asta.says(f"hej {number}")
        await asta.waits_for_the_bot()
        begun = time.monotonic()
        assert await bot.ends() == 0
    assert time.monotonic() - begun < 10
    assert len(heard(asta)) >= before + 4


async def test_who_polls_loads_no_web_server(
    folder: Path, phones: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    async with program_anew(folder, phones.url, HEALTH_PORT="0") as bot:
        await reads_on(hasty(phones, "asta"))
        assert await bot.ends() == 0
    loaded = {line.rpartition("|")[2].strip() for line in bot.log().splitlines()}
    assert "bot.channels.telegram.poller" in loaded
    for heavy in ("starlette", "uvicorn", "prometheus_client", "psycopg", "alembic"):
        assert heavy not in loaded


async def test_four_workers_on_postgresql_lose_nothing_when_one_is_killed(
    tmp_path: Path, postgres: Server, phones: Simulator
) -> None:
    """And who polls is told that they serve."""
    ports = [free_port() for _ in range(4)]
    async with AsyncExitStack() as stack:
        shared = stack.enter_context(on_server(postgres)) | UNLIMITED
        balancer = await stack.enter_async_context(balancing(ports))
        workers = [
            await stack.enter_async_context(
                program(
                    tmp_path,
                    phones.url,
                    HOOK,
                    **shared,
                    **by_webhook(port, balancer.url),
                )
            )
            for port in ports
        ]
        await asyncio.gather(*(worker.is_ready() for worker in workers))
        people = [hasty(phones, f"visitor {n}") for n in range(20)]
        await sent(phones, 8)
        await until(lambda: balancer.answered.get(ports[0]))
        await workers[0].is_killed()
        for person in people:
            await reads_on(person)
        undisturbed = hasty(phones, "undisturbed")
        await reads_on(undisturbed)
        await undisturbed.waits_for_the_bot()
        await acts_once(shared, ports[1:])
        async with program(tmp_path, phones.url, **shared) as polling:
            assert await polling.finishes() == 3
        assert "by webhook has served" in workers[1].log()
        ends = [worker.ends() for worker in workers[1:]]
        assert await asyncio.gather(*ends) == [0, 0, 0]
    assert sum(number > 0 for number in balancer.answered.values()) == 4
    expected = heard(undisturbed)
    for person in people:
        assert [text for text, _ in groupby(heard(person))] == expected


async def acts_once(shared: dict[str, str], ports: list[int]) -> None:
    """Bring one update to several workers at the same moment, and look what came."""
    person = {"id": 4001, "is_bot": False, "first_name": "Sofie"}
    message = {
        "message_id": 1,
        "date": 1_700_000_000,
        "chat": {"id": 4001, "type": "private"},
        "from": person,
        "text": "/start",
    }
    update = {"update_id": 7, "message": message}
    headers = {SECRET_HEADER: WEBHOOK_SECRET}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def bring(port: int) -> int:
            url = f"http://{HOST}:{port}/updates"
            async with session.post(url, json=update) as answer:
                return answer.status

        assert await asyncio.gather(*map(bring, ports * 3)) == [200] * 9
    with psycopg.connect(shared["DATABASE_URL"]) as connection:
        seen = "SELECT count(*) FROM seen_updates WHERE event_id = '7'"
        assert connection.execute(seen).fetchone() == (1,)
        people = "SELECT count(*) FROM people"
        assert connection.execute(people).fetchone() == (22,)


@contextmanager
def on_server(server: Server) -> Iterator[dict[str, str]]:
    """Borrow two databases with tables, and tell where they are."""
    with server.lent() as (main, keys):
        yield {"DATABASE_URL": main, "KEYS_URL": keys}
