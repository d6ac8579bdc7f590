"""On which day something can have been said that is written down later."""

from datetime import date, datetime

from bot.casework.refusals import Refused
from bot.chat.post import Post
from bot.clock import danish_day
from bot.storage.consent import consents, refusals
from bot.storage.consent.consents import Subject
from bot.storage.staff import COORDINATOR
from flows.effects import ConsentState, Purpose
from flows.rules.side import VALID_FOR


def refuse_day(
    post: Post, subject: Subject, purpose: Purpose, answer: ConsentState, on: date
) -> None:
    """Refuse a day that cannot be, or on which a later word may have been said.

    A withdrawal is never refused because it was said before something else: who would
    say yes again is asked again.

    Raises:
        Refused: with what to do about it.
    """
    today = danish_day(post.at)
    if on > today:
        raise Refused("That day is still to come: say on which day it was said.")
    if answer is ConsentState.WITHDRAWN:
        return
    if on <= today - VALID_FOR:
        raise Refused(
            f"That is more than {VALID_FOR.days} days ago, so it stands no more: ask "
            "again."
        )
    word = consents.last_said(post.session, subject, purpose)
    later = word and (word.said_on or danish_day(word.at))
    if later and on < later:
        raise Refused(
            f"Something was said on {later}, after that day, and the last word holds: "
            "ask again."
        )
    if answer is ConsentState.GIVEN:
        _refuse_before_no(post, subject, on)


def _refuse_before_no(post: Post, subject: Subject, on: date) -> None:
    """Refuse a yes that may have been said before a no in the chat: the no holds."""
    said_no_on = max(map(danish_day, _noes_in_chat(post, subject)), default=None)
    if said_no_on and on <= said_no_on:
        raise Refused(
            f"They said no or stop in the chat on {said_no_on}, and a yes of that day "
            "or before cannot be told from one that they took back. Let them say yes "
            "in the chat, or ask again on a later day and record that day."
        )


def _noes_in_chat(post: Post, subject: Subject) -> list[datetime]:
    """List when it was last said in the chat that it is a no, to whatever purpose."""
    said = refusals.of_place(post.session, subject.party, subject.holder)
    # Who is let go of by a coordinator has not said so.
    own = [word for word in said if word.method != COORDINATOR]
    in_chat = [word.at for word in own if word.said_on is None]
    # A stop before any answer stands in no record, but one that was written down does.
    stopped_at = (subject.holder or subject.party).withdrawn_at
    if stopped_at is not None and stopped_at not in {word.at for word in said}:
        in_chat.append(stopped_at)
    return in_chat
