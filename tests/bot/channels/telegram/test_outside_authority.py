"""The authority knows right from wrong."""

import json

import pytest

from tests.support.outside_authority import check_call, check_update

KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "v1"}]]}


def test_calls_as_telegram_documents_them_pass() -> None:
    hello = {"chat_id": 7, "text": "Hej", "protect_content": True}
    check_call("sendMessage", hello)
    check_call("sendMessage", hello | {"reply_markup": KEYBOARD})
    as_form = {"chat_id": "7", "text": "[1]", "reply_markup": json.dumps(KEYBOARD)}
    check_call("sendMessage", as_form)
    check_call("deleteMessages", {"chat_id": 7, "message_ids": "[1, 2]"})
    check_call("setMyCommands", {"commands": [{"command": "a", "description": "b"}]})


@pytest.mark.parametrize(
    ("method", "parameters", "complaint"),
    [
        ("sendMesage", {}, "no method"),
        ("sendMessage", {"chat_id": 7}, "cannot be read"),
        ("sendMessage", {"chat_id": 7, "text": "a", "silent": True}, "silent"),
        ("sendMessage", {"chat_id": 7, "text": ""}, "0 long"),
        ("sendMessage", {"chat_id": 7, "text": "😀" * 2049}, "4098 long"),
        ("deleteMessages", {"chat_id": 7, "message_ids": [1] * 101}, "101 long"),
        ("setMyCommands", {"commands": [{"command": "Å", "description": "b"}]}, "Å"),
    ],
)
def test_faulty_calls_are_refused(
    method: str, parameters: dict[str, object], complaint: str
) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_call(method, parameters)


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        ({"text": "Ja", "callback_data": "ø" * 33}, "66 bytes"),
        ({"text": "", "callback_data": "a"}, "no label"),
        ({"text": "Ja", "callback": "a"}, "no field callback"),
    ],
)
def test_faulty_buttons_are_refused(button: dict[str, str], complaint: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    with pytest.raises(AssertionError, match=complaint):
        check_call("sendMessage", {"chat_id": 7, "text": "a", "reply_markup": markup})


def test_updates_are_checked_too() -> None:
    person = {"id": 7, "is_bot": False, "first_name": "Sofie"}
    chat = {"id": 7, "type": "private", "first_name": "Sofie"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person}
    check_update({"update_id": 1, "message": message})
    with pytest.raises(AssertionError, match="no field txt"):
        check_update({"update_id": 1, "message": message | {"txt": "Hej"}})
    with pytest.raises(AssertionError, match="cannot be read"):
        check_update({"update_id": 1, "message": {"message_id": 1}})
