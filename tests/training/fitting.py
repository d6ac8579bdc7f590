"""Logistic regression on the features of `flows.classifier`, and its validation."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from flows.classifier import Kinds, Model, features, said, scores
from flows.wishes import STOP
from tests.training.phrasings import WEIGHT, Phrasings

#: So much of what means stop is asked about in cross-validation: a missed stop costs
#: trust, a needless question one tap.
REACH: Final = 0.965
#: A feature of fewer phrasings than these tells nothing.
_SHOWN_IN: Final = 2
#: How little the weights are held down.
_C: Final = 30.0
_FOLDS: Final = 10
_DIGITS: Final = 3
_JUST_BELOW: Final = 1e-6


@dataclass(frozen=True)
class Validated:
    """The score above which is asked, and the share of each meaning that is."""

    threshold: float
    asked: dict[str, float]


def fitted(known: Phrasings, threshold: float = 0.0) -> Model:
    """Fit a model that asks where its score is above nothing."""
    counted = [_counted(text, known.kinds) for text in (*known.texts, *known.foreign)]
    meanings = [*known.meanings, *("neither" for _ in known.foreign)]
    shown_in = Counter(chain.from_iterable(counted))
    common = sorted(one for one, times in shown_in.items() if times >= _SHOWN_IN)
    columns = {feature: at for at, feature in enumerate(common)}
    regression = LogisticRegression(
        C=_C, solver="liblinear", max_iter=5000, tol=1e-6, random_state=0
    )
    regression.fit(
        _matrix(counted, columns),
        [meaning != "neither" for meaning in meanings],
        sample_weight=[WEIGHT[meaning] for meaning in meanings],
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
    threshold = _threshold(scored["stop"])
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


def _only(known: Phrasings, places: Iterable[int]) -> Phrasings:
    places = list(places)
    return replace(
        known,
        texts=[known.texts[at] for at in places],
        meanings=[known.meanings[at] for at in places],
    )


def _threshold(stop: Sequence[float]) -> float:
    ordered = sorted(stop)
    return ordered[int(len(ordered) * (1 - REACH))] - _JUST_BELOW


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
