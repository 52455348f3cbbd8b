"""Questions for money or for a topic are answered with what the documents say of it, not with everything there is."""

import pytest

from tests.chains.visitor import Visitor, profile, provisions, statuses

NANJING, HUAIAN, YANCHENG = "nanjing-measures", "huaian-plan-2023-2025", "yancheng-measures-draft"
LIANYUNGANG, ZHENJIANG = "lianyungang-plan-2023-2025", "zhenjiang-plan-2023-2025"


# A topic.


@pytest.mark.parametrize(
    ("said", "document", "provision"),
    [
        ("南京有啥融资方面的扶持", NANJING, "2/6"),
        ("淮安有哪些金融政策", HUAIAN, "2/7"),
        ("盐城有没有什么数字化转型补贴", YANCHENG, "3/8"),
        ("连云港有什么人才补贴吗", LIANYUNGANG, "3/3"),
        ("南京公司招人有什么支持", NANJING, "5/13"),
    ],
)
def test_a_topic_named_between_the_words_that_ask_is_listed(
    visitor: Visitor, said: str, document: str, provision: str
) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "information"
    assert provisions(reply) == {(document, provision)}
    assert len(reply.findings) > 1


def test_who_tells_of_the_enterprise_is_told_the_verdicts_on_the_topic(visitor: Visitor) -> None:
    reply = visitor.say("我们盐城的，去年评上省级专精特新，人才上有没有什么扶持政策")
    assert profile(reply)["tiers"] == ("provincial",)
    assert "yancheng-talent-plan" in statuses(reply) and "记下了" in reply.text


@pytest.mark.parametrize("said", ["南京有哪些支持", "镇江有什么好政策", "连云港有没有什么我们用得上的政策"])
def test_what_names_no_topic_still_asks_for_everything(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "overview"


def test_a_kind_of_help_that_no_document_names_is_not_found(visitor: Visitor) -> None:
    assert visitor.say("南京有什么宠物补贴").abstained


def test_conditions_asked_for_are_no_list_of_the_provisions(visitor: Visitor) -> None:
    assert "15 条" not in visitor.say("南京小巨人奖励有哪些条件").text
    assert "15 条" in visitor.say("南京那份措施有哪些条").text
