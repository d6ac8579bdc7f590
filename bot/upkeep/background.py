"""What goes on beside the talks, as long as the program runs, whatever goes wrong."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from bot.chat.tools import Tools
from bot.clock import Clock
from bot.conversation.failing import failure_of
from bot.errors import ProgramOutdated, StorageError
from bot.figures import Figures
from bot.storage import Session, Store, locks
from bot.storage.keys.keystore import KeyStore
from bot.upkeep.daily import is_due, step
from bot.upkeep.renewal import refuse_newer
from bot.upkeep.tidying import sweep

#: Seconds between two looks at the clock, and until a database that is away is tried.
LOOK_EVERY: Final = 5.0
#: Seconds until what met a mistake of the program is tried again.
AFTER_MISTAKE: Final = 60.0

_log = logging.getLogger(__name__)


async def keep_up(
    store: Store,
    tools: Tools,
    clock: Clock,
    figures: Figures,
    wake: Callable[[], None],
) -> None:
    """Do the daily batch when its time has come."""
    while True:
        pause = LOOK_EVERY
        try:
            await daily_batch(store, tools, clock, figures, wake)
        except Exception as error:  # noqa: BLE001 - people are served all the same
            pause = _told("The daily batch", error)
        await asyncio.sleep(pause)


async def watch_versions(store: Store) -> None:
    """Look whether a newer version of the program has begun to serve beside us.

    It has brought all talks into its own dialogues, which we do not know: whoever
    writes is served by it alone.

    Raises:
        ProgramOutdated: it has.
    """
    while True:
        pause = LOOK_EVERY
        try:
            await store.read(refuse_newer)
        except ProgramOutdated:
            raise
        except Exception as error:  # noqa: BLE001 - people are served all the same
            pause = _told("The look for a newer version", error)
        await asyncio.sleep(pause)


async def sweep_all(store: Store, keys: KeyStore) -> None:
    """Destroy keys that nobody stands behind, beside everything else."""
    after: str | None = ""
    while after is not None:
        try:
            after = await store.run(sweep, keys, after)
        except Exception as error:  # noqa: BLE001 - people are served all the same
            await asyncio.sleep(_told("The search for keys of nobody", error))


async def daily_batch(
    store: Store,
    tools: Tools,
    clock: Clock,
    figures: Figures,
    wake: Callable[[], None],
) -> None:
    """Do what is left of today's batch, if its time has come; turns go on meanwhile."""
    while await store.read(is_due, clock.now()):
        is_well = await store.run(daily_step, tools, clock)
        figures.failed_turns += not is_well
        wake()


def daily_step(session: Session, tools: Tools, clock: Clock) -> bool:
    """Do the next part of the daily batch, unless another process has done the last.

    Returns:
        Whether all went well.
    """
    locks.upkeep(session)
    return not is_due(session, clock.now()) or step(session, tools, clock.now())


def _told(what: str, error: Exception) -> float:
    """Tell the log why something is still to be done; the seconds until it is."""
    if isinstance(error, StorageError):
        _log.error("%s", error)
        return LOOK_EVERY
    _log.critical("%s failed (%s).", what, failure_of(error))
    return AFTER_MISTAKE
