"""Which of the options offered with a question a message names: by number, by label, or by much of one."""

import re

from rapidfuzz import fuzz

from chains.reply import Question
from knowledge.profile import NONE, slots

_A_WORD = 2
_ALIKE = 85
_NUMBERED = re.compile(
    r"^\s*(?:选|第)?\s*([0-9一二三四五六七八九十][0-9一二三四五六七八九十和与、,，\s.]*)(?:个|项|号)?\s*$"
)
# 有一个, 3个: how many apply, and not which.
HOW_MANY = re.compile(
    r"^(?:我们|公司)?(?:好像|应该|可能)?(?:都|就|只)?有?[0-9一二两三四五六七八九十]+个(?:都?有)?[的了啊吧呢]*$"
)
# 前两个, 最后一个都有: counted from an end of the list.
_FROM_AN_END = re.compile(
    r"^(?:就|选|我们)?(?P<end>前|头|[最倒]后|后)(?P<many>[一二两三四五六七八九\d])[个项条样](?:我们)?(?:都|就|全)?有?[的了啊吧]*$"
)


def numbered(text: str, pending: Question) -> tuple[str, ...]:
    """The options that a message names by number: 2, 选2和3, 第一个, 第1项和第3项, 前两个."""
    if HOW_MANY.match(text):
        return ()
    if pending.multiple and (counted := _FROM_AN_END.match(text.strip("，。 "))):
        named = [o.id for o in pending.options if o.id in slots() or o.id in _titles()]
        many = "一二三四五六七八九".find(counted["many"].replace("两", "二")) + 1 or int(counted["many"])
        from_start = counted["end"] in {"前", "头"}
        return tuple(named[:many] if from_start else named[-many:]) if many <= len(named) else ()
    match = _NUMBERED.match(re.sub(r"第|[项个号有]", "", text).strip("，。 "))
    if not match:
        return ()
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"十": 10}
    numbers = [
        int(n) if n.isdigit() else digits.get(n, 0) for n in re.findall(r"\d+|[一二三四五六七八九十]", match.group(1))
    ]
    if not numbers or any(not 1 <= n <= len(pending.options) for n in numbers):
        return ()
    if len(numbers) > 1 and not pending.multiple:
        return ()
    return tuple(pending.options[n - 1].id for n in numbers)


def _titles() -> tuple[str, ...]:
    return tuple(v for v in slots()["tiers"].values if v != NONE)


def labelled(text: str, pending: Question) -> tuple[str, ...]:
    plain = text.strip(" 。.!！，,")
    exact = [o.id for o in pending.options if plain in {o.label.lower(), o.id.lower()}]
    return tuple(exact[:1])


def resembling(text: str, pending: Question) -> str | None:
    """The one option whose label a short answer clearly resembles; 有 in a longer answer is no label."""
    words = text.strip(" 。的了")
    likeness = {
        o.id: fuzz.partial_ratio(words, o.label.lower())
        for o in pending.options
        if len(text) >= 2 and words != "有" and (len(o.label) > _A_WORD or len(words) <= len(o.label) + 1)
    }
    good = [i for i, score in likeness.items() if score >= _ALIKE]
    return good[0] if len(good) == 1 else None
