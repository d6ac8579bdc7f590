"""Who has stopped and writes on: the stop stands, and a button may take it back."""

from bot.chat.screens import say
from bot.chat.visit import Visit
from bot.storage import cases, talks
from bot.storage.mail.messages import Send
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import AFTER_WITHDRAWAL
from flows.engine import offered, start, state_at
from flows.model import msg


def name_button(visit: Visit, talk: Talk) -> bool:
    """Tell which button takes a stop back; False where this is not about a stop.

    What was typed may have meant a yes ("undo") or the stop once more: it is neither.
    Once the case is over there is no button, but somebody to call.
    """
    place = talks.place(talk)
    if place != start(FLOWS, AFTER_WITHDRAWAL).place:
        return False
    labels = [one.label for one in offered(state_at(FLOWS, place), visit.facts())]
    if not labels or labels[0] is None:
        return _tell_of_end(visit)
    button = visit.text(labels[0])
    visit.queue(Send(visit.text("closing.stopped_already", button=button)))
    return True


def is_over(visit: Visit, talk: Talk) -> bool:
    """Tell whether somebody rests on a stop whose case is over, as far as they know."""
    rests = talks.place(talk) == start(FLOWS, AFTER_WITHDRAWAL).place
    return rests and visit.case is not None and cases.is_over(visit.case)


def _tell_of_end(visit: Visit) -> bool:
    """Say that the case is over, and whom to call; False where it is not."""
    case = visit.case
    if case is None or not cases.is_over(case):
        return False
    if case.claimed_at is None:
        # Where a mediator had it, what is asked again says so already.
        say(visit, msg("closing.withdrawn_over"))
    return True
