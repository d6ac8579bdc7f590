"""What can be sent to somebody's chat, and how it is written into the outbox."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final, TypeAlias

#: The kinds that put a new message into a chat; the others change what stands there.
NEW: Final = ("send", "document")
#: No messenger that we write by may carry less in a button.
DATA_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what is read on it and what a tap sends back."""

    label: str
    data: str

    def __post_init__(self) -> None:
        """Refuse what no messenger would take, while the turn can still fail."""
        if not 1 <= len(self.data.encode()) <= DATA_BYTES:
            raise ValueError(f"A tap must be 1 to {DATA_BYTES} bytes: {self.data!r}.")


@dataclass(frozen=True, slots=True)
class Send:
    """A new message.

    `share_label` puts a button under the typing field that shares the person's own
    phone number; `drop_keyboard` takes it away. Both exclude buttons.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    share_label: str | None = None
    drop_keyboard: bool = False
    #: The message cannot be forwarded or saved.
    protect: bool = False
    #: The phone makes no sound.
    silent: bool = False

    def __post_init__(self) -> None:
        """Refuse two keyboards in one message: it takes only one."""
        if bool(self.buttons) + bool(self.share_label) + self.drop_keyboard > 1:
            raise ValueError("A message carries one kind of keyboard.")


@dataclass(frozen=True, slots=True)
class Document:
    """A new message with a file in it, and a few words; the phone makes no sound."""

    name: str
    content: str
    caption: str


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for a message that was sent, by its key; it loses its buttons."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Close:
    """Takes the buttons from the message of a row, but for these; its words stay."""

    of: int
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """Leaves nothing to read of the message of a row that is too old to delete."""

    of: int


@dataclass(frozen=True, slots=True)
class Delete:
    """Takes messages out of the chat, by their keys, while they can be deleted."""

    keys: tuple[str, ...]


Outgoing: TypeAlias = Send | Document | Edit | Close | Blank | Delete


def kind_of(message: Outgoing) -> str:
    """Name the kind of a message as the outbox keeps it."""
    return type(message).__name__.lower()


def packed(message: Outgoing) -> str:
    """Write a message as text."""
    return json.dumps(message, ensure_ascii=False, default=_fields)


def _fields(one: Outgoing | Button) -> dict[str, object]:
    # `asdict` would copy every part of it as well, and `fields` make a list each time.
    names = one.__slots__
    return dict(zip(names, map(getattr, repeat(one), names), strict=True))


def unpacked(kind: str, text: str) -> Outgoing:
    """Read what `packed` wrote; raises `ValueError` for an unknown kind."""
    values = json.loads(text)
    match kind:
        case "send":
            buttons = _buttons(values.pop("buttons"))
            return Send(**values, buttons=buttons)
        case "document":
            return Document(**values)
        case "edit":
            # What an earlier version wrote names Telegram's number.
            key = values.get("key", values.get("message_id"))
            return Edit(values["text"], str(key))
        case "close":
            # One of an earlier version names none.
            return Close(values["of"], _buttons(values.get("buttons", ())))
        case "blank":
            return Blank(**values)
        case "delete":
            keys = values.get("keys", values.get("message_ids", ()))
            return Delete(tuple(map(str, keys)))
        case _:
            raise ValueError(f"The outbox holds a message of unknown kind {kind!r}.")


def _buttons(
    rows: Sequence[Sequence[Mapping[str, str]]],
) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(**button) for button in row) for row in rows)
