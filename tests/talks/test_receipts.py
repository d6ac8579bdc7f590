"""Receipts: asked for, shown behind a button, for the person's own eyes."""

import json

import pytest

from bot.consent import verify_receipt
from bot.consent.verify_receipt import NotAReceipt, Report
from flows.always import Always
from tests.support import receipts
from tests.support.resident import Resident, Way
from tests.support.town import Town
from tests.support.walks import both_agree, reads_up_to_offer, sofie_agrees


async def gets_receipt(town: Town, resident: Resident, text: str) -> str:
    """Ask for a receipt, look at it, and give the file."""
    await resident.wants(Always.RECEIPT)
    await resident.reads(text)
    sent = await resident.hears("receipt.document")
    name, file = receipts.file_of(town.world, sent)
    assert name == f"{resident.text('always.receipt.label').lower()}.json"
    assert sent.silent
    return file


def examined(town: Town, file: str) -> Report:
    store = town.desk.store
    return store.run_now(verify_receipt.examine, store.keys, file)


async def test_who_said_yes_gets_a_receipt_when_they_want_one(
    town: Town, way: Way
) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case(), way)
    told = await sofie.asked("consent.consented")
    assert sofie.text("always.receipt.label") in told.labels
    assert not sofie.sees("common.you_have_message"), "nothing is sent unasked"

    receipt = receipts.read(await gets_receipt(town, sofie, "receipt.given"))
    by_purpose = {one.processing.purpose: one for one in receipt.records}
    assert set(by_purpose) == {"hear_more", "data_notice", "take_part"}
    yes = by_purpose["take_part"]
    assert [one.event_state for one in yes.events] == ["given"]
    assert yes.processing.privacy_notice is not None
    assert yes.processing.privacy_notice.language == way.language
    assert yes.header.pii_principal_id == yes.events[0].said.person
    day = {"da": "23. november 2026", "en": "23 November 2026"}[way.language]
    assert day in (await sofie.hears("receipt.given")).text


async def test_a_yes_on_the_phone_is_one_to_words_that_were_read_aloud(
    town: Town,
) -> None:
    case = town.opens_case()
    sofie, _ = await sofie_agrees(town, case)
    said = "--answer given --method phone --date 2026-11-23 --by Birgit"
    record = f"consent record {case.reference} --who victim:1 {said}"
    assert town.types(record) == 0
    await sofie.wants(Always.RECEIPT)
    read = await sofie.reads("receipt.given")
    words = {"notice": "take_part_aloud", "version": "1.0"}
    assert sofie.text("receipt.notice_aloud", **words) in read


async def test_a_receipt_holds_nothing_of_anybody_else_nor_of_the_person(
    town: Town,
) -> None:
    pair = await both_agree(town)
    file = await gets_receipt(town, pair.victim, "receipt.given")
    told = [*pair.victim_told.values(), *pair.offender_told.values()]
    private = [pair.case.reference, str(pair.victim.account), *filter(None, told)]
    for value in (*private, "victim", "offender"):
        assert value == "yes" or value not in file, value


async def test_after_a_withdrawal_the_receipt_says_so_and_comes_only_when_asked_for(
    town: Town, short_way: Way
) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case(), short_way)
    await sofie.wants(Always.WITHDRAW)
    told = await sofie.asked("closing.withdrawn")
    assert sofie.text("always.receipt.label") in told.labels
    assert not sofie.sees("common.you_have_message")
    file = await gets_receipt(town, sofie, "receipt.withdrawn")
    states = {
        one.processing.purpose: [event.event_state for event in one.events]
        for one in receipts.read(file).records
    }
    assert states["take_part"] == ["given", "withdrawn"]
    assert examined(town, file).is_genuine


async def test_without_anything_said_there_is_no_receipt(town: Town) -> None:
    sofie = town.phone("victim")
    await reads_up_to_offer(sofie, town.opens_case().victim)
    await sofie.wants(Always.RECEIPT)
    await sofie.hears("receipt.none")
    await sofie.asked("offer.ask_interest")
    await town.settles()
    assert {bubble.kind for bubble in sofie.heard()} == {"text"}


async def test_hiding_takes_the_file_away_and_what_was_not_shown_waits(
    town: Town,
) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case())
    await gets_receipt(town, sofie, "receipt.given")
    await sofie.wants(Always.HIDE)
    await sofie.hears("hide.line")
    await town.settles()
    assert [bubble.kind for bubble in sofie.heard()] == ["text"]


async def test_a_file_that_is_too_old_to_delete_is_emptied(town: Town) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case())
    await gets_receipt(town, sofie, "receipt.given")
    await town.settles()
    town.moves_clock(hours=49)
    await sofie.wants(Always.HIDE)
    await sofie.hears("hide.line")
    await town.settles()
    [left] = [bubble for bubble in sofie.heard() if bubble.kind == "document"]
    assert left.text == ""
    assert receipts.file_of(town.world, left) == ("-.txt", "·")


async def test_an_older_receipt_still_fits_and_says_that_more_was_said(
    town: Town,
) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case())
    file = await gets_receipt(town, sofie, "receipt.given")
    assert examined(town, file).is_genuine
    assert not [note for one in examined(town, file).findings for note in one.notes]
    await sofie.wants(Always.WITHDRAW)
    await sofie.asked("closing.withdrawn")
    report = examined(town, file)
    assert report.is_genuine
    assert {"1 more was said since; the last word is: withdrawn."} == {
        note for one in report.findings for note in one.notes
    }


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("events", 0, "said", "state"), "refused"),
        (("events", 0, "event_state"), "refused"),
        (("events", 0, "hash"), "0" * 64),
        (("header", "pii_principal_id"), "somebody else"),
        (("processing", "privacy_notice", "text"), "Something else."),
        (("processing", "retention_period"), "For ever."),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
async def test_whatever_is_altered_in_a_receipt_is_noticed(
    town: Town, place: tuple[str | int, ...], value: str
) -> None:
    sofie, _ = await sofie_agrees(town, town.opens_case())
    receipt = json.loads(await gets_receipt(town, sofie, "receipt.given"))
    *way, last = place
    part = receipt["records"][0]
    for step in way:
        part = part[step]
    part[last] = value
    report = examined(town, json.dumps(receipt))
    assert not report.is_genuine
    assert not report.is_sealed
    assert bool(report.findings[0].altered) is (last != "retention_period")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema_version": "27560-kr-1"}'])
async def test_what_is_no_receipt_is_told_as_such(town: Town, text: str) -> None:
    with pytest.raises(NotAReceipt):
        examined(town, text)
