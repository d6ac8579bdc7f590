"""What is still open before people may be written to, each as a sentence."""

from collections.abc import Iterator
from datetime import timedelta

from bot.chat.notices import Post
from bot.contacts import SETTING
from bot.errors import SettingsError
from bot.settings import Settings
from bot.storage import records
from bot.storage.staff import COORDINATOR, MEDIATOR, serving
from flows.districts import DISTRICTS

#: Contact details older than this are looked at again.
FRESH = timedelta(days=180)

_KEY_COPIED = "key_copied_on"


def settings_points(settings: Settings) -> Iterator[str]:
    """Name what the settings leave open; a database is not needed for it."""
    try:
        settings.token()
    except SettingsError as missing:
        yield str(missing)
    if settings.contacts is None:
        yield (
            f"{SETTING} is missing: people are shown only the secretariat and 114. "
            "Fill in a copy of docs/contacts.example.toml and name it there."
        )


def open_points(post: Post, settings: Settings) -> list[str]:
    """Name what contacts, staff and the key file leave open."""
    return [*_contacts(post, settings), *_staff(post), *_key_copy(post, settings)]


def confirm_key_copy(post: Post) -> None:
    """Note that somebody has put a copy of the key file in a safe place."""
    records.set_meta(post.session, _KEY_COPIED, post.at.date().isoformat())
    records.audit(post.session, "command line", "key copied", None, post.at)


def _contacts(post: Post, settings: Settings) -> Iterator[str]:
    if settings.contacts is None:
        return
    offices = post.tools.contacts.districts
    unknown = [name for name in DISTRICTS if name not in offices]
    if unknown:
        yield f"{SETTING} names no office for {', '.join(unknown)}."
    oldest = post.at.date() - FRESH
    for name, office in offices.items():
        if office.verified_on is not None and office.verified_on < oldest:
            yield (
                f"The office of {name} was verified on {office.verified_on}, more than "
                f"{FRESH.days} days ago: ask there, and write the new date."
            )


def _staff(post: Post) -> Iterator[str]:
    for role in (COORDINATOR, MEDIATOR):
        without = [d for d in DISTRICTS if not serving(post.session, role, d)]
        if without:
            yield (
                f"No {role} serves in {', '.join(without)}: invite one with "
                f"konfliktraad staff invite --role {role}."
            )


def _key_copy(post: Post, settings: Settings) -> Iterator[str]:
    if records.meta(post.session, _KEY_COPIED) is None:
        yield (
            f"Nobody has confirmed a copy of the key file {settings.key_file}, without "
            "which everything is lost: keep a copy apart from the backups, then run "
            "konfliktraad check --key-copied."
        )
