"""Make consents a chain of events beside the words that they answer to, add holders.

The rows of before become records, one for each person and purpose, with an event for
each answer. Their words were not kept, only the hash, so their notices are without.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.errors import StorageError

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID, WORD, SHORT = sa.String(length=22), sa.String(length=32), sa.String(length=128)
MOMENT = sa.DateTime(timezone=True)
#: What stood for the words where nothing was shown.
NO_WORDS = hashlib.sha256(b"").hexdigest()
VALID_FOR = timedelta(days=90)

EARLIER = sa.table(
    "consents",
    sa.column("id", ID),
    sa.column("party_id", ID),
    sa.column("person_id", ID),
    sa.column("n", sa.Integer()),
    sa.column("purpose", WORD),
    sa.column("answer", WORD),
    sa.column("at", MOMENT),
    sa.column("language", WORD),
    sa.column("notice", SHORT),
    sa.column("notice_version", sa.Integer()),
    sa.column("sha256", SHORT),
    sa.column("method", WORD),
)
#: Columns that parties get.
OF_PARTIES = (
    ("tie", WORD),
    ("orders", WORD),
    ("fear", WORD),
    ("authority", WORD),
    ("may_ask_holders", sa.Boolean()),
    ("understood_at", MOMENT),
)
CASES = sa.table(
    "cases",
    sa.column("status", WORD),
    sa.column("due_at", sa.Date()),
    sa.column("ends_on", sa.Date()),
)
#: A case that has ended keeps the day on which its parties are told.
ONGOING = sa.update(CASES).where(CASES.c.status.not_in(("ended", "closed")))
#: Long over, so that the next daily batch finds out on which day to look again.
AT_ONCE = date(2026, 1, 1)
#: Where a holder may stand instead of a party.
WITH_HOLDER = ("links", "talks", "answers", "human_needs")
_TOLD = " OR ".join(f"{name} IS NOT NULL" for name, _ in OF_PARTIES)
#: What the tables of before have no place for, and where it stands.
NO_PLACE = (
    (
        "answers that were given outside the chat",
        "consent_events WHERE said_on IS NOT NULL",
    ),
    ("answers of people who were erased", "consents WHERE person_id IS NULL"),
    (
        "wishes and answers that nobody was asked for then",
        "consents WHERE purpose NOT IN ('take_part', 'data_notice')",
    ),
    ("parents who speak or are invited", "holders"),
    ("parties who told of safety or of their parents", f"parties WHERE {_TOLD}"),
)


def upgrade() -> None:
    rows = _all(sa.select(EARLIER).order_by(EARLIER.c.n))
    op.drop_table("consents")
    _make_holders()
    _make_consents()
    for name, kind in OF_PARTIES:
        op.add_column("parties", sa.Column(name, kind, nullable=True))
    for table in WITH_HOLDER:
        # In one statement, as SQLite adds no constraint to a column that is there.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN holder_id VARCHAR(22) "
            f"CONSTRAINT fk_{table}_holder_id REFERENCES holders (id)"
        )
        op.create_index(f"ix_{table}_holder_id", table, ["holder_id"])
    op.add_column("cases", sa.Column("ends_on", sa.Date(), nullable=True))
    _part_days()
    op.add_column("outbox", sa.Column("not_after", MOMENT, nullable=True))
    _into_records(rows)


def downgrade() -> None:
    _refuse_to_lose()
    rows = list(_rows_of_before())
    for table in WITH_HOLDER:
        op.drop_index(f"ix_{table}_holder_id", table_name=table)
        op.drop_column(table, "holder_id")
    for name, _ in OF_PARTIES:
        op.drop_column("parties", name)
    op.execute(ONGOING.values(due_at=CASES.c.ends_on))
    op.drop_column("cases", "ends_on")
    op.drop_column("outbox", "not_after")
    for table in ("shown_texts", "consent_events", "consents", "consent_notices"):
        op.drop_table(table)
    op.drop_table("holders")
    _make_consents_of_before()
    _insert(EARLIER, rows)


def _refuse_to_lose() -> None:
    """Refuse to go back where a yes, a wish or an answer would be lost."""
    for what, where in NO_PLACE:
        found = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {where}"))  # noqa: S608 - from above
        if number := found.scalar_one():
            raise StorageError(
                f"The tables of before have no place for {what} ({number}), and they "
                "stand nowhere else: stay with these tables, or restore the backup "
                "that was made before the migration."
            )


def _all(query: sa.Executable) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(query).mappings()]


def _insert(table: sa.TableClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(sa.insert(table), rows)


def _part_days() -> None:
    """Part the day on which a case ends from the one on which the clock looks at it."""
    op.execute(ONGOING.values(ends_on=CASES.c.due_at))
    op.execute(ONGOING.where(CASES.c.ends_on.is_not(None)).values(due_at=AT_ONCE))


def _make_holders() -> None:
    op.create_table(
        "holders",
        sa.Column("id", ID, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("joined_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("relation", WORD, nullable=True),
        sa.Column("claims_authority", sa.Boolean(), nullable=True),
        sa.Column("says_others", WORD, nullable=True),
        sa.Column("understood_at", MOMENT, nullable=True),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_method", WORD, nullable=True),
        sa.Column("verified_by", SHORT, nullable=True),
        sa.Column("verified_hash", SHORT, nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True),
        _leads("holders", "party_id", "parties.id"),
        _leads("holders", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name="pk_holders"),
        sa.UniqueConstraint("party_id", "n", name="uq_holders_party_id_n"),
    )
    op.create_index("ix_holders_person_id", "holders", ["person_id"])


def _make_consents() -> None:
    op.create_table(
        "consent_notices",
        sa.Column("sha256", SHORT, nullable=False),
        sa.Column("notice", SHORT, nullable=False),
        sa.Column("version", WORD, nullable=False),
        sa.Column("purpose", WORD, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("variant", WORD, nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("button", sa.Text(), nullable=True),
        sa.Column("first_shown_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_consent_notices"),
        sa.UniqueConstraint(
            "notice",
            "version",
            "language",
            "variant",
            name="uq_consent_notices_notice_version_language_variant",
        ),
    )
    op.create_table(
        "consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("holder_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("purpose", WORD, nullable=False),
        sa.Column("commitment", SHORT, nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("head", SHORT, nullable=False),
        _leads("consents", "party_id", "parties.id"),
        _leads("consents", "holder_id", "holders.id"),
        _leads("consents", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_party_id_purpose", "consents", ["party_id", "purpose"])
    op.create_index("ix_consents_holder_id", "consents", ["holder_id"])
    op.create_index("ix_consents_person_id", "consents", ["person_id"])
    _make_events()


def _make_events() -> None:
    op.create_table(
        "consent_events",
        sa.Column("consent_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("method", WORD, nullable=False),
        sa.Column("by", SHORT, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("notice", SHORT, nullable=True),
        sa.Column("told", SHORT, nullable=True),
        sa.Column("valid_until", MOMENT, nullable=True),
        sa.Column("previous", SHORT, nullable=False),
        sa.Column("hash", SHORT, nullable=False),
        _leads("consent_events", "consent_id", "consents.id"),
        _leads("consent_events", "notice", "consent_notices.sha256"),
        sa.PrimaryKeyConstraint("consent_id", "n", name="pk_consent_events"),
    )
    op.create_index("ix_consent_events_notice", "consent_events", ["notice"])
    op.create_table(
        "shown_texts",
        sa.Column("talk_id", ID, nullable=False),
        sa.Column("text_id", SHORT, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("sha256", SHORT, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _leads("shown_texts", "talk_id", "talks.id"),
        _leads("shown_texts", "person_id", "people.id"),
        sa.PrimaryKeyConstraint(
            "talk_id", "text_id", "language", "sha256", name="pk_shown_texts"
        ),
    )
    op.create_index("ix_shown_texts_person_id", "shown_texts", ["person_id"])


def _make_consents_of_before() -> None:
    op.create_table(
        "consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("party_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("purpose", WORD, nullable=False),
        sa.Column("answer", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("language", WORD, nullable=False),
        sa.Column("notice", SHORT, nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("sha256", SHORT, nullable=False),
        sa.Column("method", WORD, nullable=False),
        _leads("consents", "party_id", "parties.id"),
        _leads("consents", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_party_id_purpose", "consents", ["party_id", "purpose"])
    op.create_index("ix_consents_person_id", "consents", ["person_id"])


def _leads(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}")


def _into_records(rows: list[dict[str, Any]]) -> None:
    """Write each answer of before as an event of its record."""
    metadata = sa.MetaData()
    notices, records, events = (
        sa.Table(name, metadata, autoload_with=op.get_bind())
        for name in ("consent_notices", "consents", "consent_events")
    )
    _insert(notices, list(_notices(rows)))
    whose = ("party_id", "person_id", "purpose")
    rows = sorted(rows, key=lambda row: (*(row[name] for name in whose), row["n"]))
    for group, answers in groupby(rows, lambda row: [row[name] for name in whose]):
        record = dict(zip(whose, group, strict=True)) | {
            "id": secrets.token_urlsafe(16),
            "holder_id": None,
            # The keys are not at hand, so the salt cannot be kept.
            "commitment": _commitment(secrets.token_hex(16), group[1]),
            "salt": None,
        }
        chain = list(_chain(record, answers))
        _insert(records, [record | {"head": chain[-1]["hash"]}])
        _insert(events, chain)


def _notices(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    known = {NO_WORDS}
    for row in sorted(rows, key=lambda row: row["at"]):
        if row["sha256"] not in known:
            known.add(row["sha256"])
            yield {
                "sha256": row["sha256"],
                "notice": row["notice"],
                "version": str(row["notice_version"]),
                "purpose": row["purpose"],
                "language": row["language"],
                "variant": None,
                "text": None,
                "question": None,
                "button": None,
                "first_shown_at": _utc(row["at"]),
            }


def _chain(
    record: dict[str, Any], answers: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    previous = ""
    for n, row in enumerate(answers, start=1):
        at, is_yes = _utc(row["at"]), row["answer"] == "given"
        lasts = is_yes and row["purpose"] != "data_notice"
        event = {
            "n": n,
            "at": at,
            "said_on": None,
            "state": row["answer"],
            "method": row["method"],
            "by": "coordinator" if row["method"] == "coordinator" else "person",
            "language": row["language"],
            "notice": None if row["sha256"] == NO_WORDS else row["sha256"],
            "told": None,
            "valid_until": at + VALID_FOR if lasts else None,
            "previous": previous,
        }
        previous = _hash(record, event)
        yield event | {"consent_id": record["id"], "hash": previous}


def _hash(record: dict[str, Any], event: dict[str, Any]) -> str:
    """Hash an event as `bot.storage.consent.chain` did when this was written."""
    said = {
        "record": record["id"],
        "party": record["party_id"],
        "holder": record["holder_id"],
        "purpose": record["purpose"],
        "person": record["commitment"],
        **event,
        "at": _written(event["at"]),
        "valid_until": event["valid_until"] and _written(event["valid_until"]),
    }
    line = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def _commitment(salt: str, person_id: str) -> str:
    return hashlib.sha256(f"{salt}/{person_id}".encode()).hexdigest()


def _utc(at: datetime) -> datetime:
    """SQLite keeps no zone."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _written(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _rows_of_before() -> Iterator[dict[str, Any]]:
    """Give the answers as rows of the table of before, counted for each party."""
    found = _all(
        sa.text(
            "SELECT c.party_id, c.person_id, c.purpose, e.state, e.at, e.language, "
            "e.method, n.notice, n.version, n.variant, n.sha256 "
            "FROM consents c JOIN consent_events e ON e.consent_id = c.id "
            "LEFT JOIN consent_notices n ON n.sha256 = e.notice "
            "ORDER BY c.party_id, e.at, c.id, e.n"
        ).columns(at=MOMENT)
    )
    for _, answers in groupby(found, lambda row: row["party_id"]):
        for n, row in enumerate(answers, start=1):
            yield _row_of_before(n, row)


def _row_of_before(n: int, row: dict[str, Any]) -> dict[str, Any]:
    said = {"reconfirmed": "given", "expired": "withdrawn"}
    # A notice whose words were kept is a later one, to which no version of then fits.
    is_of_before = row["notice"] is not None and row["variant"] is None
    return {
        "id": secrets.token_urlsafe(16),
        "party_id": row["party_id"],
        "person_id": row["person_id"],
        "n": n,
        "purpose": row["purpose"],
        "answer": said.get(row["state"], row["state"]),
        "at": _utc(row["at"]),
        "language": row["language"],
        "notice": row["notice"] or row["purpose"],
        "notice_version": int(row["version"]) if is_of_before else 0,
        "sha256": row["sha256"] or NO_WORDS,
        "method": row["method"],
    }
