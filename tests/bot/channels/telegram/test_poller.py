"""Nothing that people do is lost or overtaken, whatever happens to us or Telegram."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from functools import partial

import pytest
from sqlalchemy import select

from bot.channels.telegram.connection import connected
from bot.errors import SettingsError, StorageError
from bot.incoming import Incoming, Text
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.server import running
from bot.simulator.world import World
from bot.storage import Session
from bot.storage.tables import FailedTurn
from tests.bot.channels.telegram.office import Office


def words(office: Office) -> list[str]:
    return [c.text for c in office.contents() if isinstance(c, Text)]


def said(office: Office, text: str) -> bool:
    return text in words(office)


async def test_each_persons_words_come_in_order(office: Office) -> None:
    mother, son = office.visitor("mother"), office.visitor("son")
    for n in range(5):
        mother.says(f"mor {n}")
        son.says(f"søn {n}")
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 12)
    of_mother = [w for w in words(office) if w.startswith("mor")]
    assert of_mother == [f"mor {n}" for n in range(5)]


async def test_reordered_updates_are_put_right(office: Office) -> None:
    mother = office.visitor("mother")
    office.world.faults.switch_on(Fault(FaultKind.REORDER))
    for n in range(5):
        mother.says(str(n))
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 6)
    assert words(office) == ["/start", "0", "1", "2", "3", "4"]


async def test_what_was_not_committed_comes_again_after_a_crash(
    office: Office,
) -> None:
    async def crash(incoming: Incoming) -> str | None:
        begun.append(incoming)
        reached.set()
        await asyncio.Event().wait()
        return None

    begun: list[Incoming] = []
    reached = asyncio.Event()
    office.visitor("mother")
    async with office.polling(crash):
        await reached.wait()
    async with office.polling(office.take):
        await office.until(lambda: office.taken)
    assert words(office) == ["/start"]
    assert [i.event_id for i in office.taken] == [i.event_id for i in begun]


async def test_what_was_committed_does_not_come_again(office: Office) -> None:
    mother = office.visitor("mother")
    async with office.polling(office.take):
        await office.until(lambda: office.taken)
        await mother.waits_for_the_bot()
    mother.says("Hej")
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 2)
    assert words(office) == ["/start", "Hej"]


async def test_while_the_database_is_away_updates_wait_and_one_line_tells(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async def take(incoming: Incoming) -> str | None:
        tries[incoming.account] += 1
        if tries.total() <= 10:
            raise StorageError("The database cannot be used just now.")
        return await office.take(incoming)

    tries: Counter[str] = Counter()
    for key in ("mother", "son"):
        office.visitor(key).says("Hej")
    async with office.polling(take):
        await office.until(lambda: len(office.taken) == 4)
    assert words(office).count("Hej") == 2
    told = [line for line in caplog.messages if "database" in line]
    assert len(told) == 2
    assert told[0].startswith("The database cannot be used just now.")
    assert told[1] == "The database can be used again."


async def test_while_one_persons_turn_waits_all_others_go_on(office: Office) -> None:
    """What is not ready is not confirmed, and comes again after a crash."""

    async def take(incoming: Incoming) -> str | None:
        if incoming.account == str(mother.phone.user_id):
            await asyncio.Event().wait()
        return await office.take(incoming)

    mother = office.visitor("mother")
    mother.says("Det første")
    son = office.visitor("son")
    async with office.polling(take):
        for n in range(3):
            son.says(f"søn {n}")
            await office.until(partial(said, office, f"søn {n}"))
    assert words(office) == ["/start", "søn 0", "søn 1", "søn 2"]
    office.taken.clear()
    async with office.polling(office.take):
        await office.until(lambda: len(office.taken) == 6)
        await son.waits_for_the_bot()
    of_mother = [i for i in office.taken if i.account == str(mother.phone.user_id)]
    assert [c.text for i in of_mother if isinstance(c := i.content, Text)] == [
        "/start",
        "Det første",
    ]


async def test_a_turn_that_holds_everybody_up_is_hurried(office: Office) -> None:
    """Telegram shows no more than a hundred updates from the first that waits."""

    async def take(incoming: Incoming) -> str | None:
        if incoming.event_id == str(first):
            await office.hurried.wait()
        return await office.take(incoming)

    mother = office.visitor("mother")
    [waiting] = office.world.updates.waiting()
    first = waiting.update_id
    for n in range(120):
        mother.says(str(n))
    async with office.polling(take):
        await office.until(lambda: len(office.taken) == 121)
    assert words(office) == ["/start", *map(str, range(120))]


async def test_telegram_away_at_start_is_waited_for_with_one_line(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async def connect(port: int) -> str:
        url = f"http://127.0.0.1:{port}"
        async with connected(world.account.token, url) as bot:
            return bot.username

    world = World()
    async with running(world) as simulator:
        port = int(simulator.url.rpartition(":")[2])
    async with asyncio.TaskGroup() as group:
        task = group.create_task(connect(port))
        await office.until(lambda: "cannot be reached" in caplog.text)
        await asyncio.sleep(0.2)
        async with running(world, port=port):
            assert await task == "konfliktraad_bot"
    lines = [r for r in caplog.records if r.name.startswith("bot.")]
    assert [r.levelno for r in lines] == [logging.WARNING] * 2
    assert all(r.exc_info is None for r in lines)


async def test_a_wrong_token_is_told_in_one_sentence(office: Office) -> None:
    url = str(office.bot.base_url).partition("/bot")[0]
    with pytest.raises(SettingsError, match="KONFLIKTRAAD_TELEGRAM_TOKEN") as told:
        async with connected("123:wrong", url):
            pass
    assert "123:wrong" not in str(told.value)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_refused_in_between_ends_nothing(
    office: Office, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    mother = office.visitor("mother")
    async with office.polling(office.take):
        await office.until(lambda: office.taken)
        refused = Fault(FaultKind.SERVER_ERROR, method="getUpdates", status=status)
        office.world.faults.switch_on(refused)
        mother.says("Hej")
        await office.until(lambda: "token" in (office.figures.held_up or ""))
        office.world.faults.switch_off()
        mother.says("Er du der")
        await office.until(lambda: said(office, "Er du der"))
        assert office.figures.held_up is None
    assert caplog.text.count("does not accept the token") == 1


async def test_a_second_copy_of_the_program_is_told_of_and_ends_nothing(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """Two databases with one token: only Telegram can tell."""
    mother = office.visitor("mother")
    async with office.polling(office.take):
        await office.until(lambda: office.taken)
        async with office.polling(office.take):
            await office.until(lambda: "Another program" in caplog.text)
        mother.says("Hej")
        await office.until(lambda: "Hej" in words(office))
    assert "stop the other one" in caplog.text
    assert "konfliktraad webhook remove" in caplog.text
    assert all(r.exc_info is None for r in caplog.records)


async def test_what_cannot_be_read_is_recorded_and_holds_nobody_up(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "Jeg hedder Asta"
    office.world.updates.put("message", {"text": secret, "date": "x"}, queue="odd")
    [odd] = office.world.updates.waiting()
    mother = office.visitor("mother")
    async with office.polling(office.take):
        await mother.waits_for_the_bot()
    assert words(office) == ["/start"]
    [row] = office.store.run_now(failed)
    assert (row.event_id, row.person_id) == (str(odd.update_id), None)
    assert row.error == "TypeError"
    assert office.figures.failed_turns == 1
    assert secret not in caplog.text + row.place


def failed(session: Session) -> Sequence[FailedTurn]:
    return session.scalars(select(FailedTurn)).all()


async def test_a_turn_that_has_begun_is_made_before_the_end(office: Office) -> None:
    """What waits in the person's line behind it is left for the next process."""

    async def make(incoming: Incoming) -> str | None:
        if not begun.is_set():
            begun.set()
            await asyncio.sleep(0.05)
        return await office.take(incoming)

    begun = asyncio.Event()
    office.visitor("mother").says("Hej")
    async with office.polling(make):
        await begun.wait()
    assert words(office) == ["/start"]
    async with office.polling(office.take):
        await office.until(lambda: said(office, "Hej"))
