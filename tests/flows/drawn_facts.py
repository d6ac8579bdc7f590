"""Facts drawn by Hypothesis: a number for many of them, not a choice for each."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from math import prod
from typing import Final

from hypothesis import strategies as st

from flows.facts import Facts, domain

#: Hypothesis draws numbers below this evenly; of larger ones it prefers small ones.
EVEN: Final = 1 << 24
_DOMAINS: Final = {field.name: domain(field.name) for field in fields(Facts)}


def groups() -> Iterator[list[str]]:
    """Part the names of all facts, in order, so that one number tells a whole group."""
    group = list[str]()
    for name in _DOMAINS:
        if combinations([*group, name]) > EVEN:
            yield group
            group = []
        group.append(name)
    yield group


def combinations(group: Sequence[str]) -> int:
    """Count the sets of values that a group can have."""
    return prod(len(_DOMAINS[name]) for name in group)


def values(group: Sequence[str], number: int) -> dict[str, object]:
    """Give the set of values that a number below their count stands for."""
    found = dict[str, object]()
    for name in group:
        number, which = divmod(number, len(_DOMAINS[name]))
        found[name] = _DOMAINS[name][which]
    return found


_GROUPS: Final = list(groups())


def _facts(numbers: Sequence[int]) -> Facts:
    told = [values(*each) for each in zip(_GROUPS, numbers, strict=True)]
    every = {name: value for some in told for name, value in some.items()}
    return Facts(**every)  # type: ignore[arg-type] # each from its own domain


#: Whatever may be known, one set of facts as likely as another.
any_facts: Final = st.tuples(
    *(st.integers(0, combinations(group) - 1) for group in _GROUPS)
).map(_facts)
