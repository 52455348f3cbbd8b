"""What is named, reported, done with others or told in one breath: whether it is a fact of the firm."""

import pytest

from tests.chains.visitor import Visitor, noted, profile, statuses

# What is named, reported or asked of all is not what the firm is.


@pytest.mark.parametrize(
    "said",
    [
        "县里电视台来拍我们，说专精特新宣传，赣榆的",
        "盐城的，街道来人说专精特新走访，要接待吗",
        "园区办专精特新沙龙，我们在淮安，能去不",
        "南京，那客户里有专精特新的，我们帮它建",
        "不过客户里有省专，我们给它代工，淮安的",
        "我在南京讲课，你分层说说：小巨人有啥、省专有啥、啥都没的有啥",
        "南京，小巨人给多少、省专给多少、创新型给多少",
        "我们在镇江新区，我问小巨人那30万，咱们外资拿得到吗",
        "南京，我们没评上小巨人那有什么能拿的",
    ],
)
def test_a_title_that_is_only_spoken_of_is_not_the_firms(said: str) -> None:
    assert "tiers" not in noted(said)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("盐城，说实话我们是小巨人", "little_giant"),
        ("我们是盐城小巨人那个贷款贴息能用吗", "little_giant"),
        ("我爸把厂子甩给我了，淮安做线束的，去年才评上创新型中小企业", "innovative"),
        ("岳父把公司丢给我打理，盐城，省专", "provincial"),
        ("我们没有省专那有没有别的，南京", "none"),
        ("盐城，没有小巨人那我们有省专啊", "provincial"),
    ],
)
def test_a_title_that_is_said_of_the_firm_is(said: str, title: str) -> None:
    assert noted(said)["tiers"] == (title,)


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("镇江，没有专精特新那我有首台套呀", "first_set_product", "yes"),
        ("镇江，没有省专但是有首台套", "first_set_product", "yes"),
        ("镇江，我们没有首台套", "first_set_product", "no"),
        ("南京，没备案那我们有算力合同", "buys_computing", "yes"),
        ("做大模型的，南京，刚过备案", "genai_filed", "yes"),
        ("做大模型的，南京，还没过备案", "genai_filed", "no"),
    ],
)
def test_a_denial_reaches_as_far_as_what_it_denies(said: str, slot: str, value: str) -> None:
    assert noted(said)[slot] == value


@pytest.mark.parametrize("said", ["不是转贷，就是流动资金贷款，我们省专，民营", "我问的不是续贷，是新贷，南京省专"])
def test_what_is_not_asked_of_is_no_fact(said: str) -> None:
    assert "needs_refinancing" not in noted(said)


@pytest.mark.parametrize("said", ["南京小巨人，还没复核", "南京小巨人，从没复核过"])
def test_a_review_that_was_not_is_neither_a_second_time_nor_a_loss(said: str) -> None:
    assert noted(said) == {"city": "nanjing", "tiers": ("little_giant",)}


def test_a_title_that_was_reviewed_is_not_the_first(visitor: Visitor) -> None:
    reply = visitor.says("小巨人复核过了还有没有钱", "我们是南京的小巨人，2022年评的，25年复核过的")
    assert profile(reply)["first_recognition"] == "no"


@pytest.mark.parametrize("said", ["三百万那个我们拿过了，今年又评一次能再给不", "那300万前年就领过了"])
def test_who_has_had_the_award_by_its_sum_is_not_asked_whether_it_is_the_first(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京单项冠军，300万有没有", said)
    assert profile(reply)["first_recognition"] == "no"


@pytest.mark.parametrize("said", ["隔壁那家300万拿过了", "那300万拿到了没", "听说有人拿过三百万"])
def test_what_another_had_or_is_asked_says_nothing_of_the_first(visitor: Visitor, said: str) -> None:
    assert "first_recognition" not in profile(visitor.says("南京单项冠军，300万有没有", said))


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("对，镇江另外注册了公司的，丹徒区，独立法人，省专", ("zhenjiang", "丹徒区")),
        ("南京那边单独注册了一家公司，栖霞区，省专", ("nanjing", "栖霞区")),
    ],
)
def test_a_firm_of_its_own_in_a_city_with_a_document_takes_the_place_of_one_without(
    visitor: Visitor, said: str, place: tuple[str, str]
) -> None:
    known = profile(visitor.says("我们扬州的", said))
    assert (known["city"], known.get("district")) == place


@pytest.mark.parametrize("said", ["镇江注册了个分公司", "南京只有个办事处，省专能报吗"])
def test_a_branch_there_does_not(visitor: Visitor, said: str) -> None:
    assert profile(visitor.says("我们扬州的", said))["city"] == "other"


def test_a_second_firm_moves_none_that_has_a_document(visitor: Visitor) -> None:
    assert profile(visitor.says("我们是南京的，省专", "镇江另外注册了公司的"))["city"] == "nanjing"


# What is done with others, and whom it sells to.


@pytest.mark.parametrize(
    "said",
    [
        "高淳做阀门的，跟着别人一块儿参与了一项国家标准，标准奖有没有份",
        "南京省专，随别的企业一起参与制定国家标准，有钱吗",
        "我们跟着别家公司参编了国标，南京省专，能拿奖吗",
    ],
)
def test_what_is_done_together_with_others_is_done_by_the_firm(said: str) -> None:
    assert noted(said)["leads_standard"] == "national"


@pytest.mark.parametrize("said", ["南京的，别人参与了一项国家标准，能拿标准奖吗", "别的企业起草了国标，南京给奖吗"])
def test_what_others_do_alone_is_not(said: str) -> None:
    assert "leads_standard" not in noted(said)


@pytest.mark.parametrize(
    "said",
    [
        "盐城的省专，三成产品走北美，AEO能报吗",
        "盐城省专，货都往中东跑，AEO能报吗",
        "盐城省专，主要做欧美市场，AEO能报吗",
        "盐城，一半货走日本，AEO有戏吗",
        "盐城省专，七成订单来自北美，AEO能报吗",
    ],
)
def test_where_the_goods_go_tells_of_trade_abroad(said: str) -> None:
    assert noted(said)["foreign_trade"] == "yes"


@pytest.mark.parametrize(
    "said",
    [
        "盐城省专，想走出国门，AEO能报吗",
        "盐城省专，打算让货走欧洲，AEO能报吗",
        "盐城省专，隔壁厂的货走欧洲，AEO能报吗",
        "盐城省专，老板去欧洲考察了，AEO能报吗",
    ],
)
def test_what_is_only_meant_or_another_s_goods_tell_of_none(said: str) -> None:
    assert "foreign_trade" not in noted(said)


# 小微企业: no document parts the two, so that nothing is left to ask.


@pytest.mark.parametrize(
    "said", ["我们小微企业，政府采购有优惠吗", "我们这种小微企业，政采能照顾吗", "是小微企业，采购有照顾没"]
)
def test_who_is_small_or_micro_is_not_asked_which(visitor: Visitor, said: str) -> None:
    visitor.say("我们是南京的省级专精特新")
    reply = visitor.say(said)
    assert statuses(reply)["nanjing-procurement-discount"] == "eligible"
    assert reply.question is None or reply.question.slot != "size"


def test_small_or_micro_changes_nothing_of_what_is_known_closer(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，微型企业", "我们小微企业，政府采购有优惠吗")
    assert profile(reply)["size"] == "micro"


@pytest.mark.parametrize(
    "said",
    [
        "我们给小微企业做担保，南京省专",
        "南京省专，小微企业政府采购有啥优惠",
        "我们不是小微企业，南京省专",
        "我们算不算小微企业，南京省专",
    ],
)
def test_small_or_micro_firms_that_are_asked_of_or_dealt_with_are_not_the_firm(said: str) -> None:
    assert "size" not in noted(said)


# 省级的 alone is of what is talked of.


@pytest.mark.parametrize(
    "said",
    [
        "南京的，我们公司就是省级的那算力券能领不",
        "南京，小巨人有一百万，我们省级的有多少",
        "不是创新型，我们公司就是省级的啊，南京",
    ],
)
def test_the_level_alone_tells_the_title(said: str) -> None:
    assert noted(said)["tiers"] == ("provincial",)


@pytest.mark.parametrize(
    "said", ["南京中小企业公共服务平台，我们是省级的，有奖吗", "南京，技术中心有补贴没，我们是省级的"]
)
def test_the_level_of_something_else_tells_no_title(said: str) -> None:
    assert "tiers" not in noted(said)


# What a breath tells: where it turns, whose it is, and what it only asks of.


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("没有专精特新那我有首台套呀，自己研制的机器，镇江", ("first_set_product", "yes")),
        ("不是小巨人那我们有大模型备案啊，南京省专", ("genai_filed", "yes")),
        ("没评过那我们是创新型，盐城，能干点啥", ("tiers", ("innovative",))),
        ("做大模型的，南京，刚过备案", ("genai_filed", "yes")),
        ("南京省专，大模型上个月通过了备案，奖多少", ("genai_filed", "yes")),
        ("我爸把厂子甩给我了，淮安做线束的，去年才评上创新型中小企业", ("tiers", ("innovative",))),
        ("南京单项冠军，今年又评了一次，能再给不", ("first_recognition", "no")),
        ("镇江丹徒创新型，做模具", ("tiers", ("innovative",))),
    ],
)
def test_what_a_breath_tells_of_the_firm(said: str, fact: tuple[str, object]) -> None:
    assert noted(said)[fact[0]] == fact[1]


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("电视台来拍我们，说专精特新宣传，是不是骗子，赣榆的", "tiers"),
        ("那客户里有专精特新的，它能建，我们帮它建，连云港", "tiers"),
        ("那我问镇江小巨人那30万，咱们外资拿得到吗", "tiers"),
        ("不是转贷，就是流动资金贷款，我们省专，南京民营", "needs_refinancing"),
        ("南京省专，大模型备案奖刚过期没有", "genai_filed"),
    ],
)
def test_what_is_asked_of_or_another_s_is_not_noted(said: str, slot: str) -> None:
    assert slot not in noted(said)


def test_a_filing_that_is_told_alone_is_what_is_asked_of(visitor: Visitor) -> None:
    reply = visitor.says("做大模型的，南京，刚过备案", "省专精特新，能报吗")
    assert statuses(reply)["nanjing-genai-filing-award"] == "eligible"
