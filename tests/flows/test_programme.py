"""The programme is told before anything is asked."""

from flows.always import Always
from flows.ways_back import OwnCodeGiven
from tests.flows.talk import Talk


def test_with_a_letter_the_offer_follows() -> None:
    assert Talk(at="programme").says("go_on") == "offer.ask_interest"


def test_without_a_letter_one_is_given_a_code_before_anything_is_asked() -> None:
    talk = Talk(at="programme").knows(has_link=False, has_way_back=False)
    assert talk.says("go_on") == "referral.explain_code"
    assert talk.effects == [OwnCodeGiven()]
    assert talk.says("go_on") == "referral.ask_role"


def test_who_has_a_code_or_another_letter_is_given_none() -> None:
    talk = Talk(at="programme").knows(has_link=False, has_way_back=True)
    assert talk.says("go_on") == "referral.ask_role"
    assert talk.effects == []


def test_a_code_is_given_anew_to_who_asks_and_not_by_going_back() -> None:
    talk = Talk(at="programme").knows(has_link=False, has_way_back=False)
    talk.says("go_on", "go_on")
    assert talk.does(Always.BACK) == "referral.explain_code"
    assert talk.effects == [OwnCodeGiven()]
    assert talk.says("new") == "referral.explain_code"
    assert talk.effects == [OwnCodeGiven(), OwnCodeGiven()]


def test_after_the_topics_one_goes_on_with_the_programme() -> None:
    talk = Talk(at="programme")
    assert talk.says("topics", "what", "go_on") == "programme.explain_programme"
