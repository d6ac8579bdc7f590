"""How a command names somebody in a case: victim:1, or "holder:1 of victim:1"."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Final

import typer

from bot.offline_words import HOLDER, Who
from bot.settings import PARTIES

_NAMED: Final = re.compile(
    r"([a-z]+):([1-9][0-9]{0,3})(?: of ([a-z]+):([1-9][0-9]{0,3}))?"
)
_EXAMPLE: Final = {HOLDER: '"holder:1 of victim:1"'}


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody in a case; of a holder, whose holder they are if that was said."""

    who: Who
    of: Who | None = None

    def __str__(self) -> str:
        """Write it as it is typed."""
        return f"{self.who} of {self.of}" if self.of else str(self.who)


def _person(*roles: str) -> Callable[[str], NamedPerson]:
    """Read a person of one of these roles."""

    def read(value: str) -> NamedPerson:
        named = _NAMED.fullmatch(" ".join(value.split()))
        if named is None or not _is_known(named[1], named[3], roles):
            choices = " or ".join(_EXAMPLE.get(role, f"{role}:1") for role in roles)
            raise typer.BadParameter(f"write {choices}.")
        of = Who(named[3], int(named[4])) if named[3] else None
        return NamedPerson(Who(named[1], int(named[2])), of)

    return read


def _is_known(role: str, of: str | None, roles: tuple[str, ...]) -> bool:
    is_of_a_party = of is None or (role == HOLDER and of in PARTIES)
    return role in roles and is_of_a_party


def _party(value: str) -> Who:
    return _person("victim", "offender")(value).who


def meant(*named: NamedPerson | None, of: Who | None = None) -> NamedPerson:
    """Give the one person who was named, in whichever spelling.

    Raises:
        typer.BadParameter: nobody was named, or two were, or a holder of two parties.
    """
    found = [person for person in named if person is not None]
    if len(found) != 1:
        raise typer.BadParameter(
            'name one person: --who victim:1, or --who "holder:1 of victim:1".'
        )
    person = found[0]
    if of is not None and person.who.role != HOLDER:
        raise typer.BadParameter(
            f"--of tells whose parent is meant, and {person.who} is a party: leave it "
            "out."
        )
    if None not in {of, person.of} and of != person.of:
        raise typer.BadParameter(f"--who says of {person.of}, and --of says {of}.")
    return replace(person, of=person.of or of)


def settled_for(named: NamedPerson | None) -> tuple[Who | None, Who | None]:
    """Give of whom something is settled, and whose holder that is."""
    return (named.who, named.of) if named else (None, None)


def of_role(role: str | None, n: int | None) -> NamedPerson | None:
    """Read the older spelling of a party, `--role victim --n 2`.

    Raises:
        typer.BadParameter: a number stands there and no side.
    """
    if role is None and n is not None:
        raise typer.BadParameter("--n counts within --role: write --who victim:2.")
    return None if role is None else NamedPerson(Who(role, n or 1))


def numbered(holder: int | None) -> NamedPerson | None:
    """Read the older spelling of a holder, `--holder 1`."""
    return None if holder is None else NamedPerson(Who(HOLDER, holder))


_HOLDER_FORM: Final = 'holder:N; "holder:N of victim:N" if several are under 18.'
_ANYBODY: Final = typer.Option(
    "--who",
    parser=_person("victim", "offender", HOLDER),
    metavar="WHO",
    help=f"victim:N, offender:N or {_HOLDER_FORM}",
)

MaybeParty = Annotated[
    NamedPerson | None,
    typer.Option(
        "--who",
        parser=_person("victim", "offender"),
        metavar="WHO",
        help="victim:N or offender:N.",
    ),
]
NeverAuthorised = Annotated[
    NamedPerson | None,
    typer.Option(
        "--no-authority",
        parser=_person(HOLDER),
        metavar="WHO",
        help=f"Under 18: who never had parental authority. {_HOLDER_FORM}",
    ),
]
Anybody = Annotated[NamedPerson, _ANYBODY]
# Or an older spelling names them.
AnybodyOrOlder = Annotated[NamedPerson | None, _ANYBODY]
InTheChat = Annotated[
    NamedPerson,
    typer.Option(
        "--who",
        parser=_person("victim", "offender", HOLDER, "unsaid"),
        metavar="WHO",
        help=f"victim:N, offender:N or {_HOLDER_FORM} "
        "unsaid:1 is somebody without a letter.",
    ),
]
SettledFor = Annotated[
    NamedPerson | None,
    typer.Option(
        "--party",
        "--who",
        parser=_person("victim", "offender", HOLDER, "unsaid"),
        metavar="WHO",
        help=f"Of whom it is settled: victim:N, offender:N or {_HOLDER_FORM} Leave it "
        "out for what is about the case as a whole.",
    ),
]
AHolder = Annotated[
    NamedPerson | None,
    typer.Option("--who", parser=_person(HOLDER), metavar="WHO", help=_HOLDER_FORM),
]
# Older spellings, which scripts may use; the help shows one way.
Numbered = Annotated[int | None, typer.Option("--holder", min=1, hidden=True)]
Of = Annotated[
    Who | None, typer.Option("--of", parser=_party, metavar="PARTY", hidden=True)
]
