"""Try something with every value of the facts that it turns out to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from flows.facts import FactMissing, Facts, domain

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
