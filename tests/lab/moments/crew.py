"""Several workers on one database, and a look at what they have made of it.

A worker is a program of its own as far as the database goes: settings, store, threads,
connections and key store. What they say stays in the outbox, where it can be read.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

import psycopg
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.addressing import TELEGRAM
from bot.chat.post import Post
from bot.chat.tools import Tools
from bot.clock import Clock, MovableClock
from bot.errors import StorageError
from bot.figures import Figures
from bot.incoming import Content, Incoming, Tap, Text
from bot.serving.turns import Turns
from bot.settings import Settings
from bot.simulator.account import TOKEN
from bot.simulator.bubbles import Chat
from bot.simulator.phones import Owner
from bot.simulator.world import World
from bot.storage import migrate
from bot.storage.engine.columns import Table
from bot.storage.engine.engines import open_engine
from bot.storage.keys.sealing import unseal
from bot.storage.mail.messages import Send, unpacked
from bot.storage.tables import OutboxRow, Talk, Tally
from bot.wiring import Desk, desk
from flows.rules.districts import DISTRICTS
from tests.support.clocks import MONDAY
from tests.support.postgres import Server
from tests.support.telegram_ids import message

#: How many processes serve a PostgreSQL database here; a SQLite file has only one.
WORKERS: Final = 4
#: Seconds between what comes at about the same moment, at most.
_A_LITTLE: Final = 0.03
_MOST_OFTEN: Final = 20

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Worker:
    """One process, as far as the database can tell."""

    desk: Desk
    turns: Turns
    figures: Figures

    async def does(
        self, work: Callable[Concatenate[Post, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do casework, as a command does, in a transaction of its own."""

        def with_post(session: Session) -> T:
            post = Post(session, self.desk.tools, self.desk.clock.now())
            return work(post, *args, **kwargs)

        return await self.desk.store.run(with_post)


@dataclass
class Crew:
    """All workers of one database."""

    workers: Sequence[Worker]
    clock: MovableClock
    engine: Engine
    world: World
    #: Errors that the workers have told of: no two moments may lead to one.
    errors: list[str] = field(default_factory=list)
    #: How often an update could not be taken in at once, as somebody held a lock.
    brought_again: int = 0
    _turns: Iterator[Worker] = field(init=False)
    _districts: Iterator[str] = field(default_factory=lambda: cycle(DISTRICTS))
    _updates: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._turns = cycle(self.workers)

    @property
    def tools(self) -> Tools:
        return self.workers[0].desk.tools

    def text(self, message_id: str, **values: str) -> str:
        """Word a message as everybody here is spoken to."""
        return self.tools.catalogue.text(message_id, "da", **values)

    def district(self) -> str:
        """Give a district whose mediators have nothing to do with other moments."""
        return next(self._districts)

    def account(self) -> int:
        """Give somebody a phone, and tell the number of its account."""
        name = str(len(self.world.phones))
        phone = self.world.add_phone(Owner(name, name, ""))
        phone.started = True
        return phone.user_id

    def chat(self, account: int) -> Chat:
        """Look at the chat of an account as it stands on its phone."""
        return self.world.chats[account]

    def tap(self, account: int, data: str) -> Incoming:
        """Tap a button, as a new update."""
        return self._incoming(account, Tap(f"tap {account}", message(1), data, None))

    def says(self, account: int, text: str) -> Incoming:
        """Write something, as a new update."""
        return self._incoming(account, Text(message(next(self._updates)), text))

    async def at_once(self, incoming: Iterable[Incoming]) -> list[str | None]:
        """Let updates arrive at the same moment, one at each worker in turn."""
        turns = (self._make(next(self._turns), one) for one in incoming)
        return await asyncio.gather(*turns)

    async def _make(self, worker: Worker, incoming: Incoming) -> str | None:
        """Bring an update as Telegram does: again, where it could not be taken in."""
        for _ in range(_MOST_OFTEN):
            with suppress(StorageError):
                return await worker.turns.make(incoming)
            self.brought_again += 1
        raise AssertionError("An update is never taken in.")

    async def about_at_once(self, incoming: Iterable[Incoming]) -> None:
        """Let now the one and now the other come a few hundredths of a second later."""

        async def later(one: Incoming) -> None:
            await asyncio.sleep(random.uniform(0, _A_LITTLE))  # noqa: S311 - guards nothing
            await self.at_once([one])

        async with asyncio.TaskGroup() as group:
            for one in incoming:
                group.create_task(later(one))

    async def everywhere(self, incoming: Incoming) -> list[str | None]:
        """Let the same update arrive at every worker at the same moment."""
        return await asyncio.gather(*(w.turns.make(incoming) for w in self.workers))

    @contextmanager
    def looks(self) -> Iterator[Session]:
        """Look into the database from outside: only what is committed counts."""
        with Session(self.engine) as session:
            yield session

    def last_row(self) -> int:
        """Give the last row of the outbox."""
        with self.looks() as session:
            return session.scalar(select(func.max(OutboxRow.id))) or 0

    def heard(self, account: int, after: int = 0) -> list[str]:
        """List what is on its way to somebody, in order, behind a row of the outbox."""
        found = self.tools.keys.find(str(account))
        assert found is not None
        person_id, key = found
        query = select(OutboxRow.seal_id, OutboxRow.payload).where(
            OutboxRow.person_id == person_id,
            OutboxRow.kind == "send",
            OutboxRow.id > after,
        )
        with self.looks() as session:
            rows = session.execute(query.order_by(OutboxRow.id)).all()
        opened = (
            unseal(key, "outbox", "payload", seal_id, payload)
            for seal_id, payload in rows
            if payload is not None
        )
        messages = (unpacked("send", text) for text in opened)
        return [message.text for message in messages if isinstance(message, Send)]

    def talk(self, account: int) -> Talk:
        """Read the one talk that somebody has."""
        found = self.tools.keys.find(str(account))
        assert found is not None
        with self.looks() as session:
            query = select(Talk).where(Talk.person_id == found[0])
            return session.scalars(query).one()

    def count(self, table: type[Table], **wanted: object) -> int:
        """Count the rows of a table that have these values."""
        query = select(func.count()).select_from(table).filter_by(**wanted)
        with self.looks() as session:
            return session.scalars(query).one()

    def tallied(self, step: str) -> int:
        """Tell how often a step was reached, whoever reached it."""
        query = select(func.sum(Tally.number)).where(Tally.step == step)
        with self.looks() as session:
            return session.scalar(query) or 0

    def _incoming(self, account: int, content: Content) -> Incoming:
        return Incoming(
            TELEGRAM,
            str(account),
            str(next(self._updates)),
            self.clock.now(),
            "da",
            content,
        )


class _Errors(logging.Handler):
    def __init__(self, into: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._into = into

    def emit(self, record: logging.LogRecord) -> None:
        self._into.append(record.getMessage())


@contextmanager
def on_postgresql(folder: Path, server: Server) -> Iterator[Crew]:
    """Let four workers serve a database of a server."""
    urls = [server.url(name) for name in server.pair()]
    with _crew(folder, *urls, workers=WORKERS) as crew:
        yield crew


def deadlocks(server: Server) -> int:
    """Count how often two transactions have waited for each other, as it noticed."""
    with psycopg.connect(server.url()) as connection:
        query = "SELECT sum(deadlocks)::int FROM pg_stat_database"
        found = connection.execute(query).fetchone()
    assert found is not None
    return int(found[0])


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Crew]:
    """Let the one worker that a file may have serve it."""
    urls = (f"sqlite:///{folder}/moments.db", f"sqlite:///{folder}/keys.db")
    migrate(urls[0])
    with _crew(folder, *urls, workers=1) as crew:
        yield crew


@contextmanager
def _crew(folder: Path, url: str, keys_url: str, *, workers: int) -> Iterator[Crew]:
    clock = MovableClock(MONDAY)
    settings = Settings(
        telegram_token=TOKEN,
        database_url=url,
        keys_url=keys_url,
        key_file=folder / "moments.key",
        chat_rate=0,
        send_rate=0,
    )
    engine = open_engine(url, is_reading=True)
    with ExitStack() as stack:
        stack.callback(engine.dispose)
        team = [_worker(stack, settings, clock) for _ in range(workers)]
        crew = Crew(team, clock, engine, World(clock))
        log, handler = logging.getLogger("bot"), _Errors(crew.errors)
        log.addHandler(handler)
        stack.callback(log.removeHandler, handler)
        yield crew


def _worker(stack: ExitStack, settings: Settings, clock: Clock) -> Worker:
    opened, figures = stack.enter_context(desk(settings, clock)), Figures()
    return Worker(opened, Turns(opened.store, opened.tools, figures), figures)
