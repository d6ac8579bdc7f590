"""What the card says of danger and of the confession: who looked at it, and when.

Nothing of the police's papers is on it: of what was looked at in the file it only
names who looked.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.catalogue import Catalogue
from bot.chat.post import Post
from bot.clock import danish_day
from bot.offline_words import Inspection
from bot.storage import cases
from bot.storage.tables import HumanNeed, Party
from flows.effects import Reason
from flows.facts import Role
from flows.rules.reasons import DANGERS

#: How somebody looked, where the card tells it.
_TOLD: Final = frozenset({Inspection.CALL, Inspection.MEETING})


def looked_at(post: Post, party: Party, language: str) -> Iterator[str]:
    """Write what staff have looked at of a party, or of the case as a whole."""
    case = cases.of(post.session, party)
    for need in cases.needs(post.session, case):
        is_here = need.party_id in {None, party.id} and need.holder_id is None
        if is_here and need.cleared_reason not in cases.UNSETTLED:
            yield from _line(post, party, need, language)


def _line(post: Post, party: Party, need: HumanNeed, language: str) -> Iterator[str]:
    reason, words, at = Reason(need.reason), post.tools.catalogue, need.cleared_at
    if reason in DANGERS:
        what = words.text(f"card.danger.{_danger(party, reason)}", language)
        yield _of_danger(words, need, what, language)
    is_confession = reason is Reason.CONFESSION_UNCHECKED
    if is_confession and party.role == Role.OFFENDER and at is not None:
        # How it was checked is the police's own.
        looked = _by_whom(words, need, at, language)
        yield words.text("card.confession", language, looked=looked)


def _of_danger(words: Catalogue, need: HumanNeed, what: str, language: str) -> str:
    if need.cleared_at is None:
        return words.text("card.danger_waits", language, what=what)
    looked = _looked(words, need, need.cleared_at, language)
    return words.text("card.danger", language, what=what, looked=looked)


def _danger(party: Party, reason: Reason) -> str:
    """Name the text of a danger; what was not said plainly has words of its own."""
    unsure = {Reason.ORDERS: party.orders != "yes", Reason.FEAR: party.fear != "yes"}
    return f"{reason}_unsure" if unsure.get(reason) else reason


def _looked(words: Catalogue, need: HumanNeed, at: datetime, language: str) -> str:
    if need.cleared_how == Inspection.FILE:
        on = danish_day(at)
        return words.text("card.looked_at.coordinator", language, on=on)
    by = _by_whom(words, need, at, language)
    if need.cleared_how not in _TOLD:
        return by
    return f"{by} {words.text(f'card.looked_at.{need.cleared_how}', language)}"


def _by_whom(words: Catalogue, need: HumanNeed, at: datetime, language: str) -> str:
    on = danish_day(at)
    return words.text("card.looked_at", language, by=need.cleared_by, on=on)
