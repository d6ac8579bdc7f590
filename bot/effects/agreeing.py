"""Consent: given, refused, taken back; each with the words that it answered to."""

from typing import assert_never

from bot.chat.screens import worded
from bot.chat.visit import Visit
from bot.effects.figures import count, party_of
from bot.storage import cases, forgetting
from bot.storage.cases import Shown
from bot.storage.tables import Party
from flows import FLOWS
from flows.dialogues.consent import CONSENT
from flows.effects import (
    ConsentGiven,
    ConsentRefused,
    ConsentState,
    Purpose,
    Withdrew,
)
from flows.facts import Interest
from flows.model import msg

Agreeing = ConsentGiven | ConsentRefused | Withdrew

#: The state that asks for each consent; its words are hashed into the record.
ASKED_IN = {Purpose.DATA_NOTICE: "ask_data", Purpose.TAKE_PART: "ask_take_part"}


def apply(visit: Visit, effect: Agreeing) -> None:
    """Write the rows of an answer about consent."""
    match effect:
        case ConsentGiven(purpose):
            _consent(visit, purpose, ConsentState.GIVEN)
        case ConsentRefused(purpose):
            _consent(visit, purpose, ConsentState.REFUSED)
        case Withdrew():
            _withdraw(visit)
        case _:
            assert_never(effect)


def _consent(visit: Visit, purpose: Purpose, answer: ConsentState) -> None:
    """Record an answer with the exact words that it was given to."""
    asked = FLOWS[CONSENT.id].state(ASKED_IN[purpose]).says
    shown = Shown(
        language=visit.language,
        notice=asked[0],
        version=FLOWS[CONSENT.id].version,
        words="\n\n".join(worded(visit, message_id) for message_id in asked),
        method=visit.method,
    )
    cases.record_consent(
        visit.session, party_of(visit), purpose, answer, shown, visit.at
    )
    count(visit, f"{purpose}_{answer}")


def _withdraw(visit: Visit) -> None:
    """Take back every yes of this party at once; no reason is asked or kept."""
    party = visit.party
    if party is None:
        return
    for purpose in Purpose:
        last = cases.consent(visit.session, party, purpose)
        if last is not None and last.answer == ConsentState.GIVEN:
            _withdraw_consent(visit, party, purpose)
    party.interest = Interest.NO
    party.withdrawn_at = visit.at
    visit.set_note("reviewing", "")
    count(visit, "withdrawn")
    case = visit.case
    if case is None:
        return
    cases.drop_needs(visit.session, case, party, visit.at)
    forgetting.answers_of(visit.session, party)


def _withdraw_consent(visit: Visit, party: Party, purpose: Purpose) -> None:
    receipt = msg("closing.withdrawn")
    version = FLOWS[CONSENT.id].version
    words = worded(visit, receipt)
    shown = Shown(visit.language, receipt, version, words, visit.method)
    cases.record_consent(
        visit.session, party, purpose, ConsentState.WITHDRAWN, shown, visit.at
    )
