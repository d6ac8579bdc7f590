"""We send as fast as Telegram tolerates, and no faster, however many we are."""

from datetime import datetime, timedelta

import pytest

from bot.storage import Store
from bot.storage.mail.messages import Edit, Send
from bot.storage.mail.pace import Bucket, Limits
from bot.storage.mail.sending import Outcome
from tests.bot.storage.chat import Carrier, Chat, hold
from tests.bot.storage.house import NOON
from tests.support.telegram_ids import message

IDA, OLE = 701_234_567, 5_801_234_567


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def sent_in(chat: Chat, carriers: list[Carrier], seconds: float) -> int:
    """Let carriers send to a chat in turns, as fast as they may, for so long."""
    sent, now = 0, NOON
    while now <= after(seconds):
        claims = [carrier.claims(now) for carrier in carriers]
        lines = [line for claimed in claims for line in claimed.lines]
        for due in [due for line in lines for due in line]:
            carriers[0].notes(Outcome(due, "sent", message(due.id)), at=now)
            sent += due.person_id == chat.person_id
        if not lines:
            moments = [c.again_at for c in claims if c.again_at is not None]
            now = min(moments, default=after(seconds + 1))
            assert now > NOON
    return sent


def test_a_bucket_gives_a_burst_and_then_fills_up_at_its_rate() -> None:
    bucket = Bucket(rate=2, burst=3)
    assert bucket.room(None, NOON) == 3
    full_at = bucket.taken(None, NOON, 3)
    assert [bucket.room(full_at, after(s)) for s in (0, 0.4, 0.5, 1, 99)] == [
        0,
        0,
        1,
        2,
        3,
    ]
    assert bucket.next_at(full_at) == after(0.5)


def test_no_rate_means_no_limit() -> None:
    bucket = Bucket(rate=0, burst=1)
    assert bucket.room(bucket.taken(None, NOON, 1000), NOON) > 1000


@pytest.mark.parametrize("workers", [1, 2])
def test_a_chat_gets_a_burst_and_then_a_message_a_second(
    store: Store, workers: int
) -> None:
    ida = Chat(store, IDA)
    carriers = [Carrier(store, Limits(1, 0)) for _ in range(workers)]
    for _ in range(12):
        ida.queue(Send("…"))
    assert sent_in(ida, carriers, seconds=3) == 5 + 3


def test_what_is_changed_counts_for_the_whole_bot_alone(store: Store) -> None:
    ida, changes = Chat(store, IDA), 7
    for n in range(changes):
        ida.queue(Edit("…", str(n)))
    assert len(Carrier(store, Limits(1, 0)).takes(ida)) == changes
    ida.queue(Edit("…", str(changes)))
    for _ in range(changes):
        Chat(store, OLE + _).queue(Edit("…", "1"))
    claimed = Carrier(store, Limits(0, 3)).claims()
    assert len(claimed.lines) == 3
    assert claimed.again_at == after(1 / 3)


@pytest.mark.parametrize("workers", [1, 2])
def test_all_chats_together_keep_the_limit_of_the_bot(
    store: Store, workers: int
) -> None:
    carriers = [Carrier(store, Limits(0, 5)) for _ in range(workers)]
    for account in range(30):
        Chat(store, IDA + account).queue(Send("…"))
    first = [len(carrier.claims().lines) for carrier in carriers]
    assert sum(first) == 5
    second = [len(carrier.claims(after(1)).lines) for carrier in carriers]
    assert sum(second) == 5


def test_a_long_line_holds_nobody_up(store: Store) -> None:
    """Of the few that may go, the chat that waited longest has the first."""
    ida, ole = Chat(store, IDA), Chat(store, OLE)
    carrier = Carrier(store, Limits(0, 1))
    for _ in range(20):
        ida.queue(Send("…"))
    ole.queue(Send("…"))
    served = []
    for second in range(3):
        ((due,),) = carrier.claims(after(second)).lines
        carrier.notes(Outcome(due, "sent", message(1)))
        served.append(due.person_id)
    assert served[:2] == [ida.person_id, ole.person_id]


def test_chats_that_must_wait_take_nobodys_place(store: Store) -> None:
    carrier = Carrier(store, Limits(1, 0))
    waiting = [Chat(store, IDA + n) for n in range(5)]
    for chat in waiting:
        for _ in range(6):
            chat.queue(Send("…"))
    for _ in range(5):
        for line in carrier.claims().lines:
            carrier.notes(Outcome(line[0], "sent", message(1)))
    ole = Chat(store, OLE)
    ole.queue(Send("…"))
    claimed = carrier.claims(most_chats=2)
    assert [line[0].person_id for line in claimed.lines] == [ole.person_id]
    assert claimed.again_at == after(1)


def test_when_telegram_asks_the_bot_to_wait_every_worker_does(store: Store) -> None:
    ida = Chat(store, IDA)
    ida.queue(Send("…"))
    store.run_now(hold, after(9))
    held = Carrier(store).claims(after(8))
    assert (held.lines, held.again_at) == ((), after(9))
    assert Carrier(store).takes(ida, after(9))
