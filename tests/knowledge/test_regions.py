"""Places are known by the names people use for them, and each lies in one city, inside or outside its urban area."""

import pytest

from knowledge.profile import slots
from knowledge.regions import OTHER, cities, city_name, is_within, places, served_cities

SERVED = ("nanjing", "yancheng", "huaian", "lianyungang", "zhenjiang")


def place_named(name: str) -> tuple[str, str | None]:
    found = next(p for p in places() if p.name == name)
    return found.city.slot, found.district


def test_five_cities_are_served() -> None:
    assert tuple(served_cities()) == SERVED
    assert (*SERVED, OTHER) == slots()["city"].values


@pytest.mark.parametrize(
    ("slot", "name"),
    [("nanjing", "南京"), ("yancheng", "盐城"), ("huaian", "淮安"), ("lianyungang", "连云港"), ("zhenjiang", "镇江")],
)
def test_a_city_has_a_name(slot: str, name: str) -> None:
    assert city_name(slot) == name


def test_a_city_that_is_not_served_is_another() -> None:
    assert city_name("suzhou") == "其他城市"


@pytest.mark.parametrize(
    "district", ["京口", "京口区", "润州", "润州区", "丹徒", "丹徒区", "镇江经开区", "镇江高新区", "镇江新区", "市区"]
)
def test_districts_and_zones_of_zhenjiang_are_its_urban_area(district: str) -> None:
    assert is_within(district, "镇江市区") is True


@pytest.mark.parametrize(
    "district", ["经开区", "高新区", "镇江市京口区", "镇江京口", "镇江市区", "城区", "主城区", "镇江市经开区"]
)
def test_a_district_is_known_by_its_short_and_its_long_name(district: str) -> None:
    assert is_within(district, "镇江市区") is True


@pytest.mark.parametrize("district", ["丹阳", "丹阳市", "扬中", "扬中市", "句容", "句容市", "镇江丹阳", "镇江市句容市"])
def test_county_level_cities_of_zhenjiang_are_outside(district: str) -> None:
    assert is_within(district, "镇江市区") is False


@pytest.mark.parametrize("district", ["建邺区", "江北新区", "淮阴区", "海州区", "东台市", "昆山市", "南京"])
def test_a_place_in_another_city_is_outside(district: str) -> None:
    assert is_within(district, "镇江市区") is False


@pytest.mark.parametrize("district", ["东城", "某某镇", "科技园", "不知道", "x"])
def test_a_place_that_is_not_known_is_neither_inside_nor_outside(district: str) -> None:
    assert is_within(district, "镇江市区") is None


def test_a_region_that_is_not_known_tells_nothing() -> None:
    assert is_within("京口区", "云溪市区") is None


def test_every_district_lies_in_its_own_city_and_every_county_outside_its_urban_area() -> None:
    wrong = [
        (name, city.name)
        for city in served_cities().values()
        for names, inside in ((city.districts, True), (city.others, False))
        for name in names
        if is_within(name, city.urban) is not inside
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "slot", "district"),
    [
        ("南京", "nanjing", None),
        ("南京市", "nanjing", None),
        ("江北新区", "nanjing", "江北新区"),
        ("建邺", "nanjing", "建邺区"),
        ("六合", "nanjing", "六合区"),
        ("浦口区", "nanjing", "浦口区"),
        ("淮安", "huaian", None),
        ("淮安区", "huaian", "淮安区"),
        ("盱眙", "huaian", "盱眙县"),
        ("清江浦", "huaian", "清江浦区"),
        ("连云港", "lianyungang", None),
        ("连云区", "lianyungang", "连云区"),
        ("东海县", "lianyungang", "东海县"),
        ("灌云", "lianyungang", "灌云县"),
        ("盐都", "yancheng", "盐都区"),
        ("东台", "yancheng", "东台市"),
        ("丹阳", "zhenjiang", "丹阳市"),
        ("丹徒", "zhenjiang", "丹徒区"),
        ("镇江市区", "zhenjiang", "市区"),
        ("昆山", OTHER, "昆山市"),
        ("苏州", OTHER, None),
    ],
)
def test_a_place_is_found_by_name(name: str, slot: str, district: str | None) -> None:
    assert place_named(name) == (slot, district)


def test_longer_names_come_first() -> None:
    lengths = [len(p.name) for p in places()]
    assert lengths == sorted(lengths, reverse=True)


def test_no_name_stands_for_two_places() -> None:
    names = [p.name for p in places()]
    assert len(names) == len(set(names))


def test_no_district_is_named_in_two_cities() -> None:
    names = [name for city in cities() for name in (*city.districts, *city.others)]
    assert [n for n in names if names.count(n) > 1] == []


def test_names_that_every_city_has_are_no_place() -> None:
    assert {"经开区", "高新区", "新区", "市区", "开发区"} & {p.name for p in places()} == set()


@pytest.mark.parametrize("slot", SERVED)
def test_a_served_city_lists_where_it_lies(slot: str) -> None:
    city = served_cities()[slot]
    assert len(city.districts) >= 6
    assert all(name.endswith(("市", "县")) for name in city.others)
