"""Wrong words in covered chats: few are heard, so that nobody finds the right one.

What was written is not kept, only that it was; and no more of it than is counted.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from bot.storage.tables import Person, WrongWord

#: So many wrong words are heard in a covered chat within this time; then even the right
#: one waits. A code still opens it.
MOST: Final = 5
WINDOW: Final = timedelta(hours=1)

# Asked for whatever is typed into a covered chat, so it is put together once.
_RECENT: Final = (
    select(func.count())
    .select_from(WrongWord)
    .where(
        WrongWord.person_id == bindparam("person"), WrongWord.at > bindparam("since")
    )
)


def may_try(session: Session, person: Person, at: datetime) -> bool:
    """Tell whether a word is heard now in a person's chat."""
    whose = {"person": person.id, "since": at - WINDOW}
    return session.scalars(_RECENT, whose).one() < MOST


def note(session: Session, person: Person, at: datetime) -> None:
    """Count a wrong word; what is heard no more is not counted either."""
    if may_try(session, person, at):
        session.add(WrongWord(person_id=person.id, at=at))
        session.flush()


def forget(session: Session, person: Person) -> None:
    """Begin to count anew: the chat was opened."""
    session.execute(delete(WrongWord).where(WrongWord.person_id == person.id))


def old(session: Session, at: datetime) -> None:
    """Let go of wrong words that count no more."""
    session.execute(delete(WrongWord).where(WrongWord.at <= at - WINDOW))
