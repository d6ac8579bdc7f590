"""Consent: given, refused, taken back; each with the words that it answered to."""

from typing import assert_never

from bot.chat import asked
from bot.chat.notices import REMINDER, retract
from bot.chat.visit import Visit
from bot.effects.figures import count, subject_of
from bot.storage import consequences
from bot.storage.consent import consents, shown
from bot.storage.consent.consents import Shown
from bot.storage.consequences import Heard
from flows.effects import (
    ConsentGiven,
    ConsentRefused,
    ConsentState,
    Purpose,
    Withdrew,
)

Agreeing = ConsentGiven | ConsentRefused | Withdrew


def apply(visit: Visit, effect: Agreeing) -> None:
    """Write the rows of an answer about consent."""
    match effect:
        case ConsentGiven(purpose):
            say(visit, purpose, ConsentState.GIVEN)
            count(visit, f"{purpose}_{ConsentState.GIVEN}")
        case ConsentRefused(purpose):
            say(visit, purpose, ConsentState.REFUSED)
            count(visit, f"{purpose}_{ConsentState.REFUSED}")
        case Withdrew():
            _withdraw(visit)
        case _:
            assert_never(effect)


def say(visit: Visit, purpose: Purpose, state: ConsentState) -> None:
    """Record an answer with the exact words that it was given to, and what follows.

    Raises:
        ValueError: the words that were read do not hold any more: ask again.
    """
    subject = subject_of(visit)
    words = asked.read(visit)
    if words is None or words.purpose != purpose:
        raise ValueError(f"{purpose} was not asked for in words that still hold.")
    kept = Shown(
        words.language,
        visit.method,
        notice=words.sha256,
        told=_told(visit),
        exchange=visit.exchange,
    )
    heard = Heard(kept, visit.at, consents.PERSON)
    consequences.answer(visit.session, subject, purpose, state, heard)
    if visit.talk is not None and purpose is Purpose.PARENTAL_TAKE_PART:
        retract(visit.session, visit.talk, visit.at, REMINDER)


def _told(visit: Visit) -> str | None:
    """Hash what was shown in this talk before the question."""
    texts = shown.of_talk(visit.session, visit.talk) if visit.talk else ()
    return shown.digest(texts) if texts else None


def _withdraw(visit: Visit) -> None:
    """Take back every yes of this person at once; no reason is asked or kept.

    A parent who had not answered yet says no by it.
    """
    if visit.talk is not None:
        retract(visit.session, visit.talk, visit.at)
    if visit.spoken_for is None:
        return
    subject = subject_of(visit)
    shown_now = Shown(visit.language, visit.method, exchange=visit.exchange)
    stops = Purpose.PARENTAL_TAKE_PART if visit.holder else None
    heard = Heard(shown_now, visit.at, consents.PERSON)
    consequences.withdraw(visit.session, subject, heard, stops)
    count(visit, "withdrawn")
