"""One person's turn while it is being made: what everybody who helps with it needs."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.addressing import Abilities
from bot.chat import gathering
from bot.chat.gathering import NOBODY, Read, Speaker, SpokenFor
from bot.chat.tools import Tools
from bot.storage import Session, cases, links, talks
from bot.storage.consent.exchange import Exchange
from bot.storage.mail import outbox
from bot.storage.mail.messages import Outgoing
from bot.storage.notes import Notes
from bot.storage.tables import Case, Holder, Link, Party, Person, Talk
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
from flows.rules import gate
from flows.rules.details import WAYS


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
    #: The key of the message that is being answered.
    answer_key: str | None = None
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
    #: Which answers each talk keeps, likewise.
    _names: dict[str, frozenset[str]] = field(default_factory=dict)
    #: Only staff may go on.
    is_intake_closed: bool = False
    #: For whom the talk spoke when that was looked up last.
    _speaks: SpokenFor = NOBODY

    @property
    def abilities(self) -> Abilities:
        """What the messenger can do by which this person writes."""
        return self.tools.abilities[self.person.channel]

    @property
    def language(self) -> str:
        """The language that the person chose."""
        return self.person.language

    @property
    def party(self) -> Party | None:
        """The party that speaks here for itself; a holder is none."""
        speaks = self.speaks
        return None if speaks.holder else speaks.party

    @property
    def holder(self) -> Holder | None:
        """The holder of parental authority who speaks here."""
        return self.speaks.holder

    @property
    def spoken_for(self) -> Party | None:
        """The party itself, or the child that a holder speaks for."""
        return self.speaks.party

    @property
    def case(self) -> Case | None:
        """The case behind this talk."""
        return self.speaks.case

    @property
    def speaks(self) -> SpokenFor:
        """For whom this talk speaks; looked up anew when it names somebody else."""
        talk = self.talk
        named = (talk.party_id, talk.holder_id) if talk else NOBODY.named
        if self._speaks.named != named:
            self._speaks = gathering.spoken_for(self.session, named)
        return self._speaks

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
        if talk is None or self.speaks.party is not None:
            return False
        link = self._link()
        is_invited = link is not None and links.is_invitation(link)
        return is_invited or talk.staff_id is not None

    @property
    def is_served(self) -> bool:
        """Tell whether the person's side of a case may use the bot, as far as known."""
        party = self.speaks.party
        return self._serves(party.role if party else self.notes.role)

    @property
    def is_adult(self) -> bool:
        """Tell whether the person said that they are 18 or over, or is a parent."""
        return self._age_band() == AgeBand.ADULT

    def text(self, message_id: str, **values: object) -> str:
        """Word a message for this person."""
        adult = self._age_band() == AgeBand.ADULT
        return self.tools.catalogue.variant(
            message_id, self.person.language, adult=adult, **values
        )

    def queue(self, message: Outgoing) -> int:
        """Put a message into this person's line."""
        return outbox.queue(self.session, self.key, self.person.id, message, at=self.at)

    def facts(self) -> Facts:
        """Gather what guards may look at."""
        speaks, talk, notes = self.speaks, self.talk, self.notes
        holder, party, case = speaks.holder, speaks.party, speaks.case
        speaker, read = holder or party, self._read_once()
        names, served = read.answer_names, self.tools.served
        told_band = party.age_band if party else notes.age_band
        band = AgeBand(told_band) if told_band else None
        age_band = AgeBand.ADULT if holder else band
        role = party.role if party else notes.role
        return Facts(
            role=Role(role) if role else None,
            age_band=age_band,
            is_age_known=age_band is not None,
            phone_language=self.phone_language,
            has_link=talk is not None and talk.link_id is not None,
            is_information_only=party is not None and party.information_only,
            has_phone=Detail.PHONE in names,
            has_contact=not WAYS.isdisjoint(names),
            is_reviewing=notes.reviewing,
            has_place_to_return=talk is not None and bool(talk.returns),
            is_held=read.is_held,
            may_answer_again=read.may_answer_again,
            is_case_open=case is None or not cases.is_over(case),
            is_letter_served=self._serves(role) if party else self._is_letter_served(),
            are_victims_served=Role.VICTIM in served,
            are_offenders_served=Role.OFFENDER in served,
            is_holder=holder is not None,
            majority=read.majority(band, self.at) if band else None,
            is_birth_fitting=read.is_birth_fitting(band, self.at),
            authority=Authority(party.authority) if party and party.authority else None,
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
        self._names.clear()

    def _age_band(self) -> str | None:
        """Tell how old the person is; a holder of parental authority is of age."""
        speaks = self.speaks
        if speaks.holder is not None:
            return AgeBand.ADULT
        return speaks.party.age_band if speaks.party else self.notes.age_band

    def _serves(self, role: str | None) -> bool:
        return role in {None, Role.UNSAID} or role in self.tools.served

    def _link(self) -> Link | None:
        link_id = self.talk.link_id if self.talk else None
        return self.session.get(Link, link_id) if link_id else None

    def _is_letter_served(self) -> bool:
        """Tell whether whoever an open letter is for may use the bot; staff may."""
        link = self._link()
        if link is None or links.is_invitation(link):
            return True
        child = links.child_of(self.session, link)
        return self._serves(Role(child.role if child else link.role))

    def _answer_names(self, talk: Talk) -> frozenset[str]:
        if talk.id not in self._names:
            self._names[talk.id] = talks.answer_names(self.session, talk)
        return self._names[talk.id]

    def _read_once(self) -> Read:
        talk = self.talk
        if talk is None:
            return Read()
        place = (talk.id, talk.party_id, talk.holder_id, talk.dialogue, talk.state)
        if place not in self._read:
            speaks, keys, names = self.speaks, self.tools.keys, self._answer_names(talk)
            by = Speaker(
                self.person, talk, speaks.party, speaks.holder, speaks.case, names
            )
            self._read[place] = gathering.read(
                self.session, keys, self.key, by, self.at
            )
        return self._read[place]


def _is_gate_passed(party: Party) -> bool:
    return gate.is_passed(
        Tie(party.tie) if party.tie else None,
        Orders(party.orders) if party.orders else None,
        Fear(party.fear) if party.fear else None,
        is_information_only=party.information_only,
    )
