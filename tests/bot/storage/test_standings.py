"""What a human has settled counts until the party stops, and for that party alone."""

from datetime import datetime, timedelta

import pytest

from bot.storage import Session, Store, cases, standings
from bot.storage.sides import Look
from bot.storage.tables import Party
from flows.effects import Reason
from flows.rules.case import CaseStanding, Need, Status, is_stopped
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import GIVEN, WITHDRAWN, Side, case_of, moves_in

HOUR = timedelta(hours=1)
FEAR = Need(Reason.FEAR, 0)


@pytest.fixture
def sofie(store: Store) -> Side:
    return moves_in(store, 4001)


def worries(side: Side, at: datetime) -> None:
    def raised(session: Session) -> None:
        party = session.get_one(Party, side.party_id)
        cases.raise_need(session, case_of(session, side), party, Reason.FEAR, at)

    side.store.run_now(raised)


def is_settled(side: Side, at: datetime) -> None:
    def cleared(session: Session) -> None:
        [need] = cases.open_needs(session, case_of(session, side))
        need.cleared_at, need.cleared_by, need.cleared_reason = at, "Birgit", "fear"

    side.store.run_now(cleared)


def stops(side: Side, at: datetime) -> None:
    def stopped(session: Session) -> None:
        side.says(session, WITHDRAWN, at=at)
        party = session.get_one(Party, side.party_id)
        cases.drop_needs(session, case_of(session, side), party, at)

    side.store.run_now(stopped)


def stands(side: Side) -> CaseStanding:
    def look(session: Session) -> CaseStanding:
        now = Look(side.store.keys, NOON)
        return standings.of_case(session, case_of(session, side), now)

    return side.store.run_now(look)


def test_what_was_settled_before_a_stop_is_looked_at_anew(sofie: Side) -> None:
    sofie.store.run_now(sofie.says, GIVEN)
    worries(sofie, NOON)
    is_settled(sofie, NOON + HOUR)
    assert stands(sofie).cleared == {FEAR}
    stops(sofie, NOON + 2 * HOUR)
    assert not stands(sofie).cleared
    assert not stands(sofie).dropped
    worries(sofie, NOON + 3 * HOUR)
    is_settled(sofie, NOON + 4 * HOUR)
    assert stands(sofie).cleared == {FEAR}


def test_what_was_open_at_a_stop_is_remembered_of_the_same_person_only(
    sofie: Side,
) -> None:
    sofie.store.run_now(sofie.says, GIVEN)
    worries(sofie, NOON)
    stops(sofie, NOON + HOUR)
    assert not stands(sofie).open_needs
    assert stands(sofie).dropped == {FEAR}

    def comes_later(session: Session) -> None:
        session.get_one(Party, sofie.party_id).joined_at = NOON + 2 * HOUR

    sofie.store.run_now(comes_later)
    assert not stands(sofie).dropped


def test_a_case_whose_stopper_was_erased_stands_still(sofie: Side) -> None:
    """No word of theirs is left by then, and nobody else can say yes for them."""
    sofie.store.run_now(sofie.says, GIVEN)

    def leaves(session: Session) -> None:
        party, case = session.get_one(Party, sofie.party_id), case_of(session, sofie)
        case.status, case.stopped_at = Status.CLAIMED, NOON
        cases.vacate(party)
        party.person_id = None

    assert not is_stopped(stands(sofie))
    sofie.store.run_now(leaves)
    assert not any(party.is_out for party in stands(sofie).parties)
    assert is_stopped(stands(sofie))
