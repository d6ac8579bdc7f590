"""What is said of an answer that does not count: too early, or to something else."""

from dataclasses import replace

from bot.chat.screens import ask, first_asked, say
from bot.chat.visit import Visit
from bot.storage import talks
from bot.storage.mail import outbox
from bot.storage.mail.messages import Send
from bot.storage.tables import Talk
from flows.rules.provenance import MAY, Origin

#: What becomes of a message that will not arrive any more.
_NEVER_CAME = frozenset({"failed", "dropped"})
_TOO_EARLY = frozenset({Origin.EARLY, Origin.SCHEDULED})


def say_instead(visit: Visit, talk: Talk, origin: Origin) -> None:
    """Say why an answer does not count; once for a question that came after it.

    That question stays as it stands on the screen, or is on its way there. Where a talk
    rests nothing is asked, and nothing was too early.
    """
    instead = MAY[origin].instead
    if instead is None:
        return
    if origin not in _TOO_EARLY:
        say(visit, instead)
        ask(visit, again=True)
    elif not _can_be_seen(visit, talk):
        ask(visit, again=True)
    elif not _rests(talk) and visit.notes.early_at != talk.open_row:
        said = visit.queue(Send(visit.text(instead)))
        visit.notes = replace(visit.notes, early_at=talk.open_row, early_said=said)


def _can_be_seen(visit: Visit, talk: Talk) -> bool:
    """Tell whether the question is in the chat, or on its way there."""
    if talk.open_row is None or first_asked(visit) is None:
        return False
    question = outbox.progress(visit.session, talk.open_row)
    return question is not None and question.state not in _NEVER_CAME


def _rests(talk: Talk) -> bool:
    return talks.state(talk).rest


def is_just_asked(visit: Visit, talk: Talk) -> bool:
    """Tell whether nothing was said after the question, but that it came first."""
    rows = [talk.open_row]
    if visit.notes.early_at == talk.open_row:
        rows.append(visit.notes.early_said)
    session, person = visit.session, visit.person
    return any(
        row is not None and outbox.is_last_said(session, person.id, row) for row in rows
    )
