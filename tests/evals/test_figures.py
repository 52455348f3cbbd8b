"""Figures are read as a person reads them, and one without a source is named."""

import pytest

from evals.figures import figures, unsupported


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("奖励30万", "给予 30 万元奖励"),
        ("奖励三十万元", "给予30万元奖励"),
        ("３００万元", "300万元"),
        ("2400元/月", "上浮至 2,400 元/月"),
        ("百分之二十", "提高至20%"),
        ("不高于1个百分点", "不高于 1%"),
        ("2025年到期", "有效期至2025年12月31日"),
        ("二〇二八年十二月三十一日", "2028 年 12 月 31 日"),
        ("2023-05-18 印发", "2023年5月18日"),
        ("2000万", "0.2亿元"),
        ("限3人", "（限三名）"),
        ("真给300w？", "300万元"),
        ("①30万", "30万元"),
        ("镇发〔2023〕7号", "镇发〔2023〕7号"),
    ],
)
def test_the_same_figure_in_another_form_is_supported(said: str, printed: str) -> None:
    assert unsupported(said, [printed]) == []


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("奖励300万", "给予 30 万元奖励"),
        ("奖励3万元", "给予30万元奖励"),
        ("三百万元", "30万元"),
        ("超过50%", "建成50家"),
        ("2026年12月31日", "2025年12月31日"),
        ("100元", "100家"),
        ("拨打12345", "有效期至2025年12月31日"),
        ("第99条", "（六）加大融资支持力度"),
        ("一亿元", "1000万元"),
    ],
)
def test_another_figure_is_not(said: str, printed: str) -> None:
    assert len(unsupported(said, [printed])) == 1


@pytest.mark.parametrize(
    "idiom",
    [
        "一次性奖励",
        "一对一服务",
        "零成本转贷",
        "（六）加大支持[12]",
        "1. 先看城市\n2. 再看称号",
        "一企一策",
        "千万别忘",
        "两类企业",
    ],
)
def test_idioms_numbering_and_marks_are_no_figures(idiom: str) -> None:
    assert not figures(idiom)


def test_counts_of_what_the_reply_holds_may_be_said() -> None:
    assert unsupported("共 5 项，2 条依据", [], counts=[5, 2]) == []
    assert unsupported("共 6 项", [], counts=[5, 2]) == ["6项"]
