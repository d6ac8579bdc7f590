"""setWebhook: the simulator brings the updates to the bot."""

import asyncio
import random
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.bubbles import BubbleJson
from bot.simulator.errors import bad_request
from bot.simulator.faults import FaultKind
from bot.simulator.objects import seconds
from bot.simulator.params import Params
from bot.simulator.updates import Update
from bot.simulator.world import World

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
#: How long an answer is awaited, and the longest pause that a bot may ask for.
_ANSWER_WITHIN: Final = aiohttp.ClientTimeout(total=60)
_LONGEST_PAUSE: Final = 3600.0
_MOST_CONNECTIONS: Final = 100
_USUAL_CONNECTIONS: Final = 40
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_SUCCESS: Final = range(200, 300)


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Where updates go."""

    url: str
    secret: str
    connections: int


class Courier:
    """Brings updates to the webhook: in order within a queue, queues side by side."""

    def __init__(self, world: World) -> None:
        self.hook: WebhookTarget | None = None
        self._world = world
        self._run: asyncio.Task[None] | None = None
        self._busy: set[str] = set()
        self._last_error: BubbleJson = {}

    async def set_webhook(self, params: Params) -> bool:
        """Start delivering to an address on this computer; no address means stop."""
        url = params.text("url")
        await self.close()
        if params.yes("drop_pending_updates"):
            self._world.updates.drop()
        if params.parsed("allowed_updates") is not None:
            kinds = params.listed("allowed_updates")
            self._world.updates.allow(str(kind) for kind in kinds)
        if url:
            self.hook = _hook(url, params)
            # Kept here, ended and awaited in close().
            self._run = asyncio.get_running_loop().create_task(self._deliver(self.hook))
        return True

    async def delete_webhook(self, params: Params) -> bool:
        """Stop delivering."""
        if params.yes("drop_pending_updates"):
            self._world.updates.drop()
        await self.close()
        return True

    def webhook_info(self) -> BubbleJson:
        """Return a WebhookInfo."""
        info: BubbleJson = {
            "url": self.hook.url if self.hook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.updates.waiting()),
        }
        if self.hook is not None:
            info["max_connections"] = self.hook.connections
            info |= self._last_error
        return info

    async def close(self) -> None:
        """Stop delivering, also in the middle of an attempt."""
        run, self._run, self.hook = self._run, None, None
        self._busy.clear()
        self._last_error = {}
        if run is not None:
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)

    async def _deliver(self, hook: WebhookTarget) -> None:
        changes = self._world.changes
        gate = asyncio.Semaphore(hook.connections)
        async with (
            aiohttp.ClientSession(timeout=_ANSWER_WITHIN) as session,
            asyncio.TaskGroup() as group,
        ):
            post = WebhookConnection(session, hook, gate)
            while not changes.closed:
                version = changes.version
                for queue in {u.queue for u in self._world.updates.ready()}:
                    if queue not in self._busy:
                        self._busy.add(queue)
                        group.create_task(self._empty(queue, post))
                await changes.beyond(version)

    async def _empty(self, queue: str, post: "WebhookConnection") -> None:
        attempt = 0
        while (update := self._next(queue)) is not None:
            error = await post.bring(update)
            if error is None:
                attempt = 0
                self._world.updates.done(update.update_id)
                continue
            attempt += 1
            self._note(error)
            await asyncio.sleep(error.pause or pause(attempt))
        self._busy.discard(queue)

    def _next(self, queue: str) -> Update | None:
        mine = [u for u in self._world.updates.ready() if u.queue == queue]
        if len(mine) > 1 and self._world.faults.take(FaultKind.REORDER):
            return mine[-1]
        return mine[0] if mine else None

    def _note(self, error: "Refusal") -> None:
        self._last_error = {
            "last_error_date": seconds(self._world.clock.now()),
            "last_error_message": error.reason,
        }


@dataclass(frozen=True, slots=True)
class Refusal:
    """An attempt that failed, and the pause in seconds that the bot asked for."""

    reason: str
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class WebhookConnection:
    """One way to the bot, with as many connections at a time as it allows."""

    session: aiohttp.ClientSession
    hook: WebhookTarget
    gate: asyncio.Semaphore

    async def bring(self, update: Update) -> Refusal | None:
        """Post one update; None means that the bot has taken it."""
        headers = {SECRET_HEADER: self.hook.secret} if self.hook.secret else {}
        try:
            async with (
                self.gate,
                self.session.post(
                    self.hook.url, json=update.as_json(), headers=headers
                ) as answer,
            ):
                await answer.read()
        except TimeoutError:
            return Refusal("Read timeout expired")
        except aiohttp.ClientError:
            return Refusal("Connection refused")
        if answer.status in _SUCCESS:
            return None
        asked = answer.headers.get("Retry-After", "")
        wait = min(float(asked), _LONGEST_PAUSE) if asked.isdecimal() else 0.0
        reason = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        return Refusal(reason, wait)


def pause(attempt: int) -> float:
    """Return the seconds to wait after a failed attempt: none, then 2, 4, 8 and so."""
    if attempt <= 1:
        return 0.0
    cap = random.uniform(60, 120)  # noqa: S311 - spreads attempts, guards nothing
    return float(min(2 ** (attempt - 1), cap))


def _hook(url: str, params: Params) -> WebhookTarget:
    if urlsplit(url).hostname not in _HERE:
        raise bad_request("bad webhook: the simulator delivers to this computer only")
    most = params.whole("max_connections", _USUAL_CONNECTIONS)
    secret = params.text("secret_token")
    return WebhookTarget(url, secret, min(max(most, 1), _MOST_CONNECTIONS))
