"""aiogram with its finite state machine in memory: quick, and forgets at its end."""

import asyncio

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from tests.lab.bench.peers.dialogue import ASK, EXPLAIN, EXPLANATION, QUESTION, chosen
from tests.lab.bench.peers.place import API, TOKEN

router = Router()


class Topics(StatesGroup):
    choosing = State()
    reading = State()


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(Topics.choosing)
    await message.answer(QUESTION, reply_markup=markup(ASK))


@router.callback_query(Topics.choosing, F.data.contains("|ask_topic|"))
async def explain(query: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(Topics.reading)
    await say(query, state, EXPLANATION, EXPLAIN)


@router.callback_query(Topics.reading, F.data.contains("|more|"))
async def choose(query: CallbackQuery, state: FSMContext) -> None:
    await state.set_state(Topics.choosing)
    await say(query, state, QUESTION, ASK)


async def say(
    query: CallbackQuery,
    state: FSMContext,
    text: str,
    rows: list[list[tuple[str, str]]],
) -> None:
    if query.data is None or not isinstance(query.message, Message):
        return
    await query.answer()
    await query.message.edit_text(chosen(query.message.text or "", query.data))
    await state.update_data(last=query.data)
    await query.message.answer(text, reply_markup=markup(rows))


def markup(rows: list[list[tuple[str, str]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=data) for label, data in r]
            for r in rows
        ]
    )


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(API))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main())
