"""The commands `flows`: the dialogues, for people who review them."""

from typing import Annotated

import typer

from bot.catalogue import load
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson, in_language
from bot.cli.printing import complain, count, say, say_json
from bot.cli.progress import working
from bot.scripts import wording
from flows import FLOWS
from flows.checks import check as checks
from flows.checks import disclosure
from flows.checks.proof import Proof, prove
from flows.checks.script import graph as drawn
from flows.checks.script import render
from flows.languages import CODES, FIRST
from flows.model import Flow
from flows.rules import notices

app = typer.Typer(help="Check and print the dialogues.", no_args_is_help=True)


_LANGUAGE = "The language of the texts."
_DIALOGUE = "Id of a dialogue; if left out, all of them."


@app.command(cls=WithExamples)
def check(as_json: AsJson = False) -> None:
    """Check every dialogue and name each fault; exit code 1 if there is one."""
    catalogue = load()
    known = {language: catalogue.ids(language) for language in CODES}
    faults = (
        *checks.problems(FLOWS, known),
        *disclosure.problems(FLOWS, known),
        *notices.problems(),
    )
    seen = checks.visited(FLOWS)
    # A way is walked only through dialogues that hold together.
    with working("Walking every way through the dialogues"):
        proof = None if faults else prove(FLOWS)
    faults += proof.faults if proof else ()
    if as_json:
        say_json({"visited": seen, "walked": proof, "faults": faults})
    else:
        for fault in faults:
            complain(fault)
        _say_seen(seen, proof)
        say(f"{count(len(faults), 'fault') if faults else 'No faults'}.")
    raise typer.Exit(bool(faults))


def _say_seen(seen: checks.Visited, proof: Proof | None) -> None:
    say(
        f"Visited {count(seen.dialogues, 'dialogue')}, {count(seen.states, 'state')} "
        f"and {count(seen.answers, 'answer')} with "
        f"{count(seen.combinations, 'combination')} of facts."
    )
    if proof is None:
        say("No way was walked: what is wrong with the dialogues comes first.")
        return
    say(
        f"Walked to {count(proof.spots, 'place')} of a conversation by "
        f"{count(proof.steps, 'answer')}, {proof.yeses:,} of them a yes to taking "
        f"part. Tried {proof.anywhere:,} more with all or nothing shown, told, "
        "understood and allowed before. Asked for a human in "
        f"{count(proof.states, 'state')}."
    )


def _dialogue(value: str | None) -> str | None:
    if value is not None and value not in FLOWS:
        raise typer.BadParameter(f"there is no such dialogue; there are {_names()}.")
    return value


def _names() -> str:
    return ", ".join(FLOWS)


@app.command(cls=WithExamples)
def script(
    dialogue: Annotated[
        str | None,
        typer.Argument(
            callback=_dialogue, autocompletion=lambda: list(FLOWS), help=_DIALOGUE
        ),
    ] = None,
    language: Annotated[
        str, in_language("--language", "--lang", told=_LANGUAGE)
    ] = FIRST,
    as_json: AsJson = False,
) -> None:
    """Print dialogues as people read them: what the bot says, what they can answer."""
    text = wording(load(), language)
    chosen: list[Flow] = [FLOWS[dialogue]] if dialogue else list(FLOWS.values())
    scripts = {flow.id: render(flow, text) for flow in chosen}
    if as_json:
        say_json(scripts)
    else:
        typer.echo("\n\n".join(scripts.values()), nl=False)


@app.command(cls=WithExamples)
def graph() -> None:
    """Print all dialogues as one Mermaid flowchart."""
    typer.echo(drawn(FLOWS), nl=False)
