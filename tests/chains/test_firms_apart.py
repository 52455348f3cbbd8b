"""Two firms, and a firm with its branches: what is told of one is not the other's."""

import pytest

from tests.chains.visitor import Visitor, noted, profile


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("镇江的单项冠军，能拿什么", "那盐城子公司呢，小巨人，能拿什么奖"),
        ("镇江的单项冠军，能拿什么", "我说的是盐城的子公司是小巨人，母公司没有小巨人"),
        ("镇江的单项冠军，能拿什么", "我们盐城子公司是小巨人，能拿奖吗"),
        ("镇江的单项冠军，能拿什么", "淮安有个子公司，什么都没评过，能申请什么"),
        ("镇江的单项冠军，能拿什么", "南京分公司也是省专，有啥"),
        ("镇江的单项冠军，在淮安还有个子公司", "淮安那个子公司是小巨人，能拿奖吗"),
    ],
)
def test_what_is_told_of_a_branch_is_not_its_parents(visitor: Visitor, said: str, asked: str) -> None:
    reply = visitor.says(said, asked)
    assert profile(reply) == {"city": "zhenjiang", "tiers": ("champion",)}


@pytest.mark.parametrize(
    ("said", "city"),
    [
        ("总部在上海，南京有子公司，是省专，能拿什么", "nanjing"),
        ("我们是南京的子公司，省专，母公司在上海", "nanjing"),
        ("我是子公司，在盐城，省专，能拿什么", "yancheng"),
        ("公司在南京，分厂在淮安，省专", "nanjing"),
        ("公司在连云港，厂房在淮安，省专", "lianyungang"),
    ],
)
def test_a_branch_that_speaks_for_itself_is_the_firm(said: str, city: str) -> None:
    assert noted(said) == {"city": city, "tiers": ("provincial",)}


@pytest.mark.parametrize(
    "asked", ["分厂在淮安，那边有什么补贴", "工厂在淮安啊，那边呢，有什么补贴", "按南京算还是淮安算"]
)
def test_another_site_moves_no_firm(visitor: Visitor, asked: str) -> None:
    visitor.say("公司注册在南京，省专")
    assert profile(visitor.say(asked))["city"] == "nanjing"


@pytest.mark.parametrize(
    "said",
    ["我公司注册在南京，工厂在淮安，小巨人算哪边的", "我们注册在盐城，生产在镇江，省专，按哪个市算"],
)
def test_which_of_two_cities_a_firm_counts_for_is_unwritten(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "不在一个市" in reply.text and "可以申请" not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "换一家。淮安的，省专，有什么",
        "好，换一家公司，淮安的，省专，能申请啥",
        "再帮另一家看看，淮安的省专",
        "那换家企业问，换一家，淮安的省专",
        "重来。我们是淮安的省专",
        "行 重来。淮安省专，我们能申请什么",
    ],
)
def test_another_firm_begins_with_nothing(visitor: Visitor, said: str) -> None:
    visitor.says("南京江宁的小巨人，民营，奖多少", "首次")
    assert profile(visitor.say(said)) == {"city": "huaian", "tiers": ("provincial",)}


@pytest.mark.parametrize(
    "said", ["那换一家银行行不行", "另外一家公司也能用吗", "重来一遍，说详细点", "换一家担保公司可以吗"]
)
def test_another_of_something_else_leaves_what_is_known(visitor: Visitor, said: str) -> None:
    visitor.say("南京的省专，有什么")
    assert profile(visitor.say(said)) == {"city": "nanjing", "tiers": ("provincial",)}


def test_two_firms_told_in_turn_are_held_side_by_side(visitor: Visitor) -> None:
    visitor.says("南京的小巨人，首次评的，有奖吗", "换一家。镇江京口的，小巨人，也是首次")
    text = visitor.say("所以两家比哪个多").text
    assert "100万" in text and "30万" in text
    text = visitor.say("那两家加起来能拿130万？").text
    assert "100万" in text and "30万" in text and "各算各的" in text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("国企能用吗 我另一家是国企", "不符合"),
        ("我另外一家公司是外资，能转贷吗", "不符合"),
        ("我们另外还有个公司，是小巨人", "没有记到这一家头上"),
    ],
)
def test_another_firm_of_ones_own_is_not_the_one_talked_of(visitor: Visitor, told: str, said: str) -> None:
    reply = visitor.says("南京的省专，民营，贷款快到期了，转贷基金能用吗", told)
    assert profile(reply)["ownership"] == "private" and profile(reply)["tiers"] == ("provincial",)
    assert said in reply.text


@pytest.mark.parametrize("told", ["另一家是盐城的小巨人，国企", "我另一家在盐城，小巨人，国有的"])
def test_of_firms_told_in_turn_the_other_is_the_next(visitor: Visitor, told: str) -> None:
    reply = visitor.says("我有两家公司", "南京的省专，民营", told)
    assert profile(reply) == {"city": "yancheng", "tiers": ("little_giant",), "ownership": "state"}


def test_two_firms_told_by_their_titles_are_judged_apart(visitor: Visitor) -> None:
    text = visitor.say("南京 两家公司一个单项冠军一个小巨人分别能拿多少").text
    assert "300万元" in text and "100万元" in text and "租房" not in text and "可以申请" not in text
    for said in ("都是首次", "合起来一共多少", "一共四百万对吧"):
        reply = visitor.say(said)
        assert reply.text.count("**可以申请**") == 2 and "还要确认" not in reply.text, said
    assert visitor.say("换一家").question is not None


@pytest.mark.parametrize(
    "said",
    [
        "南京跟镇江，首次评上小巨人，一个给多少一个给多少",
        "南京 小巨人和单项冠军奖励分别多少",
        "两家公司，一家在南京是省专，一家在盐城是小巨人",
    ],
)
def test_titles_of_no_two_firms_of_one_city_are_told_as_ever(visitor: Visitor, said: str) -> None:
    assert "那家：" not in visitor.say(said).text


@pytest.mark.parametrize(
    "said",
    [
        "我是代账会计，手上好几家客户，先问南京的，有一家是小巨人",
        "代账的，手里三家企业，先说南京那家，小巨人",
    ],
)
def test_the_firm_that_is_told_of_first_is_not_asked_for_again(visitor: Visitor, said: str) -> None:
    assert profile(visitor.say(said)) == {"city": "nanjing", "tiers": ("little_giant",)}


# A firm of one's own in another city.


@pytest.mark.parametrize(
    ("talk", "there", "back", "here"),
    [
        (
            ("镇江丹阳的厂，小巨人", "南京那家总部是独立公司，也是小巨人，能拿不", "是首次"),
            {"city": "nanjing", "tiers": ("little_giant",), "first_recognition": "yes"},
            "那丹阳那家还能不能领镇江的三十万",
            {"city": "zhenjiang", "district": "丹阳市", "tiers": ("little_giant",)},
        ),
        (
            ("南京江宁的，省专，有什么补贴", "我们还有家公司在盐城，是单项冠军，那边有啥"),
            {"city": "yancheng", "tiers": ("champion",)},
            "江宁那家呢",
            {"city": "nanjing", "district": "江宁区", "tiers": ("provincial",)},
        ),
        (
            ("我们在连云港，省专", "南京我们也有公司，不过没资质，有什么"),
            {"city": "nanjing", "tiers": ("none",)},
            "那连云港这家有什么贷款的",
            {"city": "lianyungang", "tiers": ("provincial",)},
        ),
    ],
)
def test_a_firm_in_another_city_is_looked_at_by_itself(
    visitor: Visitor, talk: tuple[str, ...], there: object, back: str, here: object
) -> None:
    assert profile(visitor.says(*talk)) == there
    reply = visitor.say(back)
    assert profile(reply) == here
    assert reply.text.startswith("现在看您在") and "另外记着" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "听说南京那家拿了一百万",
        "南京那家银行能贷给我们吗",
        "我弟在南京也有公司，省专，他那家能拿啥",
        "要是我们在南京也有公司呢",
        "南京那家欠我们钱，管不管",
    ],
)
def test_what_is_told_of_no_firm_of_ones_own_leaves_it_where_it_is(visitor: Visitor, said: str) -> None:
    visitor.say("镇江京口的小巨人")
    assert profile(visitor.say(said)) == {"city": "zhenjiang", "district": "京口区", "tiers": ("little_giant",)}


# Which city's documents are for a firm of two cities.


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("公司名叫镇江恒达但注册在南京秦淮，算哪的", "注册在南京，就对照南京的文件"),
        ("工厂在盐城，营业执照是淮安的，该看哪个市的政策", "注册在淮安，就对照淮安的文件"),
        ("扬州的，在镇江有个分厂，该用哪个市的文件", "在镇江单独注册的公司，我就对照镇江的文件"),
        ("我们南京的 在淮安设了个子公司 子公司用哪边的政策", "在淮安单独注册的公司，我就对照淮安的文件"),
        (
            "我是连云港的公司，南京有办事处，南京的政策我能用吗",
            "没有单独注册的分厂、仓库、办事处怎么算，南京的文件没有写",
        ),
    ],
)
def test_a_firm_of_two_cities_is_told_by_what_it_is_looked_at(visitor: Visitor, said: str, told: str) -> None:
    reply = visitor.say(said)
    assert told in reply.text and "可以申请" not in reply.text and not reply.findings


def test_a_store_elsewhere_makes_no_firm_there(visitor: Visitor) -> None:
    reply = visitor.says("南京秦淮的 省专", "那镇江那边呢 我们在镇江也有个仓库")
    assert "没有单独注册的分厂、仓库、办事处怎么算，镇江的文件没有写" in reply.text
    assert profile(reply)["city"] == "nanjing" and "现在不符合" not in reply.text


def test_a_subsidiary_that_is_registered_here_is_judged_whatever_its_parent_elsewhere_is(visitor: Visitor) -> None:
    talk = ("我们泰州的，在南京溧水开了个分厂", "分厂是独立的子公司，注册在溧水的", "它是省专，刚完成大模型备案")
    visitor.says(*talk)
    for said in ("它是泰州母公司控股 泰州那边也评了省专 影响它吗", "那跟泰州没关系 就说二十万能拿不"):
        assert "**可以申请**：生成式人工智能大模型备案奖励" in visitor.say(said).text, said


@pytest.mark.parametrize(
    "said", ["我们要是在镇江京口设个子公司能拿30万吗", "在镇江京口新开一家公司行不行 能拿那30万吗"]
)
def test_a_firm_that_would_be_set_up_holds_nothing_of_its_parents(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京的小巨人 首次 能拿一百万吗", said)
    assert "要看它自己评没评上" in reply.text and "可以申请" not in reply.text
    assert profile(reply)["city"] == "nanjing"


def test_who_asks_of_a_move_supposes_it(visitor: Visitor) -> None:
    reply = visitor.says("想评职称 没论文 淮安的", "那我们淮安公司搬去南京评职称行么")
    assert reply.text.startswith("假如南京") and "淮安市的政策" not in reply.text
