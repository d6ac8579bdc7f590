"""What is handed to machines that run the program fits the program."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path

import pytest

from bot import settings
from bot.simulator.server import running
from bot.simulator.world import World
from tests.support.program import PATIENCE, program_anew

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "deploy/konfliktraad.service"
WORKER = ROOT / "deploy/konfliktraad-webhook@.service"
#: What a unit may set that the other one does not, or otherwise.
OWN = {"Description", "Environment", "ExecStart"}
SYSTEMD = shutil.which("systemd-analyze")


def instructions() -> Iterator[tuple[str, str]]:
    """Go through the Containerfile; a line that goes on is one instruction."""
    text = (ROOT / "deploy/Containerfile").read_text("utf-8")
    for line in text.replace("\\\n", " ").splitlines():
        if line and not line.startswith("#"):
            instruction, _, rest = line.partition(" ")
            yield instruction, rest.strip()


def said_with(wanted: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == wanted]


def unit(path: Path = UNIT) -> RawConfigParser:
    """Read the unit; of a key that stands there twice, the last counts here."""
    read = RawConfigParser(strict=False, delimiters=("=",))
    # The parser would write each key in small letters.
    read.optionxform = str  # type: ignore[method-assign,assignment]
    read.read(path, "utf-8")
    return read


def test_the_unit_starts_the_program_and_gives_it_time_to_end() -> None:
    service = unit()["Service"]
    assert service["ExecStart"].endswith("/.venv/bin/konfliktraad run")
    # A wrong setting; bot/cli tells it by this code.
    assert service["RestartPreventExitStatus"] == "2"
    assert int(service["TimeoutStopSec"]) > 10
    assert service["UMask"] == "0077"


def test_unit_and_image_set_only_what_there_is_to_set() -> None:
    units = UNIT.read_text("utf-8") + WORKER.read_text("utf-8")
    names = re.findall(r"^Environment=(\w+)=", units, re.MULTILINE)
    names += [rest.partition("=")[0] for rest in said_with("ENV")]
    known = {settings.PREFIX + name.upper() for name in settings.Settings.__slots__}
    assert names
    assert set(names) <= known


def test_a_worker_is_kept_as_the_whole_program_is() -> None:
    """It has a port of its own, and nothing else is different."""
    service = unit(WORKER)["Service"]
    assert service["ExecStart"] == f"{unit()['Service']['ExecStart']} --webhook"
    assert "Environment=KONFLIKTRAAD_WEBHOOK_PORT=%i" in WORKER.read_text("utf-8")
    assert "sqlite:" not in WORKER.read_text("utf-8")
    for name, section in unit(WORKER).items():
        same = {key: value for key, value in section.items() if key not in OWN}
        other = {k: v for k, v in unit()[name].items() if k not in OWN}
        assert same == other


@pytest.mark.parametrize("path", [UNIT, WORKER], ids=["alone", "worker"])
def test_systemd_takes_the_unit_and_finds_little_exposed(
    tmp_path: Path, path: Path
) -> None:
    """Where there is no systemd, the other tests of the unit have to do."""
    if SYSTEMD is None:
        return
    text = path.read_text("utf-8")
    for place, there in {
        "/opt/konfliktraad/.venv/bin/konfliktraad": sys.executable,
        "/etc/konfliktraad.env": os.devnull,
    }.items():
        assert place in text
        text = text.replace(place, there)
    here = tmp_path / path.name.replace("@", "@8443")
    here.write_text(text, "utf-8")
    verified = analyzed(SYSTEMD, "verify", str(here))
    assert (verified.returncode, verified.stderr) == (0, "")
    exposed = analyzed(
        SYSTEMD, "security", "--offline=yes", "--threshold=20", str(here)
    )
    assert exposed.returncode == 0, exposed.stdout


def analyzed(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [tool, *arguments], capture_output=True, text=True, check=False
    )


def test_the_image_comes_from_no_named_host() -> None:
    assert said_with("FROM") == ["python:3.11-slim"]
    assert said_with("USER") == ["konfliktraad"]


async def test_what_the_image_copies_is_enough_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, data = tmp_path / "app", tmp_path / "data"
    data.mkdir()
    copy_into(app)
    monkeypatch.setenv("PYTHONPATH", str(app))
    own = {
        name.removeprefix(settings.PREFIX): value.replace("/data", str(data))
        for name, _, value in (rest.partition("=") for rest in said_with("ENV"))
    }
    for name, value in own.items():
        monkeypatch.setenv(settings.PREFIX + name, value)
    assert str(app) in ran(data, "-c", "import bot; print(bot.__file__)")
    ran(data, "-m", "bot.cli", "migrate")
    assert command() == ["konfliktraad", "run"]
    del own["HEALTH_PORT"]  # it may be taken on this computer
    async with (
        running(World()) as phones,
        program_anew(data, phones.url, **own) as bot,
    ):
        await bot.is_ready()
        ran(data, *health_check(bot.port))
        assert await bot.ends() == 0
    assert not list(app.rglob("*.db"))


def copy_into(app: Path) -> None:
    for rest in said_with("COPY"):
        *sources, target = rest.split()
        for source in sources:
            found, to = ROOT / source, app / target
            if found.is_dir():
                shutil.copytree(found, to)
            else:
                to.mkdir(parents=True, exist_ok=True)
                shutil.copy(found, to / found.name)


def command() -> list[str]:
    """Put together what the container runs."""
    (entry,), (first,) = said_with("ENTRYPOINT"), said_with("CMD")
    return [*json.loads(entry), *json.loads(first)]


def health_check(port: int) -> list[str]:
    (check,) = said_with("HEALTHCHECK")
    python, *arguments = json.loads(check.removeprefix("CMD "))
    assert python == "python"
    (set_port,) = [
        rest.partition("=")[2] for rest in said_with("ENV") if "HEALTH_PORT" in rest
    ]
    assert f":{set_port}/" in arguments[-1]
    return [*arguments[:-1], arguments[-1].replace(set_port, str(port))]


def ran(folder: Path, *arguments: str) -> str:
    """Run Python in a folder; it must do what it was asked."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
