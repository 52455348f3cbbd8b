"""What is told against a condition, of another's, or in other words, is heard for what it is."""

import pytest

from tests.chains.visitor import Visitor, profile

# An offence that is not the first, and an owner that is not one's own.


@pytest.mark.parametrize(
    "said",
    [
        "镇江省专，第二次违规被查了还能不罚吗",
        "淮安，我们又被罚了，不是第一次，能免吗",
        "连云港小巨人，多次违规了，罚款能免吗",
    ],
)
def test_another_offence_is_ruled_out_and_is_no_recognition(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "不是首次的不符合" in reply.text
    assert "原则上可以" not in reply.text
    assert "first_recognition" not in profile(reply)


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        (["南京省专，听说有环保正面清单", "我们是电镀厂，排放不少，进得去吗"], "污染物排放量小"),
        (["南京省专，信用评级是D，能减少抽查吗"], "信用风险低"),
        (["镇江省专，违法后果挺严重的，能给整改期吗"], "后果轻微"),
        (["盐城省专，还不具备上市条件，能进上市培育库吗"], "符合上市条件"),
        (["大模型备案南京说奖20万", "材料交上去了还没批 先给钱不"], "已完成生成式人工智能大模型备案"),
    ],
)
def test_what_is_told_against_a_condition_is_said_not_to_fit(visitor: Visitor, said: list[str], condition: str) -> None:
    reply = visitor.says(*said)
    assert "按字面不符合" in reply.text and condition in reply.text
    assert "可以申请" not in reply.text.replace("不能照此申请", "") and "原则上可以" not in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "南京省专，我们排放不大，能进环保正面清单吗",
        "南京省专，没有失信记录，抽查能少点吗",
        "镇江省专，初次违法，后果不严重，能不罚吗",
    ],
)
def test_what_is_told_for_a_condition_leaves_it_to_the_authority(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "按字面不符合" not in reply.text and ("原则上可以" in reply.text or "条件大体符合" in reply.text)


@pytest.mark.parametrize("said", ["欠款的是个国企 小型企业我们 南京", "拖着我们钱的那家是国企，南京省专"])
def test_the_debtors_owner_is_not_ones_own(visitor: Visitor, said: str) -> None:
    assert "ownership" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("盐城的 我们创小评省专 好处 有吗", "tiers", ("innovative",)),
        ("淮安，我们还没评任何称号呢，能办吗", "tiers", ("none",)),
        ("我们做大模型的，南京雨花台，刚过了网信办的备案，有奖励没", "genai_filed", "yes"),
        ("我说的是总公司 南京鼓楼 省专 按总公司算", "city", "nanjing"),
        ("我们是私人开的，就我跟我哥，南京", "ownership", "private"),
    ],
)
def test_what_was_said_is_noted(visitor: Visitor, said: str, slot: str, value: object) -> None:
    assert profile(visitor.say(said))[slot] == value


def test_what_is_spent_on_research_is_no_turnover(visitor: Visitor) -> None:
    assert "size" not in profile(visitor.say("连云港的机械厂，营收三千万 研发150万，省专"))
