"""A sealed value opens with the person's key, in its own place, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.storage.keys.sealing import hashed, new_key, seal, unseal

KEY = new_key()


@given(st.text())
def test_what_was_sealed_is_read_again(text: str) -> None:
    sealed = seal(KEY, "answers", "value", "row", text)
    assert unseal(KEY, "answers", "value", "row", sealed) == text


def test_a_yes_is_as_long_as_a_no() -> None:
    lengths = {
        len(seal(KEY, "answers", "value", "row", text))
        for text in ("ja", "nej", "måske en anden gang")
    }
    assert len(lengths) == 1


def test_the_same_text_never_looks_the_same() -> None:
    one, two = (seal(KEY, "answers", "value", "row", "ja") for _ in range(2))
    assert one != two


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        ("people", "value", "row"),
        ("answers", "name", "row"),
        ("answers", "value", "other"),
    ],
)
def test_a_value_that_was_moved_cannot_be_read(
    table: str, column: str, row: str
) -> None:
    sealed = seal(KEY, "answers", "value", "row", "ja")
    with pytest.raises(StorageError, match=f"{table}.{column}"):
        unseal(KEY, table, column, row, sealed)


def test_another_key_a_changed_byte_or_a_stump_opens_nothing() -> None:
    sealed = seal(KEY, "answers", "value", "row", "ja")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for key, value in ((new_key(), sealed), (KEY, changed), (KEY, sealed[:9])):
        with pytest.raises(StorageError, match="sealed with another key"):
            unseal(key, "answers", "value", "row", value)


def test_a_hash_tells_the_same_text_in_the_same_place_to_the_same_key_alone() -> None:
    here = hashed(KEY, "heard", "words", "sofie/7", "ja")
    assert here == hashed(KEY, "heard", "words", "sofie/7", "ja")
    others = {
        hashed(KEY, "heard", "words", "sofie/7", "nej"),
        hashed(KEY, "heard", "words", "sofie/8", "ja"),
        hashed(new_key(), "heard", "words", "sofie/7", "ja"),
    }
    assert len(others - {here}) == 3


def test_half_an_emoji_can_be_hashed() -> None:
    assert hashed(KEY, "heard", "words", "row", "stop \ud83d")
