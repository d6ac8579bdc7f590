"""Walks that many talks begin with: walked once in each process, then put back.

As long as a town has gone no other way than by such walks, its next one leads to where
it led the town that went the same way before. That moment was kept: the rows of both
databases, the phones, the journal, and what the walk gave. It is put back while the
program is idle, so everybody goes on as if they had walked there. In a town where
anything else has happened everybody walks on foot.
"""

import pickle
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from copyreg import dispatch_table
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import wraps
from inspect import signature
from io import BytesIO
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    ParamSpec,
    TypeAlias,
    TypeVar,
)

from bot.simulator.world import World
from bot.wiring import Desk
from tests.support.resident import Resident
from tests.support.rows import Rows, put_rows, rows_in

if TYPE_CHECKING:
    from tests.support.town import Town

P = ParamSpec("P")
T = TypeVar("T")
#: What was done, and with what; a moment is known by all that came before it.
Steps: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Moment:
    """A town at the end of a walk."""

    rows: Rows
    #: The world and its residents, and what the walk gave.
    people: bytes
    at: datetime
    #: Up to which number the world's changes were counted.
    version: int


@dataclass(frozen=True)
class Look:
    """What a town looks like; when it looks the same again, nothing has happened."""

    rows: Rows
    people: bytes
    calls: int
    desk: Desk
    patience: float


class Past:
    """How a town has come to where it is, as long as only kept walks led there."""

    def __init__(self, town: "Town", folder: Path) -> None:
        self.town = town
        self._folder = folder
        self._steps: Steps = ()
        #: How it looked at the end of these steps; None: something else has happened.
        self._look: Look | None = None

    def begins(self, step: object) -> Steps | None:
        """Tell which steps there will be after this one; None: it is to be walked."""
        if self._look is None or self._look != self._looks():
            self._look = None
            return None
        return (*self._steps, step)

    def comes_to(self, steps: Steps) -> None:
        """Stand at the end of these steps."""
        self._steps, self._look = steps, self._looks()

    def keeps(self, steps: Steps, gave: object, lived: int) -> None:
        """Keep how a walk has ended; when it began so many people lived here."""
        world, residents = self.town.world, self.town.residents
        self.town.checks_line()
        since = [vars(old.person) for old in residents[:lived]]
        people = self._pickled((vars(world), since, residents[lived:], gave), lived)
        now, version = world.clock.now(), world.changes.version
        _MOMENTS[steps] = Moment(rows_in(self._folder), people, now, version)
        self.comes_to(steps)

    def goes_to(self, steps: Steps) -> Any:  # noqa: ANN401 - whatever the walk gave
        """Put back how a walk has ended, and give what it gave."""
        moment, world, residents = _MOMENTS[steps], self.town.world, self.town.residents
        put_rows(self._folder, moment.rows)
        state, since, new, gave = _Loader(moment.people, self._fixed()).load()
        vars(world).update(state)
        for old, person in zip(residents, since, strict=True):
            vars(old.person).update(person)
        residents += new
        self.town.checked = len(list(world.journal))
        late = (moment.at - world.clock.now()).total_seconds()
        world.clock.advance(max(late, 0.0))
        world.changes.version = max(world.changes.version, moment.version)
        world.changes.up()
        self.comes_to(steps)
        return gave

    def _looks(self) -> Look:
        town = self.town
        world = dict(vars(town.world))
        calls = sum(call.method != "getUpdates" for call in world.pop("journal"))
        people = [vars(resident.person) for resident in town.residents]
        return Look(
            rows_in(self._folder),
            self._pickled((world, vars(town.world.clock), people), len(people)),
            calls,
            town.desk,
            town.patience,
        )

    def _pickled(self, what: object, lived: int) -> bytes:
        file = BytesIO()
        _Keeper(file, self._fixed(lived)).dump(what)
        return file.getvalue()

    def _fixed(self, lived: int | None = None) -> Mapping[str, object]:
        """Name what every town has of its own, and who has lived here before."""
        town = self.town
        fixed: dict[str, object] = {
            "rest": town.rest,
            "world": town.world,
            "clock": town.world.clock,
            "changes": town.world.changes,
            "words": town.desk.tools.catalogue,
        }
        old = town.residents[:lived]
        return fixed | {str(n): resident for n, resident in enumerate(old)}


@dataclass(frozen=True)
class Way:
    """A walk of which it is known where it leads from here."""

    past: Past
    steps: Steps
    #: So many people live here when it begins.
    lived: int

    def is_kept(self) -> bool:
        return self.steps in _MOMENTS

    def put_back(self) -> Any:  # noqa: ANN401 - whatever the walk gave
        return self.past.goes_to(self.steps)

    def keep(self, gave: object) -> None:
        self.past.keeps(self.steps, gave, self.lived)


class _Keeper(pickle.Pickler):
    """Writes names for what every town has of its own.

    By its types, as a table is asked without a call for each object that is kept.
    """

    def __init__(self, file: BytesIO, fixed: Mapping[str, object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._names = {id(own): name for name, own in fixed.items()}
        types = {type(own) for own in fixed.values()}
        self.dispatch_table = dispatch_table | dict.fromkeys(types, self._reduced)

    def _reduced(self, found: object) -> Any:  # noqa: ANN401 - what pickle knows
        name = self._names.get(id(found))
        if name is None:
            return found.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
        return _own, (name,)


class _Loader(pickle.Unpickler):
    """Puts this town's own in where there are names."""

    def __init__(self, people: bytes, fixed: Mapping[str, object]) -> None:
        super().__init__(BytesIO(people))
        self._fixed = fixed

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as it is
        if (module, name) == (_own.__module__, _own.__qualname__):
            return self._fixed.__getitem__
        return super().find_class(module, name)


def _own(name: str) -> object:
    """Stand for what a town has of its own; only `_Loader` knows whose."""
    raise LookupError(name)


_MOMENTS: Final[dict[Steps, Moment]] = {}
#: The towns of which it is known how they have come to where they are.
_PASTS: Final[dict[World, Past]] = {}


@contextmanager
def known(town: "Town", folder: Path) -> Iterator[None]:
    """Know from now on how a town comes along in which nothing has happened yet."""
    past = _PASTS[town.world] = Past(town, folder)
    past.comes_to(())
    try:
        yield
    finally:
        del _PASTS[town.world]


def kept(
    walk: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Coroutine[Any, Any, T]]:
    """Walk this once in each process; from the same beginning it is then put back."""

    @wraps(walk)
    async def walked(*args: P.args, **kwargs: P.kwargs) -> T:
        way = _begun(walk, args, kwargs)
        if way is None:
            return await walk(*args, **kwargs)
        if way.is_kept():
            put_back: T = way.put_back()
            return put_back
        gave = await walk(*args, **kwargs)
        await way.past.town.rests()
        way.keep(gave)
        return gave

    return walked


def kept_at_once(work: Callable[P, T]) -> Callable[P, T]:
    """Do this once in each process, as `kept`; nobody waits for anything in it."""

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        way = _begun(work, args, kwargs)
        if way is None:
            return work(*args, **kwargs)
        if way.is_kept():
            put_back: T = way.put_back()
            return put_back
        gave = work(*args, **kwargs)
        way.keep(gave)
        return gave

    return done


def the_same_again(work: Callable[P, T]) -> Callable[P, T]:
    """Do this each time, and know that it always leads to the same."""

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        way = _begun(work, args, kwargs)
        gave = work(*args, **kwargs)
        if way is not None:
            way.past.comes_to(way.steps)
        return gave

    return done


def _begun(
    walk: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> Way | None:
    """Tell where a walk will lead; None where that is not known, so it is walked."""
    given = signature(walk).bind(*args, **kwargs)
    given.apply_defaults()
    who, *others = given.arguments.values()
    one = who if isinstance(who, Resident) else None
    past = _PASTS.get(one.person.world if one else who.world)
    if past is None:
        return None
    steps = past.begins((walk.__qualname__, *map(_named, (one, *others))))
    return None if steps is None else Way(past, steps, len(past.town.residents))


def _named(given: object) -> object:
    """Name what is the same in each town that has come the same way."""
    if isinstance(given, Resident):
        return given.person.key
    if is_dataclass(given):
        return tuple(_named(getattr(given, field.name)) for field in fields(given))
    if isinstance(given, list):
        return tuple(map(_named, given))
    if isinstance(given, dict):
        return tuple((name, _named(value)) for name, value in given.items())
    return given
