"""Choose a word of one's own that opens the chat again when it is covered."""

from flows.guards import has_own_word
from flows.model import GIVEN, RETURN, Answer, Flow, Input, State, msg
from flows.ways_back import OwnWordChosen, OwnWordRemoved

WORD = Flow(
    id="word",
    version=1,
    status=msg("word.status"),
    states=(
        State(
            "explain_word",
            says=(msg("word.explain_word"), msg("word.explain_limits")),
            answers=(
                Answer(
                    "choose",
                    msg("word.explain_word.choose"),
                    unless=has_own_word,
                    to="ask_word",
                ),
                Answer(
                    "change",
                    msg("word.explain_word.change"),
                    when=has_own_word,
                    to="ask_word",
                ),
                Answer(
                    "remove",
                    msg("word.explain_word.remove"),
                    when=has_own_word,
                    to="explain_removed",
                    records=OwnWordRemoved(),
                ),
                Answer("go_on", msg("word.go_on"), to=RETURN),
            ),
        ),
        # Whatever is typed here is taken out of the chat, also what cannot be a word.
        State(
            "ask_word",
            says=(msg("word.ask_word"),),
            asks_for=Input.WORD,
            answers=(
                Answer(GIVEN, None, to="explain_kept", records=OwnWordChosen),
                Answer("leave", msg("word.ask_word.leave"), to=RETURN),
            ),
        ),
        State(
            "explain_kept",
            says=(msg("word.explain_kept"),),
            answers=(Answer("go_on", msg("word.go_on"), to=RETURN),),
        ),
        State(
            "explain_removed",
            says=(msg("word.explain_removed"),),
            answers=(Answer("go_on", msg("word.go_on"), to=RETURN),),
        ),
    ),
)
