"""Coordinators and the clock: decisions about one case at the same moment."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from bot import casework
from bot.casework import Settled
from bot.casework.refusals import NothingOpen, Refused
from bot.chat.post import Post
from bot.figures import Figures
from bot.offline_words import Inspection, Who
from bot.queue.standing import need_human
from bot.storage.staff import MEDIATOR
from bot.storage.tables import AuditEntry, Case, Notice, Party, Person
from bot.upkeep import background
from flows import FLOWS
from flows.always import Always
from flows.effects import Reason
from flows.taps import answer_tap
from tests.lab.moments.crew import Crew
from tests.lab.moments.people import OPEN_FOR, Pair, confirmed, mediators, undecided
from tests.lab.moments.report import Report

#: In seconds.
_DAY: Final = 24 * 60 * 60
_JOIN: Final = answer_tap(1, FLOWS[MEDIATOR], "ask_invitation", "yes", 0)


async def coordinators(crew: Crew, number: int) -> Report:
    """Let four coordinators settle the same case at once, and then end it at once."""
    report = Report("four coordinators on one case", f"{number} cases")
    for pair in await undecided(crew, number, crew.district()):
        await crew.workers[0].does(_needs_human, pair)
        cleared = await asyncio.gather(
            *(_cleared(crew, n, pair) for n in range(4)), return_exceptions=True
        )
        refused = [type(one) for one in cleared if isinstance(one, Exception)]
        report.expects("who had nothing to settle", [NothingOpen] * 3, refused)
        ended = await asyncio.gather(
            *(_ended(crew, n, pair) for n in range(4)), return_exceptions=True
        )
        refused = [type(one) for one in ended if isinstance(one, Exception)]
        report.expects("who had nothing to end", [Refused] * 3, refused)
        report.found["settled and ended"] += 1
        audited = Counter(_audited(crew, pair))
        report.expects("times settled", 1, audited["needs cleared"])
        report.expects("times ended", 1, audited["case ended"])
        told = _told(crew, pair.victim.person_id)
        report.expects("what a party is told", ["notice.cleared"], told)
    return report


def _needs_human(post: Post, pair: Pair) -> None:
    case = post.session.get_one(Case, pair.case_id)
    party = post.session.get_one(Party, pair.victim.party_id)
    need_human(post, case, party, Reason.TALK_FIRST)


async def _cleared(crew: Crew, n: int, pair: Pair) -> None:
    worker = crew.workers[n % len(crew.workers)]
    who, by = Who("victim", 1), f"Birgit {n}"
    said = Settled("talk_first", Inspection.CALL, by, who)
    await worker.does(casework.clear, pair.reference, said)


async def _ended(crew: Crew, n: int, pair: Pair) -> None:
    worker = crew.workers[n % len(crew.workers)]
    await worker.does(casework.end_case, pair.reference, "unfit", f"Birgit {n}")


async def joining(crew: Crew, number: int) -> Report:
    """Let a mediator join at the moment at which a case of the district is confirmed.

    Whoever is first, the mediator is offered the case, and once.
    """
    report = Report("a mediator's joining and a last yes", f"{number} cases")
    district = crew.district()
    for pair in await undecided(crew, number, district):
        hand = await _invited(crew, district)
        one, other = pair.both
        await crew.at_once([crew.tap(one.account, one.answer("yes"))])
        yes = crew.tap(other.account, other.answer("yes"))
        await crew.about_at_once([yes, crew.tap(hand, _JOIN)])
        heard = crew.heard(hand)
        offers = [n for n, text in enumerate(heard) if pair.reference in text]
        report.expects("offers", 1, len(offers))
        is_first = heard.index(crew.text("mediator.ready")) < min(offers, default=0)
        report.found["joined before" if is_first else "joined after"] += 1
    return report


async def _invited(crew: Crew, district: str) -> int:
    """Let somebody open an invitation, and tell the account."""
    days, worker = 30, crew.workers[0]
    invitation = await worker.does(casework.invite, MEDIATOR, district, None, days)
    account = crew.account()
    await crew.at_once([crew.says(account, f"/start {invitation.token}")])
    return account


async def daily_batch(crew: Crew, number: int) -> Report:
    """Let every worker do the daily batch at once, while people and staff go on.

    Of three cases that are over today, one is taken and one is withdrawn from at that
    very moment. Some are over tomorrow, and strangers who are to be forgotten write.
    """
    report = Report(
        f"the daily batch on {len(crew.workers)} workers", f"{number} cases are over"
    )
    district = crew.district()
    pairs = await confirmed(crew, number, district)
    crew.clock.advance(_DAY)
    warned = await confirmed(crew, number // 3, district)
    [hand] = await mediators(crew, 1, district)
    silent = [crew.account() for _ in range(number)]
    await crew.at_once(crew.says(account, "/start") for account in silent)
    crew.clock.advance(OPEN_FOR.total_seconds() - _DAY)
    taken, withdrawn = pairs[::3], pairs[1::3]
    meanwhile = [crew.tap(hand, pair.take) for pair in taken]
    for pair in withdrawn:
        someone = pair.victim
        meanwhile.append(crew.tap(someone.account, someone.always(Always.WITHDRAW)))
    meanwhile += [crew.says(account, "Hej") for account in silent[::2]]
    batches = (
        background.daily_batch(
            w.desk.store, w.desk.tools, w.desk.clock, Figures(), lambda: None
        )
        for w in crew.workers
    )
    await asyncio.gather(crew.at_once(meanwhile), *batches)
    for pair in pairs:
        has_withdrawn = pair in withdrawn
        report.found[_closed_once(crew, pair, report, has_withdrawn=has_withdrawn)] += 1
    heard = "\n".join(crew.heard(hand))
    for pair in warned:
        report.expects("times warned", 1, heard.count(pair.reference))
    report.found["warned of"] = len(warned)
    report.found["forgotten"] = _forgotten(crew, silent, report)
    crew.clock.advance(timedelta(minutes=5).total_seconds())
    return report


def _closed_once(
    crew: Crew,
    pair: Pair,
    report: Report,
    *,
    has_withdrawn: bool,
) -> str:
    with crew.looks() as session:
        case = session.get_one(Case, pair.case_id)
    ends = Counter(_audited(crew, pair))["case ended"]
    report.expects("times ended", int(case.status == "ended"), ends)
    expected = int(case.status == "ended")
    for someone in pair.both:
        told = _told(crew, someone.person_id).count("closing.ended")
        own = has_withdrawn and someone is pair.victim
        if own:
            report.holds("who withdrew is told of two ends", found=told <= 1)
        else:
            report.expects("ends told to a party", expected, told)
    return str(case.status)


def _forgotten(crew: Crew, silent: Sequence[int], report: Report) -> int:
    """Count who is not known any more; who wrote meanwhile is, whoever was first."""
    known = [crew.tools.keys.find(str(account)) for account in silent]
    with crew.looks() as session:
        people = set(session.scalars(select(Person.id)))
    report.holds("who wrote is forgotten", found=all(known[::2]))
    there = [found is not None and found[0] in people for found in known]
    report.expects("keys and people", [found is not None for found in known], there)
    return known.count(None)


def _audited(crew: Crew, pair: Pair) -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.case_id == pair.case_id)
    with crew.looks() as session:
        return list(session.scalars(query))


def _told(crew: Crew, person_id: str) -> list[str]:
    query = select(Notice.text_id).where(Notice.person_id == person_id)
    with crew.looks() as session:
        return list(session.scalars(query.order_by(Notice.id)))
