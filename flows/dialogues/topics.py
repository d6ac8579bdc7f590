"""Everything that the programme says of itself, one topic at a time."""

from flows.guards import came_from_elsewhere
from flows.model import RETURN, Answer, Flow, State, msg

MORE = Answer("more", msg("topics.more"), to="ask_topic")
GO_ON = Answer("go_on", msg("topics.go_on"), when=came_from_elsewhere, to=RETURN)

TOPICS = Flow(
    id="topics",
    version=1,
    status=msg("topics.status"),
    states=(
        State(
            "ask_topic",
            says=(msg("topics.ask_topic"),),
            answers=(
                Answer("what", msg("topics.ask_topic.what"), to="explain_what"),
                Answer("why", msg("topics.ask_topic.why"), to="explain_why"),
                Answer(
                    "offences", msg("topics.ask_topic.offences"), to="explain_offences"
                ),
                Answer("where", msg("topics.ask_topic.where"), to="explain_where"),
                Answer(
                    "criteria", msg("topics.ask_topic.criteria"), to="explain_criteria"
                ),
                Answer(
                    "referral", msg("topics.ask_topic.referral"), to="explain_referral"
                ),
                Answer(
                    "practice", msg("topics.ask_topic.practice"), to="explain_practice"
                ),
                Answer(
                    "mediator", msg("topics.ask_topic.mediator"), to="explain_mediator"
                ),
                Answer(
                    "afterwards",
                    msg("topics.ask_topic.afterwards"),
                    to="explain_afterwards",
                ),
                Answer(
                    "contact", msg("topics.ask_topic.contact"), to="explain_contact"
                ),
                GO_ON,
            ),
        ),
        State(
            "explain_what",
            says=(msg("topics.explain_what"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_why",
            says=(msg("topics.explain_why"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_offences",
            says=(msg("topics.explain_offences"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_where",
            says=(msg("topics.explain_where"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_criteria",
            says=(msg("topics.explain_criteria"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_referral",
            says=(msg("topics.explain_referral"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_practice",
            says=(msg("topics.explain_practice"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_mediator",
            says=(msg("topics.explain_mediator"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_afterwards",
            says=(msg("topics.explain_afterwards"),),
            answers=(MORE, GO_ON),
        ),
        State(
            "explain_contact",
            says=(msg("topics.explain_contact"),),
            answers=(MORE, GO_ON),
        ),
    ),
)
