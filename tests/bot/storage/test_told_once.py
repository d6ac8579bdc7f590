"""What two things at once are told for is told once, and nothing else is left out."""

from datetime import timedelta

from bot.storage import Session, Store, records
from bot.storage.tables import Person
from tests.bot.storage.house import NOON, move_in

CASE, OTHER = {"reference": "FYN-1"}, {"reference": "FYN-2"}


def test_only_the_very_same_of_the_same_moment_is_told_already(store: Store) -> None:
    birgit_id, _ = move_in(store, 4001)
    karen_id, _ = move_in(store, 4002)

    def tell(session: Session) -> None:
        birgit, karen = (session.get_one(Person, id_) for id_ in (birgit_id, karen_id))
        records.add_notice(session, birgit, None, "notice.needs_human", CASE, NOON)
        told = [
            records.is_told(session, birgit, "notice.needs_human", CASE, NOON),
            records.is_told(session, karen, "notice.needs_human", CASE, NOON),
            records.is_told(session, birgit, "notice.turn_failed", CASE, NOON),
            records.is_told(session, birgit, "notice.needs_human", OTHER, NOON),
            records.is_told(
                session, birgit, "notice.needs_human", CASE, NOON + timedelta(hours=1)
            ),
        ]
        assert told == [True, False, False, False, False]

    store.run_now(tell)
