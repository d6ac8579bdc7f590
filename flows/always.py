"""What a person may do at any moment, in every state and after every end."""

from __future__ import annotations

from enum import StrEnum

from flows.model import Into


class Always(StrEnum):
    """The actions that act from any button, however old, and any typed word."""

    MENU = "menu"
    HIDE = "hide"
    WITHDRAW = "withdraw"
    HUMAN = "human"
    TOPICS = "topics"
    LANGUAGE = "language"
    STATUS = "status"
    BACK = "back"
    PAUSE = "pause"
    HELP = "help"
    RESUME = "resume"
    """Ask the question again on which the talk stands."""
    SHOW = "show"
    """Show the messages that wait behind "You have a message"."""
    RECEIPT = "receipt"
    """Lay ready what the person has said yes and no to, as proof of their own."""
    WORD = "word"
    """Choose, change or remove the word that opens a covered chat again."""


#: What stands on every screen; the others are in the menu and act as words.
ON_EVERY_SCREEN = (Always.MENU, Always.HIDE)

#: What the menu offers, in this order.
IN_MENU = (
    Always.RESUME,
    Always.TOPICS,
    Always.STATUS,
    Always.RECEIPT,
    Always.HUMAN,
    Always.LANGUAGE,
    Always.WORD,
    Always.BACK,
    Always.PAUSE,
    Always.HELP,
    Always.WITHDRAW,
)

#: What the menu leaves out for staff who are nobody's party; typed, they still act.
FOR_PARTIES = (Always.RECEIPT, Always.WITHDRAW)

#: The dialogues that an action opens and that lead back afterwards.
OPENS = {
    Always.HUMAN: Into("human"),
    Always.TOPICS: Into("topics"),
    Always.LANGUAGE: Into("language"),
    Always.WORD: Into("word"),
}

#: Where words that tell of danger lead, from any place, and back.
CARE = Into("care")

#: Where words that may mean a stop lead, from any place, and back.
STOPPING = Into("stopping")

#: Where words lead that may be an answer and something else as well, and back.
DOUBT = Into("doubt")
#: Under this name such words are kept until it is known what they were.
DOUBTED = "doubted"

#: The dialogues that can be opened from any place and that lead back there.
EXCURSIONS = frozenset(
    into.dialogue for into in (*OPENS.values(), CARE, STOPPING, DOUBT)
)

#: The state, in each dialogue that a link opens, of whoever the link was not for.
NOT_FOR_YOU = "not_for_you"

#: Where a person stands after withdrawing.
AFTER_WITHDRAWAL = Into("closing", "withdrawn")

#: Where a talk rests once its person was let go of, who has not said so.
AFTER_LETTING_GO = Into("closing", "let_go")

#: Where the talk of a mediator or a coordinator rests once they serve no more.
AFTER_SERVING = {
    dialogue: Into(dialogue, "let_go") for dialogue in ("mediator", "coordinator")
}

#: Where everybody's talk rests after the end of a case.
AFTER_END = Into("closing", "ended")

#: Where the talk of a holder rests from the month in which the child turns 18.
AFTER_FREEZE = Into("parental", "frozen")
