"""How fast we send, across all workers: one message a second in a chat, 30 over all.

Of each limit one moment is kept: when its bucket is full again. For the whole bot it
stands in `pace`, for a chat on the row that was claimed last.
"""

import math
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.addressing import TELEGRAM
from bot.storage.engine.conflicts import insert_once
from bot.storage.engine.prepared import Prepared
from bot.storage.tables import Pace

#: So many messages may follow each other at once in a chat, as messengers tolerate.
CHAT_BURST: Final = 5
_WHOLE_BOT: Final = "bot"
# Made once: asked and written with nearly every message.
_LOCKED: Final = Prepared(
    select(Pace.name, Pace.full_at, Pace.not_before)
    .where(Pace.name == bindparam("name"))
    .with_for_update(key_share=True)
)
_KEEP: Final = Prepared(
    update(Pace)
    .where(Pace.name == bindparam("of"))
    .values(full_at=bindparam("full"), not_before=bindparam("wait"))
)
#: Longer than this we never wait before we ask again, whatever we are asked for.
LONGEST_WAIT: Final = timedelta(minutes=15)
#: By so much the clocks of workers may differ without any harm.
_CLOCKS_DIFFER: Final = timedelta(seconds=5)
#: What is lost when moments are kept in microseconds, in tokens.
_ROUNDING: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Bucket:
    """Room for a burst of tokens, filling up at a rate per second; 0 has no limit."""

    rate: float
    burst: float

    def room(self, full_at: datetime | None, now: datetime) -> int:
        """Count the tokens that can be taken now; many where there is no limit."""
        if not self.rate:
            return sys.maxsize
        missing = 0.0
        if full_at is not None and full_at > now:
            missing = (full_at - now).total_seconds() * self.rate
        return max(0, math.floor(self.burst - missing + _ROUNDING))

    def taken(self, full_at: datetime | None, now: datetime, tokens: int) -> datetime:
        """Tell when it is full again after so many tokens were taken now."""
        begin = now if full_at is None else max(full_at, now)
        return begin + timedelta(seconds=tokens / self.rate if self.rate else 0)

    def latest(self, now: datetime) -> datetime:
        """Tell when it is full again if it is empty now: no true moment is later."""
        seconds = self.burst / self.rate if self.rate else 0
        return now + timedelta(seconds=seconds) + _CLOCKS_DIFFER

    def next_at(self, full_at: datetime) -> datetime:
        """Tell from when on there is a token."""
        return full_at - self.slack

    @property
    def slack(self) -> timedelta:
        """Before it is full by so much, it already has one token."""
        return timedelta(seconds=(self.burst - 1) / self.rate if self.rate else 0)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limit of each chat and of the whole bot, in messages per second; 0 = none."""

    chat_rate: float
    send_rate: float
    chat: Bucket = field(init=False)
    bot: Bucket = field(init=False)

    def __post_init__(self) -> None:
        """Make the buckets."""
        object.__setattr__(self, "chat", Bucket(self.chat_rate, CHAT_BURST))
        burst = max(self.send_rate, 1.0)
        object.__setattr__(self, "bot", Bucket(self.send_rate, burst))

    @property
    def are_set(self) -> bool:
        """Tell whether there is any limit, so that claims must be kept account of."""
        return bool(self.chat_rate or self.send_rate)


def latest_wait(now: datetime) -> datetime:
    """Tell until when a message or the bot may be waiting: no true moment is later."""
    return now + LONGEST_WAIT + _CLOCKS_DIFFER


def believed(moment: datetime | None, latest: datetime) -> datetime | None:
    """Pass over a moment that was written by a clock which has been set right since."""
    return None if moment is None or moment > latest else moment


@dataclass(slots=True)
class WholeBot:
    """How fast all workers of a messenger may send, as read in this unit of work."""

    name: str
    #: When as many messages may go at once again as ever.
    full_at: datetime | None
    #: Nobody sends before: the messenger asked the whole bot to wait.
    not_before: datetime | None


def whole_bot(session: Session, channel: str) -> WholeBot:
    """Read how fast all workers of a messenger may send; they look one by one.

    The row is locked to the end of the unit of work: whoever has it claims alone.
    """
    name = {"name": _WHOLE_BOT if channel == TELEGRAM else f"{_WHOLE_BOT} {channel}"}
    found = _LOCKED.rows(session.connection(), name)
    if not found:
        # Of a messenger that is new here.
        insert_once(session.connection(), Pace, name)
        found = _LOCKED.rows(session.connection(), name)
    ((kept, full_at, not_before),) = found
    return WholeBot(kept, full_at, not_before)


def keep(session: Session, pace: WholeBot) -> None:
    """Write down how fast they may send; its row is locked by who has read it."""
    row = {"of": pace.name, "full": pace.full_at, "wait": pace.not_before}
    _KEEP.rows(session.connection(), row)
