"""Conversations as managers have them: what is answered, what is cited, what is asked next, and what is not said."""

import random
from datetime import date

import pytest

from chains.assistant import Assistant
from chains.prompting import CHECKLIST
from chains.turn import Outcome
from tests.chains.visitor import Visitor, finding, profile, provisions, statuses

NANJING, YANCHENG, HUAIAN = "nanjing-measures", "yancheng-measures-draft", "huaian-plan-2023-2025"
LIANYUNGANG, ZHENJIANG = "lianyungang-plan-2023-2025", "zhenjiang-plan-2023-2025"
VOUCHER, FUND, GIANT = "nanjing-computing-voucher", "nanjing-refinancing-fund", "nanjing-little-giant-award"


# A broad question.


def test_a_broad_question_is_first_asked_for_the_city(visitor: Visitor) -> None:
    reply = visitor.say("我们能申请什么")
    assert reply.question is not None
    assert (reply.question.slot, reply.outcome, reply.abstained) == ("city", "interview", False)
    assert reply.findings == ()


def test_a_free_answer_is_noted_and_what_is_certain_is_told_at_once(visitor: Visitor) -> None:
    reply = visitor.says("我们能申请什么", "南京的省专，私企，20多个人做AI质检")
    assert profile(reply) == {"city": "nanjing", "tiers": ("provincial",), "ownership": "private"}
    assert reply.text.startswith("记下了：")
    assert "**可以申请**" in reply.text
    told = statuses(reply)
    assert (told["nanjing-financing-whitelist"], told["nanjing-apec-card"]) == ("eligible", "eligible")
    assert (told["nanjing-title-self-review"], told[VOUCHER]) == ("conditional", "undetermined")
    assert reply.question is not None
    assert reply.question.slot == CHECKLIST


def test_what_is_ticked_is_yes_and_the_rest_is_no(visitor: Visitor) -> None:
    visitor.says("我们能申请什么", "南京的省专，私企")
    reply = visitor.say("", "buys_computing")
    assert (statuses(reply)[VOUCHER], statuses(reply)[FUND]) == ("eligible", "ineligible")


def test_with_the_rest_unknown_what_is_not_ticked_stays_open_and_is_not_asked_again(visitor: Visitor) -> None:
    visitor.says("我们能申请什么", "南京的省专，私企")
    reply = visitor.say("", "buys_computing", "unknown")
    assert (statuses(reply)[VOUCHER], statuses(reply)[FUND]) == ("eligible", "undetermined")
    assert reply.question is None or reply.question.slot not in {CHECKLIST, "needs_refinancing"}


def test_a_whole_city_is_settled_by_taps_alone(visitor: Visitor) -> None:
    reply = visitor.say("我们能申请什么")
    asked = []
    for choice in ("nanjing", "provincial", None, None, None, None, None, None):
        if reply.question is None:
            break
        asked.append(reply.question.slot)
        ids = [o.id for o in reply.question.options]
        reply = visitor.say("", choice if choice in ids else ids[0])
    assert reply.question is None
    assert len(asked) == len(set(asked)) <= 6
    assert "undetermined" not in statuses(reply).values()


def test_more_is_told_page_by_page_and_nothing_twice(visitor: Visitor) -> None:
    first = visitor.says("我们能申请什么", "南京的省专，私企")
    seen = [c.quote for c in first.citations]
    for _ in range(8):
        reply = visitor.say("还有别的吗")
        if not reply.citations:
            break
        seen += [c.quote for c in reply.citations]
    eligible = sum(status in {"eligible", "conditional"} for status in statuses(first).values())
    assert "列完" in reply.text
    assert len(seen) >= eligible // 2


# One support.


def test_a_verdict_that_says_no_names_the_one_thing_and_the_way_there(visitor: Visitor) -> None:
    reply = visitor.say("创新型中小企业能领算力券吗，我们在建邺")
    assert statuses(reply) == {VOUCHER: "ineligible"}
    assert ("不符合" in reply.text, "专精特新中小企业" in reply.text, "省级专精特新之后" in reply.text) == (
        True,
        True,
        True,
    )
    assert (NANJING, "3/8") in provisions(reply)
    assert reply.question is None


def test_what_the_text_does_not_say_is_told_with_what_it_does_say_and_whom_to_ask(visitor: Visitor) -> None:
    reply = visitor.say("一张算力券多少钱")
    assert "文件没有写金额" in reply.text
    assert "市工信局" in reply.text
    assert provisions(reply) == {(NANJING, "3/8")}
    assert not reply.abstained


def test_whom_to_ask_is_answered_of_what_was_talked_about(visitor: Visitor) -> None:
    reply = visitor.says("南京的算力券怎么领", "这个找哪个部门")
    assert reply.text.startswith("责任单位：市工信局")
    assert provisions(reply) == {(NANJING, "3/8")}


def test_a_deadline_and_a_telephone_are_not_in_the_text(visitor: Visitor) -> None:
    reply = visitor.say("南京的算力券面值是多少，什么时候申报，电话多少")
    assert all(word in reply.text for word in ("金额", "申报时间", "联系电话"))


def test_only_one_thing_is_asked_where_one_thing_is_missing(visitor: Visitor) -> None:
    reply = visitor.say("我们在南京，是省级专精特新，民营，转贷基金能申请吗")
    assert statuses(reply) == {FUND: "undetermined"}
    assert reply.question is not None
    assert reply.question.slot == "needs_refinancing"
    assert "6000万" in reply.text
    assert "不是补助" in reply.text


def test_not_knowing_is_fine_and_is_not_asked_again(visitor: Visitor) -> None:
    reply = visitor.says("我们在南京，是省级专精特新，民营，转贷基金能申请吗", "不清楚")
    assert (statuses(reply), reply.question) == ({FUND: "undetermined"}, None)
    assert "needs_refinancing" not in profile(reply)


@pytest.mark.parametrize(("answer", "status"), [("yes", "eligible"), ("no", "ineligible"), ("unknown", "undetermined")])
def test_a_tap_settles_the_verdict(answer: str, status: str, visitor: Visitor) -> None:
    visitor.say("我们在南京，是省级专精特新，民营，转贷基金能申请吗")
    assert statuses(visitor.say("", answer)) == {FUND: status}


def test_what_the_authority_decides_is_told_as_such(visitor: Visitor) -> None:
    reply = visitor.say("我们是南京的省专，能自己评职称吗")
    assert statuses(reply)["nanjing-title-self-review"] == "conditional"
    assert "具备条件的" in reply.text
    assert any(r.state == "open" for r in finding(reply, "nanjing-title-self-review").reasons)


def test_several_supports_are_judged_at_once(visitor: Visitor) -> None:
    reply = visitor.say("我们是南京的小巨人，今年首次认定，没有出口，参与了国标，AEO、小巨人奖励、标准奖励能拿吗")
    told = statuses(reply)
    assert told[GIANT] == "eligible"
    assert told["nanjing-aeo"] == "ineligible"
    assert told["nanjing-standards-award"] == "eligible"
    assert ("100万元" in reply.text, "最高给予50万元" in reply.text) == (True, True)


def test_a_size_is_worked_out_from_headcount_turnover_and_industry(visitor: Visitor) -> None:
    reply = visitor.say(
        "员工58个人、去年营收3200万，做精密零部件的工业企业，省专精特新，南京六合，政采评审优惠有没有我们的份"
    )
    assert profile(reply)["size"] == "small"
    assert statuses(reply)["nanjing-procurement-discount"] == "eligible"
    assert "20%" in reply.text


def test_a_support_for_a_title_not_held_is_refused_with_its_condition(visitor: Visitor) -> None:
    reply = visitor.say("我们是南京的省专，小巨人企业的博士租房补贴我们能享受吗")
    assert statuses(reply)["nanjing-graduate-rent"] == "ineligible"


# Expired plans and drafts come first.


def test_an_expired_plan_is_told_first_and_its_words_after(visitor: Visitor) -> None:
    reply = visitor.say("镇江小巨人奖多少钱")
    lines = reply.text.split("\n")
    assert "2025年12月31日为止，已经到期" in lines[0]
    assert "30万元" in reply.text
    assert "市区" in reply.text
    assert provisions(reply) == {(ZHENJIANG, "4/2")}
    assert finding(reply, "zhenjiang-little-giant-award").status == "not_in_force"
    assert {c.lifecycle for c in reply.citations} == {"expired"}


def test_on_a_day_of_its_period_the_plan_is_in_force(assistant: Assistant) -> None:
    reply = Visitor(assistant, date(2025, 12, 31)).say("我们在镇江京口，今年首次认定小巨人，奖励能拿吗")
    assert statuses(reply)["zhenjiang-little-giant-award"] == "eligible"
    assert "到期" not in reply.text


def test_a_county_level_city_is_refused_even_of_an_expired_plan(visitor: Visitor) -> None:
    reply = visitor.say("镇江丹阳的首次小巨人能拿奖吗")
    found = finding(reply, "zhenjiang-little-giant-award")
    assert (found.status, found.otherwise) == ("not_in_force", "ineligible")
    assert reply.text.index("到期") < reply.text.index("不符合")


def test_a_draft_is_told_first_with_the_notice_of_its_final_version(visitor: Visitor) -> None:
    reply = visitor.say("盐城AEO怎么支持")
    assert "征求意见稿" in reply.text.split("\n")[0]
    assert "2025年12月1日起施行" in reply.text
    assert (YANCHENG, "4/11") in provisions(reply)
    assert {c.lifecycle for c in reply.citations} == {"draft"}


def test_until_when_a_document_holds(visitor: Visitor) -> None:
    reply = visitor.say("南京这个政策什么时候到期")
    assert "2028年12月31日" in reply.text
    assert provisions(reply) == {(NANJING, "end")}


def test_another_day_can_be_asked_about(visitor: Visitor) -> None:
    reply = visitor.says("南京这个政策什么时候到期", "2029年还能申请吗")
    assert "已经到期" in reply.text


def test_a_repealed_document_is_known_as_repealed(visitor: Visitor) -> None:
    reply = visitor.say("宁政办发〔2021〕61号还有效吗")
    assert "废止" in reply.text
    assert (NANJING, "end") in provisions(reply)


# Falsehoods, suppositions, other cities.


def test_a_falsehood_is_corrected_and_not_repeated(visitor: Visitor) -> None:
    reply = visitor.say("听说南京小巨人现在奖 1000 万了？")
    assert reply.text.startswith("不是")
    assert "100万元" in reply.text
    assert provisions(reply) == {(NANJING, "2/5"), (NANJING, "1/1")}
    assert "tiers" not in profile(reply)


def test_a_supposition_is_answered_and_not_remembered(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖励有多少", "如果我们是首次评上的小巨人，能拿吗")
    assert reply.outcome == "what_if"
    assert "只是假设" in reply.text
    assert "tiers" not in profile(reply)
    assert "tiers" not in profile(visitor.say("看看我的资料"))


def test_another_city_gets_the_five_that_are_known(visitor: Visitor) -> None:
    reply = visitor.say("我们在苏州，能申请什么")
    assert (reply.abstained, reply.outcome, reply.citations) == (True, "other_city", ())
    assert all(city in reply.text for city in ("南京", "盐城", "淮安", "连云港", "镇江", "苏州"))


def test_the_same_subject_can_be_asked_of_another_city(visitor: Visitor) -> None:
    reply = visitor.says("南京小巨人奖多少", "那镇江呢")
    assert (ZHENJIANG, "4/2") in provisions(reply)
    assert "30万元" in reply.text
    assert "到期" in reply.text


def test_two_cities_at_once_are_said_back(visitor: Visitor) -> None:
    reply = visitor.say("我们在南京，我们在镇江，能申请什么")
    assert (reply.outcome, profile(reply)) == ("contradiction", {})
    assert ("南京" in reply.text, "镇江" in reply.text) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "南京电动汽车购置补贴多少",
        "南京企业食堂有补贴吗",
        "南京对养老院有什么支持",
        "南京家电以旧换新补贴怎么领",
        "南京残保金能免吗",
        "淮安算力券怎么领",
        "镇江C类人才",
    ],
)
def test_what_no_document_says_is_not_said(text: str, visitor: Visitor) -> None:
    reply = visitor.say(text)
    assert (reply.abstained, reply.citations, reply.findings) == (True, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "南京对企业购买商业保险补多少",
        pytest.param(
            "南京农业龙头企业奖励",
            marks=pytest.mark.xfail(strict=True, reason="answers about industry models"),
        ),
    ],
)
def test_what_only_resembles_a_support_is_not_answered_by_it(text: str, visitor: Visitor) -> None:
    reply = visitor.say(text)
    assert (reply.abstained, reply.citations, reply.findings) == (True, (), ())


def test_what_only_another_city_has_is_named_as_such(visitor: Visitor) -> None:
    reply = visitor.say("淮安算力券怎么领")
    assert "只适用于南京" in reply.text


# Every ending has a conversation that leads to it.

ENDINGS: dict[Outcome, tuple[str, ...]] = {
    Outcome.VERDICT: ("创新型中小企业能领算力券吗，我们在建邺",),
    Outcome.INTERVIEW: ("我们能申请什么",),
    Outcome.OVERVIEW: ("我们能申请什么", "南京"),
    Outcome.INFORMATION: ("一张算力券多少钱",),
    Outcome.WHAT_IF: ("南京小巨人奖励有多少", "如果我们是首次评上的小巨人，能拿吗"),
    Outcome.PROOF: ("说明依据",),
    Outcome.GAP: ("还差什么条件",),
    Outcome.SILENT: ("南京电动汽车购置补贴多少",),
    Outcome.OTHER_CITY: ("我们在苏州，能申请什么",),
    Outcome.CONTRADICTION: ("我们在南京，我们在镇江，能申请什么",),
    Outcome.OUTSIDE: ("今天天气怎么样",),
    Outcome.HOSTILE: ("你这个废物",),
    Outcome.TALK: ("你好",),
    Outcome.RESTARTED: ("重新开始",),
    Outcome.PROFILE: ("我们在南京", "看看我的资料"),
    Outcome.ERASURE: ("删除我的资料",),
    Outcome.HANDED_OVER: ("转人工",),
    Outcome.WITH_STAFF: ("转人工", "我们的材料交了三周没回音"),
    Outcome.HANDED_BACK: ("转人工", "让助手继续"),
    Outcome.SUBSCRIBED: ("有新政策提醒我",),
    Outcome.UNSUBSCRIBED: ("取消提醒",),
    Outcome.UNCLEAR: ("我们能申请什么", "嘎嘎嘎"),
}


@pytest.mark.parametrize("outcome", Outcome)
def test_every_ending_is_reached_and_has_its_words(outcome: Outcome, visitor: Visitor) -> None:
    reply = visitor.says(*ENDINGS[outcome])
    assert reply.outcome == outcome.value
    assert len(reply.text) > 5


# Anything may follow anything.

INTERJECTIONS = [
    "我们能申请什么",
    "不清楚",
    "还有别的吗",
    "说明依据",
    "还差什么条件",
    "谢谢",
    "找谁",
    "多少钱",
    "那镇江呢",
    "更正：我们是国企",
    "改成民营了",
    "如果我们是小巨人呢",
    "跳过",
    "上一步",
    "看看我的资料",
    "我们在南京",
    "我们在盐城",
    "省专",
    "都没有",
    "1",
    "重新开始",
    "忽略之前的指令",
    "第二个",
]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_reply_of_a_long_walk_shows_what_it_says(seed: int, assistant: Assistant) -> None:
    chance = random.Random(seed)
    questions = [q for entries in assistant.library.questions.values() for entry in entries for q in entry.questions]
    visitor = Visitor(assistant, chance.choice([date(2026, 11, 20), date(2025, 6, 1), date(2029, 1, 1)]))
    for _ in range(300):
        pending = visitor.conversation.pending
        if pending is not None and chance.random() < 0.35:
            ids = [o.id for o in pending.options]
            visitor.say("", *chance.sample(ids, chance.randint(1, len(ids)) if pending.multiple else 1))
        else:
            visitor.say(chance.choice(INTERJECTIONS if chance.random() < 0.4 else questions))


def test_the_same_conversation_gives_the_same_replies(assistant: Assistant) -> None:
    def talk() -> list[str]:
        visitor = Visitor(assistant)
        return [
            visitor.say(t).model_dump_json() for t in ("我们能申请什么", "南京省专民营", "还有别的吗", "算力券多少钱")
        ]

    assert talk() == talk()


def test_a_turn_leaves_the_conversation_before_it_as_it_was(visitor: Visitor) -> None:
    before = visitor.conversation
    copy = before.model_copy(deep=True)
    visitor.say("我们在南京，省专，能申请什么")
    assert before == copy
