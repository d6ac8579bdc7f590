"""The commands of `case` on one of its people: told elsewhere, or made sure of."""

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.desk import at_a_terminal, do, opened
from bot.cli.options import AnyParty, AsJson, By, Day, Of, Reference
from bot.cli.printing import say, say_json
from bot.elsewhere import Check
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Fear,
    HolderRelation,
    Orders,
    OtherHolder,
    Tie,
)
from flows.holders import HolderState

if TYPE_CHECKING:
    from bot.casework import Loss, Told
    from bot.wiring import Desk

_UNDERSTOOD = "The three questions on what a yes means were answered rightly."
_MAY_ASK = "Under 18: the child says whether the parents may be asked."
_OTHERS = "Whether somebody else has parental authority too, as the parent says."
_HOLDER = "The number of the holder, as case show gives it."
#: What is lost with a parent beside what they told; of the others nothing is.
_LOST: Final = MappingProxyType(
    {
        HolderState.STATED: ", and their yes is taken back",
        HolderState.VERIFIED: ", and their yes, which was made sure of, is taken back",
        HolderState.REFUSED: ", and their no stops nothing any more",
        HolderState.WITHDRAWN: ", and their stop stops nothing any more",
    }
)


def party(  # noqa: PLR0913 - as much as a case goes by
    reference: Reference,
    *,
    who: AnyParty,
    by: By,
    age_band: Annotated[AgeBand | None, typer.Option()] = None,
    confession: Annotated[Confession | None, typer.Option()] = None,
    tie: Annotated[Tie | None, typer.Option()] = None,
    orders: Annotated[Orders | None, typer.Option()] = None,
    fear: Annotated[Fear | None, typer.Option()] = None,
    understood: Annotated[
        bool | None, typer.Option("--understood/--not-understood", help=_UNDERSTOOD)
    ] = None,
    authority: Annotated[Authority | None, typer.Option()] = None,
    may_ask_holders: Annotated[
        bool | None, typer.Option("--may-ask-holders/--no-holders", help=_MAY_ASK)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write down what a party told who does not use the bot; a code, never a story.

    The questions are those of the chat (docs/dialogues.md). What is not given stays as
    it is. Consents are recorded apart, with `consent record`. At a terminal you are
    asked before --authority lets go of a parent; it is always the second one.
    """
    from bot.casework import Told

    told = Told(
        age_band, confession, tie, orders, fear, understood, authority, may_ask_holders
    )
    _tell(reference, who, told, by, as_json=as_json)


def holder(  # noqa: PLR0913 - as much as a parent's yes goes by
    reference: Reference,
    *,
    number: Annotated[int, typer.Option("--holder", min=1, help=_HOLDER)],
    by: By,
    of: Of = None,
    understood: Annotated[
        bool | None, typer.Option("--understood/--not-understood", help=_UNDERSTOOD)
    ] = None,
    others: Annotated[OtherHolder | None, typer.Option(help=_OTHERS)] = None,
    relation: Annotated[HolderRelation | None, typer.Option()] = None,
    as_json: AsJson = False,
) -> None:
    """Write down what a parent told who does not use the bot, before their yes.

    The questions are those of the chat (docs/dialogues.md).
    """
    from bot import casework

    told = casework.ToldByHolder(understood, others, relation)
    with opened() as desk:
        case, lacking = do(
            desk, casework.tell_of_holder, reference, number, of, told, by
        )
    if as_json:
        say_json({"case": case.reference, "status": case.status, "missing": lacking})
        return
    say(f"Written down for holder {number}. Case {case.reference} is {case.status}.")
    if lacking:
        say(f"Before a yes of theirs is still to be recorded: {', '.join(lacking)}.")


def verify(  # noqa: PLR0913 - each of them stands with the holder
    reference: Reference,
    *,
    holder: Annotated[int, typer.Option(min=1, help=_HOLDER)],
    method: Annotated[Check, typer.Option(help="How that was done.")],
    day: Day,
    by: By,
    of: Of = None,
    as_json: AsJson = False,
) -> None:
    """Note that a parent's yes was given by that parent; only then does it count."""
    from bot import casework

    done = casework.Verification(method, day, by)
    with opened() as desk:
        case, child, found = do(desk, casework.verify, reference, holder, of, done)
    who = f"{child.role}:{child.n}"
    if as_json:
        say_json(
            {
                "case": case.reference,
                "status": case.status,
                "of": who,
                "holder": found.n,
                "state": "verified",
            }
        )
        return
    say(f"Verified: holder {found.n} of {who}, by {method} on {day}.")
    say(f"Case {case.reference} is {case.status}.")


def _tell(
    reference: str, who: AnyParty, told: "Told", by: str, *, as_json: bool
) -> None:
    from bot import casework

    with opened() as desk:
        if told.authority is not None and not as_json:
            _ask_before(desk, reference, who, told.authority)
        done = do(desk, casework.tell, reference, who, told, by)
    case, missing, let_go = done.case, list(done.missing), list(done.let_go)
    if as_json:
        stands = {"case": case.reference, "status": case.status}
        say_json({**stands, "missing": missing, "let_go": let_go})
        return
    say(f"Written down for {who}. Case {case.reference} is {case.status}.")
    if let_go:
        say(f"Let go of: {', '.join(let_go)}.")
    if missing:
        say(f"Of {who} is still to be recorded: {', '.join(missing)}.")


def _ask_before(
    desk: "Desk", reference: str, who: AnyParty, authority: Authority
) -> None:
    """Let somebody at a terminal say that a parent who was asked is to be let go of."""
    from bot import casework

    if not at_a_terminal():
        return
    if lost := do(desk, casework.would_lose_place, reference, who, authority):
        told = " ".join(_loss(one, reference) for one in lost)
        typer.confirm(f"{told} Write it down?", abort=True)


def _loss(one: "Loss", reference: str) -> str:
    """Say who is let go of, and what is lost with them."""
    stands = f" ({one.stands})" if one.stands else ""
    also = _LOST.get(one.stands, "") if one.stands else ""
    told = "what they answered is removed"
    return f"{one.who}{stands} in case {reference} is let go of: {told}{also}."
