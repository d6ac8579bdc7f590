"""`check` names what is open before going live, and only what is."""

import json
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from bot import settings, wiring
from bot.addressing import TELEGRAM
from bot.catalogue import load
from bot.clock import Clock, MovableClock
from bot.contacts import known_numbers
from bot.storage import Session, records
from bot.storage.tables import Person, Staff
from bot.wiring import desk as opened_desk
from flows.rules.districts import DISTRICTS
from tests.bot.cli.terminal import Terminal
from tests.support.telegram_ids import event


def test_what_is_open_is_named_before_anything_is_made(terminal: Terminal) -> None:
    result = terminal.types("check --json")
    assert result.code == 1
    opened = json.loads(result.out)["open"]
    assert [point.split()[0] for point in opened] == [
        "KONFLIKTRAAD_TELEGRAM_TOKEN",
        "KONFLIKTRAAD_CONTACTS",
        "KONFLIKTRAAD_HEALTH_PORT",
        "The",
    ]
    assert "konfliktraad migrate" in opened[-1]


def test_check_looks_at_offices_staff_and_the_copy_of_the_key(
    office: Terminal,
) -> None:
    old = Path("contacts.toml").read_text("utf-8").replace("2026-11-22", "2020-01-01")
    Path("contacts.toml").write_text(old, "utf-8")
    printed = office.types("check").out
    assert "CONTACTS names no office for nordjylland," in printed
    assert "The office of fyn was verified on 2020-01-01" in printed
    assert "No coordinator serves in nordjylland," in printed
    assert "No mediator serves in nordjylland," in printed
    assert "konfliktraad check --key-copied" in printed

    assert "--key-copied" not in office.types("check --key-copied").out
    assert "--key-copied" not in office.types("check").out


SETTINGS = {
    "KONFLIKTRAAD_CHATRATE": ("3", "write KONFLIKTRAAD_CHAT_RATE if that is meant"),
    "KONFLIKTRAAD_X": ("", "KONFLIKTRAAD_X stands in the environment"),
    "KONFLIKTRAAD_TELEGRAM_API": ("http://10.0.0.1:8081", "is plain http"),
    "KONFLIKTRAAD_ROLES": ("victim", "KONFLIKTRAAD_ROLES lets only victim in"),
    "KONFLIKTRAAD_CHAT_RATE": ("0", "KONFLIKTRAAD_CHAT_RATE is 0"),
    "KONFLIKTRAAD_SEND_RATE": ("0", "KONFLIKTRAAD_SEND_RATE is 0"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_that_leaves_something_open_is_named(
    office: Terminal, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    value, sentence = SETTINGS[name]
    assert sentence not in office.types("check").out
    monkeypatch.setenv(name, value)
    assert sentence in office.types("check").out


def test_a_webhook_without_a_good_secret_or_a_public_address_is_named(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "WEBHOOK" not in office.types("check").out
    monkeypatch.setenv("KONFLIKTRAAD_WEBHOOK_URL", "http://127.0.0.1/updates")
    printed = office.types("check").out
    assert "KONFLIKTRAAD_WEBHOOK_SECRET is missing" in printed
    assert "KONFLIKTRAAD_WEBHOOK_URL is on this computer" in printed
    monkeypatch.setenv("KONFLIKTRAAD_WEBHOOK_SECRET", "x" * 31)
    assert "has fewer than 32 letters" in office.types("check").out
    monkeypatch.setenv("KONFLIKTRAAD_WEBHOOK_SECRET", "x" * 32)
    monkeypatch.setenv("KONFLIKTRAAD_WEBHOOK_URL", "https://bot.example.dk/updates")
    assert "WEBHOOK" not in office.types("check").out


def test_a_bot_api_on_this_computer_is_named(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_API", "http://127.0.0.1:8080")
    assert "leave it out for Telegram" in office.types("check").out
    monkeypatch.setenv("KONFLIKTRAAD_TELEGRAM_API", "https://api.telegram.org")
    assert "TELEGRAM_API" not in office.types("check").out


def test_monitoring_is_asked_for(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "KONFLIKTRAAD_HEALTH_PORT is not set" in office.types("check").out
    monkeypatch.setenv("KONFLIKTRAAD_HEALTH_PORT", "8081")
    assert "HEALTH_PORT" not in office.types("check").out


@pytest.mark.parametrize("name", ["konfliktraad.key", "konfliktraad.db", "keys.db"])
def test_a_file_that_others_can_read_is_named(office: Terminal, name: str) -> None:
    office.prints("case list")
    file = Path("var") / name
    file.chmod(0o600)
    sentence = f"run chmod 600 {file}."
    assert sentence not in office.types("check").out
    file.chmod(0o640)
    assert sentence in office.types("check").out


def test_the_key_file_lies_apart_from_what_it_opens(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.prints("case list")
    assert "lies in the folder of var/konfliktraad.db" in office.types("check").out
    Path("apart").mkdir()
    Path("var/konfliktraad.key").rename("apart/it.key")
    monkeypatch.setenv("KONFLIKTRAAD_KEY_FILE", "apart/it.key")
    assert "lies in the folder" not in office.types("check").out


def test_an_office_is_not_verified_on_a_day_to_come(office: Terminal) -> None:
    assert "still to come" not in office.types("check").out
    typo = Path("contacts.toml").read_text("utf-8").replace("2026-11-22", "2062-11-22")
    Path("contacts.toml").write_text(typo, "utf-8")
    assert "said to be verified on 2062-11-22" in office.types("check").out


def test_help_numbers_that_nobody_has_verified_of_late_are_named(
    office: Terminal,
) -> None:
    printed = office.types("check").out
    assert "help numbers 112, 114, 116 006, 1888, 116 111: make sure" in printed
    assert "The help number 70 201 201 was verified on 2015-10-26, more" in printed

    offices = Path("contacts.toml").read_text("utf-8")
    on = Clock().now().date() - timedelta(days=180)
    Path("contacts.toml").write_text(offices + verified_help(f"{on}"), "utf-8")
    assert "help number" not in office.types("check").out
    on -= timedelta(days=1)
    Path("contacts.toml").write_text(offices + verified_help(f"{on}"), "utf-8")
    printed = office.types("check").out
    assert printed.count("The help number") == len(known_numbers(load()))
    assert f"The help number 1888 was verified on {on}" in printed


def test_a_closed_intake_is_named(office: Terminal) -> None:
    office.prints("intake close")
    assert "The intake has been closed since" in office.types("check").out
    office.prints("intake open")
    assert "intake" not in office.types("check").out


def test_a_backup_that_is_missed_is_named(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No backup was ever made" in office.types("check").out
    office.prints("backup evening.db")
    assert "backup" not in office.types("check --key-copied").out
    clock = MovableClock(Clock().now() + timedelta(days=1, minutes=1))
    monkeypatch.setattr(wiring, "Clock", lambda: clock)
    assert "The last backup was made on" in office.types("check").out


def test_failed_turns_are_counted_for_a_week(office: Terminal) -> None:
    def fails(session: Session) -> None:
        for days in (1, 8):
            at = Clock().now() - timedelta(days=days)
            records.add_failed_turn(
                session, event(days), None, "KeyError", "x.py:1", at
            )

    with opened_desk(settings.load()) as opened:
        opened.store.run_now(fails)
    assert "in the last 7 days: 1, the last on" in office.types("check").out


def test_nothing_is_open_when_everything_is_done(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.prints("case list")
    Path("apart").mkdir()
    Path("var/konfliktraad.key").rename("apart/it.key")
    Path("var/konfliktraad.db").chmod(0o600)
    today = f"{Clock().now():%Y-%m-%d}"
    offices = Path("contacts.toml").read_text("utf-8").replace("2026-11-22", today)
    lines = "\n".join(offices.replace("fyn", name) for name in DISTRICTS)
    Path("contacts.toml").write_text(lines + verified_help(today), "utf-8")
    for name, value in {
        "TELEGRAM_TOKEN": "12345:abc",
        "KEY_FILE": "apart/it.key",
        "HEALTH_PORT": "8081",
    }.items():
        monkeypatch.setenv(f"KONFLIKTRAAD_{name}", value)
    staff_everywhere()
    office.prints("backup evening.db")
    result = office.types("check --key-copied")
    assert (result.code, result.out) == (0, "Nothing is open.\n")


def verified_help(on: str) -> str:
    """Write all help numbers that are known, verified on a day."""
    return "".join(
        f'\n[[help]]\nnumber = "{one.number}"\nname_da = "{one.names["da"]}"\n'
        f'name_en = "{one.names["en"]}"\nverified_on = {on}\n'
        for one in known_numbers(load())
    )


def staff_everywhere() -> None:
    """Let one person serve as everything everywhere; how they join, others tell."""
    now = Clock().now()

    def join(session: Session) -> None:
        person = Person(
            id="p", language="da", channel=TELEGRAM, reply_handle=b"", created_at=now
        )
        session.add(person)
        session.flush()
        for role, district in product(("coordinator", "mediator"), DISTRICTS):
            one = Staff(person_id="p", role=role, district=district, joined_at=now)
            session.add(one)

    with opened_desk(settings.load()) as opened:
        opened.store.run_now(join)
