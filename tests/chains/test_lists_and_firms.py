"""Lists by title, all else there is, several firms at once, and two cities that are weighed."""

import pytest

from tests.chains.visitor import Visitor, first, profile


@pytest.mark.parametrize(
    ("asked", "levels"),
    [
        ("南京小巨人有啥、省专有啥、啥都没的有啥", ("国家级专精特新“小巨人”", "省级专精特新", "没有称号")),
        ("给会员讲课用，南京的单项冠军、小巨人、省专分别有什么", ("单项冠军", "小巨人", "省级专精特新")),
        ("盐城小巨人有什么支持，省专又有什么支持", ("小巨人", "省级专精特新")),
        ("我是商会的，会员老问南京专精特新有啥好处", ("小巨人", "省级专精特新")),
    ],
)
def test_what_goes_with_titles_is_told_level_by_level(visitor: Visitor, asked: str, levels: tuple[str, ...]) -> None:
    reply = visitor.say(asked)
    heads = [line for line in reply.text.split("\n") if line.startswith("**")]
    assert len(heads) == len(levels)
    assert all(level in head for level, head in zip(levels, heads, strict=True))
    assert "tiers" not in profile(reply)
    assert "可以申请" not in reply.text


@pytest.mark.parametrize(
    "asked", ["南京省专能享受的全列出来", "我要一张单子，南京省专能享受的全都列上", "把省专在南京能沾上的列几条"]
)
def test_a_list_for_one_title_says_nothing_of_the_firm(visitor: Visitor, asked: str) -> None:
    reply = visitor.say(asked)
    assert "转贷基金" in reply.text and "标准奖励" in reply.text
    assert "小巨人”企业奖励" not in reply.text
    assert "tiers" not in profile(reply)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("南京小巨人有什么奖励", "100万元"),
        ("小巨人在南京有什么人才政策", "C 类人才"),
        ("我们是南京的省专，能享受什么", "**可以申请**"),
        ("连云港有什么专门给专精特新的贷款品种", "专精特新贷"),
        ("南京的专精特新能享受啥，我们是省级的，做外贸", "**可以申请**"),
    ],
)
def test_a_thing_that_is_named_with_a_title_is_no_list(visitor: Visitor, asked: str, holds: str) -> None:
    reply = visitor.say(asked)
    assert holds in reply.text
    assert "按称号是这样写的" not in reply.text


def test_money_for_a_title_is_asked_whatever_was_talked_of(visitor: Visitor) -> None:
    reply = visitor.says("南京职称自主评审怎么弄", "就问一句话，南京省专拿不拿得到现金")
    assert "区级奖励" in reply.text and "职称" not in reply.text


@pytest.mark.parametrize(
    "asked", ["那我就老实在丹阳，丹阳还有啥能沾上的", "外资还能享受镇江别的啥", "那我这种评过的，还剩下啥能拿"]
)
def test_what_else_there_is_is_all_that_is_open(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("我们在镇江丹阳，小巨人", "小巨人奖励我们有吗", asked)
    assert reply.outcome == "overview"
    assert "白名单" in reply.text


def test_what_can_be_used_is_summed_up(visitor: Visitor) -> None:
    reply = visitor.says("淮安金湖的省专，想贷款", "担保费呢", "最后汇总下我能用的几样")
    assert "担保平均费率封顶" in reply.text and "汇总征税" not in reply.text


@pytest.mark.parametrize(
    "asked", ["帮老板写汇报，盐城的专精特新政策一共几个方面", "我问的是盐城文件分几块，比如第一块第二块"]
)
def test_the_parts_of_a_document_are_asked_in_a_clause(visitor: Visitor, asked: str) -> None:
    assert "完善培育机制" in visitor.say(asked).text


def test_parts_and_money_are_both_told(visitor: Visitor) -> None:
    reply = visitor.say("写材料，盐城的专精特新政策一共几个方面，哪些是真金白银")
    assert "完善培育机制" in reply.text and "没有哪一项" in reply.text


@pytest.mark.parametrize("asked", ["行吧，那我问你，专精特新有几级", "听说你挺厉害，专精特新分几个等级"])
def test_the_order_of_titles_is_the_documents(visitor: Visitor, asked: str) -> None:
    assert "创新型中小企业—专精特新中小企业" in visitor.say(asked).text


@pytest.mark.parametrize(
    ("asked", "lines", "without"),
    [
        ("手上客户南京一家镇江一家盐城一家，都说是小巨人，分别能拿多少钱", ("100万元", "30万元"), ("盐城",)),
        ("两家客户，一家南京的是小巨人，一家淮安的是省专，分别给多少奖励", ("100万元", "金额文件没有写"), ()),
        ("客户两家，一家在句容，一家高淳，都想搞绿色工厂，哪家有补贴", ("50个以上", "支持建设绿色工厂"), ()),
    ],
)
def test_what_several_firms_ask_in_common_is_told_city_by_city(
    visitor: Visitor, asked: str, lines: tuple[str, ...], without: tuple[str, ...]
) -> None:
    reply = visitor.say(asked)
    assert all(line in reply.text for line in (*lines, *without))
    assert "可以申请" not in reply.text
    assert profile(reply) == {}


def test_what_was_asked_in_common_stays_asked_of_each(visitor: Visitor) -> None:
    visitor.say("手上客户南京一家镇江一家盐城一家，都说是小巨人，分别能拿多少钱")
    assert "100万元" in visitor.say("第一家栖霞的，今年刚评上的小巨人").text
    assert "30万元" in visitor.say("换第二家，镇江丹徒的小巨人").text
    last = visitor.say("第三家盐城大丰的小巨人")
    assert "没有" in first(last.text) or "不是正式文件" in first(last.text)
    assert "100万" not in last.text and "30万" not in last.text


def test_a_thing_asked_for_all_is_asked_of_the_next(visitor: Visitor) -> None:
    visitor.say("客户三家，一家在句容，一家淮阴区，一家高淳，都想搞绿色工厂，哪家有补贴")
    assert "没有写奖励或补贴" in visitor.say("句容那家，省专").text
    assert "没有写这一项" in visitor.say("换一家，淮阴区的淀粉厂，小巨人，也是问绿色工厂").text
    assert "支持建设绿色工厂" in visitor.say("第三家高淳的，省专，绿色工厂").text
    weighed = visitor.say("三家里哪家最划算，给我排一下").text
    assert weighed.count("绿色工厂") > 1 and "生活信息" not in weighed


def test_two_cities_that_are_weighed_stay_the_two(visitor: Visitor) -> None:
    weighed = visitor.say("我们想把注册地从淮安迁到南京，划算不").text
    assert "淮安" in weighed and "镇江" not in weighed
    awards = visitor.say("那你就把两边小巨人的奖励摆一摆").text
    assert "100万元" in awards and "金额文件没有写" in awards and "镇江" not in awards
    people = visitor.say("人才那块比比呗，南京有租房补贴，淮安呢").text
    assert "960元/月" in people and "住房安居保障" in people
    assert "没有这一项" not in people


def test_a_sum_that_is_said_of_another_city_is_put_in_its_place(visitor: Visitor) -> None:
    reply = visitor.say("听说你们淮安给小巨人奖一百万？")
    assert "南京的文件里有一样的数，只给南京的企业" in reply.text


def test_what_another_city_gives_is_not_for_this_firm(visitor: Visitor) -> None:
    reply = visitor.says("我们是淮安的省专，问职称", "那在南京的话评职称要不要论文")
    assert "只给南京的企业" in reply.text


@pytest.mark.parametrize("asked", ["不是光说技改，人、钱、电啥的都说说", "人、钱、电各有什么"])
def test_fields_named_in_a_word_are_each_told(visitor: Visitor, asked: str) -> None:
    text = visitor.says("我们是南京的小巨人", asked).text
    assert all(f"**{field}**" in text for field in "人钱电")
    assert "电力批发市场" in text and "C 类人才" in text


def test_what_a_firm_makes_is_no_field(visitor: Visitor) -> None:
    assert "**人**" not in visitor.say("我们做人、钱管理软件的，南京省专").text


def test_money_is_asked_of_a_firm_by_its_trade(visitor: Visitor) -> None:
    reply = visitor.says("做点单系统的软件公司，省专，南京江宁", "那软件公司有啥现金的")
    assert "区级奖励" in reply.text and "工业软件" not in reply.text
