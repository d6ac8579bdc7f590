"""Texts that somebody sends who wants the bot to stand still; the same in each run."""

import random
import sys
from collections.abc import Iterator
from typing import Final

from bot.catalogue import load
from bot.chat.words import vocabulary

_SEED: Final = 11
#: Telegram sends no longer text in one message.
_LONGEST: Final = 4096
#: Signs that become many letters, marks that stack, scripts without capitals, and more.
_SIGNS: Final = (
    "\ufdfa\ufdfb\ufb03\u3300\u2474\u01c4\u0390\u1fb7\u00bd\u00a8\u0301\u0316\u0323"
    "\u20e3\ufe0f\u200c\u200d\u202e\u2066\u00ad\u3164\u2800\u115f\u6f22\uac00\u00c9"
    "\U0001f469\U0001f9bd\U0001d41a\u0627\u0dca\u0915\U000e0041aAeE019.-_/@|:? \n"
)
_BLOCKS: Final = ((0x20, 0x250), (0x250, 0x3000), (0x3000, 0xD7A4), (0x1D400, 0x1FB00))


def hostile(many: int) -> Iterator[str]:
    """Draw texts: signs that swell, patterns in patterns, anything at full length."""
    chance = random.Random(_SEED)  # noqa: S311 - it hides nothing
    kinds = (_repeated, _nested, _nearly, _mixed, _any, _digits, _short, _parted)
    for number in range(many):
        yield kinds[number % len(kinds)](chance)[:_LONGEST]


def _repeated(chance: random.Random) -> str:
    piece = "".join(chance.choices(_SIGNS, k=chance.randint(1, 6)))
    return piece * (_LONGEST // len(piece) + 1)


def _nested(chance: random.Random) -> str:
    """Repeat what patterns of ours repeat too, and end with what fits none."""
    piece = chance.choice(
        [
            "a ",
            "a.",
            "A",
            "\u00c9",
            "\u6f22",
            "aa",
            "|",
            ". ",
            "- ",
            "1-",
            "1 ",
            "+",
            "+11111 ",
            "+45 20 16 38 47 ",
            "1. jan 90 ",
            "a@",
            "jeg vil ikke vi. ",
        ]
    )
    return piece * (_LONGEST // len(piece) - 1) + chance.choice("!?@a1 ")


def _nearly(chance: random.Random) -> str:
    """Put words together with which something of ours begins."""
    words = _begun()
    text = ""
    while len(text) < _LONGEST:
        word = chance.choice(words)
        text += word[: chance.randint(1, len(word))] + chance.choice([" ", "", ". "])
    return text


def _mixed(chance: random.Random) -> str:
    return "".join(chance.choices(_SIGNS, k=_LONGEST))


def _any(chance: random.Random) -> str:
    first, beyond = chance.choice(_BLOCKS)
    return "".join(chr(chance.randrange(first, beyond)) for _ in range(_LONGEST))


def _digits(chance: random.Random) -> str:
    return "".join(
        chance.choices("0123456789-. /()+", k=chance.choice([500, _LONGEST]))
    )


def _short(chance: random.Random) -> str:
    """Stay so short that it is read as an answer too."""
    return chance.choice((_repeated, _nested, _mixed, _any, _nearly))(chance)[:500]


def _parted(chance: random.Random) -> str:
    """Put words of danger beside more clauses than anybody writes."""
    clauses = (f"{number} {chance.choice(_begun())}" for number in range(900))
    return f"{chance.choice(_begun())}. {'.'.join(clauses)}"


_WORDS: list[str] = []


def _begun() -> list[str]:
    if not _WORDS:
        words = vocabulary(load()).words
        entries = words.red_flags.stems | words.red_flags.everyday
        _WORDS.extend(sorted(entry.strip("*") for entry in entries))
        _WORDS.extend(sorted(words.always))
    return _WORDS


if __name__ == "__main__":
    sys.stdout.writelines(f"{text!a}\n" for text in hostile(int(sys.argv[1])))
