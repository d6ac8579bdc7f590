"""An answer comes after its question: Telegram numbers both, ours and theirs."""

import pytest
from sqlalchemy import text

from bot.serving import turns
from bot.simulator.bubbles import Bubble
from bot.simulator.faults import Fault, FaultKind
from bot.storage import Session
from flows.facts import Role
from flows.rules.case import Relation
from flows.rules.provenance import READING_TIME
from tests.support.resident import Resident, Way
from tests.support.town import Opened, Town
from tests.support.walks import (
    jonas_agrees,
    reads_up_to_offer,
    shows_interest,
    sofie_agrees,
    tells_about_themselves,
)
from tests.support.young import (
    child_agrees,
    comes_to_parents,
    parent_reads,
    parent_tells,
    sends_on,
    tells_birth,
)
from tests.talks.conftest import ON_BOTH

LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])
YES = {"da": "Ja", "en": "Yes"}
TAKE_PART = "consent.ask_take_part"
LAST_OF_UNDERSTANDING = "understanding.ask_may_stop"


async def comes_to_last_understanding(
    town: Town, language: str
) -> tuple[Resident, Opened]:
    """Go on to the question before the one whether Sofie takes part."""
    case, sofie = town.opens_case(), town.phone("victim", Way(language))
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await tells_about_themselves(sofie, "Sofie", "20163847")
    await sofie.answers("consent.ask_data", "yes")
    await sofie.answers("understanding.ask_may_say_no", "yes")
    await sofie.answers("understanding.ask_replaces_punishment", "no")
    await sofie.asked(LAST_OF_UNDERSTANDING)
    return sofie, case


def has_said_yes(town: Town, case: Opened) -> bool:
    return "take_part" in town.archive.said_yes_to(case.reference, Role.VICTIM)


@LANGUAGES
async def test_a_second_yes_at_once_is_none_to_the_question_after(
    town: Town, language: str
) -> None:
    sofie, case = await comes_to_last_understanding(town, language)
    sofie.ponders()
    for _ in range(3):
        sofie.says(YES[language])
    await sofie.asked(TAKE_PART)
    await sofie.hears("common.early")
    await town.settles()
    assert not has_said_yes(town, case)
    assert len(sofie.sees("common.early")) == 1, "however many came early"
    assert sofie.heard()[-2].labels, "the question stays as it stands"
    sofie.ponders()
    sofie.says(YES[language])
    await sofie.asked("consent.consented")
    assert has_said_yes(town, case)


@ON_BOTH
async def test_what_was_typed_while_nobody_answered_counts_once(town: Town) -> None:
    sofie, case = await comes_to_last_understanding(town, "da")
    sofie.ponders()
    with town.hears_nothing():
        sofie.says("Ja")
        sofie.says("ja")
        town.moves_clock(minutes=10)
    await sofie.hears("common.early")
    await town.settles()
    assert not has_said_yes(town, case)
    assert town.archive.place(sofie.account) == TAKE_PART


async def test_half_a_second_is_too_soon_and_two_are_not(town: Town) -> None:
    sofie, case = await comes_to_last_understanding(town, "da")
    await sofie.answers(LAST_OF_UNDERSTANDING, "yes")
    await sofie.asked(TAKE_PART)
    town.moves_clock(seconds=0.5)
    sofie.says("Ja")
    await sofie.hears("common.early")
    await town.settles()
    assert not has_said_yes(town, case)
    town.moves_clock(seconds=READING_TIME)
    sofie.says("Ja")
    await sofie.asked("consent.consented")


async def test_a_tap_needs_no_patience(town: Town) -> None:
    """It is bound to its question by what the button carries."""
    sofie, case = await comes_to_last_understanding(town, "da")
    await sofie.answers(LAST_OF_UNDERSTANDING, "yes")
    await sofie.answers(TAKE_PART, "yes")
    await sofie.asked("consent.consented")
    assert has_said_yes(town, case)


async def test_of_three_lines_at_once_only_the_first_is_the_name(town: Town) -> None:
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    for line in ("Sofie", "20163847", "efter kl. 16"):
        sofie.says(line)
    await sofie.hears("common.early")
    await town.settles()
    assert town.archive.answers(sofie.account) == {"name": "Sofie"}
    assert len(sofie.sees("common.early")) == 1
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.asked("intake.ask_email")


async def test_hours_that_look_like_a_cpr_number_can_be_too_early(town: Town) -> None:
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.gives("intake.ask_phone", "20163847")
    await sofie.asked("intake.ask_email")
    for line in ("sofie@eksempel.dk", "10-12 og 13-15.30"):
        sofie.says(line)
    await sofie.hears("common.early")
    await town.settles()
    assert "times" not in town.archive.answers(sofie.account)
    await sofie.gives("intake.ask_times", "10-12 og 13-15.30")
    await sofie.asked("intake.ask_interpreter")


async def test_a_number_that_is_shared_too_early_is_not_kept(town: Town) -> None:
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    sofie.says("Sofie")
    sofie.person.shares_contact()
    await sofie.hears("common.early")
    await town.settles()
    assert town.archive.answers(sofie.account) == {"name": "Sofie"}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("intake.ask_phone", "31 12 13 14 kl 10"),
        ("intake.ask_times", "hverdage 10-12 og 13-15.30"),
    ],
)
async def test_digits_that_elsewhere_are_a_cpr_number_make_nothing_an_answer(
    town: Town, question: str, value: str
) -> None:
    """What is asked for may look like one, and is as early as anything else."""
    sofie, case = town.phone("victim"), town.opens_case()
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    given = {"name": "Sofie", "phone": "20163847", "email": "sofie@eksempel.dk"}
    for name, told in given.items():
        if question == f"intake.ask_{name}":
            break
        await sofie.gives(f"intake.ask_{name}", told)
    await sofie.asked(question)
    before = town.archive.answers(sofie.account)
    sofie.person.says_as_scheduled(value)
    await sofie.hears("common.early")
    sofie.person.replies(sofie.heard()[0], value)
    await sofie.hears("common.elsewhere")
    await town.settles()
    assert town.archive.answers(sofie.account) == before
    await sofie.gives(question, value)
    await town.settles()
    assert len(town.archive.answers(sofie.account)) == len(before) + 1


async def test_what_protects_is_never_too_early(town: Town) -> None:
    sofie, case = await comes_to_last_understanding(town, "da")
    sofie.ponders()
    sofie.says("Ja")
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    assert town.archive.said_yes_to(case.reference, Role.VICTIM) == []


async def test_what_protects_waits_for_no_question_that_is_being_sent(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram's answer is lost after 20 seconds: until then it is being sent."""
    monkeypatch.setattr(turns, "ARRIVES_WITHIN", 600.0)
    sofie = town.phone("victim")
    case = town.opens_case()
    await is_being_asked(town, sofie, case)
    sofie.says("stop")
    stopped = "closing.withdrawn"
    await town.until(lambda: town.archive.place(sofie.account) == stopped, within=10)
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at


async def is_being_asked(town: Town, sofie: Resident, case: Opened) -> Bubble:
    """Show the offer, so that nobody knows yet whether it has arrived."""
    sofie.opens(case.victim)
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.answers("arrival.ask_language", "da")
    await sofie.answers("arrival.explain_bot", "go_on")
    await sofie.answers("arrival.ask_age", "18")
    await sofie.asked("programme.explain_programme")
    await town.settles()
    town.plays(Fault(FaultKind.LOST_ANSWER, method="sendMessage"))
    await sofie.answers("programme.explain_programme", "go_on")
    return await sofie.asked("offer.ask_interest")


@pytest.mark.parametrize("answer_within", [0.5])
async def test_a_question_in_doubt_is_answered_by_a_tap_and_not_by_words(
    town: Town,
) -> None:
    """It may have arrived, and only the copy that is tapped tells its number."""
    case, sofie = town.opens_case(), town.phone("victim")
    asked = await is_being_asked(town, sofie, case)
    sofie.ponders()
    sofie.says("Ja")
    await town.until(town.world.updates.all_taken)
    assert town.archive.consents(case.reference, Role.VICTIM) == []
    sofie.person.taps(sofie.text("offer.ask_interest.yes"), on=asked)
    await town.until(lambda: town.archive.consents(case.reference, Role.VICTIM))
    town.world.faults.switch_off(FaultKind.LOST_ANSWER)
    [said] = town.archive.words(case.reference, Role.VICTIM, "hear_more")
    assert (said.question_number, said.answer_number) == (asked.message_id, None)


@LANGUAGES
async def test_a_parent_too_answers_what_was_asked(town: Town, language: str) -> None:
    child = await child_agrees(town)
    mother = town.phone("mother", Way(language))
    sends_on(child.resident, mother)
    await parent_reads(mother)
    await parent_tells(mother)
    await mother.answers("parental.ask_data", "yes")
    await mother.answers("understanding.ask_may_say_no", "yes")
    await mother.answers("understanding.ask_replaces_punishment", "no")
    await mother.asked(LAST_OF_UNDERSTANDING)
    mother.ponders()
    mother.says(YES[language])
    mother.says(YES[language])
    await mother.hears("common.early")
    await town.settles()
    assert town.archive.place(mother.account) == "parental.ask_take_part"


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_the_clock_of_the_program_may_be_wrong(town: Town, minutes: int) -> None:
    """Both moments of a consent come from Telegram's clock, whatever ours says."""
    sofie, case = await comes_to_last_understanding(town, "da")
    town.shifts_program_clock(minutes=minutes)
    await sofie.answers(LAST_OF_UNDERSTANDING, "yes")
    await sofie.asked(TAKE_PART)
    await sofie.answers(TAKE_PART, "yes")
    await sofie.asked("consent.consented")
    [said] = town.archive.words(case.reference, Role.VICTIM, "take_part")
    assert said.question_at is not None
    assert said.answer_at is not None
    assert said.question_at <= said.answer_at
    sofie.says("stop")
    await sofie.asked("closing.withdrawn")
    *_, yes, stop = town.archive.words(case.reference, Role.VICTIM, "take_part")
    assert yes.at <= stop.at


async def test_what_answers_a_question_that_was_left_is_none_to_the_next(
    town: Town,
) -> None:
    """The office says that Jonas is of age while he is asked who decides for him."""
    case = town.opens_case()
    await sofie_agrees(town, case)
    jonas = await comes_to_parents(town, case)
    await tells_birth(jonas, "november 2008")
    await jonas.asked("child.ask_authority")
    town.clears(case.reference, "of_age")
    await jonas.hears("common.you_have_message")
    jonas.says("begge mine forældre")
    await jonas.asked("intake.ask_name")
    assert "name" not in town.archive.answers(jonas.account)
    await jonas.gives("intake.ask_name", "Jonas")
    await jonas.asked("intake.ask_phone")
    assert town.archive.answers(jonas.account)["name"] == "Jonas"


async def test_a_question_that_cannot_be_sent_is_asked_anew(town: Town) -> None:
    case = town.opens_case()
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, case.victim)
    await shows_interest(sofie)
    await sofie.asked("intake.ask_name")
    await town.settles()
    town.desk.store.run_now(_fails)
    sofie.says("Sofie")
    await sofie.asked("intake.ask_name")
    await sofie.gives("intake.ask_name", "Sofie")
    await sofie.asked("intake.ask_phone")
    assert town.archive.answers(sofie.account)["name"] == "Sofie"


def _fails(session: Session) -> None:
    """Let the messages with a question be refused for good, as Telegram may."""
    session.execute(
        text(
            "UPDATE outbox SET state = 'failed', message_key = NULL, number = NULL"
            " WHERE id IN (SELECT open_row FROM talks)"
        )
    )


@ON_BOTH
async def test_a_case_is_not_taken_by_what_was_typed_before_it_was_offered(
    town: Town,
) -> None:
    karen = await town.hires("mediator", "mediator")
    case = town.opens_case(Relation.UNKNOWN)
    await sofie_agrees(town, case)
    await jonas_agrees(town, case)
    await town.settles()
    karen.ponders()
    with town.hears_nothing():
        karen.says("tag")
        town.clears(case.reference, "relation_unknown")
        await karen.hears("notice.case_ready")
    await karen.hears("common.early")
    assert town.archive.status(case.reference) == "confirmed"
    karen.ponders()
    karen.says("tag")
    await karen.hears("notice.taken")
