"""The methods with which a bot sends, edits and deletes messages."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.simulator import keyboards
from bot.simulator.bubbles import Bubble, Chat
from bot.simulator.errors import (
    MESSAGE_NOT_MODIFIED,
    bad_request,
    forbidden,
)
from bot.simulator.objects import file
from bot.simulator.params import Params
from bot.simulator.phones import TapReply
from bot.simulator.texts import LONGEST_TEXT, cleaned, length
from bot.simulator.world import StoredFile, World

#: What is older can no longer be deleted for both sides.
DELETABLE: Final = timedelta(hours=48)
MOST_DELETED: Final = 100
LONGEST_CAPTION: Final = 1024
LONGEST_ANSWER: Final = 200


def send_message(world: World, params: Params) -> object:
    """Send a text."""
    chat = _writable(world, params)
    return _post(
        world,
        chat,
        params,
        Bubble(
            message_id=world.next_message_id(),
            author="bot",
            sent_at=world.clock.now(),
            text=_text(params),
            content=_preview(params),
        ),
    )


def send_document(world: World, params: Params) -> object:
    """Send a file: a new one, or one that was sent before."""
    chat = _writable(world, params)
    caption = cleaned(params.text("caption"))
    if length(caption) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    document = _document(world, _file(world, params))
    content = {"document": document} | ({"caption": caption} if caption else {})
    return _post(
        world,
        chat,
        params,
        Bubble(
            message_id=world.next_message_id(),
            author="bot",
            sent_at=world.clock.now(),
            text=caption,
            kind="document",
            content=content,
        ),
    )


def edit_message_text(world: World, params: Params) -> object:
    """Change a text; its buttons go unless they are sent again."""
    chat, bubble = _editable(world, params)
    if bubble.kind != "text":
        raise bad_request("there is no text in the message to edit")
    text, buttons = _text(params), keyboards.inline(params)
    content = _preview(params)
    return _edit(
        world,
        chat,
        bubble,
        replace(bubble, text=text, buttons=buttons, content=content),
    )


def edit_message_media(world: World, params: Params) -> object:
    """Put another file in the place of one; its caption and buttons go."""
    chat, bubble = _editable(world, params)
    media = params.parsed("media")
    if bubble.kind != "document" or not isinstance(media, dict):
        raise bad_request("there is no media in the message to edit")
    named = {**params.values, "document": media.get("media", "")}
    content = {
        "document": _document(world, _file(world, replace(params, values=named)))
    }
    buttons = keyboards.inline(params)
    return _edit(
        world,
        chat,
        bubble,
        replace(bubble, text="", buttons=buttons, content=content),
    )


def edit_message_reply_markup(world: World, params: Params) -> object:
    """Change the buttons under a message, or take them away."""
    chat, bubble = _editable(world, params)
    buttons = keyboards.inline(params)
    return _edit(world, chat, bubble, replace(bubble, buttons=buttons))


def delete_message(world: World, params: Params) -> object:
    """Delete one message for both sides."""
    chat = _chat(world, params)
    bubble = chat.bubbles.get(params.whole("message_id"))
    if bubble is None:
        raise bad_request("message to delete not found")
    _deletable(world, bubble)
    world.remove_bubble(chat, bubble.message_id)
    return True


def delete_messages(world: World, params: Params) -> object:
    """Delete several messages, or none if one of them cannot be deleted."""
    chat = _chat(world, params)
    ids = [int(str(message_id)) for message_id in params.listed("message_ids")]
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    found = [chat.bubbles[known] for known in ids if known in chat.bubbles]
    for bubble in found:
        _deletable(world, bubble)
    for bubble in found:
        world.remove_bubble(chat, bubble.message_id)
    return True


def answer_callback_query(world: World, params: Params) -> object:
    """Answer a tap, with or without a short line."""
    text = cleaned(params.text("text"))
    if length(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.answer(params.text("callback_query_id"), world.clock.now())
    phone = world.phones.get(query.phone_key)
    if phone is not None and text:
        number = world.changes.version
        phone.notice = TapReply(number, text, alert=params.yes("show_alert"))
        world.changes.up()
    return True


def _chat(world: World, params: Params) -> Chat:
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = world.chats.get(params.whole("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def _writable(world: World, params: Params) -> Chat:
    chat = _chat(world, params)
    phone = world.phone_of(chat.chat_id)
    if phone is None:
        return chat
    if phone.blocked:
        raise forbidden("bot was blocked by the user")
    if not phone.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def _text(params: Params) -> str:
    text = cleaned(params.text("text"))
    if params.text("parse_mode"):
        # The bot writes plain words. Formatting that we cannot show is an error here,
        # lest a text that works in the simulator reads differently on a phone.
        raise bad_request("unsupported parse_mode")
    if not text:
        raise bad_request("message text is empty")
    if length(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def _preview(params: Params) -> dict[str, object]:
    options = params.parsed("link_preview_options")
    return {"link_preview_options": options} if isinstance(options, dict) else {}


def _post(world: World, chat: Chat, params: Params, bubble: Bubble) -> object:
    buttons = keyboards.inline(params)
    keyboard = keyboards.below(params, bubble.message_id)
    if keyboard is not None or keyboards.removes(params):
        chat.keyboard = keyboard
    shown = world.put_bubble(
        chat,
        replace(
            bubble,
            buttons=buttons,
            silent=params.yes("disable_notification"),
            protected=params.yes("protect_content"),
            fixed=keyboards.fixes(params),
        ),
    )
    return world.message_json(chat, shown, None)


def _editable(world: World, params: Params) -> tuple[Chat, Bubble]:
    chat = _chat(world, params)
    if not params.whole("message_id"):
        raise bad_request("message identifier is not specified")
    bubble = chat.bubbles.get(params.whole("message_id"))
    if bubble is None:
        raise bad_request("message to edit not found")
    if bubble.author != "bot" or bubble.fixed:
        raise bad_request("message can't be edited")
    return chat, bubble


def _edit(world: World, chat: Chat, before: Bubble, after: Bubble) -> object:
    if before == after:
        raise bad_request(MESSAGE_NOT_MODIFIED)
    after = replace(after, edited_at=world.clock.now())
    return world.message_json(chat, world.put_bubble(chat, after), None)


def _deletable(world: World, bubble: Bubble) -> None:
    if world.clock.now() - bubble.sent_at >= DELETABLE:
        raise bad_request("message can't be deleted")


def _document(world: World, file_id: str) -> dict[str, object]:
    """Describe a stored file."""
    stored = world.files[file_id]
    document = file(file_id, file_name=stored.name, mime_type=stored.media_type)
    return document | {"file_size": len(stored.content)}


def _file(world: World, params: Params) -> str:
    """Return the id of the file that is to be sent, after storing it if it is new."""
    named = params.text("document").removeprefix("attach://") or "document"
    if (upload := params.files.get(named)) is not None:
        return _stored(world, upload)
    if named not in world.files:
        raise bad_request("there is no document in the request")
    return named


def _stored(world: World, upload: StoredFile) -> str:
    file_id = f"file-{len(world.files) + 1}"
    world.files[file_id] = upload
    return file_id
