"""What to do first: one step, of what was told last, and no promise."""

import pytest

from tests.chains.visitor import Visitor, first

OVER = "我是镇江丹徒的 去年评上国家小巨人 首次 那个30万能拿不"
OPEN = "南京小巨人奖多少"
MET = "南京民企省专，有笔贷款下个月到期，转贷基金能用吗"
REFUSED = "南京什么资质没有 想要算力券"


@pytest.mark.parametrize("said", ["那你建议我怎么办", "我们现在最该干啥", "第一步找谁", "下一步怎么走"])
def test_of_a_plan_that_is_over_the_office_is_asked(visitor: Visitor, said: str) -> None:
    line = first(visitor.says(OVER, said).text)
    assert line.startswith("**第一步**：问镇江市工信局") and "已经到期" in line


def test_of_what_is_not_known_that_is_found_out(visitor: Visitor) -> None:
    assert first(visitor.says(OPEN, "那我该先做什么").text).startswith("**第一步**：先弄清楚这几条：是国家专精特新")


def test_of_what_is_met_whoever_is_responsible_is_asked(visitor: Visitor) -> None:
    line = first(visitor.says(MET, "接下来第一步干啥").text)
    assert line.startswith("**第一步**：向责任单位问") and "市委金融办" in line


def test_what_is_refused_is_left_be(visitor: Visitor) -> None:
    text = visitor.says(REFUSED, "那我们现在最该干啥").text
    assert first(text).startswith("**第一步**：这一项先放一放") and "评上省级专精特新之后" in text


@pytest.mark.parametrize("said", ["要准备什么材料", "那怎么办", "小巨人呢", "南京还有什么"])
def test_other_questions_get_no_step(visitor: Visitor, said: str) -> None:
    assert "第一步" not in visitor.says(REFUSED, said).text


@pytest.mark.parametrize("said", ["法院那边你能帮我递材料吗", "你能帮我们跑一趟吗", "您可以替我打电话给他们吗"])
def test_nobody_here_goes_anywhere_for_anybody(visitor: Visitor, said: str) -> None:
    assert "不能代办" in visitor.says("南京有客户拖了我们货款 咋办", said).text
