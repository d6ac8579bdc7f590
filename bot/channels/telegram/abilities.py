"""What Telegram lets a bot do (Bot API, deleteMessages and InlineKeyboardButton)."""

from datetime import timedelta
from typing import Final

from bot.addressing import Abilities

ABILITIES: Final = Abilities(
    deletes_within=timedelta(hours=48),
    deletes_at_once=100,
    shares_numbers=True,
    button_bytes=64,
)
