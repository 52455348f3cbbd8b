"""Cities, their districts and county-level cities: which place lies in which. No policy is known here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

OTHER = "other"


class City(BaseModel):
    """A city; `districts` are its urban districts and zones (市区), `others` its county-level cities and counties."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    slot: str = OTHER
    aliases: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def urban(self) -> str:
        return f"{self.name}市区"


@dataclass(frozen=True, slots=True)
class Place:
    """A name as people say it, what it names, and the city in which it lies."""

    name: str
    district: str | None
    city: City


@cache
def cities() -> tuple[City, ...]:
    rows = yaml.safe_load((Path(__file__).parent / "regions.yaml").read_text(encoding="utf-8"))
    return tuple(City.model_validate(row) for row in rows)


@cache
def served_cities() -> Mapping[str, City]:
    """The cities that have a value of the slot `city`, by that value."""
    return {city.slot: city for city in cities() if city.slot != OTHER}


def city_name(slot: str) -> str:
    city = served_cities().get(slot)
    return city.name if city else "其他城市"


@cache
def places() -> tuple[Place, ...]:
    """All names of places, longest first, each with and without its 区, 市 or 县 where that is not ambiguous."""
    found: dict[str, Place] = {}
    for place in _all_places():
        found.setdefault(place.name, place)
    return tuple(sorted(found.values(), key=lambda p: -len(p.name)))


def _all_places() -> Iterator[Place]:
    for city in cities():
        yield Place(city.urban, "市区", city)
        yield Place(f"{city.name}市", None, city)
        yield Place(city.name, None, city)
        for name in (*city.districts, *city.others):
            yield Place(name, name, city)
    # Short names come second, so that no district takes a city's name (淮安区, 淮安).
    for city in cities():
        for name in (*city.districts, *city.others):
            short = name[:-1] if name[-1] in "区市县" else name
            if len(short) >= 2 and not name.endswith(("开发区", "高新区", "经开区", "园区", "文旅区", "新区")):
                yield Place(short, name, city)


def is_within(district: str, region: str) -> bool | None:
    """Whether a district lies in a region such as 镇江市区; None where the district is not known."""
    city = next((c for c in cities() if c.urban == region), None)
    if city is None:
        return None
    plain = district.removeprefix(city.name).removeprefix("市") or district
    if plain in {"市区", "城区", "主城区", "区"} or district == city.urban:
        return True
    for names, inside in ((city.districts, True), (city.others, False)):
        for name in names:
            short = name.removeprefix(city.name)
            if plain in {name, short, name[:-1], short[:-1]} or district in {name, name[:-1]}:
                return inside
    # 丹阳经济开发区, 京口工业园: a zone lies where the place in its name lies; county-level cities first.
    for names, inside in ((city.others, False), (city.districts, True)):
        if any(name.removeprefix(city.name)[:2] in plain for name in names if not name.startswith(city.name)):
            return inside
    for place in places():
        if place.name == plain and place.city is not city:
            return False
    return None
