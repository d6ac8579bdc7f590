"""Dialogues can be read by people who do not program, and changes show in review.

To write them anew: WRITE_SCRIPTS=1 python -m pytest tests/texts/test_scripts.py
"""

import os
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, Entry, load
from bot.scripts import wording
from flows import FLOWS
from flows.checks.check import problems
from flows.checks.paths import reachable
from flows.checks.script import graph, render
from flows.facts import Facts
from flows.guards import is_offender
from flows.languages import CODES
from flows.model import RETURN, Answer, Flow, Input, Into, State, msg

SCRIPTS = Path(__file__).parent / "scripts"
TEXTS = load()


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("dialogue", FLOWS)
def test_a_dialogue_reads_as_it_was_reviewed(dialogue: str, language: str) -> None:
    script = render(FLOWS[dialogue], wording(TEXTS, language))
    path = SCRIPTS / f"{dialogue}.{language}.txt"
    if os.environ.get("WRITE_SCRIPTS"):
        path.write_text(script, encoding="utf-8")
    assert script == path.read_text(encoding="utf-8"), (
        f"If the change is meant, write {path.name} anew with WRITE_SCRIPTS=1."
    )


def test_no_script_is_left_of_a_dialogue_that_is_gone() -> None:
    wanted = {f"{name}.{language}.txt" for name in FLOWS for language in CODES}
    assert {path.name for path in SCRIPTS.iterdir()} == wanted


def test_every_dialogue_has_every_text_in_both_languages() -> None:
    assert problems(FLOWS, {code: TEXTS.ids(code) for code in CODES}) == ()


def knows(_facts: Facts) -> bool:
    return True


SHORT = Flow(
    "hello",
    2,
    (
        State(
            "ask_name",
            says=(msg("hello.ask_name"),),
            asks_for=Input.NAME,
            step=1,
            strict=True,
            again_to=Into("summary", "shown"),
            answers=(
                Answer("given", None, to="greeted"),
                Answer("no", msg("hello.no"), to=RETURN, when=is_offender),
                Answer("no", msg("hello.no"), to="greeted", unless=is_offender),
                Answer(
                    "human",
                    msg("hello.human"),
                    to=Into("human"),
                    then=Into("hello"),
                    first_when=knows,
                ),
            ),
        ),
        State("greeted", says=(msg("hello.greeted"),), rest=True),
    ),
    msg("hello.status"),
)


def test_a_script_says_who_may_answer_what_and_where_it_leads() -> None:
    texts = {
        "hello.ask_name": "Hello.\nWhat is your name?",
        "hello.no": "I will not say",
        "hello.human": "A human",
        "hello.greeted": "Good day.",
    }
    assert render(SHORT, lambda message_id: texts[message_id]) == (
        "hello, version 2\n"
        "\n\n"
        "ask_name (question 1 of 1; only the label, ja/nej or yes/no counts; "
        "the person types: name; asked again, it leads to summary, shown)\n"
        "\n"
        "    Hello.\n"
        "    What is your name?\n"
        "\n"
        "    (what the person typed) -> greeted\n"
        "    [I will not say] when: The person was invited as the one who caused the "
        "harm. -> back to where the person was\n"
        "    [I will not say] unless: The person was invited as the one who caused the "
        "harm. -> greeted\n"
        "    [A human] first when: knows -> human and then hello\n"
        "\n\n"
        "greeted (the talk may rest here)\n"
        "\n"
        "    Good day.\n"
    )


def test_a_graph_draws_every_way() -> None:
    summary = Flow("summary", 1, (State("shown", says=(), rest=True),), msg("s"))
    assert graph({"hello": SHORT, "summary": summary}) == (
        "flowchart TD\n"
        "  subgraph hello\n"
        "    hello.ask_name[ask_name]\n"
        "    hello.greeted([greeted])\n"
        "  end\n"
        "  subgraph summary\n"
        "    summary.shown([shown])\n"
        "  end\n"
        "  hello.ask_name -->|given| hello.greeted\n"
        "  hello.ask_name -->|no| back((back))\n"
        "  hello.ask_name -->|no| hello.greeted\n"
        "  hello.ask_name -.->|then| hello.ask_name\n"
        "  hello.ask_name -->|again| summary.shown\n"
    )


def test_the_graph_shows_every_place_and_every_way_once() -> None:
    drawn = graph(FLOWS)
    arrows = [line for line in drawn.splitlines() if ">" in line]
    assert len(arrows) == len(set(arrows))
    assert all(f"{at.dialogue}.{at.state}" in drawn for at in reachable(FLOWS))


def test_both_variants_are_reviewed_with_what_is_filled_in() -> None:
    plain = Entry("Hi {name}.", frozenset({"name"}))
    grown = Entry("Good day {name}.", frozenset({"name"}))
    entries = {"hello.all": plain, "hello.one": plain, "hello.one.adult": grown}
    words = wording(Catalogue({"da": entries, "en": entries}), "en")
    assert words(msg("hello.all")) == "Hi {name}."
    assert words(msg("hello.one")) == "Hi {name}.\n\n(18 or over:)\nGood day {name}."
