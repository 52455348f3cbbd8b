"""Whether a few words look something up of a title (小巨人 数字化 几级), and tell of no firm that holds it."""

import re
from collections.abc import Mapping, Sequence

from chains.language.clauses import fact_patterns, pattern, value_patterns, wishes
from chains.language.places import find_places
from chains.language.titles import of_the_holder
from knowledge.profile import Fact

_FEW_WORDS = 12
_WHETHER_WE_CAN = re.compile(
    r"\s(?:能不能|能|可以|可不可以)(?:拿|领|报|申请|享受)[^，。；\s]{0,6}[吗么不]?[?？]?$"
    r"|\s[^，。；\s什啥哪]{1,9}(?:能不能|能|可以|可不可以)(?:拿|领|报|申请|享受|用|办|弄|贷|给)(?:到|上|下来)?[吗么不吧][?？]?$"
)
# 南京 省专 名单, 镇江 小巨人 30万: what is looked up of a title.
_OF_A_TITLE = re.compile(r"名单|目录|家数|数目|指标|期限|有效期|文号|复核|\d")
# 有硕士来租房, 做传感器: what there is at the firm, and what it makes.
_HAS = re.compile(
    r"(?:^|[，。；\s])[也还]?有[^，。；\s奖补政支优扶吗没什啥哪]{1,6}[来要在][^，。；\s]*[^吗没？?]$"
    r"|(?:^|[，。；\s])(?:做|生产|主营)(?!什么|啥)[^，。；\s吗？?]{2,}"
)
# 小巨人 单项冠军 各奖多少: what is given to whoever holds them.
_OF_EACH = re.compile(r"(?:各|分别)自?(?:都|能|会)?(?:奖|给|补|发|拿)[^，。；\s]{0,4}(?:多少|几)")
# 小巨人的数, 单项冠军的钱: of a title, and not who has it.
_OF_A_TITLE_ALONE = re.compile(r"^[^，。；\s]{2,9}的(?:钱|奖金?|[数家]数?[目量字]?|个数|名额)[呢吗啊呀]?[?？]?$")
_WHAT_IS_IT = re.compile(r"是(?:个)?(?:什么|啥)(?:意思|东西)?[?？]?$")
# What asks for whatever there is.
_ASKS_AT_LARGE = re.compile(
    r"有没有|有(?:什么|啥|哪些)|[能可]以?|申请|享受|[拿领要]到?|什么|啥|哪些|好处|福利|待遇|补贴|补助|政策|支持|扶持|(?:首次|第一次|头一[次回])(?:认定|入选)?|市区|[今去前]年|刚刚?|才|评上|拿到|获评|[有吗么呢呀啊了上\s]"
)


def looks_something_up(text: str, facts: Mapping[str, Fact]) -> bool:
    """小巨人 数字化 几级 looks something up and states no title; 南京 小巨人 有啥好处 states it."""
    text = _WHAT_IS_IT.sub("", text)
    if _WHETHER_WE_CAN.search(text):
        return False  # 南京小巨人 能拿奖励吗
    if (_OF_EACH.search(text) or _OF_A_TITLE_ALONE.match(text)) and not pattern("self").search(text):
        return True
    if len(text) > _FEW_WORDS or re.search(r"[，。；！？、的是]|[了啦]$", text) or pattern("self").search(text):
        return False
    if not set(facts) <= {"city", "district"} or wishes(text) or _HAS.search(text):
        return False
    mentioned = find_places(text)
    for place, _, _ in mentioned:
        text = text.replace(place.name, " ")
    words = text.split()
    if mentioned and _stands_apart(words):
        return False
    for regex in fact_patterns():
        words = [regex.sub("", word) for word in words]
    return any(_ASKS_AT_LARGE.sub("", word) for word in words)


def _stands_apart(words: Sequence[str]) -> bool:
    """知识产权 南京 省专: a title that stands by itself, and after which nothing is looked up that titles have."""
    rows = value_patterns()["tiers"]
    apart = [i for i, word in enumerate(words) if any(regex.fullmatch(word) for _, regex in rows)]
    after = " ".join(words[apart[-1] + 1 :]) if apart else ""
    asks = pattern("question").search(" ".join(words)) or _OF_A_TITLE.search(after) or not of_the_holder(after)
    return bool(apart) and not asks
