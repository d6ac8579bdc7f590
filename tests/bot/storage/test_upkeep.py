"""What goes by the clock: one bad case, or one mistake, stops it for nobody else."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot import catalogue
from bot.addressing import TELEGRAM
from bot.channels.telegram.abilities import ABILITIES
from bot.chat.post import Post
from bot.chat.tools import Tools
from bot.chat.words import vocabulary
from bot.clock import MovableClock
from bot.contacts import load
from bot.errors import ProgramOutdated
from bot.figures import Figures
from bot.queue import ending
from bot.storage import Session, Store, cases, people, records, talks
from bot.storage.tables import AuditEntry, Case, OutboxRow, Person, Staff
from bot.upkeep import background, daily
from bot.upkeep.background import daily_step, keep_up, sweep_all
from bot.upkeep.daily import SILENCE, is_due
from bot.upkeep.tidying import tidy
from flows import FLOWS
from flows.effects import Reason
from flows.engine import start
from flows.facts import Role
from flows.model import Into
from flows.rules.case import Relation, Status
from flows.rules.days import WARNING
from tests.bot.storage.chat import Chat
from tests.bot.storage.house import NOON


@pytest.fixture
def tools(store: Store) -> Tools:
    words = catalogue.load()
    return Tools(
        store.keys,
        words,
        vocabulary(words),
        load(None, words),
        frozenset(Role),
        {TELEGRAM: ABILITIES},
    )


def opens_case(store: Store, district: str, *members: Chat) -> str:
    """Open a case that is over today, with parties who have joined."""

    def work(session: Session) -> str:
        case = cases.open_case(session, district, Relation.UNKNOWN, NOON, NOON.date())
        for member in members:
            person = session.get_one(Person, member.person_id)
            party = cases.add_party(session, case, Role.VICTIM)
            party.person_id, party.joined_at = person.id, NOON
            talk = talks.begin(session, person, start(FLOWS, Into("arrival")), NOON)
            talk.party_id = party.id
        return case.id

    return store.run_now(work)


def serves(session: Session, chat: Chat, district: str) -> None:
    session.add(
        Staff(
            person_id=chat.person_id,
            role="coordinator",
            district=district,
            label=None,
            joined_at=NOON,
        )
    )


def audited(session: Session, case_id: str) -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.case_id == case_id)
    return list(session.scalars(query))


def lines_to(store: Store, chat: Chat) -> int:
    """Count the messages that lie ready for somebody."""
    query = select(func.count()).where(OutboxRow.person_id == chat.person_id)
    return store.run_now(lambda session: session.scalars(query).one())


def status(store: Store, case_id: str) -> str:
    return store.run_now(lambda session: session.get_one(Case, case_id).status)


def waits_for_human(session: Session, case_id: str) -> None:
    case = session.get_one(Case, case_id)
    case.ends_on = NOON.date() + WARNING
    cases.raise_need(session, case, None, Reason.ASKED_FOR, NOON)


def left_out(store: Store, tools: Tools) -> int:
    """Do the whole daily batch, and count the cases that could not be handled."""
    count, clock = 0, MovableClock(NOON)
    while store.run_now(is_due, clock.now()):
        count += not store.run_now(daily_step, tools, clock)
    return count


def told(store: Store, chat: Chat) -> list[str]:
    """List what somebody is told with the next "You have a message"."""

    def work(session: Session) -> list[str]:
        person = session.get_one(Person, chat.person_id)
        return [notice.text_id for notice in records.unread(session, person)]

    return store.run_now(work)


def test_one_bad_case_is_left_out_and_the_others_end(
    store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    asta = Chat(store, 41)
    bad, good = opens_case(store, "fyn"), opens_case(store, "fyn", asta)

    def end_but_one(post: object, case: Case, reason: str, by: str) -> None:
        real(post, case, reason, by)  # type: ignore[arg-type]
        if case.id == bad:
            raise KeyError(bad)

    real = ending.end
    monkeypatch.setattr(daily, "end", end_but_one)
    assert left_out(store, tools) == 1
    assert status(store, good) == Status.ENDED
    assert status(store, bad) == Status.COLLECTING


def test_a_district_without_a_name_stops_no_batch(store: Store, tools: Tools) -> None:
    """As when a district was taken out of the texts while a case is open."""
    store.run_now(serves, Chat(store, 43), "gone")
    store.run_now(waits_for_human, opens_case(store, "gone"))
    good = opens_case(store, "fyn")
    assert left_out(store, tools) == 1
    assert status(store, good) == Status.ENDED


def test_who_was_erased_keeps_nobody_from_being_told(
    store: Store, tools: Tools
) -> None:
    asta, erased = Chat(store, 44), Chat(store, 45)
    case = opens_case(store, "fyn", erased, asta)
    store.keys.destroy(erased.person_id)
    assert left_out(store, tools) == 0
    assert status(store, case) == Status.ENDED
    assert told(store, asta) == ["closing.ended"]


def test_a_case_that_was_left_out_is_noted_and_the_coordinators_are_told(
    store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise KeyError("Jeg hedder Asta")

    hand = Chat(store, 46)
    store.run_now(serves, hand, "fyn")
    bad = opens_case(store, "fyn")
    monkeypatch.setattr(daily, "tell_parties", breaks)
    assert left_out(store, tools) == 1
    noted = store.run_now(audited, bad)
    assert [(one.who, one.action) for one in noted] == [("system", "case left out")]
    assert re.fullmatch(r"KeyError in test_upkeep\.py:\d+", noted[0].note or "")
    assert lines_to(store, hand) == 1


def test_each_case_is_a_unit_of_work_and_the_batch_goes_on_after_a_kill(
    store: Store, tools: Tools
) -> None:
    found = sorted(opens_case(store, "fyn") for _ in range(3))
    hand, clock = Chat(store, 47), MovableClock(NOON)
    store.run_now(serves, hand, "fyn")
    for case in found:
        store.run_now(waits_for_human, case)
    for done in (1, 2):
        store.run_now(daily_step, tools, clock)
        assert lines_to(store, hand) == done
    assert left_out(store, tools) == 0
    assert lines_to(store, hand) == 3


def test_strangers_are_forgotten_some_at_a_time(
    store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daily, "MOST_FORGOTTEN", 2)
    for account in range(50, 55):
        Chat(store, account)
    clock = MovableClock(NOON + SILENCE + timedelta(days=1))
    left = []
    while store.run_now(is_due, clock.now()):
        store.run_now(daily_step, tools, clock)
        left.append(len(store.run_now(people.ids)))
    assert left == [3, 1, 0]


@pytest.mark.parametrize("broken", ["daily_step", "sweep"])
async def test_a_mistake_ends_no_background_work(
    store: Store,
    tools: Tools,
    broken: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(*_: object) -> None:
        tries.append(1)
        raise KeyError("Jeg hedder Asta")

    tries: list[int] = []
    monkeypatch.setattr(background, broken, fails)
    monkeypatch.setattr(background, "AFTER_MISTAKE", 0.01)
    figures, clock = Figures(), MovableClock(NOON)
    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        if broken == "sweep":
            task = group.create_task(sweep_all(store, tools.keys))
        else:
            task = group.create_task(
                keep_up(store, tools, clock, figures, lambda: None)
            )
        while len(tries) < 3:  # noqa: ASYNC110 - a broken unit of work raises no event
            await asyncio.sleep(0.01)
        task.cancel()
    assert "KeyError in test_upkeep.py" in caplog.text
    assert "Asta" not in caplog.text


def test_a_program_with_older_dialogues_is_refused(
    store: Store, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starts(session: Session) -> None:
        tidy(Post(session, tools, NOON))

    store.run_now(starts)
    with monkeypatch.context() as newer:
        consent = FLOWS["consent"]
        newer.setitem(FLOWS, "consent", replace(consent, version=consent.version + 1))
        store.run_now(starts)
        store.run_now(starts)
    with pytest.raises(ProgramOutdated, match="consent"):
        store.run_now(starts)
