"""Lets Telegram bring updates: 200 only when the turn of one is committed.

Whatever else happens, Telegram brings the update again, to this worker or to another.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot

from bot.channels.telegram.address import set_address
from bot.channels.telegram.connection import patiently
from bot.figures import Figures
from bot.listening import listening
from bot.serving.reception import RawUpdate, Reception
from bot.serving.serving_lease import ServingLease
from bot.webhook_settings import WebhookSettings

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
#: Bytes; no update is nearly as long.
LONGEST_BODY: Final = 1_000_000
#: Seconds between two looks at whether updates still come here, and while they do not.
LOOK_EVERY = 60.0
LOOK_AGAIN = 5.0
#: What it means that Telegram names another address than ours, and what is to be done.
TAKEN_AWAY: Final = (
    "Telegram brings updates elsewhere or nowhere: somebody has changed the address of "
    "this bot's webhook. Stop the other program or give it a token of its own, then "
    "restart one worker here, which sets the address again. Looking until then."
)
#: Seconds that answers are given at the end; turns have less.
_LAST_WORDS: Final = 3

_log = logging.getLogger(__name__)


class Webhook:
    """Serves the path to which Telegram brings updates, and tells a load balancer."""

    def __init__(
        self,
        bot: Bot,
        hook: WebhookSettings,
        reception: Reception,
        lease: ServingLease,
        figures: Figures,
        ready: Callable[[Request], Awaitable[Response]],
    ) -> None:
        """Prepare.

        Args:
            bot: the open connection.
            hook: where to listen, and the secret.
            reception: has each turn made.
            lease: without it no update is taken.
            figures: learn whether updates are taken.
            ready: tells a load balancer whether this worker serves people.
        """
        self._bot = bot
        self._hook = hook
        self._reception = reception
        self._lease = lease
        self._figures = figures
        self._ready = ready

    async def run(self) -> None:
        """Take updates until cancelled; what was taken is answered before the end.

        Raises:
            SettingsError: the port cannot be had.
            WebhookRefused: Telegram does not take our address.
        """
        async with self._listening():
            await set_address(self._bot, self._hook)
            self._figures.held_up = None
            _log.info("Ready: %s is being served by webhook.", self._bot.username)
            while True:
                await asyncio.sleep(LOOK_AGAIN if self._figures.held_up else LOOK_EVERY)
                await self._look()

    async def _look(self) -> None:
        """Tell whether updates still come here.

        The address is not set again: two programs would take it from each other for
        ever, and people would be answered now by one, now by the other.
        """
        told = await patiently(self._bot.get_webhook_info)
        before = self._figures.held_up
        self._figures.held_up = None if told.url == self._hook.url else TAKEN_AWAY
        if self._figures.held_up and not before:
            _log.error("%s", TAKEN_AWAY)
        elif before and not self._figures.held_up:
            _log.warning("Telegram brings updates here again.")

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        routes = [
            Route(self._hook.path, self._take, methods=["POST"]),
            Route("/readyz", self._ready),
        ]
        async with listening(
            Starlette(routes=routes),
            self._hook.host,
            self._hook.port,
            setting="KONFLIKTRAAD_WEBHOOK_PORT",
            last_words=_LAST_WORDS,
        ):
            try:
                yield
            finally:
                self._figures.held_up = "The program ends."
                self._reception.close()

    async def _take(self, request: Request) -> Response:
        if not self._is_telegram(request):
            return _answer(HTTPStatus.UNAUTHORIZED)
        if not self._lease.is_held():
            return _answer(HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            body = await _read(request)
        except ClientDisconnect:
            return _answer(HTTPStatus.BAD_REQUEST)  # nobody hears this
        if body is None:
            return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        taken = self._reception.take(_parsed(body), patiently=False)
        # The turn goes on when nobody waits for the answer any more.
        await asyncio.wait([taken])
        is_made = not taken.cancelled() and taken.result()
        return _answer(HTTPStatus.OK if is_made else HTTPStatus.SERVICE_UNAVAILABLE)

    def _is_telegram(self, request: Request) -> bool:
        told = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(told.encode(), self._hook.secret.encode())


async def _read(request: Request) -> bytes | None:
    """Read what was brought; None if it is too long."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


def _parsed(body: bytes) -> RawUpdate:
    """Read an update; what is none of any kind is one without a number."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return update if isinstance(update, dict) else {}


def _answer(status: HTTPStatus) -> Response:
    return Response(status_code=status)
