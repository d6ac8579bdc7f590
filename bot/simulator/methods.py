"""The methods of the Bot API that are done at once, by name."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from bot.simulator import introductions, messages
from bot.simulator.params import Params
from bot.simulator.world import World

Method: TypeAlias = Callable[[World, Params], object]

METHODS: Final[Mapping[str, Method]] = {
    "getMe": introductions.get_me,
    "setMyName": introductions.set_my_name,
    "setMyDescription": introductions.set_my_description,
    "setMyShortDescription": introductions.set_my_short_description,
    "setMyCommands": introductions.set_my_commands,
    "sendMessage": messages.send_message,
    "sendDocument": messages.send_document,
    "editMessageText": messages.edit_message_text,
    "editMessageMedia": messages.edit_message_media,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "answerCallbackQuery": messages.answer_callback_query,
}
