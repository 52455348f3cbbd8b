"""What is noted as a fact, and what an answer to an open question means."""

import pytest

from tests.chains.visitor import Visitor, profile

ON_THE_LIST = ("buys_computing", "genai_filed", "pilot_platform", "service_platform", "key_technology_project")


# One thing that is said while a list stands open.


@pytest.mark.parametrize("said", ["报关单位登记过的", "欠银行的款明年四月到期", "我们货卖到东南亚", "每个月出口几个柜"])
def test_one_thing_that_is_said_ticks_no_list(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，省专，私企", said)
    assert "yes" in profile(reply).values()
    assert not [slot for slot in ON_THE_LIST if slot in profile(reply)]
    assert reply.question is not None and reply.question.slot == "checklist"


@pytest.mark.parametrize("said", ["货卖到东南亚，别的没有", "就有外贸这一样", "有出口，算力也租"])
def test_who_says_so_or_lists_several_has_answered_the_list(visitor: Visitor, said: str) -> None:
    known = profile(visitor.says("南京，省专，私企", said))
    assert known["foreign_trade"] == "yes"
    assert known["pilot_platform"] == "no"
