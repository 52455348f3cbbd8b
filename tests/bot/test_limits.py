"""A minute's worth at once, then as it refills."""

from bot.http import limits
from bot.http.limits import Limiter


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_minutes_worth_may_come_at_once_and_then_as_it_refills() -> None:
    watch = Watch()
    limiter = Limiter(6, watch)
    assert [limiter.wait_for("a") for _ in range(7)] == [0] * 6 + [10]
    watch.seconds = 9.9
    assert limiter.wait_for("a") == 1
    watch.seconds = 10
    assert [limiter.wait_for("a"), limiter.wait_for("a")] == [0, 10]
    watch.seconds = 1000
    assert [limiter.wait_for("a") for _ in range(7)] == [0] * 6 + [10]


def test_one_does_not_use_up_what_is_anothers() -> None:
    limiter = Limiter(1, Watch())
    assert [limiter.wait_for("a"), limiter.wait_for("b"), limiter.wait_for("a")] == [0, 0, 60]


def test_zero_lets_everything_through() -> None:
    limiter = Limiter(0, Watch())
    assert not any(limiter.wait_for("a") for _ in range(1000))


def test_those_who_have_long_gone_are_forgotten() -> None:
    watch = Watch()
    limiter = Limiter(2, watch)
    for i in range(limits._MOST_BUCKETS):
        limiter.wait_for(f"passer-by {i}")
    limiter.wait_for("regular")
    limiter.wait_for("regular")
    watch.seconds = 31
    limiter.wait_for("new")
    assert len(limiter._buckets) == 2
