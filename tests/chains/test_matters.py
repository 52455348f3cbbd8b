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
