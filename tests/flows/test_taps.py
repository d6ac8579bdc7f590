"""A button comes back as what it was when it was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import FLOWS
from flows.always import Always
from flows.model import Flow
from flows.taps import (
    AlwaysTap,
    AnswerTap,
    StaffTap,
    always_tap,
    answer_tap,
    parse_tap,
    staff_tap,
)

ANSWERS = [
    (flow, state.name, answer.name)
    for flow in FLOWS.values()
    for state in flow.states
    for answer in state.answers
]
talks = st.integers(0, 999)
steps = st.integers(0, 99_999)


@given(talks, st.sampled_from(ANSWERS), steps)
def test_an_answer_comes_back(
    talk: int, asked: tuple[Flow, str, str], step: int
) -> None:
    flow, state, answer = asked
    tap = parse_tap(answer_tap(talk, flow, state, answer, step))
    assert tap == AnswerTap(talk, flow.id, flow.version, state, answer, step)


@given(st.sampled_from(Always), talks)
def test_an_action_that_is_always_open_comes_back(action: Always, talk: int) -> None:
    assert parse_tap(always_tap(action, talk)) == AlwaysTap(action, talk)


@given(st.from_regex(r"[A-Z0-9]{2}-[A-Z0-9]{4,8}", fullmatch=True))
def test_taking_a_case_comes_back(reference: str) -> None:
    assert parse_tap(staff_tap(reference)) == StaffTap(reference)


@given(st.text(max_size=80) | st.from_regex(r"a\|.*|!.*|take\|.*"))
def test_whatever_else_comes_is_never_an_error(text: str) -> None:
    tap = parse_tap(text)
    assert tap is None or isinstance(tap, AnswerTap | AlwaysTap | StaffTap)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a|1|offer|1|ask_interest|yes",
        "a|01|offer|1|ask_interest|yes|2",
        "a|1|offer|1|ask_interest|yes|2\n",
        "a|\u0661|offer|1|ask_interest|yes|2",
        "a|1|offer|1|ask_interest|yes|" + "9" * 5000,
        "!explode|1",
        "!hide",
        "take|",
        "take|A-1|2",
    ],
)
def test_a_button_that_we_never_wrote_is_none(text: str) -> None:
    assert parse_tap(text) is None
