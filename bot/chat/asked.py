"""In which words consent was asked for: kept while the question stands open.

Between question and answer the person may choose another language elsewhere, and the
program may learn other words. What was read is what an answer answers to.
"""

from dataclasses import replace

from bot.chat import wording
from bot.chat.visit import Visit
from bot.storage import talks
from bot.storage.consent import consent_notices
from bot.storage.consent.consent_notices import NoticeWords
from bot.storage.tables import ConsentNotice
from flows.rules.notices import ConsentWording, is_current, notice_at


def note(visit: Visit) -> None:
    """Keep the words of the question that is shown now, where it asks for consent."""
    notice = _open_notice(visit)
    if notice is not None:
        words = _words(visit, notice)
        kept = consent_notices.keep(visit.session, words, visit.at)
        visit.notes = replace(visit.notes, notice=kept)


def would_differ(visit: Visit) -> bool:
    """Tell whether the open question asks for consent in other words by now."""
    notice = _open_notice(visit)
    return notice is not None and visit.notes.notice != _words(visit, notice).sha256


def still_holds(visit: Visit) -> bool:
    """Tell whether the open question says what it would say now, if in other words."""
    notice = _open_notice(visit)
    if notice is None:
        return True
    words = read(visit)
    return words is not None and words.notice == notice.id


def read(visit: Visit) -> ConsentNotice | None:
    """Give the words that were read last; None if they do not hold any more."""
    sha256 = visit.notes.notice
    words = consent_notices.find(visit.session, sha256) if sha256 else None
    is_held = words is not None and is_current(words.notice, words.version)
    return words if is_held else None


def _open_notice(visit: Visit) -> ConsentWording | None:
    return notice_at(talks.place(visit.talk)) if visit.talk else None


def _words(visit: Visit, notice: ConsentWording) -> NoticeWords:
    return wording.words(
        visit.tools.catalogue, notice, visit.language, adult=visit.is_adult
    )
