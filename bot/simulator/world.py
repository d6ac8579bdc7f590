"""The one state of the simulator: phones, chats, and what waits for the bot."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.simulator import objects
from bot.simulator.account import Account
from bot.simulator.bubbles import Bubble, BubbleJson, Chat
from bot.simulator.changes import Changes
from bot.simulator.clock import MovableTimeSource, TimeSource
from bot.simulator.faults import Faults
from bot.simulator.journal import Journal
from bot.simulator.phones import CAST, Owner, Phone
from bot.simulator.queries import Queries
from bot.simulator.updates import UpdateQueue

#: Present-day accounts have ten digits and do not fit in 32 bits.
FIRST_USER_ID: Final = 5_120_000_000


@dataclass(frozen=True, slots=True)
class ReadyLink:
    """A link that lies ready for somebody: a role, a case reference, the payload."""

    role: str
    reference: str
    payload: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that the bot has sent."""

    name: str
    media_type: str
    content: bytes


class World:
    """People, chats and messages, in memory.

    Ids start from the clock, so that a bot whose database outlives the simulator meets
    new people and new updates after a restart.
    """

    def __init__(
        self,
        clock: TimeSource | None = None,
        *,
        account: Account | None = None,
        seed: int | None = None,
    ) -> None:
        self.clock = clock or MovableTimeSource()
        self.account = account or Account()
        start = int(self.clock.now().timestamp())
        self.changes = Changes()
        self.faults = Faults(seed)
        self.journal = Journal()
        self.queries = Queries(start * 1_000_003)
        self.updates = UpdateQueue(
            self.clock, self.faults, self.changes, start % 800_000_000
        )
        self.phones: dict[str, Phone] = {}
        self.chats: dict[int, Chat] = {}
        self.letters: list[ReadyLink] = []
        self.files: dict[str, StoredFile] = {}
        #: Whether somebody at the page has done anything on these phones.
        self.by_hand = False
        self._next_user_id = FIRST_USER_ID + start % 1_000_000_000
        self._last_message_id = 0

    def add_phone(self, owner: Owner, language_code: str = "da") -> Phone:
        """Give somebody a phone with a new account; an old one of that key is gone."""
        if owner.key in self.phones:
            del self.chats[self.phones[owner.key].user_id]
        user_id = self._next_user_id
        self._next_user_id += 7_919
        chat = self.chats[user_id] = Chat(user_id)
        phone = Phone(owner, user_id, language_code, chat)
        self.phones[owner.key] = phone
        self.changes.up()
        return phone

    def fresh_phones(
        self, language_code: str, owners: Iterable[Owner] | None = None
    ) -> None:
        """Start again with new accounts; what was under way is dropped."""
        owners = owners or [p.owner for p in self.phones.values()] or CAST
        for owner in list(owners):
            self.add_phone(owner, language_code)
        self.updates.drop()
        self.queries.clear()
        self.by_hand = False

    def put_letter(self, letter: ReadyLink) -> None:
        """Lay a link ready; one that lies there already is not doubled."""
        if all(letter.payload != other.payload for other in self.letters):
            self.letters.append(letter)
            self.changes.up()

    def clear_letters(self) -> None:
        """Take all letters away."""
        self.letters.clear()
        self.changes.up()

    def phone_of(self, chat_id: int) -> Phone | None:
        """Return the phone whose private chat this is."""
        found = (p for p in self.phones.values() if p.user_id == chat_id)
        return next(found, None)

    def next_message_id(self, chat: Chat | None = None) -> int:
        """Return the number of a message that the server gets now.

        The messages of all private chats are counted together, ours and theirs; a
        group, which is always a supergroup here, counts its own.
        """
        if chat is not None and not chat.private:
            chat.counted += 1
            return chat.counted
        self._last_message_id += 1
        return self._last_message_id

    def put_bubble(self, chat: Chat, bubble: Bubble) -> Bubble:
        """Show a message, in place of the one with its id if there is one."""
        shown = replace(bubble, changed=self.changes.version + 1)
        chat.bubbles[shown.message_id] = shown
        self.changes.up()
        return shown

    def remove_bubble(self, chat: Chat, message_id: int) -> None:
        """Take a message away, and the reply keyboard that came with it."""
        chat.bubbles.pop(message_id, None)
        if chat.keyboard is not None and chat.keyboard.message_id == message_id:
            chat.keyboard = None
        self.changes.up()

    def chat_json(self, chat: Chat) -> BubbleJson:
        """Return a chat as a bot sees it."""
        return objects.chat(chat, self.phone_of(chat.chat_id))

    def message_json(
        self, chat: Chat, bubble: Bubble, sender: Phone | None
    ) -> BubbleJson:
        """Return a message as a bot sees it; without a sender it is the bot's own."""
        made = self._bare_json(chat, bubble, sender)
        replied = chat.bubbles.get(bubble.reply_to or 0)
        if replied is not None:
            author = None if replied.author == "bot" else self.phone_of(chat.chat_id)
            made["reply_to_message"] = self._bare_json(chat, replied, author)
        return made

    def _bare_json(
        self, chat: Chat, bubble: Bubble, sender: Phone | None
    ) -> BubbleJson:
        """Return a message without what it replies to: there is no second step."""
        author = self.account.user() if sender is None else objects.user(sender)
        return objects.message(self.chat_json(chat), author, bubble)
