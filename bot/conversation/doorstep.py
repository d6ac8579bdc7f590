"""What somebody hears who may not go on now: one calm text, and what protects them."""

from bot.chat import doors, hiding
from bot.chat.doors import Shut
from bot.chat.screens import bottom_row, menu, say
from bot.chat.visit import Visit
from bot.conversation import answering, hearing, staffing, stopping
from bot.conversation.moving import always
from bot.conversation.protecting import (
    nothing_asked,
    stop_beside_danger,
    unasked,
    want,
)
from bot.conversation.provenance import answer_origin
from bot.incoming import Text, text_of
from bot.storage import talks
from flows.always import Always
from flows.rules.provenance import MAY, Origin, as_said
from flows.words.reading import Asked, Chosen, Flagged, StopWish, Wanted, read


def hear(visit: Visit, why: Shut, content: object, origin: Origin) -> None:
    """Answer what somebody wrote or sent; an act of many messages once."""
    text = text_of(content)
    is_said = isinstance(content, Text) and MAY[origin].opens
    if is_said and staffing.means_take(visit, text, origin):
        staffing.take_typed(visit, text)
        return
    is_heard = _hear_text(visit, why, text, origin) if is_said else False
    if is_heard or _protects(visit, why, text, origin):
        return
    if is_said or hearing.begins_act(visit):
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
    match as_said(unasked(visit, text), origin):
        case Flagged():
            if visit.talk is not None:
                stop_beside_danger(visit, visit.talk, text, origin)
            say(visit, "care.at_the_door")
            tell(visit, why)
        case Wanted(Always.HIDE):
            hiding.hide(visit)
        case Wanted(Always.WITHDRAW, reference) if visit.talk is not None:
            want(visit, visit.talk, Always.WITHDRAW, reference)
        case StopWish(is_plain) if visit.talk is not None:
            return stopping.act_on_wish(visit, visit.talk, is_plain=is_plain)
        case _:
            return False
    return True


def _hear_text(visit: Visit, why: Shut, text: str, origin: Origin) -> bool:
    """Do what own words may do behind a shut door; False where they ask for more."""
    is_asked = doors.may_answer(visit, why, "yes")
    asked = _asked(visit) if is_asked else nothing_asked(visit)
    match read(text, asked, visit.tools.vocabulary.words):
        case Chosen(answer) if visit.talk and doors.may_answer(visit, why, answer):
            if not MAY[answer_origin(visit, origin)].answers:
                return False
            state = talks.state(visit.talk)
            answering.choose(visit, visit.talk, state, answer)
        case Wanted(action, reference) if action in why.leaves and visit.talk:
            want(visit, visit.talk, action, reference)
        case Wanted(action):
            act(visit, why, action)
        case _:
            return False
    return True


def _asked(visit: Visit) -> Asked:
    """Give the labels of the question; only they count here, and yes and no."""
    if visit.talk is None:
        return nothing_asked(visit)
    state = talks.state(visit.talk)
    return Asked(answering.labelled(visit, state), strict=True)


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
