"""The pages that people read first say what the program does.

To write docs/commands.md and docs/settings.md anew:
WRITE_DOCS=1 python -m pytest tests/test_pages.py
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings, load
from flows.effects import Reason
from flows.rules.case import Status
from tests.support import commands_page, settings_page

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
#: These say how the program is now; decisions and proofs tell of other days too.
OF_TODAY = [
    README,
    *(
        ROOT / "docs" / f"{name}.md"
        for name in ("casework", "demo", "development", "glossary", "operations")
    ),
]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
PLACE = re.compile(r"`((?:bot|flows|locales|tests|docs|deploy)/[\w./-]*)`")
SPAN = re.compile(r"`[^`]+`")
TYPED = re.compile(
    r"(?:^|[\s`(])(?:\.venv/bin/)?konfliktraad"
    r"((?: (?!konfliktraad)[a-z]+)+)([^`\n]*(?:\\\n[^`\n]*)*)",
    re.MULTILINE,
)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    ("name", "written"),
    [("commands.md", commands_page.page), ("settings.md", settings_page.page)],
    ids=["commands", "settings"],
)
def test_a_page_says_what_the_program_says_of_itself(
    name: str, written: Callable[[], str]
) -> None:
    path, text = ROOT / "docs" / name, written()
    if os.environ.get("WRITE_DOCS"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, (
        f"If the change is meant, write docs/{name} anew: WRITE_DOCS=1 "
        ".venv/bin/python -m pytest tests/test_pages.py"
    )


def test_every_setting_has_a_meaning_and_stands_in_the_example() -> None:
    declared = list(settings_page.declared())
    assert [one.name for one in declared] == list(Settings.__slots__)
    assert all(one.meaning.endswith(".") for one in declared)
    listed = settings_page.names_in(ROOT / ".env.example")
    assert sorted(listed) == sorted(one.name.upper() for one in declared)


def test_every_value_of_the_example_is_accepted(tmp_path: Path) -> None:
    """The file of the contacts is not there yet when the example is copied."""
    example = (ROOT / ".env.example").read_text("utf-8")
    file = tmp_path / ".env"
    lines = re.sub(rf"^#(?={PREFIX})", "", example, flags=re.MULTILINE)
    file.write_text(lines.replace("=var/contacts.toml", "="), "utf-8")
    assert load({}, file).case_days == Settings().case_days


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert list(broken(page)) == []


def broken(page: Path) -> Iterator[str]:
    text = FENCED.sub("", page.read_text("utf-8"))
    for target, anchor in LINK.findall(text):
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and anchor[1:] not in anchors(path)):
            yield f"{named(page)}: {target}{anchor}"


def anchors(page: Path) -> set[str]:
    """Name the headings of a page as GitHub does in links."""
    headings = HEADING.findall(FENCED.sub("", page.read_text("utf-8")))
    words = (re.sub(r"[^\w\s-]", "", one.lower()) for one in headings)
    return {one.strip().replace(" ", "-") for one in words}


def test_every_page_can_be_found_from_the_readme() -> None:
    found, open_ = set[Path](), [README]
    while open_:
        page = open_.pop()
        if page in found or page.suffix != ".md":
            continue
        found.add(page)
        targets = LINK.findall(page.read_text("utf-8"))
        open_ += [(page.parent / target).resolve() for target, _ in targets if target]
    assert sorted(map(named, set(PAGES) - found)) == []


@pytest.mark.parametrize("page", OF_TODAY, ids=named)
def test_every_place_that_is_named_is_there(page: Path) -> None:
    places = PLACE.findall(page.read_text("utf-8"))
    assert [place for place in places if not (ROOT / place).exists()] == []


@pytest.mark.parametrize("page", OF_TODAY, ids=named)
def test_every_command_that_is_shown_can_be_typed(page: Path) -> None:
    assert list(unknown(page)) == []


def unknown(page: Path) -> Iterator[str]:
    """Tell which commands of a page do not exist, or lack one of their options."""
    takes = {
        tuple(name.split()): {opt for one in command.params for opt in one.opts}
        | {opt for one in command.params for opt in one.secondary_opts}
        for name, command, _ in commands_page.commands()
    }
    groups = {words[:1] for words in takes if len(words) > 1}
    # A span of code may go on in the next line.
    text = SPAN.sub(lambda one: " ".join(one[0].split()), page.read_text("utf-8"))
    for words, rest in TYPED.findall(text):
        typed = tuple(words.split())
        command = typed[:2] if typed[:1] in groups else typed[:1]
        if command not in takes:
            yield f"konfliktraad {' '.join(typed)}"
            continue
        # What follows a semicolon, a bracket or a pipe is no part of the command.
        options = re.findall(r"(?<![\w-])--[a-z-]+", re.split(r"[;)|#]", rest)[0])
        for option in set(options) - takes[command]:
            yield f"konfliktraad {' '.join(command)} {option}"


def test_the_readme_shows_two_commands_that_make_knows() -> None:
    """It stays short, as it is read first; everything else has a page of its own."""
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 110
    shown = re.findall(r"^\| `make (\w+)` \|", text, re.MULTILINE)
    assert shown == ["demo", "test"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in (*shown, "setup"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_status_and_every_reason_is_explained_to_coordinators() -> None:
    text = (ROOT / "docs/casework.md").read_text("utf-8")
    rows = set(re.findall(r"`(\w+)`(?=[^|\n]*\|)", text))
    assert [one for one in (*Status, *Reason) if one not in rows] == []


def test_a_term_of_the_glossary_is_the_one_in_the_code() -> None:
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    terms = {
        term for row in rows for term in re.findall(r"`(\w+)`", row.split("|")[-2])
    }
    source = "\n".join(
        path.read_text("utf-8")
        for folder in ("bot", "flows")
        for path in (ROOT / folder).rglob("*.py")
    )
    assert len(terms) > 20
    assert [term for term in terms if not re.search(rf"\b{term}\b", source)] == []
