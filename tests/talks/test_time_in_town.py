"""What talks may rely on: who types takes time, and not every clock is right."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.resident import READING_SECONDS, Manner, Way
from tests.support.town import Town
from tests.support.walks import reads_up_to_offer


@pytest.mark.parametrize("manner", [Manner.WORDS, Manner.NUMBERS, Manner.USUAL])
async def test_who_types_reads_a_strict_question_first(
    town: Town, manner: Manner
) -> None:
    """Else the answer would count as older than its question."""
    sofie = town.phone("victim", Way("da", manner))
    await reads_up_to_offer(sofie, town.opens_case().victim)
    asked = await sofie.asked("offer.ask_interest")
    before = town.world.clock.now()
    await sofie.answers("offer.ask_interest", "yes")
    took = int(town.world.clock.now().timestamp()) - int(before.timestamp())
    assert (took >= READING_SECONDS) == sofie.way.types
    if sofie.way.types:
        said = [b for b in sofie.person.reads() if b.author == "person"][-1]
        assert (said.sent_at - asked.sent_at).total_seconds() >= READING_SECONDS


async def test_what_is_said_while_the_program_hears_nothing_waits(town: Town) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    with town.hears_nothing():
        sofie.says("Ja")
        sofie.says("hjælp")
        waiting = town.world.updates.waiting()
        assert [update.body["text"] for update in waiting] == ["Ja", "hjælp"]
    await town.settles()
    assert not town.world.updates.waiting()


async def test_the_programs_clock_can_be_wrong(town: Town) -> None:
    """Telegram's dates are right; what the program writes down is not."""
    town.shifts_program_clock(hours=-3)
    sofie = town.phone("victim")
    sofie.opens()
    await sofie.answers("arrival.ask_language", "da")
    await town.settles()
    sent = town.archive.rows("outbox")[0]["sent_at"]
    written = datetime.fromisoformat(str(sent)).replace(tzinfo=UTC)
    heard = sofie.heard()[0].sent_at
    assert timedelta(hours=2.9) < heard - written < timedelta(hours=3.1)
