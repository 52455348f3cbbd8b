"""Sizes by 工信部联企业〔2011〕300号, industry by industry, at the limits and between them."""

from decimal import Decimal

import pytest

from knowledge.profile import slots
from knowledge.size import SIZES, Measures, classify, industries

# The limits as printed in the standard: the least that makes an enterprise small, medium, large.
# Assets and turnover are in 10,000 yuan.
STANDARD: dict[str, dict[str, tuple[int, int, int]]] = {
    "农林牧渔业": {"turnover": (50, 500, 20_000)},
    "工业": {"staff": (20, 300, 1000), "turnover": (300, 2000, 40_000)},
    "建筑业": {"turnover": (300, 6000, 80_000), "assets": (300, 5000, 80_000)},
    "批发业": {"staff": (5, 20, 200), "turnover": (1000, 5000, 40_000)},
    "零售业": {"staff": (10, 50, 300), "turnover": (100, 500, 20_000)},
    "交通运输业": {"staff": (20, 300, 1000), "turnover": (200, 3000, 30_000)},
    "仓储业": {"staff": (20, 100, 200), "turnover": (100, 1000, 30_000)},
    "邮政业": {"staff": (20, 300, 1000), "turnover": (100, 2000, 30_000)},
    "住宿业": {"staff": (10, 100, 300), "turnover": (100, 2000, 10_000)},
    "餐饮业": {"staff": (10, 100, 300), "turnover": (100, 2000, 10_000)},
    "信息传输业": {"staff": (10, 100, 2000), "turnover": (100, 1000, 100_000)},
    "软件和信息技术服务业": {"staff": (10, 100, 300), "turnover": (50, 1000, 10_000)},
    "房地产开发经营": {"turnover": (100, 1000, 200_000), "assets": (2000, 5000, 10_000)},
    "物业管理": {"staff": (100, 300, 1000), "turnover": (500, 1000, 5000)},
    "租赁和商务服务业": {"staff": (10, 100, 300), "assets": (100, 8000, 120_000)},
    "其他未列明行业": {"staff": (10, 100, 300)},
}


def measures(**values: float) -> Measures:
    return Measures(**{name: Decimal(str(value)) for name, value in values.items()})


def rows() -> list[object]:
    return [pytest.param(name, id=name) for name in STANDARD]


def test_sizes_are_those_of_the_slot() -> None:
    assert slots()["size"].values == SIZES


def test_no_industry_is_invented() -> None:
    assert {r["industry"] for r in industries()} <= set(STANDARD)


@pytest.mark.parametrize("industry", rows())
def test_the_limits_are_those_of_the_standard(industry: str) -> None:
    limits = {r["industry"]: r["limits"] for r in industries()}.get(industry, {})
    assert {name: tuple(values) for name, values in limits.items()} == STANDARD[industry]


@pytest.mark.parametrize("industry", rows())
@pytest.mark.parametrize(("rank", "size"), [(0, "small"), (1, "medium"), (2, "large")])
def test_who_reaches_every_limit_is_of_that_size(industry: str, rank: int, size: str) -> None:
    assert classify(industry, measures(**{n: limits[rank] for n, limits in STANDARD[industry].items()})) == size


@pytest.mark.parametrize("industry", rows())
@pytest.mark.parametrize(("rank", "size"), [(0, "micro"), (1, "small"), (2, "medium")])
def test_who_misses_a_single_limit_is_of_the_size_below(industry: str, rank: int, size: str) -> None:
    reached = {n: limits[rank] for n, limits in STANDARD[industry].items()}
    for name, limit in reached.items():
        assert classify(industry, measures(**{**reached, name: limit - 0.01})) == size


@pytest.mark.parametrize("industry", [n for n in STANDARD if len(STANDARD[n]) == 2])
def test_one_low_measure_decides_and_one_high_measure_does_not(industry: str) -> None:
    for name, limits in STANDARD[industry].items():
        assert classify(industry, measures(**{name: limits[0] - 1})) == "micro"
        assert classify(industry, measures(**{name: limits[2]})) is None


def test_58_people_and_32_million_in_industry_are_small() -> None:
    assert classify("工业", measures(staff=58, turnover=3200)) == "small"


def test_a_measure_that_the_standard_does_not_ask_for_changes_nothing() -> None:
    assert classify("工业", measures(staff=58, turnover=3200, assets=1)) == "small"


def test_without_measures_the_size_is_not_known() -> None:
    assert classify("工业", Measures()) is None


def test_in_an_unknown_industry_the_size_is_not_known() -> None:
    assert classify("渔船修造", measures(staff=5, turnover=5)) is None
