"""Only one process has the right to poll; when it dies, another one gets it."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

from bot.storage import Store
from bot.storage.lease import TERM, LeaseOwner, held, let_go, take, this_process
from tests.bot.storage.house import NOON

ANNA = LeaseOwner("anna", "process 1 on amt", "amt", 1)
BO = LeaseOwner("bo", "process 2 on by", "by", 1)
MOMENT = timedelta(seconds=1)


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


def test_on_the_same_machine_a_process_that_has_died_is_seen_at_once(
    store: Store,
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    living = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    ended.wait()
    me = this_process()
    assert me.machine
    for process, got in ((living.pid, "anna"), (ended.pid, me.id)):
        anna = replace(ANNA, machine=me.machine, process=process)
        store.run_now(take, "polling", anna, NOON)
        assert store.run_now(take, "polling", me, NOON + MOMENT).by.id == got
    living.communicate()


def test_other_rights_are_not_touched(store: Store) -> None:
    store.run_now(take, "polling", ANNA, NOON)
    assert store.run_now(take, "upkeep", BO, NOON).by == BO
