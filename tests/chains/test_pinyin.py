"""Whole sentences in pinyin are read as what managers ask; other languages and brands stay as they are."""

import pytest

from chains.assistant import Assistant
from chains.language.pinyin import PinyinReader


@pytest.fixture(scope="module")
def reader(real_assistant: Assistant) -> PinyinReader:
    return real_assistant.pinyin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nanjing apec ka guina ge bumen", "南京apec卡归哪个部门"),
        ("zhenjiang zhuanjingtexin ban guapai mubiao", "镇江专精特新板挂牌目标"),
        ("huaian zhinengchejian jianji ge", "淮安智能车间建几个"),
        ("minying qiye, rongzi baimingdan keyi ma", "民营企业,融资白名单可以吗"),
        ("Nanjing danxiang guanjun jiang duoshao qian?", "南京单项冠军奖多少钱?"),
        ("南京suanliquan咋领", "南京算力券咋领"),
    ],
)
def test_pinyin_is_written_out_in_the_words_of_the_corpus(typed: str, meant: str, reader: PinyinReader) -> None:
    assert reader.write_out(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "hello can you tell me about the policy please",
        "Bonjour je voudrais savoir",
        "We make LED lamps",
        "DeepSeek怎么用",
        "china",
        "我们用python写代码",
        "ERP MES上云",
        "南京省专 AEO 能办吗",
        "",
        "İstanbul men",
    ],
)
def test_other_languages_brands_and_short_names_stay_as_they_are(typed: str, reader: PinyinReader) -> None:
    assert reader.write_out(typed) == typed


def test_a_long_run_of_letters_takes_no_longer_than_its_length(reader: PinyinReader) -> None:
    letters = "xianganmenshi" * 150
    assert isinstance(reader.write_out(letters), str)
