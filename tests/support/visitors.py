"""People who come by without a letter, while the real program runs beside the test."""

from bot.simulator.person import PhoneUser
from bot.simulator.phones import Owner
from bot.simulator.server import Simulator

#: Seconds for which they wait: the program may be killed and started meanwhile.
PATIENCE = 30


def newcomer(phones: Simulator, key: str) -> PhoneUser:
    """Let somebody open the bot, without waiting for what it says."""
    phones.world.add_phone(Owner(key, key.title(), "+4520163847"))
    person = PhoneUser(phones.world, key, patience=PATIENCE)
    person.open_link()
    return person


def hasty(phones: Simulator, key: str) -> PhoneUser:
    """Let somebody open the bot and name a language before they are asked for it."""
    person = newcomer(phones, key)
    person.says("dansk")
    return person


async def reads_on(person: PhoneUser) -> None:
    """Let somebody who was too early read that, and choose the language once more."""
    await person.hears("før du havde læst")
    person.says("dansk")
    await person.hears("112")


def heard(person: PhoneUser) -> list[str]:
    """List what the bot has said in somebody's chat."""
    return [bubble.text for bubble in person.reads() if bubble.author == "bot"]
