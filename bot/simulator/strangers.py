"""Who has no phone here: people, groups, channels and other bots."""

from typing import Final

from bot.simulator.bubbles import BubbleJson

STRANGER: Final[BubbleJson] = {
    "id": 5_087_311_442,
    "is_bot": False,
    "first_name": "Mikkel",
    "last_name": "Lund",
}
#: Somebody whose account does not show in what is forwarded of theirs.
HIDDEN_NAME: Final = "Rikke"
GROUP: Final[BubbleJson] = {
    "id": -1_001_674_220_981,
    "type": "supergroup",
    "title": "Håndbold U17",
}
CHANNEL: Final[BubbleJson] = {
    "id": -1_001_398_512_604,
    "type": "channel",
    "title": "Nyt fra kommunen",
    "username": "nyt_fra_kommunen",
}
INLINE_BOT: Final[BubbleJson] = {
    "id": 6_140_273_915,
    "is_bot": True,
    "first_name": "Ordbog",
    "username": "ordbog_bot",
}
