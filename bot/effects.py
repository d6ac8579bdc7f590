"""Write down what a turn caused: one function per effect."""

from typing import assert_never

from bot import hiding
from bot.notices import Post
from bot.queue.standing import NOT_ALL_WILLING, end, need_human, settle
from bot.screens import worded
from bot.storage import cases, forgetting, links, records, staff, talks
from bot.storage.cases import Shown
from bot.storage.staff import UNKNOWN_DISTRICT
from bot.storage.tables import Case, Link, Party
from bot.visit import Visit
from flows.case import Relation
from flows.dialogues.consent import CONSENT
from flows.effects import (
    AgeBandGiven,
    ConfessionGiven,
    ConsentGiven,
    ConsentRefused,
    DetailGiven,
    DetailSkipped,
    DistrictGiven,
    Effect,
    HideRequested,
    HumanRequested,
    InterestGiven,
    LanguageChosen,
    LetterAccepted,
    LetterRefused,
    Purpose,
    Reason,
    RoleGiven,
    SelfReferred,
    StaffJoined,
    SummaryShown,
    Withdrew,
)
from flows.facts import Interest, Role
from flows.model import MessageId, msg

#: The words in which each consent is asked for; they are hashed into the record.
ASKED_IN: dict[Purpose, tuple[MessageId, ...]] = {
    Purpose.DATA_NOTICE: CONSENT.state("ask_data").says,
    Purpose.TAKE_PART: CONSENT.state("ask_take_part").says,
}


def apply(visit: Visit, effect: Effect) -> None:  # noqa: C901, PLR0912, PLR0915 - one line per effect
    """Write the rows of one effect."""
    match effect:
        case LetterAccepted():
            _bind(visit)
        case LetterRefused():
            _let_go(visit)
        case StaffJoined():
            _join(visit)
        case LanguageChosen(language):
            visit.person.language = language
        case AgeBandGiven(age_band):
            _keep(visit, "age_band", age_band)
        case RoleGiven(role):
            _keep(visit, "role", role)
        case DistrictGiven(district):
            visit.set_note("district", district or UNKNOWN_DISTRICT)
        case InterestGiven(interest):
            _interest(visit, interest)
        case ConfessionGiven(confession):
            _of_party(visit).confession = confession
        case SelfReferred():
            refer(visit)
        case DetailGiven(name, value):
            _remember(visit, name, value)
        case DetailSkipped(name):
            _forget(visit, name)
        case SummaryShown():
            visit.set_note("reviewing", "yes")
        case ConsentGiven(purpose):
            _consent(visit, purpose, "given")
        case ConsentRefused(purpose):
            _consent(visit, purpose, "refused")
        case Withdrew():
            _withdraw(visit)
        case HumanRequested(reason):
            _human(visit, reason)
        case HideRequested():
            hiding.hide(visit)
        case _:
            assert_never(effect)


def post_of(visit: Visit) -> Post:
    """Give what it takes to write to others in this turn."""
    return Post(visit.session, visit.tools, visit.at)


def count(visit: Visit, step: str) -> None:
    """Add one to the figure of a step."""
    party, case = visit.party, visit.case
    role = party.role if party else visit.note("role") or Role.UNSAID
    district = case.district if case else visit.note("district") or UNKNOWN_DISTRICT
    records.tally(visit.session, visit.at, district, step, role, visit.language)


def refer(visit: Visit) -> Case:
    """Open a case with one party for somebody who came without a letter."""
    district = visit.note("district") or UNKNOWN_DISTRICT
    case = cases.open_case(
        visit.session, district, Relation.UNKNOWN, visit.at, due_at=None
    )
    case.self_referral = True
    role = Role(visit.note("role") or Role.UNSAID)
    party = cases.add_party(visit.session, case, role)
    party.person_id, party.joined_at = visit.person.id, visit.at
    party.age_band = visit.note("age_band")
    if visit.talk is not None:
        visit.talk.party_id = party.id
        visit.session.flush()
        talks.claim_answers(visit.session, visit.talk)
    return case


def _bind(visit: Visit) -> None:
    """Bind the link to the person and the person to the party; count it."""
    link = _link(visit)
    links.bind(link, visit.person, visit.at)
    party = links.party_of(visit.session, link)
    if party is not None and visit.talk is not None:
        party.person_id, party.joined_at = visit.person.id, visit.at
        visit.talk.party_id = party.id
        visit.session.flush()
        talks.claim_answers(visit.session, visit.talk)
        count(visit, "joined")


def _let_go(visit: Visit) -> None:
    """Forget which letter it was: it was not for this person."""
    if visit.talk is not None:
        visit.talk.link_id = None
        visit.talk.notes = {}


def _join(visit: Visit) -> None:
    person = staff.join(visit.session, visit.person, _link(visit), visit.at)
    if visit.talk is not None:
        visit.talk.staff_id = person.id
    note = f"{person.role} {person.district}"
    records.audit(visit.session, f"staff {person.id}", "joined", None, visit.at, note)


def _keep(visit: Visit, name: str, value: str) -> None:
    """Keep a fact at the party, or with the talk while there is no party."""
    party = visit.party
    if party is None:
        visit.set_note(name, value)
    else:
        setattr(party, name, value)


def _interest(visit: Visit, interest: Interest) -> None:
    party = _of_party(visit)
    party.interest = interest
    party.withdrawn_at = None
    count(visit, f"interest_{interest}")


def _remember(visit: Visit, name: str, value: str) -> None:
    if visit.talk is not None:
        talks.remember(visit.session, visit.key, visit.talk, name, value)


def _forget(visit: Visit, name: str) -> None:
    if visit.talk is not None:
        talks.forget(visit.session, visit.talk, name)


def _consent(visit: Visit, purpose: Purpose, answer: str) -> None:
    """Record an answer with the exact words that it was given to."""
    asked = ASKED_IN[purpose]
    shown = Shown(
        language=visit.language,
        notice=asked[0],
        version=CONSENT.version,
        words="\n\n".join(worded(visit, message_id) for message_id in asked),
        method=visit.method,
    )
    cases.record_consent(
        visit.session, _of_party(visit), purpose, answer, shown, visit.at
    )
    count(visit, f"{purpose}_{answer}")


def _withdraw(visit: Visit) -> None:
    """Take back every yes of this party at once; no reason is asked or kept."""
    party = visit.party
    if party is None:
        return
    for purpose in Purpose:
        last = cases.consent(visit.session, party, purpose)
        if last is not None and last.answer == "given":
            _withdraw_consent(visit, party, purpose)
    party.interest = Interest.NO
    party.withdrawn_at = visit.at
    count(visit, "withdrawn")
    case = visit.case
    if case is None:
        return
    cases.drop_needs(visit.session, case, party, visit.at)
    forgetting.answers_of(visit.session, party)
    if case.self_referral:
        end(post_of(visit), case, NOT_ALL_WILLING, "system")


def _withdraw_consent(visit: Visit, party: Party, purpose: Purpose) -> None:
    receipt = msg("closing.withdrawn")
    shown = Shown(
        visit.language, receipt, CONSENT.version, worded(visit, receipt), visit.method
    )
    cases.record_consent(visit.session, party, purpose, "withdrawn", shown, visit.at)


def _human(visit: Visit, reason: Reason) -> None:
    """Put the case before a human; without a case, one is opened for it."""
    case = visit.case or refer(visit)
    need_human(post_of(visit), case, visit.party, reason)
    count(visit, f"human_{reason}")


def settled(visit: Visit) -> None:
    """Bring the case up to date at the end of a turn."""
    case = visit.case
    if case is not None:
        visit.session.flush()
        settle(post_of(visit), case)


def _link(visit: Visit) -> Link:
    talk = visit.talk
    link = visit.session.get(Link, talk.link_id) if talk and talk.link_id else None
    if link is None:
        raise ValueError("There is no letter behind this talk.")
    return link


def _of_party(visit: Visit) -> Party:
    party = visit.party
    if party is None:
        raise ValueError("Nobody speaks for a party in this talk.")
    return party
