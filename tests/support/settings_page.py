"""The page docs/settings.md, written from the declarations of the settings."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.settings import PREFIX, Settings
from flows.facts import Role

_INTRODUCTION: Final = f"""\
# Settings

Written from the declarations in `bot/settings.py`. To write this page anew, see
[development.md](development.md#changing-something).

The program reads settings from the environment and from `.env`; the environment takes
precedence. Each name begins with `{PREFIX}`. A setting that is left empty counts as not
set. If a value is wrong, the program names the setting, does not show its value, and
ends with exit code 2. `.env.example` is a file to start from.

| Name | Default | Meaning |
|---|---|---|
"""
_FIELD: Final = re.compile(r"    (\w+): ")


@dataclass(frozen=True)
class Setting:
    """A setting as it is declared."""

    name: str
    meaning: str

    @property
    def default(self) -> str:
        """Its default as it would be typed; nothing where there is none."""
        match getattr(Settings(), self.name):
            case None:
                return ""
            case bool(value):
                return str(value).lower()
            case float(value):
                return f"{value:g}"
            case frozenset(value):
                return ",".join(role for role in Role if role in value)
            case value:
                return str(value)


def page() -> str:
    """Render every setting with its default and its meaning."""
    return _INTRODUCTION + "".join(map(_row, declared()))


def declared() -> Iterator[Setting]:
    """Go through the settings; what one means stands in `#:` lines above it."""
    meaning: list[str] = []
    for line in inspect.getsource(Settings).splitlines():
        if line.startswith("    #: "):
            meaning.append(line.removeprefix("    #: "))
        elif field := _FIELD.match(line):
            yield Setting(field[1], " ".join(meaning))
            meaning = []


def names_in(example: Path) -> list[str]:
    """List the settings that an example of an environment file names."""
    lines = example.read_text("utf-8")
    return re.findall(rf"^#?{PREFIX}(\w+)=", lines, re.MULTILINE)


def _row(one: Setting) -> str:
    default = f"`{one.default}`" if one.default else ""
    return f"| `{one.name.upper()}` | {default} | {one.meaning} |\n"
