"""Whole ways from the letter to the yes, with nothing shown or told before."""

import pytest

from flows.always import Always
from flows.effects import ConsentGiven, HoldersInvited, HumanRequested, Purpose, Reason
from flows.facts import Facts
from flows.rules.required import BY_HOLDERS, BY_PARTIES
from tests.flows.talk import CHILD, OFFENDER, PARENT, VICTIM, YOUTH, Talk, new

INTAKE = ["skip", "skip", "no", "no", "skip"]


def begins(person: Facts, band: str = "18") -> Talk:
    """Come with a letter and read up to the question of interest."""
    talk = Talk(new(person))
    assert talk.says("yes", "da", "go_on", band, "go_on") == "offer.ask_interest"
    return talk


def agrees(talk: Talk) -> str:
    """Go from the summary to the yes."""
    return talk.says("right", "go_on", "yes", "yes", "no", "yes", "yes")


def test_an_adult_who_was_harmed() -> None:
    talk = begins(VICTIM)
    talk.says("yes", "stranger", "no", "no", "go_on", "skip")
    talk.says("given", value="+4520123456")
    talk.knows(has_phone=True, has_contact=True)
    assert talk.says(*INTAKE) == "consent.ask_summary"
    assert agrees(talk) == "consent.consented"
    assert talk.known.shown >= set(BY_PARTIES)


@pytest.mark.parametrize(("person", "band"), [(CHILD, "12_14"), (YOUTH, "15_17")])
def test_a_minor(person: Facts, band: str) -> None:
    talk = begins(person, band).knows(has_phone=True, has_contact=band == "15_17")
    talk.says("yes", "school_or_work", "no", "no", "go_on", "go_on")
    talk.says("given", value="2010-04")
    talk.says("yes", "both", "yes")
    talk.says("given", value="Bo")
    reached = ["skip", *INTAKE[1:]] if band == "12_14" else ["skip", "skip", *INTAKE]
    assert talk.says(*reached) == "consent.ask_summary"
    assert agrees(talk) == "child.awaiting_parents"
    assert talk.effects[-2:] == [ConsentGiven(Purpose.TAKE_PART), HoldersInvited()]


def test_a_parent() -> None:
    talk = Talk(new(PARENT), "holder")
    talk.says("yes", "en", "go_on", "go_on", "go_on", "go_on")
    talk.says("given", value="Ann Lund")
    talk.says("mother", "no", "skip", "yes", "yes", "no", "yes")
    assert talk.says("yes") == "parental.stated"
    assert talk.known.shown >= set(BY_HOLDERS)


def test_somebody_close_who_caused_harm_comes_no_further_without_a_human() -> None:
    talk = begins(OFFENDER).knows(is_held=True)
    assert talk.says("yes", "yes", "partner") == "safety.stopped"
    assert talk.does(*[Always.BACK] * 9) == "safety.stopped"
    talk.knows(is_held=False)
    assert talk.says("go_on", "no", "no", "go_on") == "intake.ask_name"


def test_who_stops_and_comes_back_answers_everything_afresh() -> None:
    """What was told before counts for no later yes."""
    talk = begins(VICTIM).knows(has_phone=True, has_contact=True)
    talk.says("yes", "stranger", "no", "no", "go_on")
    talk.does(Always.WITHDRAW)
    assert talk.says("undo", "yes") == "safety.ask_tie"
    assert not talk.known.is_gate_passed


def test_who_stops_before_the_programme_reads_it_before_any_yes() -> None:
    talk = Talk(new(VICTIM), "arrival.ask_age")
    talk.says("18")
    talk.known = Talk(new(VICTIM), "arrival.ask_age").known
    talk.does(Always.WITHDRAW)
    talk.knows(has_phone=True, has_contact=True)
    talk.says("undo", "yes", "stranger", "no", "no", "go_on", "skip", "skip", *INTAKE)
    assert talk.says("right", "go_on", "yes") == "programme.explain_programme"


def test_two_who_are_close_by_the_coordinators_word() -> None:
    talk = begins(VICTIM).knows(is_information_only=True, is_held=True)
    assert talk.says("yes") == "human.explain_human"
    assert talk.effects[-1] == HumanRequested(Reason.CLOSE_RELATION)
    assert talk.is_let_go_on() == "safety.ask_orders"
    talk.says("no", "no")
    assert talk.known.is_gate_passed
