"""When people are there, as it is set and as it is told."""

from datetime import datetime

import pytest

from bot.clock import SHANGHAI
from bot.hours import InvalidHours, ServiceHours, opening_words, read_hours

OFFICE = "1-5 9:00-12:00 14:00-17:30; 6 9:00-12:00"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 20th is a Friday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(20, 9), True),
        (at(20, 8, 59), False),
        (at(20, 12), False),
        (at(20, 17, 29), True),
        (at(20, 17, 30), False),
        (at(21, 10), True),
        (at(21, 15), False),
        (at(22, 10), False),
    ],
)
def test_people_are_there_from_the_first_minute_to_the_last(moment: datetime, is_open: bool) -> None:
    assert read_hours(OFFICE).is_open(moment) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        (at(20, 8), at(20, 9)),
        (at(20, 12, 30), at(20, 14)),
        (at(20, 18), at(21, 9)),
        (at(21, 12), at(23, 9)),
        (at(22, 23, 59), at(23, 9)),
    ],
)
def test_they_come_back_at_the_next_opening(moment: datetime, opening: datetime) -> None:
    assert read_hours(OFFICE).next_opening(moment) == opening


def test_hours_and_openings_are_told_in_words() -> None:
    assert read_hours(OFFICE).words == "周一至周五 9:00—12:00、14:00—17:30；周六 9:00—12:00"
    assert opening_words(at(23, 9)) == "11月23日（周一）9:00"


def test_where_nothing_is_set_nothing_is_said() -> None:
    assert read_hours("") == ServiceHours() and ServiceHours().is_open(at(22, 3))


@pytest.mark.parametrize("given", ["9-17", "1-5", "8 9:00-12:00", "5-1 9:00-12:00", "1 12:00-9:00", "1 9:00-25:00"])
def test_what_cannot_be_read_is_refused(given: str) -> None:
    with pytest.raises(InvalidHours):
        read_hours(given)
