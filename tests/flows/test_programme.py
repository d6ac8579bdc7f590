"""The programme is told before anything is asked."""

from tests.flows.talk import Talk


def test_with_a_letter_the_offer_follows() -> None:
    assert Talk(at="programme").says("go_on") == "offer.ask_interest"


def test_without_a_letter_one_may_ask_to_be_contacted() -> None:
    talk = Talk(at="programme").knows(has_link=False)
    assert talk.says("go_on") == "referral.ask_role"


def test_after_the_topics_one_goes_on_with_the_programme() -> None:
    talk = Talk(at="programme")
    assert talk.says("topics", "what", "go_on") == "programme.explain_programme"
