"""Holds every effect that the program writes against what `flows` says it changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot import effects
from bot.chat.visit import Visit
from bot.clock import DANISH_TIME
from bot.queue.standing import look
from bot.storage import cases, sides
from flows.checks.after import after, after_holder
from flows.effects import Effect, SelfReferred, Withdrew
from flows.rules.side import Side


@contextmanager
def compared() -> Iterator[None]:
    """Compare, as long as this is open."""
    real = effects.apply

    def apply(visit: Visit, effect: Effect) -> None:
        before = _sides(visit)
        real(visit, effect)
        if before and not isinstance(effect, SelfReferred):
            visit.session.flush()
            _compare(visit, effect, before, _sides(visit))

    effects.apply = apply
    try:
        yield
    finally:
        effects.apply = real


def _sides(visit: Visit) -> dict[str, Side]:
    """Read all sides of the case behind a talk, by their parties."""
    case = visit.case
    if case is None or cases.is_over(case):
        return {}
    found = cases.parties(visit.session, case)
    post = effects.post_of(visit)
    read = sides.gathered(visit.session, case, found, look(post))
    return {party.id: side for party, side in zip(found, read, strict=True)}


def _compare(
    visit: Visit, effect: Effect, before: dict[str, Side], now: dict[str, Side]
) -> None:
    spoken_for = visit.spoken_for
    if spoken_for is None or spoken_for.id not in before:
        return
    side = before[spoken_for.id]
    if isinstance(effect, Withdrew) and now[spoken_for.id].takes_part is False:
        # A yes that had run out by its age alone is taken back as well.
        side = replace(side, takes_part=side.takes_part or False)
    expected = before | {spoken_for.id: _expected(visit, effect, side)}
    assert now == expected, f"{effect} wrote {now}, and flows says {expected}"


def _expected(visit: Visit, effect: Effect, side: Side) -> Side:
    holder = visit.holder
    if holder is None:
        return after(side, effect, visit.at.astimezone(DANISH_TIME).date())
    changed = tuple(
        after_holder(one, effect) if n == holder.n else one
        for n, one in enumerate(side.holders, start=1)
    )
    return replace(side, holders=changed)
