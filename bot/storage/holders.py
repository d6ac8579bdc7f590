"""Holders of parental authority: each speaks for one party, and learns of nobody."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.storage.consent import verification_seal
from bot.storage.tables import Case, Holder, Party, Person

# Asked whenever a case with a minor is settled, so they are put together once.
_OF_PARTY: Final = (
    select(Holder).where(Holder.party_id == bindparam("party")).order_by(Holder.n)
)
_OF_CASE: Final = (
    select(Holder)
    .join(Party, Party.id == Holder.party_id)
    .where(Party.case_id == bindparam("case"))
    .order_by(Party.id, Holder.n)
)


def add(session: Session, party: Party, n: int) -> Holder:
    """Make room for a party's holder of a number, or find the one who has it."""
    found = numbered(session, party, n)
    if found is None:
        found = Holder(party_id=party.id, n=n)
        session.add(found)
        session.flush()
    return found


def numbered(session: Session, party: Party, n: int) -> Holder | None:
    """Find a party's holder by number, from 1."""
    query = select(Holder).where(Holder.party_id == party.id, Holder.n == n)
    return session.scalar(query)


def of_party(session: Session, party: Party) -> Sequence[Holder]:
    """List a party's holders in order."""
    return session.scalars(_OF_PARTY, {"party": party.id}).all()


def of_case(session: Session, case: Case) -> Sequence[Holder]:
    """List the holders of all parties of a case, those of each in order."""
    return session.scalars(_OF_CASE, {"case": case.id}).all()


def of_person(session: Session, person: Person) -> Sequence[Holder]:
    """List for whom somebody speaks as a holder."""
    query = select(Holder).where(Holder.person_id == person.id)
    return session.scalars(query.order_by(Holder.id)).all()


def party_of(session: Session, holder: Holder) -> Party:
    """Give the party that a holder speaks for."""
    return session.get_one(Party, holder.party_id)


def count_anew(session: Session, in_order: Sequence[Holder]) -> None:
    """Give the holders of one party their numbers anew, from 1."""
    for holder in in_order:
        # No two may have the same number at any moment.
        holder.n = -holder.n
    session.flush()
    for n, holder in enumerate(in_order, start=1):
        holder.n = n
    session.flush()


def vacate(holder: Holder) -> None:
    """Take what somebody has said out of their place as a holder."""
    holder.joined_at = holder.withdrawn_at = None
    unsay(holder)
    verification_seal.forget(holder)
    holder.reminders, holder.reminded_at = 0, None


def unsay(holder: Holder) -> None:
    """Let nothing that a holder has said of themselves count for a later yes."""
    holder.relation = holder.claims_authority = holder.says_others = None
    holder.understood_at = None
