"""What is under way when a sender dies, stands still or is told that it failed."""

import os
from datetime import datetime, timedelta

import pytest

from bot.storage import Session, Store, lease, records
from bot.storage.lease import TERM, LeaseOwner
from bot.storage.mail.messages import Delete, Edit, Send
from bot.storage.mail.sending import SENDER, Outcome, park, put_back, take_back
from bot.storage.tables import Lease, Notice, OutboxRow, Person
from tests.bot.storage.chat import OLE, Carrier, Chat
from tests.bot.storage.house import NOON
from tests.support.telegram_ids import message

ME = LeaseOwner("me", "process 1", "this machine", os.getpid())
LATER = NOON + timedelta(seconds=4)


def shows_life(carrier: Carrier, process: int, at: datetime = NOON) -> None:
    holder = LeaseOwner(carrier.id, f"process {process}", ME.machine, process)
    carrier.store.run_now(lease.take, f"{SENDER} {carrier.id}", holder, at)


def leases(store: Store) -> list[str]:
    def names(session: Session) -> list[str]:
        return [found.name for found in session.query(Lease)]

    return store.run_now(names)


def person_of(chat: Chat) -> Person:
    def get(session: Session) -> Person:
        return session.get_one(Person, chat.person_id)

    return chat.store.run_now(get)


def test_what_a_dead_sender_had_under_way_is_sent_by_another(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    edit, message = ida.queue(Edit("Ja", "7")), ida.queue(Send("perhaps twice"))
    carrier.takes(ida)
    no_process = 2**22 + 1
    shows_life(carrier, no_process)
    assert store.run_now(take_back, ME, NOON) == 1
    assert leases(store) == []
    # Only a new message may arrive twice; an edit may be repeated freely.
    assert [ida.row(row).failure for row in (edit, message)] == [None, "Interrupted"]
    assert [due.id for due in Carrier(store).takes(ida)] == [edit, message]


def test_what_a_living_sender_has_under_way_stays_there(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    row = ida.queue(Send("Hej."))
    carrier.takes(ida)
    shows_life(carrier, os.getppid())
    assert store.run_now(take_back, ME, NOON + TERM / 2) == 0
    assert ida.row(row).state == "sending"
    assert store.run_now(take_back, ME, NOON + TERM) == 1


def test_who_stood_still_marks_nothing_that_another_has_taken(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    """The chat keeps one copy: that of the sender which has the row."""
    ida.queue(Send("Hej."))
    due = carrier.takes_one(ida)
    store.run_now(take_back, ME, NOON)
    other = Carrier(store)
    theirs = other.takes_one(ida)
    carrier.notes(Outcome(due, "failed", failure="BadRequest"))
    carrier.notes(Outcome(due, "sent", message(101)))
    assert ida.row(due.id).state == "sending"
    other.notes(Outcome(theirs, "sent", message(102)))
    assert ida.standing() == [102]
    assert other.sends(ida) == Delete(("101",))


def test_what_arrived_after_all_is_not_sent_again(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    ida.queue(Send("Hej."))
    due = carrier.takes_one(ida)
    store.run_now(take_back, ME, NOON)
    carrier.notes(Outcome(due, "sent", message(101)))
    assert ida.standing() == [101]
    assert not Carrier(store).takes(ida)


def test_what_is_noted_twice_is_noted_once(ida: Chat, carrier: Carrier) -> None:
    """A commit may have succeeded though we were told that it did not."""
    ida.queue(Send("Hej."))
    outcome = Outcome(carrier.takes_one(ida), "sent", message(101))
    carrier.notes(outcome)
    carrier.notes(outcome)
    assert ida.standing() == [101]
    assert not carrier.takes(ida)


def test_what_was_claimed_without_hearing_of_it_is_put_back(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    ole = Chat(store, OLE)
    known, unheard = ida.queue(Send("Hej.")), ole.queue(Send("Hej."))
    carrier.claims()
    store.run_now(put_back, carrier.id, {known})
    assert ida.row(known).state == "sending"
    assert (ole.row(unheard).state, ole.row(unheard).failure) == ("waiting", None)


def test_rows_of_somebody_who_was_erased_meanwhile_are_forgotten(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    def clear(session: Session, row: int) -> None:
        session.delete(session.get_one(OutboxRow, row))

    ole = Chat(store, OLE)
    ida.queue(Send("Hej."))
    kept = ole.queue(Send("Hej."))
    (gone,), (due,) = carrier.claims().lines
    store.run_now(clear, gone.id)
    carrier.notes(
        Outcome(gone, "sent", message(101)), Outcome(due, "sent", message(102))
    )
    assert ole.row(kept).state == "sent"


def test_without_a_key_nothing_is_sent_and_the_others_are(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    ole = Chat(store, OLE)
    ida.queue(Send("Hej."))
    ole.queue(Send("Hej."))
    store.keys.destroy(ida.person_id)
    (gone,), (due,) = carrier.claims().lines
    assert (gone.key, due.message()) == (None, Send("Hej."))


def tells(
    chat: Chat, *, shown_at: datetime | None, not_after: datetime | None = None
) -> tuple[int, int]:
    """Lay a notice ready and say so, as it is done to staff and parties."""

    def lay(session: Session) -> Notice:
        person = session.get_one(Person, chat.person_id)
        values = {"reference": "KR-AAAA"}
        notice = records.add_notice(session, person, None, "x", values, NOON)
        notice.shown_at = shown_at
        return notice

    notice = chat.store.run_now(lay)
    message = Send("KR-AAAA", silent=True)
    return chat.queue(message, notice=notice, not_after=not_after), notice.id


@pytest.mark.parametrize("shown_at", [None, NOON])
def test_a_chat_that_was_covered_meanwhile_shows_nothing_unasked(
    store: Store, ida: Chat, carrier: Carrier, shown_at: datetime | None
) -> None:
    """It waits to be read, also what was worded in full, as it is for staff."""

    def hide(session: Session) -> Person:
        person = session.get_one(Person, ida.person_id)
        person.hidden_at = NOON
        return person

    row, _ = tells(ida, shown_at=shown_at)
    answer = ida.queue(Send("one neutral line"))
    person = store.run_now(hide)
    assert carrier.claims().again_at == NOON
    assert (ida.row(row).state, ida.row(row).payload) == ("dropped", None)
    assert carrier.takes_one(ida).id == answer
    assert len(store.run_now(records.unread, person)) == 1


def test_an_open_chat_shows_what_was_not_asked_for(ida: Chat, carrier: Carrier) -> None:
    row, _ = tells(ida, shown_at=NOON)
    assert carrier.takes_one(ida).id == row


def test_what_would_come_too_late_is_not_sent_and_waits_to_be_read(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    """As when Telegram was away until the night; what comes after it is sent."""
    row, notice = tells(ida, shown_at=None, not_after=LATER)
    answer = ida.queue(Send("their answer"))
    assert [due.id for due in carrier.takes(ida, LATER)] == []
    assert (ida.row(row).state, ida.row(row).payload) == ("dropped", None)
    assert carrier.takes_one(ida, LATER).id == answer
    unread = store.run_now(records.unread, person_of(ida))
    assert [one.id for one in unread] == [notice]


def test_until_then_it_is_sent(ida: Chat, carrier: Carrier) -> None:
    row, _ = tells(ida, shown_at=None, not_after=LATER)
    assert carrier.takes_one(ida, LATER - timedelta(seconds=1)).id == row


def test_who_writes_while_we_are_refused_is_not_parked(
    store: Store, ida: Chat, carrier: Carrier
) -> None:
    ida.queue(Send("before"))
    outcome = Outcome(carrier.takes_one(ida), "waiting")
    ida.queue(Send("their answer"), at=LATER)
    assert not store.run_now(park, [outcome], LATER, LATER)
    assert person_of(ida).blocked_at is None
    again = Outcome(carrier.takes_one(ida), "waiting")
    much_later = LATER + timedelta(seconds=9)
    assert store.run_now(park, [again], much_later, much_later)
    assert person_of(ida).blocked_at == much_later
    assert not carrier.takes(ida)
