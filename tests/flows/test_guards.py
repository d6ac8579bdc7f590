"""A guard reads as a sentence, and never guesses."""

from dataclasses import replace
from inspect import getmembers, isfunction
from typing import Any, get_args, get_type_hints

import pytest

from flows import guards
from flows.facts import AgeBand, Authority, FactMissing, Facts, Majority, domain
from flows.model import Guard
from tests.flows.talk import CHILD, OFFENDER, VICTIM, YOUTH

GUARDS: list[Guard] = [
    found
    for _, found in getmembers(guards, isfunction)
    if found.__module__ == guards.__name__
]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_guard_that_knows_nothing_does_not_answer(guard: Guard) -> None:
    with pytest.raises(FactMissing) as missing:
        guard(Facts())
    assert missing.value.name in str(missing.value)
    assert domain(missing.value.name)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_a_guard_explains_itself_in_one_sentence(guard: Guard) -> None:
    sentence = guard.__doc__ or ""
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize("name", list(get_type_hints(Facts)))
def test_every_fact_is_tried_with_values_that_it_can_have(name: str) -> None:
    kinds = {type(value) for value in domain(name)}
    assert {*kinds, type(None)} == set(get_args(get_type_hints(Facts)[name]))


def test_a_fact_that_does_not_exist_has_no_values() -> None:
    with pytest.raises(KeyError):
        domain("shoe_size")


def test_who_is_under_12_and_who_under_15() -> None:
    small = [band for band in AgeBand if guards.is_under_12(Facts(age_band=band))]
    young = [band for band in AgeBand if guards.is_under_15(Facts(age_band=band))]
    assert small == [AgeBand.UNDER_12]
    assert young == [AgeBand.UNDER_12, AgeBand.FROM_12_TO_14]


def test_a_number_is_not_welcome_from_a_child_or_before_the_age_is_known() -> None:
    assert guards.is_number_welcome(VICTIM)
    assert not guards.is_number_welcome(CHILD)
    assert not guards.is_number_welcome(Facts(is_age_known=False))


def test_whoever_is_held_does_not_go_on() -> None:
    assert guards.can_return(Facts(is_held=False, has_place_to_return=True))
    assert not guards.can_return(Facts(is_held=False, has_place_to_return=False))
    assert not guards.can_return(Facts(is_held=True))


def test_everybody_over_12_is_asked_on_their_own_side() -> None:
    for person in (VICTIM, CHILD, YOUTH):
        assert guards.is_asked_on(person)
        assert not guards.is_offender_asked(person)
    assert guards.is_offender_asked(OFFENDER)
    assert not guards.is_asked_on(OFFENDER)
    small = Facts(age_band=AgeBand.UNDER_12)
    assert guards.is_under_12(small)
    assert not guards.is_asked_on(small)
    assert not guards.is_offender_asked(small)
    assert not guards.is_told_only(small)


def test_a_second_link_is_only_for_a_second_parent() -> None:
    assert guards.may_renew_either_link(CHILD)
    assert not guards.may_renew_only_link(CHILD)
    for authority in (Authority.ONE, Authority.OTHER, Authority.UNKNOWN):
        alone = replace(CHILD, authority=authority)
        assert guards.may_renew_only_link(alone)
        assert not guards.may_renew_either_link(alone)


@pytest.mark.parametrize(
    "less",
    [
        {"may_ask_holders": False},
        {"majority": Majority.TURNING_18},
        {"majority": Majority.ADULT},
        {"is_case_open": False},
    ],
    ids=str,
)
def test_no_link_is_made_anew_that_nobody_may_use(less: dict[str, Any]) -> None:
    for authority in (Authority.ONE, Authority.BOTH):
        child = replace(CHILD, authority=authority, **less)
        assert not guards.may_renew_only_link(child)
        assert not guards.may_renew_either_link(child)
