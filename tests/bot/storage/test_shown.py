"""It is kept which texts a person was shown in a talk, when, and in which language."""

from datetime import timedelta

import pytest

from bot.storage import Session, Store, talks
from bot.storage.consent import shown
from bot.storage.tables import Person, ShownText, Talk
from flows import FLOWS
from flows.engine import start
from flows.model import Into
from tests.bot.storage.house import NOON
from tests.bot.storage.parties import Side, moves_in

BOTH = ("programme.explain_meeting", "programme.explain_choice")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def sofie(store: Store) -> Side:
    return moves_in(store, 4001)


def begins(side: Side) -> str:
    def begin(session: Session) -> str:
        person = session.get_one(Person, side.person_id)
        return talks.begin(session, person, start(FLOWS, Into("programme")), NOON).id

    return side.store.run_now(begin)


def shows(side: Side, talk_id: str, *text_ids: str, language: str = "da") -> None:
    def show(session: Session) -> None:
        talk = session.get_one(Talk, talk_id)
        for text_id in text_ids:
            shown.note(session, talk, text_id, language, f"{text_id}?", LATER)

    side.store.run_now(show)


def all_shown(side: Side, talk_id: str) -> bool:
    def look(session: Session) -> bool:
        return shown.all_shown(session, session.get_one(Talk, talk_id), BOTH)

    return side.store.run_now(look)


def texts(side: Side, talk_id: str) -> list[ShownText]:
    def look(session: Session) -> list[ShownText]:
        return list(shown.of_talk(session, session.get_one(Talk, talk_id)))

    return side.store.run_now(look)


def test_all_of_them_must_be_shown_in_this_very_talk(sofie: Side) -> None:
    earlier, talk = begins(sofie), begins(sofie)
    shows(sofie, earlier, *BOTH)
    assert all_shown(sofie, earlier)
    shows(sofie, talk, BOTH[0], "programme.explain_afterwards")
    assert not all_shown(sofie, talk)
    shows(sofie, talk, BOTH[1])
    assert all_shown(sofie, talk)


def test_what_is_shown_in_this_turn_counts_at_once(sofie: Side) -> None:
    talk_id, earlier = begins(sofie), begins(sofie)

    def turn(session: Session) -> None:
        talk, other = (session.get_one(Talk, one) for one in (talk_id, earlier))
        for text_id in BOTH:
            shown.note(session, other, text_id, "da", "?", NOON)
        assert not shown.all_shown(session, talk, BOTH)
        for text_id in BOTH:
            shown.note(session, talk, text_id, "da", "?", NOON)
        assert shown.all_shown(session, talk, BOTH)

    sofie.store.run_now(turn)


def test_a_turn_that_fails_has_shown_nothing(sofie: Side) -> None:
    talk_id = begins(sofie)

    def turn(session: Session) -> None:
        talk = session.get_one(Talk, talk_id)
        shown.note(session, talk, BOTH[0], "da", "?", NOON)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sofie.store.run_now(turn)
    assert texts(sofie, talk_id) == []


def test_each_text_is_noted_once_a_language_with_the_first_moment(sofie: Side) -> None:
    talk_id = begins(sofie)
    shows(sofie, talk_id, BOTH[0], BOTH[0])
    shows(sofie, talk_id, BOTH[0])
    shows(sofie, talk_id, BOTH[0], language="en")
    found = texts(sofie, talk_id)
    assert [(one.text_id, one.language) for one in found] == [
        (BOTH[0], "da"),
        (BOTH[0], "en"),
    ]
    assert {one.at for one in found} == {LATER}
    assert len({one.sha256 for one in found}) == 1


def test_the_hash_of_what_was_shown_tells_every_difference(sofie: Side) -> None:
    talk_id, other_id = begins(sofie), begins(sofie)
    shows(sofie, talk_id, *BOTH)
    whole = shown.digest(texts(sofie, talk_id))
    shows(sofie, other_id, *BOTH, language="en")
    seen = {
        whole,
        shown.digest(texts(sofie, talk_id)[:1]),
        shown.digest(texts(sofie, other_id)),
    }
    assert len(seen) == 3
    assert shown.digest(texts(sofie, talk_id)) == whole
