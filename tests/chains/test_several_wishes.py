"""Several things wished for in one message: each is told as it was said, and none that was not named."""

import pytest

from tests.chains.visitor import Visitor, provisions, statuses

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


# Several questions at once, of what was told and of another thing.


@pytest.mark.parametrize(
    ("begun", "said", "told"),
    [
        (
            "南京小巨人，承担国家关键技术攻关任务，资助能拿吗",
            "最高多少钱，归哪几个局？另外AEO又是找谁",
            ("1/1", "4/11"),
        ),
        ("南京，省级专精特新，算力券给多少", "归哪个局？还有APEC卡怎么办", ("3/8", "4/11")),
        ("南京小巨人奖励多少", "什么时候到账？另外融资白名单找谁", ("2/5", "2/6")),
        ("南京租房补贴硕士多少", "要什么条件？再问一下，算力券归谁管", ("5/13", "3/8")),
    ],
)
def test_what_was_told_and_another_thing_are_both_answered(
    visitor: Visitor, begun: str, said: str, told: tuple[str, ...]
) -> None:
    places = {place for _, place in provisions(visitor.says(begun, said))}
    assert set(told) <= places


@pytest.mark.parametrize("said", ["给多少？另外找谁", "归哪个局？还有要什么材料"])
def test_questions_that_name_nothing_are_of_what_was_told(visitor: Visitor, said: str) -> None:
    assert {place for _, place in provisions(visitor.says("南京算力券怎么领", said))} <= {"3/8"}


@pytest.mark.parametrize(
    "said", ["小巨人给多少，单项冠军给多少，省级专精特新呢", "单项冠军奖多少，小巨人多少，省专又多少"]
)
def test_what_each_of_several_titles_is_given_is_told(visitor: Visitor, said: str) -> None:
    text = visitor.says("南京的，创新型", said).text
    assert "300万元" in text and "100万元" in text and "各区" in text and "50万" not in text


def test_titles_whose_firms_are_counted_are_no_answer(visitor: Visitor) -> None:
    reply = visitor.says("我是连云港工商联的", "智能车间几个，江苏精品几家，专精特新上市几家")
    assert "tiers" not in reply.profile
    assert {"2/4", "2/6", "2/7"} <= {place for _, place in provisions(reply)}


def test_amid_an_overview_a_thing_that_is_asked_of_is_answered(visitor: Visitor) -> None:
    reply = visitor.says("南京雨花", "研发带头人评人才那个，一家最多几个名额，我们小巨人")
    assert {place for _, place in provisions(reply)} == {"5/13"} and "限三名" in reply.text


def test_amid_an_overview_a_bare_answer_goes_on(visitor: Visitor) -> None:
    assert visitor.says("南京雨花", "我们小巨人").outcome == "overview"


@pytest.mark.parametrize("said", ["省级专精特新具体能奖几万", "省专大概能给多少奖"])
def test_how_much_a_title_is_given_is_asked_of_the_award_that_was_told(visitor: Visitor, said: str) -> None:
    reply = visitor.says("淮安财政对专精特新有奖补", said)
    assert {place for _, place in provisions(reply)} == {"3/2"}


@pytest.mark.parametrize("said", ["工信局管", "市税务局也管", "财政局在管"])
def test_an_office_is_no_trade(visitor: Visitor, said: str) -> None:
    assert "按工业" not in visitor.says("南京小巨人，首次，能申请什么", said).text


def test_two_cities_and_what_is_in_force_are_asked_in_one_message(visitor: Visitor) -> None:
    reply = visitor.says("小巨人，第一次认定", "市区的话，南京和镇江分别奖多少？哪个文件现在还有效？")
    assert "100万元" in reply.text and "30万元" in reply.text
