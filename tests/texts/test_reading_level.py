"""Our texts are easy to read, and what would not be is told."""

from collections.abc import Mapping

import pytest

from bot.catalogue import Catalogue, Entry, load
from bot.reading_level import (
    LONGEST_MESSAGE,
    Row,
    faults,
    report,
    sentences,
    syllables,
)
from flows.languages import CODES

EASY = Entry("Du er her.", frozenset())


def catalogue(da: Mapping[str, str], en: Mapping[str, str] | None = None) -> Catalogue:
    """A catalogue with these texts; the other language says little."""
    texts = {"da": da, "en": en or {"offer.hello": "You are here."}}
    return Catalogue(
        {
            language: {name: Entry(text, frozenset()) for name, text in found.items()}
            for language, found in texts.items()
        }
    )


def rows(texts: Catalogue, language: str) -> list[Row]:
    return [row for row in report(texts) if row.language == language]


def test_our_texts_are_easy_enough() -> None:
    assert faults(load()) == ()


@pytest.mark.parametrize("language", CODES)
def test_the_report_covers_every_dialogue(language: str) -> None:
    names = {row.name.split(".")[0].split(",")[0] for row in rows(load(), language)}
    assert {"arrival", "programme", "topics", "offer", "intake", "consent"} <= names


def test_lix_is_words_per_sentence_and_long_words_in_a_hundred() -> None:
    """30 words in 5 sentences, 3 of them with 7 letters or more: 6 + 10."""
    text = "Du har nu set alle svarene. " * 3 + "Du kan nu gå din vej. " * 2
    (row,) = rows(catalogue({"offer.hello": text}), "da")
    assert (row.name, row.words, row.score) == ("offer.hello", 30, 6 + 10)


def test_flesch_kincaid_is_what_the_formula_gives() -> None:
    """30 words in 5 sentences with 35 syllables."""
    text = "You can go on with reading. " * 5
    (row,) = rows(catalogue({}, {"offer.hello": text}), "en")
    assert row.score == pytest.approx(0.39 * 6 + 11.8 * 35 / 30 - 15.59)


def test_our_own_words_are_not_long() -> None:
    hard = catalogue({"offer.hello": "Du kan tale med betjenten. " * 6})
    ours = catalogue({"offer.hello": "Du kan tale med mægleren. " * 6})
    assert rows(hard, "da")[0].score == 5 + 20
    assert rows(ours, "da")[0].score == 5


def test_short_texts_are_measured_together_dialogue_by_dialogue() -> None:
    short = {f"offer.text_{n}": "Du kan sige ja eller nej her." for n in range(5)}
    few = {"hide.line": "Skriv et ord.", "link.refused": "Se på dit brev."}
    measured = rows(catalogue(short | few), "da")
    assert [(row.name, row.words) for row in measured] == [
        ("offer, short", 35),
        ("all others, short", 7),
    ]


def test_adults_are_not_pooled_with_the_young() -> None:
    hard = "Vedkommende myndighed afgør spørgsmålet."
    measured = rows(
        catalogue({"offer.hello": EASY.text, "offer.hello.adult": hard}), "da"
    )
    assert [(row.name, row.limit) for row in measured] == [
        ("all others, short", 25),
        ("all others, short, adults", 35),
    ]


def test_parents_are_adults() -> None:
    hard = "Vedkommende myndighed afgør spørgsmålet nu. " * 6
    (row,) = rows(catalogue({"holder.hello": hard}), "da")
    assert row.limit == 35


def test_labels_and_lines_of_a_list_are_not_running_text() -> None:
    left_out = {
        "offer.ask_interest.yes": "Ja",
        "always.hide.label": "Skjul",
        "always.hide.words": "skjul, luk",
        "district.fyn": "Fyn",
        "card.phone": "Telefon: {value}",
        "common.chosen": "Valgt",
    }
    assert rows(catalogue(left_out), "da") == []


def test_a_hard_text_is_told() -> None:
    hard = "Konsekvenserne vedrører samtlige implicerede personer. " * 6
    (fault,) = faults(catalogue({"offer.hello": hard}))
    assert fault == "da offer.hello: LIX 105.0, at most 25."


def test_a_long_sentence_is_told_even_in_a_short_text() -> None:
    text = "Du kan " + "gå og " * 9 + "stå."
    (fault,) = faults(catalogue({"offer.hello": text}))
    assert fault == (
        "da offer.hello: a sentence has 21 words, at most 20: Du kan gå og gå ..."
    )


def test_a_long_message_is_told() -> None:
    text = "Du kan gå nu. " * 16
    (fault,) = faults(catalogue({"offer.hello": text}))
    assert fault == f"da offer.hello: it has 64 words, at most {LONGEST_MESSAGE}."


def test_the_full_notice_may_be_longer_and_harder() -> None:
    text = "Du har ret til at klage over afgørelsen. " * 12
    assert faults(catalogue({"consent.data_in_full": text})) == ()


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("Vi er her. Er du der?", [3, 3]),
        ("Ring kl. 9-15 på 114.", [3]),
        ("Nu:\n- ja\n- nej", [1, 1, 1]),
        ("Et brev\nfra os.", [4]),
        ("Du kan\n\nblive her", [2, 2]),
        ("Skriv {name} nu. ", [2]),
        ("Brogårdsvej 1, 7500 Holstebro. Skriv til os@example.dk.", [2]),
        ("Se https://example.dk/a eller politi.dk nu", [3]),
        ("Du sagde: »Ja.« Det er fint.", [2, 1, 3]),
        ("... 12 ?", []),
    ],
)
def test_a_text_is_split_into_sentences(text: str, lengths: list[int]) -> None:
    assert [len(words) for words in sentences(text)] == lengths


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("you", 1),
        ("the", 1),
        ("change", 1),
        ("asked", 1),
        ("times", 1),
        ("police", 2),
        ("wanted", 2),
        ("people", 2),
        ("places", 2),
        ("someone", 2),
        ("agreed", 2),
        ("voluntary", 4),
    ],
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count
