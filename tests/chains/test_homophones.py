"""Characters typed for others of the same sound are put right within the corpus's names, and nowhere else."""

import pytest

from chains.assistant import Assistant
from chains.language.homophones import Homophones


@pytest.fixture(scope="module")
def homophones(real_assistant: Assistant) -> Homophones:
    return real_assistant.homophones


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("小快清准 盐城的", "小快轻准 盐城的"),
        ("那个首代贴息找谁", "那个首贷贴息找谁"),
        ("转带基金要利息吗", "转贷基金要利息吗"),
        ("大模形备按做完了", "大模型备案做完了"),
        ("单项贯军奖多少", "单项冠军奖多少"),
        ("免费珍断是哪家来做", "免费诊断是哪家来做"),
        ("自主平审 我们能搞不", "自主评审 我们能搞不"),
        ("工业用滴怎么拿", "工业用地怎么拿"),
    ],
)
def test_a_name_typed_by_its_sound_is_read_as_it_is_written(typed: str, meant: str, homophones: Homophones) -> None:
    assert homophones.put_right(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "今天首台套报成功了",  # 报 stands for itself, however like 首台套保(险) it sounds
        "技术副职的吃不吃香",
        "企业顶多资金紧张",
        "公司已被认定",
        "我们想搞质量提升",
        "就剩创新型了",
        "那边卖设备的",
        "南京公司今年",
        "淮安那个担保",
        "我们叫新星智联",
        "企业的得拿到手",
        "hello",
        "",
    ],
)
def test_what_only_sounds_like_a_name_stays_as_it_is(typed: str, homophones: Homophones) -> None:
    assert homophones.put_right(typed) == typed
