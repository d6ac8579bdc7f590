"""What is queued arrives: in order, once if Telegram lets us, and never lost."""

import asyncio

import pytest

from bot.serving import sender as sender_module
from bot.simulator.faults import Fault, FaultKind
from bot.storage import Session
from bot.storage.mail.messages import Blank, Button, Close, Delete, Edit, Outgoing, Send
from bot.storage.mail.outbox import drop_waiting
from bot.storage.mail.pace import Limits
from bot.storage.tables import OutboxRow, Person
from tests.bot.channels.telegram.office import Office, Resident, at_work

YES_NO = ((Button("Ja", "v1.yes"), Button("Nej", "v1.no")),)


def said(to: Resident) -> list[str]:
    return [bubble.text for bubble in to.person.reads() if bubble.author == "bot"]


async def test_messages_of_a_chat_arrive_in_order_and_chats_side_by_side(
    office: Office,
) -> None:
    mother, son = office.resident("mother"), office.resident("son")
    letters = [Send(f"Besked {n}") for n in range(8)]
    for letter in letters:
        office.queues(mother, letter)
        office.queues(son, letter)
    async with at_work(office.sender().run):
        await mother.person.hears("Besked 7")
        await son.person.hears("Besked 7")
    assert said(mother) == said(son) == [letter.text for letter in letters]


async def test_a_turn_wakes_the_sender_at_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 60)
    mother = office.resident("mother")
    sender = office.sender()
    async with at_work(sender.run):
        await asyncio.sleep(0.05)  # it has looked, and rests
        office.queues(mother, Send("Hej"))
        sender.wake()
        await mother.person.hears("Hej")
    assert said(mother) == ["Hej"]


async def test_a_message_carries_what_it_should(office: Office) -> None:
    mother = office.resident("mother")
    office.queues(
        mother,
        Send("Vil du?", YES_NO),
        Send("Stille", protect=True, silent=True),
        Send("Del dit nummer", share_label="Del"),
    )
    async with at_work(office.sender().run):
        await mother.person.hears("Del dit nummer")
        asked, quiet, _ = [b for b in mother.person.reads() if b.author == "bot"]
        assert asked.labels == ("Ja", "Nej")
        assert (quiet.silent, quiet.protected) == (True, True)
        assert "Del" in mother.person.labels()
        office.queues(mother, Send("Tak", drop_keyboard=True))
        await mother.person.hears("Tak")
    assert "Del" not in mother.person.labels()


async def test_what_was_sent_is_closed_edited_blanked_and_deleted(
    office: Office,
) -> None:
    mother = office.resident("mother")
    rows = office.queues(mother, *(Send(f"Nr. {n}", YES_NO) for n in range(4)))
    async with at_work(office.sender().run):
        await office.until(lambda: office.row(rows[3]).state == "sent")
        second = office.row(rows[1]).message_key or ""
        change: list[Outgoing] = [Close(rows[0]), Edit("Ja", second), Blank(rows[2])]
        repeated = office.queues(mother, *change, *change)
        await office.until(lambda: len(office.world.journal.of("editMessageText")) == 4)
        last = office.row(rows[3]).message_key
        assert last is not None
        *_, again = office.queues(mother, Delete((last,)), Delete((last,)), Send("Ok"))
        await office.until(lambda: office.row(again).state == "sent")
    assert said(mother) == ["Nr. 0", "Ja", "·", "Ok"]
    assert {office.row(row).state for row in repeated} == {"sent"}
    assert mother.person.labels() == []


async def test_a_question_waits_for_the_edit_before_it(office: Office) -> None:
    mother = office.resident("mother")
    (asked,) = office.queues(mother, Send("Vil du?", YES_NO))
    async with at_work(office.sender().run):
        await office.until(lambda: office.row(asked).state == "sent")
        fault = Fault(FaultKind.SERVER_ERROR, count=1, method="editMessageText")
        office.world.faults.switch_on(fault)
        answered = Edit("Vil du? Ja", office.row(asked).message_key or "")
        office.queues(mother, answered, Send("Hvorfor?"))
        await mother.person.hears("Hvorfor?")
    assert [call.method for call in office.world.journal][-3:] == [
        "editMessageText",
        "editMessageText",
        "sendMessage",
    ]


async def test_what_became_too_old_to_delete_while_it_waited_is_blanked(
    office: Office,
) -> None:
    mother = office.resident("mother")
    async with at_work(office.sender().run):
        (old,) = office.queues(mother, Send("Gammel"))
        await office.until(lambda: office.row(old).state == "sent")
        office.world.clock.advance(49 * 3600)
        (new,) = office.queues(mother, Send("Ny"))
        await office.until(lambda: office.row(new).state == "sent")
        ids = [office.row(row).message_key or "" for row in (old, new)]
        office.queues(mother, Delete(tuple(ids)))
        await mother.person.misses("Ny")
        await mother.person.misses("Gammel")
    assert said(mother) == ["·"]


async def test_a_flooded_chat_waits_and_the_others_go_on(office: Office) -> None:
    mother, son = office.resident("mother"), office.resident("son")
    flood = Fault(FaultKind.TOO_MANY, count=1, phone="mother", retry_after=600)
    office.world.faults.switch_on(flood)
    (waiting, _) = office.queues(mother, Send("Et"), Send("To"))
    sender = office.sender()
    async with at_work(sender.run):
        await office.until(lambda: office.row(waiting).not_before)
        office.queues(son, Send("Hej"))
        await son.person.hears("Hej")
        assert said(mother) == []
        office.clock.advance(601)
        await mother.person.hears("To")
    assert said(mother) == ["Et", "To"]


async def test_who_blocks_the_bot_gets_everything_later(office: Office) -> None:
    mother = office.resident("mother")
    mother.person.blocks()
    office.queues(mother, Send("Et"), Send("To"))
    async with at_work(office.sender().run):
        await office.until(lambda: _person(office, mother).blocked_at)
        mother.person.unblocks()
        office.store.run_now(_may_write, mother.person_id)
        await mother.person.hears("To")
    assert said(mother) == ["Et", "To"]


@pytest.mark.parametrize("answer_within", [0.8])
@pytest.mark.parametrize("kind", [FaultKind.SERVER_ERROR, FaultKind.LOST_REQUEST])
async def test_trouble_at_telegram_loses_nothing(
    office: Office, kind: FaultKind
) -> None:
    mother = office.resident("mother")
    office.world.faults.switch_on(Fault(kind, count=2))
    office.queues(mother, Send("Et"), Send("To"))
    async with at_work(office.sender().run):
        await mother.person.hears("To")
        await office.until(lambda: office.figures.sends == 2)
    assert said(mother) == ["Et", "To"]
    # Neither tells whether the message was sent all the same.
    assert (office.figures.retries, office.figures.possible_doubles) == (2, 2)


@pytest.mark.parametrize("answer_within", [0.8])
async def test_a_lost_answer_may_double_a_message_and_is_counted(
    office: Office,
) -> None:
    mother = office.resident("mother")
    office.world.faults.switch_on(Fault(FaultKind.LOST_ANSWER, count=1))
    (row,) = office.queues(mother, Send("Et"))
    async with at_work(office.sender().run):
        await office.until(lambda: office.row(row).state == "sent")
    assert said(mother) == ["Et", "Et"]
    assert office.row(row).failure == "TimedOut"
    assert (office.figures.possible_doubles, office.figures.sends) == (1, 1)


async def test_what_a_crash_left_under_way_is_sent_again_and_counted(
    office: Office,
) -> None:
    mother = office.resident("mother")
    (row,) = office.queues(mother, Send("Et"))
    office.store.run_now(_leave_under_way, row)
    async with at_work(office.sender().run):
        await mother.person.hears("Et")
        await office.until(lambda: office.row(row).state == "sent")
    assert office.row(row).failure == "Interrupted"
    assert office.figures.possible_doubles == 1


async def test_a_message_that_slips_out_of_a_hidden_chat_is_deleted(
    office: Office,
) -> None:
    mother = office.resident("mother")
    (row,) = office.queues(mother, Send("Et"))
    async with at_work(office.sender().run):
        await mother.person.hears("Et")
        # Telegram shows it already, and its answer is still on the way to us.
        office.store.run_now(drop_waiting, mother.person_id)
        await mother.person.misses("Et")
    assert office.row(row).state == "dropped"


async def test_what_telegram_refuses_is_given_up_and_the_rest_goes_on(
    office: Office,
) -> None:
    mother = office.resident("mother")
    (bad, _) = office.queues(mother, Send(" "), Send("To"))
    async with at_work(office.sender().run):
        await mother.person.hears("To")
    assert (office.row(bad).state, office.row(bad).failure) == ("failed", "BadRequest")
    assert office.figures.failed_sends == 1


async def test_a_chat_gets_a_burst_and_then_one_message_at_a_time(
    office: Office,
) -> None:
    mother, son = office.resident("mother"), office.resident("son")
    office.queues(mother, *(Send(f"Nr. {n}") for n in range(7)))
    office.queues(son, Send("Hej"))
    started = asyncio.get_running_loop().time()
    async with at_work(office.sender(Limits(chat_rate=2, send_rate=0)).run):
        await son.person.hears("Hej")
        await mother.person.hears("Nr. 6")
    assert asyncio.get_running_loop().time() - started >= 0.9


def _person(office: Office, who: Resident) -> Person:
    def look(session: Session) -> Person:
        return session.get_one(Person, who.person_id)

    return office.store.run_now(look)


def _may_write(session: Session, person_id: str) -> None:
    session.get_one(Person, person_id).blocked_at = None


def _leave_under_way(session: Session, row_id: int) -> None:
    row = session.get_one(OutboxRow, row_id)
    row.state, row.sender, row.attempts = "sending", "somebody else", 1
