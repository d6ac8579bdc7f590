"""The mutations: each takes away one thing on which somebody relies."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Mutation:
    """One change to one file, and the tests of which one must notice it."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def _m(name: str, file: str, old: str, new: str, *tests: str) -> Mutation:
    return Mutation(name, file, old, new, tuple(f"tests/{test}" for test in tests))


_RULES: Final = ("flows/test_case.py", "flows/test_case_rules.py", "flows/test_side.py")
_HOLDERS: Final = ("flows/test_holders.py", *_RULES)
_TO_A_YES: Final = ("flows/test_guards.py", "flows/test_proof.py", "flows/test_ways.py")
_BLIND: Final = "machine/test_blind.py::test_"
_ONE_LETTER: Final = (
    "talks/test_letters.py::test_of_two_who_hold_one_letter_the_first_yes_counts"
)
_NO_LINK: Final = (
    "talks/test_parents.py::test_who_may_not_open_it_hears_what_an_unknown_link_is_told"
)
_STANDS: Final = "machine/test_milestones.py"

MUTATIONS: Final = (
    _m(
        "a parent's yes counts that nobody verified",
        "flows/holders.py",
        "HolderState.VERIFIED if holder.is_verified else HolderState.STATED",
        "HolderState.VERIFIED",
        *_HOLDERS,
    ),
    _m(
        "one parent's no is overlooked",
        "flows/holders.py",
        "0 < needed <= verified and not any(map(says_no, asked))",
        "0 < needed <= verified",
        *_HOLDERS,
    ),
    _m(
        "one of two parents is always enough",
        "flows/holders.py",
        "if told == 0 or not all_of_them:",
        "if True:",
        *_HOLDERS,
    ),
    _m(
        "a parent who was asked is passed over by a second answer of the child",
        "flows/holders.py",
        "return max(told, sum(map(is_asked, holders)))",
        "return told",
        *_HOLDERS,
    ),
    _m(
        "a yes and a no of two parents are no conflict",
        "flows/holders.py",
        "said_yes and any(map(says_no, asked))",
        "False",
        *_HOLDERS,
    ),
    _m(
        "a child needs no parent",
        "flows/side.py",
        "    return holders.have_agreed(side.holders, needed)",
        "    return True",
        *_RULES,
    ),
    _m(
        "who turns 18 this month is of age",
        "flows/side.py",
        "return side.majority is not Majority.ADULT",
        "return side.majority is Majority.MINOR",
        *_RULES,
        "flows/test_majority.py",
    ),
    _m(
        "orders against contact call no human",
        "flows/side.py",
        "side.orders is not Orders.NO",
        "False",
        *_RULES,
    ),
    _m(
        "fear calls no human",
        "flows/side.py",
        "side.fear is not Fear.NO",
        "False",
        *_RULES,
    ),
    _m(
        "a close tie calls no human",
        "flows/side.py",
        "Reason.CLOSE_RELATION: is_close",
        "Reason.CLOSE_RELATION: False",
        *_RULES,
    ),
    _m(
        "nobody looks who has not understood",
        "flows/side.py",
        "Reason.NOT_UNDERSTOOD: not side.has_understood",
        "Reason.NOT_UNDERSTOOD: False",
        *_RULES,
    ),
    _m(
        "from 12 to 14 no human confirms",
        "flows/side.py",
        "Reason.UNDER_15: side.age_band is AgeBand.FROM_12_TO_14",
        "Reason.UNDER_15: False",
        *_RULES,
    ),
    _m(
        "a human can clear who a parent is without looking",
        "flows/case.py",
        "if need.reason is not Reason.VERIFY_HOLDER:",
        "if need.reason is not None:",
        *_RULES,
    ),
    _m(
        "ties that differ go unseen",
        "flows/case.py",
        "if willing and _ties_differ(case.parties):",
        "if False and _ties_differ(case.parties):",
        *_RULES,
    ),
    _m(
        "an open need does not keep a case out of the queue",
        "flows/case.py",
        "    if case.open_needs or reasons_to_raise(case):",
        "    if reasons_to_raise(case):",
        *_RULES,
    ),
    _m(
        "a meeting is planned though a human still has to look",
        "flows/case.py",
        "        and status(case) is case.stage\n        and not case.open_needs\n",
        "        and status(case) is case.stage\n",
        *_RULES,
    ),
    _m(
        "a withdrawal after release ends nothing",
        "flows/case.py",
        "is_told_at_once = case.is_alone or case.stage in RELEASED",
        "is_told_at_once = case.is_alone",
        *_RULES,
    ),
    _m(
        "consent is offered before everything was told",
        "flows/guards.py",
        'return known(facts.is_informed, "is_informed")',
        "return True",
        *_TO_A_YES,
    ),
    _m(
        "consent is offered without understanding",
        "flows/guards.py",
        'return is_informed(facts) and known(facts.has_understood, "has_understood")',
        "return is_informed(facts)",
        *_TO_A_YES,
    ),
    _m(
        "consent is offered before the safety gate",
        "flows/guards.py",
        'return _is_prepared(facts) and known(facts.is_gate_passed, "is_gate_passed")',
        "return _is_prepared(facts)",
        *_TO_A_YES,
    ),
    _m(
        "parents are asked whom the child does not want asked",
        "flows/guards.py",
        'return known(facts.may_ask_holders, "may_ask_holders")',
        "return True",
        *_TO_A_YES,
    ),
    _m(
        "back undoes a consent",
        "flows/lasting.py",
        "    ConsentGiven,\n    ConsentRefused,\n    Withdrew,\n)",
        "    Withdrew,\n)",
        "talks/test_parents.py::test_back_undoes_no_yes",
    ),
    _m(
        "a negation silences a red flag",
        "flows/red_flags.py",
        "    return any(_is_flagged(one, flags, is_name=is_name) for one in",
        '    return " ikke " not in text and " not " not in text and any(\n'
        "        _is_flagged(one, flags, is_name=is_name) for one in",
        "flows/test_red_flags.py",
        "texts/test_red_flags.py",
    ),
    _m(
        "words of danger are taken as an answer",
        "flows/reading.py",
        "if not asked.is_of_staff and is_flagged(",
        "if asked.is_of_staff and is_flagged(",
        "talks/test_red_flags.py::test_help_is_shown_and_one_tap_leads_back",
    ),
    _m(
        "any words of danger may be a name",
        "flows/red_flags.py",
        "as_name and _is_like_name(text, flags.not_in_names)",
        "as_name",
        "texts/test_red_flags.py",
    ),
    _m(
        "a parent can come by a link after the child's stop",
        "bot/storage/withdrawing.py",
        "        links.void_unopened(session, party, at)\n",
        "",
        "talks/test_stops_of_children.py::"
        "test_with_the_childs_stop_an_unopened_link_is_none",
    ),
    _m(
        "an offender is invited though a victim told of danger",
        "bot/casework/linking.py",
        "if is_held_back(",
        "if False and is_held_back(",
        "talks/test_relations.py::"
        "test_who_is_close_and_wants_nothing_is_not_asked_about_by_anybody",
    ),
    _m(
        "a withdrawal is not written down",
        "bot/storage/withdrawing.py",
        "        party.interest, party.withdrawn_at = Interest.NO, at\n",
        "        party.interest = Interest.NO\n",
        "talks/test_changes_of_mind.py::test_withdrawing_twice_is_answered_kindly",
    ),
    _m(
        "a case is not looked at again after a turn",
        "bot/effects/__init__.py",
        "        settle(post_of(visit), case)",
        "        pass",
        _STANDS,
    ),
    _m(
        "a yes is valid for ever",
        "bot/storage/consents.py",
        "return event.valid_until is None or at < event.valid_until",
        "return event.valid_until is not None or at is not None",
        "bot/storage/test_sides.py",
        "bot/storage/test_consents.py",
    ),
    _m(
        "a link can be used twice",
        "bot/storage/links.py",
        "link.voided_at is None and link.person_id is None and at < link.expires_at",
        "link.voided_at is None and at < link.expires_at",
        _ONE_LETTER,
    ),
    _m(
        "a link never runs out",
        "bot/storage/links.py",
        "link.voided_at is None and link.person_id is None and at < link.expires_at",
        "link.voided_at is None and link.person_id is None",
        _NO_LINK,
    ),
    _m(
        "the child may open the message for its parent",
        "bot/conversation/letters.py",
        "case is not None and cases.is_in(visit.session, case, visit.person)",
        "False",
        _NO_LINK,
    ),
    _m(
        "a party takes the own case as its mediator",
        "bot/queue/claim.py",
        "    if cases.is_in(post.session, case, person):\n        return False\n",
        "",
        "machine/test_once.py::test_a_mediator_who_is_a_party_never_takes_the_case",
    ),
    _m(
        "what a human must look at holds everybody of the case up",
        "bot/chat/gathering.py",
        "need.holder_id is None and need.party_id == (by.party and by.party.id)",
        "need.holder_id is None",
        "talks/test_understanding.py"
        "::test_what_a_human_must_look_at_holds_up_only_whom_it_is_about",
    ),
    _m(
        "an end before release is told at once",
        "bot/queue/ending.py",
        "    if was_released:",
        "    if was_released or True:",
        "talks/test_daily_batch.py::test_one_side_sees_the_same_whatever_the_other_does",
    ),
    _m(
        "a no of the other side ends the case at once",
        "flows/case.py",
        "is_told_at_once = case.is_alone or case.stage in RELEASED",
        "is_told_at_once = True",
        f"{_BLIND}an_offender_learns_nothing_of_the_victim[no]",
    ),
    _m(
        "B is told when everybody has said yes",
        "bot/queue/standing.py",
        "        tell_mediators(post, case)\n    return now",
        "        tell_mediators(post, case)\n"
        "        from bot.chat.notices import tell\n\n"
        "        for one in cases.parties(post.session, case):\n"
        '            tell(post, one, "notice.claimed")\n    return now',
        f"{_BLIND}a_victim_learns_nothing_of_the_offender[yes]",
    ),
    _m(
        "who has withdrawn hears of the end",
        "bot/queue/ending.py",
        "    if talk is None or is_at_end(talks.position(talk)):",
        "    if talk is None:",
        "talks/test_silence.py::test_no_end_is_told_to_who_withdrew_and_reads_on",
    ),
    _m(
        "a parent is reminded after an answer",
        "bot/upkeep/parents.py",
        "    if not is_silent(parent.standing):\n        return None\n",
        "",
        "talks/test_clock.py::test_who_has_answered_is_not_reminded",
    ),
    _m(
        "a parent is reminded at night",
        "bot/upkeep/parents.py",
        "    if is_night(post.at.astimezone(DANISH_TIME).time()):\n        return\n",
        "",
        "talks/test_clock.py::test_nobody_is_reminded_at_night",
    ),
    _m(
        "an update that comes twice acts twice",
        "bot/conversation/turn.py",
        "    if not records.is_new(session, incoming.update_id, incoming.at):\n",
        "    records.is_new(session, incoming.update_id, incoming.at)\n"
        "    if session is None:\n",
        "machine/test_once.py::test_an_update_that_comes_twice_is_answered_once",
    ),
    _m(
        "on PostgreSQL the case lock is dropped",
        "bot/storage/locks.py",
        "    session.scalars(_CASES, touched).all()\n",
        "",
        "moments/test_moments.py::test_at_the_same_moment[postgresql-last_yeses]",
    ),
    _m(
        "an altered event is not seen",
        "bot/storage/chain.py",
        '        "state": event.state,\n',
        "",
        "bot/storage/test_chain.py",
    ),
    _m(
        "a link of the chain does not know the one before",
        "bot/storage/chain.py",
        '        "previous": event.previous,\n',
        "",
        "bot/storage/test_chain.py",
    ),
    _m(
        "it can be altered who wrote an event down",
        "bot/storage/chain.py",
        '        "by": event.by,\n',
        "",
        "bot/storage/test_chain.py",
    ),
)
