"""Whether a message asks for everything there is, or for a thing that it names."""

import re
from collections.abc import Sequence

from chains.eligibility import CITY
from chains.finding.asking_on import OF_SOMEBODY
from chains.finding.matching import ENOUGH_SCORE, is_mere_title
from chains.finding.naming import content, names_nothing, naming_words, without_help
from chains.finding.parts import wishes_of
from chains.finding.rounds import names_place
from chains.finding.told import asks_whether_still
from chains.language.clauses import pattern
from chains.language.question_words import (
    asks_at_large,
    broad_words,
    kind_of_help,
    named_things,
    of_any_firm,
    subject_words,
)
from chains.turn import Context

# How much of the words around 有什么政策 one entry must hold for the question to be about that entry.
_OF_A_SUBJECT = 0.2
# How much of such words must stand in an entry's own text, or in that and its questions, to be about it.
_IN_ITS_TEXT, _CLEARLY_THAT = 0.34, 0.6
# Measured on the suites' talks: whatever holds so much of what sounds as if all were asked for was meant.
_MOST_OF_IT = 0.75
# 四档的目标数都报我一下: figures of the text, not supports.
_OF_TARGETS = re.compile(r"目标|指标")
_OF_A_DISTRICT = re.compile(r"区(?:里|级)?[^，。；]{0,4}(?:给|有|发|奖|补)")
_BESIDES = re.compile(r"除|还有|别的|其他|其它|之外|以外|还能|也")
# 盐城有没有这种奖励: what was told of before.
_REFERS = re.compile(r"[这那]一?[种个项类样]")
# 有什么好处, 有奖励吗, after a support: of that support.
_OF_IT = re.compile(
    r"^(?:那|它|这个?|这项|办了|评上)?(?:到底|具体)?(?:有(?:什么|啥|哪些)(?:用处?|好处|作用|待遇)|有没?有?(?:钱|奖励?|奖金|补贴|补助))"
    r"(?:拿|领)?(?:吗|么|没有?|呢|呀|啊)?[?？]?$"
)
# 我想从外地引几个人才来: a wish that is told before what it is asked for.
_A_WISH = re.compile(r"(?:想|打算|准备|计划|正要)(?!了?解|申[请报]|知道|晓得|问|咨询|看|找|要?[拿领])")
# 有没有奖励拿: one thing, where 有哪些奖励 asks for all.
_ONE_AWARD = re.compile(
    r"(?:有没有?|有|给不给|给)(?:什么|啥)?(?:奖励?|奖金|补贴|补助|钱)(?:[拿领]|可[拿领])?(?:吗|么|没有?|不)?[?？]?$"
)
OF_THE_FIRM = {"tiers", "ownership", "size"}
_A_WORD, _A_CLAUSE = 2, 8
_FEW = 3
_WHICH = re.compile(r"什么|啥|哪")
_BETWEEN_CLAUSES = re.compile(r"[，。；！？?\s]+")
# 是规上企业, 软件公司: a clause of what the enterprise is.
_KINDS_OF_HELP, _SEVERAL = ("补贴", "奖励", "补助", "贷款", "培训"), 3
_WHAT_IT_IS = re.compile(r"^(?:我们?|然后)?(?:不?是|做|搞)|(?:企业|公司|厂|的)$")


def _lists_such_help(context: Context) -> bool:
    """Whether what was told enumerates help of the very kind that a message asks for: 薪酬补贴、生活补贴、交通补贴."""
    told = [context.finder.by_key[key] for key in context.before.focus[:_FEW] if key in context.finder.by_key]
    kinds = [word for word in _KINDS_OF_HELP if word in context.heard.text]
    return any(entry.quote.count(word) >= _SEVERAL for entry in told for word in kinds)


def asks_for_everything(context: Context) -> bool:
    """What asks at large and names no thing, and what asks 有什么政策 of nothing that an entry is about."""
    heard = context.heard
    if context.subject.is_follow_up and asks_whether_still(heard):
        return False  # 更正，我们啥都没评上，还能享受吗
    entries = context.subject.entries
    if entries and "区级" in entries[0].title and _OF_A_DISTRICT.search(heard.text):
        return False  # 我们是省专，江宁区有没有给奖励
    text = _without_facts(context)
    if _asks_by_itself(context, text):
        return True
    if not context.before.focus and names_nothing(heard.text) and pattern("look_at_us").search(heard.text):
        return True
    if context.answered and heard.facts.keys() & OF_THE_FIRM and "broad" in heard.intents and names_nothing(text):
        return True  # 南京的，省级专精特新，能申请哪些政策
    if context.before.focus and _holds_most(context):
        return False
    asking = [c for c in _BETWEEN_CLAUSES.split(text) if broad_words().search(c) or pattern("question").search(c)]
    if context.subject.words or (_is_named(context, text) and not _BESIDES.search(" ".join(asking))):
        return False
    told = [c for c in _BETWEEN_CLAUSES.split(text) if not broad_words().search(c)]
    beside = told if broad_words().search(text) and len(told) < len(_BETWEEN_CLAUSES.split(text)) else []
    if entries and any(_stands_in(context, c) for c in beside if pattern("question").search(c)):
        return False  # 不知从哪下手，有没有不收钱上门把脉的
    if entries and (pattern("trouble").search(heard.text) or any(names_a_wish(c) for c in told)):
        return False  # 客户拖着货款不给，能帮上啥; 我想引几个人才来，写了哪几样补贴
    if _ONE_AWARD.search(heard.text) and heard.facts.keys() & _of_a_subject(context):
        return False  # 参与起草了国家标准，有没有奖励拿
    if entries and pattern("title_award").search(heard.text) and not heard.facts.keys() & OF_THE_FIRM:
        return False  # 连云港有没有小巨人奖励
    if entries and entries[0].support is None and _OF_TARGETS.search(text):
        return False
    if context.before.focus and (asked := broad_words().search(heard.text)) and _REFERS.search(asked.group()):
        return False
    few = len(context.before.focus) == 1 or (context.before.focus and not context.before.broad)
    if few and len(context.before.focus) <= _FEW and _OF_IT.search(heard.text):
        return False
    if few and context.subject.is_follow_up and OF_SOMEBODY.match(heard.text) and not heard.speaks_of_self:
        return False  # 做得好他有啥好处
    if few and not heard.speaks_of_self and not heard.facts and _lists_such_help(context):
        return False  # 补贴都有哪些, after several of one sentence
    of_its_sum = few and "amount" in heard.facets and not (heard.speaks_of_self or _WHICH.search(heard.text))
    if few and "amount" in heard.facets and not _WHICH.search(heard.text) and _tells_what_it_turns_on(context):
        return False  # 我们只参编了一份国标，顶多能拿多少
    asks_on = heard.facets and ("broad" not in heard.intents or of_its_sum)  # 报上了一年能拿多少补贴
    if context.subject.is_follow_up and (asks_on or names_place(heard.text)):
        return False  # 最长能用几天
    at_large = "broad" in heard.intents or asks_at_large(text)
    if at_large and not _asks_of_a_thing(heard.text) and not _names_a_thing(context, named_things(text)):
        return True
    if "broad" not in heard.intents:
        return False
    thing = thing_asked_of(heard.text)
    if thing and any(context.finder.coverage(thing, e.key) >= _IN_ITS_TEXT for e in entries[:_FEW]):
        return False  # 从瑞士进口两台磨床，关税上有什么政策
    rest = content(subject_words(text)).replace(" ", "")
    entries = context.subject.entries
    if not entries and (_asks_of_a_thing(heard.text) or kind_of_help(text)):
        return False
    names = any(len(word) >= _A_WORD for word in naming_words(subject_words(text)))
    if len(rest) < _A_WORD or not entries or not (names or context.before.focus):
        return True
    tells_of_firm = bool(heard.facts.keys() & OF_THE_FIRM) and _asks_in_a_clause(heard.text)
    if tells_of_firm and not wishes_of(heard):
        return True
    enough = _OF_A_SUBJECT if len(rest) > 2 and not tells_of_firm else 2 * _OF_A_SUBJECT
    return context.finder.coverage(rest, entries[0].key) < enough


def _stands_in(context: Context, clause: str) -> bool:
    """Whether most of what a clause asks stands in something that was found."""
    found = () if names_nothing(clause) else context.subject.entries[:_FEW]
    return any(context.finder.coverage(content(clause), entry.key) >= _CLEARLY_THAT for entry in found)


def _holds_most(context: Context) -> bool:
    """够条件的人能直接报什么, in a talk: whether what was found holds most of the question."""
    found = next(iter(context.subject.trace), None)
    return found is not None and found[1] >= ENOUGH_SCORE and context.subject.share >= _MOST_OF_IT


def asks_besides_for_all(text: str) -> bool:
    """省专，还有啥能申请的: whether a clause asks for all there is, whatever the others tell."""
    clauses = (clause for clause in _BETWEEN_CLAUSES.split(text) if _WHICH.search(clause))
    return any(pattern("everything").fullmatch(c) or (broad_words().search(c) and names_nothing(c)) for c in clauses)


def wish_named(text: str) -> str:
    """What a message wishes for in a clause of its own: 租厂房 of 想租厂房，有什么政策; empty for 想要补贴."""
    clauses = (c for c in _BETWEEN_CLAUSES.split(text) if names_a_wish(c) and not pattern("question").search(c))
    named = next((_A_WISH.split(clause, maxsplit=1)[1] for clause in clauses), "")
    return named if len(named) <= _A_CLAUSE and without_help(named) == named else ""


def names_a_wish(clause: str) -> bool:
    """专利想快点审下来: whether a clause wishes for a thing that it names."""
    wish = _A_WISH.search(clause)
    rest = clause[wish.end() :] if wish else ""
    return bool(rest) and not is_mere_title(rest) and not names_nothing(rest)


def _of_a_subject(context: Context) -> set[str]:
    """The slots that the best of what was found turns on, but for what every enterprise is."""
    best = next(iter(context.subject.supports), None)
    slots = {c.slot for c in best.support.when if c.slot} if best and best.support else set()
    return slots - OF_THE_FIRM - {CITY, "district", "first_recognition"}


def _tells_what_it_turns_on(context: Context) -> bool:
    """Whether a fact is told on which the support that was talked of turns, and no other is found."""
    told = bool(context.heard.facts.keys() & _of_a_subject(context))
    return told and context.subject.supports[0].key in context.before.focus


def names_support(context: Context) -> bool:
    """Whether a support that the message is about is named in it, by its title or a lay name.

    Who only lists what the enterprise is and does (小巨人，首次，民营，买算力，没备案) names none of them.
    """
    heard = context.heard
    lists = not heard.asks and len(heard.facts.keys() - {CITY, "district"}) > _FEW
    return _is_named(context, _without_facts(context) if lists else heard.text)


def _without_facts(context: Context) -> str:
    text = of_any_firm(context.heard.text)
    for fact in context.heard.facts.values():
        text = text.replace(fact.words, " ") if fact.words else text
    return text


def _asks_by_itself(context: Context, text: str) -> bool:
    """省专，民营，都有啥: a clause that asks for everything; the rest tells of the enterprise and names no support."""
    clauses = [clause for clause in _BETWEEN_CLAUSES.split(text) if clause]
    besides = [clause for clause in clauses if not pattern("everything").fullmatch(clause)]
    if len(besides) == len(clauses) or (besides == [] and not context.heard.facts):
        return False
    if context.subject.entries and any(names_a_wish(clause) for clause in besides):
        return False
    things = [thing for clause in besides if not _WHAT_IT_IS.search(clause) for thing in named_things(clause)]
    if things and not context.heard.facts.keys() & OF_THE_FIRM:
        return False
    supports = context.subject.supports[:_FEW]
    return not any(context.finder.coverage(thing, e.key) >= _CLEARLY_THAT for e in supports for thing in things)


def _is_named(context: Context, text: str) -> bool:
    named = set(context.finder.named(text))
    return any(e.key in named for e in context.subject.supports)


def _names_a_thing(context: Context, words: Sequence[str]) -> bool:
    """Whether what is left of a message that asks at large is a subject after all: 上市有哪些支持."""
    if not words:
        return False
    if names_support(context):
        return True
    entries = context.subject.entries[:_FEW]
    if not (context.heard.speaks_of_self or context.heard.facts.keys() & OF_THE_FIRM):
        return True
    own = max((context.finder.own_coverage(word, e.key) for e in entries for word in words), default=0.0)
    whole = context.finder.coverage(" ".join(words), entries[0].key) if entries else 0.0
    return own >= _IN_ITS_TEXT or whole >= _CLEARLY_THAT


def _asks_in_a_clause(text: str) -> bool:
    """总部南京，基地连云港，有哪些支持: what asks for everything stands by itself, the rest tells of the enterprise."""
    clauses = [c for c in re.split(r"[，。；！？\s]", text) if broad_words().search(c)]
    return bool(clauses) and all(len(content(subject_words(c)).replace(" ", "")) < _A_WORD for c in clauses)


def _asks_of_a_thing(text: str) -> bool:
    return bool(thing_asked_of(text))


def thing_asked_of(text: str) -> str:
    """企业食堂有补贴吗: the thing that is named right before what is asked, which is not a kind of enterprise."""
    match = broad_words().search(text)
    if match is None or not match.group().startswith("有"):
        return ""
    clause = (
        re.split(r"[，。；！？\s]", text[: match.start()].rstrip())[-1]
        + " "
        + re.split(r"[，。；！？\s]", text[match.start() :])[0]
    )
    before = re.split(r"[，。；！？\s]", text[: match.start()].rstrip())[-1]
    rest = content(pattern("of_any_talk").sub(" ", subject_words(clause))).replace(" ", "")
    return rest if len(rest) >= _A_WORD and not re.search(r"(?:企业|公司|厂|店|的)$", before.strip()) else ""
