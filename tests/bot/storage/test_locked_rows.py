"""A chat that another unit of work has locked holds up nobody else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from bot.storage import Session, Store
from bot.storage.mail import outbox
from bot.storage.mail.messages import Edit, Send
from bot.storage.mail.sending import Outcome, note, put_back, take_back
from bot.storage.tables import Notice, OutboxRow, Person
from tests.bot.storage.chat import OLE, Carrier, Chat
from tests.bot.storage.house import NOON
from tests.bot.storage.test_sending import ME, tells
from tests.support.telegram_ids import message


@pytest.fixture(params=["postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """On SQLite a unit of work that writes is alone."""
    found: str = request.param
    return found


@pytest.fixture
def ole(store: Store) -> Chat:
    return Chat(store, OLE)


@contextmanager
def locked(
    store: Store, *rows: int, table: type[OutboxRow | Notice] = OutboxRow
) -> Iterator[None]:
    """Let another unit of work hold rows during a part of a test."""
    held, go_on = threading.Event(), threading.Event()

    def hold(session: Session) -> None:
        query = select(table).where(table.id.in_(rows))
        session.scalars(query.with_for_update()).all()
        held.set()
        go_on.wait(20)

    thread = threading.Thread(target=store.run_now, args=(hold,))
    thread.start()
    try:
        assert held.wait(4)
        yield
    finally:
        go_on.set()
        thread.join()


def test_the_others_get_their_messages(ida: Chat, ole: Chat, carrier: Carrier) -> None:
    row, other = ida.queue(Send("til Ida")), ole.queue(Send("til Ole"))
    with locked(ida.store, row):
        claimed = carrier.claims()
        assert [due.id for (due,) in claimed.lines] == [other]
        assert claimed.again_at is None
    assert carrier.takes_one(ida).id == row


def test_nothing_overtakes_a_locked_row(ida: Chat, carrier: Carrier) -> None:
    edit, message = ida.queue(Edit("Ja", "7")), ida.queue(Send("Og nu?"))
    with locked(ida.store, edit):
        assert not carrier.takes(ida)
    assert [due.id for due in carrier.takes(ida)] == [edit, message]


def test_what_is_locked_is_noted_the_next_time(
    store: Store, ida: Chat, ole: Chat, carrier: Carrier
) -> None:
    row, other = ida.queue(Send("til Ida")), ole.queue(Send("til Ole"))
    outcomes = [Outcome(line[0], "sent", message(1)) for line in carrier.claims().lines]
    with locked(store, row):
        left = store.run_now(note, outcomes, NOON, skip_locked=True)
        assert [outcome.due.id for outcome in left] == [row]
        assert ole.row(other).state == "sent"
    assert store.run_now(note, left, NOON, skip_locked=True) == []
    assert ida.row(row).state == "sent"


def test_what_is_locked_is_put_back_the_next_time(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    row = ida.queue(Send("til Ida"))
    carrier.takes_one(ida)
    with locked(store, row):
        assert not store.run_now(put_back, carrier.id, set())
        assert store.run_now(take_back, ME, NOON) == 0
    assert store.run_now(put_back, carrier.id, set())
    assert ida.row(row).state == "waiting"


def test_an_unwanted_row_that_is_locked_keeps_nobody_busy(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    def hide(session: Session) -> None:
        session.get_one(Person, ida.person_id).hidden_at = NOON

    row, notice = tells(ida, shown_at=NOON)
    store.run_now(hide)
    for table, id_ in ((OutboxRow, row), (Notice, notice)):
        with locked(store, id_, table=table):
            assert carrier.claims().again_at is None
        assert ida.row(row).state == "waiting"
    assert carrier.claims().again_at == NOON
    assert ida.row(row).state == "dropped"


def test_a_chat_that_is_being_hidden_holds_nobody_up(
    store: Store, ida: Chat, ole: Chat, carrier: Carrier
) -> None:
    ida.queue(Send("til Ida"))
    other = ole.queue(Send("til Ole"))
    held, go_on = threading.Event(), threading.Event()

    def hide(session: Session) -> None:
        outbox.drop_waiting(session, ida.person_id)
        held.set()
        go_on.wait(20)

    thread = threading.Thread(target=store.run_now, args=(hide,))
    thread.start()
    assert held.wait(4)
    try:
        assert [due.id for (due,) in carrier.claims().lines] == [other]
    finally:
        go_on.set()
        thread.join()
    assert not carrier.takes(ida)
