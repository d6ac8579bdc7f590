"""Look at a receipt again: does it match what is stored, and is that as it was written.

A receipt lies elsewhere than the database, so it shows also what somebody changed who
could write a whole new chain here.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.consent import context_checks, receipt, sealing
from bot.consent.receipt import ReceiptJson
from bot.errors import BotError
from bot.storage import Session
from bot.storage.consent import chain, consents
from bot.storage.keys.keystore import KeyStore
from bot.storage.tables import ConsentEvent, ConsentRecord

_SEALED: Final = "The seal fits: the file is as it was issued here."
_UNSEALED: Final = "The seal does not fit: the file is not as it was issued here."


class NotAReceipt(BotError):
    """A file is no receipt of this program."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of one record in a receipt."""

    record: str
    #: What is not as it was written, each as a sentence.
    altered: list[str] = field(default_factory=list)
    #: What else there is to know.
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """What is found of a receipt."""

    is_sealed: bool
    findings: Sequence[Finding]

    @property
    def is_genuine(self) -> bool:
        """Tell whether nothing at all was altered, here or in the file."""
        return self.is_sealed and not any(one.altered for one in self.findings)

    @property
    def seal(self) -> str:
        """Say whether the seal fits."""
        return _SEALED if self.is_sealed else _UNSEALED


def examine(session: Session, keys: KeyStore, text: str) -> Report:
    """Compare a receipt with what is stored; raises `NotAReceipt`."""
    content = _read(text)
    findings = [_finding(session, keys, one) for one in _listed(content, "records")]
    if not findings:
        raise _none()
    return Report(sealing.is_sealed(keys, content), findings)


def _finding(session: Session, keys: KeyStore, told: ReceiptJson) -> Finding:
    header = _table(_of(told, "header"))
    events = [_table(one) for one in _listed(_table(told), "events")]
    record_id = str(header.get("record_id"))
    found = Finding(record_id)
    found.altered.extend(_own_chain(events))
    record = session.get(ConsentRecord, record_id)
    if record is None:
        found.altered.append("No record of this number is stored here.")
        return found
    stored = consents.events(session, record)
    found.altered.extend(_stored_chain(session, record))
    found.altered.extend(context_checks.person(session, keys, record))
    found.altered.extend(context_checks.reading(session, record, stored))
    found.altered.extend(context_checks.numbers(stored))
    found.altered.extend(context_checks.reading_in_file(_listed_texts(told), events))
    found.altered.extend(context_checks.holder(session, keys, record))
    if header != receipt.header_of(record):
        found.altered.append("The header is not that of the stored record.")
    found.altered.extend(_compared(record, stored, events))
    known = receipt.notice_of(session, stored[: len(events)])
    if _of(_of(told, "processing"), "privacy_notice") != known:
        found.altered.append("The words of the notice are not the stored ones.")
    found.notes.extend(_notes(record, stored, events))
    found.notes.extend(context_checks.unnumbered(stored))
    if _of(told, "parental") != receipt.parental_of(session, record):
        found.notes.append("What is known of the parent has changed since.")
    return found


def _own_chain(events: Sequence[dict[str, ReceiptJson]]) -> Iterator[str]:
    """Follow the chain in the file itself."""
    previous: ReceiptJson = chain.BEGINNING
    for n, event in enumerate(events, start=1):
        said = _table(event.get("said"))
        fits = said.get("n") == n and said.get("previous") == previous
        if not fits or event.get("hash") != chain.hash_of(said):
            yield f"Event {n} in the file is not as it was written."
            return
        previous = event.get("hash")


def _stored_chain(session: Session, record: ConsentRecord) -> Iterator[str]:
    broken = consents.broken_link(session, record)
    if broken is not None:
        yield f"Event {broken} that is stored is not as it was written."


def _compared(
    record: ConsentRecord,
    stored: Sequence[ConsentEvent],
    events: Sequence[dict[str, ReceiptJson]],
) -> Iterator[str]:
    if not events:
        yield "The file holds no event."
    for n, event in enumerate(events, start=1):
        if n > len(stored):
            yield f"Event {n} of the file is not stored."
        elif event != receipt.event_of(record, stored[n - 1]):
            yield f"Event {n} of the file is not the one that is stored."


def _notes(
    record: ConsentRecord,
    stored: Sequence[ConsentEvent],
    events: Sequence[dict[str, ReceiptJson]],
) -> Iterator[str]:
    if len(stored) > len(events):
        later = len(stored) - len(events)
        yield f"{later} more was said since; the last word is: {stored[-1].state}."
    if record.commitment is not None and record.person_id is None:
        yield (
            "Whoever said it was erased: the chain can be looked at, but nothing here "
            "tells any more who it was."
        )
    elif record.commitment is None:
        yield "It was recorded by staff for somebody who did not use the bot."


def _read(text: str) -> dict[str, ReceiptJson]:
    try:
        content = _table(json.loads(text))
    except ValueError:
        raise _none() from None
    if content.get("schema_version") != receipt.SCHEMA:
        raise _none()
    return content


def _of(holder: ReceiptJson, name: str) -> ReceiptJson:
    return _table(holder).get(name)


def _listed(holder: dict[str, ReceiptJson], name: str) -> list[ReceiptJson]:
    found = holder.get(name)
    if not isinstance(found, list):
        raise _none()
    return found


def _listed_texts(told: ReceiptJson) -> dict[str, ReceiptJson]:
    return _table(_of(told, "shown"))


def _table(content: ReceiptJson) -> dict[str, ReceiptJson]:
    if not isinstance(content, dict):
        raise _none()
    return content


def _none() -> NotAReceipt:
    return NotAReceipt(
        f"This file is no receipt of this program (JSON, schema {receipt.SCHEMA})."
    )
