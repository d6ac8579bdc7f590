"""Nobody may be served from a database that is being copied or replaced."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from bot.errors import AlreadyServed, StorageError
from bot.storage import lease
from bot.storage.copies.contents import DATABASE, is_missing
from bot.storage.engine.engines import clear_errors
from bot.storage.lease import SERVING, Held, LeaseOwner

Now: TypeAlias = Callable[[], datetime]

#: Seconds between two renewals.
RENEW_EVERY = 3.0


def refuse_while_served(url: str, at: datetime) -> None:
    """Raise `AlreadyServed` while a process serves from a main database, if any."""
    if is_missing(url):
        return
    with (
        clear_errors("database"),
        DATABASE.opened(url, is_reading=True) as engine,
    ):
        if DATABASE.is_made(engine, "database"):
            refuse_served(engine, at)


def refuse_served(database: Engine | Connection, at: datetime) -> None:
    """Raise `AlreadyServed` while a process serves from this main database."""
    with Session(database) as session:
        held = lease.held_now(session, lease.this_process(), at)
    if held is not None:
        raise _already(held)


@contextmanager
def nobody_served(url: str, now: Now) -> Iterator[None]:
    """Let no process begin to serve from a main database meanwhile, if there is one.

    Raises:
        AlreadyServed: a process serves from it, or began to when we were held up.
    """
    if is_missing(url):
        yield
        return
    with clear_errors("database"), DATABASE.opened(url) as engine:
        if not DATABASE.is_made(engine, "database"):
            yield
            return
        refuse_served(engine, now())
        us = lease.this_process()
        with _kept(engine, replace(us, who=f"{us.who} (copying it)"), now):
            yield


@contextmanager
def _kept(engine: Engine, us: LeaseOwner, now: Now) -> Iterator[None]:
    """Hold the serving lease, which runs out soon if nobody renews it."""
    over = threading.Event()
    _take(engine, us, now())
    try:
        with ThreadPoolExecutor(1, "lease-keeper") as beside:
            beside.submit(_keep, engine, us, now, over)
            try:
                yield
                _take(engine, us, now())
            finally:
                over.set()
    finally:
        with Session(engine) as session, session.begin():
            lease.let_go(session, SERVING, us.id)


def _keep(engine: Engine, us: LeaseOwner, now: Now, over: threading.Event) -> None:
    while not over.wait(RENEW_EVERY):
        # Whether it is still ours is seen at the end.
        with suppress(AlreadyServed, StorageError), clear_errors("database"):
            _take(engine, us, now())


def _take(engine: Engine, us: LeaseOwner, at: datetime) -> None:
    with Session(engine) as session, session.begin():
        held = lease.take(session, SERVING, us, at)
    if held.by.id != us.id:
        raise _already(held)


def _already(held: Held) -> AlreadyServed:
    return AlreadyServed(
        f"{held.by.who.capitalize()} has served this database since "
        f"{held.since:%Y-%m-%d %H:%M:%S} UTC: stop it, wait "
        f"{lease.TERM.seconds} seconds, and try again."
    )
