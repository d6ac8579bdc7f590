"""Covered chats: what stands in them, and by what they are opened again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot.simulator.bubbles import Bubble
from bot.simulator.journal import Call
from bot.simulator.remarks import REMARKS
from bot.storage import Session, links
from bot.storage.tables import Holder, Party, Person, Staff
from tests.lab.machine.deeds import Deed, How, Scene
from tests.lab.machine.village import Village

#: All that may be read in a covered chat; the last stands where words cannot go.
_LINES: Final = frozenset({"Ikke tilgængelig.", "Not available.", "·"})
#: What is older cannot be deleted.
_DELETABLE: Final = timedelta(hours=47)
#: How the own words come that open a chat.
_SAID: Final = frozenset({How.OWN, How.REPLY, How.ELSEWHERE, How.SCHEDULED})


@dataclass
class Covered:
    """Which chats are covered, and what their owners chose before."""

    chats: set[int] = field(default_factory=set)
    #: Of whom deletions were refused, as they had blocked the bot.
    torn: set[int] = field(default_factory=set)
    #: What was chosen as a word of one's own, by account, and how it is kept.
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    kept: dict[int, bytes | None] = field(default_factory=dict)


class Covers:
    """Looks at covered chats after everything that happens."""

    def __init__(self, village: Village, covered: Covered) -> None:
        self._village = village
        self._covered = covered
        #: The chats that were covered all the time since the last look.
        self._still: set[int] = set()

    def looks(self, session: Session, scene: Scene) -> None:
        """Look which chats are covered; only its owner has opened any."""
        now = set()
        people = {one.id: one for one in session.scalars(select(Person))}
        for person_id, account in scene.accounts.items():
            person, own = people.get(person_id), scene.own(account, _SAID)
            if person is None:
                continue
            if person.hidden_at is not None:
                now.add(account)
            elif account in self._covered.chats:
                assert any(self._opens(session, person, account, d) for d in own), (
                    f"{scene.keys[account]}'s chat was opened by {own or scene.deeds}"
                )
            self._notes_word(person, account, own)
        self._still = self._covered.chats & now
        self._covered.chats = now

    def hears(self, call: Call, account: int, key: str) -> None:
        """Hold a call against what may be said in a covered chat."""
        if account not in self._still or not call.ok:
            return
        if call.method.startswith(("send", "editMessageText")):
            said = call.params.get("text")
            assert said in _LINES, f"{key}'s chat is covered, and shows: {said}"

    def reads(self, accounts: dict[int, str]) -> None:
        """Read covered chats; who had blocked us keeps what stood there."""
        world = self._village.world
        phones = {phone.user_id: phone for phone in world.phones.values()}
        blocked = {account for account, phone in phones.items() if phone.blocked}
        self._covered.torn = (self._covered.torn | blocked) & self._covered.chats
        for account in self._covered.chats - self._covered.torn:
            bubbles = phones[account].chat.newest_first()
            # The number of what was sent and never noted is not known to us.
            left = list(self._left(b for b in bubbles if self._is_noted(account, b)))
            assert not left, f"{accounts[account]}'s chat is covered, and shows: {left}"

    def _is_noted(self, account: int, bubble: Bubble) -> bool:
        return (account, bubble.message_id) not in self._village.unnoted

    def _left(self, bubbles: Iterator[Bubble]) -> Iterator[str]:
        since = self._village.clock.now() - _DELETABLE
        for bubble in bubbles:
            is_young = bubble.sent_at > since and bubble.kind not in REMARKS
            if is_young and bubble.text not in _LINES:
                yield bubble.text

    def _notes_word(self, person: Person, account: int, own: list[Deed]) -> None:
        """Keep what somebody wrote when a word of their own came to be kept."""
        covered = self._covered
        if person.hiding_word != covered.kept.get(account):
            covered.kept[account] = person.hiding_word
            covered.words[account] = tuple(_bare(deed.text) for deed in own)

    def _opens(
        self, session: Session, person: Person, account: int, deed: Deed
    ) -> bool:
        said, words = _bare(deed.text), self._covered.words.get(account, ())
        if person.hiding_word is not None and said in words:
            return True
        tokens = [t for t in self._village.outside.links if _bare(t) in said]
        return any(self._is_theirs(session, person, token) for token in tokens)

    def _is_theirs(self, session: Session, person: Person, token: str) -> bool:
        """Tell whether a letter is a person's, or may become it who stands nowhere."""
        link = links.find(session, self._village.desk.store.keys, token)
        if link is None:
            return False
        return link.person_id == person.id or not _stands(session, person)


def _stands(session: Session, person: Person) -> bool:
    places = (Party, Holder, Staff)
    found = (select(p.id).where(p.person_id == person.id).limit(1) for p in places)
    return any(session.scalar(query) is not None for query in found)


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
