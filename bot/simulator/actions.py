"""What people do with their phones, and the updates that this makes."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from bot.simulator import objects
from bot.simulator.bubbles import Bubble, BubbleButton, BubbleJson, Chat, ReplyButton
from bot.simulator.faults import FaultKind
from bot.simulator.phones import Note, Phone
from bot.simulator.texts import LONGEST_TEXT, Cut, cleaned, length, pieces
from bot.simulator.world import World

_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{0,64}")
#: Somebody else's number, for a contact that is not the sender's own.
_FOREIGN: Final = {"phone_number": "+4526318475", "first_name": "Mikkel"}

#: So long the words of a message can be changed by whoever has written them.
CHANGEABLE: Final = timedelta(hours=48)


class CannotDoError(Exception):
    """Something that this phone cannot do now; the message says why."""


@dataclass(frozen=True, slots=True)
class SentContent:
    """What is sent: what the bubble shows, the kind, and Telegram's fields for it."""

    text: str
    kind: str = "text"
    content: BubbleJson = field(default_factory=dict)
    #: The number of the message that it replies to.
    reply_to: int | None = None

    def bearing(self, **content: object) -> "SentContent":
        """Return the same words with further fields of Telegram's."""
        return replace(self, content={**self.content, **content})


def start(world: World, phone: Phone, payload: str = "") -> Bubble:
    """Open the bot, through a link if there is a payload, and press Start."""
    if not _PAYLOAD.fullmatch(payload):
        raise CannotDoError("A start link holds at most 64 of A-Z a-z 0-9 _ and -.")
    unblock(world, phone)
    phone.started = True
    return _send(world, phone, SentContent(f"/start {payload}".strip()))


def say(world: World, phone: Phone, text: str, cut: Cut = Cut.EXACT) -> list[Bubble]:
    """Write to the bot; what is too long for one message is sent as several.

    Without a network it waits on the phone, and nothing is sent.
    """
    parts = pieces(text, cut)
    if not parts:
        raise CannotDoError("There is nothing to send.")
    if phone.offline:
        phone.unsent += parts
        world.changes.up()
        return []
    can_write(phone)
    return [_send(world, phone, SentContent(part)) for part in parts]


def lose_network(world: World, phone: Phone) -> None:
    """Take the network away: what is written from now on waits on the phone."""
    phone.offline = True
    world.changes.up()


def find_network(world: World, phone: Phone) -> list[Bubble]:
    """Bring the network back, and send what has waited, all of it now.

    It is numbered and dated when the server gets it; nothing tells the bot that it
    was written earlier.
    """
    phone.offline = False
    waited, phone.unsent = phone.unsent, []
    world.changes.up()
    return [_send(world, phone, SentContent(part)) for part in waited]


def tap(world: World, phone: Phone, bubble: Bubble, button: BubbleButton) -> None:
    """Tap a button under a message, perhaps as it looked a moment ago."""
    if button.data is None:
        raise CannotDoError(f"The button {button.text} opens an address.")
    can_write(phone)
    _query(world, phone, bubble, button.data)
    if world.faults.take(FaultKind.RESENT_TAP, phone=phone.key):
        _query(world, phone, bubble, button.data)


def press(world: World, phone: Phone, button: ReplyButton) -> None:
    """Use a button of the reply keyboard."""
    keyboard = phone.chat.keyboard
    if button.asks_for == "contact":
        share_contact(world, phone, own=True)
    else:
        say(world, phone, button.text)
    if keyboard is not None and keyboard.one_time:
        phone.chat.keyboard = None


def share_contact(world: World, phone: Phone, *, own: bool) -> Bubble:
    """Send a contact; only one's own carries the account it belongs to."""
    can_write(phone)
    contact: BubbleJson = dict(_FOREIGN)
    if own:
        contact = {
            "phone_number": phone.owner.number,
            "first_name": phone.owner.first_name,
            "user_id": phone.user_id,
        }
    words = SentContent(str(contact["phone_number"]), "contact", {"contact": contact})
    return _send(world, phone, words)


def edit(world: World, phone: Phone, text: str, bubble: Bubble | None = None) -> Bubble:
    """Change a text that the person has written, the newest if none is named."""
    if bubble is None:
        bubble = next(filter(is_own_text, phone.chat.newest_first()), None)
    if bubble is None or not is_own_text(bubble):
        raise CannotDoError("There is no text of one's own to change.")
    can_change(world, bubble)
    text = cleaned(text)
    if not 0 < length(text) <= LONGEST_TEXT:
        raise CannotDoError(f"A text has 1 to {LONGEST_TEXT} characters.")
    return change(world, phone, replace(bubble, text=text))


def can_change(world: World, bubble: Bubble) -> None:
    """Refuse to change words that are too old.

    Raises:
        CannotDoError: if Telegram lets nobody change them any more.
    """
    if world.clock.now() - bubble.sent_at >= CHANGEABLE:
        raise CannotDoError("After 48 hours Telegram lets nobody change their words.")


def change(
    world: World, phone: Phone, bubble: Bubble, *, hidden: bool = False
) -> Bubble:
    """Put a bubble in the place of what it was, and tell the bot of an edit.

    A hidden edit bears no date: nobody sees on the phone that there was one.
    """
    can_write(phone)
    if not hidden:
        bubble = replace(bubble, edited_at=world.clock.now())
    changed = world.put_bubble(phone.chat, bubble)
    made = world.message_json(phone.chat, changed, phone)
    world.updates.put("edited_message", made, queue=str(phone.user_id))
    return changed


def write_in_group(world: World, phone: Phone, title: str, text: str) -> Bubble:
    """Add the bot to a group of the person's, and write there."""
    chat_id = -1_000_000_000_000 - phone.user_id
    group = world.chats.get(chat_id)
    if group is None:
        group = world.chats[chat_id] = Chat(chat_id, title)
        _membership(world, group, phone, "left>member")
    return _put(world, group, phone, SentContent(text))


def forward(world: World, phone: Phone, message_id: int, to: Phone) -> None:
    """Send a message on to another person, past the bot."""
    bubble = phone.chat.bubbles.get(message_id)
    if bubble is None:
        raise CannotDoError("That message is not on this phone.")
    if bubble.protected:
        raise CannotDoError("This message is protected and cannot be forwarded.")
    note_id = world.next_message_id()
    to.notes.append(Note(note_id, phone.key, world.clock.now(), bubble.text))
    world.changes.up()


def delete(world: World, phone: Phone, message_ids: list[int]) -> None:
    """Delete messages for both sides; the bot is not told."""
    for message_id in message_ids:
        world.remove_bubble(phone.chat, message_id)


def block(world: World, phone: Phone) -> None:
    """Block the bot; it is told."""
    if not phone.blocked:
        phone.blocked = True
        _membership(world, phone.chat, phone, "member>kicked")


def unblock(world: World, phone: Phone) -> None:
    """Let the bot write again; it is told."""
    if phone.blocked:
        phone.blocked = False
        _membership(world, phone.chat, phone, "kicked>member")


def read(world: World, phone: Phone) -> None:
    """Look at the chat, so that nothing is unread."""
    if phone.unread:
        phone.read_up_to = max(phone.chat.bubbles)
        world.changes.up()


def send(world: World, phone: Phone, words: SentContent) -> Bubble:
    """Send something of any kind."""
    can_write(phone)
    return _send(world, phone, words)


def can_write(phone: Phone) -> None:
    """Refuse where nothing can be sent.

    Raises:
        CannotDoError: if the chat is not open, is blocked, or there is no network.
    """
    if not phone.started:
        raise CannotDoError("Press Start first: nobody has opened this chat.")
    if phone.blocked:
        raise CannotDoError("This phone has blocked the bot; unblock it first.")
    if phone.offline:
        raise CannotDoError("This phone has no network; only texts wait on it.")


def is_own_text(bubble: Bubble) -> bool:
    """Tell whether the person can still change it: a text that they wrote here."""
    is_command = bubble.text.startswith("/")
    elsewhere = {"forward_origin", "via_bot"} & bubble.content.keys()
    is_text = bubble.author == "person" and bubble.kind == "text"
    return is_text and not is_command and not elsewhere


def _send(world: World, phone: Phone, words: SentContent) -> Bubble:
    return _put(world, phone.chat, phone, words)


def _put(world: World, chat: Chat, phone: Phone, words: SentContent) -> Bubble:
    bubble = world.put_bubble(
        chat,
        Bubble(
            message_id=world.next_message_id(chat),
            author="person",
            sent_at=world.clock.now(),
            text=words.text,
            kind=words.kind,
            content=words.content,
            reply_to=words.reply_to,
        ),
    )
    made = world.message_json(chat, bubble, phone)
    world.updates.put("message", made, queue=str(chat.chat_id))
    return bubble


def _query(world: World, phone: Phone, bubble: Bubble, data: str) -> None:
    query = world.queries.ask(phone.key, world.clock.now())
    shown = phone.chat.bubbles.get(bubble.message_id)
    where = world.chat_json(phone.chat)
    body: BubbleJson = {
        "id": query.query_id,
        "from": objects.user(phone),
        "chat_instance": str(phone.user_id * 31),
        "message": objects.inaccessible(where, bubble.message_id)
        if shown is None
        else world.message_json(phone.chat, shown, None),
        "data": data,
    }
    world.updates.put("callback_query", body, queue=f"{phone.user_id} taps")


def _membership(world: World, chat: Chat, phone: Phone, change: str) -> None:
    made = objects.member_change(
        world.chat_json(chat),
        objects.user(phone),
        world.account.user(),
        world.clock.now(),
        change,
    )
    world.updates.put("my_chat_member", made, queue=str(chat.chat_id))
    world.changes.up()
