"""What a tired person says to a question in two or three words: read, asked again, never searched for."""

from collections.abc import Mapping

import pytest

from tests.chains.visitor import Visitor, profile

_CHECKLIST = (
    "needs_refinancing",
    "key_technology_project",
    "pilot_platform",
    "service_platform",
    "genai_filed",
    "buys_computing",
    "foreign_trade",
)


def _with(*yes: str) -> Mapping[str, str]:
    return {slot: "yes" if slot in yes else "no" for slot in _CHECKLIST}


def _listed(visitor: Visitor, said: str) -> Mapping[str, object]:
    reply = visitor.says("南京，省级专精特新，有什么能用的", said)
    assert reply.outcome in {"overview", "verdict", "interview"}
    return {slot: profile(reply)[slot] for slot in _CHECKLIST if slot in profile(reply)}


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("前两个", ("needs_refinancing", "key_technology_project")),
        ("最后一个", ("foreign_trade",)),
        ("除了进出口都没有", ("foreign_trade",)),
        ("除了算力和出口 别的都没有", ("buys_computing", "foreign_trade")),
        ("除了第一个都没有", ("needs_refinancing",)),
        ("没听说过这些", ()),
        ("我们就是个小厂 哪有这些", ()),
        ("一个都不沾", ()),
    ],
)
def test_a_list_is_ticked_in_words_and_the_rest_is_not_so(visitor: Visitor, said: str, yes: tuple[str, ...]) -> None:
    assert _listed(visitor, said) == _with(*yes)


@pytest.mark.parametrize(
    ("said", "slot"),
    [("就贷款", "needs_refinancing"), ("算力那个", "buys_computing"), ("好像有一个吧 那个算力的", "buys_computing")],
)
def test_what_is_named_of_a_list_is_ticked_and_the_rest_left_open(visitor: Visitor, said: str, slot: str) -> None:
    assert _listed(visitor, said) == {slot: "yes"}


@pytest.mark.parametrize("said", ["有", "有的", "是的", "嗯 对的", "有一个", "两个"])
def test_a_yes_that_does_not_say_which_is_asked_which(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，省级专精特新，有什么能用的", said)
    assert (reply.outcome, reply.citations) == ("unclear", ())
    assert reply.text.startswith("是下面哪一项？")
    assert reply.question is not None
    assert reply.question.slot == "checklist"


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("有的", "是下面哪一项？"),
        ("老早评的", "什么时候评的我知道了。"),
        ("正在弄", "在申报、还没批下来的先不算。"),
        ("明年打算报", "在申报、还没批下来的先不算。"),
        ("市级的", "这个称号不在下面这几种里。"),
        ("3个", "是下面哪一项？"),
    ],
)
def test_what_names_no_title_is_asked_again_in_its_own_words(visitor: Visitor, said: str, begins: str) -> None:
    reply = visitor.says("南京，有什么能用的", said)
    assert reply.text.startswith(begins)
    assert "tiers" not in profile(reply)


@pytest.mark.parametrize(
    ("said", "titles"), [("嗯 没有", ("none",)), ("去年没过", ("none",)), ("省的", ("provincial",))]
)
def test_titles_are_told_in_a_word(visitor: Visitor, said: str, titles: tuple[str, ...]) -> None:
    assert profile(visitor.says("南京，有什么能用的", said))["tiers"] == titles


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("不是国企", "不是国有的我知道了。"),
        ("股份公司", "股东不止一方的"),
        ("是", "是下面哪一种？"),
    ],
)
def test_what_names_no_owner_is_asked_again(visitor: Visitor, said: str, begins: str) -> None:
    reply = visitor.says("南京，省级专精特新，有笔贷款要过桥，转贷基金能用吗", said)
    assert reply.text.startswith(begins)
    assert reply.question is not None
    assert reply.question.slot == "ownership"


@pytest.mark.parametrize("said", ["小公司", "人不多", "不大", "十几个"])
def test_a_firm_that_is_small_in_words_is_asked_how_small(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京的企业，大企业发榜中小企业揭榜我们能参加吗", said)
    assert reply.text.startswith("中型、小型、微型要分开看。")
    assert "size" not in profile(reply)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("已经拿过了", "no"),
        ("钱拿过了", "no"),
        ("过期了重评的", "no"),
        ("就评过一次", "yes"),
        ("今年刚评上", "yes"),
        ("第五批", None),
        ("三年前", None),
        ("没拿过钱", None),
    ],
)
def test_whether_a_title_is_new_is_read_of_the_title_and_not_of_the_money(
    visitor: Visitor, said: str, value: str | None
) -> None:
    reply = visitor.says("南京，国家小巨人，奖励能拿吗", said)
    assert profile(reply).get("first_recognition") == value
    assert value is not None or reply.outcome == "unclear"


def test_what_was_so_once_is_asked_of_today(visitor: Visitor) -> None:
    reply = visitor.says("盐城，省级专精特新，AEO能帮忙吗", "以前有")
    assert reply.text == "以前有的我知道了。现在还有吗？"
    assert "foreign_trade" not in profile(reply)


def test_a_question_back_is_noted_of_nobody(visitor: Visitor) -> None:
    reply = visitor.says("南京雨花台 创新型中小企业，现在这个级别能拿啥", "一样都没有？那这评了干嘛")
    assert "service_platform" not in profile(reply)


def test_who_never_said_a_thing_has_it_noted_neither_way(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，算力券能领吗", "我没说过算力不买啊")
    assert "buys_computing" not in profile(reply)
    assert "不符合" not in reply.text


def test_who_wants_to_be_asked_is_asked(visitor: Visitor) -> None:
    reply = visitor.says("南京省专 做锂电的", "没有？那你要问我什么你问啊")
    assert reply.outcome == "interview"
    assert reply.question is not None


def test_a_thing_named_amid_the_interview_is_looked_up_all_the_same(visitor: Visitor) -> None:
    reply = visitor.says("南京，有什么能用的", "上市的")
    assert "上市" in reply.text
    assert reply.citations
