"""Stretches of the way that many talks have in common."""

from dataclasses import dataclass

from flows.always import Always
from tests.support.beginnings import kept
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town


@kept
async def reads_up_to_offer(
    resident: Resident, token: str, *, age_band: str = "18"
) -> None:
    """Open a letter and read the programme, up to the question of interest."""
    resident.opens(token)
    await resident.answers("arrival.ask_letter", "yes")
    await reads_programme(resident, age_band)
    await resident.asked("offer.ask_interest")


@kept
async def reads_up_to_role(resident: Resident, *, age_band: str = "18") -> None:
    """Come without a letter and read the programme, up to the question of the role."""
    resident.opens()
    await reads_programme(resident, age_band)
    await resident.answers("referral.explain_code", "go_on")
    await resident.asked("referral.ask_role")


async def reads_programme(resident: Resident, age_band: str) -> None:
    """Choose a language, tell the age band, and read the three short messages."""
    await resident.answers("arrival.ask_language", resident.language)
    await resident.answers("arrival.explain_bot", "go_on")
    await resident.answers("arrival.ask_age", age_band)
    await resident.answers("programme.explain_programme", "go_on")


async def chooses_word(resident: Resident, word: str) -> None:
    """Choose a word of one's own in the menu, and go on where one was."""
    await resident.wants(Always.WORD)
    await resident.answers("word.explain_word", "choose")
    await resident.asked("word.ask_word")
    resident.says(word)
    await resident.answers("word.explain_kept", "go_on")


async def hides(resident: Resident) -> None:
    """Cover the chat."""
    await resident.wants(Always.HIDE)
    await resident.hears("hide.line")


async def leaves_a_number(resident: Resident, number: str, times: str) -> None:
    """Tell the human how and when to get in touch; who never types skips it."""
    await resident.answers("human.explain_human", "go_on")
    if await resident.gives("human.ask_contact", number):
        await resident.gives("human.ask_times", times)
    await resident.asked("human.awaiting_human")


@kept
async def shows_interest(resident: Resident, *, confession: str | None = None) -> None:
    """Say yes to hearing more; an offender also says whether they have confessed.

    Nothing stands in the way of who has, and of who was harmed.
    """
    await resident.answers("offer.ask_interest", "yes")
    if confession:
        await resident.answers("offer.ask_confession", confession)
    if confession in {None, "yes"}:
        await is_safe(resident)


async def is_safe(resident: Resident, *, tie: str = "stranger") -> None:
    """Tell that nothing speaks against going on."""
    await resident.answers("safety.ask_tie", tie)
    await resident.answers("safety.ask_orders", "no")
    await resident.answers("safety.ask_fear", "no")
    await resident.answers("safety.explain_next", "go_on")


@kept
async def tells_about_themselves(
    resident: Resident, name: str, phone: str
) -> dict[str, str | None]:
    """Answer the seven questions; tell what each got."""
    told = {
        "name": await resident.gives("intake.ask_name", name),
        "phone": await resident.gives("intake.ask_phone", phone),
    }
    told["email"] = await resident.gives("intake.ask_email", f"{name}@example.dk")
    told["times"] = await resident.gives("intake.ask_times", "efter kl. 16")
    told["interpreter"] = await resident.gives("intake.ask_interpreter", "arabisk")
    told["access"] = await resident.gives("intake.ask_access", "ingen trapper")
    await resident.answers("intake.ask_support", "yes")
    told["support"] = "yes"
    await resident.answers("consent.ask_summary", "right")
    await resident.answers("consent.explain_before", "go_on")
    return told


@kept
async def says_yes(resident: Resident) -> None:
    """Agree to the notice on data and to taking part."""
    await knows_what_a_yes_means(resident)
    await resident.answers("consent.ask_take_part", "yes")
    await resident.asked("consent.consented")


async def knows_what_a_yes_means(resident: Resident) -> None:
    """Agree to the notice on data, and answer the questions that follow rightly."""
    await resident.answers("consent.ask_data", "yes")
    await understands(resident)


async def understands(resident: Resident) -> None:
    """Answer the three questions about what a yes means."""
    await resident.answers("understanding.ask_may_say_no", "yes")
    await resident.answers("understanding.ask_replaces_punishment", "no")
    await resident.answers("understanding.ask_may_stop", "yes")


@dataclass(frozen=True)
class Pair:
    """The two parties of a case, and what they told."""

    case: Opened
    victim: Resident
    offender: Resident
    victim_told: dict[str, str | None]
    offender_told: dict[str, str | None]


@kept
async def sofie_wants_to_hear_more(town: Town) -> tuple[Resident, Opened]:
    """Let the victim of a new case read, and be interested."""
    case, sofie = town.opens_case(), town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await sofie.answers("offer.ask_interest", "yes")
    return sofie, case


@kept
async def sofie_agrees(
    town: Town, case: Opened, way: Way | None = None
) -> tuple[Resident, dict[str, str | None]]:
    """Walk a victim all the way to her yes."""
    sofie = town.phone("victim", way)
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    told = await tells_about_themselves(sofie, "Sofie", "20 16 38 47")
    await says_yes(sofie)
    return sofie, told


@kept
async def jonas_agrees(
    town: Town, case: Opened, way: Way | None = None
) -> tuple[Resident, dict[str, str | None]]:
    """Walk an offender all the way to his yes."""
    jonas = town.phone("offender", way)
    await reads_up_to_offer(jonas, case.offender)
    await shows_interest(jonas, confession="yes")
    told = await tells_about_themselves(jonas, "Jonas", "22 91 47 38")
    await says_yes(jonas)
    return jonas, told


@kept
async def both_agree(town: Town, way: Way | None = None) -> Pair:
    """Open a case, and let both say yes."""
    case = town.opens_case()
    sofie, sofie_told = await sofie_agrees(town, case, way)
    jonas, jonas_told = await jonas_agrees(town, case, way)
    return Pair(case, sofie, jonas, sofie_told, jonas_told)
