"""What decides whether somebody may be asked: safety, understanding, age, parents."""

from typing import assert_never

from bot.chat.visit import Visit
from bot.effects.figures import party_of
from bot.storage import talks
from flows.effects import (
    AuthorityGiven,
    BirthGiven,
    FearGiven,
    HoldersAllowed,
    OrdersGiven,
    TieGiven,
    Understood,
)
from flows.facts import Detail

Safeguarding = (
    AuthorityGiven
    | BirthGiven
    | FearGiven
    | HoldersAllowed
    | OrdersGiven
    | TieGiven
    | Understood
)


def apply(visit: Visit, effect: Safeguarding) -> None:  # noqa: C901 - one each
    """Write the rows of what a party said about safety, understanding and parents."""
    if isinstance(effect, Understood):
        speaker = visit.holder or party_of(visit)
        speaker.understood_at = visit.at
        return
    party = party_of(visit)
    match effect:
        case TieGiven(tie):
            party.tie = tie
        case OrdersGiven(orders):
            party.orders = orders
        case FearGiven(fear):
            party.fear = fear
        case BirthGiven(value):
            if visit.talk is not None:
                talks.remember(
                    visit.session, visit.key, visit.talk, Detail.BIRTH, value
                )
        case AuthorityGiven(authority):
            party.authority = authority
        case HoldersAllowed(allowed):
            party.may_ask_holders = allowed
        case _:
            assert_never(effect)
