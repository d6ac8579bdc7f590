"""Who was taken off the staff hears so once they write, and takes no case."""

import pytest

from flows.always import Always
from tests.support.resident import Manner, Resident, Way
from tests.support.town import Town
from tests.support.walks import both_agree

IN_BOTH = pytest.mark.parametrize(
    "way", [Way("da"), Way("en", Manner.WORDS)], ids=["da", "en"]
)


async def lets_go(town: Town, somebody: Resident) -> None:
    """Take the only one who serves off the staff; nothing is sent to them."""
    await town.settles()
    before = {bubble.text for bubble in somebody.heard()}
    [post] = town.archive.rows("staff")
    assert town.types(f"staff remove {post['id']}") == 0
    await town.settles()
    assert {bubble.text for bubble in somebody.heard()} <= before


@IN_BOTH
@pytest.mark.parametrize("role", ["mediator", "coordinator"])
async def test_who_writes_hears_that_they_serve_no_more(
    town: Town, way: Way, role: str
) -> None:
    karen = await town.hires(role, "mediator", way)
    await lets_go(town, karen)
    karen.opens()
    told = await karen.asked(f"{role}.let_go")
    assert "66 14 14 48" in told.text
    assert len(karen.sees(f"{role}.ready")) == 1, "from when they joined"
    karen.says(karen.text("always.status.words").split(",")[0])
    said = await karen.hears(f"{role}.let_go.status")
    assert said.text == karen.text(f"{role}.let_go.status")
    assert not karen.sees(f"{role}.status")
    karen.opens()
    await karen.asked("arrival.ask_language")


async def test_it_is_so_out_of_the_menu_too(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    await karen.wants(Always.TOPICS)
    await karen.hears("topics.ask_topic")
    await lets_go(town, karen)
    karen.says("hej")
    assert "66 14 14 48" in (await karen.asked("mediator.let_go")).text


async def test_the_button_of_an_old_offer_takes_nothing(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    await karen.hears("notice.case_ready")
    await lets_go(town, karen)
    await karen.takes(pair.case.reference)
    await karen.hears("notice.not_in_queue")
    assert town.archive.status(pair.case.reference) == "confirmed"
    assert not karen.sees("notice.taken")
    assert not karen.sees("card.title")


async def test_whoever_is_invited_again_serves_again(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    await lets_go(town, karen)
    karen.opens(town.invites("mediator"))
    await karen.answers("mediator.ask_invitation", "yes")
    await town.settles()
    assert len(karen.sees("mediator.ready")) == 2
    karen.says(karen.text("always.status.words").split(",")[0])
    await karen.hears("mediator.status")


async def test_a_case_that_is_left_behind_is_named(
    town: Town, capfd: pytest.CaptureFixture[str]
) -> None:
    karen = await town.hires("mediator", "mediator")
    reference = (await both_agree(town)).case.reference
    await karen.takes(reference)
    await karen.hears("card.title")
    town.types("queue list")
    town.types("check")
    assert "no longer serves" not in capfd.readouterr().out
    await lets_go(town, karen)
    told = capfd.readouterr().out
    assert reference in told
    assert "konfliktraad case end" in told
    assert town.types(f"case card {reference} --by Birgit") == 0
    for command in ("queue list", "check"):
        capfd.readouterr()
        town.types(command)
        [line] = [
            x for x in capfd.readouterr().out.splitlines() if "no longer serves" in x
        ]
        assert reference in line
    town.types("queue list --json")
    assert '"mediator_left": true' in capfd.readouterr().out
    town.ends(reference)
    town.types("check")
    assert "no longer serves" not in capfd.readouterr().out
