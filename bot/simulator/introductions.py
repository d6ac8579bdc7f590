"""The methods with which a bot tells about itself."""

import json
import re
from typing import Final

from bot.simulator.bubbles import BubbleJson
from bot.simulator.errors import bad_request
from bot.simulator.params import Params
from bot.simulator.world import World

_COMMAND: Final = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS: Final = 100
_LONGEST: Final = {"name": 64, "description": 512, "short_description": 120}
_LONGEST_COMMAND_DESCRIPTION: Final = 256


def get_me(world: World, _params: Params) -> object:
    """Return the bot's account."""
    abilities = (
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    )
    return world.account.user() | dict.fromkeys(abilities, False)


def set_my_name(world: World, params: Params) -> object:
    """Set the name, for one language or all."""
    return _set(world, world.account.names, params, "name")


def set_my_description(world: World, params: Params) -> object:
    """Set what an empty chat shows."""
    return _set(world, world.account.descriptions, params, "description")


def set_my_short_description(world: World, params: Params) -> object:
    """Set what the profile shows."""
    texts = world.account.short_descriptions
    return _set(world, texts, params, "short_description")


def set_my_commands(world: World, params: Params) -> object:
    """Set the menu of commands, for a scope and a language."""
    commands = params.listed("commands")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    scope = params.parsed("scope") or {"type": "default"}
    key = (json.dumps(scope, separators=(",", ":")), params.text("language_code"))
    world.account.commands[key] = [_command(given) for given in commands]
    world.changes.up()
    return True


def _set(world: World, texts: dict[str, str], params: Params, name: str) -> bool:
    text = params.text(name)
    if len(text) > _LONGEST[name]:
        raise bad_request(f"{name} is too long")
    language = params.text("language_code")
    if text or language:
        texts[language] = text
    world.changes.up()
    return True


def _command(given: object) -> BubbleJson:
    if not isinstance(given, dict):
        raise bad_request("expected BotCommand to be an Object")
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _LONGEST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}
