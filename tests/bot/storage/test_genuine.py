"""A receipt shows what was altered here since, even by who could write anything."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot import catalogue, contacts
from bot.consent import genuine, receipt, sealing
from bot.consent.genuine import Finding
from bot.storage import Session, Store, chain, consents, forgetting
from bot.storage.tables import ConsentEvent, ConsentRecord, Person
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import GIVEN, PARENTAL, WITHDRAWN, Side, moves_in
from tests.bot.storage.parties import gets_holder as gets
from tests.support import receipts

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def sofie(store: Store) -> Side:
    return moves_in(store, 4001)


def issued(session: Session, store: Store, *record_ids: str) -> str:
    """Issue a receipt of records, as the chat does."""
    found = [session.get_one(ConsentRecord, one) for one in record_ids]
    issuer = receipt.Issuer(catalogue.load(), contacts.load(None).secretariat)
    contents = receipt.contents(session, issuer, found, "receipt")
    return sealing.written(sealing.sealed(store.keys, contents))


def finding(session: Session, side: Side, file: str) -> Finding:
    report = genuine.examine(session, side.store.keys, file)
    assert report.is_sealed
    [found] = report.findings
    assert report.is_genuine is (not found.altered)
    return found


def talks(session: Session, side: Side) -> tuple[str, str]:
    """Say yes and stop; give the record and its receipt."""
    side.says(session, GIVEN)
    record_id = side.says(session, WITHDRAWN, at=LATER)
    return record_id, issued(session, side.store, record_id)


def test_an_event_that_was_altered_here_is_named(sofie: Side) -> None:
    def tampers(session: Session) -> None:
        record_id, file = talks(session, sofie)
        assert finding(session, sofie, file).altered == []
        session.execute(
            update(ConsentEvent)
            .where(ConsentEvent.consent_id == record_id, ConsentEvent.n == 2)
            .values(state=GIVEN)
        )
        session.expire_all()
        assert finding(session, sofie, file).altered == [
            "Event 2 that is stored is not as it was written.",
            "Event 2 of the file is not the one that is stored.",
        ]

    sofie.store.run_now(tampers)


def test_a_chain_that_was_written_anew_from_its_beginning_shows(sofie: Side) -> None:
    def rewrites(session: Session) -> None:
        record_id, file = talks(session, sofie)
        record = session.get_one(ConsentRecord, record_id)
        previous = chain.BEGINNING
        for event in consents.events(session, record):
            event.state, event.previous = GIVEN, previous
            previous = event.hash = chain.hash_of(chain.said(record, event))
        record.head = previous
        session.flush()
        assert consents.broken_link(session, record) is None, "whole, but another"
        assert finding(session, sofie, file).altered == [
            "Event 2 of the file is not the one that is stored."
        ]

    sofie.store.run_now(rewrites)


def test_a_record_that_was_put_under_another_name_shows(sofie: Side) -> None:
    ole = moves_in(sofie.store, 4002)

    def tampers(session: Session) -> None:
        record_id, file = talks(session, sofie)
        session.get_one(ConsentRecord, record_id).person_id = ole.person_id
        assert finding(session, sofie, file).altered == [
            "The record stands under the name of somebody else."
        ]

    sofie.store.run_now(tampers)


def test_who_was_erased_leaves_a_receipt_that_can_be_looked_at(sofie: Side) -> None:
    def forgets(session: Session) -> None:
        _, file = talks(session, sofie)
        gone = session.get_one(Person, sofie.person_id)
        party = sofie.subject(session).party
        party.person_id = None
        session.flush()
        forgetting.people(session, sofie.store.keys, [gone])
        session.expire_all()
        found = finding(session, sofie, file)
        assert found.altered == []
        [note] = found.notes
        assert note.startswith("Whoever said it was erased")

    sofie.store.run_now(forgets)


def test_a_record_of_elsewhere_is_told_as_such_and_one_of_nowhere_too(
    sofie: Side,
) -> None:
    def writes(session: Session) -> None:
        record_id = sofie.says(session, GIVEN, is_elsewhere=True, said_on=NOON.date())
        file = issued(session, sofie.store, record_id)
        assert receipts.read(file).records[0].events[0].collection_method == "phone"
        found = finding(session, sofie, file)
        assert found.notes == [
            "It was recorded by staff for somebody who did not use the bot."
        ]
        session.execute(
            update(ConsentRecord)
            .where(ConsentRecord.id == record_id)
            .values(head="gone")
        )
        session.expire_all()
        assert finding(session, sofie, file).altered == [
            "Event 2 that is stored is not as it was written."
        ]
        other = file.replace(record_id, "x" * len(record_id))
        report = genuine.examine(session, sofie.store.keys, other)
        assert not report.is_sealed
        assert "No record of this number is stored here." in report.findings[0].altered

    sofie.store.run_now(writes)


def test_a_parents_receipt_says_whether_somebody_made_sure(sofie: Side) -> None:
    mother = gets(sofie, 4002)

    def says(session: Session) -> None:
        record_id = mother.says(session, GIVEN, PARENTAL, notice="parental_take_part")
        file = issued(session, mother.store, record_id)
        [record] = receipts.read(file).records
        assert record.parental is not None
        assert record.parental.verification_state == "claimed"
        assert record.parental.of_party == sofie.party_id

    sofie.store.run_now(says)
