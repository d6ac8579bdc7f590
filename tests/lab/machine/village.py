"""The whole program in one thread: real turns, real databases, the simulator's phones.

Nothing waits for a network or a timer, so that thousands of cases can be played. What
`bot.channels.telegram` does in tasks of its own is done here one after the other.
"""

import pickle
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from telegram.error import BadRequest, Forbidden

from bot.addressing import TELEGRAM, AccountRef
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.links import link
from bot.channels.telegram.updates import read
from bot.chat.post import Post
from bot.clock import DANISH_TIME, MovableClock
from bot.conversation.turn import turn
from bot.figures import Figures
from bot.incoming import Tap
from bot.serving.outcomes import arrived
from bot.settings import Settings
from bot.simulator.account import TOKEN
from bot.simulator.updates import Update as Brought
from bot.simulator.world import World
from bot.storage import Session, people, records, talks
from bot.storage.lease import LeaseOwner
from bot.storage.mail.claiming import Claimed, Sending, claim
from bot.storage.mail.due import Due
from bot.storage.mail.pace import Limits, whole_bot
from bot.storage.mail.sending import Outcome, note, take_back
from bot.upkeep.background import daily_step
from bot.upkeep.daily import is_due
from bot.upkeep.tidying import tidy
from bot.wiring import Desk, desk
from flows.model import Place
from tests.lab.machine.deeds import Deed
from tests.lab.machine.line import Line, at_once, connected
from tests.support.clocks import MONDAY
from tests.support.folders import folder_in_memory
from tests.support.town import OFFICES

_NO_LIMITS = Limits(0, 0)
_SENDER = "village"
#: Who finds what an earlier run had under way.
_AFTER = LeaseOwner("village again", "the village", None, 0)
USERNAME = "konfliktraad_bot"
_FILES = ("town.db", "keys.db", "town.key", "contacts.toml")
#: So many updates can still come a second time.
_REMEMBERED = 30
Raw = dict[str, object]
P = ParamSpec("P")
T = TypeVar("T")


class VillageClock(MovableClock):
    """Stands still until it is moved; it can be set to a moment, too."""

    def __init__(self) -> None:
        super().__init__(MONDAY)

    def set_to(self, moment: datetime) -> None:
        self.advance((moment - self.now()).total_seconds())


@dataclass
class Outside:
    """What is not the program's: phones, time, and what lies on paper."""

    clock: VillageClock = field(default_factory=VillageClock)
    world: World = field(init=False)
    #: The letters and messages with links that somebody has: whose they are by token.
    links: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    #: What the bot was brought last, so that it can come again.
    brought: deque[Brought] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    #: What people did since somebody last looked.
    deeds: list[Deed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world = World(self.clock, seed=0)


@dataclass(frozen=True)
class Snapshot:
    """A village at one moment, to begin from again and again."""

    files: dict[str, bytes]
    outside: bytes


class Village:
    """The program, its databases and everybody's phones."""

    def __init__(self, folder: Path, outside: Outside) -> None:
        self.folder = folder
        self.outside = outside
        self.world = outside.world
        self.clock = outside.clock
        self.figures = Figures()
        self.line = Line(self.world)
        self.bot = connected(self.line)
        self.channel = TelegramChannel(self.bot)
        #: The messages, by account and number, that were sent and never noted.
        self.unnoted: set[tuple[int, int]] = set()
        #: What is said is not sent before the next start.
        self.is_line_down = False
        self._open = ExitStack()
        self.desk = self._opened()

    def close(self) -> None:
        self._open.close()

    def restart(self, *, in_doubt: bool = False) -> None:
        """End the program and begin it anew: nothing in memory is left.

        What was sent last may not have been noted; then it is in doubt, and sent again.
        """
        if in_doubt:
            before = self._standing()
            self.sends_unnoted()
            self.unnoted |= self._standing() - before
        self.close()
        self.desk = self._opened()
        self.desk.store.run_now(take_back, _AFTER, self.clock.now())
        self.is_line_down = False
        self.sends()

    def _standing(self) -> set[tuple[int, int]]:
        phones = self.world.phones.values()
        return {(one.user_id, number) for one in phones for number in one.chat.bubbles}

    def settles(self, *, one_by_one: bool = False) -> None:
        """Let the program answer all that was done, and every answer arrive.

        It takes in all that waits before it sends anything, or answers one by one.
        """
        for _ in self._taken_in():
            if one_by_one and not self.is_line_down:
                self.sends()
        if not self.is_line_down:
            self.sends()

    def takes_in(self) -> None:
        """Make a turn of each update, and send nothing yet."""
        deque(self._taken_in(), maxlen=0)

    def _taken_in(self) -> Iterator[None]:
        updates = self.world.updates
        for update in updates.waiting():
            updates.done(update.update_id)
            self.outside.brought.append(update)
            self.brings(update.as_json())
            yield

    def may_come_again(self) -> list[Brought]:
        """List what Telegram has brought lately: it keeps a tap for minutes only."""
        now = self.clock.now()
        return [update for update in self.outside.brought if update.expires > now]

    def brings(self, raw: Raw) -> None:
        """Bring one update, perhaps not for the first time."""
        incoming = read(raw, self.clock.now())
        if incoming is None:
            return
        said = self.desk.store.run_now(turn, self.desk.tools, incoming)
        if isinstance(incoming.content, Tap):
            query = incoming.content.query_id
            with suppress(BadRequest):  # It may have been answered, or be too old.
                at_once(self.bot.answer_callback_query(query, said))

    def sends_unnoted(self) -> list[Outcome]:
        """Send what may be sent first, and give what is yet to be noted of it."""
        claimed = self.desk.store.run_now(self._note_and_claim, [])
        return [self._sent(due) for line in claimed.lines for due in line]

    def sends(self, unnoted: Sequence[Outcome] = ()) -> None:
        """Note what was sent, and send until nothing waits that may be sent."""
        outcomes = list(unnoted)
        while True:
            claimed = self.desk.store.run_now(self._note_and_claim, outcomes)
            if not claimed.lines:
                return
            outcomes = [self._sent(due) for line in claimed.lines for due in line]

    def passes(self, **time: float) -> None:
        """Let time pass, and the clock look at what is due."""
        self.clock.advance(timedelta(**time).total_seconds())
        store, tools = self.desk.store, self.desk.tools
        while store.run_now(is_due, self.clock.now()):
            is_well = store.run_now(daily_step, tools, self.clock)
            assert is_well, "The daily batch left a case out."
        self.sends()

    def does(
        self, work: Callable[Concatenate[Post, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do casework, as the command line does, and send what it says."""

        def with_post(session: Session) -> T:
            post = Post(session, self.desk.tools, self.clock.now())
            return work(post, *args, **kwargs)

        done = self.desk.store.run_now(with_post)
        if not self.is_line_down:
            self.sends()
        return done

    def today(self) -> date:
        return self.clock.now().astimezone(DANISH_TIME).date()

    def comes_to(self, moment: datetime) -> None:
        """Let the clock come to a moment, and look at what is due then."""
        self.clock.set_to(moment)
        self.passes()

    def place(self, account: int) -> Place | None:
        """Tell where somebody's talk stands."""
        return self.desk.store.run_now(self._place, account)

    def hidden(self, account: int) -> bool:
        """Tell whether somebody's chat is covered."""
        return self.desk.store.run_now(self._hidden, account)

    def snapshot(self) -> Snapshot:
        """Keep everything as it is now."""
        self.close()
        files = {name: (self.folder / name).read_bytes() for name in _FILES}
        kept = Snapshot(files, pickle.dumps(self.outside))
        self.desk = self._opened()
        return kept

    def _opened(self) -> Desk:
        settings = Settings(
            telegram_token=TOKEN,
            database_url=f"sqlite:///{self.folder}/town.db",
            keys_url=f"sqlite:///{self.folder}/keys.db",
            key_file=self.folder / "town.key",
            contacts=self.folder / "contacts.toml",
            chat_rate=0,
            send_rate=0,
        )
        opened = self._open.enter_context(desk(settings, self.clock))
        opened.store.run_now(records.set_meta, records.BOT_USERNAME, USERNAME)
        opened.store.run_now(self._tidied, opened)
        links = {TELEGRAM: partial(link, USERNAME)}
        return replace(opened, tools=replace(opened.tools, links=links))

    @staticmethod
    def _tidied(session: Session, opened: Desk) -> None:
        tidy(Post(session, opened.tools, opened.clock.now()))

    def _place(self, session: Session, account: int) -> Place | None:
        known = people.find(
            session, self.desk.store.keys, AccountRef(TELEGRAM, str(account))
        )
        talk = talks.current(session, known.person) if known else None
        return talks.position(talk).place if talk else None

    def _hidden(self, session: Session, account: int) -> bool:
        known = people.find(
            session, self.desk.store.keys, AccountRef(TELEGRAM, str(account))
        )
        return known is not None and known.person.hidden_at is not None

    def _note_and_claim(self, session: Session, outcomes: list[Outcome]) -> Claimed:
        now, keys = self.clock.now(), self.desk.store.keys
        note(session, outcomes, now)
        pace = whole_bot(session, TELEGRAM)
        return claim(
            session, keys, pace, Sending(_SENDER, TELEGRAM), _NO_LIMITS, 100, now
        )

    def _sent(self, due: Due) -> Outcome:
        call = self.channel.perform(due.address(), due.message(), due.target)
        try:
            return arrived(due, at_once(call), self.figures)
        except Forbidden:
            # Who has blocked the bot reads nothing; here that is lost.
            return Outcome(due, "failed", failure="Forbidden")


@contextmanager
def founded(empty_database: Path) -> Iterator[Village]:
    """Found a village in a folder of its own, in memory where there is some."""
    with folder_in_memory() as folder:
        shutil.copy(empty_database, folder / "town.db")
        (folder / "contacts.toml").write_text(OFFICES, encoding="utf-8")
        village = Village(folder, Outside())
        try:
            yield village
        finally:
            village.close()


@contextmanager
def again(kept: Snapshot) -> Iterator[Village]:
    """Begin again from what was kept."""
    with folder_in_memory() as folder:
        for name, content in kept.files.items():
            (folder / name).write_bytes(content)
        outside: Outside = pickle.loads(kept.outside)  # noqa: S301 - our own bytes
        village = Village(folder, outside)
        try:
            yield village
        finally:
            village.close()
