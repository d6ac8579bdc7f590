"""What somebody hears who may not go on now: one calm text, and what protects them."""

from bot.chat import doors, hiding
from bot.chat.doors import Shut
from bot.chat.screens import bottom_row, menu, say
from bot.chat.visit import Visit
from bot.conversation import answering, hearing, staffing, stopping
from bot.conversation.moving import always
from bot.conversation.protecting import want
from bot.conversation.provenance import answer_origin
from bot.incoming import Text, Unusable
from bot.storage import talks
from flows import FLOWS
from flows.always import Always
from flows.engine import state_at
from flows.provenance import MAY, Origin
from flows.reading import Asked, Chosen, Flagged, StopWish, Wanted, read

#: No answer counts here.
_NOTHING_ASKED = Asked(())


def hear(visit: Visit, why: Shut, content: object, origin: Origin) -> None:
    """Answer what somebody wrote or sent; an act of many messages once."""
    text = content.text if isinstance(content, Text | Unusable) else ""
    is_said = isinstance(content, Text) and MAY[origin].opens
    if is_said and staffing.means_take(visit, text):
        staffing.take_typed(visit, text)
        return
    is_heard = _hear_text(visit, why, text, origin) if is_said else False
    if is_heard or _protects(visit, why, text, origin):
        return
    if is_said or not hearing.is_answered(visit):
        tell(visit, why)


def tell(visit: Visit, why: Shut) -> None:
    """Say the one text; the question that is open keeps its buttons."""
    say(visit, why.says, [bottom_row(visit)])


def act(visit: Visit, why: Shut, action: Always) -> None:
    """Do what still may be done; all else is answered with the one text."""
    if action not in why.leaves:
        tell(visit, why)
    elif visit.talk is not None:
        always(visit, visit.talk, action)
    else:
        _act_without_talk(visit, why, action)


def _protects(visit: Visit, why: Shut, text: str, origin: Origin) -> bool:
    """Do what protects, whatever the origin; False where nothing does."""
    match read(text, _NOTHING_ASKED, visit.tools.vocabulary.words):
        case Flagged():
            say(visit, "care.at_the_door")
            tell(visit, why)
        case Wanted(Always.HIDE):
            hiding.hide(visit)
        case Wanted(Always.WITHDRAW) if MAY[origin].stops_at_once:
            act(visit, why, Always.WITHDRAW)
        case Wanted(Always.WITHDRAW):
            return _is_wish(visit, is_plain=False)
        case StopWish(is_plain):
            return _is_wish(visit, is_plain=is_plain and MAY[origin].stops_at_once)
        case _:
            return False
    return True


def _is_wish(visit: Visit, *, is_plain: bool) -> bool:
    talk = visit.talk
    return talk is not None and stopping.act_on_wish(visit, talk, is_plain=is_plain)


def _hear_text(visit: Visit, why: Shut, text: str, origin: Origin) -> bool:
    """Do what own words may do behind a shut door; False where they ask for more."""
    is_asked = doors.may_answer(visit, why, "yes")
    asked = stopping.asked(visit) if is_asked else _NOTHING_ASKED
    match read(text, asked, visit.tools.vocabulary.words):
        case Chosen(answer) if visit.talk and doors.may_answer(visit, why, answer):
            if not MAY[answer_origin(visit, origin)].answers:
                return False
            state = state_at(FLOWS, talks.position(visit.talk).place)
            answering.choose(visit, visit.talk, state, answer)
        case Wanted(action, reference) if action in why.leaves and visit.talk:
            want(visit, visit.talk, action, reference)
        case Wanted(action):
            act(visit, why, action)
        case _:
            return False
    return True


def _act_without_talk(visit: Visit, why: Shut, action: Always) -> None:
    match action:
        case Always.HIDE:
            hiding.hide(visit)
        case Always.MENU:
            menu(visit)
        case Always.HELP:
            say(visit, "always.help.says")
            tell(visit, why)
        case _:
            tell(visit, why)
