"""Taps that wait for their answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.simulator.errors import QUERY_TOO_OLD, bad_request

#: Telegram gives no figure; about 20 s was reported as too late. We are a bit stricter.
ANSWER_WITHIN: Final = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Query:
    """A tap by the owner of a phone."""

    query_id: str
    phone_key: str
    tapped_at: datetime


class Queries:
    """The taps that can still be answered, each once."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._open: dict[str, Query] = {}

    def ask(self, phone_key: str, at: datetime) -> Query:
        """Remember a tap."""
        query = Query(str(self._next_id), phone_key, at)
        # Large and uneven, as Telegram's own.
        self._next_id += 7_368_787
        self._open[query.query_id] = query
        return query

    def answer(self, query_id: str, now: datetime) -> Query:
        """Return the tap and close it.

        Raises:
            ApiError: if it is unknown, already answered, or too old.
        """
        query = self._open.pop(query_id, None)
        if query is None or now - query.tapped_at > ANSWER_WITHIN:
            raise bad_request(QUERY_TOO_OLD)
        return query

    def all_answered(self) -> bool:
        """Tell whether none waits."""
        return not self._open

    def clear(self) -> None:
        """Forget all."""
        self._open.clear()
