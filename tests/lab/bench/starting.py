"""What a start of ours brings into memory: nothing that only other commands need."""

import re
import time
from typing import Final

from tests.lab.bench.installing import Installation

#: Each imported by the command that needs it, and by no running bot.
UNWANTED: Final = ("alembic", "starlette", "uvicorn", "psycopg", "matplotlib", "numpy")
_IMPORTED: Final = re.compile(r"^import time:.*\|\s+([\w.]+)$", re.MULTILINE)
_PEOPLE: Final = range(1, 2)


def needless_imports(bot: Installation) -> list[str]:
    """Let a bot make some turns, and tell what it has imported of `UNWANTED`."""
    env = {**bot.env, "PYTHONPROFILEIMPORTTIME": "1"}
    watched = Installation(bot.row, bot.folder, bot.people, env, bot.ports)
    with watched.running() as bots:
        watched.people.open(_PEOPLE, bot.row.opening)
        watched.people.go(1, bot.row.word)
        time.sleep(1.0)
        watched.people.are_quiet()
        imported = set(_IMPORTED.findall(bots.said()))
    if "bot.wiring" not in imported:
        raise RuntimeError("The list of what was imported could not be read.")
    return sorted(imported & set(UNWANTED))
