"""What is read aloud to somebody: the words that are kept, with their values."""

from bot.chat.post import Post
from bot.chat.values import contact_lines
from bot.storage.consent.consent_notices import NoticeWords
from bot.storage.tables import Case, Party


def spoken(post: Post, case: Case, party: Party, words: NoticeWords) -> str:
    """Write the words of a notice, with the office and what a parent is told.

    What is kept of a notice names its values only, so that it is one for everybody.
    """

    def text(message_id: str, **values: str) -> str:
        return post.tools.catalogue.text(message_id, words.language, **values)

    values = {
        "harm": text(f"holder.harm.{party.role}"),
        "district": text(f"district.{case.district}"),
        "offices": contact_lines(post.tools.contacts.of(case.district), text),
    }
    parts = (part for part in (words.text, words.question) if part)
    return "\n\n".join(parts).format_map(values)
