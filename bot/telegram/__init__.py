"""The only place that knows Telegram: updates come in, Bot API calls go out."""

import os

# python-telegram-bot asks for this to give durations as timedelta; without it, every
# 429 answer comes with a deprecation warning instead of the waiting time.
os.environ.setdefault("PTB_TIMEDELTA", "1")
