"""Facts that are told in words around them: done, taken back, taken over, denied by what they are not."""

from collections.abc import Mapping

import pytest

from chains.interview import question_about
from chains.language.understanding import understand
from tests.chains.visitor import Visitor, profile, statuses


def _told(said: str, slot: str = "") -> Mapping[str, object]:
    heard = understand(said, question_about(slot) if slot else None)
    return {name: fact.value for name, fact in heard.facts.items()}


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("算法那个大模型备案手续跑齐了，人在南京", {"genai_filed": "yes", "city": "nanjing"}),
        ("锂电的中试平台我们合作搭建了", {"pilot_platform": "yes"}),
        ("上个月刚被认成国家中小企业公共服务示范平台", {"service_platform": "yes"}),
        ("账上周转不灵要过桥，有笔贷款月底到期", {"needs_refinancing": "yes"}),
        (
            "我们南京的，小巨人今年复审通过了",
            {"tiers": ("little_giant",), "first_recognition": "no", "city": "nanjing"},
        ),
        ("接班我妈的公司两年，南京，手里有国家小巨人", {"tiers": ("little_giant",), "city": "nanjing"}),
        ("前面说是小巨人，讲岔了，是单项冠军", {"tiers": ("champion",)}),
    ],
)
def test_what_is_done_taken_over_or_put_right_is_heard(said: str, facts: Mapping[str, object]) -> None:
    assert _told(said) == facts


@pytest.mark.parametrize("said", ["大模型备案手续还没办妥", "等备案办妥了再说", "中试平台我们没参加建设"])
def test_what_is_not_done_yet_is_no_yes(said: str) -> None:
    assert "yes" not in _told(said).values()


@pytest.mark.parametrize(
    ("said", "value"),
    [("没有，都卖本地，港口长什么样都不知道", "no"), ("没有，不知道", None), ("没有吧，说不清", None)],
)
def test_a_plain_no_stands_whatever_is_not_known_beside_it(said: str, value: str | None) -> None:
    assert _told(said, "foreign_trade").get("foreign_trade") == value


def test_what_is_asked_to_be_possible_supposes_no_title(visitor: Visitor) -> None:
    reply = visitor.say("有没有可能我们厂自己评高工？南京，国家级小巨人")
    assert profile(reply)["tiers"] == ("little_giant",)


def test_a_size_told_by_all_that_it_takes_is_judged_at_once(visitor: Visitor) -> None:
    reply = visitor.says(
        "南京江宁，省专，做塑料件，政府采购价格扣除我们能沾上么", "工业的，员工四百二十人，一年营收1.5个亿，算中型"
    )
    assert statuses(reply) == {"nanjing-procurement-discount": "ineligible"}


def test_a_firm_with_a_title_asks_of_a_support_and_not_of_the_title(visitor: Visitor) -> None:
    reply = visitor.say("全做内销，没在海关备过案。南京，国家小巨人，AEO值不值得办，合不合条件")
    assert statuses(reply) == {"nanjing-aeo": "ineligible"}


def test_a_seal_to_be_faked_is_refused(visitor: Visitor) -> None:
    assert visitor.say("材料少个章，教我用软件抠一枚工信局的公章贴上去").outcome == "hostile"


@pytest.mark.parametrize("said", ["南京白名单、转贷这块，牵头和配合的都有谁", "南京帮办AEO的，挂名的海关有哪几家"])
def test_who_leads_and_who_helps_is_told_by_name(visitor: Visitor, said: str) -> None:
    text = visitor.say(said).text
    assert "责任单位" in text and ("金融办" in text or "金陵海关" in text)
