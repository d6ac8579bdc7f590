"""What ISO/IEC TS 27560:2023 asks of a consent record, and receipts found on phones.

The fields are those of the table in the domain reference: a field that is mandatory
there has no default here, and no other field is allowed.
"""

import json
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.simulator.bubbles import Bubble
from bot.simulator.world import World

_HASH = r"^[0-9a-f]{64}$"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Header(_Strict):
    schema_version: Literal["27560-kr-1"]
    record_id: str = Field(min_length=1)
    pii_principal_id: str = Field(min_length=1)


class Parental(_Strict):
    of_party: str
    of_record: str | None
    authority_claimed: Literal["sole", "joint", "guardian"] | None
    verification_state: Literal["claimed", "verified_by_human"]


class Notice(_Strict):
    id: str
    version: str = Field(pattern=r"^\d+\.\d+$")
    language: Literal["da", "en"]
    variant: Literal["adult", "youth"]
    text: str
    question: str = Field(min_length=1)
    button: str = Field(min_length=1)
    sha256: str = Field(pattern=_HASH)


class Processing(_Strict):
    privacy_notice: Notice | None
    language: Literal["da", "en"]
    purpose: Literal["hear_more", "take_part", "parental_take_part", "data_notice"]
    purpose_text: str = Field(min_length=1)
    pii_information: list[str] = Field(min_length=1)
    pii_controllers: list[str] = Field(min_length=1)
    storage_locations: str = Field(min_length=1)
    retention_period: str = Field(min_length=1)
    jurisdiction: Literal["DK"]
    recipient_third_parties: str = Field(min_length=1)
    withdrawal_method: str = Field(min_length=1)
    lawful_basis: str = Field(min_length=1)
    collection_method: str = Field(min_length=1)
    processing_method: str = Field(min_length=1)
    processing_location: str = Field(min_length=1)
    geographic_restrictions: str = Field(min_length=1)
    privacy_rights: str = Field(min_length=1)
    authority_party: str = Field(min_length=1)


class Datum(_Strict):
    pii_type: str
    pii_optional: bool
    special_pii_category: bool


class Party(_Strict):
    party_id: str
    party_name: str = Field(min_length=1)
    party_address: str = Field(min_length=1)
    party_contact: str = Field(min_length=1)
    party_type: Literal["controller", "recipient"]
    party_role: str


class Said(_Strict):
    record: str
    party: str
    holder: str | None
    purpose: str
    person: str | None
    n: int = Field(ge=1)
    at: datetime
    said_on: date | None
    state: str
    method: str
    by: str
    language: str
    notice: str | None
    told: str | None
    valid_until: datetime | None
    previous: str
    #: Of what was said in the chat; a tap has no number.
    question_number: int | None = None
    question_at: datetime | None = None
    answer_number: int | None = None
    answer_at: datetime | None = None


class Event(_Strict):
    event_time: datetime
    validity_duration: Literal["P90D", "indefinite"]
    entity_id: Literal["party", "parent", "staff", "system"]
    event_type: Literal["explicit", "system"]
    event_state: Literal["given", "refused", "withdrawn", "reconfirmed", "expired"]
    collection_method: str
    said: Said
    hash: str = Field(pattern=_HASH)


class Record(_Strict):
    header: Header
    parental: Parental | None
    processing: Processing
    personal_data: list[Datum] = Field(min_length=1)
    parties: list[Party] = Field(min_length=1)
    events: list[Event] = Field(min_length=1)
    #: What had been read before each event, by its number.
    shown: dict[str, list[tuple[str, str, str, datetime]] | None]


class Receipt(_Strict):
    schema_version: Literal["27560-kr-1"]
    receipt_id: str = Field(min_length=1)
    records: list[Record] = Field(min_length=1)
    seal: str = Field(pattern=_HASH)


def file_of(world: World, bubble: Bubble) -> tuple[str, str]:
    """Open the file of a message: its name, and what stands in it."""
    document: Any = bubble.content["document"]
    stored = world.files[document["file_id"]]
    return stored.name, stored.content.decode()


def read(text: str) -> Receipt:
    """Hold a receipt against the schema, strictly, and give what it says."""
    return Receipt.model_validate(json.loads(text))
