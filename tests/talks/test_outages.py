"""The program was away: nothing that was said is lost, and nobody is stuck."""

from pathlib import Path

from flows.facts import Role
from tests.support.town import founded_at_rest, served
from tests.support.walks import reads_up_to_offer


async def test_after_an_outage_the_question_is_there_for_who_writes_anything(
    folder: Path, empty_database: Path
) -> None:
    """Telegram throws taps away after 150 seconds."""
    async with founded_at_rest(folder, empty_database) as (town, opened):
        case = town.opens_case()
        sofie = town.phone("victim")
        async with served(opened):
            await reads_up_to_offer(sofie, case.victim)
            await town.settles()
        await sofie.answers_now("offer.ask_interest", "yes")
        town.moves_clock(seconds=151)
        async with served(opened):
            sofie.says("Er I der?")
            await sofie.asked("offer.ask_interest")
            assert town.archive.party(case.reference, Role.VICTIM).interest is None
            await sofie.answers("offer.ask_interest", "yes")
            await sofie.asked("intake.ask_name")


async def test_what_was_written_during_an_outage_is_answered_in_order(
    folder: Path, empty_database: Path
) -> None:
    async with founded_at_rest(folder, empty_database) as (town, opened):
        sofie = town.phone("victim")
        sofie.opens()
        for words in ("dansk", "fortsæt"):
            sofie.says(words)
        town.moves_clock(hours=20)
        async with served(opened):
            await sofie.asked("arrival.ask_age")
