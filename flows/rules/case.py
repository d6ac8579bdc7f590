"""A case as a pure function of the standings of its parties and of the staff."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flows.effects import Reason
from flows.facts import Interest, Role, Tie
from flows.rules.reasons import AT_ONCE, DANGERS, LASTING, is_settled_by_word
from flows.rules.side import Side, Summary, danger_told


class Status(StrEnum):
    """Where a case stands."""

    COLLECTING = "collecting"
    NEEDS_HUMAN = "needs_human"
    CONFIRMED = "confirmed"
    CLAIMED = "claimed"
    CONTACTED = "contacted"
    MEETING_PLANNED = "meeting_planned"
    MEETING_HELD = "meeting_held"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    ENDED = "ended"

    @property
    def is_stage(self) -> bool:
        """Tell whether staff have brought the case here, not the parties."""
        return self in (*RELEASED, *FINAL)


#: From the moment a mediator takes the case until it is closed.
RELEASED = (
    Status.CLAIMED,
    Status.CONTACTED,
    Status.MEETING_PLANNED,
    Status.MEETING_HELD,
    Status.FOLLOW_UP,
)
FINAL = (Status.CLOSED, Status.ENDED)

#: Two parties meet; more than that is for a human to arrange.
USUAL_PARTIES = 2


class Relation(StrEnum):
    """How the two sides know each other, as far as the coordinator knows."""

    CLOSE = "close"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Need:
    """A reason why a human is needed; without a party it is the case as a whole."""

    reason: Reason
    #: Which of the case's parties, counted from 0.
    party: int | None = None


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Everything that decides where a case stands."""

    #: What the coordinator knows of how the two sides know each other.
    relation: Relation
    parties: tuple[Summary, ...]
    #: What a human has not settled yet.
    open_needs: frozenset[Need] = frozenset()
    #: What a human has settled; each is a record with a name and a code.
    cleared: frozenset[Need] = frozenset()
    #: What the staff have made of the case since it was taken.
    stage: Status | None = None
    #: Who came without a letter has nobody on the other side from whom to hide an end.
    is_alone: bool = False
    #: What nobody has settled, as the party that it was about took everything back.
    dropped: frozenset[Need] = frozenset()
    #: Somebody has stopped it since it was taken, and it has not gone on again.
    was_stopped: bool = False
    #: The place of somebody who had answered is empty: they cannot say yes again.
    has_gap: bool = False


def status(case: CaseStanding) -> Status:
    """Say where a case stands; a withdrawal beats everything but an end.

    A case that a mediator has stands where it stood, and still: see `is_stopped`.
    """
    if case.stage in FINAL:
        return case.stage
    if _ends_now(case):
        return Status.ENDED
    if case.stage in RELEASED:
        return case.stage
    if case.open_needs or reasons_to_raise(case):
        return Status.NEEDS_HUMAN
    return Status.CONFIRMED if is_confirmed(case) else Status.COLLECTING


def is_confirmed(case: CaseStanding) -> bool:
    """Tell whether every consent that the case needs stands (requirement 50)."""
    roles = {party.role for party in case.parties}
    return (
        not case.open_needs
        and not reasons_to_raise(case)
        and roles == {Role.VICTIM, Role.OFFENDER}
        and all(party.is_ready for party in case.parties)
    )


def is_stopped(case: CaseStanding) -> bool:
    """Tell whether nobody may be called any more in a case that a mediator has.

    So it is from a stop until each who has stopped says yes again, or until the other
    side is told, which ends it; see `goes_on`.
    """
    if case.stage not in RELEASED:
        return False
    is_lost = case.was_stopped and case.has_gap
    return is_lost or any(party.is_out for party in case.parties)


def goes_on(case: CaseStanding) -> bool:
    """Tell whether a case that was stopped goes on: everybody is willing again.

    A parent's yes that is said again counts once a human has made sure of who said it.
    """
    return (
        not is_stopped(case)
        and not case.open_needs
        and not reasons_to_raise(case)
        and all(party.is_ready for party in case.parties)
    )


def may_plan_meeting(case: CaseStanding) -> bool:
    """Tell whether the mediator has heard every yes again, in person.

    Nor may a human still have to look at anything, such as a fear told meanwhile.
    """
    return (
        case.stage in RELEASED
        and not is_stopped(case)
        and not case.open_needs
        and not reasons_to_raise(case)
        and all(party.is_reconfirmed for party in case.parties)
    )


def reasons_to_raise(case: CaseStanding) -> tuple[Need, ...]:
    """Say why a case, or one of its parties, needs a human and none has settled it.

    Nobody is needed in a case that is over, or that ends by what has just been said.
    """
    if case.stage in FINAL or _ends_now(case) or is_stopped(case):
        return ()
    needs = (*_of_the_case(case), *_of_police(case), *_of_parties(case))
    return tuple(need for need in needs if not _is_settled(case, need))


def may_invite_offender(relation: Relation, victims: Collection[Side]) -> bool:
    """Tell whether an offender's link may be made (domain.md: Danner, 2020).

    Between people who are close only the victim may start it, by a wish that
    is recorded and stands.
    """
    if relation is not Relation.CLOSE:
        return True
    return any(victim.interest is Interest.YES for victim in victims)


def is_held_back(case: CaseStanding, sides: Sequence[Side]) -> bool:
    """Tell whether a victim's own answers keep the offender from being invited now.

    A human settles them; neither a stop nor answering anew does. `sides` are the
    parties of the case, in their order.
    """
    told = {
        Need(reason, n)
        for n, side in enumerate(sides)
        for reason in danger_told(side)
        if side.role is Role.VICTIM
    }
    before = {
        need
        for need in case.dropped
        if need.party is not None
        and sides[need.party].role is Role.VICTIM
        and need.reason in DANGERS
    }
    waiting = (told | before) - case.cleared
    return any(Need(need.reason) not in case.cleared for need in waiting)


def ends_on_its_day(stands: Status) -> bool:
    """Tell whether a case ends when its day has come: nobody has taken it."""
    return stands not in (*RELEASED, *FINAL)


def is_over_for_parties(stands: Status, *, is_told: bool, is_alone: bool) -> bool:
    """Tell whether a case is over as far as its parties may see.

    An end before release is told in the daily batch and shows nowhere until then.
    """
    return stands in FINAL and (is_told or is_alone)


def _ends_now(case: CaseStanding) -> bool:
    """Tell whether somebody is out of a case that ends at once by it.

    Nobody else is in it from whom the end of it would tell anything.
    """
    return case.is_alone and any(party.is_out for party in case.parties)


def _of_the_case(case: CaseStanding) -> Iterator[Need]:
    answered = bool(case.parties) and all(p.has_answered for p in case.parties)
    willing = _is_willing(case)
    if answered and len(case.parties) > USUAL_PARTIES:
        yield Need(Reason.SEVERAL_PARTIES)
    if willing and case.relation is Relation.UNKNOWN:
        yield Need(Reason.RELATION_UNKNOWN)
    if willing and case.relation is Relation.CLOSE:
        yield Need(Reason.CLOSE_RELATION)
    if willing and _ties_differ(case.parties):
        yield Need(Reason.RELATION_DIFFERS)


def _of_police(case: CaseStanding) -> Iterator[Need]:
    """Say of which offenders somebody has to check that they have confessed."""
    if _is_willing(case):
        for n, party in enumerate(case.parties):
            if party.role is Role.OFFENDER:
                yield Need(Reason.CONFESSION_UNCHECKED, n)


def _of_parties(case: CaseStanding) -> Iterator[Need]:
    willing = _is_willing(case)
    for n, party in enumerate(case.parties):
        before = {need.reason for need in case.dropped if need.party == n}
        at_once = party.reasons & AT_ONCE | party.noted
        due = party.reasons | before & LASTING if willing else at_once
        if case.relation is Relation.CLOSE:
            # Looked at as what it is; this one is not asked how they know the other.
            due -= {Reason.RELATION_UNKNOWN}
        yield from (Need(reason, n) for reason in Reason if reason in due)


def _is_willing(case: CaseStanding) -> bool:
    return bool(case.parties) and all(party.agrees for party in case.parties)


def _ties_differ(parties: Collection[Summary]) -> bool:
    """Tell whether two sides say otherwise of how they know each other."""
    told = {(p.role, p.tie) for p in parties if p.tie not in {None, Tie.UNSAID}}
    return any(a != b and r != s for r, a in told for s, b in told)


def _is_settled(case: CaseStanding, need: Need) -> bool:
    """Tell whether a human knows of it, or has settled it.

    What stands for the whole case stands for each party. What was settled for one
    party is so neither for another one nor for the case, unless for every party. Who
    a parent is can only be made sure of, not settled.
    """
    if need.party is None:
        return _is_settled_for_all(case, need.reason)
    known = case.open_needs
    if is_settled_by_word(need.reason):
        known |= case.cleared
    return not known.isdisjoint({need, Need(need.reason)})


def _is_settled_for_all(case: CaseStanding, reason: Reason) -> bool:
    """Tell whether somebody looks at it now, or it is settled for the whole case."""
    if any(need.reason is reason for need in case.open_needs):
        return True
    each = {Need(reason, n) for n in range(len(case.parties))}
    return Need(reason) in case.cleared or each <= case.cleared
