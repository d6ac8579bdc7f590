"""`konfliktraad` with a bomb in it: `python -m tests.lab.chaos.doomed run`.

It can also be made impatient, so that a lost answer counts as lost soon.
"""

import os
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from functools import partial, wraps
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import sqlalchemy.engine.default
import starlette.applications
from sqlalchemy.engine.default import DefaultDialect

import bot.channels.telegram.connection
import bot.channels.telegram.transport
from bot.cli import main
from tests.lab.chaos.bomb import Bomb, Point, from_environment, later

_ACKNOWLEDGED = 200
#: Seconds after which an answer of Telegram's counts as lost.
PATIENCE = "CHAOS_PATIENCE"
Message: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Receive: TypeAlias = Callable[[], Awaitable[Message]]


def plant(bomb: Bomb) -> None:
    """Wrap every commit, every call of the Bot API, and every answer to a webhook."""
    _at_commits(bomb)
    _at_calls(bomb)
    _at_webhooks(bomb)


def _at_commits(bomb: Bomb) -> None:
    commit = DefaultDialect.do_commit

    @wraps(commit)
    def doomed(self: DefaultDialect, dbapi_connection: Any) -> None:  # noqa: ANN401 - the driver's
        bomb.reached(Point.BEFORE_COMMIT)
        commit(self, dbapi_connection)  # type: ignore[no-untyped-call]
        bomb.reached(Point.AFTER_COMMIT)

    sqlalchemy.engine.default.DefaultDialect.do_commit = doomed  # type: ignore[method-assign]


def _at_calls(bomb: Bomb) -> None:
    transport = bot.channels.telegram.transport.AiohttpRequest
    call = transport.do_request
    asked: list[str] = []

    @wraps(call)
    async def doomed(
        self: bot.channels.telegram.transport.AiohttpRequest,
        url: str,
        *args: Any,  # noqa: ANN401 - whatever the library gives
        **kwargs: Any,  # noqa: ANN401 - likewise
    ) -> tuple[int, bytes]:
        parts = urlsplit(url)
        method = parts.path.rpartition("/")[2]
        if method.startswith(("send", "edit", "delete", "answer")):
            bomb.reached(Point.BEFORE_SEND, method)
            answer = await call(self, url, *args, **kwargs)
            bomb.reached(Point.AFTER_SEND, method)
            return answer
        offset = parse_qs(parts.query).get("offset", [""])
        if method != "getUpdates" or offset == asked[-1:]:
            return await call(self, url, *args, **kwargs)
        asked.extend(offset)
        bomb.reached(Point.BEFORE_ACKNOWLEDGE, method)
        later(bomb, Point.AFTER_ACKNOWLEDGE, method)
        return await call(self, url, *args, **kwargs)

    transport.do_request = doomed  # type: ignore[method-assign]


def _at_webhooks(bomb: Bomb) -> None:
    application = starlette.applications.Starlette
    serve = application.__call__

    @wraps(serve)
    async def doomed(
        self: starlette.applications.Starlette,
        scope: Message,
        receive: Receive,
        send: Send,
    ) -> None:
        async def acknowledge(message: Message) -> None:
            if message.get("status") == _ACKNOWLEDGED:
                bomb.reached(Point.BEFORE_ACKNOWLEDGE, "webhook")
            await send(message)
            if message["type"] == "http.response.body":
                bomb.reached(Point.AFTER_ACKNOWLEDGE, "webhook")

        is_update = scope["type"] == "http" and scope["method"] == "POST"
        await serve(self, scope, receive, acknowledge if is_update else send)

    application.__call__ = doomed  # type: ignore[method-assign]


def _be_impatient(seconds: float) -> None:
    connected = bot.channels.telegram.connection.connected
    soon = partial(connected, answer_within=seconds)
    bot.channels.telegram.connection.connected = soon


if __name__ == "__main__":
    if PATIENCE in os.environ:
        _be_impatient(float(os.environ[PATIENCE]))
    if (carried := from_environment()) is not None:
        plant(carried)
    sys.exit(main())
