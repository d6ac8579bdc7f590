"""Where people rest: what is told there goes by where their case stands now."""

from collections.abc import Sequence

from bot.chat.gathering import Speaker, live_yes
from bot.chat.visit import Visit
from bot.storage import cases
from bot.storage.consent import consents
from bot.storage.consent.consents import Subject
from bot.storage.consent.last_words import LastWord
from bot.storage.holding_up import holds_up
from bot.storage.tables import Case, HumanNeed
from flows.effects import Purpose, Reason
from flows.facts import Majority
from flows.guards import is_number_unwelcome
from flows.meanwhile import Meanwhile
from flows.model import MessageId, State, msg
from flows.resting_places import said_since, status_since, yes_since
from flows.rules.case import RELEASED, Status
from flows.rules.reasons import handling
from flows.rules.standing import Standing


def says(visit: Visit, state: State) -> tuple[MessageId, ...]:
    """Give the texts of a state; at a rest, those that hold by now."""
    if visit.talk is None or not state.instead:
        return state.says
    return said_since(state, _meanwhile(visit))


def status(visit: Visit, state: State, usual: MessageId) -> tuple[MessageId, ...]:
    """Give the words on how far somebody has come that hold by now."""
    talk, case = visit.talk, visit.case
    if talk is None:
        return (usual,)
    meanwhile = _meanwhile(visit)
    yes = yes_since(state, meanwhile, is_holder=visit.holder is not None)
    told = (yes,) if yes else ()
    if case is not None and _is_with_mediator(case) and not _is_out(visit):
        return (msg("status.claimed"), *told)
    if yes and state.without_yes:
        return told
    return (status_since(state, meanwhile) or usual, *told)


def _is_with_mediator(case: Case) -> bool:
    """Tell whether a mediator has a case, as far as its parties may see."""
    return case.claimed_at is not None and not case.ended_at


def _meanwhile(visit: Visit) -> frozenset[Meanwhile]:
    """Gather what has happened since this person came to rest."""
    case, facts = visit.case, visit.facts()
    happened = {
        Meanwhile.NO_NUMBER: is_number_unwelcome(facts),
        Meanwhile.OF_AGE: case is not None and facts.majority is Majority.ADULT,
    }
    if case is not None:
        happened |= _in_case(visit, case)
    return frozenset(one for one, holds in happened.items() if holds)


def _in_case(visit: Visit, case: Case) -> dict[Meanwhile, bool]:
    holder, own = visit.holder, _own_needs(visit, case)
    return {
        Meanwhile.CLAIMED: Status(case.status) in RELEASED,
        Meanwhile.OVER: case.claimed_at is not None and cases.is_over(case),
        Meanwhile.STOPPED_HERE: _has_stopped(visit, case),
        Meanwhile.VERIFIED: holder is not None and holder.verified_at is not None,
        Meanwhile.LOOKED_AT: _is_looked_at(visit, own),
        Meanwhile.TURNING_18: _open_reasons(own) == {Reason.TURNING_18},
        Meanwhile.ASKED: any(map(_was_taken_back, own)),
        Meanwhile.WRITTEN_DOWN: _is_written_down(visit),
    }


def _was_taken_back(need: HumanNeed) -> bool:
    """Tell whether a human was asked for, and a stop has taken that back too."""
    is_wish = handling(Reason(need.reason)).is_wish
    return is_wish and need.cleared_reason == cases.WITHDRAWN


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


def _last_word(visit: Visit) -> LastWord | None:
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
