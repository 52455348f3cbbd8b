"""A day that a question names: what held on it is told, and a day that tells of the firm is none."""

from datetime import date

import pytest

from chains.assistant import Assistant
from tests.chains.visitor import TODAY, Visitor, statuses

AWARD = "zhenjiang-little-giant-award"
LAST_OF_PLANS, LAST_OF_NANJING = date(2025, 12, 31), date(2028, 12, 31)


# Which day is meant.


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2024年3月的时候连云港计划还管用吗", date(2024, 3, 1)),
        ("去年九月淮安那个计划有效吗", date(2025, 9, 1)),
        ("去年这个时候连云港计划有效吗", date(2025, 11, 20)),
        ("前年底镇江计划有效没", date(2024, 12, 31)),
        ("按2025年3月8日算，镇江丹徒首次小巨人能拿奖励吗", date(2025, 3, 8)),
        ("2025年3月8日，镇江润州的首次小巨人，能拿奖励吗", date(2025, 3, 8)),
        ("以2024年10月为准，镇江京口首次小巨人能领奖励吗", date(2024, 10, 1)),
        ("下个月南京的算力券还能申请吗", date(2026, 12, 1)),
        ("南京的政策2030年2月3日还作数吗", date(2030, 2, 3)),
        ("要是等到2029年秋天再申请，南京算力券还有吗", date(2029, 6, 30)),
    ],
)
def test_a_question_of_another_day_is_answered_for_that_day(visitor: Visitor, said: str, day: date) -> None:
    reply = visitor.say(said)
    assert reply.as_of == day.isoformat()
    assert "按您说的" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "我们是镇江京口的小巨人，2024年首次评上的，现在能拿奖励吗",
        "去年8月的时候评上的小巨人，镇江京口，首次，能拿奖励吗",
        "南京省专，有笔贷款明年4月到期，转贷基金能用吗",
        "省专的牌子前年过期了没续，南京的，算力券能领吗",
        "南京省专，去年营收2000万，算力券能拿吗",
        "明年打算租显卡，南京省专，算力券有没有我们的份",
        "小巨人称号后年才到期，南京，现在能拿什么",
        "昨天刚评上小巨人，南京的，首次，能申请奖励吗",
        "淮安2024年小巨人目标多少家",
        "连云港的三年行动计划（2023—2025年）还有效吗",
    ],
)
def test_a_day_that_tells_of_the_firm_or_of_a_target_is_not_asked_of(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.as_of == TODAY.isoformat()
    assert "按您说的" not in reply.text


# What is told of it.


def test_what_held_then_and_holds_no_more_is_told_as_both(visitor: Visitor) -> None:
    reply = visitor.say("2024年的时候镇江小巨人奖励能拿吗 我们在京口 2024年首次认定")
    assert statuses(reply) == {AWARD: "eligible"}
    first = reply.text.split("\n")[0]
    assert "按您说的2024年看" in first and "在执行期内" in first and "现在已经到期" in first


@pytest.mark.parametrize("said", ["如果2029年才评上小巨人还有100万吗", "南京 如果2030年才评上小巨人还有100万吗"])
def test_a_supposed_day_after_the_end_is_not_told_as_today(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "那时不能照此申请；现在还在执行" in reply.text
    assert reply.text.count("给予100万元奖励") == 1


def test_a_day_before_a_start_that_no_text_names_is_left_open(visitor: Visitor) -> None:
    reply = visitor.say("2022年的时候南京的若干措施有效吗")
    assert "不能断定；现在还在执行" in reply.text


def test_a_draft_is_a_draft_on_any_day(visitor: Visitor) -> None:
    assert "不是正式文件" in visitor.say("盐城那个2027年还有效吗").text


# Asked on.


@pytest.mark.parametrize(("said", "day"), [("2025年4月的时候呢", "2025-04-01"), ("大前年呢", "2023-06-30")])
def test_a_day_asks_on_of_what_holds_for_a_day(visitor: Visitor, said: str, day: str) -> None:
    reply = visitor.says("镇江计划现在还有效吗", said)
    assert reply.as_of == day and "在执行期内" in reply.text


@pytest.mark.parametrize("said", ["2024年呢", "那要是去年申请的呢", "去年3月的时候能拿吗"])
def test_a_verdict_is_given_anew_for_another_day(visitor: Visitor, said: str) -> None:
    visitor.say("镇江润州小巨人，首次，能拿奖励吗")
    assert statuses(visitor.say(said)) == {AWARD: "eligible"}


def test_a_year_asks_on_of_a_target_as_its_year(visitor: Visitor) -> None:
    assert "文件没有写2024年的数" in visitor.says("镇江每年小进规多少家", "2024年呢").text


def test_the_last_day_counts_and_the_next_does_not(assistant: Assistant) -> None:
    visitor = Visitor(assistant, LAST_OF_PLANS)
    assert "今天是最后一天" in visitor.say("淮安的计划今天还能用吗").text
    assert "已经到期，那时不能照此申请；现在还在执行" in visitor.say("那明天呢").text


def test_next_year_is_counted_from_the_day_of_the_question(assistant: Assistant) -> None:
    visitor = Visitor(assistant, LAST_OF_NANJING)
    assert "今天是最后一天" in visitor.say("南京的政策今天还能申请吗").text
    reply = visitor.say("明年还行不行")
    assert "已经到期" in reply.text and "同时废止" not in reply.text


# Which document.


@pytest.mark.parametrize("said", ["宁政办发〔2021〕61号还管用吗", "南京以前那份若干措施还有效吗"])
def test_a_repealed_document_is_told_to_be_repealed_first(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).text.startswith("宁政办发〔2021〕61号已经废止")


def test_where_all_documents_are_asked_after_each_is_told_with_its_state(visitor: Visitor) -> None:
    reply = visitor.say("这五份文件哪个现在还能用")
    assert {c.document_id.split("-")[0] for c in reply.citations} == {
        "huaian", "lianyungang", "nanjing", "yancheng", "zhenjiang",
    }  # fmt: skip
    assert "废止" not in reply.text


def test_these_two_are_those_that_were_talked_of(visitor: Visitor) -> None:
    reply = visitor.says("淮中小〔2023〕1号是什么文件", "连政办发〔2023〕15号呢", "这两个现在还有用吗")
    assert {c.document_id for c in reply.citations} == {"huaian-plan-2023-2025", "lianyungang-plan-2023-2025"}


@pytest.mark.parametrize("said", ["盐城那份还没定下来吧 现在能照着申报不", "盐城那个还没定吧，能照着申请吗"])
def test_a_draft_that_is_asked_after_in_passing_is_told_to_be_one(visitor: Visitor, said: str) -> None:
    assert "是征求意见稿" in visitor.say(said).text


def test_now_ends_the_day_that_was_asked_about(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人2027年评上还能拿吗", "那现在我们省专能申请啥")
    assert "按您说的" not in reply.text


@pytest.mark.parametrize("said", ["这文件眼下还在执行期里吗", "现在还在不在有效期"])
def test_whether_it_is_still_its_term_is_asked_of_the_document(visitor: Visitor, said: str) -> None:
    assert "2025年12月31日" in visitor.says("连云港小巨人要搞多少家", said).text


@pytest.mark.parametrize("said", ["我们明年2027年才评得上，赶得上不", "后年才评上 还来得及吗"])
def test_a_title_to_come_is_asked_of_its_year(visitor: Visitor, said: str) -> None:
    text = visitor.says("镇江小巨人那30万", said).text
    assert "那时不能照此申请" in text and "2025年12月31日" in text


@pytest.mark.parametrize("said", ["连云港那份是哪天发出来的，现在过没过期？", "连云港的计划什么时候公布下来的"])
def test_the_day_of_issue_is_told(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert "2023年3月22日" in text and "已经到期" in text


def test_from_when_the_new_measures_hold_is_told(visitor: Visitor) -> None:
    assert "自公布之日起施行" in visitor.say("南京的新措施从什么时候起算施行的").text


@pytest.mark.parametrize(
    "said", ["那换到盐城，发多少？", "盐城那份里有没有同样的话", "盐城的公司，买算力想领券，有门路吗"]
)
def test_what_another_city_has_not_is_said(visitor: Visitor, said: str) -> None:
    assert "我在盐城的文件里没有找到这方面的内容" in visitor.says("南京头一回拿单项冠军给多少", said).text


@pytest.mark.parametrize("said", ["2028年之后南京的政策还有吗", "过了2028年底南京政策还能用吗"])
def test_after_a_day_is_the_day_that_follows(visitor: Visitor, said: str) -> None:
    assert "那时不能照此申请" in visitor.say(said).text
