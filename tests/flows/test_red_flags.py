"""A red flag is found whatever stands around it; an everyday use hides only itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.words.red_flags import RedFlags, is_flagged

FLAGS = RedFlags(
    stems=frozenset(
        {"bange", "slår", "slår til mig", "dræb*", "*kniv*", "vil dø", "tør ikke"}
    ),
    everyday=frozenset(
        {"bange for at komme for sent", "slår til", "knivskarp*", "tør ikke love"}
    ),
)
#: No everyday use holds any of them.
OTHERS = st.lists(
    st.sampled_from(
        ["ikke", "aldrig", "never", "og", "Ida", "🙂", "-", "«", "12", "\n"]
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "bange",
        "Jeg er BANGE!",
        "ikke bange",
        "slår",
        "dræbt",
        "springkniven",
        "knivstik",
        "jeg vil dø.",
    ],
)
def test_a_red_flag_is_found(text: str) -> None:
    assert is_flagged(text, FLAGS)


@pytest.mark.parametrize(
    "text", ["", "Bo", "bangebuks", "overslår", "vil døgnet", "dør vil", "vil, så dø"]
)
def test_a_word_counts_whole_unless_a_star_says_otherwise(text: str) -> None:
    assert not is_flagged(text, FLAGS)


@pytest.mark.parametrize(
    "text",
    [
        "slaar",
        "slar",
        "draeb",
        "dreb",
        "vil doe",
        "vil do",
        "vil dö",
        "ba\u0301nge",
        "b\u200bange",
        "b\u00adange",
        "b.a.n.g.e",
        "b a n g e",
        "baaaange",
        "slåååår",
        "bange😢",
        "😢bange",
        "kn😢iv",
        "sl\u0061\u030ar",
        "\U0001d41b\U0001d41a\U0001d427\U0001d420\U0001d41e",
        "vildø",
        "vil\n\ndø",
        "vil. dø",
        "vil😢dø",
    ],
)
def test_however_it_is_typed(text: str) -> None:
    assert is_flagged(text, FLAGS)


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er bange for at komme for sent",
        "bange for, at komme for sent",
        "Det slår til",
        "knivskarpt",
        "Jeg tør ikke love det",
    ],
)
def test_an_everyday_use_is_none(text: str) -> None:
    assert not is_flagged(text, FLAGS)


@pytest.mark.parametrize(
    "text",
    [
        "bange for at komme for sent, og bange for ham",
        "bange for ham, ikke bange for at komme for sent",
        "det slår til, og han slår",
        "han slår til mig",
        "knivskarp kniv",
        "Jeg er bange. For at komme for sent er ikke alt",
        "Han slår! Til mødet kommer jeg ikke",
        "bange for at komme",
    ],
)
def test_it_silences_only_itself(text: str) -> None:
    assert is_flagged(text, FLAGS)


@given(st.text(), st.sampled_from(sorted(FLAGS.stems)), st.text())
def test_nothing_around_a_red_flag_hides_it(before: str, stem: str, after: str) -> None:
    """Behind it a stop, as what is written next might make it an everyday use."""
    assert is_flagged(f"{before} {stem.replace('*', '')}. {after}", FLAGS)


@given(
    st.permutations([*sorted(FLAGS.everyday), "bange"]),
    st.lists(OTHERS, min_size=5, max_size=5),
)
def test_everyday_uses_around_it_do_not_hide_it_either(
    pieces: list[str], between: list[list[str]]
) -> None:
    text = " og ".join(
        " ".join([*words, piece]) for words, piece in zip(between, pieces, strict=True)
    )
    assert is_flagged(text.replace("*", ""), FLAGS)


@given(st.text(), st.sampled_from(sorted(FLAGS.stems)))
def test_a_red_flag_is_found_at_any_length(filling: str, stem: str) -> None:
    assert is_flagged(f"{filling * 200} {stem.replace('*', '')}", FLAGS)


def test_without_a_list_nothing_is_flagged() -> None:
    assert not is_flagged("bange", RedFlags(frozenset(), frozenset()))
