"""What is put to be confirmed or decided (没写学历要求是吧, 哪个区都行吗, 写没写名次): yes, no, or left open."""

import re
from collections.abc import Callable, Sequence

from chains.eligibility import Finding, State, Status, state_given
from chains.finding.naming import core, in_their_words
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.places import find_places
from chains.language.question_words import facets_of
from chains.language.yes_no import topics
from chains.prompting import texts, wording
from chains.telling.words import Words, pairs
from knowledge.document import Document
from knowledge.figures import read_figures
from knowledge.profile import NONE
from knowledge.regions import cities
from knowledge.support import Strength

_A_WORD, _A_PHRASE, _FEW, _A_TITLE = 2, 10, 2, 4
# What a text asks of firms: 应当, 不得.
_ASKED_OF_ALL = re.compile(r"应当|必须|不得|(?<![一定条])须(?=[在于按经])|严格")
_PUT = r"(?:的)?(?:是吧|对吧|吧|呗|是不是|对不对|是吗|对吗|啊)"
# 文件里头没写学历要求是吧, 年限没有规定对吧: what is said not to be written.
_SAID_UNWRITTEN = re.compile(
    rf"(?:没(?:有)?|未)(?:直接|具体|明确|专门|单独)?(?:写|规定|提|限|要求)(?:明|清楚?)?(?:过|到|有|死)?(?P<after>[^，。；？?]{{2,12}}?){_PUT}+[?？]?$"
    rf"|(?:意思是|就是说|也就是|合着|等于(?:说)?)[^，。；？?]{{0,6}}?(?:没(?:有)?|未)(?:写|规定|提)(?:明|清楚?)?(?:过|到|有)?(?P<meant>[^，。；？?]{{2,12}}?)(?:的|啊|咯|喽)?[?？]?$"
    rf"|(?:^|[，。；\s])(?P<before>[^，。；\s]{{2,12}}?)(?:也|都|就)?(?:没(?:有)?|未)(?:直接|具体|明确|专门|单独)?(?:写|规定|提|限|要求){_PUT}+[?？]?$"
)
# 没有奖金是真的吗: what is said not to be given.
_SAID_NOT_GIVEN = re.compile(
    r"(?<!有)没有?(?:直接|专门|单独|现金|任何|什么|啥|的)*(?:奖|钱|补贴|补助)[^。；]{0,8}(?:真的|[对是]吧|[对是]吗|对不对|是不是)"
)
# 没写小巨人给多少钱对吧, 没有直接的奖金是不是真的: a denial that is put.
_PUT_SO = re.compile(r"(?<!有)没有?[^。；]*(?:真的|[对是]吧|[对是]吗|对不对|是不是)")
_YES_OR_NO = re.compile(r"有没有|给不给|发不发|有还是没|[有给奖](?:钱|奖励?|补贴)?(?:吗|么|不(?![^，。；]))")
_AROUND = re.compile(
    r"^(?:那么?|这个?|所以|也?就是说?|意思是|合着|等于|文件|政策|原文|计划|措施|里[头面边]?|上面?|对|关于|有关|什么|啥|的)+|的$"
)
_OF_MONEY = frozenset({"amount", "rate", "count", "duration"})
# 创新型够不够格, 没评过也能享受吗: whether a title is enough, or none is needed.
_ENOUGH = re.compile(
    r"够不够格?|够(?:格|资格|条件)?还是不够|够格|有(?:没有)?资格|合不合格|(?:也|还|都)?(?:能|可以)(?:[^，。；能]{0,10})[吗么不]|能不能|可不可以|行不行|行吗|还算不算|算不算"
)
_OF_IT = re.compile(r"(?:中小)?(?:企业)?的?(?:够不够格|够格|够不够资格|有没有资格|有资格|够还是不够)")
# 到底能不能免，给句准话; 他们说了算吗: that it is certain is asked for.
_FOR_CERTAIN = re.compile(
    r"准话|说了算|(?:到底|究竟|直说|必须|是不是一定|一定|肯定)[^，。；]{0,6}(?:能不能|能|可以|要|得|免|罚|给|行)|(?:必须|一定|肯定)[^，。；]{0,8}[吗么吧]"
)
# What is aimed at is not promised.
_AIMED_AT = re.compile(r"力争|争取|努力|推动|逐步|探索")
# 用专利行不行, 产品也算吗: a thing that may be named in what is told.
_ACT_MAYBE = re.compile(r"[罚扣免]")
# 直接评中级吗, 就是直接给中级是吧: whether it is granted without more; and what a text says instead.
_GRANTED_AT_ONCE = re.compile(
    r"直接(?:就)?(?:评|给|定|批|发证|算|认定|拿|升)(?![^，。；]*(?:多少|几|什么|啥|哪)).*(?:[吗么吧不没?？]|是不是|对不对)$"
)
# 省专到期没复核上还给吗, 称号被取消了还给不给: whether what is given goes on without the title.
_LAPSED = re.compile(
    r"(?:称号|资质|牌子|省专|专精特新|小巨人|单项冠军|冠军)[^，。；]{0,4}(?:到期|过期|没(?:有)?(?:通过)?复[核审]|复[核审](?:没|未|不)|(?:被|给)[^，。；]{0,3}(?:取消|撤|摘|收)|摘牌|掉了|没保住|没了)"
    r".{0,8}?(?:还[^，。；]{0,4}(?:[给能有算行]|可以)|[给能算]不[给能算]|怎么算|咋算)"
)
_APPLIED_FOR = re.compile(r"(?:可|能|可以|直接|优先)+(?:推荐)?申报")
# 那一般小微企业扣多少, 普通企业补几成: how much such firms get.
_OF_ORDINARY_FIRMS = re.compile(
    r"(?:一般|普通|其他|别的|非专精特新)的?(?:中?小微?)?(?:企业|公司|厂子?)(?:呢|[^，。；]{0,6}(?:多少|几|百分之|什么|啥))"
)
_THING = re.compile(
    r"(?:用|拿|凭|靠)(?P<thing>[\u4e00-\u9fff]{2,6}?)(?:来?(?:抵押|质押|担保|贷款?)?)?(?:行不行|行[吗么不]|可以[吗么不]|能不能|成不成|能[^，。；]{0,3}[吗么不]|也行[吗么吧])"
    r"|(?:^|[，。；？?\s])那?(?P<counted>[\u4e00-\u9fff]{2,6}?)(?:也|都)?算(?:不算|吗|么|吧|进去吗|在内吗)"
)
_NAMES = re.compile(r"[“\"](?P<quoted>[^”\"]{2,10})[”\"]|[（(](?P<within>[\u4e00-\u9fff]{2,6})[）)]")
# What people call a thing that documents name otherwise, by the words that stand for it in names of products.
_SAME_FIELD = (frozenset({"专利", "知识产权", "商标"}), frozenset({"应收账款", "货款", "账款"}))
# 小巨人才有吗: whether it is for a title alone.
_FOR_IT_ALONE = re.compile(r"才(?:有|能|可以|行|给|算|享受|拿|配)|(?:只|仅|光|单)(?:给|限|有|能|面向|针对|支持)")
_IS_IT_SO = re.compile(r"[吗么吧嘛?？]|是不是|对不对|是吧")
# 200家是目标还是真有, 现在已经有这么多了吗: whether a number is reached.
_REACHED = re.compile(
    r"(?:目标|计划|指标)[^，。；]{0,4}，?还是[^，。；]{0,8}(?:真|实际|现有|已经|现在|有了)|(?:真|实际|现有|已经|现在)[^，。；]{0,8}，?还是[^，。；]{0,6}(?:目标|计划|指标)"
    r"|(?:现在|已经|眼下|目前)[^，。；]{0,4}(?:有|达到|做到|建了)了?(?:\d+[家个户]|这么多)[^，。；]{0,3}[吗么吧]"
)
_NUMBER = re.compile(r"\d+\s*[家个户%]")
# 是每年三个吗, 三个名额每年都有吧
_EACH_YEAR = re.compile(
    r"(?:是|算|按)(?:不是)?(?:每|一)年(?:都)?(?:[\d一二两三四五六七八九十几这]+[个名家张次笔万]|有|给|算)[^，。；]{0,4}(?:[吗么吧?？]|还是)"
)
# 哪个区都行吗, 限不限区: whether it is the same wherever in the city a firm is.
_ANYWHERE = re.compile(
    r"(?:哪|任何|随便哪|每|各|所有|全部)(?:一?个|的)?(?:区县?|县区?|县市区|辖区|地方)(?:里|的)?(?:企业|公司|厂子?)?(?:是不是)?(?:都|也)(?:行|可以|能|算|给|有|发|适用)"
    r"|(?:全|整个)市(?:范围|的?企业|的?公司|里|内|各地)*(?:是不是)?(?:都|也)(?:行|可以|能|算|给|有|发|适用)"
)
_LIMITED_TO_A_PLACE = re.compile(r"(?:限不限|分不分|管不管|看不看)(?:在)?(?:哪个?)?(?:市区|区县?|县区|地方|地区)")
# 有没有说排到第几, 年龄写没写, 名次文件里提了吗: whether the text says it at all.
_WRITES = r"(?:写明?|说明?|提到?|讲到?|规定|限定?|要求|明确|交代|注明|列明?)"
_WHETHER_WRITTEN = re.compile(
    rf"(?:有没有|有无|是否|写没|说没|提没|讲没){_WRITES}(?:过|清楚?)?(?P<after>[^，。；？?\s]{{2,14}})"
    rf"|(?P<before>[^，。；？?\s]{{2,12}}?)(?:文件|政策|条文|里[头面边]|上面?|中)*(?:有没有|写没|说没|提没|讲没){_WRITES}(?:过|清楚?)?(?=$|[，。；？?\s])"
)
# 有没有复核的规定: whether the text says anything of a thing.
_RULES = re.compile(
    r"(?:有没有|有无|有)(?:关于)?(?P<thing>[\u4e00-\u9fff]{2,10}?)(?:方面|这块)?的?(?:规定|要求)(?:[吗么没嘛?？]|$)"
)
_TITLES = re.compile(r"国家级|省级|小巨人|单项冠军|专精特新|省专|创新型|企业|奖励|政策|关于|什么|啥|别的|其他|这个")
_OF_THE_ASKING = re.compile(r"[你您]|^(?:我|就|只|是)*问")
_NO_THING = re.compile(r"[同这那没]|类似|相关|具体|明确|其他|更细|一样")
_THE_SAME = re.compile(
    r"(?:也|都|是不是|还)+(?:是)?(?:一样|同样|这样|这个数|这么多)的?[吗么不吧?？]*$|一样(?:的)?[吗么不吧]|一不一样"
)
_OF_DISTRICTS = re.compile(r"各区|区（园区）|各县")
_ASKS_WHICH = re.compile(r"[哪谁]|什么|啥|怎|咋|多少")
_ASKS_ITSELF = re.compile(
    r"[呢吗么啊呀嘛没]+$|^(?:一定|必须|要|得|需要?|对|关于|有关)+|(?:才|就)(?:给|行|能|可以|算|有)$|的$"
)


def said_unwritten(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """文件里头没写学历要求是吧: that it is so, where the provision has no word of it."""
    match = _SAID_UNWRITTEN.search(text)
    thing = _AROUND.sub("", (match["after"] or match["meant"] or match["before"])) if match else ""
    finding = findings[0]
    if not _A_WORD <= len(thing) <= _A_PHRASE or re.search(r"[哪谁我你]|什么|啥|怎", thing):
        return None
    stated = {figure.kind for figure in read_figures(finding.support.benefit.quote)}
    if stated and _is_of_other_titles(finding, text):
        return None
    if set(facets_of(thing)) & _OF_MONEY or re.search(r"[钱元万]|金额|数", thing):
        named = any(tier != NONE and regex.search(thing) for tier, regex in value_patterns()["tiers"])
        known = read_figures(finding.document.text) if named else read_figures(finding.support.benefit.quote)
        if stated & {"money", "rate"}:
            return wording("yes_or_no.written")
        if any(figure.kind == "money" for figure in known):
            return None
    else:
        own = pairs(core(thing)) or pairs(thing)
        provision = plain(finding.document.words(finding.support.provision))
        if not own or own & pairs(provision):
            return None
    return wording("yes_or_no.unwritten", thing=thing, mark=words.benefit_mark(finding))


def no_sum(words: Words, document: Document, path: str, quote: str, text: str) -> str | None:
    """就是说一分钱没有呗, of what names no sum: that none is written."""
    if not pattern("no_sum_said").search(text) or any(figure.kind == "money" for figure in read_figures(quote)):
        return None
    mark = words.citations.cite(document, path, quote)
    return wording("yes_or_no.unwritten", thing=texts("facets")["amount"], mark=mark)


def no_sum_in_it(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """The same of the first of some supports."""
    support = findings[0].support
    return no_sum(words, findings[0].document, support.provision, support.benefit.quote, text)


def must_be(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """不办行不行，会不会被罚: that the text asks nobody to, and says nothing of who leaves it be."""
    if not pattern("must_it_be").search(text) or any(_ASKED_OF_ALL.search(f.support.benefit.quote) for f in findings):
        return None
    if len(findings) > _FEW:
        return None
    marks = "".join(dict.fromkeys(words.benefit_mark(finding) for finding in findings))
    return wording("yes_or_no.need_not", mark=marks)


def is_denied_wrongly(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """镇江小巨人没有奖金是真的吗: that there is a sum, where the one for the title named states it."""
    finding = findings[0]
    denied = _SAID_NOT_GIVEN.search(text)
    stated = any(figure.kind == "money" for figure in read_figures(finding.support.benefit.quote))
    named = any(tier != NONE and regex.search(text) for tier, regex in value_patterns()["tiers"])
    if not (denied and named and stated) or _is_of_other_titles(finding, text):
        return None
    return wording("yes_or_no.written")


def _is_of_other_titles(finding: Finding, text: str) -> bool:
    """Whether a text names titles, and what was found is for none of them."""
    named = [tier for tier, regex in value_patterns()["tiers"] if tier != NONE and regex.search(text)]
    wanted = [condition for condition in finding.support.when if condition.includes_any]
    return bool(named and wanted) and not any(state_given(c, (t,)) is State.MET for c in wanted for t in named)


def as_asked(text: str, line: str, *, gives: bool = False) -> str:
    """A denial, as the answer to who put it so, or asked for a yes or no: 没写小巨人给多少钱对吧, 有还是没有.

    `gives` where only a sum is denied, and something is given.
    """
    if _PUT_SO.search(text):
        return wording("silent.put", line=line)
    return wording("silent.none", line=line) if _YES_OR_NO.search(text) and not gives else line


def is_said_unwritten(lines: Sequence[str]) -> bool:
    """Whether lines confirm that what was said not to be written is not."""
    return bool(lines) and lines[0].startswith(texts("yes_or_no")["unwritten"].split("{")[0])


def is_enough(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """没评过专精特新，也能享受吗; 创新型够格还是不够格: where no title is asked for, that the text names none."""
    named = [tier for tier, regex in value_patterns()["tiers"] if regex.search(text)]
    if not named or not _ENOUGH.search(text) or len(findings) > _FEW:
        return None
    wanted = [(f, c) for f in findings for c in f.support.when if c.includes_any]
    if not wanted:
        marks = "".join(dict.fromkeys(words.benefit_mark(finding) for finding in findings))
        is_open = any(c.open for f in findings for c in f.support.when)
        return wording("yes_or_no.no_title_open" if is_open else "yes_or_no.no_title", mark=marks)
    finding, condition = wanted[0]
    asked = [t for t, regex in value_patterns()["tiers"] for m in regex.finditer(text) if _OF_IT.match(text[m.end() :])]
    if len(wanted) > 1 or len(findings) > 1 or words.profile["tiers"] or len(asked) != 1:
        return None  # the verdict says so
    enough = state_given(condition, tuple(asked)) is State.MET
    key = "yes_or_no.enough" if enough else "yes_or_no.not_enough"
    return wording(key, condition=condition.text, mark=words.condition_mark(finding, condition))


def may_be(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """到底能不能免，给句准话: that the text only says 可以, and who is in charge decides."""
    if "谁" in text or not _FOR_CERTAIN.search(text):
        return None
    finding = findings[0]
    if finding.support.strength is Strength.MAY:
        return wording("yes_or_no.may", mark=words.benefit_mark(finding))
    if aimed := _AIMED_AT.search(finding.support.benefit.quote):  # 到底派不派
        key = "aimed_then" if finding.status is Status.NOT_IN_FORCE else "aimed"
        return wording(f"yes_or_no.{key}", word=aimed.group(), mark=words.benefit_mark(finding))
    # 这个钱一定不罚吗, of the time that is given to put it right: what its provision says may be.
    beside = (s for s in words.library.supports.values() if s.provision == finding.support.provision)
    for support in beside:
        act = _ACT_MAYBE.search(text)
        here = words.library.document(support.id) is finding.document and support.strength is Strength.MAY
        if here and act and act.group() in plain(support.benefit.quote):
            mark = words.citations.cite(finding.document, support.provision, support.benefit.quote)
            return wording("yes_or_no.may", mark=mark)
    return None


def is_applied_for(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """直接评中级吗, of 可直接申报: that it can be applied for, and that whether it is granted is not written."""
    finding = findings[0]
    if not _GRANTED_AT_ONCE.search(text) or not _APPLIED_FOR.search(finding.support.benefit.quote):
        return None
    return wording("yes_or_no.applied_for", mark=words.benefit_mark(finding))


def is_lapsed(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """如果省专到期没复核上还给吗: that the text says nothing of who has lost the title that it asks for."""
    asked = [(f, c) for f in findings[:1] for c in f.support.when if c.includes_any]
    if not asked or not _LAPSED.search(text):
        return None
    return wording("yes_or_no.lapsed", mark=words.condition_mark(*asked[0]))


def is_for_ordinary_firms(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """那一般小微企业扣多少: that what is for holders of a title says nothing of others."""
    asked = [(f, c) for f in findings[:1] for c in f.support.when if c.includes_any]
    if not asked or not _OF_ORDINARY_FIRMS.search(text):
        return None
    finding, condition = asked[0]
    mark = words.condition_mark(finding, condition)
    return wording("yes_or_no.ordinary", condition=condition.text, mark=mark)


def is_named_in_it(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """用专利行不行, of “知识产权贷”; 产品也算吗, of 单项冠军企业（产品）: the name in the text that holds the thing."""
    match = _THING.search(text)
    if match is None:
        return None
    thing = match["thing"] or match["counted"]
    like = next((field for field in _SAME_FIELD if thing in field), frozenset({thing}))
    for finding in findings[:_FEW]:
        names = (m["quoted"] or m["within"] for m in _NAMES.finditer(finding.support.benefit.quote))
        for name in names:
            if any(word in plain(name) for word in like):
                key = "yes_or_no.named" if match["thing"] else "question_word.listed"
                return wording(key, word=name, mark=words.benefit_mark(finding))
    return None


def is_for_it_alone(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """小巨人才有吗, 只给省专是吧: that it is for the title named, or for others as well."""
    found = [(t, m.group()) for t, regex in value_patterns()["tiers"] if t != NONE and (m := regex.search(text))]
    named = [tier for tier, _ in found]
    in_general = found and named == ["provincial"] and "省" not in found[0][1]  # 专精特新才有: of no level
    asked = [(f, c) for f in findings[:_FEW] for c in f.support.when if c.includes_any]
    if len(set(named)) != 1 or len(asked) != 1 or not (_FOR_IT_ALONE.search(text) and _IS_IT_SO.search(text)):
        return None
    finding, condition = asked[0]
    if state_given(condition, (named[0],)) is not State.MET:
        return None
    others = [t for t in texts("tiers") if t not in {NONE, named[0]} and state_given(condition, (t,)) is State.MET]
    key = "premise.not_only" if others and not in_general else "yes_or_no.for_it_alone"
    mark = words.condition_mark(finding, condition)
    return wording(key, said=found[0][1], condition=condition.text, mark=mark)


def is_the_same_there(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """我们洪泽的 也一样吗: that the document makes no difference between a city's districts, where it makes none."""
    there = [place for place, _, _ in find_places(text) if place.district]
    here = all(place.city.slot == finding.document.city for place in there for finding in findings)
    if not there or not here or not _THE_SAME.search(text):
        return None
    if any(c.within for f in findings for c in f.support.when):
        return None  # whether it lies there is judged
    if any(_OF_DISTRICTS.search(f.support.benefit.quote) for f in findings):
        return None
    return wording("yes_or_no.same_there", mark=words.benefit_mark(findings[0]))


def is_each_year(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """三个名额是每年三个吗: that the text does not say whether it is so each year, where it speaks of no year."""
    quote, support = findings[0].support.benefit.quote, findings[0].support
    is_once = "一次性" in quote or any(condition.slot == "first_recognition" for condition in support.when)
    if not _EACH_YEAR.search(text) or is_once or "年" in quote or support.benefit.period == "year":
        return None
    return wording("yes_or_no.each_year", mark=words.benefit_mark(findings[0]))


def is_reached(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """200家是目标还是真有200家: that the number is one to be reached, and how many there are is not written."""
    if not asks_if_reached(findings[0].support.benefit.quote, text):
        return None
    return wording("yes_or_no.to_be_reached", mark=words.benefit_mark(findings[0]))


def asks_if_reached(quote: str, text: str) -> bool:
    """Whether it is asked if a number that is aimed at in a quote is one that there is."""
    return _REACHED.search(text) is not None and _NUMBER.search(quote) is not None


def is_anywhere(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """是不是哪个区都行, 限不限区: that the document names an area, and which parts of the city lie outside of it."""
    limits = _LIMITED_TO_A_PLACE.search(text)
    if not (limits or (_ANYWHERE.search(text) and _IS_IT_SO.search(text))) or _OF_DISTRICTS.search(
        findings[0].support.benefit.quote
    ):
        return None
    found = [(f, c) for f in findings[:_FEW] for c in f.support.when if c.within]
    if not found:
        key = "yes_or_no.no_area" if limits else "yes_or_no.anywhere"
        return wording(key, mark=words.benefit_mark(findings[0]))
    finding, condition = found[0]
    others = next((city.others for city in cities() if city.urban == condition.within), ())
    key = "yes_or_no.in_an_area" if limits else "yes_or_no.not_anywhere"
    mark = words.condition_mark(finding, condition)
    return wording(key, condition=condition.text, others="、".join(others), mark=mark)


def is_written(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """有没有说排到第几才给: that the text says nothing of it, where none of its words stands there."""
    match = _WHETHER_WRITTEN.search(text)
    thing = asked = (match["after"] or match["before"]) if match else ""
    for _ in range(_FEW):
        thing = _ASKS_ITSELF.sub("", _AROUND.sub("", thing))
    finding = findings[0]
    if set(facets_of(asked)) - {"conditions"} or facets_of(thing) or _ASKS_WHICH.search(asked) or _is_of_a_firm(asked):
        return None  # 有没有写找谁, 有没有说国企不行: what is asked so is told as such
    if not _A_WORD <= len(thing) <= _A_PHRASE or _OF_THE_ASKING.search(thing):
        return None  # 就问你那文件提没提
    written = plain("".join((finding.document.words(finding.support.provision), *finding.support.open_points)))
    own = pairs(core(thing)) or pairs(thing)
    if not own or (own | pairs(in_their_words(thing))) & pairs(written):
        return None
    return wording("yes_or_no.not_written", thing=thing, mark=words.benefit_mark(finding))


def _is_of_a_firm(thing: str) -> bool:
    patterns = [regex for rows in value_patterns().values() for _, regex in rows]
    return any(regex.search(thing) for regex in (*patterns, *topics().values()))


def is_unmentioned(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """有没有复核的规定: that the document has no such word."""
    match = _RULES.search(text)
    thing = _TITLES.sub("", match["thing"]).strip("的") if match else ""
    held = plain(findings[0].document.text)
    if not _A_WORD <= len(thing) <= _A_TITLE or thing in held or _NO_THING.search(thing):
        return None
    return wording("silent.word", word=thing)


_Rule = Callable[[Words, Sequence[Finding], str], str | None]
CONFIRMED: tuple[_Rule, ...] = (
    said_unwritten, is_denied_wrongly, is_each_year, is_reached, is_anywhere, is_the_same_there, is_for_it_alone,
    is_applied_for, is_for_ordinary_firms, is_lapsed,
)  # fmt: skip
WRITTEN: tuple[_Rule, ...] = (is_written, is_unmentioned)
