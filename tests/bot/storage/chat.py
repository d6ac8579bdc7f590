"""One person's chat, and a carrier that sends what it is told to."""

from collections.abc import Sequence
from datetime import datetime

from bot.addressing import TELEGRAM
from bot.storage import Session, Store
from bot.storage.engine.ids import new_id
from bot.storage.mail import outbox
from bot.storage.mail.claiming import Claimed, Sending, claim
from bot.storage.mail.due import Due
from bot.storage.mail.messages import Outgoing
from bot.storage.mail.pace import Limits, keep, whole_bot
from bot.storage.mail.sending import Outcome, note
from bot.storage.tables import Notice, OutboxRow
from tests.bot.storage.house import NOON, move_in
from tests.support.telegram_ids import message

IDA, OLE = 701_234_567, 5_801_234_567
NO_LIMITS = Limits(0, 0)


class Chat:
    """One person's chat."""

    def __init__(self, store: Store, account: int) -> None:
        self.store = store
        self.person_id, self.key = move_in(store, account)

    def queue(
        self,
        message: Outgoing,
        at: datetime = NOON,
        notice: Notice | None = None,
        not_after: datetime | None = None,
    ) -> int:
        return self.store.run_now(
            outbox.queue,
            self.key,
            self.person_id,
            message,
            at=at,
            notice=notice,
            not_after=not_after,
        )

    def row(self, row_id: int) -> OutboxRow:
        def get(session: Session) -> OutboxRow:
            return session.get_one(OutboxRow, row_id)

        return self.store.run_now(get)

    def standing(self) -> list[int]:
        rows = self.store.run_now(outbox.sent_rows, self.person_id)
        return [row.message.number for row in rows]


def hold(session: Session, until: datetime) -> None:
    """Let the whole bot wait, as Telegram asks."""
    pace = whole_bot(session, TELEGRAM)
    pace.not_before = until
    keep(session, pace)


class Carrier:
    """A sender without a Telegram: it takes lines, and notes what it is told."""

    def __init__(self, store: Store, limits: Limits = NO_LIMITS) -> None:
        self.store = store
        self.limits = limits
        self.id = new_id()

    def claims(self, now: datetime = NOON, most_chats: int = 100) -> Claimed:
        def take(session: Session) -> Claimed:
            pace, keys = whole_bot(session, TELEGRAM), self.store.keys
            by = Sending(self.id, TELEGRAM)
            return claim(session, keys, pace, by, self.limits, most_chats, now)

        return self.store.run_now(take)

    def takes(self, chat: Chat, now: datetime = NOON) -> Sequence[Due]:
        """Claim, and look at the line of one chat."""
        lines = self.claims(now).lines
        return next((x for x in lines if x[0].person_id == chat.person_id), ())

    def takes_one(self, chat: Chat, now: datetime = NOON) -> Due:
        (due,) = self.takes(chat, now)
        return due

    def notes(self, *outcomes: Outcome, at: datetime = NOON) -> None:
        self.store.run_now(note, outcomes, at)

    def sends(self, chat: Chat, number: int | None = None) -> Outgoing:
        """Send what comes next in a chat, all by itself."""
        due = self.takes_one(chat)
        self.notes(Outcome(due, "sent", message(number) if number else None))
        return due.message()
