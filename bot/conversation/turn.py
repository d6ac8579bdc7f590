"""One incoming message or tap: read, advance, record, reply - in one transaction."""

import re
from datetime import datetime, timedelta
from typing import Final

from bot.chat import doors, hiding
from bot.chat.screens import ask, begin, choose_case, say
from bot.chat.tools import Tools
from bot.chat.visit import Visit
from bot.conversation import (
    answering,
    covered,
    doorstep,
    hearing,
    letters,
    staffing,
    tapping,
)
from bot.conversation.freezing import freeze
from bot.conversation.moving import care
from bot.conversation.protecting import protects_beside_code, unasked
from bot.conversation.provenance import origin_of
from bot.conversation.whose import references, switch_to_number
from bot.incoming import (
    Blocked,
    Incoming,
    OwnContact,
    Tap,
    Text,
    Unblocked,
    Unusable,
    text_of,
)
from bot.storage import Session, cases, intake, links, locks, people, records, talks
from bot.storage.consent.exchange import Exchange
from bot.storage.people import Known
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import AFTER_LETTING_GO, AFTER_SERVING, NOT_FOR_YOU, Always
from flows.engine import start
from flows.languages import greeting
from flows.model import msg
from flows.rules.provenance import MAY, Origin
from flows.words.reading import Flagged, Wanted

#: A text is dated by the second in which it came.
_DATED_WITHIN: Final = timedelta(seconds=1)
#: "/start", and "/start@the_bot" as it is offered where several bots are.
_START: Final = re.compile(r"\s*/start(?:@\w+)?\s*", re.IGNORECASE)


def turn(
    session: Session, tools: Tools, incoming: Incoming, *, can_wait: bool = False
) -> str | None:
    """Make one turn; the text with which a tap is answered, if it wants one.

    The same update acts once, however often it comes (in Telegram, by update_id).

    Args:
        session: a unit of work.
        tools: what is the same for every turn.
        incoming: what the person did.
        can_wait: whether this turn is made again where it would be judged better then.

    Raises:
        QuestionOnItsWay: it can wait, and should.
    """
    if not records.is_new(session, incoming.event, incoming.at):
        return None
    known = people.find(session, tools.keys, incoming.sender)
    match incoming.content:
        case Blocked() | Unblocked() as change:
            if known is not None:
                is_blocked = isinstance(change, Blocked)
                known.person.blocked_at = incoming.at if is_blocked else None
            return None
        case Unusable(kind="group"):
            _answer_group(session, tools, incoming, known)
            return None
    visit = visit_of(session, tools, incoming, known)
    visit.can_wait = can_wait
    return _said(visit, incoming)


def _said(visit: Visit, incoming: Incoming) -> str | None:
    if isinstance(incoming.content, Tap):
        return tapping.tap(visit, incoming.content)
    if hearing.note(visit, incoming):
        _hear(visit, incoming)
    visit.session.flush()
    return None


def _answer_group(
    session: Session, tools: Tools, incoming: Incoming, known: Known | None
) -> None:
    """Answer what was said in a group, but in the private chat, if there is one."""
    if known is None or known.person.hidden_at is not None:
        return
    if known.person.talk_id is None:
        return
    if hearing.begins_act_in_group(known.person, incoming):
        say(visit_of(session, tools, incoming, known), msg("common.group"))


def visit_of(
    session: Session, tools: Tools, incoming: Incoming, known: Known | None
) -> Visit:
    """Let somebody in who wrote, for the first time or again.

    What the turn can touch is locked from here on, and read only afterwards.
    """
    language = greeting(incoming.language_code)
    known = known or people.enrol(
        session, tools.keys, incoming.sender, language, incoming.at
    )
    person, content = known.person, incoming.content
    if person.blocked_at is not None:
        person.blocked_at = None
    token = _token(content)
    hashed = tools.keys.hash_token(token) if token else None
    named = staffing.named(session, tools, person, content)
    locks.touched_by(session, person.id, token_hash=hashed, references=named)
    visit = Visit(
        session, tools, person, known.key, incoming.at, phone_language=language
    )
    visit.is_intake_closed = intake.closed_since(session) is not None
    visit.talk = talks.current_with_case(session, person)
    if visit.talk is not None:
        visit.at = _in_order(incoming.at, visit.talk.updated_at)
    return visit


def _in_order(at: datetime, before: datetime) -> datetime:
    """Let no moment of a talk come before the last: texts bear whole seconds alone."""
    return before if timedelta() < before - at < _DATED_WITHIN else at


def _hear(visit: Visit, incoming: Incoming) -> None:
    """Take in what the person sent, apart from taps."""
    content = incoming.content
    token = _token(content)
    freeze(visit)
    why_shut = doors.shut(visit)
    origin = _origin(visit, incoming)
    if visit.person.hidden_at is not None:
        covered.hear(visit, incoming.sender, content, token, origin)
        return
    is_own = MAY[origin].opens
    if is_own and token is not None and letters.may_open(visit, token, why_shut):
        letters.open_letter(visit, incoming.sender, token)
        protects_beside_code(visit, text_of(content))
    elif why_shut is not None:
        doorstep.hear(visit, why_shut, content, origin)
    elif is_own and _is_start(content):
        _begin_again(visit)
    elif visit.talk is not None:
        _answer(visit, visit.talk, content, origin)
    else:
        _meet(visit, content)


def _origin(visit: Visit, incoming: Incoming) -> Origin:
    message = incoming.message
    if incoming.written is None or message is None:
        return Origin.OWN
    visit.answer_key = message.key
    visit.exchange = Exchange(incoming.written.sent_at, message.number)
    return origin_of(visit, incoming.written)


def _meet(visit: Visit, content: object) -> None:
    """Begin with somebody who is new to us, or whom we have forgotten."""
    if isinstance(content, Unusable):
        hearing.begins_act(visit)
    match unasked(visit, text_of(content)):
        case Wanted(action=Always.HIDE):
            # Older messages of ours may still stand in the chat.
            hiding.hide(visit)
        case Flagged():
            care(visit, begin(visit))
        case _:
            begin(visit)


def _answer(visit: Visit, talk: Talk, content: object, origin: Origin) -> None:
    match content:
        case Text(text=text):
            answering.answer_text(visit, talk, text, origin)
        case OwnContact(phone=phone):
            answering.answer_contact(visit, talk, phone, origin)
        case Unusable(kind=kind, text=text):
            answering.answer_unusable(visit, talk, kind, text, origin)


def _begin_again(visit: Visit) -> None:
    """Go on where the person was; with several cases, ask which one."""
    own = references(visit)
    if len(own) > 1:
        choose_case(visit, Always.RESUME, own)
    elif visit.talk is not None and not _is_over(visit):
        ask(visit)
    elif own:
        switch_to_number(visit, next(iter(own)))
        ask(visit)
    else:
        begin(visit)


def _is_over(visit: Visit) -> bool:
    """Tell whether the talk is one that nothing more can come of."""
    case = visit.case
    talk = visit.talk
    refused = talk is not None and (talk.state == NOT_FOR_YOU or _was_let_go(talk))
    return refused or (case is not None and cases.is_over(case))


def _was_let_go(talk: Talk) -> bool:
    """Tell whether somebody was let go of, and has heard so when they last wrote."""
    after = AFTER_SERVING.get(talk.dialogue, AFTER_LETTING_GO)
    is_there = talks.position(talk) == start(FLOWS, after)
    return is_there and talk.open_row is not None


def _token(content: object) -> str | None:
    """Find the token of a link, behind /start or as typed from a letter."""
    if not isinstance(content, Text):
        return None
    command, _, payload = content.text.strip().partition(" ")
    if command == "/start" and payload:
        return links.token_in(payload) or payload.strip()
    return links.token_in(content.text)


def _is_start(content: object) -> bool:
    return isinstance(content, Text) and _START.fullmatch(content.text) is not None
