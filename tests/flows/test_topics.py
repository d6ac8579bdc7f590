"""One may read about any topic at any time, and goes on where one was."""

import pytest

from flows import FLOWS
from flows.always import Always
from tests.flows.talk import Talk

TOPICS = [a.name for a in FLOWS["topics"].start.answers if a.name != "go_on"]


def test_there_are_ten_topics() -> None:
    """As many as the programme's own text has sections."""
    assert len(TOPICS) == 10


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_told_and_leads_back_to_the_list(topic: str) -> None:
    talk = Talk(at="topics")
    assert talk.says(topic) == f"topics.explain_{topic}"
    assert talk.says("more") == "topics.ask_topic"


def test_reading_in_the_middle_of_a_question_does_not_lose_it() -> None:
    talk = Talk(at="intake.ask_email")
    talk.does(Always.TOPICS)
    talk.says("where", "more", "practice")
    assert talk.says("go_on") == "intake.ask_email"


def test_who_was_nowhere_before_is_not_sent_there() -> None:
    assert "go_on" not in Talk(at="topics").choices
