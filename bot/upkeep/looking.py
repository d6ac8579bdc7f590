"""On which day the clock must look at a case again."""

from collections.abc import Iterator
from datetime import date

from bot.chat.post import Post
from bot.clock import DANISH_TIME, danish_day
from bot.storage import cases, sides
from bot.storage.consent.last_words import last_words
from bot.storage.tables import Case
from bot.upkeep import parents
from flows.facts import AgeBand
from flows.rules.case import RELEASED, Status
from flows.rules.days import days_of_end, next_look, seen_on
from flows.rules.majority import turns


def next_day(post: Post, case: Case) -> date | None:
    """Find the day; for which of the reasons is kept nowhere."""
    today = danish_day(post.at)
    found = (
        *_end(case, today),
        *_birthdays(post, case),
        *_expiries(post, case),
        *parents.days(post, case),
    )
    return next_look(found, today)


def _end(case: Case, today: date) -> tuple[date, ...]:
    if case.ends_on is None or Status(case.status) in RELEASED:
        return ()
    return days_of_end(case.ends_on, today)


def _birthdays(post: Post, case: Case) -> Iterator[date]:
    """List the days on which somebody begins to turn 18, and has turned it."""
    found = cases.parties(post.session, case)
    young = [p for p in found if p.age_band not in {None, AgeBand.ADULT}]
    for birth in sides.births(post.session, young, post.tools.keys).values():
        yield from turns(birth)


def _expiries(post: Post, case: Case) -> Iterator[date]:
    """List the days on which the batch comes upon a yes that has run out."""
    for word in last_words(post.session, case).values():
        until = word.event.valid_until
        if word.said.is_yes and until is not None:
            local = until.astimezone(DANISH_TIME)
            yield seen_on(local.date(), local.time())
