"""The places that a text names, and the city in which each lies."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.regions import (
    OTHER,
    City,
    Place,
    city_name,
    is_part_of_a_word,
    places_that_may_stand_in,
    served_cities,
)

# 盐城海关, 南京大学: the place of an institution, not of the speaker.
_INSTITUTIONS = ("海关", "大学", "银行", "高校", "市委", "市政", "口岸", "机场", "港口", "码头")
# 南京口岸旁边的货代: near something that is called after a place.
_NEAR_A_LANDMARK = re.compile(r"^市?[\u4e00-\u9fff]{1,5}?(?:旁边?|附近|边上|对面|周边|隔壁)")


def find_places(text: str, around: str = "") -> Iterator[tuple[Place, int, int]]:
    """Places named in a text with their spans, in order; a longer name hides the shorter within it.

    A name that several cities have is one of them where the text, or the one around it, names that city, and else is
    left out.
    """
    for place, start, end in _named_places(text):
        if not place.rivals:
            yield place, start, end
        elif held := _meant(place, around or text):
            yield place.within(held), start, end


def unclear_places(text: str) -> tuple[Place, ...]:
    """Places named in a text whose name several cities have, none of which it names."""
    return tuple(place for place, _, _ in _named_places(text) if place.rivals and _meant(place, text) is None)


def is_part_of_a_name(after: str) -> bool:
    """南京海关, 盐城港附近: whether a place is only what something else is called after."""
    return after[:2] in _INSTITUTIONS or _NEAR_A_LANDMARK.match(after) is not None


def _meant(place: Place, text: str) -> City | None:
    """The city named in a text that a shared name of a place can be in; any, where all of them have no document."""
    named = {found.city.name for found, _, _ in _named_places(text) if not found.rivals}
    held = next((city for city in place.candidates if city.name in named), None)
    unserved = all(city.slot == OTHER for city in place.candidates)
    return held or (place.city if unserved else None)


@lru_cache(maxsize=256)
def _named_places(text: str) -> tuple[tuple[Place, int, int], ...]:
    taken = [False] * len(text)
    found: list[tuple[Place, int, int]] = []
    for place in places_that_may_stand_in(text):
        name = place.name.lower()
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]) and not (place.is_short and is_part_of_a_word(text, start, end)):
                taken[start:end] = [True] * (end - start)
                found.append((place, start, end))
            start = text.find(name, start + 1)
    return tuple(sorted(found, key=lambda f: f[1]))


def served(named: Iterable[Place]) -> tuple[str, ...]:
    """The served cities among places, whoever is there."""
    return tuple(dict.fromkeys(p.city.slot for p in named if p.city.slot in served_cities()))


def without_cities(text: str, cities: Iterable[str]) -> str:
    """A message without the names of cities: 南京是不是啥都没有."""
    return re.sub("|".join(f"{city_name(city)}市?" for city in cities) or r"(?!)", "", text)
