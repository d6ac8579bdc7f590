"""Who is let go of when it is written down who has parental authority."""

from collections.abc import Mapping, Sequence
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
        Refused: a mediator has the case, or a parent has said no.
    """
    beyond = _beyond(post, party, authority)
    if not beyond:
        return []
    refuse_released(case)
    _refuse_no(post, case, party, authority)
    return [
        _name(party, holder) for holder in beyond if dismiss(post, case, party, holder)
    ]


def would_lose_place(
    post: Post, reference: str, who: Who, authority: Authority
) -> list[Loss]:
    """Name the parents who have spoken, or come, and would be let go of by that.

    Raises:
        Refused: there is no such case, or a parent has said no.
    """
    case = case_of(post.session, reference)
    found = cases.parties(post.session, case)
    meant = [party for party in found if (party.role, party.n) == (who.role, who.n)]
    for party in meant:
        _refuse_no(post, case, party, authority)
    stands = holder_states(post, case)
    return [
        loss_of(party, holder, stands)
        for party in meant
        for holder in _beyond(post, party, authority)
        if _is_there(holder, stands.get(holder.id))
    ]


def loss_of(party: Party, holder: Holder, stands: Mapping[str, HolderState]) -> Loss:
    """Tell who loses their place as a holder."""
    return Loss(_name(party, holder), stands.get(holder.id))


def _refuse_no(post: Post, case: Case, party: Party, authority: Authority) -> None:
    """Refuse to let go of anybody where a parent has said no.

    Nobody but that parent undoes it. Always the later ones go, and it may be one of
    them who has the authority.
    """
    stands, beyond = holder_states(post, case), _beyond(post, party, authority)
    lost = [one for one in beyond if _is_there(one, stands.get(one.id))]
    said_no = [
        holder
        for holder in holders.of_party(post.session, party)
        if stands.get(holder.id) in _SAID_NO
    ]
    if said_no and lost:
        who = f"{HOLDER}:{said_no[0].n}"
        raise Refused(
            f"In case {case.reference} --authority {authority} would unbind "
            f"{_name(party, lost[0])}, and {who} has said no; nothing has changed. A "
            "parent's no is undone by that parent alone. If they never had the "
            f'authority, record that: --no-authority "{_name(party, said_no[0])}".'
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
