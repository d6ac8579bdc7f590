"""The commands `flows`: the dialogues, for people who review them."""

from typing import Annotated

import typer

from bot.catalogue import load
from bot.cli.options import AsJson, in_language
from bot.cli.printing import complain, say, say_json
from bot.scripts import wording
from flows import FLOWS, disclosure, notices
from flows import check as checks
from flows.languages import CODES, FIRST
from flows.model import Flow
from flows.proof import Proof, prove
from flows.script import graph as drawn
from flows.script import render

app = typer.Typer(help="Check and print the dialogues.", no_args_is_help=True)


@app.command()
def check(as_json: AsJson = False) -> None:
    """Name every fault of every dialogue; exit code 1 if there is one."""
    catalogue = load()
    known = {language: catalogue.ids(language) for language in CODES}
    faults = (
        *checks.problems(FLOWS, known),
        *disclosure.problems(FLOWS, known),
        *notices.problems(),
    )
    seen = checks.visited(FLOWS)
    # A way is walked only through dialogues that hold together.
    proof = None if faults else prove(FLOWS)
    faults += proof.faults if proof else ()
    if as_json:
        say_json({"visited": seen, "walked": proof, "faults": faults})
    else:
        for fault in faults:
            complain(fault)
        _say_seen(seen, proof)
        say(f"{len(faults) or 'No'} fault{'' if len(faults) == 1 else 's'}.")
    raise typer.Exit(bool(faults))


def _say_seen(seen: checks.Visited, proof: Proof | None) -> None:
    say(
        f"Visited {seen.dialogues} dialogues, {seen.states} states and {seen.answers} "
        f"answers with {seen.combinations} combinations of facts."
    )
    if proof is None:
        say("No way was walked: what is wrong with the dialogues comes first.")
        return
    say(
        f"Walked to {proof.spots:,} stands of a talk by {proof.steps:,} answers, "
        f"{proof.yeses:,} of them a yes to taking part. Tried {proof.anywhere:,} more "
        "with all or nothing shown, told, understood and allowed before. Asked for a "
        f"human in {proof.states} states."
    )


def _dialogue(value: str | None) -> str | None:
    if value is not None and value not in FLOWS:
        raise typer.BadParameter(f"there is no such dialogue; there are {_names()}.")
    return value


def _names() -> str:
    return ", ".join(FLOWS)


@app.command()
def script(
    dialogue: Annotated[
        str | None, typer.Argument(callback=_dialogue, help="All, if none is named.")
    ] = None,
    language: Annotated[str, in_language("--lang")] = FIRST,
    as_json: AsJson = False,
) -> None:
    """Print dialogues as they are read: what is said, what can be answered."""
    text = wording(load(), language)
    chosen: list[Flow] = [FLOWS[dialogue]] if dialogue else list(FLOWS.values())
    scripts = {flow.id: render(flow, text) for flow in chosen}
    if as_json:
        say_json(scripts)
    else:
        typer.echo("\n\n".join(scripts.values()), nl=False)


@app.command()
def graph() -> None:
    """Print all dialogues as one Mermaid flowchart."""
    typer.echo(drawn(FLOWS), nl=False)
