"""What the page and tests ask of the simulator, read from JSON with care."""

from dataclasses import dataclass
from json import JSONDecodeError
from typing import TypeVar

from starlette.requests import Request

from bot.simulator.actions import CannotDoError

Value = TypeVar("Value", str, int, bool, float)


@dataclass(frozen=True, slots=True)
class ControlRequest:
    """The body of a request."""

    values: dict[str, object]

    def get(self, name: str, default: Value) -> Value:
        """Return a value of the default's type, or the default if there is none.

        Raises:
            CannotDoError: if it is of another type.
        """
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(default, float) and isinstance(value, int):
            value = float(value)
        if not isinstance(value, type(default)):
            raise CannotDoError(f"{name} must be of type {type(default).__name__}.")
        return value

    def need(self, name: str) -> str:
        """Return a text that must be there."""
        value = self.get(name, "")
        if not value:
            raise CannotDoError(f"{name} is missing.")
        return value


async def wish(request: Request) -> ControlRequest:
    """Read the body; an empty one is an empty wish."""
    try:
        body: object = await request.json() if await request.body() else {}
    except (JSONDecodeError, UnicodeDecodeError):
        raise CannotDoError("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise CannotDoError("The body must be a JSON object.")
    return ControlRequest(body)
