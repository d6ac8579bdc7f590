"""Looks into the database from outside: only what is committed counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.orm import Session

from bot.chat.tools import Tools
from bot.storage import cases, records, talks
from bot.storage.engine.engines import open_engine
from bot.storage.tables import (
    AuditEntry,
    Case,
    ConsentEvent,
    ConsentRecord,
    OutboxRow,
    Party,
    Person,
    StoredAnswer,
    Talk,
)
from bot.upkeep import daily
from bot.wiring import Desk
from flows.facts import Role


class Said(NamedTuple):
    """What somebody has said to a purpose."""

    purpose: str
    state: str
    method: str


@dataclass(frozen=True)
class Archive:
    """A reader's own connection to the program's database."""

    engine: Engine
    tools: Tools

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine) as session:
            yield session

    def on_their_way(self) -> int:
        """Count the messages that have not arrived, blocked chats left out."""
        query = (
            select(func.count())
            .select_from(OutboxRow)
            .join(Person, Person.id == OutboxRow.person_id)
            .where(
                OutboxRow.state.in_(("waiting", "sending")),
                Person.blocked_at.is_(None),
            )
        )
        with self.session() as session:
            return session.scalars(query).one()

    def references(self) -> list[str]:
        with self.session() as session:
            return list(session.scalars(select(Case.reference)))

    def case(self, reference: str) -> Case:
        with self.session() as session:
            query = select(Case).where(Case.reference == reference)
            return session.scalars(query).one()

    def status(self, reference: str) -> str:
        return self.case(reference).status

    def party(self, reference: str, role: Role, n: int = 1) -> Party:
        with self.session() as session:
            query = select(Party).join(Case, Case.id == Party.case_id)
            return session.scalars(
                query.where(
                    Case.reference == reference, Party.role == role, Party.n == n
                )
            ).one()

    def needs(self, reference: str) -> list[str]:
        """List the reasons for which a case waits for a human, sorted."""
        with self.session() as session:
            case = cases.by_reference(session, reference)
            assert case is not None
            return sorted(need.reason for need in cases.open_needs(session, case))

    def consents(self, reference: str, role: Role, n: int = 1) -> list[Said]:
        """List what a party has said to its purposes: first words first, then second.

        Telegram dates what is typed in whole seconds, so time alone does not tell.
        """
        party = self.party(reference, role, n)
        query = (
            select(ConsentRecord.purpose, ConsentEvent.state, ConsentEvent.method)
            .join(ConsentEvent, ConsentEvent.consent_id == ConsentRecord.id)
            .where(ConsentRecord.party_id == party.id)
            .order_by(ConsentEvent.n, ConsentEvent.at, ConsentRecord.purpose)
        )
        with self.session() as session:
            return [Said(*row) for row in session.execute(query)]

    def words(self, reference: str, role: Role, purpose: str) -> list[ConsentEvent]:
        """List the events of what a party has said to a purpose, oldest first."""
        party = self.party(reference, role)
        query = (
            select(ConsentEvent)
            .join(ConsentRecord, ConsentRecord.id == ConsentEvent.consent_id)
            .where(
                ConsentRecord.party_id == party.id,
                ConsentRecord.holder_id.is_(None),
                ConsentRecord.purpose == purpose,
            )
        )
        with self.session() as session:
            return list(session.scalars(query.order_by(ConsentEvent.n)))

    def said_yes_to(self, reference: str, role: Role, n: int = 1) -> list[str]:
        """List the purposes to which a party's last word is yes, sorted."""
        last = {said.purpose: said.state for said in self.consents(reference, role, n)}
        return sorted(purpose for purpose, state in last.items() if state == "given")

    def answers(self, account: int) -> dict[str, str]:
        """Open everything that an account has told, with its key."""
        with self.session() as session:
            person_id, key = self._found(account)
            query = select(Talk).where(Talk.person_id == person_id)
            return {
                name: value
                for talk in session.scalars(query)
                for name, value in talks.answers(session, key, talk).items()
            }

    def answer_names(self) -> list[str]:
        """List which questions have an answer that is kept, whoever gave it."""
        with self.session() as session:
            return sorted(session.scalars(select(StoredAnswer.name)))

    def place(self, account: int) -> str:
        """Tell where an account's current talk stands."""
        with self.session() as session:
            person = session.get_one(Person, self._found(account)[0])
            talk = talks.current(session, person)
            assert talk is not None
            return f"{talk.dialogue}.{talk.state}"

    def person_id(self, account: int) -> str:
        """Tell which row of the people is an account's."""
        return self._found(account)[0]

    def knows(self, account: int) -> bool:
        """Tell whether anything is kept of an account."""
        return self.tools.keys.find(str(account)) is not None

    def _found(self, account: int) -> tuple[str, bytes]:
        found = self.tools.keys.find(str(account))
        assert found is not None
        return found

    def batch_day(self) -> str | None:
        """Tell for which day the daily batch was done last."""
        with self.session() as session:
            return records.meta(session, "batch_day")

    def is_batch_due(self, now: datetime) -> bool:
        """Tell whether the clock has brought something that is still to be done."""
        with self.session() as session:
            return daily.is_due(session, now)

    def bot_username(self) -> str | None:
        """Tell the name that the bot has learned of itself; links are made with it."""
        with self.session() as session:
            return records.meta(session, records.BOT_USERNAME)

    def sending(self) -> set[str]:
        """List what has become of the messages."""
        with self.session() as session:
            return set(session.scalars(select(OutboxRow.state)))

    def rows(self, table: str) -> list[dict[str, object]]:
        """Read a whole table as it is stored."""
        with self.session() as session:
            found = session.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
            return [dict(row) for row in found.mappings()]

    def values(self) -> Iterator[tuple[str, str]]:
        """Go through everything that is stored, as text."""
        for table in inspect(self.engine).get_table_names():
            for row in self.rows(table):
                for column, value in row.items():
                    yield f"{table}.{column}", str(value)

    def files(self) -> list[Path]:
        """List the files that the program has written."""
        folder = Path(self.engine.url.database or "").parent
        return sorted(folder.glob("*.db*"))

    def audit(self, action: str) -> list[AuditEntry]:
        with self.session() as session:
            query = select(AuditEntry).where(AuditEntry.action == action)
            return list(session.scalars(query))


@contextmanager
def reading(opened: Desk) -> Iterator[Archive]:
    """Open a connection of one's own that cannot write."""
    url = opened.settings.database_url
    engine = open_engine(url, is_reading=True)
    try:
        yield Archive(engine, opened.tools)
    finally:
        engine.dispose()
