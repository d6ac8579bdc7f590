"""A coordinator looks at receipts, and a mediator hears every yes again."""

from pathlib import Path

from bot.chat.post import Post
from bot.queue.standing import look
from bot.storage import Session, cases, standings
from flows.always import Always
from flows.rules.case import may_plan_meeting
from tests.bot.cli.terminal import Desk
from tests.support import receipts
from tests.support.town import Town
from tests.support.walks import both_agree, sofie_agrees


async def test_a_receipt_from_the_chat_is_looked_at_by_its_file(
    town: Town, desk: Desk, tmp_path: Path
) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case())
    await sofie.wants(Always.RECEIPT)
    await sofie.reads("receipt.given")
    _, text = receipts.file_of(town.world, await sofie.hears("receipt.document"))
    file = tmp_path / "receipt.json"
    file.write_text(text, "utf-8")

    assert (await desk.prints("consent verify", str(file))).endswith("Genuine.\n")
    told = await desk.gets("consent verify", str(file), kind=dict)
    assert (told["genuine"], told["sealed"], len(told["records"])) == (True, True, 3)

    file.write_text(text.replace('"given"', '"refused"'), "utf-8")
    altered = await desk.types("consent verify", str(file))
    assert altered.code == 1
    assert "Event 1 in the file is not as it was written." in altered.out
    assert altered.out.endswith("Not genuine.\n")

    file.write_text("Kvittering", "utf-8")
    other = await desk.types("consent verify", str(file))
    assert other.code == 2
    assert "no receipt of this program" in other.sentence


async def test_no_meeting_can_be_planned_before_every_yes_was_said_again(
    town: Town, desk: Desk
) -> None:
    karen = await town.hires("mediator", "mediator")
    reference = (await both_agree(town)).case.reference
    await karen.takes(reference)
    await karen.hears("card.title")
    again = "consent reconfirm --date 2026-11-23 --by Karen"
    assert not may_plan(town, reference)
    early = again.replace("23", "22")
    refused = await desk.types(early, "--who", "victim:1", reference)
    assert refused.code == 2
    assert "since 2026-11-23" in refused.sentence
    first = await desk.gets(again, "--who", "victim:1", reference, kind=dict)
    assert first == {
        "case": reference,
        "status": "claimed",
        "missing": ["offender:1"],
    }
    assert not may_plan(town, reference)
    printed = await desk.prints(again, "--who", "offender:1", reference)
    assert printed.endswith("That was all.\n")
    assert may_plan(town, reference)


async def test_after_a_stop_staff_see_that_nobody_is_called(
    town: Town, desk: Desk
) -> None:
    karen = await town.hires("mediator", "mediator")
    reference = (await both_agree(town)).case.reference
    await karen.takes(reference)
    await karen.hears("card.title")
    stopped = "consent record --who victim:1 --answer withdrawn --method phone"
    day = ("--date", "2026-11-23", "--by", "Karen")
    told = await desk.gets(stopped, *day, reference, kind=dict)
    assert told["status"] == "claimed"
    await karen.hears("notice.stopped_for_mediator")
    assert not may_plan(town, reference)
    assert (await desk.gets("case show", reference, kind=dict))["stopped"]
    assert "Somebody has stopped." in await desk.prints("case show", reference)
    for command in ("case list", "queue list"):
        assert "call nobody" in await desk.prints(command)


def may_plan(town: Town, reference: str) -> bool:
    def asks(session: Session) -> bool:
        case = cases.by_reference(session, reference)
        assert case is not None
        post = Post(session, town.desk.tools, town.desk.clock.now())
        return may_plan_meeting(standings.of_case(session, case, look(post)))

    return town.desk.store.run_now(asks)
