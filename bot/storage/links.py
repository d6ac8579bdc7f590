"""Personal links: made, found, bound to whoever says "this is for me"."""

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from bot.addressing import AccountRef
from bot.clock import DANISH_TIME
from bot.storage.cases import LETTERS
from bot.storage.keys.keystore import KeyStore
from bot.storage.tables import Case, Holder, Link, Party, Person, WrongGuess
from flows.rules.days import BATCH_TIME
from flows.words.characters import plain_dashes, seen

#: The role of a link that leads to a holder of parental authority.
HOLDER = "holder"
#: So long such a link can be opened.
HOLDER_VALID = timedelta(days=7)
#: The role of a code that leads nowhere but back into its owner's chat.
OWN = "own"

TOKEN_LENGTH = 12
#: As it is typed from a letter: in three groups, or in one; and nothing touches it that
#: makes it a part of an address.
_TOKEN = re.compile(
    r"(?<![\w@/=.-])"
    r"([0-9A-TV-Z]{4})([ .,:/_-]{0,3})([0-9A-TV-Z]{4})([ .,:/_-]{0,3})([0-9A-TV-Z]{4})"
    r"(?![\w@/=-])(?!\.\w)"
)
_IN_ADDRESS = re.compile(r"[?&]START=([0-9A-Z_-]{1,64})(?![0-9A-Z_-])")
#: Words of four letters that lead to a code in a text.
_LEADING = re.compile(r"\b(?:KODE|CODE)\b")
_LED_TO = "-----"
#: So its groups are printed, or written in one; otherwise hours may look like it.
_DASHED = re.compile(r"(?: ?- ?)?")
#: A word, a number, or a word and its number: "ring", "1600", "kl16".
_COUNTED = re.compile(r"[A-Z]*[0-9]*")
_AROUND = " .,;:!?'\"()<>\u00ab\u00bb\u2018\u2019\u201c\u201d\u201e"
#: What no misreading turns into something else.
_DIGITS = frozenset("23456789")
_CAPITALS = frozenset("ABCDEFGHJKMNPQRSTVWXYZ")
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})

#: So long, and this often, an account may send wrong tokens before nothing is looked up
#: for it. There are 32^12 tokens, more than 10^18: with 10,000 letters under way one
#: guess in 10^14 finds one.
GUESS_WINDOW = timedelta(hours=1)
GUESSES_PER_ACCOUNT = 5
#: After so many of all accounts together each has fewer, and staff are told. Nobody who
#: has a letter is kept out for what others do.
GUESSES_IN_ALL = 200
GUESSES_WHEN_MANY = 2


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a new link leads: into a case, or to a place among the staff.

    A holder's leads to the holder, not to the party that they speak for.
    """

    role: str
    party: Party | None = None
    holder: Holder | None = None
    district: str | None = None
    label: str | None = None


def make(
    session: Session, keys: KeyStore, leads: Leads, at: datetime, valid: timedelta
) -> str:
    """Make a link and give its token; only the token's hash is kept."""
    token = _new_token()
    session.add(
        Link(
            token_hash=keys.hash_token(token),
            role=leads.role,
            case_id=leads.party.case_id if leads.party else None,
            party_id=leads.party.id if leads.party and not leads.holder else None,
            holder_id=leads.holder.id if leads.holder else None,
            district=leads.district,
            label=leads.label,
            made_at=at,
            expires_at=at + valid,
        )
    )
    session.flush()
    return token


def validity(case: Case, at: datetime, longest: timedelta) -> timedelta:
    """Tell how long a new link is valid: none outlives the last day of its case."""
    if case.ends_on is None:
        return longest
    ends_at = datetime.combine(case.ends_on, BATCH_TIME, DANISH_TIME)
    return min(longest, ends_at - at)


def printed(token: str) -> str:
    """Write a token as it stands in a letter, so that it can be typed."""
    return f"{token[:4]}-{token[4:8]}-{token[8:]}"


def token_in(text: str) -> str | None:
    """Find the one token of a text, however it came there; None for other texts.

    It may stand in a sentence, in quotes, in a pasted address or behind a command. A
    token has both letters and digits, so that neither a word of twelve letters nor a
    phone number is taken for one.
    """
    said = plain_dashes(" ".join(seen(text).upper().split()))
    found = set(_in_addresses(said)) or set(_typed(_LEADING.sub(_LED_TO, said)))
    return found.pop() if len(found) == 1 else None


def _in_addresses(said: str) -> Iterator[str]:
    for payload in _IN_ADDRESS.findall(said):
        yield from _typed(payload)


def _typed(said: str) -> Iterator[str]:
    is_alone = _TOKEN.fullmatch(said.strip(_AROUND)) is not None or _LED_TO in said
    for found in _TOKEN.finditer(said):
        groups = found.group(1, 3, 5)
        is_printed = all(map(_DASHED.fullmatch, found.group(2, 4)))
        is_one = is_printed or _is_surely_one(groups, is_alone=is_alone)
        if _is_mixed("".join(groups)) and is_one:
            yield "".join(groups).translate(_MISREAD)


def _is_surely_one(groups: Sequence[str], *, is_alone: bool) -> bool:
    """Tell a token from three words or numbers of four signs ("kl16 1800 tir3")."""
    if all(map(_COUNTED.fullmatch, groups)):
        return False
    mixed = sum(map(_is_mixed, groups))
    numbers = sum(group.isdigit() for group in groups)
    return mixed > 1 or (is_alone and mixed == 1 and numbers <= 1)


def find(session: Session, keys: KeyStore, token: str) -> Link | None:
    """Find the link of a token; None if it was never made."""
    query = select(Link).where(Link.token_hash == keys.hash_token(token))
    return session.scalar(query)


def is_live(link: Link, at: datetime) -> bool:
    """Tell whether a link may still be bound to somebody."""
    return link.voided_at is None and link.person_id is None and at < link.expires_at


def is_invitation(link: Link) -> bool:
    """Tell whether a link leads to a place among the staff."""
    return link.party_id is None and link.holder_id is None and link.role != OWN


def bind(link: Link, person: Person, at: datetime) -> None:
    """Bind a link to the person who said that it is for them."""
    link.person_id, link.bound_at = person.id, at


def of_party(session: Session, party: Party) -> Sequence[Link]:
    """List the links of a party, oldest first."""
    query = select(Link).where(Link.party_id == party.id).order_by(Link.made_at)
    return session.scalars(query).all()


def of_holder(session: Session, holder: Holder) -> Sequence[Link]:
    """List the links of a holder, oldest first."""
    query = select(Link).where(Link.holder_id == holder.id).order_by(Link.made_at)
    return session.scalars(query).all()


def void_unused(session: Session, holder: Holder, at: datetime) -> None:
    """Let nobody become this holder any more by a link that was not accepted."""
    for link in of_holder(session, holder):
        if link.person_id is None:
            link.voided_at = link.voided_at or at


def void_unopened(session: Session, child: Party, at: datetime) -> None:
    """Let nobody become a holder any more by a link that a child has sent on."""
    theirs = select(Holder.id).where(Holder.party_id == child.id)
    unopened = (
        Link.holder_id.in_(theirs),
        Link.person_id.is_(None),
        Link.voided_at.is_(None),
    )
    session.execute(update(Link).where(*unopened).values(voided_at=at))


def party_of(session: Session, link: Link) -> Party | None:
    """Find the party that a link leads to."""
    return session.get(Party, link.party_id) if link.party_id else None


def holder_of(session: Session, link: Link) -> Holder | None:
    """Find the holder that a link leads to."""
    return session.get(Holder, link.holder_id) if link.holder_id else None


def child_of(session: Session, link: Link) -> Party | None:
    """Find the child to whose holder a link leads."""
    holder = holder_of(session, link)
    return session.get(Party, holder.party_id) if holder else None


def case_of(session: Session, link: Link) -> Case | None:
    """Find the case that a link leads to."""
    return session.get(Case, link.case_id) if link.case_id else None


def note_wrong_guess(
    session: Session, keys: KeyStore, account: AccountRef, at: datetime
) -> None:
    """Count a token that fits no link."""
    session.add(WrongGuess(account=keys.hash_account(account.name), at=at))


def may_guess(
    session: Session, keys: KeyStore, account: AccountRef, at: datetime
) -> bool:
    """Tell whether a token is looked up now, or guessing has gone on too fast."""
    own = _guesses(at).where(WrongGuess.account == keys.hash_account(account.name))
    is_much = is_guessed_at(session, at)
    most = GUESSES_WHEN_MANY if is_much else GUESSES_PER_ACCOUNT
    return session.scalars(own).one() < most


def is_guessed_at(session: Session, at: datetime) -> bool:
    """Tell whether so many wrong tokens came of late that somebody seems to guess."""
    return session.scalars(_guesses(at)).one() >= GUESSES_IN_ALL


def _guesses(at: datetime) -> Select[int]:
    return select(func.count()).where(WrongGuess.at > at - GUESS_WINDOW)


def _new_token() -> str:
    """Draw a token that is known for one however it is typed, with spaces too."""
    while True:
        token = "".join(secrets.choice(LETTERS) for _ in range(TOKEN_LENGTH))
        groups = (token[:4], token[4:8], token[8:])
        if _is_surely_one(groups, is_alone=False):
            return token


def _is_mixed(token: str) -> bool:
    return not _DIGITS.isdisjoint(token) and not _CAPITALS.isdisjoint(token)
