"""A mediator types "take" while somebody else changes the case that waits."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from bot import catalogue
from bot.addressing import TELEGRAM
from bot.channels.telegram.abilities import ABILITIES
from bot.chat.tools import Tools
from bot.chat.words import vocabulary
from bot.contacts import load
from bot.conversation import staffing
from bot.conversation.turn import visit_of
from bot.incoming import Incoming, Text
from bot.storage import Session, Store, cases, locks, people
from bot.storage.keys.keystore import KeyStore
from bot.storage.mail.messages import Send
from bot.storage.staff import MEDIATOR
from bot.storage.tables import Staff
from flows.facts import Role
from flows.rules.case import Relation, Status
from flows.rules.provenance import Origin
from tests.bot.storage.chat import Carrier, Chat
from tests.bot.storage.house import NOON
from tests.support.telegram_ids import account, message

KAREN = 61
#: Seconds that the taking is given to overtake the other, if it can.
A_WHILE = 0.5


@pytest.fixture(params=["postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """On SQLite a unit of work that writes is alone."""
    found: str = request.param
    return found


def waits(session: Session, mediator: str) -> str:
    """Let a mediator serve Fyn, where a case waits whose party nobody is yet."""
    session.add(
        Staff(person_id=mediator, role=MEDIATOR, district="fyn", joined_at=NOON)
    )
    case = cases.open_case(session, "fyn", Relation.UNKNOWN, NOON, NOON.date())
    cases.add_party(session, case, Role.VICTIM)
    case.status = Status.CONFIRMED
    return case.reference


def karen_types(session: Session, keys: KeyStore) -> None:
    words = catalogue.load()
    tools = Tools(
        keys,
        words,
        vocabulary(words),
        load(None, words),
        frozenset(Role),
        {TELEGRAM: ABILITIES},
    )
    typed = Incoming(
        TELEGRAM, str(KAREN), "1", NOON, "da", Text(message(5), "tag sagen")
    )
    visit = visit_of(session, tools, typed, people.find(session, keys, account(KAREN)))
    assert staffing.means_take(visit, "tag sagen", Origin.OWN)
    staffing.take_typed(visit, "tag sagen")


def test_the_case_is_read_when_it_is_locked(store: Store) -> None:
    """Whoever becomes a party at this moment does not learn that there is a case."""
    karen = Chat(store, KAREN)
    reference = store.run_now(waits, karen.person_id)
    held, go_on = threading.Event(), threading.Event()

    def joins(session: Session) -> None:
        case = locks.case(session, reference)
        assert case is not None
        held.set()
        assert go_on.wait(10)
        [party] = cases.parties(session, case)
        party.person_id, party.joined_at = karen.person_id, NOON

    with ThreadPoolExecutor(2) as pool:
        joining = pool.submit(store.run_now, joins)
        assert held.wait(10)
        typing = pool.submit(store.run_now, karen_types, store.keys)
        wait([typing], A_WHILE)
        go_on.set()
        joining.result()
        typing.result()
    [due] = Carrier(store).takes(karen)
    said = due.message()
    assert isinstance(said, Send)
    assert said.text == catalogue.load().text("queue.none", "da")
