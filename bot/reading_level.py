"""How hard our texts are to read, by the scale of each language.

Neither says much of a few words. So texts of 30 words or more are measured alone and
shorter ones together, dialogue by dialogue; what is still short, in one pool.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.catalogue import Catalogue
from flows import FLOWS
from flows.languages import LANGUAGES, Language, Readers, Scale

MEASURED_ALONE: Final = 30
LONGEST_SENTENCE: Final = 20
LONGEST_MESSAGE: Final = 60
NOTICES_IN_FULL: Final = frozenset(
    f"{whose}.data_in_full{spoken}"
    for whose in ("consent", "parental")
    for spoken in ("", ".aloud")
)

#: What is not running text: labels, words to type, names, single lines of a list.
_FRAGMENTS = re.compile(
    r".*\.(label|words|share|status)"
    r"|(age_band|card|district|language_name|office|role|simulator|summary|telegram)\..*"
    r"|common\.(chosen|step|reference|language\..*)|notice\.take"
    r"|care\.(stems|everyday|not_in_names|help_number_line|help\..*)|holder\.harm\..*"
    r"|receipt\.(line|answer\..*|purpose\..*|term\..*)"
)
#: Staff and parents.
_ADULTS = re.compile(
    r"(coordinator|holder|mediator|parental|queue)\..*|notice\..*_for_mediator"
)
_LEFT_OUT = re.compile(
    r"\{\w+\}"  # values that are filled in
    r"|\S+@\S+|https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:dk|org|com)\b"  # addresses
    r"|\b[A-ZÆØÅ]\w+(?:vej|gade|plads|torv|torvet|allé) \d+\w?,?(?: \d{4} [A-ZÆØÅ]\w+)?"
    r"|/\w+"  # commands
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_SENTENCE_END = re.compile(
    r"(?<=[.?!:…])[\"”«»)]*\s+(?=[\"“«»(]?[^\sa-zæøå\d])|\n\s*\n|\n(?![a-zæøå])"
)
#: It is called so in every language, as the programme's own words are in theirs.
_MESSENGER = "telegram"
_LONG_WORD = 7
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=^som)e(?=.)|(?<![^aeiouy]l)e$|(?<![^aeiouy]l)(?<=[^cghsxz])es$"
    r"|(?<=[^aeioutdy])ed$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One text, or the short texts of one dialogue, and how hard it reads."""

    language: str
    name: str
    words: int
    score: float
    limit: float


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    sentences: tuple[tuple[str, ...], ...]
    readers: Readers

    @property
    def words(self) -> int:
        return sum(map(len, self.sentences))


def report(
    catalogue: Catalogue, languages: Sequence[Language] = LANGUAGES
) -> list[Row]:
    """Measure every text that is read as running text."""
    ours = _own_words(languages)
    return [
        Row(
            one.code,
            text.name,
            text.words,
            _SCORES[one.scale](text, ours),
            one.limits[text.readers],
        )
        for one in languages
        for text in _pooled(list(_texts(catalogue, one.code)))
        if text.words
    ]


def faults(
    catalogue: Catalogue, languages: Sequence[Language] = LANGUAGES
) -> tuple[str, ...]:
    """Say of every text that is too hard or too long what is wrong with it."""
    scales = {one.code: one.scale for one in languages}
    hard = [
        f"{row.language} {row.name}: {scales[row.language]} {row.score:.1f}, "
        f"at most {row.limit:.0f}."
        for row in report(catalogue, languages)
        if row.score > row.limit
    ]
    long = [
        f"{one.code} {text.name}: {fault}"
        for one in languages
        for text in _texts(catalogue, one.code)
        for fault in _lengths(text)
    ]
    return (*hard, *long)


def sentences(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a text into its sentences, and those into words that count."""
    parts = _SENTENCE_END.split(_LEFT_OUT.sub(" ", text))
    split = (tuple(_WORD.findall(part)) for part in parts if part)
    return tuple(words for words in split if words)


def syllables(word: str) -> int:
    """Count the syllables of an English word, as near as its spelling tells."""
    spoken = _SILENT.sub("", word.lower())
    return max(1, len(_VOWELS.findall(spoken)))


def _own_words(languages: Sequence[Language]) -> re.Pattern[str]:
    """Match the programme's own words of every language, as all use those of others."""
    begun = (rf"{word}\w*" for one in languages for word in one.own_words)
    return re.compile("|".join([_MESSENGER, *begun]), re.IGNORECASE)


def _lix(text: _Text, ours: re.Pattern[str]) -> float:
    words = [word for sentence in text.sentences for word in sentence]
    long = sum(len(w) >= _LONG_WORD and not ours.fullmatch(w) for w in words)
    return len(words) / len(text.sentences) + 100 * long / len(words)


def _flesch_kincaid(text: _Text, ours: re.Pattern[str]) -> float:
    """Compute the school grade; our own words count as words, not as syllables."""
    words = [word for sentence in text.sentences for word in sentence]
    spoken = [syllables(word) for word in words if not ours.fullmatch(word)]
    per_word = sum(spoken) / len(spoken) if spoken else 1.0
    return 0.39 * len(words) / len(text.sentences) + 11.8 * per_word - 15.59


_SCORES: Final[Mapping[Scale, Callable[[_Text, re.Pattern[str]], float]]] = {
    Scale.LIX: _lix,
    Scale.GRADE: _flesch_kincaid,
}


def _texts(catalogue: Catalogue, language: str) -> Iterator[_Text]:
    labels = {
        answer.label
        for flow in FLOWS.values()
        for state in flow.states
        for answer in state.answers
    }
    for message_id in sorted(catalogue.ids(language) - labels):
        if not _FRAGMENTS.fullmatch(message_id):
            blanks = dict.fromkeys(catalogue.needs(message_id, language), "")
            text = catalogue.text(message_id, language, **blanks)
            yield _Text(message_id, sentences(text), _readers(message_id))


def _readers(message_id: str) -> Readers:
    if message_id in NOTICES_IN_FULL:
        return Readers.NOTICE
    is_adult = message_id.endswith(".adult") or _ADULTS.fullmatch(message_id)
    return Readers.ADULT if is_adult else Readers.YOUTH


def _pooled(texts: list[_Text]) -> Iterator[_Text]:
    """Put short texts together: by dialogue, and what is left once more."""
    yield from (text for text in texts if text.words >= MEASURED_ALONE)
    short = [text for text in texts if text.words < MEASURED_ALONE]
    by_dialogue = _together(short, lambda text: f"{text.name.split('.')[0]}, short")
    yield from (pool for pool in by_dialogue if pool.words >= MEASURED_ALONE)
    left = [pool for pool in by_dialogue if pool.words < MEASURED_ALONE]
    yield from _together(left, lambda _: "all others, short")


def _together(texts: list[_Text], name: Callable[[_Text], str]) -> list[_Text]:
    pools: dict[tuple[str, bool], list[_Text]] = defaultdict(list)
    for text in texts:
        pools[name(text), text.readers is Readers.ADULT].append(text)
    return [
        _Text(
            f"{pool}, adults" if is_adult else pool,
            tuple(sentence for text in members for sentence in text.sentences),
            members[0].readers,
        )
        for (pool, is_adult), members in pools.items()
    ]


def _lengths(text: _Text) -> Iterator[str]:
    for sentence in text.sentences:
        if len(sentence) > LONGEST_SENTENCE:
            start = " ".join(sentence[:5])
            yield (
                f"a sentence has {len(sentence)} words, at most {LONGEST_SENTENCE}: "
                f"{start} ..."
            )
    if text.words > LONGEST_MESSAGE and text.name not in NOTICES_IN_FULL:
        yield f"it has {text.words} words, at most {LONGEST_MESSAGE}."
