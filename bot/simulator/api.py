"""The Bot API over HTTP: /bot<token>/<method>."""

import asyncio
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.simulator.errors import QUERY_TOO_OLD, ApiError, bad_request, forbidden
from bot.simulator.errors import too_many as too_many_requests
from bot.simulator.faults import FaultKind
from bot.simulator.journal import Call
from bot.simulator.methods import METHODS
from bot.simulator.params import Params, read
from bot.simulator.polling import Poll
from bot.simulator.webhook import Courier
from bot.simulator.world import World

_WAITING = ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
#: Telegram reads method names without regard to case.
_NAMES = {name.lower(): name for name in (*METHODS, *_WAITING)}


class BotApi:
    """Answers a bot as Telegram would, and writes every call into the journal."""

    def __init__(self, world: World) -> None:
        self.courier = Courier(world)
        self._world = world
        self._poll = Poll(world, self.courier)

    def routes(self) -> list[Route]:
        """Return what to serve."""
        return [Route("/bot{token}/{method}", self.answer, methods=["GET", "POST"])]

    async def answer(self, request: Request) -> Response:
        """Answer one call."""
        asked = request.path_params["method"]
        name = _NAMES.get(asked.lower(), asked)
        try:
            self._check(request.path_params["token"], name)
            params = await read(request)
        except ApiError as error:
            return _refused(error)
        return await self._answer(request, name, params)

    def _check(self, token: str, name: str) -> None:
        if token != self._world.account.token:
            raise ApiError(401, "Unauthorized")
        if name.lower() not in _NAMES:
            raise ApiError(404, "Not Found: method not found")

    async def _answer(self, request: Request, name: str, params: Params) -> Response:
        phone = self._phone(params)
        take = self._world.faults.take
        if take(FaultKind.LOST_REQUEST, method=name, phone=phone):
            self._write(name, params, None, fault=FaultKind.LOST_REQUEST)
            return await self._silence(request)
        lost = take(FaultKind.LOST_ANSWER, method=name, phone=phone)
        try:
            self._play_fault(name, phone)
            result = await self._perform(name, params)
        except ApiError as error:
            self._write(name, params, error)
            return _refused(error)
        self._write(name, params, result, fault=lost.kind if lost else None)
        if lost:
            return await self._silence(request)
        return JSONResponse({"ok": True, "result": result})

    async def _perform(self, name: str, params: Params) -> object:
        match name:
            case "getUpdates":
                return await self._poll.get_updates(params)
            case "setWebhook":
                return await self.courier.set_webhook(params)
            case "deleteWebhook":
                return await self.courier.delete_webhook(params)
            case "getWebhookInfo":
                return self.courier.webhook_info()
        return METHODS[name](self._world, params)

    def _play_fault(self, name: str, phone: str | None) -> None:
        take = self._world.faults.take
        if fault := take(FaultKind.TOO_MANY, method=name, phone=phone):
            raise too_many_requests(fault.retry_after)
        if fault := take(FaultKind.SERVER_ERROR, method=name, phone=phone):
            raise ApiError(fault.status, _REASONS.get(fault.status, "Bad Gateway"))
        if name.startswith("send") and take(
            FaultKind.DEACTIVATED, method=name, phone=phone
        ):
            raise forbidden("user is deactivated")
        if name == "answerCallbackQuery" and take(FaultKind.STALE_QUERY, method=name):
            raise bad_request(QUERY_TOO_OLD)

    def _phone(self, params: Params) -> str | None:
        chat_id = params.text("chat_id")
        if not chat_id.lstrip("-").isdecimal():
            return None
        phone = self._world.phone_of(int(chat_id))
        return phone.key if phone else None

    async def _silence(self, request: Request) -> Response:
        """Hold the line until the bot hangs up or the simulator stops."""
        loop = asyncio.get_running_loop()
        ends = {
            loop.create_task(_hung_up(request)),
            loop.create_task(self._world.changes.end()),
        }
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        return Response(status_code=504)

    def _write(
        self, name: str, params: Params, result: object, *, fault: str | None = None
    ) -> None:
        values: dict[str, object] = dict(params.values)
        for field, file in params.files.items():
            values[field] = f"<{file.name}, {len(file.content)} bytes>"
        ok = not isinstance(result, ApiError)
        said = _error(result) if isinstance(result, ApiError) else result
        now = self._world.clock.now()
        self._world.journal.add(Call(now, name, values, ok, said, fault))


_REASONS = {500: "Internal Server Error", 502: "Bad Gateway", 504: "Gateway Timeout"}


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _error(error: ApiError) -> Mapping[str, object]:
    body: dict[str, object] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    return body | ({"parameters": error.parameters} if error.parameters else {})


def _refused(error: ApiError) -> JSONResponse:
    return JSONResponse(_error(error), status_code=error.code)
