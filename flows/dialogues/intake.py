"""Ask how to reach and help the person: seven questions, one at a time."""

from functools import partial

from flows.effects import DetailGiven, DetailSkipped, SummaryShown
from flows.facts import Detail
from flows.guards import has_phone, is_under_15
from flows.model import GIVEN, Answer, Flow, Input, Into, State, msg

SUMMARY = Into("consent")

INTAKE = Flow(
    id="intake",
    version=2,
    status=msg("intake.status"),
    states=(
        State(
            "ask_name",
            says=(msg("intake.ask_name"),),
            asks_for=Input.NAME,
            step=1,
            again_to=SUMMARY,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    unless=is_under_15,
                    to="ask_phone",
                    records=partial(DetailGiven, Detail.NAME),
                ),
                Answer(
                    "skip",
                    msg("intake.ask_name.skip"),
                    unless=is_under_15,
                    to="ask_phone",
                    records=DetailSkipped(Detail.NAME),
                ),
                # Under 15 no number and no address: a parent is the way.
                Answer(
                    GIVEN,
                    None,
                    when=is_under_15,
                    to="ask_times",
                    records=partial(DetailGiven, Detail.NAME),
                ),
                Answer(
                    "skip",
                    msg("intake.ask_name.skip"),
                    when=is_under_15,
                    to="ask_times",
                    records=DetailSkipped(Detail.NAME),
                ),
            ),
        ),
        # Changed from the summary, it leads on to the e-mail address: one of
        # the two must stand.
        State(
            "ask_phone",
            says=(msg("intake.ask_phone"),),
            asks_for=Input.PHONE,
            step=2,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_email",
                    records=partial(DetailGiven, Detail.PHONE),
                ),
                Answer(
                    "skip",
                    msg("intake.ask_phone.skip"),
                    unless=has_phone,
                    to="ask_email",
                    records=DetailSkipped(Detail.PHONE),
                ),
                # What was given before stays: it was the question that was skipped.
                Answer(
                    "skip",
                    msg("intake.ask_phone.skip"),
                    when=has_phone,
                    to="ask_email",
                ),
            ),
        ),
        State(
            "ask_email",
            says=(msg("intake.ask_email"),),
            asks_for=Input.EMAIL,
            step=3,
            again_to=SUMMARY,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_times",
                    records=partial(DetailGiven, Detail.EMAIL),
                ),
                Answer(
                    "skip",
                    msg("intake.ask_email.skip"),
                    when=has_phone,
                    to="ask_times",
                    records=DetailSkipped(Detail.EMAIL),
                ),
                Answer(
                    "phone",
                    msg("intake.ask_email.phone"),
                    unless=has_phone,
                    to="ask_phone",
                ),
            ),
        ),
        State(
            "ask_times",
            says=(msg("intake.ask_times"),),
            asks_for=Input.TIMES,
            step=4,
            again_to=SUMMARY,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_interpreter",
                    records=partial(DetailGiven, Detail.TIMES),
                ),
                Answer(
                    "skip",
                    msg("intake.ask_times.skip"),
                    to="ask_interpreter",
                    records=DetailSkipped(Detail.TIMES),
                ),
            ),
        ),
        State(
            "ask_interpreter",
            says=(msg("intake.ask_interpreter"),),
            asks_for=Input.TEXT,
            step=5,
            again_to=SUMMARY,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_access",
                    records=partial(DetailGiven, Detail.INTERPRETER),
                ),
                Answer(
                    "no",
                    msg("intake.ask_interpreter.no"),
                    to="ask_access",
                    records=DetailGiven(Detail.INTERPRETER, "no"),
                ),
            ),
        ),
        State(
            "ask_access",
            says=(msg("intake.ask_access"),),
            asks_for=Input.TEXT,
            step=6,
            again_to=SUMMARY,
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_support",
                    records=partial(DetailGiven, Detail.ACCESS),
                ),
                Answer(
                    "no",
                    msg("intake.ask_access.no"),
                    to="ask_support",
                    records=DetailGiven(Detail.ACCESS, "no"),
                ),
            ),
        ),
        State(
            "ask_support",
            says=(msg("intake.ask_support"),),
            step=7,
            answers=(
                Answer(
                    "yes",
                    msg("intake.ask_support.yes"),
                    to=SUMMARY,
                    records=(DetailGiven(Detail.SUPPORT, "yes"), SummaryShown()),
                ),
                Answer(
                    "no",
                    msg("intake.ask_support.no"),
                    to=SUMMARY,
                    records=(DetailGiven(Detail.SUPPORT, "no"), SummaryShown()),
                ),
                Answer(
                    "skip",
                    msg("intake.ask_support.skip"),
                    to=SUMMARY,
                    records=(DetailSkipped(Detail.SUPPORT), SummaryShown()),
                ),
            ),
        ),
    ),
)
