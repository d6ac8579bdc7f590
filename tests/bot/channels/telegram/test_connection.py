"""The transport speaks with a Bot API server, and the bot introduces itself."""

import pytest
from telegram.error import NetworkError, TimedOut

from bot.catalogue import load
from bot.channels.telegram.commands import COMMANDS, introduce
from bot.channels.telegram.transport import AiohttpRequest
from bot.simulator.faults import Fault, FaultKind
from tests.bot.channels.telegram.office import Office


async def test_a_file_is_uploaded_whole(office: Office) -> None:
    mother = office.visitor("mother")
    content = "Blå bog\n".encode() * 1000
    await office.bot.send_document(
        mother.phone.user_id, content, filename="bog.txt", caption="Læs"
    )
    (stored,) = office.world.files.values()
    assert (stored.name, stored.content) == ("bog.txt", content)


@pytest.mark.parametrize("answer_within", [0.8])
async def test_no_answer_is_told_from_no_connection(office: Office) -> None:
    office.world.faults.switch_on(Fault(FaultKind.LOST_ANSWER, count=1))
    with pytest.raises(TimedOut):
        await office.bot.get_me()
    async with AiohttpRequest() as transport:
        with pytest.raises(NetworkError) as told:
            await transport.post("http://127.0.0.1:9/bot1:a/getMe")
    assert not isinstance(told.value, TimedOut)
    assert "1:a" not in str(told.value)


@pytest.mark.parametrize("answer", [b'{"result": "Sofie', b"[]", b"<html>"])
def test_an_unreadable_answer_is_not_logged(
    answer: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NetworkError, match="not readable"):
        AiohttpRequest.parse_json_payload(answer)
    assert not caplog.records


async def test_the_bot_introduces_itself_in_both_languages(office: Office) -> None:
    await introduce(office.bot, load())
    account = office.world.account
    for language in ("da", "en", "sv"):
        assert [c["command"] for c in account.menu(language)] == list(COMMANDS)
    assert account.menu("en")[-1]["description"] == "Get help"
    assert account.menu("sv") == account.menu("da")
    assert account.short_descriptions["da"].startswith("Automatiske")
    assert account.names == {"": "Konfliktråd"}


async def test_the_bot_works_without_being_able_to_introduce_itself(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.world.faults.switch_on(Fault(FaultKind.SERVER_ERROR, count=1))
    await introduce(office.bot, load())
    assert "commands could not be set" in caplog.text
