"""What stands in the database after a run, told without ids and moments."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from sqlalchemy import select

from bot.storage import Session
from bot.storage.mail.sending import SENDER
from bot.storage.tables import (
    AuditEntry,
    Case,
    ConsentEvent,
    ConsentRecord,
    FailedTurn,
    HumanNeed,
    Lease,
    Notice,
    OutboxRow,
    Party,
    Person,
    Staff,
    StoredAnswer,
    Talk,
    Tally,
)
from tests.support.archive import Archive
from tests.support.town import Town

Entry: TypeAlias = tuple[object, ...]


def ledger(town: Town) -> Counter[Entry]:
    """Count everything that a doubled or a lost step would change."""
    archive = town.archive
    who = _known(town)
    return Counter(
        [
            *_people(archive, who),
            *_cases(archive, who),
            *_bookkeeping(archive),
        ]
    )


def queued(town: Town) -> Counter[tuple[str, str]]:
    """Count the rows of the outbox by person and kind."""
    who = _known(town)
    with town.archive.session() as session:
        rows = session.scalars(select(OutboxRow))
        return Counter((who[row.person_id], row.kind) for row in rows)


def under_way(town: Town, process: int) -> Counter[str]:
    """Count the new messages that a dead process was sending, by whom they are to.

    Its last commit may still be on its way through the server: it is waited for.
    """
    theirs = select(Lease.holder).where(
        Lease.name.startswith(f"{SENDER} "), Lease.process == process
    )
    unsent = (
        select(OutboxRow.person_id, OutboxRow.state, OutboxRow.sender)
        .where(OutboxRow.kind == "send", OutboxRow.state.in_(("waiting", "sending")))
        .order_by(OutboxRow.id)
        .with_for_update(key_share=True)
    )

    def look(session: Session) -> list[str]:
        senders = set(session.scalars(theirs))
        return [
            person_id
            for person_id, state, sender in session.execute(unsent)
            if state == "sending" and sender in senders
        ]

    who = _known(town)
    return Counter(who[person_id] for person_id in town.desk.store.run_now(look))


def interrupted(town: Town) -> Counter[str]:
    """Count how often the program has found a message under way by a dead process."""
    who = _known(town)
    query = select(OutboxRow.person_id, OutboxRow.attempts).where(
        OutboxRow.kind == "send", OutboxRow.failure == "Interrupted"
    )
    found: Counter[str] = Counter()
    with town.archive.session() as session:
        for person_id, attempts in session.execute(query):
            found[who[person_id]] += attempts - 1
    return found


def _known(town: Town) -> dict[str, str]:
    """Name the key of the phone of everybody who has ever written."""
    keys = town.desk.tools.keys
    found = {r.person.key: keys.find(str(r.account)) for r in town.residents}
    return {known[0]: key for key, known in found.items() if known}


def _people(archive: Archive, who: Mapping[str, str]) -> Iterator[Entry]:
    with archive.session() as session:
        for person in session.scalars(select(Person)):
            hidden = person.hidden_at is not None
            yield "person", who[person.id], person.language, hidden, person.next_talk
        for talk in session.scalars(select(Talk)):
            place = (talk.dialogue, talk.state)
            yield "talk", who[talk.person_id], talk.number, *place, talk.step
        for answer in session.scalars(select(StoredAnswer)):
            yield "answer", who[answer.person_id], answer.name
        for notice in session.scalars(select(Notice)):
            shown = notice.shown_at is not None
            yield "notice", who[notice.person_id], notice.text_id, shown
        for staff in session.scalars(select(Staff)):
            yield "staff", who[staff.person_id], staff.role, staff.district


def _cases(archive: Archive, who: Mapping[str, str]) -> Iterator[Entry]:
    with archive.session() as session:
        for case in session.scalars(select(Case)):
            yield "case", case.district, case.status, case.ended_reason
        query = select(Party, Case.district).join(Case, Case.id == Party.case_id)
        for party, district in session.execute(query):
            name = who.get(party.person_id or "", "nobody")
            yield "party", district, party.role, party.n, name, party.interest
        said = select(ConsentRecord, ConsentEvent).join(
            ConsentEvent, ConsentEvent.consent_id == ConsentRecord.id
        )
        for record, word in session.execute(said):
            name = who[record.person_id or ""]
            yield "consent", name, word.n, record.purpose, word.state, word.method
        needs = select(HumanNeed, Case.district).join(
            Case, Case.id == HumanNeed.case_id
        )
        for need, district in session.execute(needs):
            yield "need", district, need.reason, need.cleared_reason


def _bookkeeping(archive: Archive) -> Iterator[Entry]:
    with archive.session() as session:
        for t in session.scalars(select(Tally)):
            yield "tally", t.district, t.step, t.role, t.language, t.number
        query = select(AuditEntry.action, Case.district).outerjoin(
            Case, Case.id == AuditEntry.case_id
        )
        for action, district in session.execute(query):
            yield "audit", action, district
        for failed in session.scalars(select(FailedTurn)):
            yield "failed turn", failed.error, failed.place
