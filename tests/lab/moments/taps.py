"""One person at several workers: taps, updates and first words at the same moment."""

from itertools import cycle
from typing import Final

from sqlalchemy import select

from bot.storage.tables import ConsentEvent, ConsentRecord, Person, Talk
from flows import FLOWS
from flows.always import Always
from flows.taps import answer_tap
from tests.lab.moments.crew import Crew
from tests.lab.moments.people import Someone, undecided
from tests.lab.moments.report import Report

TAPS: Final = 50
#: What an impatient person taps: the same answer, or all that there are.
_SAME: Final = ("yes",)
_MIXED: Final = ("yes", "no", "later", "talk_first")


async def many_taps(crew: Crew, people: int) -> Report:
    """Let one person after the other tap fifty times at once."""
    report = Report("50 taps of one person", f"{people} people, {TAPS} taps each")
    pairs = await undecided(crew, (people + 1) // 2, crew.district())
    tappers = [someone for pair in pairs for someone in pair.both][:people]
    for tapper, answers in zip(tappers, cycle((_SAME, _MIXED)), strict=False):
        names = [answers[n % len(answers)] for n in range(TAPS)]
        taps = [crew.tap(tapper.account, tapper.answer(name)) for name in names]
        said = await crew.at_once(taps)
        report.expects("taps that acted", 1, said.count(None))
        stale = crew.text("common.stale")
        report.expects("calm answers", TAPS - 1, said.count(stale))
        _one_step(crew, tapper, report)
    report.expects("people answered", people, report.found["steps"])
    return report


def _one_step(crew: Crew, tapper: Someone, report: Report) -> None:
    with crew.looks() as session:
        talk = session.scalars(
            select(Talk).where(Talk.party_id == tapper.party_id)
        ).one()
        given = session.scalars(
            select(ConsentEvent.n)
            .join(ConsentRecord, ConsentRecord.id == ConsentEvent.consent_id)
            .where(ConsentRecord.party_id == tapper.party_id)
        ).all()
    report.expects("steps of the talk", 1, talk.step)
    report.found["steps"] += talk.step
    # The first are to hear more and about data; postponing and asking record none.
    has_decided = talk.state in {"consented", "declined"}
    report.expects("answers on record", 2 + has_decided, len(given))
    report.expects(
        "questions asked once",
        len(set(heard := crew.heard(tapper.account))),
        len(heard),
    )


async def taps_without_case(crew: Crew, people: int) -> Report:
    """Let strangers tap fifty times at once: no case is there to be locked."""
    report = Report("50 taps of a stranger", f"{people} people, {TAPS} taps each")
    arrival = FLOWS["arrival"]
    buttons = [
        answer_tap(1, arrival, "ask_language", language, 0) for language in ("da", "en")
    ]
    for _ in range(people):
        stranger = crew.account()
        await crew.at_once([crew.says(stranger, "/start")])
        taps = [crew.tap(stranger, buttons[n % 2]) for n in range(TAPS)]
        said = await crew.at_once(taps)
        report.expects("taps that acted", 1, said.count(None))
        heard = crew.heard(stranger)
        report.expects("what is said once", len(set(heard)), len(heard))
        report.found["steps"] += crew.talk(stranger).step
    report.expects("steps", people, report.found["steps"])
    return report


async def same_update(crew: Crew, updates: int) -> Report:
    """Let each update come to every worker at the same moment."""
    copies = len(crew.workers)
    report = Report("the same update", f"{updates} updates, {copies} workers each")
    [pair] = await undecided(crew, 1, crew.district())
    answer = crew.text("always.help.says")
    for _ in range(updates):
        help_wanted = pair.victim.always(Always.HELP)
        await crew.everywhere(crew.tap(pair.victim.account, help_wanted))
    report.found["answers"] = crew.heard(pair.victim.account).count(answer)
    report.expects("answers", updates, report.found["answers"])
    return report


async def strangers(crew: Crew, number: int) -> Report:
    """Let strangers write twice at the same moment, for the first time."""
    report = Report("two first words of a stranger", f"{number} strangers")
    accounts = [crew.account() for _ in range(number)]
    people, talks = crew.count(Person), crew.count(Talk)
    for account in accounts:
        await crew.at_once([crew.says(account, "/start"), crew.says(account, "Hej")])
        report.holds("unknown", found=crew.tools.keys.find(str(account)) is not None)
    report.found["people"] = crew.count(Person) - people
    report.expects("people", number, report.found["people"])
    report.expects("talks", number, crew.count(Talk) - talks)
    with crew.looks() as session:
        known = frozenset(session.scalars(select(Person.id)))
    report.expects("keys of nobody", frozenset(), crew.tools.keys.people() - known)
    return report
