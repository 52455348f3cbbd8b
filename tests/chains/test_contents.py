"""Who asks for all that a document or a part of it consists of is told every heading, each with its words."""

import pytest

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
