"""What B is sent is the same, to the second, whatever A has done until release."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from bot import casework
from bot.casework import Statement, Verification
from bot.offline_words import Check, Way, Who
from flows.effects import ConsentState
from tests.lab.machine import cast
from tests.lab.machine.blind import Does, Script, heard
from tests.lab.machine.milestones import CONSENTED, Beginning

VICTIM = Script("hired", cast.SOFIE, CONSENTED)
OFFENDER = Script("hired", cast.JONAS, CONSENTED)
MOTHER = Script("child asked", cast.LONE, "parental.stated")


def says(key: str, place: str, words: str) -> Does:
    """Let somebody come to a place and write something."""

    def does(begun: Beginning) -> None:
        begun.comes(key, place)
        begun.people[key].says(words)

    return does


def answers(key: str, question: str, answer: str) -> Does:
    """Let somebody come to a question and answer it like that."""

    def does(begun: Beginning) -> None:
        begun.comes(key, question)
        begun.people[key].answers(question, answer)

    return does


def comes(key: str, place: str) -> Does:
    return lambda begun: begun.comes(key, place)


def behaviours_of_a(key: str) -> dict[str, Does]:
    """List what the other party may do."""
    return {
        "opened": comes(key, "arrival.explain_bot"),
        "no": answers(key, "offer.ask_interest", "no"),
        "later": answers(key, "offer.ask_interest", "later"),
        "not for me": answers(key, "arrival.ask_letter", "no"),
        "close tie": answers(key, "safety.ask_tie", "partner"),
        "orders": answers(key, "safety.ask_orders", "yes"),
        "fear": answers(key, "safety.ask_fear", "yes"),
        "red flag": says(key, "offer.ask_interest", "han slår mig"),
        "human": says(key, "offer.ask_interest", "menneske"),
        "refused": answers(key, "consent.ask_take_part", "no"),
        "yes": comes(key, CONSENTED),
        "withdrawn": says(key, CONSENTED, "stop"),
    }


def _elsewhere(begun: Beginning) -> None:
    said = Statement(
        Who("offender", 1),
        ConsentState.REFUSED,
        Way.PHONE,
        begun.village.today(),
        "Birgit",
    )
    begun.comes("offender", "offer.ask_interest")
    begun.village.does(casework.record, begun.village.outside.references[0], said)


def _verified(begun: Beginning) -> None:
    done = Verification(Check.CALL, begun.village.today(), "Birgit")
    begun.comes("father", "parental.stated")
    begun.village.does(
        casework.verify, begun.village.outside.references[0], 2, None, done
    )


AROUND_A_MOTHER: dict[str, Does] = {
    "father opened": comes("father", "holder.explain_bot"),
    "father yes": comes("father", "parental.stated"),
    "father no": answers("father", "parental.ask_take_part", "no"),
    "father withdrew": says("father", "parental.stated", "stop"),
    "father human": answers("father", "parental.ask_take_part", "talk_first"),
    "father verified": _verified,
    "victim withdrew": lambda begun: begun.people["victim"].says("stop"),
    "child withdrew": lambda begun: begun.people["offender"].says("stop"),
    "child human": lambda begun: begun.people["offender"].says("menneske"),
}


@cache
def silent(script: Script) -> Sequence[str]:
    return heard(script, None, None)


def speaks(script: Script, language: str) -> Script:
    return replace(script, who=replace(script.who, language=language))


@pytest.mark.parametrize("behaviour", [*behaviours_of_a("offender"), "elsewhere"])
def test_a_victim_learns_nothing_of_the_offender(behaviour: str) -> None:
    b = speaks(VICTIM, "da")
    known = behaviours_of_a("offender") | {"elsewhere": _elsewhere}
    assert heard(b, known[behaviour], None) == silent(b)


@pytest.mark.parametrize("behaviour", behaviours_of_a("victim"))
def test_an_offender_learns_nothing_of_the_victim(behaviour: str) -> None:
    b = speaks(OFFENDER, "en")
    assert heard(b, None, behaviours_of_a("victim")[behaviour]) == silent(b)


@pytest.mark.parametrize(
    ("behaviour", "language"),
    list(zip(AROUND_A_MOTHER, itertools.cycle(("da", "en", "en")), strict=False)),
)
def test_a_mother_learns_nothing_of_anybody(behaviour: str, language: str) -> None:
    b = speaks(MOTHER, language)
    assert heard(b, None, AROUND_A_MOTHER[behaviour]) == silent(b)


def test_what_is_compared_is_the_whole_way() -> None:
    told = "\n".join(silent(speaks(VICTIM, "da")))
    for words in ("Du har en besked", "sendMessage", "editMessageText"):
        assert words in told
