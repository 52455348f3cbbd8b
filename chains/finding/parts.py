"""What a message asks, part by part: each of its questions, wishes and things by itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

from chains.finding.naming import core, without_help, without_places
from chains.language.clauses import pattern, wishes
from chains.language.places import find_places, served
from chains.language.question_words import broad_words, facets_of, named_things, subject_words
from chains.language.understanding import Understanding

# 转贷也是白名单里的吗, 转贷算在白名单里不: whether one thing is a part of another.
WITHIN = re.compile(
    r"(?P<one>[^，。；]{2,12}?)[，\s]*(?:也|都|就|还|不)*(?:是不是|是|算不算|算|属于|包括|包含)(?:在|到|是)?(?P<other>[^，。；\s]{2,10}?)(?:里|里[头边面]|中|那?一?[项个条])的?[吗么不吧]*[?？]?$"
)
# Where one question ends and the next begins.
_BETWEEN_QUESTIONS = re.compile(
    r"[。？！?；]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|[，,]?(?:另外|还有|再说|再问|顺便|以及|还想问)|(?<![\d.])[1-9](?:[.、)]|(?![件个家条项名年月日天张亩倍级人万亿千百点元]))(?=[\u4e00-\u9fff]{2})"
)
# 上市家数和挂牌家数: also where one measure follows another.
_BETWEEN_THINGS = re.compile(
    r"[，、。？！?；]|另外|还有|以及|顺便|(?<=[\u4e00-\u9fff][家个]数|[\u4e00-\u9fff]数[量目]|[\u4e00-\u9fff]目标|[\u4e00-\u9fff]占比|[\u4e00-\u9fff]比例)[和跟与及]"
)
BETWEEN_WORDS = re.compile(r"(?<=[，。；！？])|(?<=[\u4e00-\u9fff])(?=\s+[\u4e00-\u9fff])")
# 具体多少, 哪几个局管: words that ask on and name nothing.
VAGUE = re.compile(
    r"[跟和与、]?(?:分别|各自?)(?:定|是|要|有|写|给)*的?(?=多少|几)|^(?:目标|指标)(?:定(?:在|的|到)?|是|为|有|要)*(?=多少|几)|具体|大概|(?:有(?:没有)?)?(?:什么|啥)?(?:门路|路子|戏|指望|希望|着落)(?=[吗么没不呢？?]|$)|一共|总共|分别|今年|明年|去年|现在|[一二三四五六七八九两几]个?(?:局|部门|单位)|[管局本科]|(?:想)?问[一二三两几]个?(?:事|问题)|[：:]|[这那]些|能?落实(?=[吗不么没到])"
)
# 政府顶格能报多少: who gives, which names nothing.
WHO_GIVES = re.compile(r"政府(?!采购)|市里|财政上?|顶格|拉满|封顶(?=能|可以|给|报|补|多少|几)")
_OPENS_A_QUESTION = re.compile(r"^(?:另外|还有|再说|再问|顺便|以及|还想问|那)+")
_TWO_NAMED = re.compile(
    r"那?(?P<things>[\u4e00-\u9fff]{2,6}?[和跟与、][\u4e00-\u9fff]{2,6}?)(?:这?[两个块项样])?呢[?？]?"
)
# 人才、贷款、参展三样都有啥: help with each of the things in a list.
_LISTED = re.compile(
    r"[那在，\s]*(?P<things>[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}?)+)(?:这?[两二三四五][个块项样]|方面)?[，\s]*"
    r"(?:分别|各自?|都|全)*有(?:没有|些)?(?:什么|啥|哪些|没有?)(?:政策|支持|扶持|帮助)?[的吗么呢]?[?？]?"
)
A_WORD = 2


def parts_of_one(heard: Understanding) -> list[Understanding]:
    """转贷也是白名单里的吗: the two things of which one may be a part of the other; none for any other message."""
    match = WITHIN.search(heard.text)
    return [with_only(heard, match["one"]), with_only(heard, match["other"])] if match else []


def questions_of(heard: Understanding) -> list[Understanding]:
    """Each question of a message, one by one: 订单班怎么弄？另外成果能不能先用后付."""
    parts = [p for p in _BETWEEN_QUESTIONS.split(heard.text) if _names_its_own(p) or counts(p)]
    asking = [p for p in parts if any(pattern(name).search(p) for name in ("question", "wish", "hearsay"))]
    return [with_only(heard, part) for part in asking]


def parts_asked(heard: Understanding) -> list[Understanding]:
    """The parts of a message between which one question ends and another begins, whether or not they name a thing."""
    parts = (part.strip("，, ") for part in _BETWEEN_QUESTIONS.split(heard.text))
    return [with_only(heard, part) for part in parts if part]


def _names_its_own(part: str) -> bool:
    return len(core(WHO_GIVES.sub(" ", subject_words(part)))) >= A_WORD


def things_listed(heard: Understanding) -> list[Understanding]:
    """看病跟买房呢, 镇江人才、贷款有啥: the things that a short message lists, each by itself; else nothing."""
    pair = _TWO_NAMED.fullmatch(heard.text) if not heard.cities else None
    listed = pair or _LISTED.fullmatch(without_places(heard.text))
    return [with_only(heard, f"{name}呢") for name in re.split("[和跟与、]", listed["things"])] if listed else []


# 上市的家数，挂牌的家数，目标各是几家: asked of all that was named before.
_OF_ALL_OF_THEM = re.compile(
    r"[，,\s]*(?:目标|指标|数量?|任务)?(?:各|分别|各自)(?:自|都)?(?:是|定|要|有|为)*(?:多少|几)[家个户名项万]?[，,\s]*"
)
# 三个数帮我核一下: what only says that questions follow.
_ANNOUNCES = re.compile(
    r"[两二三四五六几][个条项件样](?:数字?|问题|指标|事)|(?:帮|替|给|跟)(?:我|忙)(?:核|查|看|问|报)(?:一?下|个|几个)?$"
)


def things_asked(heard: Understanding) -> list[Understanding]:
    """What a message asks after in one breath, each with what is asked of it: 目标多少家，服务专员怎么配，归谁管.

    Nothing where a part asks nothing of its own: a list of things is one question.
    """
    parts: list[str] = []
    for piece in _BETWEEN_THINGS.split(heard.text):
        if not parts or names_a_thing(piece):
            parts.append(piece)
        else:
            parts[-1] += f"，{piece}"
    named = (part for part in parts if names_a_thing(part))
    parts = [part for part in named if not _ANNOUNCES.search(part)]
    if len(parts) > 2 and _OF_ALL_OF_THEM.fullmatch(parts[-1]):
        parts = [f"{part}{parts[-1]}" for part in parts[:-1]]
    return [with_only(heard, part) for part in parts] if all(facets_of(part) for part in parts) else []


def wishes_of(heard: Understanding) -> list[Understanding]:
    """What a long message wants, each wish with the words it is about, and without all that it tells of the enterprise.

    我们做叶片的，厂里百来号人，最近想招几个研究生 有啥补助没: the last two clauses.
    """
    found: list[str] = []
    about = ""
    for clause in (c.strip("，。；！？? ") for c in BETWEEN_WORDS.split(heard.text)):
        clause = _OPENS_A_QUESTION.sub("", clause)
        if not clause or pattern("hearsay").search(clause):
            continue
        if not (any(pattern(name).search(clause) for name in ("question", "wish", "trouble")) or wishes(clause)):
            about = clause
            continue
        names = names_a_thing(without_help(clause)) and not broad_words().search(clause)
        if not names and not named_things(about):
            continue
        if not names and found and found[-1] == about:
            found.pop()
        found.append(clause if names else f"{about}，{clause}")
        about = clause if names else about
    return [with_only(heard, wish) for wish in dict.fromkeys(found)]


def counts(words: str) -> bool:
    """小巨人又要几家: a title names the thing where its firms are counted."""
    named = core(VAGUE.sub("", words))
    return "count" in facets_of(words) and len(named) >= A_WORD and core(subject_words(words)) != core(words)


def _asks_for_an_award(words: str) -> bool:
    """镇江小巨人多少, 单项冠军奖多少: a title in a city, or its award, names the thing where a sum is asked for."""
    of_title = any(title in words for title in ("小巨人", "单项冠军"))
    return of_title and "amount" in facets_of(words) and ("奖" in words or any(True for _ in find_places(words)))


def names_a_thing(words: str) -> bool:
    return (
        counts(words)
        or _asks_for_an_award(words)
        or min(len(core(VAGUE.sub("", text))) for text in (words, subject_words(words))) >= A_WORD
    )


def what_asks(heard: Understanding) -> Iterator[Understanding]:
    """What a message asks, beside what else it says: without hearsay, and the sentences that ask by themselves.

    听说南京可以自评，我们连云港的职称怎么办; 你就当它生效了。AEO怎么帮企业的.
    """
    clauses = BETWEEN_WORDS.split(heard.text)
    # 听说可以自己评了？: hearsay that is put as a question asks.
    firm = "".join(c for c in clauses if not pattern("hearsay").search(c) or re.search(r"[？?]$", c))
    sentences = [s for s in re.split(r"(?<=[。！？])", heard.text) if s]
    asking = ("question", "self", "trouble")  # 甲方压了我货款！南京有没有规矩管这个: the trouble is what is asked about
    aside = {s for s in sentences if not any(pattern(name).search(s) for name in asking)}
    for left in (firm, "".join(s for s in sentences if s not in aside)):
        if (part := with_only(heard, left)) is not heard:
            yield part


def with_only(heard: Understanding, left: str) -> Understanding:
    """The message with only some of its words left, and the cities that these name."""
    if left == heard.text or not left.strip():
        return heard
    return replace(heard, text=left, cities=served(place for place, _, _ in find_places(left)) or heard.cities)
