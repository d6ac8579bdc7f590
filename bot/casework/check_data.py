"""What contacts, staff and the database leave open, each as a sentence."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.casework.roster import WITHOUT_MEDIATOR
from bot.chat.post import Post
from bot.contacts import SETTING, HelpNumber
from bot.settings import Settings
from bot.storage import intake, records
from bot.storage.copies.backup import BACKED_UP
from bot.storage.copies.half_rotated import unfinished
from bot.storage.keys.keyfile import kept_beside
from bot.storage.staff import COORDINATOR, MEDIATOR, left_behind, serving
from flows.rules.districts import DISTRICTS

#: Contact details older than this are looked at again.
FRESH = timedelta(days=180)

#: Failed turns are named for so long.
RECENT = timedelta(days=7)
#: A backup that is older is missed.
LATELY = timedelta(days=1)

_KEY_COPIED = "key_copied_on"
#: Which key file that was, by its fingerprint.
_COPIED_FILE = "key_copied_file"


def open_points(post: Post, settings: Settings) -> list[str]:
    """Name what is still open before people may be written to."""
    return [
        *_contacts(post, settings),
        *_help_numbers(post.tools.contacts.help_numbers, post.at.date()),
        *_staff(post),
        *_key_copy(post, settings),
        *_key_change(post, settings),
        *_backup(post),
        *_intake(post),
        *_failed_turns(post),
    ]


def confirm_key_copy(post: Post) -> None:
    """Note that somebody has put a copy of the key file in a safe place."""
    records.set_meta(post.session, _KEY_COPIED, post.at.date().isoformat())
    records.set_meta(post.session, _COPIED_FILE, post.tools.keys.opened_by)
    records.audit(post.session, "command line", "key copied", None, post.at)


class KeyChange(StrEnum):
    """How far a change of the key file has come, as the log tells it."""

    BEGUN = "key change begun"
    DONE = "key file changed"
    GIVEN_UP = "key change given up"


def note_key_change(post: Post, change: KeyChange, fingerprint: str) -> None:
    """Note in the log that the key file is changed, and by which one it is in use."""
    records.audit(post.session, "command line", change, None, post.at, fingerprint)


def _contacts(post: Post, settings: Settings) -> Iterator[str]:
    if settings.contacts is None:
        return
    offices = post.tools.contacts.districts
    unknown = [name for name in DISTRICTS if name not in offices]
    if unknown:
        yield f"{SETTING} names no office for {', '.join(unknown)}."
    for name, office in offices.items():
        what = f"The office of {name}"
        yield from _verified(what, office.verified_on, post.at.date())


def _verified(what: str, verified_on: date | None, today: date) -> Iterator[str]:
    if verified_on is not None and verified_on < today - FRESH:
        yield (
            f"{what} was verified on {verified_on}, more than {FRESH.days} days ago: "
            "ask there, and write the new date."
        )
    if verified_on is not None and verified_on > today:
        yield (
            f"{what} is said to be verified on {verified_on}, a day that is still to "
            "come: write the right date."
        )


def _help_numbers(numbers: Sequence[HelpNumber], today: date) -> Iterator[str]:
    never = [number.number for number in numbers if number.verified_on is None]
    if never:
        yield (
            f"Nobody has verified the help numbers {', '.join(never)}: make sure of "
            f"each, and write it with verified_on under [[help]] in {SETTING}."
        )
    for number in numbers:
        yield from _verified(
            f"The help number {number.number}", number.verified_on, today
        )


def _staff(post: Post) -> Iterator[str]:
    for role in (COORDINATOR, MEDIATOR):
        without = [d for d in DISTRICTS if not serving(post.session, role, d)]
        if without:
            yield (
                f"No {role} serves in {', '.join(without)}: invite one with "
                f"konfliktraad staff invite --role {role}."
            )
    if left := left_behind(post.session):
        taken = ", ".join(case.reference for case in left)
        yield f"The mediator of {taken} no longer serves. {WITHOUT_MEDIATOR}"


def _key_copy(post: Post, settings: Settings) -> Iterator[str]:
    if records.meta(post.session, _KEY_COPIED) is None:
        yield (
            f"Nobody has confirmed a copy of the key file {settings.key_file}, without "
            "which everything is lost: keep a copy apart from the backups, then run "
            "konfliktraad check --key-copied."
        )
        return
    # Whoever confirmed it before key files could be changed had the first one.
    copied = records.meta(post.session, _COPIED_FILE) or post.tools.keys.fingerprint
    if copied != post.tools.keys.opened_by:
        yield (
            f"The key file {settings.key_file} was changed since a copy of it was "
            "confirmed: keep a copy of the new one apart from the backups, then run "
            "konfliktraad check --key-copied."
        )


def _key_change(post: Post, settings: Settings) -> Iterator[str]:
    point = unfinished(post.tools.keys, settings.key_file)
    if point is not None:
        yield point
    for old in kept_beside(settings.key_file):
        yield (
            f"The old key file {old} is still there: when konfliktraad keys backup has "
            "replaced every copy of the key store that was made before, remove it."
        )


def _backup(post: Post) -> Iterator[str]:
    noted = records.meta(post.session, BACKED_UP)
    if noted is None:
        yield (
            "No backup was ever made: let konfliktraad backup run every hour, and "
            "konfliktraad keys backup every day."
        )
    elif datetime.fromisoformat(noted) < post.at - LATELY:
        yield (
            f"The last backup was made on {noted[:10]}: let konfliktraad backup run "
            "every hour, and look why it does not."
        )


def _intake(post: Post) -> Iterator[str]:
    closed_since = intake.closed_since(post.session)
    if closed_since is not None:
        yield (
            f"The intake has been closed since {closed_since:%Y-%m-%d %H:%M} UTC: run "
            "konfliktraad intake open."
        )


def _failed_turns(post: Post) -> Iterator[str]:
    failed = records.failed_since(post.session, post.at - RECENT)
    if failed:
        last = failed[-1]
        yield (
            f"Turns that failed in the last {RECENT.days} days: {len(failed)}, "
            f"the last on {last.at:%Y-%m-%d} ({last.error} in {last.place}). Report "
            "that, and look whether somebody needs a call."
        )
