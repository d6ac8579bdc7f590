"""The words in which consent is asked for are locked: other words, another version.

To lock those of a new version: WRITE_SCRIPTS=1 python -m pytest tests/texts. What is
locked is never written over. Where nobody has been shown a version yet, take its lines
out of locales/notices.json by hand and lock it anew.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from bot.catalogue import LOCALES, load
from bot.chat.wording import every
from bot.reading_level import sentences
from bot.storage.consent.consent_notices import NoticeWords
from flows import FLOWS
from flows.effects import ConsentGiven, InterestGiven, Purpose
from flows.languages import CODES
from flows.rules.notices import NOTICES, is_current, notice_for

LOCKED = LOCALES / "notices.json"
WORDS = tuple(every(load()))
#: What is true only of somebody who uses the bot.
OF_THE_CHAT = re.compile(r"konto|account|fået vist|were shown|chat", re.IGNORECASE)


def place(words: NoticeWords) -> str:
    return f"{words.notice} {words.version} {words.language} {words.variant}"


def changed(locked: Mapping[str, str], words: Iterable[NoticeWords]) -> list[str]:
    """Say of which notices the words are not those that are locked."""
    return [
        f"{place(one)}: raise its version in flows/rules/notices.py and lock it with "
        "WRITE_SCRIPTS=1."
        for one in words
        if locked.get(place(one)) != one.sha256
    ]


def test_the_words_of_each_version_are_those_that_were_locked() -> None:
    if os.environ.get("WRITE_SCRIPTS"):
        known = json.loads(LOCKED.read_text("utf-8")) if LOCKED.exists() else {}
        all_of_them = {place(one): one.sha256 for one in WORDS} | known
        LOCKED.write_text(
            json.dumps(all_of_them, indent=1, sort_keys=True) + "\n", "utf-8"
        )
    assert changed(json.loads(LOCKED.read_text("utf-8")), WORDS) == []


@pytest.mark.parametrize("part", ["text", "question", "button"])
def test_other_words_need_another_version(part: str) -> None:
    locked = {place(one): one.sha256 for one in WORDS}
    for one in WORDS:
        other = replace(one, **{part: getattr(one, part) + "."})
        (complaint,) = changed(locked, [other])
        assert complaint.startswith(f"{one.notice} 1.0 {one.language} {one.variant}:")
        newer = replace(other, version="1.1")
        assert changed(locked | {place(newer): newer.sha256}, [newer]) == []


def test_no_two_notices_have_the_same_hash() -> None:
    assert len({one.sha256 for one in WORDS}) == len(WORDS)


def test_every_notice_is_in_both_languages_and_for_the_young_where_they_are_asked() -> (
    None
):
    for notice in NOTICES.values():
        variants = {"adult"} if notice.is_for_holders else {"adult", "youth"}
        expected = {(code, variant) for code in CODES for variant in variants}
        found = {(w.language, w.variant) for w in WORDS if w.notice == notice.id}
        assert found == expected


def test_every_consent_that_a_dialogue_asks_for_has_a_notice_of_that_question() -> None:
    asked = {
        (flow.id, state.name, getattr(effect, "purpose", Purpose.HEAR_MORE))
        for flow in FLOWS.values()
        for state in flow.states
        for answer in state.answers
        for effect in (
            answer.records if isinstance(answer.records, tuple) else (answer.records,)
        )
        if isinstance(effect, ConsentGiven | InterestGiven)
    }
    kept = {
        (notice.asked_in.dialogue, notice.asked_in.state, notice.purpose)
        for notice in NOTICES.values()
    }
    assert asked == kept


def test_a_slip_of_the_pen_keeps_a_yes_and_another_meaning_does_not() -> None:
    assert is_current("take_part", "1.0")
    assert is_current("take_part", "1.7")
    assert not is_current("take_part", "2.0")
    assert not is_current("take_part", "11.0")
    assert not is_current("gone", "1.0")
    assert not is_current(None, None)


def test_a_holder_is_asked_in_words_of_their_own() -> None:
    own = notice_for(Purpose.DATA_NOTICE, is_holder=False)
    theirs = notice_for(Purpose.DATA_NOTICE, is_holder=True)
    assert (own.id, theirs.id) == ("data_notice", "parental_data_notice")
    with pytest.raises(LookupError, match="take_part"):
        notice_for(Purpose.TAKE_PART, is_holder=True)


@pytest.mark.parametrize(
    "words",
    [words for words in WORDS if NOTICES[words.notice].is_aloud],
    ids=place,
)
def test_what_is_read_aloud_is_true_without_the_bot_and_said_once(
    words: NoticeWords,
) -> None:
    read = f"{words.text}\n\n{words.question}"
    said = [" ".join(sentence) for sentence in sentences(read)]
    assert sorted(said) == sorted(set(said))
    assert not OF_THE_CHAT.search(read)
    assert len(re.findall(r"\b114\b", read)) == 1
    assert len(re.findall(r"advokat|lawyer", read)) <= 1
