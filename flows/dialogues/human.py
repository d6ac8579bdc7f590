"""Hand the person to a human: whom to call, and how they may be reached."""

from functools import partial

from flows.effects import DetailGiven, DetailSkipped
from flows.facts import Detail
from flows.guards import (
    can_return,
    has_contact,
    is_age_unknown,
    is_number_unwelcome,
    is_number_welcome,
    may_answer_again,
)
from flows.meanwhile import Meanwhile
from flows.model import (
    GIVEN,
    RETURN,
    Answer,
    Flow,
    Input,
    Instead,
    Into,
    Move,
    State,
    msg,
    once,
)

#: It is asked of whoever waits for a human, and is not any more once one has looked.
LOOKED_AT = Move(Meanwhile.LOOKED_AT, Into("human", "awaiting_human"))

#: What is told where a human is waited for, and where the person may call one.
RESTS_SINCE = (
    Instead(
        once(Meanwhile.LOOKED_AT),
        says=(msg("human.looked_at"), msg("human.offices")),
        status=msg("human.looked_at_status"),
    ),
    Instead(
        once(Meanwhile.NO_NUMBER),
        says=(msg("human.awaiting_call"),),
        status=msg("human.awaiting_call.status"),
    ),
)


HUMAN = Flow(
    id="human",
    version=1,
    status=msg("human.status"),
    states=(
        State(
            "explain_human",
            says=(msg("human.explain_human"), msg("human.offices")),
            instead=(
                Instead(
                    once(Meanwhile.NO_NUMBER), says=(msg("human.explain_no_number"),)
                ),
                Instead(
                    once(Meanwhile.TURNING_18),
                    says=(msg("human.explain_turning_18"), msg("human.offices")),
                ),
            ),
            moves=(LOOKED_AT,),
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
            moves=(LOOKED_AT,),
            answers=(
                Answer("yes", msg("human.ask_if_15.yes"), to="ask_contact"),
                Answer("no", msg("human.ask_if_15.no"), to="awaiting_call"),
            ),
        ),
        State(
            "ask_contact",
            says=(msg("human.ask_contact"),),
            asks_for=Input.CONTACT,
            moves=(LOOKED_AT,),
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_times",
                    records=partial(DetailGiven, Detail.HUMAN_CONTACT),
                ),
                Answer(
                    "same",
                    msg("human.ask_contact.same"),
                    when=has_contact,
                    to="ask_times",
                    records=DetailGiven(Detail.HUMAN_CONTACT, "same"),
                ),
                # What was given before stays: it was the question that was skipped.
                Answer("skip", msg("human.ask_contact.skip"), to="awaiting_human"),
            ),
        ),
        State(
            "ask_times",
            says=(msg("human.ask_times"),),
            asks_for=Input.TIMES,
            moves=(LOOKED_AT,),
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="awaiting_human",
                    records=partial(DetailGiven, Detail.HUMAN_TIMES),
                ),
                Answer(
                    "skip",
                    msg("human.ask_times.skip"),
                    to="awaiting_human",
                    records=DetailSkipped(Detail.HUMAN_TIMES),
                ),
            ),
        ),
        State(
            "awaiting_human",
            says=(msg("human.awaiting_human"), msg("human.offices")),
            rest=True,
            instead=RESTS_SINCE,
            answers=(
                Answer(
                    "go_on",
                    msg("human.awaiting_human.go_on"),
                    when=can_return,
                    to=RETURN,
                ),
                # Only the person's own later yes leads on past this answer.
                Answer(
                    "again",
                    msg("human.awaiting_human.again"),
                    when=may_answer_again,
                    to=Into("offer", "ask_confession"),
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
            instead=RESTS_SINCE,
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
