"""Named yes/no questions about facts; each reads after the word "when"."""

from __future__ import annotations

from flows.facts import AgeBand, Facts, Language, Role, known


def is_minor(facts: Facts) -> bool:
    """The person is under 18 years old."""
    return known(facts.age_band, "age_band") is not AgeBand.ADULT


def is_under_15(facts: Facts) -> bool:
    """The person is under 15 years old, so no number is asked for."""
    band = known(facts.age_band, "age_band")
    return band in {AgeBand.UNDER_12, AgeBand.FROM_12_TO_14}


def is_offender(facts: Facts) -> bool:
    """The person was invited as the one who caused the harm."""
    return known(facts.role, "role") is Role.OFFENDER


def has_link(facts: Facts) -> bool:
    """The person came by a personal link."""
    return known(facts.has_link, "has_link")


def is_information_only(facts: Facts) -> bool:
    """The link only informs, because the two people are close."""
    return known(facts.is_information_only, "is_information_only")


def has_phone(facts: Facts) -> bool:
    """A phone number has been given, so an e-mail address may be skipped."""
    return known(facts.has_phone, "has_phone")


def has_contact(facts: Facts) -> bool:
    """A phone number or an e-mail address has been given."""
    return known(facts.has_contact, "has_contact")


def is_reviewing(facts: Facts) -> bool:
    """The person has seen the summary and is changing one answer."""
    return known(facts.is_reviewing, "is_reviewing")


def can_return(facts: Facts) -> bool:
    """The person was in the middle of something and may go on there."""
    if known(facts.is_held, "is_held"):
        return False
    return known(facts.has_place_to_return, "has_place_to_return")


def came_from_elsewhere(facts: Facts) -> bool:
    """The person opened this from another place."""
    return known(facts.has_place_to_return, "has_place_to_return")


def is_number_welcome(facts: Facts) -> bool:
    """The person is known to be 15 or over, so a number may be asked for."""
    return known(facts.is_age_known, "is_age_known") and not is_under_15(facts)


def is_age_unknown(facts: Facts) -> bool:
    """The person has not told their age band yet."""
    return not known(facts.is_age_known, "is_age_known")


def is_number_unwelcome(facts: Facts) -> bool:
    """The person is known to be under 15, so no number is asked for."""
    return known(facts.is_age_known, "is_age_known") and is_under_15(facts)


def is_case_open(facts: Facts) -> bool:
    """The case has not ended."""
    return known(facts.is_case_open, "is_case_open")


def may_change_mind(facts: Facts) -> bool:
    """The person came by a letter, has told their age, and the case is open."""
    is_age_known = known(facts.is_age_known, "is_age_known")
    return is_age_known and has_link(facts) and is_case_open(facts)


def may_begin_anew(facts: Facts) -> bool:
    """The person came by a letter, has not told their age, and the case is open."""
    is_age_known = known(facts.is_age_known, "is_age_known")
    return not is_age_known and has_link(facts) and is_case_open(facts)


def is_letter_served(facts: Facts) -> bool:
    """The letter is for somebody who may use the bot."""
    return known(facts.is_letter_served, "is_letter_served")


def are_victims_served(facts: Facts) -> bool:
    """Those who were harmed may use the bot."""
    return known(facts.are_victims_served, "are_victims_served")


def are_offenders_served(facts: Facts) -> bool:
    """Those who caused harm may use the bot."""
    return known(facts.are_offenders_served, "are_offenders_served")


def is_phone_english(facts: Facts) -> bool:
    """The person's phone is not set to Danish."""
    return known(facts.phone_language, "phone_language") is Language.EN


def goes_to_human_when_interested(facts: Facts) -> bool:
    """A yes to hearing more leads to a human: under 18, or two who are close."""
    return is_minor(facts) or is_information_only(facts)


def is_adult_victim(facts: Facts) -> bool:
    """A yes to hearing more leads on: an adult who was harmed."""
    return not goes_to_human_when_interested(facts) and not is_offender(facts)


def is_adult_offender(facts: Facts) -> bool:
    """A yes to hearing more leads to the one question about the police."""
    return not goes_to_human_when_interested(facts) and is_offender(facts)


def is_close_adult(facts: Facts) -> bool:
    """An adult whose link only informs."""
    return is_information_only(facts) and not is_minor(facts)
