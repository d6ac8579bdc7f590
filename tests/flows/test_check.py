"""Every dialogue is sound, and what would not be is told in a sentence."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from flows import FLOWS
from flows.checks.check import message_ids, problems, visited
from flows.effects import HumanRequested, Reason
from flows.facts import FactMissing, Facts
from flows.guards import has_link, has_phone, is_offender
from flows.meanwhile import Meanwhile
from flows.model import (
    RETURN,
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


def answer(name: str, to: str | Into, state: str = "ask_letter") -> Answer:
    return Answer(name, msg(f"arrival.{state}.{name}"), to=to)


YES, NO = answer("yes", "accepted"), answer("no", "accepted")
ASK = State("ask_letter", says=(msg("arrival.ask_letter"),), answers=(YES, NO))
ACCEPTED = State("accepted", says=(msg("arrival.accepted"),), rest=True)
ARRIVAL = Flow("arrival", 1, (ASK, ACCEPTED), msg("arrival.status"))
HUMAN = Flow(
    "human",
    1,
    (State("awaiting_human", says=(msg("human.awaiting_human"),), rest=True),),
    msg("human.status"),
)


def knows_it(_facts: Facts) -> bool:
    """The person knows it."""
    raise FactMissing("shoe_size")


def asking(*answers: Answer, **more: object) -> Flow:
    """The sound dialogue with other answers at its only question."""
    ask = replace(ASK, answers=answers or ASK.answers)
    return replace(ARRIVAL, states=(replace(ask, **more), ACCEPTED))  # type: ignore[arg-type] # any field


def complaints(*flows: Flow) -> tuple[str, ...]:
    table = {flow.id: flow for flow in flows}
    ids = {text for flow in flows for text in message_ids(flow)}
    return problems(table, {"da": ids, "en": ids})


def test_our_dialogues_have_no_fault() -> None:
    ids = {text for flow in FLOWS.values() for text in message_ids(flow)}
    assert problems(FLOWS, {"da": ids, "en": ids}) == ()


CLAIMED = Instead(once(Meanwhile.CLAIMED), says=(msg("arrival.claimed"),))
BOTH = Instead(
    once(Meanwhile.CLAIMED, Meanwhile.VERIFIED), says=(msg("arrival.verified"),)
)
STATUS = Instead(once(Meanwhile.CLAIMED), status=msg("arrival.claimed.status"))


def test_what_is_never_told_is_a_fault() -> None:
    assert complaints(asking(instead=(BOTH, CLAIMED)), HUMAN) == ()
    hidden = complaints(asking(instead=(CLAIMED, BOTH)), HUMAN)
    assert any("claimed and verified holds never is" in one for one in hidden)
    assert complaints(asking(instead=(STATUS, BOTH)), HUMAN) == ()
    empty = complaints(asking(instead=(Instead(once(Meanwhile.OVER)),)), HUMAN)
    assert any("tells nothing once over" in one for one in empty)
    always = complaints(asking(instead=(Instead(once()),)), HUMAN)
    assert any("once nothing has happened" in one for one in always)


def test_nobody_is_led_to_where_nothing_is() -> None:
    nowhere = Move(Meanwhile.CLAIMED, Into("arrival", "nowhere"))
    assert any("does not exist" in one for one in complaints(asking(moves=(nowhere,))))
    here = Move(Meanwhile.CLAIMED, Into("arrival", "accepted"))
    twice = complaints(asking(moves=(here, here)), HUMAN)
    assert any("claimed leads from here to 2 places" in one for one in twice)


def test_it_tells_how_much_it_looked_at() -> None:
    seen = visited({"arrival": asking(replace(YES, when=has_phone), NO)})
    assert (seen.dialogues, seen.states, seen.answers) == (1, 2, 2)
    assert seen.combinations == 3, "a phone, no phone, and nothing to ask about"


def test_the_example_of_the_table_is_sound() -> None:
    assert complaints(ARRIVAL, HUMAN) == ()


BROKEN: Mapping[str, tuple[tuple[Flow, ...], str]] = {
    "two states, one name": (
        (replace(ARRIVAL, states=(ASK, ACCEPTED, ACCEPTED)),),
        "arrival.accepted: two states of this dialogue share this name.",
    ),
    "a question named like an end": (
        (replace(ARRIVAL, states=(replace(ASK, name="accepts"), ACCEPTED)),),
        "arrival.accepts: a state that wants an answer is named ask_... or explain_...",
    ),
    "an end named like a question": (
        (replace(ARRIVAL, states=(ASK, replace(ACCEPTED, name="ask_end"))),),
        (
            "arrival.ask_end: a state of rest is named awaiting_... or by a past "
            "participle."
        ),
    ),
    "an unknown state": (
        (asking(YES, answer("no", "gone")),),
        "arrival.ask_letter: it leads to gone, which does not exist.",
    ),
    "an unknown dialogue": (
        (asking(YES, answer("no", Into("gone"))),),
        "arrival.ask_letter: it leads to gone.(start), which does not exist.",
    ),
    "an unknown state of another dialogue": (
        (asking(YES, answer("no", Into("human", "gone"))), HUMAN),
        "arrival.ask_letter: it leads to human.gone, which does not exist.",
    ),
    "an unknown place to go on": (
        (asking(YES, replace(NO, to=Into("human"), then=Into("gone"))), HUMAN),
        "arrival.ask_letter: it leads to gone.(start), which does not exist.",
    ),
    "an unknown place after the summary": (
        (asking(again_to=Into("gone")),),
        "arrival.ask_letter: it leads to gone.(start), which does not exist.",
    ),
    "nothing leads there": (
        (replace(ARRIVAL, states=(ASK, ACCEPTED, replace(ACCEPTED, name="ended"))),),
        "arrival.ended: no row of answers leads here.",
    ),
    "round and round": (
        (asking(answer("yes", "ask_letter"), answer("no", "ask_letter")),),
        "arrival.ask_letter: nothing leads from here to a state of rest.",
    ),
    "a dead end": (
        (replace(ARRIVAL, states=(replace(ASK, answers=()), ACCEPTED)),),
        "arrival.ask_letter: nothing can be answered.",
    ),
    "a dead end for some": (
        (asking(replace(YES, when=has_phone)),),
        "arrival.ask_letter: nothing can be answered when has_phone is False.",
    ),
    "two ways at once": (
        (asking(replace(YES, when=has_phone), YES, NO),),
        "arrival.ask_letter: 'yes' has 2 ways when has_phone is True.",
    ),
    "no way for some": (
        (asking(replace(YES, when=has_phone), replace(YES, when=has_link), NO),),
        (
            "arrival.ask_letter: 'yes' has no way when has_link is False and has_phone "
            "is False."
        ),
    ),
    "a fact that can be anything": (
        (asking(replace(YES, when=knows_it), NO),),
        (
            "arrival.ask_letter: a guard reads 'shoe_size', and nobody has said "
            "what it can be."
        ),
    ),
    "an order by a fact that can be anything": (
        (asking(replace(YES, first_when=knows_it), NO),),
        (
            "arrival.ask_letter: a guard reads 'shoe_size', and nobody has said "
            "what it can be."
        ),
    ),
    "it asks and takes nothing": (
        (asking(asks_for=Input.NAME),),
        "arrival.ask_letter: it asks for a name and has no answer 'given'.",
    ),
    "it takes what it does not ask for": (
        (asking(YES, Answer("given", None, to="accepted")),),
        "arrival.ask_letter: it has an answer 'given' and asks for nothing.",
    ),
    "an answer without a label": (
        (asking(YES, replace(NO, label=None)),),
        "arrival.ask_letter: 'no' needs a label unless it is what was typed.",
    ),
    "the label of another answer": (
        (asking(YES, replace(NO, label=YES.label)),),
        (
            "arrival.ask_letter: arrival.ask_letter.yes is not a name for the label of "
            "'no'."
        ),
    ),
    "a yes that nobody can say": (
        (asking(answer("good", "accepted"), NO, strict=True),),
        "arrival.ask_letter: only yes and no count here, and there is no answer 'yes'.",
    ),
    "a text of nowhere": (
        (asking(says=(msg("hello"),)),),
        "arrival.ask_letter: hello is not a name for a text: <dialogue>.<state>.",
    ),
    "a status of nowhere": (
        (asking(status=msg("arrival.hello")),),
        (
            "arrival.ask_letter: arrival.hello is not a name for a status: "
            "<dialogue>.<state>.status."
        ),
    ),
    "it returns to nowhere": (
        (asking(YES, Answer("no", NO.label, to=RETURN)),),
        "arrival.ask_letter: 'no' returns, but nothing opens this dialogue.",
    ),
    "it goes on after nothing": (
        (asking(YES, replace(NO, then=Into("arrival"))),),
        "arrival.ask_letter: 'no' has a `then`, but opens no other dialogue.",
    ),
    "a human and then nothing": (
        (asking(YES, replace(NO, records=HumanRequested(Reason.MINOR))),),
        "arrival.ask_letter: 'no' asks for a human and does not say what follows.",
    ),
    "a button that Telegram refuses": (
        (asking(YES, answer("no_" + "o" * 40, "accepted")),),
        (
            f"arrival.ask_letter: the button 'no_{'o' * 40}' needs 76 bytes, 64 may be "
            "sent."
        ),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_fault_is_told(case: str) -> None:
    flows, complaint = BROKEN[case]
    assert complaint in complaints(*flows)


def test_returning_is_fine_where_an_answer_opens_the_dialogue() -> None:
    again = replace(HUMAN.start, answers=(Answer("go_on", YES.label, to=RETURN),))
    label = msg("human.awaiting_human.go_on")
    again = replace(again, answers=(replace(again.answers[0], label=label),))
    opens = asking(YES, replace(NO, to=Into("human"), then=RETURN))
    assert complaints(opens, replace(HUMAN, states=(again,))) == ()


def test_going_away_and_back_for_ever_is_no_rest() -> None:
    """The only way out returns to the question from which it was opened."""
    there = State(
        "explain_human",
        says=(msg("human.explain_human"),),
        answers=(Answer("go_on", msg("human.explain_human.go_on"), to=RETURN),),
    )
    opens = asking(replace(NO, to=Into("human"), then=RETURN))
    found = complaints(opens, replace(HUMAN, states=(there,)))
    assert "human.explain_human: nothing leads from here to a state of rest." in found


def test_the_three_ways_of_one_answer_may_share_the_facts_between_them() -> None:
    ways = (replace(YES, when=is_offender), replace(YES, unless=is_offender), NO)
    assert complaints(asking(*ways)) == ()


def test_a_text_must_stand_in_every_language() -> None:
    ids = set(message_ids(ARRIVAL))
    found = problems({"arrival": ARRIVAL}, {"da": ids, "en": ids - {YES.label}})
    assert found == ("arrival: arrival.ask_letter.yes has no text in en.",)


def test_a_dialogue_stands_in_the_table_under_its_own_name() -> None:
    ids = set(message_ids(ARRIVAL))
    found = problems({"arrival": ARRIVAL, "hello": ARRIVAL}, {"da": ids})
    assert found == ("arrival: this dialogue stands in the table as 'hello'.",)
