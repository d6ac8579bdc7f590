"""The commands `case show` and `case list`: how cases stand, and what waits."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.desk import do, opened
from bot.cli.options import AsJson, InDistrict, Reference
from bot.cli.printing import count, say, say_json, say_table
from flows.rules.case import Status

if TYPE_CHECKING:
    from bot.casework.needs import RecordedNeed
    from bot.casework.overview import Joined, ListedCase, Recorded

_STATUS = f"Only cases of this status: {', '.join(Status)}."
_VERIFY_HOLDER = "A parent's yes is to be verified (verify_holder)"
_AWAITING_HOLDER = "A parent's link or yes has expired (awaiting_holder)"
_STOPPED = "Somebody has stopped: call nobody (stopped)"


def show(reference: Reference, as_json: AsJson = False) -> None:
    """Show how a case stands, what waits for a human, and how far each parent is.

    It shows what staff recorded, never what a party answered in the chat.
    """
    from bot import casework

    with opened() as desk:
        case = do(desk, casework.shown, reference)
    if as_json:
        say_json(case)
        return
    say(f"Case {case.case} is {case.status}: {case.district}, relation {case.relation}")
    say(f"Opened {case.opened:%Y-%m-%d}, due {case.due or '-'}.")
    if case.mediator:
        say(f"Mediator: {case.mediator}")
    if case.stopped:
        say("Somebody has stopped. Call only people who have asked for a human.")
    rows = [(f"{p.role}:{p.n}", p.joined, p.blocked_since) for p in case.parties]
    say_table(("Who", "Joined", "Blocks the bot since"), rows)
    for line in _beside_the_chat(case.parties):
        say(line)
    for need in case.needs:
        if need.is_checked_before:
            checked = f"by {need.by} on {need.cleared:%Y-%m-%d}"
            say(f"Confession of {_whom(need) or 'the offender'}: checked {checked}")
    needs = [
        (n.reason, _whom(n), n.raised, n.cleared, n.by)
        for n in case.needs
        if not n.is_checked_before
    ]
    if needs:
        say_table(("Needs a human", "Who", "Since", "Cleared", "By"), needs)


def list_(
    status: Annotated[
        Status | None, typer.Option(metavar="STATUS", help=_STATUS)
    ] = None,
    district: InDistrict = None,
    as_json: AsJson = False,
) -> None:
    """List cases, oldest first, with what waits for a human and for how long."""
    from bot import casework

    with opened() as desk:
        lines = do(desk, casework.listed, status, district)
        now = desk.clock.now()
    if as_json:
        say_json(lines)
        return
    if not lines:
        say("There are no cases to list.")
        return
    # As much as fits a window of 80 columns; the rest shows `case show`.
    rows = [(line.case, line.status, line.district, line.due) for line in lines]
    say_table(("Case", "Status", "District", "Due"), rows)
    if waiting := list(_waiting(lines, now)):
        say_table(("Case", "Waits for a human", "Who", "For"), waiting)
    for what, found in (
        ("A party blocks the bot", [x.case for x in lines if x.blocked]),
        (_VERIFY_HOLDER, [x.case for x in lines if x.verify_holder]),
        (_AWAITING_HOLDER, [x.case for x in lines if x.awaiting_holder]),
        (_STOPPED, [x.case for x in lines if x.stopped]),
    ):
        if found:
            say(f"{what}: {', '.join(found)}")


def _waiting(
    lines: "Sequence[ListedCase]", now: datetime
) -> Iterator[tuple[str, str, str | None, str]]:
    for line in lines:
        for need in line.waiting:
            days = count((now - need.raised).days, "day")
            yield line.case, need.reason, _whom(need), days


def _whom(need: "RecordedNeed") -> str | None:
    """Write whom a need is about, as it is typed; None is the whole case."""
    if need.role is None:
        return None
    party = f"{need.role}:{need.n}"
    return ", ".join(f"holder:{n} of {party}" for n in need.holders) or party


def _beside_the_chat(parties: "Sequence[Joined]") -> Iterator[str]:
    """Write where parents stand, and what was recorded without the bot."""
    for party in parties:
        who = f"{party.role}:{party.n}"
        yield from _elsewhere(who, party.elsewhere)
        if party.elsewhere and party.missing:
            yield f"Still to be recorded for {who}: {', '.join(party.missing)}."
        for holder in party.holders:
            name = f"holder:{holder.n} of {who}"
            verified = f" on {holder.verified_on} by {holder.verified_by}"
            yield f"{name}: {holder.state}{verified if holder.verified_on else ''}"
            yield from _elsewhere(name, holder.elsewhere)
        for one in party.no_authority:
            stood = f" (was {one.stood})" if one.stood else ""
            yield (
                f"Once holder:{one.n} of {who}{stood}: never had parental authority "
                f"({one.source}), recorded on {one.on} by {one.by}"
            )


def _elsewhere(who: str, words: "Sequence[Recorded]") -> Iterator[str]:
    for word in words:
        yield (
            f"Recorded for {who}: {word.purpose} {word.answer}, by {word.method} on "
            f"{word.on}, by {word.by}"
        )
