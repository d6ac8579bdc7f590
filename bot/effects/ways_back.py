"""The ways back into a covered chat that a person has beside the letter."""

from typing import assert_never

from bot.chat import own_word
from bot.chat.visit import Visit
from bot.storage import links, ways_back
from bot.storage.mail.messages import Send
from flows.model import msg
from flows.ways_back import OwnCodeGiven, OwnWordChosen, OwnWordRemoved, WayBack


def apply(visit: Visit, effect: WayBack) -> None:
    """Write the rows of what opens a covered chat."""
    match effect:
        case OwnCodeGiven():
            give_code(visit)
        case OwnWordChosen(word):
            own_word.keep(visit, word)
        case OwnWordRemoved():
            visit.person.hiding_word = None
        case _:
            assert_never(effect)


def give_code(visit: Visit) -> None:
    """Give somebody without a letter a code of their own; it is shown this once."""
    session, keys = visit.session, visit.tools.keys
    had_one = ways_back.has_own(session, visit.person)
    token = ways_back.make_own(session, keys, visit.person, visit.at)
    text = msg("referral.own_code_again") if had_one else msg("referral.own_code")
    code = links.printed(token)
    visit.queue(Send(visit.text(text, code=code), protect=True))
