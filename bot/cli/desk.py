"""The open program, as a command works with it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from bot import settings
from bot.addressing import LinkWriter

if TYPE_CHECKING:
    from bot.chat.post import Post
    from bot.storage import Session
    from bot.wiring import Desk

P = ParamSpec("P")
T = TypeVar("T")

#: The desk of the demo, while somebody types there; else a command opens its own.
_AT_HAND: "ContextVar[Desk | None]" = ContextVar("at_hand", default=None)


@contextmanager
def opened() -> Iterator["Desk"]:
    """Open the program that the settings name, and close it again."""
    if (at_hand := _AT_HAND.get()) is not None:
        yield at_hand
        return
    from bot import wiring

    with wiring.desk(settings.load()) as desk:
        yield desk


def typed(desk: "Desk", words: Sequence[str]) -> int:
    """Do what is typed at a desk that is open already, and give the exit code."""
    from bot.cli import main

    before = _AT_HAND.set(desk)
    try:
        return main(words)
    finally:
        _AT_HAND.reset(before)


def at_a_terminal() -> bool:
    """Tell whether somebody sits there who can be asked; at the demo's desk nobody."""
    return _AT_HAND.get() is None and sys.stdin.isatty()


def do(
    desk: "Desk",
    act: "Callable[Concatenate[Post, P], T]",
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Do one piece of casework, in one transaction."""
    from bot.chat.post import Post

    def unit(session: "Session") -> T:
        post = Post(session, desk.tools, desk.clock.now())
        return act(post, *args, **kwargs)

    return desk.store.run_now(unit)


def link_of(desk: "Desk") -> LinkWriter:
    """Give what writes personal links."""
    from bot import wiring

    return wiring.link(desk)


def told(link: LinkWriter, token: str, expires_at: datetime) -> str:
    """Write a personal link for whoever passes it on, and how it is typed."""
    from bot.storage.links import printed

    return (
        f"  {link(token)}\n"
        f"  in a letter: {printed(token)}, valid until {expires_at:%Y-%m-%d}"
    )
