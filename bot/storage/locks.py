"""Who waits for whom, where several transactions run side by side.

Every unit of work that changes what another one may change at the same moment takes
its locks here, before it reads what it decides by, and always in this order:

    upkeep · enrolment · people by id · invitations by id · cases by id · staff

so that no two ever wait for each other in a circle. Figures come last of all, at the
end of the transaction (`records.write_tallies`). What stands in a case - its parties
and holders, their talks and answers, consents and needs - is changed only under the
case's lock.

On SQLite a transaction that writes is alone from its beginning, so nothing is locked.
Rows are locked FOR NO KEY UPDATE: whoever writes a message into another person's line
only makes sure that the person stays, and does not wait for that person's turn.
"""

from collections.abc import Collection, Sequence
from typing import Final, TypeAlias, TypeVar

from sqlalchemy import (
    ARRAY,
    CompoundSelect,
    Select,
    String,
    any_,
    bindparam,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from bot.storage.engine.named_locks import Named, exclusive, is_alone, shared
from bot.storage.engine.prepared import Prepared
from bot.storage.tables import Case, Holder, Link, Party, Person, Talk

#: Ids, or a query that finds them.
_Ids: TypeAlias = Collection[str] | Select[str]
_Row = TypeVar("_Row", Person, Link, Case)

#: Upkeep looks at many rows at once, so it may take and wait longer than a turn.
_PATIENCE: Final = {"lock_timeout": "60s", "statement_timeout": "120s"}


def _locked(query: Select[_Row]) -> Select[_Row]:
    """Lock rows; what was read of them before they were locked is read again."""
    return query.with_for_update(key_share=True).execution_options(
        populate_existing=True
    )


# Asked at every turn, so they are put together once.
_ONE: Final = _locked(select(Person).where(Person.id == bindparam("person")))
_ONE_AND_TALK: Final = (
    select(Person, Talk, Party, Case)
    .outerjoin(Talk, Talk.id == Person.talk_id)
    .outerjoin(Party, Party.id == Talk.party_id)
    .outerjoin(Case, Case.id == Party.case_id)
    .where(Person.id == bindparam("person"))
)
# What a person touches is united, not joined by "or": each part then goes by an index
# of its own.
_OWN_TALK: Final = Talk.person_id == bindparam("person")
_LETTERS: Final = union_all(
    select(Link.id).join(Talk, Talk.link_id == Link.id).where(_OWN_TALK),
    select(Link.id).where(Link.token_hash == bindparam("token")),
)
_TOUCHED: Final[CompoundSelect[str | None]] = union_all(
    select(Party.case_id).where(Party.person_id == bindparam("person")),
    select(Party.case_id).join(Talk, Talk.party_id == Party.id).where(_OWN_TALK),
    select(Party.case_id)
    .join(Holder, Holder.party_id == Party.id)
    .where(Holder.person_id == bindparam("person")),
    select(Party.case_id)
    .join(Holder, Holder.party_id == Party.id)
    .join(Talk, Talk.holder_id == Holder.id)
    .where(_OWN_TALK),
    select(Link.case_id).where(Link.id.in_(_LETTERS)),
    # Only a server is asked, and that takes a list as one value.
    select(Case.id).where(
        Case.reference == any_(bindparam("named", type_=ARRAY(String)))
    ),
)
_INVITATIONS: Final = Prepared(
    select(Link.id)
    .where(Link.id.in_(_LETTERS), Link.case_id.is_(None))
    .order_by(Link.id)
    .with_for_update(key_share=True)
)
_CASES: Final = Prepared(
    select(Case.id)
    .where(Case.id.in_(_TOUCHED))
    .order_by(Case.id)
    .with_for_update(key_share=True)
)


def upkeep(session: Session) -> None:
    """Be the only one who does upkeep, until the end of the transaction."""
    if is_alone(session):
        return
    for name, value in _PATIENCE.items():
        session.execute(text(f"SET LOCAL {name} = '{value}'"))
    exclusive(session.connection(), Named.UPKEEP)


def enrolling(session: Session) -> None:
    """Say that somebody is being enrolled; others may be at the same moment."""
    shared(session, Named.ENROLMENT)


def nobody_enrolling(session: Session) -> None:
    """Wait until nobody is being enrolled, and let nobody begin."""
    exclusive(session.connection(), Named.ENROLMENT)


def staff_stays(session: Session) -> None:
    """Let the staff stay as they are while some of them are told of a case."""
    shared(session, Named.STAFF)


def staff_changes(session: Session) -> None:
    """Let nobody be told of a case while one of the staff joins or finds the chat."""
    exclusive(session.connection(), Named.STAFF)


def person(session: Session, person_id: str) -> Person | None:
    """Lock a person and read them as they are now; None if there is nobody.

    Where nothing has to be locked first, what their turn needs is read along.
    """
    query = _ONE_AND_TALK if is_alone(session) else _ONE
    return session.scalar(query, {"person": person_id})


def people(session: Session, ids: _Ids) -> Sequence[Person]:
    """Lock people, and read them as they are now."""
    query = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
    return session.scalars(_locked(query)).all()


def case(session: Session, reference: str) -> Case | None:
    """Lock the case of a reference and read it as it is now."""
    return session.scalar(_locked(select(Case).where(Case.reference == reference)))


def cases(session: Session, ids: _Ids) -> Sequence[Case]:
    """Lock cases, and read them as they are now."""
    query = select(Case).where(Case.id.in_(ids)).order_by(Case.id)
    return session.scalars(_locked(query)).all()


def touched_by(
    session: Session,
    person_id: str,
    *,
    token_hash: bytes | None = None,
    references: Collection[str] = (),
) -> None:
    """Lock what a person's turn can touch: invitations and cases.

    Those are the cases in which they stand or once spoke, those behind the letters
    that they have opened or open now, and those that they name.
    """
    if is_alone(session):
        return
    touched = {"person": person_id, "token": token_hash, "named": list(references)}
    for statement in (_INVITATIONS, _CASES):
        statement.rows(session.connection(), touched)
    for known in session:
        if isinstance(known, Link | Case):
            session.expire(known)  # what was read before it was locked is read again
