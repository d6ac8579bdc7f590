"""What people type, as the catalogue knows it: words and labels in every language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.catalogue import Catalogue
from bot.chat.wishes import wishes
from flows.always import Always
from flows.dialogues.topics import TOPICS
from flows.languages import CODES
from flows.words.asking import BEGINNING, END, Asking
from flows.words.characters import normalised, spoken
from flows.words.reading import Words
from flows.words.red_flags import RedFlags

_EXPLAINS = "explain_"
#: Whether this is genuine; no topic of the programme, and looked for first.
_DOUBT = "genuine"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Typed words in all languages at once, and the labels of answers."""

    words: Words
    #: What a mediator types to take a case.
    take: frozenset[str]
    catalogue: Catalogue

    def labels(self, message_id: str) -> frozenset[str]:
        """Give a label as it may be typed, in every language."""
        return frozenset(
            spoken(self.catalogue.text(message_id, language)) for language in CODES
        )


def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Gather what people type from the catalogue."""
    polite = _spoken(catalogue, "common.polite.words")
    words = Words(
        always={
            word: action
            for action in Always
            for word in (
                *_spoken(catalogue, f"always.{action}.words"),
                *_spoken(catalogue, f"always.{action}.label"),
                action.value,
            )
        },
        yes=_spoken(catalogue, "common.yes.words"),
        no=_spoken(catalogue, "common.no.words"),
        topics=tuple(_topics(catalogue)),
        red_flags=red_flags(catalogue),
        around=polite | _spoken(catalogue, "common.hurried.words"),
        polite=polite,
        denying=_spoken(catalogue, "common.denying.words"),
        leading=_spoken(catalogue, "common.leading.words"),
        no_slips=_spoken(catalogue, "common.no_slips.words"),
        go_on=_spoken(catalogue, "common.go_on.words"),
        asking=tuple(asking(catalogue, language) for language in CODES),
        wish=wishes().wish,
        wish_of_parent=wishes().wish_of_parent,
    )
    return Vocabulary(words, frozenset(_typed(catalogue, "queue.words")), catalogue)


def red_flags(catalogue: Catalogue) -> RedFlags:
    """Gather what may mean danger, and the everyday uses of the same words."""
    return RedFlags(
        stems=frozenset(_listed(catalogue, "care.stems")),
        everyday=frozenset(_listed(catalogue, "care.everyday")),
        not_in_names=frozenset(_typed(catalogue, "care.not_in_names")),
    )


def asking(catalogue: Catalogue, language: str) -> Asking:
    """Gather how people ask who write no question mark."""

    def listed(part: str) -> Iterator[str]:
        return _listed(catalogue, f"common.asking.{part}.words", (language,))

    return Asking(
        words=frozenset(map(spoken, listed("openers"))),
        verbs=frozenset(map(spoken, listed("verbs"))),
        subjects=frozenset(map(spoken, listed("subjects"))),
        maybe_subjects=frozenset(map(spoken, listed("maybe_subjects"))),
        phrases=frozenset(map(_bound, listed("phrases"))),
        maybe_phrases=frozenset(map(_bound, listed("maybe_phrases"))),
        requests=frozenset(map(_bound, listed("requests"))),
        spellings=dict(map(_spelling, listed("spellings"))),
        fillers=frozenset(map(spoken, listed("fillers"))),
    )


def _spelling(pair: str) -> tuple[str, str]:
    """Part "ik = ikke" into what is typed and what is meant."""
    typed, _, meant = pair.partition("=")
    return spoken(typed), spoken(meant)


def topics() -> tuple[str, ...]:
    """List the topics, in the order of the menu."""
    names = (state.name for state in TOPICS.states)
    return tuple(
        name.removeprefix(_EXPLAINS) for name in names if name.startswith(_EXPLAINS)
    )


def _topics(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for topic in (_DOUBT, *topics()):
        for stem in _typed(catalogue, f"topics.{topic}.words"):
            yield stem, topic


def _spoken(catalogue: Catalogue, message_id: str) -> frozenset[str]:
    """Give what is listed as it is heard, whatever marks stand in it."""
    return frozenset(map(spoken, _listed(catalogue, message_id)))


def _bound(phrase: str) -> str:
    """Give a phrase as it is heard; it may be bound to an end of the text."""
    begins = f"{BEGINNING} " if phrase.startswith(BEGINNING) else ""
    ends = f" {END}" if phrase.endswith(END) else ""
    return f"{begins}{spoken(phrase)}{ends}"


def _typed(catalogue: Catalogue, message_id: str) -> Iterator[str]:
    return map(normalised, _listed(catalogue, message_id))


def _listed(
    catalogue: Catalogue, message_id: str, languages: Iterable[str] = CODES
) -> Iterator[str]:
    for language in languages:
        for word in catalogue.text(message_id, language).split(","):
            yield word.strip()
