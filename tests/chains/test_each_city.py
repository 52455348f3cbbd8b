"""What several cities have of one thing, and what is asked of one city beside what is said of another."""

import pytest

from tests.chains.visitor import Visitor, profile, provisions


def verdict(text: str) -> str:
    """The first line that is no word on whether the documents are in force."""
    return next(line for line in text.split("\n") if not line.startswith("先说清楚"))


def rows(text: str) -> list[str]:
    return [line.split("**")[1] for line in text.split("\n") if line.startswith("· **")]


# One city asked of, beside what is said of another.


@pytest.mark.parametrize(
    ("said", "city", "other", "silent"),
    [
        ("南京小巨人给一百万对吧 我们盐都的 盐城给多少", "yancheng", "是的", "盐城的文件"),
        ("听讲南京单项冠军给500万，我们海州的，连云港给多少", "lianyungang", "不是这个数", "连云港的文件"),
        ("镇江单项冠军不是有五十万嘛，我们东海的厂怎么没有", "lianyungang", "镇江", "连云港的文件"),
        ("听说连云港小巨人奖50万，我们在盐城，盐城多少", "yancheng", "没有", "盐城"),
    ],
)
def test_what_is_said_of_another_city_is_put_right_before_ones_own_is_answered(
    said: str, city: str, other: str, silent: str, visitor: Visitor
) -> None:
    reply = visitor.say(said)
    first = reply.text.split("\n")[0]
    assert first.startswith("**") and other in first
    assert silent in reply.text and profile(reply)["city"] == city
    assert "不符合" not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "人家镇江市区小巨人都有30万，盐城这边给不给",
        "南京大模型备案了有二十万 连云港做这个有没有 我们赣榆的",
        "南京发算力券，我们镇江有没有",
        "南京那个算力券，我们是淮安的，咱们这儿有吗",
        "同行在南京拿了100万，我们盐城小巨人奖励有没有",
    ],
)
def test_a_sum_of_another_city_is_not_told_where_it_was_not_asked_about(said: str, visitor: Visitor) -> None:
    reply = visitor.say(said)
    assert reply.abstained and "没有" in reply.text
    assert not any(sum_ in reply.text for sum_ in ("100万", "30万", "20万"))


def test_the_next_city_is_asked_of_the_same(visitor: Visitor) -> None:
    reply = visitor.says("南京单项冠军给300万是吧，我们灌云的，连云港给多少", "那镇江呢")
    assert "50万元" in reply.text


def test_one_right_number_of_several_is_not_denied(visitor: Visitor) -> None:
    reply = visitor.say("盐城500家省专入库，镇江想要多少家省专")
    assert "不是这个数" not in reply.text and "300家" in reply.text


def test_a_share_of_another_plan_is_asked_of_ones_own(visitor: Visitor) -> None:
    reply = visitor.says("盐城研发投入小巨人库要6%，镇江是多少", "那淮安呢")
    assert "4%" in reply.text and ("huaian-plan-2023-2025", "1/3/2") in provisions(reply)


@pytest.mark.parametrize(
    "said",
    [
        "客户在镇江，我们南京的小巨人首次评上能拿多少",
        "同行在镇江拿了30万，我们南京的小巨人首次评上能拿多少",
    ],
)
def test_what_others_have_elsewhere_is_no_claim_of_ones_own_document(said: str, visitor: Visitor) -> None:
    reply = visitor.say(said)
    assert "100万元" in reply.text and "不是这个数" not in reply.text
    assert profile(reply)["city"] == "nanjing"


def test_a_firm_told_of_beside_ones_own_is_told_of_no_document(visitor: Visitor) -> None:
    reply = visitor.say("老板在镇江也有一家公司，今天问的是南京这家：首次评上小巨人，奖励多少")
    assert profile(reply)["city"] == "nanjing" and "可以申请" in reply.text


def test_what_a_sum_that_is_supposed_to_be_held_is_asked_of_is_answered(visitor: Visitor) -> None:
    reply = visitor.say("假如我拿了南京小巨人那一百万，过两年厂子搬去安徽，钱要不要退回去")
    assert "没有写要不要退回" in reply.text


@pytest.mark.parametrize("said", ["镇江上市想搞十五家", "镇江上市要弄15家"])
def test_a_number_that_is_said_of_a_plan_is_asked_of_the_next_city(said: str, visitor: Visitor) -> None:
    assert ("zhenjiang-plan-2023-2025", "3/4/15") in provisions(visitor.say(said))
    assert "5家" in visitor.say("淮安呢").text
    assert "5家" in visitor.say("连云港呢").text


@pytest.mark.parametrize("said", ["连云港目标也是这个数不", "连云港那份里也是这么多吗"])
def test_the_same_number_is_asked_of_another_city(said: str, visitor: Visitor) -> None:
    reply = visitor.says("淮安上市目标几家", said)
    assert ("lianyungang-plan-2023-2025", "2/7") in provisions(reply) and "达5家左右" in reply.text


# What each city has.


@pytest.mark.parametrize(
    ("asked", "have", "have_not"),
    [
        ("哪几个市的文件明说帮企业申请海关AEO", {"南京", "盐城"}, "淮安、连云港、镇江"),
        ("各市担保费率上限分别多少", {"淮安"}, "南京、盐城、连云港、镇江"),
        ("各市单项冠军奖多少", {"南京", "镇江"}, "盐城、淮安、连云港"),
        ("我们盐城的省专，小巨人奖励哪几个市有", {"南京", "镇江"}, "盐城、淮安、连云港"),
        ("除了镇江，还有哪些市罚款可以免", {"淮安", "连云港"}, "南京、盐城"),
        ("“码上贷”这个叫法出自哪个市", {"淮安"}, "南京、盐城、连云港、镇江"),
        ("“首席技术专家”是哪个城市的说法", {"连云港"}, "南京、盐城、淮安、镇江"),
    ],
)
def test_which_cities_have_a_thing_is_said_first(asked: str, have: set[str], have_not: str, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    assert verdict(reply.text).endswith(f"的：**{'、'.join(rows(reply.text))}**。")
    assert set(rows(reply.text)) == have
    assert f"没有找到有关内容的：{have_not}。" in reply.text


@pytest.mark.parametrize(("asked", "city"), [("算力券是不是只有南京发", "南京"), ("首贷贴息只有盐城有吗", "盐城")])
def test_whether_one_city_alone_has_a_thing_names_those_that_have_not(asked: str, city: str, visitor: Visitor) -> None:
    text = visitor.say(asked).text
    assert f"的：**{city}**。" in text and "没有找到有关内容的：" in text


def test_which_city_gives_nothing_is_said_first(visitor: Visitor) -> None:
    assert verdict(visitor.say("哪个市小巨人一分钱不给").text).endswith("**盐城、淮安、连云港**。")


@pytest.mark.parametrize(
    ("asked", "cities"),
    [
        ("三份行动计划都写了头一回违法可以不罚吗", ["淮安", "连云港", "镇江"]),
        ("三个行动计划里上市目标各是几家", ["淮安", "连云港", "镇江"]),
        ("职称绿色通道，淮安跟连云港写得不一样吧，分别能报什么", ["淮安", "连云港"]),
        ("服务专员淮安和连云港是不是都一样", ["淮安", "连云港"]),
        ("人才子女上学，淮安和连云港都管吗", ["淮安", "连云港"]),
        ("淮安和连云港上云企业各多少家", ["淮安", "连云港"]),
    ],
)
def test_the_same_of_several_cities_stands_in_a_line_each(asked: str, cities: list[str], visitor: Visitor) -> None:
    reply = visitor.say(asked)
    assert sorted(rows(reply.text)) == sorted(cities)
    assert "都写到了" in verdict(reply.text) and len(reply.citations) == len(cities)


def test_of_two_measures_the_one_without_it_is_named(visitor: Visitor) -> None:
    reply = visitor.say("两份措施里都有转贷吗")
    assert rows(reply.text) == ["南京"] and "盐城的文件没有写这一项" in reply.text


def test_a_plan_that_a_city_is_asked_of_is_no_kind_of_document(visitor: Visitor) -> None:
    assert len({document for document, _ in provisions(visitor.say("哪几个市的计划过期了"))}) == 5


@pytest.mark.parametrize("asked", ["除了南京还有哪", "除了南京，还有哪个市给", "别的市有吗"])
def test_other_cities_than_the_one_talked_of_are_asked_of_the_same(asked: str, visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖多少", asked)
    assert rows(reply.text) == ["镇江"] and "盐城、淮安、连云港" in reply.text


def test_what_no_other_city_has_is_said_to_be_nowhere_else(visitor: Visitor) -> None:
    reply = visitor.say("淮安双落户，别的市有吗")
    assert reply.abstained and reply.text.startswith("**没有**")


@pytest.mark.parametrize(
    "said",
    [
        "数字化研发设计工具普及率，我要淮安的数，别给成别的市",
        "淮安小巨人目标几家，不要别的市",
        "淮安小巨人要弄几家，只要淮安的，别的市不要",
    ],
)
def test_other_cities_that_are_not_wanted_are_not_told(said: str, visitor: Visitor) -> None:
    assert {document for document, _ in provisions(visitor.say(said))} == {"huaian-plan-2023-2025"}


def test_a_city_named_after_the_others_is_the_one_that_is_asked_of(visitor: Visitor) -> None:
    reply = visitor.says("连云港环评能快点不", "别的市呢 淮安")
    assert ("huaian-plan-2023-2025", "3/4") in provisions(reply)


def test_a_word_that_one_city_alone_has_is_told_of_that_alone(visitor: Visitor) -> None:
    assert rows(visitor.say("五个市里头，哪个提了独角兽").text) == ["淮安"]


def test_places_where_something_is_done_are_no_cities_asked_of(visitor: Visitor) -> None:
    reply = visitor.says("淮安出口日用品的", "想弄海外仓", "鼓励我们去哪些地方建")
    assert "连云港" not in reply.text


def test_other_things_than_one_are_no_other_cities(visitor: Visitor) -> None:
    assert visitor.says("南京算力券", "除了这个还有什么").outcome == "overview"


# A comparison goes on, and changes nothing that is known of the firm.


def test_both_the_more_and_the_difference_are_asked_of_what_was_told_of_two_cities(visitor: Visitor) -> None:
    assert rows(visitor.says("南京小巨人奖多少", "镇江呢", "两边都给吗").text) == ["南京", "镇江"]
    assert "**南京更高**" in visitor.say("哪边多").text
    assert "**南京更高**" in visitor.say("差多少").text


def test_one_city_alone_is_asked_which_other_is_meant(visitor: Visitor) -> None:
    assert visitor.says("南京小巨人奖多少", "两边都给吗").text.startswith("要和哪个比")


def test_ones_own_city_is_compared_where_one_other_was_talked_of(visitor: Visitor) -> None:
    reply = visitor.says("我们镇江丹阳的，小巨人，首次", "南京小巨人奖多少", "差多少")
    assert set(rows(reply.text)) == {"南京", "镇江"} and profile(reply)["city"] == "zhenjiang"


def test_another_city_is_compared_with_the_one_talked_of_and_not_with_ones_own(visitor: Visitor) -> None:
    reply = visitor.says("我们是连云港的省专", "南京小巨人奖多少", "跟镇江比呢")
    assert rows(reply.text) == ["南京", "镇江"] and profile(reply)["city"] == "lianyungang"


@pytest.mark.parametrize("asked", ["那我们这边呢", "那我们那儿呢", "那我们连云港的呢"])
def test_after_a_comparison_ones_own_city_is_answered(asked: str, visitor: Visitor) -> None:
    reply = visitor.says("我们在连云港", "南京和镇江的单项冠军奖励哪个高", asked)
    assert reply.abstained and "我在连云港的文件里没有找到" in reply.text
    assert profile(reply)["city"] == "lianyungang"


def test_the_least_is_asked_after_the_most(visitor: Visitor) -> None:
    assert "**连云港最少**" in visitor.says("五个市里谁的小巨人目标最多", "最少的呢").text


def test_which_is_better_after_two_cities_tells_both(visitor: Visitor) -> None:
    assert len(rows(visitor.says("南京AEO有辅导吗", "盐城呢", "那到底哪边好").text)) == 2


def test_a_place_one_may_move_to_is_compared_all_the_same(visitor: Visitor) -> None:
    reply = visitor.say("我们厂在盐城，想去镇江市区，小巨人钱哪边多")
    assert rows(reply.text) == ["镇江"] and "盐城（征求意见稿）的文件里没有这一项" in reply.text
    assert profile(reply)["city"] == "yancheng"


# Places beside the five cities.


@pytest.mark.parametrize(
    ("asked", "names", "told"),
    [
        ("南京、苏州、镇江的小巨人奖励各多少", "苏州", "30万元"),
        ("扬州和泰州小巨人给多少 盐城呢", "扬州、泰州", "盐城"),
        ("盐城和无锡哪边绿色工厂支持多", "无锡", "绿色工厂"),
        ("镇江和泰州，服务专员有没有", "泰州", "镇江"),
    ],
)
def test_a_city_without_a_document_is_named_and_the_known_one_answered(
    asked: str, names: str, told: str, visitor: Visitor
) -> None:
    text = visitor.say(asked).text
    assert f"{names}的文件我没有收录" in text and told in text


@pytest.mark.parametrize(
    ("said", "city"),
    [
        ("我们在南京口岸旁边做货代的，公司在连云港，AEO有支持吗", "lianyungang"),
        ("盐城港附近的物流公司，注册在淮安，有什么补贴", "huaian"),
    ],
)
def test_what_something_is_called_after_is_not_where_the_firm_is(said: str, city: str, visitor: Visitor) -> None:
    assert profile(visitor.say(said))["city"] == city


def test_a_city_that_is_not_wanted_is_left_out(visitor: Visitor) -> None:
    reply = visitor.say("连云港研发投入强度要超过几个点，别给我报淮安的")
    assert "5%" in reply.text and "4%" not in reply.text
