"""A receipt as a file: consent records as ISO/IEC TS 27560:2023 lays them out.

Nothing of an offence or of anybody else stands in it, as somebody may read along. What
each event says stands there as it was hashed, so that anybody can follow the chain.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.catalogue import Catalogue
from bot.contacts import Contact
from bot.storage import Session
from bot.storage.consent import chain, consent_notices, consents, shown
from bot.storage.tables import ConsentEvent, ConsentRecord, Holder
from flows.effects import ConsentState, Purpose
from flows.facts import HolderRelation, OtherHolder
from flows.rules.side import VALID_FOR

#: What a receipt says of itself; the end counts our own changes to it.
SCHEMA: Final = "27560-kr-1"
#: A yes that was read once stays read.
_NO_END: Final = "indefinite"
_CONTROLLER: Final = "controller"
#: The mediators of the district, who get to see what a case needs.
_RECIPIENT: Final = "mediators"
_TERMS: Final = (
    "storage_locations",
    "retention_period",
    "recipient_third_parties",
    "withdrawal_method",
    "privacy_rights",
    "processing_method",
    "processing_location",
    "geographic_restrictions",
)
#: What is known of whoever says yes to a purpose, by kind and never by value.
_TYPES: Final[Mapping[Purpose, tuple[str, ...]]] = {
    Purpose.HEAR_MORE: ("account", "language", "age_band", "role"),
    Purpose.TAKE_PART: ("account", "language", "age_band", "role", "contact", "needs"),
    Purpose.PARENTAL_TAKE_PART: ("account", "language", "name", "contact", "authority"),
    Purpose.DATA_NOTICE: ("account", "language", "age_band", "role", "contact"),
}
#: Which side of a case somebody is on tells of an offence (GDPR, article 10).
_SPECIAL: Final = frozenset({"role"})
_OPTIONAL: Final = frozenset({"needs"})

ReceiptJson: TypeAlias = (
    "str | int | bool | list[ReceiptJson] | dict[str, ReceiptJson] | None"
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """What a receipt takes from the settings and the texts."""

    catalogue: Catalogue
    controller: Contact


def contents(
    session: Session, issuer: Issuer, records: Iterable[ConsentRecord], receipt_id: str
) -> dict[str, ReceiptJson]:
    """Write a receipt of these records, before it is sealed."""
    return {
        "schema_version": SCHEMA,
        "receipt_id": receipt_id,
        "records": [_record(session, issuer, record) for record in records],
    }


def event_of(record: ConsentRecord, event: ConsentEvent) -> dict[str, ReceiptJson]:
    """Write one event: as the standard has it, and as it was hashed."""
    said: dict[str, ReceiptJson] = {**chain.said(record, event)}
    return {
        "event_time": said["at"],
        "validity_duration": _validity(event),
        "entity_id": _actor(record, event),
        "event_type": "system" if event.state == ConsentState.EXPIRED else "explicit",
        "event_state": event.state,
        "collection_method": _collected(event.method),
        "said": said,
        "hash": event.hash,
    }


def header_of(record: ConsentRecord) -> dict[str, ReceiptJson]:
    """Name a record, and by a pseudonym whose it is."""
    return {
        "schema_version": SCHEMA,
        "record_id": record.id,
        "pii_principal_id": record.commitment or record.holder_id or record.party_id,
    }


def _record(
    session: Session, issuer: Issuer, record: ConsentRecord
) -> dict[str, ReceiptJson]:
    events = consents.events(session, record)
    last = events[-1]
    return {
        "header": header_of(record),
        "parental": parental_of(session, record),
        "processing": _processing(session, issuer, record, events),
        "personal_data": [
            {
                "pii_type": name,
                "pii_optional": name in _OPTIONAL,
                "special_pii_category": name in _SPECIAL,
            }
            for name in _TYPES[Purpose(record.purpose)]
        ],
        "parties": [_controller(issuer, last.language), *_recipients(issuer, last)],
        "events": [event_of(record, event) for event in events],
        "shown": {str(event.n): _shown(session, record, event) for event in events},
    }


def _shown(session: Session, record: ConsentRecord, event: ConsentEvent) -> ReceiptJson:
    """List what had been read before an answer; its hash stands in the event."""
    if event.told is None or record.person_id is None:
        return None
    texts = shown.known_as(session, record.person_id, event.told)
    return None if texts is None else [[*line] for line in shown.lines(texts)]


def parental_of(session: Session, record: ConsentRecord) -> ReceiptJson:
    """Say for which child a parent speaks, and whether somebody made sure of them."""
    if record.holder_id is None:
        return None
    holder = session.get_one(Holder, record.holder_id)
    own = consents.own_record(session, record.party_id, Purpose.TAKE_PART)
    return {
        "of_party": record.party_id,
        "of_record": own.id if own else None,
        "authority_claimed": _claimed(holder),
        "verification_state": "verified_by_human" if holder.verified_at else "claimed",
    }


def _claimed(holder: Holder) -> ReceiptJson:
    """Name the authority that they say they have; a parent's may be shared."""
    if holder.relation == HolderRelation.OTHER:
        return "guardian"
    return {OtherHolder.YES: "joint", OtherHolder.NO: "sole"}.get(
        OtherHolder(holder.says_others or OtherHolder.UNSURE)
    )


def _processing(
    session: Session,
    issuer: Issuer,
    record: ConsentRecord,
    events: Sequence[ConsentEvent],
) -> dict[str, ReceiptJson]:
    words, last = issuer.catalogue, events[-1]
    terms: dict[str, ReceiptJson] = {
        term: words.text(f"receipt.term.{term}", last.language) for term in _TERMS
    }
    return {
        "privacy_notice": notice_of(session, events),
        "language": last.language,
        "purpose": record.purpose,
        "purpose_text": words.text(f"receipt.purpose.{record.purpose}", last.language),
        "pii_information": list(_TYPES[Purpose(record.purpose)]),
        "pii_controllers": [_CONTROLLER],
        "lawful_basis": _basis(Purpose(record.purpose)),
        "collection_method": _collected(last.method),
        "jurisdiction": "DK",
        "authority_party": "Datatilsynet",
        **terms,
    }


def notice_of(session: Session, events: Sequence[ConsentEvent]) -> ReceiptJson:
    """Write the words that were answered to last, with their version and hash."""
    named = [event.notice for event in events if event.notice is not None]
    notice = consent_notices.find(session, named[-1]) if named else None
    if notice is None:
        return None
    return {
        "id": notice.notice,
        "version": notice.version,
        "language": notice.language,
        "variant": notice.variant,
        "text": notice.text,
        "question": notice.question,
        "button": notice.button,
        "sha256": notice.sha256,
    }


def _controller(issuer: Issuer, language: str) -> dict[str, ReceiptJson]:
    office = issuer.controller
    return {
        "party_id": _CONTROLLER,
        "party_name": office.office,
        "party_address": office.address,
        "party_contact": office.mail or office.phone,
        "party_type": "controller",
        "party_role": issuer.catalogue.text("receipt.term.controller", language),
    }


def _recipients(issuer: Issuer, last: ConsentEvent) -> list[ReceiptJson]:
    office, words = issuer.controller, issuer.catalogue
    return [
        {
            "party_id": _RECIPIENT,
            "party_name": words.text("receipt.term.mediators", last.language),
            "party_address": office.address,
            "party_contact": office.mail or office.phone,
            "party_type": "recipient",
            "party_role": words.text(
                "receipt.term.recipient_third_parties", last.language
            ),
        }
    ]


def _actor(record: ConsentRecord, event: ConsentEvent) -> ReceiptJson:
    """Name who acted by their part; who of the staff it was stands in what was said."""
    if event.state == ConsentState.EXPIRED:
        return "system"
    if event.by != consents.PERSON:
        return "staff"
    return "party" if record.holder_id is None else "parent"


def _validity(event: ConsentEvent) -> ReceiptJson:
    """Give how long it stands as ISO 8601; what is no yes does not run out."""
    return f"P{VALID_FOR.days}D" if event.valid_until else _NO_END


def _basis(purpose: Purpose) -> str:
    """Name why; consent to take part is asked by the act, not by the GDPR."""
    if purpose in {Purpose.TAKE_PART, Purpose.PARENTAL_TAKE_PART}:
        return "act no. 467 of 12 June 2009, section 2"
    return "task of a public authority (GDPR, article 6(1)(e)); to be confirmed"


def _collected(method: str) -> str:
    return f"telegram-{method}" if method in {"button", "typed"} else method
