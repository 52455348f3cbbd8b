"""What a later message is about, once more: another level, title or count than was told, and what is no title."""

import pytest

from tests.chains.visitor import Visitor, profile, provisions, statuses

DIAGNOSIS = "连云港智改数转的免费诊断怎么约"


# What is of a level as well, and what is left out of a question, is no title of the firm.


@pytest.mark.parametrize("said", ["工程技术研究中心 省里的", "国家的示范平台", "中试平台 国家级的"])
def test_the_level_of_another_thing_is_no_title(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.says("南京", said))


@pytest.mark.parametrize(("said", "title"), [("国家级的那个", "little_giant"), ("省里的", "provincial")])
def test_a_level_alone_answers_the_question_of_titles(visitor: Visitor, said: str, title: str) -> None:
    assert profile(visitor.says("南京", said))["tiers"] == (title,)


def test_a_first_that_is_of_a_platform_is_of_no_title(visitor: Visitor) -> None:
    reply = visitor.says("南京的国家公共服务示范平台奖多少", "我们今年首次获评", "对了，我们也是小巨人")
    assert "first_recognition" not in profile(reply)
    assert statuses(reply).get("nanjing-little-giant-award") != "eligible"


@pytest.mark.parametrize(
    "said", ["除了小巨人，别的称号有钱拿吗", "除了小巨人还有什么牌子给奖励", "除小巨人以外其他称号也奖吗"]
)
def test_others_than_a_title_are_the_other_awards(visitor: Visitor, said: str) -> None:
    reply = visitor.says("镇江小巨人奖多少", said)
    assert set(statuses(reply)) == {"zhenjiang-champion-award"} and "tiers" not in profile(reply)


def test_who_has_nothing_but_a_title_holds_it(visitor: Visitor) -> None:
    assert profile(visitor.says("南京", "我们除了小巨人别的都没有"))["tiers"] == ("little_giant",)


@pytest.mark.parametrize("said", ["南京国企会给我们小厂派活吗", "国有企业有没有项目让中小企业做，南京的"])
def test_a_firm_of_the_state_that_gives_to_us_is_not_ours(visitor: Visitor, said: str) -> None:
    assert "ownership" not in profile(visitor.says(said))


@pytest.mark.parametrize("said", ["南京，我们是国企，能给我们转贷吗", "南京国企能申请转贷基金吗"])
def test_whose_firm_it_is_that_asks_is_noted(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says(said))["ownership"] == "state"


# Another city, title, level or count.


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("连云港首次评上小巨人有没有奖金", "镇江的话按他们文件给多少"),
        ("连云港小巨人能不能拿几十万", "那镇江给多少"),
        ("连云港小巨人发不发钱", "换成镇江丹徒，发多少"),
    ],
)
def test_an_award_that_one_city_lacks_is_asked_on_of_the_next(visitor: Visitor, first: str, said: str) -> None:
    reply = visitor.says(first, said)
    assert set(statuses(reply)) == {"zhenjiang-little-giant-award"} and "30万" in reply.text


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("盐城小巨人数字化要到几级", "那省专呢"),
        ("盐城省专的数字化水平要几级", "小巨人还要高吗，几级"),
        ("盐城数字化要求几级", "小巨人是哪一级"),
    ],
)
def test_which_level_is_told_by_what_says_a_level(visitor: Visitor, first: str, said: str) -> None:
    visitor.say(first)
    reply = visitor.say(said)
    assert "四级" in reply.text and provisions(reply) == {("yancheng-measures-draft", "3/8")}


def test_the_same_of_another_level_stands_beside_it(visitor: Visitor) -> None:
    reply = visitor.says("镇江首台套市里给认定不", "省里的呢，也帮忙吗")
    assert set(statuses(reply)) == {"zhenjiang-provincial-first-set"}


@pytest.mark.parametrize(
    ("told", "figure"),
    [
        (("小巨人", "淮安打算搞几家"), "26家"),
        (("镇江单项冠军目标几家", "库里打算放多少家"), "1500家"),
        (("淮安每年培育几家江苏精品企业", "连云港培育几家制造业的"), "5家"),
        (("淮安智能车间要建几个", "星级上云的呢"), "200家"),
    ],
)
def test_what_is_counted_is_what_was_named(visitor: Visitor, told: tuple[str, ...], figure: str) -> None:
    assert figure in visitor.says(*told).text


# Of what was told, or beside it.


@pytest.mark.parametrize("said", ["动手改造的话给不给补贴", "真要改造起来，有没有奖补"])
def test_money_for_its_matter_is_what_gives_money(visitor: Visitor, said: str) -> None:
    assert provisions(visitor.says(DIAGNOSIS, said)) == {("lianyungang-plan-2023-2025", "3/2")}


def test_what_is_asked_of_what_was_told_stays_with_it(visitor: Visitor) -> None:
    assert "lianyungang-free-diagnosis" in statuses(visitor.says(DIAGNOSIS, "这个要给钱吗"))


@pytest.mark.parametrize("said", ["奖励是多少，哪个局发", "最高奖励几万、文件管到哪一年"])
def test_of_a_list_what_gives_so_is_told(visitor: Visitor, said: str) -> None:
    reply = visitor.says("我们在南京，今年第一次评上国家小巨人", said)
    assert "100万" in reply.text and {p for _, p in provisions(reply)} <= {"2/5", "end"}


@pytest.mark.parametrize("said", ["我们自己没有专精特新 有奖没 给多少", "我们不是专精特新，给多少"])
def test_a_title_that_is_not_held_is_not_asked_about(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京的国家公共服务示范平台有奖吗", said)
    assert set(statuses(reply)) == {"nanjing-service-platform-award"}


def test_what_another_support_is_called_by_is_asked_for(visitor: Visitor) -> None:
    reply = visitor.says("连云港引进领军人才有什么计划", "我们还是创新型，人才项目也能报吗")
    assert set(statuses(reply)) == {"lianyungang-key-talent-programme"}


@pytest.mark.parametrize("said", ["主要是以前土地证没办下来", "之前有几张产权证没补办"])
def test_what_was_not_done_before_is_no_title_of_before(visitor: Visitor, said: str) -> None:
    reply = visitor.says("连云港，想上市有什么帮忙的", said)
    assert "lianyungang-listing-legacy" in statuses(reply) or "产权确认" in reply.text


def test_what_was_held_before_is_asked_after(visitor: Visitor) -> None:
    assert "现在手上有效" in visitor.says("南京", "以前有过，后来没了").text


def test_a_thing_asked_for_by_what_it_is_comes_first(visitor: Visitor) -> None:
    reply = visitor.says("盐城碳足迹认证管不管", "想评绿色工厂，先要进什么库")
    assert set(statuses(reply)) == {"yancheng-green-factory-pool"}


@pytest.mark.parametrize("said", ["想走出国门，还有别的可以用吗", "想闯海外市场，还有什么别的"])
def test_what_else_there_is_of_a_wish_is_of_that_wish(visitor: Visitor, said: str) -> None:
    assert provisions(visitor.says("南京AEO有支持吗", said)) == {("nanjing-measures", "4/11")}


def test_a_word_of_ours_beside_a_trade_is_said_plainly(visitor: Visitor) -> None:
    assert "简单说" in visitor.says("盐城", "专利能不能快点审", "我们做芯片的 讲人话").text


# Whose city and which award is meant.


@pytest.mark.parametrize("said", ["南京的跟我们有啥关系", "南京给多少关我什么事"])
def test_another_citys_that_is_waved_away_is_not_ours(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("盐城小巨人奖多少", said))["city"] == "yancheng"


@pytest.mark.parametrize("said", ["我盐城的啊大哥", "我们是盐城的呀，老师"])
def test_who_calls_out_is_heard(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("南京小巨人奖多少", said))["city"] == "yancheng"


@pytest.mark.parametrize("said", ["我们搞攻关项目的，国家级的，能给多少", "做技术攻关的，国家那种，给多少钱"])
def test_a_task_that_one_works_on_is_no_trade(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京", said)
    assert "nanjing-key-technology" in statuses(reply) and "nanjing-little-giant-award" not in statuses(reply)


def test_what_is_meant_instead_of_a_title_is_looked_up(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖多少", "我说的是关键核心技术攻关，不是小巨人")
    assert set(statuses(reply)) == {"nanjing-key-technology"}


@pytest.mark.parametrize("first", ["连云港小巨人奖励多少钱", "盐城小巨人给多少钱"])
@pytest.mark.parametrize("said", ["别的市呢 哪个市给得多", "哪个城市给的最多"])
def test_which_city_gives_more_is_of_the_award_asked_for(visitor: Visitor, first: str, said: str) -> None:
    text = visitor.says(first, said).text
    assert "100万" in text and "30万" in text


def test_two_cities_are_set_side_by_side_though_one_would_move(visitor: Visitor) -> None:
    reply = visitor.says("我们打算搬厂，镇江和南京哪边给得多")
    assert {p.split("-")[0] for p, _ in provisions(reply)} == {"nanjing", "zhenjiang"}


@pytest.mark.parametrize(
    ("said", "told"), [("南京这个政策到哪天", "2028年12月31日"), ("盐城的办法定稿了没有", "征求意见稿")]
)
def test_until_when_and_whether_a_document_stands_is_told(visitor: Visitor, said: str, told: str) -> None:
    assert told in visitor.says(said).text


def test_another_thing_that_a_city_lacks_is_not_what_was_told_of_another(visitor: Visitor) -> None:
    reply = visitor.says("电费太高了有什么办法", "我们连云港的", "那土地呢，想拿块地")
    assert "nanjing-power-trading" not in statuses(reply) and "没有找到" in reply.text
