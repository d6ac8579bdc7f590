"""Links that open the bot, and the part of them that the bot gets."""

import re
from typing import Final

#: https://t.me/<bot>?start=<payload>, also as tg://resolve?domain=<bot>&start=<payload>.
_START: Final = re.compile(r"(?:t\.me/\w+\?|tg://\S*[?&])start=([A-Za-z0-9_-]+)")


def payload_of(token_or_url: str) -> str:
    """Return the payload of a start link; anything else is taken as the payload."""
    found = _START.search(token_or_url)
    return found[1] if found else token_or_url
