"""Ask whether somebody says stop whose own words may mean it; one tap leads back."""

from flows.effects import HumanRequested, Reason, Withdrew
from flows.guards import is_number_unwelcome
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
                Answer(
                    "human",
                    msg("stopping.ask_stop.human"),
                    unless=is_number_unwelcome,
                    to=Into("human"),
                    then=RETURN,
                    records=HumanRequested(Reason.ASKED_FOR),
                ),
                # Nobody can contact who is under 15: we have no number of them.
                Answer(
                    "human",
                    msg("common.whom_to_call"),
                    when=is_number_unwelcome,
                    to=Into("human", "awaiting_call"),
                    then=RETURN,
                    records=HumanRequested(Reason.ASKED_FOR),
                ),
            ),
        ),
    ),
)
