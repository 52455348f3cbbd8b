"""Who wants one of all there is, or a few, gets no list."""

import pytest

from tests.chains.visitor import Visitor, statuses

GIANT = "南京江北新区，小巨人，首次，我们能申请什么"


@pytest.mark.parametrize(
    "said",
    [
        "太多了，就讲最好办的一个",
        "手机上看不完，一句话，该先跑哪一项",
        "头一个该去弄哪个呀",
        "别念那么多，拣一样最划算的说",
    ],
)
def test_who_wants_one_gets_one_with_whom_to_ask(visitor: Visitor, said: str) -> None:
    reply = visitor.says(GIANT, said)
    assert "100万元" in reply.text and "责任单位" in reply.text
    assert len(reply.findings) == 1 and len(reply.text.split("\n")) <= 5


@pytest.mark.parametrize(("said", "many"), [("挑两个最值的说", 2), ("你就讲三条最要紧的", 3), ("推荐两项就行", 2)])
def test_who_wants_a_few_gets_so_many(visitor: Visitor, said: str, many: int) -> None:
    reply = visitor.says(GIANT, said)
    assert len(reply.findings) == many and "还有一些没有列出" not in reply.text


def test_the_award_of_a_title_is_picked_before_it_is_known_to_be_the_first(visitor: Visitor) -> None:
    reply = visitor.says("南京六合，小巨人，电费太贵了", "那小巨人还有什么好处，拣两样最值的")
    assert "nanjing-little-giant-award" in statuses(reply) and len(reply.findings) == 2


@pytest.mark.parametrize("said", ["材料要准备什么，列三样", "哪个部门批得快", "先评哪个称号好"])
def test_what_asks_something_else_is_no_wish_for_a_few(visitor: Visitor, said: str) -> None:
    assert "先看" not in visitor.says(GIANT, said).text


def test_two_that_were_told_are_compared(visitor: Visitor) -> None:
    reply = visitor.says("南京，省专，融资白名单和转贷基金分别是什么", "这两个先办哪个快")
    assert set(statuses(reply)) <= {"nanjing-financing-whitelist", "nanjing-refinancing-fund"}
