"""A case of people who talk to the coordinator only."""

from dataclasses import dataclass
from typing import Any

from tests.bot.cli.terminal import Printed, Terminal

SAFE = "--tie stranger --orders no --fear no --understood"
OPEN = "case open --district fyn --relation other --confession checked --by Anna"
GIVEN = "--answer given --method phone"


@dataclass(frozen=True)
class Record:
    """A case whose parties talk to the coordinator only."""

    terminal: Terminal
    reference: str
    today: str

    def told(self, who: str, facts: str) -> dict[str, object]:
        command = f"case party --who {who} {facts} --by Birgit {self.reference}"
        return self.terminal.gets(command, kind=dict)

    def says(self, who: str, answer: str = GIVEN, more: str = "") -> dict[str, object]:
        return self.terminal.gets(*self._record(who, answer, more), kind=dict)

    def tries(self, who: str, answer: str = GIVEN, more: str = "") -> Printed:
        return self.terminal.types(*self._record(who, answer, more))

    def verifies(self, more: str = "--holder 1 --method call") -> Printed:
        day = f"--date {self.today} --by Karen"
        return self.terminal.types(f"case verify {more} {day}", self.reference)

    def reconfirms(self, who: str) -> Printed:
        day = f"--date {self.today} --by Karen"
        command = f"consent reconfirm --who {who} {day}"
        return self.terminal.types(command, self.reference)

    def status(self) -> str:
        return str(self.shown()["status"])

    def shown(self) -> dict[str, Any]:
        return self.terminal.gets("case show", self.reference, kind=dict)

    def agrees(self, who: str, facts: str = f"--age-band 18 {SAFE}") -> None:
        self.told(who, facts)
        self.says(who, more="--purpose data_notice")
        self.says(who)

    def informs(self, n: int = 1, *, others: str = "no", of: str = "") -> None:
        """Tell a parent all that comes before a yes, and ask the same."""
        self.says(f"holder:{n}", more=f"--purpose data_notice {of}")
        asked = f"case holder --holder {n} --understood --others {others} {of}"
        self.terminal.gets(f"{asked} --by Birgit", self.reference, kind=dict)

    def _record(self, who: str, answer: str, more: str) -> tuple[str, str]:
        day = "" if "--date" in more else f"--date {self.today}"
        command = f"consent record --who {who} {answer} {day} --by Birgit {more}"
        return command, self.reference


def opened_by(office: Terminal) -> Record:
    opened = office.gets(OPEN, kind=dict)
    reference = opened["case"]
    case = office.gets("case show", reference, kind=dict)
    return Record(office, reference, case["opened"][:10])
