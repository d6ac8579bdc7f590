"""A coordinator joins by invitation; everything else comes as notices."""

from flows.effects import LetterAccepted, LetterRefused, StaffJoined
from flows.model import Answer, Flow, State, msg

COORDINATOR = Flow(
    id="coordinator",
    version=1,
    status=msg("coordinator.status"),
    states=(
        State(
            "ask_invitation",
            says=(msg("coordinator.ask_invitation"),),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("coordinator.ask_invitation.yes"),
                    to="ready",
                    records=(LetterAccepted(), StaffJoined()),
                ),
                Answer(
                    "no",
                    msg("coordinator.ask_invitation.no"),
                    to="not_for_you",
                    records=LetterRefused(),
                ),
            ),
        ),
        State("ready", says=(msg("coordinator.ready"),), rest=True),
        # As for a party: nothing before they write.
        State(
            "let_go",
            says=(msg("coordinator.let_go"),),
            rest=True,
            status=msg("coordinator.let_go.status"),
        ),
        State("not_for_you", says=(msg("arrival.not_for_you"),), rest=True),
    ),
)
