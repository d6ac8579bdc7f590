"""The commands `staff`: who serves in which district."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, link_of, opened, told
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson, District, Name
from bot.cli.printing import say, say_json, say_table

if TYPE_CHECKING:
    from bot.casework import Removal

_ID = "The id of the person, from `staff list`."

app = typer.Typer(
    help="Invite mediators and coordinators, list them, remove them.",
    no_args_is_help=True,
)


class Serves(StrEnum):
    """What somebody may serve as."""

    COORDINATOR = "coordinator"
    MEDIATOR = "mediator"


@app.command(cls=WithExamples)
def invite(
    role: Annotated[Serves, typer.Option(help="What they serve as.")],
    district: District,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Print a link with which one person joins the staff of a district."""
    from bot import casework

    with opened() as desk:
        link, days = link_of(desk), desk.settings.link_days
        invited = do(desk, casework.invite, role, district, name, days)
    if as_json:
        url = link(invited.token)
        say_json({"role": invited.role, "district": invited.district, "link": url})
        return
    say(f"For one {invited.role} in {invited.district}, and nobody else:")
    say(told(link, invited.token, invited.expires_at))


@app.command("list", cls=WithExamples)
def list_(as_json: AsJson = False) -> None:
    """List everybody who has joined, with the id that `staff remove` takes."""
    from bot import casework

    with opened() as desk:
        members = do(desk, casework.members)
    if as_json:
        say_json(members)
        return
    if not members:
        say("Nobody has joined yet; invite somebody with konfliktraad staff invite.")
        return
    rows = [(one.id, one.role, one.district, one.name, one.joined) for one in members]
    say_table(("Id", "Role", "District", "Name", "Joined"), rows)


# An id may begin with a dash, and hold any letter: no short option is known here.
@app.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    cls=WithExamples,
)
def remove(
    ctx: typer.Context,
    staff_id: Annotated[str, typer.Argument(metavar="ID", help=_ID)],
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Remove somebody from the staff. No other mediator can take cases that they have.

    At a terminal the command asks first.
    """
    from bot import casework

    if staff_id == "-h":
        say(ctx.get_help())
        raise typer.Exit
    caution = Caution(yes, dry_run, as_json)
    with opened() as desk:
        caution.ask(_effect(do(desk, casework.would_remove, staff_id)), "Remove them?")
        removal = do(desk, casework.remove, staff_id)
    one = removal.member
    if as_json:
        say_json({"id": one.id, "removed": True, "cases": removal.cases})
        return
    say(f"{one.name or one.id} no longer serves as {one.role} in {one.district}.")
    if removal.cases:
        taken = ", ".join(removal.cases)
        say(f"Cases that they had taken, and that need somebody now: {taken}.")
        say(casework.WITHOUT_MEDIATOR)


def _effect(removal: "Removal") -> str:
    """Say who would be removed, and which cases would be without a mediator."""
    one, taken = removal.member, ", ".join(removal.cases)
    alone = f", and these cases have no mediator then: {taken}" if taken else ""
    return (
        f"{one.name or one.id} no longer serves as {one.role} in {one.district}{alone}."
    )
