"""What somebody hears who may not go on now: one calm text, and what protects them."""

from bot.chat import hiding
from bot.chat.doors import Shut
from bot.chat.screens import bottom_row, menu, say
from bot.chat.visit import Visit
from bot.conversation import answering, hearing, staffing
from bot.conversation.moving import always
from bot.incoming import Text, Unusable
from flows.always import Always
from flows.provenance import MAY, Origin
from flows.reading import Asked, Flagged, Wanted, read

#: No answer counts here.
_NOTHING_ASKED = Asked(())


def hear(visit: Visit, why: Shut, content: object, origin: Origin) -> None:
    """Answer what somebody wrote or sent; an act of many messages once."""
    written = content.text if isinstance(content, Text | Unusable) else ""
    is_own = isinstance(content, Text) and MAY[origin].opens
    if is_own and staffing.hears(visit, written):
        return
    if is_own or _protects(written, visit, origin):
        _hear_text(visit, why, written)
    elif not hearing.is_answered(visit):
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


def _protects(text: str, visit: Visit, origin: Origin) -> bool:
    """Tell whether a text that may do no more asks for what protects."""
    match read(text, _NOTHING_ASKED, visit.tools.vocabulary.words):
        case Flagged() | Wanted(Always.HIDE):
            return True
        case Wanted(Always.WITHDRAW):
            return MAY[origin].stops_at_once
        case _:
            return False


def _hear_text(visit: Visit, why: Shut, text: str) -> None:
    match read(text, _NOTHING_ASKED, visit.tools.vocabulary.words):
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
