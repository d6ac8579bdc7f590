"""Mutations of talks and of `bot/`: each takes away what somebody relies on."""

from typing import Final

from tests.lab.prove.mutation import mutation

_BLIND: Final = "lab/machine/test_blind.py::test_"
_ONE_LETTER: Final = (
    "talks/test_letters.py::test_of_two_who_hold_one_letter_the_first_yes_counts"
)
_NO_LINK: Final = (
    "talks/test_parents.py::test_who_may_not_open_it_hears_what_an_unknown_link_is_told"
)
_STANDS: Final = "lab/machine/test_milestones.py"
_ONCE: Final = "lab/machine/test_once.py::test_"
_ELSEWHERE: Final = "bot/cli/test_elsewhere.py::test_"

OF_PROGRAM: Final = (
    mutation(
        "back undoes a consent",
        "flows/irreversible.py",
        "    ConsentGiven,\n    ConsentRefused,\n    Withdrew,\n)",
        "    Withdrew,\n)",
        "talks/test_parents.py::test_back_undoes_no_yes",
    ),
    mutation(
        "words of danger are taken as an answer",
        "flows/words/reading.py",
        "if not asked.is_of_staff and is_flagged(",
        "if asked.is_of_staff and is_flagged(",
        "talks/test_red_flags.py::test_help_is_shown_and_one_tap_leads_back",
    ),
    mutation(
        "a withdrawal is not written down",
        "bot/storage/consequences.py",
        "    speaker.withdrawn_at = at\n",
        "",
        "talks/test_changes_of_mind.py::test_withdrawing_twice_is_answered_kindly",
    ),
    mutation(
        "a case is not looked at again after a turn",
        "bot/effects/__init__.py",
        "        settle(post_of(visit), case)",
        "        pass",
        _STANDS,
    ),
    mutation(
        "a talk speaks for whom it spoke for when the turn began",
        "bot/chat/visit.py",
        "        if self._speaks.named != named:\n",
        "        if self._speaks is NOBODY:\n",
        "talks/test_facts_of_a_turn.py::test_two_who_agree_and_one_who_stops",
    ),
    mutation(
        "what a later version has noted of a talk is lost",
        "bot/storage/notes.py",
        "    kept = dict(notes.unread)\n",
        "    kept: dict[str, Kept] = {}\n",
        "bot/storage/test_notes.py::"
        "test_what_a_later_version_notes_stays_until_the_talk_begins_anew",
    ),
    mutation(
        "a yes is valid for ever",
        "flows/rules/standing.py",
        "if self.valid_until is not None and at >= self.valid_until:",
        "if self.valid_until is not None and at is None:",
        "bot/storage/test_sides.py",
        "bot/storage/test_consents.py",
        "flows/test_standing.py",
    ),
    mutation(
        "a link can be used twice",
        "bot/storage/links.py",
        "link.voided_at is None and link.person_id is None and at < link.expires_at",
        "link.voided_at is None and at < link.expires_at",
        _ONE_LETTER,
    ),
    mutation(
        "a link never runs out",
        "bot/storage/links.py",
        "link.voided_at is None and link.person_id is None and at < link.expires_at",
        "link.voided_at is None and link.person_id is None",
        _NO_LINK,
    ),
    mutation(
        "the child may open the message for its parent",
        "bot/conversation/letters.py",
        "    return is_work or cases.is_in(visit.session, case, visit.person)",
        "    return is_work",
        _NO_LINK,
    ),
    mutation(
        "a party takes the own case as its mediator",
        "bot/queue/claim.py",
        "    if cases.is_in(post.session, case, person):\n        return False\n",
        "",
        "talks/test_letters.py::test_a_party_cannot_take_the_own_case",
    ),
    mutation(
        "what a human must look at holds everybody of the case up",
        "bot/chat/gathering.py",
        "need.holder_id is None and need.party_id == (by.party and by.party.id)",
        "need.holder_id is None",
        "talks/test_understanding.py"
        "::test_what_a_human_must_look_at_holds_up_only_whom_it_is_about",
    ),
    mutation(
        "an end before release is told at once",
        "bot/queue/ending.py",
        "    if was_released:",
        "    if was_released or True:",
        "talks/test_daily_batch.py::test_one_side_sees_the_same_whatever_the_other_does",
    ),
    mutation(
        "a no of the other side ends the case at once",
        "flows/rules/case.py",
        "return case.is_alone and any(party.is_out for party in case.parties)",
        "return any(party.is_out for party in case.parties)",
        f"{_BLIND}an_offender_learns_nothing_of_the_victim[no]",
    ),
    mutation(
        "B is told when everybody has said yes",
        "bot/queue/standing.py",
        "        tell_mediators(post, case)\n    return now",
        "        tell_mediators(post, case)\n"
        "        from bot.chat.notices import tell\n\n"
        "        for one in cases.parties(post.session, case):\n"
        '            tell(post, one, "notice.claimed")\n    return now',
        f"{_BLIND}a_victim_learns_nothing_of_the_offender[yes]",
    ),
    mutation(
        "who has withdrawn hears of the end",
        "bot/queue/ending.py",
        "    if talk is None or is_at_end(talks.position(talk)):",
        "    if talk is None:",
        f"{_ONCE}who_has_stopped_hears_nothing_more_unasked",
        "talks/test_silence.py::test_no_end_is_told_to_who_withdrew_and_reads_on",
    ),
    mutation(
        "a parent is reminded after an answer",
        "bot/upkeep/parents.py",
        "    if not is_silent(parent.standing):\n        return None\n",
        "",
        "talks/test_clock.py::test_who_has_answered_is_not_reminded",
    ),
    mutation(
        "a parent is reminded at night",
        "bot/upkeep/parents.py",
        "    if is_night(post.at.astimezone(DANISH_TIME).time()):\n        return\n",
        "",
        "talks/test_clock.py::test_nobody_is_reminded_at_night",
    ),
    mutation(
        "an update that comes twice acts twice",
        "bot/conversation/turn.py",
        "    if not records.is_new(session, incoming.event, incoming.at):\n",
        "    records.is_new(session, incoming.event, incoming.at)\n"
        "    if session is None:\n",
        "lab/machine/test_once.py::test_an_update_that_comes_twice_is_answered_once",
    ),
    mutation(
        "on PostgreSQL the case lock is dropped",
        "bot/storage/locks.py",
        "    for statement in (_INVITATIONS, _CASES):",
        "    for statement in (_INVITATIONS,):",
        "lab/moments/test_moments.py::test_at_the_same_moment[postgresql-last_yeses]",
    ),
    mutation(
        "on PostgreSQL a case is not read again when it is locked",
        "bot/storage/locks.py",
        "        if isinstance(known, Link | Case):",
        "        if isinstance(known, Link):",
        "bot/storage/test_server.py::test_what_was_read_before_it_was_locked_is_read_again",
    ),
    mutation(
        "an altered event is not seen",
        "bot/storage/consent/chain.py",
        '        "state": event.state,\n',
        "",
        "bot/storage/test_chain.py",
    ),
    mutation(
        "a link of the chain does not know the one before",
        "bot/storage/consent/chain.py",
        '        "previous": event.previous,\n',
        "",
        "bot/storage/test_chain.py",
    ),
    mutation(
        "it can be altered who wrote an event down",
        "bot/storage/consent/chain.py",
        '        "by": event.by,\n',
        "",
        "bot/storage/test_chain.py",
    ),
    mutation(
        "a parent can come by a link after the child's stop",
        "flows/rules/consequences.py",
        "    interest=Interest.NO, closes_invitations=True, closes_moves=True\n",
        "    interest=Interest.NO, closes_moves=True\n",
        "talks/test_stops_of_children.py::"
        "test_with_the_childs_stop_an_unopened_link_is_none",
    ),
    mutation(
        "an offender is invited though a victim told of danger",
        "bot/casework/linking.py",
        "if is_held_back(",
        "if False and is_held_back(",
        "talks/test_relations.py::"
        "test_who_is_close_and_wants_nothing_is_not_asked_about_by_anybody",
    ),
    mutation(
        "a case is handed over however it stands",
        "bot/queue/claim.py",
        "    if settle(post, case) is not Status.CONFIRMED or staff is None:",
        "    if staff is None:",
        f"{_ONCE}a_case_is_handed_over_only_when_it_is_confirmed",
    ),
    mutation(
        "a second mediator gets the card of a case that one has",
        "bot/queue/claim.py",
        "        own = staff is not None and case.mediator_id == staff.id\n",
        "        own = staff is not None\n",
        f"{_ONCE}a_second_mediator_sees_nothing_of_a_case_that_is_taken",
    ),
    mutation(
        "a parent reads the child's full name",
        "bot/chat/child_name.py",
        "talk, Detail.SHOWN_NAME)",
        "talk, Detail.NAME)",
        f"{_ONCE}nobody_reads_what_another_one_wrote",
    ),
    mutation(
        "a yes counts that was said again to an earlier mediator",
        "bot/storage/sides.py",
        "    return kept.claimed_at is not None and word.event.at >= kept.claimed_at",
        "    return True",
        "bot/storage/test_sides.py::test_only_what_was_said_again_to_the_present_mediator"
        "_was_said_again",
    ),
    mutation(
        "a new yes of a parent counts as verified by the old one",
        "bot/storage/consent/consents.py",
        "    if consequences(purpose, state).is_verified_anew:",
        "    if consequences(purpose, state) is None:",
        "bot/storage/test_consents.py",
    ),
    mutation(
        "texts count as shown that were not",
        "bot/storage/consent/shown.py",
        "    return found.issuperset(ids)",
        "    return bool(found) or not ids or True",
        "bot/storage/test_shown.py",
    ),
    mutation(
        "what a wrong person said counts for the right one",
        "bot/storage/consent/consents.py",
        'ConsentRecord.person_id == bindparam("person")',
        "ConsentRecord.person_id == ConsentRecord.person_id",
        "bot/storage/test_consents.py",
    ),
    mutation(
        "what was settled before a stop is settled for good",
        "bot/storage/standings.py",
        "    return bool(stop and need.cleared_at and need.cleared_at <= stop)",
        "    return False",
        "bot/storage/test_standings.py",
    ),
    mutation(
        "a receipt with a broken seal is genuine",
        "bot/consent/verify_receipt.py",
        "        return self.is_sealed and not any(",
        "        return not any(",
        f"{_ONCE}a_receipt_holds_the_own_records_alone",
    ),
    mutation(
        "a receipt is not compared with what is stored",
        "bot/consent/verify_receipt.py",
        "        elif event != receipt.event_of(record, stored[n - 1]):",
        "        elif False:",
        "bot/storage/test_verify_receipt.py",
    ),
    mutation(
        "a receipt holds what everybody has said",
        "bot/storage/consent/consents.py",
        "select(ConsentRecord).where(ConsentRecord.person_id == person.id)",
        "select(ConsentRecord)",
        f"{_ONCE}a_receipt_holds_the_own_records_alone",
    ),
    mutation(
        "a yes is said again to nobody",
        "bot/casework/recording.py",
        "    _refuse_unclaimed(case, said.on)\n",
        "",
        f"{_ELSEWHERE}nothing_is_said_again_before_a_mediator_has_the_case",
    ),
    mutation(
        "an eID counts that nobody has checked",
        "bot/casework/verifying.py",
        "        Check.EID: _by_eid,",
        "        Check.EID: _by_a_human,",
        f"{_ELSEWHERE}what_cannot_be_made_sure_of_is_refused",
    ),
    mutation(
        "a yes is made sure of before it was said",
        "bot/casework/verifying.py",
        "    if on < said:",
        "    if False:",
        f"{_ELSEWHERE}what_cannot_be_made_sure_of_is_refused",
    ),
    mutation(
        "a no by phone leaves the case in the queue",
        "bot/casework/recording.py",
        "    settle(post, case)\n    return case, _left(",
        "    return case, _left(",
        f"{_ELSEWHERE}a_stop_by_phone_takes_the_case_out_of_the_queue",
    ),
    mutation(
        "of age settles whatever waits",
        "bot/casework/settling.py",
        "        if (need.party_id, need.holder_id) == whose:",
        "        if True:",
        "talks/test_settling.py",
    ),
    mutation(
        "a slip of the pen settles something",
        "bot/casework/settling.py",
        "    _refuse_unknown(said.code)\n",
        "",
        "talks/test_settling.py",
    ),
    mutation(
        "danger is settled with everything else",
        "bot/casework/settling.py",
        "    if alone:",
        "    if False:",
        "talks/test_settling.py",
        "bot/cli/test_one_parent.py",
    ),
    mutation(
        "staff settle what an offender has not said to the police",
        "bot/casework/settling.py",
        "    if settled_by is SettledBy.OWN_YES:",
        "    if False:",
        "talks/test_what_the_police_know.py",
    ),
    mutation(
        "a parent's no goes with the other one's authority",
        "bot/casework/letting_go.py",
        "    if said_no and lost:",
        "    if False:",
        "bot/cli/test_one_parent.py",
    ),
    mutation(
        "somebody is asked again who has said no",
        "bot/casework/after_a_no.py",
        "    if has_left(side) and because is not Because.ASKED_AGAIN:",
        "    if False:",
        "talks/test_a_no_that_lasts.py",
    ),
    mutation(
        "whoever says that they are older is treated so",
        "flows/rules/age_bands.py",
        "    return min(told, known, key=lambda band: band.lowest)",
        "    return told",
        "flows/test_case.py",
    ),
    mutation(
        "a minor becomes an adult at a word",
        "bot/casework/freeing.py",
        "    if side.majority is Majority.MINOR:",
        "    if False:",
        f"{_ONCE}nobody_is_of_age_before_the_month_of_the_birthday",
    ),
    mutation(
        "somebody calls who has stopped",
        "bot/storage/consequences.py",
        "    cases.drop_needs(session, case, speaker, at)",
        "",
        "talks/test_human.py::test_nobody_gets_in_touch_any_more_with_who_has_stopped",
    ),
)
