"""The command `case assign`: a case is given to a mediator by name."""

from typing import Annotated

import typer

from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, opened
from bot.cli.options import AsJson, By, Reference
from bot.cli.printing import say, say_json

_TO = "Id of the mediator, as staff list names it."


def assign(
    reference: Reference,
    *,
    to: Annotated[str, typer.Option(metavar="ID", help=_TO)],
    by: By,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Give a case to a mediator of its district; every consent stands.

    The case is confirmed and nobody has taken it, or another mediator has it, who loses
    the card. The parties are told that a mediator, or another one, has the case. A yes
    that was said again to the earlier mediator is to be said again to this one. At a
    terminal the command asks first.
    """
    from bot import casework

    caution = Caution(yes, dry_run, as_json)
    with opened() as desk:
        before = do(desk, casework.shown, reference)
        has = f"{before.mediator or 'a mediator'} has it" if before.taken else "waits"
        caution.ask(
            f"Case {before.case} is {before.status} ({has}) and goes to {to}; its "
            "parties are told.",
            "Assign it?",
        )
        case, mediator = do(desk, casework.assign, reference, to, by)
    if as_json:
        stands = {"case": case.reference, "status": case.status}
        say_json({**stands, "mediator": mediator.id})
    else:
        name = mediator.label or mediator.id
        say(f"Case {case.reference} is {case.status}; {name} has it.")
