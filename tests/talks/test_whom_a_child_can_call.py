"""Under 15 we have no number and ask for none: it is said, and whom to call instead."""

import pytest

from flows.always import Always
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import knows_what_a_yes_means, leaves_a_number
from tests.support.young import (
    child_agrees,
    comes_to_parents,
    is_told_whom_to_call,
    lets_them_be_asked,
    tells_birth,
    tells_of_themselves_at_13,
)

BOTH_LANGUAGES = [Way("da"), Way("en")]
AFRAID = {
    "da": "Jeg er bange for, hvad min mor vil gøre",
    "en": "I am scared of what my mum will do",
}
#: Words that let somebody wait for a call that nobody can make.
PROMISES = ("hører fra os", "kontakte mig", "hear from us", "contact me")


async def is_13(town: Town, case: Opened, way: Way | None = None) -> Resident:
    """Let a child of thirteen come as far as to who has parental authority."""
    mads = await comes_to_parents(town, case, way=way, age_band="12_14")
    await tells_birth(mads, age_band="12_14")
    return mads


async def agrees_at_13(town: Town, case: Opened, way: Way | None = None) -> Resident:
    mads = await is_13(town, case, way)
    await lets_them_be_asked(mads, "one")
    await tells_of_themselves_at_13(mads)
    return mads


def names_whom_to_call(text: str) -> bool:
    return all(number in text for number in ("66 14 14 48", "116 111", "112"))


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_a_child_who_is_afraid_of_a_parent_reads_whom_to_call(
    town: Town, way: Way
) -> None:
    case = town.opens_case()
    mads = await agrees_at_13(town, case, way)
    mads.says(AFRAID[way.language])
    await mads.answers("care.explain_help", "human")
    shown = await mads.asked("human.awaiting_call")
    assert names_whom_to_call(shown.text)
    assert not any(words in mads.chat() for words in PROMISES)
    assert "asked_for" in town.archive.needs(case.reference)
    await mads.wants(Always.STATUS)
    await mads.hears("human.awaiting_call.status")
    await mads.answers("human.awaiting_call", "go_on")
    await mads.answers("care.explain_help", "go_on")
    await mads.asked("child.awaiting_parents")


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_so_does_one_who_would_not_like_the_parents_to_be_asked(
    town: Town, way: Way
) -> None:
    case = town.opens_case()
    mads = await is_13(town, case, way)
    await mads.answers("child.ask_authority", "one")
    await mads.answers("child.ask_allowed", "no")
    assert names_whom_to_call((await is_told_whom_to_call(mads)).text)
    assert not any(words in mads.chat() for words in PROMISES)
    assert town.archive.needs(case.reference) == ["holders_unwelcome"]


async def test_who_may_leave_a_number_is_asked_how_to_be_reached(town: Town) -> None:
    child = await child_agrees(town)
    mads = child.resident
    mads.says(AFRAID["da"])
    asked = await mads.asked("care.explain_help")
    assert mads.text("common.whom_to_call") not in asked.labels
    await mads.answers("care.explain_help", "human")
    await leaves_a_number(mads, "22914738", "efter skole")
    assert not mads.sees("human.awaiting_call")


async def test_after_the_stop_of_who_had_asked_it_is_told_whom_to_call(
    town: Town,
) -> None:
    case = town.opens_case()
    mads = await agrees_at_13(town, case)
    await mads.wants(Always.HUMAN)
    await mads.hears("human.explain_no_number")
    await mads.wants(Always.WITHDRAW)
    assert names_whom_to_call((await mads.hears("closing.withdrawn_asked")).text)
    assert town.archive.needs(case.reference) == []


async def test_who_had_not_asked_reads_nothing_of_it(town: Town) -> None:
    """A need of another kind is no wish of theirs."""
    mads = await is_13(town, town.opens_case())
    await mads.answers("child.ask_authority", "one")
    await mads.answers("child.ask_allowed", "no")
    await mads.hears("human.explain_no_number")
    await mads.wants(Always.WITHDRAW)
    await mads.hears("closing.withdrawn")
    await town.settles()
    assert not mads.sees("closing.withdrawn_asked")


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_what_is_not_asked_is_neither_counted_nor_listed(
    town: Town, way: Way
) -> None:
    mads = await is_13(town, town.opens_case(), way)
    await lets_them_be_asked(mads, "one")
    numbers = []
    for question in ("name", "times", "interpreter", "access", "support"):
        asked = await mads.asked(f"intake.ask_{question}")
        numbers.append(asked.text.partition("\n")[0])
        if question in {"name", "times"}:
            await mads.gives(f"intake.ask_{question}", "Mads")
        else:
            await mads.answers(f"intake.ask_{question}", "no")
    assert numbers == [
        mads.text("common.step", step=str(n), steps="5") for n in range(1, 6)
    ]
    summary = (await mads.asked("consent.ask_summary")).text
    assert mads.text("summary.phone", value="") not in summary
    assert mads.text("summary.email", value="") not in summary
    assert mads.text("summary.times", value="Mads") in summary
    await mads.answers("consent.ask_summary", "right")
    await mads.answers("consent.explain_before", "go_on")
    await knows_what_a_yes_means(mads)


@pytest.mark.parametrize("age_band", ["12_14", "15_17"])
async def test_what_a_human_has_settled_is_not_said_to_wait_for_one(
    town: Town, age_band: str
) -> None:
    """Also to whoever had gone back to the words that say that a human must look."""
    case = town.opens_case()
    mads = await comes_to_parents(town, case, age_band=age_band)
    await tells_birth(mads, age_band=age_band)
    await mads.answers("child.ask_authority", "both")
    await mads.answers("child.ask_allowed", "no")
    words = "explain_no_number" if age_band == "12_14" else "offices"
    await mads.hears(f"human.{words}")
    town.clears(case.reference, "holders_unwelcome")
    await mads.reads("notice.cleared")
    await mads.hears("human.looked_at")
    await mads.answers("human.awaiting_human", "go_on")
    await mads.asked("child.ask_allowed")


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_nor_does_the_card_say_that_they_have_not_told_it(
    town: Town, way: Way, capfd: pytest.CaptureFixture[str]
) -> None:
    case = town.opens_case()
    mads = await agrees_at_13(town, case, way)
    await mads.wants(Always.HUMAN)
    await mads.hears("human.explain_no_number")
    looked = f"case card {case.reference} --by Birgit --language {way.language}"
    assert town.types(looked) == 0
    card = capfd.readouterr().out.splitlines()
    for name in ("phone", "email"):
        assert mads.text(f"card.{name}", value=mads.text("card.not_asked")) in card


async def test_the_card_tells_what_nobody_has_asked_yet_from_what_was_not_told(
    town: Town,
) -> None:
    case = town.opens_case()
    mads = await is_13(town, case)
    await mads.wants(Always.HUMAN)
    await mads.hears("human.explain_no_number")
    card = town.card(case.reference).splitlines()
    unasked = mads.text("card.not_yet_asked")
    for name in ("interpreter", "access", "support"):
        assert mads.text(f"card.{name}", value=unasked) in card
    assert unasked not in mads.chat()


async def test_of_who_is_15_and_may_still_tell_it_does(town: Town) -> None:
    case = town.opens_case()
    mads = await comes_to_parents(town, case)
    await mads.wants(Always.HUMAN)
    await leaves_a_number(mads, "22914738", "efter skole")
    await mads.asked("human.awaiting_human")
    assert "Mail: ikke oplyst" in town.card(case.reference).splitlines()
