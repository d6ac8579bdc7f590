"""Being asked before something is done that cannot be undone."""

from dataclasses import dataclass
from typing import Annotated

import typer

from bot.cli.desk import at_a_terminal
from bot.cli.printing import say, say_json

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask, also at a terminal.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen, and change nothing.")
]


@dataclass(frozen=True, slots=True)
class Caution:
    """How carefully a command proceeds: a script is never asked."""

    yes: bool
    dry_run: bool = False
    as_json: bool = False

    def tell(self, effect: str) -> None:
        """Say what would happen if only that was wanted; raises `typer.Exit` then."""
        if not self.dry_run:
            return
        if self.as_json:
            say_json({"dry_run": True, "effect": effect})
        else:
            say(f"{effect} Nothing was changed.")
        raise typer.Exit

    def ask(self, effect: str, question: str) -> None:
        """Let somebody at a terminal agree; raises `typer.Abort` if they do not."""
        self.tell(effect)
        if not (self.yes or self.as_json) and at_a_terminal():
            typer.confirm(f"{effect} {question}", abort=True)
