"""Tell the programme in three short messages."""

from flows.guards import has_link
from flows.model import Answer, Flow, Into, State, msg

PROGRAMME = Flow(
    id="programme",
    version=1,
    status=msg("programme.status"),
    states=(
        State(
            "explain_programme",
            says=(
                msg("programme.explain_meeting"),
                msg("programme.explain_choice"),
                msg("programme.explain_afterwards"),
            ),
            answers=(
                Answer(
                    "go_on",
                    msg("programme.explain_programme.go_on"),
                    when=has_link,
                    to=Into("offer"),
                ),
                Answer(
                    "go_on",
                    msg("programme.explain_programme.go_on"),
                    unless=has_link,
                    to=Into("referral"),
                ),
                Answer(
                    "topics",
                    msg("programme.explain_programme.topics"),
                    to=Into("topics"),
                    then=Into("programme"),
                ),
            ),
        ),
    ),
)
