"""The words of the notices on consent, as they are kept with what is said to them."""

from collections.abc import Iterator
from typing import Final

from bot.catalogue import Catalogue
from bot.storage.consent.consent_notices import NoticeWords
from flows.languages import CODES
from flows.rules.notices import NOTICES, ConsentWording

ADULT: Final = "adult"
YOUTH: Final = "youth"


def words(
    catalogue: Catalogue, notice: ConsentWording, language: str, *, adult: bool
) -> NoticeWords:
    """Word a notice; values such as an office's number stand as their names."""

    def written(message_id: str) -> str:
        named = catalogue.aloud(message_id) if notice.is_aloud else message_id
        return catalogue.template(named, language, adult=adult)

    return NoticeWords(
        notice=notice.id,
        version=notice.version,
        purpose=notice.purpose,
        language=language,
        variant=ADULT if adult else YOUTH,
        text="\n\n".join(map(written, notice.texts)),
        question=written(notice.question),
        button=written(notice.button),
    )


def every(catalogue: Catalogue) -> Iterator[NoticeWords]:
    """Word each notice for everybody for whom there is one."""
    for notice in NOTICES.values():
        for language in CODES:
            yield words(catalogue, notice, language, adult=True)
            if not notice.is_for_holders:
                yield words(catalogue, notice, language, adult=False)
