"""The HTTP of the lean server: kept-alive connections, nothing more than is needed.

As a process of its own: `python -m tests.lab.bench.telegram.server PORT`.
"""

import asyncio
import json
import sys
from typing import Final
from urllib.parse import parse_qsl

from tests.lab.bench.telegram.account import OK, Account
from tests.lab.bench.telegram.chats import Json
from tests.lab.bench.telegram.courier import Courier
from tests.lab.bench.telegram.crowd import Crowd

HOST: Final = "127.0.0.1"


def _fields(body: bytes) -> dict[str, str]:
    """Read the fields of a call, which comes as JSON or as a form."""
    if body.startswith(b"{"):
        given: dict[str, str] = json.loads(body)
        return given
    return dict(parse_qsl(body.decode()))


class Server:
    """All bots of a run, each known by its token."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group
        self._accounts: dict[str, Account] = {}
        self._couriers: dict[str, asyncio.Task[None]] = {}

    def account(self, token: str) -> Account:
        if token not in self._accounts:
            self._accounts[token] = Account(token)
        return self._accounts[token]

    async def answer(self, path: str, query: str, body: bytes) -> bytes:
        """Answer one request: a call of a bot's, or an order of the bench's."""
        _, kind, name = path.split("/", 2)
        if kind == "bench":
            token, _, order = name.partition("/")
            return self._obey(token, order, json.loads(body or b"{}"))
        fields = dict(parse_qsl(query)) | _fields(body)
        return await self.account(kind.removeprefix("bot")).call(name, fields)

    def _obey(self, token: str, order: str, said: Json) -> bytes:
        account = self.account(token)
        match order:
            case "offer":
                offering = account.crowd.offer(said["rate"], said["seconds"])
                self._group.create_task(offering)
            case "copy":
                account.copy_to(self.account(said["to"]))
            case "deliver":
                self._deliver(token, said["ports"])
            case _:
                return json.dumps(obey(account.crowd, order, said)).encode()
        return OK

    def _deliver(self, token: str, ports: list[int]) -> None:
        """Bring updates to these workers, now and when they are started again."""
        if token not in self._couriers:
            courier = Courier(self.account(token), ports)
            self._couriers[token] = self._group.create_task(courier.run())


class Connection(asyncio.Protocol):
    """One connection: requests come one after the other, each whole or in parts."""

    def __init__(self, server: Server, group: asyncio.TaskGroup) -> None:
        self._server = server
        self._group = group
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = _length(head)
        if len(rest) >= length:
            self._buffer = rest[length:]
            target = head.split(b" ", 2)[1].decode()
            self._group.create_task(self._answer(target, rest[:length]))

    async def _answer(self, target: str, body: bytes) -> None:
        path, _, query = target.partition("?")
        answer = await self._server.answer(path, query, body)
        status = b"409 Conflict" if b'"error_code":409' in answer[:40] else b"200 OK"
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 %b\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%b" % (status, len(answer), answer)
            )


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


def obey(crowd: Crowd, order: str, said: Json) -> object:
    """Do what the bench asks of the people of one bot."""
    match order:
        case "write":
            crowd.write(
                range(said["first"], said["beyond"]), said["text"], anew=said["anew"]
            )
        case "line":
            crowd.wait_in_line(range(said["first"], said["beyond"]))
        case "go":
            crowd.go(said["at_once"], said["word"])
        case "kill":
            crowd.kill(said["groups"], said["after"])
        case "measure":
            crowd.measure()
        case "figures":
            return crowd.figures()
        case "answered":
            return list(crowd.waited_for.values())
    return None


async def serve(port: int) -> None:
    async with asyncio.TaskGroup() as group:
        server = Server(group)
        listening = await asyncio.get_running_loop().create_server(
            lambda: Connection(server, group), HOST, port, backlog=512
        )
        await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
