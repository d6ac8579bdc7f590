"""The buttons that choose a language, in every dialogue that asks for one."""

from __future__ import annotations

from collections.abc import Sequence

from flows.effects import LanguageChosen
from flows.facts import Facts, known
from flows.languages import LANGUAGES, Language
from flows.model import Answer, Destination, Guard, msg


def language_buttons(
    to: Destination, languages: Sequence[Language] = LANGUAGES
) -> tuple[Answer, ...]:
    """Give a button for each language; that of the person's phone comes first.

    The label is what the language calls itself, whatever language it is read in.
    """
    return tuple(
        Answer(
            one.code,
            msg(f"common.language.{one.code}"),
            to=to,
            first_when=_is_greeted_in(one.code),
            records=LanguageChosen(one.code),
        )
        for one in languages
    )


def _is_greeted_in(code: str) -> Guard:
    def is_greeted(facts: Facts) -> bool:
        """The person's phone is greeted in this language."""
        return known(facts.phone_language, "phone_language") == code

    return is_greeted
