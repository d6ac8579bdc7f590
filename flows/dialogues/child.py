"""The way of those between 12 and 17: asked first, and alone (req. 12-18)."""

from functools import partial

from flows.detours import CHANGES_NUMBER
from flows.effects import (
    AuthorityGiven,
    BirthGiven,
    DetailGiven,
    HolderLinkRenewed,
    HoldersAllowed,
    HumanRequested,
    Reason,
)
from flows.facts import Authority, Detail
from flows.guards import (
    is_birth_fitting,
    may_agree_again,
    may_renew_either_link,
    may_renew_only_link,
)
from flows.meanwhile import Meanwhile
from flows.model import (
    GIVEN,
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

#: It is asked only of those under 18; an adult goes on behind it.
ADULTS_GO_ON = Move(Meanwhile.OF_AGE, Into("intake", "ask_name"))


CHILD = Flow(
    id="child",
    version=1,
    status=msg("child.status"),
    states=(
        State(
            "explain_child",
            says=(msg("child.explain_child"),),
            moves=(ADULTS_GO_ON,),
            answers=(
                Answer(
                    "go_on",
                    msg("child.explain_child.go_on"),
                    to="ask_birth",
                ),
            ),
        ),
        State(
            "ask_birth",
            says=(msg("child.ask_birth"),),
            asks_for=Input.BIRTH,
            moves=(ADULTS_GO_ON,),
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to="ask_birth_right",
                    records=BirthGiven,
                ),
                Answer(
                    "skip",
                    msg("child.ask_birth.skip"),
                    to=Into("human"),
                    then=Into("child", "ask_authority"),
                    records=HumanRequested(Reason.AGE_UNCLEAR),
                ),
            ),
        ),
        State(
            "ask_birth_right",
            says=(msg("child.ask_birth_right"),),
            strict=True,
            moves=(ADULTS_GO_ON,),
            answers=(
                Answer(
                    "yes",
                    msg("child.ask_birth_right.yes"),
                    when=is_birth_fitting,
                    to="ask_authority",
                ),
                # It does not go with the age band: a human asks, nobody is blamed. The
                # question is not put again: what the human finds is the answer.
                Answer(
                    "yes",
                    msg("child.ask_birth_right.yes"),
                    unless=is_birth_fitting,
                    to=Into("human"),
                    then=Into("child", "ask_authority"),
                    records=HumanRequested(Reason.AGE_UNCLEAR),
                ),
                Answer(
                    "no",
                    msg("child.ask_birth_right.no"),
                    to="ask_birth",
                ),
            ),
        ),
        State(
            "ask_authority",
            says=(msg("child.ask_authority"),),
            moves=(ADULTS_GO_ON,),
            answers=(
                Answer(
                    "one",
                    msg("child.ask_authority.one"),
                    to="ask_allowed",
                    records=AuthorityGiven(Authority.ONE),
                ),
                Answer(
                    "both",
                    msg("child.ask_authority.both"),
                    to="ask_allowed",
                    records=AuthorityGiven(Authority.BOTH),
                ),
                Answer(
                    "other",
                    msg("child.ask_authority.other"),
                    to="ask_allowed",
                    records=AuthorityGiven(Authority.OTHER),
                ),
                Answer(
                    "unknown",
                    msg("child.ask_authority.unknown"),
                    to=Into("human"),
                    then=Into("child", "ask_authority"),
                    records=(
                        AuthorityGiven(Authority.UNKNOWN),
                        HumanRequested(Reason.HOLDERS_UNCLEAR),
                    ),
                ),
            ),
        ),
        # No parent is asked before this yes, nor after a no.
        State(
            "ask_allowed",
            says=(msg("child.ask_allowed"),),
            strict=True,
            moves=(ADULTS_GO_ON,),
            answers=(
                Answer(
                    "yes",
                    msg("child.ask_allowed.yes"),
                    to="ask_shown_name",
                    records=HoldersAllowed(allowed=True),
                ),
                Answer(
                    "no",
                    msg("child.ask_allowed.no"),
                    to=Into("human"),
                    then=Into("child", "ask_allowed"),
                    records=(
                        HoldersAllowed(allowed=False),
                        HumanRequested(Reason.HOLDERS_UNWELCOME),
                    ),
                ),
                Answer(
                    "unknown",
                    msg("child.ask_allowed.unknown"),
                    to=Into("human"),
                    then=Into("child", "ask_allowed"),
                    records=(
                        HoldersAllowed(allowed=False),
                        HumanRequested(Reason.HOLDERS_UNWELCOME),
                    ),
                ),
            ),
        ),
        # The parent sees the name that the child chooses, and nothing else.
        State(
            "ask_shown_name",
            says=(msg("child.ask_shown_name"),),
            asks_for=Input.NAME,
            moves=(ADULTS_GO_ON,),
            answers=(
                Answer(
                    GIVEN,
                    None,
                    to=Into("intake"),
                    records=partial(DetailGiven, Detail.SHOWN_NAME),
                ),
            ),
        ),
        # Nothing tells what a parent has answered.
        State(
            "awaiting_parents",
            says=(msg("child.awaiting_parents"),),
            rest=True,
            status=msg("child.awaiting_parents.status"),
            awaits_parents=True,
            offers_receipt=True,
            instead=(
                Instead(
                    once(Meanwhile.OF_AGE),
                    says=(msg("consent.consented"), msg("consent.explain_next")),
                    status=msg("consent.consented.status"),
                ),
            ),
            moves=(
                Move(Meanwhile.CLAIMED, Into("consent", "consented")),
                Move(Meanwhile.YES_LAPSED, Into("consent", "ask_take_part")),
                Move(Meanwhile.NOTICE_LAPSED, Into("consent", "ask_data")),
            ),
            answers=(
                Answer(
                    "new_link",
                    msg("child.awaiting_parents.new_link"),
                    when=may_renew_only_link,
                    to="awaiting_parents",
                    records=HolderLinkRenewed(1),
                ),
                Answer(
                    "new_link_1",
                    msg("child.awaiting_parents.new_link_1"),
                    when=may_renew_either_link,
                    to="awaiting_parents",
                    records=HolderLinkRenewed(1),
                ),
                Answer(
                    "new_link_2",
                    msg("child.awaiting_parents.new_link_2"),
                    when=may_renew_either_link,
                    to="awaiting_parents",
                    records=HolderLinkRenewed(2),
                ),
                Answer(
                    "again",
                    msg("child.awaiting_parents.again"),
                    when=may_agree_again,
                    to=Into("consent", "ask_data"),
                ),
                CHANGES_NUMBER,
            ),
        ),
    ),
)
