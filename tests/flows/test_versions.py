"""A dialogue gets a new version while people stand in the old one."""

from dataclasses import replace

import pytest

from flows import FLOWS, versions
from flows.checks.check import problems
from flows.dialogues.consent import CONSENT
from flows.model import Frame, Into, Place, Position
from flows.versions import NoMove, exists, missing, renewed

LAST = CONSENT.version
#: Tomorrow's dialogues, with one question fewer.
SECOND = FLOWS | {
    "consent": replace(
        CONSENT,
        version=LAST + 1,
        states=tuple(s for s in CONSENT.states if s.name != "paused"),
    )
}


def ask_again(place: Place) -> Into:
    """The text that is consented to has changed, so every yes is asked for anew."""
    kept = {"ask_summary", "declined"}
    return Into("consent", place.state if place.state in kept else "ask_data")


MOVES = {**versions.MOVES, ("consent", LAST): ask_again}


@pytest.mark.parametrize("state", [state.name for state in CONSENT.states])
def test_nobody_is_stuck_in_a_state_of_the_old_version(state: str) -> None:
    stands = Position(Place("consent", state))
    goes_on = renewed(SECOND, stands, LAST, MOVES).place
    assert exists(SECOND, goes_on)
    assert goes_on.state in {"ask_data", "ask_summary", "declined"}


def test_a_talk_of_the_present_version_stays_where_it_is() -> None:
    stands = Position(Place("consent", "consented"))
    assert renewed(SECOND, stands, LAST + 1, MOVES) == stands


def test_the_way_back_never_leads_into_a_state_that_is_gone() -> None:
    gone, there = Place("consent", "paused"), Place("consent", "ask_data")
    waiting = Frame(gone, (gone, there)), Frame(there, (gone,))
    stands = Position(Place("topics", "ask_topic"), (gone, there), waiting)
    goes_on = renewed(SECOND, stands, LAST, MOVES)
    assert goes_on.trail == (there,)
    assert goes_on.returns == (Frame(Place("consent", "ask_summary")), Frame(there))


def test_a_version_without_a_word_about_the_old_one_is_refused() -> None:
    with pytest.raises(NoMove):
        renewed(SECOND, Position(Place("consent", "paused")), LAST)
    complaint = f"consent: version {LAST} has no move to version {LAST + 1}."
    assert missing(SECOND) == (complaint,)
    assert complaint in problems(SECOND, {"da": set(), "en": set()})
    assert missing(SECOND, MOVES) == ()


def test_the_present_dialogues_leave_nobody_behind() -> None:
    assert missing(FLOWS) == ()


#: What each of these dialogues consisted of before there was a safety gate.
FIRST = {
    "offer": "ask_interest ask_confession paused declined awaiting_human",
    "intake": "ask_name ask_phone ask_email ask_times ask_interpreter ask_access "
    "ask_support",
    "consent": "ask_summary ask_data explain_data_in_full ask_take_part consented "
    "paused declined",
    "closing": "withdrawn ended",
}


@pytest.mark.parametrize(
    ("dialogue", "state"),
    [(dialogue, state) for dialogue, row in FIRST.items() for state in row.split()],
)
def test_nobody_is_stuck_in_a_first_version(dialogue: str, state: str) -> None:
    goes_on = renewed(FLOWS, Position(Place(dialogue, state)), 1).place
    assert exists(FLOWS, goes_on)


@pytest.mark.parametrize("state", FIRST["intake"].split())
def test_who_was_asked_how_to_be_reached_is_first_asked_about_safety(
    state: str,
) -> None:
    goes_on = renewed(FLOWS, Position(Place("intake", state)), 1).place
    assert goes_on == Place("safety", "ask_tie")


@pytest.mark.parametrize("state", ["ask_summary", "ask_data", "ask_take_part"])
def test_who_was_about_to_say_yes_reads_everything_first(state: str) -> None:
    goes_on = renewed(FLOWS, Position(Place("consent", state)), 1).place
    assert goes_on == Place("programme", "explain_programme")


def test_who_said_yes_or_no_rests_where_they_were() -> None:
    for state in ("consented", "declined"):
        place = Place("consent", state)
        assert renewed(FLOWS, Position(place), 1).place == place


def test_minors_for_whom_a_human_had_to_go_on_are_asked_again() -> None:
    waits = Position(Place("offer", "awaiting_human"))
    assert renewed(FLOWS, waits, 1).place == Place("offer", "ask_interest")
