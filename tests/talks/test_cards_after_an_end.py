"""When a case ends, or its mediator serves no more, its card leaves their chat."""

import pytest

from flows.always import Always
from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import (
    Pair,
    both_agree,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    tells_about_themselves,
)
from tests.talks.conftest import ON_BOTH


async def takes(town: Town, karen: Resident) -> Pair:
    """Take the next case, and get its card."""
    pair = await both_agree(town)
    await karen.takes(pair.case.reference)
    await karen.hears("card.title")
    await town.settles()
    return pair


def named(pair: Pair) -> set[str]:
    """Give what would tell a reader of the card who they are, or how to call them."""
    told = [*pair.victim_told.values(), *pair.offender_told.values()]
    return {value for value in told if value and len(value) > 4}


@ON_BOTH
@pytest.mark.parametrize("hours", [1, 49], ids=["deleted", "too old to delete"])
async def test_with_a_stop_the_card_is_gone(town: Town, hours: int) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await takes(town, karen)
    [card] = karen.sees("card.title")
    town.moves_clock(hours=hours)
    await pair.victim.wants(Always.WITHDRAW)
    await karen.hears("notice.stopped_for_mediator")
    await town.settles()
    assert not karen.sees("card.title")
    for value in named(pair):
        assert value not in karen.chat()
    left = [b.text for b in karen.heard() if b.message_id == card.message_id]
    assert left == ([] if hours == 1 else ["·"])
    assert karen.sees("notice.taken")


async def test_so_it_is_for_every_time_that_it_was_shown(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await takes(town, karen)
    words = karen.text("queue.words").split(",")[0]
    karen.says(f"{words} {pair.case.reference}")
    await town.settles()
    assert len(karen.sees("card.title")) == 2
    town.ends(pair.case.reference)
    await karen.hears("notice.ended_for_mediator")
    await town.settles()
    assert not karen.sees("card.title")


async def test_the_card_of_another_case_stays(town: Town) -> None:
    karen = await town.hires("mediator", "mediator")
    pair = await takes(town, karen)
    other = town.opens_case()
    for somebody, token, confession in (
        (pair.victim, other.victim, None),
        (pair.offender, other.offender, "yes"),
    ):
        await reads_up_to_offer(somebody, token)
        await shows_interest(somebody, confession=confession)
        await tells_about_themselves(somebody, "Kim", "31 42 53 64")
        await says_yes(somebody)
    await karen.takes(other.reference)
    await town.settles()
    assert len(karen.sees("card.title")) == 2
    town.ends(pair.case.reference)
    await karen.hears("notice.ended_for_mediator")
    await town.settles()
    [left] = karen.sees("card.title")
    assert other.reference in left.text


@ON_BOTH
@pytest.mark.parametrize("hours", [1, 49], ids=["deleted", "too old to delete"])
async def test_so_it_is_when_the_mediator_serves_no_more(
    town: Town, hours: int
) -> None:
    karen = await town.hires("mediator", "mediator")
    [post] = town.archive.rows("staff")
    birgit = await town.hires("coordinator", "coordinator")
    pair = await takes(town, karen)
    [card] = karen.sees("card.title")
    town.moves_clock(hours=hours)
    assert town.types(f"staff remove {post['id']}") == 0
    await town.settles()
    for value in named(pair):
        assert value not in karen.chat()
    left = [b.text for b in karen.heard() if b.message_id == card.message_id]
    assert left == ([] if hours == 1 else ["·"])
    assert town.archive.status(pair.case.reference) == "claimed"
    # The end takes the same card out once more, and that changes nothing.
    town.ends(pair.case.reference)
    await birgit.hears("notice.ended_for_mediator")
    await town.settles()
    assert not karen.sees("notice.ended_for_mediator")
    again = [b.text for b in karen.heard() if b.message_id == card.message_id]
    assert again == left


async def test_who_still_serves_keeps_the_card_of_a_case_of_theirs(
    town: Town,
) -> None:
    leaves = await town.hires("mediator", "mediator")
    karen = await town.hires("mediator", "mediator2")
    await takes(town, karen)
    first = min(town.archive.rows("staff"), key=lambda post: str(post["joined_at"]))
    assert town.types(f"staff remove {first['id']}") == 0
    await town.settles()
    assert karen.sees("card.title")
    assert not leaves.sees("card.title")
