"""The report of a run, as Markdown that reads as well in a terminal."""

import statistics
from collections.abc import Iterable, Iterator, Sequence

from tests.lab.bench.results import Result, Results
from tests.lab.bench.rows import ROWS
from tests.lab.bench.targets import Target, targets

_SPEED = (
    "bot",
    "chats",
    "turns/s",
    "p50 ms",
    "p99 ms",
    "calls/turn",
    "CPU ms/turn",
    "first reply s",
    "MB at start, end",
    "lost of 50",
)
_STEADY = (
    "bot",
    "limits",
    "offered/s",
    "turns",
    "visible p50 ms",
    "visible p99 ms",
    "tap answered p50 ms",
    "tap answered p99 ms",
    "not offered",
)
_CALLS = ("a turn that", "turns", "own calls, median", "most", "SQL, median", "most")
_AGAINST = (
    "ours now / before",
    "chats",
    "turns/s",
    "between",
    "p50",
    "CPU/turn",
    "between",
)
_GROWN = ("stored people", "turn p50 ms", "first reply s", "files MB")
_READING = ("hostile texts", "p50 ms", "p99 ms", "slowest ms")
_CROWDED = (
    "hidings",
    "quiet p50 ms",
    "quiet p99 ms",
    "beside 12 accounts p50 ms",
    "p99 ms",
)
_TARGETS = ("what is to be reached", "measured", "reached")


def report(results: Results) -> str:
    """Write everything that was found."""
    parts = [
        table(_SPEED, _speed(results)),
        table(_STEADY, _steady(results)),
        table(_CALLS, _calls(results)),
        table(_AGAINST, _against(results)),
        table(_GROWN, _grown(results)),
        table(_READING, _read(results)),
        table(_CROWDED, _hidden(results)),
        table(_TARGETS, map(_target, targets(results))),
        "\n".join(f"Not measured: {x}: {why}" for x, why in results.failures.items()),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Lay out a table, its columns as wide as they need; nothing without lines."""
    found = [list(heads), *map(list, lines)]
    if len(found) == 1:
        return ""
    widths = [max(map(len, column)) for column in zip(*found, strict=True)]
    ruler = ["-" * width for width in widths]
    found.insert(1, ruler)
    return "\n".join(
        f"| {' | '.join(x.ljust(w) for x, w in zip(line, widths, strict=True))} |"
        for line in found
    )


def _speed(results: Results) -> Iterator[list[str]]:
    names = {row.key: row.name for row in ROWS}
    for key, result in results.rows.items():
        yield from _cells(names[key], result)


def _cells(name: str, result: Result) -> Iterator[list[str]]:
    lost = "" if result.lost is None else str(result.lost)
    if not result.rounds and lost:
        yield [name, *[""] * 8, lost]
    for number, cell in enumerate(result.cells()):
        small, large = result.resident()
        once = [f"{result.first_reply():.2f}", f"{small:.0f}, {large:.0f}", lost]
        yield [
            name,
            str(cell.chats),
            f"{cell.turns_per_second:.0f}",
            f"{cell.p50:.1f}",
            f"{cell.p99:.1f}",
            f"{cell.calls:.1f}",
            f"{cell.cpu:.2f}",
            *(once if number == 0 else [""] * len(once)),
        ]


def _steady(results: Results) -> Iterator[list[str]]:
    for name, found in results.steady.items():
        for one in found:
            yield [
                name,
                one.limits,
                f"{one.rate:.0f}",
                str(one.turns),
                f"{one.visible['p50']:.1f}",
                f"{one.visible['p99']:.1f}",
                f"{one.answered['p50']:.1f}",
                f"{one.answered['p99']:.1f}",
                str(one.not_offered),
            ]


def _calls(results: Results) -> Iterator[list[str]]:
    for kind in dict.fromkeys(one.kind for one in results.calls):
        turns = [one for one in results.calls if one.kind == kind]
        row = [kind, str(len(turns))]
        for found in ([x.calls for x in turns], [x.statements for x in turns]):
            row += [f"{statistics.median(found):.0f}", str(max(found))]
        yield row


def _against(results: Results) -> Iterator[list[str]]:
    for one in results.against:
        turns, cpu = one.turns_per_second, one.cpu
        yield [
            one.name,
            str(one.chats),
            f"{turns.middle:.3f}",
            f"{turns.lowest:.3f} - {turns.highest:.3f}",
            f"{one.p50.middle:.3f}",
            f"{cpu.middle:.3f}",
            f"{cpu.lowest:.3f} - {cpu.highest:.3f}",
        ]


def _grown(results: Results) -> Iterator[list[str]]:
    for one in results.grown:
        yield [
            f"{one.people:,}",
            f"{one.turn:.1f}",
            f"{one.first_reply:.2f}",
            f"{one.stored:.0f}",
        ]


def _read(results: Results) -> Iterator[list[str]]:
    if (one := results.reading) is not None:
        spent = (one.p50, one.p99, one.slowest)
        yield [f"{one.texts:,}", *(f"{ms:.2f}" for ms in spent)]


def _hidden(results: Results) -> Iterator[list[str]]:
    if (one := results.crowded) is not None:
        spent = (one.quiet_p50, one.quiet_p99, one.p50, one.p99)
        yield [str(one.hidings), *(f"{ms:.1f}" for ms in spent)]


def _target(target: Target) -> list[str]:
    return [target.what, target.measured, "yes" if target.is_reached else "no"]
