"""What stands beside a chain is held against it: whose it is, what was read.

Each says as sentences what is not as it was written.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from bot.consent.receipt import ReceiptJson
from bot.storage import Session
from bot.storage.consent import authorship, consents, shown, verification_seal
from bot.storage.keys.keystore import KeyStore
from bot.storage.tables import ConsentEvent, ConsentRecord, Holder, Person
from flows.rules.standing import YES

#: So many keys are tried at a time.
_STRETCH: Final = 1000


def person(session: Session, keys: KeyStore, record: ConsentRecord) -> Iterator[str]:
    """Hold whose record it is against the hash that every event holds."""
    if record.commitment is None:
        return
    if record.salt is None:
        yield "What shows whose record it is was taken away."
        return
    if record.person_id is None:
        if _opens(keys, record):
            yield "The record was taken from somebody who is not erased."
        return
    who = session.get(Person, record.person_id)
    if who is None or not authorship.is_of(record, who, keys.key_of(who.id)):
        yield "The record stands under the name of somebody else."


def reading(
    session: Session, record: ConsentRecord, stored: Sequence[ConsentEvent]
) -> Iterator[str]:
    """Hold what a person had been shown before each answer against its hash.

    Of who was erased, and of what staff wrote down, nothing of it is stored.
    """
    if record.person_id is None:
        return
    for event in stored:
        told = event.told
        if told and shown.known_as(session, record.person_id, told) is None:
            yield f"What had been read before event {event.n} is not stored as it was."


def numbers(stored: Sequence[ConsentEvent]) -> Iterator[str]:
    """Hold the number of each answer against that of its question.

    A messenger numbers what it gets, so an answer has the greater one. A tap has none,
    and what staff wrote down was not said in the chat.
    """
    for event in stored:
        asked, answered = event.question_number, event.answer_number
        if asked is not None and answered is not None and answered <= asked:
            yield f"The answer of event {event.n} is older than its question."
        elif _is_yes(event) and event.answer_at is not None and asked is None:
            yield f"The yes of event {event.n} answers to no question."


def unnumbered(stored: Sequence[ConsentEvent]) -> Iterator[str]:
    """Name the answers of which it is unknown whether they came after the question."""
    for event in stored:
        if event.by == consents.PERSON and event.answer_at is None:
            yield (
                f"Whether the answer of event {event.n} came after its question is "
                "unknown: it was said before the numbers of both were kept."
            )


def _is_yes(event: ConsentEvent) -> bool:
    return event.by == consents.PERSON and event.state in YES


def reading_in_file(
    listed: Mapping[str, ReceiptJson], events: Sequence[Mapping[str, ReceiptJson]]
) -> Iterator[str]:
    """Hold what the file says was read against the hash in each of its events."""
    for n, event in zip(count(1), events, strict=False):
        said, lines = event.get("said"), listed.get(str(n))
        told = said.get("told") if isinstance(said, dict) else None
        if isinstance(lines, list) and shown.digest_of(lines) != told:  # type: ignore[arg-type]
            yield f"What the file says was read before event {n} is not what was."


def holder(session: Session, keys: KeyStore, record: ConsentRecord) -> Iterator[str]:
    """Hold who made sure of a parent against the hash that was kept of it."""
    found = session.get(Holder, record.holder_id) if record.holder_id else None
    if found is not None and not verification_seal.is_as_written(session, keys, found):
        yield "That somebody made sure of the parent is not as it was written down."


def _opens(keys: KeyStore, record: ConsentRecord) -> bool:
    """Tell whether the key of anybody who is here opens the salt of a record."""
    after = ""
    while some := keys.stretch(after, _STRETCH):
        if any(authorship.opens(record, key) for key in keys.keys_of(some).values()):
            return True
        after = some[-1]
    return False
