"""A whole case by a messenger that is not Telegram: nothing asks for a number."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from sqlalchemy import select

from bot import casework
from bot.addressing import TELEGRAM, AccountRef
from bot.casework import Opening
from bot.catalogue import load
from bot.chat.post import Post
from bot.offline_words import ConfessionCheck
from bot.settings import Settings
from bot.storage import Session, people
from bot.storage.tables import ConsentEvent, HeardMessage, OutboxRow, Person, SeenUpdate
from bot.wiring import Desk, desk
from flows.facts import Role
from flows.rules.case import Relation
from tests.bot.storage.house import House
from tests.support.memory_channel import MEMORY, Writer, served_in_memory
from tests.support.town import OFFICES

P = ParamSpec("P")
T = TypeVar("T")
_WORDS = load()


def does(
    opened: Desk,
    work: Callable[Concatenate[Post, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Do casework, as the command line does."""

    def with_post(session: Session) -> T:
        return work(Post(session, opened.tools, opened.clock.now()), *args, **kwargs)

    return opened.store.run_now(with_post)


async def taps_all(writer: Writer, *labels: str) -> None:
    for label in labels:
        await writer.taps(_WORDS.text(label, "da"))


async def joins(writer: Writer, role: str, token: str) -> None:
    await writer.says(f"/start {token}")
    await taps_all(writer, f"{role}.ask_invitation.yes")


async def agrees(writer: Writer, token: str, *interest: str) -> None:
    """Read, answer and say yes, with no number that could be shared."""
    await writer.says(f"/start {token}")
    await taps_all(writer, "arrival.ask_letter.yes", "common.language.da")
    await taps_all(writer, "arrival.explain_bot.go_on", "arrival.ask_age.18")
    await taps_all(writer, "programme.explain_programme.go_on", *interest)
    await taps_all(writer, "safety.ask_tie.stranger", "safety.ask_orders.no")
    await taps_all(writer, "safety.ask_fear.no", "safety.explain_next.go_on")
    await writer.hears(_WORDS.text("intake.ask_name", "da"))
    await writer.says(writer.name.title())
    await writer.hears(_WORDS.text("intake.ask_phone", "da"))
    await writer.says("20 16 38 47")
    await writer.hears(_WORDS.text("intake.ask_email", "da"))
    await taps_all(writer, "intake.ask_email.skip", "intake.ask_times.skip")
    await taps_all(writer, "intake.ask_interpreter.no", "intake.ask_access.no")
    await taps_all(writer, "intake.ask_support.no", "consent.ask_summary.right")
    await taps_all(writer, "consent.explain_before.go_on", "consent.ask_data.yes")
    await taps_all(writer, "understanding.ask_may_say_no.yes")
    await taps_all(writer, "understanding.ask_replaces_punishment.no")
    await taps_all(writer, "understanding.ask_may_stop.yes")
    await taps_all(writer, "consent.ask_take_part.yes")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Desk]:
    house = House(tmp_path).furnish()
    contacts = tmp_path / "contacts.toml"
    contacts.write_text(OFFICES, encoding="utf-8")
    settings = Settings(
        telegram_token="",
        database_url=house.url,
        keys_url=house.keys_url,
        key_file=house.key_file,
        contacts=contacts,
    )
    with desk(settings) as opened:
        yield opened


#: What a coordinator knows of the case.
CHECKED = Opening(
    "fyn", Relation.OTHER, confession=ConfessionCheck.CHECKED, by="Birgit"
)


async def test_a_case_goes_from_its_letters_to_a_mediators_card(opened: Desk) -> None:
    """Then the victim covers the chat, opens it again, stops, and is forgotten."""
    invited = does(opened, casework.invite, "mediator", "fyn", None, 7).token
    case, letters = does(opened, casework.open_case, opened.settings, CHECKED)
    tokens = {letter.role: letter.token for letter in letters}
    async with served_in_memory(opened) as (channel, reception):
        sofie, jonas, karen = (
            Writer(name, channel, reception) for name in ("sofie", "jonas", "karen")
        )
        await joins(karen, "mediator", invited)
        await agrees(sofie, tokens[Role.VICTIM], "offer.ask_interest.yes")
        await agrees(
            jonas,
            tokens[Role.OFFENDER],
            "offer.ask_interest.yes",
            "offer.ask_confession.yes",
        )
        await taps_all(karen, "notice.take")
        card = await karen.hears("20 16 38 47")
        assert case.reference in card
        assert "Sofie" in card
        await taps_all(sofie, "always.hide.label")
        await sofie.hears(_WORDS.text("hide.line", "da"))
        assert sofie.texts == [_WORDS.text("hide.line", "da")]
        await sofie.says(tokens[Role.VICTIM])
        await sofie.hears(_WORDS.text("hide.found", "da"))
        await sofie.says("stop")
        await karen.hears("stop")
    numbers = opened.store.run_now(question_and_answer)
    assert numbers
    assert all(question is not None for question in numbers)
    assert opened.store.run_now(messengers) == {MEMORY}


def question_and_answer(session: Session) -> list[int | None]:
    """List the number of the question of each yes: it had arrived before."""
    given = select(ConsentEvent.question_number).where(ConsentEvent.state == "given")
    return list(session.scalars(given))


def messengers(session: Session) -> set[str]:
    """Name every messenger that anything was kept of."""
    tables = (Person, OutboxRow, HeardMessage, SeenUpdate)
    return {name for table in tables for name in session.scalars(select(table.channel))}


async def test_nobody_is_the_same_person_at_two_messengers(opened: Desk) -> None:
    """An account of the same name at another one is somebody else."""
    async with served_in_memory(opened) as (channel, reception):
        writer = Writer("7", channel, reception)
        await writer.says("/start")
        await writer.hears(_WORDS.text("arrival.ask_language", "da"))

    def found(session: Session) -> list[bool]:
        accounts = (AccountRef(MEMORY, "7"), AccountRef(TELEGRAM, "7"))
        keys = opened.store.keys
        return [people.find(session, keys, one) is not None for one in accounts]

    assert opened.store.run_now(found) == [True, False]


def test_buttons_that_are_too_small_are_refused_at_the_start(opened: Desk) -> None:
    small = replace(opened.tools.abilities[TELEGRAM], button_bytes=32)
    with pytest.raises(ValueError, match="The buttons of pigeons carry 32 bytes"):
        replace(opened.tools, abilities={"pigeons": small})
