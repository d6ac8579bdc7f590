"""Who is let go of when it is written down who has parental authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.casework.linking import dismiss, refuse_released
from bot.casework.refusals import Refused, case_of
from bot.chat.post import Post
from bot.offline_words import HOLDER, Who
from bot.queue.standing import holder_states
from bot.storage import cases, holders
from bot.storage.tables import Case, Holder, Party
from flows.facts import Authority
from flows.rules.holders import HolderState

_SAID_NO: Final = frozenset({HolderState.REFUSED, HolderState.WITHDRAWN})
#: So stand holders whose word counts, whether or not they use the bot.
_HAVE_SPOKEN: Final = _SAID_NO | {HolderState.STATED, HolderState.VERIFIED}


@dataclass(frozen=True, slots=True)
class Loss:
    """A parent who has spoken, or come, and would be let go of."""

    who: str
    #: As `case show` tells it; None where that is not told of them.
    stands: HolderState | None


def let_go(post: Post, case: Case, party: Party, authority: Authority) -> list[str]:
    """Let go of whoever was asked and has no authority after all, and name them.

    Raises:
        Refused: a mediator has the case, or only a parent's no would be left.
    """
    beyond = _beyond(post, party, authority)
    if not beyond:
        return []
    refuse_released(case)
    _refuse_no_alone(post, case, party, authority)
    return [
        _name(party, holder) for holder in beyond if dismiss(post, case, party, holder)
    ]


def would_lose_place(
    post: Post, reference: str, who: Who, authority: Authority
) -> list[Loss]:
    """Name the parents who have spoken, or come, and would be let go of by that.

    Raises:
        Refused: there is no such case, or only a parent's no would be left.
    """
    case = case_of(post.session, reference)
    found = cases.parties(post.session, case)
    meant = [party for party in found if (party.role, party.n) == (who.role, who.n)]
    for party in meant:
        _refuse_no_alone(post, case, party, authority)
    stands = holder_states(post, case)
    return [
        Loss(_name(party, holder), stands.get(holder.id))
        for party in meant
        for holder in _beyond(post, party, authority)
        if _is_there(holder, stands.get(holder.id))
    ]


def _refuse_no_alone(
    post: Post, case: Case, party: Party, authority: Authority
) -> None:
    """Refuse to let go of one parent where the other, who stays, has said no.

    Always the later ones go, and it may be one of them who has the authority.
    """
    stands = holder_states(post, case)
    beyond = _beyond(post, party, authority)
    said_no = [
        holder
        for holder in holders.of_party(post.session, party)
        if holder not in beyond and stands.get(holder.id) in _SAID_NO
    ]
    lost = [one for one in beyond if _is_there(one, stands.get(one.id))]
    if said_no and lost:
        raise Refused(
            f"In case {case.reference} --authority {authority} would let go of "
            f"{_name(party, lost[0])} and keep the no of {HOLDER}:{said_no[0].n}; "
            "nothing has changed. Find out which of them has the authority: if it is "
            f"{HOLDER}:{said_no[0].n}, their no stands as it is; if it is not, end "
            "the case with konfliktraad case end and open a new one."
        )


def _beyond(post: Post, party: Party, authority: Authority) -> Sequence[Holder]:
    """List the holders of a party beyond as many as have the authority."""
    asked = holders.of_party(post.session, party)
    return asked[authority.holders :] if authority.holders else ()


def _is_there(holder: Holder, stands: HolderState | None) -> bool:
    """Tell whether somebody speaks in the place of a holder, or has spoken."""
    return holder.person_id is not None or stands in _HAVE_SPOKEN


def _name(party: Party, holder: Holder) -> str:
    return f"{HOLDER}:{holder.n} of {party.role}:{party.n}"
