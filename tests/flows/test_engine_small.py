"""Ways that a dialogue may use, shown on two small ones."""

from flows.engine import advance, start
from flows.model import RETURN, Answer, Flow, Into, Place, State, msg
from tests.flows.talk import VICTIM

WALK = Flow(
    "walk",
    1,
    (
        State(
            "ask_way",
            says=(msg("walk.ask_way"),),
            answers=(
                Answer("stay", msg("walk.ask_way.stay"), to="ask_way"),
                Answer("go_on", msg("walk.ask_way.go_on"), to="ask_rest"),
            ),
        ),
        State(
            "ask_rest",
            says=(msg("walk.ask_rest"),),
            answers=(
                Answer("sit", msg("walk.ask_rest.sit"), to=Into("bench"), then=RETURN),
            ),
        ),
    ),
    msg("walk.status"),
)
BENCH = Flow(
    "bench",
    1,
    (
        State(
            "ask_rested",
            says=(msg("bench.ask_rested"),),
            answers=(Answer("yes", msg("bench.ask_rested.yes"), to=RETURN),),
        ),
    ),
    msg("bench.status"),
)
FLOWS = {"walk": WALK, "bench": BENCH}


def test_an_answer_may_ask_the_same_again() -> None:
    """It is no step, so that going back does not seem to do nothing."""
    before = start(FLOWS, Into("walk"))
    assert advance(FLOWS, before, "stay", VICTIM).position == before


def test_an_answer_may_lead_away_and_back_to_its_own_question() -> None:
    position = start(FLOWS, Into("walk"))
    position = advance(FLOWS, position, "go_on", VICTIM).position
    away = advance(FLOWS, position, "sit", VICTIM).position
    assert away.place == Place("bench", "ask_rested")
    assert advance(FLOWS, away, "yes", VICTIM).position == position


def test_returning_from_nowhere_stays() -> None:
    position = start(FLOWS, Into("bench"))
    assert advance(FLOWS, position, "yes", VICTIM).position == position
