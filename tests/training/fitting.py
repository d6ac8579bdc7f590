"""Logistic regression on the features of the classifier, and its validation."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, NamedTuple

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from flows.words.classifier import Kinds, Model, features, said, scores
from flows.words.wishes import STOP
from tests.training.phrasings import WEIGHT, Phrasings

#: So many of those that mean neither may be asked about in cross-validation. Many of
#: them are near misses: of what others wrote a model asks about half as many.
NEEDLESS: Final = 0.08
#: A feature of fewer phrasings than these tells nothing.
_SHOWN_IN: Final = 2
#: How little the weights are held down.
_C: Final = 30.0
#: What the other language teaches weighs so much less.
_FOREIGN: Final = 0.25
_FOLDS: Final = 10
_DIGITS: Final = 3


class Example(NamedTuple):
    """The features of one phrasing, what it means, and how much it weighs."""

    counted: Counter[str]
    meaning: str
    weight: float


@dataclass(frozen=True)
class Validated:
    """The score above which is asked, and the share of each meaning that is."""

    threshold: float
    asked: dict[str, float]


def fitted(known: Phrasings, threshold: float = 0.0) -> Model:
    """Fit a model that asks where its score is above nothing."""
    examples = list(_examples(known))
    counted = [example.counted for example in examples]
    shown_in = Counter(chain.from_iterable(counted))
    common = sorted(one for one, times in shown_in.items() if times >= _SHOWN_IN)
    columns = {feature: at for at, feature in enumerate(common)}
    regression = LogisticRegression(
        C=_C, solver="liblinear", max_iter=5000, tol=1e-6, random_state=0
    )
    regression.fit(
        _matrix(counted, columns),
        [example.meaning != "neither" for example in examples],
        sample_weight=[example.weight for example in examples],
    )
    weights = (round(float(weight), _DIGITS) for weight in regression.coef_[0])
    return Model(
        labels=(STOP,),
        bias=(round(float(regression.intercept_[0]) - threshold, _DIGITS),),
        weights={one: (w,) for one, w in zip(common, weights, strict=True) if w},
        kinds=known.kinds,
    )


def cross_validated(known: Phrasings) -> Validated:
    """Score each phrasing by a model that has not seen it."""
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    scored: dict[str, list[float]] = {meaning: [] for meaning in WEIGHT}
    for learned, asked in folds.split(known.texts, known.meanings):
        model = fitted(_only(known, learned))
        for at in asked:
            score = scores(said(known.texts[at]), model)[0]
            scored[known.meanings[at]].append(score)
    threshold = _threshold(scored["neither"])
    return Validated(
        threshold,
        {
            meaning: sum(score > threshold for score in some) / len(some)
            for meaning, some in scored.items()
        },
    )


def written(model: Model, phrasings_hash: str) -> str:
    """Write a model as JSON, a weight a line."""
    content = {
        "trained_from": phrasings_hash,
        "bias": model.bias[0],
        "weights": {one: weight for one, (weight,) in sorted(model.weights.items())},
    }
    return json.dumps(content, ensure_ascii=False, indent=0) + "\n"


def _examples(known: Phrasings) -> Iterator[Example]:
    """Give the phrasings of a language, and what the others have to teach.

    Rows of kinds of words mean much the same there. And what means neither there must
    mean neither here as well, read with the words of this language.
    """
    for text, meaning in zip(known.texts, known.meanings, strict=True):
        yield Example(_counted(text, known.kinds), meaning, WEIGHT[meaning])
    for foreign in known.foreign:
        for text, meaning in zip(foreign.texts, foreign.meanings, strict=True):
            weight = _FOREIGN * WEIGHT[meaning]
            yield Example(_counted(text, foreign.kinds), meaning, weight)
            if meaning == "neither":
                yield Example(_counted(text, known.kinds), meaning, WEIGHT[meaning])


def _only(known: Phrasings, places: Iterable[int]) -> Phrasings:
    places = list(places)
    return replace(
        known,
        texts=[known.texts[at] for at in places],
        meanings=[known.meanings[at] for at in places],
    )


def _threshold(neither: Sequence[float]) -> float:
    ordered = sorted(neither, reverse=True)
    return ordered[int(len(ordered) * NEEDLESS)]


def _counted(text: str, kinds: Kinds) -> Counter[str]:
    return Counter(chain.from_iterable(features(said(text), kinds)))


def _matrix(counted: Sequence[Counter[str]], columns: dict[str, int]) -> Any:  # noqa: ANN401 # SciPy has no types
    entries = [
        (times / features.total() ** 0.5, row, columns[feature])
        for row, features in enumerate(counted)
        for feature, times in features.items()
        if feature in columns
    ]
    values, rows, places = zip(*entries, strict=True)
    return csr_matrix((values, (rows, places)), (len(counted), len(columns)))
