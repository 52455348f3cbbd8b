"""The words of a message that ask, by kind, and what is left of it once they are gone."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from chains.language.clauses import fact_patterns, pattern
from chains.language.trades import industries_of
from chains.prompting import read_data
from knowledge.regions import places_that_may_stand_in

_MONEY = re.compile(r"钱|元|金额|额度|面值|[奖补资]|给多少|拿多少|报销|费")
# 领了多久作废: how long a thing holds once one has it, and not the document.
_ONCE_GOT = re.compile(r"(?:领|拿|发|批|兑)(?:到|了|下来)+[^，。；]{0,8}(?:过期|到期|作废|失效)")
# 采购人不给咋办, 人跑了怎么办: what if it goes wrong; 手下几个工程师想评职称: some, and not how many.
_IF_IT_FAILS = re.compile(
    r"不(?:给|肯|愿意?|认|批|同意|答应|通过)[^，。；]{0,3}(?:怎么办|咋办|咋整|怎么弄)|(?<![完好成齐])了(?:怎么办|咋办|咋整)"
)
# 申报材料, 材料要交啥: papers; and not what a firm deals in.
_MATERIAL = "材料"
_OF_PAPERS = re.compile(
    r"什么|啥|哪|要|交|带|准备|多少|[呢吗么嘛不没吧?？]|几[份样]|提供|申[请报]|清单|怎么|齐|补|填|递|写|^材料"
)
_SOME = re.compile(r"几[个名位](?!月)[^，。；？?吗]{2,8}?(?:想|打算|准备)")
# 做软件的, 6个人: what a firm does and how large it is, no subject.
_TRADE = re.compile(
    r"(?:做|搞|从事|主营|生产)[^，。；\s]{1,10}的(?=$|[，。；\s]|(?:小(?:公司|企业|厂)|小?老板))|\d+[多来几]?[个号名]?(?:人|员工)"
)
_FIRM_OF_A_TRADE = re.compile(r"(?<![做搞给帮为])(?!.?的)[\u4e00-\u9fff]{2}(?:公司|企业|(?<!工)厂)(?=有|，|$|能|可)")
# 评省专要啥条件, 什么企业能拿: what asks of conditions asks not for whatever there is.
_WHICH_CONDITIONS = re.compile(
    r"(?:什么|啥|哪些|哪几[个条]|哪[种类])(?:样的?|的)?(?:条件|要求|门槛|资格|标准|(?:企业|公司|单位|厂子?|人)(?=[^，。；]{0,2}[能可够才]))"
)
_WHICH_FIRMS = re.compile(
    r"谁(?=[^，。；]{0,2}[能可够才])|(?:什么|啥|哪些|哪[种类])(?:样的?|的)?(?:企业|公司|单位|厂子?)(?=[^，。；]{0,2}[能可够才])"
    r"|(?:所有|任何|全部)的?(?:企业|公司|单位)"
)
# 有什么融资支持: what is asked for at large may be of a kind.
_KIND_OF_HELP = re.compile(
    r"(?:什么|哪些|啥|没有)(?P<kind>[^，。；?？]{2,10}?)(?:政策|补贴|支持|优惠|扶持|奖励|好处|福利|补助|资金|待遇|红利)"
)
_GENERIC = re.compile(
    r"中小微?|小微|初创|民营|政策|补贴|支持|优惠|扶持|奖励|好处|福利|补助|资金|待遇|红利|申请|申报|享受|领取|匹配|高新技术企业|高企(?!业)|科技型(?:中小)?企业|对照|清单|项目|自己(?=在|是|的)|认定|获评|评上|评的|今年|去年"
)
_RECALLED = re.compile(r"来着(?=[。！\s]*$)")
_A_WORD = 2


@cache
def group(name: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a group of the lexicon (intents, facets, outside …) by their names."""
    rows: dict[str, dict[str, Any]] = read_data("lexicon")[name]
    return {key: re.compile(row["match"]) for key, row in rows.items()}


@cache
def facet_words() -> re.Pattern[str]:
    """Any words that ask for a facet (how much, who, until when), so that what is left is the subject."""
    return re.compile("|".join(f"(?:{regex.pattern})" for regex in group("facets").values()))


def broad_words() -> re.Pattern[str]:
    """The words that ask for everything: 有什么政策, 能申请什么."""
    return group("intents")["broad"]


def asks_at_large(text: str) -> bool:
    """Whether a message asks for whatever there is to be had: 政策大全来一份, 能报的都列出来."""
    text = _WHICH_CONDITIONS.sub(" ", text)
    return pattern("at_large").search(text) is not None and pattern("getting").search(text) is not None


def asks_who(text: str) -> bool:
    """Whether a message asks which enterprises, or whether all, may have something: 什么企业能进培育库."""
    return _WHICH_FIRMS.search(text) is not None


def named_things(text: str) -> tuple[str, ...]:
    """What is left of such a message once all words are gone that name no thing: none if everything is meant."""
    left = pattern("of_any_talk").sub(" ", pattern("getting").sub(" ", subject_words(text)))
    return tuple(piece for piece in re.split(r"[\s，。；！？?、“”\"：:]+", left) if len(piece) >= _A_WORD)


@lru_cache(maxsize=512)
def subject_words(text: str) -> str:
    """A message without the words that ask for everything, name titles or places, or speak of oneself."""
    # 聚焦多少条重点产业链来着: the end of it asks, not all of it.
    text = broad_words().sub(lambda m: f" {kind_of_help(m.group())} ", _RECALLED.sub("", text))
    patterns = [group("intents")["can_get"], pattern("self"), pattern("question")]
    for regex in (*patterns, *fact_patterns(), _GENERIC):
        text = regex.sub(" ", text)
    for place in places_that_may_stand_in(text):
        text = text.replace(place.name, " ")
    return without_trade(text)


def without_trade(text: str) -> str:
    """A message without what a firm does: 做轴承的小公司."""
    return _TRADE.sub(" ", text)


def of_any_firm(text: str) -> str:
    """A message with 企业 for the kind of firm that it asks for: 南京软件企业有哪些支持 asks for all that there is."""
    return _FIRM_OF_A_TRADE.sub(lambda firm: "企业" if industries_of(firm.group()) else firm.group(), text)


def kind_of_help(text: str) -> str:
    """The kind of help that a text asks for at large: 融资 of 有什么融资支持; nothing of 有什么适合我们的支持."""
    asked = broad_words().search(text)
    match = _KIND_OF_HELP.search(asked.group()) if asked else None
    kind = match["kind"] if match else ""
    left = pattern("getting").sub("", pattern("self").sub("", kind))
    return "" if re.fullmatch(f"(?:{pattern('of_any_talk').pattern})*", left) else kind


# 不是机构数量，是研发占比: what is not meant.
_NOT_THAT = re.compile(
    r"^(?:我)?(?:说的|问的)?不是(?:问|说|要)?[^，。；\s是]{2,8}[，,\s]+"
    r"(?=(?:我)?(?:问的?|说的?|要的?)?(?:就?是)[^，。；]{2,})"
)


@lru_cache(maxsize=512)
def facets_of(text: str) -> tuple[str, ...]:
    """What a text asks of its subject, in order; 不是机构数量，是研发占比 asks of what is meant."""
    text = _NOT_THAT.sub("", text)
    found = {name: m.start() for name, regex in group("facets").items() if (m := regex.search(text))}
    # 多少天, 电话多少: how many of something else is no question about money.
    if found.keys() & {"phone", "address", "duration", "count", "deadline"} and not _MONEY.search(text):
        found.pop("amount", None)
    if _IF_IT_FAILS.search(text):
        found.pop("procedure", None)
    if _SOME.search(text):
        found.pop("count", None)
    if _ONCE_GOT.search(text) and "duration" in found:
        found.pop("validity", None)
    if "materials" in found and _only_deals_in(text):
        found.pop("materials")
    if "instalments" in found:
        found = {name: start for name, start in found.items() if name not in {"scope", "duration"}}
    return tuple(sorted(found, key=lambda name: found[name]))


def _only_deals_in(text: str) -> bool:
    """连云港东海县，硅材料，准备上市: whether 材料 is what a firm deals in, in a clause that asks for no papers."""
    clauses = [clause for clause in re.split(r"[，。；！\s]", text) if clause]
    named = [clause for clause in clauses if _MATERIAL in clause]
    return 0 < len(named) < len(clauses) and not any(_OF_PAPERS.search(clause) for clause in named)


def said_besides(text: str, intent: str) -> str:
    """What a message says besides the words that an intent is known by."""
    return group("intents")[intent].sub(" ", text)
