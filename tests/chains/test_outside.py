"""What is asked of others than a policy is told as that, by what its words are like; nothing of a firm is."""

import pytest

from chains.assistant import Assistant
from chains.language.normalise import plain
from chains.prompting import every_text, read_data, texts
from tests.chains.visitor import Visitor


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("孩子的社保卡丢了上哪补办", "人社"),
        ("厂里要装电梯，年检找谁预约", "窗口"),
        ("供货合同对方反悔了，能让他赔吗", "律师"),
        ("我们报上去的材料审核通过了没，帮忙看下", "受理您申请的部门"),
        ("打印机连不上电脑了怎么弄啊", "做不了"),
    ],
)
def test_what_is_none_of_its_business_is_declined_in_the_words_of_its_kind(
    visitor: Visitor, said: str, whose: str
) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "outside" and reply.abstained and not reply.citations
    assert whose in reply.text.split("\n")[0]


@pytest.mark.parametrize(
    "said",
    [
        "博士来上班租房给补多少",
        "客户拖着货款不给咋办",
        "开饭店的能不能拿到钱",
        "我开了一家做弹簧的小厂",
        "小巨人的证书要年检吗",
    ],
)
def test_what_a_document_may_hold_is_not_declined_as_anothers_business(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome != "outside"


@pytest.mark.parametrize("said", ["到哪里报", "两个比一下", "我怎么听同行讲是200万啊 你确定？"])
def test_what_asks_on_is_not_declined_as_anothers_business(visitor: Visitor, said: str) -> None:
    assert visitor.says("南京小巨人首评奖多少", said).outcome != "outside"


@pytest.mark.parametrize(
    "said",
    [
        "半夜牙疼得睡不着，有啥止疼的法子",
        "员工试用期没过，辞退要给补偿不",
    ],
)
def test_a_chore_amid_a_talk_is_declined(visitor: Visitor, said: str) -> None:
    reply = visitor.says("南京小巨人首评奖多少", said)
    assert reply.outcome == "outside" and reply.abstained and not reply.citations


@pytest.mark.parametrize(
    "said",
    [
        "淮安买出口险的保费给报几成",
        "盐城科技券能抵检测费吗",
        "厂门口建充电站，镇江给补多少",
        "瞪羚企业在连云港奖几万",
        "淮安研发投入事后按几个点补",
    ],
)
def test_a_support_that_no_document_has_is_said_not_to_be_there(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "silent" and reply.abstained and "没有" in reply.text.split("\n")[0]
    assert not reply.findings and len(reply.citations) <= 1


@pytest.mark.parametrize(
    "said",
    [
        "淮安担保费率最高多少",
        "连云港首台套保险怎么补偿",
        "南京硕士租房一个月补几百",
        "盐城头一次贷款贴不贴息",
        "淮安引进人才的生活补贴",
        "南京厂区自建微电网给补吗",
        "连云港海外参展帮不帮",
        "牵头做标准南京顶格奖几十万",
    ],
)
def test_a_support_that_a_document_has_is_told(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.citations and not reply.abstained


def test_who_tells_where_the_firm_is_is_not_declined(visitor: Visitor) -> None:
    reply = visitor.says("小巨人首评奖多少", "镇江", "看错了，镇江是我老家，公司注册在南京")
    assert reply.outcome != "outside"


def test_every_kind_has_its_words() -> None:
    assert set(read_data("outside")) <= set(texts("outside"))


def test_the_questions_of_both_are_told_apart(assistant: Assistant) -> None:
    finder = assistant.finder
    ours = [question for entry in finder.entries if entry.official for question in entry.questions]
    everyday = [*every_text(read_data("inside"))]
    others = [*every_text(read_data("outside"))]
    assert sum(finder.asks_others(plain(q)) > 0 for q in others) / len(others) > 0.98
    assert sum(finder.asks_others(plain(q)) > 0 for q in everyday) / len(everyday) < 0.01
    assert sum(finder.outside(plain(q)) is not None for q in ours) / len(ours) < 0.001
    unheld = [q for questions in read_data("unheld").values() for q in questions]
    assert sum(finder.is_unheld(plain(q)) for q in unheld) / len(unheld) > 0.9
    assert sum(finder.is_unheld(plain(q)) for q in ours) / len(ours) < 0.001


@pytest.mark.parametrize(
    "said",
    [
        "展位上想放个大屏，跟谁租合算",
        "投标文件正本忘盖骑缝章了，会不会废标",
        "标书里的业绩证明怎么排版",
        "给小巨人写个喜报",
        "银行贷款合同里提前还款违约金写得太高了",
    ],
)
def test_what_shares_the_words_of_a_document_and_asks_something_else_is_declined(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.abstained and not reply.citations


@pytest.mark.parametrize(
    "said",
    [
        "专利想快点授权有没有门路",
        "去国外摆摊参展市里贴不贴钱",
        "头一回评上小巨人给发多少",
        "想把老厂子的机器换成数字化的，政府帮不帮",
        "投政府的标，我们小企业价格上有没有照顾",
    ],
)
def test_what_a_document_answers_in_everyday_words_is_answered(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.citations and not reply.abstained


@pytest.mark.parametrize(("asked", "said"), [("南京，我们能申请什么", "镇里入股的"), ("南京", "瞪羚企业")])
def test_a_word_or_two_after_a_question_are_no_others_business(visitor: Visitor, asked: str, said: str) -> None:
    assert visitor.says(asked, said).outcome != "outside"


@pytest.mark.parametrize(
    "said",
    [
        "年会我当主持，给写一段开场白，要喜庆一点，提一嘴我们是小巨人",
        "厂庆要个讲话稿，帮我写一份讲话稿",
        "推荐一款顺手的仓储软件呗",
        "把“质量为本”翻成法语",
    ],
)
def test_a_text_or_a_tool_for_the_office_is_no_policy(visitor: Visitor, said: str) -> None:
    assert visitor.say(said).outcome == "outside"


def test_a_private_matter_is_declined_amid_a_talk(visitor: Visitor) -> None:
    reply = visitor.says("盐城帮不帮专精特新弄AEO", "再问个私事 我妈在阜宁的农村医保一年交多少")
    assert reply.outcome == "outside"


@pytest.mark.parametrize(
    "said",
    ["帮我给担保公司写个催款的短信", "替我给客户拟一封邮件", "这笔奖励到手，企业所得税怎么填表", "给老板编个朋友圈"],
)
def test_a_chore_amid_a_talk_is_declined_in_short(visitor: Visitor, said: str) -> None:
    reply = visitor.says("淮安担保费封顶几个点", said)
    assert reply.abstained and not reply.citations and len(reply.text) < 90


@pytest.mark.parametrize("said", ["奖金要交个人所得税吗", "要不要写申请", "担保公司收2%算违规吗"])
def test_what_is_asked_of_the_support_is_still_answered(visitor: Visitor, said: str) -> None:
    assert visitor.says("淮安担保费封顶几个点", said).citations


def test_what_is_wished_for_in_a_private_matter_amid_a_talk_is_declined(visitor: Visitor) -> None:
    reply = visitor.says("盐城小巨人研发占比要到多少", "好的 那再帮我看看车贷提前还清划算不划算")
    assert reply.abstained and not reply.citations
