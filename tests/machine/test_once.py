"""What must not happen even once, told by name: each has a mutation of its own."""

from tests.machine.milestones import CONSENTED, Beginning, Milestone, reached
from tests.machine.village import Village, again


def beginning(village: Village, milestone: Milestone) -> Beginning:
    return Beginning(village, milestone.cast)


def test_an_update_that_comes_twice_is_answered_once() -> None:
    milestone = reached("one yes")
    with again(milestone.snapshot) as village:
        beginning(village, milestone).people["victim"].says("status")
        village.line.calls.clear()
        village.brings(village.outside.brought[-1])
        village.sends()
        assert village.line.calls == []


def test_a_mediator_who_is_a_party_never_takes_the_case() -> None:
    milestone = reached("hired")
    with again(milestone.snapshot) as village:
        begun = beginning(village, milestone)
        begun.opens_case()
        links = {whose: token for token, whose in village.outside.links.items()}
        karen = begun.people["mediator"]
        karen.opens(links["victim"])
        karen.walks_to(CONSENTED)
        begun.comes("offender", CONSENTED)
        village.line.calls.clear()
        karen.says(f"tag {village.outside.references[0]}")
        sent = [str(call.params.get("text", "")) for call in village.line.calls]
        assert sent == [karen_hears(village, "notice.not_in_queue")]


def karen_hears(village: Village, message_id: str) -> str:
    reference = village.outside.references[0]
    words = village.desk.tools.catalogue
    return words.text(message_id, "da", reference=reference)
