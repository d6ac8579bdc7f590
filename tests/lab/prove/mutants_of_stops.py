"""Mutations of what a stop does after release, and of what asks about one."""

from typing import Final

from tests.lab.prove.mutation import mutation

_RULES: Final = ("flows/test_case.py", "flows/test_case_rules.py")
_RELEASED: Final = "talks/test_a_stop_after_release.py::test_"
_ASKED: Final = "talks/test_asked_about_a_stop.py::test_"

OF_STOPS: Final = (
    mutation(
        "a case goes on whose stopper is gone",
        "flows/rules/case.py",
        "is_lost = case.was_stopped and case.has_gap",
        "is_lost = False",
        *_RULES,
    ),
    mutation(
        "a meeting is planned in a case that was stopped",
        "flows/rules/case.py",
        "        and not is_stopped(case)\n",
        "",
        *_RULES,
    ),
    mutation(
        "after a stop the card shows also who has not asked for anybody",
        "flows/rules/cards.py",
        "return is_stopped or stands is Status.NEEDS_HUMAN",
        "return stands is Status.NEEDS_HUMAN",
        *_RULES,
    ),
    mutation(
        "a yes to the question about a stop leaves what waits behind it",
        "flows/engine.py",
        "    if Withdrew() in effects:\n",
        "    if False:\n",
        "flows/test_stopping.py::test_a_yes_is_the_stop_itself",
    ),
    mutation(
        "the question about a stop forgets where somebody was",
        "flows/always.py",
        "(*OPENS.values(), CARE, STOPPING, DOUBT)",
        "(*OPENS.values(), CARE, DOUBT)",
        "flows/test_stopping.py::test_asked_twice_it_is_one_question",
        "flows/test_stopping.py::test_words_of_danger_at_the_question_lead_back_to_it",
    ),
    mutation(
        "the mediator is not told of a stop at once",
        "bot/queue/standing.py",
        "    standstill.note(post, case, standing)\n",
        "",
        f"{_RELEASED}the_mediator_hears_at_once_and_the_other_side_in_the_morning",
    ),
    mutation(
        "the card stays in the mediator's chat after a stop",
        "bot/queue/standstill.py",
        "    take_out(post, case)\n",
        "",
        f"{_RELEASED}the_mediator_hears_at_once_and_the_other_side_in_the_morning",
    ),
    mutation(
        "the card of a case that was stopped is shown",
        "bot/queue/claim.py",
        "if own and case.stopped_at is not None:",
        "if own and case.stopped_at is None:",
        f"{_RELEASED}the_card_comes_again_only_when_the_case_goes_on",
    ),
    mutation(
        "the next batch does not end a case that was stopped",
        "bot/upkeep/daily.py",
        "    elif case.stopped_at is not None:\n",
        "    elif False:\n",
        f"{_RELEASED}whose_yes_is_not_said_again_by_the_morning_ends_the_case",
    ),
    mutation(
        "a case that was stopped never goes on",
        "bot/queue/standstill.py",
        "    elif goes_on(standing):\n",
        "    elif False:\n",
        f"{_RELEASED}a_stop_can_be_taken_back_until_the_morning",
    ),
    mutation(
        "the mediator hears of each tap that regrets a stop",
        "bot/queue/standstill.py",
        "        since = case.stopped_at\n",
        "        since = None\n",
        f"{_RELEASED}who_stops_and_regrets_again_and_again_is_told_of_once",
    ),
    mutation(
        "whoever has stopped is told that a mediator calls",
        "bot/chat/resting.py",
        "_is_with_mediator(case) and not _is_out(visit)",
        "_is_with_mediator(case)",
        f"{_RELEASED}whoever_stopped_reads_that_the_stop_stands",
    ),
    mutation(
        "a request for a human ends with the case that was stopped",
        "bot/upkeep/daily.py",
        "            requests.keep(post, case)\n",
        "",
        f"{_RELEASED}who_stopped_and_asks_for_a_human_can_be_called",
    ),
    mutation(
        "a plain stop is only asked about",
        "bot/conversation/stopping.py",
        "    if is_plain and any(",
        "    if not is_plain and any(",
        f"{_ASKED}a_plain_stop_at_the_question_acts_and_a_may_asks_once_more",
    ),
    mutation(
        "somebody is asked about a stop after a no",
        "bot/conversation/stopping.py",
        "return resting.has_yes(visit) or not is_without_yes(FLOWS, position)",
        "return True",
        f"{_ASKED}after_a_no_or_a_pause_a_may_is_no_reason_to_ask",
    ),
    mutation(
        "the question about a stop is not asked behind a shut door",
        "bot/chat/doors.py",
        "not in {AFTER_WITHDRAWAL.dialogue, STOPPING.dialogue}",
        "!= AFTER_WITHDRAWAL.dialogue",
        f"{_ASKED}while_the_intake_is_closed_the_question_is_asked_and_answered",
    ),
    mutation(
        "with two cases a yes to a stop stops the one that is open",
        "bot/conversation/moving.py",
        "    if len(own) <= 1:\n",
        "    if own is not None:\n",
        f"{_ASKED}with_two_cases_it_is_asked_which_one_and_the_other_goes_on",
    ),
    mutation(
        "after a yes nothing names the stop",
        "bot/conversation/stopping.py",
        "    if resting.has_yes(visit):\n        text",
        "    if False:\n        text",
        f"{_ASKED}after_a_yes_what_is_not_understood_names_the_stop",
    ),
)
