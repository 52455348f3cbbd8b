"""What strangers' dialogues taught: the trade decides the size, what is not settled is no no, each wish its verdict."""

import pytest

from chains.trades import industries_of
from chains.understanding import understand
from tests.chains.visitor import Visitor, profile, statuses

DISCOUNT = "nanjing-procurement-discount"


def size_of(text: str) -> object:
    return fact.value if (fact := understand(f"南京的省专，{text}").facts.get("size")) else None


# What a firm does decides its industry, and that its size.


@pytest.mark.parametrize(
    ("said", "industries"),
    [
        ("做电子元器件批发的", "批发业"),
        ("开服装店的", "零售业"),
        ("卖阀门的", "批发业、零售业"),
        ("代理进口医疗器械的", "批发业、零售业"),
        ("给人送货的", "交通运输业、邮政业"),
        ("给汽车厂写软件的", "软件和信息技术服务业"),
        ("开饭店的", "餐饮业"),
        ("管小区的", "物业管理"),
        ("做汽车租赁的", "租赁和商务服务业"),
        ("做汽车维修的", "其他未列明行业"),
        ("做医药贸易的公司", "批发业"),
        ("做工业软件的", "软件和信息技术服务业"),
        ("做芯片设计的", "软件和信息技术服务业"),
    ],
)
def test_what_is_done_decides_before_what_is_dealt_in(said: str, industries: str) -> None:
    assert industries_of(said) == industries


@pytest.mark.parametrize(
    "said",
    [
        "做传感器的",
        "做仓储货架的",
        "做酒店用品的",
        "做食品卖给超市",
        "主要从事阀门的研发、生产和销售",
        "做阀门的，去年买了套软件",
        "做阀门的，客户是酒店",
    ],
)
def test_who_makes_goods_is_of_the_industry_whatever_else_is_named(said: str) -> None:
    assert industries_of(said) == "工业"


@pytest.mark.parametrize("said", ["生产加批发五金", "既生产也批发阀门", "做食品加工和批发的"])
def test_two_trades_are_both_held(said: str) -> None:
    assert industries_of(said) == "工业、批发业"


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("做五金批发的，4个人，营业额900万", "micro"),
        ("做五金批发的，5个人，营业额1000万", "small"),
        ("做五金批发的，19个人，营业额7000万", "small"),
        ("做五金批发的，26个人，营业额4999万", "small"),
        ("做五金批发的，20个人，营业额5000万", "medium"),
        ("做五金批发的，200个人，营业额4亿", "large"),
        ("开服装店的，49个人，营业额600万", "small"),
        ("开服装店的，50个人，营业额500万", "medium"),
        ("写软件的，不到100人，营收1000万", "small"),
        ("写软件的，100人，营收1000万", "medium"),
        ("做阀门的工厂，300人，营收不到2000万", "small"),
        ("做阀门的工厂，310人，其中研发80人，营收1.2亿", "medium"),
        ("生产加批发五金，26人，营收4000万", "small"),
    ],
)
def test_the_size_follows_the_trade_at_each_border(said: str, size: str) -> None:
    assert size_of(said) == size


@pytest.mark.parametrize(
    "said",
    [
        "26个人，营业额7000万",
        "生产加批发五金，26人，营收7000万",
        "卖阀门的，26人，营收7000万",
        "写软件的，一百来号人，营收2000万",
        "做培训的，26人，营收7000万",
    ],
)
def test_a_size_that_the_words_leave_open_is_not_guessed(said: str) -> None:
    assert size_of(said) is None


def test_a_wholesaler_of_electronics_is_not_judged_as_a_factory(visitor: Visitor) -> None:
    said = "我们做电子元器件批发的，26个人，去年营业额7000万，南京溧水，省级专精特新，政采评审价格扣除够格吗"
    assert statuses(visitor.say(said))[DISCOUNT] == "ineligible"


def test_another_trade_takes_back_the_size_that_was_worked_out(visitor: Visitor) -> None:
    assert profile(visitor.say("我们做电子元器件的，26个人，去年营业额7000万，南京的省专"))["size"] == "small"
    assert profile(visitor.say("主要是做批发的")).get("size") is None
