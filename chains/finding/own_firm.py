"""What a firm is, told on the way to what it asks, is no subject of a search: 食品厂，50个人，有什么补贴."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chains.finding.entries import Entry
from chains.finding.naming import core, names_nothing, without_help
from chains.finding.retrieval import Finder
from chains.language.answering import is_mere_answer
from chains.language.clauses import fact_patterns, pattern, wishes
from chains.language.normalise import plain
from chains.language.places import find_places
from chains.language.question_words import broad_words
from chains.language.shortfall import falls_short
from chains.language.trades import industries_of
from chains.language.understanding import Understanding
from chains.reply import Question

# Where one phrase ends: also 做传感器的｜有什么补贴, 食品厂｜能申请啥.
_PHRASE = re.compile(
    r"[^，。；！？?、：:\s]+?(?:(?=[，。；！？?、：:\s]|$)|(?<=[的厂司业店])(?=有(?:什么|啥|没|哪)|能|可以?|想|要(?!求)|该|享受))"
)
_BEFORE = re.compile(
    r"(?:你们?好|您好|我们?|咱们?|俺们?|本人|我司|公司|企业|厂子?|单位|[这那][边里]|在|是|就|属于|主要|专门|目前|现在|[一两三]?[家个]|的|市|区|县|呢)*"
)
_HEADCOUNT = re.compile(r"[，\s]*(?:有|就|共|员工)*\d+[多来几]?[个号名]?(?:人|员工)(?:左右|不到)?$")
_WORKS_FOR = re.compile(r"[给为替帮][^的我你您]{1,8}(?=做|干|生产|加工|配套|供货|代工)")
_ACTS = (
    rf"(?:{_WORKS_FOR.pattern})?(?:做|搞|干|开|办|弄|从事|主营|经营|生产|制造(?!业)|加工|卖|研发|开发|设计|造|养|种|承接|代理|跑|写)"
    r"(?![了过到得好完成在])"
)
_A_FIRM = r"(?:公司|企业|厂子?|店|机构|作坊|合作社|农场|工作室|事务所|集团|老板)"
# 做轴承的, 搞养殖的小公司; 食品厂, 化工新材料企业; 做碳纤维.
_SAYS_ACT = re.compile(
    rf"{_ACTS}(?P<what>[^的]{{1,14}}?)(?:的(?:[大中小微]*{_A_FIRM})?|{_A_FIRM}|生意|买卖|行业|这?一?[行块])"
)
_SAYS_FIRM = re.compile(
    rf"(?P<what>(?:(?![我你您他来去到给的说写])[a-z0-9\u4e00-\u9fff]){{1,12}}?)(?:的[大中小微]*)?{_A_FIRM}"
)
_ACT_ALONE = re.compile(rf"(?:{_ACTS})+(?P<what>[^的了过说讲问]{{2,10}})")
# 汽车零部件, 农产品加工.
_BARE = re.compile(r"[^在到的你我算是有要能想会被给把]{2,8}")
# 省专企业, 这家公司, 子公司: a firm of no trade.
_OF_NO_TRADE = re.compile(
    rf"(?:[^的]*(?:[子分总母大别]|有限(?:责任)?|股份|合伙|个体|民营|国有|外资|中小|小微|大型|中型|小型|微型|规上|工业|高新技术|科技型|创新型|专精特新|小巨人|同行|其他)的?)?{_A_FIRM}"
)
# 规模不大, 刚成立两年, 去年营收三千万: how large and how old it is.
_SIZE_OR_AGE = re.compile(
    r"(?:规模|体量|盘子|摊子|厂子|公司)?(?:也|还|都|就|很|挺|不算|比较)*(?:不大|不小|很小|较小|一般(?:般)?|小)"
    r"|(?:规模|体量|盘子|摊子)[^，。；]{1,4}|(?:员工|职工|工人|人员)(?:有|就|共|大概|差不多|才|不到)*\d+[多来几]?[个号名]?人?"
    r"|(?:刚刚?|才|新|已经|都)*(?:成立|注册|创办|创立|开业?|开办|办|做)(?:了|也|都|才|还|快|有|不到|差不多|大概)*[\d两几一二三四五六七八九十半]+多?(?:年|个?月)(?:多|半|了|不到)*"
    r"|(?:刚刚?|新|才)(?:成立|注册|创办|开业?|起步|开张)(?:的|不久|没多久)?"
    r"|(?:[去今前]年|一年|全年|每年)?(?:的|大概|大约|差不多|也就)*(?:营收|营业额|营业收入|销售额?|产值|收入|年产值|卖|做)(?:了|是|有|到|大概|大约|差不多|也就|才|不到|过)*[\d一二三四五六七八九十两几]+(?:\.\d+)?[多来几]*[十千百万亿]*[多来]?元?(?:左右|不到|上下)?"
)
_SAID_TO_BE, _SURELY_A_FIRM = ("的", "公司", "企业", "厂"), ("公司", "机构", "店", "合作社", "事务所")
_FACTORY = re.compile(r"工?厂子?$")
# 食品厂的会计: who asks for the firm.
_WHO_ASKS = re.compile(
    r"(?<=[厂司业店])的(?:会计|出纳|财务|行政|人事|文员|内勤|秘书|助理|办公室|员工|老板|法人|负责人|[副总]?经理|厂长|主任|主管|总监|总)+$"
)
# 南京的, 我这边: who speaks of the firm.
_OF_OURS = re.compile(r"我(?:[这那][边里]|的|自己|是|在|就)")

_BETWEEN, _A_WORD = re.compile(r"[，。；！\s]+"), 2
_OTHERS = re.compile(
    r"(?:^|[，。；])(?:那|还有)*(?:别的|其他的?|其它的?|剩下的)(?:有|还有)?(?:没有|什么|啥|哪些)?[呢吗啊]?[?？]?$"
)
_POINTS = re.compile(r"^那一?[个家]|[那这]一?[个块项条事]$")


def beside_the_firm(heard: Understanding, finder: Finder) -> Understanding:
    """A message without what the firm is; as it is where something else is told with it and nothing asked or wished."""
    heard = _without_what_is_denied(heard, finder)
    phrases = [*_phrases(heard.text)]
    # 南京的，跨境电商，看看能报哪些: beside what else is told of the firm, a bare trade is its own.
    of_ours = heard.speaks_of_self or _OF_OURS.search(heard.text) is not None
    of_ours = of_ours or any(_SIZE_OR_AGE.fullmatch(words) or (not words and more) for _, _, words, more in phrases)
    rest = heard.text
    for start, end, words, _ in reversed(phrases):
        if _SIZE_OR_AGE.fullmatch(words) or _tells_trade(words, finder, of_ours=of_ours):
            rest = f"{rest[:start]} {rest[end:]}"
    at_large = broad_words().search(rest) is not None
    asks = at_large or bool(heard.facets) or pattern("question").search(rest) is not None or wishes(rest)
    # 听说有个券，搞AI的企业能拿: who speaks of no firm of his own, and wishes for nothing, asks of such firms.
    of_ours = of_ours or at_large or wishes(rest)
    told = rest != heard.text and (of_ours if asks else (bool(heard.facts) and names_nothing(rest)))
    return replace(heard, text=rest, speaks_of_self=True) if told else heard


def only_answers(text: str, pending: Question, finder: Finder) -> bool:
    """私的, 老早评的, 就一点, amid the interview: a message that has next to no word but such as answer what was asked.

    上云, 上市的 name what an entry is about.
    """
    return falls_short(text, pending) is not None or is_no_more_than_an_answer(text, finder)


def is_no_more_than_an_answer(text: str, finder: Finder) -> bool:
    """Whether a message has words of an answer alone, none of which stands in the title of an entry."""
    named = core(text)
    in_a_title = len(named) >= _A_WORD and any(named in plain(entry.title) for entry in finder.entries)
    return is_mere_answer(text) and not in_a_title


def _without_what_is_denied(heard: Understanding, finder: Finder) -> Understanding:
    """有没有现钱 我们没搞大模型那些: of all that there is, what the firm is said not to have is not asked for."""
    denied = [fact.words for fact in heard.facts.values() if fact.value == "no" and fact.words]
    clauses = [clause for clause in _BETWEEN.split(heard.text) if clause]
    aside = [c for c in clauses if any(words in c for words in denied) and not pattern("question").search(c)]
    rest = "，".join(clause for clause in clauses if clause not in aside)
    at_large = broad_words().search(rest) or pattern("money_at_large").search(rest) or _OTHERS.search(rest)
    return replace(heard, text=rest, speaks_of_self=True) if aside and at_large and not finder.named(rest) else heard


def _phrases(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """The phrases of a text: from, to, the words without where the firm is, and whether these say more of it."""
    for match in _PHRASE.finditer(text):
        words = match.group()
        start = _past(_BEFORE, words, 0)
        for _, begin, end in find_places(words):
            start = max(start, _past(_BEFORE, words, end)) if begin <= start else start
        count = _HEADCOUNT.search(words, start)
        end = count.start() if count else len(words)
        says_more = bool(count) or words.endswith("的")
        yield match.start() + start, match.start() + end, words[start:end], says_more


def _past(skipped: re.Pattern[str], text: str, start: int) -> int:
    """Where a text goes on after what is skipped."""
    match = skipped.match(text, start)
    return match.end() if match else start


def _tells_trade(words: str, finder: Finder, *, of_ours: bool) -> bool:
    """Whether a phrase tells what the firm does, and asks, wishes and names nothing."""
    words = _WHO_ASKS.sub("", words)
    if not words or without_help(words) != words or pattern("question").search(words) or wishes(words):
        return False
    if _POINTS.search(words):
        return False  # 研发带头人评人才那个
    named = _SAYS_ACT.fullmatch(words)
    acts = named or _ACT_ALONE.fullmatch(words)
    said = acts or _SAYS_FIRM.fullmatch(words)
    states = any(regex.search(words) for regex in fact_patterns())
    if _OF_NO_TRADE.fullmatch(words) or (states and not acts) or pattern("other_titles").search(words):
        return False  # 子公司, 制造业单项冠军, 瞪羚企业
    known = bool(industries_of(_FACTORY.sub("", words))) or _WORKS_FOR.match(words) is not None
    if finder.named(words) and not (known and words.endswith(_SAID_TO_BE)):
        return False  # 我们搞攻关项目的
    known = known or (of_ours and (named is not None or words.endswith(_SURELY_A_FIRM)))
    if known and not of_ours and not acts:
        return said is not None and not _is_spoken_of(said["what"], finder.entries)  # 南京AI企业有哪些扶持
    if known:
        return said is not None or _BARE.fullmatch(words) is not None
    what = said["what"] if said and not states else ""
    return bool(what) and not _is_spoken_of(what, finder.entries)


def _is_spoken_of(what: str, entries: Sequence[Entry]) -> bool:
    """Whether the documents speak of it, so that it may be what is asked about: 碳足迹, 绿色工厂, unlike 碳纤维."""
    return any(what in plain(entry.title + entry.quote) for entry in entries)
