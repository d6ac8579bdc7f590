"""No way to a yes skips what comes before it; a dialogue that lets one is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from flows import FLOWS
from flows.always import OPENS, Always
from flows.checks.proof import broken, prove
from flows.checks.walk import anywhere
from flows.effects import ConsentGiven, HoldersInvited, Purpose
from flows.guards import is_case_open, is_informed, is_of_age
from flows.model import Answer, Flow, Into, Place, State

Flows = Mapping[str, Flow]


def changed(
    place: str, answer: str, leading_to: object = None, **changes: object
) -> tuple[Flows, Place]:
    """Change the ways of one answer that lead there, and tell where that was."""
    dialogue, name = place.split(".")
    flow = FLOWS[dialogue]

    def way(found: Answer) -> Answer:
        is_meant = found.name == answer and leading_to in {None, found.to}
        more: dict[str, Any] = changes
        return replace(found, **more) if is_meant else found

    def state(found: State) -> State:
        if found.name != name:
            return found
        return replace(found, answers=tuple(map(way, found.answers)))

    states = tuple(map(state, flow.states))
    assert states != flow.states
    return {**FLOWS, dialogue: replace(flow, states=states)}, Place(dialogue, name)


def test_every_way_through_our_dialogues_keeps_every_rule() -> None:
    proof = prove(FLOWS)
    assert proof.faults == ()
    assert proof.spots > 5000
    assert proof.yeses > 10


TAKE_PART, PARENTAL = "consent.ask_take_part", "parental.ask_take_part"
CONSENTED, AWAITING = "consented", Into("child", "awaiting_parents")
EXPLAINED = Into("holder", "explain_child")
PARENTS_YES = ConsentGiven(Purpose.PARENTAL_TAKE_PART)
BROKEN: Mapping[str, tuple[tuple[Flows, Place], str]] = {
    "nothing needs to be shown": (
        changed(TAKE_PART, "yes", CONSENTED, when=is_of_age),
        "a yes is taken before everything was shown.",
    ),
    "nothing needs to be understood": (
        changed(TAKE_PART, "yes", CONSENTED, when=is_informed),
        "a yes is taken before it is clear what it means.",
    ),
    "nobody is asked about safety": (
        changed(TAKE_PART, "yes", AWAITING, when=is_informed),
        "a yes is taken before the questions about safety.",
    ),
    "a child rests like an adult": (
        changed(TAKE_PART, "yes", AWAITING, to=CONSENTED),
        "the yes of a minor rests as that of an adult.",
    ),
    "parents are asked whatever the child says": (
        changed(TAKE_PART, "yes", AWAITING, when=is_informed),
        "parents are asked against the wish of the child.",
    ),
    "a new link whatever the child says": (
        changed("child.awaiting_parents", "new_link_1", when=is_case_open),
        "parents are asked against the wish of the child.",
    ),
    "parents are asked before the child's yes": (
        changed("child.ask_shown_name", "given", records=HoldersInvited()),
        "parents are asked before the child has said yes.",
    ),
    "a parent needs to be shown nothing": (
        changed(PARENTAL, "yes", EXPLAINED, to="stated", records=PARENTS_YES),
        "a yes is taken before everything was shown.",
    ),
    "a parent answers for an adult": (
        changed(PARENTAL, "yes", "frozen", to="stated", records=PARENTS_YES),
        "a parent says yes for somebody who is turning 18.",
    ),
    "who is stopped goes on": (
        changed("safety.stopped", "go_on", when=None),
        "somebody gets on whom a human has to let go on.",
    ),
    "who waits for a human goes on": (
        changed("human.awaiting_human", "go_on", when=None),
        "somebody gets on whom a human has to let go on.",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_a_rule_is_told(case: str) -> None:
    (flows, place), fault = BROKEN[case]
    found = set(broken(anywhere(flows, [place], Into("programme"))))
    assert f"{place.dialogue}.{place.state}: {fault}" in found
    assert set(broken(anywhere(FLOWS, [place], Into("programme")))) == set()


def test_a_yes_that_nobody_can_come_to_is_told() -> None:
    """Else the walk would prove nothing about it."""
    shut = tuple(replace(state, answers=()) for state in FLOWS["closing"].states)
    flows = {**FLOWS, "closing": replace(FLOWS["closing"], states=shut)}
    assert prove(flows, [Into("topics")]).faults == (
        "no row of answers leads to a yes to parental_take_part.",
        "no row of answers leads to a yes to take_part.",
    )


def test_a_place_without_a_human_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(OPENS, Always.HUMAN)
    faults = prove(FLOWS, [Into("topics")]).faults
    assert "topics.ask_topic: nothing leads from here to a human." in faults
    assert "consent.paused: nothing leads from here to a human." in faults
    assert not [fault for fault in faults if fault.startswith("safety.stopped")]
