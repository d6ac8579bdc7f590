"""Make the first tables."""

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - one statement per table and index
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("reply_handle", sa.LargeBinary(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hiding_word", sa.LargeBinary(length=32), nullable=True),
        sa.Column("word_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talk_id", sa.String(length=22), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_talk", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "seen_updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_seen_updates"),
    )
    op.create_index("ix_seen_updates_at", "seen_updates", ["at"])
    op.create_table(
        "tallies",
        sa.Column("month", sa.String(length=32), nullable=False),
        sa.Column("district", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "district", "step", "role", "language", name="pk_tallies"
        ),
    )
    op.create_table(
        "wrong_guesses",
        sa.Column("id", BIG, nullable=False),
        sa.Column("account", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_guesses"),
    )
    op.create_index("ix_wrong_guesses_account_at", "wrong_guesses", ["account", "at"])
    op.create_index("ix_wrong_guesses_at", "wrong_guesses", ["at"])
    op.create_table(
        "heard",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_heard_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_heard"),
        sa.UniqueConstraint(
            "person_id", "message_id", name="uq_heard_person_id_message_id"
        ),
    )
    op.create_table(
        "outbox",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("refers_to", BIG, nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_buttons", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.String(length=128), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_outbox_person_id"
        ),
        sa.ForeignKeyConstraint(
            ["refers_to"],
            ["outbox.id"],
            name="fk_outbox_refers_to",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_person_id_message_id", "outbox", ["person_id", "message_id"]
    )
    op.create_index(
        "ix_outbox_state_person_id_id", "outbox", ["state", "person_id", "id"]
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("district", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=128), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_staff_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
    )
    op.create_index("ix_staff_district_role", "staff", ["district", "role"])
    op.create_index("ix_staff_person_id", "staff", ["person_id"])
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("district", sa.String(length=32), nullable=False),
        sa.Column("relation", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.Date(), nullable=True),
        sa.Column("mediator_id", sa.String(length=22), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(length=32), nullable=True),
        sa.Column("ended_by", sa.String(length=128), nullable=True),
        sa.Column("self_referral", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["staff.id"], name="fk_cases_mediator_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("reference", name="uq_cases_reference"),
    )
    op.create_index("ix_cases_due_at", "cases", ["due_at"])
    op.create_index("ix_cases_mediator_id", "cases", ["mediator_id"])
    op.create_index("ix_cases_status_district", "cases", ["status", "district"])
    op.create_table(
        "audit",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("action", sa.String(length=128), nullable=False),
        sa.Column("case_id", sa.String(length=22), nullable=True),
        sa.Column("note", sa.String(length=128), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_audit_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_case_id", "audit", ["case_id"])
    op.create_table(
        "parties",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=22), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("age_band", sa.String(length=32), nullable=True),
        sa.Column("interest", sa.String(length=32), nullable=True),
        sa.Column("confession", sa.String(length=32), nullable=True),
        sa.Column("information_only", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_parties_case_id"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_parties_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_parties"),
        sa.UniqueConstraint("case_id", "role", "n", name="uq_parties_case_id_role_n"),
    )
    op.create_index("ix_parties_person_id", "parties", ["person_id"])
    op.create_table(
        "consents",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("party_id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("notice", sa.String(length=128), nullable=False),
        sa.Column("notice_version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=128), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["parties.id"], name="fk_consents_party_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_consents_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_party_id_purpose", "consents", ["party_id", "purpose"])
    op.create_index("ix_consents_person_id", "consents", ["person_id"])
    op.create_table(
        "human_needs",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("case_id", sa.String(length=22), nullable=False),
        sa.Column("party_id", sa.String(length=22), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by", sa.String(length=128), nullable=True),
        sa.Column("cleared_reason", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_human_needs_case_id"
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["parties.id"], name="fk_human_needs_party_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_human_needs"),
    )
    op.create_index(
        "ix_human_needs_case_id_cleared_at", "human_needs", ["case_id", "cleared_at"]
    )
    op.create_index("ix_human_needs_party_id", "human_needs", ["party_id"])
    op.create_table(
        "links",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=22), nullable=True),
        sa.Column("party_id", sa.String(length=22), nullable=True),
        sa.Column("district", sa.String(length=32), nullable=True),
        sa.Column("label", sa.String(length=128), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_links_case_id"),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name="fk_links_party_id"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_links_person_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        sa.UniqueConstraint("token_hash", name="uq_links_token_hash"),
    )
    op.create_index("ix_links_case_id", "links", ["case_id"])
    op.create_index("ix_links_party_id", "links", ["party_id"])
    op.create_index("ix_links_person_id", "links", ["person_id"])
    op.create_table(
        "talks",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("party_id", sa.String(length=22), nullable=True),
        sa.Column("staff_id", sa.String(length=22), nullable=True),
        sa.Column("link_id", sa.String(length=22), nullable=True),
        sa.Column("dialogue", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=128), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("trail", sa.JSON(), nullable=False),
        sa.Column("returns", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("open_row", BIG, nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name="fk_talks_link_id"),
        sa.ForeignKeyConstraint(
            ["open_row"], ["outbox.id"], name="fk_talks_open_row", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name="fk_talks_party_id"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_talks_person_id"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_talks_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_talks"),
        sa.UniqueConstraint("person_id", "number", name="uq_talks_person_id_number"),
    )
    op.create_index("ix_talks_link_id", "talks", ["link_id"])
    op.create_index("ix_talks_party_id", "talks", ["party_id"])
    op.create_index("ix_talks_staff_id", "talks", ["staff_id"])
    op.create_table(
        "answers",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("party_id", sa.String(length=22), nullable=True),
        sa.Column("talk_id", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["parties.id"], name="fk_answers_party_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_answers_person_id"
        ),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name="fk_answers_talk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("talk_id", "name", name="uq_answers_talk_id_name"),
    )
    op.create_index("ix_answers_party_id", "answers", ["party_id"])
    op.create_index("ix_answers_person_id", "answers", ["person_id"])
    op.create_table(
        "notices",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("talk_id", sa.String(length=22), nullable=True),
        sa.Column("text_id", sa.String(length=128), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_notices_person_id"
        ),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name="fk_notices_talk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index(
        "ix_notices_person_id_shown_at", "notices", ["person_id", "shown_at"]
    )
    op.create_index("ix_notices_talk_id", "notices", ["talk_id"])


def downgrade() -> None:
    for table in (
        "notices",
        "answers",
        "talks",
        "links",
        "human_needs",
        "consents",
        "parties",
        "audit",
        "cases",
        "staff",
        "outbox",
        "heard",
        "wrong_guesses",
        "tallies",
        "seen_updates",
        "people",
        "meta",
    ):
        op.drop_table(table)
