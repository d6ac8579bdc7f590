"""Telegram's own remarks in a chat: nobody has said anything.

Each bears the name of its field in the Bot API's type Message; a test holds the list
against all fields of that type. Many of them come only in groups and channels. They
can be sent here in any chat, since a bot that knows none of them must be silent too.
"""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from bot.simulator import objects
from bot.simulator.actions import SentContent
from bot.simulator.bubbles import BubbleJson
from bot.simulator.contents import checklist, sticker
from bot.simulator.phones import Phone
from bot.simulator.strangers import GROUP, INLINE_BOT, STRANGER
from bot.simulator.world import World

#: Makes the value of a remark's field.
Made: TypeAlias = Callable[[World, Phone], object]
_SIGN: Final = "·"
#: A moment far from today.
_LATER: Final = 1_830_000_000
_PRICE: Final[BubbleJson] = {"currency": "XTR", "amount": 5}
_PAID: Final[BubbleJson] = {
    "currency": "XTR",
    "total_amount": 5,
    "invoice_payload": "p",
}
_COMMUNITY: Final[BubbleJson] = {"id": 81, "name": "Byen"}
_OPTION: Final[BubbleJson] = {"option_persistent_id": "c", "option_text": "C"}
_GIFT: Final[BubbleJson] = {
    "gift": {"id": "5170145012310081615", "sticker": sticker(), "star_count": 15}
}


def remark_words(world: World, phone: Phone, kind: str) -> SentContent:
    """Make a message of one of REMARKS."""
    return SentContent(f"{_SIGN} {kind}", kind, {kind: REMARKS[kind](world, phone)})


def _pinned(world: World, phone: Phone) -> object:
    """Pin what the bot has said last; without that, something that is gone."""
    for bubble in phone.chat.newest_first():
        if bubble.author == "bot":
            return world.message_json(phone.chat, bubble, None)
    return objects.inaccessible(world.chat_json(phone.chat), 1)


def _unique_gift() -> BubbleJson:
    dim = dict.fromkeys(("center_color", "edge_color", "symbol_color", "text_color"), 0)
    rare: BubbleJson = {"name": "A", "rarity_per_mille": 5}
    looks = rare | {"sticker": sticker()}
    gift: BubbleJson = {"gift_id": "1", "base_name": "A", "name": "A-1", "number": 1}
    made = gift | {"model": looks, "symbol": looks, "backdrop": rare | {"colors": dim}}
    return {"gift": made, "origin": "transfer"}


def _passport() -> BubbleJson:
    element = {"type": "phone_number", "phone_number": "4526318475", "hash": "h"}
    locked = {"data": "d", "hash": "h", "secret": "s"}
    return {"data": [element], "credentials": locked}


def _near(phone: Phone) -> BubbleJson:
    return {"traveler": STRANGER, "watcher": objects.user(phone), "distance": 50}


def _background() -> BubbleJson:
    fill = {"type": "solid", "color": 13_226_966}
    return {"type": {"type": "fill", "fill": fill, "dark_theme_dimming": 10}}


def _always(value: object) -> Made:
    return lambda _world, _phone: value


#: What is true where it is there at all, and what says nothing beyond its name.
_BARE: Final = (
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
)
_EMPTY: Final = (
    "chat_owner_left",
    "community_chat_removed",
    "forum_topic_closed",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "giveaway_created",
    "suggested_post_declined",
    "video_chat_started",
    "write_access_allowed",
)
_VALUES: Final[Mapping[str, object]] = {
    "boost_added": {"boost_count": 1},
    "chat_background_set": _background(),
    "chat_owner_changed": {"new_owner": STRANGER},
    "chat_shared": {"request_id": 1, "chat_id": GROUP["id"]},
    "checklist_tasks_added": {"tasks": checklist()["tasks"]},
    "checklist_tasks_done": {"marked_as_done_task_ids": [1]},
    "community_chat_added": {"community": _COMMUNITY},
    "community_chat_joined": {"community": _COMMUNITY},
    "connected_website": "example.dk",
    "direct_message_price_changed": {"are_direct_messages_enabled": False},
    "forum_topic_created": {"name": "A", "icon_color": 7_322_096},
    "gift": _GIFT,
    "gift_upgrade_sent": _GIFT,
    "giveaway_completed": {"winner_count": 1},
    "left_chat_member": STRANGER,
    "managed_bot_created": {"bot": INLINE_BOT},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400},
    "migrate_from_chat_id": -5_087_311,
    "migrate_to_chat_id": GROUP["id"],
    "new_chat_members": [STRANGER],
    "new_chat_photo": [objects.file("chat-photo", width=160, height=160)],
    "new_chat_title": "Familien",
    "paid_message_price_changed": {"paid_message_star_count": 0},
    "passport_data": _passport(),
    "poll_option_added": _OPTION,
    "poll_option_deleted": _OPTION,
    "refunded_payment": _PAID | {"telegram_payment_charge_id": "t"},
    "successful_payment": _PAID
    | {"telegram_payment_charge_id": "t", "provider_payment_charge_id": "p"},
    "suggested_post_approval_failed": {"price": _PRICE},
    "suggested_post_approved": {"send_date": _LATER},
    "suggested_post_paid": {"currency": "TON", "amount": 5},
    "suggested_post_refunded": {"reason": "post_deleted"},
    "unique_gift": _unique_gift(),
    "users_shared": {"request_id": 1, "users": [{"user_id": STRANGER["id"]}]},
    "video_chat_ended": {"duration": 60},
    "video_chat_participants_invited": {"users": [STRANGER]},
    "video_chat_scheduled": {"start_date": _LATER},
    "web_app_data": {"data": "Ja", "button_text": "Ja"},
}
REMARKS: Final[Mapping[str, Made]] = {
    "pinned_message": _pinned,
    "proximity_alert_triggered": lambda _, phone: _near(phone),
    **{kind: _always(value) for kind, value in _VALUES.items()},
    **{kind: _always(value={}) for kind in _EMPTY},
    **{kind: _always(value=True) for kind in _BARE},
}
