"""People: whoever writes to the bot, and how to answer them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from bot.addressing import AccountRef, MessageRef
from bot.errors import KeyDestroyed
from bot.storage import locks
from bot.storage.engine.conflicts import insert_once
from bot.storage.keys.keystore import KeyStore
from bot.storage.keys.sealing import hashed, seal
from bot.storage.tables import HeardMessage, Holder, Link, Party, Person, Staff

#: So long it is kept which messages somebody wrote, to delete them.
HEARD_FOR = timedelta(hours=48)
#: A database takes only so many values in one question.
_MOST_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who writes to the bot, and the key to what they told."""

    person: Person
    key: bytes = field(repr=False)


def find(session: Session, keys: KeyStore, account: AccountRef) -> Known | None:
    """Find and lock who stands behind an account; None for a stranger."""
    found = keys.find(account.name)
    if found is None:
        return None
    person_id, key = found
    person = locks.person(session, person_id)
    # A key without a row: of somebody who is forgotten or being enrolled just now.
    return Known(person, key) if person else None


def enrol(
    session: Session, keys: KeyStore, account: AccountRef, language: str, at: datetime
) -> Known:
    """Make room for a stranger: a language, a sealed reply handle, nothing more.

    The reply handle is the account's id, as in a private chat both are the same.
    When the same account is being enrolled at this moment, both get the same person.
    """
    locks.enrolling(session)
    person_id, key = keys.enrol(account.name)
    row = {
        "id": person_id,
        "language": language,
        "channel": account.channel,
        "reply_handle": seal(key, "people", "reply_handle", person_id, account.id),
        "next_talk": 1,
        "created_at": at,
    }
    insert_once(session.connection(), Person, row)
    person = locks.person(session, person_id)
    if person is None:
        raise KeyDestroyed("This person was erased at the very moment that they wrote.")
    return Known(person, key)


def known(session: Session, among: Collection[str]) -> frozenset[str]:
    """Tell which of some ids, which may be very many, are those of people."""
    asked, found = list(among), set[str]()
    for begin in range(0, len(asked), _MOST_AT_ONCE):
        some = asked[begin : begin + _MOST_AT_ONCE]
        found |= set(session.scalars(select(Person.id).where(Person.id.in_(some))))
    return frozenset(found)


def ids(session: Session) -> Sequence[str]:
    """List everybody's ids."""
    return session.scalars(select(Person.id)).all()


def is_unbound(session: Session, person: Person) -> bool:
    """Tell whether somebody has nothing that could be behind a covered chat.

    That is a letter or a code, a word of their own, a place in a case or on the staff.
    Whoever was let go of has none of it any more.
    """
    kept = (
        exists().where(Link.person_id == person.id, Link.voided_at.is_(None)),
        *(exists().where(t.person_id == person.id) for t in (Party, Holder, Staff)),
    )
    had_any = session.scalar(select(or_(*kept)))
    return person.hiding_word is None and not had_any


def hash_words(known: Known, message: MessageRef, words: str) -> bytes:
    """Hash the words of a person's own message; it goes with their key."""
    row_id = f"{known.person.id}/{message.key}"
    return hashed(known.key, "heard", "words", row_id, words)


def heard(
    session: Session,
    person: Person,
    message: MessageRef,
    at: datetime,
    words: bytes | None = None,
) -> bool:
    """Remember which a person's own message is, so that hiding can delete it.

    Of its words only the hash is kept, if any. Returns whether it was new.
    """
    row = {
        "person_id": person.id,
        "channel": person.channel,
        "message_key": message.key,
        "number": message.number,
        "at": at,
        "words": words,
    }
    return insert_once(session.connection(), HeardMessage, row)


def heard_anew(
    session: Session, person: Person, message: MessageRef, words: bytes
) -> bool:
    """Note what a message says now that was heard; False where that is the same."""
    changed = (
        update(HeardMessage)
        .where(
            HeardMessage.person_id == person.id,
            HeardMessage.message_key == message.key,
            HeardMessage.words.is_distinct_from(words),
        )
        .values(words=words)
        .returning(HeardMessage.id)
    )
    return session.scalar(changed) is not None


def heard_since(
    session: Session, person: Person, since: datetime | None
) -> list[MessageRef]:
    """List the person's own messages, all of them or those after a moment."""
    query = select(HeardMessage.message_key, HeardMessage.number).where(
        HeardMessage.person_id == person.id
    )
    if since is not None:
        query = query.where(HeardMessage.at > since)
    return [MessageRef(row.message_key, row.number) for row in session.execute(query)]


def forget_heard(session: Session, person: Person) -> None:
    """Forget the numbers of the person's own messages."""
    session.execute(delete(HeardMessage).where(HeardMessage.person_id == person.id))
