"""What is said while a question is open, what is taken back, which titles are not held, and what titles are."""

import pytest

from chains.assistant import Assistant
from tests.chains.visitor import Visitor, profile, statuses

ON_THE_LIST = ("key_technology_project", "pilot_platform", "genai_filed", "needs_refinancing")


# What is said of another thing.


@pytest.mark.parametrize(
    ("asked", "said", "slot"),
    [
        ("南京省专，国家关键技术攻关我们能拿资助吗", "贷款不需要，我们账上有钱", "key_technology_project"),
        ("南京省专，国家关键技术攻关我们能拿资助吗", "现金很多用不着", "key_technology_project"),
        ("南京省专，国家关键技术攻关我们能拿资助吗", "没有贷款，自己有", "key_technology_project"),
        ("南京省专，中试平台的资助我们能拿吗", "有进出口", "pilot_platform"),
        ("南京省专，中试平台的资助我们能拿吗", "算力一直在租", "pilot_platform"),
        ("南京省专，参与标准制定我们有奖吗", "大模型没备案，是用别人的", "leads_standard"),
        ("南京省专，算力券我们能领吗", "还是不行啊", "buys_computing"),
        ("南京省专，算力券我们能领吗", "都不合理", "buys_computing"),
    ],
)
def test_what_is_said_of_another_thing_answers_nothing(visitor: Visitor, asked: str, said: str, slot: str) -> None:
    reply = visitor.says(asked, said)
    assert slot not in profile(reply)
    assert "eligible" not in [f.status for f in reply.findings if any(r.slot == slot for r in f.reasons)]


@pytest.mark.parametrize(
    ("asked", "said", "slot", "value"),
    [
        ("南京省专，中试平台的资助我们能拿吗", "算力没买，中试也没参与", "pilot_platform", "no"),
        ("南京省专，中试平台的资助我们能拿吗", "没有出口，平台在建", "pilot_platform", "yes"),
        ("南京省专，参与标准制定我们有奖吗", "没有外贸，国标参与起草了", "leads_standard", "national"),
        ("南京省专，算力券我们能领吗", "一直不买", "buys_computing", "no"),
        ("南京省专，AEO我们能办吗", "有备案的", "foreign_trade", "yes"),
        ("南京省专，AEO我们能办吗", "登记过", "foreign_trade", "yes"),
        ("南京省专，大模型备案我们能奖吗", "备案办完了", "genai_filed", "yes"),
    ],
)
def test_what_has_the_words_of_the_question_answers_it(
    visitor: Visitor, asked: str, said: str, slot: str, value: str
) -> None:
    assert profile(visitor.says(asked, said))[slot] == value


def test_a_filing_with_the_customs_is_none_of_a_model(visitor: Visitor) -> None:
    assert "genai_filed" not in profile(visitor.says("南京省专，AEO我们能办吗", "有备案的"))


def test_a_question_is_not_taken_for_not_knowing(visitor: Visitor) -> None:
    reply = visitor.says("我们公司在镇江京口，国家级小巨人，首次", "嗯这个嘛", "新的啥时候出")
    assert "先放着" not in reply.text


# A list that stands open.


@pytest.mark.parametrize(
    "said",
    [
        "算力在租，其他我去问下财务",
        "至少有出口",
        "先说一个，算力在买",
        "有出口，车间改造也在搞",
        "外贸有的，其余的晚点再看",
        "算力买了，别的不好讲",
    ],
)
def test_who_leaves_something_open_denies_nothing(visitor: Visitor, said: str) -> None:
    known = profile(visitor.says("南京小巨人", said))
    assert "yes" in known.values()
    assert not [slot for slot in ON_THE_LIST if slot in known]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("租了算力，大模型备案也有了", {"buys_computing", "genai_filed"}),
        ("外贸是有一点，攻关有", {"foreign_trade", "key_technology_project"}),
    ],
)
def test_what_is_named_in_other_words_is_told_as_well(visitor: Visitor, said: str, told: set[str]) -> None:
    known = profile(visitor.says("南京小巨人", said))
    assert {slot: known.get(slot) for slot in told} == dict.fromkeys(told, "yes")


def test_what_was_told_is_not_denied_with_the_rest(visitor: Visitor) -> None:
    known = profile(visitor.says("南京小巨人", "外贸是有一点点，大多卖国内", "其他都没有"))
    assert known["foreign_trade"] == "yes"
    assert known["pilot_platform"] == "no"


def test_who_knows_nothing_of_the_rest_denies_nothing(visitor: Visitor) -> None:
    known = profile(visitor.says("南京小巨人", "大模型没备案，其余的说不准"))
    assert known["genai_filed"] == "no"
    assert "pilot_platform" not in known


# What is taken back.


@pytest.mark.parametrize(
    ("told", "taken_back", "slot", "value"),
    [
        ("没有", "不对 登记过", "foreign_trade", "yes"),
        ("没有", "抱歉说错了，有的", "foreign_trade", "yes"),
        ("有", "记错了，没有", "foreign_trade", "no"),
    ],
)
def test_the_answer_told_last_is_put_right_without_a_name(
    visitor: Visitor, told: str, taken_back: str, slot: str, value: str
) -> None:
    reply = visitor.says("南京省专，AEO我们能办吗", told, taken_back)
    assert profile(reply)[slot] == value
    assert "改好了" in reply.text


def test_what_takes_back_an_older_thing_is_no_yes_to_what_is_asked_now(visitor: Visitor) -> None:
    reply = visitor.says("南京省专，算力券我们能领吗", "不买", "大模型备案奖多少", "不对，有的")
    assert "genai_filed" not in profile(reply)
    assert "nanjing-genai-filing-award" not in [k for k, s in statuses(reply).items() if s == "eligible"]


def test_a_figure_that_is_doubted_takes_no_fact_back(visitor: Visitor) -> None:
    known = profile(visitor.says("南京省专，算力券我们能领吗", "买了", "不对，应该是20万吧"))
    assert known["buys_computing"] == "yes"


# Titles that are not held.


@pytest.mark.parametrize(
    "said",
    [
        "我们正在评省专，资料递上去还没批",
        "我们在报国家小巨人",
        "去年报的小巨人，结果还没出",
        "成立才两年，可以评创新型吗",
        "税务局说专精特新能少跑腿，南京",
        "淮安的小巨人有5万",
    ],
)
def test_a_title_hoped_for_or_only_spoken_of_is_not_held(visitor: Visitor, said: str) -> None:
    assert "tiers" not in profile(visitor.say(said))


@pytest.mark.parametrize(
    ("said", "title"),
    [("现在评的是省专", "provincial"), ("我们评了创新型", "innovative"), ("区里说我们是省专", "provincial")],
)
def test_a_title_that_is_told_is_held(visitor: Visitor, said: str, title: str) -> None:
    assert profile(visitor.say(said))["tiers"] == (title,)


def test_what_need_not_be_held_is_not_denied(visitor: Visitor) -> None:
    assert profile(visitor.says("南京创新型", "有没有不需要省专称号的"))["tiers"] == ("innovative",)


def test_another_matter_that_is_not_granted_yet_takes_no_title(visitor: Visitor) -> None:
    assert profile(visitor.say("我们是南京的省专，厂房还没批"))["tiers"] == ("provincial",)


def test_a_loan_that_is_told_of_is_not_asked_for_again(visitor: Visitor) -> None:
    reply = visitor.says("贷款月底到期，五百万", "南京民企", "省专")
    assert statuses(reply)["nanjing-refinancing-fund"] == "eligible"


# Titles and words themselves, and talk.


@pytest.mark.parametrize("asked", ["什么是专精特新", "单项冠军是什么意思", "请问啥叫小巨人"])
def test_no_document_defines_a_title(visitor: Visitor, asked: str) -> None:
    reply = visitor.say(asked)
    assert reply.abstained
    assert "没有写" in reply.text
    assert "梯度培育体系" in reply.text


@pytest.mark.parametrize("asked", ["小巨人比省专高吗", "省专和单项冠军哪个级别高", "创新型跟专精特新有什么区别"])
def test_how_titles_stand_to_each_other_is_told_as_it_is_written(visitor: Visitor, asked: str) -> None:
    reply = visitor.say(asked)
    assert "创新型中小企业—专精特新中小企业" in reply.text
    assert "家" not in reply.text


def test_a_title_of_the_city_is_none_that_a_support_asks_for(visitor: Visitor) -> None:
    assert "没有提到" in visitor.say("市级专精特新算不算").text
    reply = Visitor(visitor._assistant).says("南京省专，算力券我们能领吗", "市级专精特新算吗")
    assert "不算，文件要求的是" in reply.text
    assert profile(reply)["tiers"] == ("provincial",)


@pytest.mark.parametrize("asked", ["我们能申报小巨人吗", "刚注册的公司可以评创新型吗"])
def test_whether_one_can_become_one_is_not_in_the_documents(visitor: Visitor, asked: str) -> None:
    assert "怎样评上" in visitor.say(asked).text


@pytest.mark.parametrize("said", ["您好在不在", "我想问个问题", "你好，请问一下"])
def test_a_greeting_with_more_words_is_greeted(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "talk"


def test_who_wants_it_plainer_is_told_again(visitor: Visitor) -> None:
    assert "换个说法" in visitor.says("南京省专，算力券我们能领吗", "没懂，你再讲简单点").text


@pytest.mark.parametrize("said", ["我要举报隔壁厂弄虚作假", "同行骗补，去哪里举报"])
def test_who_reports_others_is_no_forger(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "向当地工信部门反映" in reply.text
    assert reply.outcome != "hostile"


@pytest.mark.parametrize("said", ["怎么造假才不被举报", "教我编一份假的研发台账"])
def test_who_asks_how_to_forge_is_still_refused(assistant: Assistant, said: str) -> None:
    assert Visitor(assistant).say(said).outcome == "hostile"
