"""Give somebody a new code: back into their chat, or on to another account."""

from dataclasses import dataclass
from datetime import timedelta

from bot.casework.linking import Letter, refuse_released, refuse_unserved
from bot.casework.refusals import Refused, case_to_change, refuse_over
from bot.casework.speakers import subject_of
from bot.chat.post import Post
from bot.offline_words import HOLDER, Delivery, Who
from bot.storage import links, records, ways_back
from bot.storage.consent import consents, refusals
from bot.storage.consent.consents import Subject
from bot.storage.links import Leads
from bot.storage.tables import Case, Person
from flows.effects import Purpose
from flows.facts import Interest, Role


@dataclass(frozen=True, slots=True)
class NewCode:
    """For whom a code is, how they get it, and whether it leads to a new account."""

    who: Who
    how: Delivery
    by: str
    #: Whose holder it is, where several are under 18.
    of: Who | None = None
    is_for_new_account: bool = False


def give_code(
    post: Post, reference: str, wanted: NewCode, days: int
) -> tuple[Case, Letter]:
    """Give a person a new code; what they have answered and agreed to stays.

    The codes and links that they had for this place open their chat no more. For a new
    account it is a link that nobody is bound to yet: who accepts it there takes the
    place over (see `bot/casework/moving.py`).

    Raises:
        Refused: nobody in the chat is meant, or nobody can move there now.
    """
    case = case_to_change(post.session, reference)
    subject = subject_of(post, case, wanted.who, wanted.of, adds=False)
    person = _person(case, subject, wanted)
    if wanted.is_for_new_account:
        _refuse_moving(post, case, subject, wanted)
    _void_earlier(post, subject, person)
    given = _letter(post, case, subject, person, wanted, days)
    action = "code for a new account" if wanted.is_for_new_account else "code given"
    note = f"{_named(subject)} by {wanted.how}"
    records.audit(post.session, wanted.by, action, case, post.at, note)
    post.session.flush()
    return case, given


def _person(case: Case, subject: Subject, wanted: NewCode) -> Person:
    is_meant = (subject.holder is None) is (wanted.who.role != HOLDER)
    if subject.person is None or not is_meant:
        raise Refused(
            f"Nobody answers in the chat as {wanted.who} in case {case.reference}: "
            "konfliktraad case link makes a link for somebody who is to come."
        )
    return subject.person


def _refuse_moving(post: Post, case: Case, subject: Subject, wanted: NewCode) -> None:
    refuse_over(case)
    refuse_released(case)
    if case.self_referral:
        raise Refused(
            f"{wanted.who} in case {case.reference} came without a letter: from "
            "another account they come in the same way."
        )
    refuse_unserved(post, Role(subject.party.role))
    if _has_said_no(post, subject):
        raise Refused(
            f"{wanted.who} in case {case.reference} has said no or stop, and that "
            "stands: it is not taken along to another account. If they want to take "
            "part after all, make them a link with konfliktraad case link."
        )


def _has_said_no(post: Post, subject: Subject) -> bool:
    """Tell whether the last word of somebody is a no, or a stop."""
    speaker, purpose = subject.holder or subject.party, Purpose.TAKE_PART
    if subject.holder is not None:
        purpose = Purpose.PARENTAL_TAKE_PART
    word = consents.last(post.session, subject, purpose)
    is_no = word is not None and word.said.state in refusals.NOES
    is_uninterested = subject.holder is None and subject.party.interest == Interest.NO
    return speaker.withdrawn_at is not None or is_no or is_uninterested


def _void_earlier(post: Post, subject: Subject, person: Person) -> None:
    session, holder = post.session, subject.holder
    of_party, of_holder = links.of_party, links.of_holder
    earlier = of_holder(session, holder) if holder else of_party(session, subject.party)
    for link in earlier:
        link.voided_at = link.voided_at or post.at
    ways_back.void_own(session, person, post.at)


def _letter(
    post: Post,
    case: Case,
    subject: Subject,
    person: Person,
    wanted: NewCode,
    days: int,
) -> Letter:
    session, keys, holder = post.session, post.tools.keys, subject.holder
    leads = Leads(HOLDER if holder else subject.party.role, subject.party, holder)
    valid = links.validity(case, post.at, timedelta(days=days))
    if wanted.is_for_new_account:
        token = links.make(session, keys, leads, post.at, valid)
    else:
        token = ways_back.make_bound(session, keys, leads, person, post.at)
    return Letter(wanted.who.role, wanted.who.n, token, post.at + valid)


def _named(subject: Subject) -> str:
    party, holder = subject.party, subject.holder
    named = f"{party.role} {party.n}"
    return f"holder {holder.n} of {named}" if holder else named
