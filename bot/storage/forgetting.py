"""Let go of what is not needed any more."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.orm import Session

from bot.storage import links, locks, talks
from bot.storage.keys.keystore import KeyStore
from bot.storage.people import HEARD_FOR
from bot.storage.tables import (
    Case,
    ConsentRecord,
    FailedTurn,
    HeardMessage,
    Holder,
    Link,
    Notice,
    OutboxRow,
    Party,
    Person,
    SeenUpdate,
    ShownText,
    Staff,
    StoredAnswer,
    Talk,
    WrongWord,
)

#: An update comes again within a day at most; then its id may be given anew.
_SEEN_FOR = timedelta(hours=48)

#: What a party told that a case is decided by, and that nobody needs once it is over.
_TOLD = (
    "confession",
    "tie",
    "orders",
    "fear",
    "authority",
    "may_ask_holders",
    "understood_at",
)

# Asked again for every few people, so it is put together once.
_SILENT: Final = select(Person.id).where(
    ~exists().where(Party.person_id == Person.id),
    ~exists().where(Holder.person_id == Person.id),
    ~exists().where(Staff.person_id == Person.id),
    # Who was only given a code of their own has never been bound to a letter.
    ~exists().where(Link.person_id == Person.id, Link.role != links.OWN),
    ~exists().where(Talk.person_id == Person.id, Talk.updated_at >= bindparam("since")),
    # Whatever people write is answered, and what they write is let go of earlier.
    ~exists().where(
        OutboxRow.person_id == Person.id, OutboxRow.created_at >= bindparam("since")
    ),
    Person.created_at < bindparam("since"),
)


def answers_of(session: Session, who: Party | Holder) -> None:
    """Let go of what a party or a holder told about themselves."""
    is_party = isinstance(who, Party)
    speaker = StoredAnswer.party_id if is_party else StoredAnswer.holder_id
    session.execute(delete(StoredAnswer).where(speaker == who.id))
    talk = talks.of(session, who)
    if talk is not None:
        # What is told anew is asked for anew, not out of a summary that is no more.
        talk.notes = replace(talk.notes, reviewing=False)


def answers_of_case(session: Session, case: Case) -> None:
    """Let go of what everybody in a case told about themselves and about safety."""
    parties = select(Party.id).where(Party.case_id == case.id)
    holders = select(Holder.id).where(Holder.party_id.in_(parties))
    for theirs in (
        StoredAnswer.party_id.in_(parties),
        StoredAnswer.holder_id.in_(holders),
    ):
        session.execute(delete(StoredAnswer).where(theirs))
    told = dict.fromkeys(_TOLD)
    session.execute(update(Party).where(Party.case_id == case.id).values(told))


def old_updates(session: Session, at: datetime) -> None:
    """Let go of update ids that cannot come again."""
    session.execute(delete(SeenUpdate).where(SeenUpdate.at < at - _SEEN_FOR))


def old_messages(session: Session, at: datetime) -> None:
    """Let go of what people wrote that can be neither deleted nor edited any more."""
    old = HeardMessage.at < at - HEARD_FOR
    session.execute(delete(HeardMessage).where(old))


def strangers(session: Session, idle_since: datetime, most: int) -> Sequence[Person]:
    """List some of those who stand in no case, serve nowhere, and have fallen silent.

    They are locked: who writes just now is a stranger again, or none at all.
    """
    since = {"since": idle_since}
    some = session.scalars(_SILENT.limit(most), since).all()
    found = locks.people(session, some)
    # Who was waited for may have said something in the meantime.
    still = set(session.scalars(_SILENT.where(Person.id.in_(some)), since))
    return [person for person in found if person.id in still]


def people(session: Session, keys: KeyStore, gone: Collection[Person]) -> None:
    """Erase people who stand in no case: every row, then the keys."""
    for person in gone:
        _rows_of(session, person)
    if gone:
        keys.destroy(*(person.id for person in gone))


def _rows_of(session: Session, gone: Person) -> None:
    gone.talk_id = None
    session.flush()
    for table in (
        StoredAnswer,
        Notice,
        ShownText,
        Talk,
        HeardMessage,
        OutboxRow,
        FailedTurn,
        WrongWord,
        Link,
    ):
        session.execute(delete(table).where(table.person_id == gone.id))
    # What was consented to is evidence; without the key it is nobody's.
    records = update(ConsentRecord).where(ConsentRecord.person_id == gone.id)
    session.execute(records.values(person_id=None))
    session.delete(gone)
    session.flush()
