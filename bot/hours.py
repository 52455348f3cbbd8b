"""When people are there to answer: hours of the week in Asia/Shanghai. It knows no holidays."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.clock import SHANGHAI

_DAYS: Final = "一二三四五六日"
_GROUP: Final = re.compile(r"([1-7])(?:-([1-7]))?((?: +\d{1,2}:\d{2}-\d{1,2}:\d{2})+)")
_RANGE: Final = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


class InvalidHours(ValueError):
    """Hours that cannot be read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one time to another on some days of the week, Monday being 0."""

    days: tuple[int, ...]
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """No stretches: it is not said when people are there."""

    stretches: tuple[Stretch, ...] = ()

    def is_open(self, at: datetime) -> bool:
        """Whether people are there; taken for granted where nothing is said."""
        here = at.astimezone(SHANGHAI)
        within = (s.begins <= here.time() < s.ends for s in self.stretches if here.weekday() in s.days)
        return not self.stretches or any(within)

    def next_opening(self, at: datetime) -> datetime:
        """When people come next, seen from a time when nobody is there."""
        here = at.astimezone(SHANGHAI)
        openings = (
            datetime.combine(day, stretch.begins, SHANGHAI)
            for day in (here.date() + timedelta(days=ahead) for ahead in range(8))
            for stretch in self.stretches
            if day.weekday() in stretch.days
        )
        return min(opening for opening in openings if opening > here)

    @property
    def words(self) -> str:
        """周一至周五 9:00—12:00、14:00—17:30；周六 9:00—12:00"""
        grouped: dict[tuple[int, ...], list[str]] = {}
        for stretch in self.stretches:
            grouped.setdefault(stretch.days, []).append(f"{_clock(stretch.begins)}—{_clock(stretch.ends)}")
        return "；".join(f"{_days(days)} {'、'.join(times)}" for days, times in grouped.items())


def read_hours(given: str) -> ServiceHours:
    """Reads `1-5 9:00-12:00 14:00-17:30; 6 9:00-12:00`, Monday being 1. Raises InvalidHours."""
    stretches: list[Stretch] = []
    for group in filter(None, (part.strip() for part in given.split(";"))):
        found = _GROUP.fullmatch(group)
        if found is None:
            raise InvalidHours(group)
        first, last = int(found[1]), int(found[2] or found[1])
        for begins, ends in (_times(match) for match in _RANGE.finditer(found[3])):
            if first > last or begins >= ends:
                raise InvalidHours(group)
            stretches.append(Stretch(tuple(range(first - 1, last)), begins, ends))
    return ServiceHours(tuple(stretches))


def opening_words(opening: datetime) -> str:
    """11月23日（周一）9:00"""
    here = opening.astimezone(SHANGHAI)
    return f"{here.month}月{here.day}日（周{_DAYS[here.weekday()]}）{_clock(here.time())}"


def _times(match: re.Match[str]) -> tuple[time, time]:
    try:
        return time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError:
        raise InvalidHours(match[0]) from None


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}"


def _days(days: tuple[int, ...]) -> str:
    first, last = f"周{_DAYS[days[0]]}", f"周{_DAYS[days[-1]]}"
    return first if first == last else f"{first}至{last}"
