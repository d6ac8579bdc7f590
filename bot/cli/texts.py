"""The commands `texts`: how hard the texts are to read, and how a wish is heard."""

from typing import Annotated, Any, Final

import typer

from bot import reading_level
from bot.catalogue import load
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson, in_language
from bot.cli.printing import complain, say, say_json, say_table
from flows.languages import CODES
from flows.words.wishes import Wish

app = typer.Typer(
    help="Measure the texts, and tell how a typed text is understood.",
    no_args_is_help=True,
)

#: What is done about each wish.
DONE: Final = {
    Wish.STOPS: "stops at once",
    Wish.MAY_STOP: "is asked whether to stop",
    Wish.BELIEVED: "is asked whether to stop, as a model believes it",
    Wish.NEITHER: "neither stops nor is asked",
}
#: So many features are printed.
_SHOWN: Final = 12


@app.command(cls=WithExamples)
def report(
    check: Annotated[
        bool, typer.Option("--check", help="Print only what is too hard or too long.")
    ] = False,
    language: Annotated[
        str | None, in_language(told="Only texts in this language.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the reading level of each text; with --check, exit code 1 on faults."""
    catalogue = load()
    if check:
        _check(reading_level.faults(catalogue), as_json=as_json)
        return
    measured = [
        one
        for one in reading_level.report(catalogue)
        if language in {None, one.language}
    ]
    if as_json:
        say_json(measured)
        return
    rows = [
        (one.language, one.name, one.words, f"{one.score:.1f}", f"{one.limit:.0f}")
        for one in measured
    ]
    say_table(("Language", "Text", "Words", "LIX or grade", "At most"), rows)


@app.command(cls=WithExamples)
def wish(
    text: Annotated[str, typer.Argument(help="What somebody might write.")],
    as_json: AsJson = False,
) -> None:
    """Print whether the bot would understand a text as a stop, and why."""
    from bot.chat.wishes import wishes
    from flows.words.classifier import reasons, said
    from flows.words.wishes import STOP

    heard = wishes()
    told = {
        "party": heard.wish(text),
        "parent": heard.wish_of_parent(text),
        "listed": heard.is_listed(text),
        "languages": {
            language: reasons(said(text), model, STOP)
            for language, model in zip(CODES, heard.models, strict=True)
        },
    }
    say_json(told) if as_json else _say_wish(told)


def _say_wish(told: dict[str, Any]) -> None:
    say(f"A party: {DONE[told['party']]}. A parent: {DONE[told['parent']]}.")
    say(f"It {'stands' if told['listed'] else 'does not stand'} in a list.")
    for language, added in told["languages"].items():
        score = sum(weight for _, weight in added)
        say(f"The model of {language}: {score:+.2f}, asks above 0. What weighs most:")
        say_table(
            ("Feature", "Adds"), [(name, f"{by:+.2f}") for name, by in added[:_SHOWN]]
        )


def _check(faults: tuple[str, ...], *, as_json: bool) -> None:
    if as_json:
        say_json({"faults": faults})
    elif not faults:
        say("Every text is as easy to read as it must be.")
    else:
        for fault in faults:
            complain(fault)
    raise typer.Exit(bool(faults))
