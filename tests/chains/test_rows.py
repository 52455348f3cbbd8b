"""What is named in a row and denied at its end, and what was lost and got again, is read for what is said of it."""

import pytest

from chains.language.facts import read_facts
from chains.language.rows import as_denied, as_regained


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("报关、出口、海关备案，这些我们统统没做过，南京的省级专精特新", "foreign_trade", "no"),
        ("国家小巨人、单项冠军、省级专精特新、创新型，这几样我们一样都没有，在南京", "tiers", ("none",)),
        ("小巨人、单项冠军、省专、创新型，这些牌子我们通通没有，就一个高新技术企业", "tiers", ("none",)),
        ("小巨人前年被摘过牌，今年重新报又评回来了", "tiers", ("little_giant",)),
        ("自己不进不出，海关也没备过案", "foreign_trade", "no"),
        ("我们自己没有大模型，备案也是人家公司做的，我们没备过", "genai_filed", "no"),
        ("省里评的单项冠军我们有，国家那个没评上；另外就是省级专精特新", "tiers", ("provincial",)),
        ("集团总部在上海。我们是它在南京的子公司，独立法人", "city", "nanjing"),
    ],
)
def test_it_is_noted_as_it_is_told(said: str, slot: str, value: object) -> None:
    assert read_facts(said).facts[slot].value == value


@pytest.mark.parametrize(
    "said",
    [
        "我们没有出口",
        "这些我们都没有",
        "省专，民营，出口",
        "贷款和算力我们都要，这些都是真的",
        "出口一直在做，这个没问题",
        "刚评上示范平台，在鼓楼区，专精特新那些称号一个都没有",
        "南京的，省专，民营，这些都没变",
    ],
)
def test_what_is_no_denied_row_stays_as_it_is(said: str) -> None:
    assert as_denied(said) == said


def test_what_was_lost_and_not_got_again_stays_lost() -> None:
    said = "小巨人去年被摘牌了"
    assert as_regained(said) == said
    assert "tiers" not in read_facts(said).facts or read_facts(said).facts["tiers"].value != ("little_giant",)
