"""The demo: the simulator's phones in a browser, and the real bot behind them."""

import asyncio
import logging
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory
from typing import TypeAlias

from bot import rehearsal
from bot.clock import MovableClock
from bot.errors import SettingsError
from bot.settings import PREFIX, Settings
from bot.simulator.account import TOKEN
from bot.simulator.actions import CannotDoError
from bot.simulator.server import Simulator, running
from bot.simulator.story import Stage, Story
from bot.simulator.world import World
from bot.storage import migrate
from bot.wiring import Desk, desk, serve, until_told
from flows.languages import FIRST

_log = logging.getLogger(__name__)

_SECOND_WINDOW = (
    "Commands in a second window go by this computer's clock, not by the one that can "
    "be moved. For commands in a second window: %s"
)
#: Does what is typed at a desk, as the command line does, and gives its exit code.
Typed: TypeAlias = Callable[[Desk, Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Page:
    """How the page with the phones is shown."""

    port: int = 8080
    open_browser: bool = True
    #: Of page and phones; None leaves the page to the browser, the phones to Danish.
    language: str | None = None


def demo(typed: Typed, page: Page) -> None:
    """Serve phones and bot until stopped (`konfliktraad demo`).

    Everything lies in a folder of its own, which is gone afterwards.

    Raises:
        SettingsError: the port is taken.
    """
    with TemporaryDirectory(prefix="konfliktraad-demo-") as folder:
        asyncio.run(until_told(_rehearse(Path(folder), typed, page)))


def settings_in(folder: Path) -> Settings:
    """Lay database, key store and key file into one folder; nothing is limited."""
    return Settings(
        telegram_token=TOKEN,
        database_url=f"sqlite:///{folder}/demo.db",
        keys_url=f"sqlite:///{folder}/keys.db",
        key_file=folder / "demo.key",
        chat_rate=0,
        send_rate=0,
    )


def settings_to_type(settings: Settings) -> str:
    """Write what a shell needs, so that commands work on these settings' databases."""
    named = {
        "DATABASE_URL": settings.database_url,
        "KEYS_URL": settings.keys_url,
        "KEY_FILE": str(settings.key_file),
    }
    values = [f"{PREFIX}{name}={quote(value)}" for name, value in named.items()]
    return " ".join(["export", *values])


async def _rehearse(folder: Path, typed: Typed, page: Page) -> None:
    settings, clock = settings_in(folder), MovableClock()
    migrate(settings.database_url)
    with desk(settings, clock) as opened:
        async with AsyncExitStack() as stack:
            told = stories(opened, typed)
            phones = running(World(clock), port=page.port, stories=told)
            try:
                simulator = await stack.enter_async_context(phones)
            except OSError as error:
                raise SettingsError(
                    f"Port {page.port} of this computer is taken: name another with "
                    "--port."
                ) from error
            await simulator.player.reset(page.language or FIRST)
            await _perform(opened, simulator, page)


async def _perform(opened: Desk, simulator: Simulator, page: Page) -> None:
    """Serve the bot on the simulator; it does not know that it is not Telegram."""
    settings = replace(opened.settings, telegram_api=simulator.url)
    address = f"{simulator.url}/?lang={page.language}" if page.language else None
    _log.info("The phones are at %s", address or simulator.url)
    _log.info(_SECOND_WINDOW, settings_to_type(settings))
    if page.open_browser:
        await asyncio.to_thread(webbrowser.open, address or simulator.url)
    await serve(replace(opened, settings=settings))


def stories(opened: Desk, typed: Typed) -> dict[str, Story]:
    """Give the stories that can be played at this desk, by name."""

    async def prepare(language: str) -> Stage:
        now = opened.clock.now()
        return await opened.store.run(rehearsal.stage, opened.tools, now, language)

    async def at_desk(words: Sequence[str]) -> None:
        if await asyncio.to_thread(typed, opened, words):
            raise CannotDoError(f"konfliktraad {' '.join(words)}")

    return {
        name: Story(prepare, script, at_desk)
        for name, script in rehearsal.SCRIPTS.items()
    }
