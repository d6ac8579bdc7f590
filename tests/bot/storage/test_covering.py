"""A mediator covers the chat at the very moment at which a case is offered to them."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from bot import catalogue, contacts
from bot.addressing import TELEGRAM
from bot.channels.telegram.abilities import ABILITIES
from bot.chat import hiding
from bot.chat.notices import tell_mediators
from bot.chat.post import Post
from bot.chat.tools import Tools
from bot.chat.visit import Visit
from bot.chat.words import vocabulary
from bot.storage import Session, Store, cases, locks
from bot.storage.mail.messages import Send
from bot.storage.staff import MEDIATOR
from bot.storage.tables import Staff
from flows.facts import Role
from flows.rules.case import Relation, Status
from tests.bot.storage.chat import Carrier, Chat
from tests.bot.storage.house import NOON

#: Seconds that the notice is given to overtake the hiding, if it can.
A_WHILE = 0.5


@pytest.fixture
def tools(store: Store) -> Tools:
    words = catalogue.load()
    return Tools(
        store.keys,
        words,
        vocabulary(words),
        contacts.load(None, words),
        frozenset(Role),
        {TELEGRAM: ABILITIES},
    )


def opens_case(session: Session, person_id: str) -> str:
    session.add(
        Staff(person_id=person_id, role=MEDIATOR, district="fyn", joined_at=NOON)
    )
    case = cases.open_case(session, "fyn", Relation.OTHER, NOON, None)
    case.status = Status.CONFIRMED
    return case.id


def test_an_offer_does_not_come_into_a_chat_that_is_being_covered(
    store: Store, tools: Tools
) -> None:
    mediator = Chat(store, 42)
    case_id = store.run_now(opens_case, mediator.person_id)
    hidden, go_on = threading.Event(), threading.Event()

    def hide(session: Session) -> None:
        person = locks.people(session, [mediator.person_id])[0]
        hiding.hide(Visit(session, tools, person, mediator.key, NOON))
        session.flush()
        hidden.set()
        go_on.wait(10)

    def offer(session: Session) -> None:
        tell_mediators(Post(session, tools, NOON), locks.cases(session, [case_id])[0])

    carrier = Carrier(store)
    with ThreadPoolExecutor(2) as pool:
        covering = pool.submit(store.run_now, hide)
        assert hidden.wait(10)
        threading.Timer(2 * A_WHILE, go_on.set).start()
        offering = pool.submit(store.run_now, offer)
        wait([offering], timeout=A_WHILE)
        # A sender that looks now does not see yet that the chat is being covered.
        sent = [*carrier.takes(mediator)]
        offering.result(10)
        covering.result(10)
    sent += carrier.takes(mediator)
    messages = [due.message() for due in sent]
    texts = [message.text for message in messages if isinstance(message, Send)]
    assert texts == [tools.catalogue.text("hide.line", "da")]
