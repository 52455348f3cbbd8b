"""What asks nothing and tells nothing is answered as what it is, also in the middle of a talk."""

from collections.abc import Sequence

import pytest

from chains.assistant import Assistant
from chains.language.normalise import plain
from chains.prompting import read_data, texts
from tests.chains.visitor import Visitor, first, profile, statuses

AWARD = "南京，小巨人首评奖多少"
ASKED = "南京，省级专精特新，民营，转贷基金能申请吗"


@pytest.mark.parametrize(
    "said", ["嗯嗯晓得了，先这样哈", "行，我回去跟老板碰一下", "没啥别的了，谢谢你", "好嘞那我撤了"]
)
@pytest.mark.parametrize("before", [AWARD, ASKED])
def test_a_farewell_finds_nothing_and_leaves_the_question_open(visitor: Visitor, before: str, said: str) -> None:
    asked = visitor.say(before).question
    reply = visitor.say(said)
    assert (reply.outcome, reply.citations) == ("talk", ()) and reply.question == asked


def test_a_farewell_is_no_answer(visitor: Visitor) -> None:
    visitor.say(ASKED)
    assert "needs_refinancing" not in profile(visitor.say("好啦，那我先走一步"))


@pytest.mark.parametrize("said", ["有", "没有", "不用转"])
def test_a_bare_answer_is_no_farewell(visitor: Visitor, said: str) -> None:
    visitor.say(ASKED)
    assert "needs_refinancing" in profile(visitor.say(said))


@pytest.mark.parametrize("said", ["等一下哈，我去拿个材料", "稍等，接个电话"])
def test_who_asks_to_wait_is_waited_for(visitor: Visitor, said: str) -> None:
    reply = visitor.says(AWARD, said)
    assert "不急" in reply.text and not reply.citations


@pytest.mark.parametrize("said", ["折腾半天一场空", "那不就没我们份了", "唉没指望了"])
def test_who_sighs_at_a_refusal_is_told_why_and_what_is_open_instead(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，没有称号，小微，小巨人奖励能拿吗", said)
    assert first(reply.text).startswith("**现在不符合**") and "能对上的有" in reply.text


def test_who_finds_it_too_little_is_told_that_the_document_says_so(visitor: Visitor) -> None:
    reply = visitor.says(AWARD, "才给这么点，太小气了吧")
    assert "100万元" in reply.text and "我们能申请什么" in reply.text


@pytest.mark.parametrize("said", ["尽说些没用的", "净扯没用的", "你答非所问嘛"])
def test_who_finds_the_assistant_useless_gets_an_apology_and_the_way_to_staff(visitor: Visitor, said: str) -> None:
    reply = visitor.says(AWARD, said)
    assert "抱歉" in reply.text and "转人工" in reply.text and not reply.citations


@pytest.mark.parametrize("said", ["你是不是公家的人", "后台有活人没", "是机器在答吗", "你们是中介公司吧"])
@pytest.mark.parametrize("before", ["", AWARD, "镇江小巨人奖多少"])
def test_who_is_speaking_here_is_told_plainly(visitor: Visitor, before: str, said: str) -> None:
    if before:
        visitor.say(before)
    reply = visitor.say(said)
    assert not reply.citations
    assert all(words in reply.text for words in ("不是真人", "不是政府部门", "转人工"))


@pytest.mark.parametrize("said", ["你别是编的吧", "真有这事吗", "你再核实下看看"])
@pytest.mark.parametrize("city", ["南京", "镇江", "淮安"])
def test_who_doubts_is_shown_the_grounds_of_what_was_told(visitor: Visitor, city: str, said: str) -> None:
    told = visitor.say(f"{city}小巨人有奖励吗")
    reply = visitor.say(said)
    assert reply.outcome == "proof"
    assert {c.provision for c in reply.citations} <= {c.provision for c in told.citations}


@pytest.mark.parametrize("said", ["写在第几条", "是哪一款写的", "把原句念给我听"])
def test_where_it_stands_is_asked_of_what_was_told(visitor: Visitor, said: str) -> None:
    reply = visitor.says("镇江小巨人奖多少", said)
    assert "写在镇江市专精特新三年行动计划" in reply.text and "30万元" in reply.text


@pytest.mark.parametrize("said", ["这谁拍板", "谁有权定", "由谁说了算"])
def test_who_decides_is_asked_of_what_was_told(visitor: Visitor, said: str) -> None:
    assert first(visitor.says(AWARD, said).text).startswith("责任单位：市工信局")


def test_who_decides_asked_of_nothing_is_asked_back(visitor: Visitor) -> None:
    reply = visitor.say("这谁拍板")
    assert "您说是哪一项" in reply.text and not reply.citations


@pytest.mark.parametrize("said", ["那就是稳拿了吧", "能给打个包票不"])
def test_nothing_is_promised(visitor: Visitor, said: str) -> None:
    assert "不能打包票" in visitor.says(AWARD, said).text


@pytest.mark.parametrize(
    "said", ["找哪个局", "要交什么材料", "每年都有吗", "谁来当这个专员", "我们够不够格", "省专也行吗", "那淮安呢"]
)
def test_what_asks_on_is_no_remark(visitor: Visitor, said: str) -> None:
    visitor.say("南京的服务专员和小巨人奖励")
    assert visitor.say(said).outcome != "talk"


def test_remarks_are_told_from_what_is_asked_and_told(assistant: Assistant) -> None:
    """All kinds have their words, and nearly no known question and no answer is like a remark."""
    data, remarks = read_data("remarks"), assistant.finder.remarks
    assert set(data["remarks"]) <= set(texts("talk"))
    known = [plain(q) for e in assistant.finder.entries if e.official for q in e.questions]
    beside: Sequence[str] = [plain(text) for by in data["beside"].values() for text in by]
    assert sum(remarks.likeliest(q)[1] > 0.7 for q in known) / len(known) < 0.001
    assert sum(remarks.likeliest(text)[1] > 0.7 for text in beside) / len(beside) < 0.05
    says = [(kind, plain(text)) for kind, row in data["remarks"].items() for text in row["says"]]
    assert sum(remarks.likeliest(text)[0] == kind for kind, text in says) / len(says) > 0.9


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("个人医保怎么转过来", "人社"),
        ("营业执照丢了咋补", "窗口"),
        ("打印机老卡纸", "做不了"),
        ("驾照丢了怎么补办", "人社"),
    ],
)
@pytest.mark.parametrize("before", [AWARD, "南京"])
def test_what_is_anothers_business_is_declined_amid_a_talk_too(
    visitor: Visitor, before: str, said: str, whose: str
) -> None:
    reply = visitor.says(before, said)
    assert reply.outcome == "outside" and whose in reply.text and not reply.citations


@pytest.mark.parametrize("said", ["招工太难了咋办", "我们厂里留不住人怎么弄"])
def test_a_trouble_without_a_city_is_understood(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.citations and any("人才" in c.quote for c in reply.citations)


def test_what_is_left_for_staff_is_not_always_answered_alike(visitor: Visitor) -> None:
    said = ("转人工", "在不在呀", "我们是省专", "奖金哪天到账")
    replies = [visitor.say(text) for text in said][1:]
    assert {reply.outcome for reply in replies} == {"with_staff"}
    assert len({reply.text for reply in replies}) == len(replies)


@pytest.mark.parametrize("said", ["国企和民企拿的有差别吗", "看不看企业性质", "民营怎么算的"])
def test_whose_a_firm_is_matters_where_a_condition_says_so(visitor: Visitor, said: str) -> None:
    reply = visitor.says(AWARD, said)
    assert "不看企业性质" in first(reply.text) and "转贷基金" in reply.text and "没有写" in reply.text
    assert "ownership" not in profile(reply)
    assert "没有哪一项" in visitor.says("镇江小巨人奖多少", said).text


@pytest.mark.parametrize("said", ["江苏的，省级专精特新", "我们在江苏，小巨人"])
def test_the_province_names_no_city(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.question is not None and reply.question.slot == "city"
    assert not statuses(reply) or "江苏" not in reply.text


@pytest.mark.parametrize(
    "said", ["我要投诉，你们这个政策根本落实不了", "政策是好，就是落不了地", "要投诉工信局的人态度差"]
)
@pytest.mark.parametrize("before", ["", AWARD])
def test_who_complains_is_told_who_reads_it(visitor: Visitor, before: str, said: str) -> None:
    if before:
        visitor.say(before)
    reply = visitor.say(said)
    assert "转人工" in reply.text and not reply.citations


# Anger.


@pytest.mark.parametrize(
    ("before", "said", "told"),
    [
        ("盐城，没有称号，小微", "净给我说空话，到底有没有给钱的", "没有哪一项"),
        ("南京，省级专精特新，融资白名单怎么进", "气死我了，那到底归谁管", "市委金融办"),
        ("南京，小巨人", "说得天花乱坠的，博士租房到底给几个钱", "2400元"),
    ],
)
def test_what_is_asked_in_anger_is_answered_after_a_word_of_regret(
    visitor: Visitor, before: str, said: str, told: str
) -> None:
    reply = visitor.says(before, said)
    assert "抱歉" in first(reply.text) and told in reply.text


@pytest.mark.parametrize("said", ["科技局叫我找工信，工信又叫我回科技局，推来推去的", "跑了三趟谁都说不归他管，烦死了"])
def test_who_is_sent_from_office_to_office_is_told_which_the_document_names(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京，省专，算力券怎么领", said)
    assert "抱歉" in first(reply.text) and "责任单位：市工信局" in reply.text


def test_who_is_let_down_without_a_title_is_told_plainly_whether_there_is_money(visitor: Visitor) -> None:
    reply = visitor.says("盐城，都没有称号，中型企业", "这不是糊弄人嘛，讲了半天一条都用不上")
    assert "抱歉" in reply.text and "工信局" in reply.text and "没有找到" not in reply.text


@pytest.mark.parametrize(
    "said", ["算了，上市先不说，研发有没有支持", "不对，我问的是贷款", "那就是一分钱没有，对不对", "都没有，还能办什么"]
)
def test_what_passes_on_or_asks_to_be_confirmed_is_no_anger(visitor: Visitor, said: str) -> None:
    assert "抱歉" not in visitor.says("连云港，省专，想建海外仓", said).text


def test_who_asks_what_to_mind_is_told(visitor: Visitor) -> None:
    assert "主管部门答复为准" in visitor.says(AWARD, "我转给朋友看，有啥要嘱咐的").text
