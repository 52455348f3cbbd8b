"""Several things wished for in one message: each is told as it was said, and none that was not named."""

import pytest

from tests.chains.visitor import Visitor, statuses

VOUCHER, REFINANCING = "nanjing-computing-voucher", "nanjing-refinancing-fund"
TITLE, WHITELIST, LISTING = "nanjing-title-self-review", "nanjing-financing-whitelist", "nanjing-listing-service"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            "我们是盐城阜宁的省专，想做产品碳足迹，产品卖到国外又怕被人告侵权",
            ["yancheng-carbon-footprint", "yancheng-ip-overseas"],
        ),
        (
            "南京高淳的省专，电想自己去批发市场上买，厂房不够用缺用地指标",
            ["nanjing-power-trading", "nanjing-land-quota"],
        ),
        (
            "淮安涟水省级专精特新，担保费能不能便宜点，另外想在国外建个仓",
            ["huaian-guarantee-fee", "huaian-overseas-warehouse"],
        ),
        (
            "我们在南京栖霞，省专，研发机构想升成国家级的，还有货款老被拖欠管不管",
            ["nanjing-rd-centre-upgrade", "nanjing-arrears-protection"],
        ),
        (
            "连云港赣榆的小巨人，后备库能进吗，专精特新板挂牌呢",
            ["lianyungang-listing-reserve", "lianyungang-equity-board"],
        ),
    ],
)
def test_each_of_several_wishes_is_told_as_they_were_said(visitor: Visitor, said: str, wanted: list[str]) -> None:
    assert list(statuses(visitor.say(said))) == wanted


def test_bare_names_in_a_row_are_each_meant(visitor: Visitor) -> None:
    reply = visitor.say("我们在南京，省专，转贷 融资白名单 上市 都有什么条件")
    assert list(statuses(reply)) == [REFINANCING, WHITELIST, LISTING]


def test_what_is_counted_up_is_found_and_its_places_hold_afterwards(visitor: Visitor) -> None:
    visitor.says("领导让我查三件事 一是算力券 二是转贷 三是职称", "我们南京的省专")
    assert list(visitor.conversation.in_order) == [VOUCHER, REFINANCING, TITLE]
    assert "市人社局" in visitor.say("第三个找谁").text


def test_what_stands_beside_another_in_a_clause_is_looked_up_by_itself(visitor: Visitor) -> None:
    reply = visitor.say("连云港东海的 啥称号都没 智改数转的奖补和贷款贴息有份没")
    assert set(statuses(reply)) == {"lianyungang-digital-subsidy", "lianyungang-digital-interest-subsidy"}


def test_a_question_about_one_of_several_things_ends_the_wish_for_none(visitor: Visitor) -> None:
    visitor.says("南京六合 有没有降气价的，电也想直接去批发市场买", "气价到底能降几毛钱")
    reply = visitor.say("省级专精特新")
    assert set(statuses(reply)) == {"nanjing-gas-price", "nanjing-power-trading"}


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            "软件公司，六十几个人，南京的省专，标准奖励、大模型备案奖我们能拿吗",
            {"nanjing-standards-award", "nanjing-genai-filing-award"},
        ),
        ("老板要办APEC卡，我们南京省专，有出口，绿色通道走得了吗", {"nanjing-apec-card"}),
        ("转贷基金我们能用吗，南京的省专，私企，有笔贷款下月到期，直接说别绕", {REFINANCING}),
        (
            "南京的省专，工业企业，员工12个，去年280万营业收入，政采那个价格扣除有我们份吗",
            {"nanjing-procurement-discount"},
        ),
    ],
)
def test_what_is_only_told_beside_a_wish_is_no_wish(visitor: Visitor, said: str, wanted: set[str]) -> None:
    assert set(statuses(visitor.say(said))) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("溧水 小巨人 想上市 还想评职称", {LISTING, TITLE}),
        ("我们公司有120人，省专，南京江宁，想找贷款，也想上市", {REFINANCING, LISTING}),
        ("我们是规上企业，淮安清江浦，省专，想融资", {"huaian-guarantee-fee"}),
        ("连云港 灌云 创新型 想升省专", {"lianyungang-provincial-title"}),
    ],
)
def test_a_wish_in_two_characters_is_one(visitor: Visitor, said: str, wanted: set[str]) -> None:
    assert wanted <= set(statuses(visitor.say(said)))


def test_one_of_several_wishes_is_asked_on_by_its_word(visitor: Visitor) -> None:
    reply = visitor.says("溧水 小巨人 想上市 还想评职称", "上市给奖励吗")
    assert list(statuses(reply)) == [LISTING]
    assert "是否有上市奖励" in reply.text
