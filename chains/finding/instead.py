"""A message that only puts another city or title in place of the one before: 打错字了，我问的是淮安, 那省专库的."""

import re

from chains.conversation import Conversation
from chains.finding.entries import Entry
from chains.finding.followup import titles_named
from chains.finding.matching import Search
from chains.finding.retrieval import Finder
from chains.language.clauses import value_patterns
from chains.language.normalise import normalise, plain
from chains.language.places import find_places
from knowledge.profile import NONE
from knowledge.regions import OTHER, city_name

_LONGEST = 24
# 我问的是, 淮安才对: that something else was asked about; 打错字了, 口误: that something was put wrong.
_ASKED = re.compile(r"(?:想|要|刚才?|刚刚|其实|本来|就|是)*(?:问|说|讲|查|打听|指)的?(?:应该)?(?:就?是|才?是)?")
_SLIP = re.compile(
    r"[打说写讲填弄搞发输敲看记][错岔串快混反](?:字|城市|地方|地名|名字?)?"
    r"|[手口笔嘴][滑误抖快瓢胡]|更正|纠正|串了|错了|才[对是]"
)
_TALK = re.compile(
    r"应该|一下|[刚前]才|刚刚?|换成?|改[成为]|哎呀?|抱歉|不好意思|对不起|不对|不是|[我咱俺们那呢吧吗的是不了啊哦噢喔呃嗯\W_]"
)
# 不是镇江，是淮安: what was named before is denied.
_DENIED = "(?:不是|没问|不问|并非)"
# 连云港目标也是这个数不, 淮安那份里有没有同样的话: the same is asked of another city; and what may stand beside that.
_THE_SAME = re.compile(r"也|同样|一样|这个数|那个数|这么[多高些]|类似|差不多|相同")
_ASKS_WHETHER = re.compile(
    r"有没有|有无|写没写|是不是|[写讲说提]到?|规定|[给发定]|有|没|份|文件|计划|措施|里[头面]?|[不伐么话]"
)
# 镇江的目标呢, 连云港那个数: what was counted before.
_COUNTED = re.compile(r"目标|指标|数[字目量]?|多少|几[家个]")
# 那省专库的, 换成小巨人, 小巨人那档的: what may stand around a title.
_BEFORE = (
    r"(?:哦|噢|嗯|啊|然后|还有|再说?|[，,\s])*(?P<then>那么?|换成?|改成?|再问(?:一?[下个])?)?(?:要是|如果是?|[，,\s])*"
)
_AFTER = (
    r"(?:中小)?(?:企业|公司)?(?P<of>的?(?:培育)?库里?|[那这]?一?[档类块头边]|的话)?(?:的?(?:企业|公司|厂家?|单位))?的?"
    r"[呢嘛啊呀\s？?。！!]*"
)
_TITLE = "\x00"
# 专利这块呢: no more than 专利呢.
_THIS_PART = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:[这那]一?块|[这那]?方面)(?=呢[?？]?$)")
_AROUND_A_TITLE = re.compile(f"{_BEFORE}{_TITLE}+{_AFTER}")


def as_asked_on(conversation: Conversation, text: str, finder: Finder) -> str:
    """A message as 淮安呢 or 小巨人呢 says it, where it only names what the question before is asked of instead.

    What puts right what was told of the enterprise, or answers the question asked last, stays as it is.
    """
    told = [finder.by_key[key] for key in conversation.focus if key in finder.by_key]
    said = normalise(text)
    if not told or conversation.broad or len(said) > _LONGEST:
        return text
    instead = _of_city(conversation, said, told, finder) or _of_title(conversation, said, told)
    return instead or _THIS_PART.sub("", text)


def _of_city(conversation: Conversation, text: str, told: list[Entry], finder: Finder) -> str:
    """打错字了，我问的是淮安; 镇江的目标呢, after what was counted."""
    for city in conversation.focus_cities:
        text = re.sub(f"{_DENIED}{city_name(city)}", " ", text)
    named = {place.city.slot: place.name for place, _, _ in find_places(text) if place.district is None}
    if len(named) != 1 or OTHER in named or named.keys() & {entry.city for entry in told}:
        return ""
    (name,) = named.values()
    rest = text.replace(name, " ")
    slipped, asked = _SLIP.search(rest), _ASKED.search(_SLIP.sub("", rest))
    counted = Search(finder, "", ("count",), frozenset()).answers(told[0]) and _COUNTED.search(rest)
    likewise = _THE_SAME.search(rest)
    if not (asked or slipped or counted or likewise):
        return ""
    rest = _ASKS_WHETHER.sub("", _THE_SAME.sub("", rest)) if likewise else rest
    # 打快了，是淮安的上云企业: what was told is named once more.
    again = _TALK.sub("", _COUNTED.sub("", _ASKED.sub("", _SLIP.sub("", rest))))
    if not any(again in plain(entry.title + entry.quote) for entry in told):
        return ""
    # 说错了，是淮安, of one's own firm, is no question.
    of_firm = bool(conversation.facts) and not (conversation.city_is_only_asked_about and _nothing_told(conversation))
    return "" if of_firm and not (asked or counted or likewise) else f"{name}{again}呢"


def _of_title(conversation: Conversation, text: str, told: list[Entry]) -> str:
    """那省专库的, 哦那单项冠军, after what was told of another title."""
    regexes = [regex for value, regex in value_patterns()["tiers"] if value != NONE]
    found = [match.group() for regex in regexes if (match := regex.search(text))]
    left = text
    for regex in regexes:
        left = regex.sub(_TITLE, left)
    around = _AROUND_A_TITLE.fullmatch(left)
    of_titles = conversation.titles or any(titles_named(entry.title + entry.quote) for entry in told)
    if around is None or not of_titles or len(set(titles_named(text))) > 1:
        return ""
    is_open = conversation.pending is None and _nothing_told(conversation)
    is_plain = bool(around["then"] or around["of"]) and (conversation.pending is None or conversation.offered)
    return f"{max(found, key=len)}呢" if is_plain or is_open else ""


def _nothing_told(conversation: Conversation) -> bool:
    """Whether nothing is known of the enterprise but a city."""
    return not conversation.facts.keys() - {"city", "district"}
