"""The simulator can also bring the updates to the bot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.simulator import webhook
from bot.simulator.person import PhoneUser
from bot.simulator.webhook import pause
from bot.simulator.world import World
from tests.simulator.line import Json, Line, RefusedError


@dataclass
class Bot:
    """A bot that is brought its updates and answers as it is told to."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    secrets: list[str | None] = field(default_factory=list)
    got: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get(webhook.SECRET_HEADER))
        await self.got.put(await request.json())
        status = self.statuses.pop(0) if self.statuses else 200
        return web.Response(status=status, headers=self.headers)

    async def next(self) -> Json:
        return await asyncio.wait_for(self.got.get(), 5)


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    made = Bot()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    made.url = f"http://127.0.0.1:{port}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_brought_with_the_secret(
    world: World, line: Line, sofie: PhoneUser, bot: Bot
) -> None:
    await line.call("setWebhook", url=bot.url, secret_token="hush")
    assert (await bot.next())["message"]["text"] == "/start LETTER"
    sofie.says("Hej")
    assert (await bot.next())["message"]["text"] == "Hej"
    await sofie.waits_for_the_bot()
    assert bot.secrets == ["hush", "hush"]
    assert world.updates.waiting() == []


async def test_polling_is_refused_meanwhile(line: Line, bot: Bot) -> None:
    await line.call("setWebhook", url=bot.url)
    with pytest.raises(RefusedError, match="while webhook is active") as refusal:
        await line.updates()
    assert refusal.value.code == 409
    assert (await line.call("getWebhookInfo"))["url"] == bot.url
    await line.call("deleteWebhook", drop_pending_updates=True)
    assert await line.updates() == []
    assert (await line.call("getWebhookInfo"))["url"] == ""


async def test_what_is_not_taken_comes_again_before_what_follows(
    line: Line, sofie: PhoneUser, bot: Bot
) -> None:
    """The first new attempt is made at once."""
    sofie.says("Hej")
    bot.statuses = [500, 200]
    await line.call("setWebhook", url=bot.url)
    texts = [(await bot.next())["message"]["text"] for _ in range(3)]
    assert texts == ["/start LETTER", "/start LETTER", "Hej"]
    info = await line.call("getWebhookInfo")
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")


async def test_nothing_is_brought_while_updates_are_held(
    world: World, line: Line, sofie: PhoneUser, bot: Bot
) -> None:
    await line.sim("faults", kind="held")
    await line.call("setWebhook", url=bot.url)
    sofie.says("Hej")
    jonas = PhoneUser(world, "offender")
    for _ in range(3):
        info = await line.call("getWebhookInfo")
    assert info["pending_update_count"] == 2
    assert bot.got.empty()
    await line.sim("faults", kind="held", off=True)
    jonas.open_link()
    texts = sorted([(await bot.next())["message"]["text"] for _ in range(3)])
    assert texts == ["/start", "/start LETTER", "Hej"]


async def test_a_tap_need_not_wait_for_a_text(
    line: Line, sofie: PhoneUser, bot: Bot
) -> None:
    """Taps have a queue of their own, so they can overtake."""
    await line.says(sofie.phone.user_id, "Vil du?", "Ja")
    bot.statuses = [503]
    bot.headers = {"Retry-After": "30"}
    await line.call("setWebhook", url=bot.url)
    await bot.next()
    sofie.taps("Ja")
    assert (await bot.next())["callback_query"]["data"] == "Ja"


async def test_nothing_leaves_this_computer(line: Line) -> None:
    with pytest.raises(RefusedError, match="bad webhook"):
        await line.call("setWebhook", url="https://example.org/hook")


@pytest.mark.parametrize(
    ("attempt", "fits"),
    [
        (1, lambda seconds: seconds == 0),
        (2, lambda seconds: seconds == 2),
        (4, lambda seconds: seconds == 8),
        (20, lambda seconds: 60 <= seconds <= 120),
    ],
)
def test_pauses_grow(attempt: int, fits: Callable[[float], bool]) -> None:
    assert fits(pause(attempt))
