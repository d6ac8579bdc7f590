"""What a talk remembers is one value, and one place knows its JSON."""

import ast
import json
import re
from dataclasses import fields, replace
from datetime import UTC, timedelta
from pathlib import Path
from types import NoneType
from typing import get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.storage import Session, Store, talks
from bot.storage.notes import Card, FirstCopy, Kept, Notes, WhichCase, read, written
from bot.storage.tables import Person, Talk
from flows import FLOWS
from flows.always import Always
from flows.engine import start
from flows.facts import AgeBand, Role
from flows.model import Into
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import Side, moves_in

BOT = Path(__file__).parents[3] / "bot"
CODEC = {"read", "written"}
#: All that was noted by the versions before this value, each key as they wrote it.
OLD = {
    "district": "fyn",
    "role": "victim",
    "age_band": "15_17",
    "reviewing": "yes",
    "cut_off": "yes",
    "menu": "12",
    "first_asked": "3 17",
    "which_case": "18 withdraw",
    "keyboard": "yes",
    "notice": "ab" * 32,
    "asked_about": "cd" * 32,
    "early_at": "19",
    "early_said": "20",
    "long_at": "2026-11-23T12:00:00+00:00",
    "stopped_unseen": "yes",
    "may_stop": "yes",
    "card K-7": "21 22",
    "card K-8": "23",
}
FULL = Notes(
    district="fyn",
    role=Role.VICTIM,
    age_band=AgeBand.FROM_15_TO_17,
    reviewing=True,
    cut_off=True,
    menu=12,
    first_asked=FirstCopy(3, 17),
    which_case=WhichCase(18, Always.WITHDRAW),
    keyboard=True,
    notice="ab" * 32,
    asked_about="cd" * 32,
    early_at=19,
    early_said=20,
    long_at=NOON,
    stopped_unseen=True,
    may_stop=True,
    cards=(Card("K-7", (21, 22)), Card("K-8", (23,))),
)
#: What has no value of its own while nothing is noted.
NOTHING = {None, False, ()}

rows = st.integers(0, 2**63 - 1)
words = st.text(min_size=1)
cards = st.builds(Card, words, st.lists(rows, min_size=1).map(tuple))
moments = st.datetimes(timezones=st.just(UTC))
any_notes = st.builds(
    Notes,
    district=st.none() | words,
    role=st.none() | st.sampled_from(Role),
    age_band=st.none() | st.sampled_from(AgeBand),
    reviewing=st.booleans(),
    cut_off=st.booleans(),
    menu=st.none() | rows,
    first_asked=st.none() | st.builds(FirstCopy, rows, rows),
    which_case=st.none() | st.builds(WhichCase, rows, st.sampled_from(Always)),
    keyboard=st.booleans(),
    notice=st.none() | words,
    asked_about=st.none() | words,
    early_at=st.none() | rows,
    early_said=st.none() | rows,
    long_at=st.none() | moments,
    stopped_unseen=st.booleans(),
    may_stop=st.booleans(),
    cards=st.lists(cards, unique_by=lambda one: one.reference).map(tuple),
    unread=st.dictionaries(words.map("later_{}".format), words).map(
        lambda kept: tuple(kept.items())
    ),
)


@given(any_notes)
def test_whatever_is_noted_is_read_as_it_was(notes: Notes) -> None:
    assert read(json.loads(json.dumps(written(notes)))) == notes


def test_every_field_is_written_and_read() -> None:
    for field in fields(Notes):
        if field.name == "unread":
            continue
        alone = replace(Notes(), **{field.name: getattr(FULL, field.name)})
        assert alone != Notes(), field.name
        assert read(written(alone)) == alone, field.name


def test_every_field_means_nothing_until_it_is_noted() -> None:
    assert {getattr(Notes(), field.name) for field in fields(Notes)} == NOTHING
    assert written(Notes()) == {}
    for name, kind in get_type_hints(Notes).items():
        optional = NoneType in get_args(kind)
        assert optional or kind is bool or name in {"cards", "unread"}, name


def test_notes_of_earlier_versions_are_read_and_written_as_before() -> None:
    assert read(OLD) == FULL
    assert written(FULL) == OLD


def test_what_earlier_versions_let_go_of_is_not_there() -> None:
    assert read({"menu": "", "keyboard": "", "reviewing": None}) == Notes()


def test_what_a_later_version_notes_stays_until_the_talk_begins_anew() -> None:
    later: dict[str, Kept] = {
        "mood": "calm",
        "which_case": "18 applaud",
        "menu": "top",
        "count": 3,
    }
    notes = read(later)
    assert (notes.menu, notes.which_case) == (None, None)
    assert written(replace(notes, district="fyn")) == {**later, "district": "fyn"}
    assert written(replace(notes, menu=4)) == {**later, "menu": "4"}


def test_a_talk_keeps_its_notes_as_they_were_kept_before(store: Store) -> None:
    sofie = moves_in(store, 4001)
    talk_id = begins(sofie)
    sofie.store.run_now(lambda session: writes(session, talk_id, OLD))
    assert sofie.store.run_now(lambda s: s.get_one(Talk, talk_id).notes) == FULL

    def passes_on(session: Session) -> None:
        talk = session.get_one(Talk, talk_id)
        talk.notes = replace(talk.notes, menu=None, long_at=NOON + timedelta(hours=1))

    sofie.store.run_now(passes_on)
    now = OLD | {"long_at": "2026-11-23T13:00:00+00:00"}
    assert sofie.store.run_now(lambda s: kept(s, talk_id)) == {
        name: value for name, value in now.items() if name != "menu"
    }


def begins(side: Side) -> str:
    def begin(session: Session) -> str:
        person = session.get_one(Person, side.person_id)
        return talks.begin(session, person, start(FLOWS, Into("programme")), NOON).id

    return side.store.run_now(begin)


def writes(session: Session, talk_id: str, notes: dict[str, str]) -> None:
    """Write them as an earlier version did, past the value."""
    session.execute(
        text("UPDATE talks SET notes = :notes WHERE id = :talk"),
        {"notes": json.dumps(notes), "talk": talk_id},
    )


def kept(session: Session, talk_id: str) -> object:
    query = text("SELECT notes FROM talks WHERE id = :talk")
    found = session.execute(query, {"talk": talk_id}).scalar_one()
    return json.loads(found) if isinstance(found, str) else found


def test_nobody_else_knows_a_key() -> None:
    """A value has no keys; its JSON is met where a row is, and where it is copied."""
    using = {
        path.relative_to(BOT).as_posix()
        for path in BOT.rglob("*.py")
        if knows_the_codec(path.read_text("utf-8"))
    }
    assert using == {"storage/engine/columns.py", "storage/copies/copying.py"}
    code = "\n".join(path.read_text("utf-8") for path in BOT.rglob("*.py"))
    assert not re.findall(r"\b(?:visit|talk|new|old)\.notes(?:\[|\.get\b| = \{)", code)


def knows_the_codec(code: str) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and any(
            (node.module, name.name) == ("bot.storage", "notes")
            or (node.module == "bot.storage.notes" and name.name in CODEC)
            for name in node.names
        )
        for node in ast.walk(ast.parse(code))
    )
