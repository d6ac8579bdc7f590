"""Ask whether words were an answer that may have meant something else as well."""

from flows.model import RETURN, Answer, Flow, State, msg

DOUBT = Flow(
    id="doubt",
    version=1,
    status=msg("doubt.status"),
    states=(
        # The words lie sealed beside the answers until this is answered.
        State(
            "ask_if_answer",
            says=(msg("doubt.ask_if_answer"),),
            answers=(
                Answer("yes", msg("doubt.ask_if_answer.yes"), to=RETURN),
                Answer("no", msg("doubt.ask_if_answer.no"), to=RETURN),
            ),
        ),
    ),
)
