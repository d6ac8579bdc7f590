"""Which texts a person was shown in a talk before consent is asked for."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.storage.conflicts import insert_all_once
from bot.storage.tables import ShownText, Talk

#: What was shown in a unit of work and is not written yet.
_SHOWN: Final = "shown"
_IDS: Final = select(ShownText.text_id).where(ShownText.talk_id == bindparam("talk"))


def note(
    session: Session, talk: Talk, text_id: str, language: str, words: str, at: datetime
) -> None:
    """Note that a text is shown, by the hash of its words; written at the end."""
    row = {
        "talk_id": talk.id,
        "text_id": text_id,
        "language": language,
        "sha256": hashlib.sha256(words.encode()).hexdigest(),
        "person_id": talk.person_id,
        "at": at,
    }
    session.info.setdefault(_SHOWN, []).append(row)


def write(session: Session) -> None:
    """Write what was shown in this unit of work; only the first time counts."""
    rows: list[dict[str, Any]] = session.info.pop(_SHOWN, [])
    if rows:
        session.flush()
        insert_all_once(session.connection(), ShownText, rows)


def all_shown(session: Session, talk: Talk, ids: Collection[str]) -> bool:
    """Tell whether every one of these texts was shown in a talk."""
    found = set(session.scalars(_IDS, {"talk": talk.id}))
    pending = session.info.get(_SHOWN, [])
    found |= {row["text_id"] for row in pending if row["talk_id"] == talk.id}
    return found.issuperset(ids)


def of_talk(session: Session, talk: Talk) -> Sequence[ShownText]:
    """List what was shown in a talk, in order."""
    query = select(ShownText).where(ShownText.talk_id == talk.id)
    return session.scalars(query.order_by(ShownText.at, ShownText.text_id)).all()


def digest(texts: Sequence[ShownText]) -> str:
    """Hash which texts were shown, in which language and when."""
    lines = [
        [one.text_id, one.language, one.sha256, one.at.astimezone(UTC).isoformat()]
        for one in texts
    ]
    written = json.dumps(lines, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
