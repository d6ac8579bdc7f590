"""What must hold at every moment, looked at from outside and by what is kept.

Nothing here asks `flows`: whether a case may be handed over is worked out once more,
from the rows alone.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.consent import genuine
from bot.simulator.journal import Call
from bot.storage import Session
from bot.storage.tables import (
    Case,
    ConsentEvent,
    ConsentRecord,
    Holder,
    HumanNeed,
    Party,
    Person,
    Staff,
)
from tests.machine.cast import Self
from tests.machine.village import Village

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
        village.line.calls.clear()

    def looks(self, actor: str | None) -> None:
        """Look at what was sent since the last look, and at every case."""
        accounts = {p.user_id: key for key, p in self.village.world.phones.items()}
        calls, self.village.line.calls[:] = list(self.village.line.calls), []
        for call in calls:
            account = int(str(call.params.get("chat_id", 0)))
            if account in accounts:
                self._hears(call, account, accounts[account], actor)
        self.village.desk.store.run_now(self._cases, accounts)

    def _hears(self, call: Call, account: int, key: str, actor: str | None) -> None:
        assert (
            call.ok
            or "blocked" in str(call.result)
            or call.method.startswith(("edit", "delete", "answer"))
        ), f"Telegram refused {call.method}: {call.result}"
        if call.method.startswith("send") and key != actor:
            assert account not in self.seen.out, (
                f"{key} has stopped, and was sent unasked: {call.params.get('text')}"
            )
        said = json.dumps(dict(call.params), ensure_ascii=False)
        if call.method == "sendDocument" and call.ok:
            said += self._receives(call)
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
        report = desk.store.run_now(genuine.examine, desk.store.keys, text)
        assert report.is_genuine, f"{report.seal} {report.findings}"

    def _notes_card(self, said: str, account: int) -> None:
        for reference in self.village.outside.references:
            if reference in said:
                self.seen.carded[reference].add(account)

    def _cases(self, session: Session, accounts: dict[int, str]) -> None:
        for case in session.scalars(select(Case)):
            self._case(session, case)
        self.seen.out = set(self._gone(session, accounts))

    def _case(self, session: Session, case: Case) -> None:
        reference, before = case.reference, self.seen.statuses.get(case.reference)
        if case.status == "claimed" and before != "claimed":
            wrong = list(lacking(session, case, self.village.clock.now(), self.cast))
            assert not wrong, f"{reference} was handed over: {wrong}"
        if before in {"ended", "closed"}:
            assert case.status == before, f"{reference} was over and is {case.status}"
        if case.mediator_id is not None:
            known = self.seen.mediators.setdefault(reference, case.mediator_id)
            assert known == case.mediator_id, f"{reference} has another mediator"
        carded = self.seen.carded[reference]
        taker = self._account_of(session, case.mediator_id)
        assert carded <= {taker}, f"The card of {reference} was sent to {carded}"
        self.seen.statuses[reference] = case.status

    def _account_of(self, session: Session, staff_id: str | None) -> int | None:
        staff = session.get(Staff, staff_id) if staff_id else None
        return self._account(staff.person_id) if staff else None

    def _account(self, person_id: str) -> int | None:
        keys = self.village.desk.store.keys
        for phone in self.village.world.phones.values():
            found = keys.find(phone.user_id)
            if found is not None and found[0] == person_id:
                return phone.user_id
        return None

    def _gone(self, session: Session, accounts: dict[int, str]) -> Iterator[int]:
        """Find those who have withdrawn everywhere, and are not of the staff."""
        keys = self.village.desk.store.keys
        for account in accounts:
            found = keys.find(account)
            person = session.get(Person, found[0]) if found else None
            if person is not None and _has_withdrawn(session, person):
                yield account


def _has_withdrawn(session: Session, person: Person) -> bool:
    stands = [
        *session.scalars(select(Party).where(Party.person_id == person.id)),
        *session.scalars(select(Holder).where(Holder.person_id == person.id)),
    ]
    serves = session.scalar(select(Staff.id).where(Staff.person_id == person.id))
    return bool(stands) and serves is None and all(one.withdrawn_at for one in stands)


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
