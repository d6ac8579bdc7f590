"""python-telegram-bot with ConversationHandler and PicklePersistence."""

import warnings
from typing import TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    ExtBot,
    JobQueue,
    PicklePersistence,
)
from telegram.warnings import PTBUserWarning

from tests.lab.bench.peers.dialogue import ASK, EXPLAIN, EXPLANATION, QUESTION, chosen
from tests.lab.bench.peers.place import API, FOLDER, TOKEN

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
App: TypeAlias = Application[
    ExtBot[None],
    Context,
    dict[object, object],
    dict[object, object],
    dict[object, object],
    JobQueue[Context],
]
CHOOSING, READING = range(2)


async def start(update: Update, _context: Context) -> int:
    if update.message is not None:
        await update.message.reply_text(QUESTION, reply_markup=markup(ASK))
    return CHOOSING


async def explain(update: Update, context: Context) -> int:
    await say(update, context, EXPLANATION, EXPLAIN)
    return READING


async def choose(update: Update, context: Context) -> int:
    await say(update, context, QUESTION, ASK)
    return CHOOSING


async def say(
    update: Update, context: Context, text: str, rows: list[list[tuple[str, str]]]
) -> None:
    query, message = update.callback_query, update.effective_message
    if query is None or query.data is None or message is None:
        return
    await query.answer()
    await query.edit_message_text(chosen(message.text or "", query.data))
    if context.user_data is not None:
        context.user_data["last"] = query.data
    await message.reply_text(text, reply_markup=markup(rows))


def markup(rows: list[list[tuple[str, str]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=data) for label, data in row]
            for row in rows
        ]
    )


def main() -> None:
    # Said of every such handler that mixes commands and buttons.
    warnings.filterwarnings("ignore", category=PTBUserWarning)
    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{API}/bot")
        .persistence(PicklePersistence(filepath=FOLDER / "conversation.pickle"))
        .build()
    )
    handler: ConversationHandler[Context] = ConversationHandler(
        entry_points=[CommandHandler("start", start)],
        states={
            CHOOSING: [CallbackQueryHandler(explain, pattern=r".*\|ask_topic\|")],
            READING: [CallbackQueryHandler(choose, pattern=r".*\|more\|")],
        },
        fallbacks=[CommandHandler("start", start)],
        name="topics",
        persistent=True,
    )
    application.add_handler(handler)
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
