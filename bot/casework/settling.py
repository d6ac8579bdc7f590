"""What waits for a human is settled: one reason of one person, by whoever looked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from bot.casework.freeing import come_of_age, free
from bot.casework.refusals import NothingOpen, Refused, case_of, ongoing
from bot.casework.speakers import holder_of, party_of
from bot.chat.post import Post
from bot.offline_words import HOLDER, OF_AGE, Inspection, Who
from bot.queue.standing import settle
from bot.storage import cases, records
from bot.storage.tables import Case, Holder, HumanNeed, Party
from flows.effects import Reason
from flows.rules.reasons import SettledBy, handling

#: Every code that settles something.
CODES: Final = (*Reason, OF_AGE)


@dataclass(frozen=True, slots=True)
class Settled:
    """What one of the staff has looked at."""

    #: One of `CODES`.
    code: str
    how: Inspection
    by: str
    #: Of whom it is settled; None where it waits for the case as a whole.
    who: Who | None = None
    #: Whose holder that is, where several are under 18.
    of: Who | None = None


def clear(post: Post, reference: str, said: Settled) -> tuple[Case, list[Reason]]:
    """Settle one reason of one party, and let whom it held up go on.

    In the month of the 18th birthday `turning_18` leaves it to the parents, `of_age`
    to the own yes.

    Raises:
        NothingOpen: nothing of the kind waits.
        Refused: there is no such case, code or party, it is over, the code does not
            say whom it is about, or no word of the staff settles it.
    """
    case = ongoing(post.session, reference)
    _refuse_unknown(said.code)
    reason = Reason.TURNING_18 if said.code == OF_AGE else Reason(said.code)
    need = _meant(post, case, reason, said)
    _refuse_not_by_word(case, reason, said)
    grown = come_of_age(post, case, need) if said.code == OF_AGE else None
    _settle(post, case, [need], said, grown)
    return case, [reason]


def clear_all(
    post: Post, reference: str, how: Inspection, by: str
) -> tuple[Case, list[Reason]]:
    """Settle all that waits in a case, where each of it may be settled so.

    Raises:
        NothingOpen: nothing waits.
        Refused: there is no such case, it is over, or danger or a parent's no waits.
    """
    case = ongoing(post.session, reference)
    waiting = _all_of(post, case)
    _settle(post, case, waiting, Settled("all", how, by), None)
    return case, [Reason(need.reason) for need in waiting]


def would_clear_all(post: Post, reference: str) -> list[str]:
    """Name everything that `clear_all` would settle; it raises what that raises."""
    case = case_of(post.session, reference)
    return [_named(post, need) for need in _all_of(post, case)]


def _all_of(post: Post, case: Case) -> list[HumanNeed]:
    waiting = cases.open_needs(post.session, case)
    if not waiting:
        raise _nothing_of(case)
    alone = [n for n in waiting if handling(Reason(n.reason)).is_settled_alone]
    if alone:
        raise Refused(
            f"In case {case.reference} each of these is settled by itself: "
            f"{', '.join(_named(post, need) for need in alone)}. Nothing was settled; "
            "name each with --reason and --party."
        )
    return waiting


def _settle(
    post: Post,
    case: Case,
    needs: Sequence[HumanNeed],
    said: Settled,
    grown: Party | None,
) -> None:
    for need in needs:
        need.cleared_at, need.cleared_by = post.at, said.by
        need.cleared_how = said.how
        need.cleared_reason = need.reason if grown is None else OF_AGE
    post.session.flush()
    for need in needs:
        note = f"{_named(post, need)}, by {said.how}"
        records.audit(post.session, said.by, "needs cleared", case, post.at, note)
    settle(post, case)
    free(post, case, needs, grown)


def _refuse_unknown(code: str) -> None:
    if code in CODES:
        return
    near = get_close_matches(code, CODES, n=1)
    hint = f"did you mean {near[0]}?" if near else "konfliktraad case show names them."
    raise Refused(f"No reason has the code {code}; {hint}")


def _meant(post: Post, case: Case, reason: Reason, said: Settled) -> HumanNeed:
    """Find the one that waits for this reason, of whom it is settled."""
    waiting = [
        need for need in cases.open_needs(post.session, case) if need.reason == reason
    ]
    if not waiting:
        raise _nothing_of(case)
    whose = _whose(post, case, said)
    for need in waiting:
        if (need.party_id, need.holder_id) == whose:
            return need
    choices = " or ".join(dict.fromkeys(_choices(post, waiting)))
    raise Refused(
        f"In case {case.reference} {reason} waits for somebody else: settle it with "
        f"{choices}."
    )


def _whose(post: Post, case: Case, said: Settled) -> tuple[str | None, str | None]:
    if said.who is None:
        return None, None
    if said.who.role == HOLDER:
        holder = holder_of(post, case, said.who.n, said.of)
        return holder.party_id, holder.id
    return party_of(post, case, said.who).id, None


def _choices(post: Post, waiting: Sequence[HumanNeed]) -> Iterator[str]:
    for need in waiting:
        whom = _whom(post, need)
        yield f'--party "{whom}"' if whom else "no --party, as it is about the case"


def _refuse_not_by_word(case: Case, reason: Reason, said: Settled) -> None:
    """Refuse to settle what no word of the staff settles.

    Who a parent is can only be made sure of; what an offender has not said to the
    police, nobody says for them.
    """
    settled_by = handling(reason).settled_by
    if settled_by is SettledBy.OWN_YES:
        raise Refused(
            f"What {said.who} in case {case.reference} has answered about the police "
            "is settled only by a later yes of their own: in the chat, or recorded "
            f"after a call with konfliktraad case party --who {said.who} --confession "
            "yes."
        )
    if settled_by is SettledBy.VERIFICATION:
        raise Refused(
            f"A parent's yes in case {case.reference} is to be made sure of; that is "
            "not settled by a word. Speak with the parent, then use konfliktraad case "
            "verify."
        )


def _named(post: Post, need: HumanNeed) -> str:
    whom = _whom(post, need)
    return f"{need.reason} of {whom}" if whom else need.reason


def _whom(post: Post, need: HumanNeed) -> str | None:
    """Write whom a need is about, as it is typed; None is the case as a whole."""
    if need.party_id is None:
        return None
    party = post.session.get_one(Party, need.party_id)
    whom = f"{party.role}:{party.n}"
    if need.holder_id is None:
        return whom
    return f"{HOLDER}:{post.session.get_one(Holder, need.holder_id).n} of {whom}"


def _nothing_of(case: Case) -> NothingOpen:
    return NothingOpen(
        f"Nothing in case {case.reference} waits for a human for this reason; "
        "konfliktraad case show tells what does."
    )
