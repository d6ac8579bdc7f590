"""What a party who does not use the bot told a coordinator: what a case goes by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.casework.freeing import free
from bot.casework.letting_go import let_go
from bot.casework.refusals import Refused, ongoing
from bot.casework.speakers import party_or_first
from bot.chat.post import Post
from bot.offline_words import Who
from bot.queue.standing import look, settle
from bot.storage import ages, cases, records, sides
from bot.storage.tables import Case, HumanNeed, Party
from flows.effects import Purpose, Reason
from flows.facts import (
    AgeBand,
    Authority,
    Confession,
    Fear,
    Interest,
    Orders,
    Tie,
)
from flows.rules.holders import required
from flows.rules.side import Side, has_left, is_confession_asked, needs_holders


@dataclass(frozen=True, slots=True)
class Told:
    """What was told; None leaves what is known as it is."""

    age_band: AgeBand | None = None
    confession: Confession | None = None
    tie: Tie | None = None
    orders: Orders | None = None
    fear: Fear | None = None
    #: The three questions on what a yes means were answered rightly.
    understood: bool | None = None
    authority: Authority | None = None
    #: The child says whether the holders may be asked.
    may_ask_holders: bool | None = None


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """What came of it."""

    case: Case
    #: What is still to be recorded of the party.
    missing: Sequence[str]
    #: The parents who have no authority after all.
    let_go: Sequence[str]


def tell(post: Post, reference: str, who: Who, told: Told, by: str) -> WrittenDown:
    """Write down what a party told; name what is still to be recorded, and who goes.

    The first party of a side is added, if that side was not invited to the bot.

    Raises:
        Refused: there is no such party, they answer in the chat themselves, or
            somebody would have to be let go of who cannot be.
    """
    case = ongoing(post.session, reference)
    party = party_or_first(post, case, who)
    if party.person_id is not None and not _is_for_a_human(post, case, party, told):
        raise Refused(
            f"{who} in case {case.reference} answers in the chat. What a human settles "
            "for them is konfliktraad case clear; only who has parental authority can "
            "be written down, with --authority alone; while age_unclear waits, with "
            "--age-band alone that they are from 12 to 17, and while age_differs "
            "waits, any age; while confession_unclear waits, a later yes, with "
            "--confession yes alone."
        )
    gone = let_go(post, case, party, told.authority) if told.authority else []
    given = list(_keep(post, party, told))
    note = f"{party.role} {party.n}: {', '.join(given)}"
    records.audit(post.session, by, "party told elsewhere", case, post.at, note)
    post.session.flush()
    answered = _answer_need(post, case, party, told, by)
    settle(post, case)
    is_grown = told.age_band is AgeBand.ADULT and party.person_id is not None
    free(post, case, answered, party if is_grown else None)
    return WrittenDown(case, missing(post, case, party), gone)


def _answer_need(
    post: Post, case: Case, party: Party, told: Told, by: str
) -> list[HumanNeed]:
    """Close what only the own later yes about the police answers."""
    if told.confession is not Confession.YES:
        return []
    unclear = Reason.CONFESSION_UNCLEAR
    need = cases.answer_need(post.session, case, party, unclear, by, post.at)
    return [need] if need else []


def _is_for_a_human(post: Post, case: Case, party: Party, told: Told) -> bool:
    """Tell whether a human may write that down of somebody who answers in the chat."""
    if told == Told(authority=told.authority):
        return True
    waiting = _waits_of(post, case, party)
    if told == Told(confession=Confession.YES):
        return Reason.CONFESSION_UNCLEAR in waiting
    if told != Told(age_band=told.age_band):
        return False
    is_young = told.age_band in {AgeBand.FROM_12_TO_14, AgeBand.FROM_15_TO_17}
    if Reason.AGE_UNCLEAR in waiting and not is_young:
        return Reason.AGE_DIFFERS in waiting
    return _is_age_looked_at(post, case, party)


def missing(post: Post, case: Case, party: Party) -> list[str]:
    """Name what is still to be recorded of a party who does not use the bot.

    Of one who has said no it is nothing.
    """
    if party.person_id is not None:
        return []
    found = cases.parties(post.session, case)
    gathered = sides.gathered(post.session, case, found, look(post))
    side = gathered[[one.id for one in found].index(party.id)]
    if has_left(side):
        return []
    whole = look(post).require_all_holders
    return list(_missing(side, all_of_them=whole))


def _keep(post: Post, party: Party, told: Told) -> Iterator[str]:
    """Keep each answer that was given, and name it."""
    if told.age_band is not None:
        _keep_age(post, party, told.age_band)
        yield "age_band"
    for name in ("confession", "tie", "orders", "fear"):
        if (value := getattr(told, name)) is not None:
            setattr(party, name, value)
            yield name
    if told.understood is not None:
        party.understood_at = post.at if told.understood else None
        yield "understood"
    if told.authority is not None:
        party.authority = told.authority
        yield "authority"
    if told.may_ask_holders is not None:
        party.may_ask_holders = told.may_ask_holders
        yield "may_ask_holders"


def _keep_age(post: Post, party: Party, band: AgeBand) -> None:
    """Keep how old a party is; once a human looks at it, that is what is right."""
    case = cases.of(post.session, party)
    if _is_age_looked_at(post, case, party):
        ages.find_out(party, band)
    else:
        ages.tell(party, band)


def _is_age_looked_at(post: Post, case: Case, party: Party) -> bool:
    """Tell whether a human finds out how old somebody is, or has done so."""
    has_looked = any(
        need.reason == Reason.AGE_DIFFERS
        and need.party_id == party.id
        and need.cleared_reason not in cases.UNSETTLED
        for need in cases.needs(post.session, case)
    )
    return has_looked or Reason.AGE_UNCLEAR in _waits_of(post, case, party)


def _waits_of(post: Post, case: Case, party: Party) -> set[str]:
    return {
        need.reason
        for need in cases.open_needs(post.session, case)
        if need.party_id == party.id and need.holder_id is None
    }


def _missing(side: Side, *, all_of_them: bool) -> Iterator[str]:
    known = {
        "age-band": side.age_band is not None,
        "confession": not is_confession_asked(side) or side.confession is not None,
        "tie": side.tie is not None,
        "orders": side.orders is not None,
        "fear": side.fear is not None,
        "understood": side.has_understood,
        Purpose.HEAR_MORE: side.interest is Interest.YES,
        Purpose.DATA_NOTICE: side.knows_data_notice,
        Purpose.TAKE_PART: side.takes_part is not None,
    }
    yield from (str(name) for name, is_known in known.items() if not is_known)
    if side.majority is None or not needs_holders(side):
        return
    if side.authority is None:
        yield "authority"
    if side.may_ask_holders is None:
        yield "may-ask-holders"
    heard = sum(holder.answer is not None for holder in side.holders)
    needed = required(side.authority, side.holders, all_of_them=all_of_them)
    yield from (f"holder:{n}" for n in range(heard + 1, needed + 1))
