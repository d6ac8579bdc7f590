"""The one place where the program is put together."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING, Final

from bot import catalogue, contacts
from bot.addressing import TELEGRAM, LinkWriter
from bot.channels.telegram import links
from bot.channels.telegram.abilities import ABILITIES
from bot.chat.post import Post
from bot.chat.tools import Tools
from bot.chat.words import vocabulary
from bot.clock import Clock
from bot.errors import BotError
from bot.figures import Figures
from bot.serving.turns import Turns
from bot.settings import Settings
from bot.storage import Session, Store, records
from bot.storage.mail.pace import Limits
from bot.upkeep.background import keep_up, sweep_all, watch_versions
from bot.upkeep.tidying import tidy

if TYPE_CHECKING:
    from telegram import Bot

    from bot.serving.reception import Reception
    from bot.serving.serving_lease import ServingLease

#: Seconds after which the program is gone, whatever still waits; ten are promised.
LONGEST_END: Final = 9.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """The program without the messenger: what a command works with."""

    settings: Settings
    store: Store
    tools: Tools
    clock: Clock


@contextmanager
def desk(settings: Settings, clock: Clock | None = None) -> Iterator[Desk]:
    """Open store and texts, and close them again.

    Raises:
        StorageError: database, key store or key file cannot be used.
        SettingsError: the contacts file is wrong.
    """
    words = catalogue.load()
    offices = contacts.load(settings.contacts, words)
    store = Store(
        settings.database_url, keys_url=settings.keys_url, key_file=settings.key_file
    )
    try:
        tools = Tools(
            store.keys,
            words,
            vocabulary(words),
            offices,
            settings.roles,
            {TELEGRAM: ABILITIES},
            holder_reminders=settings.holder_reminders,
            require_all_holders=settings.require_all_holders,
        )
        yield Desk(settings, store, tools, clock or Clock())
    finally:
        store.close()


async def serve(opened: Desk, *, by_webhook: bool = False) -> None:
    """Serve everybody who writes to the bot, until cancelled.

    Raises:
        AlreadyServed: another process does, and not beside this one.
        ProgramOutdated: a newer version of the program has served, or does by now.
        SettingsError: Telegram does not know the token, or a setting is missing.
        WebhookRefused: Telegram does not take the address of the webhook.
    """
    from bot.serving.serving_lease import ServingLease  # noqa: PLC0415 - as below

    many = by_webhook and not opened.store.is_single
    serving_lease = ServingLease(opened.store, opened.clock, shared=many)
    await serving_lease.take()
    try:
        async with _beside(serving_lease.keep()):
            await _serve(opened, serving_lease, by_webhook=by_webhook)
    except ExceptionGroup as several:
        raise _sentence_of(several) from None
    finally:
        await serving_lease.let_go()


async def _serve(
    opened: Desk, serving_lease: "ServingLease", *, by_webhook: bool
) -> None:
    # python-telegram-bot takes long to import and no other command needs it.
    from bot.channels.telegram import updates  # noqa: PLC0415
    from bot.channels.telegram.channel import TelegramChannel  # noqa: PLC0415
    from bot.channels.telegram.commands import introduce  # noqa: PLC0415
    from bot.channels.telegram.connection import connected  # noqa: PLC0415
    from bot.serving.channel_clock import ChannelClock  # noqa: PLC0415
    from bot.serving.reception import Reception  # noqa: PLC0415
    from bot.serving.sender import Sender  # noqa: PLC0415
    from bot.serving.taps import Taps  # noqa: PLC0415

    settings, store, figures = opened.settings, opened.store, Figures()
    async with (
        _answering_monitoring(opened, figures, serving_lease),
        connected(settings.token(), settings.telegram_api) as bot,
    ):
        await store.run(records.set_meta, records.BOT_USERNAME, bot.username)
        await store.run(_tidy, opened.tools, opened.clock)
        await introduce(bot, opened.tools.catalogue)
        channel, theirs = TelegramChannel(bot), ChannelClock(opened.clock)
        tools = replace(opened.tools, links={channel.name: channel.link})
        limits = Limits(settings.chat_rate, settings.send_rate)
        sender = Sender(channel, store, opened.clock, limits, figures, theirs=theirs)
        turns, taps = Turns(store, tools, figures), Taps(channel, sender.told_to_wait)
        reception = Reception(updates.READER, turns, taps, theirs, sender.wake)
        # Read from below for how it ends: no update is taken any more, turns that have
        # begun are finished, their taps are answered, and what they say is sent.
        async with (
            _beside(sender.run()),
            _beside(keep_up(store, opened.tools, opened.clock, figures, sender.wake)),
            _beside(sweep_all(store, opened.tools.keys)),
            _beside(watch_versions(store)),
            taps.open(),
            reception.open(),
        ):
            take_in = _brought if by_webhook else _asked_for
            await take_in(opened, bot, reception, serving_lease, figures)


async def _asked_for(
    _opened: Desk,
    bot: "Bot",
    reception: "Reception",
    serving_lease: "ServingLease",
    figures: Figures,
) -> None:
    """Ask Telegram for updates."""
    from bot.channels.telegram.poller import Poller  # noqa: PLC0415 - as above

    figures.answered()
    _log.info("Ready: %s is being served.", bot.username)
    await Poller(bot, reception, serving_lease, figures).run()


async def _brought(
    opened: Desk,
    bot: "Bot",
    reception: "Reception",
    serving_lease: "ServingLease",
    figures: Figures,
) -> None:
    """Let Telegram bring updates."""
    # Only who wants it pays for Starlette.
    from bot.channels.telegram.webhook import Webhook  # noqa: PLC0415
    from bot.health.readiness import Readiness  # noqa: PLC0415

    ready = Readiness(figures, opened.store, serving_lease.is_held)
    hook = opened.settings.hook()
    await Webhook(bot, hook, reception, serving_lease, figures, ready.tell).run()


@asynccontextmanager
async def _beside(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Do something else meanwhile, and give it time to end afterwards."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        try:
            yield
        finally:
            task.cancel()


def _sentence_of(several: ExceptionGroup[Exception]) -> Exception:
    """Find the one error among several that has a sentence for the operator."""
    for error in several.exceptions:
        found = _sentence_of(error) if isinstance(error, ExceptionGroup) else error
        if isinstance(found, BotError):
            return found
    return several


@asynccontextmanager
async def _answering_monitoring(
    opened: Desk, figures: Figures, serving_lease: "ServingLease"
) -> AsyncIterator[None]:
    """Answer monitoring, where a port is set for it."""
    if not opened.settings.health_port:
        yield
        return
    # Only who wants it pays for Starlette and the Prometheus client.
    from bot.health.readiness import Readiness  # noqa: PLC0415
    from bot.health.server import Health, monitored  # noqa: PLC0415

    ready = Readiness(figures, opened.store, serving_lease.is_held)
    async with monitored(opened.settings.health_port, Health(ready, opened.clock)):
        yield


def run(settings: Settings, *, by_webhook: bool = False) -> None:
    """Run the bot until it is told to stop (`konfliktraad run`)."""
    settings.token()
    if by_webhook:
        settings.hook()
    with desk(settings) as opened:
        asyncio.run(until_told(serve(opened, by_webhook=by_webhook)))


async def until_told(serving: Coroutine[None, None, None]) -> None:
    """Run until Ctrl-C or SIGTERM; what is under way has some seconds to end."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    ends: list[Timer] = []

    def end() -> None:
        if task is not None and not ends:
            task.cancel()
            # Also behind the event loop: Python would wait for a thread that waits for
            # the database. It is safe, as every kill is, and leases run out.
            ends.append(Timer(LONGEST_END, os._exit, (0,)))
            ends[0].daemon = True
            ends[0].start()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    with suppress(asyncio.CancelledError):
        await serving


def link(opened: Desk) -> LinkWriter:
    """Give what writes the link of a token; the bot's name is asked once, then kept.

    Raises:
        SettingsError: Telegram does not know the token.
        TelegramUnreachable: it is not known yet and Telegram does not answer.
    """
    kept = opened.store.run_now(records.meta, records.BOT_USERNAME)
    return partial(links.link, kept or _username(opened))


def _username(opened: Desk) -> str:
    from bot.channels.telegram.connection import username  # noqa: PLC0415 - as in serve

    settings = opened.settings
    name = asyncio.run(username(settings.token(), settings.telegram_api))
    opened.store.run_now(records.set_meta, records.BOT_USERNAME, name)
    return name


def _tidy(session: Session, tools: Tools, clock: Clock) -> None:
    tidy(Post(session, tools, clock.now()))
