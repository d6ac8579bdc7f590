"""Answers that several dialogues offer, and that lead into another one and back."""

from typing import Final

from flows.effects import HumanRequested, Reason
from flows.guards import is_number_unwelcome, may_change_number
from flows.model import RETURN, Answer, Into, MessageId, msg

#: A number may be another one by now; the yes stands.
CHANGES_NUMBER: Final = Answer(
    "number",
    msg("common.change_number"),
    when=may_change_number,
    to=Into("number"),
    then=RETURN,
)


def ways_to_human(label: MessageId) -> tuple[Answer, Answer]:
    """Give the button that asks for a human and comes back, and its form under 15.

    Nobody can contact who is under 15, as no number of theirs is asked for: the label
    promises nobody then, and the person reads whom to call.
    """
    records = HumanRequested(Reason.ASKED_FOR)
    return (
        Answer(
            "human",
            label,
            unless=is_number_unwelcome,
            to=Into("human"),
            then=RETURN,
            records=records,
        ),
        Answer(
            "human",
            msg("common.whom_to_call"),
            when=is_number_unwelcome,
            to=Into("human", "awaiting_call"),
            then=RETURN,
            records=records,
        ),
    )
