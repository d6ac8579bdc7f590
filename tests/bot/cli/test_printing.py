"""What is printed can be read and copied in every window."""

import re
import sys

import pytest

from bot.cli.printing import count, say_table
from bot.cli.progress import working
from flows.always import Always
from flows.rules.districts import DISTRICTS
from tests.bot.cli.terminal import Desk, Terminal
from tests.bot.cli.test_parent_links import Window
from tests.support.town import Town
from tests.support.walks import reads_up_to_role

ID = "q3Zk0vYbT2uYxNn1s8mPzA"
WHO = "holder:2 of offender:1"


@pytest.fixture(params=[120, 80, 50, 20])
def window(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """A terminal so wide."""
    monkeypatch.setenv("COLUMNS", str(request.param))
    monkeypatch.setenv("FORCE_COLOR", "1")
    return int(request.param)


def test_an_id_and_a_person_stay_whole(
    window: int, capsys: pytest.CaptureFixture[str]
) -> None:
    heads = ("Id", "Who", "Name", "Reason")
    say_table(heads, [(ID, WHO, "A name of a colleague, and a long one", "fear")])
    printed = capsys.readouterr().out
    for whole in (ID, WHO, "fear"):
        assert whole in printed, f"in a window of {window}"
    assert "…" not in printed


def test_only_a_window_that_is_too_narrow_makes_lists_of_rows(
    window: int, capsys: pytest.CaptureFixture[str]
) -> None:
    say_table(("Id", "Who"), [(ID, WHO)])
    printed = capsys.readouterr().out
    assert (f"Id: {ID}\nWho: {WHO}\n" in printed) is (window < 51)


@pytest.mark.parametrize(
    ("n", "written"), [(0, "0 cases"), (1, "1 case"), (1000, "1,000 cases")]
)
def test_things_are_counted_in_english(n: int, written: str) -> None:
    assert count(n, "case") == written


def test_people_are_counted_too() -> None:
    assert count(1, "person", "people") == "1 person"
    assert count(2, "person", "people") == "2 people"


async def test_the_list_tells_what_waits_of_whom_and_for_how_long(
    town: Town, desk: Desk
) -> None:
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    await sofie.wants(Always.HUMAN)
    await sofie.asked("human.explain_human")
    [case] = await desk.gets("case list", kind=list)
    assert {one["reason"] for one in case["waiting"]} >= {"asked_for"}
    line = f"{case['case']} +asked_for +unsaid:1 +"
    for moved, days in ((0, "0 days"), (1, "1 day"), (2, "3 days")):
        town.moves_clock(days=moved)
        assert re.search(f"{line}{days} *\n", await desk.prints("case list"))


def test_a_district_lists_its_own_cases(office: Terminal) -> None:
    opened = office.gets("case open --district fyn --relation other", kind=dict)
    for district in DISTRICTS:
        listed = office.gets(f"case list --district {district}", kind=list)
        assert [one["case"] for one in listed] == [opened["case"]] * (district == "fyn")


def test_progress_is_shown_at_a_terminal_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with working("Copying the database"):
        pass
    assert capsys.readouterr() == ("", "")
    seen = Window()
    monkeypatch.setattr(sys, "stderr", seen)
    with working("Copying the database"):
        pass
    assert "Copying the database" in seen.getvalue()
    assert capsys.readouterr().out == ""


def test_a_copy_for_scripts_prints_nothing_beside_its_result(office: Terminal) -> None:
    assert office.types("backup copy.db").err == ""
