"""The two screens between which everybody walks: those of our dialogue on topics.

Texts and buttons are as long as ours, so that every peer carries the same bytes.
"""

from typing import Final

QUESTION: Final = (
    "What would you like to read about?\n\nYou can choose a topic or type a question."
)
EXPLANATION: Final = (
    "Two people meet face to face: the person who was harmed and the person who did "
    "it. A neutral mediator leads the meeting.\n\nIt is voluntary for both. You can "
    "say no, and you can say stop at any point.\n\nIt does not replace punishment. It "
    "is something extra. Ask the mediator or a lawyer about your own case."
)
TOPICS: Final = {
    "what": "What it is",
    "why": "Why take part",
    "offences": "Which cases",
    "where": "Where it is offered",
    "criteria": "What is needed",
    "referral": "How it begins",
    "practice": "How it works",
    "mediator": "The mediator",
    "afterwards": "What happens afterwards",
    "contact": "Contact",
    "go_on": "Continue",
}
READING: Final = {"more": "More topics", "go_on": "Continue"}
_BOTTOM: Final = (("Menu", "!menu|1"), ("Hide", "!hide|1"))


def rows(screen: str, answers: dict[str, str]) -> list[list[tuple[str, str]]]:
    """Lay out the buttons of a screen: label and what a tap carries."""
    own = [[(label, f"a|1|topics|1|{screen}|{x}|1")] for x, label in answers.items()]
    return [*own, list(_BOTTOM)]


ASK: Final = rows("ask_topic", TOPICS)
EXPLAIN: Final = rows("explain_what", READING)


def chosen(shown: str, data: str) -> str:
    """Add to a tapped message what was chosen in it."""
    answer = data.split("|")[5]
    return f"{shown}\n\n✓ {TOPICS.get(answer) or READING[answer]}"
