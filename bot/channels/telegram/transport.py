"""Carries Bot API calls over aiohttp, at a third of the work of the stock transport."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
#: Well above the 100 chats that a sender writes to at once: while Telegram hangs they
#: keep a connection each, and taps and the long poll must not stand in line for one.
CONNECTIONS = 150


class NotConnected(NetworkError):
    """No connection was made, so that nothing can have happened."""


@dataclass(frozen=True, slots=True)
class _Written:
    """Parameters without files that are JSON already."""

    json_payload: bytes
    contains_files: bool = False


def written(asked: Mapping[str, object]) -> RequestData:
    """Write the parameters of a call down; each value as the Bot API takes it."""
    # The library hands it on to our transport as it is.
    return cast("RequestData", _Written(json.dumps(asked).encode()))


class AiohttpRequest(BaseRequest):
    """The transport of python-telegram-bot, over one aiohttp session."""

    def __init__(self, answer_within: float = READ_SECONDS) -> None:
        """Prepare; `answer_within` seconds a call is given unless it says otherwise."""
        self._answer_within = answer_within
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds until an answer is given up, unless a call says otherwise."""
        return self._answer_within

    async def initialize(self) -> None:
        """Open the session; it belongs to the running loop."""
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS))

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,  # noqa: ARG002 - one limit on the answer is enough
        connect_timeout: object = None,
        pool_timeout: object = None,  # noqa: ARG002 - likewise
    ) -> tuple[int, bytes]:
        """Make one call and return status and body.

        Raises:
            NotConnected: if no connection was made, so that nothing can have happened.
            TimedOut: if no answer came; the call may have been carried out.
        """
        if self._session is None:
            raise NotConnected("The connection to Telegram is not open.")
        timeout = ClientTimeout(
            total=_seconds(read_timeout, self._answer_within),
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except (ClientConnectorError, ConnectionTimeoutError) as error:
            raise NotConnected(type(error).__name__) from error
        except (ClientError, TimeoutError) as error:
            raise TimedOut(type(error).__name__) from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """Read an answer; unlike the library's own, never log what people wrote."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("The answer of the Bot API server is not readable.")
        return answer


def _seconds(given: object, usual: float) -> float:
    return float(given) if isinstance(given, int | float) else usual


def _body(
    data: RequestData | None,
) -> tuple[FormData | bytes | None, Mapping[str, str]]:
    """Write the parameters as JSON, which is cheaper than a form; files need one."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return data.json_payload, {"Content-Type": "application/json"}
    form = FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}
