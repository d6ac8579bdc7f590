"""The exact words in which consent is asked for: kept at first use, never changed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.errors import StorageError
from bot.storage.engine.conflicts import insert_once
from bot.storage.engine.prepared import Prepared
from bot.storage.tables import ConsentNotice
from flows.effects import Purpose

_KEPT: Final = Prepared(
    select(ConsentNotice.sha256).where(ConsentNotice.sha256 == bindparam("sha256"))
)


class NoticeChanged(StorageError):
    """The words of a notice differ from those that people were shown under its name."""


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """One notice as it is written for adults or for the young, in one language.

    Values that are filled in later, such as a phone number, stand as their names.
    """

    notice: str
    version: str
    purpose: Purpose
    language: str
    #: adult or youth.
    variant: str
    text: str
    question: str
    button: str

    @property
    def sha256(self) -> str:
        """Hash the words, and of which notice they are."""
        line = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(line.encode()).hexdigest()


def keep(session: Session, words: NoticeWords, at: datetime) -> str:
    """Keep words that are shown, if they are not kept yet, and give their hash.

    Raises:
        NoticeChanged: other words were shown under this version.
    """
    sha256 = words.sha256
    if _is_kept(session, sha256):
        return sha256
    row = asdict(words) | {"sha256": sha256, "first_shown_at": at}
    is_new = insert_once(session.connection(), ConsentNotice, row)
    if not is_new and not _is_kept(session, sha256):
        raise _changed(words)
    return sha256


def _is_kept(session: Session, sha256: str) -> bool:
    return bool(_KEPT.rows(session.connection(), {"sha256": sha256}))


def refuse_changed(session: Session, every: Iterable[NoticeWords]) -> None:
    """Raise `NoticeChanged` if people were shown other words under a version of ours.

    Told at start, it fails nobody who has just said yes.
    """
    shown = {
        (one.notice, one.version, one.language, one.variant): one.sha256
        for one in session.scalars(select(ConsentNotice))
    }
    for words in every:
        place = (words.notice, words.version, words.language, words.variant)
        if shown.get(place, words.sha256) != words.sha256:
            raise _changed(words)


def find(session: Session, sha256: str) -> ConsentNotice | None:
    """Find the notice of a hash."""
    # It was written where it was kept: nothing else need be written before.
    unwritten = {"autoflush": False}
    return session.get(ConsentNotice, sha256, execution_options=unwritten)


def _changed(words: NoticeWords) -> NoticeChanged:
    return NoticeChanged(
        f"The words of {words.notice} ({words.language}, {words.variant}) are not "
        f"those that people were shown as version {words.version}: raise its version "
        "in flows/rules/notices.py, or use the program that they were shown by."
    )
