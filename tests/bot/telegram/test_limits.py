"""We send as fast as Telegram tolerates, and no faster."""

from bot.telegram.limits import Bucket


def test_after_a_burst_each_waits_for_its_turn() -> None:
    bucket = Bucket(rate=1, burst=5)
    assert [bucket.take(100) for _ in range(7)] == [0, 0, 0, 0, 0, 1, 2]


def test_rest_gives_room_again_but_never_more_than_a_burst() -> None:
    bucket = Bucket(rate=2, burst=3)
    for _ in range(3):
        bucket.take(100)
    assert not bucket.rested(101)
    assert [bucket.take(101) for _ in range(3)] == [0, 0, 0.5]
    assert bucket.rested(200)
    assert [bucket.take(200) for _ in range(4)] == [0, 0, 0, 0.5]


def test_no_rate_means_no_limit() -> None:
    bucket = Bucket(rate=0, burst=1)
    assert {bucket.take(100) for _ in range(1000)} == {0}
