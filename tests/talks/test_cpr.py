"""A CPR number is never kept; a phone number that looks like one is."""

from tests.support.resident import Resident
from tests.support.town import Town
from tests.support.walks import leaves_a_number, reads_up_to_offer, shows_interest

NUMBERS = ["010190-1234", "0101901234", "310585 4321", "min er 7112990001."]


async def at_phone(town: Town) -> Resident:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    await shows_interest(sofie)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")
    return sofie


async def test_wherever_it_is_typed_it_is_refused(town: Town) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    for number in NUMBERS:
        sofie.says(number)
        await sofie.hears("common.cpr")
        await sofie.asked("offer.ask_interest")
    await shows_interest(sofie)
    for question, good in (
        ("ask_name", "Sofie"),
        ("ask_phone", "20 16 38 47"),
        ("ask_email", "sofie@example.dk"),
        ("ask_times", "efter kl. 16"),
        ("ask_interpreter", "arabisk"),
        ("ask_access", "ingen trapper"),
    ):
        for number in NUMBERS:
            sofie.says(number)
            await sofie.hears("common.cpr")
            await sofie.asked(f"intake.{question}")
        await sofie.gives(f"intake.{question}", good)
    await sofie.asked("intake.ask_support")
    kept = "".join(town.archive.answers(sofie.account).values())
    assert all(number not in kept for number in NUMBERS)


async def test_the_human_is_not_given_one_either(town: Town) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    sofie.says("menneske")
    await sofie.answers("human.explain_human", "go_on")
    await sofie.asked("human.ask_contact")
    sofie.says("010190-1234")
    await sofie.hears("common.cpr")
    await sofie.gives("human.ask_contact", "20163847")
    sofie.says("efter 16, 010190-1234")
    await sofie.hears("common.cpr")
    await sofie.gives("human.ask_times", "efter kl. 16")
    await sofie.asked("human.awaiting_human")
    assert set(town.archive.answers(sofie.account).values()) == {
        "+45 20 16 38 47",
        "efter kl. 16",
    }


PHONES = {
    "20163847": "+45 20 16 38 47",
    "4520163847": "+45 20 16 38 47",
    "0045 20163847": "+45 20 16 38 47",
    "+46 70 123 45 67": "+46 70 123 45 67",
    "+3120 794 0800": "+31 20 794 0800",
    "0031 20 794 0800": "+31 20 794 0800",
}


async def test_where_a_phone_number_is_asked_for_it_is_read_first(town: Town) -> None:
    sofie = await at_phone(town)
    for typed, kept in PHONES.items():
        sofie.says(typed)
        await sofie.asked("intake.ask_email")
        assert town.archive.answers(sofie.account)["phone"] == kept
        sofie.says("tilbage")
        await sofie.asked("intake.ask_phone")


async def test_a_foreign_number_may_stand_in_a_sentence(town: Town) -> None:
    sofie = await at_phone(town)
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.answers("intake.ask_email", "skip")
    await sofie.gives("intake.ask_times", "ring på +3120 794 0800")
    await sofie.asked("intake.ask_interpreter")
    assert town.archive.answers(sofie.account)["times"] == "ring på +3120 794 0800"


async def test_a_shared_number_is_kept_in_one_form(town: Town) -> None:
    """Some phones report their number with a plus and some without."""
    jonas = town.phone("offender")
    await reads_up_to_offer(jonas, town.opens_case().offender)
    await shows_interest(jonas, confession="yes")
    await jonas.gives("intake.ask_name", "Jonas")
    share = jonas.text("intake.ask_phone.share")
    jonas.person.touches(await jonas.person.finds(share))
    await jonas.asked("intake.ask_email")
    assert town.archive.answers(jonas.account)["phone"] == "+45 22 91 47 38"
    await town.settles()
    assert jonas.person.phone.chat.keyboard is None


async def test_a_number_that_is_shared_where_none_is_asked_for_is_not_kept(
    town: Town,
) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    sofie.person.shares_contact()
    await sofie.hears("common.unusable")
    sofie.says("menneske")
    await leaves_a_number(sofie, "20163847", "efter kl. 16")
    assert town.archive.answer_names() == ["human_contact", "human_times"]
