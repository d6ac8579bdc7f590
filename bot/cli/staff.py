"""The commands `staff`: who serves in which district."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.desk import bot_of, do, link, opened, told
from bot.cli.options import AsJson, District, Name
from bot.cli.printing import say, say_json, say_table

app = typer.Typer(
    help="Invite mediators and coordinators, list them, let them go.",
    no_args_is_help=True,
)


class Serves(StrEnum):
    """As what somebody may serve."""

    COORDINATOR = "coordinator"
    MEDIATOR = "mediator"


@app.command()
def invite(
    role: Annotated[Serves, typer.Option(help="As what they serve.")],
    district: District,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Print a link by which one person joins the staff of a district."""
    from bot import casework

    with opened() as desk:
        bot, days = bot_of(desk), desk.settings.link_days
        invited = do(desk, casework.invite, role, district, name, days)
    if as_json:
        url = link(bot, invited.token)
        say_json({"role": invited.role, "district": invited.district, "link": url})
        return
    say(f"For one {invited.role} in {invited.district}, and nobody else:")
    say(told(bot, invited.token, invited.expires_at))


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List everybody who has joined."""
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


# An id may begin with a dash.
@app.command(context_settings={"ignore_unknown_options": True})
def remove(
    staff_id: Annotated[str, typer.Argument(metavar="ID", help="See staff list.")],
    as_json: AsJson = False,
) -> None:
    """Let somebody serve no more."""
    from bot import casework

    with opened() as desk:
        removal = do(desk, casework.remove, staff_id)
    one = removal.member
    if as_json:
        say_json({"id": one.id, "removed": True, "cases": removal.cases})
        return
    say(f"{one.name or one.id} serves no more as {one.role} in {one.district}.")
    if removal.cases:
        taken = ", ".join(removal.cases)
        say(f"Cases that they had taken, and that need somebody now: {taken}.")
        say(casework.WITHOUT_MEDIATOR)
