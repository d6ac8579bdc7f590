"""The command `case link`: a new personal link, and who loses the place by it."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.case import linked, printed
from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, link_of, opened
from bot.cli.options import AsJson, Reference
from bot.cli.person import (
    AnybodyOrOlder,
    NamedPerson,
    Numbered,
    Of,
    meant,
    numbered,
    of_role,
)
from bot.cli.printing import say, say_json
from bot.offline_words import HOLDER, Because
from flows.facts import Role

if TYPE_CHECKING:
    from bot.wiring import Desk


_BECAUSE = "Why somebody who has said no gets a new letter: they asked for it."


class InvitedSide(StrEnum):
    """The sides of a case for which a link can be made."""

    VICTIM = Role.VICTIM.value
    OFFENDER = Role.OFFENDER.value


def link(  # noqa: PLR0913 - two spellings of one person
    reference: Reference,
    *,
    who: AnybodyOrOlder = None,
    role: Annotated[InvitedSide | None, typer.Option(hidden=True)] = None,
    n: Annotated[int | None, typer.Option(min=1, hidden=True)] = None,
    holder: Numbered = None,
    of: Of = None,
    because: Annotated[Because | None, typer.Option(help=_BECAUSE)] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make a new link for a party or a parent; earlier links become void.

    The next number on a side adds a party. If somebody has opened an earlier link, they
    are unbound: what they answered is removed, and every yes of theirs is taken back,
    even if somebody has verified it. This cannot be undone; at a terminal the command
    asks first. Somebody who has said no gets one only if they have themselves asked for
    it (--because asked_again).
    """
    from bot import casework

    person = meant(who, of_role(role, n), numbered(holder), of=of)
    with opened() as desk:
        link, days = link_of(desk), desk.settings.link_days
        _ask_before(desk, reference, person, Caution(yes, dry_run, as_json))
        side, number = person.who.role, person.who.n
        if side == HOLDER:
            act = casework.new_parent_letter
            case, letter = do(desk, act, reference, number, person.of)
        else:
            make = casework.new_letter
            case, letter = do(desk, make, reference, Role(side), number, days, because)
    if as_json:
        say_json({"case": case.reference, **linked(letter, link)})
    else:
        say(f"A new link in case {case.reference}; earlier ones are void.")
        say(printed(letter, link))


def _ask_before(
    desk: "Desk", reference: str, person: NamedPerson, caution: Caution
) -> None:
    """Let somebody at a terminal agree that whoever has the place loses it."""
    from bot import casework

    there = do(desk, casework.would_be_let_go, reference, person.who, person.of)
    if there is None:
        caution.tell(f"Nobody in case {reference} answers in the place of {person}.")
    else:
        caution.ask(
            f"{there} in case {reference} answers in the chat. They lose their place: "
            "what they answered is removed, and every yes of theirs is taken back, "
            "even if somebody has verified it.",
            "Make the new link?",
        )
