"""Named yes/no questions about facts; each reads after the word "when"."""

from __future__ import annotations

from flows.facts import (
    AgeBand,
    Authority,
    Facts,
    Majority,
    Role,
    known,
)


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


def lacks_code(facts: Facts) -> bool:
    """The person came without a letter and has no code of their own yet."""
    return not has_link(facts) and not known(facts.has_way_back, "has_way_back")


def has_code(facts: Facts) -> bool:
    """The person came without a letter this time, and has a code or another letter."""
    return not has_link(facts) and known(facts.has_way_back, "has_way_back")


def has_own_word(facts: Facts) -> bool:
    """The person has chosen a word that opens the chat again when it is covered."""
    return known(facts.has_own_word, "has_own_word")


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
    """The person came by a letter as a party, told their age, and the case is open."""
    if is_holder(facts) or not known(facts.is_age_known, "is_age_known"):
        return False
    return has_link(facts) and is_case_open(facts)


def may_begin_anew(facts: Facts) -> bool:
    """The person came by a letter, has not told their age, and the case is open."""
    if is_holder(facts) or known(facts.is_age_known, "is_age_known"):
        return False
    return has_link(facts) and is_case_open(facts)


def may_change_mind_as_parent(facts: Facts) -> bool:
    """The person speaks as a parent, and the case is open."""
    return is_holder(facts) and is_case_open(facts)


def is_letter_served(facts: Facts) -> bool:
    """The letter is for somebody who may use the bot."""
    return known(facts.is_letter_served, "is_letter_served")


def are_victims_served(facts: Facts) -> bool:
    """Those who were harmed may use the bot."""
    return known(facts.are_victims_served, "are_victims_served")


def are_offenders_served(facts: Facts) -> bool:
    """Those who caused harm may use the bot."""
    return known(facts.are_offenders_served, "are_offenders_served")


def is_under_12(facts: Facts) -> bool:
    """The person is under 12 years old, so a human takes over at once."""
    return known(facts.age_band, "age_band") is AgeBand.UNDER_12


def is_told_only(facts: Facts) -> bool:
    """The person is 12 or over, and the link only informs."""
    return not is_under_12(facts) and is_information_only(facts)


def is_asked_on(facts: Facts) -> bool:
    """The person is 12 or over and asked on, but nothing about the police."""
    if is_under_12(facts) or is_information_only(facts):
        return False
    return not is_offender(facts) or is_under_15(facts)


def is_offender_asked(facts: Facts) -> bool:
    """The person is 15 or over, caused harm, and is asked about the police."""
    if is_under_12(facts) or is_information_only(facts):
        return False
    return is_offender(facts) and not is_under_15(facts)


def may_answer_again(facts: Facts) -> bool:
    """The party's answer about the police holds them up, and nothing else does."""
    if is_holder(facts):
        return False
    return known(facts.may_answer_again, "may_answer_again")


def is_let_go_on(facts: Facts) -> bool:
    """Nothing is left that a human must look at first."""
    return not known(facts.is_held, "is_held")


def is_of_age(facts: Facts) -> bool:
    """The month of the person's 18th birthday is over."""
    return known(facts.majority, "majority") is Majority.ADULT


def is_birth_fitting(facts: Facts) -> bool:
    """Somebody born in that month can be as old as the person said."""
    return known(facts.is_birth_fitting, "is_birth_fitting")


def _may_renew_link(facts: Facts) -> bool:
    """The case is open, and the parents of a minor may be asked."""
    if not is_case_open(facts) or not _is_minor_for_consent(facts):
        return False
    return _may_ask_holders(facts)


def may_renew_only_link(facts: Facts) -> bool:
    """The case is open, and one adult may be asked for a minor."""
    return _may_renew_link(facts) and not _are_two_asked(facts)


def may_renew_either_link(facts: Facts) -> bool:
    """The case is open, and both parents of a minor may be asked."""
    return _may_renew_link(facts) and _are_two_asked(facts)


def _are_two_asked(facts: Facts) -> bool:
    """Both parents have parental authority, as the child says."""
    return known(facts.authority, "authority") is Authority.BOTH


def can_be_reached(facts: Facts) -> bool:
    """A way to be reached was given; under 15 the parent is that way."""
    return is_under_15(facts) or has_contact(facts)


def is_informed(facts: Facts) -> bool:
    """Everything that must be told before a yes was shown in this talk."""
    return known(facts.is_informed, "is_informed")


def lacks_understanding(facts: Facts) -> bool:
    """Everything was told, but it is not clear yet what a yes means."""
    return is_informed(facts) and not known(facts.has_understood, "has_understood")


def lacks_safety(facts: Facts) -> bool:
    """All is told and understood, but the questions about safety stand open."""
    if not _is_prepared(facts):
        return False
    return not known(facts.is_gate_passed, "is_gate_passed")


def may_agree_alone(facts: Facts) -> bool:
    """An adult who is told, understands, and is safe."""
    return _is_past_safety(facts) and is_of_age(facts)


def may_agree_with_parents(facts: Facts) -> bool:
    """A minor who is told, understands, is safe, and says that parents may be asked."""
    return _is_minor_past_safety(facts) and _may_ask_holders(facts)


def lacks_parents(facts: Facts) -> bool:
    """As such a minor, but whether parents may be asked has not been said."""
    return _is_minor_past_safety(facts) and not _may_ask_holders(facts)


def may_agree_while_turning_18(facts: Facts) -> bool:
    """Told, understanding and safe, in the month of the 18th birthday."""
    return _is_past_safety(facts) and _is_turning_18(facts)


def may_agree_for_child(facts: Facts) -> bool:
    """A parent of a minor who is told and understands."""
    return _is_prepared(facts) and _is_minor_for_consent(facts)


def is_child_of_age(facts: Facts) -> bool:
    """A parent who is told and understands, but the child is turning 18 or has."""
    return _is_prepared(facts) and not _is_minor_for_consent(facts)


def may_agree_again(facts: Facts) -> bool:
    """The yes stands no longer: it is too old, or the text has changed."""
    return is_case_open(facts) and not known(facts.has_live_yes, "has_live_yes")


def may_change_number(facts: Facts) -> bool:
    """The case is open, and somebody of this age may be called."""
    return is_case_open(facts) and not is_under_15(facts)


def is_holder(facts: Facts) -> bool:
    """The person speaks as a holder of parental authority."""
    return known(facts.is_holder, "is_holder")


def _is_prepared(facts: Facts) -> bool:
    """Everything was told, and it is clear what a yes means."""
    return is_informed(facts) and known(facts.has_understood, "has_understood")


def _is_past_safety(facts: Facts) -> bool:
    """All is told and understood, and the person is safe."""
    return _is_prepared(facts) and known(facts.is_gate_passed, "is_gate_passed")


def _is_minor_past_safety(facts: Facts) -> bool:
    """A minor to whom all is told, who understands it, and who is safe."""
    return _is_past_safety(facts) and _is_minor_for_consent(facts)


def _may_ask_holders(facts: Facts) -> bool:
    """The child said that parents may be asked."""
    return known(facts.may_ask_holders, "may_ask_holders")


def _is_minor_for_consent(facts: Facts) -> bool:
    """The month of the 18th birthday has not begun."""
    return known(facts.majority, "majority") is Majority.MINOR


def _is_turning_18(facts: Facts) -> bool:
    """The month of the 18th birthday has begun and is not over."""
    return known(facts.majority, "majority") is Majority.TURNING_18
