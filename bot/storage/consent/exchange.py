"""Where question and answer stand in a chat, by the messenger's own account."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and an answer, by the numbers and moments that the messenger gave.

    It proves that the answer reached the messenger after the question, not that the
    question was read.
    """

    #: By the messenger's clock; of a tap by ours, as it has no moment of its own.
    answer_at: datetime
    #: None for a tap, which has no number.
    answer_number: int | None = None
    #: None where nothing was asked, as of a stop.
    question_number: int | None = None
    question_at: datetime | None = None


def numbers(exchange: Exchange | None) -> dict[str, int | datetime | None]:
    """Give what an event keeps of an exchange; nothing of what was said elsewhere."""
    if exchange is None:
        return {}
    return {
        "question_number": exchange.question_number,
        "question_at": exchange.question_at,
        "answer_number": exchange.answer_number,
        "answer_at": exchange.answer_at,
    }
