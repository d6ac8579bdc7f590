"""`webhook` tells how Telegram brings updates, and makes it stop without losing any."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.simulator.account import TOKEN
from bot.simulator.person import PhoneUser
from bot.simulator.phones import Owner
from bot.simulator.server import Simulator, running
from bot.simulator.world import World
from bot.storage import lease
from bot.storage.lease import LeaseOwner
from tests.bot.cli.terminal import Desk, Terminal
from tests.simulator.line import Line
from tests.support.ports import free_port

DATABASE = "sqlite:///var/konfliktraad.db"
NOWHERE = f"http://127.0.0.1:{free_port()}/secret-path"


@pytest.fixture
async def phones(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Simulator]:
    async with running(World()) as simulator:
        monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_API", simulator.url)
        monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_TOKEN", TOKEN)
        yield simulator


async def test_a_webhook_that_nobody_serves_is_seen_and_taken_away(
    terminal: Terminal, phones: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has waited is still there for who asks."""
    desk = Desk(terminal)
    assert "No webhook is set." in await desk.prints("webhook status")
    async with Line.to(phones) as line:
        await line.call("setWebhook", url=NOWHERE)
        phones.world.add_phone(Owner("asta", "Asta", "+4520163847"))
        PhoneUser(phones.world, "asta").open_link()
        while not (await line.call("getWebhookInfo")).get("last_error_message"):
            pass
        told = await desk.prints("webhook status")
        assert "A webhook is set, on 127.0.0.1." in told
        assert "Its address is not the one of KONFLIKTRAAD_WEBHOOK_URL." in told
        assert "Updates that wait: 1." in told
        assert "UTC: Connection refused" in told
        assert "secret-path" not in told
        found = await desk.gets("webhook status", kind=dict)
        assert (found["is_set"], found["pending"]) == (True, 1)
        assert (found["host"], found["is_as_set_here"]) == ("127.0.0.1", False)
        monkeypatch.setenv("KONFLIKTRAAD_WEBHOOK_URL", NOWHERE)
        assert (await desk.gets("webhook status", kind=dict))["is_as_set_here"] is True
        assert "Its address is the one of" in await desk.prints("webhook status")
        await desk.prints("webhook remove")
        assert "No webhook is set." in await desk.prints("webhook status")
        assert len(await line.updates()) == 1


async def test_when_telegram_does_not_answer_that_is_told(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, phones: Simulator
) -> None:
    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_API", "http://127.0.0.1:1")
    printed = await Desk(terminal).types("webhook status")
    assert (printed.code, "does not answer" in printed.sentence) == (1, True)
    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_API", phones.url)
    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_TOKEN", "1:wrong")
    printed = await Desk(terminal).types("webhook remove")
    assert (printed.code, "is not accepted" in printed.sentence) == (2, True)


async def test_a_webhook_is_not_taken_away_from_workers_that_serve(
    office: Terminal, phones: Simulator
) -> None:
    desk = Desk(office)
    workers = LeaseOwner("webhook", "process 1 on other by webhook", None, 0)
    with opened_at(DATABASE) as session:
        lease.take(session, "serving", workers, Clock().now())
    async with Line.to(phones) as line:
        await line.call("setWebhook", url=NOWHERE)
        printed = await desk.types("webhook remove")
        assert (printed.code, "by webhook has served" in printed.sentence) == (3, True)
        assert "A webhook is set" in await desk.prints("webhook status")
        with opened_at(DATABASE) as session:
            lease.let_go(session, "serving", workers.id)
        await desk.prints("webhook remove")
        assert "No webhook is set." in await desk.prints("webhook status")


@contextmanager
def opened_at(url: str) -> Iterator[Session]:
    engine = create_engine(url)
    with Session(engine) as session, session.begin():
        yield session
    engine.dispose()
