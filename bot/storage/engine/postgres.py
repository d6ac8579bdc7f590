"""What is particular to PostgreSQL: how long it may take, and what its errors mean.

The driver is loaded only where an address names PostgreSQL.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

#: Settings of each session, in milliseconds. Nobody waits longer for a lock, no turn
#: stands in one statement for longer, and who fell silent in a transaction is let go.
_LIMITS: Final = {
    "lock_timeout": "5000",
    "statement_timeout": "10000",
    "idle_in_transaction_session_timeout": "60000",
}
#: Migrations, copies and rewriting take as long as they take.
_PATIENT: Final = {
    "lock_timeout": "60000",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}

#: Of the driver itself: seconds to connect; and a server that has vanished from the
#: network without a word is noticed after 10 s.
_CONNECTING: Final = {
    "application_name": "konfliktraad",
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "tcp_user_timeout": 10_000,
}

_QUERY_CANCELED: Final = "57014"
#: Classes and single codes of errors that pass, or that an operator mends: connection,
#: a transaction that could not go on, rights, tables that are in the way of ours, room,
#: locks, shutdown, the disk.
#: (PostgreSQL documentation, appendix A)
_PASSING: Final = (
    *("08", "25006", "25P03", "25P04", "40", "42501", "42P07", "53", "55P03", "57"),
    *("58", "XX001", "XX002"),
)


def engine(url: URL, *, is_reading: bool, connections: int, is_patient: bool) -> Engine:
    """Make an engine that keeps so many connections and never opens more.

    Reading takes no transaction: each statement sees what is committed, which is all
    that READ COMMITTED promises either way.
    """
    settings = {**_LIMITS, **(_PATIENT if is_patient else {})}
    if is_reading:
        settings["default_transaction_read_only"] = "on"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        isolation_level="AUTOCOMMIT" if is_reading else "READ COMMITTED",
        pool_size=connections,
        max_overflow=0,
        connect_args={**_CONNECTING, "options": _options(settings)},
    )


def rewrite(made: Engine, tables: Sequence[str]) -> None:
    """Write tables anew with what is in them now; nobody can read them meanwhile."""
    patient = engine(made.url, is_reading=False, connections=1, is_patient=True)
    try:
        with patient.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(tables)}")
    finally:
        patient.dispose()


def is_its(error: DBAPIError) -> bool:
    """Tell whether an error comes from PostgreSQL's driver."""
    return hasattr(error.orig, "sqlstate")


def passes(error: DBAPIError) -> bool:
    """Tell whether an error is none of ours: the server is away, or asks for patience.

    Without a code there was no answer: the connection could not be made, or was lost.
    """
    code = _code(error)
    if code is None:
        return isinstance(error, OperationalError | InterfaceError)
    return code.startswith(_PASSING)


def took_too_long(error: DBAPIError) -> bool:
    """Tell whether the server has stopped a statement that took too long."""
    return _code(error) == _QUERY_CANCELED


def without_values(error: DBAPIError) -> None:
    """Leave only the first line of an error's words: the others quote whole rows."""
    for one in (error, error.orig):
        if one is not None:
            one.args = (str(error.orig).partition("\n")[0],)


def _code(error: DBAPIError) -> str | None:
    """Give the code that the server sent, if it sent one."""
    found = getattr(error.orig, "sqlstate", None)
    return None if found is None else str(found)


def _options(settings: Mapping[str, str]) -> str:
    return " ".join(f"-c {name}={value}" for name, value in settings.items())
