"""The commands `consent`: what was said elsewhere, and whether a receipt is genuine."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, opened
from bot.cli.examples import WithExamples
from bot.cli.options import AsJson, By, Day, Reference, in_language
from bot.cli.person import Anybody, Of, meant
from bot.cli.printing import say, say_json
from bot.offline_words import Way
from flows.effects import ConsentState, Purpose
from flows.languages import FIRST

if TYPE_CHECKING:
    from bot.casework import Statement
    from bot.storage.consent.consent_notices import NoticeWords

app = typer.Typer(
    help="Record consents that were not said in the chat; check receipts.",
    no_args_is_help=True,
)

_ANSWERS = (ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN)
_PURPOSE = (
    f"What the consent is for: {', '.join(Purpose)}. If left out, taking part. Ask for "
    "each apart."
)
_LANGUAGE = "The language of the text that you read aloud."


def _answer(value: str) -> ConsentState:
    for answer in _ANSWERS:
        if value == answer:
            return answer
    raise typer.BadParameter(f"write one of {', '.join(_ANSWERS)}.")


AnswerOption = Annotated[
    ConsentState,
    typer.Option(parser=_answer, metavar="ANSWER", help="given, refused or withdrawn."),
]
PurposeOf = Annotated[Purpose | None, typer.Option(metavar="PURPOSE", help=_PURPOSE)]


@app.command(cls=WithExamples)
def record(  # noqa: PLR0913 - each of them stands in the event
    reference: Reference,
    *,
    who: Anybody,
    answer: AnswerOption,
    method: Annotated[Way, typer.Option(help="How it was said.")],
    day: Day,
    by: By,
    of: Of = None,
    purpose: PurposeOf = None,
    language: Annotated[str, in_language(told=_LANGUAGE)] = FIRST,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Record what somebody said by phone, in a letter or at a meeting.

    It counts like an answer in the chat. The command first prints the text to read
    aloud; at a terminal it then asks whether you did. --dry-run only prints the text.
    """
    from bot.casework import Statement

    person = meant(who, of=of)
    said = Statement(person.who, answer, method, day, by, person.of, purpose, language)
    _record(reference, said, Caution(yes, dry_run, as_json))


@app.command(cls=WithExamples)
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
    """Record that a person said their yes again to the mediator, in person.

    No meeting can be planned before everybody who has to consent has done so.
    """
    from bot import casework

    again, person = ConsentState.RECONFIRMED, meant(who, of=of)
    said = casework.Statement(
        person.who, again, Way.MEETING, day, by, person.of, purpose
    )
    with opened() as desk:
        case = do(desk, casework.reconfirm, reference, said)
        left = do(desk, casework.to_reconfirm, case.reference)
    if as_json:
        say_json({"case": case.reference, "status": case.status, "missing": left})
        return
    say(f"Recorded: {person} has said it again.")
    say(f"Case {case.reference} is {case.status}.")
    say(f"Still to be said again: {', '.join(left)}." if left else "That was all.")


@app.command(cls=WithExamples)
def verify(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A receipt as a file.")
    ],
    as_json: AsJson = False,
) -> None:
    """Tell whether a receipt is genuine, and matches what is stored here.

    Exit code 0: nothing was altered, neither in the file nor here. 1: something was
    altered, or the record is unknown. 2: the file is no receipt.
    """
    from bot.consent import verify_receipt

    with opened() as desk:
        text = _text_of(file)
        report = desk.store.run_now(verify_receipt.examine, desk.store.keys, text)
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
    from bot.consent.verify_receipt import NotAReceipt

    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise NotAReceipt(f"{file} cannot be read as UTF-8.") from None


def _record(reference: str, said: "Statement", caution: Caution) -> None:
    from bot import casework

    with opened() as desk:
        words, spoken = do(desk, casework.words_for, reference, said)
        _ask_before(reference, words, spoken, said, caution)
        case, missing = do(desk, casework.record, reference, said)
    if caution.as_json:
        say_json(_recorded(case.reference, case.status, said, words, missing))
        return
    say(f"Recorded: {said.who}, {words.purpose}, {said.answer}, by {said.method}.")
    say(f"Case {case.reference} is {case.status}.")
    if missing:
        say(f"Still to be recorded for {said.who}: {', '.join(missing)}.")


def _ask_before(
    reference: str,
    words: "NoticeWords",
    spoken: str,
    said: "Statement",
    caution: Caution,
) -> None:
    """Let somebody at a terminal say that it was so, before it is recorded."""
    if said.answer is ConsentState.WITHDRAWN:
        caution.ask(
            f"{said.who} takes every yes in case {reference} back. If a mediator has "
            "the case, that ends it at once.",
            "Record it?",
        )
        return
    if not caution.as_json:
        _read_aloud(words, spoken)
    caution.ask(
        f"The answer of {said.who} in case {reference} is recorded as {said.answer}.",
        f"Was this read to them, and is the answer “{said.answer}”?",
    )


def _read_aloud(words: "NoticeWords", spoken: str) -> None:
    """Print what is to be read."""
    say(f"Read aloud ({words.notice} {words.version}, {words.language}):\n")
    say(spoken)
    say("")


def _recorded(
    reference: str,
    status: str,
    said: "Statement",
    words: "NoticeWords",
    missing: list[str],
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
