"""Change the language at any moment; the place is kept."""

from flows.language_buttons import language_buttons
from flows.model import RETURN, Flow, State, msg

LANGUAGE = Flow(
    id="language",
    version=1,
    status=msg("language.status"),
    states=(
        State(
            "ask_language",
            says=(msg("language.ask_language"),),
            answers=language_buttons(RETURN),
        ),
    ),
)
