"""The age bands of a party: told by it, known to the police, and the one that rules."""

from bot.storage.tables import Party
from flows.facts import AgeBand
from flows.rules.age_bands import differ, ruling


def tell(party: Party, told: AgeBand | None) -> None:
    """Keep what a party tells; where the police know otherwise, the younger rules."""
    party.told_age_band = told
    party.age_band = ruling(told, _band(party.known_age_band))


def find_out(party: Party, band: AgeBand) -> None:
    """Keep the band that a human has found to be right, whoever said what before."""
    party.told_age_band = party.age_band = band
    if party.known_age_band is not None:
        party.known_age_band = band


def are_different(party: Party) -> bool:
    """Tell whether a party has told another band than the police know."""
    return differ(_band(party.told_age_band), _band(party.known_age_band))


def _band(value: str | None) -> AgeBand | None:
    return AgeBand(value) if value else None
