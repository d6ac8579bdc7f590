"""Mutations of the border where a phone's message becomes an answer."""

from typing import Final

from tests.lab.prove.mutation import mutation

_EARLY: Final = "talks/test_said_too_early.py::test_"
_STOPS: Final = "talks/test_stops_in_own_words.py::test_"
_WHOSE: Final = "talks/test_whose_words.py::test_"
_ACT: Final = "talks/test_one_act.py::test_"
_SEALING: Final = "bot/storage/test_sealing.py::test_"
_KINDS: Final = "bot/channels/telegram/test_updates.py::test_"

OF_BORDER: Final = (
    mutation(
        "an answer may be older than its question",
        "bot/conversation/provenance.py",
        "question.message is not None and question.message.number < number",
        "question.message is not None",
        f"{_EARLY}of_three_lines_at_once_only_the_first_is_the_name",
    ),
    mutation(
        "an answer counts for a question that nobody has asked",
        "bot/conversation/provenance.py",
        "    if first is not None:\n        yield",
        "    if first is None:\n        yield _open(visit)\n    else:\n        yield",
        f"{_EARLY}what_answers_a_question_that_was_left_is_none_to_the_next",
    ),
    mutation(
        "a question that never came is waited for",
        "bot/conversation/untimely.py",
        "    elif not _can_be_seen(visit, talk):\n",
        "    elif talk.open_row is None:\n",
        f"{_EARLY}a_question_that_cannot_be_sent_is_asked_anew",
    ),
    mutation(
        "a case is taken by a word that is older than its offer",
        "bot/conversation/staffing.py",
        "offered is None or is_after(visit, offered)",
        "True",
        f"{_EARLY}a_case_is_not_taken_by_what_was_typed_before_it_was_offered",
    ),
    mutation(
        "somebody is asked but once about words that may mean a stop",
        "bot/conversation/answering.py",
        "    if wanted.accepts is not None and not is_new:\n",
        "    if not is_new:\n",
        f"{_STOPS}the_same_words_are_asked_about_every_time",
    ),
    mutation(
        "a stop with a slip in the reference is no stop",
        "bot/conversation/protecting.py",
        "    elif action is not Always.WITHDRAW or not stopping.act_on_wish(\n"
        "        visit, talk, is_plain=False\n    ):\n",
        "    else:\n",
        f"{_STOPS}a_stop_with_a_slip_in_the_reference_is_asked_about",
    ),
    mutation(
        "a reference is no answer to which case is meant",
        "bot/conversation/protecting.py",
        "        action = asked_of_which(visit) or action\n",
        "        pass\n",
        "talks/test_two_cases.py::test_the_reference_alone_is_an_answer_to_which_case",
    ),
    mutation(
        "a strict question may be answered before it can have been read",
        "flows/rules/provenance.py",
        "READING_TIME: Final = 2",
        "READING_TIME: Final = 0",
        f"{_EARLY}half_a_second_is_too_soon_and_two_are_not",
    ),
    mutation(
        "a stop that was sent on acts at once",
        "flows/rules/provenance.py",
        "if MAY[origin].stops_at_once:",
        "if True:",
        "flows/test_provenance.py::test_a_stop_that_was_not_said_here_is_asked_about",
    ),
    mutation(
        "what could be a CPR number is never too early",
        "bot/conversation/answering.py",
        "    if isinstance(reading, TooLong | Unclear):\n",
        "    if holds_cpr(text) or isinstance(reading, TooLong | Unclear):\n",
        f"{_EARLY}hours_that_look_like_a_cpr_number_can_be_too_early",
    ),
    mutation(
        "who asked something of late is forgotten as silent",
        "bot/storage/forgetting.py",
        'OutboxRow.person_id == Person.id, OutboxRow.created_at >= bindparam("since")',
        'HeardMessage.person_id == Person.id, HeardMessage.at >= bindparam("since")',
        "talks/test_daily_batch.py::test_who_writes_something_is_not_silent_even_if_it_"
        "is_no_answer",
    ),
    mutation(
        "what somebody wrote has the same hash in every place",
        "bot/storage/keys/sealing.py",
        'b"hash/" + _place(table, column, row_id)',
        'b"hash/"',
        f"{_SEALING}a_hash_tells_the_same_text_in_the_same_place_to_the_same_key_alone",
    ),
    mutation(
        "whoever was too early hears so each time",
        "bot/conversation/untimely.py",
        "elif not _rests(talk) and visit.notes.early_at != talk.open_row:",
        "else:",
        f"{_EARLY}a_second_yes_at_once_is_none_to_the_question_after",
    ),
    mutation(
        "a tap does not tell the number of its question",
        "bot/conversation/tapping.py",
        "        question_number=tapped.message.number,\n",
        "",
        f"{_EARLY}a_question_in_doubt_is_answered_by_a_tap_and_not_by_words",
    ),
    mutation(
        "what was sent on is taken for one's own",
        "bot/channels/telegram/updates.py",
        "is_forwarded=any(message.get(name) for name in _FORWARDED)",
        "is_forwarded=False",
        f"{_WHOSE}what_was_sent_on_is_no_answer",
        f"{_KINDS}whose_words_a_message_holds_is_told",
    ),
    mutation(
        "what a bot has written is taken for one's own",
        "bot/channels/telegram/updates.py",
        "is_through_bot=any(message.get(name) for name in _THROUGH_BOT)",
        "is_through_bot=False",
        f"{_WHOSE}what_a_bot_has_written_is_no_answer",
    ),
    mutation(
        "a message that was set to be sent later is fresh",
        "bot/channels/telegram/updates.py",
        'is_scheduled=bool(message.get("is_from_offline"))',
        "is_scheduled=False",
        f"{_WHOSE}what_was_set_to_be_sent_later_is_no_answer",
    ),
    mutation(
        "a reply to anything is an answer to the open question",
        "bot/conversation/provenance.py",
        "if written.reply and not _is_to_open(visit, written.reply):",
        "if False:",
        f"{_WHOSE}a_reply_to_something_else_is_no_answer",
    ),
    mutation(
        "a letter opens by words that were sent on",
        "bot/conversation/turn.py",
        "if is_own and token is not None",
        "if token is not None",
        f"{_WHOSE}a_letter_opens_for_whoever_writes_its_code_themselves",
    ),
    mutation(
        "an edit that changes no word is answered",
        "bot/conversation/hearing.py",
        "    return (is_changed and bool(text)) or not _is_edit(incoming)",
        "    return True",
        f"{_WHOSE}an_edit_is_no_answer_and_is_answered_once",
    ),
    mutation(
        "a reaction to forgotten words is answered",
        "bot/conversation/hearing.py",
        "        is_said = bool(text) and not _is_retold(incoming)",
        "        is_said = bool(text)",
        f"{_WHOSE}a_reaction_to_words_that_are_not_known_any_more_says_nothing",
    ),
    mutation(
        "an edit of long ago that is told again is answered",
        "bot/channels/telegram/updates.py",
        "(not edited or now - at > _TOLD_WITHIN)",
        "not edited",
        f"{_WHOSE}a_reaction_to_words_that_are_not_known_any_more_says_nothing",
    ),
    mutation(
        "each photo of an album is answered",
        "bot/conversation/hearing.py",
        "    if before is not None and abs(visit.at - before) < ONE_ACT:",
        "    if False:",
        f"{_ACT}an_album_is_answered_once",
    ),
    mutation(
        "each message in a group is answered",
        "bot/conversation/hearing.py",
        "    if before is not None and abs(incoming.at - before) < ONE_GROUP_ANSWER:",
        "    if False:",
        f"{_ACT}a_group_is_answered_once_an_hour",
    ),
    mutation(
        "what nobody knows is passed over",
        "bot/channels/telegram/updates.py",
        "    return Unusable(ref, kind, words_in(message))",
        '    return Unusable(ref, kind, "") if kind != "unknown" else None',
        f"{_KINDS}whatever_else_is_sent_is_something_that_somebody_sent",
    ),
    mutation(
        "remarks of Telegram are answered",
        "bot/channels/telegram/updates.py",
        "    if is_remark(message):\n        return None\n",
        "",
        f"{_KINDS}remarks_of_telegram_are_passed_over",
    ),
    mutation(
        "danger is not heard in a checklist",
        "bot/channels/telegram/kinds.py",
        "*_texts(held)",
        "",
        f"{_ACT}danger_is_heard_in_whatever_kind",
        f"{_KINDS}words_are_found_in_every_kind_that_has_room_for_them",
    ),
    mutation(
        "taps are dated by a clock that may be wrong",
        "bot/serving/channel_clock.py",
        "ahead if abs(ahead) > _NO_DIFFERENCE else timedelta()",
        "timedelta()",
        f"{_EARLY}the_clock_of_the_program_may_be_wrong",
    ),
    mutation(
        "an answer older than its question is genuine",
        "bot/consent/verify_receipt.py",
        "    found.altered.extend(context_checks.numbers(stored))\n",
        "",
        "bot/storage/test_verify_receipt.py::test_an_answer_that_is_older_than_its_question_shows",
    ),
)
