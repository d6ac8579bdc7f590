"""Several senders on one database: together they do what one would."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from threading import Event

import pytest

from bot.addressing import TELEGRAM
from bot.serving.flood import CHATS, Flood
from bot.serving.taps import Taps
from bot.simulator.faults import Fault, FaultKind
from bot.storage import Session
from bot.storage.lease import LeaseOwner
from bot.storage.mail.messages import Send
from bot.storage.mail.pace import Limits, whole_bot
from bot.storage.tables import Lease, OutboxRow
from tests.bot.channels.telegram.office import Office, at_work
from tests.bot.channels.telegram.test_sender import said
from tests.bot.storage.house import NOON

SENDERS = [LeaseOwner(f"sender-{n}", f"process {n}", None, n) for n in range(3)]


async def test_each_chat_reads_in_order_and_nothing_twice(office: Office) -> None:
    residents = [office.resident(f"phone{n}") for n in range(6)]
    letters = [Send(f"Besked {n}") for n in range(8)]
    for letter in letters:
        for resident in residents:
            office.queues(resident, letter)
    async with AsyncExitStack() as stack:
        for me in SENDERS:
            await stack.enter_async_context(at_work(office.sender(me=me).run))
        for resident in residents:
            await resident.person.hears("Besked 7")
    for resident in residents:
        assert said(resident) == [letter.text for letter in letters]
    assert office.figures.possible_doubles == 0


async def test_together_they_keep_the_limit_of_the_bot(office: Office) -> None:
    residents = [office.resident(f"phone{n}") for n in range(12)]
    for resident in residents:
        office.queues(resident, Send("Hej"))
    started = asyncio.get_running_loop().time()
    async with AsyncExitStack() as stack:
        for me in SENDERS:
            sender = office.sender(Limits(0, 8), me=me)
            await stack.enter_async_context(at_work(sender.run))
        await office.until(lambda: office.figures.sends == len(residents))
    # Eight at once, and four more at eight a second.
    assert asyncio.get_running_loop().time() - started >= 0.5 - 0.01


async def test_when_several_chats_are_asked_to_wait_all_do(office: Office) -> None:
    flooded = [office.resident(f"phone{n}") for n in range(CHATS)]
    calm = office.resident("calm")
    office.world.faults.switch_on(
        Fault(FaultKind.TOO_MANY, count=CHATS, retry_after=600)
    )
    for resident in flooded:
        office.queues(resident, Send("Hej"))
    async with at_work(office.sender(me=SENDERS[0]).run):
        await office.until(lambda: office.store.run_now(_held_until))
        office.queues(calm, Send("Hej"))
        async with at_work(office.sender(me=SENDERS[1]).run):
            await asyncio.sleep(0.3)
            assert said(calm) == []
            office.clock.advance(601)
            await calm.person.hears("Hej")


@pytest.mark.parametrize("several", [CHATS - 1, CHATS])
async def test_so_they_do_when_taps_of_several_are_not_answered(
    office: Office, several: int
) -> None:
    """Telegram then means the whole bot, whichever call it refuses."""
    sender, calm = office.sender(), office.resident("calm")
    fault = Fault(FaultKind.TOO_MANY, method="answerCallbackQuery", retry_after=600)
    office.world.faults.switch_on(fault)
    taps = Taps(office.channel, sender.told_to_wait)
    async with at_work(sender.run):
        async with taps.open():
            for n in range(several):
                for query_id in (f"{n}", f"{n} again"):
                    taps.arrived(query_id, f"person {n}")
                    taps.answer(query_id, None)
        if several == CHATS:
            await office.until(lambda: office.store.run_now(_held_until))
        office.queues(calm, Send("Hej"))
        await asyncio.sleep(0.3)
        if several == CHATS:
            assert said(calm) == []
            office.clock.advance(601)
        await calm.person.hears("Hej")


def test_chats_that_are_asked_to_wait_one_after_the_other_wait_alone() -> None:
    flood = Flood()
    for n in range(2 * CHATS):
        assert not flood.is_for_all(f"chat {n}", NOON + timedelta(seconds=3 * n))


async def test_what_was_said_just_before_the_end_arrives(office: Office) -> None:
    """Also while the sender looks, and has seen nothing yet of what is said now."""
    mother, sender, store = office.resident("mother"), office.sender(), office.store
    gate = Event()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(sender.run())
        await asyncio.sleep(0.1)
        group.create_task(store.run(_wait_for, gate))
        await asyncio.sleep(0.1)  # it wants to look, and stands in line for it
        group.create_task(store.run(office.queue, mother, Send("Et")))
        group.create_task(store.run(office.queue, mother, Send("To")))
        await asyncio.sleep(0.1)
        running.cancel()
        await asyncio.sleep(0.1)
        gate.set()
    assert said(mother) == ["Et", "To"]
    assert store.run_now(_under_way) == []


def _held_until(session: Session) -> object:
    return whole_bot(session, TELEGRAM).not_before


def _wait_for(_session: Session, gate: Event) -> None:
    gate.wait(10)


def _under_way(session: Session) -> list[object]:
    rows = session.query(OutboxRow).where(OutboxRow.state == "sending")
    senders = session.query(Lease).where(Lease.name.startswith("sender"))
    return [*rows, *senders]
