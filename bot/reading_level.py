"""How hard our texts are to read: LIX in Danish, Flesch-Kincaid in English.

Neither says much of a few words. So texts of 30 words or more are measured alone and
shorter ones together, dialogue by dialogue; what is still short, in one pool.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.catalogue import LANGUAGES, Catalogue
from flows import FLOWS

MEASURED_ALONE: Final = 30
LONGEST_SENTENCE: Final = 20
LONGEST_MESSAGE: Final = 60
NOTICES_IN_FULL: Final = frozenset(
    f"{whose}.data_in_full{spoken}"
    for whose in ("consent", "parental")
    for spoken in ("", ".aloud")
)
#: The highest LIX (da) and school grade (en) for young people, adults, the notice.
YOUTH: Final = MappingProxyType({"da": 25.0, "en": 5.0})
ADULT: Final = MappingProxyType({"da": 35.0, "en": 8.0})
NOTICE: Final = MappingProxyType({"da": 40.0, "en": 9.0})
SCALES: Final = MappingProxyType({"da": "LIX", "en": "grade"})

#: What is not running text: labels, words to type, names, single lines of a list.
_FRAGMENTS = re.compile(
    r".*\.(label|words|share|status)"
    r"|(age_band|card|district|language_name|office|role|simulator|summary|telegram)\..*"
    r"|common\.(chosen|step|reference)|notice\.take"
    r"|care\.(stems|everyday|not_in_names|help_number_line)|holder\.harm\..*"
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
#: The programme's own words: they are explained, and no shorter ones would be true.
_OUR_WORDS = re.compile(
    r"konfliktråd\w*|mægler\w*|politi\w*|datatilsynet\w*|telegram"
    r"|mediation\w*|mediator\w*|police\w*",
    re.IGNORECASE,
)
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
    limits: Mapping[str, float]

    @property
    def words(self) -> int:
        return sum(map(len, self.sentences))


def report(catalogue: Catalogue) -> list[Row]:
    """Measure every text that is read as running text."""
    return [
        Row(language, text.name, text.words, _SCORES[language](text), limit)
        for language in LANGUAGES
        for text in _pooled(list(_texts(catalogue, language)))
        if text.words
        for limit in (text.limits[language],)
    ]


def faults(catalogue: Catalogue) -> tuple[str, ...]:
    """Say of every text that is too hard or too long what is wrong with it."""
    hard = [
        f"{row.language} {row.name}: {SCALES[row.language]} {row.score:.1f}, "
        f"at most {row.limit:.0f}."
        for row in report(catalogue)
        if row.score > row.limit
    ]
    long = [
        f"{language} {text.name}: {fault}"
        for language in LANGUAGES
        for text in _texts(catalogue, language)
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


def _lix(text: _Text) -> float:
    words = [word for sentence in text.sentences for word in sentence]
    long = sum(len(w) >= _LONG_WORD and not _OUR_WORDS.fullmatch(w) for w in words)
    return len(words) / len(text.sentences) + 100 * long / len(words)


def _flesch_kincaid(text: _Text) -> float:
    """Compute the school grade; our own words count as words, not as syllables."""
    words = [word for sentence in text.sentences for word in sentence]
    spoken = [syllables(word) for word in words if not _OUR_WORDS.fullmatch(word)]
    per_word = sum(spoken) / len(spoken) if spoken else 1.0
    return 0.39 * len(words) / len(text.sentences) + 11.8 * per_word - 15.59


_SCORES: Mapping[str, Callable[[_Text], float]] = {"da": _lix, "en": _flesch_kincaid}


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
            yield _Text(message_id, sentences(text), _limits(message_id))


def _limits(message_id: str) -> Mapping[str, float]:
    if message_id in NOTICES_IN_FULL:
        return NOTICE
    is_adult = message_id.endswith(".adult") or _ADULTS.fullmatch(message_id)
    return ADULT if is_adult else YOUTH


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
        pools[name(text), text.limits is ADULT].append(text)
    return [
        _Text(
            f"{pool}, adults" if is_adult else pool,
            tuple(sentence for text in members for sentence in text.sentences),
            members[0].limits,
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
