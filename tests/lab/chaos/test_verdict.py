"""What is held against the undisturbed run would be seen if it differed."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.lab.chaos.crew import Kill
from tests.lab.chaos.ledger import Entry
from tests.lab.chaos.rounds import Outcome
from tests.lab.chaos.transcript import Passage, Said
from tests.lab.chaos.verdict import problems, problems_out_of_order

QUESTION = Said("Vil du?", ("Ja", "Nej"), silent=False, protected=False)
THANKS = Said("Tak.", (), silent=False, protected=False)
CHAT = [Passage(QUESTION, ("Vil du? ✓ Ja",)), Passage(THANKS, ("Tak.",))]
CALM = Outcome(
    chats={"victim": CHAT},
    last={"victim": ("Tak.", ())},
    asked=frozenset(),
    entries=Counter({("consent", "victim", "given"): 1}),
    queued=Counter({("victim", "send"): 2, ("victim", "edit"): 1}),
)
TWICE = [Passage(QUESTION, ("Vil du? ✓ Ja", "Vil du? | Ja | Nej")), CHAT[1]]
IN_DOUBT = Counter({"victim": 1})
KILLS = [Kill("after a send", "sendMessage")]


def test_the_same_is_all_well() -> None:
    assert problems(CALM, CALM) == []
    assert problems_out_of_order(CALM, CALM) == []


def test_a_message_may_come_twice_that_was_under_way_at_a_kill() -> None:
    found = replace(CALM, chats={"victim": TWICE}, kills=KILLS)
    known = replace(found, in_doubt=IN_DOUBT, interrupted=IN_DOUBT)
    assert problems(known, CALM) == []
    assert problems(replace(known, kills=[]), CALM)
    assert problems(replace(known, interrupted=Counter()), CALM)
    assert problems(replace(known, in_doubt=Counter()), CALM)


@pytest.mark.parametrize(
    "chat",
    [
        CHAT[:1],
        CHAT[::-1],
        [Passage(replace(QUESTION, labels=("Ja",)), CHAT[0].looks), CHAT[1]],
        [Passage(replace(QUESTION, silent=True), CHAT[0].looks), CHAT[1]],
        [Passage(QUESTION, ("Vil du? | Ja | Nej",)), CHAT[1]],
        [Passage(QUESTION, ()), CHAT[1]],
    ],
    ids=["missing", "turned round", "other label", "silent", "other look", "rarer"],
)
def test_another_transcript_is_told(chat: list[Passage]) -> None:
    assert problems(replace(CALM, chats={"victim": chat}), CALM)


@pytest.mark.parametrize("number", [0, 2])
def test_a_record_too_many_or_too_few_is_told(number: int) -> None:
    entries: Counter[Entry] = Counter({("consent", "victim", "given"): number})
    found = replace(CALM, entries=entries)
    assert problems(found, CALM)
    assert problems_out_of_order(found, CALM)
    assert problems(replace(CALM, queued=Counter({("victim", "send"): number})), CALM)


def test_who_interrupted_themselves_ends_with_that_or_with_the_question() -> None:
    found = replace(CALM, last={"victim": ("Vil du?", ("Ja", "Nej"))})
    assert problems_out_of_order(found, CALM)
    asked = replace(found, asked=frozenset({"victim"}))
    assert problems_out_of_order(asked, CALM) == []
    assert problems_out_of_order(replace(asked, lost=["somebody"]), CALM)
