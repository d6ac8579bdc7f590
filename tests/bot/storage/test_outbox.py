"""The outbox: in order for each chat, nothing lost, nothing readable afterwards."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.errors import StorageError
from bot.storage import Session, Store
from bot.storage.lease import this_process
from bot.storage.mail import outbox
from bot.storage.mail.due import Due
from bot.storage.mail.messages import (
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
from bot.storage.mail.sending import Outcome, take_back
from bot.storage.tables import OutboxRow, Person
from tests.bot.storage.chat import IDA, OLE, Carrier, Chat
from tests.bot.storage.house import NOON
from tests.support.telegram_ids import message

ACCOUNTS = itertools.count(100_000)
QUESTION = Send("Vil du høre mere?", ((Button("Ja", "a:1:yes"),),))

buttons = st.builds(Button, st.text(min_size=1, max_size=20), st.just("a:1:yes"))
messages = st.one_of(
    st.builds(Send, st.text(), st.tuples(st.tuples(buttons, buttons))),
    st.builds(Send, st.text(), share_label=st.text(min_size=1), protect=st.booleans()),
    st.builds(Send, st.text(), drop_keyboard=st.booleans(), silent=st.booleans()),
    st.builds(Edit, st.text(), st.text(min_size=1)),
    st.builds(Close, st.integers(1)),
    st.builds(Blank, st.integers(1)),
    st.builds(Delete, st.lists(st.text(min_size=1), max_size=100).map(tuple)),
)


@given(messages)
def test_what_was_queued_is_what_is_sent(message: Outgoing) -> None:
    assert unpacked(kind_of(message), packed(message)) == message


def test_a_person_reads_in_the_order_in_which_we_wrote(
    ida: Chat, carrier: Carrier
) -> None:
    for text in ("Hej.", "Hvad hedder du?", "Tak."):
        ida.queue(Send(text))
    assert [carrier.sends(ida, number) for number in (1, 2, 3)] == [
        Send("Hej."),
        Send("Hvad hedder du?"),
        Send("Tak."),
    ]
    assert not carrier.takes(ida)


def test_a_message_under_way_holds_back_its_own_chat_alone(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    ida.queue(Send("first"))
    ida.queue(Send("second"))
    assert carrier.takes_one(ida).address() == str(IDA)
    ole = Chat(store, OLE)
    ole.queue(Send("Ole's"))
    assert [line[0].person_id for line in carrier.claims().lines] == [ole.person_id]


def test_nothing_overtakes_a_message_that_is_tried_again(
    ida: Chat, carrier: Carrier
) -> None:
    ida.queue(Send("first"))
    ida.queue(Send("second"))
    first, later = carrier.takes_one(ida), NOON + timedelta(seconds=30)
    carrier.notes(Outcome(first, "waiting", not_before=later))
    early = carrier.claims(later - timedelta(seconds=1))
    assert (early.lines, early.again_at) == ([], later)
    due = carrier.takes_one(ida, later)
    assert (due.id, due.attempts) == (first.id, 2)


def test_words_are_sealed_while_they_wait_and_gone_when_they_are_sent(
    ida: Chat, carrier: Carrier
) -> None:
    row = ida.queue(Send("Kære Ida"))
    payload = ida.row(row).payload
    assert payload is not None
    assert b"Ida" not in payload
    carrier.sends(ida, 1)
    assert ida.row(row).payload is None


def test_one_persons_key_opens_no_other_persons_message(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    ole = Chat(store, OLE)
    ida.queue(Send("for Ida"))
    due = carrier.takes_one(ida)
    with pytest.raises(StorageError):
        replace(due, key=ole.key).message()


def test_a_chat_that_blocked_us_waits_until_it_lets_us_in(
    ida: Chat, carrier: Carrier
) -> None:
    def block(session: Session, at: datetime | None) -> None:
        session.get_one(Person, ida.person_id).blocked_at = at

    ida.queue(Send("Hej."))
    ida.store.run_now(block, NOON)
    assert not carrier.takes(ida)
    ida.store.run_now(block, None)
    assert carrier.takes(ida)


def test_a_change_knows_its_message_where_there_is_one(
    ida: Chat, carrier: Carrier
) -> None:
    sent, failed = ida.queue(QUESTION), ida.queue(QUESTION)
    carrier.sends(ida, 101)
    carrier.notes(Outcome(carrier.takes_one(ida), "failed", failure="BadRequest"))
    assert ida.row(failed).failure == "BadRequest"
    assert ida.row(failed).payload is None
    ida.queue(Close(sent))
    ida.queue(Close(failed))
    assert [due.target for due in carrier.takes(ida)] == ["101", None]


def test_hiding_drops_what_waits_and_names_what_stands(
    ida: Chat, carrier: Carrier
) -> None:
    ida.queue(QUESTION)
    carrier.sends(ida, 101)
    waiting = ida.queue(Send("a reminder"))
    assert ida.store.run_now(outbox.drop_waiting, ida.person_id) == 1
    assert ida.row(waiting).payload is None
    assert ida.standing() == [101]
    ida.queue(Delete(("101",)))
    assert ida.standing() == []
    assert carrier.sends(ida) == Delete(("101",))
    assert not carrier.takes(ida)


@pytest.mark.parametrize("slip", [Send("too late"), Edit("too late", "102")])
def test_what_slips_out_while_hiding_is_taken_out_again(
    ida: Chat, carrier: Carrier, slip: Outgoing
) -> None:
    row = ida.queue(slip)
    due = carrier.takes_one(ida)
    ida.store.run_now(outbox.drop_waiting, ida.person_id)
    carrier.notes(Outcome(due, "sent", message(102)))
    assert ida.row(row).state == "dropped"
    assert carrier.sends(ida) == Delete(("102",))
    assert ida.standing() == []


def test_a_dropped_message_is_not_tried_again(ida: Chat, carrier: Carrier) -> None:
    ida.queue(Send("too late"))
    due = carrier.takes_one(ida)
    ida.store.run_now(outbox.drop_waiting, ida.person_id)
    carrier.notes(Outcome(due, "waiting", not_before=NOON))
    assert not carrier.takes(ida)
    assert ida.row(due.id).state == "dropped"


STEPS = st.sampled_from(["queue", "queue", "edit", "send", "retry", "fail", "crash"])


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEPS, max_size=20))
def test_whatever_happens_a_chat_reads_in_order(store: Store, steps: list[str]) -> None:
    """Luck and misfortune in any order lose nothing and turn nothing round."""
    chat, carrier = Chat(store, next(ACCOUNTS)), Carrier(store)
    expected: list[int] = []
    arrived: list[int] = []
    for step in steps:
        if step in {"queue", "edit"}:
            message = Send("…") if step == "queue" else Edit("…", "7")
            expected.append(chat.queue(message))
        elif line := carrier.takes(chat):
            assert not carrier.takes(chat)
            meet(carrier, step, line)
            if step == "send":
                arrived += [due.id for due in line]
            if step == "fail":
                expected.remove(line[0].id)
                arrived += [due.id for due in line[1:]]
    while line := carrier.takes(chat):
        arrived += [due.id for due in line]
        meet(carrier, "send", line)
    assert arrived == expected


def meet(carrier: Carrier, step: str, line: Sequence[Due]) -> None:
    rest = [Outcome(due, "sent", message(1)) for due in line[1:]]
    match step:
        case "send":
            carrier.notes(Outcome(line[0], "sent", message(1)), *rest)
        case "retry":
            carrier.notes(*[Outcome(due, "waiting") for due in line])
        case "fail":
            carrier.notes(Outcome(line[0], "failed", failure="BadRequest"), *rest)
        case "crash":
            carrier.store.run_now(take_back, this_process(), NOON)


@pytest.mark.parametrize("data", ["", "x" * 65, "ø" * 33])
def test_a_tap_that_telegram_would_refuse_is_refused_at_once(data: str) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        Button("Ja", data)


def test_a_message_has_one_kind_of_keyboard() -> None:
    with pytest.raises(ValueError, match="one kind"):
        Send("?", ((Button("Ja", "a"),),), share_label="Del nummer")


def test_ids_are_never_used_again(ida: Chat) -> None:
    """An old button must not point to a new row when old rows were cleared away."""

    def clear(session: Session) -> None:
        for row in session.scalars(select(OutboxRow)):
            session.delete(row)

    first = ida.queue(Send("old"))
    ida.store.run_now(clear)
    assert ida.queue(Send("new")) > first
