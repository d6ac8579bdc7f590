"""One person's turn while it is being made: what everybody who helps with it needs."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.catalogue import Catalogue
from bot.chat import gathering
from bot.chat.gathering import Read, Speaker
from bot.chat.words import Vocabulary
from bot.contacts import Contacts
from bot.storage import Session, cases, links, outbox
from bot.storage.exchange import Exchange
from bot.storage.keystore import KeyStore
from bot.storage.messages import Outgoing
from bot.storage.notes import Notes
from bot.storage.tables import Case, Holder, Link, Party, Person, Talk
from flows import gate
from flows.details import WAYS
from flows.facts import (
    AgeBand,
    Authority,
    Detail,
    Facts,
    Fear,
    Orders,
    Role,
    Tie,
)
from flows.languages import FIRST

_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Tools:
    """What is the same for every turn."""

    keys: KeyStore
    catalogue: Catalogue
    vocabulary: Vocabulary
    contacts: Contacts
    #: The parties who may use the bot, by their side of a case.
    served: frozenset[Role]
    #: How often a parent who does not answer is reminded, at most.
    holder_reminders: int = 2
    #: A child needs the yes of every holder of parental authority, not of one.
    require_all_holders: bool = True


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
    #: The language in which the phone is greeted, by the one that it is set to.
    phone_language: str = FIRST
    #: How the answer came: by button or by typing; stands in consent records.
    method: str = "typed"
    #: Where it stands in the chat, and the question to which it was said.
    exchange: Exchange | None = None
    #: The case whose offer a message replies to.
    offered: str | None = None
    #: The turn can be made a moment later, when more is known.
    can_wait: bool = False
    #: What `facts` has read for a talk and its party, until an effect changes it.
    _read: dict[tuple[str | None, ...], Read] = field(default_factory=dict)
    #: Only staff may go on.
    is_intake_closed: bool = False
    #: What was found below, as it is asked for again and again.
    _holder: Holder | None = None
    _spoken_for: Party | None = None
    _case: Case | None = None

    @property
    def language(self) -> str:
        """The language that the person chose."""
        return self.person.language

    @property
    def party(self) -> Party | None:
        """The party that speaks here for itself; a holder is none."""
        return None if self.holder else self.spoken_for

    @property
    def holder(self) -> Holder | None:
        """The holder of parental authority who speaks here."""
        holder_id = self.talk.holder_id if self.talk else None
        if holder_id is None:
            return None
        if self._holder is None or self._holder.id != holder_id:
            self._holder = self.session.get(Holder, holder_id)
        return self._holder

    @property
    def spoken_for(self) -> Party | None:
        """The party itself, or the child that a holder speaks for."""
        holder = self.holder
        talk_of = self.talk.party_id if self.talk else None
        party_id = holder.party_id if holder else talk_of
        if party_id is None:
            return None
        if self._spoken_for is None or self._spoken_for.id != party_id:
            self._spoken_for = self.session.get(Party, party_id)
        return self._spoken_for

    @property
    def case(self) -> Case | None:
        """The case behind this talk."""
        party = self.spoken_for
        if party is None:
            return None
        if self._case is None or self._case.id != party.case_id:
            self._case = self.session.get(Case, party.case_id)
        return self._case

    @property
    def notes(self) -> Notes:
        """What this talk remembers; nothing while there is none."""
        return self.talk.notes if self.talk else Notes()

    @notes.setter
    def notes(self, notes: Notes) -> None:
        if self.talk is not None:
            self.talk.notes = notes

    @property
    def is_of_staff(self) -> bool:
        """Tell whether the person is here as a mediator or a coordinator."""
        talk = self.talk
        if talk is None or self.spoken_for is not None:
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
        """Tell whether the person said that they are 18 or over, or is a parent."""
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
        age_band, child_band = self._age_band(), self._child_band()
        party, holder, case = self.spoken_for, self.holder, self.case
        speaker = holder or party
        return Facts(
            role=self._role(),
            age_band=age_band,
            is_age_known=age_band is not None,
            phone_language=self.phone_language,
            has_link=self.talk is not None and self.talk.link_id is not None,
            is_information_only=party is not None and party.information_only,
            has_phone=Detail.PHONE in names,
            has_contact=not WAYS.isdisjoint(names),
            is_reviewing=self.notes.reviewing,
            has_place_to_return=self.talk is not None and bool(self.talk.returns),
            is_held=read.is_held,
            is_case_open=case is None or not cases.is_over(case),
            is_letter_served=self._is_letter_served(),
            are_victims_served=self._serves(Role.VICTIM),
            are_offenders_served=self._serves(Role.OFFENDER),
            is_holder=holder is not None,
            majority=read.majority(child_band, self.at),
            is_birth_fitting=read.is_birth_fitting(child_band, self.at),
            authority=_one(Authority, party.authority) if party else None,
            may_ask_holders=party is not None and bool(party.may_ask_holders),
            is_informed=read.is_informed,
            has_understood=speaker is not None and speaker.understood_at is not None,
            is_gate_passed=party is not None and _is_gate_passed(party),
            has_live_yes=read.has_live_yes,
            has_way_back=read.has_way_back,
            has_own_word=self.person.hiding_word is not None,
        )

    def forget_facts(self) -> None:
        """Let `facts` read anew: an effect may have changed what it has read."""
        self._read.clear()

    def _age_band(self) -> AgeBand | None:
        """Tell how old the person is; a holder of parental authority is of age."""
        if self.holder is not None:
            return AgeBand.ADULT
        party = self.party
        return _one(AgeBand, party.age_band) if party else self.notes.age_band

    def _child_band(self) -> AgeBand | None:
        """Tell how old whoever it is about is: the party, or a holder's child."""
        party = self.spoken_for
        return _one(AgeBand, party.age_band) if party else self._age_band()

    def _role(self) -> Role | None:
        party = self.spoken_for
        return _one(Role, party.role) if party else self.notes.role

    def _serves(self, role: Role | None) -> bool:
        return role in {None, Role.UNSAID} or role in self.tools.served

    def _link(self) -> Link | None:
        link_id = self.talk.link_id if self.talk else None
        return self.session.get(Link, link_id) if link_id else None

    def _is_letter_served(self) -> bool:
        """Tell whether whoever a letter is for may use the bot; staff always may."""
        if self.spoken_for is not None:
            return self.is_served
        link = self._link()
        if link is None or links.is_invitation(link):
            return True
        child = links.child_of(self.session, link)
        return self._serves(Role(child.role if child else link.role))

    def _read_once(self) -> Read:
        talk = self.talk
        if talk is None:
            return Read()
        place = (talk.id, talk.party_id, talk.holder_id, talk.dialogue, talk.state)
        if place not in self._read:
            by = Speaker(self.person, talk, self.spoken_for, self.holder, self.case)
            keys = self.tools.keys
            self._read[place] = gathering.read(
                self.session, keys, self.key, by, self.at
            )
        return self._read[place]


def _is_gate_passed(party: Party) -> bool:
    return gate.is_passed(
        _one(Tie, party.tie),
        _one(Orders, party.orders),
        _one(Fear, party.fear),
        is_information_only=party.information_only,
    )


def _one(kind: type[_E], value: str | None) -> _E | None:
    return kind(value) if value else None
