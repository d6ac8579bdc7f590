"""Ids that the program draws itself, so that a value can be sealed before its row."""

import secrets

#: Letters in an id: 16 random bytes, written urlsafe.
LENGTH = 22


def new_id() -> str:
    """Draw an id that says nothing and that nobody can guess."""
    return secrets.token_urlsafe(16)
