"""Stock python-telegram-bot: repeats what it is told, and keeps nothing."""

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.lab.bench.peers.place import API, TOKEN


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    application = Application.builder().token(TOKEN).base_url(f"{API}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
