"""The commands `case`: open cases, look at them, and say what a human decided."""

from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.desk import at_a_terminal, bot_of, do, link, opened, told
from bot.cli.options import AsJson, By, District, Of, Reason, Reference, in_language
from bot.cli.printing import say, say_json, say_table
from bot.elsewhere import HOLDER, Who
from bot.settings import PARTIES
from flows.case import Relation, Status
from flows.facts import Role
from flows.languages import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.casework import Letter
    from bot.casework.overview import Joined, Recorded
    from bot.wiring import Desk

app = typer.Typer(
    help="Open cases, see how they stand, say what a human decided.",
    no_args_is_help=True,
)


class Side(StrEnum):
    """The sides of a case for which a link can be made."""

    VICTIM = Role.VICTIM.value
    OFFENDER = Role.OFFENDER.value


_RELATION = "How the two sides know each other; close: partner, family, same home."
_STATUS = "Only cases that stand so."
_HOLDER = "Instead of a party: which holder of parental authority, from 1."
_VERIFY_HOLDER = "A parent's yes is to be made sure of (verify_holder)"
_AWAITING_HOLDER = "A parent's link or yes has run out (awaiting_holder)"
_STOPPED = "Somebody has stopped, so nobody is called (stopped)"
_NUMBER = "Which one on that side; the next number adds one."


@app.command("open")
def open_(
    district: District,
    relation: Annotated[Relation, typer.Option(help=_RELATION)],
    victims: Annotated[int, typer.Option(min=1, max=20)] = 1,
    offenders: Annotated[int, typer.Option(min=1, max=20)] = 1,
    as_json: AsJson = False,
) -> None:
    """Open a case and print the personal links of its parties.

    Where the relation is close, only a victim who has asked for it gets a link, and
    that one informs. The offender's link is made later, with `case link`, when the
    victim has said in the chat that they want it.
    """
    from bot import casework

    opening = casework.Opening(district, relation, victims, offenders)
    with opened() as desk:
        bot = bot_of(desk)
        case, letters = do(desk, casework.open_case, desk.settings, opening)
        unserved = sorted(PARTIES - desk.settings.roles)
    if as_json:
        say_json(_opened(case.reference, letters, bot))
        return
    say(f"Case {case.reference} is open in {case.district}.")
    for letter in letters:
        say(_letter(letter, bot))
    if relation is Relation.CLOSE:
        say("A close relation: the link only informs, and the offender has none yet.")
    for role in unserved:
        say(f"No link is made for the {role}: KONFLIKTRAAD_ROLES does not name them.")


@app.command()
def show(reference: Reference, as_json: AsJson = False) -> None:
    """Show how a case stands and how far each parent is.

    It shows what was recorded at the desk, never what a party answered in the chat.
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
        say("Somebody has stopped. Call nobody who has not asked for a human.")
    rows = [(p.role, p.n, p.joined, p.blocked_since) for p in case.parties]
    say_table(("Party", "No.", "Joined", "Blocks the bot since"), rows)
    for line in _beside_the_chat(case.parties):
        say(line)
    needs = [
        (n.reason, n.role, n.n, _all(n.holders), n.raised, n.cleared, n.by)
        for n in case.needs
    ]
    if needs:
        heads = ("Needs a human", "Party", "No.", "Holder", "Since", "Cleared", "By")
        say_table(heads, needs)


@app.command("list")
def list_(
    status: Annotated[Status | None, typer.Option(help=_STATUS)] = None,
    as_json: AsJson = False,
) -> None:
    """List cases, oldest first."""
    from bot import casework

    with opened() as desk:
        lines = do(desk, casework.listed, status)
    if as_json:
        say_json(lines)
        return
    if not lines:
        say("There are no cases to list.")
        return
    # As much as fits a window of 80 columns; the rest shows `case show`.
    rows = [(line.case, line.status, line.district, line.due) for line in lines]
    say_table(("Case", "Status", "District", "Due"), rows)
    for what, found in (
        ("A party blocks the bot", [x.case for x in lines if x.blocked]),
        (_VERIFY_HOLDER, [x.case for x in lines if x.verify_holder]),
        (_AWAITING_HOLDER, [x.case for x in lines if x.awaiting_holder]),
        (_STOPPED, [x.case for x in lines if x.stopped]),
    ):
        if found:
            say(f"{what}: {', '.join(found)}")


@app.command()
def card(
    reference: Reference,
    by: By,
    language: Annotated[str, in_language()] = FIRST,
    as_json: AsJson = False,
) -> None:
    """Print the hand-over card: names and numbers, so mind who sees the screen.

    Only for a case that needs a human or that a mediator has taken. The look is logged.
    """
    from bot import casework

    with opened() as desk:
        case, text = do(desk, casework.card, reference, language, by)
    if as_json:
        say_json({"case": case.reference, "card": text})
    else:
        say(text)


@app.command()
def clear(
    reference: Reference, reason: Reason, by: By, as_json: AsJson = False
) -> None:
    """Settle what waits for a human; the case goes on.

    With the code of what waits (see `case show`) that is settled; any other code
    settles all that waits. For turning_18 there are two: of_age once the day has come,
    and the own yes is enough; turning_18 before it, and the parents' yes counts.
    """
    from bot import casework

    with opened() as desk:
        case, cleared = do(desk, casework.clear, reference, reason, by)
    if as_json:
        reasons = list(dict.fromkeys(cleared))
        say_json({"case": case.reference, "status": case.status, "cleared": reasons})
    else:
        say(f"Settled: {', '.join(cleared)}. Case {case.reference} is {case.status}.")


@app.command()
def end(reference: Reference, reason: Reason, by: By, as_json: AsJson = False) -> None:
    """End a case; its parties learn that it ended, never why."""
    from bot import casework

    with opened() as desk:
        case = do(desk, casework.end_case, reference, reason, by)
    if as_json:
        say_json({"case": case.reference, "status": case.status})
    else:
        say(f"Case {case.reference} has ended. Where no mediator had it, its parties")
        say("are told in the next daily batch, at nine in the morning.")


@app.command("link")
def link_(
    reference: Reference,
    role: Annotated[Side | None, typer.Option(help="The side of the party.")] = None,
    n: Annotated[int, typer.Option(min=1, help=_NUMBER)] = 1,
    holder: Annotated[int | None, typer.Option(min=1, help=_HOLDER)] = None,
    of: Of = None,
    as_json: AsJson = False,
) -> None:
    """Make a new link for a party, or for a parent; the old one is void from now on.

    Somebody who has opened the old link has no part in the case any more: what they
    answered is removed and every yes of theirs is taken back, also one of which
    somebody has made sure. At a terminal you are asked first.
    """
    from bot import casework

    if (role is None) is (holder is None):
        raise typer.BadParameter("Name either --role or --holder.")
    with opened() as desk:
        bot, days = bot_of(desk), desk.settings.link_days
        if not as_json:
            _ask_before(desk, reference, Who(role or HOLDER, holder or n), of)
        if holder is not None:
            case, letter = do(desk, casework.new_parent_letter, reference, holder, of)
        elif role is not None:
            act = casework.new_letter
            case, letter = do(desk, act, reference, Role(role.value), n, days)
    if as_json:
        say_json({"case": case.reference, **_linked(letter, bot)})
    else:
        say(f"A new link in case {case.reference}; earlier ones are void.")
        say(_letter(letter, bot))


def _ask_before(desk: "Desk", reference: str, who: Who, of: Who | None) -> None:
    """Let somebody at a terminal say that whoever has the place is to lose it."""
    from bot import casework

    if not at_a_terminal():
        return
    there = do(desk, casework.would_be_let_go, reference, who, of)
    if there is not None:
        typer.confirm(
            f"{there} in case {reference} answers in the chat. They lose their place: "
            "what they answered is removed, and every yes of theirs is taken back, "
            "also one of which somebody has made sure. Make the new link?",
            abort=True,
        )


def _all(numbers: "Sequence[int]") -> str | None:
    return ", ".join(map(str, numbers)) or None


def _beside_the_chat(parties: "Sequence[Joined]") -> "Iterator[str]":
    """Write where parents stand, and what was recorded without the bot."""
    for party in parties:
        who = f"{party.role}:{party.n}"
        yield from _elsewhere(who, party.elsewhere)
        if party.elsewhere and party.missing:
            yield f"Of {who} is still to be recorded: {', '.join(party.missing)}."
        for holder in party.holders:
            name = f"holder {holder.n} of {who}"
            made_sure = f" on {holder.verified_on} by {holder.verified_by}"
            yield f"{name}: {holder.state}{made_sure if holder.verified_on else ''}"
            yield from _elsewhere(name, holder.elsewhere)


def _elsewhere(who: str, words: "Sequence[Recorded]") -> "Iterator[str]":
    for word in words:
        yield (
            f"Recorded for {who}: {word.purpose} {word.answer}, by {word.method} on "
            f"{word.on}, by {word.by}"
        )


def _opened(
    reference: str, letters: "list[Letter]", bot: str
) -> dict[str, str | list[dict[str, str | int]] | None]:
    first = {one.role: link(bot, one.token) for one in reversed(letters)}
    return {
        "case": reference,
        "victim": first.get(Role.VICTIM),
        "offender": first.get(Role.OFFENDER),
        "links": [_linked(letter, bot) for letter in letters],
    }


def _linked(letter: "Letter", bot: str) -> dict[str, str | int]:
    return {
        "role": letter.role,
        "n": letter.n,
        "link": link(bot, letter.token),
        "valid_until": letter.expires_at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def _letter(letter: "Letter", bot: str) -> str:
    url = told(bot, letter.token, letter.expires_at)
    return f"{letter.role} {letter.n}:\n{url}"
