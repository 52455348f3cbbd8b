"""Whether a message asks something, if only by naming it, or tells and answers alone."""

import re

from chains.eligibility import CITY
from chains.finding.asked import of_others
from chains.finding.matching import is_mere_title
from chains.finding.naming import content, names_nothing, without_help
from chains.finding.parts import wishes_of
from chains.language.clauses import asks_us, pattern, wishes
from chains.language.normalise import plain
from chains.language.question_words import subject_words, without_trade
from chains.steps import sums
from chains.steps.at_large import asks_besides_for_all
from chains.turn import Context
from knowledge.profile import Fact

_A_WORD, _NEED = 2, "needs_refinancing"
_HALF, _ENOUGH, _FAR_ENOUGH = 0.4, 50.0, 80.0
# 想问问，南京六合做阀门的，省专: the question itself is left out.
_OPENING = re.compile(
    r"^(?:你好|您好)?[，,\s]*我?(?:们)?(?:(?:想|来|要)*(?:问问|问(?:一?下|你)?|咨询(?:一?下)?|打听(?:一?下)?|请教(?:一?下)?)|请问(?:一?下)?)[，,：:\s]*"
)
# 淮安的，头一回犯小错，罚不罚撒: a city is told, and something is asked.
_WHETHER = re.compile(r"([\u4e00-\u9fff])不\1[^，。；]{0,2}$")
# 省级的。那维权呢: another thing that is asked after in a clause of its own.
_AFTER = re.compile(r"(?<=[，。；！\s])那(?:么)?(?P<thing>[\u4e00-\u9fff]{2,8}?)呢(?=[，。；？?\s]|$)")
# 淮安申报材料: what is named for an answer, without any word that asks.
_MATTERS = frozenset(
    {"validity", "deadline", "materials", "procedure", "phone", "address", "conditions", "department", "count"}
)


def asks_besides(context: Context) -> bool:
    """Whether a message that answers the question of the interview asks something of its own too."""
    heard = context.heard
    names = bool(context.subject.supports) and not names_nothing(heard.text)
    # 我们啥资质也没有 能拿到算力券不: what is called by its name is asked for.
    wants = "can_get" in heard.intents or pattern("look_at_us").search(heard.text) is not None  # 奖金、转贷三样帮看下
    asks_for_it = wants and bool(context.finder.named(heard.text))
    besides = asks_us(heard.text) or asks_besides_for_all(heard.text) or of_others(heard) is not None
    besides = besides or _asks_after_another(context) or _asks_of_its_own(context)
    return besides or asks_for_it or (names and _WHETHER.search(heard.text) is not None)


def _asks_of_its_own(context: Context) -> bool:
    """研发带头人评人才那个，几个名额，我们小巨人, amid an overview: whether a thing is named and asked of.

    要扩建没地方，专精特新拿地有什么照顾: so is what finds its support by far, whatever is asked of it.
    """
    heard, subject = context.heard, context.subject
    if not context.before.broad or subject.is_follow_up or not subject.supports:
        return False
    _, score, share = subject.trace[0] if subject.trace else ("", 0.0, 0.0)
    asks = any(pattern("question").search(clause) for clause in heard.without_facts.split("，"))
    return asks and score >= (_ENOUGH if heard.facets else _FAR_ENOUGH) and share > _HALF


def _asks_after_another(context: Context) -> bool:
    """省级的。那维权呢: whether, beside an answer, another thing is asked after that what was told has not."""
    after = _AFTER.search(context.heard.text)
    if after is None or is_mere_title(after["thing"]) or any(f.words in after["thing"] for f in facts_stated(context)):
        return False
    told = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    known = plain("".join(part for entry in told for part in (entry.title, entry.quote)))
    return bool(told) and after["thing"][:_A_WORD] not in known


def facts_stated(context: Context) -> list[Fact]:
    return [fact for fact in context.heard.facts.values() if fact.words]


def tells_only(context: Context) -> bool:
    """Whether a message that led to nothing states facts or who speaks, and asks nothing."""
    heard = context.heard
    asks = pattern("question").search(_OPENING.sub("", heard.text)) is not None
    tells = bool(set(heard.facts) - {CITY, "district"}) and not asks
    if context.answered or (heard.facts and not heard.asks) or tells:
        return True
    if heard.asks or not heard.speaks_of_self:
        return False
    told = without_trade(heard.text)
    return told != heard.text and names_nothing(told)  # 我是一家做轴承的小公司老板


def asks_something(context: Context) -> bool:
    """Whether a message asks something, if only by naming it, or just states facts and answers."""
    heard = context.heard
    of_place = not set(heard.facts) - {CITY, "district"}
    if heard.reading.is_correction and heard.facts and _answers_itself(heard.text):
        return False
    if heard.asks or not heard.facts or (of_place and _MATTERS & set(heard.facets)):
        return True
    thing = subject_words(heard.text)
    of_help = without_help(heard.text) != heard.text and not heard.speaks_of_self
    if of_place and of_help and not names_nothing(without_help(thing)):
        return True  # 镇江 上市 股改 奖励
    if (of_place or pattern("hearsay").search(heard.text)) and pattern("title_award").search(heard.text):
        return True  # 南京小巨人的奖励; 听说镇江单项冠军能拿300万
    if sums.asks_the_same(context):
        return True
    begun = context.conversation.goal or context.conversation.broad
    if set(heard.facts) - {CITY, "district", "size"} == {_NEED} and not begun:
        return True  # 贷款下个月到期，周转一下: what is needed is what is asked for
    if heard.reading.is_correction:
        return pattern("title_award").search(heard.text) is not None
    if not context.subject.entries or (
        heard.reading.told_of_another and heard.speaks_of_self and not wishes(heard.text)
    ):
        return False  # 老婆的公司在淮安，我的在南京，都是省专
    told = heard.text
    for slot, fact in heard.facts.items():
        of_level = r"(?:国家级?|省级?)?(?:专精特新)?" if slot == "tiers" else ""  # 国家小巨人
        told = re.sub(of_level + re.escape(fact.words), " ", told) if fact.words else told
    rest = content(subject_words(told)).replace(" ", "")
    of_aims = not (context.subject.supports or of_place or heard.facets)
    tells = heard.reading.measures or context.finder.coverage(rest, context.subject.entries[0].key) < _HALF
    if of_aims and tells:
        return False  # 没有牌子，普通食品厂，三十人: who tells of a firm asks of no aim
    if wishes(heard.text):  # 南京省专 想租gpu
        named = [*(content(subject_words(wish.text)).replace(" ", "") for wish in wishes_of(heard))]
        fits = (context.finder.coverage(words, e.key) for words in named if words for e in context.subject.supports)
        meant = context.finder.coverage(rest, context.subject.entries[0].key) >= _HALF
        return context.subject.is_clear or meant or any(held >= _HALF for held in fits)
    # 我是镇江句容的 做电缆的 国家级小巨人: the title makes the entry clear, the rest tells of the firm.
    meant = context.finder.coverage(rest, context.subject.entries[0].key) >= _HALF or without_help(told) != told
    meant = meant or context.subject.is_follow_up or of_place
    # 国企发难题让小厂去揭榜，南京: who says nothing of a firm of his own tells what he asks about.
    _, score, share = context.subject.trace[0] if context.subject.trace else ("", 0.0, 0.0)
    is_clear = context.subject.is_clear or (
        of_place and not heard.speaks_of_self and score >= _FAR_ENOUGH and share >= _HALF
    )
    return len(rest) >= _A_WORD and is_clear and meant


def _answers_itself(text: str) -> bool:
    """我们是初创型？不是，是创新型，刚才说错了: what was put as a question is put right in the same breath."""
    asked, _, rest = text.rpartition("？") if "？" in text else text.rpartition("?")
    return bool(asked and rest) and not pattern("question").search(rest)
