"""The only place that knows Telegram: updates come in, Bot API calls go out."""

import logging
import os

# python-telegram-bot asks for this to give durations as timedelta; without it, every
# 429 answer comes with a deprecation warning instead of the waiting time.
os.environ.setdefault("PTB_TIMEDELTA", "1")
# Below this level the library prints what is sent, and to whom.
logging.getLogger("telegram").setLevel(logging.WARNING)
