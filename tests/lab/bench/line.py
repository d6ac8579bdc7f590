"""Raw HTTP over one kept-alive connection: the least that a call can cost."""

import asyncio
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlencode

HOST: Final = "127.0.0.1"
FORM: Final = "application/x-www-form-urlencoded"


class Line:
    """One connection, on which calls go one after the other."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def call(self, path: str, **fields: object) -> bytes:
        """Make a call of the Bot API and give the body of its answer."""
        _, body = await self.post(path, urlencode(fields).encode(), FORM)
        return body

    async def post(
        self, path: str, body: bytes, kind: str, header: str = ""
    ) -> tuple[int, bytes]:
        """Post a body; status and body of the answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(HOST, self._port)
        reader, writer = self._streams
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {kind}\r\n"
            f"{header}Content-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        _, _, rest = answer.lower().partition(b"content-length:")
        length = int(rest.split(b"\r\n", 1)[0])
        return int(answer.split(b" ", 2)[1]), await reader.readexactly(length)

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
