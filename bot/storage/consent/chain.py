"""How the events of a consent hang together: each hash holds the one before it.

Anybody can compute it from what a receipt says: it is the SHA-256 of one line of JSON
with sorted keys, no blanks, and moments in UTC with microseconds.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, TypeAlias

from bot.storage.tables.evidence import ConsentEvent, ConsentRecord

#: The `previous` of a first event.
BEGINNING: Final = ""

Said: TypeAlias = dict[str, str | int | None]


def said(record: ConsentRecord, event: ConsentEvent) -> Said:
    """Give everything that an event says, as it is hashed.

    An event of before numbers were kept was hashed without them.
    """
    return {
        "record": record.id,
        "party": record.party_id,
        "holder": record.holder_id,
        "purpose": record.purpose,
        "person": record.commitment,
        "n": event.n,
        "at": _moment(event.at),
        "said_on": event.said_on.isoformat() if event.said_on else None,
        "state": event.state,
        "method": event.method,
        "by": event.by,
        "language": event.language,
        "notice": event.notice,
        "told": event.told,
        "valid_until": _moment(event.valid_until) if event.valid_until else None,
        "previous": event.previous,
        **(_exchange(event) if event.answer_at else {}),
    }


def _exchange(event: ConsentEvent) -> Said:
    """Give where question and answer stand in the chat."""
    return {
        "question_number": event.question_number,
        "question_at": _moment(event.question_at) if event.question_at else None,
        "answer_number": event.answer_number,
        "answer_at": _moment(event.answer_at) if event.answer_at else None,
    }


def hash_of(said: Mapping[str, object]) -> str:
    """Hash what an event says."""
    line = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def commitment(salt: str, person_id: str) -> str:
    """Hash a person, so that only who has the salt can tell who it is."""
    return hashlib.sha256(f"{salt}/{person_id}".encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
