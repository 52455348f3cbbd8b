"""That a document does not write of what is asked of a support, in the words in which it was asked."""

import re
from collections.abc import Iterator, Sequence

from chains.eligibility import CITY, Finding
from chains.finding.entries import Entry
from chains.finding.followup import said_back, same_in
from chains.finding.naming import content, core_words, in_their_words, naming_words, without_help
from chains.finding.told import asks_whether_still, of_its_grade
from chains.language.clauses import pattern, value_patterns
from chains.language.firsts import recognised_in
from chains.language.normalise import plain
from chains.language.question_words import facets_of, named_things, subject_words
from chains.language.yes_no import topics
from chains.prompting import read_data, wording
from chains.telling import verdicts
from chains.telling.answer import no_award_lines
from chains.telling.open_points import asked_points
from chains.telling.validity import lifecycle_lines
from chains.telling.words import pairs, tight
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.regions import city_name
from knowledge.support import Kind

# How much of what is asked may stand in the city's documents, and in what was told with its known questions, for it to
# be left unsaid: measured on the suites.
_WRITTEN, _KNOWN = 0.5, 0.3
_BRIEF, _A_WORD, _A_PHRASE = 16, 2, 10
# 我们要是挂牌了能不能…吗: what only asks, around what is asked of; and what names none: 七个部门我打哪个.
_AROUND_A_MATTER = re.compile(
    r"^(?:那么?|这个?|所以|到底|究竟|是不是|会不会|要不要|能不能|可不可以|有没有|是否|如果|要是|万一|我们?|咱们?|公司|企业|[要能会可]|还)+"
    r"|(?:了|的话|以后|之后|也|还|都|就)*(?:能不能|可不可以|能|可以|算|行)?(?:申请|享受|报|领|拿|办|用|算)?(?:有没有|行不行|可以不|不行|没有|[吗么呢吧不没嘛呗])+$"
)
_NAMES_NO_MATTER = re.compile(r"[哪谁几]|理解|什么|啥|怎|咋|多少|还是|[那这]个")
_CLAUSES = re.compile(r"[，。；！？?\s]+")
# 那就是每家必须设一个, 等于白送: words that say more than most documents do.
_SAYS_MORE = re.compile(
    r"必须|一定|肯定|保证|强制|每[一]?[家个笔次年]|家家|年年|谁都|都|全部?|一律|统统|随便|白[送给拿]|已经?定|定了|直接|永远|一直|不用|不要|只要|包了"
)
_ONE_OF_A_LIST = re.compile(r"第[一二三四五六七八九十\d]+[个项条种]?|最后一?[个项条]")
# 有没有上市奖励: what is asked for stands between the words that ask.
_WHETHER_THERE_IS = re.compile(
    r"(?:(?:到底|究竟|还|另外|那)*(?:有没有|有无|给不给)(?P<after>[\u4e00-\u9fff]{3,10}?)"
    r"|(?P<before>[\u4e00-\u9fff]{3,10}?)(?:有没有|给不给|有无)|(?:还|另外|那)*有(?P<thing>[\u4e00-\u9fff]{3,10}?)(?:吗|么|没有?))[啊呀呢吗的]*"
)
# 换家担保公司行不行: no document says what comes of another one.
_ANOTHER_ONE = re.compile(
    r"换(?:一?[家个种]|成|掉)[\u4e00-\u9fff]{2,8}(?:行不行|行|可以|成|能|好)(?:[吗么不吧]|$)"
    r"|(?:能不能|可不可以|能|可以)(?:帮|替|给)?(?:我们?|咱们?)?(?:把[^，。；]{2,6})?换(?:一?[家个种]|成|掉)[\u4e00-\u9fff]{2,8}"
)
# 厂房租金补贴, 租金减免: what help is asked for.
_HELP_FOR = re.compile(r"补贴|补助|奖励|奖金|资助|减免|贴息|报销|补(?=多少|几|[吗么不])")
_AS_WELL = re.compile(r"(?:这块|方面)?呢[啊呀]?")
# 去年评的管不管, 2025年评的算不算.
_COUNTS = re.compile(r"算不算|算吗|算数|管不管|管(?:得|不)?到|认不认|(?:还|也|能)[给领拿]")
_AFTERWARDS = re.compile(r"[以之]后(?:[能可以会再]*[拿领])?")
_A_THING, _HALF = re.compile(r"[\u4e00-\u9fff]{3,7}"), 0.5
_OPENING = re.compile(r"^(?:那么?|哦|嗯|好的?|对了|还有|另外|请问|想问一?下?|但是?|不过|可是|就是|人是)+(?=.{3})")


def unanswered(context: Context, entries: Sequence[Entry]) -> list[str]:
    """会不会上门核查, 北交所行不, asked on of a support: that the document does not write of it, before what it writes.

    Nothing where the document has the words, or where the question is known to be answered by what was told.
    """
    heard, told = context.heard, entries[0]
    text = heard.text if len(heard.text) <= _BRIEF else _asking(heard.text)
    asked = _OPENING.sub("", text).strip("，。；！？? ")
    # 码上贷能不能帮我换掉这个担保: of one that is only now called by its name as well
    of_told = told.key in context.before.focus or _ANOTHER_ONE.search(asked) is not None
    if told.support is None or not of_told or not set(heard.cities) <= {told.city}:
        return []
    if (said := said_back(heard.text)) and "还是" not in said:
        more = {match.group() for match in _SAYS_MORE.finditer(said)}
        return [wording("silent.not_so")] if any(word not in plain(told.quote) for word in more) else []
    if heard.cities or len(asked) > _BRIEF:
        return []
    if not pattern("question").search(text) or heard.intents - {"can_get"} or facets_of(text) or heard.as_of:
        return []
    things = _ONE_OF_A_LIST.sub(" ", asked)
    names = any(len(piece) >= _A_WORD for piece in (*naming_words(things), *named_things(things)))
    if not names or asked_points(told.support, heard.text) or _tells_of_the_firm(asked):
        return []
    if of_its_grade(asked, entries) or asks_whether_still(heard):
        return []  # 再招个博士呢, of what is paid for doctors
    if _ANOTHER_ONE.search(asked):
        return [_not_written(asked)]
    named, finder = content(in_their_words(asked)), context.finder
    known = max(finder.coverage(named, entry.key) for entry in entries)
    if finder.stands_in(named.replace(" ", ""), told.city) > _WRITTEN or known > _KNOWN:
        return []
    thing = _WHETHER_THERE_IS.fullmatch(asked)
    if thing is not None:
        return [wording("premise.unstated", what=thing["before"] or thing["after"] or thing["thing"])]
    if no_award_lines([entry.support for entry in entries], heard.text):
        return []  # that nothing is given is said so
    return [_not_written(asked)]


def left_out(context: Context, findings: Sequence[Finding]) -> list[str]:
    """他是大专毕业，要什么条件; 我们刚成立半年: that a support's own words say nothing of what is told or asked of."""
    text = context.words.asked  # what is told of the firm as well
    if not findings or not pattern("question").search(text):
        return []
    finding = findings[0]
    quoted = (finding.support.benefit.quote, *(condition.quote for condition in finding.support.when))
    whole = finding.document.words(finding.support.provision)
    sentences = re.split(r"。|\n", whole)
    own = [part for part in sentences if any(pairs(quote) <= pairs(part) for quote in quoted)]
    known = plain("".join((*quoted, *own, *finding.support.open_points)))
    rows = read_data("lexicon")["left_out"].items()
    asked = ((name, re.search(row["said"], text), row["written"]) for name, row in rows)
    # 论文, asked of 职称自主评审: the next sentence of its provision writes of it.
    names = [name for name, said, written in asked if said and not (said.group() in whole or re.search(written, known))]
    mark = context.words.benefit_mark(finding) if names else ""
    return [wording("silent.left_out", names="、".join(names), mark=mark)] if names else []


# 外地户口行不, 你还没答呢: a question or a reproach is no name of a thing.
_NO_NOUN = re.compile(r"^(?:[你您他这]|我们|有区别|有关系)|你还没|还没[答回说]|怎么|什么|哪|多少|到时候")


def _not_written(asked: str) -> str:
    """That what is asked is not written: in its words where they are few and name it, else by what they name."""
    matter = asked if len(asked) <= _A_PHRASE else _AROUND_A_MATTER.sub("", asked).strip("，。；！？? ")
    if not _A_WORD <= len(matter) <= _A_PHRASE or _NAMES_NO_MATTER.search(matter) or _NO_NOUN.search(matter):
        return wording("silent.asked_this")
    return wording("silent.asked", asked=matter.rstrip("吧"))


def _asking(text: str) -> str:
    """The clause of a longer message that asks; empty where none does."""
    return next((c for c in _CLAUSES.split(text) if pattern("question").search(c)), "")


def _tells_of_the_firm(asked: str) -> bool:
    patterns = [regex for rows in value_patterns().values() for _, regex in rows]
    return any(regex.search(asked) for regex in (*patterns, *topics().values()))


def thing_not_mentioned(context: Context, entries: Sequence[Entry]) -> str:
    """厂房租金有补贴吗, told of graduates' rent: the one thing that help is asked for, if it is not in the document.

    Its first word has to stand nowhere there nor in what is known to be asked of what is told: measured on the suites,
    no such thing was meant by what was found.
    """
    heard, told = context.heard, entries[0]
    asked = _AFTERWARDS.sub(" ", subject_words(heard.text))
    named = [words for words in without_help(core_words(asked)).split() if len(words) >= _A_WORD]
    if len(entries) > 1 or context.subject.is_follow_up or len(named) != 1:
        return ""
    thing = named[0]
    clause = re.split(r"[，。；？?]", heard.text.partition(thing)[2])[0]
    asks_on = "amount" in heard.facets and _AS_WELL.fullmatch(clause) is not None  # 厂房租金呢, after a sum
    if thing not in heard.text or not (_HELP_FOR.search(thing + clause) or asks_on):
        return ""
    of_firm = any(regex.search(thing) for _, regex in value_patterns()["first_recognition"])
    if of_firm or not _A_THING.fullmatch(thing) or in_their_words(heard.text) != heard.text:
        return ""
    document = context.library.documents[told.document_id]
    known = plain("".join((document.text, *told.questions, *(told.support.aliases if told.support else ()))))
    held = context.finder.own_coverage(thing, told.key) >= _HALF
    return "" if held or thing[:_A_WORD] in re.sub(r"\s", "", known) else thing


def of_its_year(context: Context) -> Draft | None:
    """26年评上的呢, 去年评的管不管, of an award: whether that year lies within a term that is over, or is left open."""
    if recognised_in(context.heard.text, context.words.as_of) is None:
        return None
    talked = [context.library.supports[key] for key in context.before.focus[:1] if key in context.library.supports]
    finding = next((context.assess(support) for support in talked), None)
    if (finding is None or context.before.broad) and _COUNTS.search(context.heard.text):
        finding = next(awards_of_titles_held(context), finding)
    line = verdicts.of_its_year(context.words, finding) if finding else None
    is_over = finding is not None and finding.lifecycle is Lifecycle.EXPIRED
    if not is_over and not _COUNTS.search(context.heard.text):
        return None
    if finding is None or line is None or "tiers" in context.heard.facts or context.heard.cities:
        return None
    title, benefit = finding.support.title, tight(finding.support.benefit.text)
    lines = [*lifecycle_lines(context.words, [finding.document]), line]
    lines.append(wording("support.benefit", title=title, benefit=benefit, mark=context.words.benefit_mark(finding)))
    return Draft(Outcome.INFORMATION, context.conversation, tuple(lines), (finding,), question=context.standing)


def awards_of_titles_held(context: Context) -> Iterator[Finding]:
    """What the firm's city gives for holding one of its titles for the first time."""
    held = set(context.conversation.profile["tiers"] or ())
    for support in context.library.supports.values():
        own = context.library.document(support.id).city == context.conversation.profile[CITY]
        if own and support.kind is Kind.AWARD and any(held & set(c.includes_any) for c in support.when):
            yield context.assess(support)


def silent_besides(context: Context, entries: Sequence[Entry]) -> list[str]:
    """硕士租房补贴南京有，盐城给几块: that a city of which the same is asked besides has nothing of it."""
    without = [city_name(city) for city, same in asked_of_besides(context, entries) if same is None]
    return [wording("silent.besides", names="、".join(without))] if without else []


def asked_of_besides(context: Context, entries: Sequence[Entry]) -> list[tuple[str, Entry | None]]:
    """The cities of which a message asks the same, beside those of what was found, each with what it has of that.

    南京奖300万，淮安有没有一样的.
    """
    told = {entry.city for entry in entries}
    asking = [c for c in re.split(r"[，。；！？?\s]", context.heard.text) if pattern("question").search(c)]
    besides = [city for city in context.heard.cities if city not in told]
    asked = [city for city in besides if any(city_name(city) in clause for clause in asking)]
    return [(city, same_in(city, entries[0], context.heard, context.finder)) for city in asked]
