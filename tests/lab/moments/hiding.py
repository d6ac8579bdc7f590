"""A chat is covered, or found again, at the moment at which something is to be told."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import select, update
from telegram import Bot

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import connected
from bot.chat.post import Post
from bot.serving.sender import Sender
from bot.simulator.account import TOKEN
from bot.simulator.server import running
from bot.storage.engine.ids import new_id
from bot.storage.lease import LeaseOwner
from bot.storage.mail.pace import Limits
from bot.storage.tables import Notice, OutboxRow, Person
from flows.always import Always
from tests.lab.moments.crew import Crew, Worker
from tests.lab.moments.people import Pair, confirmed, mediators, undecided
from tests.lab.moments.report import Report

_WORD = "solsikke"
_LIMITS = Limits(0, 0)


async def covered(crew: Crew, number: int) -> Report:
    """Let a victim hide at the moment at which their case is taken.

    Every worker sends, and what arrives can be read on the phones.
    """
    report = Report("hiding and a notice", f"{number} chats, every worker sends")
    district = crew.district()
    pairs = await confirmed(crew, number, district)
    [hand] = await mediators(crew, 1, district)
    async with _sending(crew) as senders:
        for pair in pairs:
            hides = crew.says(pair.victim.account, "skjul")
            await crew.about_at_once([crew.tap(hand, pair.take), hides])
            for sender in senders:
                sender.wake()
    for pair in pairs:
        _is_covered(crew, pair, report)
    return report


def _is_covered(crew: Crew, pair: Pair, report: Report) -> None:
    read = [bubble.text for bubble in crew.chat(pair.victim.account).bubbles.values()]
    line = crew.text("hide.line")
    report.expects("what stands in a covered chat", [line], read)
    notice = select(Notice.shown_at).where(Notice.person_id == pair.victim.person_id)
    rows = select(OutboxRow.state).where(
        OutboxRow.person_id == pair.victim.person_id, OutboxRow.notice_id.is_not(None)
    )
    with crew.looks() as session:
        waits = list(session.scalars(notice))
        states = list(session.scalars(rows))
    report.expects("notices that wait to be read", [None], waits)
    report.found["told before and taken out" if states else "told later"] += 1


async def covered_staff(crew: Crew, number: int) -> Report:
    """Let a mediator hide at the moment at which a case is confirmed.

    Every worker sends; what could not be told waits until the chat is found again.
    """
    report = Report("a mediator's hiding and a notice", f"{number} cases")
    district = crew.district()
    [hand] = await mediators(crew, 1, district)
    async with _sending(crew) as senders:
        for pair in await undecided(crew, number, district):
            one, other = pair.both
            await crew.at_once([crew.tap(one.account, one.answer("yes"))])
            yes = crew.tap(other.account, other.answer("yes"))
            await crew.about_at_once([yes, crew.says(hand, "skjul")])
            for sender in senders:
                sender.wake()
            await _all_sent(crew)
            read = [bubble.text for bubble in crew.chat(hand).bubbles.values()]
            report.expects("what stands there", [crew.text("hide.line")], read)
            report.found[_kept(crew, pair, report)] += 1
            await crew.workers[0].does(_uncover, hand)
    return report


def _kept(crew: Crew, pair: Pair, report: Report) -> str:
    """Tell how far an offer had come when the chat was covered."""
    with crew.looks() as session:
        notices = session.scalars(select(Notice)).all()
        [notice] = (n for n in notices if pair.reference in n.values.values())
        row = session.scalar(select(OutboxRow).where(OutboxRow.notice_id == notice.id))
    has_arrived = row is not None and row.sent_at is not None
    if not has_arrived:
        report.expects(
            "when an offer was read that was never sent", None, notice.shown_at
        )
    return "sent before" if has_arrived else "kept for later"


async def found_again(crew: Crew, number: int) -> Report:
    """Let a mediator find the chat again at the moment at which a case is confirmed.

    Whoever is first, the mediator is told.
    """
    report = Report("finding a chat and a notice", f"{number} cases")
    district = crew.district()
    [hand] = await mediators(crew, 1, district)
    for pair in await undecided(crew, number, district):
        one, other = pair.both
        await crew.at_once([crew.tap(one.account, one.answer("yes"))])
        await crew.workers[0].does(_cover, hand)
        before = crew.last_row()
        yes = crew.tap(other.account, other.answer("yes"))
        await crew.about_at_once([yes, crew.says(hand, _WORD)])
        heard = crew.heard(hand, after=before)
        report.found[_told(crew, pair, heard, report)] += 1
        await crew.at_once([crew.tap(hand, f"!{Always.SHOW}|1")])
        await crew.workers[0].does(_arrives, hand)
    return report


def _told(crew: Crew, pair: Pair, heard: Sequence[str], report: Report) -> str:
    offers = [text for text in heard if pair.reference in text]
    waiting = heard.count(crew.text("common.you_have_message"))
    report.expects("times that a mediator is told", 1, len(offers) + waiting)
    return "offered at once" if offers else "waiting to be shown"


def _arrives(post: Post, account: int) -> None:
    """Let all that was said arrive, as it would between one case and the next."""
    known = post.tools.keys.find(str(account))
    assert known is not None
    waits = (OutboxRow.person_id == known[0], OutboxRow.state == "waiting")
    said = {"state": "sent", "sent_at": post.at}
    post.session.execute(update(OutboxRow).where(*waits).values(said))


def _uncover(post: Post, account: int) -> None:
    known = post.tools.keys.find(str(account))
    assert known is not None
    person = post.session.get_one(Person, known[0])
    person.hidden_at = None


def _cover(post: Post, account: int) -> None:
    known = post.tools.keys.find(str(account))
    assert known is not None
    person = post.session.get_one(Person, known[0])
    person.hidden_at = post.at
    person.hiding_word = post.tools.keys.hash_word(person.id, _WORD)


@asynccontextmanager
async def _sending(crew: Crew) -> AsyncIterator[Sequence[Sender]]:
    """Let every worker send; at the end all that was said has arrived."""
    async with (
        running(crew.world) as simulator,
        connected(TOKEN, simulator.url) as bot,
    ):
        senders = [_sender(bot, worker, n) for n, worker in enumerate(crew.workers)]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(sender.run()) for sender in senders]
            yield senders
            await _all_sent(crew)
            for task in tasks:
                task.cancel()


def _sender(bot: Bot, worker: Worker, n: int) -> Sender:
    store, clock = worker.desk.store, worker.desk.clock
    # As if each were on a machine of its own: here all are one process.
    me = LeaseOwner(new_id(), f"worker {n}", None, n)
    return Sender(TelegramChannel(bot), store, clock, _LIMITS, worker.figures, me=me)


async def _all_sent(crew: Crew) -> None:
    def rest() -> int:
        return sum(crew.count(OutboxRow, state=s) for s in ("waiting", "sending"))

    while rest():  # noqa: ASYNC110 - a database raises no event
        await asyncio.sleep(0.02)
