"""What was made to happen at the same moment, and what came of it."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """One kind of moment: how often it was brought about, and what was found."""

    what: str
    did: str
    found: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def expects(self, what: str, expected: object, actual: object) -> None:
        """Hold what is there against what must be there."""
        if actual != expected:
            self.problems.append(f"{what}: {actual} instead of {expected}")

    def holds(self, what: str, *, found: bool) -> None:
        """Note what does not hold."""
        if not found:
            self.problems.append(what)

    def told(self) -> str:
        """Put what was found into one line."""
        return ", ".join(f"{number} {what}" for what, number in self.found.items())
