"""Show the summary, give the notice on data, and ask whether they take part."""

from flows.effects import (
    ConsentGiven,
    ConsentRefused,
    HumanRequested,
    Purpose,
    Reason,
)
from flows.guards import has_contact, is_case_open
from flows.model import Answer, Flow, Into, State, msg

CONSENT = Flow(
    id="consent",
    version=1,
    status=msg("consent.status"),
    states=(
        State(
            "ask_summary",
            says=(msg("consent.ask_summary"),),
            answers=(
                Answer(
                    "right",
                    msg("consent.ask_summary.right"),
                    when=has_contact,
                    to="ask_data",
                ),
                # Without a way to be reached the yes would lead to nobody.
                Answer(
                    "right",
                    msg("consent.ask_summary.right"),
                    unless=has_contact,
                    to=Into("intake", "ask_phone"),
                ),
                Answer(
                    "name",
                    msg("consent.ask_summary.name"),
                    to=Into("intake", "ask_name"),
                ),
                Answer(
                    "contact",
                    msg("consent.ask_summary.contact"),
                    to=Into("intake", "ask_phone"),
                ),
                Answer(
                    "times",
                    msg("consent.ask_summary.times"),
                    to=Into("intake", "ask_times"),
                ),
                Answer(
                    "interpreter",
                    msg("consent.ask_summary.interpreter"),
                    to=Into("intake", "ask_interpreter"),
                ),
                Answer(
                    "access",
                    msg("consent.ask_summary.access"),
                    to=Into("intake", "ask_access"),
                ),
                Answer(
                    "support",
                    msg("consent.ask_summary.support"),
                    to=Into("intake", "ask_support"),
                ),
            ),
        ),
        # The notice on data is a record of its own, apart from taking part.
        State(
            "ask_data",
            says=(msg("consent.explain_data"), msg("consent.ask_data")),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("consent.ask_data.yes"),
                    to="ask_take_part",
                    records=ConsentGiven(Purpose.DATA_NOTICE),
                ),
                Answer(
                    "full",
                    msg("consent.ask_data.full"),
                    to="explain_data_in_full",
                ),
                Answer(
                    "no",
                    msg("consent.ask_data.no"),
                    to=Into("human"),
                    then=Into("consent", "ask_data"),
                    records=(
                        ConsentRefused(Purpose.DATA_NOTICE),
                        HumanRequested(Reason.DATA_NOTICE_REFUSED),
                    ),
                ),
            ),
        ),
        State(
            "explain_data_in_full",
            says=(msg("consent.data_in_full"),),
            answers=(
                Answer(
                    "go_on",
                    msg("consent.explain_data_in_full.go_on"),
                    to="ask_data",
                ),
            ),
        ),
        State(
            "ask_take_part",
            says=(msg("consent.explain_take_part"), msg("consent.ask_take_part")),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("consent.ask_take_part.yes"),
                    to="consented",
                    records=ConsentGiven(Purpose.TAKE_PART),
                ),
                Answer(
                    "talk_first",
                    msg("consent.ask_take_part.talk_first"),
                    to=Into("human"),
                    then=Into("consent", "ask_take_part"),
                    records=HumanRequested(Reason.TALK_FIRST),
                ),
                Answer("later", msg("consent.ask_take_part.later"), to="paused"),
                Answer(
                    "no",
                    msg("consent.ask_take_part.no"),
                    to="declined",
                    records=ConsentRefused(Purpose.TAKE_PART),
                ),
            ),
        ),
        State(
            "consented",
            says=(msg("consent.consented"), msg("consent.explain_next")),
            rest=True,
            status=msg("consent.consented.status"),
        ),
        State(
            "paused",
            says=(msg("consent.paused"),),
            rest=True,
            status=msg("consent.paused.status"),
            answers=(
                Answer(
                    "go_on",
                    msg("consent.paused.go_on"),
                    when=is_case_open,
                    to="ask_take_part",
                ),
            ),
        ),
        State(
            "declined",
            says=(msg("consent.declined"),),
            rest=True,
            status=msg("consent.declined.status"),
            answers=(
                Answer(
                    "change",
                    msg("consent.declined.change"),
                    when=is_case_open,
                    to="ask_take_part",
                ),
            ),
        ),
    ),
)
