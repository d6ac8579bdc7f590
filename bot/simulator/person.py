"""A person with a phone, for tests and for the story: says, taps, hears."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Concatenate, Final, ParamSpec, TypeAlias, TypeVar

from bot.simulator import actions, albums, edits, live_location, origins, replies, sight
from bot.simulator.bubbles import Bubble, ReplyButton
from bot.simulator.links import payload_of
from bot.simulator.origins import ForwardOrigin
from bot.simulator.phones import Phone
from bot.simulator.sight import Sought, Touchable
from bot.simulator.texts import Cut
from bot.simulator.unusable_messages import send_oddment
from bot.simulator.world import World

Found = TypeVar("Found")
Arguments = ParamSpec("Arguments")

#: Ends a wait with a TimeoutError, after so many seconds at most.
Limit: TypeAlias = Callable[[float], AbstractAsyncContextManager[object]]

#: How long a person waits for the bot if the test does not say otherwise, in seconds.
PATIENCE: Final = 5.0


class NotSeenError(Exception):
    """What a person looked for is not on the phone; the message shows what is."""


class PhoneUser:
    """Somebody in front of a phone of this world.

    `hears` looks at what came or changed since the person last did something, so that
    an answer is never mistaken for an earlier one with the same words.
    """

    def __init__(self, world: World, key: str, *, patience: float = PATIENCE) -> None:
        self.world = world
        self.key = key
        self.patience = patience
        #: Ends a wait; one that knows when nothing will come any more ends it early.
        self.limit: Limit = asyncio.timeout
        self._since = 0

    @property
    def phone(self) -> Phone:
        """The phone that this person has now."""
        return self.world.phones[self.key]

    def open_link(self, token_or_url: str = "") -> None:
        """Open the bot through a link or its token, or without one, and press Start."""
        self._act()
        actions.start(self.world, self.phone, payload_of(token_or_url))

    def does(
        self,
        gesture: Callable[Concatenate[World, Phone, Arguments], Found],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Found:
        """Do with the phone what one of the simulator's functions does."""
        self._act()
        return gesture(self.world, self.phone, *args, **kwargs)

    def says(self, text: str, cut: Cut = Cut.EXACT) -> None:
        """Write something."""
        self.does(actions.say, text, cut)

    def says_through_a_bot(self, text: str) -> Bubble:
        """Send what another bot has offered while this person was typing."""
        return self.does(origins.say_through_bot, text)

    def says_as_scheduled(self, text: str) -> Bubble:
        """Let a text come now that was written earlier."""
        return self.does(origins.say_as_scheduled, text)

    def forwards(
        self, *texts: str, of: ForwardOrigin = ForwardOrigin.PERSON
    ) -> list[Bubble]:
        """Send messages of another chat on to the bot, each as one of its own."""
        return self.does(origins.forward_to_bot, *texts, origin=of)

    def forwards_back(self, *bubbles: Bubble) -> list[Bubble]:
        """Send messages of this chat to the bot once more."""
        return self.does(origins.forward_from_here, *bubbles)

    def replies(self, to: Bubble, text: str, quote: str = "") -> Bubble:
        """Reply to a message of this chat, or to what is quoted of it."""
        return self.does(replies.reply, to, text, quote)

    def replies_from_elsewhere(
        self, text: str, of: ForwardOrigin = ForwardOrigin.PERSON, quote: str = ""
    ) -> Bubble:
        """Reply here to a message of another chat."""
        return self.does(replies.reply_from_elsewhere, text, of, quote)

    def edits(self, text: str, bubble: Bubble | None = None) -> Bubble:
        """Change a text, the newest own one if none is named."""
        return self.does(actions.edit, text, bubble)

    def edits_caption(self, bubble: Bubble, caption: str) -> Bubble:
        """Change the words under a picture."""
        return self.does(edits.edit_caption, bubble, caption)

    def edits_no_word(
        self, bubble: Bubble | None = None, *, hidden: bool = True
    ) -> Bubble:
        """Let Telegram tell of an edit in which no word has changed."""
        return self.does(edits.edit_no_word, bubble, hidden=hidden)

    def sends(self, kind: str, text: str = "") -> None:
        """Send something of any kind: a checklist, a remark of Telegram's."""
        self.does(send_oddment, kind, text)

    def sends_album(self, count: int = 3, caption: str = "") -> list[Bubble]:
        """Send so many photos at once."""
        return self.does(albums.send_album, count, caption)

    def shares_live_location(self) -> Bubble:
        """Begin to share where the phone is."""
        return self.does(live_location.share_live_location)

    def moves(self) -> Bubble:
        """Be somewhere else; the phone tells so by itself, so nothing was done."""
        return live_location.move(self.world, self.phone)

    def stops_sharing(self) -> Bubble:
        """Share the live location no longer."""
        return self.does(live_location.stop_sharing)

    def loses_network(self) -> None:
        """Have no network: what is written waits on the phone."""
        self.does(actions.lose_network)

    def finds_network(self) -> list[Bubble]:
        """Have a network again: what has waited is sent now."""
        return self.does(actions.find_network)

    def writes_in_group(self, text: str, title: str = "Familien") -> Bubble:
        """Write in a group that the bot is in."""
        return self.does(actions.write_in_group, title, text)

    def taps(self, label: Sought, *, on: Bubble | None = None) -> None:
        """Tap the newest button with this label.

        With `on`, a bubble that was seen earlier, its buttons of that time are used: a
        tap on a button that the bot has just taken away.

        Raises:
            NotSeenError: if there is no such button; lists those that there are.
        """
        touchable = (
            sight.button(self.phone, label)
            if on is None
            else sight.button_on(on, label)
        )
        if touchable is None:
            raise NotSeenError(
                f"{self.key} finds no button {sight.named(label)}. Buttons to tap: "
                f"{self.labels()}.\n{self.screen()}"
            )
        self.touches(touchable)

    def touches(self, touchable: Touchable) -> None:
        """Tap exactly this button."""
        self._act()
        if isinstance(touchable, ReplyButton):
            actions.press(self.world, self.phone, touchable)
        elif touchable[1].url is not None:
            self.open_link(touchable[1].url)
        else:
            actions.tap(self.world, self.phone, *touchable)

    def shares_contact(self, *, own: bool = True) -> None:
        """Send the own contact, or somebody else's."""
        self._act()
        actions.share_contact(self.world, self.phone, own=own)

    def blocks(self) -> None:
        """Block the bot."""
        self._act()
        actions.block(self.world, self.phone)

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._act()
        actions.unblock(self.world, self.phone)

    def sends_on(self, wanted: Sought, to: str) -> None:
        """Send the oldest message of the bot that says this on to another phone.

        Raises:
            NotSeenError: if there is none.
            CannotDoError: if it is protected.
        """
        for bubble in self.phone.chat.bubbles.values():
            if bubble.author == "bot" and sight.says(bubble.text, wanted):
                self._act()
                there = self.world.phones[to]
                return actions.forward(self.world, self.phone, bubble.message_id, there)
        raise NotSeenError(f"{self.key} has nothing that says {sight.named(wanted)}.")

    def opens_what_was_sent_on(self) -> None:
        """Open the link in the newest message that somebody has sent on to this phone.

        Raises:
            NotSeenError: if nobody has sent anything on.
        """
        if not self.phone.notes:
            raise NotSeenError(f"Nobody has sent anything on to {self.key}.")
        self.open_link(self.phone.notes[-1].text)

    def reads(self) -> list[Bubble]:
        """Look at the whole chat, oldest first; nothing is unread afterwards."""
        actions.read(self.world, self.phone)
        return list(self.phone.chat.bubbles.values())

    def last(self) -> Bubble:
        """Return the newest bubble from the bot.

        Raises:
            NotSeenError: if there is none.
        """
        for bubble in self.phone.chat.newest_first():
            if bubble.author == "bot":
                return bubble
        raise NotSeenError(f"{self.key} has nothing from the bot.")

    def labels(self) -> list[str]:
        """Return what can be tapped, newest message first, then the keyboard below."""
        return [
            *(label for b in self.phone.chat.newest_first() for label in b.labels),
            *(button.text for button in sight.keys_below(self.phone)),
        ]

    async def hears(self, wanted: Sought, timeout: float | None = None) -> Bubble:  # noqa: ASYNC109 - part of how a test reads
        """Wait until the bot has said this since the person last did something.

        Raises:
            NotSeenError: if it does not within the time; shows the chat.
        """
        return await self._until(
            lambda: sight.message(self.phone, wanted, self._since),
            sight.named(wanted),
            timeout,
        )

    async def finds(
        self,
        label: Sought,
        timeout: float | None = None,  # noqa: ASYNC109 - likewise
    ) -> Touchable:
        """Wait until there is a button with this label."""
        what = f"the button {sight.named(label)}"
        return await self._until(lambda: sight.button(self.phone, label), what, timeout)

    async def notices(self, wanted: Sought, timeout: float | None = None) -> str:  # noqa: ASYNC109 - likewise
        """Wait until a tap is answered with a short line that says this."""
        what = f"the notice {sight.named(wanted)}"
        return await self._until(
            lambda: sight.notice(self.phone, wanted, self._since), what, timeout
        )

    async def misses(self, wanted: Sought, timeout: float | None = None) -> None:  # noqa: ASYNC109 - likewise
        """Wait until no bubble of either side says this any more."""
        what = f"{sight.named(wanted)} to go away"
        await self._until(
            lambda: not sight.stands(self.phone, wanted) or None, what, timeout
        )

    async def waits_for_the_bot(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - likewise
        """Wait until the bot has taken every update; its answers may still come."""
        what = "the bot to take what waits for it"
        updates = self.world.updates
        await self._until(lambda: updates.all_taken() or None, what, timeout)

    def screen(self) -> str:
        """Return the newest part of the chat as text, for messages about failures."""
        return sight.screen(self.phone)

    def _act(self) -> None:
        self._since = self.world.changes.version

    async def _until(
        self, look: Callable[[], Found | None], what: str, patience: float | None
    ) -> Found:
        patience = self.patience if patience is None else patience
        try:
            async with self.limit(patience):
                while (found := look()) is None:
                    await self.world.changes.beyond(self.world.changes.version)
        except TimeoutError as over:
            waited = f"waited {patience:g} s for {what}"
            if str(over):
                waited = f"waits for {what}, but {over}"
            raise NotSeenError(f"{self.key} {waited}.\n{self.screen()}") from None
        return found
