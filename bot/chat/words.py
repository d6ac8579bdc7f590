"""What people type, as the catalogue knows it: words and labels in every language."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalogue import LANGUAGES, Catalogue
from flows.always import Always
from flows.dialogues.topics import TOPICS
from flows.reading import Words, normalised
from flows.red_flags import RedFlags

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
            normalised(self.catalogue.text(message_id, language))
            for language in LANGUAGES
        )


def vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Gather what people type from the catalogue."""
    words = Words(
        always={
            word: action
            for action in Always
            for word in (
                *_typed(catalogue, f"always.{action}.words"),
                *_typed(catalogue, f"always.{action}.label"),
                action.value,
            )
        },
        yes=frozenset(_typed(catalogue, "common.yes.words")),
        no=frozenset(_typed(catalogue, "common.no.words")),
        topics=tuple(_topics(catalogue)),
        red_flags=red_flags(catalogue),
    )
    return Vocabulary(words, frozenset(_typed(catalogue, "queue.words")), catalogue)


def red_flags(catalogue: Catalogue) -> RedFlags:
    """Gather what may mean danger, and the everyday uses of the same words."""
    return RedFlags(
        stems=frozenset(_listed(catalogue, "care.stems")),
        everyday=frozenset(_listed(catalogue, "care.everyday")),
        not_in_names=frozenset(_typed(catalogue, "care.not_in_names")),
    )


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


def _typed(catalogue: Catalogue, message_id: str) -> Iterator[str]:
    return map(normalised, _listed(catalogue, message_id))


def _listed(catalogue: Catalogue, message_id: str) -> Iterator[str]:
    for language in LANGUAGES:
        for word in catalogue.text(message_id, language).split(","):
            yield word.strip()
