"""The commands `case` on a whole case: open it, read its card, settle it, end it."""

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Annotated

import typer

from bot.addressing import LinkWriter
from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, link_of, opened, told
from bot.cli.options import (
    AsJson,
    By,
    ByWhoever,
    District,
    ReasonOption,
    Reference,
    in_language,
)
from bot.cli.person import SettledFor, settled_for
from bot.cli.printing import say, say_json
from bot.offline_words import OF_AGE, ConfessionCheck, Inspection
from bot.settings import PARTIES
from flows.effects import Reason
from flows.facts import AgeBand, Role
from flows.languages import FIRST
from flows.rules.case import Relation

if TYPE_CHECKING:
    from bot.casework import Letter

app = typer.Typer(
    help="Open cases, see how they stand, record what a human decided.",
    no_args_is_help=True,
)

_RELATION = (
    "How the two sides know each other: close (partner, former partner, family, same "
    "home), other, or unknown."
)
_VICTIMS = "How many victims there are."
_OFFENDERS = "How many offenders there are."
_CONFESSION = (
    "Whether you have checked that the offender has confessed to the police: checked "
    "(name yourself with --by) or unclear."
)
_VICTIM_AGE = "How old the victims are, as far as the police know."
_OFFENDER_AGE = "How old the offenders are, as far as the police know."
_LANGUAGE = "The language of the card."
_HOW = "How you looked at it."
_REASON = "The code of what waits, as case show names it; or of_age."
_ALL = "Settle everything that waits."


def _codes() -> list[str]:
    """Offer the codes of reasons to the shell."""
    return [*Reason, OF_AGE]


def _code(typed: str) -> str:
    return typed.strip().lower()


def open_(  # noqa: PLR0913 - what the police know of a case
    *,
    district: District,
    relation: Annotated[Relation, typer.Option(help=_RELATION)],
    victims: Annotated[int, typer.Option(min=1, max=20, help=_VICTIMS)] = 1,
    offenders: Annotated[int, typer.Option(min=1, max=20, help=_OFFENDERS)] = 1,
    confession: Annotated[
        ConfessionCheck, typer.Option(help=_CONFESSION)
    ] = ConfessionCheck.UNCLEAR,
    victim_age: Annotated[AgeBand | None, typer.Option(help=_VICTIM_AGE)] = None,
    offender_age: Annotated[AgeBand | None, typer.Option(help=_OFFENDER_AGE)] = None,
    by: ByWhoever = None,
    as_json: AsJson = False,
) -> None:
    """Open a case and print the personal links of its parties.

    If the relation is close, only a victim who has asked for it gets a link, and that
    link only informs. Once the victim has said in the chat that they want it, make the
    offender's link with `case link`.
    """
    from bot import casework

    opening = casework.Opening(
        district, relation, victims, offenders, confession, victim_age, offender_age
    )
    opening = replace(opening, by=by) if by else opening
    with opened() as desk:
        link = link_of(desk)
        case, letters = do(desk, casework.open_case, desk.settings, opening)
        unserved = sorted(PARTIES - desk.settings.roles)
    if as_json:
        say_json(_opened(case.reference, letters, link))
        return
    say(f"Case {case.reference} is open in {case.district}.")
    for letter in letters:
        say(printed(letter, link))
    if relation is Relation.CLOSE:
        say("A close relation: the link only informs, and the offender has none yet.")
    for role in unserved:
        say(f"No link is made for the {role}: KONFLIKTRAAD_ROLES does not name them.")


def card(
    reference: Reference,
    by: By,
    language: Annotated[str, in_language(told=_LANGUAGE)] = FIRST,
    as_json: AsJson = False,
) -> None:
    """Print the hand-over card. It holds names and numbers: mind who sees the screen.

    It works only if the case needs a human, or if a mediator has taken it. The log
    records that you looked.
    """
    from bot import casework

    with opened() as desk:
        case, text = do(desk, casework.card, reference, language, by)
    if as_json:
        say_json({"case": case.reference, "card": text})
    else:
        say(text)


def clear(  # noqa: PLR0913 - what it takes to know later who settled what
    reference: Reference,
    *,
    how: Annotated[Inspection, typer.Option(help=_HOW)],
    by: By,
    reason: Annotated[
        str | None, typer.Option(metavar="CODE", help=_REASON, autocompletion=_codes)
    ] = None,
    party: SettledFor = None,
    everything: Annotated[bool, typer.Option("--all", help=_ALL)] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Settle one reason why a case waits for a human; the case continues.

    `case show` names the reasons and whom each is about. For turning_18, use of_age
    once the birthday has come: the person's own yes is enough. Before it, use
    turning_18: the parents' yes counts. With --all, everything that waits is settled,
    and at a terminal the command names each and asks first; it is refused if danger or
    a parent's no is among it.
    """
    from bot import casework

    if everything == (reason is not None):
        raise typer.BadParameter("name a --reason, or settle everything with --all.")
    caution = Caution(yes, dry_run, as_json)
    with opened() as desk:
        if reason is None:
            named = do(desk, casework.would_clear_all, reference)
            caution.ask(f"This settles {', '.join(named)}.", "Settle all of it?")
            case, cleared = do(desk, casework.clear_all, reference, how, by)
        else:
            caution.tell(f"This settles {reason}, if it waits there, and nothing else.")
            said = casework.Settled(_code(reason), how, by, *settled_for(party))
            case, cleared = do(desk, casework.clear, reference, said)
    if as_json:
        say_json({"case": case.reference, "status": case.status, "cleared": cleared})
    else:
        say(f"Settled: {', '.join(cleared)}. Case {case.reference} is {case.status}.")


def end(
    reference: Reference,
    reason: ReasonOption,
    by: By,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End a case. Its parties learn that it ended, never why.

    This cannot be undone; at a terminal the command asks first.
    """
    from bot import casework
    from flows.rules.case import FINAL

    with opened() as desk:
        before = do(desk, casework.shown, reference)
        if before.status not in FINAL:
            Caution(yes, dry_run, as_json).ask(
                f"Case {before.case} in {before.district} is {before.status} and ends "
                "for good; its parties are told.",
                "End it?",
            )
        case = do(desk, casework.end_case, reference, reason, by)
    if as_json:
        say_json({"case": case.reference, "status": case.status})
    else:
        say(
            f"Case {case.reference} has ended. If no mediator had it, its parties are "
            "told in the next daily batch, at nine in the morning."
        )


def _opened(
    reference: str, letters: "list[Letter]", link: LinkWriter
) -> dict[str, str | list[dict[str, str | int]] | None]:
    first = {one.role: link(one.token) for one in reversed(letters)}
    return {
        "case": reference,
        "victim": first.get(Role.VICTIM),
        "offender": first.get(Role.OFFENDER),
        "links": [linked(letter, link) for letter in letters],
    }


def linked(letter: "Letter", link: LinkWriter) -> dict[str, str | int]:
    """Write a new link for scripts."""
    return {
        "role": letter.role,
        "n": letter.n,
        "link": link(letter.token),
        "valid_until": letter.expires_at.astimezone(UTC).isoformat(timespec="seconds"),
    }


def printed(letter: "Letter", link: LinkWriter) -> str:
    """Write a new link for whoever puts it into a letter."""
    url = told(link, letter.token, letter.expires_at)
    return f"{letter.role}:{letter.n}\n{url}"
