"""Several hands on one case: claimers, last yeses, and a withdrawal."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import cycle

from sqlalchemy import Select, select

from bot.chat import wording
from bot.storage.tables import (
    AuditEntry,
    Case,
    ConsentEvent,
    ConsentRecord,
    Notice,
    Staff,
)
from flows.always import Always
from flows.effects import Purpose
from flows.rules.notices import NOTICES
from tests.lab.moments.crew import Crew
from tests.lab.moments.people import Pair, Someone, confirmed, mediators, undecided
from tests.lab.moments.report import Report

MANY = 100


async def claimers(crew: Crew, number: int, claimers: int = MANY) -> Report:
    """Let many mediators take the same case, one case after the other."""
    report = Report(
        f"{claimers} claimers on one case", f"{number} cases, {number * claimers} taps"
    )
    district = crew.district()
    pairs = await confirmed(crew, number, district)
    hands = await mediators(crew, claimers, district)
    for pair in pairs:
        random.shuffle(hands)
        await crew.at_once(crew.tap(hand, pair.take) for hand in hands)
    report.found["claims"] = sum(_claims(crew, hand, pairs, report) for hand in hands)
    report.expects("claims", number, report.found["claims"])
    for pair in pairs:
        _claimed_once(crew, pair, report)
    return report


def _claims(crew: Crew, hand: int, pairs: Sequence[Pair], report: Report) -> int:
    """Count what one mediator took; of every other case they hear who has it not."""
    heard, taken = crew.heard(hand), 0
    for pair in pairs:
        has_taken = crew.text("notice.taken", reference=pair.reference) in heard
        refusal = crew.text("notice.already_taken", reference=pair.reference)
        report.expects("clear words to each", not has_taken, refusal in heard)
        taken += has_taken
        cards = sum(pair.reference in text for text in heard) - 1
        report.expects("cards", has_taken, cards)
    report.expects("messages to a claimer", len(pairs) + taken, len(heard))
    return taken


def _claimed_once(crew: Crew, pair: Pair, report: Report) -> None:
    with crew.looks() as session:
        case = session.get_one(Case, pair.case_id)
        report.expects("status", "claimed", case.status)
        holder = session.get(Staff, case.mediator_id)
        by = session.scalars(_audited(pair, "case claimed")).all()
    report.expects("claims on record", [f"mediator {holder and holder.id}"], list(by))
    for party in pair.both:
        report.expects(
            "what a party is told", ["notice.claimed"], _notices(crew, party)
        )


async def last_yeses(crew: Crew, number: int) -> Report:
    """Let both parties of each case say their last yes at the same moment."""
    report = Report("the last two yeses", f"{number} cases")
    district = crew.district()
    hands = await mediators(crew, 2, district)
    pairs = await undecided(crew, number, district)
    given = crew.tallied("take_part_given")
    for pair in pairs:
        yeses = [crew.tap(one.account, one.answer("yes")) for one in pair.both]
        await crew.at_once(yeses)
    for pair in pairs:
        report.found["confirmed"] += _confirmed_once(crew, pair, report)
    report.expects("confirmed", number, report.found["confirmed"])
    for hand in hands:
        offers = Counter(crew.heard(hand))
        report.found["notices"] = offers.total()
        report.expects("notices to a mediator", number, offers.total())
        report.expects("cases that they name", number, len(offers))
    more = crew.tallied("take_part_given") - given
    report.expects("yeses in the figures", 2 * number, more)
    return report


def _confirmed_once(crew: Crew, pair: Pair, report: Report) -> bool:
    with crew.looks() as session:
        status = session.get_one(Case, pair.case_id).status
        by = session.scalars(_audited(pair, "case confirmed")).all()
        yeses = session.scalars(
            select(ConsentEvent.notice)
            .join(ConsentRecord, ConsentRecord.id == ConsentEvent.consent_id)
            .where(
                ConsentRecord.party_id.in_([one.party_id for one in pair.both]),
                ConsentRecord.purpose == Purpose.TAKE_PART,
            )
        ).all()
    report.expects("times on record", ["system"], list(by))
    report.expects("words agreed to", [_take_part(crew)] * 2, list(yeses))
    return status == "confirmed"


async def withdrawals(crew: Crew, number: int) -> Report:
    """Let one party of each case withdraw at the moment at which it is taken."""
    report = Report("withdrawal and claim", f"{number} cases")
    district = crew.district()
    pairs = await confirmed(crew, number, district)
    [hand] = await mediators(crew, 1, district)
    turns = cycle((0, 1))
    for pair, n in zip(pairs, turns, strict=False):
        who = pair.both[n]
        withdrawal = crew.tap(who.account, who.always(Always.WITHDRAW))
        await crew.about_at_once([withdrawal, crew.tap(hand, pair.take)])
    heard = crew.heard(hand)
    for pair, n in zip(pairs, turns, strict=False):
        report.found[_came_first(crew, pair, heard, report)] += 1
        _nobody_learns(crew, pair.both[1 - n], pair, report)
    report.expects("cases that came to a stop", number, report.found.total())
    return report


def _came_first(crew: Crew, pair: Pair, heard: Sequence[str], report: Report) -> str:
    """Tell which of the two was first, by what the mediator has heard."""
    about = [text for text in heard if pair.reference in text]
    taken, stopped, refused = (
        crew.text(text_id, reference=pair.reference)
        for text_id in (
            "notice.taken",
            "notice.stopped_for_mediator",
            "notice.not_in_queue",
        )
    )
    if about == [refused]:
        return "withdrawn before"
    # The card that was laid ready is taken out again.
    if about != [taken, stopped]:
        report.problems.append(f"a mediator hears {len(about)} things of a case")
    with crew.looks() as session:
        case = session.get_one(Case, pair.case_id)
    report.expects("status after the claim", "claimed", case.status)
    report.holds("it goes on in spite of the stop", found=case.stopped_at is not None)
    return "taken before"


def _nobody_learns(crew: Crew, other: Someone, pair: Pair, report: Report) -> None:
    """Hold what the other party is told against what may be told: never who."""
    with crew.looks() as session:
        was_taken = session.get_one(Case, pair.case_id).claimed_at is not None
    # The end comes with the next batch, as it does to those whom nobody has taken.
    told = ["notice.claimed"] if was_taken else []
    report.expects("what the other party is told", told, _notices(crew, other))


def _notices(crew: Crew, someone: Someone) -> list[str]:
    query = select(Notice.text_id).where(Notice.person_id == someone.person_id)
    with crew.looks() as session:
        return list(session.scalars(query.order_by(Notice.id)))


def _audited(pair: Pair, action: str) -> Select[str]:
    return select(AuditEntry.who).where(
        AuditEntry.case_id == pair.case_id, AuditEntry.action == action
    )


def _take_part(crew: Crew) -> str:
    notice, catalogue = NOTICES["take_part"], crew.tools.catalogue
    return wording.words(catalogue, notice, "da", adult=True).sha256
