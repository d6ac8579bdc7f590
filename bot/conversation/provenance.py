"""Where a message comes from: whose words it holds, and whether they are an answer."""

from collections.abc import Iterator
from dataclasses import replace

from bot.chat import screens
from bot.chat.visit import Visit
from bot.incoming import Reply, Written
from bot.storage import talks
from bot.storage.mail import outbox
from bot.storage.mail.outbox import DeliveryProgress
from bot.storage.tables import Talk
from flows.rules.provenance import READING_TIME, Origin
from flows.taps import AnswerTap, StaffTap, parse_tap


class QuestionOnItsWay(Exception):
    """The question is being sent: whether this came after it will be known at once."""


def origin_of(visit: Visit, written: Written) -> Origin:
    """Tell where a message comes from; an answer may be early besides."""
    if written.is_forwarded:
        return Origin.FORWARDED
    if written.is_through_bot:
        return Origin.THROUGH_BOT
    if written.is_edit:
        return Origin.EDITED
    if written.is_scheduled:
        return Origin.SCHEDULED
    if written.reply and not _is_to_open(visit, written.reply):
        visit.offered = _offered(written.reply)
        return Origin.ELSEWHERE
    return Origin.OWN


def _offered(reply: Reply) -> str | None:
    """Find the case that the message to which somebody replies offers them."""
    found = (tap for tap in map(parse_tap, reply.taps) if isinstance(tap, StaffTap))
    return next((tap.reference for tap in found), None)


def answer_origin(visit: Visit, origin: Origin) -> Origin:
    """Tell where an answer comes from: own words may have come before the question.

    Whoever writes while it is asked once more answers the copy that they have seen.
    Nothing but an answer is asked this, as it may have to wait.

    Raises:
        QuestionOnItsWay: that depends on a question that is being sent just now, and
            this turn can wait.
    """
    number = visit.exchange.answer_number if visit.exchange else None
    if origin is not Origin.OWN or number is None:
        return origin
    is_after = any(_is_after(visit, copy, number) for copy in _copies(visit))
    return Origin.OWN if is_after else Origin.EARLY


def _copies(visit: Visit) -> Iterator[DeliveryProgress | None]:
    """Find the first and the last copy of the question that is open.

    There is none where the talk was moved and nobody has asked yet: what stands on the
    screen is another question then.
    """
    first = screens.first_asked(visit)
    if first is not None:
        yield outbox.progress(visit.session, first)
        yield _open(visit)


def is_to_last_copy(visit: Visit) -> bool:
    """Tell whether a typed answer came after the last copy of a strict question.

    It came so late that the question can have been read; which copy that was is noted
    for the record.
    """
    said, question = visit.exchange, _open(visit)
    if said is None or said.answer_number is None:
        return True
    if question is None or not _is_after(visit, question, said.answer_number):
        return False
    number = question.message.number if question.message else None
    visit.exchange = replace(said, question_number=number, question_at=question.at)
    if question.at is None:
        return True
    # Each of the two dates is a whole second, so their difference is as well.
    asked_at = question.at.replace(microsecond=0)
    return (said.answer_at - asked_at).total_seconds() >= READING_TIME


def is_after(visit: Visit, row: int) -> bool:
    """Tell whether what was said came after the message of an outbox row.

    Raises:
        QuestionOnItsWay: that message is being sent just now, and this turn can wait.
    """
    number = visit.exchange.answer_number if visit.exchange else None
    said_last = outbox.progress(visit.session, row)
    return number is None or _is_after(visit, said_last, number)


def _is_after(visit: Visit, question: DeliveryProgress | None, number: int) -> bool:
    if question is None:
        return False
    if question.state == "sending" and visit.can_wait:
        raise QuestionOnItsWay
    return question.message is not None and question.message.number < number


def _open(visit: Visit) -> DeliveryProgress | None:
    row = visit.talk.open_row if visit.talk else None
    return outbox.progress(visit.session, row) if row is not None else None


def _is_strict(talk: Talk | None) -> bool:
    return talk is not None and talks.state(talk).strict


def _is_to_open(visit: Visit, reply: Reply) -> bool:
    """Tell whether a reply is to the open question, or to any copy of it.

    Copies come of an end between sending and noting. They bear the buttons of the
    question; where there are none of any answer, the same words will do, unless they
    may have been asked about another case.
    """
    talk, question = visit.talk, _open(visit)
    if talk is None or question is None or reply.key is None:
        return False
    if question.message is not None and reply.key == question.message.key:
        return True
    found = [tap for tap in map(parse_tap, reply.taps) if isinstance(tap, AnswerTap)]
    if found:
        return any(_bears(talk, tap) for tap in found)
    if _is_strict(talk) or _stands_in_several(visit):
        return False
    return reply.text == screens.question(visit)


def _stands_in_several(visit: Visit) -> bool:
    own = talks.of_person(visit.session, visit.person)
    return sum(bool(talk.party_id or talk.holder_id) for talk in own) > 1


def _bears(talk: Talk, tap: AnswerTap) -> bool:
    return tap.talk == talk.number and talks.bears(talk, tap)
