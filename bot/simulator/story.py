"""Performs a case on the phones, step by step, from a script that is data."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias, assert_never

from bot.catalogue import Catalogue
from bot.simulator.actions import CannotDoError
from bot.simulator.person import NotSeenError, Person
from bot.simulator.world import Letter, World

#: Phone key -> what its link carries, for a fresh case and fresh invitations.
Stage: TypeAlias = Mapping[str, str]
#: Makes a stage; the argument is the language in which it will be played.
Prepare: TypeAlias = Callable[[str], Awaitable[Stage]]

#: Slow enough to be watched, in milliseconds between two steps.
PACE_MS: Final = 1200
#: How long a step waits for the bot, in seconds.
STEP_PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Open the link that the stage holds for this phone."""


@dataclass(frozen=True, slots=True)
class Tap:
    """Tap the button whose label is this message; wait for it if need be.

    `{language}` in a message id stands for the language of the performance.
    """

    label: str


@dataclass(frozen=True, slots=True)
class Say:
    """Type these words, the same in every language: a name, a number."""

    words: str


@dataclass(frozen=True, slots=True)
class SayText:
    """Type the words of this message."""

    message_id: str


@dataclass(frozen=True, slots=True)
class ShareContact:
    """Share the own phone number, when the keyboard for it is there."""

    label: str


Action: TypeAlias = OpenLink | Tap | Say | SayText | ShareContact


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does, and the messages by id that are waited for.

    `hears` is waited for on the same phone, `then` (phone key, message id) on others.
    `caption` is the message that tells onlookers what goes on from here; it may name
    people as `{victim}`, by the keys of their phones.
    """

    phone: str
    action: Action
    hears: str | None = None
    then: tuple[tuple[str, str], ...] = ()
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A script, and how the stage for it is made."""

    prepare: Prepare
    script: Sequence[Step]
    pace_ms: int = PACE_MS
    patience: float = STEP_PATIENCE


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a performance is; `waited_for` tells a failed one's last wish."""

    state: Literal["idle", "running", "finished", "failed"] = "idle"
    language: str = ""
    step: int = 0
    steps: int = 0
    phone: str = ""
    caption: str = ""
    waited_for: str = ""


class Player:
    """Performs the story, one performance at a time."""

    def __init__(self, world: World, catalogue: Catalogue, story: Story | None) -> None:
        self.progress = Progress()
        self.story = story
        self._world = world
        self._catalogue = catalogue
        self._running: asyncio.Task[None] | None = None

    def start(self, language: str, pace_ms: int | None = None) -> None:
        """Begin a performance on fresh phones.

        Raises:
            CannotDoError: if one is running, or there is no story.
        """
        if self.story is None:
            raise CannotDoError("This simulator was started without a story.")
        if self.progress.state == "running":
            raise CannotDoError("The story is being played already.")
        story = self.story
        if pace_ms is not None:
            story = replace(story, pace_ms=pace_ms)
        self._tell(Progress("running", language, steps=len(story.script)))
        # Kept here, ended and awaited in stop().
        self._running = asyncio.get_running_loop().create_task(
            self._perform(story, language)
        )

    async def stop(self) -> None:
        """End the performance that is running, if any."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        if self.progress.state == "running":
            self._tell(Progress())

    async def reset(self, language: str) -> None:
        """Give everybody a new account, and make new letters if there is a story."""
        self._world.fresh_phones(language)
        self._world.clear_letters()
        if self.story is not None:
            for key, payload in (await self.story.prepare(language)).items():
                self._world.put_letter(Letter(key, "", payload))
        self._tell(Progress())

    async def finished(self) -> Progress:
        """Wait for the end of the performance and return how it ended."""
        while self.progress.state == "running":
            await self._world.changes.beyond(self._world.changes.version)
        return self.progress

    async def _perform(self, story: Story, language: str) -> None:
        try:
            self._world.fresh_phones(language)
            self._world.clear_letters()
            self._world.faults.switch_off()
            stage = await story.prepare(language)
            cast = self._cast(story)
            for number, step in enumerate(story.script, start=1):
                told = self._caption(step, language)
                at = replace(self.progress, step=number, phone=step.phone, caption=told)
                self._tell(at)
                await self._take(step, stage, cast, language)
                await asyncio.sleep(story.pace_ms / 1000)
        except (NotSeenError, CannotDoError, KeyError) as error:
            self._fail(str(error))
        except Exception as error:
            # Whatever a stage fails with, the page must not show a play that runs on.
            self._fail(type(error).__name__)
            raise
        else:
            self._tell(replace(self.progress, state="finished"))

    def _cast(self, story: Story) -> dict[str, Person]:
        patience = story.patience
        return {
            k: Person(self._world, k, patience=patience) for k in self._world.phones
        }

    async def _take(
        self, step: Step, stage: Stage, cast: Mapping[str, Person], language: str
    ) -> None:
        await self._act(cast[step.phone], step.action, stage, language)
        waits = [(step.phone, step.hears)] if step.hears else []
        for key, message_id in [*waits, *step.then]:
            await cast[key].hears(self.pattern(message_id, language))

    async def _act(
        self, person: Person, action: Action, stage: Stage, language: str
    ) -> None:
        match action:
            case OpenLink():
                person.open_link(stage[person.key])
            case Tap(label) | ShareContact(label):
                person.touches(await person.finds(self.pattern(label, language)))
            case Say(words):
                person.says(words)
            case SayText(message_id):
                person.says(self._catalogue.text(message_id, language))
            case _:
                assert_never(action)

    def _caption(self, step: Step, language: str) -> str:
        """Say what goes on; a step without a caption goes on with what went before."""
        if step.caption is None:
            return self.progress.caption
        names = {key: p.owner.first_name for key, p in self._world.phones.items()}
        needed = self._catalogue.needs(step.caption, language)
        known = {name: names[name] for name in needed}
        return self._catalogue.text(step.caption, language, **known)

    def pattern(self, message_id: str, language: str) -> re.Pattern[str]:
        """Return what a text looks like, whatever values are filled in."""
        gap = "\0"
        message_id = message_id.format(language=language)
        names = self._catalogue.needs(message_id, language)
        text = self._catalogue.text(message_id, language, **dict.fromkeys(names, gap))
        return re.compile(".*?".join(map(re.escape, text.split(gap))), re.DOTALL)

    def _fail(self, waited_for: str) -> None:
        self._tell(replace(self.progress, state="failed", waited_for=waited_for))

    def _tell(self, progress: Progress) -> None:
        self.progress = progress
        self._world.changes.up()
