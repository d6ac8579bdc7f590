"""Stretches of the way of those under 18, and of their parents."""

from dataclasses import dataclass
from datetime import date

from bot import casework
from bot.casework.verifying import Verification
from bot.chat.post import Post
from bot.offline_words import Check
from bot.simulator.bubbles import Bubble
from bot.storage import Session
from flows.facts import Role
from tests.support.beginnings import kept
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    is_safe,
    knows_what_a_yes_means,
    reads_up_to_offer,
    tells_about_themselves,
)

#: The town's first day.
TODAY = "2026-11-23"
#: Sixteen, or thirteen, years old on the town's first day.
BIRTHS = {
    "15_17": {"da": "maj 2010", "en": "May 2010"},
    "12_14": {"da": "5. juni 2013", "en": "06/2013"},
}


@dataclass(frozen=True)
class Child:
    """Somebody under 18, their case, and what they told of themselves."""

    case: Opened
    resident: Resident
    told: dict[str, str | None]


@kept
async def comes_to_parents(
    town: Town,
    case: Opened,
    role: Role = Role.OFFENDER,
    way: Way | None = None,
    *,
    age_band: str = "15_17",
    key: str = "mads",
) -> Resident:
    """Let a child go as far as the words that say why parents are asked."""
    mads = town.phone(key, way)
    await reads_up_to_offer(mads, case.token(role), age_band=age_band)
    await mads.answers("offer.ask_interest", "yes")
    if role is Role.OFFENDER and age_band != "12_14":
        await mads.answers("offer.ask_confession", "yes")
    await is_safe(mads)
    await mads.asked("child.explain_child")
    return mads


async def tells_birth(
    mads: Resident, birth: str | None = None, *, age_band: str = "15_17"
) -> None:
    """Tell the month of birth, and that it was understood rightly."""
    await mads.answers("child.explain_child", "go_on")
    await mads.gives("child.ask_birth", birth or BIRTHS[age_band][mads.language])
    await mads.answers("child.ask_birth_right", "yes")


async def lets_them_be_asked(
    mads: Resident, authority: str = "both", name: str = "Mads"
) -> None:
    """Tell who has parental authority, and under which name they know the child."""
    await mads.answers("child.ask_authority", authority)
    await mads.answers("child.ask_allowed", "yes")
    await mads.gives("child.ask_shown_name", name)


@kept
async def child_agrees(  # noqa: PLR0913 - each says who the child is
    town: Town,
    case: Opened | None = None,
    role: Role = Role.OFFENDER,
    way: Way | None = None,
    *,
    authority: str = "both",
    birth: str | None = None,
    key: str = "mads",
) -> Child:
    """Walk a child of sixteen all the way to its own yes."""
    case = case or town.opens_case()
    mads = await comes_to_parents(town, case, role, way, key=key)
    await tells_birth(mads, birth)
    await lets_them_be_asked(mads, authority)
    told = await tells_about_themselves(mads, "Mads", "31 42 53 64")
    await knows_what_a_yes_means(mads)
    await mads.answers("consent.ask_take_part", "yes")
    await mads.asked("child.awaiting_parents")
    return Child(case, mads, told)


async def tells_of_themselves_at_13(child: Resident, *, support: str = "no") -> None:
    """Tell what is asked at 12 to 14, and say yes: no number is among it."""
    await child.gives("intake.ask_name", "Mads")
    await child.gives("intake.ask_times", "efter skole")
    needs = {"interpreter": "no", "access": "no", "support": support}
    for need, answer in needs.items():
        await child.answers(f"intake.ask_{need}", answer)
    await child.answers("consent.ask_summary", "right")
    await child.answers("consent.explain_before", "go_on")
    await knows_what_a_yes_means(child)
    await child.answers("consent.ask_take_part", "yes")
    await child.asked("child.awaiting_parents")


async def is_told_whom_to_call(child: Resident) -> Bubble:
    """Ask, under 15, whom one can call; give the answer."""
    told = await child.hears("human.explain_no_number")
    child.person.taps(child.text("common.whom_to_call"), on=told)
    return await child.asked("human.awaiting_call")


def sends_on(child: Resident, parent: Resident, n: int = 1) -> None:
    """Send the message for the n-th parent on, and let that parent open the link."""
    message = child.sees("child.forward")[n - 1]
    child.person.sends_on(message.text, parent.person.key)
    parent.person.opens_what_was_sent_on()


async def parent_reads(parent: Resident) -> None:
    """Read, as a parent, everything up to the question of the name."""
    await parent.answers("holder.ask_letter", "yes")
    await parent.answers("holder.ask_language", parent.language)
    await parent.answers("holder.explain_bot", "go_on")
    await parent_reads_of_the_child(parent)


async def parent_reads_of_the_child(parent: Resident) -> None:
    """Read which child it is, and of the programme."""
    await parent.answers("holder.explain_child", "go_on")
    await parent.answers("holder.explain_programme", "go_on")
    await parent.answers("holder.explain_before", "go_on")


async def parent_tells(
    parent: Resident,
    name: str = "Lone Holm",
    *,
    relation: str = "mother",
    others: str = "yes",
) -> None:
    """Tell, as a parent, who one is."""
    await parent.gives("holder.ask_name", name)
    await parent.answers("holder.ask_relation", relation)
    await parent.answers("holder.ask_others", others)
    await parent.gives("holder.ask_phone", "22 91 47 38")


async def parent_answers(parent: Resident, answer: str = "yes") -> None:
    """Understand what is asked, and answer it."""
    await parent.answers("parental.ask_data", "yes")
    await parent_decides(parent, answer)


async def parent_decides(parent: Resident, answer: str = "yes") -> None:
    """Pass the questions on what a yes means, and answer the last one."""
    await parent.answers("understanding.ask_may_say_no", "yes")
    await parent.answers("understanding.ask_replaces_punishment", "no")
    await parent.answers("understanding.ask_may_stop", "yes")
    await parent.answers("parental.ask_take_part", answer)


@kept
async def parent_agrees(
    town: Town,
    child: Child,
    n: int = 1,
    *,
    key: str = "parent",
    way: Way | None = None,
    others: str = "yes",
) -> Resident:
    """Walk a parent all the way to a yes that nobody has made sure of."""
    parent = town.phone(key, way)
    sends_on(child.resident, parent, n)
    await parent_reads(parent)
    await parent_tells(parent, f"{key.title()} Holm", others=others)
    await parent_answers(parent)
    await parent.asked("parental.stated")
    return parent


def hears_all_on_the_phone(
    town: Town, reference: str, n: int = 1, *, others: str = "no", on: str = TODAY
) -> None:
    """Tell a parent without the bot all that comes before a yes, and ask the same."""
    said = f"--purpose data_notice --answer given --method phone --date {on}"
    read = f"consent record {reference} --who holder:{n} {said} --by Birgit"
    assert town.types(read) == 0
    told = f"--holder {n} --understood --others {others} --by Birgit"
    assert town.types(f"case holder {reference} {told}") == 0


def makes_sure(town: Town, case: Opened, n: int = 1) -> None:
    """Let a coordinator make sure of a parent, on the town's first day."""
    done = Verification(Check.CALL, date(2026, 11, 23), "Birgit")

    def work(session: Session) -> None:
        post = Post(session, town.desk.tools, town.desk.clock.now())
        casework.verify(post, case.reference, n, None, done)

    town.desk.store.run_now(work)
