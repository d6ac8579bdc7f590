"""Where and when processes are killed: drawn by a seed, so that it can be repeated."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tests.lab.chaos.bomb import Point

#: The same, point by point: acknowledgements are rarer than commits.
_LATEST: Final = {
    Point.BEFORE_COMMIT: 25,
    Point.AFTER_COMMIT: 25,
    Point.BEFORE_SEND: 15,
    Point.AFTER_SEND: 15,
    Point.BEFORE_ACKNOWLEDGE: 8,
    Point.AFTER_ACKNOWLEDGE: 8,
}
#: Seconds after its start in which a process may be killed from outside.
_FROM_OUTSIDE: Final = (0.3, 3.0)


@dataclass(frozen=True)
class Doom:
    """How one process is to end: at a point, or at a moment after its start."""

    point: Point | None
    nth: int = 0
    seconds: float = 0.0
    #: Whether all processes are killed with it.
    takes_all: bool = False


def dooms(seed: int, latest: int) -> Iterator[Doom]:
    """Draw dooms for ever: each seven are the six points and one random moment.

    `latest` is how often at most a point is passed before the bomb at it goes off.
    """
    dice = random.Random(seed)  # noqa: S311 - guards nothing
    while True:
        points: list[Point | None] = [*Point, None]
        dice.shuffle(points)
        for point in points:
            takes_all = dice.random() < 1 / 3
            if point is None:
                seconds = dice.uniform(*_FROM_OUTSIDE)
                yield Doom(None, seconds=seconds, takes_all=takes_all)
            else:
                yield Doom(
                    point,
                    dice.randint(1, min(_LATEST[point], latest)),
                    takes_all=takes_all,
                )
