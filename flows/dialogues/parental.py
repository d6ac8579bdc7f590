"""Ask a holder of parental authority for a yes of their own (req. 13)."""

from flows.detours import CHANGES_NUMBER
from flows.effects import (
    ConsentGiven,
    ConsentRefused,
    HumanRequested,
    Purpose,
    Reason,
)
from flows.guards import (
    is_case_open,
    is_child_of_age,
    is_informed,
    lacks_understanding,
    may_agree_again,
    may_agree_for_child,
)
from flows.meanwhile import Meanwhile
from flows.model import Answer, Flow, Instead, Into, Move, State, msg, once

PARENTAL = Flow(
    id="parental",
    version=1,
    status=msg("parental.status"),
    states=(
        State(
            "ask_data",
            says=(
                msg("parental.explain_data"),
                msg("parental.ask_data"),
            ),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("parental.ask_data.yes"),
                    unless=is_informed,
                    to=Into("holder", "explain_child"),
                    records=ConsentGiven(Purpose.DATA_NOTICE),
                ),
                Answer(
                    "yes",
                    msg("parental.ask_data.yes"),
                    when=is_informed,
                    to=Into("understanding"),
                    then=Into("parental", "ask_take_part"),
                    records=ConsentGiven(Purpose.DATA_NOTICE),
                ),
                Answer(
                    "full",
                    msg("parental.ask_data.full"),
                    to="explain_data_in_full",
                ),
                Answer(
                    "no",
                    msg("parental.ask_data.no"),
                    to=Into("human"),
                    then=Into("parental", "ask_data"),
                    records=(
                        ConsentRefused(Purpose.DATA_NOTICE),
                        HumanRequested(Reason.DATA_NOTICE_REFUSED),
                    ),
                ),
            ),
        ),
        State(
            "explain_data_in_full",
            says=(msg("parental.data_in_full"),),
            answers=(
                Answer(
                    "go_on",
                    msg("parental.explain_data_in_full.go_on"),
                    to="ask_data",
                ),
            ),
        ),
        State(
            "ask_take_part",
            says=(
                msg("parental.explain_take_part"),
                msg("parental.ask_take_part"),
            ),
            strict=True,
            answers=(
                Answer(
                    "yes",
                    msg("parental.ask_take_part.yes"),
                    unless=is_informed,
                    to=Into("holder", "explain_child"),
                ),
                Answer(
                    "yes",
                    msg("parental.ask_take_part.yes"),
                    when=lacks_understanding,
                    to=Into("understanding"),
                    then=Into("parental", "ask_take_part"),
                ),
                Answer(
                    "yes",
                    msg("parental.ask_take_part.yes"),
                    when=is_child_of_age,
                    to="frozen",
                ),
                Answer(
                    "yes",
                    msg("parental.ask_take_part.yes"),
                    when=may_agree_for_child,
                    to="stated",
                    records=ConsentGiven(Purpose.PARENTAL_TAKE_PART),
                ),
                Answer(
                    "talk_first",
                    msg("parental.ask_take_part.talk_first"),
                    to=Into("human"),
                    then=Into("parental", "ask_take_part"),
                    records=HumanRequested(Reason.TALK_FIRST),
                ),
                Answer(
                    "later",
                    msg("parental.ask_take_part.later"),
                    to="paused",
                ),
                Answer(
                    "no",
                    msg("parental.ask_take_part.no"),
                    to="refused",
                    records=ConsentRefused(Purpose.PARENTAL_TAKE_PART),
                ),
            ),
        ),
        # A human makes sure who this is; until then the yes is only stated.
        State(
            "stated",
            says=(msg("parental.stated"),),
            rest=True,
            status=msg("parental.stated.status"),
            offers_receipt=True,
            instead=(
                Instead(
                    once(Meanwhile.CLAIMED, Meanwhile.VERIFIED),
                    says=(msg("parental.claimed"),),
                ),
                Instead(once(Meanwhile.VERIFIED), says=(msg("parental.verified"),)),
            ),
            moves=(
                Move(Meanwhile.YES_LAPSED, Into("parental", "ask_take_part")),
                Move(Meanwhile.NOTICE_LAPSED, Into("parental", "ask_data")),
            ),
            answers=(
                Answer(
                    "again",
                    msg("parental.stated.again"),
                    when=may_agree_again,
                    to="ask_data",
                ),
                CHANGES_NUMBER,
            ),
        ),
        State(
            "refused",
            says=(msg("parental.refused"),),
            rest=True,
            status=msg("parental.refused.status"),
            without_yes=True,
            instead=(
                Instead(
                    once(Meanwhile.WRITTEN_DOWN), says=(msg("parental.written_down"),)
                ),
            ),
            answers=(
                Answer(
                    "change",
                    msg("parental.refused.change"),
                    when=is_case_open,
                    to="ask_take_part",
                ),
            ),
        ),
        State(
            "paused",
            says=(msg("parental.paused"),),
            rest=True,
            status=msg("parental.paused.status"),
            without_yes=True,
            instead=(
                Instead(
                    once(Meanwhile.WRITTEN_DOWN), says=(msg("parental.written_down"),)
                ),
            ),
            answers=(
                Answer(
                    "go_on",
                    msg("parental.paused.go_on"),
                    when=is_case_open,
                    to="ask_take_part",
                ),
            ),
        ),
        # The child is turning 18: a human settles whose yes is needed.
        State(
            "frozen",
            says=(msg("parental.frozen"),),
            rest=True,
            status=msg("parental.frozen.status"),
        ),
    ),
)
