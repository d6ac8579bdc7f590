"""Change the number that a mediator may call; the yes that was said stands."""

from functools import partial

from flows.effects import DetailGiven
from flows.facts import Detail
from flows.model import GIVEN, RETURN, Answer, Flow, Input, State, msg

NUMBER = Flow(
    id="number",
    version=1,
    status=msg("number.status"),
    states=(
        State(
            "ask_phone",
            says=(msg("number.ask_phone"),),
            asks_for=Input.PHONE,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to=RETURN,
                    records=partial(DetailGiven, Detail.PHONE),
                ),
                Answer("keep", msg("number.ask_phone.keep"), to=RETURN),
            ),
        ),
    ),
)
