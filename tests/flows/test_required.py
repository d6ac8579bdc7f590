"""What must be shown before a yes is what the dialogues tell before it (req. 3)."""

from flows import FLOWS
from flows.model import MessageId
from flows.rules.required import BY_HOLDERS, BY_PARTIES, required


def said(*places: str) -> set[MessageId]:
    found = [place.split(".") for place in places]
    return {text for flow, name in found for text in FLOWS[flow].state(name).says}


def test_a_party_is_told_everything_before_the_yes() -> None:
    told = said(
        "programme.explain_programme", "consent.explain_before", "consent.ask_data"
    )
    assert set(BY_PARTIES) == told - {"consent.ask_data"}
    assert required(is_holder=False) == BY_PARTIES


def test_a_parent_is_told_everything_before_the_yes() -> None:
    told = said(
        "holder.explain_child",
        "holder.explain_programme",
        "holder.explain_before",
        "parental.ask_data",
    )
    assert set(BY_HOLDERS) == told - {"parental.ask_data"}
    assert required(is_holder=True) == BY_HOLDERS
