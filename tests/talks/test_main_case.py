"""Two people say yes, and a mediator is told: the main job."""

from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import both_agree
from tests.talks.conftest import ON_BOTH

pytestmark = ON_BOTH


async def test_both_say_yes_and_a_mediator_takes_the_case(town: Town, way: Way) -> None:
    karen = await town.hires("mediator", "mediator", way)
    ahmed = await town.hires("mediator", "mediator2", way)
    pair = await both_agree(town, way)
    reference = pair.case.reference

    for mediator in (karen, ahmed):
        offer = await mediator.hears("notice.case_ready")
        assert offer.text == mediator.text(
            "notice.case_ready",
            reference=reference,
            district=mediator.text("district.fyn"),
        )
    assert town.archive.status(reference) == "confirmed"

    await karen.takes(reference)
    card = await karen.hears("card.title")
    assert card.protected
    assert town.archive.status(reference) == "claimed"
    assert_card(card.text, karen, pair.victim_told, pair.offender_told)
    assert len(town.archive.audit("card shown")) == 1

    await ahmed.takes(reference)
    await ahmed.hears("notice.already_taken")
    assert not ahmed.sees("card.title")

    for party in (pair.victim, pair.offender):
        await party.reads("notice.claimed")
    for role in (Role.VICTIM, Role.OFFENDER):
        consents = ["data_notice", "hear_more", "take_part"]
        assert town.archive.said_yes_to(reference, role) == consents


def assert_card(text: str, mediator: Resident, *told: dict[str, str | None]) -> None:
    """The card has all that each party told, in words of the mediator's language."""
    for answers in told:
        for name, value in answers.items():
            shown = _shown(mediator, name, value)
            assert mediator.text(f"card.{name}", value=shown) in text
    for role in (Role.VICTIM, Role.OFFENDER):
        assert mediator.text(f"role.{role}") in text


def _shown(mediator: Resident, name: str, value: str | None) -> str:
    if value is None:
        return mediator.text("card.not_given")
    if value in {"yes", "no"}:
        return mediator.text(f"summary.{value}")
    if name != "phone":
        return value
    digits = value.replace(" ", "").removeprefix("+").removeprefix("45")
    pairs = " ".join(digits[i : i + 2] for i in range(0, 8, 2))
    return f"+45 {pairs}"


async def test_the_card_says_calmly_that_somebody_was_erased(town: Town) -> None:
    """As between the end of a key and the next start, which takes out the rest."""
    karen = await town.hires("mediator", "mediator")
    pair = await both_agree(town)
    keys = town.desk.store.keys
    known = keys.find(str(pair.victim.account))
    assert known is not None
    keys.destroy(known[0])
    await karen.takes(pair.case.reference)
    card = await karen.hears("card.title")
    told = pair.victim_told["name"]
    assert told is not None
    assert told not in card.text
    assert karen.text("card.erased") in card.text
    assert_card(card.text, karen, pair.offender_told)
