"""The hand-over card in a mediator's chat: found again, and taken out in time."""

from dataclasses import replace

from bot.chat.hiding import deletable_since
from bot.chat.post import Post
from bot.storage import talks
from bot.storage.mail import outbox
from bot.storage.mail.messages import Blank, Delete
from bot.storage.notes import Card
from bot.storage.tables import Case, Person, Staff, Talk


def remember(post: Post, case: Case, row: int) -> None:
    """Keep which message is a card of a case, as long as the mediator's talk."""
    if (talk := _talk(post, case)) is not None:
        card = Card(case.reference, (*_rows(talk, case), row))
        others = (one for one in talk.notes.cards if one.reference != case.reference)
        talk.notes = replace(talk.notes, cards=(*others, card))


def take_out(post: Post, case: Case) -> None:
    """Leave nothing to read of a case's cards; other cases keep theirs."""
    talk = _talk(post, case)
    if talk is None:
        return
    person = post.session.get_one(Person, talk.person_id)
    rows = set(_rows(talk, case))
    outbox.drop_rows(post.session, person.id, rows)
    sent = outbox.sent_rows(post.session, person.id)
    since = deletable_since(post.tools.abilities[person.channel], post.at)
    for card in (one for one in sent if one.row in rows):
        is_young = since is None or card.sent_at > since
        post.send(person, Delete((card.message.key,)) if is_young else Blank(card.row))
        rows.discard(card.row)
    for row in sorted(rows):
        # One that is under way just now: its number is known once it has arrived.
        post.send(person, Blank(row))


def _talk(post: Post, case: Case) -> Talk | None:
    """Find where the mediator who has a case speaks as one."""
    staff = post.session.get(Staff, case.mediator_id) if case.mediator_id else None
    return talks.of_staff(post.session, staff) if staff else None


def _rows(talk: Talk, case: Case) -> tuple[int, ...]:
    rows = {card.reference: card.rows for card in talk.notes.cards}
    return rows.get(case.reference, ())
