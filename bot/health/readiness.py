"""Whether people are being served, and in a sentence why not."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.errors import StorageError
from bot.figures import Figures
from bot.storage import Store
from bot.storage.measures import Measures, measure

#: Whom we ask answers at least every 25 seconds, be it that there is nothing new.
LONGEST_SILENCE: Final = 60.0
#: A turn that takes longer, in seconds, keeps others waiting and does not end well.
LONGEST_TURN: Final = 12.0
#: Seconds within which the database has to answer.
PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Readiness:
    """Looks at the figures and at the database; the same for both ways in."""

    figures: Figures
    store: Store
    #: Whether this process holds the serving lease of the database.
    may_serve: Callable[[], bool]

    async def tell(self, _request: Request) -> Response:
        """Answer monitoring or a load balancer; 503 with a sentence if not ready."""
        trouble = await self.trouble()
        if trouble is None:
            return PlainTextResponse("Ready.\n")
        return PlainTextResponse(f"{trouble}\n", HTTPStatus.SERVICE_UNAVAILABLE)

    async def trouble(self) -> str | None:
        """Tell in a sentence why people are not being served, if that is so."""
        trouble = self._of_updates()
        if trouble is None:
            found = await self.measures()
            trouble = found if isinstance(found, str) else None
        return trouble

    async def measures(self) -> Measures | str:
        """Measure, or tell in a sentence why that cannot be done."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.store.read(measure)
        except TimeoutError:
            return "The database does not answer."
        except StorageError as error:
            return str(error)

    def _of_updates(self) -> str | None:
        """Tell why no update leads to a turn, if that is so."""
        if not self.may_serve():
            return "The serving lease is lost; waiting until it is there again."
        if self.figures.held_up is not None:
            return self.figures.held_up
        longest = self.figures.turns.longest()
        if longest > LONGEST_TURN:
            return f"A turn has been under way for {longest:.0f} seconds."
        silence = self.figures.silence()
        if silence is not None and silence > LONGEST_SILENCE:
            return f"Telegram has not answered for {silence:.0f} seconds."
        return None
