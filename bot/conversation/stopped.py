"""Who has stopped and writes on: the stop stands, and a button takes it back."""

from bot.chat.visit import Visit
from bot.storage import talks
from bot.storage.messages import Send
from bot.storage.tables import Talk
from flows import FLOWS
from flows.always import AFTER_WITHDRAWAL
from flows.engine import offered, start, state_at


def name_button(visit: Visit, talk: Talk) -> bool:
    """Tell which button takes a stop back; False where none does.

    What was typed may have meant a yes ("undo") or the stop once more: it is neither.
    """
    place = talks.position(talk).place
    if place != start(FLOWS, AFTER_WITHDRAWAL).place:
        return False
    labels = [one.label for one in offered(state_at(FLOWS, place), visit.facts())]
    if not labels or labels[0] is None:
        return False
    button = visit.text(labels[0])
    visit.queue(Send(visit.text("closing.stopped_already", button=button)))
    return True
