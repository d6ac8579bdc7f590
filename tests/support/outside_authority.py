"""Checks Bot API calls against another project's models of it, not our own reading.

aiogram's models are written from Telegram's documentation and are used for nothing else
here. They take unknown names, and know no lengths: both are checked on top.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

import pytest
from pydantic import BaseModel, ValidationError

_UPDATE: Final = "an update"
#: Length of a text field of a method: least, most, counted as Telegram counts.
LENGTHS = {
    ("sendMessage", "text"): (1, 4096),
    ("editMessageText", "text"): (1, 4096),
    ("answerCallbackQuery", "text"): (0, 200),
    ("setMyName", "name"): (0, 64),
    ("setMyDescription", "description"): (0, 512),
    ("setMyShortDescription", "short_description"): (0, 120),
    ("sendDocument", "caption"): (0, 1024),
    ("deleteMessages", "message_ids"): (1, 100),
    ("setMyCommands", "commands"): (0, 100),
}


def check_call(method: str, parameters: Mapping[str, object]) -> None:
    """Fail with a sentence unless Telegram would know this call and its parts."""
    assert method in _models(), f"The Bot API has no method {method}."
    model = _model(method)
    files = _attached(parameters.values())
    given = {
        name: _decoded(model, name, value)
        for name, value in parameters.items()
        if name not in files
    }
    try:
        call = model.model_validate(given)
    except ValidationError as error:
        raise AssertionError(f"{method} cannot be read: {error}") from None
    for part, name in _unknown_names(call):
        raise AssertionError(f"{method}: {part} has no field {name}.")
    _check_lengths(method, given)
    _check_details(method, json.loads(json.dumps(given)))


def _attached(values: Iterable[object]) -> set[str]:
    """Name the parts of a call that are files which another part refers to."""
    return {name for v in values for name in re.findall(r"attach://(\w+)", str(v))}


def check_update(update: Mapping[str, object]) -> None:
    """Fail with a sentence unless this is an update as Telegram makes them."""
    try:
        parsed = _model(_UPDATE).model_validate(update)
    except ValidationError as error:
        raise AssertionError(f"The update cannot be read: {error}") from None
    for part, name in _unknown_names(parsed):
        raise AssertionError(f"Update: {part} has no field {name}.")


def length(text: str) -> int:
    """Count a text as Telegram does, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


@cache
def _model(name: str) -> type[BaseModel]:
    """Give the model of a method, or of an update, with all that can be in it."""
    from aiogram import types  # noqa: PLC0415 - see _models
    from aiogram.client.default import Default  # noqa: PLC0415 - likewise

    model = _models()[name]
    model.model_rebuild(_types_namespace={**vars(types), "Default": Default})
    return model


@cache
def _models() -> dict[str, type[BaseModel]]:
    """Import the models by the names of their methods, none of them put together.

    The import would put together each of hundreds, which takes two seconds.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseModel, "model_rebuild", classmethod(lambda *_, **__: None))
        from aiogram import methods, types  # noqa: PLC0415 - only while none is built

    found = (getattr(methods, name) for name in methods.__all__)
    return {_UPDATE: types.Update} | {
        model.__api_method__: model
        for model in found
        if isinstance(getattr(model, "__api_method__", None), str)
    }


def _decoded(model: type[BaseModel], name: str, value: object) -> object:
    """Read what came in a form as text though the method takes an object or list."""
    field = model.model_fields.get(name)
    if field is None or not isinstance(value, str) or field.annotation is str:
        return value
    if value[:1] in {"[", "{"} or value in {"true", "false"}:
        return json.loads(value)
    return value


def _unknown_names(model: BaseModel) -> Iterator[tuple[str, str]]:
    part = type(model).__name__
    yield from ((part, name) for name in model.model_extra or {})
    for name in model.model_fields_set & type(model).model_fields.keys():
        for child in _models_in(getattr(model, name)):
            yield from _unknown_names(child)


def _models_in(value: object) -> Iterator[BaseModel]:
    if isinstance(value, BaseModel):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _models_in(item)


def _check_lengths(method: str, given: Mapping[str, object]) -> None:
    for name, value in given.items():
        least, most = LENGTHS.get((method, name), (0, None))
        if most is not None and isinstance(value, str | list):
            size = length(value) if isinstance(value, str) else len(value)
            assert least <= size <= most, f"{method}: {name} is {size} long."


def _check_details(method: str, given: Mapping[str, object]) -> None:
    """Check the parts whose rules stand only in Telegram's prose."""
    for part in _objects_in(given):
        data = part.get("callback_data")
        if isinstance(data, str):
            size = len(data.encode())
            assert 1 <= size <= 64, f"{method}: callback_data has {size} bytes."
            assert part["text"], f"{method}: a button has no label."
        command = part.get("command")
        if isinstance(command, str):
            assert re.fullmatch(r"[a-z0-9_]{1,32}", command), f"command {command}"
            description = str(part["description"])
            assert 1 <= length(description) <= 256, f"{command} is described badly."


def _objects_in(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _objects_in(item)
