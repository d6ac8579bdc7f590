"""Welcome a person, with or without a letter, up to the age band."""

from flows.effects import AgeBandGiven, LetterAccepted, LetterRefused
from flows.facts import AgeBand
from flows.guards import is_letter_served
from flows.language_buttons import language_buttons
from flows.model import Answer, Flow, Into, State, msg

ARRIVAL = Flow(
    id="arrival",
    version=1,
    status=msg("arrival.status"),
    states=(
        # Nothing here says on which side of the case the letter's owner stands.
        State(
            "ask_letter",
            says=(msg("arrival.ask_letter"),),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("arrival.ask_letter.yes"),
                    when=is_letter_served,
                    to="ask_language",
                    records=LetterAccepted(),
                ),
                # The letter stays free: its owner may be served later.
                Answer(
                    "yes",
                    msg("arrival.ask_letter.yes"),
                    unless=is_letter_served,
                    to="not_served",
                ),
                Answer(
                    "no",
                    msg("arrival.ask_letter.no"),
                    to="not_for_you",
                    records=LetterRefused(),
                ),
            ),
        ),
        State(
            "ask_language",
            says=(msg("arrival.ask_language"),),
            answers=language_buttons("explain_bot"),
        ),
        State(
            "explain_bot",
            says=(msg("arrival.explain_bot"), msg("arrival.explain_safety")),
            answers=(Answer("go_on", msg("arrival.explain_bot.go_on"), to="ask_age"),),
        ),
        State(
            "ask_age",
            says=(msg("arrival.ask_age"),),
            by_age=True,
            answers=(
                Answer(
                    "under_12",
                    msg("arrival.ask_age.under_12"),
                    to=Into("programme"),
                    records=AgeBandGiven(AgeBand.UNDER_12),
                ),
                Answer(
                    "12_14",
                    msg("arrival.ask_age.12_14"),
                    to=Into("programme"),
                    records=AgeBandGiven(AgeBand.FROM_12_TO_14),
                ),
                Answer(
                    "15_17",
                    msg("arrival.ask_age.15_17"),
                    to=Into("programme"),
                    records=AgeBandGiven(AgeBand.FROM_15_TO_17),
                ),
                Answer(
                    "18",
                    msg("arrival.ask_age.18"),
                    to=Into("programme"),
                    records=AgeBandGiven(AgeBand.ADULT),
                ),
            ),
        ),
        State("not_for_you", says=(msg("arrival.not_for_you"),), rest=True),
        State("not_served", says=(msg("common.not_served"),), rest=True),
    ),
)
