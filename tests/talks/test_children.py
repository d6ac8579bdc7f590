"""A child is asked first and alone; nobody is told of it but by the child."""

import pytest

from flows.always import Always
from flows.facts import Role
from tests.support.resident import Manner, Way
from tests.support.town import Town
from tests.support.walks import (
    knows_what_a_yes_means,
    leaves_a_number,
    reads_up_to_offer,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import (
    child_agrees,
    comes_to_parents,
    is_told_whom_to_call,
    lets_them_be_asked,
    parent_agrees,
    tells_birth,
    tells_of_themselves_at_13,
)

BOTH_LANGUAGES = [Way("da"), Way("en", Manner.WORDS)]


@pytest.mark.parametrize("way", BOTH_LANGUAGES, ids=["da", "en"])
async def test_a_child_gets_messages_to_send_on_and_we_are_not_there_yet(
    town: Town, way: Way
) -> None:
    case = town.opens_case()
    child = await child_agrees(town, case, way=way)
    mads = child.resident
    messages = mads.sees("child.forward")
    assert len(messages) == 2
    for message in messages:
        assert not message.protected
        assert "t.me/" in message.text
        for word in ("politi", "police", "mægl", "mediat", case.reference, "Mads"):
            assert word.lower() not in message.text.lower()
    assert mads.sees("child.forward_first")
    assert mads.sees("child.forward_second")
    assert town.archive.status(case.reference) == "collecting"
    assert town.archive.said_yes_to(case.reference, Role.OFFENDER) == [
        "data_notice",
        "hear_more",
        "take_part",
    ]
    await mads.wants(Always.STATUS)
    await mads.hears("child.awaiting_parents.status")


async def test_with_one_parent_there_is_one_message(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    assert len(child.resident.sees("child.forward")) == 1
    assert not child.resident.sees("child.forward_first")
    waiting = await child.resident.asked("child.awaiting_parents")
    second = child.resident.text("child.awaiting_parents.new_link_2")
    assert second not in waiting.labels


async def test_the_month_of_birth_is_asked_again_until_it_is_right(
    town: Town,
) -> None:
    mads = await comes_to_parents(town, town.opens_case())
    await mads.answers("child.explain_child", "go_on")
    await mads.gives("child.ask_birth", "i går")
    await mads.hears("input.refused.birth")
    await mads.gives("child.ask_birth", "marts 2010")
    asked = await mads.asked("child.ask_birth_right")
    assert "marts 2010" in asked.text
    await mads.answers("child.ask_birth_right", "no")
    await mads.gives("child.ask_birth", "12. maj 2010")
    assert "maj 2010" in (await mads.asked("child.ask_birth_right")).text
    await mads.answers("child.ask_birth_right", "yes")
    await mads.asked("child.ask_authority")
    assert town.archive.answers(mads.account) == {"birth": "2010-05"}
    for place, value in town.archive.values():
        assert "2010-05" not in value, place


async def test_a_month_that_does_not_go_with_the_age_is_for_a_human(
    town: Town,
) -> None:
    case = town.opens_case()
    mads = await comes_to_parents(town, case)
    await mads.answers("child.explain_child", "go_on")
    await mads.gives("child.ask_birth", "maj 1990")
    await mads.answers("child.ask_birth_right", "yes")
    await leaves_a_number(mads, "22914738", "efter skole")
    assert town.archive.needs(case.reference) == ["age_unclear"]
    town.clears(case.reference, "age_unclear")
    await mads.reads("notice.cleared")
    await mads.answers("human.awaiting_human", "go_on")
    await lets_them_be_asked(mads, "one")
    await tells_about_themselves(mads, "Mads", "31 42 53 64")
    await knows_what_a_yes_means(mads)
    await mads.answers("consent.ask_take_part", "yes")
    # By that month they would be of age; it counts for nothing.
    await mads.asked("child.awaiting_parents")


async def test_who_rather_tells_no_month_goes_on_when_a_human_has_looked_at_it(
    town: Town,
) -> None:
    """A human may have found that they are in another age band."""
    case = town.opens_case()
    mads = await comes_to_parents(town, case)
    of_age = f"case party {case.reference} --who offender:1 --by Birgit --age-band"
    assert town.types(f"{of_age} 12_14") == 2
    await mads.answers("child.explain_child", "go_on")
    await mads.answers("child.ask_birth", "skip")
    await leaves_a_number(mads, "22914738", "efter skole")
    assert town.types(f"{of_age} 18") == 2
    assert town.types(f"{of_age} 12_14") == 0
    town.clears(case.reference, "age_unclear")
    await mads.reads("notice.cleared")
    await mads.answers("human.awaiting_human", "go_on")
    await mads.asked("child.ask_authority")
    assert town.archive.party(case.reference, Role.OFFENDER).age_band == "12_14"


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("ask_authority", "unknown", "holders_unclear"),
        ("ask_allowed", "no", "holders_unwelcome"),
        ("ask_allowed", "unknown", "holders_unwelcome"),
    ],
)
async def test_where_parents_may_not_be_asked_a_human_goes_on_and_no_contact_is_made(
    town: Town, question: str, answer: str, reason: str
) -> None:
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    mads = await comes_to_parents(town, case)
    await tells_birth(mads)
    if question == "ask_allowed":
        await mads.answers("child.ask_authority", "both")
    await mads.answers(f"child.{question}", answer)
    await leaves_a_number(mads, "22914738", "efter skole")
    await birgit.hears("notice.needs_human")
    assert town.archive.needs(case.reference) == [reason]
    assert town.archive.rows("holders") == []
    town.clears(case.reference, reason)
    await mads.reads("notice.cleared")
    await mads.answers("human.awaiting_human", "go_on")
    await mads.asked(f"child.{question}")


async def test_from_12_to_14_no_number_is_asked_for_and_a_human_confirms(
    town: Town,
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    mads = await comes_to_parents(town, case, age_band="12_14")
    await tells_birth(mads, age_band="12_14")
    await lets_them_be_asked(mads, "one")
    await tells_of_themselves_at_13(mads, support="yes")
    assert not mads.sees("intake.ask_phone")
    assert town.archive.needs(case.reference) == ["under_15"]
    mads.says("tilbage")
    await mads.hears("common.nothing_back")


async def test_under_12_a_human_takes_over_at_once(town: Town) -> None:
    case = town.opens_case()
    mads = town.phone("victim")
    await reads_up_to_offer(mads, case.victim, age_band="under_12")
    await mads.wants(Always.TOPICS)
    await mads.answers("topics.ask_topic", "why")
    await mads.answers("topics.explain_why", "go_on")
    await mads.answers("offer.ask_interest", "yes")
    await is_told_whom_to_call(mads)
    assert not mads.sees("human.ask_contact")
    assert town.archive.needs(case.reference) == ["minor"]
    assert town.archive.answer_names() == []
    town.clears(case.reference, "minor")
    await town.settles()
    assert not mads.sees("common.you_have_message")
    await mads.wants(Always.RESUME)
    rest = await mads.hears("human.offices")
    mads.person.taps(mads.text("human.awaiting_call.go_on"), on=rest)
    await mads.asked("offer.awaiting_human")


async def test_in_the_month_of_the_18th_birthday_a_human_settles_who_is_asked(
    town: Town,
) -> None:
    case = town.opens_case()
    mads = await comes_to_parents(town, case)
    await tells_birth(mads, "november 2008")
    await lets_them_be_asked(mads, "one")
    await mads.gives("intake.ask_name", "Mads")
    await mads.gives("intake.ask_phone", "31 42 53 64")
    await mads.answers("intake.ask_email", "skip")
    await mads.answers("intake.ask_times", "skip")
    await mads.answers("intake.ask_interpreter", "no")
    await mads.answers("intake.ask_access", "no")
    await mads.answers("intake.ask_support", "no")
    await mads.answers("consent.ask_summary", "right")
    await mads.answers("consent.explain_before", "go_on")
    await knows_what_a_yes_means(mads)
    await mads.answers("consent.ask_take_part", "yes")
    await mads.hears("human.explain_turning_18")
    assert not mads.sees("child.forward")
    assert "turning_18" in town.archive.needs(case.reference)


async def test_a_child_may_stop_also_after_a_parents_yes(town: Town) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await town.settles()
    before = lone.chat()
    await child.resident.wants(Always.WITHDRAW)
    await child.resident.asked("closing.withdrawn")
    assert town.archive.needs(child.case.reference) == []
    party = town.archive.party(child.case.reference, Role.OFFENDER)
    assert (party.tie, party.authority, party.may_ask_holders) == (None, None, None)
    assert town.archive.answers(child.resident.account) == {}
    await town.settles()
    assert lone.chat() == before
    lone.says("status")
    await lone.hears("parental.stated.status")
    await child.resident.answers("closing.withdrawn", "undo")
    await child.resident.asked("offer.ask_interest")
