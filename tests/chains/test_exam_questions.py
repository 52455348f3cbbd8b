"""Questions put while another is open, of how many count, of trouble told, of what a document leaves unsaid."""

import pytest

from tests.chains.visitor import Visitor, profile, provisions


@pytest.mark.parametrize(
    ("said", "told"), [("省级以上工业设计中心要创成几家", "3/5/20"), ("创新型企业要培育几家", "2")]
)
def test_a_question_with_the_words_of_a_title_is_no_answer_to_that_for_titles(
    visitor: Visitor, said: str, told: str
) -> None:
    reply = visitor.says("我们做工业设计的，在镇江", said)
    assert "tiers" not in profile(reply) and told in {path for _, path in provisions(reply)}


def test_a_question_that_names_the_own_title_is_answered(visitor: Visitor) -> None:
    reply = visitor.says("镇江的", "那我们专精特新的人才申报省里重点人才计划有优先没有")
    assert reply.outcome == "verdict" and "优先推荐申报省级以上重点人才计划" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "南京省专，参与建了一个中试平台，投了小一千万，够得上补助不",
        "南京省专，参与建了两个中试平台，投了800万，够得上吗",
    ],
)
def test_what_was_spent_on_one_or_two_asks_not_how_several_are_counted(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "参与建设中试平台资助" in reply.text and "几个一起" not in reply.text


def test_several_that_a_sum_is_asked_of_are_said_to_be_left_open(visitor: Visitor) -> None:
    assert "几个一起" in visitor.say("南京省专，参与建了两个中试平台，能给多少").text


@pytest.mark.parametrize(
    "said", ["甲方压了我大半年货款还不给！！南京到底有没有规矩管这个", "客户赖着我们尾款！南京有没有规矩管"]
)
def test_trouble_told_is_what_a_question_of_rules_is_about(visitor: Visitor, said: str) -> None:
    assert provisions(visitor.say(said)) == {("nanjing-measures", "5/15")}


def test_a_draft_that_writes_no_last_day_is_said_to_write_none(visitor: Visitor) -> None:
    assert "没有写有效期" in visitor.says("盐城那个若干措施", "征求意见稿里写没写有效期到哪年").text


def test_days_asked_of_with_the_city_are_said_to_be_left_open(visitor: Visitor) -> None:
    reply = visitor.says("APEC商务旅行卡我们能办吗", "南京的文件上APEC卡写的几天办好")
    assert "文件没有写：快多少天" in reply.text


@pytest.mark.parametrize("said", ["一般是用哪些办法照顾我们", "具体靠啥手段帮扶企业"])
def test_by_what_means_one_is_helped_is_asked_of_what_was_told(visitor: Visitor, said: str) -> None:
    reply = visitor.says("镇江专精特新，想问政府采购", said)
    assert "预留份额、价格扣除" in reply.text
