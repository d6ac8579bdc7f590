"""The commands `consent`: what was said elsewhere, and whether a receipt is genuine."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.desk import at_a_terminal, do, opened
from bot.cli.options import Anybody, AsJson, By, Day, Of, Reference, in_language
from bot.cli.printing import say, say_json
from bot.elsewhere import Way
from flows.effects import ConsentState, Purpose
from flows.languages import FIRST

if TYPE_CHECKING:
    from bot.casework import Said
    from bot.storage.consent_notices import Words

app = typer.Typer(
    help="Record consents that were not said in the chat; check receipts.",
    no_args_is_help=True,
)

_ANSWERS = (ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN)
_PURPOSE = "What it is for; without it, taking part. Each is asked apart."
_LANGUAGE = "The language in which the words are read aloud."


def _answer(value: str) -> ConsentState:
    for answer in _ANSWERS:
        if value == answer:
            return answer
    raise typer.BadParameter(f"write one of {', '.join(_ANSWERS)}.")


Answer = Annotated[
    ConsentState,
    typer.Option(parser=_answer, metavar="ANSWER", help="given, refused or withdrawn."),
]
PurposeOf = Annotated[Purpose | None, typer.Option(help=_PURPOSE)]


@app.command()
def record(  # noqa: PLR0913 - each of them stands in the event
    reference: Reference,
    *,
    who: Anybody,
    answer: Answer,
    method: Annotated[Way, typer.Option(help="How it was said.")],
    day: Day,
    by: By,
    of: Of = None,
    purpose: PurposeOf = None,
    language: Annotated[str, in_language(told=_LANGUAGE)] = FIRST,
    as_json: AsJson = False,
) -> None:
    """Record what somebody said by phone, in a letter or at a meeting.

    It counts like an answer in the chat. First the words are printed that are read
    aloud to them; at a terminal you are then asked whether that was done.
    """
    from bot.casework import Said

    said = Said(who, answer, method, day, by, of, purpose, language)
    _record(reference, said, as_json=as_json)


@app.command()
def reconfirm(  # noqa: PLR0913 - each of them stands in the event
    reference: Reference,
    *,
    who: Anybody,
    day: Day,
    by: By,
    of: Of = None,
    purpose: PurposeOf = None,
    as_json: AsJson = False,
) -> None:
    """Note that a yes was said again to the mediator, in person.

    Without it for everybody who has to consent, no meeting can be planned.
    """
    from bot import casework

    again = ConsentState.RECONFIRMED
    said = casework.Said(who, again, Way.MEETING, day, by, of, purpose)
    with opened() as desk:
        case = do(desk, casework.reconfirm, reference, said)
        left = do(desk, casework.to_reconfirm, case.reference)
    if as_json:
        say_json({"case": case.reference, "status": case.status, "missing": left})
        return
    say(f"Noted: {who} has said it again. Case {case.reference} is {case.status}.")
    say(f"Still to be said again: {', '.join(left)}." if left else "That was all.")


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A receipt as a file.")
    ],
    as_json: AsJson = False,
) -> None:
    """Tell whether a receipt is genuine, and matches what is stored here.

    Exit code 0: nothing was altered, neither in the file nor here; 1: something was,
    or the record is not known; 2: the file is no receipt.
    """
    from bot.consent import genuine

    with opened() as desk:
        text = _text_of(file)
        report = desk.store.run_now(genuine.examine, desk.store.keys, text)
    if as_json:
        genuineness = {"genuine": report.is_genuine, "sealed": report.is_sealed}
        say_json({**genuineness, "records": report.findings})
    else:
        say(report.seal)
        for found in report.findings:
            for line in found.altered or ["The chain is whole and matches the file."]:
                say(f"{found.record}: {line}")
            for line in found.notes:
                say(f"{found.record}: {line}")
        say("Genuine." if report.is_genuine else "Not genuine.")
    raise typer.Exit(not report.is_genuine)


def _text_of(file: Path) -> str:
    from bot.consent.genuine import NotAReceipt

    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise NotAReceipt(f"{file} cannot be read as UTF-8.") from None


def _record(reference: str, said: "Said", *, as_json: bool) -> None:
    from bot import casework

    with opened() as desk:
        words, spoken = do(desk, casework.words_for, reference, said)
        if not as_json:
            _ask_before(reference, words, spoken, said)
        case, missing = do(desk, casework.record, reference, said)
    if as_json:
        say_json(_recorded(case.reference, case.status, said, words, missing))
        return
    say(f"Recorded: {said.who}, {words.purpose}, {said.answer}, by {said.method}.")
    say(f"Case {case.reference} is {case.status}.")
    if missing:
        say(f"Of {said.who} is still to be recorded: {', '.join(missing)}.")


def _ask_before(reference: str, words: "Words", spoken: str, said: "Said") -> None:
    """Let somebody at a terminal say that it was so, before it is recorded."""
    if said.answer is not ConsentState.WITHDRAWN:
        _read_aloud(words, spoken, said)
    elif at_a_terminal():
        typer.confirm(
            f"{said.who} takes every yes in case {reference} back. Once a mediator has "
            "the case, that ends it at once. Record it?",
            abort=True,
        )


def _read_aloud(words: "Words", spoken: str, said: "Said") -> None:
    """Print what is to be read; somebody at a terminal says that it was."""
    say(f"Read aloud ({words.notice} {words.version}, {words.language}):\n")
    say(spoken)
    say("")
    if at_a_terminal():
        typer.confirm(
            f"Was this read to them, and is the answer “{said.answer}”?", abort=True
        )


def _recorded(
    reference: str, status: str, said: "Said", words: "Words", missing: list[str]
) -> dict[str, str | date | list[str]]:
    return {
        "case": reference,
        "status": status,
        "who": str(said.who),
        "purpose": words.purpose,
        "answer": said.answer,
        "method": said.method,
        "date": said.on,
        "by": said.by,
        "notice": words.sha256,
        "missing": missing,
    }
