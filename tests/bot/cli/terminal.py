"""A terminal at which the commands are run as they are typed."""

import asyncio
import json
from dataclasses import dataclass
from typing import TypeVar

import pytest

from bot.cli import main

T = TypeVar("T")


@dataclass(frozen=True)
class Printed:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """What went wrong: one line, and nothing beside it."""
        assert not self.out
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


@dataclass(frozen=True)
class Terminal:
    """One window; commands run in this process, on a real database."""

    capture: pytest.CaptureFixture[str]

    def types(self, command: str, *more: str) -> Printed:
        """Run a command and keep what it prints."""
        self.capture.readouterr()
        code = main([*command.split(), *more])
        out, err = self.capture.readouterr()
        return Printed(code, out, err)

    def prints(self, command: str, *more: str) -> str:
        """Run a command that succeeds and give what it prints."""
        printed = self.types(command, *more)
        assert (printed.code, printed.err) == (0, ""), printed.err
        return printed.out

    def gets(self, command: str, *more: str, kind: type[T]) -> T:
        """Run a command that succeeds and read its JSON."""
        found = json.loads(self.prints(command, *more, "--json"))
        assert isinstance(found, kind)
        return found


@dataclass(frozen=True)
class Desk:
    """The same terminal while the bot is running beside it."""

    terminal: Terminal

    async def types(self, command: str, *more: str) -> Printed:
        return await asyncio.to_thread(self.terminal.types, command, *more)

    async def prints(self, command: str, *more: str) -> str:
        return await asyncio.to_thread(self.terminal.prints, command, *more)

    async def gets(self, command: str, *more: str, kind: type[T]) -> T:
        return await asyncio.to_thread(self.terminal.gets, command, *more, kind=kind)


def token(link: str) -> str:
    """The part of a link that opens it."""
    return link.rpartition("=")[2]
