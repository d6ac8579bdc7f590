"""What the page shows, as JSON."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from bot.simulator.bubbles import Bubble, BubbleJson, ReplyKeyboard
from bot.simulator.edits import is_changeable
from bot.simulator.journal import Call
from bot.simulator.live_location import is_live
from bot.simulator.origins import origin_of
from bot.simulator.phones import Note, Phone
from bot.simulator.player import Player
from bot.simulator.remarks import REMARKS
from bot.simulator.world import World

#: A long test would otherwise send a long chat with every change.
_SHOWN: Final = 200
_START: Final = re.compile(r"/start \S+")


def state(world: World, player: Player) -> BubbleJson:
    """Return everything that the page shows."""
    return {
        "bot": world.account.username,
        "clock": world.clock.now().isoformat(),
        "phones": [_phone(world, phone) for phone in world.phones.values()],
        "letters": [asdict(letter) for letter in world.letters],
        "faults": [asdict(fault) for fault in world.faults.all()],
        "by_hand": world.by_hand,
        "play": progress(player),
    }


def progress(player: Player) -> BubbleJson:
    """Return how far the story is, and the names of those that can be played."""
    return asdict(player.progress) | {"stories": list(player.stories)}


def call(made: Call) -> BubbleJson:
    """Return one call of the journal."""
    return asdict(made) | {"at": made.at.isoformat()}


def _phone(world: World, phone: Phone) -> BubbleJson:
    language = phone.language_code
    return {
        "key": phone.key,
        "name": phone.owner.first_name,
        "language_code": language,
        "bot_name": world.account.name(language),
        "description": world.account.description(language),
        "commands": world.account.menu(language),
        "started": phone.started,
        "blocked": phone.blocked,
        "offline": phone.offline,
        "unsent": len(phone.unsent),
        "live": is_live(phone),
        "unread": phone.unread,
        "notice": asdict(phone.notice) if phone.notice else None,
        "keyboard": _keyboard(phone.chat.keyboard),
        "bubbles": _bubbles(phone),
    }


def _bubbles(phone: Phone) -> list[BubbleJson]:
    shown = [*map(_bubble, phone.chat.bubbles.values()), *map(_note, phone.notes)]
    return sorted(shown, key=_order)[-_SHOWN:]


def _order(shown: Mapping[str, object]) -> int:
    return int(str(shown["id"]))


def _bubble(bubble: Bubble) -> BubbleJson:
    return {
        "id": bubble.message_id,
        "author": bubble.author,
        "at": bubble.sent_at.isoformat(),
        # The apps show a start link as the bare command.
        "text": "/start" if _START.fullmatch(bubble.text) else bubble.text,
        "kind": bubble.kind,
        "file": _file(bubble),
        "buttons": [
            [{"text": b.text, "url": b.url} for b in r] for r in bubble.buttons
        ],
        "silent": bubble.silent,
        "protected": bubble.protected,
        "edited": bubble.edited_at is not None,
        "changeable": is_changeable(bubble),
        "remark": bubble.kind in REMARKS,
        "reply_to": bubble.reply_to,
        "origin": origin_of(bubble),
    }


def _note(note: Note) -> BubbleJson:
    return {
        "id": note.note_id,
        "author": "other",
        "sender": note.sender,
        "at": note.at.isoformat(),
        "text": note.text,
        "kind": "text",
        "buttons": [],
    }


def _file(bubble: Bubble) -> BubbleJson | None:
    document = bubble.content.get("document")
    if not isinstance(document, dict):
        return None
    return {"id": document["file_id"], "name": document["file_name"]}


def _keyboard(keyboard: ReplyKeyboard | None) -> BubbleJson | None:
    if keyboard is None:
        return None
    rows = [[{"text": b.text, "kind": b.asks_for} for b in r] for r in keyboard.rows]
    return {"rows": rows, "placeholder": keyboard.placeholder}
