"""Somebody's own words about stopping, as whoever reads them hands them on."""

from bot.chat.visit import Visit
from bot.conversation.stopping import act_on_wish
from bot.storage import Session, intake, people, talks
from tests.support.resident import Resident
from tests.support.telegram_ids import account
from tests.support.town import Town


def wishes(town: Town, who: Resident, *, is_plain: bool) -> bool:
    """Let a plain stop, or words that may mean one, reach the talk of somebody."""

    def work(session: Session) -> bool:
        known = people.find(session, town.desk.tools.keys, account(who.account))
        assert known is not None
        now, tools = town.desk.clock.now(), town.desk.tools
        visit = Visit(session, tools, known.person, known.key, now)
        visit.is_intake_closed = intake.closed_since(session) is not None
        visit.talk = talks.current_with_case(session, known.person)
        assert visit.talk is not None
        return act_on_wish(visit, visit.talk, is_plain=is_plain)

    return town.desk.store.run_now(work)


def says_plainly(town: Town, who: Resident) -> bool:
    """Take a yes back in words of one's own that mean nothing else."""
    return wishes(town, who, is_plain=True)


def may_mean_it(town: Town, who: Resident) -> bool:
    """Write what may mean a stop; tell whether anything came of it."""
    return wishes(town, who, is_plain=False)
