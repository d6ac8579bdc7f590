"""What people say to a purpose is added, never changed, and the last word holds."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import Session, Store, forgetting
from bot.storage.consent import consent_notices, consents
from bot.storage.consent.consent_notices import NoticeChanged
from bot.storage.consent.consents import Shown, Subject
from bot.storage.tables import (
    ConsentNotice,
    ConsentRecord,
    Holder,
    Party,
    Person,
)
from flows.effects import Purpose
from flows.rules.side import VALID_FOR
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import (
    GIVEN,
    PARENTAL,
    RECONFIRMED,
    REFUSED,
    TAKE_PART,
    WITHDRAWN,
    Side,
    gets_holder,
    moves_in,
    words,
)

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def sofie(store: Store) -> Side:
    return moves_in(store, 4001)


def test_each_word_is_one_more_event_and_the_last_one_holds(sofie: Side) -> None:
    def talks(session: Session) -> None:
        assert sofie.last(session) is None
        for n, state in enumerate((REFUSED, GIVEN, WITHDRAWN, GIVEN), start=1):
            record_id = sofie.says(session, state, at=NOON + timedelta(hours=n))
            assert sofie.last(session) == state
        record = session.get_one(ConsentRecord, record_id)
        events = consents.events(session, record)
        assert [one.n for one in events] == [1, 2, 3, 4]
        assert consents.broken_link(session, record) is None

    sofie.store.run_now(talks)


def test_a_yes_stands_for_ninety_days_and_a_notice_that_was_read_stays(
    sofie: Side,
) -> None:
    def talks(session: Session) -> None:
        sofie.says(session, GIVEN)
        sofie.says(session, GIVEN, Purpose.DATA_NOTICE, notice="data_notice")
        subject, end = sofie.subject(session), NOON + VALID_FOR
        yes = consents.last(session, subject, TAKE_PART)
        read = consents.last(session, subject, Purpose.DATA_NOTICE)
        assert yes is not None
        assert yes.stands(end - timedelta(microseconds=1))
        assert not yes.stands(end)
        assert read is not None
        assert read.stands(end + VALID_FOR)
        sofie.says(session, RECONFIRMED, at=end)
        again = consents.last(session, subject, TAKE_PART)
        assert again is not None
        assert again.stands(end + VALID_FOR - timedelta(days=1))
        sofie.says(session, WITHDRAWN, at=end)
        stop = consents.last(session, subject, TAKE_PART)
        assert stop is not None
        assert not stop.stands(end)

    sofie.store.run_now(talks)


def test_what_was_said_elsewhere_counts_from_its_day_and_for_who_comes_later(
    sofie: Side,
) -> None:
    day = (NOON - timedelta(days=10)).date()

    def writes(session: Session) -> None:
        sofie.says(session, GIVEN, is_elsewhere=True, said_on=day)
        yes = consents.last(session, sofie.subject(session), TAKE_PART)
        assert yes is not None
        assert (yes.event.by, yes.event.method) == ("Birgit", "phone")
        assert yes is not None
        assert yes.stands(NOON + VALID_FOR - timedelta(days=11))
        assert not yes.stands(NOON + VALID_FOR - timedelta(days=10))
        # Who then says stop in the chat has a record of their own, and that holds.
        sofie.says(session, WITHDRAWN, at=LATER)
        assert sofie.last(session) == WITHDRAWN

    sofie.store.run_now(writes)


def test_nothing_that_a_wrong_person_said_counts_for_the_right_one(
    sofie: Side,
) -> None:
    ole = moves_in(sofie.store, 4002)

    def comes(session: Session) -> None:
        sofie.says(session, GIVEN)
        party = session.get_one(Party, sofie.party_id)
        him = Subject(party, person=session.get_one(Person, ole.person_id))
        assert consents.last(session, him, TAKE_PART) is None
        assert consents.last(session, Subject(party), TAKE_PART) is None

    sofie.store.run_now(comes)


def test_who_stops_takes_back_every_yes_and_nothing_else(sofie: Side) -> None:
    def stops(session: Session) -> None:
        sofie.says(session, GIVEN, Purpose.DATA_NOTICE, notice="data_notice")
        sofie.says(session, GIVEN)
        sofie.says(session, REFUSED, Purpose.HEAR_MORE, notice="hear_more")
        shown, subject = Shown("da", "button"), sofie.subject(session)
        back = consents.withdraw_all(session, subject, shown, LATER, by="person")
        assert sorted(back) == [Purpose.DATA_NOTICE, TAKE_PART]
        assert sofie.last(session, Purpose.HEAR_MORE) == REFUSED
        stop = consents.last(session, subject, TAKE_PART)
        assert stop is not None
        assert stop.event.notice == words().sha256
        assert consents.withdraw_all(session, subject, shown, LATER, by="x") == []

    sofie.store.run_now(stops)


def test_a_yes_is_always_one_to_words(sofie: Side) -> None:
    def says(session: Session) -> None:
        consents.say(
            session,
            sofie.subject(session),
            TAKE_PART,
            GIVEN,
            Shown("da", "button"),
            NOON,
            by="person",
        )

    with pytest.raises(ValueError, match="name the notice"):
        sofie.store.run_now(says)


def test_what_a_parent_says_anew_a_human_must_make_sure_of_anew(sofie: Side) -> None:
    parent = gets_holder(sofie, 4003)

    def verified(session: Session) -> bool:
        return session.get_one(Holder, parent.holder_id).verified_at is not None

    def talks(session: Session) -> None:
        def says(state: object) -> None:
            parent.says(session, state, PARENTAL, notice="parental_take_part")  # type: ignore[arg-type] # a state

        says(GIVEN)
        session.get_one(Holder, parent.holder_id).verified_at = NOON
        says(RECONFIRMED)
        assert verified(session)
        parent.says(session, GIVEN, Purpose.DATA_NOTICE, notice="parental_data_notice")
        assert verified(session)
        says(GIVEN)
        assert not verified(session)

    sofie.store.run_now(talks)


def test_words_are_kept_once_and_never_changed(store: Store) -> None:
    def keeps(session: Session, version: str, text: str) -> str:
        return consent_notices.keep(session, words("take_part", version, text), NOON)

    first = store.run_now(keeps, "1.0", "Text")
    assert store.run_now(keeps, "1.0", "Text") == first
    with pytest.raises(NoticeChanged, match="raise its version"):
        store.run_now(keeps, "1.0", "Text, and more")
    assert store.run_now(keeps, "1.1", "Text, and more") != first

    def kept(session: Session) -> list[str | None]:
        query = select(ConsentNotice.text).order_by(ConsentNotice.version)
        return list(session.scalars(query))

    assert store.run_now(kept) == ["Text", "Text, and more"]


def test_a_program_with_other_words_under_a_version_is_noticed_at_start(
    store: Store,
) -> None:
    store.run_now(consent_notices.keep, words(), NOON)
    store.run_now(consent_notices.refuse_changed, [words(), words("hear_more")])
    store.run_now(consent_notices.refuse_changed, [words(version="1.1", text="Other")])
    with pytest.raises(NoticeChanged, match="take_part"):
        store.run_now(consent_notices.refuse_changed, [words(text="Other")])


def test_of_who_is_forgotten_the_proof_stays_without_a_name(sofie: Side) -> None:
    def says(session: Session) -> None:
        sofie.says(session, GIVEN)
        session.get_one(Party, sofie.party_id).person_id = None

    def forgets(session: Session) -> None:
        her = session.get_one(Person, sofie.person_id)
        forgetting.people(session, sofie.store.keys, [her])

    def looks(session: Session) -> None:
        record = session.scalars(select(ConsentRecord)).one()
        assert record.person_id is None
        assert consents.broken_link(session, record) is None
        party = session.get_one(Party, sofie.party_id)
        # Nor does it count for somebody who has never written to the bot.
        assert consents.last(session, Subject(party), TAKE_PART) is None

    sofie.store.run_now(says)
    sofie.store.run_now(forgets)
    sofie.store.run_now(looks)
