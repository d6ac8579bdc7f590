"""A case as a pure function of the standings of its parties and of the staff."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from flows.effects import Reason
from flows.facts import AgeBand, Confession, Interest, Role


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
class Standing:
    """Where one party stands; None means not answered yet."""

    role: Role
    age_band: AgeBand | None = None
    interest: Interest | None = None
    confession: Confession | None = None
    #: The last word on taking part: True yes, False no or taken back.
    takes_part: bool | None = None
    #: The notice on data was accepted, and that stands.
    knows_data_notice: bool = False
    #: A phone number or an e-mail address was given.
    can_be_reached: bool = False

    @property
    def has_answered(self) -> bool:
        """Tell whether the party has given an answer that can be counted."""
        return self.takes_part is not None or self.interest is Interest.NO


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Everything that decides where a case stands."""

    relation: Relation
    parties: tuple[Standing, ...]
    #: Reasons that a human has not settled yet.
    open_needs: frozenset[Reason] = frozenset()
    #: Reasons that a human has settled.
    cleared: frozenset[Reason] = frozenset()
    #: What the staff have made of the case since it was taken.
    stage: Status | None = None


def status(case: CaseStanding) -> Status:
    """Say where a case stands; a withdrawal beats everything but an end."""
    if case.stage in FINAL:
        return case.stage
    if case.stage in RELEASED:
        return Status.ENDED if any(map(_is_out, case.parties)) else case.stage
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
        and all(map(is_ready, case.parties))
    )


def is_ready(party: Standing) -> bool:
    """Tell whether a party has said yes to everything and can be reached.

    Under 18 it is never ready: the way of minors and parents needs a human.
    """
    confessed = party.role is Role.VICTIM or party.confession is not None
    return (
        _agrees(party)
        and confessed
        and party.age_band is AgeBand.ADULT
        and party.can_be_reached
    )


def reasons_to_raise(case: CaseStanding) -> tuple[Reason, ...]:
    """Say why the case as a whole needs a human, unless one has settled it."""
    answered = bool(case.parties) and all(p.has_answered for p in case.parties)
    willing = answered and all(map(_agrees, case.parties))
    raised = {
        Reason.SEVERAL_PARTIES: answered and len(case.parties) > USUAL_PARTIES,
        Reason.RELATION_UNKNOWN: willing and case.relation is Relation.UNKNOWN,
        Reason.CLOSE_RELATION: willing and case.relation is Relation.CLOSE,
        Reason.CONFESSION_UNCLEAR: willing
        and any(map(_is_confession_unclear, case.parties)),
    }
    return tuple(
        reason
        for reason, holds in raised.items()
        if holds and not _is_settled(case, reason)
    )


def may_invite_offender(relation: Relation, victims: Collection[Standing]) -> bool:
    """Tell whether an offender's link may be made (domain.md: Danner, 2020).

    Between people who are close only the victim may start it, by a wish that
    is recorded and stands.
    """
    if relation is not Relation.CLOSE:
        return True
    return any(victim.interest is Interest.YES for victim in victims)


def _agrees(party: Standing) -> bool:
    return (
        party.takes_part is True
        and party.knows_data_notice
        and party.interest is Interest.YES
    )


def _is_out(party: Standing) -> bool:
    """Tell whether a party has taken back its yes; a new text alone does not."""
    return party.takes_part is False or party.interest is Interest.NO


def _is_confession_unclear(party: Standing) -> bool:
    return party.confession not in {None, Confession.YES}


def _is_settled(case: CaseStanding, reason: Reason) -> bool:
    return reason in case.cleared or reason in case.open_needs
