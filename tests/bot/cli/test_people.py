"""A coordinator's day: what is done at the desk, and what it does on the phones."""

import re

from flows.facts import Role
from tests.bot.cli.terminal import Desk, token
from tests.support.town import Town
from tests.support.walks import (
    both_agree,
    jonas_agrees,
    knows_what_a_yes_means,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import is_told_whom_to_call

OPEN = "case open --district fyn --relation"


async def test_a_case_goes_from_its_letters_to_a_mediator(
    town: Town, desk: Desk
) -> None:
    karen = town.phone("mediator")
    invitation = "staff invite --role mediator --district fyn --name"
    invited = await desk.gets(invitation, "Karen K.", kind=dict)
    assert (invited["role"], invited["district"]) == ("mediator", "fyn")
    karen.opens(token(invited["link"]))
    await karen.answers("mediator.ask_invitation", "yes")
    await karen.hears("mediator.ready")

    reference = (await both_agree(town)).case.reference
    [queued] = await desk.gets("queue list --district fyn", kind=list)
    since = queued.pop("since")
    assert queued == {
        "case": reference,
        "district": "fyn",
        "status": "confirmed",
        "mediator_left": False,
        "stopped": None,
    }
    assert await desk.gets("queue list --district bornholm", kind=list) == []

    await karen.takes(reference)
    await karen.hears("card.title")
    [taken] = await desk.gets("queue list", kind=list)
    assert taken["status"] == "claimed"
    assert taken["since"] > since
    case = await desk.gets("case show", reference, kind=dict)
    assert case["mediator"] == "Karen K."
    assert all(party["joined"] for party in case["parties"])


async def test_staff_see_who_has_blocked_the_bot(town: Town, desk: Desk) -> None:
    """Until they write again nothing that is said reaches them."""
    pair = await both_agree(town)
    await town.settles()
    [listed] = await desk.gets("case list", kind=list)
    assert listed["blocked"] == 0

    pair.victim.person.blocks()
    await town.settles()
    [listed] = await desk.gets("case list", kind=list)
    shown = f"case show {pair.case.reference}"
    parties = (await desk.gets(shown, kind=dict))["parties"]
    assert listed["blocked"] == len([p for p in parties if p["blocked_since"]]) == 1
    assert "Blocks the bot since" in await desk.prints(shown)

    pair.victim.person.unblocks()
    await town.settles()
    [listed] = await desk.gets("case list", kind=list)
    assert listed["blocked"] == 0


async def test_the_card_is_in_the_language_asked_for_and_the_look_is_logged(
    town: Town, desk: Desk
) -> None:
    karen = await town.hires("mediator", "mediator")
    reference = (await both_agree(town)).case.reference
    await karen.takes(reference)
    await karen.hears("card.title")

    shown = await desk.prints(f"case card {reference} --by", "Birgit Bro")
    english = await desk.gets(
        f"case card {reference} --by Birgit --language en", kind=dict
    )
    assert "Navn: Sofie" in shown
    assert "+45 22 91 47 38" in shown
    assert "Name: Jonas" in english["card"]
    assert [entry.who for entry in town.archive.audit("card shown")][1:] == [
        "Birgit Bro",
        "Birgit",
    ]


async def test_what_a_human_settles_lets_the_party_go_on(
    town: Town, desk: Desk
) -> None:
    opened = await desk.gets(f"{OPEN} other", kind=dict)
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, token(opened["victim"]))
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await knows_what_a_yes_means(sofie)
    await sofie.answers("consent.ask_take_part", "talk_first")
    await sofie.asked("human.explain_human")

    show = f"case show {opened['case']}"
    [need] = (await desk.gets(show, kind=dict))["needs"]
    assert (need["reason"], need["role"], need["n"]) == ("talk_first", "victim", 1)
    assert need["cleared"] is None
    assert "Sofie" in await desk.prints(f"case card {opened['case']} --by Birgit")

    clear = (
        f"case clear {opened['case']} --reason talk_first --party victim:1 --how call "
        "--by Birgit"
    )
    cleared = await desk.gets(clear, kind=dict)
    assert cleared == {
        "case": opened["case"],
        "status": "collecting",
        "cleared": ["talk_first"],
    }
    await sofie.reads("notice.cleared")
    [need] = (await desk.gets(show, kind=dict))["needs"]
    assert need["by"] == "Birgit"
    assert need["cleared"] > need["raised"]
    assert "talk_first" in await desk.prints(show)
    [entry] = town.archive.audit("needs cleared")
    assert (entry.who, entry.note) == ("Birgit", "talk_first of victim:1, by call")
    assert "Sofie" not in await desk.prints(show)


async def test_somebody_under_12_hears_from_the_human_not_from_the_bot(
    town: Town, desk: Desk
) -> None:
    opened = await desk.gets(f"{OPEN} other", kind=dict)
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, token(opened["victim"]), age_band="under_12")
    await sofie.answers("offer.ask_interest", "yes")
    await is_told_whom_to_call(sofie)
    clear = f"case clear {opened['case']} --reason minor --party victim:1"
    await desk.prints(f"{clear} --how meeting --by Birgit")
    await town.settles()
    assert not sofie.sees("common.you_have_message")


async def test_a_case_that_a_mediator_has_ends_for_everybody_at_once(
    town: Town, desk: Desk
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    reference = pair.case.reference
    await karen.takes(reference)
    await karen.hears("card.title")
    for party in (pair.victim, pair.offender):
        await party.reads("notice.claimed")

    relinked = await desk.types(f"case link {reference} --role victim")
    assert relinked.code == 2
    assert "konfliktraad case end" in relinked.sentence

    await desk.prints(f"case end {reference} --reason not_suited --by Birgit")
    await karen.hears("notice.ended_for_mediator")
    await town.settles()
    for party in (pair.victim, pair.offender):
        await party.reads("closing.ended")


async def test_between_close_people_the_victim_alone_opens_the_way(
    town: Town, desk: Desk
) -> None:
    opened = await desk.gets(f"{OPEN} close", kind=dict)
    offender = f"case link {opened['case']} --role offender"
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, token(opened["victim"]))
    assert (await desk.types(offender)).code == 2

    await sofie.answers("offer.ask_interest", "yes")
    await sofie.asked("human.explain_human")
    case = await desk.gets("case show", opened["case"], kind=dict)
    assert [need["reason"] for need in case["needs"]] == ["close_relation"]
    assert [party["role"] for party in case["parties"]] == ["victim"]

    linked = await desk.gets(offender, kind=dict)
    jonas = town.phone("offender")
    jonas.opens(token(linked["link"]))
    await jonas.asked("arrival.ask_letter")


async def test_a_second_victim_of_somebody_close_is_only_informed_too(
    town: Town, desk: Desk
) -> None:
    opened = await desk.gets(f"{OPEN} close", kind=dict)
    second = f"case link {opened['case']} --role victim --n 2"
    linked = await desk.gets(second, kind=dict)
    nadia = town.phone("nadia")
    await reads_up_to_offer(nadia, token(linked["link"]))
    await nadia.answers("offer.ask_interest", "yes")
    await nadia.asked("human.explain_human")
    assert town.archive.needs(opened["case"]) == ["close_relation"]


async def test_a_new_letter_makes_the_old_one_void(town: Town, desk: Desk) -> None:
    opened = await desk.gets(f"{OPEN} other", kind=dict)
    linked = await desk.gets(f"case link {opened['case']} --role victim", kind=dict)
    assert linked["link"] != opened["victim"]
    sofie = town.phone("victim")
    sofie.opens(token(opened["victim"]))
    await sofie.hears("link.refused")
    await reads_up_to_offer(sofie, token(linked["link"]))


async def test_a_wrong_person_is_let_go_and_the_right_one_takes_the_place(
    town: Town, desk: Desk
) -> None:
    opened = town.opens_case()
    reference = opened.reference
    await sofie_agrees(town, opened)
    stranger, _ = await jonas_agrees(town, opened)
    assert town.archive.status(reference) == "confirmed"

    linked = await desk.prints(f"case link {reference} --role offender")
    assert town.archive.status(reference) == "collecting"
    answers = [c.state for c in town.archive.consents(reference, Role.OFFENDER)]
    assert answers == ["given"] * 3 + ["withdrawn"] * 3
    assert town.archive.answers(stranger.account) == {}
    assert len(town.archive.audit("person unbound")) == 1

    stranger.opens(opened.offender)
    await stranger.hears("link.refused")
    stranger.says("hej")
    await stranger.asked("closing.let_go")

    found = re.search(r"in a letter: (\S+),", linked)
    assert found
    jonas = town.phone("jonas")
    await reads_up_to_offer(jonas, found[1])
    await shows_interest(jonas, confession="yes")
    await tells_about_themselves(jonas, "Jonas", "22914739")
    await says_yes(jonas)
    assert town.archive.status(reference) == "confirmed"


async def test_who_serves_is_listed_and_may_be_let_go(town: Town, desk: Desk) -> None:
    karen = await town.hires("mediator", "mediator")
    ahmed = await town.hires("mediator", "mediator2")
    reference = (await both_agree(town)).case.reference
    await karen.takes(reference)
    await karen.hears("card.title")

    members = await desk.gets("staff list", kind=list)
    assert [list(one) for one in members] == [
        ["id", "role", "district", "name", "joined"]
    ] * 2
    ids = [one["id"] for one in sorted(members, key=lambda one: str(one["joined"]))]
    removed = [await desk.prints("staff remove", one) for one in ids]
    assert reference in removed[0]
    assert reference not in removed[1]
    assert await desk.gets("staff list", kind=list) == []
    assert (await desk.types("staff remove", ids[0])).code == 2

    ahmed.says(f"tag {reference}")
    await town.settles()
    assert not ahmed.sees("card.title")


async def test_a_coordinator_is_enough_to_open_a_case(town: Town, desk: Desk) -> None:
    refused = await desk.types("case open --district bornholm --relation other")
    assert refused.code == 2
    await town.hires("coordinator", "coordinator", district="bornholm")
    await desk.prints("case open --district bornholm --relation other")
