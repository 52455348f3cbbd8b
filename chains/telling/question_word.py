"""The first line of an answer: what answers the question word (影响吗, 够不够, 也算吗), before the text itself."""

import re
from collections.abc import Callable, Iterator, Sequence

from chains.eligibility import CITY, Finding, State, state_given
from chains.finding.entries import Entry
from chains.finding.parts import WITHIN
from chains.language.clauses import pattern, value_patterns
from chains.language.normalise import plain
from chains.language.question_words import facets_of
from chains.language.sums_said import is_own
from chains.language.understanding import Understanding
from chains.language.yes_no import lesser, topics
from chains.prompting import slot_wordings, texts, wording
from chains.telling.offices import first_to_ask, of_a_district, of_which_level, office_line
from chains.telling.premise import contrary_to
from chains.telling.reckoning import may_be_lower, number_in, worked_out
from chains.telling.terms import comes_to, gives, meaning, use
from chains.telling.words import Words, tight
from chains.telling.yes_or_no import (
    CONFIRMED,
    WRITTEN,
    asks_if_reached,
    is_enough,
    is_named_in_it,
    may_be,
    must_be,
    no_sum,
    no_sum_in_it,
)
from knowledge.figures import Figure, amounts, read_figures
from knowledge.profile import NONE
from knowledge.support import Kind

_WHETHER = re.compile(
    r"影不影响|影响不|有没有影响|[吗么吧嘛]|不[?？]?$|[?？]$|是不是|对不对|能不能|算不算|真的|多了|高了"
)
# 我们是国企 影响吗: whether what is told makes a difference.
_MATTERS = re.compile(
    r"影不影响|碍不碍事|[没有]影响|会影响|影响(?!力|到?[^，。；吗么不吧]{3})|碍事|妨碍|要紧[吗么不]|没关系[吗么吧]"
)
# 要借3000万够不够: whether a sum lies within what may be borrowed.
_ENOUGH = re.compile(
    r"够不够|够(?:用|了)?[吗么吧]|够(?:[借贷周转])*[^，。；够]{1,6}万元?(?:用|了)?[吗么不吧]|(?:在不在|在|超不超|超没超|超过|超出|超)[^，。；]{0,4}(?:额度|范围|上限|以?内|里面?)|超了?[吗么吧]|超不超"
)
_EACH_ONE = re.compile(
    r"[每单](?:一)?[笔户次单家](?!企业?有)|(?:收|要)(?:了|走)?(?:我们?|咱们?|俺)?的?是?[\d.一二两三四五六七八九十]+(?:个)?(?:百分)?点|都(?:不能|不会|不得|是|要|得)|[收要]得?[多高]|[多高]收|违规|超标|[收要]了?(?:我们?|咱们?)?(?:的?是)?\d"
)
# 我银行收我两个点: who charges what.
_CHARGED = re.compile(
    r"(?:(?P<by>银行|中介|典当行?|小贷公司)[^，。；]{0,4})?(?:收|要|扣)(?:了|走)?(?:我们?|咱们?|俺)的?(?:是|了)?(?:\d+(?:\.\d+)?%|[\d.一二两三四五六七八九十]+(?:个)?(?:百分)?点)"
)
# 不要称号的培训: what is wanted without a title.
_WITHOUT_TITLE = re.compile(
    r"(?:不(?:要求?|需要?|用|看|限|卡|管)|无需|没有?)(?:是)?(?:专精特新|资质|称号|牌子|头衔)(?:的?要求|限制|门槛)?(?:也能[^，。；]{1,4})?的"
)
_TWO = 2
_HOW_MUCH = re.compile(r"多少|几|什么数|啥数|最多")
# 是不是就拿满50万, 直接便宜20%吗: whether a limit is what one gets.
_IN_FULL = re.compile(
    r"(?<![也他])(?:是|能|就)?(?:人人|家家|谁|个个|一律|全)?都(?:能?[有拿给领])(?=[吗么吧？?]|的吗)|拿满|给满|领满|满额|足额|全额|[拿给领]足|顶格|稳拿|全(?:部)?[拿给领]到?|(?:能|会|可以|真)[^，。；多几]{0,4}[拿给领补奖发](?:得|到|够)?(?=[\d一二两三四五六七八九十])"
    r"|(?:就|直接|一定|肯定|必然)(?:就|都|是|能|会|可以|等于|算)*(?:拿|给|有|领|补|奖|发|扣|减|降|便宜|打|省)"
)
_AN_AWARD = re.compile(r"奖|补[贴助]")
_LIMIT = re.compile(r"上限|最高|不高于|不超过|封顶")
# 是上限20%还是固定20%.
_OR_FIXED = re.compile(
    r"(?:上限|封顶|最[高多])[^，。；]{0,8}还是[^，。；]{0,4}(?:固定|定死|定数|统一|都)|(?:固定|定死|定数|统一)[^，。；]{0,8}还是[^，。；]{0,4}(?:上限|封顶|最[高多])"
)
_COUNTS = re.compile(
    r"(?:也|都)(?:算|包括|包含|属于|在内|在里面)|(?:算(?!账|了|下|一)|包括|包含|属于|在内|在里面)(?:不算|不包括|在内|进去?|的)?[吗么吧不嘛?？]"
)
_ENUMERATED = re.compile(r"[、和及与或]|等(?!级)")
_LISTS = re.compile(r"[，。；：（）“”]")
# 写进明年预算行不行, 能先当收入入账吗: whether what may be given can be counted on.
_COUNTED_ON = re.compile(
    r"(?<!研发)预算|入账|做账|(?:算|列|写|计|做)(?:进|入|到|作|成|为)[^，。；]{0,6}(?:收入|账|利润|现金流|报表)|当(?:成|作)?[^，。；\d]{0,4}(?:收入|到手)"
    r"|先(?:花|用掉|支出?)(?:掉|了|出去)?|提前(?:花|用掉|支)"
)
_MAY_ONE = re.compile(
    r"行不行|[吗么吧嘛?？]|能不能|可不可以|可以不|妥不妥|稳不稳|好不好|成不成|敢不敢|行不$|[该能]不[该能]"
)
# 那我肯定能拿到了吧: whether it is certain, after what was told.
_CERTAIN = re.compile(
    r"(?:(?<!不)(?:肯定|一定|铁定|必定|百分百|稳稳|十拿九稳|板上钉钉|妥妥|绝对)|(?<![标批核获])准(?=[能会可拿有批成]))(?:就|都|是|能|会|可以|给|拿|有|批|过|成|下来|领|到|手|的|了)*(?:对|是)?[吧吗么?？]"
)
_ALL_OF_THEM = re.compile(r"都(?:能|可以|算|行|列|报|有份|给)")
_PERSONS = re.compile(
    r"(?P<count>\d+|[一两二三四五六七八九十]{1,3})(?:个|名|位)?(?:[\u4e00-\u9fff]{0,2}?(?:高管|骨干|经理|人|总监|负责人|副总))"
)
_AT_MOST = re.compile(r"限(?P<count>\d+|[一二三四五六七八九十]{1,3})[名人位个家项]")
_IS_SO = re.compile(r"真的|[对是][吗么吧]|对不对|是不是|没错|属实")
_OF_A_FIRM = frozenset({"ownership", "size", "district", "first_recognition"})
_A_WORD, _FEW, _A_PHRASE = 2, 3, 4
_WORDS_OF_TWO = (4, 6)
# 现在能申请吗, 为什么不能; and what asks for something else: 能补多少.
_WHETHER_NO_MORE = re.compile(r"什么|啥|哪|多少|几|谁|怎么|咋|只能")
# 那现在去申请还给吗: whether what is over can be had all the same.
_STILL = re.compile(
    r"(?:现在|今年|目前|如今|补[申报领办])[^，。；]{0,8}(?:给|能|可以|算|行|申请|补)[^，。；多什啥怎哪几]{0,4}[吗么不呢][?？]?$"
    r"|(?:现在|今年|目前|如今|眼下)[^，。；]{0,6}还(?:有没有|有[吗么不])|(?:来得及|赶得上)(?:趟|这趟)?[吗么不没][?？]?$|赶不赶得上|来不来得及"
)
_WHY_NOT = re.compile(r"为(?:什么|啥)[^，。；]{0,4}(?:不[能行可给符算]|没)")


def first_lines(words: Words, findings: Sequence[Finding], text: str) -> list[str]:
    """What answers the question word of a message about some supports, in one line; nothing where none is asked.

    What is told against a condition is said instead.
    """
    if any(contrary_to(finding, text) for finding in findings):
        return []
    for rule in _RULES_OF_ANSWER:
        line = rule(words, findings, text) if findings else None
        if line is not None:
            return [line]
    return []


def first_line_of_fact(words: Words, entry: Entry, text: str) -> list[str]:
    """消防罚的也算吗, of a fact: that its words name what is asked after; nothing where they do not."""
    document = words.library.documents[entry.document_id]
    if line := office_line(words, document, entry.provision, text):
        return [line]
    if line := no_sum(words, document, entry.provision, entry.quote, text):
        return [line]
    if asks_if_reached(entry.quote, text):
        return [wording("yes_or_no.to_be_reached", mark=words.citations.cite(document, entry.provision, entry.quote))]
    item = _item_asked(entry.quote, text) if _COUNTS.search(text) else None
    mark = words.citations.cite(document, entry.provision, entry.quote) if item else ""
    return [wording("question_word.listed", word=item, mark=mark)] if item else []


def _makes_no_difference(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """我们是国企 影响吗: that no condition looks at what is told, that it is met, or that it is against one."""
    may = pattern("may_owners")
    if not (_MATTERS.search(text) or may.search(text)) or not _WHETHER.search(text):
        return None
    clauses = [clause for clause in re.split(r"[，。；\s]+", text) if clause]
    at = next((i for i, clause in enumerate(clauses) if _MATTERS.search(clause) or may.search(clause)), 0)
    # 浦口的，这个要紧吗: of what stands just before, where the clause itself names nothing.
    asked = _slots_told(words, clauses[at]) or _slots_told(words, clauses[at - 1] if at else "")
    reasons = [(f, r) for f in findings[:_FEW] for r in f.reasons if r.slot in asked and r.condition is not None]
    if not asked:
        return None
    if not reasons:
        names = "、".join(slot_wordings()[slot].name for slot in asked)
        return wording("question_word.no_difference", names=names, mark=words.benefit_mark(findings[0]))
    finding, reason = next(((f, r) for f, r in reasons if r.state is State.UNMET), reasons[0])
    if reason.condition is None or reason.state not in {State.MET, State.UNMET}:
        return None
    key = "question_word.fits" if reason.state is State.MET else "question_word.difference"
    mark = words.condition_mark(finding, reason.condition)
    return wording(key, condition=reason.condition.text, mark=mark)


def _slots_told(words: Words, clause: str) -> list[str]:
    """The slots of which a clause tells or asks, but for the city."""
    told = {slot for slot, fact in words.profile.facts.items() if fact.words and fact.words in clause}
    named = {slot for slot, rows in value_patterns().items() for _, regex in rows if regex.search(clause)}
    named |= {slot for slot, regex in topics().items() if regex.search(clause)}
    return sorted((told | named) - {CITY})


def _is_enough(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """要借3000万够不够: whether it lies within what may be borrowed, and what of that is left open."""
    support = findings[0].support
    stated = [f for f in read_figures(support.benefit.quote) if f.kind == "money"]
    asked = [f for f in read_figures(text) if f.kind == "money"]
    if support.kind is not Kind.FINANCE or not _ENOUGH.search(text) or len(asked) != 1 or len(stated) != 1:
        return None
    mark = words.benefit_mark(findings[0])
    key = "question_word.within" if asked[0].value <= stated[0].value else "question_word.beyond"
    line = wording(key, said=_sum(asked[0]), stated=tight(_sum(stated[0])), mark=mark)
    point = next((p for p in support.open_points if "每家" in p), None)
    return line if point is None else f"{line}{wording('question_word.unsaid', point=tight(point), mark=mark)}"


def _is_average(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """这1%是每笔都不能超过吗: that the document speaks of an average."""
    finding = findings[0]
    is_average = "平均" in finding.support.benefit.quote
    charged = _CHARGED.search(text)  # 担保公司收我两个点，咋回事
    asks = _WHETHER.search(text) or charged
    if not (is_average and asks and _EACH_ONE.search(text)) or _HOW_MUCH.search(text):
        return None
    key = "question_word.average_or" if "还是" in text or not _WHETHER.search(text) else "question_word.average"
    mark = words.benefit_mark(finding)
    by_another = charged and charged["by"] and charged["by"] not in plain(finding.support.benefit.quote)
    other = wording("question_word.not_of_these", name=charged["by"]) if charged and by_another else ""
    return f"{wording(key, mark=mark)}{other}"


def _is_a_limit(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """是不是就拿满50万, 直接便宜20%吗: that the document states a limit."""
    finding = findings[0]
    limit = _LIMIT.search(finding.support.benefit.quote)
    figures = [f for f in read_figures(text) if f.kind in {"money", "rate"} and not is_own(f, text)]
    claimed = {(f.kind, f.value) for f in figures}
    stated = {(f.kind, f.value) for f in read_figures(finding.support.benefit.quote)}
    either = _OR_FIXED.search(text) if finding.support.benefit.amount_cny is None else None
    asks = (_IN_FULL.search(text) and _WHETHER.search(text) and not _HOW_MUCH.search(text)) or either
    if limit is None or not asks or not claimed <= stated:
        return None
    key = "question_word.limit_or" if either else "question_word.limit"
    return wording(key, word=limit.group(), mark=words.benefit_mark(finding))


def _is_given_without_sum(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """那就是什么补贴都没有是不是, of a subsidy whose sum is not written: that there is one."""
    said = pattern("no_sum_said").search(text)
    of_awards = said is not None and _AN_AWARD.search(said.group()) is not None
    return wording("yes_or_no.written") if of_awards and gives(findings[0].support) else None


def _is_no_promise(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """把200万写进预算行不行: that a limit is no sum, and a sum not in hand; 肯定能拿到吧: that nobody can say so."""
    if _COUNTED_ON.search(text) and _MAY_ONE.search(text) and "payout" not in facets_of(text):
        mark, benefit = words.benefit_mark(findings[0]), findings[0].support.benefit
        limit = _LIMIT.search(benefit.quote)
        if limit is not None and benefit.is_cap:
            return wording("question_word.count_on_cap", word=limit.group(), mark=mark)
        gives_sum = any(f.kind == "money" for f in read_figures(benefit.quote))
        return wording("question_word.count_on_sum" if gives_sum else "question_word.count_on_none", mark=mark)
    return wording("talk.promise") if _CERTAIN.search(text) and not read_figures(text) else None


def _is_in_charge(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """国资委管不管, 七个部门我打哪个, 灌云哪个局: whether the office named is responsible, or which to begin with."""
    document, support = findings[0].document, findings[0].support
    if pattern("one_office").search(text):
        return first_to_ask(words, document, support.provision, f"{text}{support.title}{support.benefit.quote}") or None
    line = of_which_level(words, document, support.provision, text)
    line = line or office_line(words, document, support.provision, text)
    of_one = len({(f.document.id, f.support.provision) for f in findings}) == 1
    return line or (of_a_district(words, document, support.provision, text) if of_one else None)


def _why(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """镇江怎么才三十万, 为什么这么少: that the document gives no reasons for how much it gives, or to whom."""
    if not pattern("why_so").search(text):
        return None
    return wording("question_word.no_reason", mark=words.benefit_mark(findings[0]))


def in_what_order(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """标准在评上之前就发布了呢: that no condition says what has to come first."""
    if not pattern("before_a_title").search(text):
        return None
    return wording("question_word.no_order", mark=words.benefit_mark(findings[0]))


def _is_listed(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """消防罚的也算吗: the word of a list in the document that a message asks after."""
    if not _COUNTS.search(text) or any(lesser(c.slot or "", text) for f in findings for c in f.support.when):
        return None
    item = _item_asked(findings[0].support.benefit.quote, text)
    return wording("question_word.listed", word=item, mark=words.benefit_mark(findings[0])) if item else None


def _item_asked(quote: str, text: str) -> str | None:
    """The enumerated words that a text asks after, before the word that asks in its clause: 消防罚的也算吗."""
    found = _COUNTS.search(text)
    asked = re.split(r"[，。；\s]", text[: found.start()])[-1] if found else ""
    named = next((item for item in _listed(quote) if plain(item) in asked), None)
    short = [item for item in dict.fromkeys(_listed(quote)) if _shortened(item, asked)]
    return named or (short[0] if len(short) == 1 else None)


def _listed(quote: str) -> Iterator[str]:
    """The words that a quote enumerates; the first without what leads up to it (规范涉企安全生产, …)."""
    for part in _LISTS.split(quote):
        items = [item.strip() for item in _ENUMERATED.split(part)] if "、" in part else []
        if items:
            yield from (items[0][-n:] for n in range(_A_PHRASE, len(items[0])))
        yield from (item for item in items if len(item) >= _A_WORD)


def _shortened(item: str, text: str) -> bool:
    """环保, of 生态环境保护: two neighbouring words of two characters, each by its first."""
    short = (item[i] + item[i + 2] for i in range(0, len(item) - 3, 2))
    return len(item) in _WORDS_OF_TWO and any(word in text for word in short)


def _are_limited(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """我们有八个高管 都能列吗: that the document takes fewer."""
    finding = findings[0]
    limit, told = _AT_MOST.search(finding.support.benefit.quote), _PERSONS.search(text)
    if limit is None or told is None or not (_ALL_OF_THEM.search(text) and _WHETHER.search(text)):
        return None
    most, many = number_in(limit["count"]), number_in(told["count"])
    if many <= most:
        return None
    return wording("question_word.limited", words=limit.group(), mark=words.benefit_mark(finding))


def _all_need_a_title(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """有没有不要称号的培训: that each of what the document has of it is for a title."""
    wanted = [next((c for c in f.support.when if c.includes_any), None) for f in findings]
    if not _WITHOUT_TITLE.search(text) or not all(wanted):
        return None
    marks = "".join(dict.fromkeys(words.condition_mark(f, c) for f, c in zip(findings, wanted, strict=True) if c))
    return wording("question_word.for_a_title", mark=marks)


def _are_two(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """贷款快到期的那个也是白名单里的: that the document writes of two supports, each by itself."""
    if len(findings) != _TWO or not WITHIN.search(text):
        return None
    first, second = (tight(f.support.benefit.quote) for f in findings)
    if first in second or second in first:
        return None
    one, other = (f.support.title for f in findings)
    marks = "".join(dict.fromkeys(words.benefit_mark(f) for f in findings))
    return wording("question_word.two", one=one, other=other, mark=marks)


def _is_not_for_the_title(words: Words, findings: Sequence[Finding], text: str) -> str | None:
    """听说省专奖励50万，是真的吗: that a sum is not for the title alone, and what else is asked for."""
    finding = findings[0]
    stated = finding.support.benefit.amount_cny
    tiers = {tier for tier, regex in value_patterns()["tiers"] if tier != NONE and regex.search(text)}
    if stated is None or stated not in amounts(text) or len(tiers) != 1 or not _IS_SO.search(text):
        return None
    of_title = [c for c in finding.support.when if c.includes_any and state_given(c, tuple(tiers)) is State.MET]
    others = [c for c in finding.support.when if c.slot not in {*_OF_A_FIRM, "tiers", None}]
    if not of_title or not others or any(_is_named(c.slot or "", text) for c in others):
        return None
    title, mark = texts("tiers")[tiers.pop()], words.condition_mark(finding, others[0])
    return wording("question_word.not_for_the_title", title=title, condition=others[0].text, mark=mark)


def _is_named(slot: str, text: str) -> bool:
    patterns = [regex for _, regex in value_patterns().get(slot, ())]
    return any(regex.search(text) for regex in (*patterns, *([topics()[slot]] if slot in topics() else [])))


def _sum(figure: Figure) -> str:
    """A sum as it is written, with its unit."""
    return figure.words if figure.unit else f"{figure.words}元"


_RULES_OF_ANSWER: tuple[Callable[[Words, Sequence[Finding], str], str | None], ...] = (
    worked_out,
    _why,
    in_what_order,
    _all_need_a_title,
    _are_two,
    *CONFIRMED,
    comes_to,
    _is_given_without_sum,
    no_sum_in_it,
    must_be,
    _is_no_promise,
    may_be,
    _is_not_for_the_title,
    _makes_no_difference,
    is_enough,
    _is_enough,
    _is_average,
    _is_a_limit,
    may_be_lower,
    meaning,
    use,
    _are_limited,
    is_named_in_it,
    _is_listed,
    *WRITTEN,
    _is_in_charge,
)


def asks_whether(heard: Understanding) -> bool:
    """Whether it is asked if something can be had, or why it cannot."""
    still = _STILL.search(heard.text) is not None
    may = (still or "can_get" in heard.intents) and not _WHETHER_NO_MORE.search(heard.text)
    return may or _WHY_NOT.search(heard.text) is not None
