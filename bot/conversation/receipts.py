"""Receipts in the chat: asked for, and shown only when the person taps Show."""

from typing import Final

from bot import effects
from bot.chat.notices import announce
from bot.chat.screens import ask, bottom_row
from bot.chat.visit import Visit
from bot.consent import plain, receipt, sealing
from bot.storage import records
from bot.storage.consent import consents
from bot.storage.engine.ids import new_id
from bot.storage.mail.messages import Document, Send

#: The notice behind which receipts wait: who holds the phone may not be alone.
NOTICE: Final = "receipt.document"


def lay_ready(visit: Visit) -> None:
    """Say that a message waits; without anything said there is no receipt."""
    if not consents.records_of(visit.session, visit.person):
        visit.queue(Send(visit.text("receipt.none")))
        ask(visit, again=True)
        return
    notice = records.add_notice(
        visit.session, visit.person, visit.talk, NOTICE, {}, visit.at
    )
    announce(effects.post_of(visit), visit.person, visit.talk, notice)


def show(visit: Visit) -> None:
    """Show what the person has said, in plain words and as a file."""
    found = consents.records_of(visit.session, visit.person)
    if not found:
        visit.queue(Send(visit.text("receipt.none")))
        return
    reader = plain.Reader(visit.tools.catalogue, visit.language, visit.is_adult)
    told = plain.plain(visit.session, reader, found)
    issuer = receipt.Issuer(visit.tools.catalogue, visit.tools.contacts.secretariat)
    contents = receipt.contents(visit.session, issuer, found, new_id())
    file = sealing.written(sealing.sealed(visit.tools.keys, contents))
    name = f"{visit.text('always.receipt.label').lower()}.json"
    visit.queue(Document(name, file, visit.text(NOTICE)))
    visit.queue(Send(told, buttons=(bottom_row(visit),)))
