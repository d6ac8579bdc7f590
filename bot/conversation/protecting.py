"""What acts beside any answer: what is always open, and what protects."""

from dataclasses import replace

from bot.chat.screens import ask, asked_of_which, begin, choose_case
from bot.chat.visit import Visit
from bot.conversation import hearing, stopping
from bot.conversation.moving import always, care
from bot.conversation.whose import references, switch_to_case
from bot.storage.tables import Talk
from flows.always import CARE, STOPPING, Always
from flows.model import Into, msg
from flows.rules.provenance import Origin, as_said
from flows.words.always_words import at_an_end
from flows.words.reading import Asked, Flagged, Reading, StopWish, Wanted, read
from flows.words.red_flags import RedFlags
from flows.words.wishes import clauses

_NO_FLAGS = RedFlags(frozenset(), frozenset(), frozenset())
#: With several cases it must be clear for which one these are meant.
_FOR_ONE_CASE = (Always.WITHDRAW, Always.HUMAN, Always.STATUS)


def want(visit: Visit, talk: Talk, action: Always, reference: str) -> None:
    """Do what is always open, in the case that is meant.

    A reference alone says which one, where that was asked last.
    """
    if reference and action is Always.RESUME:
        action = asked_of_which(visit) or action
    own = references(visit)
    is_unclear = not reference and action in _FOR_ONE_CASE and len(own) > 1
    if reference and action is not Always.HIDE and not switch_to_case(visit, reference):
        _miss(visit, talk, action)
    elif is_unclear:
        choose_case(visit, action, own)
    else:
        always(visit, visit.talk or talk, action)


def _miss(visit: Visit, talk: Talk, action: Always) -> None:
    """Answer who names no case of theirs; a stop is asked about all the same."""
    own = references(visit)
    if action is Always.WITHDRAW and len(own) > 1:
        choose_case(visit, action, own)
    elif action is not Always.WITHDRAW or not stopping.act_on_wish(
        visit, talk, is_plain=False
    ):
        stopping.refuse(visit, msg("common.not_understood"))
        ask(visit, again=True)


def unasked(visit: Visit, text: str) -> Reading:
    """Read what somebody wrote whom nothing is asked, or beside what was asked."""
    return read(text, nothing_asked(visit), visit.tools.vocabulary.words)


def unflagged(visit: Visit, text: str) -> Reading:
    """Read a text as if there were no words of danger: what else it says."""
    words = replace(visit.tools.vocabulary.words, red_flags=_NO_FLAGS)
    return read(text, nothing_asked(visit), words)


def nothing_asked(visit: Visit) -> Asked:
    """Say that nothing is asked of this person."""
    is_of_parent = visit.holder is not None
    return Asked((), is_of_staff=visit.is_of_staff, is_of_parent=is_of_parent)


def protects_beside_code(visit: Visit, text: str) -> None:
    """Do what protects, if a text asks for it beside the code that it holds.

    The letter is open by then, so that danger and stop are answered in its talk.
    """
    words, reading = visit.tools.vocabulary.words, unasked(visit, text)
    if isinstance(reading, Flagged):
        danger(visit, visit.talk or begin(visit), text)
    elif visit.talk is None or visit.talk.dialogue == STOPPING.dialogue:
        return
    elif isinstance(reading, StopWish):
        stopping.act_on_wish(visit, visit.talk, is_plain=reading.is_plain)
    elif Always.WITHDRAW in at_an_end(text, words.open):
        stopping.act_on_wish(visit, visit.talk, is_plain=False)


def protects(visit: Visit, talk: Talk, text: str, origin: Origin) -> bool:
    """Do what protects, if a text that is no answer asks for it."""
    match as_said(unasked(visit, text), origin):
        case Flagged():
            if not _is_same_act(visit, talk, CARE):
                danger(visit, talk, text, origin)
        case Wanted((Always.HIDE | Always.WITHDRAW) as action, reference):
            want(visit, talk, action, reference)
        case StopWish(is_plain=True):
            return stopping.act_on_wish(visit, talk, is_plain=True)
        case StopWish():
            return _asks_about_stop(visit, talk)
        case _:
            return False
    return True


def danger(visit: Visit, talk: Talk, text: str, origin: Origin = Origin.OWN) -> None:
    """Pause for words of danger; a stop beside them is heard first, and stands.

    Help is what is shown; what is asked about the stop comes behind it.
    """
    stop_beside_danger(visit, talk, text, origin)
    care(visit, visit.talk or talk)


def stop_beside_danger(visit: Visit, talk: Talk, text: str, origin: Origin) -> None:
    """Hear a stop in a text that tells of danger as well.

    A clause that plainly says so acts; what only may mean it is part of the story.
    """
    heard = [as_said(unflagged(visit, one), origin) for one in clauses(text)]
    if any(map(_stops_plainly, heard)):
        stopping.act_on_wish(visit, talk, is_plain=True)
    elif Always.WITHDRAW in at_an_end(text, visit.tools.vocabulary.words.open):
        stopping.act_on_wish(visit, talk, is_plain=False)


def _stops_plainly(reading: Reading) -> bool:
    match reading:
        case Wanted(Always.WITHDRAW) | StopWish(is_plain=True):
            return True
        case _:
            return False


def _asks_about_stop(visit: Visit, talk: Talk) -> bool:
    """Ask whether somebody says stop, once for all that they send at once."""
    if _is_same_act(visit, talk, STOPPING):
        return True
    return stopping.act_on_wish(visit, talk, is_plain=False)


def _is_same_act(visit: Visit, talk: Talk, paused_for: Into) -> bool:
    """Tell whether a talk is paused by what came along with this, and said so."""
    return talk.dialogue == paused_for.dialogue and not hearing.begins_act(visit)
