"""Reads keyboards out of calls, and refuses what Telegram would refuse."""

from typing import Final

from bot.simulator.bubbles import BubbleButton, ButtonRows, ReplyButton, ReplyKeyboard
from bot.simulator.errors import bad_request
from bot.simulator.params import Params

#: The most bytes that a button can carry.
LONGEST_DATA: Final = 64


def inline(params: Params) -> ButtonRows:
    """Return the buttons under the message; none if there is another keyboard.

    Raises:
        ApiError: if it cannot be read or a button says too little or too much.
    """
    return tuple(
        tuple(_button(button) for button in row)
        for row in _rows(params, "inline_keyboard", "inline keyboard button")
    )


def below(params: Params, message_id: int) -> ReplyKeyboard | None:
    """Return the keyboard that is to stand below the chat, if one was sent."""
    rows = _rows(params, "keyboard", "keyboard button")
    if not rows:
        return None
    markup = _markup(params)
    return ReplyKeyboard(
        message_id,
        tuple(tuple(_reply_button(button) for button in row) for row in rows),
        one_time=bool(markup.get("one_time_keyboard")),
        placeholder=str(markup.get("input_field_placeholder") or ""),
    )


def removes(params: Params) -> bool:
    """Tell whether the keyboard below the chat is to go."""
    return bool(_markup(params).get("remove_keyboard"))


def fixes(params: Params) -> bool:
    """Tell whether the message can never be edited because of what comes with it."""
    markup = _markup(params)
    return any(markup.get(k) for k in ("keyboard", "remove_keyboard", "force_reply"))


def _markup(params: Params) -> dict[str, object]:
    markup = params.parsed("reply_markup")
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    return markup


def _rows(params: Params, key: str, what: str) -> list[list[dict[str, object]]]:
    rows = _markup(params).get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f"expected an Array of Array of {what}s")
    for button in [button for row in rows for button in row]:
        if not isinstance(button, dict):
            raise bad_request(f"can't parse {what}: expected an Object")
        if not isinstance(button.get("text"), str):
            raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    return [row for row in rows if row]


def _button(given: dict[str, object]) -> BubbleButton:
    text = str(given["text"]).strip()
    data, url = given.get("callback_data"), given.get("url")
    if not text:
        raise bad_request("inline keyboard button text is empty")
    if url:
        return BubbleButton(text, url=str(url))
    if not data:
        raise bad_request(
            "can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard"
        )
    if len(str(data).encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return BubbleButton(text, data=str(data))


def _reply_button(given: dict[str, object]) -> ReplyButton:
    text = str(given["text"]).strip()
    if not text:
        raise bad_request("keyboard button text is empty")
    return ReplyButton(text, "contact" if given.get("request_contact") else "text")
