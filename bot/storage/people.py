"""People: whoever writes to the bot, and how to answer them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.storage.keystore import KeyStore
from bot.storage.sealing import seal
from bot.storage.tables import HeardMessage, Person

#: Telegram lets a bot delete messages that are younger than this.
DELETABLE = timedelta(hours=48)


def find(session: Session, keys: KeyStore, account: int) -> Person | None:
    """Find who stands behind an account; None for a stranger."""
    person_id = keys.person_of(account)
    return session.get(Person, person_id) if person_id else None


def enrol(
    session: Session, keys: KeyStore, account: int, language: str, at: datetime
) -> Person:
    """Make room for a stranger: a language, a sealed reply handle, nothing more.

    The reply handle is the account's number, as in a private chat both are the same.
    """
    person_id, key = keys.enrol(account)
    person = Person(
        id=person_id,
        language=language,
        reply_handle=seal(key, "people", "reply_handle", person_id, str(account)),
        created_at=at,
    )
    session.add(person)
    session.flush()
    return person


def ids(session: Session) -> Sequence[str]:
    """List everybody's ids."""
    return session.scalars(select(Person.id)).all()


def heard(session: Session, person: Person, message_id: int, at: datetime) -> None:
    """Remember the number of a person's own message, so that hiding can delete it."""
    query = select(HeardMessage.id).where(
        HeardMessage.person_id == person.id, HeardMessage.message_id == message_id
    )
    if session.scalar(query) is None:
        session.add(HeardMessage(person_id=person.id, message_id=message_id, at=at))


def deletable_heard(session: Session, person: Person, at: datetime) -> list[int]:
    """List the person's own messages that Telegram still lets us delete."""
    query = select(HeardMessage.message_id).where(
        HeardMessage.person_id == person.id, HeardMessage.at > at - DELETABLE
    )
    return list(session.scalars(query))


def forget_heard(session: Session, person: Person) -> None:
    """Forget the numbers of the person's own messages."""
    session.execute(delete(HeardMessage).where(HeardMessage.person_id == person.id))
