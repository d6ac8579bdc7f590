"""What Telegram brings is answered with 200 only when its turn is committed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.channels.telegram import webhook
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.channels.telegram.webhook import (
    LONGEST_BODY,
    SECRET_HEADER,
    TAKEN_AWAY,
    Webhook,
)
from bot.errors import StorageError, WebhookRefused
from bot.incoming import Incoming, Text
from bot.simulator.server import HOST
from bot.webhook_settings import WebhookSettings
from tests.bot.channels.telegram.office import Make, Office, at_work
from tests.support.ports import free_port
from tests.support.program import asks

SECRET = "a-secret-of-the-tests_0123456789"
PORT = free_port()
URL = f"http://{HOST}:{PORT}/brought/here"


async def ready(_request: Request) -> Response:
    return PlainTextResponse("Ready.\n")


@asynccontextmanager
async def served(office: Office, make: Make, url: str = URL) -> AsyncIterator[None]:
    """Serve the webhook during a part of a test."""
    hook = WebhookSettings(url, SECRET, HOST, PORT)
    async with office.receiving(make) as reception:
        made = Webhook(office.bot, hook, reception, office.right, office.figures, ready)
        async with at_work(made.run):
            await office.until(lambda: office.figures.held_up is None)
            yield
    office.figures.held_up = "Not yet."


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def update(update_id: int = 7, text: str = "Hej") -> dict[str, object]:
    person = {"id": 4001, "is_bot": False, "first_name": "Sofie"}
    message = {
        "message_id": 1,
        "date": 1_700_000_000,
        "chat": {"id": 4001, "type": "private"},
        "from": person,
        "text": text,
    }
    return {"update_id": update_id, "message": message}


async def brought(
    session: aiohttp.ClientSession, body: bytes, secret: str | None = SECRET
) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    async with session.post(URL, data=body, headers=headers) as answer:
        return answer.status


async def test_telegram_is_told_where_and_what_to_bring(office: Office) -> None:
    """The call itself is checked against the models of others, as all are."""
    async with served(office, office.take):
        pass
    [call] = office.world.journal.of("setWebhook")
    assert call.params["url"] == URL
    assert call.params["secret_token"] == SECRET
    assert json.loads(str(call.params["allowed_updates"])) == list(ALLOWED_UPDATES)
    assert int(str(call.params["max_connections"])) == 100


async def test_what_people_do_arrives_in_order(office: Office) -> None:
    mother, son = office.visitor("mother"), office.visitor("son")
    for n in range(3):
        mother.says(f"mor {n}")
        son.says(f"søn {n}")
    async with served(office, office.take):
        await office.until(lambda: len(office.taken) == 8)
        await mother.waits_for_the_bot()
    for name in ("mor", "søn"):
        said = [c.text for c in office.contents() if isinstance(c, Text)]
        assert [t for t in said if name in t] == [f"{name} {n}" for n in range(3)]


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET.upper(), SECRET + "x", "ø"]
)
async def test_who_does_not_know_the_secret_is_not_heard(
    office: Office, session: aiohttp.ClientSession, secret: str | None
) -> None:
    async with served(office, office.take):
        body = json.dumps(update()).encode()
        assert await brought(session, body, secret) == 401
        assert not office.taken
        assert await brought(session, body) == 200
    assert len(office.taken) == 1


async def test_only_what_is_brought_to_the_right_place_is_taken(
    office: Office, session: aiohttp.ClientSession
) -> None:
    headers = {SECRET_HEADER: SECRET}
    async with served(office, office.take):
        async with session.get(URL, headers=headers) as answer:
            assert answer.status == 405
        elsewhere = f"http://{HOST}:{PORT}/"
        async with session.post(elsewhere, json=update(), headers=headers) as answer:
            assert answer.status == 404
        assert await brought(session, b" " * (LONGEST_BODY + 1)) == 413
        assert await asks(PORT, "readyz") == (200, "Ready.\n")
    assert not office.taken


@pytest.mark.parametrize(
    "body",
    [b"no json", b"[1]", b'{"update_id": "x"}', b"\xff", b"[" * 100_000],
    ids=["words", "list", "number", "bytes", "deep"],
)
async def test_what_is_no_update_is_counted_and_does_not_come_again(
    office: Office,
    session: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
) -> None:
    async with served(office, office.take):
        assert await brought(session, body) == 200
    assert office.figures.failed_turns == 1
    assert "cannot be read" in caplog.text
    assert "no json" not in caplog.text


async def test_while_the_database_is_away_telegram_keeps_it(
    office: Office, session: aiohttp.ClientSession
) -> None:
    async def make(incoming: Incoming) -> str | None:
        if len(tries) < 2:
            tries.append(incoming.event_id)
            raise StorageError("The database cannot be used just now.")
        return await office.take(incoming)

    tries: list[str] = []
    async with served(office, make):
        assert await brought(session, json.dumps(update()).encode()) == 503
        mother = office.visitor("mother")
        await office.until(lambda: office.taken)
        await mother.waits_for_the_bot()
    assert len(office.taken) == 1


async def test_a_turn_goes_on_when_nobody_waits_for_its_answer(
    office: Office, session: aiohttp.ClientSession
) -> None:
    async def make(incoming: Incoming) -> str | None:
        begun.set()
        await goes_on.wait()
        return await office.take(incoming)

    begun, goes_on = asyncio.Event(), asyncio.Event()
    async with served(office, make):
        async with asyncio.TaskGroup() as group:
            body = json.dumps(update()).encode()
            call = group.create_task(brought(session, body))
            await begun.wait()
            call.cancel()
        await session.close()
        await asyncio.sleep(0.05)
        goes_on.set()
        await office.until(lambda: office.taken)
    assert [incoming.event_id for incoming in office.taken] == ["7"]


async def test_one_persons_updates_are_handled_one_at_a_time(
    office: Office, session: aiohttp.ClientSession
) -> None:
    """Telegram brings a text and a tap of the same person side by side."""

    async def make(incoming: Incoming) -> str | None:
        running.append(incoming.account)
        assert len(running) == 1
        await asyncio.sleep(0.02)
        running.remove(incoming.account)
        return await office.take(incoming)

    running: list[str] = []
    async with served(office, make):
        bodies = [json.dumps(update(n)).encode() for n in range(5)]
        answers = await asyncio.gather(*(brought(session, body) for body in bodies))
    assert answers == [200] * 5
    assert [incoming.event_id for incoming in office.taken] == list(map(str, range(5)))


async def test_at_the_end_what_was_begun_is_answered_and_the_rest_comes_again(
    office: Office, session: aiohttp.ClientSession
) -> None:
    async def make(incoming: Incoming) -> str | None:
        begun.set()
        await asyncio.sleep(0.5)
        return await office.take(incoming)

    begun = asyncio.Event()
    bodies = [json.dumps(update(n)).encode() for n in range(3)]
    async with asyncio.TaskGroup() as group, served(office, make):
        calls = [group.create_task(brought(session, body)) for body in bodies]
        await begun.wait()
        await asyncio.sleep(0.2)  # the others have been brought too, and wait
    assert [call.result() for call in calls] == [200, 503, 503]
    assert len(office.taken) == 1


async def test_without_the_right_to_serve_nothing_is_taken(
    office: Office, session: aiohttp.ClientSession
) -> None:
    async with served(office, office.take):
        office.right._until = 0.0  # noqa: SLF001 - as when it could not be renewed
        assert await brought(session, json.dumps(update()).encode()) == 503
    assert not office.taken


async def test_an_address_that_telegram_refuses_is_told_without_it(
    office: Office,
) -> None:
    with pytest.raises(ExceptionGroup) as told:
        async with served(office, office.take, "https://example.org/secret-path"):
            pass
    [error] = told.value.exceptions
    while isinstance(error, ExceptionGroup):
        [error] = error.exceptions
    assert isinstance(error, WebhookRefused)
    assert "delivers to this computer only" in str(error)
    assert "secret-path" not in str(error)


async def test_it_tells_when_the_address_is_taken_away_and_takes_nothing_back(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(webhook, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(webhook, "LOOK_AGAIN", 0.05)
    journal, figures = office.world.journal, office.figures
    async with served(office, office.take):
        for elsewhere in (f"{URL}/elsewhere", ""):
            await office.bot.set_webhook(elsewhere)
            await office.until(lambda: figures.held_up == TAKEN_AWAY)
            await asyncio.sleep(0.2)
            await office.bot.set_webhook(URL, secret_token=SECRET)
            await office.until(lambda: figures.held_up is None)
        office.visitor("asta").says("Hej")
        await office.until(lambda: len(office.taken) == 2)
    assert [str(call.params["url"]) for call in journal.of("setWebhook")] == [
        *(URL, f"{URL}/elsewhere", URL, "", URL)
    ]
    assert caplog.text.count(TAKEN_AWAY) == 2
    assert caplog.text.count("brings updates here again") == 2
