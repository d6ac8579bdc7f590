"""Whether a chat ends with the question on which its talk stands."""

from typing import Final

from sqlalchemy import select

from bot.storage.tables import OutboxRow, Person, Talk
from flows.languages import CODES
from tests.support.resident import Resident
from tests.support.town import Town

#: What may stand once below a question, the last first: it is about that question, and
#: leaves it where it stands.
_AFTER_IT: Final = ("common.early", "intake.ask_phone.share_hint")


def ends_with_question(town: Town, resident: Resident) -> bool:
    """Tell whether the last message is the present question, with its buttons."""
    said = resident.heard()
    for after in _AFTER_IT:
        texts = town.desk.tools.catalogue
        if said and said[-1].text in [texts.text(after, lang) for lang in CODES]:
            said.pop()
    if not said or not said[-1].labels:
        return False
    return said[-1].message_id == _question(town, resident.account)


def _question(town: Town, account: int) -> int | None:
    """Find the message with which a person's present question was asked."""
    known = town.desk.tools.keys.find(str(account))
    query = (
        select(OutboxRow.number)
        .join(Talk, Talk.open_row == OutboxRow.id)
        .join(Person, Person.talk_id == Talk.id)
        .where(Person.id == (known[0] if known else None))
    )
    with town.archive.session() as session:
        return session.scalar(query)
