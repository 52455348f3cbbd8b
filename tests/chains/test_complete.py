"""A question that names all that it is about is answered as if it were the first; what asks on is not."""

import pytest

from tests.chains.visitor import Visitor, profile, provisions

NANJING, ZHENJIANG, HUAIAN = "nanjing-measures", "zhenjiang-plan-2023-2025", "huaian-plan-2023-2025"
LIANYUNGANG, YANCHENG = "lianyungang-plan-2023-2025", "yancheng-measures-draft"
BEFORE = ["南京算力券一张多少钱", "镇江政府采购怎么照顾专精特新", "盐城想上市有人辅导吗"]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("到2025年，淮安国家单项冠军要创成几家", (HUAIAN, "1/3/1")),
        ("南京小巨人第一次评上给多少钱", (NANJING, "2/5")),
        ("淮安千亿级产业集群打算培育几个", (HUAIAN, "2/3")),
        ("连云港国家开发银行那个贷款叫什么名字", (LIANYUNGANG, "2/7")),
        ("在淮安头一回被环保查出小毛病，没造成后果，一定要罚吗", (HUAIAN, "3/4")),
        ("每年镇江要有多少家小企业升成规上", (ZHENJIANG, "3/1/1")),
    ],
)
def test_what_was_told_before_changes_no_answer(
    visitor: Visitor, before: str, asked: str, place: tuple[str, str]
) -> None:
    reply = visitor.says(before, asked)
    assert place in provisions(reply) and len({document for document, _ in provisions(reply)}) == 1


def test_what_only_another_city_has_is_not_taken_for_what_was_told(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖多少", "镇江发算力券吗")
    assert reply.abstained and "算力券" in reply.text and "30万" not in reply.text


def test_the_state_of_a_document_is_asked_of_the_document(visitor: Visitor) -> None:
    reply = visitor.says("南京大模型备案奖多少", "连云港那份三年计划现在还有效吗")
    assert "2025年12月31日" in reply.text and "已经到期" in reply.text


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ("南京小巨人奖多少", "那镇江呢", "30万"),
        ("南京小巨人奖多少", "镇江呢，给多少", "30万"),
        ("淮安关键工序数控化率要求多少", "镇江的", "65%"),
        ("盐城省专培育库的企业，研发费用占营收要到几个点", "小巨人那个库呢", "6%"),
        ("淮安首违不罚有吗", "改好了就不罚啦", "不予行政处罚"),
    ],
)
def test_what_asks_on_is_still_of_what_was_told(visitor: Visitor, before: str, asked: str, told: str) -> None:
    assert told in visitor.says(before, asked).text


def test_an_interview_goes_on_after_the_question_that_interrupts_it(visitor: Visitor) -> None:
    waits = visitor.say("我们是连云港的企业").question
    assert waits is not None and waits.slot == "tiers"
    reply = visitor.say("平均一家专精特新手里要有几件有效专利")
    assert "5件" in reply.text and reply.question == waits
    reply = visitor.say("国家小巨人")
    assert profile(reply)["tiers"] == ("little_giant",) and reply.findings


def test_facts_of_the_firm_are_kept(visitor: Visitor) -> None:
    visitor.says("我们是盐城的省专", "我们能申请什么")
    reply = visitor.say("淮安的政府性担保机构平均担保费率最高多少")
    assert profile(reply)["city"] == "yancheng" and "1%" in reply.text
