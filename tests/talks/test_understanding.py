"""Nobody is asked for a yes before it is clear what it means."""

import pytest

from flows.always import Always
from flows.facts import Role
from flows.rules.required import BY_PARTIES
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    leaves_a_number,
    reads_up_to_offer,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import child_agrees, parent_reads, parent_tells, sends_on

#: Each question, and the answer that shows that it was not understood.
WRONG = [("may_say_no", "no"), ("replaces_punishment", "yes"), ("may_stop", "no")]
RIGHT = {"no": "yes", "yes": "no"}


async def comes_to(
    town: Town, case: Opened, question: str, way: Way | None = None
) -> Resident:
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await sofie.answers("consent.ask_data", "yes")
    for before, wrong in WRONG:
        if before == question:
            break
        await sofie.answers(f"understanding.ask_{before}", RIGHT[wrong])
    return sofie


@pytest.mark.parametrize(("question", "wrong"), WRONG)
async def test_what_was_not_understood_is_explained_and_asked_again(
    town: Town, question: str, wrong: str
) -> None:
    case = town.opens_case()
    sofie = await comes_to(town, case, question)
    await sofie.answers(f"understanding.ask_{question}", wrong)
    await sofie.answers(f"understanding.explain_{question}", "go_on")
    await sofie.answers(f"understanding.ask_{question}_again", wrong)
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    assert town.archive.needs(case.reference) == ["not_understood"]
    assert not sofie.sees("consent.ask_take_part")

    town.clears(case.reference, "not_understood")
    await sofie.reads("notice.cleared")
    await sofie.answers("human.awaiting_human", "go_on")
    await sofie.answers(f"understanding.ask_{question}_again", RIGHT[wrong])
    places = [name for name, _ in WRONG]
    for after, answer in WRONG[places.index(question) + 1 :]:
        await sofie.answers(f"understanding.ask_{after}", RIGHT[answer])
    await sofie.answers("consent.ask_take_part", "yes")
    await sofie.asked("consent.consented")


async def test_no_number_and_no_sentence_counts_as_an_answer(town: Town) -> None:
    sofie = await comes_to(town, town.opens_case(), "may_say_no")
    await sofie.asked("understanding.ask_may_say_no")
    for text in ("1", "ok", "ja, men jeg er i tvivl"):
        sofie.says(text)
        await sofie.hears("common.not_understood_strict")
        await sofie.asked("understanding.ask_may_say_no")
    assert town.archive.place(sofie.account) == "understanding.ask_may_say_no"


async def test_a_wrong_answer_is_not_tried_again_by_going_back(town: Town) -> None:
    sofie = await comes_to(town, town.opens_case(), "may_say_no")
    await sofie.answers("understanding.ask_may_say_no", "no")
    await sofie.asked("understanding.explain_may_say_no")
    sofie.says("tilbage")
    await sofie.hears("common.nothing_back")
    assert town.archive.place(sofie.account) == "understanding.explain_may_say_no"


async def does_not_understand(somebody: Resident) -> None:
    """Answer a question wrongly twice, and wait for a human."""
    await somebody.answers("understanding.ask_may_say_no", "no")
    await somebody.answers("understanding.explain_may_say_no", "go_on")
    await somebody.answers("understanding.ask_may_say_no_again", "no")
    await leaves_a_number(somebody, "20163847", "efter kl. 16")


async def test_what_a_human_must_look_at_holds_up_only_whom_it_is_about(
    town: Town,
) -> None:
    """Neither the child nor the parents nor the other side notice anything of it."""
    child = await child_agrees(town)
    lone, per = town.phone("parent"), town.phone("father")
    for n, parent in enumerate((lone, per), start=1):
        sends_on(child.resident, parent, n)
        await parent_reads(parent)
    await parent_tells(lone)
    await lone.answers("parental.ask_data", "yes")
    await does_not_understand(lone)
    sofie = await comes_to(town, child.case, "may_say_no")
    await does_not_understand(sofie)
    for held in (lone, sofie):
        waiting = await held.asked("human.awaiting_human")
        assert held.text("human.awaiting_human.go_on") not in waiting.labels
    for free in (per, child.resident):
        await free.wants(Always.HUMAN)
        await leaves_a_number(free, "20163847", "efter kl. 16")
        waiting = await free.asked("human.awaiting_human")
        assert free.text("human.awaiting_human.go_on") in waiting.labels


async def test_the_record_shows_which_texts_were_read_in_which_language(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case, Way("en"))
    party = town.archive.party(case.reference, Role.VICTIM)
    rows = town.archive.rows("shown_texts")
    assert {row["person_id"] for row in rows} == {party.person_id}
    assert {row["text_id"] for row in rows} >= set(BY_PARTIES)
    assert {row["language"] for row in rows} == {"en"}
    [yes] = [
        event
        for event in town.archive.rows("consent_events")
        for record in town.archive.rows("consents")
        if (event["consent_id"], record["purpose"]) == (record["id"], "take_part")
    ]
    assert yes["told"]
    assert yes["notice"]
