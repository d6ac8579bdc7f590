"""A letter opens for the one to whom it is; everybody else reads one same sentence."""

import pytest

from bot.addressing import TELEGRAM, AccountRef
from bot.storage import Session, links
from bot.storage.links import GUESSES_IN_ALL, GUESSES_WHEN_MANY
from flows.always import Always
from flows.facts import Role
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import (
    hides,
    jonas_agrees,
    reads_up_to_offer,
    says_yes,
    shows_interest,
    sofie_agrees,
    sofie_wants_to_hear_more,
    tells_about_themselves,
)

UNKNOWN = "ABCD2345WXYZ"


async def binds(resident: Resident, token: str) -> None:
    resident.opens(token)
    await resident.answers("arrival.ask_letter", "yes")
    await resident.asked("arrival.ask_language")


async def is_refused(town: Town, mikkel: Resident, token: str) -> None:
    """Open a link, and hear the one sentence and nothing else."""
    mikkel.opens(token)
    refused = await mikkel.hears("link.refused")
    assert (refused.text, refused.labels) == (mikkel.text("link.refused"), ())
    await town.settles()
    assert mikkel.heard()[-1] == refused


async def test_a_token_may_be_typed_from_the_letter(town: Town) -> None:
    case = town.opens_case()
    token = case.victim
    sofie = town.phone("victim")
    sofie.opens()
    await sofie.asked("arrival.ask_language")
    sofie.says(f"{token[:4]}-{token[4:8]}-{token[8:]}".lower())
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.asked("arrival.ask_language")
    assert town.archive.party(case.reference, Role.VICTIM).person_id


@pytest.mark.parametrize(
    ("language", "danger"),
    [("da", "Han slår mig. Min kode er"), ("en", "He beats me. My code is")],
)
async def test_danger_is_heard_beside_a_code(
    town: Town, language: str, danger: str
) -> None:
    case, sofie = town.opens_case(), town.phone("victim", Way(language))
    sofie.opens()
    await sofie.asked("arrival.ask_language")
    sofie.says(f"{danger} {UNKNOWN}")
    await sofie.hears("link.refused")
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("arrival.ask_language")
    sofie.says(f"{danger} {case.victim}")
    await sofie.answers("care.explain_help", "go_on")
    await sofie.asked("arrival.ask_letter")
    assert town.archive.party(case.reference, Role.VICTIM).person_id is None


@pytest.mark.parametrize(
    ("language", "stop"), [("da", "Stop. Koden er"), ("en", "Stop. The code is")]
)
async def test_a_stop_beside_a_code_is_asked_about(
    town: Town, language: str, stop: str
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case, Way(language))
    sofie.says(f"{stop} {case.victim}")
    await sofie.answers("stopping.ask_stop", "no")
    await hides(sofie)
    sofie.says(f"{stop} {case.victim}")
    await sofie.hears("hide.found")
    assert not town.archive.party(case.reference, Role.VICTIM).withdrawn_at
    await sofie.answers("stopping.ask_stop", "yes")
    await sofie.asked("closing.withdrawn")
    assert town.archive.party(case.reference, Role.VICTIM).withdrawn_at


async def test_start_is_a_start_with_the_name_of_the_bot(town: Town) -> None:
    sofie, _ = await sofie_wants_to_hear_more(town)
    for start in ("/start@konfliktraad_bot", "/Start "):
        sofie.says(start)
        await sofie.asked("safety.ask_tie")
        await town.settles()
    assert not sofie.sees("common.not_understood")


@pytest.mark.parametrize("asked", ["er det her fup?", "Is this a scam?"])
async def test_who_doubts_whether_it_is_genuine_is_told_how_to_make_sure(
    town: Town, asked: str
) -> None:
    """Before the letter is accepted, it names no district and no side."""
    case = town.opens_case()
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    sofie.says(asked)
    told = await sofie.hears("topics.explain_genuine")
    assert sofie.text("office.police") in told.text
    for word in ("district.fyn", "role.victim", "role.offender"):
        assert sofie.text(word).lower() not in told.text.lower()
    await sofie.asked("arrival.ask_letter")
    assert not sofie.sees("common.unanswered")


async def test_only_a_yes_binds_and_a_no_keeps_nothing(town: Town) -> None:
    case = town.opens_case()
    lone = town.phone("parent")
    lone.opens(case.victim)
    asked = await lone.asked("arrival.ask_letter")
    for word in (lone.text("role.victim"), lone.text("role.offender")):
        assert word.lower() not in asked.text.lower()
    await lone.answers("arrival.ask_letter", "no")
    await lone.hears("arrival.not_for_you")
    assert town.archive.party(case.reference, Role.VICTIM).person_id is None
    await binds(town.phone("victim"), case.victim)


async def test_opened_again_it_goes_on_where_the_person_was(town: Town) -> None:
    sofie, case = await sofie_wants_to_hear_more(town)
    await sofie.asked("safety.ask_tie")
    sofie.opens(case.victim)
    await sofie.asked("safety.ask_tie")
    assert not sofie.sees("link.refused")


async def test_every_link_that_does_not_work_gets_one_same_sentence(
    town: Town,
) -> None:
    """Unknown, bound, voided, the other side's, or expired: nothing tells which."""
    town.lets_cases_last(days=60)
    case, old, other_side, late = (town.opens_case() for _ in range(4))
    await binds(town.phone("victim"), case.victim)
    town.sends_new_letter(old.reference, Role.VICTIM)
    mikkel = town.phone("mikkel")
    await binds(mikkel, other_side.victim)
    for token in (UNKNOWN, case.victim, old.victim, other_side.offender):
        await is_refused(town, mikkel, token)
    town.moves_clock(days=31)
    await is_refused(town, mikkel, late.victim)
    assert town.archive.status(late.reference) == "collecting"
    offender = town.archive.party(other_side.reference, Role.OFFENDER)
    assert offender.person_id is None


async def test_of_two_who_hold_one_letter_the_first_yes_counts(town: Town) -> None:
    case = town.opens_case()
    sofie, lone = town.phone("victim"), town.phone("parent")
    for holder in (sofie, lone):
        holder.opens(case.victim)
        await holder.asked("arrival.ask_letter")
    await sofie.answers("arrival.ask_letter", "yes")
    await sofie.asked("arrival.ask_language")
    await lone.answers("arrival.ask_letter", "yes")
    await lone.hears("link.refused")
    assert not lone.sees("arrival.ask_language")


async def test_a_new_letter_lets_the_wrong_person_go(town: Town) -> None:
    case = town.opens_case()
    lone = town.phone("parent")
    await reads_up_to_offer(lone, case.victim)
    await shows_interest(lone)
    await lone.gives("intake.ask_name", "Lone")
    await lone.asked("intake.ask_phone")
    token = town.sends_new_letter(case.reference, Role.VICTIM)
    party = town.archive.party(case.reference, Role.VICTIM)
    assert (party.person_id, party.interest) == (None, None)
    assert town.archive.answer_names() == []
    lone.says("20 16 38 47")
    await lone.asked("closing.let_go")
    lone.opens(case.victim)
    await lone.hears("link.refused")
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, token)


async def test_guessing_is_slowed_even_for_the_right_token(town: Town) -> None:
    case = town.opens_case()
    mikkel = town.phone("mikkel")
    for number in range(5):
        mikkel.opens(f"ABCD2345WXY{number}")
        await mikkel.hears("link.refused")
    mikkel.opens(case.victim)
    await mikkel.hears("link.refused")
    assert not mikkel.sees("arrival.ask_letter")
    sofie = town.phone("victim")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    assert not sofie.sees("link.refused")
    town.moves_clock(hours=1, seconds=5)
    mikkel.opens(case.offender)
    await mikkel.asked("arrival.ask_letter")


async def test_who_has_a_letter_gets_in_however_many_others_guess(town: Town) -> None:
    """Guessing leads nowhere; a closed door would keep out those whom it is for."""
    birgit = await town.hires("coordinator", "coordinator")
    case = town.opens_case()
    now = town.desk.clock.now()

    def guess(session: Session) -> None:
        for account in range(GUESSES_IN_ALL - 1):
            links.note_wrong_guess(
                session, town.desk.tools.keys, AccountRef(TELEGRAM, str(account)), now
            )

    await town.desk.store.run(guess)
    sofie = town.phone("victim")
    sofie.opens(UNKNOWN)
    await sofie.hears("link.refused")
    await birgit.hears("notice.many_guesses")
    sofie.opens(case.victim)
    await sofie.asked("arrival.ask_letter")
    mikkel = town.phone("mikkel")
    for number in range(GUESSES_WHEN_MANY):
        mikkel.opens(f"ABCD2345WXY{number}")
        await mikkel.hears("link.refused")
    mikkel.opens(case.offender)
    await mikkel.hears("link.refused")
    await town.settles()
    told = birgit.text("notice.many_guesses")
    assert [bubble.text for bubble in birgit.heard()].count(told) == 1


async def test_a_plain_word_of_twelve_letters_is_no_token(town: Town) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    for word in ("Forklaringen", "arbejdsplads"):
        sofie.says(word)
        await sofie.hears("common.not_understood_strict")
    assert not sofie.sees("link.refused")
    assert town.archive.rows("wrong_guesses") == []


async def test_an_invitation_to_the_staff_works_once(town: Town) -> None:
    token = town.invites("mediator")
    karen, ahmed = town.phone("mediator"), town.phone("mediator2")
    karen.opens(token)
    await karen.answers("mediator.ask_invitation", "yes")
    await karen.hears("mediator.ready")
    ahmed.opens(token)
    await ahmed.hears("link.refused")
    assert not ahmed.sees("mediator.ask_invitation")
    assert len(town.archive.rows("staff")) == 1


async def test_a_party_cannot_take_the_own_case(town: Town) -> None:
    """A party who becomes a mediator sees neither the offer nor the card."""
    case, karen = town.opens_case(), town.phone("mediator")
    ahmed = await town.hires("mediator", "mediator2")
    await reads_up_to_offer(karen, case.victim)
    await shows_interest(karen)
    await tells_about_themselves(karen, "Karen", "20 16 38 47")
    await says_yes(karen)
    karen.opens(town.invites("mediator"))
    await karen.answers("mediator.ask_invitation", "yes")
    await karen.hears("mediator.ready")
    await jonas_agrees(town, case)
    await ahmed.hears("notice.case_ready")
    karen.says(f"tag {case.reference}")
    await karen.hears("notice.not_in_queue")
    assert not karen.sees("notice.case_ready")
    assert not karen.sees("card.title")
    assert town.archive.status(case.reference) == "confirmed"


@pytest.mark.parametrize("role", ["mediator", "coordinator"])
async def test_there_is_no_way_back_to_a_letter_that_was_refused(
    town: Town, role: str
) -> None:
    """What the letter was about is forgotten, so it cannot be asked about again."""
    karen = town.phone("mediator")
    karen.opens(town.invites(role))
    await karen.answers(f"{role}.ask_invitation", "no")
    await karen.hears("arrival.not_for_you")
    await karen.wants(Always.BACK)
    await karen.hears("common.nothing_back")
    assert town.archive.place(karen.account) == f"{role}.not_for_you"


async def test_a_letter_of_a_case_that_has_ended_opens_no_more(town: Town) -> None:
    """The letter is valid for longer; nobody would ever hear what is said then."""
    case = town.opens_case()
    sofie, late = town.phone("victim"), town.phone("offender")
    late.opens(case.offender)
    await late.asked("arrival.ask_letter")
    town.moves_clock(days=22)
    await town.until(lambda: town.archive.status(case.reference) == "ended")
    sofie.opens(case.victim)
    await sofie.hears("link.refused")
    await late.answers_now("arrival.ask_letter", "yes")
    await late.hears("link.refused")
    assert town.archive.party(case.reference, Role.OFFENDER).person_id is None
