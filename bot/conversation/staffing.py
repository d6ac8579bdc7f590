"""What mediators do in the chat: take a case and get its hand-over card."""

from collections.abc import Sequence

from bot.chat.screens import say
from bot.chat.tools import Tools
from bot.chat.visit import Visit
from bot.conversation.provenance import is_after
from bot.effects import post_of
from bot.incoming import Tap, Text
from bot.queue.card import card
from bot.queue.card_in_chat import remember
from bot.queue.claim import Claim, claim, queued
from bot.storage import Session, cases, records, staff
from bot.storage.mail.messages import Send
from bot.storage.tables import Person
from flows.model import msg
from flows.rules.provenance import MAY, Origin
from flows.taps import StaffTap, parse_tap
from flows.words.characters import normalised

#: The notice by which a case is offered to a mediator.
_OFFER = "notice.case_ready"


def take(visit: Visit, reference: str) -> None:
    """Take a case for this mediator, or say clearly that it is not to be had."""
    post = post_of(visit)
    outcome, case = claim(post, visit.person, reference)
    text_id = f"notice.{outcome}"
    visit.queue(Send(visit.text(text_id, reference=reference)))
    if outcome is Claim.TAKEN and case is not None:
        text = card(post, case, visit.language, f"person {visit.person.id}")
        remember(post, case, visit.queue(Send(text, protect=True)))


def label_of(visit: Visit, reference: str) -> str:
    """Name the label of the button that takes a case, or shows its card once more."""
    case = cases.by_reference(visit.session, reference)
    own = {one.id for one in staff.of_person(visit.session, visit.person)}
    is_own = case is not None and case.mediator_id in own
    return "notice.show_card" if is_own else "notice.take"


def means_take(visit: Visit, text: str, origin: Origin) -> bool:
    """Tell whether one of the staff types that they take a case, or replies so."""
    if not (MAY[origin].answers or visit.offered):
        return False
    words = {normalised(text), normalised(_named_case(text)[0])}
    if visit.tools.vocabulary.take.isdisjoint(words):
        return False
    return bool(staff.of_person(visit.session, visit.person))


def take_typed(visit: Visit, text: str) -> None:
    """Take the case that the words name; the one that waits, where they name none.

    What was typed before a case was offered is about another one.
    """
    reference = _named_case(text)[1] or visit.offered
    waiting = [] if reference else queued(post_of(visit), visit.person)
    if not reference and len(waiting) != 1:
        say(visit, "queue.which" if waiting else "queue.none")
        return
    reference = reference or waiting[0].reference
    offered = records.row_of_notice(visit.session, visit.person, _OFFER, reference)
    if offered is None or is_after(visit, offered):
        take(visit, reference)
    else:
        say(visit, msg("common.early"))


def _named_case(text: str) -> tuple[str, str]:
    """Part "take KR-..." into the words and the reference; two empty ones for none."""
    words, _, last = text.strip().rpartition(" ")
    reference = last.upper()
    return (words, reference) if reference.startswith("KR-") else ("", "")


def named(
    session: Session, tools: Tools, person: Person, content: object
) -> Sequence[str]:
    """Tell which cases a tap or text names, so that they can be locked.

    "Take" alone names all that this person could take: which of them wait is read again
    when they are locked.
    """
    match content:
        case Tap(data=data):
            found = parse_tap(data)
            return [found.reference] if isinstance(found, StaffTap) else []
        case Text(text=text) if normalised(text) in tools.vocabulary.take:
            return staff.waiting_for(session, person)
        case Text(text=text):
            return cases.references_in(text)
        case _:
            return []
