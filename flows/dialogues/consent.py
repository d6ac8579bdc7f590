"""Show the summary, give the notice on data, and ask whether they take part."""

from flows.detours import CHANGES_NUMBER
from flows.effects import (
    ConsentGiven,
    ConsentRefused,
    HoldersInvited,
    HumanRequested,
    Purpose,
    Reason,
)
from flows.guards import (
    can_be_reached,
    is_case_open,
    is_informed,
    is_under_15,
    lacks_parents,
    lacks_safety,
    lacks_understanding,
    may_agree_again,
    may_agree_alone,
    may_agree_while_turning_18,
    may_agree_with_parents,
)
from flows.meanwhile import Meanwhile
from flows.model import Answer, Flow, Instead, Into, Move, State, msg, once

CONSENT = Flow(
    id="consent",
    version=2,
    status=msg("consent.status"),
    states=(
        State(
            "ask_summary",
            says=(msg("consent.ask_summary"),),
            answers=(
                Answer(
                    "right",
                    msg("consent.ask_summary.right"),
                    when=can_be_reached,
                    to="explain_before",
                ),
                # Without a way to be reached the yes would lead to nobody.
                Answer(
                    "right",
                    msg("consent.ask_summary.right"),
                    unless=can_be_reached,
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
                    unless=is_under_15,
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
        State(
            "explain_before",
            says=(msg("consent.explain_before"), msg("consent.explain_rights")),
            answers=(
                Answer("go_on", msg("consent.explain_before.go_on"), to="ask_data"),
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
                    when=is_informed,
                    to=Into("understanding"),
                    then=Into("consent", "ask_take_part"),
                    records=ConsentGiven(Purpose.DATA_NOTICE),
                ),
                # Who has not been told everything reads it first.
                Answer(
                    "yes",
                    msg("consent.ask_data.yes"),
                    unless=is_informed,
                    to=Into("programme"),
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
                    when=may_agree_alone,
                    to="consented",
                    records=ConsentGiven(Purpose.TAKE_PART),
                ),
                # From here the parents are asked: never before the child said yes.
                Answer(
                    "yes",
                    msg("consent.ask_take_part.yes"),
                    when=may_agree_with_parents,
                    to=Into("child", "awaiting_parents"),
                    records=(ConsentGiven(Purpose.TAKE_PART), HoldersInvited()),
                ),
                Answer(
                    "yes",
                    msg("consent.ask_take_part.yes"),
                    when=may_agree_while_turning_18,
                    to=Into("human"),
                    then=Into("child", "awaiting_parents"),
                    records=(
                        ConsentGiven(Purpose.TAKE_PART),
                        HumanRequested(Reason.TURNING_18),
                    ),
                ),
                # What is missing is made good first; such a yes is not kept.
                Answer(
                    "yes",
                    msg("consent.ask_take_part.yes"),
                    unless=is_informed,
                    to=Into("programme"),
                ),
                Answer(
                    "yes",
                    msg("consent.ask_take_part.yes"),
                    when=lacks_understanding,
                    to=Into("understanding"),
                    then=Into("consent", "ask_take_part"),
                ),
                Answer(
                    "yes",
                    msg("consent.ask_take_part.yes"),
                    when=lacks_safety,
                    to=Into("safety"),
                ),
                Answer(
                    "yes",
                    msg("consent.ask_take_part.yes"),
                    when=lacks_parents,
                    to=Into("child"),
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
            offers_receipt=True,
            instead=(Instead(once(Meanwhile.CLAIMED), says=(msg("consent.claimed"),)),),
            moves=(
                Move(Meanwhile.YES_LAPSED, Into("consent", "ask_take_part")),
                Move(Meanwhile.NOTICE_LAPSED, Into("consent", "ask_data")),
            ),
            answers=(
                Answer(
                    "again",
                    msg("consent.consented.again"),
                    when=may_agree_again,
                    to="ask_data",
                ),
                CHANGES_NUMBER,
            ),
        ),
        State(
            "paused",
            says=(msg("consent.paused"),),
            rest=True,
            status=msg("consent.paused.status"),
            without_yes=True,
            instead=(
                Instead(
                    once(Meanwhile.WRITTEN_DOWN), says=(msg("consent.written_down"),)
                ),
            ),
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
            without_yes=True,
            instead=(
                Instead(
                    once(Meanwhile.WRITTEN_DOWN), says=(msg("consent.written_down"),)
                ),
            ),
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
