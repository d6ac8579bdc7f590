"""Only one process has the right to poll; when it dies, another one gets it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import Store
from bot.storage.lease import TERM, Holder, held, let_go, take
from tests.bot.storage.house import NOON, House

ANNA, BO = Holder("anna", "process 1 of amt"), Holder("bo", "process 2 of amt")
MOMENT = timedelta(seconds=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = House(tmp_path).migrate().open()
    yield opened
    opened.close()


def test_who_comes_first_has_it_as_long_as_it_is_renewed(store: Store) -> None:
    assert store.run_now(take, "polling", ANNA, NOON).by == ANNA
    store.run_now(take, "polling", ANNA, NOON + TERM - MOMENT)
    found = store.run_now(take, "polling", BO, NOON + TERM + MOMENT)
    assert (found.by, found.since) == (ANNA, NOON)
    assert found.until == NOON + 2 * TERM - MOMENT


def test_when_it_has_run_out_the_next_one_has_it(store: Store) -> None:
    store.run_now(take, "polling", ANNA, NOON)
    found = store.run_now(take, "polling", BO, NOON + TERM)
    assert (found.by, found.since) == (BO, NOON + TERM)
    assert store.run_now(take, "polling", ANNA, NOON + TERM + MOMENT).by == BO


def test_it_is_given_back_only_by_who_has_it(store: Store) -> None:
    store.run_now(take, "polling", ANNA, NOON)
    store.run_now(let_go, "polling", BO.id)
    assert store.run_now(held, "polling") is not None
    store.run_now(let_go, "polling", ANNA.id)
    assert store.run_now(held, "polling") is None
    assert store.run_now(take, "polling", BO, NOON).by == BO


def test_other_rights_are_not_touched(store: Store) -> None:
    store.run_now(take, "polling", ANNA, NOON)
    assert store.run_now(take, "upkeep", BO, NOON).by == BO
