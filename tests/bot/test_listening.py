"""What is served on a port is served as those in front of it count on."""

import asyncio

import pytest
from starlette.applications import Starlette

from bot import listening
from tests.support.ports import free_port

_CALL = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def test_a_connection_is_kept_open_for_as_long_as_we_say(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "KEPT_OPEN", 0.1)
    port = free_port()
    async with (
        listening.listening(
            Starlette(), "127.0.0.1", port, setting="A port", last_words=1
        ),
        asyncio.timeout(3),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_CALL)
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.read() == b"Not Found", "and then the connection ends"
        writer.close()
        await writer.wait_closed()
