"""What effects have in common: figures, and writing to others in the same turn."""

from bot.chat.post import Post
from bot.chat.visit import Visit
from bot.storage import records
from bot.storage.consent.consents import Subject
from bot.storage.links import HOLDER
from bot.storage.staff import UNKNOWN_DISTRICT
from bot.storage.tables import Party
from flows.facts import Role


def post_of(visit: Visit) -> Post:
    """Give what it takes to write to others in this turn."""
    return Post(visit.session, visit.tools, visit.at)


def count(visit: Visit, step: str) -> None:
    """Add one to the figure of a step."""
    party, case = visit.party, visit.case
    role = party.role if party else visit.notes.role or Role.UNSAID
    if visit.holder is not None:
        role = HOLDER
    district = case.district if case else visit.notes.district or UNKNOWN_DISTRICT
    records.tally(visit.session, visit.at, district, step, role, visit.language)


def party_of(visit: Visit) -> Party:
    """Give the party in whose name the person speaks; there must be one."""
    party = visit.party
    if party is None:
        raise ValueError("Nobody speaks for a party in this talk.")
    return party


def subject_of(visit: Visit) -> Subject:
    """Give whose consent is recorded here; there must be somebody to speak for."""
    spoken_for = visit.spoken_for
    if spoken_for is None:
        raise ValueError("Nobody speaks for a party in this talk.")
    return Subject(spoken_for, visit.holder, visit.person, visit.key)
