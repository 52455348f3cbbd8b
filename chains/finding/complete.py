"""Whether a question names all that it is about, so that it is to be answered as if nothing had been told before."""

import re
from typing import Final

from chains.conversation import Conversation
from chains.finding.alone import award_titles
from chains.finding.followup import in_its_row, titles_named
from chains.finding.matching import A_WORD
from chains.finding.meant import Subject
from chains.finding.naming import content, core, names_nothing
from chains.finding.retrieval import Finder
from chains.finding.subject import find_subject
from chains.language.clauses import pattern
from chains.language.understanding import Understanding
from knowledge.regions import city_name

# 那镇江呢, 也有吗, 迁过去以后在那边, 盐城小巨人那档呢: what goes on from what was told.
_GOES_ON = re.compile(
    r"^(?:那|这|它|其|再|还|也|又|都|换)|在[那这](?:边|里|儿)|[搬迁]过去|[呢嘞咧](?:[?？。]?$|[，,\s])|还是(?:国家|省|市|区|县)级|^[\u4e00-\u9fff]{2,3}市?[呢嘞咧]"
)
# 我们的, 这笔, 它: what refers, where no city is named either.
_REFERS = re.compile(r"[这那](?:一?[个些种笔条项样份类块]|么|张|回|次)|它|[他她]们|上面|刚才|前面|同样|一样|我|咱|俺")
_DOCUMENT = re.compile(r"计划|措施|文件|稿子|意见稿|办法|政策")
# How high a question must score with what it finds: one that names its city, one that does and has hardly a word of
# its own besides, and one that names no city.
_IN_A_CITY, _HARDLY_NAMED, _ANYWHERE = 50.0, 60.0, 120.0
# How much more of it must stand in what it finds than in what was told.
_HELD_MORE: Final = 0.2
_SEVERAL = 2


def is_complete(heard: Understanding, before: Conversation, anew: Conversation, finder: Finder) -> bool:
    """盐城小巨人的池子里要放多少家: whether a question finds its subject in its own words.

    `heard` is what it says in the conversation `anew`, without what was talked of. Measured on 1,340 questions that
    name a city and were put after another on something else, and on 290 that ask on and name a city: the readings of
    what is asked on mistook 140 of the former; this leaves 16 of them, and takes 6 of the latter for questions of
    their own. Of 1,280 without a city it takes on 29 of the 82 mistaken, and one of 480 that ask on.
    """
    if not (heard.asks or heard.facets) or _GOES_ON.search(heard.text):
        return False
    in_a_city = any(city_name(city) in heard.text for city in heard.cities)  # 工厂在溧水 names none
    if not in_a_city and _REFERS.search(heard.text):
        return False
    if heard.cities and "city" in before.pending_slots:
        return False  # 单项冠军南京给多少, where the city was asked
    if len(heard.cities) > 1 and not (titles_named(heard.text) or finder.named(heard.text)):
        return False  # 首次评上，南京给多少，镇江给多少
    if len(heard.cities) < _SEVERAL and pattern("compares").search(heard.text):
        return False  # 比单项冠军少多少
    told = [finder.by_key[key] for key in before.focus if key in finder.by_key]
    if not in_a_city and in_its_row(heard.text, told, finder):
        return False  # 小巨人库那一档是几个点
    alone = find_subject(heard, anew, finder)
    if not alone.entries or not alone.trace:
        named = set(finder.named(heard.text))
        return bool(in_a_city and named) and named.isdisjoint(before.focus)  # 镇江发算力券吗, after another award
    if "amount" in heard.facets and award_titles(heard.text):
        return True  # 镇江小巨人给多少钱
    of_document = "validity" in heard.facets and _DOCUMENT.search(heard.text) is not None and not alone.supports
    if of_document and len(heard.cities) == 1:
        return True  # 淮安那份三年计划还算数不
    if names_nothing(heard.without_facts):
        return False  # 我们是南京的省专，能拿吗
    return _finds_its_own(heard, alone, before, finder, in_a_city=in_a_city)


def _finds_its_own(
    heard: Understanding, alone: Subject, before: Conversation, finder: Finder, *, in_a_city: bool
) -> bool:
    words, score = content(heard.text), alone.trace[0][1]
    least = _ANYWHERE if not in_a_city else _IN_A_CITY if len(core(heard.text)) >= A_WORD else _HARDLY_NAMED
    held = max(finder.coverage(words, entry.key) for entry in alone.entries)
    told = (finder.coverage(words, key) for key in before.focus if key in finder.by_key)
    return score >= least and held - max(told, default=0.0) >= _HELD_MORE
