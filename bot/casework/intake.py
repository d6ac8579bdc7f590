"""Close the intake for everybody but staff, and open it again."""

from datetime import datetime

from bot.chat.post import Post
from bot.storage import intake, records


def close(post: Post) -> None:
    """Take nobody in from now on; closed twice it stays as it is."""
    if intake.close(post.session, post.at):
        records.audit(post.session, "command line", "intake closed", None, post.at)


def reopen(post: Post) -> None:
    """Let people go on where they were; nobody is told unasked."""
    if intake.open_again(post.session):
        records.audit(post.session, "command line", "intake opened", None, post.at)


def closed_since(post: Post) -> datetime | None:
    """Tell since when the intake is closed; None while it is open."""
    return intake.closed_since(post.session)
