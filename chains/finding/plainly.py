"""A message that only asks on of what was told, in plain words: the same, or another city's like."""

import re

from chains.conversation import Conversation
from chains.finding.retrieval import Finder
from chains.finding.told import FEW
from chains.language.clauses import pattern
from chains.language.normalise import normalise
from chains.language.places import find_places
from chains.language.question_words import facets_of
from chains.language.understanding import understand
from knowledge.regions import city_name, served_cities

# 第二个, 头一个里面那个数, 文号, 生效了: what points at a thing, or is of the document itself.
_POINTS = re.compile(
    r"\d|第[一二三四五六七八九十]|[头前后上末][一两二]?[个条项]|[刚前]才|[前上][面头]|[这那]个数|还有[啥什哪别]|名[字单]|文号|[印颁]发|生效|正式|定稿|作废|[别其]的|其他|其它|另外|除[了此]|此外|总共|最[多少大小高低]|首次|首度|头一[次回]|第一次|合计|加起来|拢共|[这那](?:[两三四]|俩|仨)[样个项条]?"
)
_CLAUSE = re.compile(r"[，。；！？?、\s]+")
# 那＊那边, 换成＊, 按＊的: what may stand around the name of another city.
_AROUND_A_CITY = re.compile(
    r"(?:那么?|换[成到作]?|放在|按照?|照着?|对着|[去到在])?\x00(?:市|那[边头儿里]|这[边头])?的?(?:话|呢)?[，,\s]*"
)

# 盐城有没有这种: whether another city has the like.
WHETHER_THERE = re.compile(r"有没有?|有[吗么不啵]|没有?吧|也有|有这[个种样]|有[^，。；？]{1,5}没有?")
# A message that names a city and nothing else is more likely to ask on.
_LESS_ELSEWHERE = 0.5


def put_plainly(conversation: Conversation, written: str, finder: Finder, least: float) -> str:
    """我跑哪个门去问, after a thing told: 归哪个部门管. What names anything, or tells of the firm, stays as it is.

    `least` is by how much it must ask on rather than say anything else.
    """
    told = [finder.by_key[key] for key in conversation.focus if key in finder.by_key]
    whole = normalise(written)
    city, text = _of_another_city(whole)
    several = sum(bool(facets_of(part)) for part in _CLAUSE.split(text)) > 1
    names = several or _POINTS.search(text) or finder.named(text)
    # 去工信局问的话该问哪些; 到底派不派，给句准话: answered in their own words.
    own = any(pattern(name).search(text) for name in ("compares", "asks_what_to_ask", "bluntly"))
    if own or names or not text or not 0 < len(told) <= FEW:
        return written
    put, likeness = finder.asked_on.matter(text)
    if likeness <= least - (_LESS_ELSEWHERE if city else 0.0):
        return written
    if not set(facets_of(text)) <= {*facets_of(put)} or finder.asks_others(text) > max(likeness, 0.0):
        return written  # 哪个科室受理，电话给我; 他们办公室旁边哪里好停车
    heard = understand(whole, conversation.pending, knows_him=conversation.others)
    if (conversation.others and heard.reading.others) or pattern("wrongly_noted").search(whole):
        return written  # 那他能拿吗, of somebody who was told of; 你乱记
    tells = heard.facts or heard.foreign_places or heard.told_of_others or heard.reading.not_in
    answers = heard.reading.declined or heard.reading.supposed or heard.reading.told_of_another or heard.as_of
    if tells or answers or heard.has_orders or heard.hostile:
        return written
    if city in {"", *(entry.city for entry in told)}:
        return put
    return f"那{city_name(city)}呢" if WHETHER_THERE.search(text) else f"那{city_name(city)}呢，{put}"


def _of_another_city(text: str) -> tuple[str, str]:
    """A text without the one city that it names, and that city: 那盐城那边归谁管; empty where it names none."""
    places = [*find_places(text)]
    if len(places) != 1 or places[0][0].district is not None or places[0][0].city.slot not in served_cities():
        return "", text
    place, start, end = places[0]
    return place.city.slot, _AROUND_A_CITY.sub("", f"{text[:start]}\x00{text[end:]}").strip("，, ")
