"""A receipt shows what was altered here since, even by who could write anything."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot import catalogue, contacts
from bot.consent import receipt, sealing, verify_receipt
from bot.consent.verify_receipt import Finding
from bot.storage import Session, Store, forgetting, talks
from bot.storage.consent import (
    chain,
    consent_notices,
    consents,
    shown,
    verification_seal,
)
from bot.storage.consent.consents import Shown
from bot.storage.consent.exchange import Exchange
from bot.storage.tables import (
    ConsentEvent,
    ConsentRecord,
    Holder,
    Person,
    ShownText,
    Talk,
)
from flows import FLOWS
from flows.engine import start
from flows.facts import HolderRelation
from flows.model import Into
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import (
    GIVEN,
    PARENTAL,
    TAKE_PART,
    WITHDRAWN,
    Side,
    moves_in,
    words,
)
from tests.bot.storage.parties import gets_holder as gets
from tests.support import receipts

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def sofie(store: Store) -> Side:
    return moves_in(store, 4001)


def issued(session: Session, store: Store, *record_ids: str) -> str:
    """Issue a receipt of records, as the chat does."""
    found = [session.get_one(ConsentRecord, one) for one in record_ids]
    words = catalogue.load()
    issuer = receipt.Issuer(words, contacts.load(None, words).secretariat)
    contents = receipt.contents(session, issuer, found, "receipt")
    return sealing.written(sealing.sealed(store.keys, contents))


def finding(session: Session, side: Side, file: str) -> Finding:
    report = verify_receipt.examine(session, side.store.keys, file)
    assert report.is_sealed
    [found] = report.findings
    assert report.is_genuine is (not found.altered)
    return found


def talks_of(session: Session, side: Side) -> tuple[str, str]:
    """Say yes and stop; give the record and its receipt."""
    side.says(session, GIVEN)
    record_id = side.says(session, WITHDRAWN, at=LATER)
    return record_id, issued(session, side.store, record_id)


def test_an_event_that_was_altered_here_is_named(sofie: Side) -> None:
    def tampers(session: Session) -> None:
        record_id, file = talks_of(session, sofie)
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
        record_id, file = talks_of(session, sofie)
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


def test_an_answer_that_is_older_than_its_question_shows(sofie: Side) -> None:
    """Nobody but the program writes such a chain, and it fits in itself."""

    def tampers(session: Session) -> None:
        exchange = Exchange(NOON, 6, 7, NOON)
        record_id = sofie.says(session, GIVEN, exchange=exchange)
        file = issued(session, sofie.store, record_id)
        assert finding(session, sofie, file).altered == [
            "The answer of event 1 is older than its question."
        ]

    sofie.store.run_now(tampers)


def test_a_yes_of_the_chat_answers_to_a_question(sofie: Side) -> None:
    def tampers(session: Session) -> None:
        record_id = sofie.says(session, GIVEN, exchange=Exchange(NOON, 6))
        file = issued(session, sofie.store, record_id)
        assert finding(session, sofie, file).altered == [
            "The yes of event 1 answers to no question."
        ]

    sofie.store.run_now(tampers)


def test_of_what_was_said_before_numbers_were_kept_it_is_unknown(sofie: Side) -> None:
    def looks(session: Session) -> None:
        record_id = sofie.says(session, GIVEN, exchange=None)
        file = issued(session, sofie.store, record_id)
        found = finding(session, sofie, file)
        assert found.altered == []
        assert found.notes == [
            (
                "Whether the answer of event 1 came after its question is unknown: it "
                "was said before the numbers of both were kept."
            )
        ]

    sofie.store.run_now(looks)


def test_what_staff_wrote_down_has_no_numbers(sofie: Side) -> None:
    def looks(session: Session) -> None:
        record_id = sofie.says(session, GIVEN, is_elsewhere=True)
        file = issued(session, sofie.store, record_id)
        assert not any("unknown" in one for one in finding(session, sofie, file).notes)

    sofie.store.run_now(looks)


def test_a_record_that_was_put_under_another_name_shows(sofie: Side) -> None:
    ole = moves_in(sofie.store, 4002)

    def tampers(session: Session) -> None:
        record_id, file = talks_of(session, sofie)
        session.get_one(ConsentRecord, record_id).person_id = ole.person_id
        assert finding(session, sofie, file).altered == [
            "The record stands under the name of somebody else."
        ]

    sofie.store.run_now(tampers)


def test_who_was_erased_leaves_a_receipt_that_can_be_looked_at(sofie: Side) -> None:
    def forgets(session: Session) -> None:
        _, file = talks_of(session, sofie)
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
        report = verify_receipt.examine(session, sofie.store.keys, other)
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
        assert record.parental.authority_claimed is None
        assert record.parental.of_record is None, "the child has not said it yet"
        own = sofie.says(session, GIVEN)
        mother.holder(session).relation = HolderRelation.OTHER
        [record] = receipts.read(issued(session, mother.store, record_id)).records
        assert record.parental is not None
        assert record.parental.of_record == own
        assert record.parental.authority_claimed == "guardian"

    sofie.store.run_now(says)


def makes_sure(session: Session, mother: Side) -> tuple[str, Holder]:
    """Let the mother say yes, and somebody make sure of her."""
    record_id = mother.says(session, GIVEN, PARENTAL, notice="parental_take_part")
    holder = mother.holder(session)
    holder.verified_at, holder.verified_on = LATER, LATER.date()
    holder.verified_method, holder.verified_by = "call", "Birgit"
    [yes] = consents.events(session, session.get_one(ConsentRecord, record_id))
    holder.verified_hash = verification_seal.seal(mother.store.keys, holder, yes)
    return record_id, holder


def test_that_somebody_made_sure_of_a_parent_cannot_be_written_by_hand(
    sofie: Side,
) -> None:
    mother = gets(sofie, 4002)
    altered = ["That somebody made sure of the parent is not as it was written down."]

    def tampers(session: Session) -> None:
        record_id, holder = makes_sure(session, mother)
        file = issued(session, mother.store, record_id)
        assert finding(session, mother, file).altered == []
        holder.verified_by = "Bent"
        assert finding(session, mother, file).altered == altered
        holder.verified_by, holder.verified_hash = "Birgit", None
        assert finding(session, mother, file).altered == altered

    sofie.store.run_now(tampers)


def test_a_new_answer_of_a_parent_takes_back_that_somebody_made_sure(
    sofie: Side,
) -> None:
    mother = gets(sofie, 4002)

    def says_again(session: Session) -> None:
        record_id, holder = makes_sure(session, mother)
        file = issued(session, mother.store, record_id)
        notice = "parental_take_part"
        mother.says(session, GIVEN, PARENTAL, at=LATER, notice=notice)
        assert (holder.verified_at, holder.verified_hash) == (None, None)
        found = finding(session, mother, file)
        assert found.altered == []
        assert "What is known of the parent has changed since." in found.notes

    sofie.store.run_now(says_again)


def reads(side: Side, *text_ids: str) -> str:
    """Show texts in a talk of hers, and more afterwards; give the hash of the first."""

    def begin(session: Session) -> str:
        person = session.get_one(Person, side.person_id)
        return talks.begin(session, person, start(FLOWS, Into("programme")), NOON).id

    talk_id = side.store.run_now(begin)

    def show(session: Session, text_id: str) -> str:
        talk = session.get_one(Talk, talk_id)
        shown.note(session, talk, text_id, "da", f"{text_id}?", NOON)
        shown.write(session)
        return shown.digest(shown.of_talk(session, talk))

    told = [side.store.run_now(show, one) for one in (*text_ids, "zulu", "alfa")]
    return told[-3]


def test_what_was_read_before_a_yes_shows_in_the_receipt_and_if_it_is_altered(
    sofie: Side,
) -> None:
    told = reads(sofie, "mike", "delta", "november")

    def tampers(session: Session) -> None:
        subject = sofie.subject(session)
        kept = consent_notices.keep(session, words(), NOON)
        heard = Shown("da", "button", notice=kept, told=told)
        yes = consents.say(
            session, subject, TAKE_PART, GIVEN, heard, LATER, by="person"
        )
        file = issued(session, sofie.store, yes.consent_id)
        [record] = receipts.read(file).records
        listed = record.shown["1"] or []
        assert [line[0] for line in listed] == ["mike", "delta", "november"]
        assert finding(session, sofie, file).altered == []
        forged = json.loads(file)
        forged["records"][0]["shown"]["1"][0][1] = "en"
        found = verify_receipt.examine(session, sofie.store.keys, json.dumps(forged))
        assert found.findings[0].altered == [
            "What the file says was read before event 1 is not what was."
        ]
        altered = ["What had been read before event 1 is not stored as it was."]
        mike = ShownText.text_id == "mike"
        session.execute(update(ShownText).where(mike).values(language="en"))
        session.expire_all()
        assert finding(session, sofie, file).altered == altered
        session.execute(delete(ShownText).where(mike))
        session.expire_all()
        assert finding(session, sofie, file).altered == altered

    sofie.store.run_now(tampers)


def test_a_name_that_was_only_taken_off_is_no_erasure(sofie: Side) -> None:
    def tampers(session: Session) -> None:
        record_id, file = talks_of(session, sofie)
        record = session.get_one(ConsentRecord, record_id)
        record.person_id = None
        assert finding(session, sofie, file).altered == [
            "The record was taken from somebody who is not erased."
        ]
        record.salt = None
        assert finding(session, sofie, file).altered == [
            "What shows whose record it is was taken away."
        ]

    sofie.store.run_now(tampers)
