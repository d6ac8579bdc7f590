"""The commands of `case` on one of its people: recorded, or verified."""

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.caution import Caution, DryRun, Yes
from bot.cli.desk import do, opened
from bot.cli.options import AsJson, By, Day, Reference
from bot.cli.person import (
    AHolder,
    MaybeParty,
    NamedPerson,
    NeverAuthorised,
    Numbered,
    Of,
    meant,
    numbered,
)
from bot.cli.printing import say, say_json
from bot.offline_words import AuthoritySource, Check
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
from flows.rules.holders import HolderState

if TYPE_CHECKING:
    from bot.casework import Loss, Told
    from bot.wiring import Desk

_AGE_BAND = "How old the party is."
_CONFESSION = "Of an offender: whether they have told the police that they did it."
_TIE = f"How the party knows the other person: {', '.join(Tie)}."
_ORDERS = "Whether there are orders against contact."
_FEAR = "Whether the party is afraid or under pressure."
_UNDERSTOOD = "Whether the three questions on what a yes means were answered correctly."
_AUTHORITY = "Under 18: who has parental authority."
_MAY_ASK = "Under 18: whether the parents may be asked, as the child says."
_OTHERS = "Whether somebody else has parental authority too, as the parent says."
_SOURCE = "With --no-authority: what says so."
_RELATION = "What the parent is to the child."
_METHOD = "How you verified it; there is no eID check yet."
WasUnderstood = Annotated[
    bool | None, typer.Option("--understood/--not-understood", help=_UNDERSTOOD)
]
MayAskHolders = Annotated[
    bool | None, typer.Option("--may-ask-holders/--no-holders", help=_MAY_ASK)
]
#: What is lost with a parent besides their answers.
_LOST: Final = MappingProxyType(
    {
        HolderState.STATED: ", and their yes is taken back",
        HolderState.VERIFIED: ", and their verified yes is taken back",
        HolderState.REFUSED: ", and their no stops nothing any more",
        HolderState.WITHDRAWN: ", and their stop stops nothing any more",
    }
)


def party(  # noqa: PLR0913 - as much as a case goes by
    reference: Reference,
    *,
    by: By,
    who: MaybeParty = None,
    age_band: Annotated[AgeBand | None, typer.Option(help=_AGE_BAND)] = None,
    confession: Annotated[Confession | None, typer.Option(help=_CONFESSION)] = None,
    tie: Annotated[Tie | None, typer.Option(metavar="TIE", help=_TIE)] = None,
    orders: Annotated[Orders | None, typer.Option(help=_ORDERS)] = None,
    fear: Annotated[Fear | None, typer.Option(help=_FEAR)] = None,
    understood: WasUnderstood = None,
    authority: Annotated[Authority | None, typer.Option(help=_AUTHORITY)] = None,
    may_ask_holders: MayAskHolders = None,
    no_authority: NeverAuthorised = None,
    how: Annotated[AuthoritySource | None, typer.Option(help=_SOURCE)] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Record what a party who does not use the bot answered: codes, never a story.

    The questions are those of the chat (docs/dialogues.md). An option that you leave
    out changes nothing. Record consents apart, with `consent record`. If --authority
    unbinds a parent, which cannot be undone, the command asks first at a terminal; it
    is always the second parent. A parent's no is undone by that parent alone: that
    somebody never had parental authority is recorded by itself, with --no-authority
    and --how, and stays in `case show` and on the card.
    """
    from bot.casework import Told

    told = Told(
        age_band, confession, tie, orders, fear, understood, authority, may_ask_holders
    )
    caution = Caution(yes, dry_run, as_json)
    if no_authority is None:
        _tell(reference, _party(who, how), told, by, caution)
    else:
        is_alone = who is None and told == Told()
        _deny(reference, no_authority, _source(how, is_alone=is_alone), by, caution)


def holder(  # noqa: PLR0913 - as much as a parent's yes goes by
    reference: Reference,
    *,
    by: By,
    who: AHolder = None,
    number: Numbered = None,
    of: Of = None,
    understood: WasUnderstood = None,
    others: Annotated[OtherHolder | None, typer.Option(help=_OTHERS)] = None,
    relation: Annotated[HolderRelation | None, typer.Option(help=_RELATION)] = None,
    as_json: AsJson = False,
) -> None:
    """Record what a parent who does not use the bot answered, before their yes.

    The questions are those of the chat (docs/dialogues.md).
    """
    from bot import casework

    person = meant(who, numbered(number), of=of)
    told = casework.ToldByHolder(understood, others, relation)
    with opened() as desk:
        case, lacking = do(
            desk, casework.tell_of_holder, reference, person.who.n, person.of, told, by
        )
    if as_json:
        say_json({"case": case.reference, "status": case.status, "missing": lacking})
        return
    say(f"Recorded for {person}. Case {case.reference} is {case.status}.")
    if lacking:
        say(f"Still to be recorded before their yes: {', '.join(lacking)}.")


def verify(  # noqa: PLR0913 - each of them stands with the holder
    reference: Reference,
    *,
    method: Annotated[Check, typer.Option(help=_METHOD)],
    day: Day,
    by: By,
    who: AHolder = None,
    number: Numbered = None,
    of: Of = None,
    as_json: AsJson = False,
) -> None:
    """Record that you verified that this parent gave this yes; only then it counts."""
    from bot import casework

    person = meant(who, numbered(number), of=of)
    done = casework.Verification(method, day, by)
    with opened() as desk:
        n, of = person.who.n, person.of
        case, child, found = do(desk, casework.verify, reference, n, of, done)
    party_ = f"{child.role}:{child.n}"
    if as_json:
        say_json(
            {
                "case": case.reference,
                "status": case.status,
                "of": party_,
                "holder": found.n,
                "state": "verified",
            }
        )
        return
    say(f"Verified: holder:{found.n} of {party_}, by {method} on {day}.")
    say(f"Case {case.reference} is {case.status}.")


def _party(who: NamedPerson | None, how: AuthoritySource | None) -> NamedPerson:
    if who is None or how is not None:
        raise typer.BadParameter("name a party, as in --who victim:1, without --how.")
    return who


def _source(how: AuthoritySource | None, *, is_alone: bool) -> AuthoritySource:
    if how is None or not is_alone:
        raise typer.BadParameter(
            "--no-authority is recorded by itself: it takes --how and --by."
        )
    return how


def _tell(
    reference: str, person: NamedPerson, told: "Told", by: str, caution: Caution
) -> None:
    from bot import casework

    with opened() as desk:
        _ask_before(desk, reference, person, told.authority, caution)
        done = do(desk, casework.tell, reference, person.who, told, by)
    case, missing, let_go = done.case, list(done.missing), list(done.let_go)
    if caution.as_json:
        stands = {"case": case.reference, "status": case.status}
        say_json({**stands, "missing": missing, "let_go": let_go})
        return
    say(f"Recorded for {person}. Case {case.reference} is {case.status}.")
    if let_go:
        say(f"Unbound: {', '.join(let_go)}.")
    if missing:
        say(f"Still to be recorded for {person}: {', '.join(missing)}.")


def _deny(
    reference: str,
    person: NamedPerson,
    how: AuthoritySource,
    by: str,
    caution: Caution,
) -> None:
    from bot import casework

    said = casework.NoAuthority(person.who.n, person.of, how, by)
    with opened() as desk:
        lost = do(desk, casework.would_deny, reference, said.n, said.of)
        caution.ask(_loss(lost, reference), "Record it?")
        case = do(desk, casework.deny_authority, reference, said)
    if caution.as_json:
        say_json({"case": case.reference, "status": case.status, "unbound": lost.who})
        return
    say(f"Recorded: {lost.who} never had parental authority ({how}).")
    say(f"Case {case.reference} is {case.status}.")


def _ask_before(
    desk: "Desk",
    reference: str,
    person: NamedPerson,
    authority: Authority | None,
    caution: Caution,
) -> None:
    """Let somebody at a terminal agree that a parent who was asked is unbound."""
    from bot import casework

    lost = (
        do(desk, casework.would_lose_place, reference, person.who, authority)
        if authority is not None
        else []
    )
    if lost:
        caution.ask(" ".join(_loss(one, reference) for one in lost), "Record it?")
    else:
        caution.tell(
            f"The answers of {person} are recorded; nobody who has come or "
            "answered is unbound."
        )


def _loss(one: "Loss", reference: str) -> str:
    """Say who is unbound, and what is lost with them."""
    stands = f" ({one.stands})" if one.stands else ""
    also = _LOST.get(one.stands, "") if one.stands else ""
    told = "what they answered is removed"
    return f"{one.who}{stands} in case {reference} is unbound: {told}{also}."
