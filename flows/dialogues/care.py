"""Stop for words that tell of danger; right also when nothing was meant (req. 29)."""

from flows.detours import ways_to_human
from flows.model import RETURN, Answer, Flow, State, msg

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
                *ways_to_human(msg("care.explain_help.human")),
            ),
        ),
    ),
)
