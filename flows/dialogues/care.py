"""Stop for words that tell of danger; right also when nothing was meant (req. 29)."""

from flows.effects import HumanRequested, Reason
from flows.guards import is_number_unwelcome
from flows.model import RETURN, Answer, Flow, Into, State, msg

CARE = Flow(
    id="care",
    version=1,
    status=msg("care.status"),
    states=(
        # Nothing is kept of the words, and nobody is told unless the person asks.
        State(
            "explain_help",
            says=(msg("care.explain_help"),),
            answers=(
                Answer(
                    "go_on",
                    msg("care.explain_help.go_on"),
                    to=RETURN,
                ),
                Answer(
                    "human",
                    msg("care.explain_help.human"),
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
