"""Somebody without a letter asks to be contacted; nothing of the other is asked."""

import pytest

from flows import FLOWS
from flows.effects import (
    DistrictGiven,
    HumanRequested,
    InterestGiven,
    Reason,
    RoleGiven,
    SelfReferred,
)
from flows.facts import Interest, Role
from flows.rules.districts import DISTRICTS
from tests.flows.talk import Talk

DISTRICT_ANSWERS = FLOWS["referral"].state("ask_district").answers


@pytest.mark.parametrize("role", [Role.VICTIM, Role.OFFENDER])
def test_somebody_asks_to_be_contacted(role: Role) -> None:
    talk = Talk(at="referral.ask_role").knows(has_link=False, is_held=True)
    assert talk.says(role.value) == "referral.ask_district"
    assert talk.says("fyn") == "referral.ask_interest"
    assert talk.says("yes") == "human.explain_human"
    assert talk.effects == [
        RoleGiven(role),
        DistrictGiven("fyn"),
        SelfReferred(),
        InterestGiven(Interest.YES),
        HumanRequested(Reason.SELF_REFERRAL),
    ]
    assert talk.is_let_go_on() == "referral.referred"


def test_every_district_can_be_told_and_so_can_not_knowing_it() -> None:
    told = []
    for answer in DISTRICT_ANSWERS:
        talk = Talk(at="referral.ask_district")
        assert talk.says(answer.name) == "referral.ask_interest"
        told += [e.district for e in talk.effects if isinstance(e, DistrictGiven)]
    assert told == [*DISTRICTS, None]


def test_a_district_is_recorded_under_the_name_that_is_shown() -> None:
    for answer, district in zip(DISTRICT_ANSWERS, DISTRICTS, strict=False):
        assert answer.label == f"district.{district}"
        assert answer.records == DistrictGiven(district)


@pytest.mark.parametrize(
    ("answer", "place", "way_back"),
    [("later", "referral.paused", "go_on"), ("no", "referral.declined", "change")],
)
def test_not_now_and_no_keep_nothing_and_can_be_changed(
    answer: str, place: str, way_back: str
) -> None:
    talk = Talk(at="referral.ask_interest")
    assert talk.says(answer) == place
    assert talk.effects == []
    assert talk.says(way_back) == "referral.ask_interest"
