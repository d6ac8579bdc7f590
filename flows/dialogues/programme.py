"""Tell the programme in three short messages."""

from flows.guards import has_code, has_link, lacks_code
from flows.model import Answer, Flow, Into, State, msg
from flows.ways_back import OwnCodeGiven

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
                # The code comes before anything personal is asked: until then there is
                # no way back into a chat that was covered.
                Answer(
                    "go_on",
                    msg("programme.explain_programme.go_on"),
                    when=lacks_code,
                    to=Into("referral"),
                    records=OwnCodeGiven(),
                ),
                Answer(
                    "go_on",
                    msg("programme.explain_programme.go_on"),
                    when=has_code,
                    to=Into("referral", "ask_role"),
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
