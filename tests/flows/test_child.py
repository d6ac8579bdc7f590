"""Those from 12 to 17 are asked first, and alone (requirements 12-18)."""

import pytest

from flows.always import Always
from flows.effects import (
    AuthorityGiven,
    BirthGiven,
    DetailGiven,
    HolderLinkRenewed,
    HoldersAllowed,
    HumanRequested,
    Reason,
)
from flows.engine import NotOffered
from flows.facts import Authority, Detail, Facts
from tests.flows.talk import CHILD, YOUTH, Talk

BOTH_BANDS = pytest.mark.parametrize("person", [CHILD, YOUTH], ids=["12-14", "15-17"])


@BOTH_BANDS
def test_a_child_tells_the_month_the_parents_and_the_name_they_will_see(
    person: Facts,
) -> None:
    talk = Talk(person, "child")
    assert talk.says("go_on") == "child.ask_birth"
    assert talk.says("given", value="2010-04") == "child.ask_birth_right"
    assert talk.says("yes") == "child.ask_authority"
    assert talk.says("both") == "child.ask_allowed"
    assert talk.says("yes") == "child.ask_shown_name"
    assert talk.says("given", value="Bo") == "intake.ask_name"
    assert talk.effects == [
        BirthGiven("2010-04"),
        AuthorityGiven(Authority.BOTH),
        HoldersAllowed(allowed=True),
        DetailGiven(Detail.SHOWN_NAME, "Bo"),
    ]


def test_a_month_that_was_typed_wrongly_is_typed_again() -> None:
    talk = Talk(CHILD, "child.ask_birth")
    talk.says("given", value="2010-04")
    assert talk.says("no") == "child.ask_birth"


def test_a_month_that_does_not_go_with_the_age_goes_to_a_human() -> None:
    talk = Talk(CHILD, "child.ask_birth_right")
    talk.knows(is_birth_fitting=False, is_held=True)
    assert talk.says("yes") == "human.explain_human"
    assert talk.effects == [HumanRequested(Reason.AGE_UNCLEAR)]
    assert talk.is_let_go_on() == "child.ask_authority"


def test_who_will_not_tell_the_month_talks_to_a_human() -> None:
    talk = Talk(CHILD, "child.ask_birth").knows(is_held=True)
    assert talk.says("skip") == "human.explain_human"
    assert talk.effects == [HumanRequested(Reason.AGE_UNCLEAR)]
    assert talk.is_let_go_on() == "child.ask_authority"


def test_the_month_is_not_taken_back_by_going_back() -> None:
    talk = Talk(CHILD, "safety.explain_next")
    talk.says("go_on", "go_on")
    talk.says("given", value="2010-04")
    assert talk.does(*[Always.BACK] * 5) == "child.ask_birth_right"


@pytest.mark.parametrize("authority", [Authority.ONE, Authority.BOTH, Authority.OTHER])
def test_whoever_has_the_authority_the_child_is_asked_whether_they_may_be_asked(
    authority: Authority,
) -> None:
    talk = Talk(CHILD, "child.ask_authority")
    assert talk.says(authority.value) == "child.ask_allowed"
    assert talk.effects == [AuthorityGiven(authority)]


def test_who_does_not_know_who_has_the_authority_talks_to_a_human() -> None:
    talk = Talk(CHILD, "child.ask_authority").knows(is_held=True)
    assert talk.says("unknown") == "human.explain_human"
    assert talk.effects == [
        AuthorityGiven(Authority.UNKNOWN),
        HumanRequested(Reason.HOLDERS_UNCLEAR),
    ]
    assert talk.is_let_go_on() == "child.ask_authority"


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_without_a_yes_no_parent_is_asked_and_a_human_is(answer: str) -> None:
    talk = Talk(CHILD, "child.ask_allowed").knows(is_held=True)
    assert talk.says(answer) == "human.explain_human"
    assert talk.effects == [
        HoldersAllowed(allowed=False),
        HumanRequested(Reason.HOLDERS_UNWELCOME),
    ]
    assert talk.is_let_go_on() == "child.ask_allowed"


def test_a_new_link_can_be_had_for_each_parent_while_the_case_is_open() -> None:
    talk = Talk(CHILD, "child.awaiting_parents")
    assert talk.choices == ["new_link_1", "new_link_2"]
    assert talk.says("new_link_2", "new_link_1") == "child.awaiting_parents"
    assert talk.effects == [HolderLinkRenewed(2), HolderLinkRenewed(1)]
    assert talk.knows(authority=Authority.ONE).choices == ["new_link"]
    with pytest.raises(NotOffered):
        talk.says("new_link_2")
    assert talk.knows(is_case_open=False).choices == []


def test_a_child_who_waits_may_stop_at_any_time() -> None:
    talk = Talk(CHILD, "child.awaiting_parents")
    assert talk.does(Always.WITHDRAW) == "closing.withdrawn"
    assert talk.says("undo") == "offer.ask_interest"
