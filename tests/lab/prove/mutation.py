"""What a mutation is: one change to one file, which a named test must notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    """One change to one file, and the tests of which one must notice it."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def mutation(name: str, file: str, old: str, new: str, *tests: str) -> Mutation:
    """Name a mutation and its tests, as they are called below `tests/`."""
    return Mutation(name, file, old, new, tuple(f"tests/{test}" for test in tests))
