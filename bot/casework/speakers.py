"""Who in a case is meant: a party, or a holder of parental authority over one."""

from typing import Final

from bot.casework.linking import refuse_uninvited, seat
from bot.casework.refusals import Refused
from bot.chat.post import Post
from bot.errors import KeyDestroyed
from bot.offline_words import HOLDER, Who
from bot.storage import cases, holders
from bot.storage.consent.consents import Subject
from bot.storage.tables import Case, Holder, Party, Person
from flows.facts import AgeBand, Role

#: Two can have parental authority.
MOST_HOLDERS: Final = 2


def subject_of(
    post: Post, case: Case, who: Who, of: Who | None, *, adds: bool = True
) -> Subject:
    """Find who speaks, and which person that is if they use the bot.

    A holder need not have been invited: the next number `adds` one.

    Raises:
        Refused: nobody in the case is meant by it, or several are.
    """
    if who.role != HOLDER:
        return _subject(post, party_of(post, case, who), None)
    child = child_of(post, case, of)
    holder = holders.numbered(post.session, child, who.n)
    if holder is None:
        _refuse_number(post, case, child, who.n)
        holder = holders.add(post.session, child, who.n) if adds else None
    return _subject(post, child, holder) if holder else Subject(child)


def party_of(post: Post, case: Case, who: Who) -> Party:
    """Find a party; raises `Refused` if there is none."""
    for party in cases.parties(post.session, case):
        if (party.role, party.n) == (who.role, who.n):
            return party
    raise Refused(
        f"Case {case.reference} has no {who}. konfliktraad case show names its "
        "parties; a first one who does not use the bot is added by konfliktraad case "
        "party."
    )


def party_or_first(post: Post, case: Case, who: Who) -> Party:
    """Find a party, or add the first one of its side; raises `Refused`."""
    side = [p for p in cases.parties(post.session, case) if p.role == who.role]
    if side or who.n > 1:
        return party_of(post, case, who)
    refuse_uninvited(post, case, Role(who.role))
    return seat(post, case, Role(who.role))


def child_of(post: Post, case: Case, of: Who | None) -> Party:
    """Find whose holder is meant; raises `Refused` unless that is one party."""
    young = [p for p in cases.parties(post.session, case) if _is_young(post, p)]
    meant = [p for p in young if of is None or (p.role, p.n) == (of.role, of.n)]
    if len(meant) == 1:
        return meant[0]
    choices = " or ".join(f"of {p.role}:{p.n}" for p in young)
    if not young:
        raise Refused(f"Nobody in case {case.reference} is known to be under 18.")
    raise Refused(
        f"Say whose holder is meant in case {case.reference}, {choices}, as in --who "
        f'"holder:1 of {young[0].role}:{young[0].n}".'
    )


def holder_of(post: Post, case: Case, n: int, of: Who | None) -> Holder:
    """Find a holder of a number; raises `Refused` if there is none."""
    child = child_of(post, case, of)
    found = holders.numbered(post.session, child, n)
    if found is not None:
        return found
    known = len(holders.of_party(post.session, child))
    raise Refused(
        f"{child.role}:{child.n} in case {case.reference} has no holder {n}, but "
        f"{known or 'none so far'}; konfliktraad case show names them."
    )


def _is_young(post: Post, party: Party) -> bool:
    is_minor = party.age_band not in {None, AgeBand.ADULT}
    return is_minor or bool(holders.of_party(post.session, party))


def _refuse_number(post: Post, case: Case, child: Party, n: int) -> None:
    known = len(holders.of_party(post.session, child))
    if n != known + 1 or n > MOST_HOLDERS:
        known_holders = "1 holder" if known == 1 else f"{known} holders"
        raise Refused(
            f"{child.role}:{child.n} in case {case.reference} has {known_holders}, so "
            f"there is no number {n}; at most {MOST_HOLDERS} are asked."
        )


def _subject(post: Post, party: Party, holder: Holder | None) -> Subject:
    person_id = holder.person_id if holder is not None else party.person_id
    person = post.session.get(Person, person_id) if person_id else None
    if person is None:
        return Subject(party, holder)
    try:
        return Subject(party, holder, person, post.tools.keys.key_of(person.id))
    except KeyDestroyed:
        raise Refused("Whoever stood here was erased; make a new link first.") from None
