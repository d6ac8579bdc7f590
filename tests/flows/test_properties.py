"""What holds for every person, whatever they answer, in whatever order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from flows import FLOWS
from flows.always import AFTER_WITHDRAWAL, CARE, OPENS, STOPPING, Always
from flows.checks.check import visited
from flows.checks.paths import ENTRIES
from flows.effects import (
    ConsentGiven,
    HumanRequested,
    Withdrew,
)
from flows.engine import (
    advance,
    back,
    interrupt,
    pause,
    start,
    state_at,
)
from flows.fact_search import tried
from flows.facts import Facts
from flows.irreversible import lasts
from flows.model import Answer, Into, Place, Position, Turn
from flows.rules.required import NAME_A_HUMAN
from tests.flows.drawn_facts import any_facts
from tests.flows.talk import YOUTH

PLACES = {Place(flow.id, s.name) for flow in FLOWS.values() for s in flow.states}


beginnings = st.sampled_from(ENTRIES)
actions = st.sampled_from(list(Always))
#: What a person does next: the number of an answer, or something always open.
moves = st.lists(st.tuples(st.integers(0, 12) | actions, any_facts), max_size=30)
Moves = list[tuple[int | Always, Facts]]
#: Somebody whom nothing holds up.
FREE = Facts(has_place_to_return=True, is_held=False)
HELD = Facts(has_place_to_return=True, is_held=True)


def opened(position: Position, known: Facts) -> tuple[Answer, ...]:
    state = state_at(FLOWS, position.place)
    return tuple(answer for answer in state.answers if answer.is_open(known))


def turns(into: Into, said: Moves) -> Iterator[tuple[Position, Turn]]:
    """Play a talk from a beginning."""
    return played(start(FLOWS, into), said)


def played(position: Position, said: Moves) -> Iterator[tuple[Position, Turn]]:
    """Play a talk; nothing is said where nothing is open."""
    for move, known in said:
        if isinstance(move, Always):
            turn = interrupt(FLOWS, position, move, known)
        elif answers := opened(position, known):
            answer = answers[move % len(answers)]
            turn = advance(FLOWS, position, answer.name, known, "typed")
        else:
            continue
        yield position, turn
        position = turn.position


def after(into: Into, said: Moves) -> Position:
    position = start(FLOWS, into)
    for _, turn in turns(into, said):
        position = turn.position
    return position


@given(beginnings, moves)
def test_no_row_of_answers_leaves_the_dialogues(into: Into, said: Moves) -> None:
    for _, turn in turns(into, said):
        at = turn.position
        waiting = [frame.place for frame in at.returns]
        trails = [place for frame in at.returns for place in frame.trail]
        assert {at.place, *at.trail, *waiting, *trails} <= PLACES


@given(beginnings, moves)
def test_what_waits_does_not_pile_up(into: Into, said: Moves) -> None:
    """However long somebody plays, a talk stays small enough to be kept."""
    for _, turn in turns(into, said):
        assert len(turn.position.returns) <= len(FLOWS)
        assert len(turn.position.trail) <= 20


@given(beginnings, moves, actions)
def test_every_action_works_in_every_place(
    into: Into, said: Moves, action: Always
) -> None:
    before = after(into, said)
    turn = interrupt(FLOWS, before, action, FREE)
    assert turn.position.place in PLACES
    if action is Always.WITHDRAW:
        assert turn == Turn(start(FLOWS, AFTER_WITHDRAWAL), (Withdrew(),))
    elif action not in {*OPENS, Always.BACK}:
        assert turn == Turn(before)


@given(beginnings, moves, st.sampled_from(list(OPENS)))
def test_an_excursion_never_loses_the_place(
    into: Into, said: Moves, action: Always
) -> None:
    before = after(into, said)
    assume(before.place.dialogue != OPENS[action].dialogue)
    opened = interrupt(FLOWS, before, action, FREE).position
    assert back(opened, FREE).place == before.place


@given(beginnings, moves)
def test_going_back_comes_to_an_end(into: Into, said: Moves) -> None:
    position = after(into, said)
    for _ in range(20 * (len(FLOWS) + 1)):
        position = back(position, FREE)
    assert back(position, FREE) == position


@given(st.integers(0, 30))
def test_going_back_never_leads_past_a_human(backs: int) -> None:
    """Who told the police only partly is held, however often they go back."""
    position = start(FLOWS, Into("offer", "ask_confession"))
    position = advance(FLOWS, position, "partly", HELD).position
    for _ in range(backs):
        position = back(position, HELD)
    assert position.place.dialogue == "human"


@given(beginnings, moves)
def test_going_back_never_undoes_what_counts(into: Into, said: Moves) -> None:
    """After a yes to taking part, no row of backs comes before that yes."""
    for asked, turn in turns(into, said):
        position = turn.position
        if any(map(lasts, turn.effects)):
            assert position.trail == ()
        if any(isinstance(effect, ConsentGiven) for effect in turn.effects):
            for _ in range(len(FLOWS)):
                position = back(position, FREE)
                assert position.place != asked.place


@given(beginnings, moves)
def test_a_yes_is_recorded_only_where_it_was_asked(into: Into, said: Moves) -> None:
    for asked, turn in turns(into, said):
        if any(isinstance(effect, ConsentGiven) for effect in turn.effects):
            assert state_at(FLOWS, asked.place).strict


@given(beginnings, moves)
def test_whoever_goes_to_a_human_is_told_so(into: Into, said: Moves) -> None:
    """At once, or with the name of a human, or after the help numbers."""
    helped = {Place("safety", "explain_help")}
    for _, turn in turns(into, said):
        if any(isinstance(effect, HumanRequested) for effect in turn.effects):
            place = turn.position.place
            named = NAME_A_HUMAN.intersection(state_at(FLOWS, place).says)
            assert named or place in helped


@given(moves, st.integers(1, 40))
def test_going_back_never_changes_the_age_once_interest_is_told(
    said: Moves, backs: int
) -> None:
    """A child does not become an adult by answering another question again."""
    position = start(FLOWS, Into("arrival", "ask_age"))
    for answer in ("15_17", "go_on", "yes"):
        position = advance(FLOWS, position, answer, YOUTH).position
    aged = [(move, replace(known, is_age_known=True)) for move, known in said]
    for _, turn in played(position, aged):
        position = turn.position
    for _ in range(backs):
        position = back(position, FREE)
        assert position.place != Place("arrival", "ask_age")


@given(beginnings, moves)
def test_words_of_danger_never_lose_the_place(into: Into, said: Moves) -> None:
    before = after(into, said)
    assume(before.place.dialogue != "care")
    turn = pause(FLOWS, before, CARE)
    assert turn.effects == ()
    assert turn.position.place == Place("care", "explain_help")
    again = advance(FLOWS, turn.position, "go_on", FREE).position
    assert again.place == before.place


@given(beginnings, moves)
def test_the_question_about_a_stop_never_loses_the_place(
    into: Into, said: Moves
) -> None:
    before = after(into, said)
    assume(before.place.dialogue != "stopping")
    turn = pause(FLOWS, before, STOPPING)
    assert turn.effects == ()
    assert turn.position.place == Place("stopping", "ask_stop")
    again = advance(FLOWS, turn.position, "no", FREE).position
    assert again.place == before.place


@given(beginnings, moves)
def test_nothing_is_asked_that_cannot_be_answered(into: Into, said: Moves) -> None:
    position = after(into, said)
    state = state_at(FLOWS, position.place)
    for _, known in said:
        assert state.rest or opened(position, known)


def test_every_answer_of_every_dialogue_leads_somewhere() -> None:
    """The whole walk, not a sample: each place, each answer, each set of facts."""
    tried = 0
    for place in PLACES:
        for answer in state_at(FLOWS, place).answers:
            turn = _taken(place, answer)
            assert turn.position.place in PLACES
            tried += 1
    assert tried == visited(FLOWS).answers


def _taken(place: Place, answer: Answer) -> Turn:
    """Take an answer with the first facts under which it is open."""
    for trial in tried(answer.is_open, Facts(is_reviewing=False)):
        if trial.outcome:
            ways = state_at(FLOWS, place).answers
            others = [way for way in ways if way.name == answer.name]
            for known in tried(_all_of(others), trial.facts):
                return advance(FLOWS, Position(place), answer.name, known.facts)
    raise AssertionError(f"{place}: nobody can ever answer {answer.name}")


def _all_of(ways: Sequence[Answer]) -> Callable[[Facts], list[bool]]:
    return lambda facts: [way.is_open(facts) for way in ways]
