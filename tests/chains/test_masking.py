"""Personal data is hidden; what only looks like it stays readable."""

import random

import pytest

from chains.model.masking import mask

PERSONAL = [
    "13800138000",
    "138-0013-8000",
    "138 0013 8000",
    "１３８００１３８０００",
    "+86 13800138000",
    "86-138-0013-8000",
    "110101190001010153",
    "110101 19000101 0153",
    "91110000MA0000037A",
    "91110000ma0000037a",
    "6228480000000007",
    "6228 4800 0000 0007",
    "025-83630000",
    "zhang.san@example.com",
    "张三＠example".replace("张三", "zhang") + ".com",
]
HARMLESS = [
    "截止日期20281231",
    "第13800条不存在吧",
    "宁政办发〔2021〕61号",
    "连政办发〔2023〕15号",
    "注册资本 1000 万元，奖励 3000000 元",
    "2026-11-20 12:30:45.123",
    "专利 ZL202010123456.7",
    "110101190001010154",
    "91110000MA0000037B",
    "6228480000000008",
    "12380013800",
    "0000000000000000",
]


@pytest.mark.parametrize("secret", PERSONAL)
@pytest.mark.parametrize("around", ["{}", "请打{}，谢谢", "我的是:{}。", "({})"])
def test_personal_data_is_hidden_wherever_it_stands(secret: str, around: str) -> None:
    hidden = mask(around.format(secret))
    assert secret not in hidden
    assert hidden.startswith(around.partition("{}")[0])
    assert hidden.endswith(around.partition("{}")[2])


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text) == text


def test_several_in_a_row_are_all_hidden() -> None:
    hidden = mask("13800138000 13900139000 6228480000000007, 110101190001010153 a@b.cn")
    for secret in ("13800138000", "13900139000", "6228480000000007", "110101190001010153", "a@b.cn"):
        assert secret not in hidden


def test_identity_numbers_are_known_by_their_check_digit() -> None:
    chance = random.Random(1)
    for _ in range(200):
        body = f"{chance.randrange(110000, 660000)}{chance.randrange(1930, 2010)}{chance.randrange(1, 13):02}15"
        body += f"{chance.randrange(1000):03}"
        total = sum(int(c) * (2 ** (17 - i) % 11) for i, c in enumerate(body))
        right = "10X98765432"[total % 11]
        assert right in "0123456789X" and body + right not in mask(f"身份证{body}{right}")
        assert len(mask(body + right)) == 18
