"""A mediator joins by invitation; everything else comes as notices."""

from flows.effects import LetterAccepted, LetterRefused, StaffJoined
from flows.model import Answer, Flow, State, msg

MEDIATOR = Flow(
    id="mediator",
    version=1,
    status=msg("mediator.status"),
    states=(
        State(
            "ask_invitation",
            says=(msg("mediator.ask_invitation"),),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("mediator.ask_invitation.yes"),
                    to="ready",
                    records=(LetterAccepted(), StaffJoined()),
                ),
                Answer(
                    "no",
                    msg("mediator.ask_invitation.no"),
                    to="not_for_you",
                    records=LetterRefused(),
                ),
            ),
        ),
        State("ready", says=(msg("mediator.ready"),), rest=True),
        # As for a party: nothing before they write.
        State(
            "let_go",
            says=(msg("mediator.let_go"),),
            rest=True,
            status=msg("mediator.let_go.status"),
        ),
        State("not_for_you", says=(msg("arrival.not_for_you"),), rest=True),
    ),
)
