"""What is wrong with a round, held against the same cases left alone."""

from collections.abc import Iterator

from tests.lab.chaos.rounds import Outcome
from tests.lab.chaos.transcript import differences, doubled

#: Kinds that somebody who taps a doubled message may cause once more.
_CHANGES = ("edit", "close")


def problems(found: Outcome, expected: Outcome) -> list[str]:
    """Tell what differs from the undisturbed run, a line each; none means all well."""
    return [
        *found.lost,
        *_chats(found, expected),
        *_entries(found, expected),
        *_queued(found, expected),
        *_doubles(found, expected),
        *_early(found),
    ]


def problems_out_of_order(found: Outcome, expected: Outcome) -> list[str]:
    """Tell what is wrong where people interrupt themselves: only what must hold."""
    return [*found.lost, *_last(found, expected), *_entries(found, expected)]


def doubles(found: Outcome, expected: Outcome) -> dict[str, int]:
    """Count the doubled messages of each chat, but for the line of a covered one."""
    return {
        key: doubled(chat, expected.chats[key]) - _covered_again(found, expected, key)
        for key, chat in found.chats.items()
    }


def _covered_again(found: Outcome, expected: Outcome, key: str) -> int:
    """Count how often somebody hid once more, who is answered by the line each time.

    A second tap on Hide that comes late finds the line said, and says it anew.
    """
    return max(0, found.lines[key] - expected.lines[key])


def _chats(found: Outcome, expected: Outcome) -> Iterator[str]:
    for key, chat in found.chats.items():
        for difference in differences(chat, expected.chats[key]):
            yield f"{key}: {difference}"


def _last(found: Outcome, expected: Outcome) -> Iterator[str]:
    """Who interrupted themselves may end with the question, not with what they read."""
    for key, said in found.last.items():
        if said != expected.last[key] and key not in found.asked:
            yield f"{key}: the last message is {said}, not {expected.last[key]}"


def _entries(found: Outcome, expected: Outcome) -> Iterator[str]:
    for entry, number in (found.entries - expected.entries).items():
        yield f"{number} too many in the database: {entry}"
    for entry, number in (expected.entries - found.entries).items():
        yield f"{number} missing in the database: {entry}"


def _queued(found: Outcome, expected: Outcome) -> Iterator[str]:
    """Compare what was laid into the outbox: a row too many is a doubled record."""
    repeated = doubles(found, expected)
    for key, kind in found.queued | expected.queued:
        number, right = found.queued[key, kind], expected.queued[key, kind]
        if kind == "delete" and number and right:
            # What hiding finds under way is deleted by a row of its own.
            continue
        spare = repeated[key] if kind in _CHANGES else 0
        if kind == "send":
            spare += found.early[key] + _covered_again(found, expected, key)
        if not right <= number <= right + spare:
            yield f"{key}: {number} rows of kind {kind} instead of {right}"


def _doubles(found: Outcome, expected: Outcome) -> Iterator[str]:
    """Only what was under way at a kill may come twice, and is noted as such."""
    for key, number in doubles(found, expected).items():
        noted, seen = found.interrupted[key], found.in_doubt[key]
        if not number <= noted <= seen:
            yield (
                f"{key}: {number} messages came twice, {noted} are noted as possible "
                f"doubles, and {seen} were under way at a kill"
            )
        if number > len(found.kills):
            yield f"{key}: {number} messages came twice in {len(found.kills)} kills"


def _early(found: Outcome) -> Iterator[str]:
    """Only a question in doubt makes words too early of somebody who had read it."""
    for key, number in found.early.items():
        if number > found.interrupted[key]:
            yield f"{key}: {number} answers were too early without any doubt"
