"""Without the right to poll nothing is asked of Telegram; it comes and goes."""

import asyncio
import logging
from datetime import timedelta
from functools import partial

import pytest

from bot.errors import AlreadyServed
from bot.serving import serving_lease
from bot.serving.serving_lease import ServingLease
from bot.storage import Session, lease
from bot.storage.lease import TERM, LeaseOwner, let_go, take
from bot.storage.tables import Lease
from tests.bot.channels.telegram.office import Office, at_work

OTHER = LeaseOwner("other", "process 7 on another machine", None, 7)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving_lease, "RENEW_EVERY", 0.02)
    monkeypatch.setattr(serving_lease, "LOOK_EVERY", 0.02)


def other_takes_over(session: Session, office: Office) -> None:
    """As when our clock stood still for a while."""
    lease = session.get_one(Lease, "serving")
    lease.until = lease.since
    take(session, "serving", OTHER, office.clock.now())


async def test_a_right_that_is_renewed_is_refused_with_a_sentence(
    office: Office,
) -> None:
    async def renews() -> None:
        while True:
            office.clock.advance(1)
            now = office.clock.now()
            await office.store.run(take, "serving", OTHER, now)
            await asyncio.sleep(0.05)

    office.store.run_now(other_takes_over, office)
    newcomer = ServingLease(office.store, office.clock)
    async with at_work(renews):
        with pytest.raises(AlreadyServed, match="Process 7 on another") as told:
            await newcomer.take()
    since = f"{office.clock.now():%Y-%m-%d}"
    assert since in str(told.value)


async def test_a_right_that_nobody_renews_is_waited_for(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    office.store.run_now(other_takes_over, office)
    newcomer = ServingLease(office.store, office.clock)
    async with at_work(newcomer.take):
        await office.until(lambda: "looking" in caplog.text)
        assert not newcomer.is_held()
        office.clock.advance(TERM.total_seconds())
        await newcomer.while_held(lambda: asyncio.sleep(0))
        assert newcomer.is_held()


async def test_polling_stops_when_the_right_is_lost_and_goes_on_with_it(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    mother = office.visitor("mother")
    async with at_work(office.right.keep), office.polling(office.take):
        await office.until(lambda: office.taken)
        office.store.run_now(other_takes_over, office)
        await office.until(lambda: "was lost" in caplog.text)
        mother.says("Hej")
        await asyncio.sleep(0.2)
        assert len(office.taken) == 1
        office.store.run_now(let_go, "serving", OTHER.id)
        await office.until(lambda: len(office.taken) == 2)


async def test_polling_stops_when_the_right_cannot_be_renewed(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody tells us that another one polls, so the time alone must do."""
    monkeypatch.setattr(serving_lease, "TERM", timedelta(seconds=0.3))
    await office.right.take()
    async with office.polling(office.take):
        await office.until(lambda: "was lost" in caplog.text)
        office.visitor("mother")
        await asyncio.sleep(0.2)
        assert not office.taken


async def test_webhook_workers_have_it_together_and_keep_polling_out(
    office: Office,
) -> None:
    """One of them that ends leaves it to the others."""
    await office.right.let_go()
    workers = [ServingLease(office.store, office.clock, shared=True) for _ in range(2)]
    for worker in workers:
        async with asyncio.timeout(TERM.total_seconds() / 3):
            await worker.take()
        assert worker.is_held()
    await workers[0].let_go()
    polling = ServingLease(office.store, office.clock)
    async with at_work(partial(renewing, workers[1], office)):
        with pytest.raises(AlreadyServed, match="by webhook has served"):
            await polling.take()


async def test_who_polls_keeps_webhook_workers_out(office: Office) -> None:
    worker = ServingLease(office.store, office.clock, shared=True)
    async with at_work(partial(renewing, office.right, office)):
        with pytest.raises(AlreadyServed, match="has served this database"):
            await worker.take()
    assert not worker.is_held()


async def renewing(held: ServingLease, office: Office) -> None:
    """Renew a right while time passes."""
    async with at_work(held.keep):
        while True:
            office.clock.advance(0.1)
            await asyncio.sleep(0.02)


async def test_a_mistake_does_not_end_the_renewing(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("Jeg hedder Asta")

    async with at_work(office.right.keep):
        with monkeypatch.context() as broken:
            broken.setattr(lease, "take", fails)
            await office.until(lambda: caplog.text.count("KeyError in") > 1)
        before = office.store.run_now(lambda s: s.get_one(Lease, "serving").until)
        office.clock.advance(1)
        await office.until(
            lambda: (
                office.store.run_now(lambda s: s.get_one(Lease, "serving").until)
                > before
            )
        )
    assert "Asta" not in caplog.text
