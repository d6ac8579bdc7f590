"""Open a personal link: start the talk, go on where it was, or one same refusal."""

import logging
from datetime import datetime

from bot.addressing import AccountRef
from bot.chat.doors import CLOSED, Shut
from bot.chat.notices import tell_of_guessing
from bot.chat.screens import ask, begin, drop_keyboard, say
from bot.chat.visit import Visit
from bot.conversation.freezing import freeze
from bot.effects import post_of
from bot.storage import cases, links, records, staff, talks, ways_back
from bot.storage.notes import Notes
from bot.storage.tables import Case, Link, Talk
from flows import FLOWS
from flows.always import AFTER_WITHDRAWAL
from flows.engine import start
from flows.facts import Role
from flows.model import Into, msg
from flows.rules.case import RELEASED, Status

#: Where a link of each role begins.
_BEGINS = {
    Role.VICTIM: Into("arrival"),
    Role.OFFENDER: Into("arrival"),
    Role.UNSAID: Into("arrival"),
    links.HOLDER: Into("holder"),
    "mediator": Into("mediator"),
    "coordinator": Into("coordinator"),
}

#: Where it is kept when staff were last told that somebody seems to guess.
_GUESSED = "guessing_told"

_log = logging.getLogger(__name__)


def open_letter(visit: Visit, account: AccountRef, token: str) -> bool:
    """Open the link of a token; False and one same sentence if it is not theirs."""
    link = found(visit, account, token)
    if link is None:
        say(visit, msg("link.refused"))
        return False
    if link.person_id == visit.person.id:
        # Who takes up a link that was made anew for them can come back by it.
        link.bound_at = link.bound_at or visit.at
    talk = _begun(visit, link)
    if talk is None and link.role == links.OWN:
        talk = visit.talk or begin(visit)
    if talk is None:
        position = start(FLOWS, _BEGINS[link.role])
        talk = talks.begin(visit.session, visit.person, position, visit.at, link)
        if link.district is not None:
            talk.notes = Notes(district=link.district)
    elif link.person_id is None and _has_left(talk):
        _begin_anew(visit, talk, link)
    if talk is not visit.talk:
        drop_keyboard(visit)
    visit.person.talk_id = talk.id
    visit.talk = talk
    freeze(visit)
    ask(visit)
    return True


def _begun(visit: Visit, link: Link) -> Talk | None:
    """Find the talk that somebody has begun with a link, or with an earlier one.

    A parent who speaks here goes on with whatever link their child makes anew; and
    whoever was given a new code goes on with it.
    """
    place = links.holder_of(visit.session, link) or links.party_of(visit.session, link)
    if place is not None and place.person_id == visit.person.id:
        return talks.of(visit.session, place)
    return talks.of_link(visit.session, visit.person, link)


def _has_left(talk: Talk) -> bool:
    """Tell whether somebody stopped, or was not served, before binding a letter."""
    return talk.dialogue == AFTER_WITHDRAWAL.dialogue or talk.state == "not_served"


def _begin_anew(visit: Visit, talk: Talk, link: Link) -> None:
    """Ask once more whose letter it is: nobody's yes to it counts yet."""
    talk.party_id, talk.notes = None, Notes()
    talks.put(talk, start(FLOWS, _BEGINS[link.role]), visit.at)


def is_own(visit: Visit, token: str) -> bool:
    """Tell whether a token's link is bound to this person; says nothing to anybody."""
    link = links.find(visit.session, visit.tools.keys, token)
    return link is not None and link.person_id == visit.person.id and not link.voided_at


def opens_covered(visit: Visit, token: str) -> bool:
    """Tell whether a token opens this person's covered chat; says nothing to anybody.

    Their own letter does, and a code that they were given; nobody else's ever.
    """
    link = links.find(visit.session, visit.tools.keys, token)
    return link is not None and ways_back.opens_for(link, visit.person)


def may_open(visit: Visit, token: str, why_shut: Shut | None) -> bool:
    """Tell whether letters are opened now; while closed, only invitations to staff."""
    if why_shut is not CLOSED:
        return True
    link = links.find(visit.session, visit.tools.keys, token)
    return link is not None and links.is_invitation(link)


def may_accept(visit: Visit, link: Link) -> bool:
    """Tell whether the person may still say that the letter is for them."""
    case = links.case_of(visit.session, link)
    if case is not None and _is_shut(case):
        return False
    return links.is_live(link, visit.at) and not _stands_elsewhere(visit, link)


def _is_shut(case: Case) -> bool:
    """Tell whether nobody comes into a case any more: it is over or handed over."""
    return cases.is_over(case) or Status(case.status) in RELEASED


def found(visit: Visit, account: AccountRef, token: str) -> Link | None:
    """Find the link that a token opens for somebody; a wrong one is counted."""
    session, keys = visit.session, visit.tools.keys
    if is_own(visit, token):
        return links.find(session, keys, token)
    if not links.may_guess(session, keys, account, visit.at):
        return None
    link = links.find(session, keys, token)
    if link is not None and may_accept(visit, link):
        return link
    links.note_wrong_guess(session, keys, account, visit.at)
    _alert(visit)
    return None


def _alert(visit: Visit) -> None:
    """Tell staff that somebody seems to guess, once in the time that counts."""
    session, at = visit.session, visit.at
    if not links.is_guessed_at(session, at):
        return
    told = records.meta(session, _GUESSED)
    if told is None or datetime.fromisoformat(told) <= at - links.GUESS_WINDOW:
        records.set_meta(session, _GUESSED, at.isoformat())
        _log.warning("Many wrong codes within an hour: somebody may be guessing.")
        tell_of_guessing(post_of(visit))


def _stands_elsewhere(visit: Visit, link: Link) -> bool:
    """Tell whether the person stands in the same case already, on whichever side.

    A child is not its own parent, and nobody speaks for two sides or as two parents.
    Nor does anybody for whom the case is work.
    """
    case = links.case_of(visit.session, link)
    if case is None:
        return False
    is_work = staff.serves(visit.session, visit.person, case.district)
    return is_work or cases.is_in(visit.session, case, visit.person)
