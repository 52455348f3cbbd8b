"""A provision named by its number is told in its own words; one that does not exist is said not to."""

import pytest

from chains.steps.provisions import read_reference
from tests.chains.visitor import Visitor, provisions

NANJING, HUAIAN, YANCHENG = "nanjing-measures", "huaian-plan-2023-2025", "yancheng-measures-draft"
ZHENJIANG, LIANYUNGANG = "zhenjiang-plan-2023-2025", "lianyungang-plan-2023-2025"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第11条讲什么", (0, 11, 0)),
        ("第十一条", (0, 11, 0)),
        ("二(六)写了什么", (2, 6, 0)),
        ("二、(六)", (2, 6, 0)),
        ("第二部分第六条", (2, 6, 0)),
        ("一(三)1", (1, 3, 1)),
        ("第三章讲什么", (3, 0, 0)),
        ("(十三)", (0, 13, 0)),
        ("第二条第3点", (0, 2, 3)),
    ],
)
def test_a_reference_is_read(text: str, numbers: tuple[int, int, int]) -> None:
    reference = read_reference(text)
    assert reference is not None
    assert reference.numbers[:3] == numbers


@pytest.mark.parametrize("text", ["第一个", "专精特新(省级)", "三年行动计划", "第二次", "第六条和第八条", "2.5%"])
def test_what_is_no_reference_or_several_is_left_alone(text: str) -> None:
    assert read_reference(text) is None


@pytest.mark.parametrize(
    ("asked", "provision", "words"),
    [
        ("南京第11条讲什么", (NANJING, "4/11"), "借船出海"),
        ("南京一、（一）是什么", (NANJING, "1/1"), "1000万元"),
        ("淮安二（六）写了什么", (HUAIAN, "2/6"), "智能车间40个"),
        ("淮安一（三）1", (HUAIAN, "1/3/1"), "26家"),
        ("盐城第11条原文", (YANCHENG, "4/11"), "AEO"),
        ("镇江第15条", (ZHENJIANG, "3/4/15"), "15家"),
        ("镇江四（二）写了什么", (ZHENJIANG, "4/2"), "30万元"),
        ("连云港第三章第三条具体内容", (LIANYUNGANG, "3/3"), "花果山英才"),
    ],
)
def test_a_provision_is_told_in_its_own_words(
    asked: str, provision: tuple[str, str], words: str, visitor: Visitor
) -> None:
    reply = visitor.say(asked)
    assert provisions(reply) == {provision}
    assert words in reply.text
    assert not reply.abstained


def test_a_long_provision_is_cut_at_a_sentence_and_cited_whole(visitor: Visitor) -> None:
    reply = visitor.say("淮安三（三）内容")
    assert "后面还有" in reply.text
    assert reply.citations[0].quote.endswith("市人社局）")


def test_a_chapter_is_told_by_what_stands_in_it(visitor: Visitor) -> None:
    assert provisions(visitor.say("南京第三章讲什么")) == {(NANJING, p) for p in ("3", "3/7", "3/8", "3/9")}


@pytest.mark.parametrize(
    "asked", ["南京第30条讲什么", "文件第二十条是不是规定南京企业每家补500万", "第八十八条写了什么"]
)
def test_a_number_that_does_not_exist_is_said_not_to(asked: str, visitor: Visitor) -> None:
    reply = visitor.say(asked)
    assert reply.abstained
    assert "没有您说的这一条" in reply.text
    assert "500万" not in reply.text


def test_the_range_there_is_is_told(visitor: Visitor) -> None:
    assert "（十五）" in visitor.say("南京第30条讲什么").text
    assert "（八）" in visitor.say("淮安二（九）讲什么").text


def test_a_number_that_stands_in_several_parts_is_asked(visitor: Visitor) -> None:
    reply = visitor.say("淮安第二条写的啥")
    assert {p for _, p in provisions(reply)} == {"1/2", "2/2", "3/2"}


def test_without_a_city_the_city_is_asked_and_the_number_kept(visitor: Visitor) -> None:
    reply = visitor.say("第六条具体内容")
    assert "哪个市" in reply.text
    assert "南京第六条" in reply.suggestions
    assert provisions(visitor.say("南京")) == {(NANJING, "2/6")}


def test_the_city_known_is_taken(visitor: Visitor) -> None:
    assert provisions(visitor.says("我们是盐城的企业", "第六条讲什么")) == {(YANCHENG, "2/6")}


def test_what_was_quoted_can_be_asked_on(visitor: Visitor) -> None:
    assert "市委金融办" in visitor.says("南京第六条讲什么", "这个找谁").text


def test_the_second_of_a_list_is_no_provision(visitor: Visitor) -> None:
    visitor.says("我们能申请什么", "南京的省专，民营")
    assert provisions(visitor.say("第二项怎么办")) != {(NANJING, "1/2")}
