"""After a withdrawal or an end the talk rests."""

from flows.always import Always
from flows.effects import Withdrew
from tests.flows.talk import Talk


def test_whoever_withdraws_may_begin_anew_while_the_case_is_open() -> None:
    talk = Talk(at="consent.consented")
    assert talk.does(Always.WITHDRAW) == "closing.withdrawn"
    assert talk.effects == [Withdrew()]
    assert talk.knows(is_case_open=False).choices == []
    assert talk.knows(is_case_open=True).choices == ["undo"]
    assert talk.says("undo") == "offer.ask_interest"


def test_whoever_stops_before_telling_their_age_begins_at_the_beginning() -> None:
    """Nothing can be decided without the age, so it is asked first."""
    talk = Talk(at="closing.withdrawn").knows(is_age_known=False, age_band=None)
    assert talk.choices == ["begin"]
    assert talk.says("begin") == "arrival.ask_language"
    assert talk.knows(is_case_open=False).does(Always.WITHDRAW) == "closing.withdrawn"
    assert talk.choices == []


def test_after_the_end_nothing_is_asked_and_everything_can_be_read() -> None:
    talk = Talk(at="closing.ended")
    assert talk.choices == []
    talk.does(Always.TOPICS)
    assert talk.says("afterwards", "go_on") == "closing.ended"
