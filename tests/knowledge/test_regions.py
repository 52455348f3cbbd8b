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
        for names, inside in ((city.districts, True), (city.zones, True), (city.others, False))
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


def test_no_two_cities_share_a_name_that_is_not_marked_so() -> None:
    held: dict[str, set[str]] = {}
    marked: dict[str, set[str]] = {}
    for city in cities():
        for name in (*city.districts, *city.zones, *city.others):
            held.setdefault(name, set()).add(city.name)
        for name in city.shared:
            marked.setdefault(name, set()).add(city.name)
    assert {name: where for name, where in held.items() if len(where) > 1} == marked


# Every district, county-level city and county of Jiangsu.
JIANGSU = {
    "南京": "玄武区 秦淮区 建邺区 鼓楼区 浦口区 栖霞区 雨花台区 江宁区 六合区 溧水区 高淳区",
    "无锡": "锡山区 惠山区 滨湖区 梁溪区 新吴区 江阴市 宜兴市",
    "徐州": "鼓楼区 云龙区 贾汪区 泉山区 铜山区 丰县 沛县 睢宁县 新沂市 邳州市",
    "常州": "天宁区 钟楼区 新北区 武进区 金坛区 溧阳市",
    "苏州": "虎丘区 吴中区 相城区 姑苏区 吴江区 常熟市 张家港市 昆山市 太仓市",
    "南通": "崇川区 通州区 海门区 如东县 启东市 如皋市 海安市",
    "连云港": "连云区 海州区 赣榆区 东海县 灌云县 灌南县",
    "淮安": "淮安区 淮阴区 清江浦区 洪泽区 涟水县 盱眙县 金湖县",
    "盐城": "亭湖区 盐都区 大丰区 响水县 滨海县 阜宁县 射阳县 建湖县 东台市",
    "扬州": "广陵区 邗江区 江都区 宝应县 仪征市 高邮市",
    "镇江": "京口区 润州区 丹徒区 丹阳市 扬中市 句容市",
    "泰州": "海陵区 高港区 姜堰区 兴化市 靖江市 泰兴市",
    "宿迁": "宿城区 宿豫区 沭阳县 泗阳县 泗洪县",
}
DISTRICTS = [(name, city) for city, names in JIANGSU.items() for name in names.split()]


def test_jiangsu_has_55_districts_21_county_level_cities_and_19_counties() -> None:
    names = [name for name, _ in DISTRICTS]
    assert [sum(name.endswith(end) for name in names) for end in "区市县"] == [55, 21, 19]


@pytest.mark.parametrize(("name", "city"), DISTRICTS)
def test_every_place_of_jiangsu_lies_in_its_city(name: str, city: str) -> None:
    place = next(p for p in places() if p.name == name)
    assert city in {c.name for c in place.candidates}
    assert place.rivals or place.city.name == city


@pytest.mark.parametrize(("name", "city"), [(n, c) for n, c in DISTRICTS if len(n) > 2 and n != "淮安区"])
def test_every_place_of_jiangsu_is_known_by_its_short_name(name: str, city: str) -> None:
    place = next(p for p in places() if p.name == name[:-1])
    assert city in {c.name for c in place.candidates}


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("苏州工业园区", "苏州"),
        ("苏州园区", "苏州"),
        ("盐南高新区", "盐城"),
        ("徐圩新区", "连云港"),
        ("镇江新区", "镇江"),
        ("南京软件谷", "南京"),
        ("医药高新区", "泰州"),
        ("苏宿工业园区", "宿迁"),
        ("常州科教城", "常州"),
    ],
)
def test_a_zone_that_people_name_lies_in_its_city(name: str, city: str) -> None:
    assert next(p for p in places() if p.name == name).city.name == city


def test_names_that_every_city_has_are_no_place() -> None:
    assert {"经开区", "高新区", "新区", "市区", "开发区"} & {p.name for p in places()} == set()


@pytest.mark.parametrize("slot", SERVED)
def test_a_served_city_lists_where_it_lies(slot: str) -> None:
    city = served_cities()[slot]
    assert len(city.districts) >= 6
    assert all(name.endswith(("市", "县")) for name in city.others)
