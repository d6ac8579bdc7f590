"""Every word that a person reads, by message id and language.

A text that is missing is an error and never a blank or an id on somebody's phone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Final

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from bot.errors import BotError
from flows.languages import LANGUAGES, Language

#: One folder per language, one file per domain, beside the packages.
LOCALES: Final = Path(__file__).parent.parent / "locales"
#: Ends the id of a text that is written for adults.
_FOR_ADULTS: Final = ".adult"


class CatalogueError(BotError):
    """A file of texts cannot be used as it is; the message says where and why."""


class MissingText(CatalogueError):
    """A text was asked for that does not exist, or with the wrong values."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and the names of the values that it needs."""

    text: str
    needs: frozenset[str]


class Catalogue:
    """All texts in all languages, in memory."""

    def __init__(self, entries: Mapping[str, Mapping[str, Entry]]) -> None:
        self._entries = entries
        ids = set.intersection(*map(set, entries.values()))
        #: Of each text that every language words otherwise for adults, that other one.
        self._grown = {
            one.removesuffix(_FOR_ADULTS): one
            for one in ids
            if one.endswith(_FOR_ADULTS)
        }

    def text(self, message_id: str, language: str, /, **values: object) -> str:
        """Return the text with its values filled in.

        Raises:
            MissingText: for an unknown id or language, and when the values are not
                exactly those that the text names.
        """
        entry = self._entries.get(language, {}).get(message_id)
        if entry is None:
            raise MissingText(f"There is no text {message_id} in language {language}.")
        if values.keys() != entry.needs:
            raise MissingText(
                f"{message_id} ({language}) needs the values {sorted(entry.needs)} "
                f"and was given {sorted(values)}."
            )
        return entry.text.format_map(values)

    def variant(
        self, message_id: str, language: str, /, *, adult: bool, **values: object
    ) -> str:
        """Return the text for adults where one is written, else the plain one."""
        chosen = self._grown.get(message_id, message_id) if adult else message_id
        return self.text(chosen, language, **values)

    def template(self, message_id: str, language: str, *, adult: bool) -> str:
        """Return a text as it is written: values stand as their names."""
        chosen = self._grown.get(message_id, message_id) if adult else message_id
        return self._entries[language][chosen].text

    def aloud(self, message_id: str) -> str:
        """Name the text for the phone where one is written, else the one given."""
        spoken = f"{message_id}.aloud"
        return spoken if self.has(spoken) else message_id

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the codes of the languages, the first for whoever is not known."""
        return tuple(self._entries)

    def ids(self, language: str) -> frozenset[str]:
        """Return every message id of one language."""
        return frozenset(self._entries[language])

    def needs(self, message_id: str, language: str) -> frozenset[str]:
        """Return the names of the values that a text asks for."""
        return self._entries[language][message_id].needs

    def has(self, message_id: str) -> bool:
        """Tell whether every language has this text."""
        return all(message_id in entries for entries in self._entries.values())


def load(
    folder: Path = LOCALES, languages: Sequence[Language] = LANGUAGES
) -> Catalogue:
    """Read all texts; the names of the languages come from their rows.

    Raises:
        CatalogueError: if a file is missing or broken, or holds a fuzzy, empty,
            doubled or misplaced entry.
    """
    return Catalogue(
        {
            one.code: _texts(folder / one.code) | dict(_names(one, languages))
            for one in languages
        }
    )


def _names(
    reader: Language, languages: Sequence[Language]
) -> Iterator[tuple[str, Entry]]:
    """Name each language as it calls itself, and as it is called in one of them."""
    called = Locale.parse(reader.code).languages
    for one in languages:
        yield f"common.language.{one.code}", Entry(one.name, frozenset())
        yield f"language_name.{one.code}", Entry(called[one.code], frozenset())


def _texts(folder: Path) -> dict[str, Entry]:
    files = sorted(folder.glob("*.po"))
    if not files:
        raise CatalogueError(f"{folder} holds no texts (*.po).")
    return {message_id: entry for path in files for message_id, entry in _entries(path)}


def _entries(path: Path) -> Iterator[tuple[str, Entry]]:
    try:
        content = path.read_text(encoding="utf-8")
        catalog = read_po(content.splitlines(keepends=True), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path} is not a readable .po file: {error}") from error
    # Babel keeps the last of two entries with one id and says nothing.
    written = Counter(re.findall(r'^msgid "(.+)"', content, re.MULTILINE))
    for message_id in (found for found, times in written.items() if times > 1):
        raise CatalogueError(f"{message_id} stands twice in {path}.")
    for message in catalog:
        if message.id:
            yield _entry(path, message)


def _entry(path: Path, message: Message) -> tuple[str, Entry]:
    message_id, text = message.id, message.string
    where = f"{message_id} in {path}"
    if not isinstance(message_id, str) or not isinstance(text, str):
        raise CatalogueError(f"{where} is a plural; write the text without one.")
    if message.fuzzy:
        raise CatalogueError(f"{where} is marked fuzzy; check it and remove the mark.")
    if not text.strip():
        raise CatalogueError(f"{where} has no text.")
    if not message_id.startswith(f"{path.stem}."):
        raise CatalogueError(f"{where} does not belong here: ids start with the file.")
    return message_id, Entry(text, _placeholders(where, text))


def _placeholders(where: str, text: str) -> frozenset[str]:
    try:
        fields = [
            field for _, field, _, _ in Formatter().parse(text) if field is not None
        ]
    except ValueError as error:
        raise CatalogueError(f"{where} has a brace too many or too few.") from error
    if not all(field.isidentifier() for field in fields):
        raise CatalogueError(f"{where} has a placeholder that is not a plain name.")
    return frozenset(fields)
