"""A coordinator gives somebody a new code: into their chat, or to another account."""

import io
import sys

import pytest

from flows.always import Always
from flows.facts import Role
from tests.bot.cli.terminal import Desk, Terminal, token
from tests.bot.cli.test_parent_links import Window
from tests.support.resident import Resident
from tests.support.town import Opened, Town
from tests.support.walks import (
    both_agree,
    hides,
    reads_programme,
    reads_up_to_role,
    shows_interest,
    sofie_agrees,
)
from tests.support.young import Child, child_agrees, parent_agrees

BY = "--by Birgit"


async def moves(town: Town, case: Opened, desk: Desk, key: str = "new") -> Resident:
    """Give a link for a new account, and accept it there."""
    command = f"case code --who victim:1 --how meeting {BY} --new-account"
    given = await desk.gets(command, case.reference, kind=dict)
    fresh = town.phone(key)
    fresh.opens(token(given["link"]))
    await fresh.answers("arrival.ask_letter", "yes")
    await fresh.asked("arrival.ask_language")
    return fresh


async def test_a_new_code_opens_the_chat_and_the_old_one_does_not(
    town: Town, desk: Desk
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    before = town.archive.answers(sofie.account)
    await hides(sofie)
    code = f"case code --who victim:1 --how call {BY}"
    given = await desk.gets(code, case.reference, kind=dict)
    assert (given["who"], given["how"], given["new_account"]) == (
        "victim:1",
        "call",
        False,
    )
    assert given["valid_until"] is None
    sofie.opens(case.victim)
    await sofie.hears("hide.line")
    town.moves_clock(days=60)
    sofie.says(given["code"])
    await sofie.hears("hide.found")
    await sofie.asked("consent.consented")
    assert town.archive.answers(sofie.account) == before
    assert "take_part" in town.archive.said_yes_to(case.reference, Role.VICTIM)
    sofie.opens(token(given["link"]))
    await sofie.asked("consent.consented")
    [noted] = town.archive.audit("code given")
    assert (noted.who, noted.note) == ("Birgit", "victim 1 by call")
    printed = await desk.prints(code, case.reference)
    assert "A new code for victim:1" in printed
    assert "to type in the chat: " in printed


async def test_a_parent_gets_one_and_what_the_child_makes_anew_opens_nothing(
    town: Town, desk: Desk
) -> None:
    child = await child_agrees(town, authority="one")
    lone = await parent_agrees(town, child, others="no")
    await child.resident.answers_now("child.awaiting_parents", "new_link")
    anew = await child.resident.hears("child.forward")
    made = token(anew.text.split("?start")[1].split()[0])
    await hides(lone)
    lone.opens(made)
    await lone.hears("hide.line")
    code = f"case code --who holder:1 --how call {BY}"
    given = await desk.gets(code, child.case.reference, kind=dict)
    lone.says(given["code"])
    await lone.hears("hide.found")
    await lone.asked("parental.stated")
    # Of all links to this place the code alone is left.
    lone.opens(made)
    await lone.hears("link.refused")
    links = town.archive.rows("links")
    left = [one for one in links if one["holder_id"] and not one["voided_at"]]
    assert [one["person_id"] for one in left] == [town.archive.person_id(lone.account)]


async def test_who_came_without_a_letter_gets_one_too(town: Town, desk: Desk) -> None:
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    await sofie.wants(Always.HUMAN)
    await sofie.asked("human.explain_human")
    [reference] = town.archive.references()
    await hides(sofie)
    code = f"case code --who unsaid:1 --how mail {BY}"
    given = await desk.gets(code, reference, kind=dict)
    sofie.says(given["code"])
    await sofie.hears("hide.found")
    refused = await desk.types(f"{code} --new-account", reference)
    assert "came without a letter" in refused.err


async def test_on_a_new_account_details_stay_and_every_yes_is_said_again(
    town: Town, desk: Desk
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    told = town.archive.answers(sofie.account)
    before = len(sofie.heard())
    fresh = await moves(town, case, desk)
    assert town.archive.answers(fresh.account) == told
    assert town.archive.answers(sofie.account) == {}
    party = town.archive.party(case.reference, Role.VICTIM)
    assert party.person_id == town.archive.person_id(fresh.account)
    assert (party.interest, party.age_band, party.tie) == (None, None, None)
    last = {
        one.purpose: one.state
        for one in town.archive.consents(case.reference, Role.VICTIM)
    }
    assert set(last.values()) == {"withdrawn"}
    await town.settles()
    assert len(sofie.heard()) == before
    [noted] = town.archive.audit("account changed")
    assert noted.note == "victim 1"

    await reads_programme(fresh, "18")
    await shows_interest(fresh)
    await fresh.gives("intake.ask_name", "Sofie")
    shown = await fresh.asked("consent.ask_summary")
    assert told["phone"] in shown.text


@pytest.mark.parametrize("is_hidden", [False, True], ids=["open", "hidden"])
async def test_the_old_phone_is_told_nothing_and_knows_nobody(
    town: Town,
    desk: Desk,
    is_hidden: bool,  # noqa: FBT001 - pytest gives it
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    sofie = pair.victim
    question = await sofie.asked("consent.consented")
    if is_hidden:
        await hides(sofie)
    await karen.hears("notice.case_ready")
    fresh = await moves(town, pair.case, desk)
    assert town.archive.status(pair.case.reference) == "collecting"
    town.ends(pair.case.reference)
    town.moves_clock(hours=24)
    await fresh.hears("common.you_have_message")
    await town.settles()
    assert not sofie.sees("common.you_have_message")
    sofie.says("status")
    if is_hidden:
        await sofie.hears("hide.line")
        sofie.opens(pair.case.victim)
        await sofie.hears("hide.line")
    else:
        await sofie.asked("arrival.ask_language")
        sofie.person.taps(sofie.text("always.menu.label"), on=question)
        await sofie.hears("always.menu.says")
        assert not sofie.sees("closing.let_go")


async def test_a_stop_on_the_old_phone_voids_the_link_to_the_new_account(
    town: Town, desk: Desk
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    command = f"case code --who victim:1 --how letter {BY} --new-account"
    given = await desk.gets(command, case.reference, kind=dict)
    await hides(sofie)
    sofie.says("stop")
    await sofie.hears("hide.line")
    fresh = town.phone("new")
    fresh.opens(token(given["link"]))
    await fresh.hears("link.refused")
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at
    refused = await desk.types(command, case.reference)
    assert (refused.code, "has said no or stop" in refused.err) == (2, True)


async def gives_a_parent_a_link(town: Town, desk: Desk) -> tuple[Child, str]:
    """Let a parent who has said yes be given a link to another account."""
    child = await child_agrees(town, authority="one")
    await parent_agrees(town, child, others="no")
    command = f"case code --who holder:1 --how meeting {BY} --new-account"
    given = await desk.gets(command, child.case.reference, kind=dict)
    return child, token(given["link"])


async def test_a_parents_yes_is_made_sure_of_anew_after_a_change_of_accounts(
    town: Town, desk: Desk
) -> None:
    child, link = await gives_a_parent_a_link(town, desk)
    fresh = town.phone("new")
    fresh.opens(link)
    await fresh.answers("holder.ask_letter", "yes")
    await fresh.asked("holder.ask_language")
    [holder] = town.archive.rows("holders")
    assert holder["person_id"] == town.archive.person_id(fresh.account)
    assert (holder["relation"], holder["verified_at"]) == (None, None)
    [shown] = (await desk.gets("case show", child.case.reference, kind=dict))[
        "parties"
    ][1]["holders"]
    assert shown["state"] == "opened"


async def test_what_a_child_makes_anew_leaves_the_link_to_another_account(
    town: Town, desk: Desk
) -> None:
    """Staff have made sure of the parent; their child cannot undo that unseen."""
    child, link = await gives_a_parent_a_link(town, desk)
    await child.resident.answers_now("child.awaiting_parents", "new_link")
    await child.resident.hears("child.forward")
    fresh = town.phone("new")
    fresh.opens(link)
    await fresh.answers("holder.ask_letter", "yes")
    await fresh.asked("holder.ask_language")
    [holder] = town.archive.rows("holders")
    assert holder["person_id"] == town.archive.person_id(fresh.account)


async def test_at_a_terminal_it_is_asked_before_an_account_loses_its_place(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = town.opens_case()
    await sofie_agrees(town, case)
    command = f"case code --who victim:1 --how meeting {BY} --new-account"
    for answer, code in (("n\n", 1), ("y\n", 0)):
        monkeypatch.setattr(sys, "stdin", Window(answer))
        typed = await desk.types(command, case.reference)
        assert "The old chat loses the place" in typed.out
        assert typed.code == code
        assert len(town.archive.audit("code for a new account")) == 1 - code
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert (await desk.types(command, case.reference)).code == 0


async def test_once_a_mediator_has_the_case_only_the_chat_is_opened_anew(
    town: Town, desk: Desk
) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    code = f"case code --who victim:1 --how call {BY}"
    refused = await desk.types(f"{code} --new-account", pair.case.reference)
    assert "A mediator has case" in refused.err
    assert (await desk.types(code, pair.case.reference)).code == 0


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("case code --who victim:1 --how call --by B", "Nobody answers in the chat as"),
        ("case code --who holder:1 --how call --by B", "known to be under 18"),
        ("case code --who mediator:1 --how call --by B", "victim:1 or offender:1"),
        ("case code --who victim:1 --how pigeon --by B", "'call', 'letter', 'mail'"),
        ("case code --who victim:1 --how call", "Missing option '--by'"),
    ],
)
def test_what_is_asked_for_wrongly_is_told_in_one_sentence(
    office: Terminal, command: str, told: str
) -> None:
    opened = office.gets("case open --district fyn --relation other", kind=dict)
    refused = office.types(command, opened["case"])
    assert refused.code == 2
    assert told in refused.sentence
