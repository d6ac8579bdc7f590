"""Let go of what is not needed any more."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from bot.storage.keystore import KeyStore
from bot.storage.tables import (
    Case,
    FailedTurn,
    HeardMessage,
    Link,
    Notice,
    OutboxRow,
    Party,
    Person,
    SeenUpdate,
    Staff,
    StoredAnswer,
    Talk,
)

#: An update comes again within a day at most; then its id may be given anew.
_SEEN_FOR = timedelta(hours=48)


def answers_of(session: Session, party: Party) -> None:
    """Let go of what a party told about themselves."""
    session.execute(delete(StoredAnswer).where(StoredAnswer.party_id == party.id))


def answers_of_case(session: Session, case: Case) -> None:
    """Let go of what all parties of a case told about themselves."""
    parties = select(Party.id).where(Party.case_id == case.id)
    session.execute(delete(StoredAnswer).where(StoredAnswer.party_id.in_(parties)))


def old_updates(session: Session, at: datetime) -> None:
    """Let go of update ids that cannot come again."""
    session.execute(delete(SeenUpdate).where(SeenUpdate.at < at - _SEEN_FOR))


def strangers(session: Session, idle_since: datetime) -> Sequence[Person]:
    """List those who stand in no case, serve nowhere, and have fallen silent."""
    query = select(Person).where(
        ~exists().where(Party.person_id == Person.id),
        ~exists().where(Staff.person_id == Person.id),
        ~exists().where(Link.person_id == Person.id),
        ~exists().where(Talk.person_id == Person.id, Talk.updated_at >= idle_since),
        Person.created_at < idle_since,
    )
    return session.scalars(query).all()


def person(session: Session, keys: KeyStore, gone: Person) -> None:
    """Erase somebody who stands in no case: every row, then the key."""
    gone.talk_id = None
    session.flush()
    for table in (StoredAnswer, Notice, Talk, HeardMessage, OutboxRow, FailedTurn):
        session.execute(delete(table).where(table.person_id == gone.id))
    session.delete(gone)
    session.flush()
    keys.destroy(gone.id)
