"""How much of our own code one turn runs: calls of functions, and SQL statements."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any, Final

from sqlalchemy import String, cast, update

from bot.addressing import TELEGRAM
from bot.casework import Opening, open_case
from bot.chat.post import Post
from bot.clock import MovableClock
from bot.conversation.turn import turn
from bot.incoming import Content, Incoming, Tap, Text, Written
from bot.offline_words import ConfessionCheck
from bot.storage import Session, people, talks
from bot.storage.group_commit import write_up
from bot.storage.tables import OutboxRow
from bot.wiring import Desk, desk
from flows import FLOWS
from flows.rules.case import Relation
from flows.taps import answer_tap
from tests.lab.bench.machine import ROOT
from tests.support.clocks import MONDAY
from tests.support.folders import copy_tables
from tests.support.telegram_ids import account as account_of
from tests.support.telegram_ids import message
from tests.support.town import DISTRICT, KEY_FILE, town_settings

#: What is ours; generators count each time that they go on.
_OURS: Final = tuple(f"{ROOT / part}/" for part in ("bot", "flows"))
_ACCOUNT: Final = 4001
#: What a victim does from the letter to the last yes; a text is typed, else tapped.
_WAY: Final[Sequence[tuple[str, str]]] = (
    ("arrival.ask_letter", "yes"),
    ("arrival.ask_language", "da"),
    ("arrival.explain_bot", "go_on"),
    ("arrival.ask_age", "18"),
    ("programme.explain_programme", "go_on"),
    ("offer.ask_interest", "yes"),
    ("safety.ask_tie", "stranger"),
    ("safety.ask_orders", "no"),
    ("safety.ask_fear", "no"),
    ("safety.explain_next", "go_on"),
    ("intake.ask_name", "= Sofie"),
    ("intake.ask_phone", "= 20 16 38 47"),
    ("intake.ask_email", "= sofie@example.dk"),
    ("intake.ask_times", "= efter kl. 16"),
    ("intake.ask_interpreter", "= arabisk"),
    ("intake.ask_access", "= ingen trapper"),
    ("intake.ask_support", "yes"),
    ("consent.ask_summary", "right"),
    ("consent.explain_before", "go_on"),
    ("consent.ask_data", "yes"),
    ("understanding.ask_may_say_no", "yes"),
    ("understanding.ask_replaces_punishment", "no"),
    ("understanding.ask_may_stop", "yes"),
    ("consent.ask_take_part", "yes"),
)
#: A tap that reads on, records nothing, and is the commonest turn.
PLAIN: Final = "go_on"
#: Before a text that is typed.
_TYPED: Final = "= "


@dataclass(frozen=True)
class TurnCalls:
    """What one turn ran."""

    question: str
    #: "reads", "tells" by a tap, or "types".
    kind: str
    calls: int
    statements: int


@dataclass
class Counted:
    """What is counted while a turn is made."""

    calls: Counter[str] = field(default_factory=Counter)
    statements: list[str] = field(default_factory=list)

    def see(self, frame: FrameType, what: str, _arg: object) -> None:
        """Count a call, as `sys.setprofile` tells of it."""
        code = frame.f_code
        if what == "call" and code.co_filename.startswith(_OURS):
            place = code.co_filename.removeprefix(f"{ROOT}/")
            self.calls[f"{place}:{code.co_qualname}"] += 1

    def hear(self, statement: str) -> None:
        """Count a statement, as SQLite tells of it when it is executed."""
        self.statements.append(statement)


def calling(folder: Path) -> list[TurnCalls]:
    """Let somebody go all the way, twice; the second time everything is warm."""
    with _opened(folder) as opened:
        for account in (_ACCOUNT, _ACCOUNT + 1):
            found = [
                TurnCalls(
                    question, _kind(value), one.calls.total(), len(one.statements)
                )
                for question, value, one in walked(opened, account)
            ]
    return found


def _kind(value: str) -> str:
    if value.startswith(_TYPED):
        return "types"
    return "reads" if value == PLAIN else "tells"


def walked(opened: Desk, account: int) -> Iterator[tuple[str, str, Counted]]:
    """Make each turn of the way, and count what it runs."""
    numbers = count(account * 1000)
    now = opened.clock.now()
    token = opened.store.run_now(_letter, opened)
    opened.store.run_now(
        turn, opened.tools, _says(next(numbers), account, now, f"/start {token}")
    )
    for question, value in _WAY:
        now += timedelta(seconds=30)
        number = next(numbers)
        if value.startswith(_TYPED):
            incoming = _says(number, account, now, value.removeprefix(_TYPED))
        else:
            tap = opened.store.run_now(_button, opened, account, question, value)
            incoming = _incoming(number, account, now, tap)
        yield question, value, opened.store.run_now(_counted, opened, incoming)


def _counted(session: Session, opened: Desk, incoming: Incoming) -> Counted:
    counted = Counted()
    driver: Any = session.connection().connection.dbapi_connection
    driver.set_trace_callback(counted.hear)
    sys.setprofile(counted.see)
    try:
        turn(session, opened.tools, incoming)
        session.flush()
        write_up(session)
    finally:
        sys.setprofile(None)
        driver.set_trace_callback(None)
    _is_sent(session, incoming)
    return counted


def _is_sent(session: Session, incoming: Incoming) -> None:
    """Let everything that was said arrive at once."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == "waiting")
        .values(
            state="sent",
            message_key=cast(OutboxRow.id, String),
            number=OutboxRow.id,
            sent_at=incoming.at,
            dated_at=incoming.at,
        )
    )


def _says(number: int, account: int, at: datetime, text: str) -> Incoming:
    said = Text(message(number), text)
    return _incoming(number, account, at, said, Written(sent_at=at))


def _incoming(
    number: int,
    account: int,
    at: datetime,
    content: Content,
    written: Written | None = None,
) -> Incoming:
    return Incoming(TELEGRAM, str(account), str(number), at, "da", content, written)


def _button(
    session: Session, opened: Desk, account: int, question: str, answer: str
) -> Tap:
    """Find what the button of an answer carries; the question must be open."""
    known = people.find(session, opened.tools.keys, account_of(account))
    talk = talks.current(session, known.person) if known else None
    if talk is None or f"{talk.dialogue}.{talk.state}" != question:
        raise RuntimeError(f"{question} is not asked where it should be.")
    flow = FLOWS[talk.dialogue]
    data = answer_tap(talk.number, flow, talk.state, answer, talk.step)
    return Tap(f"tap {talk.open_row}", message(talk.open_row or 0), data, shown="?")


def _letter(session: Session, opened: Desk) -> str:
    """Open a case, and give the token of its victim's letter."""
    post = Post(session, opened.tools, opened.clock.now())
    checked = ConfessionCheck.CHECKED
    opening = Opening(DISTRICT, Relation.OTHER, confession=checked, by="Birgit")
    _, (letter, *_) = open_case(post, opened.settings, opening)
    return letter.token


@contextmanager
def _opened(folder: Path) -> Iterator[Desk]:
    """Open a program without its Telegram, in a folder of its own."""
    database = folder / "calls.db"
    copy_tables(database)
    (folder / "town.key").write_bytes(KEY_FILE)
    urls = f"sqlite:///{database}", f"sqlite:///{folder}/calls_keys.db"
    with desk(town_settings(folder, *urls), MovableClock(MONDAY)) as opened:
        yield opened
