"""getUpdates: the bot fetches its updates, waiting if there are none."""

import asyncio

from bot.simulator.bubbles import BubbleJson
from bot.simulator.errors import OTHER_POLL, WEBHOOK_ACTIVE, conflict
from bot.simulator.faults import FaultKind
from bot.simulator.params import Params
from bot.simulator.updates import Update
from bot.simulator.webhook import Courier
from bot.simulator.world import World

_MOST = 100
_LONGEST_WAIT = 50
#: How long a lone update is kept back so that another can overtake it, in seconds.
_OVERTAKING = 1.0


class Poll:
    """The one line on which a bot may wait for updates; a new call ends the old."""

    def __init__(self, world: World, courier: Courier) -> None:
        self._world = world
        self._courier = courier
        self._calls = 0

    async def get_updates(self, params: Params) -> list[BubbleJson]:
        """Confirm what is below the offset and return what comes next.

        Raises:
            ApiError: 409 if a webhook is set or a newer call has taken over.
        """
        if self._courier.hook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        updates = self._world.updates
        if params.parsed("allowed_updates") is not None:
            updates.allow(str(kind) for kind in params.listed("allowed_updates"))
        updates.confirm(params.whole("offset"))
        self._calls += 1
        self._world.changes.up()
        limit = min(max(params.whole("limit", _MOST), 1), _MOST)
        wait = min(max(params.whole("timeout"), 0), _LONGEST_WAIT)
        return [u.as_json() for u in await self._next(limit, wait, self._calls)]

    async def _next(self, limit: int, wait: float, call: int) -> list[Update]:
        await self._until(1, wait, call)
        ready = len(self._world.updates.ready())
        if ready == 1 and self._world.faults.active(FaultKind.REORDER):
            await self._until(2, _OVERTAKING, call)
        return self._world.updates.batch(limit)

    async def _until(self, enough: int, wait: float, call: int) -> None:
        changes = self._world.changes
        try:
            async with asyncio.timeout(wait):
                while len(self._world.updates.ready()) < enough:
                    if changes.closed:
                        return
                    await changes.beyond(changes.version)
                    if self._calls != call:
                        raise conflict(OTHER_POLL)
        except TimeoutError:
            return
