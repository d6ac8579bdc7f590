"""The word of a person's own that opens a covered chat: what can be one, and is it.

It is compared by its letters and digits alone, so that case, spaces and marks do not
matter, and only a hash of it is kept, by the person's own key.
"""

from collections.abc import Callable, Iterator
from typing import Final

from bot.chat.visit import Visit
from bot.chat.words import Vocabulary
from bot.storage import links
from bot.storage.keys.sealing import hashed
from flows import FLOWS
from flows.languages import CODES
from flows.words.characters import normalised
from flows.words.reading import Asked, Unclear, read

#: A shorter word would be found by chance; a longer one is a text.
SHORTEST: Final = 4
LONGEST: Final = 64
#: So many different letters it has at least, so that "aaaa" is none.
_DIFFERENT: Final = 3
_GUESSED: Final = "word.guessed.words"


def bare(text: str) -> str:
    """Bring a word into the form in which it is compared."""
    return "".join(c for c in normalised(text[:LONGEST]) if c.isalnum())


def accepted(vocabulary: Vocabulary) -> Callable[[str], str | None]:
    """Give what takes a typed text for a word of one's own, or refuses it with None.

    Nothing is one that means something here or that anybody would write first.
    """

    def accept(text: str) -> str | None:
        word = bare(text)
        fits = len(text) <= LONGEST and _is_long_enough(word) and "?" not in text
        if not fits or _means_something(text, vocabulary):
            return None
        return None if word in set(_taken(vocabulary)) else word

    return accept


def keep(visit: Visit, word: str) -> None:
    """Let an accepted word open the chat from now on, and no earlier one."""
    visit.person.hiding_word = _hashed(visit, word)


def is_own(visit: Visit, text: str) -> bool:
    """Tell whether a text is the word that the person has chosen."""
    person, keys = visit.person, visit.tools.keys
    if person.hiding_word is None or len(text) > LONGEST:
        return False
    # One of an earlier version has its spaces, and a hash by the key of the program.
    before = (keys.hash_word(person.id, one) for one in (bare(text), normalised(text)))
    return person.hiding_word in {_hashed(visit, bare(text)), *before}


def _hashed(visit: Visit, word: str) -> bytes:
    """Hash a word by the person's own key, so that it goes with that."""
    return hashed(visit.key, "people", "hiding_word", visit.person.id, word)


def _is_long_enough(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) >= SHORTEST and len(set(letters)) >= _DIFFERENT


def _means_something(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text would be read as anything else where nothing is asked."""
    is_unclear = read(text, Asked(()), vocabulary.words) == Unclear()
    return not is_unclear or links.token_in(text) is not None


def _taken(vocabulary: Vocabulary) -> Iterator[str]:
    """Go through all that is typed or tapped here anyway, and what is guessed first."""
    words = vocabulary.words
    labels = {a.label for f in FLOWS.values() for s in f.states for a in s.answers}
    for typed in (words.always, words.yes, words.no, words.go_on, vocabulary.take):
        yield from map(bare, typed)
    for courtesy in (words.around, words.leading):
        yield from map(bare, courtesy)
    for label in filter(None, labels):
        yield from map(bare, vocabulary.labels(label))
    for language in CODES:
        yield from map(bare, vocabulary.catalogue.text(_GUESSED, language).split(","))
