"""Where people rest: what is told there goes by where their case stands now."""

from collections.abc import Sequence

from bot.chat.gathering import Speaker, live_yes
from bot.chat.visit import Visit
from bot.storage import cases, consents, talks
from bot.storage.consents import Subject
from bot.storage.holding_up import holds_up
from bot.storage.last_words import Word
from bot.storage.tables import Case, HumanNeed
from flows.case import RELEASED, Status
from flows.effects import Purpose, Reason
from flows.facts import Majority
from flows.guards import is_number_unwelcome
from flows.model import MessageId, State, msg
from flows.reasons import handling
from flows.rests import (
    Since,
    is_without_yes,
    may_say_otherwise,
    said_since,
    status_since,
    yes_since,
)
from flows.standing import Standing


def says(visit: Visit, state: State) -> tuple[MessageId, ...]:
    """Give the texts of a state; at a rest, those that hold by now."""
    place = talks.position(visit.talk).place if visit.talk else None
    if place is None or not may_say_otherwise(place, rests=state.rest):
        return state.says
    return said_since(place, _since(visit)) or state.says


def status(visit: Visit, state: State, usual: MessageId) -> tuple[MessageId, ...]:
    """Give the words on how far somebody has come that hold by now."""
    talk, case = visit.talk, visit.case
    if talk is None:
        return (usual,)
    place, since = talks.position(talk).place, _since(visit)
    yes = yes_since(place, since)
    told = (yes,) if yes else ()
    if case is not None and _is_with_mediator(case) and not _is_out(visit):
        return (msg("status.claimed"), *told)
    if yes and is_without_yes(place):
        return told
    return ((status_since(place, since) if state.rest else None) or usual, *told)


def _is_with_mediator(case: Case) -> bool:
    """Tell whether a mediator has a case, as far as its parties may see."""
    return case.claimed_at is not None and not case.ended_at


def _since(visit: Visit) -> Since:
    case, holder, facts = visit.case, visit.holder, visit.facts()
    has_no_number = is_number_unwelcome(facts)
    if case is None:
        return Since(has_no_number=has_no_number)
    own = _own_needs(visit, case)
    return Since(
        is_claimed=Status(case.status) in RELEASED,
        is_over=case.claimed_at is not None and cases.is_over(case),
        is_stopped_here=_has_stopped(visit, case),
        is_verified=holder is not None and holder.verified_at is not None,
        is_looked_at=_is_looked_at(visit, own),
        has_no_number=has_no_number,
        is_turning_18=_open_reasons(own) == {Reason.TURNING_18},
        is_of_age=facts.majority is Majority.ADULT,
        had_asked=any(
            handling(Reason(need.reason)).is_wish
            and need.cleared_reason == cases.WITHDRAWN
            for need in own
        ),
        is_written_down=_is_written_down(visit),
        is_holder=holder is not None,
    )


def has_yes(visit: Visit) -> bool:
    """Tell whether this person has said yes to taking part, and not no since."""
    if visit.case is None or cases.is_over(visit.case):
        return False
    word = _last_word(visit)
    return word is not None and word.said.is_yes


def _has_stopped(visit: Visit, case: Case) -> bool:
    """Tell whether this person is one of those who have stopped a mediator's case."""
    speaker = visit.holder or visit.party
    if speaker is None or speaker.withdrawn_at is None or case.stopped_at is None:
        return False
    return speaker.withdrawn_at >= case.stopped_at


def _is_out(visit: Visit) -> bool:
    """Tell whether the last that this person said was a no, or a stop."""
    word = _last_word(visit)
    return word is not None and word.standing(visit.at) is Standing.NO


def _last_word(visit: Visit) -> Word | None:
    """Find what this person last said to taking part, here or elsewhere."""
    if visit.spoken_for is None:
        return None
    subject = Subject(visit.spoken_for, visit.holder, visit.person)
    purpose = Purpose.PARENTAL_TAKE_PART if visit.holder else Purpose.TAKE_PART
    return consents.last(visit.session, subject, purpose)


def _is_written_down(visit: Visit) -> bool:
    """Tell whether the yes of this person that stands was not said in the chat."""
    if visit.talk is None or visit.case is None or cases.is_over(visit.case):
        return False
    by = Speaker(visit.person, visit.talk, visit.spoken_for, visit.holder, visit.case)
    word = live_yes(visit.session, by, visit.at)
    return word is not None and word.said_on is not None


def _is_looked_at(visit: Visit, own: Sequence[HumanNeed]) -> bool:
    """Tell whether a human has settled all for which this person waits.

    What waits only as the other side is willing too is left out: it would tell that.
    """
    known = [
        need
        for need in own
        if need.cleared_reason not in cases.UNSETTLED
        and (handling(Reason(need.reason)).is_known or holds_up(visit.session, need))
    ]
    return bool(known) and not _open_reasons(known)


def _open_reasons(needs: Sequence[HumanNeed]) -> set[str]:
    return {need.reason for need in needs if need.cleared_at is None}


def _own_needs(visit: Visit, case: Case) -> list[HumanNeed]:
    """List all for which a human was ever needed for this person."""
    party, holder = visit.spoken_for, visit.holder
    whose = party and party.id, holder and holder.id
    needs = cases.needs(visit.session, case)
    return [need for need in needs if (need.party_id, need.holder_id) == whose]
