"""A line to Telegram without a network: the library calls the simulator's own code."""

import json
from collections.abc import Coroutine
from typing import TypeVar

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.simulator.account import TOKEN
from bot.simulator.errors import ApiError
from bot.simulator.journal import Call
from bot.simulator.methods import METHODS
from bot.simulator.params import Params
from bot.simulator.world import StoredFile, World

T = TypeVar("T")


def connected(line: "Line") -> Bot:
    """Give the library's bot, whose calls go over this line."""
    return Bot(TOKEN, request=line, get_updates_request=line)


def at_once(work: Coroutine[object, None, T]) -> T:
    """Run what never waits for anything, without a loop."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("This was to come to its end at once, and waits.")


class Line(BaseRequest):
    """Carries each call to the simulator, and its answer back."""

    def __init__(self, world: World) -> None:
        self._world = world
        #: What was called since somebody last looked.
        self.calls: list[Call] = []

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is the library's
        self,
        url: str,
        method: str,  # noqa: ARG002 - likewise
        request_data: RequestData | None = None,
        read_timeout: object = None,  # noqa: ARG002 - likewise
        write_timeout: object = None,  # noqa: ARG002 - likewise
        connect_timeout: object = None,  # noqa: ARG002 - likewise
        pool_timeout: object = None,  # noqa: ARG002 - likewise
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        params = _params(request_data)
        try:
            result = METHODS[name](self._world, params)
        except ApiError as error:
            said = {"ok": False, "error_code": error.code, "description": str(error)}
            self._write(name, params, ok=False, result=said)
            return error.code, json.dumps(said).encode()
        self._write(name, params, ok=True, result=result)
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _write(self, name: str, params: Params, *, ok: bool, result: object) -> None:
        now = self._world.clock.now()
        self.calls.append(Call(now, name, params.values, ok, result))


def _params(data: RequestData | None) -> Params:
    if data is None:
        return Params({})
    if not data.contains_files:
        return Params(json.loads(data.json_payload))
    files = {
        name: StoredFile(file, kind, content if isinstance(content, bytes) else b"")
        for name, (file, content, kind) in data.multipart_data.items()
    }
    return Params(dict(data.json_parameters), files)
