"""The lean server keeps to Telegram's rules, as far as figures rest on them."""

import asyncio
import json

from tests.lab.bench.telegram.account import Account
from tests.lab.bench.telegram.chats import Json

ASTA = 4001
BUTTONS = {"inline_keyboard": [[{"text": "Go on", "callback_data": "a|1|go_on"}]]}


async def handed_out(account: Account, **fields: str) -> list[Json]:
    answer = json.loads(await account.call("getUpdates", fields))
    found: list[Json] = answer["result"]
    return found


def asks(text: str) -> Json:
    return {
        "chat_id": str(ASTA),
        "text": text,
        "reply_markup": json.dumps(BUTTONS),
    }


async def test_an_update_comes_again_until_a_higher_one_is_asked_for() -> None:
    account = Account("1:x")
    account.crowd.write(range(ASTA, ASTA + 2), "/start")
    first, second = await handed_out(account)
    assert await handed_out(account, offset=str(first["update_id"])) == [first, second]
    assert await handed_out(account, offset=str(second["update_id"])) == [second]
    assert not await handed_out(account, offset=str(second["update_id"] + 1))


async def test_whoever_asks_the_same_again_at_once_gets_one_update() -> None:
    account = Account("1:x")
    account.crowd.write(range(ASTA, ASTA + 2), "/start")
    assert [len(await handed_out(account, offset="7")) for _ in range(2)] == [2, 1]


async def test_a_second_poll_ends_the_first() -> None:
    account = Account("1:x")
    async with asyncio.timeout(1), asyncio.TaskGroup() as group:
        first = group.create_task(account.call("getUpdates", {"timeout": "5"}))
        await asyncio.sleep(0)
        assert await handed_out(account) == []
    assert b"Conflict" in first.result()


async def test_a_chat_goes_on_when_it_is_asked_and_not_before() -> None:
    account = Account("1:x")
    crowd = account.crowd
    await account.call("sendMessage", asks("Ready?"))
    crowd.wait_in_line(range(ASTA, ASTA + 1))
    crowd.go(1, None)
    (update,) = await handed_out(account)
    query = update["callback_query"]
    assert query["data"] == "a|1|go_on"
    await account.call("answerCallbackQuery", {"callback_query_id": query["id"]})
    change = {"chat_id": str(ASTA), "message_id": "1", "text": "Ready? Go on"}
    await account.call("editMessageText", change)
    assert crowd.figures()["turns"] == 0
    await account.call("sendMessage", asks("And now?"))
    assert len(await handed_out(account, offset=str(update["update_id"] + 1))) == 1
    told = crowd.figures()
    assert told["turns"] == 1
    assert told["calls"]["editMessageText"] == 1
    assert 0 <= told["visible"]["p50"] <= told["turn"]["p50"]
    assert told["answered"]
