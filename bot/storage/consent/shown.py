"""Which texts a person was shown in a talk before consent is asked for."""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from itertools import chain, groupby
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from bot.storage.engine.conflicts import insert_all_once
from bot.storage.engine.prepared import Prepared
from bot.storage.tables import ShownText, Talk

#: What was shown in a unit of work and is not written yet.
_SHOWN: Final = "shown"
_IDS: Final = Prepared(
    select(ShownText.text_id).where(ShownText.talk_id == bindparam("talk"))
)


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
        before = _counted(session, {row["talk_id"] for row in rows})
        for n, row in enumerate(rows, start=1):
            row["n"] = n + before.get(row["talk_id"], 0)
        insert_all_once(session.connection(), ShownText, rows)


def _counted(session: Session, talk_ids: Collection[str]) -> dict[str, int]:
    """Give the number of the last text of each talk in which any was shown."""
    query = select(ShownText.talk_id, func.max(ShownText.n).label("n"))
    of_these = query.where(ShownText.talk_id.in_(talk_ids)).group_by(ShownText.talk_id)
    return {row.talk_id: row.n for row in session.execute(of_these)}


def all_shown(session: Session, talk: Talk, ids: Collection[str]) -> bool:
    """Tell whether every one of these texts was shown in a talk."""
    # What was shown is written by `write` alone, and never by the session.
    before = _IDS.rows(session.connection(), {"talk": talk.id})
    found = set(chain.from_iterable(before))
    for row in session.info.get(_SHOWN, ()):
        if row["talk_id"] == talk.id:
            found.add(row["text_id"])
    return found.issuperset(ids)


def of_talk(session: Session, talk: Talk) -> Sequence[ShownText]:
    """List what was shown in a talk, in order."""
    query = select(ShownText).where(ShownText.talk_id == talk.id)
    return session.scalars(query.order_by(ShownText.n)).all()


def known_as(session: Session, person_id: str, told: str) -> Sequence[ShownText] | None:
    """Find what a person had been shown that is hashed as `told`; None if none is.

    A talk shows more afterwards, so that every beginning of it is tried.
    """
    query = select(ShownText).where(ShownText.person_id == person_id)
    rows = session.scalars(query.order_by(ShownText.talk_id, ShownText.n))
    for _, talk in groupby(rows, lambda one: one.talk_id):
        texts = list(talk)
        for end in range(len(texts), 0, -1):
            if digest(texts[:end]) == told:
                return texts[:end]
    return None


def digest(texts: Sequence[ShownText]) -> str:
    """Hash which texts were shown, in which language and when."""
    return digest_of(lines(texts))


def lines(texts: Sequence[ShownText]) -> list[list[str]]:
    """Write texts as they are hashed: name, language, SHA-256 of the words, moment."""
    return [
        [one.text_id, one.language, one.sha256, one.at.astimezone(UTC).isoformat()]
        for one in texts
    ]


def digest_of(lines: Sequence[Sequence[object]]) -> str:
    """Hash such lines."""
    written = json.dumps(lines, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
