"""A language is one row and one folder: a third one needs nothing else.

German is made of a copy of the English texts and a row, which no module knows.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from bot import catalogue, contacts, reading_level
from bot.catalogue import LOCALES, Catalogue, CatalogueError
from bot.errors import SettingsError
from flows import FLOWS
from flows.checks.check import problems
from flows.effects import LanguageChosen
from flows.engine import advance, offered, start
from flows.language_buttons import language_buttons
from flows.languages import CODES, LANGUAGES, Language, Readers, Scale, greeting
from flows.model import RETURN, Destination, Flow, Into
from tests.flows.talk import VICTIM

GERMAN = Language(
    code="de",
    name="Deutsch",
    region="de_DE",
    greets=("gsw", "lb"),
    scale=Scale.LIX,
    limits={Readers.YOUTH: 30.0, Readers.ADULT: 40.0, Readers.NOTICE: 45.0},
    own_words=("mediation", "polizei"),
)
THREE = (*LANGUAGES, GERMAN)
#: Where a language is chosen, and where the choice leads.
ASKED: Mapping[str, Destination] = {
    "arrival": "explain_bot",
    "holder": "explain_bot",
    "language": RETURN,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts that there are, and those of the third language beside them."""
    made = tmp_path_factory.mktemp("locales")
    for code in CODES:
        copytree(LOCALES / code, made / code)
    copytree(LOCALES / "en", made / GERMAN.code)
    return made


@pytest.fixture(scope="module")
def texts(folder: Path) -> Catalogue:
    return catalogue.load(folder, THREE)


def flows() -> dict[str, Flow]:
    """Our dialogues, in which three languages can be chosen."""
    return {**FLOWS, **{name: asking(name, to) for name, to in ASKED.items()}}


def asking(dialogue: str, to: Destination) -> Flow:
    flow = FLOWS[dialogue]
    asked = flow.state("ask_language")
    of_three = replace(asked, answers=language_buttons(to, THREE))
    states = tuple(of_three if one is asked else one for one in flow.states)
    return replace(flow, states=states)


def test_every_dialogue_that_asks_for_a_language_asks_for_all() -> None:
    asked = {name for name, flow in FLOWS.items() if asks(flow)}
    assert asked == set(ASKED)
    for name, to in ASKED.items():
        found = FLOWS[name].state("ask_language").answers
        assert [(a.name, a.to) for a in found] == [(code, to) for code in CODES]


def asks(flow: Flow) -> bool:
    return any(
        isinstance(answer.records, LanguageChosen)
        for state in flow.states
        for answer in state.answers
    )


def test_the_third_language_has_every_text(texts: Catalogue) -> None:
    assert texts.languages == ("da", "en", "de")
    assert texts.ids("de") == texts.ids("en") == texts.ids("da")
    assert texts.text("arrival.explain_bot.go_on", "de")


def test_without_its_folder_it_is_missed() -> None:
    with pytest.raises(CatalogueError, match=r"de holds no texts"):
        catalogue.load(LOCALES, THREE)


def test_each_language_is_named_in_each(texts: Catalogue) -> None:
    """On its button as it calls itself, on the card as the mediator calls it."""
    for reader in texts.languages:
        assert texts.text("common.language.de", reader) == "Deutsch"
    called = [texts.text("language_name.de", reader) for reader in texts.languages]
    assert called == ["tysk", "German", "Deutsch"]


def test_the_dialogues_hold_together_with_three(texts: Catalogue) -> None:
    known = {code: texts.ids(code) for code in texts.languages}
    assert problems(flows(), known) == ()


@pytest.mark.parametrize("dialogue", ASKED)
def test_it_can_be_chosen(dialogue: str) -> None:
    of_three = flows()
    at = start(of_three, Into(dialogue, "ask_language"))
    turn = advance(of_three, at, "de", VICTIM)
    assert turn.effects == (LanguageChosen("de"),)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("da", ["da", "en", "de"]),
        ("de", ["de", "da", "en"]),
        ("en", ["en", "da", "de"]),
    ],
)
def test_the_language_of_the_phone_stands_first(phone: str, shown: list[str]) -> None:
    state = flows()["language"].state("ask_language")
    facts = replace(VICTIM, phone_language=phone)
    assert [answer.name for answer in offered(state, facts)] == shown


@pytest.mark.parametrize(
    ("phone", "two", "three"),
    [
        (None, "da", "da"),
        ("", "da", "da"),
        ("da-DK", "da", "da"),
        ("NB-no", "da", "da"),
        ("kl", "da", "da"),
        ("en-US", "en", "en"),
        ("de-AT", "en", "de"),
        ("lb", "en", "de"),
        ("ar", "en", "en"),
    ],
)
def test_a_phone_is_greeted_in_a_language_near_to_its_own(
    phone: str | None, two: str, three: str
) -> None:
    """Scandinavians in Danish, whoever reads none of ours in English."""
    assert greeting(phone) == two
    assert greeting(phone, THREE) == three


def test_one_language_greets_all_others_and_no_phone_has_two() -> None:
    assert sum(one.greets_others for one in LANGUAGES) == 1
    greeted = [code for one in LANGUAGES for code in (one.code, *one.greets)]
    assert len(greeted) == len(set(greeted))


def test_its_reading_level_is_measured_on_its_own_scale(texts: Catalogue) -> None:
    measured = reading_level.report(texts, THREE)
    english, german = (
        {row.name: row for row in measured if row.language == code}
        for code in ("en", "de")
    )
    assert german.keys() == english.keys()
    assert {row.limit for row in german.values()} == {30.0, 40.0, 45.0}
    hard = reading_level.faults(texts, (replace(GERMAN, limits=NOTHING),))
    assert any(fault.startswith("de arrival.explain_bot: LIX ") for fault in hard)


NOTHING = dict.fromkeys(Readers, 0.0)


def test_its_own_words_are_not_long(texts: Catalogue) -> None:
    """Words that begin as one of the row's weigh as short ones, in any language."""
    plain, spared = (
        reading_level.report(texts, (replace(GERMAN, own_words=words),))
        for words in ((), ("mediat",))
    )
    lower = [two.score < one.score for one, two in zip(plain, spared, strict=True)]
    assert any(lower)


def test_a_help_number_is_named_in_it(texts: Catalogue, tmp_path: Path) -> None:
    assert {tuple(n.names) for n in contacts.known_numbers(texts)} == {texts.languages}
    file = tmp_path / "contacts.toml"
    named = '[[help]]\nnumber = "112"\nname_da = "Alarm"\nname_en = "Emergency"\n'
    file.write_text(f'{named}name_de = "Notruf"\n')
    (number,) = contacts.load(file, texts).help_numbers
    assert number.names["de"] == "Notruf"
    file.write_text(named)
    with pytest.raises(SettingsError, match=r"help 1\.name_de: it is missing"):
        contacts.load(file, texts)
