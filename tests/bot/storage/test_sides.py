"""Where parties and holders stand is read from what is kept, in few questions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.storage import Session, Store, cases, holders, links, talks
from bot.storage.keys.sealing import seal
from bot.storage.links import Leads
from bot.storage.sides import Look, gathered
from bot.storage.tables import Holder, Party, Person, StoredAnswer
from flows import FLOWS
from flows.effects import ConsentState
from flows.engine import start
from flows.facts import (
    AgeBand,
    Authority,
    Detail,
    Fear,
    Interest,
    Majority,
    Orders,
    OtherHolder,
    Tie,
)
from flows.model import Into
from flows.rules.holders import HolderStanding
from flows.rules.notices import NOTICES
from flows.rules.side import VALID_FOR
from flows.rules.side import Side as Standing
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import (
    GIVEN,
    PARENTAL,
    RECONFIRMED,
    TAKE_PART,
    WITHDRAWN,
    Side,
    case_of,
    gets_holder,
    moves_in,
)


@pytest.fixture
def sofie(store: Store) -> Side:
    return moves_in(store, 4001)


def seen(side: Side, at: datetime = NOON) -> Standing:
    """Read where the only party of a case stands."""

    def look(session: Session) -> Standing:
        case, now = case_of(session, side), Look(side.store.keys, at)
        (found,) = gathered(session, case, cases.parties(session, case), now)
        return found

    return side.store.run_now(look)


def has(side: Side, **values: object) -> None:
    """Let the row of a party, or of the holder who speaks, say this."""

    def change(session: Session) -> None:
        row: Party | Holder = session.get_one(Party, side.party_id)
        if side.holder_id is not None:
            row = session.get_one(Holder, side.holder_id)
        for name, value in values.items():
            setattr(row, name, value)

    side.store.run_now(change)


def tells(side: Side, name: str, value: str) -> None:
    """Let somebody tell a detail of their own in a talk."""

    def remember(session: Session) -> None:
        person = session.get_one(Person, side.person_id)
        talk = talks.current(session, person)
        if talk is None:
            talk = talks.begin(session, person, start(FLOWS, Into("intake")), NOON)
            talk.holder_id = side.holder_id
            talk.party_id = None if side.holder_id else side.party_id
        talks.remember(session, side.key, talk, name, value)

    side.store.run_now(remember)


def says(side: Side, state: ConsentState, at: datetime = NOON) -> None:
    purpose = PARENTAL if side.holder_id else TAKE_PART
    notice = "parental_take_part" if side.holder_id else "take_part"
    side.store.run_now(side.says, state, purpose, at=at, notice=notice)


def is_taken(side: Side, at: datetime) -> None:
    """Let a mediator have the case from a moment on."""

    def take(session: Session) -> None:
        case_of(session, side).claimed_at = at

    side.store.run_now(take)


def test_a_new_party_has_said_nothing(sofie: Side) -> None:
    has(sofie, age_band=None)
    assert seen(sofie) == Standing(role=seen(sofie).role)


def test_everything_that_a_party_says_is_read(sofie: Side) -> None:
    has(
        sofie,
        interest=Interest.YES,
        tie=Tie.NEIGHBOUR,
        orders=Orders.UNSURE,
        fear=Fear.NO,
        understood_at=NOON,
        authority=Authority.BOTH,
        may_ask_holders=True,
    )
    says(sofie, GIVEN)
    tells(sofie, "phone", "20163847")
    assert seen(sofie) == Standing(
        role=seen(sofie).role,
        age_band=AgeBand.ADULT,
        majority=Majority.ADULT,
        interest=Interest.YES,
        takes_part=True,
        reached_by=frozenset({"phone"}),
        tie=Tie.NEIGHBOUR,
        orders=Orders.UNSURE,
        fear=Fear.NO,
        has_understood=True,
        authority=Authority.BOTH,
        may_ask_holders=True,
    )


def test_only_what_was_said_again_to_the_present_mediator_was_said_again(
    sofie: Side,
) -> None:
    """What was heard before the mediator took the case is a yes like any other."""
    later = NOON + timedelta(hours=1)
    says(sofie, GIVEN)
    says(sofie, RECONFIRMED)
    assert not seen(sofie, later).is_reconfirmed, "nobody has the case"
    is_taken(sofie, at=NOON)
    assert seen(sofie, later).is_reconfirmed
    is_taken(sofie, at=NOON + timedelta(seconds=1))
    assert (seen(sofie, later).takes_part, seen(sofie, later).is_reconfirmed) == (
        True,
        False,
    )


def test_a_parent_too_says_it_again_to_the_present_mediator(sofie: Side) -> None:
    has(sofie, age_band=AgeBand.FROM_15_TO_17)
    lone = gets_holder(sofie, 4002)
    says(lone, RECONFIRMED)
    is_taken(sofie, at=NOON + timedelta(seconds=1))
    assert [holder.answer for holder in seen(sofie).holders] == [GIVEN]
    is_taken(sofie, at=NOON)
    assert [holder.answer for holder in seen(sofie).holders] == [RECONFIRMED]


def test_a_yes_counts_until_it_is_old_or_its_words_have_changed(
    sofie: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(sofie, GIVEN)
    end = NOON + VALID_FOR
    assert seen(sofie, end - timedelta(seconds=1)).takes_part is True
    assert seen(sofie, end).takes_part is None
    is_taken(sofie, at=end)
    says(sofie, RECONFIRMED, at=end)
    assert (seen(sofie, end).takes_part, seen(sofie, end).is_reconfirmed) == (
        True,
        True,
    )
    notice = NOTICES["take_part"]
    monkeypatch.setitem(NOTICES, "take_part", replace(notice, version="1.1"))
    assert seen(sofie, end).takes_part is True
    monkeypatch.setitem(NOTICES, "take_part", replace(notice, version="2.0"))
    assert (seen(sofie, end).takes_part, seen(sofie, end).is_reconfirmed) == (
        None,
        False,
    )
    says(sofie, WITHDRAWN, at=end)
    assert seen(sofie, end).takes_part is False


def test_a_month_of_birth_says_when_somebody_is_of_age(sofie: Side) -> None:
    has(sofie, age_band=AgeBand.FROM_15_TO_17)
    assert seen(sofie).majority is Majority.MINOR
    tells(sofie, Detail.BIRTH, "2008-12")
    # Midnight in Denmark is what counts, an hour before that of the clock.
    begins = datetime(2026, 11, 30, 23, tzinfo=UTC)
    ends = datetime(2026, 12, 31, 23, tzinfo=UTC)
    moment = timedelta(seconds=1)
    assert seen(sofie, begins - moment).majority is Majority.MINOR
    assert seen(sofie, begins).majority is Majority.TURNING_18
    assert seen(sofie, ends - moment).majority is Majority.TURNING_18
    assert seen(sofie, ends).majority is Majority.ADULT


@pytest.mark.parametrize("harm", ["destroyed", "unreadable"])
def test_whoever_has_a_month_that_nobody_can_read_is_a_minor(
    sofie: Side, harm: str
) -> None:
    has(sofie, age_band=AgeBand.FROM_15_TO_17)
    tells(sofie, Detail.BIRTH, "2008-11")
    assert seen(sofie).majority is Majority.TURNING_18

    def spoil(session: Session) -> None:
        answer = session.query(StoredAnswer).one()
        other = seal(sofie.key, "answers", "value", "another row", "2008-11")
        answer.value = other

    if harm == "destroyed":
        sofie.store.keys.destroy(sofie.person_id)
    else:
        sofie.store.run_now(spoil)
    assert seen(sofie).majority is Majority.MINOR


def test_a_month_that_never_went_with_the_band_makes_nobody_an_adult(
    sofie: Side,
) -> None:
    has(sofie, age_band=AgeBand.FROM_15_TO_17)
    tells(sofie, Detail.BIRTH, "2001-01")
    assert seen(sofie).majority is Majority.MINOR


def invites(side: Side, n: int) -> None:
    """Make a link for a holder of whom nobody has heard yet."""

    def make(session: Session) -> None:
        party = session.get_one(Party, side.party_id)
        holder = holders.add(session, party, n)
        leads = Leads("holder", party, holder)
        links.make(session, side.store.keys, leads, NOON, timedelta(days=7))

    side.store.run_now(make)


def test_holders_stand_with_their_child_and_nowhere_else(sofie: Side) -> None:
    ole = moves_in(sofie.store, 4002)
    has(sofie, age_band=AgeBand.FROM_15_TO_17)
    mother = gets_holder(sofie, 4003)
    invites(sofie, 2)
    assert seen(sofie).holders == (
        HolderStanding(is_bound=True),
        HolderStanding(is_link_live=True),
    )
    week = NOON + timedelta(days=7)
    assert seen(sofie, week).holders[1] == HolderStanding()

    says(mother, GIVEN)
    tells(mother, "phone", "20163847")
    has(mother, says_others=OtherHolder.YES, claims_authority=True, verified_at=NOON)
    stands = HolderStanding(
        is_bound=True,
        answer=GIVEN,
        is_verified=True,
        says_others=OtherHolder.YES,
        claims_authority=True,
        can_be_reached=True,
    )
    assert seen(sofie).holders[0] == stands
    # What a parent says is never what the child says.
    assert (seen(sofie).takes_part, seen(sofie).reached_by) == (None, frozenset())
    assert seen(ole).holders == ()

    late = seen(sofie, NOON + VALID_FOR).holders[0]
    assert late == replace(stands, answer=ConsentState.EXPIRED)
    says(mother, GIVEN, at=NOON + VALID_FOR)
    again = seen(sofie, NOON + VALID_FOR).holders[0]
    assert (again.answer, again.is_verified) == (GIVEN, False)


def test_nobody_counts_for_a_holder_whose_place_somebody_else_has(sofie: Side) -> None:
    has(sofie, age_band=AgeBand.FROM_15_TO_17)
    mother = gets_holder(sofie, 4003)
    says(mother, GIVEN)
    other = moves_in(sofie.store, 4004)
    has(mother, person_id=other.person_id)
    assert seen(sofie).holders[0].answer is None


def test_who_does_not_use_the_bot_is_reached_by_who_wrote_it_down(sofie: Side) -> None:
    has(sofie, person_id=None)
    sofie.store.run_now(sofie.says, GIVEN, is_elsewhere=True)
    assert seen(sofie).takes_part is True
    assert seen(sofie).reached_by == {"coordinator"}


@pytest.mark.parametrize(
    ("band", "most"), [(AgeBand.ADULT, 2), (AgeBand.FROM_15_TO_17, 6)]
)
def test_a_case_is_read_in_few_questions(sofie: Side, band: AgeBand, most: int) -> None:
    has(sofie, age_band=band)
    mother = gets_holder(sofie, 4003)
    gets_holder(sofie, 4004, n=2)
    says(mother, GIVEN)
    tells(sofie, Detail.BIRTH, "2010-01")
    asked: list[str] = []

    def look(session: Session) -> None:
        case = case_of(session, sofie)
        found = cases.parties(session, case)

        def note(*execution: object) -> None:
            asked.append(str(execution[2]))

        connection = session.connection()
        event.listen(connection, "before_cursor_execute", note)
        gathered(session, case, found, Look(sofie.store.keys, NOON))
        event.remove(connection, "before_cursor_execute", note)

    sofie.store.run_now(look)
    assert len(asked) == most
