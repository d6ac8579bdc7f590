"""Try something with every value of the facts that it turns out to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Generic, TypeVar

from flows.facts import FactMissing, Facts, domain
from flows.model import Guard, State

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tried(Generic[_T]):
    """What came out for a person with these facts."""

    facts: Facts
    outcome: _T


def tried(ask: Callable[[Facts], _T], facts: Facts) -> Iterator[Tried[_T]]:
    """Ask with the facts that are known, and with every value of those that are not.

    Raises `KeyError` for a fact that nobody has said the values of.
    """
    try:
        outcome = ask(facts)
    except FactMissing as missing:
        for value in domain(missing.name):
            more: dict[str, Any] = {missing.name: value}
            yield from tried(ask, replace(facts, **more))
    else:
        yield Tried(facts, outcome)


@cache
def facts_read(state: State) -> frozenset[str]:
    """Name the facts that the guards of a state may look at."""
    return frozenset(
        field.name
        for guard in _guards(state)
        for one in tried(guard, Facts())
        for field in fields(Facts)
        if getattr(one.facts, field.name) is not None
    )


def _guards(state: State) -> Iterator[Guard]:
    for answer in state.answers:
        guards = (answer.when, answer.unless, answer.first_when)
        yield from (guard for guard in guards if guard is not None)
