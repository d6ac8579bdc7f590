"""Listens on a port and answers by an application, inside a program of its own."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import uvicorn
from starlette.applications import Starlette

from bot.errors import SettingsError

#: Seconds that a connection is kept without a call on it; longer than by proxies
#: (nginx 60, Caddy 120). Who writes on one that we close just then has to call again.
KEPT_OPEN: Final = 130


@asynccontextmanager
async def listening(
    app: Starlette, host: str, port: int, *, setting: str, last_words: int
) -> AsyncIterator[None]:
    """Answer on a port; port 0 means any that is free.

    Args:
        app: answers.
        host: the address of this computer on which to listen.
        port: the port of that address.
        setting: names the port to the operator.
        last_words: seconds that an answer under way is given at the end.

    Raises:
        SettingsError: the port or the address cannot be had.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        line = socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"{setting} is wrong: port {port} of {host} cannot be had "
            f"({error.strerror})."
        ) from error
    # An answer goes out at once; otherwise each waits some 40 ms for the caller's ack.
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = await _serve(app, line, last_words)
    try:
        yield
    finally:
        await server.shutdown(sockets=[line])


async def _serve(
    app: Starlette, line: socket.socket, last_words: int
) -> uvicorn.Server:
    """Start answering; the program round us keeps signals, event loop and log."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=last_words,
        timeout_keep_alive=KEPT_OPEN,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[line])
    return server
