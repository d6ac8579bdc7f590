"""Make personal links, and a new one when the first reached the wrong person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.casework.after_a_no import refuse_after_no
from bot.casework.refusals import Refused, ongoing
from bot.chat.notices import close, retract
from bot.chat.post import Post
from bot.offline_words import Because
from bot.queue.standing import look, settle
from bot.storage import cases, forgetting, holders, links, records, standings, talks
from bot.storage.consent import consents
from bot.storage.consent.consents import Shown, Subject
from bot.storage.consequences import take_out_written_down
from bot.storage.links import Leads
from bot.storage.notes import Notes
from bot.storage.staff import COORDINATOR
from bot.storage.tables import Case, Holder, Party, Person, Talk
from flows import FLOWS
from flows.always import AFTER_LETTING_GO
from flows.engine import start
from flows.facts import Role
from flows.rules.case import (
    RELEASED,
    Relation,
    Status,
    is_held_back,
    may_invite_offender,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A new personal link; this is the only moment at which its token is known."""

    role: str
    n: int
    token: str
    expires_at: datetime


def seat(post: Post, case: Case, role: Role) -> Party:
    """Add a party; between people who are close a victim's link only informs."""
    party = cases.add_party(post.session, case, role)
    party.information_only = case.relation == Relation.CLOSE and role is Role.VICTIM
    return party


def letter(post: Post, party: Party, days: int) -> Letter:
    """Make a link for a party, valid for so many days, and no longer than its case."""
    case = post.session.get_one(Case, party.case_id)
    valid = links.validity(case, post.at, timedelta(days=days))
    keys, leads = post.tools.keys, Leads(party.role, party)
    token = links.make(post.session, keys, leads, post.at, valid)
    return Letter(party.role, party.n, token, post.at + valid)


def may_join(post: Post, role: Role) -> bool:
    """Tell whether links are made for parties of this role (KONFLIKTRAAD_ROLES)."""
    return role in post.tools.served


def new_letter(
    post: Post,
    reference: str,
    role: Role,
    n: int,
    days: int,
    because: Because | None = None,
) -> tuple[Case, Letter]:
    """Make a party's link anew; earlier ones and whoever is bound to them are let go.

    A party that is the next on its side is added to the case.

    Raises:
        Refused: the case is over or with a mediator, has no such party, or its two
            sides are close and no victim has said here that they want it; or parties
            of this role may not use the bot; or it would ask anew after a no.
    """
    refuse_unserved(post, role)
    case = ongoing(post.session, reference)
    refuse_released(case)
    refuse_uninvited(post, case, role)
    party = _party(post, case, role, n)
    refuse_after_no(post, case, party, because)
    for link in links.of_party(post.session, party):
        link.voided_at = link.voided_at or post.at
    if party.person_id is not None:
        _unbind(post, case, party)
    note = f"{party.role} {party.n}" + (f" {because}" if because else "")
    records.audit(post.session, "command line", "link made", case, post.at, note)
    post.session.flush()
    settle(post, case)
    return case, letter(post, party, days)


def refuse_unserved(post: Post, role: Role) -> None:
    """Refuse a link for a side that may not use the bot; raises `Refused`."""
    if not may_join(post, role):
        raise Refused(
            f"No link is made for the {role}: KONFLIKTRAAD_ROLES does not name them."
        )


def refuse_released(case: Case) -> None:
    """Refuse to change who stands in a case that is handed over; raises `Refused`."""
    if Status(case.status) in RELEASED:
        raise Refused(
            f"A mediator has case {case.reference}, so its parties stay as they are: "
            "end it with konfliktraad case end and open a new one."
        )


def refuse_uninvited(post: Post, case: Case, role: Role) -> None:
    """Refuse an offender whom a victim's own answers keep out; raises `Refused`.

    Of those answers no more is told than what staff see of the case anyway.
    """
    if role is not Role.OFFENDER:
        return
    seen, session = look(post), post.session
    victims = standings.of_side(session, case, Role.VICTIM, seen)
    if not may_invite_offender(Relation(case.relation), victims):
        raise Refused(
            f"The two sides of case {case.reference} are close: the offender's link "
            "can be made when the victim has said in the chat that they want it."
        )
    found = standings.gather(session, case, seen)
    standing = standings.standing_of(session, case, found, cases.needs(session, case))
    if is_held_back(standing, found.sides):
        raise Refused(
            f"No offender is invited into case {case.reference} now. Settle first what "
            "waits for a human there (konfliktraad case show, konfliktraad case "
            "clear); where nothing waits, it rests with the victim."
        )


def _party(post: Post, case: Case, role: Role, n: int) -> Party:
    side = [p for p in cases.parties(post.session, case) if p.role == role]
    if n == len(side) + 1:
        return seat(post, case, role)
    for party in side:
        if party.n == n:
            return party
    raise Refused(
        f"Case {case.reference} has {len(side)} on the side of the {role}, so there is "
        f"no number {n}: take one of them, or {len(side) + 1} to add one."
    )


def _unbind(post: Post, case: Case, party: Party) -> None:
    """Let a wrong person go: nothing that they said counts for the party any more."""
    person = post.session.get_one(Person, party.person_id)
    _let_go(post, case, person, party)
    for holder in holders.of_party(post.session, party):
        # The wrong person has invited them.
        release(post, case, party, holder)
    party.person_id = None
    cases.vacate(party)
    note = f"{party.role} {party.n}"
    records.audit(post.session, "command line", "person unbound", case, post.at, note)


def release(post: Post, case: Case, party: Party, holder: Holder) -> bool:
    """Let go of whoever speaks as a holder, and of every link that leads there.

    Tell whether somebody was there, or could have come.
    """
    session, could_come = post.session, False
    for link in links.of_holder(session, holder):
        could_come |= links.is_live(link, post.at)
        link.voided_at = link.voided_at or post.at
    if holder.person_id is None:
        return could_come
    person = session.get_one(Person, holder.person_id)
    _let_go(post, case, person, party, holder)
    holder.person_id = None
    _vacate(post, case, party, holder)
    return True


def dismiss(post: Post, case: Case, party: Party, holder: Holder) -> bool:
    """Let go of a holder who is not to be asked, also as what was written down.

    Tell whether there was anybody to let go of.
    """
    was_asked = release(post, case, party, holder)
    if not take_out_written_down(post.session, party, holder, post.at):
        return was_asked
    _vacate(post, case, party, holder)
    return True


def _vacate(post: Post, case: Case, party: Party, holder: Holder) -> None:
    holders.vacate(holder)
    note = f"holder {holder.n} of {party.role} {party.n}"
    records.audit(post.session, "command line", "person unbound", case, post.at, note)


def _let_go(
    post: Post, case: Case, person: Person, party: Party, holder: Holder | None = None
) -> None:
    """Take back every yes, and let go of what was told; no words stand behind it."""
    session, who = post.session, holder or party
    key = post.tools.keys.key_of(person.id)
    subject = Subject(party, holder, person, key)
    shown = Shown(person.language, COORDINATOR)
    consents.withdraw_all(session, subject, shown, post.at, by=COORDINATOR)
    cases.drop_needs(session, case, who, post.at)
    forgetting.answers_of(session, who)
    talk = talks.of(session, who)
    if talk is not None:
        _leave(post, case, person, talk)


def _leave(post: Post, case: Case, person: Person, talk: Talk) -> None:
    """Take the case out of a talk; its person is told nothing before they write.

    The district stays: it names the office that they can call. So does the note of a
    button that lies in the chat: it is taken away when they write.
    """
    retract(post.session, talk, post.at)
    close(post, person, talk)
    talk.party_id = talk.holder_id = talk.link_id = None
    talk.notes = Notes(district=case.district, keyboard=talk.notes.keyboard)
    talks.put(talk, start(FLOWS, AFTER_LETTING_GO), post.at)
