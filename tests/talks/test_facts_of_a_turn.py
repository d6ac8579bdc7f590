"""What guards look at is what is stored at that moment, not what was a moment ago."""

from dataclasses import dataclass, replace

import pytest

from bot.chat.gathering import NOBODY
from bot.chat.visit import Visit
from flows.always import Always
from flows.facts import Facts
from tests.support.town import Town
from tests.support.walks import jonas_agrees, reads_up_to_role, sofie_agrees
from tests.support.young import child_agrees


@dataclass
class Looks:
    """How often somebody has looked at facts, each held against all of it anew."""

    number: int = 0


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """Read everything once more, whenever a guard is about to look at it."""
    found, facts = Looks(), Visit.facts

    def facts_held_against_all(visit: Visit) -> Facts:
        found.number += 1
        told, speaks = facts(visit), visit.speaks
        anew = replace(visit, _read={}, _speaks=NOBODY)
        assert told == facts(anew)
        assert speaks == anew.speaks
        return told

    monkeypatch.setattr(Visit, "facts", facts_held_against_all)
    return found


async def test_two_who_agree_and_one_who_stops(town: Town, looks: Looks) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    jonas, _ = await jonas_agrees(town, case)
    await sofie.wants(Always.BACK)
    await jonas.wants(Always.WITHDRAW)
    await jonas.hears("closing.withdrawn")
    assert looks.number > 100
    assert await nothing_failed(town)


async def test_a_child_who_says_whom_to_ask(town: Town, looks: Looks) -> None:
    child = await child_agrees(town)
    await child.resident.wants(Always.HUMAN)
    await child.resident.asked("human.explain_human")
    assert looks.number > 50
    assert await nothing_failed(town)


async def test_who_comes_without_a_letter(town: Town, looks: Looks) -> None:
    sofie = town.phone("victim")
    await reads_up_to_role(sofie)
    await sofie.answers("referral.ask_role", "victim")
    await sofie.answers("referral.ask_district", "fyn")
    await sofie.answers("referral.ask_interest", "yes")
    await town.settles()
    assert looks.number > 20
    assert await nothing_failed(town)


async def nothing_failed(town: Town) -> bool:
    await town.settles()
    return not town.archive.rows("failed_turns")
