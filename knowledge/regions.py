"""Cities, their districts and county-level cities: which place lies in which. No policy is known here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

OTHER = "other"
_SHORT = 2
_PLAIN = {"经济技术开发区": "经开区", "新区": "经开区"}
_ZONE_ENDS = ("开发区", "高新区", "经开区", "园区", "文旅区", "新区", "保税区", "港务区")


class City(BaseModel):
    """A city; `districts` are its urban districts and zones (市区), `others` its county-level cities and counties.

    `zones` are more names of zones in the urban area; `shared` are names among all these that another city has as well,
    `shortened` what people call a district besides.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    slot: str = OTHER
    aliases: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    shortened: tuple[tuple[str, str], ...] = ()

    @property
    def urban(self) -> str:
        return f"{self.name}市区"

    @property
    def urban_parts(self) -> tuple[str, ...]:
        """Its districts and zones as people call them, each once."""
        plain = (name.removeprefix(self.name) for name in self.districts)
        return tuple(dict.fromkeys(_PLAIN.get(name, name) for name in plain))


@dataclass(frozen=True, slots=True)
class Place:
    """A name as people say it, what it names, and the city in which it lies.

    `rivals` are the other cities that have a place of this name: alone, it does not tell the city.
    """

    name: str
    district: str | None
    city: City
    rivals: tuple[City, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it is a short name of a district or county, which everyday words may hold by chance."""
        return self.district is not None and len(self.name) <= _SHORT

    @property
    def candidates(self) -> tuple[City, ...]:
        return (self.city, *self.rivals)

    def within(self, city: City) -> "Place":
        """The place of this name in one of its cities."""
        return replace(self, city=city, rivals=())


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


def city_of(name: str) -> str:
    """The city in which a place lies, by its name; the name itself where it is not known."""
    return next((place.city.name for place in places() if place.name == name), name)


@cache
def places() -> tuple[Place, ...]:
    """All names of places, longest first, each with and without its 区, 市 or 县 where that is not ambiguous."""
    found: dict[str, Place] = {}
    for place in _all_places():
        first = found.setdefault(place.name, place)
        if first is not place and place.district in place.city.shared and first.district == place.district:
            found[place.name] = replace(first, rivals=(*first.rivals, place.city))
    return tuple(sorted(found.values(), key=lambda p: -len(p.name)))


def _all_places() -> Iterator[Place]:
    for city in cities():
        yield Place(city.urban, "市区", city)
        yield Place(f"{city.name}市", None, city)
        yield Place(city.name, None, city)
        for name in (*city.districts, *city.zones, *city.others):
            yield Place(name, name, city)
    # Short names come second, so that no district takes a city's name (淮安区, 淮安).
    for city in cities():
        for name in (*city.districts, *city.others):
            short = name[:-1] if name[-1] in "区市县" else name
            if len(short) >= _SHORT and not name.endswith(_ZONE_ENDS):
                yield Place(short, name, city)
        for short, name in city.shortened:
            yield Place(short, name, city)


# 六合一家省专: what follows counts the firm.
_ONE = ("一家", "一个")


@cache
def _lookalikes() -> Mapping[str, frozenset[str]]:
    rows = yaml.safe_load((Path(__file__).parent / "lookalikes.yaml").read_text(encoding="utf-8"))
    return {side: frozenset(pairs) for side, pairs in rows.items()}


def is_part_of_a_word(text: str, start: int, end: int) -> bool:
    """Whether the characters of a short name belong to everyday words around it: 影响水平, 例如东南亚."""
    known = _lookalikes()
    goes_on = text[end : end + 2] not in _ONE and text[end - 1 : end + 1] in known["after"]
    return goes_on or text[max(0, start - 1) : start + 1] in known["before"]


@cache
def _places_by_start() -> Mapping[str, tuple[int, ...]]:
    """Positions in `places`, longest name first, by the first character of the name in lower case."""
    found: dict[str, list[int]] = {}
    for at, place in enumerate(places()):
        found.setdefault(place.name[0].lower(), []).append(at)
    return {first: tuple(positions) for first, positions in found.items()}


def places_that_may_stand_in(text: str) -> Iterator[Place]:
    """Places whose name begins with a character of the text, longest name first."""
    starts = _places_by_start()
    for at in sorted(at for first in set(text) for at in starts.get(first, ())):
        yield places()[at]


def is_within(district: str, region: str) -> bool | None:
    """Whether a district lies in a region such as 镇江市区; None where the district is not known."""
    city = next((c for c in cities() if c.urban == region), None)
    if city is None:
        return None
    plain = district.removeprefix(city.name).removeprefix("市") or district
    if plain in {"市区", "城区", "主城区", "区"} or district == city.urban:
        return True
    for names, inside in ((city.districts, True), (city.zones, True), (city.others, False)):
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
