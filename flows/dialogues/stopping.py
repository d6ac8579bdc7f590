"""Ask whether somebody says stop whose own words may mean it; one tap leads back."""

from flows.detours import ways_to_human
from flows.effects import Withdrew
from flows.model import RETURN, Answer, Flow, Into, State, msg

STOPPING = Flow(
    id="stopping",
    version=1,
    status=msg("stopping.status"),
    states=(
        # The same words for a party, a child and a parent: each stops for themselves.
        State(
            "ask_stop",
            says=(msg("stopping.ask_stop"),),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("stopping.ask_stop.yes"),
                    to=Into("closing", "withdrawn"),
                    records=Withdrew(),
                ),
                Answer("no", msg("stopping.ask_stop.no"), to=RETURN),
                *ways_to_human(msg("stopping.ask_stop.human")),
            ),
        ),
    ),
)
