"""Talks: where each person stands in which dialogue, and what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Final

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.storage import locks
from bot.storage.engine.ids import new_id
from bot.storage.engine.named_locks import is_alone
from bot.storage.engine.prepared import Prepared
from bot.storage.keys.sealing import seal, unseal
from bot.storage.notes import Notes
from bot.storage.tables import (
    Case,
    Holder,
    Link,
    Party,
    Person,
    Staff,
    StoredAnswer,
    Talk,
)
from flows import FLOWS
from flows.meanwhile import Meanwhile
from flows.model import Frame, Place, Position, State
from flows.resting_places import moved
from flows.taps import AnswerTap

# Asked at almost every turn, so each is put together once.
_WITH_CASE: Final = (
    select(Talk, Holder, Party, Case)
    .outerjoin(Holder, Holder.id == Talk.holder_id)
    .outerjoin(Party, Party.id == func.coalesce(Talk.party_id, Holder.party_id))
    .outerjoin(Case, Case.id == Party.case_id)
    .where(Talk.id == bindparam("talk"))
)
_OF_TALK: Final = StoredAnswer.talk_id == bindparam("talk")
_OF_NAME: Final = StoredAnswer.name == bindparam("name")
_SEALED: Final = select(StoredAnswer.name, StoredAnswer.id, StoredAnswer.value)
_ANSWER_NAMES: Final = Prepared(select(StoredAnswer.name).where(_OF_TALK))
_ANSWERS: Final = Prepared(_SEALED.where(_OF_TALK))
_ANSWER: Final = Prepared(_SEALED.where(_OF_TALK, _OF_NAME))
_FORGET: Final = Prepared(delete(StoredAnswer).where(_OF_TALK, _OF_NAME))
_REMEMBER: Final = Prepared(insert(StoredAnswer))


def begin(
    session: Session,
    person: Person,
    position: Position,
    at: datetime,
    link: Link | None = None,
) -> Talk:
    """Begin a talk and make it the person's current one."""
    talk = Talk(
        number=person.next_talk,
        person_id=person.id,
        link_id=link.id if link else None,
        notes=Notes(),
        updated_at=at,
        step=0,
    )
    _write(talk, position, at)
    person.next_talk += 1
    session.add(talk)
    session.flush()
    person.talk_id = talk.id
    return talk


def put(talk: Talk, position: Position, at: datetime) -> None:
    """Let a talk stand somewhere else; the buttons of before are old from now on."""
    _write(talk, position, at)
    talk.step += 1


def lead_on(talk: Talk | None, by: Meanwhile, at: datetime) -> bool:
    """Put a talk where what has happened leads it; tell whether it leads anywhere."""
    after = moved(FLOWS, position(talk), by) if talk is not None else None
    if talk is None or after is None:
        return False
    put(talk, after, at)
    return True


def _write(talk: Talk, position: Position, at: datetime) -> None:
    talk.dialogue, talk.state = position.place.dialogue, position.place.state
    talk.version = FLOWS[position.place.dialogue].version
    talk.trail = _pairs(position.trail)
    talk.returns = [_pairs((frame.place, *frame.trail)) for frame in position.returns]
    talk.updated_at = at


def position(talk: Talk) -> Position:
    """Read where a talk stands, how it came there, and what waits below."""
    frames = tuple(map(_frame, talk.returns))
    return Position(place(talk), _places(talk.trail), frames)


def place(talk: Talk) -> Place:
    """Read where a talk stands."""
    return Place(talk.dialogue, talk.state)


def state(talk: Talk) -> State:
    """Give the state in which a talk stands; raises `KeyError` if there is none."""
    return FLOWS[talk.dialogue].state(talk.state)


def bears(talk: Talk, tap: AnswerTap) -> bool:
    """Tell whether a button belongs to the question on which a talk stands now."""
    return (talk.dialogue, talk.version, talk.state, talk.step) == (
        tap.dialogue,
        tap.version,
        tap.state,
        tap.step,
    )


def current(session: Session, person: Person) -> Talk | None:
    """Find the talk that a person is in; None before the first one."""
    return _open(session.get(Talk, person.talk_id)) if person.talk_id else None


def current_with_case(session: Session, person: Person) -> Talk | None:
    """Find it as `current` does, and read along for whom it speaks and the case."""
    if person.talk_id is None:
        return None
    if is_alone(session):
        return current(session, person)  # it was read along with the person
    found = session.execute(_WITH_CASE, {"talk": person.talk_id}).one_or_none()
    return _open(found[0]) if found else None


def cut_off(talk: Talk) -> None:
    """Let a talk lead nowhere: its person goes on in it from another account."""
    talk.notes = Notes(cut_off=True)


def _open(talk: Talk | None) -> Talk | None:
    """Leave out a talk that was cut off: to its person it never was."""
    return None if talk is None or talk.notes.cut_off else talk


def numbered(session: Session, person: Person, number: int) -> Talk | None:
    """Find a person's talk by the number that its buttons carry."""
    found = current(session, person)
    if found is not None and found.number == number:
        return found
    query = select(Talk).where(Talk.person_id == person.id, Talk.number == number)
    return _open(session.scalar(query))


def of_person(session: Session, person: Person) -> Sequence[Talk]:
    """List a person's talks, oldest first."""
    query = select(Talk).where(Talk.person_id == person.id).order_by(Talk.number)
    return session.scalars(query).all()


def speaks_somewhere(session: Session, person: Person) -> bool:
    """Tell whether a person speaks in any talk as a party or as a holder."""
    return any(talk.party_id or talk.holder_id for talk in of_person(session, person))


def of_link(session: Session, person: Person, link: Link) -> Talk | None:
    """Find the talk that a person began with a link."""
    query = select(Talk).where(Talk.person_id == person.id, Talk.link_id == link.id)
    return session.scalar(query)


def of(session: Session, who: Party | Holder) -> Talk | None:
    """Find the talk in which a party or a holder speaks."""
    speaker = Talk.party_id if isinstance(who, Party) else Talk.holder_id
    return session.scalar(select(Talk).where(speaker == who.id))


def of_staff(session: Session, staff: Staff) -> Talk | None:
    """Find the talk in which somebody speaks as a mediator or a coordinator."""
    return session.scalar(select(Talk).where(Talk.staff_id == staff.id))


def behind(session: Session, versions: Mapping[str, int]) -> Sequence[Talk]:
    """List the talks that stand in an earlier version of a dialogue, to be changed."""
    is_behind = or_(
        *(
            and_(Talk.dialogue == dialogue, Talk.version < version)
            for dialogue, version in versions.items()
        )
    )
    of_party = select(Party.case_id).join(Talk, Talk.party_id == Party.id)
    of_holder = select(Party.case_id).join(Holder, Holder.party_id == Party.id)
    of_holder = of_holder.join(Talk, Talk.holder_id == Holder.id)
    locks.people(session, select(Talk.person_id).where(is_behind))
    spoken_for = {
        *session.scalars(of_party.where(is_behind)),
        *session.scalars(of_holder.where(is_behind)),
    }
    locks.cases(session, spoken_for)
    return session.scalars(select(Talk).where(is_behind).order_by(Talk.id)).all()


def remember(session: Session, key: bytes, talk: Talk, name: str, value: str) -> bool:
    """Keep one answer, sealed, in place of an earlier one; tell whether it is new.

    It is not where the same was answered before.
    """
    before = answer(session, key, talk, name)
    if before is not None:
        forget(session, talk, name)
    answer_id = new_id()
    row = {
        "id": answer_id,
        "person_id": talk.person_id,
        "party_id": talk.party_id,
        "holder_id": talk.holder_id,
        "talk_id": talk.id,
        "name": name,
        "value": seal(key, "answers", "value", answer_id, value),
    }
    # Not by the session, which would first write whatever else the turn has changed.
    _REMEMBER.rows(session.connection(), row)
    return before != value


def take_over(
    session: Session, keys: Mapping[str, bytes], old: Talk, new: Talk
) -> None:
    """Move what was told in a talk to another one, of another person.

    Each answer is sealed anew with that person's key; what they have told here stays.
    """
    new.notes = replace(new.notes, reviewing=old.notes.reviewing)
    known = answer_names(session, new)
    query = select(StoredAnswer).where(StoredAnswer.talk_id == old.id)
    for one in session.scalars(query).all():
        if one.name not in known:
            value = _opened(keys[old.person_id], one.id, one.value)
            remember(session, keys[new.person_id], new, one.name, value)
        session.delete(one)
    session.flush()


def forget(session: Session, talk: Talk, name: str) -> None:
    """Let go of one answer."""
    _FORGET.rows(session.connection(), {"talk": talk.id, "name": name})


def answer_names(session: Session, talk: Talk) -> frozenset[str]:
    """Tell which answers are kept, without opening them."""
    found = _ANSWER_NAMES.rows(session.connection(), {"talk": talk.id})
    return frozenset(chain.from_iterable(found))


def answer(session: Session, key: bytes, talk: Talk, name: str) -> str | None:
    """Open one answer; None if there is none."""
    asked = {"talk": talk.id, "name": name}
    found = _ANSWER.rows(session.connection(), asked)
    return _opened(key, found[0].id, found[0].value) if found else None


def answers(session: Session, key: bytes, talk: Talk) -> dict[str, str]:
    """Open everything that was answered in a talk with its person's key."""
    found = _ANSWERS.rows(session.connection(), {"talk": talk.id})
    return {one.name: _opened(key, one.id, one.value) for one in found}


def _opened(key: bytes, answer_id: str, value: bytes) -> str:
    return unseal(key, "answers", "value", answer_id, value)


def _pairs(places: Sequence[Place]) -> list[list[str]]:
    return [[place.dialogue, place.state] for place in places]


def _frame(pairs: Sequence[Sequence[str]]) -> Frame:
    waiting, *trail = _places(pairs)
    return Frame(waiting, tuple(trail))


def _places(pairs: Sequence[Sequence[str]]) -> tuple[Place, ...]:
    return tuple([Place(dialogue, state) for dialogue, state in pairs])


def claim_answers(session: Session, talk: Talk) -> None:
    """Let the answers of a talk count for whom it speaks for meanwhile."""
    session.execute(
        update(StoredAnswer)
        .where(StoredAnswer.talk_id == talk.id)
        .values(party_id=talk.party_id, holder_id=talk.holder_id)
    )
