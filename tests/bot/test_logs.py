"""The log tells what happened and where, and repeats nobody's words."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Protocol

import pytest

from bot import logs

SECRET = "Asta, 20 16 38 47"


class Begin(Protocol):
    """Sets the log up as in a process of its own, and gives what it writes."""

    def __call__(self, form: str | None) -> io.StringIO: ...


@pytest.fixture
def begin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    root = logging.getLogger()
    before = root.handlers[:], root.level

    def set_up(form: str | None) -> io.StringIO:
        root.handlers = []
        written = io.StringIO()
        monkeypatch.setattr(sys, "stderr", written)
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        logs.set_up(form)
        # A formatter of somebody else's leaves an error's words on the record.
        root.handlers.insert(0, logging.StreamHandler(io.StringIO()))
        return written

    yield set_up
    root.handlers = before[0]
    root.setLevel(before[1])


def fail() -> None:
    raise ValueError(SECRET)


def tell_of_a_mistake(logger: str, message: str) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger(logger).exception(message)


@pytest.mark.parametrize("form", ["plain", "json"])
def test_an_error_is_told_by_class_and_place(begin: Begin, form: str) -> None:
    stderr = begin(form)
    tell_of_a_mistake("bot.serving.sender", "Row 7 is left for now.")
    told = stderr.getvalue()
    assert "Row 7 is left for now." in told
    assert "ValueError at test_logs.py:" in told
    assert SECRET not in told


@pytest.mark.parametrize("form", ["plain", "json"])
def test_of_a_library_only_the_first_line_is_told(begin: Begin, form: str) -> None:
    stderr = begin(form)
    tell_of_a_mistake("asyncio", f"Task exception was never retrieved\n{SECRET!r}")
    logging.getLogger("aiohttp").error("The answer was %s", SECRET)
    told = stderr.getvalue()
    assert "Task exception was never retrieved" in told
    assert "The answer was %s" in told
    assert SECRET not in told


def test_json_is_one_object_a_line_with_its_moment(begin: Begin) -> None:
    stderr = begin(None)  # nobody sits at this terminal
    logging.getLogger("bot.wiring").info("Ready: %s is\nbeing served.", "a_bot")
    tell_of_a_mistake("bot.wiring", "What?")
    ready, mistake = map(json.loads, stderr.getvalue().splitlines())
    assert ready.pop("time").endswith("+00:00")
    assert ready == {
        "level": "INFO",
        "logger": "bot.wiring",
        "message": "Ready: a_bot is\nbeing served.",
    }
    assert mistake["error"].startswith("ValueError at test_logs.py:")


def test_plain_is_a_line_for_people(begin: Begin) -> None:
    stderr = begin("plain")
    logging.getLogger("bot").warning("Telegram answers again.")
    assert stderr.getvalue().endswith(" WARNING Telegram answers again.\n")


def test_what_ends_the_program_is_told_as_carefully(begin: Begin) -> None:
    stderr = begin("json")
    try:
        fail()
    except ValueError as error:
        several = ExceptionGroup(SECRET, [error, KeyError(SECRET)])
        sys.excepthook(ExceptionGroup, several, several.__traceback__)
    told = json.loads(stderr.getvalue())
    assert told["level"] == "CRITICAL"
    assert "ValueError at test_logs.py:" in told["error"]
    assert "KeyError" in told["error"]
    assert SECRET not in stderr.getvalue()
