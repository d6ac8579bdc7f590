"""The languages that the bot speaks, a row each; the texts of one lie in its folder.

Another language is another row here and another folder in locales/, with lists and
phrasings of its own; docs/development.md says what belongs to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Scale(StrEnum):
    """The formula by which the reading level of a language is measured."""

    LIX = "LIX"
    GRADE = "grade"
    """The school grade of Flesch and Kincaid."""


class Readers(StrEnum):
    """For whom a text is to be easy enough."""

    YOUTH = "youth"
    ADULT = "adult"
    NOTICE = "notice"
    """Whoever asks for the notice on data in full."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: how it is called, chosen, written and measured."""

    #: As phones, records and the folder of its texts name it (ISO 639-1).
    code: str
    #: What it calls itself, on the button that chooses it.
    name: str
    #: Where it is written so: the form of days and hours (CLDR).
    region: str
    #: The languages of phones that are greeted in it, beside its own.
    greets: tuple[str, ...]
    scale: Scale
    #: The highest reading level of a text, by its readers.
    limits: Mapping[Readers, float] = field(hash=False)
    #: Beginnings of the programme's own words; they are explained, and no shorter ones
    #: would be true.
    own_words: tuple[str, ...]
    #: Phones in a language that no row names are greeted in this one.
    greets_others: bool = False


#: All are equals; the first is for whoever nothing is known of.
LANGUAGES: Final = (
    Language(
        code="da",
        name="Dansk",
        region="da_DK",
        greets=("nb", "nn", "no", "sv", "fo", "kl"),
        scale=Scale.LIX,
        limits={Readers.YOUTH: 25.0, Readers.ADULT: 35.0, Readers.NOTICE: 40.0},
        own_words=("konfliktråd", "mægler", "politi", "datatilsynet"),
    ),
    Language(
        code="en",
        name="English",
        # As it is written in Europe: the day before the month.
        region="en_GB",
        greets=(),
        scale=Scale.GRADE,
        limits={Readers.YOUTH: 5.0, Readers.ADULT: 8.0, Readers.NOTICE: 9.0},
        own_words=("mediation", "mediator", "police"),
        greets_others=True,
    ),
)

CODES: Final = tuple(language.code for language in LANGUAGES)
#: The language for whoever nothing is known of.
FIRST: Final = CODES[0]


def greeting(phone: str | None, languages: Sequence[Language] = LANGUAGES) -> str:
    """Choose the language to greet a phone in by the one it is set to, as in "nb-NO".

    `phone` is an IETF language tag, or None where the messenger does not tell.
    """
    spoken = (phone or languages[0].code).partition("-")[0].lower()
    named = [one for one in languages if spoken in {one.code, *one.greets}]
    others = [one for one in languages if one.greets_others]
    return [*named, *others, languages[0]][0].code
