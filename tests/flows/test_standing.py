"""A yes stands in its time, and to the words of today; a no is no yes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from flows.effects import ConsentState
from flows.rules import notices
from flows.rules.notices import NOTICES
from flows.rules.standing import LastSaid, Standing

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
YES = LastSaid(ConsentState.GIVEN, NOON + timedelta(days=90), "take_part", "1.0")


@pytest.mark.parametrize("state", [ConsentState.GIVEN, ConsentState.RECONFIRMED])
def test_a_yes_stands_until_its_time_is_over(state: ConsentState) -> None:
    said = replace(YES, state=state)
    assert said.standing(NOON + timedelta(days=89)) is Standing.YES
    assert said.standing(NOON + timedelta(days=90)) is Standing.TOO_OLD
    assert replace(said, valid_until=None).standing(NOON) is Standing.YES


@pytest.mark.parametrize(
    ("version", "standing"),
    [
        ("1.0", Standing.YES),
        ("1.7", Standing.YES),
        ("2.0", Standing.OF_EARLIER_WORDS),
        (None, Standing.OF_EARLIER_WORDS),
    ],
)
def test_a_yes_stands_to_words_that_say_the_same_today(
    version: str | None, standing: Standing
) -> None:
    assert replace(YES, version=version).standing(NOON) is standing


def test_what_was_no_yes_or_is_noted_as_over_never_stands() -> None:
    told = {state: replace(YES, state=state).standing(NOON) for state in ConsentState}
    assert told[ConsentState.REFUSED] is Standing.NO
    assert told[ConsentState.WITHDRAWN] is Standing.NO
    assert told[ConsentState.EXPIRED] is Standing.NOTED


def test_other_words_need_a_dialogue_of_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert notices.problems() == ()
    words = NOTICES["take_part"]
    for newer in (
        replace(words, version="2.0"),
        replace(words, version="2.0", since=(2, 2)),
        replace(words, version="2.0", since=(2, 3)),
    ):
        monkeypatch.setitem(NOTICES, "take_part", newer)
        told = "notices.take_part: its words say something else"
        assert [fault.startswith(told) for fault in notices.problems()] == [True]
    monkeypatch.setitem(NOTICES, "take_part", replace(words, version="1.1"))
    assert notices.problems() == ()
    began = replace(words, version="2.0", since=(1, 2))
    monkeypatch.setitem(NOTICES, "take_part", began)
    assert notices.problems() == ()
