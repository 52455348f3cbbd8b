"""Which matter a message is about: one told earlier, another one, what is left of it once a denial is gone."""

import pytest

from tests.chains.visitor import Visitor, provisions

MEASURES, HUAIAN, YANCHENG = "nanjing-measures", "huaian-plan-2023-2025", "yancheng-measures-draft"
ZHENJIANG, LIANYUNGANG = "zhenjiang-plan-2023-2025", "lianyungang-plan-2023-2025"


# What was told earlier is gone back to.


@pytest.mark.parametrize(
    ("told", "then", "provision"),
    [
        (("淮安码上贷利率多少", "职称评审有绿色通道吗"), "说回贷款，找哪个局", (HUAIAN, "2/7")),
        (("南京研发机构升级支持吗", "转贷基金有多少额度"), "再说回研发机购吧，谁管", (MEASURES, "1/1")),
        (("镇江单项冠军奖多少", "人才能推荐吗"), "刚说的那个奖，丹徒的厂有份吗", (ZHENJIANG, "4/2")),
        (("连云港海外仓支持吗", "江苏精品几家"), "海外仓那个再问下，找哪个局", (LIANYUNGANG, "2/8")),
        (("盐城专精特新贷能用吗", "碳足迹鼓励做吗"), "贷款那个，是省里的还是市里的", (YANCHENG, "4/10")),
    ],
)
def test_a_loose_name_goes_back_to_what_was_told(
    visitor: Visitor, told: tuple[str, ...], then: str, provision: tuple[str, str]
) -> None:
    assert provisions(visitor.says(*told, then)) == {provision}


@pytest.mark.parametrize(
    ("told", "then", "provision"),
    [
        ("南京微电网怎么补", "再问个，想跟市里的国企接上头做项目", (MEASURES, "4/10")),
        ("淮安担保费多少", "好，换个话题，职工培训有没有", (HUAIAN, "3/3")),
        ("淮安担保费多少", "行。换个事，想在国外搞个仓库放货", (HUAIAN, "2/8")),
        ("盐城碳足迹鼓励吗", "好的，说点别的，首贷贴息是什么", (YANCHENG, "4/10")),
    ],
)
def test_another_matter_is_not_answered_of_the_one_before(
    visitor: Visitor, told: str, then: str, provision: tuple[str, str]
) -> None:
    before = provisions(visitor.say(told))
    after = provisions(visitor.say(then))
    assert provision in after
    assert not after & before


@pytest.mark.parametrize("then", ["对了，要交什么材料", "另外，归哪个部门管", "还有，这个利息谁出"])
def test_what_is_asked_besides_and_names_nothing_asks_on(visitor: Visitor, then: str) -> None:
    reply = visitor.says("南京转贷基金额度多少", then)
    assert provisions(reply) == {(MEASURES, "2/6")}


def test_what_is_known_to_be_asked_of_another_thing_does_not_ask_on(visitor: Visitor) -> None:
    reply = visitor.says("淮安，科技副总是什么意思", "消防来查第一次查出小毛病，要罚吗")
    assert (HUAIAN, "3/4") in provisions(reply)


def test_what_holds_next_to_nothing_of_a_question_is_not_meant(visitor: Visitor) -> None:
    reply = visitor.says("南京算力券是什么", "是要先自己垫钱后报，还是买的时候直接抵掉？")
    assert provisions(reply) == {(MEASURES, "3/8")}


def test_a_question_that_begins_as_an_answer_is_no_answer(visitor: Visitor) -> None:
    reply = visitor.says("我们江宁做传感器的，省级专精特新", "小巨人奖励多少", "哦。那用气能便宜点不，一年气费一百多万")
    assert "购气价格" in reply.text


# What is denied does not lead.


@pytest.mark.parametrize(
    ("told", "then", "title"),
    [
        ("南京省专精特新，能拿到什么钱", "大模型什么的我们不搞，就是想买新机床，有补贴没", "技改"),
        ("淮安担保费多少", "贷款就不用说了，职工培训有没有支持", "培训"),
        ("盐城碳足迹鼓励吗", "绿色这些先不谈，首贷贴息有吗", "首贷贴息"),
        ("镇江用地能优先吗", "土地我们不考虑，参展有支持吗", "博览会"),
    ],
)
def test_what_is_not_wanted_is_not_answered(visitor: Visitor, told: str, then: str, title: str) -> None:
    visitor.say(told)
    reply = visitor.say(then)
    assert any(title in finding.title for finding in reply.findings)
    assert not any("大模型" in f.title or "担保" in f.title or "碳" in f.title for f in reply.findings)


def test_what_the_answer_was_not_to_be_of_does_not_lead(visitor: Visitor) -> None:
    reply = visitor.says("南京算力券多少钱", "不是人工智能！我说的是车床，花了八百多万，技改的补贴")
    assert provisions(reply) == {(MEASURES, "1/1")}


def test_what_is_said_after_what_was_meant_is_asked(visitor: Visitor) -> None:
    reply = visitor.says("盐城人才卡怎么办", "我问的是奖金，不是人才卡。就是说盐城没写小巨人给多少钱对吧")
    assert not any("人才卡" in finding.title for finding in reply.findings)


# What was told is meant where a message names nothing else.


@pytest.mark.parametrize(
    ("told", "then", "provision"),
    [
        ("连云港车间智能化改造给补多少", "我们只是创新型中小企业，这个奖补能要吗", (LIANYUNGANG, "3/2")),
        ("镇江想买地扩厂，有照顾吗", "我们还没评上专精特新呢，正在准备，那这个还能享受吗", (ZHENJIANG, "3/4/17")),
        ("淮安环保查出小毛病能不能不罚", "我们就是创新型中小企业，还算不算", (HUAIAN, "3/4")),
        ("连云港想去广交会，有补贴没有", "我们是省级专精特新的，谁说没资质了", (LIANYUNGANG, "2/8")),
        ("南京国家标准奖多少", "我问的时间，不是数量", (MEASURES, "1/3")),
    ],
)
def test_what_the_firm_is_does_not_lead(visitor: Visitor, told: str, then: str, provision: tuple[str, str]) -> None:
    reply = visitor.says(told, then)
    assert provisions(reply) <= {provision, (provision[0], provision[1].rpartition("/")[0])}
    assert provision in provisions(reply)


def test_a_sum_is_doubted_of_what_was_told(visitor: Visitor) -> None:
    visitor.says("小巨人奖多少钱", "我在淮安，淮安给多少")
    assert provisions(visitor.say("我们评上了的，去年。所以淮安就是没有固定数？")) == {(HUAIAN, "3/2")}


@pytest.mark.parametrize(
    ("told", "then"),
    [
        (("南京单项冠军首次评上，奖金怎么领",), "工厂在溧水，领钱找市里还是找区里"),
        (("南京转贷基金怎么说",), "那负责的是哪一家，我直接去"),
    ],
)
def test_who_is_responsible_is_asked_of_what_was_told(visitor: Visitor, told: tuple[str, ...], then: str) -> None:
    before = provisions(visitor.says(*told))
    assert provisions(visitor.say(then)) == before


def test_an_office_is_confirmed_of_what_was_told(visitor: Visitor) -> None:
    reply = visitor.says("连云港车间智能化改造给补多少", "那我找哪个部门", "行，谢谢啊，连云港工信局是吧")
    assert "工信局在责任单位里" in reply.text


def test_of_several_that_were_told_the_one_that_is_named_is_meant(visitor: Visitor) -> None:
    reply = visitor.says("南京用电用气成本太高了，有什么办法", "这个电力市场怎么参加")
    assert "购气" not in reply.text
    assert "电力批发市场" in reply.text


# What is not there is not answered of what was told.


@pytest.mark.parametrize("then", ["那政府有担保吗，担保费多少", "碳足迹那个，怎么弄"])
def test_what_only_another_city_has_is_said_to_be_missing(visitor: Visitor, then: str) -> None:
    reply = visitor.says("连云港的新材料企业，想贷款，有没有合适的产品", then)
    assert reply.abstained
    assert not any(citation.document_id == LIANYUNGANG for citation in reply.citations)


def test_of_the_same_provision_what_is_called_so_is_meant(visitor: Visitor) -> None:
    reply = visitor.says("连云港智改贷款有贴息吗", "那我们买新设备智改能拿奖补吗")
    assert [finding.title for finding in reply.findings] == ["智改数转资金奖补"]


@pytest.mark.parametrize("asked", ["那省里的规定还管用吧", "省里那个实施细则还有效没"])
def test_rules_of_the_province_are_not_held(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("淮安智能车间要建多少个", asked)
    assert reply.citations == ()
    assert "省里的文件没有收录" in reply.text


# How one comes to hold a title, where none is named.


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("镇江用地能优先吗", "算了，那怎么才能评上"),
        ("淮安一家食品厂，我们啥称号都没有", "那我们怎样才能当上，要什么条件"),
        ("南京的政策给我看看", "我们能评不"),
        ("南京的政策给我看看", "我问的是能不能评专精特新，谁问你职称了"),
    ],
)
def test_a_title_is_meant_where_nothing_told_is_recognised(visitor: Visitor, told: str, asked: str) -> None:
    assert "认定条件" in visitor.says(told, asked).text


@pytest.mark.parametrize("told", ["南京绿色工厂支持吗", "南京职称自主评审"])
def test_what_is_recognised_itself_is_asked_on(visitor: Visitor, told: str) -> None:
    before = provisions(visitor.say(told))
    assert provisions(visitor.say("怎么才能评上")) <= before


def test_where_one_sees_who_holds_a_title_is_not_written(visitor: Visitor) -> None:
    reply = visitor.says("淮安智改有免费诊断吗", "怎么查自己评没评过")
    assert reply.citations == ()
    assert "没有写" in reply.text


@pytest.mark.parametrize(
    ("told", "asked", "title"),
    [
        ("淮安职工培训有没有支持", "对了，我们今年申报小巨人，批下来淮安奖不奖钱", "专精特新企业资金奖补"),
        ("淮安智能车间要建几个", "要是评上省级了呢，淮安奖多少", "专精特新企业资金奖补"),
        ("南京算力券怎么领", "明年争取小巨人，批下来有没有奖", "国家专精特新“小巨人”企业奖励"),
    ],
)
def test_the_award_for_a_title_to_come_is_no_other_matter(visitor: Visitor, told: str, asked: str, title: str) -> None:
    before = {finding.title for finding in visitor.say(told).findings}
    after = {finding.title for finding in visitor.say(asked).findings}
    assert title in after
    assert not before & after
