"""The parameters of one call, sent as query, form, JSON or multipart."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from json import JSONDecodeError

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.simulator.errors import bad_request
from bot.simulator.world import StoredFile


@dataclass(frozen=True, slots=True)
class Params:
    """What was sent, by name; files apart."""

    values: Mapping[str, object]
    files: Mapping[str, StoredFile] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def whole(self, name: str, default: int = 0) -> int:
        """Return a whole number, also when it was sent as text."""
        value = self.values.get(name)
        try:
            return default if value in {None, ""} else int(str(value))
        except ValueError:
            raise bad_request(f'parameter "{name}" must be a whole number') from None

    def yes(self, name: str) -> bool:
        """Return whether something is wanted."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def parsed(self, name: str) -> object:
        """Return an object or list, also when it was sent as a text of JSON.

        Raises:
            ApiError: if the text is not JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except JSONDecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def listed(self, name: str) -> list[object]:
        """Return a list; nothing sent counts as empty."""
        value = self.parsed(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {name}")
        return value


async def read(request: Request) -> Params:
    """Read the parameters of a call."""
    values: dict[str, object] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        return Params(values | await _json(request))
    files: dict[str, StoredFile] = {}
    async with request.form() as form:
        for name, value in form.items():
            if isinstance(value, UploadFile):
                files[name] = await _upload(value)
            else:
                values[name] = value
    return Params(values, files)


async def _json(request: Request) -> dict[str, object]:
    try:
        body: object = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("expected a JSON object")
    return body


async def _upload(file: UploadFile) -> StoredFile:
    media_type = file.content_type or "application/octet-stream"
    return StoredFile(file.filename or "file", media_type, await file.read())
