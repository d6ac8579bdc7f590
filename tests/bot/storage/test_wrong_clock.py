"""A clock that was wrong for a while and was set right holds nothing up."""

from datetime import timedelta

from bot.storage import Store
from bot.storage.lease import TERM, LeaseOwner, living, take
from bot.storage.mail.messages import Send
from bot.storage.mail.pace import LONGEST_WAIT, Limits
from bot.storage.mail.sending import Outcome
from tests.bot.storage.chat import Carrier, Chat, hold
from tests.bot.storage.house import NOON
from tests.support.telegram_ids import message

IDA, OLE = 701_234_567, 5_801_234_567
AHEAD = NOON + timedelta(hours=1)
ANNA = LeaseOwner("anna", "process 1 on amt", "amt", 1)
BO = LeaseOwner("bo", "process 2 on by", "by", 1)
SECOND = timedelta(seconds=1)


def test_what_was_sent_by_a_fast_clock_counts_for_no_limit(store: Store) -> None:
    ida, ole = Chat(store, IDA), Chat(store, OLE)
    carrier = Carrier(store, Limits(1, 30))
    for chat in (ida, ole):
        chat.queue(Send("…"))
    for line in carrier.claims(AHEAD).lines:
        carrier.notes(Outcome(line[0], "sent", message(1)), at=AHEAD)
    for _ in range(7):
        ida.queue(Send("…"))
    sent = 0
    while line := carrier.takes(ida):
        carrier.notes(Outcome(line[0], "sent", message(1)))
        sent += 1
    assert sent == 5
    assert carrier.claims().again_at == NOON + SECOND


def test_the_limit_of_the_bot_holds_again_at_once(store: Store) -> None:
    carrier = Carrier(store, Limits(0, 3))
    Chat(store, OLE).queue(Send("…"))
    assert carrier.claims(AHEAD).lines
    for n in range(9):
        Chat(store, IDA + n).queue(Send("…"))
    assert len(carrier.claims().lines) == 3
    assert len(carrier.claims(NOON + SECOND).lines) == 3


def test_a_wait_that_is_longer_than_any_is_over(store: Store) -> None:
    ida, carrier = Chat(store, IDA), Carrier(store)
    ida.queue(Send("…"))
    due = carrier.takes_one(ida)
    carrier.notes(Outcome(due, "waiting", not_before=AHEAD))
    store.run_now(hold, NOON + LONGEST_WAIT)
    assert carrier.claims().again_at == NOON + LONGEST_WAIT
    store.run_now(hold, AHEAD)
    assert carrier.takes_one(ida).id == due.id


def test_chats_that_wait_by_a_wrong_clock_stand_behind_nobody(store: Store) -> None:
    ida, ole = Chat(store, IDA), Chat(store, OLE)
    carrier = Carrier(store)
    ida.queue(Send("…"))
    carrier.notes(Outcome(carrier.takes_one(ida), "waiting", not_before=AHEAD))
    ole.queue(Send("…"))
    assert carrier.claims(most_chats=1).lines[0][0].person_id == ida.person_id


def test_a_lease_of_a_fast_clock_is_free(store: Store) -> None:
    store.run_now(take, "serving", ANNA, AHEAD)
    assert store.run_now(take, "serving", BO, NOON).by == BO
    store.run_now(take, "sender anna", ANNA, AHEAD)
    assert store.run_now(living, "sender", BO, NOON) == {BO.id}


def test_clocks_that_differ_a_little_take_no_lease_away(store: Store) -> None:
    store.run_now(take, "serving", ANNA, NOON + TERM - SECOND)
    assert store.run_now(take, "serving", BO, NOON).by == ANNA
