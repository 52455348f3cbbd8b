"""Who asks for all that a document or a part of it consists of is told every heading, each with its words."""

import re

import pytest

from chains.prompting import read_data
from tests.chains.visitor import Visitor, provisions


def headings(text: str) -> list[str]:
    return [line.removeprefix("· ").split("[")[0] for line in text.split("\n") if line.startswith("· ")]


@pytest.mark.parametrize(
    ("asked", "how_many", "first", "last"),
    [
        ("淮安八大工程是哪八个", 8, "（一）实施梯度培育工程", "（八）实施服务提级工程"),
        ("连云港的8大工程列一下", 8, "（一）优质企业梯度培育工程", "（八）服务体系升级工程"),
        ("镇江六大行动分别叫啥", 6, "（一）分类梯度培育行动", "（六）发展环境优化行动"),
        ("六大行动是哪六个", 6, "（一）分类梯度培育行动", "（六）发展环境优化行动"),
        ("连云港计划里有哪几大任务", 8, "（一）优质企业梯度培育工程", "（八）服务体系升级工程"),
        ("连云港基本原则有哪几条", 3, "1．政府引导、企业主体", "3．分类施策、分层推进"),
        ("淮安保障措施有哪些", 4, "（一）加强组织领导", "（四）加深环境优化"),
        ("连云港这份计划分哪几块", 3, "一、总体要求", "三、保障措施"),
        ("盐城文件分几个部分", 4, "一、完善培育机制", "四、优化助企服务保障"),
        ("南京若干措施一共几条", 15, "（一）强化技术创新支持", "（十五）强化企业权益保护"),
        ("盐城12条分别是啥", 12, "1.加强组织领导", "12.优化企业发展环境"),
    ],
)
def test_every_part_is_told_by_its_heading(asked: str, how_many: int, first: str, last: str, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    told = headings(reply.text)
    assert (len(told), told[0], told[-1]) == (how_many, first, last)
    assert all("[" in line for line in reply.text.split("\n") if line.startswith("· "))
    assert not reply.abstained


def test_that_a_plan_has_ended_comes_first_and_its_own_count_next(visitor: Visitor) -> None:
    first, second, *_ = visitor.say("淮安八大工程是哪八个").text.split("\n")
    assert "已经到期" in first
    assert "“大力实施八大工程”[1]" in second


def test_a_wrong_number_is_put_right(visitor: Visitor) -> None:
    text = visitor.say("淮安六大工程分别是什么").text
    assert "和您说的“六大工程”不一样" in text
    assert len(headings(text)) == 8


def test_without_a_city_all_documents_that_count_so_are_told(visitor: Visitor) -> None:
    documents = {name for name, _ in provisions(visitor.say("八大工程都叫什么"))}
    assert documents == {"huaian-plan-2023-2025", "lianyungang-plan-2023-2025"}


def test_the_city_talked_of_is_taken(visitor: Visitor) -> None:
    reply = visitor.says("连云港首台套有什么支持", "这份计划分哪几个部分")
    assert headings(reply.text)[0] == "一、总体要求"


@pytest.mark.parametrize(
    "asked",
    ["南京小巨人奖励要满足哪几条", "我们南京小巨人能用上哪几条", "盐城三类培育库分别是什么", "南京哪几个部门管算力券"],
)
def test_what_asks_for_something_else_is_no_list_of_parts(asked: str, visitor: Visitor) -> None:
    text = visitor.say(asked).text
    assert "措施共" not in text
    assert "分别是：" not in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("淮安文件文号是多少，谁印发的", {"淮中小〔2023〕1号", "淮安市促进中小企业发展工作领导小组"}),
        ("写材料要引用，告诉我淮安那份计划的文号和印发日期", {"淮中小〔2023〕1号", "2023年5月18日"}),
        ("连云港那份计划的文号和发文单位", {"连政办发〔2023〕15号", "连云港市人民政府办公室"}),
        ("连云港文件几号文，谁发的，哪天印发的", {"连政办发〔2023〕15号", "连云港市人民政府办公室", "2023年 3月 22日"}),
    ],
)
def test_number_issuer_and_date_are_told_together(asked: str, told: set[str], visitor: Visitor) -> None:
    assert {citation.quote for citation in visitor.say(asked).citations} == told


def test_what_a_text_does_not_name_is_said_beside_what_it_does(visitor: Visitor) -> None:
    reply = visitor.say("镇江的文号是多少，谁发的")
    assert "没有写文号" in reply.text
    assert "市政府编制" in reply.citations[0].quote


@pytest.mark.parametrize("asked", ["南京这个文号是多少，谁印发的", "盐城这份是谁发的，文号呢"])
def test_the_number_of_another_document_is_not_given_for_its_own(asked: str, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    assert reply.abstained
    assert "没有写文号、发文机关" in reply.text
    assert not reply.citations


def test_the_number_of_a_repealed_document_is_still_found(visitor: Visitor) -> None:
    assert "61号" in visitor.say("南京的新措施废止的是哪个文号？").text


@pytest.mark.parametrize("row", read_data("lexicon")["imprint"], ids=lambda row: row["name"])
def test_every_word_for_an_imprint_hears_its_example(row: dict[str, str], visitor: Visitor) -> None:
    assert re.search(row["match"], row["say"])
    assert visitor.say(row["say"]).citations


@pytest.mark.parametrize("asked", ["这个文件是哪年的", "这份计划哪一年出的"])
def test_the_year_of_a_document_that_names_none_is_answered_with_its_term(visitor: Visitor, asked: str) -> None:
    reply = visitor.says("镇江小巨人奖励", asked)
    assert "没有写印发日期" in reply.text and "2025年12月31日" in reply.text
    assert provisions(reply) == {("zhenjiang-plan-2023-2025", "0")}


def test_the_year_of_a_document_that_names_it_is_told(visitor: Visitor) -> None:
    assert "2023年5月18日" in visitor.says("淮安担保费", "这份计划是哪年的").text


@pytest.mark.parametrize("said", ["镇江的三年行动计划", "盐城那份征求意见稿", "南京的若干措施讲讲"])
def test_a_document_that_is_named_alone_is_told_by_its_parts(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert "个部分：" in reply.text and reply.citations and not reply.abstained


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("给我讲讲盐城的大概内容", "提升企业质态"),
        ("概括一下淮安的文件", "保障措施"),
        ("镇江那份计划讲的啥", "发展目标"),
        ("南京的政策讲了些什么", "支持提升创新能力"),
    ],
)
def test_what_a_document_is_about_is_told_by_its_parts(visitor: Visitor, said: str, part: str) -> None:
    assert part in visitor.say(said).text


@pytest.mark.parametrize("said", ["南京那个措施里技改讲了啥", "淮安文件里人才讲了什么"])
def test_what_it_says_of_a_thing_is_another_question(visitor: Visitor, said: str) -> None:
    assert "个部分" not in visitor.say(said).text


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("连云港的政策有哪些大类", "特色金融助力工程"),
        ("南京分几大类", "加强财税金融支持"),
        ("淮安有哪几类", "实施融资助力工程"),
    ],
)
def test_classes_are_what_a_document_is_divided_into(visitor: Visitor, said: str, part: str) -> None:
    assert part in visitor.say(said).text


@pytest.mark.parametrize("said", ["我们好像有一条处罚记录，还行吗", "公司有两条不良记录，能用吗"])
def test_what_the_firm_has_is_no_part_of_a_document(visitor: Visitor, said: str) -> None:
    assert "共 15 条" not in visitor.says("南京，省专，抽查能少查点吗", said).text


@pytest.mark.parametrize("said", ["帮我整理下连云港的政策", "领导非要我汇总南京的扶持政策", "淮安的政策罗列一下"])
def test_the_policies_of_a_city_are_listed(visitor: Visitor, said: str) -> None:
    reply = visitor.say(said)
    assert reply.outcome == "overview" and not reply.abstained
