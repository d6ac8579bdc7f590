"""Somebody never had parental authority, as a register or a court says."""

from dataclasses import dataclass
from typing import Final

from bot.casework.letting_go import Loss, loss_of
from bot.casework.linking import dismiss, refuse_released
from bot.casework.refusals import Refused, case_of, ongoing
from bot.casework.speakers import child_of, holder_of
from bot.chat.post import Post
from bot.offline_words import AuthoritySource, Who
from bot.queue.standing import holder_states, settle
from bot.storage import holders, records, without_authority
from bot.storage.tables import Case, Holder, Party
from flows.facts import Authority

#: Who has the authority, once one of those who were said to have it has not.
_LEFT: Final = {Authority.BOTH: Authority.ONE, Authority.ONE: Authority.UNKNOWN}


@dataclass(frozen=True, slots=True)
class NoAuthority:
    """Who never had it, and what says so."""

    n: int
    #: Whose holder that was, where several are under 18.
    of: Who | None
    source: AuthoritySource
    by: str


def deny_authority(post: Post, reference: str, said: NoAuthority) -> Case:
    """Record that a holder never had authority: nothing that they said counts.

    Where two were said to have it, the other one has it alone, and is the first from
    now on. Where they were the only one, it is not known who has it.

    Raises:
        Refused: the case is over or with a mediator, or nobody is meant by it.
    """
    case = ongoing(post.session, reference)
    refuse_released(case)
    holder = holder_of(post, case, said.n, said.of)
    party = holders.party_of(post.session, holder)
    _refuse_twice(post, case, party, said.n)
    stood = holder_states(post, case).get(holder.id)
    without_authority.keep(post.session, holder, stood, said.source, said.by, post.at)
    dismiss(post, case, party, holder)
    party.authority = _left(party)
    _count_anew(post, party, holder)
    note = f"{party.role} {party.n} holder {said.n} {said.source}"
    records.audit(post.session, said.by, "no authority", case, post.at, note)
    post.session.flush()
    settle(post, case)
    return case


def would_deny(post: Post, reference: str, n: int, of: Who | None) -> Loss:
    """Name whose answers would count no more; raises what `deny_authority` raises."""
    case = case_of(post.session, reference)
    refuse_released(case)
    holder = holder_of(post, case, n, of)
    return loss_of(child_of(post, case, of), holder, holder_states(post, case))


def _refuse_twice(post: Post, case: Case, party: Party, n: int) -> None:
    """Refuse the same number again: it may be another parent who has it by now."""
    if n in {one.n for one in without_authority.of_party(post.session, party)}:
        raise Refused(
            f"It is recorded already that holder:{n} of {party.role}:{party.n} in case "
            f"{case.reference} never had authority, and whoever has this number now is "
            "somebody else; nothing has changed. konfliktraad case show names them."
        )


def _left(party: Party) -> str | None:
    if party.authority is None:
        return None
    told = Authority(party.authority)
    return _LEFT.get(told, Authority.UNKNOWN)


def _count_anew(post: Post, party: Party, gone: Holder) -> None:
    """Let whoever is left be the first: who has no place comes last."""
    left = [one for one in holders.of_party(post.session, party) if one is not gone]
    holders.count_anew(post.session, [*left, gone])
