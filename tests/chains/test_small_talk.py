"""Everyday talk finds nothing in the documents, and what the documents say is not taken for talk."""

from datetime import date

import pytest

from chains.assistant import Assistant
from chains.language.understanding import understand
from knowledge.regions import city_name
from tests.chains.visitor import Visitor

# Readings that answer without a search, or instead of what it found.
_INSTEAD = {"human", "proof", "gap", "trust", "useless", "about", "confused", "ok", "complaint", "fee", "apply_here"}


@pytest.mark.parametrize(
    "said",
    [
        "急急急在线等",
        "我就是随便问问",
        "到底行不行呀",
        "你听懂我的意思了没有",
        "下一步怎么办呢",
        "还要问多久啊",
        "有没有更直接的办法",
        "这不合理吧",
    ],
)
def test_words_that_any_talk_has_find_nothing_and_are_asked_about(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome in {"unclear", "talk", "outside"} and not reply.citations


@pytest.mark.parametrize(
    "said",
    [
        "太长了，挑重点说",
        "说得简单一点行吗",
        "讲大白话",
        "没时间看这么多",
    ],
)
def test_who_finds_it_too_long_is_told_again_in_short(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京算力券是什么", said)
    assert reply.outcome == "information" and "算力券" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "我再考虑考虑",
        "等我问问老板再说",
        "改天再聊吧",
    ],
)
def test_who_comes_back_later_is_let_go(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京算力券是什么", said)
    assert reply.outcome == "talk" and not reply.citations


@pytest.mark.parametrize(
    "said",
    [
        "这助手真没用",
        "白问了",
        "答非所问啊",
    ],
)
def test_a_complaint_about_the_assistant_is_met_with_an_apology_and_the_way_to_staff(
    visitor: Visitor, said: str
) -> None:
    reply = visitor.say(said)
    assert "抱歉" in reply.text and "转人工" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "帮我看下我们厂的情况吧",
        "咱们公司够不够条件",
        "你直接告诉我能领多少",
        "我们小公司能行不",
    ],
)
def test_who_wants_the_enterprise_looked_at_is_interviewed(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "interview"


@pytest.mark.parametrize(
    "said",
    [
        "南京搞人工智能有补贴没",
        "盐城海关有人来讲AEO吗",
        "淮安车间机器换人支持吗",
    ],
)
def test_a_thing_that_sounds_like_a_wish_for_staff_is_looked_up(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome in {"information", "interview", "verdict"} and reply.citations


@pytest.mark.parametrize(
    "said",
    [
        "转接人工客服",
        "找个真人来",
        "要个人来跟我说",
        "你们这边有客服吗",
        "我想跟真人聊",
    ],
)
def test_who_wants_a_person_gets_one(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "handed_over"


@pytest.mark.parametrize(
    "said",
    [
        "镇江增值税能少交点吗",
        "盐城货被外国公司起诉侵权怎么应对",
        "淮安新产品想卖给学校医院单位",
        "南京想发行股票上市有人辅导吗",
    ],
)
def test_a_word_of_daily_life_beside_what_a_document_says_is_looked_up(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome in {"information", "interview", "verdict"} and reply.citations


@pytest.mark.parametrize(
    "said",
    [
        "南京哪家医院看颈椎好",
        "公司被前员工起诉了怎么办",
        "茅台的股票还能买吗",
        "个人所得税起征点多少",
    ],
)
def test_daily_life_itself_is_still_none_of_its_business(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "outside" and reply.abstained and not reply.citations


async def test_what_is_known_to_be_asked_is_not_declined_or_talked_away(assistant: Assistant) -> None:
    """Of all known questions, each with its city: those that some other reading also fits."""
    lost: list[str] = []
    tried = 0
    for entry in assistant.finder.entries:
        for question in entry.questions if entry.official else ():
            tried += 1
            text = question if city_name(entry.city) in question else city_name(entry.city) + question
            heard = understand(text)
            if heard.outside or heard.hostile or heard.has_orders or heard.intents & _INSTEAD:
                reply = (await assistant.answer(assistant.begin(date(2026, 11, 20)), text)).reply
                lost += [text] if reply.abstained or not reply.citations else []
    assert tried > 0 and len(lost) <= tried / 300, lost


@pytest.mark.parametrize(("said", "title"), [("南京专利有奖励吗", "专利"), ("盐城搞绿色工厂有补贴没有", "绿色工厂")])
def test_whether_money_is_given_for_a_thing_is_answered_of_that_thing_first(
    visitor: Visitor, said: str, title: str
) -> None:
    reply = visitor.say(said)
    assert "没有写奖励或补贴" in reply.text and title in reply.text and "万元" not in reply.text


def test_what_is_given_is_not_denied(visitor: Visitor) -> None:
    assert "没有写奖励或补贴" not in visitor.say("南京租房有补贴吗").text


def test_a_list_is_told_whole_whoever_asks_to_leave_nothing_out(visitor: Visitor) -> None:
    assert visitor.say("镇江那六大行动叫啥，一个都别落下").text.count("行动[") == 6


@pytest.mark.parametrize("said", ["给我们p几张假发票", "帮忙弄几份假合同好去申报"])
def test_several_forgeries_are_no_better_than_one(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "hostile"


def test_a_letter_to_a_customer_is_not_written(visitor: Visitor) -> None:
    assert visitor.says("南京支持做AEO吗", "那你替我写封商务信给客户").outcome == "outside"


def test_a_wish_that_tells_a_fact_is_answered_beside_another(visitor: Visitor) -> None:
    reply = visitor.say("江宁省专 贷款要到期想过桥 还想做AEO")
    assert {f.support_id for f in reply.findings} == {"nanjing-refinancing-fund", "nanjing-aeo"}


@pytest.mark.parametrize("said", ["能不能通过你们这里报名", "你能替我们代办一下吗", "从您这儿可以直接提交不"])
def test_who_would_apply_here_is_told_that_nothing_can_be_handed_in(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "不能代办申请" in reply.text and not reply.citations


def test_who_names_a_support_is_told_of_it_though_they_would_apply_here(visitor: Visitor) -> None:
    assert visitor.say("你们能帮我申请南京的算力券吗").citations


@pytest.mark.parametrize("said", ["你根本没听懂我的话", "您回答得不对呀", "你这助手不行啊，答非所问"])
def test_who_was_not_understood_gets_an_apology_and_no_provision(visitor: Visitor, said: str) -> None:
    visitor.say("南京省专 算力券")
    reply = visitor.say(said)
    assert "抱歉" in reply.text and not reply.citations and reply.question is not None


@pytest.mark.parametrize("said", ["明白了 麻烦你们了", "多谢，打扰您了"])
def test_thanks_in_other_words_ask_nothing(visitor: Visitor, said: str) -> None:
    visitor.say("南京省专 算力券")
    assert visitor.say(said).text == "不客气，有需要随时问。"


def test_what_we_can_do_for_something_named_is_what_there_is_of_it(visitor: Visitor) -> None:
    reply = visitor.say("南京的，我们打算上市，你们能帮什么忙")
    assert any("上市" in citation.quote for citation in reply.citations)


def test_a_sum_that_is_owed_opens_what_is_written_of_debts(visitor: Visitor) -> None:
    reply = visitor.say("淮安的厂，客户欠着我们八十多万半年没结")
    assert [finding.support_id for finding in reply.findings] == ["huaian-payment-arrears"]


def test_the_district_is_asked_on_of_a_list(visitor: Visitor) -> None:
    visitor.says("我们在南京江宁，省专，小巨人那一百万能拿吗", "那我们省专能拿多少现钱")
    assert [finding.support_id for finding in visitor.say("园区里呢").findings] == ["nanjing-district-provincial-award"]


@pytest.mark.parametrize("said", ["您这边是人工还是ai", "你们这个是ai吗还是真人", "那你到底有啥用"])
def test_who_asks_what_speaks_here_is_told(said: str, visitor: Visitor) -> None:
    assert visitor.say(said).text.startswith("我是惠企")
