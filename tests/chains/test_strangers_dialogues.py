"""What strangers' dialogues taught: the trade decides the size, what is not settled is no no, each wish its verdict."""

import pytest

from chains.language.trades import industries_of
from chains.language.understanding import understand
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
        ("机械厂，工人三百八，营收两个亿", "medium"),
        ("软件公司，26个人，去年收了六百万", "small"),
        ("纺织厂，员工两百，营收一亿", "small"),
        ("机械厂，高峰时工人三百八，营收五千万", None),
        ("软件公司，去年收了六百万欠款", None),
    ],
)
def test_a_headcount_and_what_came_in_decide_the_size(said: str, size: str | None) -> None:
    assert size_of(said) == size


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


# What is not settled is neither yes nor no.


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("买算力的事还没个准信", "buys_computing"),
        ("智算服务还在谈", "buys_computing"),
        ("出口还没谱", "foreign_trade"),
        ("转贷的事还在考虑", "needs_refinancing"),
        ("中试平台还没敲定", "pilot_platform"),
        ("备案的事还没着落", "genai_filed"),
    ],
)
def test_what_is_not_settled_is_left_open(said: str, slot: str) -> None:
    heard = understand(f"南京省专，{said}")
    assert slot not in heard.facts
    assert slot in heard.reading.declined


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("打算买智算", "buys_computing", "yes"),
        ("出口也谈不上", "foreign_trade", "no"),
        ("还没定去哪家银行，但贷款下月到期", "needs_refinancing", "yes"),
        ("智算还没买", "buys_computing", "no"),
    ],
)
def test_what_is_settled_stays_so(said: str, slot: str, value: str) -> None:
    assert understand(f"南京省专，{said}").facts[slot].value == value


def test_a_voucher_for_what_is_not_settled_is_not_refused(visitor: Visitor) -> None:
    reply = visitor.say("租智算的事八字还没一撇呢，南京省专，算力券能领吗")
    assert statuses(reply)["nanjing-computing-voucher"] == "undetermined"


# Facts told in passing.


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("国家小巨人，头几年就评上了，不是首次", "first_recognition", "no"),
        ("早几年就评上了不是首次，没贷款", "first_recognition", "no"),
        ("盐城亭湖的，去年刚评上创新型，有啥能报", "tiers", ("innovative",)),
        ("专精特新没评上，就创新型", "tiers", ("innovative",)),
        ("我们出口做得不错，想办AEO", "foreign_trade", "yes"),
        ("手里三百万快到期了", "needs_refinancing", "yes"),
        ("主要是出口", "foreign_trade", "yes"),
    ],
)
def test_what_is_told_in_passing_is_heard(said: str, slot: str, value: object) -> None:
    assert understand(said).facts[slot].value == value


@pytest.mark.parametrize("said", ["想评创新型", "五百万的合同快到期了", "有三百万存款快到期了", "外贸做得不多"])
def test_what_only_sounds_like_a_fact_is_none(said: str) -> None:
    assert not {"tiers", "needs_refinancing"} & understand(said).facts.keys()


# Each that is asked for gets its verdict, and nothing else.


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            "南京江宁的，单项冠军和小巨人今年都是头回拿到，两项奖励、研发负责人算C类人才，都看看",
            {"nanjing-champion-award", "nanjing-little-giant-award", "nanjing-talent-class-c"},
        ),
        ("南京的国家小巨人，奖金还有没有", {"nanjing-little-giant-award"}),
        (
            "我们是南京的小巨人，前几年评的，奖金没了吧？C类人才呢",
            {"nanjing-little-giant-award", "nanjing-talent-class-c"},
        ),
        (
            "今年刚上了国家小巨人名单，头一次，在南京六合，一百万奖励、C类人才，都符合吗",
            {"nanjing-little-giant-award", "nanjing-talent-class-c"},
        ),
        (
            "南京省专，想办APEC卡，做出口的也想弄AEO，另外参与起草了一项国标，这三项有戏没",
            {"nanjing-apec-card", "nanjing-aeo", "nanjing-standards-award"},
        ),
    ],
)
def test_each_that_is_asked_for_is_judged_and_nothing_else(visitor: Visitor, said: str, wanted: set[str]) -> None:
    assert set(statuses(visitor.say(said))) == wanted


def test_an_award_that_is_named_is_not_taken_for_that_of_the_title(visitor: Visitor) -> None:
    reply = visitor.say("南京的小巨人，大模型备案奖励能拿不")
    assert set(statuses(reply)) == {"nanjing-genai-filing-award"}


def test_years_ago_asks_for_no_term(visitor: Visitor) -> None:
    reply = visitor.say("南京国家小巨人，前几年评的，今年复核过了，奖励还给吗")
    assert "期限" not in reply.text


def test_a_platform_alone_is_judged_before_anything_is_asked(visitor: Visitor) -> None:
    reply = visitor.say("我们今年新评上国家中小企业公共服务示范平台，公司在南京鼓楼")
    assert statuses(reply) == {"nanjing-service-platform-award": "eligible"}
    assert reply.question is None
    assert len(statuses(visitor.say("还有别的吗"))) > 1


def test_a_platform_told_beside_a_title_is_one_fact_of_many(visitor: Visitor) -> None:
    reply = visitor.say("南京省专，今年还新评上了国家中小企业公共服务示范平台")
    assert len(statuses(reply)) > 1


def test_an_award_for_what_is_told_beside_a_title_is_meant(visitor: Visitor) -> None:
    reply = visitor.say("南京浦口的国家级小巨人，大模型上周刚备案完，奖励能拿吗")
    assert set(statuses(reply)) == {"nanjing-genai-filing-award"}


def test_the_awards_of_every_city_are_told_while_none_is_known(visitor: Visitor) -> None:
    reply = visitor.say("首次评上小巨人，奖金我们有没有")
    assert {"nanjing-little-giant-award", "zhenjiang-little-giant-award"} <= set(statuses(reply))


# What managers say of their size, and what they say in place of an answer.


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("做食品的小厂，三十来号人，去年营收一千多万", "small"),
        ("做阀门的，三百多号人，一年三个多亿", "medium"),
        ("写软件的，40人，一年收入九百多万", "small"),
        ("做五金批发的，26人，营收五千来万", None),
        ("做阀门的，40人，补了一百多万", None),
    ],
)
def test_a_rough_sum_gives_a_size_where_its_border_is_far(said: str, size: str | None) -> None:
    assert size_of(said) == size


def test_a_trade_told_in_place_of_an_answer_is_no_misunderstanding(visitor: Visitor) -> None:
    assert "记下了" in visitor.says("连云港这边有啥政策", "做电缆的，创新型中小企业").text
    reply = visitor.says("重新开始", "连云港这边有啥政策", "做医药中间体的")
    assert reply.outcome != "unclear"
    assert reply.question is not None


def test_several_firms_are_looked_at_one_by_one(visitor: Visitor) -> None:
    reply = visitor.say("一家公司在南京是省专，另一家在镇江是小巨人")
    assert profile(reply) == {} and "一家一家" in reply.text
    assert "tiers" not in profile(visitor.say("先说南京那家"))


def test_several_things_are_no_firms(visitor: Visitor) -> None:
    assert profile(visitor.say("南京省专，一个是算力券，一个是职称自主评审，能申请吗"))["tiers"] == ("provincial",)


@pytest.mark.parametrize("said", ["想问问，盐城东台做石材的，小巨人", "请问一下南京六合的，省专，民营"])
def test_who_only_tells_of_the_firm_asks_for_all_there_is(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "overview"


def test_a_large_firm_in_so_many_words_is_large() -> None:
    assert size_of("我们是大企业，员工3000人") == "large"
    assert size_of("给大企业配套") is None
