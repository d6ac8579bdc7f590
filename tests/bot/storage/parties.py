"""A case with a party and somebody who speaks for it, to say yes and no to purposes."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.storage import Session, Store, cases, holders
from bot.storage.consent import consent_notices, consents
from bot.storage.consent.consent_notices import NoticeWords
from bot.storage.consent.consents import Shown, Subject
from bot.storage.consent.exchange import Exchange
from bot.storage.tables import Case, Holder, Party, Person
from flows.effects import ConsentState, Purpose
from flows.facts import AgeBand, Role
from flows.rules.case import Relation
from flows.rules.notices import NOTICES
from tests.bot.storage.house import NOON, move_in

GIVEN, REFUSED = ConsentState.GIVEN, ConsentState.REFUSED
WITHDRAWN, RECONFIRMED = ConsentState.WITHDRAWN, ConsentState.RECONFIRMED
TAKE_PART, PARENTAL = Purpose.TAKE_PART, Purpose.PARENTAL_TAKE_PART


def words(
    notice: str = "take_part", version: str = "1.0", text: str = "Text"
) -> NoticeWords:
    return NoticeWords(
        notice=notice,
        version=version,
        purpose=NOTICES[notice].purpose,
        language="da",
        variant="adult",
        text=text,
        question="?",
        button="Ja",
    )


#: A tap on the seventh message of a chat.
TAPPED = Exchange(NOON, None, 7, NOON)


@dataclass(frozen=True)
class Side:
    """A party whose person writes to the bot, and perhaps a holder of theirs."""

    store: Store
    case_id: str
    party_id: str
    person_id: str
    key: bytes
    holder_id: str | None = None

    def subject(self, session: Session, *, is_elsewhere: bool = False) -> Subject:
        """Tell who speaks; elsewhere than in the chat nobody's person does."""
        party = session.get_one(Party, self.party_id)
        holder = session.get_one(Holder, self.holder_id) if self.holder_id else None
        if is_elsewhere:
            return Subject(party, holder)
        person = session.get_one(Person, self.person_id)
        return Subject(party, holder, person, self.key)

    def holder(self, session: Session) -> Holder:
        """Give the place from which they speak for a party."""
        assert self.holder_id is not None
        return session.get_one(Holder, self.holder_id)

    def says(  # noqa: PLR0913 - as much as a word can have
        self,
        session: Session,
        state: ConsentState,
        purpose: Purpose = TAKE_PART,
        *,
        at: datetime = NOON,
        notice: str = "take_part",
        version: str = "1.0",
        is_elsewhere: bool = False,
        said_on: date | None = None,
        exchange: Exchange | None = TAPPED,
    ) -> str:
        """Say something, and tell the id of its record."""
        kept = consent_notices.keep(session, words(notice, version), at)
        event = consents.say(
            session,
            self.subject(session, is_elsewhere=is_elsewhere),
            purpose,
            state,
            Shown("da", "phone", notice=kept)
            if is_elsewhere
            else Shown("da", "button", notice=kept, exchange=exchange),
            at,
            by="Birgit" if is_elsewhere else "person",
            said_on=said_on,
        )
        return event.consent_id

    def last(self, session: Session, purpose: Purpose = TAKE_PART) -> str | None:
        word = consents.last(session, self.subject(session), purpose)
        return word.said.state if word else None


def moves_in(store: Store, account: int, role: Role = Role.VICTIM) -> Side:
    """Let somebody write to the bot and stand in a case of their own."""
    person_id, key = move_in(store, account)

    def opened(session: Session) -> tuple[str, str]:
        case = cases.open_case(session, "fyn", Relation.OTHER, NOON, None)
        party = cases.add_party(session, case, role)
        party.person_id, party.joined_at = person_id, NOON
        party.age_band = AgeBand.ADULT
        return case.id, party.id

    return Side(store, *store.run_now(opened), person_id, key)


def gets_holder(side: Side, account: int, n: int = 1) -> Side:
    """Let somebody speak for a party as its holder."""
    person_id, key = move_in(side.store, account)

    def added(session: Session) -> str:
        holder = holders.add(session, session.get_one(Party, side.party_id), n)
        holder.person_id, holder.joined_at = person_id, NOON
        return holder.id

    holder_id = side.store.run_now(added)
    return Side(side.store, side.case_id, side.party_id, person_id, key, holder_id)


def case_of(session: Session, side: Side) -> Case:
    return session.get_one(Case, side.case_id)
