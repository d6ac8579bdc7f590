"""A storm: many people talk at once while Telegram refuses, fails and falls silent."""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console

from bot.simulator.bubbles import Bubble, BubbleButton
from bot.simulator.faults import Fault, FaultKind
from bot.simulator.journal import Call
from bot.simulator.person import NotSeenError
from bot.simulator.server import running
from bot.simulator.world import World
from flows.taps import AnswerTap, parse_tap
from tests.lab.chaos.crew import Crew
from tests.lab.chaos.doomed import PATIENCE
from tests.lab.chaos.endings import ends_with_question
from tests.lab.chaos.rounds import opened_town, worker_settings
from tests.lab.chaos.setups import SETUPS, Setup
from tests.support.resident import Resident, Way
from tests.support.town import Town

#: What goes wrong during the storm, and how often.
_FAULTS: Final = (
    Fault(FaultKind.TOO_MANY, chance=0.03, retry_after=1),
    Fault(FaultKind.SERVER_ERROR, chance=0.03),
    Fault(FaultKind.LOST_ANSWER, chance=0.01),
    Fault(FaultKind.LOST_REQUEST, chance=0.01),
    Fault(FaultKind.STALE_QUERY, chance=0.05),
    Fault(FaultKind.RESENT_TAP, chance=0.05),
    Fault(FaultKind.DUPLICATE, chance=0.05),
    Fault(FaultKind.LATE_QUEUE, chance=0.1, seconds=0.5),
)
_TEXTS: Final = ("Hej", "status", "ja", "hvad er konfliktråd?", "Er I der?")
#: How often somebody writes instead of tapping, or blocks the bot for a while.
_WRITES, _BLOCKS = 0.2, 0.03
_FORBIDDEN: Final = 403
#: Seconds until an answer counts as lost, and until everything has arrived at last.
_LOST_AFTER, _SETTLED = "1.5", 120


@dataclass(frozen=True)
class Storm:
    """How long, for how many, and by which chances."""

    people: int
    seconds: float
    seed: int
    #: It goes on until so many calls have gone wrong: a busy machine makes few.
    faults: int = 0


@dataclass(frozen=True)
class After:
    """What a storm has left behind."""

    #: Calls of the Bot API that were made, and those that were refused or lost.
    calls: int
    faults: int
    blocked: int
    problems: list[str]


async def storm(folder: Path, setup: Setup, weather: Storm) -> After:
    """Let a storm pass, and tell which chats do not end with the current question."""
    world = World(seed=weather.seed)
    async with (
        setup.ready(folder) as place,
        running(world) as simulator,
        opened_town(folder, place, world) as town,
    ):
        own = [worker_settings(folder, place, simulator, w) for w in place.workers]
        crew = Crew(folder, own, iter(()), 0, environment={PATIENCE: _LOST_AFTER})
        people = [
            town.phone(f"person {n}", Way(("da", "en")[n % 2]))
            for n in range(weather.people)
        ]
        async with crew.on_duty():
            await _through(town, people, weather)
        made = list(world.journal)
        return After(
            len(made),
            _faults(made),
            sum(_was_refused(call.result) for call in made),
            list(_problems(town, people)),
        )


async def _through(town: Town, people: list[Resident], weather: Storm) -> None:
    journal, faults = town.world.journal, town.world.faults
    await town.until(lambda: journal.of("getMe"), _SETTLED)
    for fault in _FAULTS:
        faults.switch_on(fault)

    def is_enough() -> bool:
        return _faults(journal) >= weather.faults

    async with (
        asyncio.timeout(weather.seconds + _SETTLED),
        asyncio.TaskGroup() as group,
    ):
        for number, resident in enumerate(people):
            dice = random.Random(f"{weather.seed} {number}")  # noqa: S311 - guards nothing
            group.create_task(_live(resident, dice, weather.seconds, is_enough))
    faults.switch_off()
    await town.settles(_SETTLED)


async def _live(
    resident: Resident,
    dice: random.Random,
    seconds: float,
    is_enough: Callable[[], bool],
) -> None:
    """Do something again and again, and look for a moment what comes of it."""
    person, loop = resident.person, asyncio.get_running_loop()
    ends = loop.time() + seconds
    await asyncio.sleep(dice.uniform(0, seconds / 4))
    resident.opens()
    while loop.time() < ends or not is_enough():
        await _looks(resident, dice)
        if dice.random() < _BLOCKS:
            # What this is answered with meets a closed door.
            person.says(dice.choice(_TEXTS))
            person.blocks()
            await asyncio.sleep(dice.uniform(0, 3))
            person.unblocks()
        elif dice.random() < _WRITES or not (known := _answers(resident)):
            person.says(dice.choice(_TEXTS))
        else:
            person.touches(dice.choice(known))


async def _looks(resident: Resident, dice: random.Random) -> None:
    try:
        await resident.person.hears("", timeout=dice.uniform(1, 4))
    except NotSeenError:
        return
    await asyncio.sleep(dice.uniform(0.5, 4))


def _answers(resident: Resident) -> list[tuple[Bubble, BubbleButton]]:
    """List the buttons of the chat that answer a question, old ones too."""
    return [
        (bubble, button)
        for bubble in resident.person.phone.chat.newest_first()
        for row in bubble.buttons
        for button in row
        if isinstance(parse_tap(button.data or ""), AnswerTap)
    ]


def _problems(town: Town, people: list[Resident]) -> Iterator[str]:
    for resident in people:
        if not ends_with_question(town, resident):
            yield f"{resident.person.key}:\n{resident.person.screen()}"


def _faults(made: Iterable[Call]) -> int:
    return sum(not call.ok or call.fault is not None for call in made)


def _was_refused(result: object) -> bool:
    return isinstance(result, dict) and result.get("error_code") == _FORBIDDEN


def main() -> int:
    """Let one storm pass (`make soak`)."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab.chaos.soak")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311 - guards nothing
    parser.add_argument("--setup", choices=SETUPS, default=next(iter(SETUPS)))
    asked = parser.parse_args()
    weather = Storm(asked.people, asked.seconds, asked.seed)
    with tempfile.TemporaryDirectory(prefix="soak_") as folder:
        after = asyncio.run(storm(Path(folder), SETUPS[asked.setup], weather))
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print("\n".join(after.problems))
    console.print(
        f"--setup {asked.setup} --people {asked.people} --seconds {asked.seconds:g} "
        f"--seed {asked.seed}: {after.calls} calls, of which {after.faults} refused, "
        f"failed or lost and {after.blocked} to somebody who had blocked the bot; "
        f"{len(after.problems)} chats do not end with their question."
    )
    return 1 if after.problems else 0


if __name__ == "__main__":
    sys.exit(main())
