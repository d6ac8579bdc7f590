"""What is to be reached, beside what was; nothing here changes what is measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from tests.lab.bench.closed import CHATS
from tests.lab.bench.results import Results
from tests.lab.bench.rows import POSTGRES, POSTGRES4, SQLITE, Row
from tests.lab.bench.starting import UNWANTED
from tests.lab.bench.steady import RATE

#: At 64 chats, how many times as fast as another row we are to be.
_FASTER: Final = {"conversation": 1.5, "echo": 0.85, "ceiling": 0.5, "aiogram": 1.15}
#: The same of one webhook worker on PostgreSQL, and of four beside one.
_ON_POSTGRES: Final = {"conversation": 1.0}
_FOUR_WORKERS: Final = 1.5
#: One person alone, in milliseconds.
_ALONE_MS: Final = 4.0
#: Beside an earlier commit.
_NO_SLOWER: Final = 0.97
_NAMES: Final = {
    "conversation": "ConversationHandler",
    "echo": "stock echo",
    "ceiling": "our ceiling",
    "aiogram": "aiogram",
    "postgres": "1 worker",
}
_MOST: Final = max(CHATS)
_VISIBLE_MS: Final = 50.0
_FIRST_REPLY_S: Final = 2.0
_RESIDENT_MB: Final = 150.0
#: One text, whatever is in it, keeps nobody waiting longer.
_READ_MS: Final = 5.0
_HELD_UP_MS: Final = 100.0
#: Of our own functions, by a tap that reads on.
_CALLS: Final = 400
_GROWTH: Final = 1.15


@dataclass(frozen=True)
class Target:
    """One sentence, and whether it is so."""

    what: str
    measured: str
    is_reached: bool


def targets(results: Results) -> Iterator[Target]:
    """Hold a run against what is to be reached, as far as it measured that."""
    yield from _speed(results)
    yield from _steady(results)
    yield from _start(results)
    yield from _kept(results)
    yield from _read(results)
    if plain := [one.calls for one in results.calls if one.kind == "reads"]:
        what = f"a tap that reads on: at most {_CALLS} calls of our own functions"
        yield Target(what, str(max(plain)), max(plain) <= _CALLS)
    if results.grown:
        few, many = results.grown
        ratio = many.turn / few.turn
        what = f"turn with {many.people:,} people at most {_GROWTH} x {few.people:,}"
        yield Target(what, f"{ratio:.2f} x", ratio <= _GROWTH)


def _speed(results: Results) -> Iterator[Target]:
    yield from _faster(results, SQLITE, "SQLite", _FASTER)
    yield from _faster(results, POSTGRES, "PostgreSQL, 1 worker", _ON_POSTGRES)
    yield from _faster(
        results, POSTGRES4, "PostgreSQL, 4 workers", {POSTGRES.key: _FOUR_WORKERS}
    )
    own = results.rows.get(SQLITE.key)
    if own is not None and own.rounds:
        p50 = own.cells()[0].p50
        what = f"SQLite, one person alone: p50 of a turn at most {_ALONE_MS:.0f} ms"
        yield Target(what, f"{p50:.1f} ms", p50 <= _ALONE_MS)
    for one in results.against:
        if one.chats == _MOST:
            what = f"{one.name}, {one.chats} chats: at least {_NO_SLOWER} x before"
            middle = one.turns_per_second.middle
            yield Target(what, f"{middle:.3f} x", middle >= _NO_SLOWER)


def _faster(
    results: Results, row: Row, name: str, factors: Mapping[str, float]
) -> Iterator[Target]:
    own = _turns(results, row.key)
    for key, factor in factors.items():
        other = _turns(results, key)
        if own is not None and other is not None:
            what = f"{name}, {_MOST} chats: at least {factor} x {_NAMES[key]}"
            yield Target(what, f"{own / other:.2f} x", own >= factor * other)


def _turns(results: Results, key: str) -> float | None:
    return results.rows[key].turns_per_second() if key in results.rows else None


def _steady(results: Results) -> Iterator[Target]:
    for name, found in results.steady.items():
        for one in found:
            if one.rate == RATE:
                p99 = one.visible["p99"]
                what = (
                    f"{name}, {RATE:.0f} turns/s, limits {one.limits}: p99 to the "
                    f"first visible reaction under {_VISIBLE_MS:.0f} ms"
                )
                is_reached = p99 < _VISIBLE_MS and not one.not_offered
                yield Target(what, f"{p99:.1f} ms", is_reached)


def _start(results: Results) -> Iterator[Target]:
    own = results.rows.get(SQLITE.key)
    if own is not None and own.rounds:
        reply, most = own.first_reply(), max(own.resident())
        what = f"SQLite: first reply within {_FIRST_REPLY_S:.0f} s"
        yield Target(what, f"{reply:.2f} s", reply <= _FIRST_REPLY_S)
        what = f"SQLite: at most {_RESIDENT_MB:.0f} MB resident"
        yield Target(what, f"{most:.0f} MB", most <= _RESIDENT_MB)
    if results.imports is not None:
        what = f"SQLite, polling: no import of {', '.join(UNWANTED)}"
        told = ", ".join(results.imports) or "none"
        yield Target(what, told, not results.imports)


def _read(results: Results) -> Iterator[Target]:
    if (one := results.reading) is not None:
        what = f"the slowest of {one.texts:,} hostile texts under {_READ_MS:.0f} ms"
        yield Target(what, f"{one.slowest:.2f} ms", one.slowest < _READ_MS)
    if (beside := results.crowded) is not None:
        what = (
            "twelve accounts with one such text a second delay a Hide by less than "
            f"{_HELD_UP_MS:.0f} ms at p99"
        )
        yield Target(what, f"{beside.delay:.1f} ms", beside.delay < _HELD_UP_MS)


def _kept(results: Results) -> Iterator[Target]:
    for key, result in results.rows.items():
        if key.startswith(("sqlite", "postgres")) and result.lost is not None:
            what = f"ours ({key}): nobody lost by a kill -9 among 50 waiting updates"
            yield Target(what, str(result.lost), result.lost == 0)
