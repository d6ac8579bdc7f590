"""Only one process serves a database; killed at any moment, it loses nothing."""

import re
from itertools import groupby
from pathlib import Path

from bot.simulator.server import Simulator
from tests.support.program import Program, program
from tests.support.visitors import hasty, heard, newcomer, reads_on


def calls(phones: Simulator, method: str) -> int:
    return sum(call.method == method for call in phones.world.journal)


def interrupted(bot: Program) -> int:
    """Count what all runs together have named as possible doubles."""
    return sum(map(int, re.findall(r"(\d+) messages were under way", bot.log())))


async def sent(phones: Simulator, bot: Program, number: int) -> None:
    """Wait until so many messages have arrived; what runs then is not told."""
    world = phones.world
    while calls(phones, "sendMessage") < number:
        assert bot.process.returncode is None, bot.log()
        await world.changes.beyond(world.changes.version)


async def test_a_second_process_on_the_same_database_ends_with_3(
    folder: Path, phones: Simulator
) -> None:
    async with program(folder, phones.url) as bot:
        await bot.is_ready()
        asked = calls(phones, "getMe")
        async with program(folder, phones.url) as second:
            assert await second.finishes() == 3
        number = bot.process.pid
        told = rf"Process {number} on \S+ has served this database since \d{{4}}-"
        assert re.search(told, bot.log())
        assert calls(phones, "getMe") == asked
        await newcomer(phones, "asta").hears("dansk eller engelsk")
        assert await bot.ends() == 0
    async with program(folder, phones.url) as third:
        await third.is_ready()


async def test_what_waits_while_the_program_is_killed_is_answered_once(
    folder: Path, phones: Simulator
) -> None:
    """Twice killed in the middle of fifty updates, and once left alone."""
    people = [hasty(phones, f"visitor {n}") for n in range(25)]
    unlimited = {"CHAT_RATE": "0", "SEND_RATE": "0"}
    for number in (5, 20):
        before = calls(phones, "sendMessage")
        async with program(folder, phones.url, **unlimited) as bot:
            await sent(phones, bot, before + number)
            await bot.is_killed()
    async with program(folder, phones.url, **unlimited) as bot:
        for person in people:
            await reads_on(person)
        undisturbed = hasty(phones, "undisturbed")
        await reads_on(undisturbed)
        await undisturbed.waits_for_the_bot()
    expected = heard(undisturbed)
    assert len(expected) > 2
    doubled = 0
    for person in people:
        chat = heard(person)
        assert [text for text, _ in groupby(chat)] == expected
        doubled += len(chat) - len(expected)
    assert doubled <= interrupted(bot)
