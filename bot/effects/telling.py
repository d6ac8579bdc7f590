"""What people tell of themselves: kept at the party, with the talk, or sealed."""

from dataclasses import replace
from typing import assert_never

from bot.chat.notices import tell_mediator
from bot.chat.visit import Visit
from bot.effects import agreeing
from bot.effects.figures import count, party_of, post_of
from bot.queue import standstill
from bot.storage import ages, cases, talks
from bot.storage.consent.consents import SYSTEM
from bot.storage.mail.messages import Send
from bot.storage.staff import UNKNOWN_DISTRICT
from bot.storage.tables import Case
from flows.effects import (
    AgeBandGiven,
    ConfessionGiven,
    DetailGiven,
    DetailSkipped,
    DistrictGiven,
    InterestGiven,
    LanguageChosen,
    Purpose,
    Reason,
    RoleGiven,
    StopRegretted,
    SummaryShown,
)
from flows.facts import AgeBand, Confession, Detail, Interest, Role
from flows.model import MessageId
from flows.rules.case import RELEASED, Status
from flows.rules.consequences import OF_INTEREST
from flows.rules.details import DETAILS

Telling = (
    AgeBandGiven
    | ConfessionGiven
    | DetailGiven
    | DetailSkipped
    | DistrictGiven
    | InterestGiven
    | LanguageChosen
    | RoleGiven
    | StopRegretted
    | SummaryShown
)


def apply(visit: Visit, effect: Telling) -> None:  # noqa: C901 - one case an effect
    """Write the rows of what somebody told."""
    match effect:
        case LanguageChosen(language):
            visit.person.language = language
        case AgeBandGiven(age_band):
            _keep_age_band(visit, age_band)
        case RoleGiven(role):
            _keep_role(visit, role)
        case DistrictGiven(district):
            visit.notes = replace(visit.notes, district=district or UNKNOWN_DISTRICT)
        case InterestGiven(interest):
            _interest(visit, interest)
        case ConfessionGiven(confession):
            _confess(visit, confession)
        case DetailGiven(name, value):
            _remember(visit, name, value)
        case DetailSkipped(name):
            _forget(visit, name)
        case StopRegretted():
            _regret(visit)
        case SummaryShown():
            visit.notes = replace(visit.notes, reviewing=True)
        case _:
            assert_never(effect)


def _regret(visit: Visit) -> None:
    """Say what follows from a stop that was not meant; a mediator hears of it."""
    case = visit.case
    is_with_mediator = case is not None and case.stopped_at is not None
    text_id = "closing.afresh_until" if is_with_mediator else "closing.afresh"
    visit.queue(Send(visit.text(text_id)))
    if case is not None:
        standstill.regret(post_of(visit), case)


def _keep_age_band(visit: Visit, age_band: AgeBand) -> None:
    """Keep an age band at the party, or with the talk while there is no party."""
    if (party := visit.party) is not None:
        ages.tell(party, age_band)
    else:
        visit.notes = replace(visit.notes, age_band=age_band)


def _keep_role(visit: Visit, role: Role) -> None:
    """Keep a role at the party, or with the talk while there is no party."""
    if (party := visit.party) is not None:
        party.role = role
    else:
        visit.notes = replace(visit.notes, role=role)


def _interest(visit: Visit, interest: Interest) -> None:
    party = party_of(visit)
    party.interest = interest
    # Whoever answers in the chat is here again, whatever they say.
    party.withdrawn_at = None
    if interest in OF_INTEREST:
        agreeing.say(visit, Purpose.HEAR_MORE, OF_INTEREST[interest])
    count(visit, f"interest_{interest}")


def _confess(visit: Visit, confession: Confession) -> None:
    """Keep what somebody says of the police; a later yes needs no human any more."""
    party, case = party_of(visit), visit.case
    party.confession = confession
    if confession is Confession.YES and case is not None:
        cases.answer_need(
            visit.session, case, party, Reason.CONFESSION_UNCLEAR, SYSTEM, visit.at
        )


def _remember(visit: Visit, name: Detail, value: str) -> None:
    talk = visit.talk
    if talk is None:
        return
    is_new = talks.remember(visit.session, visit.key, talk, name, value)
    news = DETAILS[name].news
    if news and is_new and visit.case is not None:
        _tell_of_change(visit, visit.case, news)


def _tell_of_change(visit: Visit, case: Case, news: MessageId) -> None:
    """Tell whoever has the card, which shows what was before; not in a stop."""
    if Status(case.status) in RELEASED and case.stopped_at is None:
        tell_mediator(post_of(visit), case, news)


def _forget(visit: Visit, name: Detail) -> None:
    if visit.talk is not None:
        talks.forget(visit.session, visit.talk, name)
