"""Several figures asked for at once, and short messages that go on from what was told."""

import pytest

from tests.chains.visitor import Visitor, profile, statuses


def provisions(reply: object) -> set[str]:
    return {citation.provision for citation in reply.citations}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("镇江新增进规每年几家 入库培育到2025年要多少家", ("300家", "1500家")),
        ("连云港小巨人要几家，上市后备几家", ("25家", "20家")),
        ("镇江销售增速要高几个点？研发强度又要多少？", ("5个百分点", "4%")),
        ("盐城省专要建多少家，小巨人要多少家", ("500家", "200家")),
    ],
)
def test_each_figure_of_a_message_is_told(visitor: Visitor, said: str, figures: tuple[str, ...]) -> None:
    reply = visitor.say(said)
    assert [figure for figure in figures if figure not in reply.text] == []


@pytest.mark.parametrize(
    ("first", "then", "provision"),
    [
        ("连云港智改数转的贴息补助", "贴几个点", "3/2"),
        ("镇江小巨人奖多少", "分几次发还是一把发", "4/2"),
        ("盐城AEO怎么帮", "费用谁来出", "4/11"),
        ("南京转贷基金怎么说", "最长能用多少天", "2/6"),
        ("盐城研发费用占比要多少", "5%是说谁", "2/4"),
        ("盐城研发机构每年新增多少", "小巨人培育库企业呢", "2/3"),
    ],
)
def test_a_message_that_names_nothing_new_asks_on(visitor: Visitor, first: str, then: str, provision: str) -> None:
    assert provision in provisions(visitor.says(first, then))


def test_what_a_message_names_and_nothing_told_holds_is_another_thing(visitor: Visitor) -> None:
    assert "3/3" in provisions(visitor.says("淮安担保费率找谁", "淮安人才的事哪个部门管"))


def test_what_was_meant_instead_is_answered(visitor: Visitor) -> None:
    assert "电力批发市场" in visitor.says("南京用地有照顾吗", "我问的是电不是地").text


def test_one_of_a_list_does_not_end_it(visitor: Visitor) -> None:
    listed = visitor.say("南京写了金额的奖励都列出来").text
    assert listed.index("1000万元") < listed.index("300万元") < listed.index("6000万元")
    assert "300万元" in visitor.say("第二个什么条件").text
    assert "200万元" in visitor.say("第三个呢").text
    assert "6000万元" in visitor.say("最后一个找谁").text


def test_the_title_asked_about_goes_along_to_another_city(visitor: Visitor) -> None:
    visitor.says("连云港2025年小巨人要多少家", "那镇江呢")
    assert "26家" in visitor.say("淮安呢").text


def test_how_many_firms_there_are_is_no_award(visitor: Visitor) -> None:
    assert "26家" not in visitor.say("淮安小巨人奖励多少钱").text
    assert "30万元" in visitor.say("那镇江奖多少").text


def test_a_city_that_has_it_not_is_named(visitor: Visitor) -> None:
    reply = visitor.say("南京首次单项冠军奖300万，盐城有没有一样的奖")
    assert "盐城" in reply.text and ("没有写" in reply.text or "没有这一项" in reply.text)


def test_a_sentence_is_told_to_its_end(visitor: Visitor) -> None:
    reply = visitor.say("镇江企业第一次犯点小错，后果也轻，会不会直接罚")
    assert "整改期限" in reply.text and "不予行政处罚" in reply.text


def test_a_field_is_asked_for_in_any_words(visitor: Visitor) -> None:
    reply = visitor.say("想请教下南京在融资这块给企业列了哪几样")
    assert all(word in reply.text for word in ("白名单", "转贷基金", "上市", "专板"))


def test_a_day_is_asked_of_the_document_that_was_talked_of(visitor: Visitor) -> None:
    assert "2028年12月31日" in visitor.says("南京这份文件管到哪天", "也就是2029年1月就不行了？").text


# Another city, title or thing in place of the one before.


@pytest.mark.parametrize(
    ("first", "then", "figure"),
    [
        ("连云港研发投入强度要多少", "写错了，应该是镇江", "4%"),
        ("镇江上市目标多少家", "更正一下，我要问的是连云港", "5家"),
        ("淮安上市企业目标几家", "搞错了是连云港", "5家"),
        ("连云港上云企业要多少", "我打快了 是淮安的上云企业", "200家"),
        ("连云港上云企业60家", "淮安的目标呢", "200家"),
        ("连云港户均专利5件", "镇江的目标呢", "5个"),
        ("盐城小巨人研发占比要到几", "那创小的", "4%"),
        ("镇江目标省专几家", "创新型的", "1000家"),
        ("镇江市区小巨人奖多少", "哦那单项冠军", "50万元"),
        ("盐城每年几家小巨人做系统集成", "省专那头", "500家"),
        ("镇江小进规每年几家", "小巨人呢", "50家"),
        ("连云港上市后备库要优选多少家", "真上市的目标呢", "5家"),
        ("连云港特色产业集群要几个", "真正上云的目标是多少", "60家"),
    ],
)
def test_what_is_named_instead_is_what_is_asked_about(visitor: Visitor, first: str, then: str, figure: str) -> None:
    reply = visitor.says(first, then)
    assert (reply.outcome, figure in reply.text, "tiers" in profile(reply)) == ("information", True, False)


@pytest.mark.parametrize(
    ("first", "then", "slot", "value"),
    [
        ("我们是南京的，想问问小巨人奖多少", "说错了，是镇江", "city", "zhenjiang"),
        ("南京单项冠军奖多少", "我们是小巨人", "tiers", ["little_giant"]),
        ("南京小巨人能拿多少", "小巨人", "tiers", ["little_giant"]),
    ],
)
def test_what_is_said_of_the_firm_stays_a_fact(
    visitor: Visitor, first: str, then: str, slot: str, value: object
) -> None:
    told = profile(visitor.says(first, then))[slot]
    assert (list(told) if isinstance(told, tuple) else told) == value


@pytest.mark.parametrize(
    ("first", "then", "words"),
    [
        ("盐城推不推企业上市", "再具体点", "纳入上市培育库，开辟挂牌绿色通道"),
        ("盐城人才卡是咋回事", "讲详细一些呀", "补贴发放等服务保障"),
        ("盐城研发费用占比目标", "详细点", "加大研发投入，建立"),
        ("连云港海外仓", "多讲点", "展览展销活动"),
    ],
)
def test_more_of_the_same_is_told_in_its_whole_sentence(visitor: Visitor, first: str, then: str, words: str) -> None:
    assert words in visitor.says(first, then).text


@pytest.mark.parametrize(
    ("first", "then", "provision"),
    [
        ("南京转贷基金额度多少", "贷款不用，我们要出口，有啥", "4/11"),
        ("镇江绿色工厂有目标吗", "绿色工厂不搞，问问上市的目标", "3/4/15"),
        ("南京标准奖励多少", "标准我们没搞过，专利这块呢", "1/3"),
        ("淮安订单班有没有", "订单班不需要，职称评定呢", "3/3"),
        ("镇江供地", "不要地，电和气够不够保障", "3/4/17"),
    ],
)
def test_what_is_put_aside_is_not_told_again(visitor: Visitor, first: str, then: str, provision: str) -> None:
    told = visitor.say(first)
    reply = visitor.say(then)
    assert provision in provisions(reply)
    assert not set(statuses(reply)) & set(statuses(told))


@pytest.mark.parametrize(
    ("said", "figure"),
    [("镇江小巨人的数", "50家"), ("南京单项冠军的钱", "300万元"), ("镇江单冠 润州", "50万元"), ("淮安A股", "北交所")],
)
def test_a_bare_question_of_a_title_tells_nothing_of_the_firm(visitor: Visitor, said: str, figure: str) -> None:
    reply = visitor.say(said)
    assert (figure in reply.text, "tiers" in profile(reply)) == (True, False)


def test_what_there_is_besides_may_be_asked_in_other_verbs(visitor: Visitor) -> None:
    reply = visitor.says("盐城有首贷贴息吗", "除了这个还说得出啥")
    assert "yancheng-equipment-guarantee" in statuses(reply) and not reply.abstained


@pytest.mark.parametrize(
    ("told", "asked"), [("南京算力券怎么领", "食堂补贴多少"), ("连云港执法检查怎么规范", "绿色工厂奖多少")]
)
def test_help_with_a_thing_of_its_own_is_not_asked_on_of_what_was_told(visitor: Visitor, told: str, asked: str) -> None:
    reply = visitor.says(told, asked)
    assert reply.abstained and not reply.citations


@pytest.mark.parametrize("asked", ["硕士补贴多少", "一个人补多少", "研究生补助几个钱"])
def test_help_with_a_part_of_what_was_told_is_asked_on_of_it(visitor: Visitor, asked: str) -> None:
    assert list(statuses(visitor.says("南京高校毕业生租房补贴有吗", asked))) == ["nanjing-graduate-rent"]


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("淮安有服务专员这个制度么", "几家企业合用一个", "每两家企业"),
        ("连云港省级以上专精特新 知识产权管理标准化是要全覆盖吧", "创新型的只要多少？", "50%"),
        ("连云港高端人才买房有没有支持？", "一平米能补多少钱", "文件没有写金额"),
        ("溧水做玻璃的 气价文件里讲没讲要往下压", "那电嘞 吃不消 能自己上批发那边买啵", "电力批发市场"),
        ("淮安人才评职称有绿色通道是伐", "换一个，南京这块怎么搞", "自主评审"),
    ],
)
def test_a_figure_or_a_unit_is_asked_of_what_was_told(visitor: Visitor, before: str, said: str, told: str) -> None:
    assert told in visitor.says(before, said).text
