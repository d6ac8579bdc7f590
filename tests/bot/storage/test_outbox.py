"""The outbox: in order for each chat, nothing lost, nothing readable afterwards."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.errors import StorageError
from bot.storage import Session, Store, outbox
from bot.storage.messages import (
    Blank,
    Button,
    Close,
    Delete,
    Edit,
    Outgoing,
    Send,
    kind_of,
    packed,
    unpacked,
)
from bot.storage.outbox import Due
from bot.storage.tables import OutboxRow, Person
from tests.bot.storage.house import NOON, move_in

IDA, OLE = 701_234_567, 5_801_234_567
ACCOUNTS = itertools.count(100_000)
QUESTION = Send("Vil du høre mere?", ((Button("Ja", "a:1:yes"),),))

buttons = st.builds(Button, st.text(min_size=1, max_size=20), st.just("a:1:yes"))
messages = st.one_of(
    st.builds(Send, st.text(), st.tuples(st.tuples(buttons, buttons))),
    st.builds(Send, st.text(), share_label=st.text(min_size=1), protect=st.booleans()),
    st.builds(Send, st.text(), drop_keyboard=st.booleans(), silent=st.booleans()),
    st.builds(Edit, st.text(), of=st.integers(1)),
    st.builds(Edit, st.text(), message_id=st.integers(1)),
    st.builds(Close, st.integers(1)),
    st.builds(Blank, st.integers(1)),
    st.builds(Delete, st.lists(st.integers(1), max_size=100).map(tuple)),
)


class Chat:
    """One person's chat, and a sender that does what it is told."""

    def __init__(self, store: Store, account: int) -> None:
        self.store = store
        self.person_id, self.key = move_in(store, account)

    def queue(self, message: Outgoing, at: datetime = NOON) -> int:
        return self.store.run_now(
            outbox.queue, self.key, self.person_id, message, at=at
        )

    def next(self, now: datetime = NOON) -> Due | None:
        found = self.store.run_now(outbox.next_due, now, 10)
        return next((due for due in found if due.person_id == self.person_id), None)

    def take(self) -> Due:
        due = self.next()
        assert due is not None
        assert self.store.run_now(outbox.mark_sending, due.id)
        return due

    def send(self, message_id: int | None) -> Outgoing:
        due = self.take()
        self.store.run_now(outbox.mark_sent, due.id, message_id, NOON)
        return due.message(self.key)

    def row(self, row_id: int) -> OutboxRow:
        def get(session: Session) -> OutboxRow:
            return session.get_one(OutboxRow, row_id)

        return self.store.run_now(get)

    def standing(self) -> list[tuple[int, bool]]:
        rows = self.store.run_now(outbox.sent_rows, self.person_id)
        return [(row.message_id, row.has_buttons) for row in rows]


@pytest.fixture
def ida(store: Store) -> Chat:
    return Chat(store, IDA)


@given(messages)
def test_what_was_queued_is_what_is_sent(message: Outgoing) -> None:
    assert unpacked(kind_of(message), packed(message)) == message


def test_a_person_reads_in_the_order_in_which_we_wrote(ida: Chat) -> None:
    for text in ("Hej.", "Hvad hedder du?", "Tak."):
        ida.queue(Send(text))
    assert [ida.send(number) for number in (1, 2, 3)] == [
        Send("Hej."),
        Send("Hvad hedder du?"),
        Send("Tak."),
    ]
    assert ida.next() is None


def test_a_message_under_way_holds_back_its_own_chat_alone(
    store: Store, ida: Chat
) -> None:
    ole = Chat(store, OLE)
    ida.queue(Send("first"))
    ida.queue(Send("second"))
    ole.queue(Send("Ole's"))
    first = ida.take()
    assert first.chat(ida.key) == IDA
    assert ida.next() is None
    assert ole.next() is not None
    assert not store.run_now(outbox.mark_sending, first.id)


def test_nothing_overtakes_a_message_that_is_tried_again(ida: Chat) -> None:
    ida.queue(Send("first"))
    ida.queue(Send("second"))
    first = ida.take()
    later = NOON + timedelta(seconds=30)
    ida.store.run_now(outbox.retry_at, first.id, later)
    assert ida.next(later - timedelta(seconds=1)) is None
    due = ida.next(later)
    assert due is not None
    assert (due.id, due.attempts) == (first.id, 1)


def test_words_are_sealed_while_they_wait_and_gone_when_they_are_sent(
    ida: Chat,
) -> None:
    row = ida.queue(Send("Kære Ida"))
    payload = ida.row(row).payload
    assert payload is not None
    assert b"Ida" not in payload
    ida.send(1)
    assert ida.row(row).payload is None


def test_one_persons_key_opens_no_other_persons_message(
    store: Store, ida: Chat
) -> None:
    ole = Chat(store, OLE)
    ida.queue(Send("for Ida"))
    due = ida.next()
    assert due is not None
    with pytest.raises(StorageError):
        due.message(ole.key)


def test_a_chat_that_blocked_us_waits_until_it_lets_us_in(ida: Chat) -> None:
    def block(session: Session, at: datetime | None) -> None:
        session.get_one(Person, ida.person_id).blocked_at = at

    ida.queue(Send("Hej."))
    ida.store.run_now(block, NOON)
    assert ida.next() is None
    ida.store.run_now(block, None)
    assert ida.next() is not None


def test_an_answered_question_loses_its_buttons(ida: Chat) -> None:
    row = ida.queue(QUESTION)
    ida.send(101)
    assert ida.standing() == [(101, True)]
    ida.queue(Edit("Vil du høre mere? Ja", message_id=101))
    due = ida.next()
    assert due is not None
    assert due.target == 101
    ida.send(101)
    assert ida.standing() == [(101, False)]
    ida.queue(Close(row))
    assert ida.send(None) == Close(row)


def test_a_change_of_a_message_that_was_never_sent_has_no_target(ida: Chat) -> None:
    row = ida.queue(QUESTION)
    taken = ida.take()
    ida.store.run_now(outbox.mark_failed, taken.id, "BadRequest")
    assert ida.row(row).failure == "BadRequest"
    assert ida.row(row).payload is None
    ida.queue(Close(row))
    due = ida.next()
    assert due is not None
    assert due.target is None


def test_hiding_drops_what_waits_and_names_what_stands(ida: Chat) -> None:
    ida.queue(QUESTION)
    ida.send(101)
    waiting = ida.queue(Send("a reminder"))
    assert ida.store.run_now(outbox.drop_waiting, ida.person_id) == 1
    assert ida.row(waiting).payload is None
    assert ida.standing() == [(101, True)]
    ida.queue(Delete((101,)))
    assert ida.standing() == []
    assert ida.send(None) == Delete((101,))
    assert ida.next() is None


def test_a_message_that_slips_out_while_hiding_is_told(ida: Chat) -> None:
    ida.queue(Send("too late"))
    due = ida.take()
    ida.store.run_now(outbox.drop_waiting, ida.person_id)
    assert ida.store.run_now(outbox.mark_sent, due.id, 102, NOON) is False
    assert ida.row(due.id).message_id == 102


def test_a_dropped_message_is_not_tried_again(ida: Chat) -> None:
    ida.queue(Send("too late"))
    due = ida.take()
    ida.store.run_now(outbox.drop_waiting, ida.person_id)
    ida.store.run_now(outbox.retry_at, due.id, NOON)
    assert ida.next() is None
    assert ida.row(due.id).state == "dropped"


def test_after_a_crash_what_was_under_way_is_sent_again(ida: Chat) -> None:
    """Nothing is lost; the person may read it twice, and we know of which."""
    ida.queue(Send("perhaps twice"))
    due = ida.take()
    assert ida.store.run_now(outbox.recover) == [due.id]
    assert ida.take().id == due.id


STEPS = st.sampled_from(["queue", "queue", "send", "retry", "fail", "crash"])


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEPS, max_size=20))
def test_whatever_happens_a_chat_reads_in_order(store: Store, steps: list[str]) -> None:
    """Luck and misfortune in any order lose nothing and turn nothing round."""
    chat = Chat(store, next(ACCOUNTS))
    expected: list[int] = []
    arrived: list[int] = []
    for step in steps:
        if step == "queue":
            expected.append(chat.queue(Send("…")))
        elif (due := chat.next()) is not None:
            store.run_now(outbox.mark_sending, due.id)
            assert chat.next() is None
            meet(store, step, due.id)
            if step == "send":
                arrived.append(due.id)
            if step == "fail":
                expected.remove(due.id)
    while chat.next() is not None:
        arrived.append(chat.take().id)
        store.run_now(outbox.mark_sent, arrived[-1], 1, NOON)
    assert arrived == expected


def meet(store: Store, step: str, row: int) -> None:
    match step:
        case "send":
            store.run_now(outbox.mark_sent, row, 1, NOON)
        case "retry":
            store.run_now(outbox.retry_at, row, NOON)
        case "fail":
            store.run_now(outbox.mark_failed, row, "BadRequest")
        case "crash":
            store.run_now(outbox.recover)


@pytest.mark.parametrize("data", ["", "x" * 65, "ø" * 33])
def test_a_tap_that_telegram_would_refuse_is_refused_at_once(data: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        Button("Ja", data)


def test_a_message_has_one_kind_of_keyboard() -> None:
    with pytest.raises(ValueError, match="one kind"):
        Send("?", ((Button("Ja", "a"),),), share_label="Del nummer")


def test_an_edit_names_its_message_once() -> None:
    for wrong in ({}, {"of": 1, "message_id": 2}):
        with pytest.raises(ValueError, match="not both"):
            Edit("?", **wrong)


def test_ids_are_never_used_again(ida: Chat) -> None:
    """An old button must not point to a new row when old rows were cleared away."""

    def clear(session: Session) -> None:
        for row in session.scalars(select(OutboxRow)):
            session.delete(row)

    first = ida.queue(Send("old"))
    ida.store.run_now(clear)
    assert ida.queue(Send("new")) > first
