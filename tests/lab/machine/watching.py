"""What must hold at every moment, looked at from outside and by what is kept.

Nothing here asks `flows`: whether a case may be handed over is worked out once more,
from the rows alone.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from bot.consent import verify_receipt
from bot.simulator.journal import Call
from bot.storage import Session
from bot.storage.tables import (
    Case,
    ConsentEvent,
    ConsentRecord,
    Holder,
    HumanNeed,
    Party,
    Staff,
    StoredAnswer,
)
from tests.lab.machine.cast import Self
from tests.lab.machine.covers import Covered, Covers
from tests.lab.machine.deeds import THEIR_OWN, Deed, How, Scene
from tests.lab.machine.exchanges import ASKED_IN, Screen, answer, screen, takes_back
from tests.lab.machine.texts import FOREIGN, STOPS
from tests.lab.machine.village import Village

_YES = {"given", "reconfirmed"}
_NO = {"refused", "withdrawn"}
_VALID_FOR = timedelta(days=90)
_HOLDERS = {"one": 1, "both": 2, "other": 1}


@dataclass
class Seen:
    """What was seen so far and still counts; kept with a snapshot."""

    #: The accounts to which the card of a case was sent.
    carded: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    mediators: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    #: Whoever has stopped, and stands nowhere else.
    out: set[int] = field(default_factory=set)
    #: What could be answered in each chat, oldest first.
    screens: dict[int, list[Screen]] = field(default_factory=lambda: defaultdict(list))
    #: The words about consent that were looked at: record and number.
    words: set[tuple[str, int]] = field(default_factory=set)
    covered: Covered = field(default_factory=Covered)


class Watch:
    """Looks at a village after everything that happens in it."""

    def __init__(
        self, village: Village, cast: Collection[Self], seen: Seen | None = None
    ) -> None:
        self.village = village
        self.cast = cast
        self.seen = seen or Seen()
        #: The receipts that people were sent, as files.
        self.receipts: list[str] = []
        self._covers = Covers(village, self.seen.covered)
        village.line.calls.clear()

    def looks(self, *actors: str, most: int | None = None) -> None:
        """Look at what was sent since the last look, and at every case.

        Args:
            actors: who has done something, and may be answered.
            most: so many new messages at most may answer it.
        """
        accounts = {p.user_id: key for key, p in self.village.world.phones.items()}
        calls, self.village.line.calls[:] = list(self.village.line.calls), []
        deeds, self.village.outside.deeds[:] = list(self.village.outside.deeds), []
        scene = Scene(accounts, self._people(accounts), deeds)
        run = self.village.desk.store.run_now
        run(self._covers.looks, scene)
        for call in calls:
            account = _chat(call)
            if account in accounts:
                self._hears(call, account, accounts[account], actors)
        self._covers.reads(accounts)
        run(self._rows, scene)
        sent = [
            one.params.get("text")
            for one in calls
            if _is_new(one) and accounts.get(_chat(one)) in actors
        ]
        assert most is None or len(sent) <= most, f"{actors} heard {sent} at once"

    def told_by(self, account: int) -> int:
        """Count the answers of a person that are kept."""
        found = self.village.desk.store.keys.find(str(account))
        if found is None:
            return 0
        query = select(func.count()).where(StoredAnswer.person_id == found[0])
        return self.village.desk.store.run_now(lambda s: s.scalars(query).one())

    def _hears(
        self, call: Call, account: int, key: str, actors: Collection[str]
    ) -> None:
        assert (
            call.ok
            or "blocked" in str(call.result)
            or call.method.startswith(("edit", "delete", "answer"))
        ), f"Telegram refused {call.method}: {call.result}"
        self._covers.hears(call, account, key)
        if (shown := screen(call)) is not None:
            self.seen.screens[account].append(shown)
        if call.method.startswith("send") and key not in actors:
            assert account not in self.seen.out, (
                f"{key} has stopped, and was sent unasked: {call.params.get('text')}"
            )
        said = json.dumps(dict(call.params), ensure_ascii=False)
        if call.method == "sendDocument" and call.ok:
            said += self._receives(call)
        assert FOREIGN.lower() not in said.lower(), f"{key} was sent others' words"
        is_card = str(call.params.get("protect_content")).lower() == "true"
        for other in self.cast:
            if other.key == key or not other.is_in(said):
                continue
            assert is_card, f"{key} was sent what {other.key} has told: {said}"
            self._notes_card(said, account)

    def _receives(self, call: Call) -> str:
        """Keep a receipt that somebody was sent; what stands in it is genuine."""
        sent: Any = call.result
        stored = self.village.world.files[sent["document"]["file_id"]]
        self.receipts.append(stored.content.decode())
        self.looks_at_receipt(-1)
        return self.receipts[-1]

    def looks_at_receipt(self, which: int) -> None:
        """Hold a receipt to what is stored, however much was said since."""
        desk, text = self.village.desk, self.receipts[which]
        report = desk.store.run_now(verify_receipt.examine, desk.store.keys, text)
        assert report.is_genuine, f"{report.seal} {report.findings}"

    def _notes_card(self, said: str, account: int) -> None:
        for reference in self.village.outside.references:
            if reference in said:
                self.seen.carded[reference].add(account)

    def _rows(self, session: Session, scene: Scene) -> None:
        self._words(session, scene)
        self._stops(session, scene.deeds)
        for case in session.scalars(select(Case)):
            self._case(session, case, scene.accounts)
        self.seen.out = set(_gone(session, scene.accounts))

    def _words(self, session: Session, scene: Scene) -> None:
        """See that each new word about consent was said, and to its own question."""
        used = set[Deed]()
        for word, record in self._new_words(session):
            self.seen.words.add((word.consent_id, word.n))
            account = scene.accounts[record.person_id or ""]
            own = [one for one in scene.own(account) if one not in used]
            what = f"{record.purpose} {word.state} by {scene.keys[account]}: {own}"
            screens = self.seen.screens[account]
            if word.state == "withdrawn":
                is_covered = account in self.seen.covered.chats
                assert any(
                    takes_back(one, screens, is_covered=is_covered) for one in own
                ), what
                continue
            given_by = answer(word, record.purpose, own, screens)
            assert given_by is not None, (
                f"{what} to ({word.question_number}, {word.answer_number}) of "
                f"{screens[-3:]}"
            )
            used.add(given_by)

    def _new_words(
        self, session: Session
    ) -> Iterator[tuple[ConsentEvent, ConsentRecord]]:
        said = select(ConsentEvent.consent_id, ConsentEvent.n).where(
            ConsentEvent.by == "person"
        )
        own = session.execute(said.order_by(ConsentEvent.at, ConsentEvent.n))
        for one in (tuple(row) for row in own.all()):
            if one not in self.seen.words:
                word = session.get_one(ConsentEvent, one)
                yield word, session.get_one(ConsentRecord, word.consent_id)

    def _stops(self, session: Session, deeds: Collection[Deed]) -> None:
        """See that nobody's yes stands who has said stop in the only case of theirs."""
        keys, phones = self.village.desk.store.keys, self.village.world.phones
        for key in {one.key for one in deeds if _is_stop(one)}:
            found = keys.find(str(phones[key].user_id))
            stands = list(_stands(session, found[0])) if found else []
            cases = {party.case_id for party, _ in stands}
            if len(cases) != 1 or not self._was_open(session, cases.pop()):
                continue
            left = [word for one in stands for word in _live(session, *one)]
            assert not left, f"{key} has said stop, and a yes stands: {left}"

    def _was_open(self, session: Session, case_id: str) -> bool:
        reference = session.get_one(Case, case_id).reference
        return self.seen.statuses.get(reference) not in {"ended", "closed"}

    def _people(self, accounts: Collection[int]) -> dict[str, int]:
        """Tell whose account is whose, by the number of the person."""
        keys = self.village.desk.store.keys
        found = {account: keys.find(str(account)) for account in accounts}
        return {one[0]: account for account, one in found.items() if one}

    def _case(self, session: Session, case: Case, accounts: Mapping[str, int]) -> None:
        reference, before = case.reference, self.seen.statuses.get(case.reference)
        if case.status == "claimed" and before != "claimed":
            wrong = list(lacking(session, case, self.village.clock.now(), self.cast))
            assert not wrong, f"{reference} was handed over: {wrong}"
        if before in {"ended", "closed"}:
            assert case.status == before, f"{reference} was over and is {case.status}"
        if case.mediator_id is not None:
            first = self.seen.mediators.setdefault(reference, case.mediator_id)
            assert first == case.mediator_id, f"{reference} has another mediator"
        carded = self.seen.carded[reference]
        staff = session.get(Staff, case.mediator_id) if case.mediator_id else None
        taker = accounts.get(staff.person_id) if staff else None
        assert carded <= {taker}, f"The card of {reference} was sent to {carded}"
        self.seen.statuses[reference] = case.status


def _chat(call: Call) -> int:
    return int(str(call.params.get("chat_id", 0)))


def _is_new(call: Call) -> bool:
    return call.ok and call.method.startswith("send")


def _is_stop(deed: Deed) -> bool:
    """Tell whether a deed is a plain stop in a person's own words.

    Not every kind of what is no text can hold the words that were to stand in it.
    """
    return deed.how in THEIR_OWN - {How.CAPTION} and deed.text in STOPS


def _stands(session: Session, person_id: str) -> Iterator[tuple[Party, Holder | None]]:
    """Find where a person stands: as a party, or as a parent of one."""
    for party in session.scalars(select(Party).where(Party.person_id == person_id)):
        yield party, None
    for holder in session.scalars(select(Holder).where(Holder.person_id == person_id)):
        yield session.get_one(Party, holder.party_id), holder


def _live(
    session: Session, party: Party, holder: Holder | None
) -> Iterator[tuple[str, str]]:
    """Find each yes that stands of whoever speaks there."""
    speaker = holder or party
    for purpose in ASKED_IN:
        of = holder.id if holder else None
        word = _last(session, party.id, of, speaker.person_id, purpose)
        if word is not None and word.state in _YES:
            yield purpose, word.state


def _gone(session: Session, accounts: Mapping[str, int]) -> Iterator[int]:
    """Find those who have withdrawn everywhere, and are not of the staff."""
    stands = defaultdict[str, list[datetime | None]](list)
    for of in (Party, Holder):
        places = session.execute(select(of.person_id, of.withdrawn_at))
        for person_id, withdrawn_at in places:
            stands[person_id or ""].append(withdrawn_at)
    serving = set(session.scalars(select(Staff.person_id)))
    for person_id, account in accounts.items():
        if stands[person_id] and person_id not in serving and all(stands[person_id]):
            yield account


def lacking(
    session: Session, case: Case, at: datetime, cast: Collection[Self]
) -> Iterator[str]:
    """Say what a case lacks for being handed over now."""
    parties = list(session.scalars(select(Party).where(Party.case_id == case.id)))
    needs = list(session.scalars(select(HumanNeed).where(HumanNeed.case_id == case.id)))
    if {party.role for party in parties} != {"victim", "offender"}:
        yield "a side"
    if any(need.cleared_at is None for need in needs):
        yield "a human's look"
    for party in parties:
        yield from (f"{party.role}: {what}" for what in _lacks(session, party, at))
        yield from (f"{party.role}: {what}" for what in _unsettled(party, needs))
        if not _is_of_age(party, at, cast):
            yield from (f"{party.role}: {x}" for x in _parents(session, party, at))


def _lacks(session: Session, party: Party, at: datetime) -> Iterator[str]:
    for purpose in ("take_part", "data_notice"):
        word = _last(session, party.id, None, party.person_id, purpose)
        if not _is_live_yes(word, at):
            yield f"no live yes to {purpose}"
    if party.interest != "yes":
        yield "no interest"


def _unsettled(party: Party, needs: Collection[HumanNeed]) -> Iterator[str]:
    settled = {
        need.reason
        for need in needs
        if need.party_id in {None, party.id} and need.cleared_reason != "withdrawn"
    }
    close = {"family", "partner", "same_home"}
    raised = {
        "orders": party.orders != "no",
        "fear": party.fear != "no",
        "close_relation": party.tie in close,
        "confession_unclear": party.role == "offender" and party.confession != "yes",
        "not_understood": party.understood_at is None,
        "under_15": party.age_band == "12_14",
        "minor": party.age_band in {None, "under_12"},
    }
    yield from (why for why, is_so in raised.items() if is_so and why not in settled)


def _parents(session: Session, party: Party, at: datetime) -> Iterator[str]:
    holders = list(session.scalars(select(Holder).where(Holder.party_id == party.id)))
    verified = 0
    for holder in holders:
        word = _last(
            session, party.id, holder.id, holder.person_id, "parental_take_part"
        )
        if word is not None and word.state in _NO:
            yield f"holder {holder.n} said no"
        if _is_live_yes(word, at) and word is not None:
            verified += holder.verified_at is not None and holder.verified_at >= word.at
    if not party.may_ask_holders:
        yield "the child does not want its parents asked"
    if verified < _HOLDERS.get(party.authority or "", 1):
        yield f"{verified} verified yeses of parents, authority {party.authority}"


def _is_of_age(party: Party, at: datetime, cast: Collection[Self]) -> bool:
    if party.age_band == "18":
        return True
    whose = next((one for one in cast if one.key == party.role), None)
    return whose is not None and whose.age != "18" and whose.is_of_age(at.date())


def _last(
    session: Session, party: str, holder: str | None, person: str | None, purpose: str
) -> ConsentEvent | None:
    """Find the last word of whoever stands there now, or what was written down."""
    found = session.scalars(
        select(ConsentEvent)
        .join(ConsentRecord, ConsentRecord.id == ConsentEvent.consent_id)
        .where(
            ConsentRecord.party_id == party,
            ConsentRecord.holder_id.is_(None)
            if holder is None
            else ConsentRecord.holder_id == holder,
            ConsentRecord.purpose == purpose,
            (ConsentRecord.person_id == person) | ConsentRecord.commitment.is_(None),
        )
        .order_by(ConsentEvent.at, ConsentEvent.n)
    ).all()
    return found[-1] if found else None


def _is_live_yes(word: ConsentEvent | None, at: datetime) -> bool:
    return word is not None and word.state in _YES and at < word.at + _VALID_FOR
