"""Performs a story on the phones, step by step."""

import asyncio
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, assert_never

from bot.catalogue import Catalogue
from bot.simulator.actions import CannotDoError
from bot.simulator.pace import StoryPace
from bot.simulator.person import NotSeenError, PhoneUser
from bot.simulator.story import (
    Action,
    Command,
    Forward,
    OpenForwarded,
    OpenLink,
    Say,
    SayText,
    ShareContact,
    Stage,
    Story,
    StoryStep,
    StoryTap,
)
from bot.simulator.world import ReadyLink, World

#: A caption or a command is read more slowly than a button: so many pauses follow it.
_READING_PAUSES: Final = 4
_PROGRAM: Final = "konfliktraad"


@dataclass(frozen=True, slots=True)
class StoryPart:
    """What onlookers are told of one part, and what is typed at the desk in it."""

    caption: str
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryProgress:
    """How far a performance is; `waited_for` tells a failed one's last wish."""

    state: Literal["idle", "running", "finished", "failed", "stopped"] = "idle"
    story: str = ""
    language: str = ""
    step: int = 0
    steps: int = 0
    phone: str = ""
    #: Another number for each performance; 0 while there is none.
    performance: int = 0
    #: All parts so far: who looks only now and then misses none.
    told: tuple[StoryPart, ...] = ()
    waited_for: str = ""
    paused: bool = False
    slow: bool = False


class Player:
    """Performs one of the stories, one performance at a time."""

    def __init__(
        self, world: World, catalogue: Catalogue, stories: Mapping[str, Story]
    ) -> None:
        self.progress = StoryProgress()
        #: By name; the first one is played where none is named.
        self.stories = stories
        self._world = world
        self._catalogue = catalogue
        self._running: asyncio.Task[None] | None = None
        self._performances = 0
        self._pace = StoryPace(world.changes)
        self._stage = Stage({})

    def start(
        self, language: str, pace_ms: int | None = None, story: str | None = None
    ) -> None:
        """Begin a performance on fresh phones.

        Raises:
            CannotDoError: if one is running, or there is no such story.
        """
        if not self.stories:
            raise CannotDoError("This simulator was started without a story.")
        name = story or next(iter(self.stories))
        if name not in self.stories:
            raise CannotDoError(f"A story is one of: {', '.join(self.stories)}.")
        if self.progress.state == "running":
            raise CannotDoError("The story is being played already.")
        chosen = self.stories[name]
        if pace_ms is not None:
            chosen = replace(chosen, pace_ms=pace_ms)
        self._performances += 1
        steps, number = len(chosen.script), self._performances
        self._pace, self._stage = StoryPace(self._world.changes), Stage({})
        self._tell(
            StoryProgress("running", name, language, steps=steps, performance=number)
        )
        # Kept here, ended and awaited in stop().
        self._running = asyncio.get_running_loop().create_task(
            self._perform(chosen, language)
        )

    async def stop(self) -> None:
        """End the performance that is running, if any; the phones stay as they are."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        if self.progress.state == "running":
            self._leave_letters()
            self._tell(replace(self.progress, state="stopped", paused=False))

    def go(self, how: Callable[[StoryPace], None]) -> None:
        """Let the performance that is running go on in another way.

        Raises:
            CannotDoError: if none is running.
        """
        if self.progress.state != "running":
            raise CannotDoError("No story is being played.")
        how(self._pace)
        paused, slow = self._pace.paused, self._pace.slow
        self._tell(replace(self.progress, paused=paused, slow=slow))

    async def reset(self, language: str) -> None:
        """Give everybody a new account, and make new letters if there is a story."""
        self._world.fresh_phones(language)
        self._world.clear_letters()
        for story in [*self.stories.values()][:1]:
            stage = await story.prepare(language)
            for key, payload in stage.letters.items():
                self._world.put_letter(ReadyLink(key, "", payload))
        self._tell(StoryProgress())

    async def finished(self) -> StoryProgress:
        """Wait for the end of the performance and return how it ended."""
        while self.progress.state == "running":
            await self._world.changes.beyond(self._world.changes.version)
        return self.progress

    async def _perform(self, story: Story, language: str) -> None:
        try:
            self._world.fresh_phones(language)
            self._world.clear_letters()
            self._world.faults.switch_off()
            self._stage = stage = await story.prepare(language)
            cast = self._cast(story)
            for number, step in enumerate(story.script, start=1):
                await self._pace.may_step()
                self._tell(self._at(number, step, stage, language))
                await self._take(step, story, stage, cast)
                await self._pace.rest(_pauses(step) * story.pace_ms / 1000)
        except (NotSeenError, CannotDoError, KeyError) as error:
            self._fail(str(error))
        except Exception as error:
            # Whatever a stage fails with, the page must not show a play that runs on.
            self._fail(type(error).__name__)
            raise
        else:
            self._tell(replace(self.progress, state="finished"))

    def _leave_letters(self) -> None:
        """Lay ready what a story that was stopped has not opened."""
        for key, payload in self._stage.letters.items():
            if not self._world.phones[key].started:
                self._world.put_letter(ReadyLink(key, "", payload))

    def _cast(self, story: Story) -> dict[str, PhoneUser]:
        patience = story.patience
        return {
            k: PhoneUser(self._world, k, patience=patience) for k in self._world.phones
        }

    def _at(
        self, number: int, step: StoryStep, stage: Stage, language: str
    ) -> StoryProgress:
        """Say where the performance is; what a part began with stays until the next."""
        told = list(self.progress.told)
        if step.caption is not None:
            told.append(StoryPart(self._caption(step.caption, language)))
        if isinstance(step.action, Command):
            typed = f"{_PROGRAM} {step.action.words.format_map(stage.words)}"
            last = told.pop() if told else StoryPart("")
            told.append(replace(last, typed=(*last.typed, typed)))
        return replace(self.progress, step=number, phone=step.phone, told=tuple(told))

    async def _take(
        self, step: StoryStep, story: Story, stage: Stage, cast: Mapping[str, PhoneUser]
    ) -> None:
        match step.action:
            case Command(words):
                await story.desk(shlex.split(words.format_map(stage.words)))
            case action:
                await self._act(cast[step.phone], action, stage)
        waits = [(step.phone, step.hears)] if step.hears else []
        for key, message_id in [*waits, *step.then]:
            await cast[key].hears(self._seen(message_id))

    async def _act(self, person: PhoneUser, action: Action, stage: Stage) -> None:
        match action:
            case OpenLink():
                person.open_link(stage.letters[person.key])
            case OpenForwarded():
                person.opens_what_was_sent_on()
            case StoryTap(label) | ShareContact(label):
                person.touches(await person.finds(self._seen(label)))
            case Say(words):
                person.says(words.format_map(stage.words))
            case SayText(message_id):
                person.says(self._catalogue.text(message_id, self.progress.language))
            case Forward(message_id, to):
                person.sends_on(self._seen(message_id), to)
            case Command():
                raise CannotDoError("A command is typed at the desk, on no phone.")
            case _:
                assert_never(action)

    def _caption(self, message_id: str, language: str) -> str:
        """Say what goes on, with the names of the people."""
        names = {key: p.owner.first_name for key, p in self._world.phones.items()}
        needed = self._catalogue.needs(message_id, language)
        known = {name: names[name] for name in needed}
        return self._catalogue.text(message_id, language, **known)

    def _seen(self, message_id: str) -> re.Pattern[str]:
        return self.pattern(message_id, self.progress.language)

    def pattern(self, message_id: str, language: str) -> re.Pattern[str]:
        """Return what a text looks like, whatever values are filled in."""
        gap = "\0"
        message_id = message_id.format(language=language)
        names = self._catalogue.needs(message_id, language)
        text = self._catalogue.text(message_id, language, **dict.fromkeys(names, gap))
        return re.compile(".*?".join(map(re.escape, text.split(gap))), re.DOTALL)

    def _fail(self, waited_for: str) -> None:
        self._tell(replace(self.progress, state="failed", waited_for=waited_for))

    def _tell(self, progress: StoryProgress) -> None:
        self.progress = progress
        self._world.changes.up()


def _pauses(step: StoryStep) -> int:
    """Count the pauses after a step."""
    read = step.caption is not None or isinstance(step.action, Command)
    return _READING_PAUSES if read else 1
