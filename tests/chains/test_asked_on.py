"""What is asked on of what was told is understood in whatever words; what names a thing, or is of others, is not."""

import pytest

from chains.prompting import read_data
from tests.chains.visitor import Visitor, provisions

NANJING = "nanjing-measures"
VOUCHER, AWARD = "南京的算力券", "南京小巨人的奖励"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("这摊子事归哪家衙门", "市工信局"),
        ("我打哪个局电话才不会被踢来踢去", "市工信局"),
        ("啥时候就不给报了呀", "没有写"),
        ("都要我带点啥本本去", "没有写"),
        ("俺们这种厂子够得上不", "专精特新"),
        ("原话给我念念看", "算力券"),
    ],
)
def test_what_names_nothing_is_asked_of_what_was_told(asked: str, said: str, visitor: Visitor) -> None:
    reply = visitor.says(VOUCHER, asked)
    assert provisions(reply) == {(NANJING, "3/8")}
    assert said in reply.text


@pytest.mark.parametrize(
    "asked", ["我丈母娘住院手术，医保能报几成", "打印机卡纸了咋整", "明天高铁还有票吗", "驾照扣了十二分去哪学"]
)
def test_what_is_others_business_amid_a_talk_is_not_asked_of_it(asked: str, visitor: Visitor) -> None:
    assert visitor.says(AWARD, asked).citations == ()


@pytest.mark.parametrize(
    ("asked", "place"), [("那转贷基金归哪个管", "2/6"), ("AEO要跑哪个门", "4/11"), ("租房补贴一个月多少", "5/13")]
)
def test_what_names_another_thing_is_asked_of_that(asked: str, place: str, visitor: Visitor) -> None:
    assert (NANJING, place) in provisions(visitor.says(VOUCHER, asked))


def test_every_matter_is_put_in_words_that_are_understood_without_it() -> None:
    rows = read_data("asked_on")
    assert all(row["put"] and len(row["says"]) > 20 for row in rows.values())
    said = [saying for row in rows.values() for saying in row["says"]]
    assert len(said) == len(set(said))
