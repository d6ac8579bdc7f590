"""The stage of every story: a fresh case, and fresh invitations for the staff."""

from datetime import date, datetime, timedelta

from bot.chat.tools import Tools
from bot.clock import DANISH_TIME
from bot.offline_words import Inspection
from bot.simulator.story import Stage
from bot.storage import Session, cases, links, staff
from bot.storage.cases import Looked
from bot.storage.links import Leads
from bot.storage.staff import COORDINATOR, MEDIATOR
from flows.effects import Reason
from flows.facts import Role
from flows.rules.case import Relation

DISTRICT = "fyn"
_DAYS = timedelta(days=30)
#: Whose phone gets which invitation.
_STAFF = {"coordinator": COORDINATOR, "mediator": MEDIATOR, "mediator2": MEDIATOR}
_YOUNG = 16
#: Who has opened the case, and checked that the offender has confessed.
_COORDINATOR = "Birgit Holm"


def stage(session: Session, tools: Tools, at: datetime, language: str) -> Stage:
    """Open a fresh case and fresh invitations.

    Who served in an earlier performance has no phone any more and serves no more.
    """
    for colleague in staff.listed(session):
        colleague.removed_at = at
    ends_on = (at + timedelta(days=21)).date()
    case = cases.open_case(session, DISTRICT, Relation.OTHER, at, ends_on)
    parties = {
        role.value: cases.add_party(session, case, role)
        for role in (Role.VICTIM, Role.OFFENDER)
    }
    checked = Looked(Reason.CONFESSION_UNCHECKED, Inspection.FILE, _COORDINATOR, at)
    cases.keep_settled(session, case, parties[Role.OFFENDER], checked)
    leads = {role: Leads(role, party) for role, party in parties.items()} | {
        phone: Leads(role, district=DISTRICT) for phone, role in _STAFF.items()
    }
    letters = {
        phone: links.make(session, tools.keys, lead, at, _DAYS)
        for phone, lead in leads.items()
    }
    today = at.astimezone(DANISH_TIME).date()
    words = {
        "case": case.reference,
        "today": f"{today}",
        "birth": _birth(today),
        "language": language,
    }
    return Stage(letters, words)


def _birth(today: date) -> str:
    """Write the month before this one, so many years ago."""
    last = today.replace(day=1) - timedelta(days=1)
    return f"{last:%m}.{last.year - _YOUNG}"
