"""One person's turn while it is being made: what everybody who helps with it needs."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.catalogue import Catalogue
from bot.chat.words import Vocabulary
from bot.contacts import Contacts
from bot.storage import Session, cases, links, outbox, talks
from bot.storage.keystore import KeyStore
from bot.storage.messages import Outgoing
from bot.storage.tables import Case, Link, Party, Person, Talk
from flows.case import HOLD_NOBODY_UP
from flows.facts import AgeBand, Facts, Language, Role


@dataclass(frozen=True, slots=True)
class Tools:
    """What is the same for every turn."""

    keys: KeyStore
    catalogue: Catalogue
    vocabulary: Vocabulary
    contacts: Contacts
    #: The parties who may use the bot, by their side of a case.
    served: frozenset[Role]


@dataclass(frozen=True, slots=True)
class _Read:
    """What guards look at and a query must find out."""

    answer_names: frozenset[str]
    is_held: bool


@dataclass(slots=True)
class Visit:
    """A person, the talk that the turn is about, and the moment."""

    session: Session
    tools: Tools
    person: Person
    #: The person's data key.
    key: bytes = field(repr=False)
    at: datetime
    talk: Talk | None = None
    #: The language that the phone is set to, where the messenger tells.
    phone_language: Language = Language.DA
    #: How the answer came: by button or by typing; stands in consent records.
    method: str = "typed"
    #: What `facts` has read for a talk and its party, until an effect changes it.
    _read: dict[tuple[str, str | None], _Read] = field(default_factory=dict)
    #: Only staff may go on.
    is_intake_closed: bool = False
    #: What `party` and `case` have found, as they are asked for again and again.
    _party: Party | None = None
    _case: Case | None = None

    @property
    def language(self) -> str:
        """The language that the person chose."""
        return self.person.language

    @property
    def party(self) -> Party | None:
        """The party in whose name the person speaks here."""
        party_id = self.talk.party_id if self.talk else None
        if party_id is None:
            return None
        if self._party is None or self._party.id != party_id:
            self._party = self.session.get(Party, party_id)
        return self._party

    @property
    def case(self) -> Case | None:
        """The case behind this talk."""
        party = self.party
        if party is None:
            return None
        if self._case is None or self._case.id != party.case_id:
            self._case = self.session.get(Case, party.case_id)
        return self._case

    @property
    def is_of_staff(self) -> bool:
        """Tell whether the person is here as a mediator or a coordinator."""
        talk = self.talk
        if talk is None or talk.party_id is not None:
            return False
        link = self._link()
        is_invited = link is not None and links.is_invitation(link)
        return is_invited or talk.staff_id is not None

    @property
    def is_served(self) -> bool:
        """Tell whether the person's side of a case may use the bot, as far as known."""
        return self._serves(self._role())

    @property
    def is_adult(self) -> bool:
        """Tell whether the person said that they are 18 or over."""
        return self._age_band() is AgeBand.ADULT

    def text(self, message_id: str, **values: object) -> str:
        """Word a message for this person."""
        return self.tools.catalogue.variant(
            message_id, self.language, adult=self.is_adult, **values
        )

    def queue(self, message: Outgoing) -> int:
        """Put a message into this person's line."""
        return outbox.queue(self.session, self.key, self.person.id, message, at=self.at)

    def facts(self) -> Facts:
        """Gather what guards may look at."""
        read = self._read_once()
        names = read.answer_names
        age_band = self._age_band()
        party, case = self.party, self.case
        return Facts(
            role=self._role(),
            age_band=age_band,
            is_age_known=age_band is not None,
            phone_language=self.phone_language,
            has_link=self.talk is not None and self.talk.link_id is not None,
            is_information_only=party is not None and party.information_only,
            has_phone="phone" in names,
            has_contact=bool(names & {"phone", "email"}),
            is_reviewing=bool(self.note("reviewing")),
            has_place_to_return=self.talk is not None and bool(self.talk.returns),
            is_held=read.is_held,
            is_case_open=case is None or not cases.is_over(case),
            is_letter_served=self._is_letter_served(),
            are_victims_served=self._serves(Role.VICTIM),
            are_offenders_served=self._serves(Role.OFFENDER),
        )

    def forget_facts(self) -> None:
        """Let `facts` read anew: an effect may have changed what it has read."""
        self._read.clear()

    def note(self, name: str) -> str | None:
        """Read what this talk must remember."""
        found = self.talk.notes.get(name) if self.talk else None
        return str(found) if found is not None else None

    def set_note(self, name: str, value: str) -> None:
        """Let this talk remember something that tells nothing of anybody."""
        if self.talk is not None:
            self.talk.notes = {**self.talk.notes, name: value}

    def _age_band(self) -> AgeBand | None:
        party = self.party
        band = party.age_band if party else self.note("age_band")
        return AgeBand(band) if band else None

    def _role(self) -> Role | None:
        party = self.party
        role = party.role if party else self.note("role")
        return Role(role) if role else None

    def _serves(self, role: Role | None) -> bool:
        return role in {None, Role.UNSAID} or role in self.tools.served

    def _link(self) -> Link | None:
        link_id = self.talk.link_id if self.talk else None
        return self.session.get(Link, link_id) if link_id else None

    def _is_letter_served(self) -> bool:
        """Tell whether whoever a letter is for may use the bot; staff always may."""
        if self.party is not None:
            return self.is_served
        link = self._link()
        if link is None or links.is_invitation(link):
            return True
        return self._serves(Role(link.role))

    def _read_once(self) -> _Read:
        talk = self.talk
        if talk is None:
            return _Read(frozenset(), is_held=False)
        place = (talk.id, talk.party_id)
        if place not in self._read:
            names = talks.answer_names(self.session, talk)
            self._read[place] = _Read(names, self._is_held())
        return self._read[place]

    def _is_held(self) -> bool:
        """Tell whether a human must look at something before this party goes on."""
        party, case = self.party, self.case
        if party is None or case is None:
            return False
        return any(
            need.party_id == party.id and need.reason not in HOLD_NOBODY_UP
            for need in cases.open_needs(self.session, case)
        )
