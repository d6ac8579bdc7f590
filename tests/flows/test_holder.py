"""A parent reads, tells who they are, and answers; nothing more is told or asked."""

import pytest

from flows.always import Always
from flows.effects import (
    ConsentGiven,
    ConsentRefused,
    DetailGiven,
    DetailSkipped,
    HolderAuthorityGiven,
    HolderRelationGiven,
    HumanRequested,
    LanguageChosen,
    LetterAccepted,
    LetterRefused,
    OtherHolderGiven,
    Purpose,
    Reason,
    Understood,
)
from flows.facts import Detail, HolderRelation, Majority, OtherHolder
from tests.flows.talk import PARENT, Talk


def test_a_mother_reads_everything_and_says_yes() -> None:
    talk = Talk(PARENT, "holder")
    assert talk.says("yes", "da") == "holder.explain_bot"
    assert talk.says("go_on") == "holder.explain_child"
    assert talk.says("go_on") == "holder.explain_programme"
    assert talk.says("go_on") == "holder.explain_before"
    assert talk.says("go_on") == "holder.ask_name"
    assert talk.says("given", value="Ann Lund") == "holder.ask_relation"
    assert talk.says("mother") == "holder.ask_others"
    assert talk.says("no") == "holder.ask_phone"
    assert talk.says("skip") == "parental.ask_data"
    assert talk.says("full", "go_on", "yes") == "understanding.ask_may_say_no"
    assert talk.says("yes", "no", "yes") == "parental.ask_take_part"
    assert talk.says("yes") == "parental.stated"
    assert talk.effects == [
        LetterAccepted(),
        LanguageChosen("da"),
        DetailGiven(Detail.NAME, "Ann Lund"),
        HolderRelationGiven(HolderRelation.MOTHER),
        OtherHolderGiven(OtherHolder.NO),
        DetailSkipped(Detail.PHONE),
        ConsentGiven(Purpose.DATA_NOTICE),
        Understood(),
        ConsentGiven(Purpose.PARENTAL_TAKE_PART),
    ]
    assert talk.does(*[Always.BACK] * 3) == "parental.stated"


def test_a_link_that_is_for_somebody_else_tells_nothing_and_binds_nobody() -> None:
    talk = Talk(PARENT, "holder")
    assert talk.says("no") == "holder.not_for_you"
    assert talk.effects == [LetterRefused()]
    assert talk.choices == []


def test_who_is_neither_mother_nor_father_is_asked_once_more() -> None:
    talk = Talk(PARENT, "holder.ask_relation")
    assert talk.says("other") == "holder.ask_authority"
    assert talk.says("yes") == "holder.ask_others"
    assert talk.effects == [
        HolderRelationGiven(HolderRelation.OTHER),
        HolderAuthorityGiven(claims=True),
    ]
    assert Talk(PARENT, "holder.ask_relation").says("father") == "holder.ask_others"


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_who_may_not_have_the_authority_talks_to_a_human(answer: str) -> None:
    talk = Talk(PARENT, "holder.ask_authority").knows(is_held=True)
    assert talk.says(answer) == "human.explain_human"
    assert talk.effects == [
        HolderAuthorityGiven(claims=False),
        HumanRequested(Reason.HOLDERS_UNCLEAR),
    ]
    assert talk.is_let_go_on() == "holder.ask_authority"


@pytest.mark.parametrize("other", OtherHolder)
def test_whether_somebody_else_has_it_too_is_kept_as_it_was_said(
    other: OtherHolder,
) -> None:
    talk = Talk(PARENT, "holder.ask_others")
    assert talk.says(other.value) == "holder.ask_phone"
    assert talk.effects == [OtherHolderGiven(other)]


def test_a_no_to_the_notice_on_data_goes_to_a_human() -> None:
    talk = Talk(PARENT, "parental.ask_data").knows(is_held=True)
    assert talk.says("no") == "human.explain_human"
    assert talk.effects == [
        ConsentRefused(Purpose.DATA_NOTICE),
        HumanRequested(Reason.DATA_NOTICE_REFUSED),
    ]
    assert talk.is_let_go_on() == "parental.ask_data"


def test_who_wants_to_talk_first_is_asked_again_afterwards() -> None:
    talk = Talk(PARENT, "parental.ask_take_part").knows(is_held=True)
    assert talk.says("talk_first") == "human.explain_human"
    assert talk.effects == [HumanRequested(Reason.TALK_FIRST)]
    assert talk.is_let_go_on() == "parental.ask_take_part"


@pytest.mark.parametrize(
    ("answer", "place", "way_back", "records"),
    [
        ("later", "paused", "go_on", []),
        ("no", "refused", "change", [ConsentRefused(Purpose.PARENTAL_TAKE_PART)]),
    ],
)
def test_not_now_and_no_can_be_changed_until_the_case_ends(
    answer: str, place: str, way_back: str, records: list[ConsentRefused]
) -> None:
    talk = Talk(PARENT, "parental.ask_take_part")
    assert talk.says(answer) == f"parental.{place}"
    assert talk.effects == records
    assert talk.knows(is_case_open=False).choices == []
    assert talk.knows(is_case_open=True).says(way_back) == "parental.ask_take_part"


@pytest.mark.parametrize(
    ("lacks", "leads_to"),
    [
        ("is_informed", "holder.explain_child"),
        ("has_understood", "understanding.ask_may_say_no"),
    ],
)
def test_a_yes_before_all_is_told_and_understood_is_not_kept(
    lacks: str, leads_to: str
) -> None:
    talk = Talk(PARENT, "parental.ask_take_part").knows(**{lacks: False})
    assert talk.says("yes") == leads_to
    assert talk.effects == []


def test_the_question_is_not_put_before_everything_was_told() -> None:
    talk = Talk(PARENT, "parental.ask_data").knows(is_informed=False)
    assert talk.says("yes") == "holder.explain_child"
    assert talk.effects == [ConsentGiven(Purpose.DATA_NOTICE)]


@pytest.mark.parametrize("majority", [Majority.TURNING_18, Majority.ADULT])
def test_from_the_month_of_the_18th_birthday_no_parent_says_yes(
    majority: Majority,
) -> None:
    talk = Talk(PARENT, "parental.ask_take_part").knows(majority=majority)
    assert talk.says("yes") == "parental.frozen"
    assert talk.effects == []
    assert talk.choices == []


def test_a_yes_that_is_too_old_can_be_said_again() -> None:
    talk = Talk(PARENT, "parental.stated")
    assert talk.choices == ["number"]
    assert talk.knows(has_live_yes=False).says("again") == "parental.ask_data"


def test_a_parent_who_stops_may_take_that_back_and_is_asked_everything_afresh() -> None:
    talk = Talk(PARENT, "parental.stated")
    assert talk.does(Always.WITHDRAW) == "closing.withdrawn"
    assert talk.choices == ["undo_parent"]
    assert talk.says("undo_parent") == "holder.explain_child"
    talk.does(Always.WITHDRAW)
    assert talk.knows(is_case_open=False).choices == []
