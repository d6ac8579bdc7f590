"""A mediator or a coordinator joins by invitation."""

import pytest

from flows.effects import LetterAccepted, LetterRefused, StaffJoined
from tests.flows.talk import Talk


@pytest.mark.parametrize("dialogue", ["mediator", "coordinator"])
def test_a_yes_joins(dialogue: str) -> None:
    talk = Talk(at=dialogue)
    assert talk.says("yes") == f"{dialogue}.ready"
    assert talk.effects == [LetterAccepted(), StaffJoined()]


@pytest.mark.parametrize("dialogue", ["mediator", "coordinator"])
def test_a_no_leaves_nothing_behind(dialogue: str) -> None:
    talk = Talk(at=dialogue)
    assert talk.says("no") == f"{dialogue}.not_for_you"
    assert talk.effects == [LetterRefused()]
