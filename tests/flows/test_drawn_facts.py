"""Each set of facts is one row of numbers, and each number below its end is a set."""

from dataclasses import fields
from itertools import product

from flows.facts import Facts, domain
from tests.flows.drawn_facts import EVEN, combinations, groups, values


def test_every_fact_is_in_one_group_that_is_drawn_evenly() -> None:
    parted = [name for group in groups() for name in group]
    assert parted == [field.name for field in fields(Facts)]
    assert all(combinations(group) <= EVEN for group in groups())


def test_each_number_gives_another_set_of_values_and_together_they_are_all() -> None:
    some = next(groups())[:4]
    given = [tuple(values(some, n).values()) for n in range(combinations(some))]
    assert len(set(given)) == len(given) > 1
    assert set(given) == set(product(*map(domain, some)))
