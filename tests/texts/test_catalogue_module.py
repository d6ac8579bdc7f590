"""The catalogue gives a text or an error, never something in between."""

from pathlib import Path

import pytest

from bot.catalogue import Catalogue, CatalogueError, MissingText, load


def written(folder: Path, language: str, domain: str, body: str) -> None:
    path = folder / language / f"{domain}.po"
    path.parent.mkdir(exist_ok=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(header + body, encoding="utf-8")


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    hello = 'msgid "menu.hello"\nmsgstr "{hello} {{name}}"\n\n'
    both = hello + 'msgid "menu.end"\nmsgstr "{end}"\n\n'
    grown = 'msgid "menu.end.adult"\nmsgstr "{end}, {end}"\n'
    da, en = {"hello": "Hej", "end": "Slut"}, {"hello": "Hello", "end": "End"}
    written(tmp_path, "da", "menu", (both + grown).format_map(da))
    written(tmp_path, "en", "menu", (both + grown).format_map(en))
    return load(tmp_path)


def test_a_text_comes_in_its_language_with_its_values(catalogue: Catalogue) -> None:
    assert catalogue.text("menu.hello", "da", name="Bo") == "Hej Bo"
    assert catalogue.text("menu.hello", "en", name="Bo") == "Hello Bo"
    of_menu = {name for name in catalogue.ids("da") if name.startswith("menu.")}
    assert of_menu == {"menu.hello", "menu.end", "menu.end.adult"}


def test_adults_get_their_own_text_only_where_one_is_written(
    catalogue: Catalogue,
) -> None:
    assert catalogue.variant("menu.end", "da", adult=True) == "Slut, Slut"
    assert catalogue.variant("menu.end", "da", adult=False) == "Slut"
    assert catalogue.variant("menu.hello", "en", adult=True, name="Bo") == "Hello Bo"


@pytest.mark.parametrize("values", [{}, {"nmae": "Bo"}, {"name": "Bo", "more": 1}])
def test_missing_and_unused_values_are_refused(
    catalogue: Catalogue, values: dict[str, object]
) -> None:
    with pytest.raises(MissingText, match=r"menu\.hello"):
        catalogue.text("menu.hello", "da", **values)


def test_an_unknown_id_or_language_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(MissingText, match=r"menu\.gone"):
        catalogue.text("menu.gone", "da")
    with pytest.raises(MissingText, match="language sv"):
        catalogue.text("menu.end", "sv")


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ('#, fuzzy\nmsgid "menu.a"\nmsgstr "A"\n', "fuzzy"),
        ('msgid "menu.a"\nmsgstr ""\n', "no text"),
        ('msgid "menu.a"\nmsgstr "A"\n\nmsgid "menu.a"\nmsgstr "B"\n', "twice"),
        ('msgid "other.a"\nmsgstr "A"\n', "does not belong"),
        ('msgid "menu.a"\nmsgstr "{name"\n', "brace"),
        ('msgid "menu.a"\nmsgstr "{person.name}"\n', "plain name"),
        ('msgid "menu.a"\nmsgid_plural "menu.b"\nmsgstr[0] "A"\n', "plural"),
        ('msgid "menu.a"\nmsgstr "A"\n<<<<<<< HEAD\n', "readable"),
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(
    tmp_path: Path, body: str, complaint: str
) -> None:
    written(tmp_path, "en", "menu", 'msgid "menu.a"\nmsgstr "A"\n')
    written(tmp_path, "da", "menu", body)
    with pytest.raises(CatalogueError, match=complaint):
        load(tmp_path)


def test_a_language_without_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "da", "menu", 'msgid "menu.a"\nmsgstr "A"\n')
    with pytest.raises(CatalogueError, match="holds no texts"):
        load(tmp_path)
