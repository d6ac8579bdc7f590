"""What a story is made of: a script that is data, and the stage it is played on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from bot.simulator.actions import CannotDoError

#: Slow enough to be watched, in milliseconds between two steps.
PACE_MS: Final = 1200
#: How long a step waits for the bot, in seconds.
STEP_PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Stage:
    """What a performance begins with: a fresh case and fresh invitations."""

    #: Phone key -> what the link for that phone carries.
    letters: Mapping[str, str]
    #: What stands in a script as `{name}`, such as the reference of the case.
    words: Mapping[str, str] = field(default_factory=dict)


#: Makes a stage; the argument is the language in which it will be played.
Prepare: TypeAlias = Callable[[str], Awaitable[Stage]]
#: Does what a coordinator types, given word by word.
StoryDesk: TypeAlias = Callable[[Sequence[str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Open the link that the stage holds for this phone."""


@dataclass(frozen=True, slots=True)
class OpenForwarded:
    """Open the link in what somebody has sent on to this phone."""


@dataclass(frozen=True, slots=True)
class StoryTap:
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


@dataclass(frozen=True, slots=True)
class Forward:
    """Send the oldest bubble that says this message on to another phone, by its key."""

    message_id: str
    to: str


@dataclass(frozen=True, slots=True)
class Command:
    """Type this at the coordinator's desk, behind the name of the program."""

    words: str


Action: TypeAlias = (
    OpenLink
    | OpenForwarded
    | StoryTap
    | Say
    | SayText
    | ShareContact
    | Forward
    | Command
)


@dataclass(frozen=True, slots=True)
class StoryStep:
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


async def no_desk(words: Sequence[str]) -> None:
    """Refuse what is typed where nobody has a desk.

    Raises:
        CannotDoError: always.
    """
    raise CannotDoError(f"Nobody has a desk here to type {' '.join(words)!r} at.")


@dataclass(frozen=True, slots=True)
class Story:
    """A script, how the stage for it is made, and where its commands are typed."""

    prepare: Prepare
    script: Sequence[StoryStep]
    desk: StoryDesk = no_desk
    pace_ms: int = PACE_MS
    patience: float = STEP_PATIENCE
