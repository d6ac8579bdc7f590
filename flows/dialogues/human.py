"""Hand the person to a human: whom to call, and how they may be reached."""

from functools import partial

from flows.effects import DetailGiven, DetailSkipped
from flows.guards import (
    can_return,
    has_contact,
    is_age_unknown,
    is_number_unwelcome,
    is_number_welcome,
)
from flows.model import (
    GIVEN,
    RETURN,
    Answer,
    Flow,
    Input,
    State,
    msg,
)

HUMAN = Flow(
    id="human",
    version=1,
    status=msg("human.status"),
    states=(
        State(
            "explain_human",
            says=(msg("human.explain_human"), msg("human.offices")),
            answers=(
                Answer(
                    "go_on",
                    msg("human.explain_human.go_on"),
                    when=is_number_welcome,
                    to="ask_contact",
                ),
                Answer(
                    "go_on",
                    msg("human.explain_human.go_on"),
                    when=is_age_unknown,
                    to="ask_if_15",
                ),
                # Under 15 no number is asked for, so nobody can call: they may.
                Answer(
                    "go_on",
                    msg("common.whom_to_call"),
                    when=is_number_unwelcome,
                    to="awaiting_call",
                ),
            ),
        ),
        State(
            "ask_if_15",
            says=(msg("human.ask_if_15"),),
            answers=(
                Answer("yes", msg("human.ask_if_15.yes"), to="ask_contact"),
                Answer("no", msg("human.ask_if_15.no"), to="awaiting_call"),
            ),
        ),
        State(
            "ask_contact",
            says=(msg("human.ask_contact"),),
            asks_for=Input.CONTACT,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_times",
                    records=partial(DetailGiven, "human_contact"),
                ),
                Answer(
                    "same",
                    msg("human.ask_contact.same"),
                    when=has_contact,
                    to="ask_times",
                    records=DetailGiven("human_contact", "same"),
                ),
                # What was given before stays: it was the question that was skipped.
                Answer("skip", msg("human.ask_contact.skip"), to="awaiting_human"),
            ),
        ),
        State(
            "ask_times",
            says=(msg("human.ask_times"),),
            asks_for=Input.TIMES,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="awaiting_human",
                    records=partial(DetailGiven, "human_times"),
                ),
                Answer(
                    "skip",
                    msg("human.ask_times.skip"),
                    to="awaiting_human",
                    records=DetailSkipped("human_times"),
                ),
            ),
        ),
        State(
            "awaiting_human",
            says=(msg("human.awaiting_human"), msg("human.offices")),
            rest=True,
            answers=(
                Answer(
                    "go_on",
                    msg("human.awaiting_human.go_on"),
                    when=can_return,
                    to=RETURN,
                ),
                Answer(
                    "contact",
                    msg("human.awaiting_human.contact"),
                    when=is_number_welcome,
                    to="ask_contact",
                ),
            ),
        ),
        # Of whom there is no number: it is told plainly, and whom to call instead.
        State(
            "awaiting_call",
            says=(msg("human.awaiting_call"),),
            rest=True,
            status=msg("human.awaiting_call.status"),
            answers=(
                Answer(
                    "go_on",
                    msg("human.awaiting_call.go_on"),
                    when=can_return,
                    to=RETURN,
                ),
            ),
        ),
    ),
)
