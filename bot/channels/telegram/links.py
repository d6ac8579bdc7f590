"""Links that open a talk in Telegram."""


def link(bot: str, token: str) -> str:
    """Write the link of a token, for a bot of this user name."""
    return f"https://t.me/{bot}?start={token}"
