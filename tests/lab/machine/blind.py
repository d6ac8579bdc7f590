"""What one person of a case is sent, whatever the others do: what is compared.

B's script is played at set moments; whatever A does lies in between. Compared is every
call to B's chat, with method, text, buttons and moment. Left out are message and update
ids, and what is drawn per person: references and the tokens of links.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.simulator.journal import Call
from tests.lab.machine.cast import Self
from tests.lab.machine.milestones import Beginning, reached
from tests.lab.machine.village import again
from tests.support.clocks import MONDAY

_DRAWN = re.compile(r"KR-[0-9A-Z]{6}|start=\w+")
_LEFT_OUT = {"chat_id", "message_id", "message_ids", "callback_query_id"}
#: The deadline of a case is its 21st day; two days later nobody is in it.
_DAYS = (1, 3, 8, 20, 21, 22, 23)
_SAYS = ("status", "vis", "menneske", "show", "pause", "vis", "status")

Does = Callable[[Beginning], None]


@dataclass(frozen=True)
class Script:
    """Who B is, where they begin, and how far they go on their first day."""

    milestone: str
    who: Self
    goal: str


def heard(script: Script, before: Does | None, after: Does | None) -> Sequence[str]:
    """Play B's script, and tell what B is sent.

    Args:
        script: what B does.
        before: what others do before B's first message, if anything.
        after: what they do when B has answered everything.
    """
    milestone = reached(script.milestone)
    with again(milestone.snapshot) as village:
        cast = [script.who if p.key == script.who.key else p for p in milestone.cast]
        begun = Beginning(village, cast)
        village.world.phones[script.who.key].language_code = script.who.language
        if not village.outside.references:
            begun.opens_case()
        if before is not None:
            village.comes_to(MONDAY + timedelta(hours=1))
            before(begun)
        village.line.calls.clear()
        _plays(begun, script, after)
        account = begun.people[script.who.key].account
        return [_told(call) for call in village.line.calls if _is_for(call, account)]


def _plays(begun: Beginning, script: Script, after: Does | None) -> None:
    village, b = begun.village, begun.people[script.who.key]
    moment = MONDAY + timedelta(hours=2)
    village.comes_to(moment)
    b.opens(_letter(begun, script.who.key))
    while b.place() != script.goal:
        moment += timedelta(minutes=1)
        village.comes_to(moment)
        assert b.goes_on(), f"B is stuck at {b.place()}"
    if after is not None:
        village.comes_to(moment + timedelta(minutes=30))
        after(begun)
    for day, words in zip(_DAYS, _SAYS, strict=True):
        _next_morning(begun, MONDAY + timedelta(days=day))
        b.says(words)


def _next_morning(begun: Beginning, morning: datetime) -> None:
    """Let the clock look at half past nine, as on each day in between."""
    village = begun.village
    while village.clock.now() < morning:
        now = village.clock.now()
        village.comes_to(min(morning, now + timedelta(hours=12)))


def _letter(begun: Beginning, key: str) -> str:
    links = begun.village.outside.links
    return next(token for token, whose in links.items() if whose == key)


def _is_for(call: Call, account: int) -> bool:
    return str(call.params.get("chat_id")) == str(account)


def _told(call: Call) -> str:
    shown: Mapping[str, object] = {
        name: value for name, value in call.params.items() if name not in _LEFT_OUT
    }
    words = json.dumps(shown, ensure_ascii=False, sort_keys=True)
    return f"{call.at.isoformat()} {call.method} {_DRAWN.sub('…', words)}"
