"""What a sender does when it is told something odd, or nothing at all."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.addressing import TELEGRAM
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.outcomes import outcome_of
from bot.channels.telegram.transport import NotConnected
from bot.errors import StorageError
from bot.serving import sender as sender_module
from bot.serving.backoff import pause
from bot.serving.channel import Delivered
from bot.serving.outcomes import of_error
from bot.serving.sender import MOST_CHATS
from bot.simulator.faults import Fault, FaultKind
from bot.storage import Session, Store
from bot.storage.keys import key_tables
from bot.storage.lease import LeaseOwner
from bot.storage.mail.messages import Edit, Send
from bot.storage.mail.pace import LONGEST_WAIT, whole_bot
from bot.storage.tables import Lease, OutboxRow
from tests.bot.channels.telegram.office import Office, at_work
from tests.bot.storage.chat import Carrier
from tests.support.telegram_ids import message as message_of


@pytest.mark.parametrize(
    ("error", "in_doubt"),
    [
        (NetworkError("Bad Gateway"), True),
        (TimedOut(), True),
        (NotConnected("ClientConnectorError"), False),
        (RetryAfter(3), False),
    ],
)
def test_only_what_surely_was_not_carried_out_is_no_double(
    office: Office, error: TelegramError, *, in_doubt: bool
) -> None:
    mother, figures = office.resident("mother"), office.figures
    office.queues(mother, Edit("Ja", "7"), Send("Et"))
    (line,) = Carrier(office.store).claims(office.clock.now()).lines
    edit, message = line
    now, verdict = office.clock.now(), outcome_of(error)
    assert of_error(edit, error, verdict, now, figures).failure is None
    assert figures.possible_doubles == 0
    outcome = of_error(message, error, verdict, now, figures)
    assert outcome.state == "waiting"
    assert outcome.failure == (type(error).__name__ if in_doubt else None)
    assert figures.possible_doubles == in_doubt


async def test_chats_that_hang_leave_connections_for_taps(office: Office) -> None:
    mother = office.resident("mother")
    fault = Fault(FaultKind.LOST_REQUEST, count=MOST_CHATS, method="sendMessage")
    office.world.faults.switch_on(fault)
    send, account = office.bot.send_message, mother.person.phone.user_id
    async with asyncio.TaskGroup() as group:
        lanes = [group.create_task(send(account, "Hej")) for _ in range(MOST_CHATS)]
        await asyncio.sleep(0.5)
        try:
            assert (await office.bot.get_me(read_timeout=10.0)).is_bot
            assert not any(lane.done() for lane in lanes)
        finally:
            for lane in lanes:
                lane.cancel()


async def test_a_key_that_does_not_open_holds_up_its_own_chat_alone(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "DRAIN", 0.1)
    mother, son = office.resident("mother"), office.resident("son")
    (row,) = office.queues(mother, Send("Et"))
    office.queues(son, Send("Hej"))
    _spoil_key(office.store, mother.person_id)
    async with at_work(office.sender().run):
        await son.person.hears("Hej")
        # It is tried again and again, so it may be under way when it is looked at.
        await office.until(lambda: _waits_again(office.row(row)))
    assert office.figures.failed_sends == 0
    assert office.row(row).payload is not None
    assert f"Row {row} cannot be opened" in caplog.text


async def test_a_longer_wait_is_not_cut_by_a_shorter_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = iter([600, 600, 600, 5])

    async def refuses(*_: object) -> None:
        await asyncio.sleep(0)
        raise RetryAfter(next(waits))

    monkeypatch.setattr(TelegramChannel, "perform", refuses)
    for n in range(4):
        office.queues(office.resident(f"phone{n}"), Send("Hej"))
    async with at_work(office.sender().run):
        await office.until(lambda: office.store.run_now(_held_until))
    waiting = office.store.run_now(_held_until)
    assert waiting is not None
    assert waiting > office.clock.now() + timedelta(seconds=500)


def test_a_wait_has_an_end() -> None:
    assert pause(0, 86_400) == LONGEST_WAIT.total_seconds()


async def test_parking_survives_whatever_goes_wrong(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, tries = [Forbidden("blocked")], []

    async def once(*_: object) -> Delivered:
        await asyncio.sleep(0)
        if refused:
            raise refused.pop()
        return Delivered(message_of(1))

    def breaks(*_: object) -> bool:
        tries.append(1)
        raise LookupError

    monkeypatch.setattr(TelegramChannel, "perform", once)
    monkeypatch.setattr(sender_module, "park", breaks)
    (row,) = office.queues(office.resident("mother"), Send("Et"))
    async with at_work(office.sender().run):
        await office.until(lambda: office.row(row).not_before)
        office.clock.advance(30)
        await office.until(lambda: office.row(row).state == "sent")
    assert tries == [1]


async def test_a_sender_whose_exchanges_fail_does_not_look_dead(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def fails(*_: object, **__: object) -> None:
        tries.append(1)
        raise StorageError("The database is locked.")

    me = LeaseOwner("me", "process 7", None, 7)
    monkeypatch.setattr(sender_module, "claim", fails)
    monkeypatch.setattr(sender_module, "DRAIN", 0.1)
    async with at_work(office.sender(me=me).run):
        await office.until(lambda: tries)
        assert office.store.run_now(_has_lease, "sender me")


def _held_until(session: Session) -> datetime | None:
    return whole_bot(session, TELEGRAM).not_before


def _has_lease(session: Session, name: str) -> bool:
    return session.get(Lease, name) is not None


def _spoil_key(store: Store, person_id: str) -> None:
    with store.keys._writing.begin() as connection:  # noqa: SLF001 - nothing else can
        connection.execute(
            update(key_tables.KEYS)
            .where(key_tables.KEYS.c.person_id == person_id)
            .values(wrapped=bytes(60))
        )


def _waits_again(row: OutboxRow) -> bool:
    return row.state == "waiting" and row.not_before is not None
