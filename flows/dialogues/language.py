"""Change the language at any moment; the place is kept."""

from flows.effects import LanguageChosen
from flows.facts import Language
from flows.guards import is_phone_english
from flows.model import RETURN, Answer, Flow, State, msg

LANGUAGE = Flow(
    id="language",
    version=1,
    status=msg("language.status"),
    states=(
        State(
            "ask_language",
            says=(msg("language.ask_language"),),
            answers=(
                Answer(
                    "da",
                    msg("language.ask_language.da"),
                    to=RETURN,
                    records=LanguageChosen(Language.DA),
                ),
                Answer(
                    "en",
                    msg("language.ask_language.en"),
                    to=RETURN,
                    first_when=is_phone_english,
                    records=LanguageChosen(Language.EN),
                ),
            ),
        ),
    ),
)
