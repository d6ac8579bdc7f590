"""Mutations of how a text is read: each takes one rule away that protects somebody."""

from typing import Final

from tests.lab.prove.mutation import mutation

_READING: Final = "flows/test_reading.py"
_CHARACTERS: Final = "flows/test_characters.py"
_OPEN: Final = "flows/test_always_words.py"
_TEXTS: Final = "texts/test_reading.py"
_INPUTS: Final = "bot/test_inputs.py"
_DOUBT: Final = "flows/test_doubt.py"

OF_READING: Final = (
    mutation(
        "words of danger come after what is always open",
        "flows/words/reading.py",
        "    found = wanted(shown, words.open)\n    if found is not None:\n",
        "    found = None\n    if found is not None:\n",
        f"{_READING}::test_hiding_and_stopping_work_everywhere",
    ),
    mutation(
        "a question is a yes",
        "flows/words/reading.py",
        "    is_question = asks(text)\n    if asked.strict",
        "    is_question = False\n    if asked.strict",
        f"{_READING}::test_a_yes_that_asks_is_none",
    ),
    mutation(
        "where it counts an emoji beside a yes changes nothing",
        "flows/words/reading.py",
        "(is_question or not is_calm(text))",
        "is_question",
        f"{_READING}::test_only_where_it_does_not_count_an_emoji_may_stand_beside_a_yes",
    ),
    mutation(
        "a wish to stop is heard only in what is no answer to anything",
        "flows/words/reading.py",
        "or _wished(text, asked, words)\n",
        "or (not asked.accepts and _wished(text, asked, words)) or None\n",
        f"{_READING}::test_a_wish_to_stop_in_own_words_comes_before_what_is_asked_for",
    ),
    mutation(
        "staff are asked whether they stop",
        "flows/words/reading.py",
        "    if asked.is_of_staff or is_only(",
        "    if is_only(",
        f"{_READING}::test_staff_give_orders_and_are_asked_for_no_wish",
    ),
    mutation(
        "a text that begins or ends with stop is a name",
        "flows/words/reading.py",
        "    if Always.WITHDRAW in actions:\n",
        "    if False:\n",
        f"{_TEXTS}::test_what_sounds_like_a_stop_is_asked_about_as_one",
    ),
    mutation(
        "what begins or ends with an open word is an answer",
        "flows/words/reading.py",
        "is_doubtful = actions or how_sure or",
        "is_doubtful = how_sure or",
        f"{_TEXTS}::test_where_it_is_in_doubt_it_is_asked",
    ),
    mutation(
        "a question without its mark is an answer",
        "flows/words/reading.py",
        "    if value == own and _is_question(how_sure, asked):\n",
        "    if False:\n",
        f"{_TEXTS}::test_no_question_is_taken_for_own_words",
    ),
    mutation(
        "who asks for what they need gets an answer instead",
        "flows/words/asking.py",
        "    if _holds(said, asking.requests):\n",
        "    if False:\n",
        f"{_TEXTS}::test_who_asks_politely_for_what_they_need_may_have_answered",
    ),
    mutation(
        "not now is not at all",
        "flows/words/always_words.py",
        "courtesy = words.polite if is_denied else words.around",
        "courtesy = words.around",
        f"{_OPEN}::test_haste_means_much_where_something_is_denied",
    ),
    mutation(
        "a slip in a word of safety is not known",
        "flows/words/always_words.py",
        "rest[1:] == due[1:] or rest == due[1::-1] + due[2:]",
        "False",
        f"{_OPEN}::test_a_slip_in_a_word_of_safety_is_known",
    ),
    mutation(
        "a greeting is a name",
        "flows/words/reading.py",
        " or is_slip or _is_courtesy(text, words)",
        " or is_slip",
        f"{_TEXTS}::test_a_greeting_is_no_name_yet",
    ),
    mutation(
        "courtesy hides what is always open",
        "flows/words/always_words.py",
        "if phrase in courtesy:",
        "if False:",
        f"{_OPEN}::test_courtesy_and_marks_hide_none",
    ),
    mutation(
        "a menu is shown to whoever says stop as well",
        "flows/words/always_words.py",
        "_FIRST: Final = (Always.WITHDRAW, Always.HIDE)",
        "_FIRST: Final = (Always.MENU, Always.WITHDRAW, Always.HIDE)",
        f"{_OPEN}::test_of_two_actions_the_one_that_cannot_be_made_good_comes_first",
    ),
    mutation(
        "a drawn-out stop is none",
        "flows/words/always_words.py",
        '(r"\\1", r"\\1\\1")',
        '(r"\\1\\1",)',
        f"{_OPEN}::test_a_stop_is_heard",
    ),
    mutation(
        "a sign that swells is written out",
        "flows/words/characters.py",
        'patterns.unseen.sub("", patterns.swelling.sub(" ", cut))',
        'patterns.unseen.sub("", cut)',
        f"{_CHARACTERS}::test_however_long_it_is_a_bounded_part_is_read",
    ),
    mutation(
        "marks are sorted however many are stacked",
        "flows/words/characters.py",
        '_cut_down(patterns.unseen.sub("", patterns.swelling.sub(" ", cut)))',
        'patterns.unseen.sub("", patterns.swelling.sub(" ", cut))',
        f"{_CHARACTERS}::test_four_times_as_long_a_text_is_about_four_times_as_much_work",
    ),
    mutation(
        "a text is read to its end",
        "flows/words/characters.py",
        "patterns, cut = _patterns(), text[:LONGEST_READ]",
        "patterns, cut = _patterns(), text",
        f"{_CHARACTERS}::test_however_long_it_is_a_bounded_part_is_read",
    ),
    mutation(
        "what looks like a name is tried in every way",
        "flows/words/red_flags.py",
        "(?:[^\\W\\d_A-ZÆØÅ]++|\\.)['\\u2019-]?)++",
        "(?:[^\\W\\d_A-ZÆØÅ]+|\\.)['\\u2019-]?)+",
        f"{_CHARACTERS}::test_a_name_in_a_script_without_capitals_is_tried_in_one_way",
    ),
    mutation(
        "a name loses the joiners that it needs",
        "flows/words/characters.py",
        '    if found.lastgroup == "needed":\n',
        "    if False:\n",
        f"{_CHARACTERS}::test_joiners_stay_where_a_name_needs_them",
    ),
    mutation(
        "marks are stacked on a name",
        "flows/words/characters.py",
        "        if marks <= most:\n",
        "        if True:\n",
        f"{_CHARACTERS}::test_no_letter_keeps_more_than_two_marks",
    ),
    mutation(
        "what shows nothing is a name",
        "flows/words/characters.py",
        "_class([*unseen, *map(ord, BLANK)])",
        "_class(unseen)",
        f"{_INPUTS}::test_what_shows_no_letter_or_can_be_tapped_is_no_name",
    ),
    mutation(
        "a CPR number may have its century",
        "bot/chat/cpr.py",
        "product(borders, (_SHORT, _LONG))",
        "product(borders, (_SHORT,))",
        f"{_INPUTS}::test_it_is_found_however_its_groups_are_parted",
    ),
    mutation(
        "nothing may stand between the digits of a CPR number",
        "bot/chat/cpr.py",
        "_MOST_BETWEEN: Final = 3",
        "_MOST_BETWEEN: Final = 0",
        f"{_INPUTS}::test_it_is_found_however_its_groups_are_parted",
    ),
    mutation(
        "hours hide a CPR number",
        "bot/chat/cpr.py",
        "if at and _TIGHT.fullmatch(",
        "if False and _TIGHT.fullmatch(",
        f"{_INPUTS}::test_no_input_takes_a_cpr_number",
    ),
    mutation(
        "hours are a CPR number",
        "bot/chat/cpr.py",
        "if not (tells_hours and _are_hours(plain, _groups(plain, begin, end)))",
        "if True",
        f"{_INPUTS}::test_hours_are_no_number_where_times_are_asked_for",
    ),
    mutation(
        "beside a phone number stands a CPR number",
        "bot/chat/inputs.py",
        "return number if number and not holds_cpr(rest) else None",
        "return number",
        f"{_INPUTS}::test_no_input_takes_a_cpr_number",
    ),
    mutation(
        "of two phone numbers one is chosen",
        "bot/chat/numbers.py",
        "return found.pop() if len(found) == 1 else None",
        "return found.pop() if found else None",
        f"{_INPUTS}::test_of_two_numbers_none_is_chosen",
    ),
    mutation(
        "of a number that nobody can call nothing is said",
        "bot/chat/inputs.py",
        "and numbers.is_anonymous(text)",
        "and False",
        f"{_INPUTS}::test_a_number_that_nobody_can_call_has_a_sentence_of_its_own",
    ),
    mutation(
        "a link stands on the card",
        "bot/chat/inputs.py",
        "    return _TAPPED.search(seen(text)) is not None\n",
        "    return False\n",
        f"{_INPUTS}::test_nothing_that_can_be_tapped_comes_to_a_mediator",
    ),
    mutation(
        "of two months one is chosen",
        "bot/chat/months.py",
        "            yield _written(int(year[1]), number) if year else None\n",
        "            if year:\n                yield _written(int(year[1]), number)\n",
        f"{_INPUTS}::test_of_two_months_none_is_chosen",
    ),
    mutation(
        "hours are taken for a code",
        "bot/storage/links.py",
        "is_one = is_printed or _is_surely_one(groups, is_alone=is_alone)",
        "is_one = True",
        f"{_INPUTS}::test_no_ordinary_text_is_taken_for_one",
    ),
    mutation(
        "a question that is skipped deletes the number",
        "flows/dialogues/intake.py",
        '                    when=has_phone,\n                    to="ask_email",\n',
        '                    when=has_phone,\n                    to="ask_email",\n'
        "                    records=DetailSkipped(Detail.PHONE),\n",
        f"{_DOUBT}::test_a_number_that_was_given_stays_where_the_question_is_skipped",
    ),
    mutation(
        "words in doubt stay where one has gone back from them",
        "bot/conversation/moving.py",
        "if _is_in_doubt(talks.position(talk)) and not _is_in_doubt(turn.position):",
        "if False:",
        "talks/test_words_in_doubt.py::test_nor_is_what_one_went_back_from",
    ),
)
