"""The sums that people say: their own, which claim nothing, and those that they put to be confirmed."""

import re

from knowledge.figures import Figure, read_figures

# 投了100万, 营收1亿: what the enterprise spends or earns, no sum that is claimed of a document.
_SPENT = re.compile(r"(?:投[资入]?|花|买|支出|(?<!免)费用?(?!率))[^，。；\d给补奖]{0,4}$")
_SPENDS = re.compile(r"(?:投[资入]?|花)[了出进去掉]*$")
_EARNED = re.compile(r"(?:营收|收入|销售额?|营业额|产值)[^，。；\d给补奖]{0,4}$")
# 要借3000万, 还差200万: what the enterprise wants or has, no sum that is claimed either.
_WANTED = re.compile(
    r"(?:(?:要|想|打算|准备|需要?|得)(?:再)?(?:借|贷|转|周转|用|融)|缺|(?<!相)差|(?:账上|手上|手里)[有是]|注册资[本金])[^，。；\d给补奖]{0,4}$"
)
# 机床，大概五百万的: what a thing costs that was named before, in a clause of its own.
_ABOUT = re.compile(r"(?:^|[，。；\s])(?:大概|大约|差不多|估计|预计|也就)+(?:[是要在])?$")
_AND_NO_MORE = re.compile(r"元?(?:的|左右|上下)?(?:$|[，。；\s])")
# 100万对吧, 100万？: a figure that is to be confirmed.
_IS_PUT = re.compile(r"(?:元|块)?(?:的)?(?:(?:对|是|没错|是真的)?[吧吗]|[?？]$)")


def is_own(figure: Figure, text: str) -> bool:
    """Whether a sum is what the enterprise spends, earns, wants or has, and is not claimed of the document."""
    before, after = text[: figure.start], text[figure.end :]
    return any(regex.search(before) for regex in (_SPENT, _EARNED, _WANTED)) or (
        _ABOUT.search(before) is not None and _AND_NO_MORE.match(after) is not None
    )


def without_own_sums(text: str) -> str:
    """A text without the sums that the enterprise spends, earns, wants or has: they say nothing of what is meant."""
    for figure in reversed([f for f in read_figures(text) if f.kind == "money" and is_own(f, text)]):
        text = f"{_SPENDS.sub('', text[: figure.start])} {text[figure.end :]}"
    return text


def is_spent(figure: Figure, text: str) -> bool:
    """Whether a sum is what the enterprise spends."""
    return _SPENT.search(text[: figure.start]) is not None


def is_put(figure: Figure, text: str) -> bool:
    """Whether a figure is put to be confirmed."""
    return _IS_PUT.match(text[figure.end :]) is not None
