"""What somebody hears who may not go on now: one calm text, and what protects them."""

from bot.chat import doors, hiding
from bot.chat.doors import Shut
from bot.chat.screens import bottom_row, menu, say
from bot.chat.visit import Visit
from bot.conversation import answering, staffing, stopping
from bot.conversation.moving import always
from bot.incoming import Text
from bot.storage import talks
from flows import FLOWS
from flows.always import Always
from flows.engine import state_at
from flows.reading import Asked, Chosen, Flagged, Wanted, read

#: No answer counts here.
_NOTHING_ASKED = Asked(())


def hear(visit: Visit, why: Shut, content: object) -> None:
    """Answer what somebody wrote or sent."""
    if not isinstance(content, Text):
        tell(visit, why)
    elif not staffing.hears(visit, content.text):
        _hear_text(visit, why, content.text)


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


def _hear_text(visit: Visit, why: Shut, text: str) -> None:
    is_asked = doors.may_answer(visit, why, "yes")
    asked = stopping.asked(visit) if is_asked else _NOTHING_ASKED
    match read(text, asked, visit.tools.vocabulary.words):
        case Chosen(answer) if visit.talk and doors.may_answer(visit, why, answer):
            state = state_at(FLOWS, talks.position(visit.talk).place)
            answering.choose(visit, visit.talk, state, answer)
        case Wanted(action, reference) if action in why.leaves and visit.talk:
            answering.want(visit, visit.talk, action, reference)
        case Wanted(action):
            act(visit, why, action)
        case Flagged():
            say(visit, "care.at_the_door")
            tell(visit, why)
        case _:
            tell(visit, why)


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
