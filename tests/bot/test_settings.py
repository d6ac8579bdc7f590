"""Settings: what is wrong is named in one sentence, and its value is not shown."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load
from flows.facts import Role


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_without_anything_the_defaults_hold(file: Path) -> None:
    assert load({}, file) == Settings()


def test_every_setting_is_read(file: Path, tmp_path: Path) -> None:
    contacts = tmp_path / "contacts.toml"
    contacts.touch()
    file.write_text(
        "# a remark\n"
        "KONFLIKTRAAD_TELEGRAM_TOKEN=123:abc_DEF-4\n"
        "KONFLIKTRAAD_TELEGRAM_API = http://127.0.0.1:8081/\n"
        'KONFLIKTRAAD_DATABASE_URL="sqlite:////srv/k r/a #1.db"  # a disk of its own\n'
        "export KONFLIKTRAAD_KEYS_URL='sqlite:////srv/keys.db'\n"
        "KONFLIKTRAAD_KEY_FILE=/srv/key # apart\n"
        f"KONFLIKTRAAD_CONTACTS={contacts}\n"
        "\n"
        "KONFLIKTRAAD_LINK_DAYS=14\n"
        "KONFLIKTRAAD_CASE_DAYS=\n"
        "KONFLIKTRAAD_HOLDER_REMINDERS=1\n"
        "KONFLIKTRAAD_REQUIRE_ALL_HOLDERS=false\n"
        "KONFLIKTRAAD_CHAT_RATE=0.5\n"
        "KONFLIKTRAAD_SEND_RATE=0\n"
        "KONFLIKTRAAD_HEALTH_PORT=8081\n"
        "KONFLIKTRAAD_ROLES=offender, victim\n"
        "KONFLIKTRAAD_LOG=json\n"
    )
    assert load({}, file) == Settings(
        telegram_token="123:abc_DEF-4",
        telegram_api="http://127.0.0.1:8081",
        database_url="sqlite:////srv/k r/a #1.db",
        keys_url="sqlite:////srv/keys.db",
        key_file=Path("/srv/key"),
        contacts=contacts,
        link_days=14,
        case_days=21,
        holder_reminders=1,
        require_all_holders=False,
        chat_rate=0.5,
        send_rate=0.0,
        health_port=8081,
        roles=frozenset({Role.VICTIM, Role.OFFENDER}),
        log="json",
    )


def test_the_environment_goes_before_the_file(file: Path) -> None:
    file.write_text("KONFLIKTRAAD_LINK_DAYS=14\nKONFLIKTRAAD_CASE_DAYS=7\n")
    settings = load({"KONFLIKTRAAD_LINK_DAYS": "10"}, file)
    assert (settings.link_days, settings.case_days) == (10, 7)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "the-token-of-somebody"),
        ("TELEGRAM_API", "api.telegram.org"),
        ("DATABASE_URL", "mysql://user:secret@host/db"),
        ("DATABASE_URL", "postgresql+asyncpg://user:secret@host/db"),
        ("DATABASE_URL", "postgresql://user:secret@host/"),
        ("DATABASE_URL", "postgresql://user:sec@ret@host/name"),
        ("DATABASE_URL", "postgresql://user:secret@host:5x/name"),
        ("KEYS_URL", "postgres://user:secret@host:port]/db"),
        ("DATABASE_URL", "sqlite:///"),
        ("KEYS_URL", "var/keys.db"),
        ("CONTACTS", "/nowhere/contacts.toml"),
        ("LINK_DAYS", "soon"),
        ("LINK_DAYS", "0"),
        ("CASE_DAYS", "-3"),
        ("HOLDER_REMINDERS", "3"),
        ("REQUIRE_ALL_HOLDERS", "0"),
        ("CHAT_RATE", "fast"),
        ("SEND_RATE", "nan"),
        ("SEND_RATE", "inf"),
        ("HEALTH_PORT", "65536"),
        ("HEALTH_PORT", "http"),
        ("WEBHOOK_URL", "http://bot.example.dk/telegram"),
        ("WEBHOOK_URL", "http://127.0.0.1@bot.example.dk/telegram"),
        ("WEBHOOK_URL", "https:///telegram"),
        ("WEBHOOK_URL", "https://ida:secret@bot.example.dk/telegram"),
        ("WEBHOOK_URL", "https://bot.example.dk/telegram?key=secret"),
        ("WEBHOOK_SECRET", "a secret"),
        ("WEBHOOK_SECRET", "hemmelighød"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("WEBHOOK_PORT", "0"),
        ("WEBHOOK_PORT", "65536"),
        ("ROLES", "victim,mediator"),
        ("ROLES", ","),
        ("LOG", "loud"),
    ],
)
def test_a_wrong_setting_is_named(file: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^KONFLIKTRAAD_{name} is wrong: "):
        load({f"KONFLIKTRAAD_{name}": value}, file)


def test_a_wrong_secret_is_not_shown(file: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load({"KONFLIKTRAAD_TELEGRAM_TOKEN": "123:half a secret"}, file)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "begins", ["postgresql://", "postgres://", "postgresql+psycopg://"]
)
def test_postgresql_may_be_written_in_three_ways(file: Path, begins: str) -> None:
    settings = load({"KONFLIKTRAAD_DATABASE_URL": f"{begins}ida:secret@db/kr"}, file)
    assert settings.database_url == "postgresql://ida:secret@db/kr"
    assert "secret" not in repr(settings)


def test_a_wrong_address_of_a_database_is_not_shown(file: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load({"KONFLIKTRAAD_KEYS_URL": "mysql://ida:secret@db/kr"}, file)
    assert "ida" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_misspelt_setting_in_the_file_is_named_by_its_line(file: Path) -> None:
    file.write_text("\nKONFLIKTRAAD_LINKDAYS=3\n")
    with pytest.raises(SettingsError, match="line 2: no setting has this name"):
        load({}, file)


def test_a_line_that_sets_nothing_is_named(file: Path) -> None:
    file.write_text("KONFLIKTRAAD_LINK_DAYS\n")
    with pytest.raises(SettingsError, match="line 1: expected NAME=value"):
        load({}, file)


def test_a_missing_token_is_missed_only_where_it_is_needed(file: Path) -> None:
    settings = load({}, file)
    with pytest.raises(SettingsError, match="KONFLIKTRAAD_TELEGRAM_TOKEN is missing"):
        settings.token()
    assert load({"KONFLIKTRAAD_TELEGRAM_TOKEN": "1:a"}, file).token() == "1:a"


def test_no_secret_shows_when_settings_are_printed() -> None:
    assert "123:abc" not in repr(Settings(telegram_token="123:abc"))


def test_a_webhook_is_not_served_with_a_secret_that_could_be_guessed(
    file: Path,
) -> None:
    given = {
        "KONFLIKTRAAD_WEBHOOK_URL": "https://bot.example.dk/telegram/updates",
        "KONFLIKTRAAD_WEBHOOK_SECRET": "q7Yb-q7Yb-q7Yb-",
    }
    with pytest.raises(SettingsError, match=r"SECRET is wrong: .* 16 ") as caught:
        load(given, file).hook()
    assert "q7Yb" not in str(caught.value)


@pytest.mark.parametrize("missing", ["URL", "SECRET"])
def test_a_webhook_needs_an_address_and_a_secret(file: Path, missing: str) -> None:
    given = {
        "KONFLIKTRAAD_WEBHOOK_URL": "https://bot.example.dk/telegram/updates",
        "KONFLIKTRAAD_WEBHOOK_SECRET": "q7Yb" * 4,
    }
    hook = load(given, file).hook()
    assert (hook.path, hook.host, hook.port) == ("/telegram/updates", "127.0.0.1", 8443)
    elsewhere = {"KONFLIKTRAAD_WEBHOOK_HOST": "::1", "KONFLIKTRAAD_WEBHOOK_PORT": "9"}
    hook = load(given | elsewhere, file).hook()
    assert (hook.host, hook.port) == ("::1", 9)
    assert "q7Yb" not in repr(hook) + repr(load(given, file))
    del given[f"KONFLIKTRAAD_WEBHOOK_{missing}"]
    with pytest.raises(SettingsError, match=f"KONFLIKTRAAD_WEBHOOK_{missing}"):
        load(given, file).hook()
