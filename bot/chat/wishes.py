"""The lists and weights of `locales/<language>/wishes`, by which a stop is heard."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.catalogue import LOCALES
from flows.languages import CODES
from flows.words.classifier import Kinds, Model, plain
from flows.words.wishes import STOP, Phrasings, Wishes, is_pattern, pattern, stripped

#: What acts, and for parents alone; what is asked about.
_ACTS, _ACTS_OF_PARENTS = "stop", "stop_of_parents"
_ASKS: Final = ("stop_unsure", "may")
#: Lists of which a line may stand for many texts.
PATTERNED: Final = (_ACTS, _ACTS_OF_PARENTS)
#: What a model is trained from: its hash stands with the weights.
TRAINING: Final = (*PATTERNED, *_ASKS, "neither", "kinds")
WEIGHTS: Final = "weights.json"


@cache
def wishes(folder: Path = LOCALES) -> Wishes:
    """Read how people say that they want to stop, in every language."""
    polite = frozenset(_words(folder, "polite"))
    closing = frozenset(_words(folder, "closing"))

    def phrasings(*lists: str) -> Phrasings:
        listed = [line for name in lists for line in _in_all(folder, name)]
        may_be_many = lists[0] in PATTERNED
        many = [one for one in listed if may_be_many and is_pattern(one)]
        texts = (stripped(plain(one), polite, closing) for one in listed)
        return Phrasings(frozenset(texts) - {""}, pattern(map(plain, many)))

    return Wishes(
        acts=phrasings(_ACTS),
        acts_of_parents=phrasings(_ACTS_OF_PARENTS),
        asks=phrasings(*_ASKS),
        polite=polite,
        closing=closing,
        models=tuple(model(folder, language) for language in CODES),
    )


def model(folder: Path, language: str) -> Model:
    """Read the weights of one language."""
    path = folder / language / "wishes" / WEIGHTS
    written = json.loads(path.read_text(encoding="utf-8"))
    weights = {feature: (weight,) for feature, weight in written["weights"].items()}
    return Model((STOP,), (written["bias"],), weights, kinds(folder, language))


def kinds(folder: Path, language: str) -> Kinds:
    """Read the kinds of words of one language; a line holds one kind and its words."""
    found: dict[str, str] = {}
    for line in lines(folder, language, "kinds"):
        kind, _, words = line.partition(": ")
        for word in map(plain, words.split()):
            found.setdefault(word, kind)
    return Kinds(found)


def lines(folder: Path, language: str, name: str) -> list[str]:
    """Read one list: what it holds stands one a line, and a comment behind a hash."""
    path = folder / language / "wishes" / f"{name}.txt"
    read = path.read_text(encoding="utf-8").splitlines()
    return [line for line in read if line and not line.startswith("#")]


def trained_from(folder: Path = LOCALES) -> str:
    """Return the SHA-256 of everything that the models are trained from."""
    digest = sha256()
    for language in CODES:
        for name in TRAINING:
            text = "\n".join(lines(folder, language, name))
            digest.update(f"{language}/{name}\n{text}\n".encode())
    return digest.hexdigest()


def _words(folder: Path, name: str) -> Iterator[str]:
    """Read words that stand in rows; an underscore joins those of one greeting."""
    for line in _in_all(folder, name):
        for word in plain(line).split():
            yield word.replace("_", " ")


def _in_all(folder: Path, name: str) -> Iterable[str]:
    return (line for language in CODES for line in lines(folder, language, name))
