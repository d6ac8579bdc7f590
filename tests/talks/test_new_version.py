"""A new text of consent is published while two people's yes stands."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.post import Post
from bot.errors import ProgramOutdated
from bot.storage import Session, records
from bot.upkeep.renewal import renew
from bot.wiring import serve
from flows import FLOWS
from flows.always import Always
from flows.dialogues.consent import CONSENT
from flows.model import Into, Place
from flows.rules.notices import NOTICES
from tests.support.town import Empty, Town, founded_at_rest
from tests.support.walks import both_agree, says_yes


def ask_again(place: Place) -> Into:
    """The text has changed, so the yes is asked for anew."""
    return Into("consent", "ask_data" if place.state == "consented" else place.state)


async def test_both_are_asked_again_and_nothing_is_confirmed_until_then(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = await both_agree(town)
    reference = pair.case.reference
    assert town.archive.status(reference) == "confirmed"

    monkeypatch.setitem(FLOWS, "consent", replace(CONSENT, version=CONSENT.version + 1))
    for notice_id in ("data_notice", "take_part"):
        newer = replace(NOTICES[notice_id], version="2.0")
        monkeypatch.setitem(NOTICES, notice_id, newer)
    moves = {("consent", CONSENT.version): ask_again}

    def publish(session: Session) -> int:
        post = Post(session, town.desk.tools, town.desk.clock.now())
        return renew(post, moves)

    assert town.desk.store.run_now(publish) == 2
    assert town.desk.store.run_now(publish) == 0, "each talk is moved once"
    assert town.archive.status(reference) == "collecting"
    assert len(town.archive.audit("talk renewed")) == 2

    for person in (pair.victim, pair.offender):
        await person.hears("common.you_have_message")
        await person.wants(Always.SHOW)
        await person.asked("consent.ask_data")
        await says_yes(person)
    assert town.archive.status(reference) == "confirmed"


async def test_an_older_program_ends_when_a_newer_one_begins_to_serve(
    tmp_path: Path, empty_database: Empty
) -> None:
    """Otherwise it would write into talks whose dialogues it does not know."""
    async with founded_at_rest(tmp_path, empty_database) as (town, opened):

        async def publishes() -> None:
            await town.until(lambda: "dialogue consent" in kept(town))
            await opened.store.run(records.set_meta, "dialogue consent", "1000")

        with pytest.raises(ProgramOutdated, match="start the newer version"):
            async with asyncio.timeout(30):
                await asyncio.gather(serve(opened), publishes())


def kept(town: Town) -> set[object]:
    return {row["name"] for row in town.archive.rows("meta")}
