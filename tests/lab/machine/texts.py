"""What the people of the village write, say in their own words, and send on."""

from typing import Final

#: What is typed at any moment: always-words, answers, and what is none.
TEXTS: Final = (
    "stop",
    "træk tilbage",
    "withdraw",
    "skjul",
    "hide",
    "menneske",
    "human",
    "tilbage",
    "back",
    "sprog",
    "language",
    "dansk",
    "english",
    "status",
    "pause",
    "hjælp",
    "menu",
    "vis",
    "show",
    "ja",
    "nej",
    "yes",
    "no",
    "1",
    "2",
    "ok",
    "/start",
    "tag",
    "take",
    "han slår mig",
    "I am afraid of him",
    "maj 2010",
    "hvad koster det?",
    "blåbær",
    "{word} bor i Odense",
    "{word} og jeg vil ikke leve mere",
    "{number}",
)

#: Plain words with which somebody stops, at whatever question.
STOPS: Final = (
    "stop",
    "stop ❗",
    "STOP ‼️",
    "Stop tak",
    "stop stop",
    "stop—",
    "/stop@konfliktraad_bot",
    "withdraw",
    "træk tilbage",
    "Please stop",
    "jeg trækker mit ja tilbage",
    "jeg trækker mit samtykke tilbage",
    "Jeg vil ikke være med længere",
    "I withdraw my consent",
    "i dont wnat to take part anymore",
)

#: What may mean it; nobody is stopped by it alone.
MAY_STOP: Final = ("nej", "no", "cancel", "jeg gider ikke", "this feels wrong")

#: What somebody answers with who wants to get on.
ANSWERS: Final = (
    *("ja", "ja", "Ja", "yes", "Yes", "nej", "no"),
    *("ok", "ja?", "{word} Holm", "{number}"),
)

#: Nobody says this but people who are not of the village, or not here and now.
FOREIGN: Final = "Natravnen"
#: What was written by others, elsewhere, or earlier, and is sent here.
SENT_ON: Final = (
    "ja",
    "yes",
    "nej",
    "no",
    "1",
    "stop",
    "skjul",
    "hide",
    "han slår mig",
    "hvad koster det?",
    f"{FOREIGN} Holm",
    f"{FOREIGN} bor i Odense",
    f"{FOREIGN.lower()}@example.dk",
    "+4529384756",
    "18",
)

#: Words that somebody chooses for their own chat, and what others try.
OWN_WORDS: Final = ("Solsikke 47", "blåmejse på taget")
GUESSES: Final = (
    "hvad er det her?",
    "hello",
    "stop",
    "Stop tak",
    "menu",
    "ja",
    "skjul",
    "/start",
    "solsikke",
    "han slår mig",
    "KR-7Q2M4X",
    "status",
    "vis",
)
