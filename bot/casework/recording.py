"""What was said elsewhere than in the chat, as a coordinator or mediator records it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from bot.casework.aloud import spoken
from bot.casework.days import refuse_day
from bot.casework.parents import lacking, refuse_uninformed
from bot.casework.parties import missing
from bot.casework.refusals import Refused, case_of, ongoing, refuse_over
from bot.casework.speakers import subject_of
from bot.chat import wording
from bot.chat.notices import retract
from bot.chat.post import Post
from bot.clock import danish_day
from bot.offline_words import HOLDER, Way, Who
from bot.queue.standing import look, settle
from bot.storage import cases, consequences, links, records, talks
from bot.storage.consent import consent_notices, consents
from bot.storage.consent.consent_notices import NoticeWords
from bot.storage.consent.consents import Shown, Subject
from bot.storage.consent.last_words import LastWord
from bot.storage.consequences import Heard
from bot.storage.sides import gathered
from bot.storage.tables import Case, Party
from flows import FLOWS
from flows.always import AFTER_WITHDRAWAL
from flows.effects import ConsentState, Purpose
from flows.engine import start
from flows.facts import AgeBand
from flows.languages import FIRST
from flows.rules.case import RELEASED, Status
from flows.rules.notices import read_aloud_for
from flows.rules.side import needs_holders
from flows.rules.standing import Standing

_OF_PARTIES: Final = (Purpose.TAKE_PART, Purpose.HEAR_MORE, Purpose.DATA_NOTICE)
_OF_HOLDERS: Final = (Purpose.PARENTAL_TAKE_PART, Purpose.DATA_NOTICE)


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said elsewhere, and who heard it."""

    who: Who
    answer: ConsentState
    method: Way
    on: date
    by: str
    #: Whose holder it is, where several are under 18.
    of: Who | None = None
    #: Without one, taking part.
    purpose: Purpose | None = None
    language: str = FIRST


def words_for(post: Post, reference: str, said: Statement) -> tuple[NoticeWords, str]:
    """Word the notice, and what of it is read aloud; nothing is recorded yet.

    Raises:
        Refused: it could not be recorded afterwards.
    """
    case = case_of(post.session, reference)
    refuse_over(case)
    subject = subject_of(post, case, said.who, said.of, adds=False)
    _refuse(post, case, subject, said)
    words = _words(post, subject.party, said)
    return words, spoken(post, case, subject.party, words)


def record(post: Post, reference: str, said: Statement) -> tuple[Case, list[str]]:
    """Record what was said as an event like any other; the case goes by it.

    What is still to be recorded of whoever spoke and does not use the bot is told.

    Who takes a yes back takes back every yes, as in the chat.

    Raises:
        Refused: nobody is meant, the day cannot be, a later word or no stands, or a
            parent lacks what comes before a yes.
    """
    case = ongoing(post.session, reference)
    subject = subject_of(post, case, said.who, said.of)
    purpose = _purpose(said)
    _refuse(post, case, subject, said)
    if said.answer is ConsentState.WITHDRAWN:
        _withdraw(post, subject, purpose, said)
    else:
        _say(post, subject, purpose, _words(post, subject.party, said), said)
    if subject.holder is not None:
        # They have spoken: a link that still lies about would let somebody else in.
        links.void_unused(post.session, subject.holder, post.at)
    note = f"{_named(subject)} {purpose} {said.answer} {said.method}"
    records.audit(post.session, said.by, "consent recorded", case, post.at, note)
    post.session.flush()
    settle(post, case)
    return case, _left(post, case, subject, said.answer)


def reconfirm(post: Post, reference: str, said: Statement) -> Case:
    """Note that a yes was said again to the mediator who has the case, in person.

    Raises:
        Refused: no mediator had the case on that day, or there is no yes to say again.
    """
    case = ongoing(post.session, reference)
    _refuse_unclaimed(case, said.on)
    subject = subject_of(post, case, said.who, said.of)
    purpose = _purpose(said)
    word = consents.last(post.session, subject, purpose)
    if word is None or not word.stands(post.at):
        raise _nothing_to_say_again(case, said.who, word, post.at)
    refuse_day(post, subject, purpose, said.answer, said.on)
    as_before = replace(said, language=word.event.language)
    _say(post, subject, purpose, _words(post, subject.party, as_before), said)
    note = f"{_named(subject)} {purpose}"
    records.audit(post.session, said.by, "consent reconfirmed", case, post.at, note)
    post.session.flush()
    settle(post, case)
    return case


def _nothing_to_say_again(
    case: Case, who: Who, word: LastWord | None, at: datetime
) -> Refused:
    if word is not None and word.standing(at) is Standing.OF_EARLIER_WORDS:
        return Refused(
            f"{who} in case {case.reference} has said yes to words that have changed "
            "since, and that yes cannot be said again: konfliktraad consent record "
            "reads the words of today aloud, and takes a new one."
        )
    return Refused(
        f"{who} in case {case.reference} has no yes that could be said again; "
        "konfliktraad consent record takes a new one."
    )


def to_reconfirm(post: Post, reference: str) -> list[str]:
    """Name those whose yes was not said again yet, whose yes the case needs."""
    case = case_of(post.session, reference)
    parties = cases.parties(post.session, case)
    sides = gathered(post.session, case, parties, look(post))
    found: list[str] = []
    for party, side in zip(parties, sides, strict=True):
        who = Who(party.role, party.n)
        if not side.is_reconfirmed:
            found.append(str(who))
        if needs_holders(side):
            found += [
                f"{HOLDER}:{n} of {who}"
                for n, holder in enumerate(side.holders, start=1)
                if holder.answer is not ConsentState.RECONFIRMED
            ]
    return found


def _left(post: Post, case: Case, subject: Subject, answer: ConsentState) -> list[str]:
    """Name what is still to be recorded; of a parent who has said no it is nothing."""
    if subject.holder is None:
        return missing(post, case, subject.party)
    return lacking(post, subject) if answer is ConsentState.GIVEN else []


def _refuse_unclaimed(case: Case, on: date) -> None:
    """Refuse a day on which no mediator had the case."""
    if Status(case.status) not in RELEASED or case.claimed_at is None:
        raise Refused(
            f"Case {case.reference} is {case.status}: a yes is said again to the "
            "mediator who has taken the case."
        )
    if on < (claimed_on := danish_day(case.claimed_at)):
        raise Refused(
            f"A mediator has had case {case.reference} since {claimed_on}, and a yes "
            "of an earlier day was not said to them: let them hear it again."
        )


def _refuse(post: Post, case: Case, subject: Subject, said: Statement) -> None:
    """Refuse what cannot have been said so; raises `Refused`."""
    purpose = _purpose(said)
    refuse_day(post, subject, purpose, said.answer, said.on)
    if (purpose, said.answer) == (Purpose.PARENTAL_TAKE_PART, ConsentState.GIVEN):
        refuse_uninformed(post, case, subject)


def _purpose(said: Statement) -> Purpose:
    """Give what it is about; raises `Refused` where that is not asked of them."""
    allowed = _OF_HOLDERS if said.who.role == HOLDER else _OF_PARTIES
    purpose = said.purpose or allowed[0]
    if purpose not in allowed:
        raise Refused(f"{said.who} is asked for {', '.join(allowed)}, not {purpose}.")
    return purpose


def _words(post: Post, party: Party, said: Statement) -> NoticeWords:
    """Word the notice for them: holders are grown up, a party is as old as known."""
    is_holder = said.who.role == HOLDER
    if not is_holder and party.age_band is None:
        raise Refused(
            f"Nobody has told how old {said.who} is, and the young have words of their "
            "own: say so first, with konfliktraad case party --age-band."
        )
    is_adult = is_holder or party.age_band == AgeBand.ADULT
    # A no needs no more than the question; a yes is one to all that was read.
    is_yes = said.answer is ConsentState.GIVEN
    notice = read_aloud_for(_purpose(said), is_holder=is_holder, is_yes=is_yes)
    return wording.words(post.tools.catalogue, notice, said.language, adult=is_adult)


def _say(
    post: Post, subject: Subject, purpose: Purpose, words: NoticeWords, said: Statement
) -> None:
    kept = consent_notices.keep(post.session, words, post.at)
    shown = Shown(words.language, said.method, notice=kept)
    heard = Heard(shown, post.at, said.by, said.on)
    consequences.answer(post.session, subject, purpose, said.answer, heard)


def _withdraw(post: Post, subject: Subject, purpose: Purpose, said: Statement) -> None:
    """Take back every yes, and let go of what was told; a chat rests at its end."""
    heard = Heard(Shown(said.language, said.method), post.at, said.by, said.on)
    consequences.withdraw(post.session, subject, heard, purpose)
    talk = talks.of(post.session, subject.holder or subject.party)
    if talk is not None:
        # What was laid ready before is nothing to be told to somebody who has stopped.
        retract(post.session, talk, post.at)
        talks.put(talk, start(FLOWS, AFTER_WITHDRAWAL), post.at)


def _named(subject: Subject) -> str:
    party, holder = subject.party, subject.holder
    return f"{party.role} {party.n}" + (f" holder {holder.n}" if holder else "")
