"""Mutations of hiding: each lets somebody in, or keeps the owner out or unheard."""

from typing import Final

from tests.lab.prove.mutation import mutation

_HIDING: Final = "talks/test_hiding.py::test_"
_STOPS: Final = "talks/test_covered_stops.py::test_"
_REFERRAL: Final = "talks/test_self_referral.py::test_"
_CODE: Final = "bot/cli/test_code.py::test_"
_ANY_LETTER: Final = (
    f"{_HIDING}the_letter_of_somebody_else_opens_nothing_but_their_own_chat"
)
_NEW_ACCOUNT: Final = (
    f"{_CODE}on_a_new_account_details_stay_and_every_yes_is_said_again"
)

OF_HIDING: Final = (
    mutation(
        "a covered chat hears any number of wrong words",
        "bot/storage/wrong_words.py",
        "    return session.scalars(_RECENT, whose).one() < MOST",
        "    return session.scalars(_RECENT, whose).one() >= 0",
        f"{_HIDING}after_five_wrong_words_the_right_one_waits_and_the_code_does_not",
    ),
    mutation(
        "a stop is a wrong word",
        "bot/conversation/covered.py",
        "            _stop(visit, reference)\n",
        "            _stop(visit, reference)\n            hiding.note_wrong(visit)\n",
        f"{_HIDING}stop_is_no_wrong_word",
    ),
    mutation(
        "the letter of somebody else opens a covered chat",
        "bot/storage/ways_back.py",
        "    is_theirs = link.person_id == person.id and link.voided_at is None",
        "    is_theirs = link.voided_at is None",
        _ANY_LETTER,
    ),
    mutation(
        "a letter that nobody has accepted opens a covered chat",
        "bot/conversation/covered.py",
        "    if not people.is_unbound(visit.session, visit.person):\n",
        "    if visit.person is None:\n",
        _ANY_LETTER,
    ),
    mutation(
        "a code that is void opens a covered chat",
        "bot/storage/ways_back.py",
        "    is_theirs = link.person_id == person.id and link.voided_at is None",
        "    is_theirs = link.person_id == person.id",
        f"{_CODE}a_new_code_opens_the_chat_and_the_old_one_does_not",
    ),
    mutation(
        "what a child makes anew opens the chat of its parent",
        "bot/storage/ways_back.py",
        "    return is_theirs and link.bound_at is not None",
        "    return is_theirs",
        f"{_HIDING}a_parent_comes_back_by_the_new_link_that_they_have_taken_up",
    ),
    mutation(
        "who hides the first screen is locked out",
        "bot/storage/people.py",
        "    return person.hiding_word is None and not had_any",
        "    return False",
        f"{_HIDING}the_first_screen_is_opened_again_by_the_letter",
    ),
    mutation(
        "what is typed in a covered chat stays there",
        "bot/chat/hiding.py",
        "    take_out(visit)\n    if not is_said:\n",
        "    if not is_said:\n",
        f"{_HIDING}whoever_holds_the_phone_reads_one_line_whatever_they_try",
    ),
    mutation(
        "the word of one's own stays in the chat",
        "bot/conversation/answering.py",
        "        hiding.take_out_heard(visit)\n",
        "        pass\n",
        "talks/test_own_word.py::test_a_chosen_word_is_changed_and_removed",
    ),
    mutation(
        "what means something here can be a word of one's own",
        "bot/chat/own_word.py",
        "if not fits or _means_something(text, vocabulary):",
        "if not fits:",
        "bot/test_own_word.py",
    ),
    mutation(
        "what anybody would write first can be a word of one's own",
        "bot/chat/own_word.py",
        "        return None if word in set(_taken(vocabulary)) else word",
        "        return word",
        "bot/test_own_word.py",
    ),
    mutation(
        "a stop in a covered chat is not heard",
        "bot/conversation/covered.py",
        "            _stop(visit, reference)\n",
        "            pass\n",
        f"{_STOPS}every_yes_is_taken_back_at_once",
    ),
    mutation(
        "of two cases a stop in a covered chat ends one",
        "bot/conversation/covered.py",
        "    for number in named or own:",
        "    for number in named or list(own)[:1]:",
        f"{_STOPS}who_stands_in_two_cases_stops_in_both_and_both_are_named",
    ),
    mutation(
        "what was stopped unseen is never told",
        "bot/conversation/covered.py",
        "    visit.notes = replace(visit.notes, stopped_unseen=True)\n",
        "",
        f"{_STOPS}who_stands_in_two_cases_stops_in_both_and_both_are_named",
    ),
    mutation(
        "who comes without a letter is asked before there is a way back",
        "flows/dialogues/programme.py",
        "                    records=OwnCodeGiven(),\n",
        "",
        "flows/test_programme.py",
    ),
    mutation(
        "who asks for a human first has no way back",
        "bot/effects/joining.py",
        "        give_code(visit)\n",
        "        pass\n",
        f"{_REFERRAL}who_asks_for_a_human_first_is_given_one_before_the_number",
    ),
    mutation(
        "an earlier code of one's own still opens the chat",
        "bot/storage/ways_back.py",
        "    void_own(session, person, at)\n",
        "",
        f"{_REFERRAL}a_new_code_voids_the_one_before",
    ),
    mutation(
        "a yes is taken along to another account",
        "bot/casework/moving.py",
        "    consents.withdraw_all("
        "post.session, subject, shown, post.at, by=COORDINATOR)\n",
        "    _ = subject, shown\n",
        _NEW_ACCOUNT,
    ),
    mutation(
        "details are left behind with the old account",
        "bot/casework/moving.py",
        "        talks.take_over(post.session, keys, left, talk)\n",
        "",
        _NEW_ACCOUNT,
    ),
    mutation(
        "the old phone is told that somebody else has the place",
        "bot/casework/moving.py",
        "    talks.cut_off(left)\n",
        "",
        f"{_CODE}the_old_phone_is_told_nothing_and_knows_nobody",
    ),
    mutation(
        "another account undoes a stop",
        "flows/rules/consequences.py",
        "    interest=Interest.NO, closes_invitations=True, closes_moves=True\n",
        "    interest=Interest.NO, closes_invitations=True\n",
        f"{_CODE}a_stop_on_the_old_phone_voids_the_link_to_the_new_account",
    ),
    mutation(
        "words of others open a covered chat",
        "bot/conversation/covered.py",
        "    elif is_own and isinstance(content, Text) and hiding.opens(",
        "    elif isinstance(content, Text) and hiding.opens(",
        f"{_HIDING}what_is_no_text_is_deleted_too_and_nothing_foreign_opens",
    ),
    mutation(
        "what may have meant a stop in a covered chat is never asked",
        "bot/conversation/covered.py",
        "            visit.notes = replace(visit.notes, may_stop=True)\n",
        "            pass\n",
        f"{_STOPS}a_stop_that_was_sent_on_is_asked_about_when_the_chat_is_opened",
    ),
    mutation(
        "what a model alone believes stops a case from a covered chat",
        "bot/conversation/covered.py",
        "        case StopWish(is_believed=False) if is_own and _says_more(text):\n",
        "        case StopWish() if is_own and _says_more(text):\n",
        f"{_STOPS}who_finds_the_phone_stops_nothing",
    ),
)
