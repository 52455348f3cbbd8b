"""Turns that ask on of all that a city offers: what is refused or left open, the highest, a total, whom to ask."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains.eligibility import CITY, Finding, State, Status, assess_all
from chains.finding.matching import titles_of
from chains.finding.naming import core, names_nothing, without_help
from chains.finding.rounds import how_many
from chains.language.clauses import pattern, value_patterns
from chains.language.places import without_cities
from chains.language.question_words import subject_words
from chains.prompting import fact_label, texts, wording
from chains.steps import overview
from chains.steps.order import ranked
from chains.steps.stated import Item, awards_for, own_first, sums_of
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.reckoning import rates_of
from chains.telling.validity import lifecycle_lines, validity_lines
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.figures import read_figures
from knowledge.profile import NONE, Fact, Source, slots
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind

_HURRIES = re.compile(
    r"(?:你|您)?(?:快|赶紧|直接|痛快|干脆)(?:点|些)?(?:说|讲|告诉我|回答)?[吧啊]?|别(?:绕|啰嗦|废话)[了啊]?"
)
_ONE_SELF = re.compile(r"我|咱")
_OF_A_FIRM = frozenset({"ownership", "size"})
_PAGE, _SEVERAL, _FEW, _A_WORD = 6, 2, 4, 2
_OF_THE_CITY = re.compile(r"市[里级]")
_AIM = re.compile(r"目标|[家个]数|几家|多少家")
_NEEDS = re.compile(
    r"哪[些几]?[个项条]?(?:是|都|得|必须)*(?:需?要|非得|只给|只有)(?:是|有|评上)?(?P<title>小巨人|单项冠军|省专|省级(?:专精特新)?|创新型(?:中小)?(?:企业)?)"
)
# 不要资质的, 没有称号也行的; 哪些, 什么.
_NEEDS_NO_TITLE = re.compile(
    r"(?:不(?:用|要|需要?|看|限|论|必)|无需|没有?|没得)(?:有|是|评[上过]?|拿到|任何|什么|啥|专精特新|的)*(?:资质|称号|牌子|名[头号]|头衔|荣誉)"
)
_EVEN_SO = re.compile(r"(?:的|也|都|就)*(?:能|可以|行)")
_WHICH_ONES = re.compile(r"哪|什么|啥|有没有|有的吗|一[条项个]|列")
_RECOGNISED = re.compile(r"(?:评|获评|认定|批)[上了下来的]*")
_EACH_HOW_MUCH = re.compile(
    r"那?(?:两个)?(?:各自?|分别|每[个项])(?:都)?(?:是|有|给|能?[拿领])?(?:多少|几个?)(?:钱|万)?[呢呀啊?？]*"
)
_ASKS_A_TOTAL = re.compile(
    r"这些|那些|[两三四几]个|[两三四几]项|[两三四几][笔样]|所以|财务|会计|老板|公司|企业|我们|一年|最多|问|算|奖[励金项]?|所有|全部|各项|钱|[能可]以?[拿领得]"
)


def tell_whether_nothing(context: Context) -> Draft | None:
    """现在是不是什么都拿不到: that it is so where a city's document does not hold today, and else what there is."""
    heard, conversation = context.heard, context.conversation
    own = str(conversation.profile[CITY] or "")
    cities = heard.cities or ((own,) if own in served_cities() else conversation.focus_cities)
    text = without_cities(heard.without_facts, cities)
    at_all, still = pattern("whether_nothing").search(text), pattern("still_said").search(text)
    now = pattern("what_now").search(text)
    if not (at_all or still or now) or len(cities) != 1 or context.answered or pattern("money").search(text):
        return None
    known = [d for d in context.library.documents.values() if d.record.official and d.city == cities[0]]
    if not known or (still and not own):
        return None
    if any(d.lifecycle(context.words.as_of) is Lifecycle.IN_FORCE for d in known):
        if own != cities[0] and own:
            return None  # what there is for the firms of another city is no answer for this one
        within = conversation.with_facts({CITY: Fact(cities[0], Source.INFERRED, city_name(cities[0]))})
        draft = overview.overview(replace(context, conversation=within.with_goal((), broad=True)))
        suits = any(f.otherwise is not Status.INELIGIBLE for f in draft.findings)
        head = [wording("lifecycle.not_nothing", city=city_name(cities[0]))] if suits else []
        return replace(draft, lines=(*head, *draft.lines)) if at_all else None
    key = "met_then" if still else "nothing_now" if at_all else "none_today"
    lines = [wording(f"lifecycle.{key}", city=city_name(cities[0]))]
    lines += [line for d in known for line in validity_lines(context.words, d)]
    return Draft(
        Outcome.INFORMATION, conversation, tuple(lines), question=context.standing, suggestions=suggestions("broad")
    )


def list_of_status(context: Context) -> Draft | None:
    """不能的有哪些, 哪些要主管部门认定: what of one's city is refused, each with its reason, or is left open."""
    city = _own_city(context)
    asked = {status: pattern(f"lists_{status.value}") for status in (Status.INELIGIBLE, Status.CONDITIONAL)}
    about = [slot for slot in context.heard.facts if slot in _OF_A_FIRM]
    texts_asked = (context.heard.text, *(_asking_parts(context) if about else ()))
    status = next((s for s, regex in asked.items() if any(regex.fullmatch(text) for text in texts_asked)), None)
    if status is None or not city or not context.conversation.profile["tiers"]:
        return None
    everything = assess_all(context.library, context.conversation.profile, context.words.as_of)
    found = [f for f in ranked(everything) if f.document.city == city and f.otherwise is status]
    # 国企不能享受哪几项: those that this stands against
    found = [f for f in found if any(r.slot in about and r.state is State.UNMET for r in f.reasons)] or found
    lines = lifecycle_lines(context.words, [f.document for f in found])
    if not found:
        lines = [wording("sift.none", status=texts("status")[status.value])]
    elif status is Status.INELIGIBLE:
        lines.append(wording("broad.group", status=texts("status")[status.value]))
        reasons = ((f, verdicts.refusal_reason(context.words, f)) for f in found[:_PAGE])
        lines += [wording("broad.why", title=f.support.title, because=because) for f, because in reasons]
        rest = "、".join(f.support.title for f in found[_PAGE:])
        lines += [wording("sift.others", names=rest)] if rest else []
    else:
        lines += overview.listed(context.words, found)
    return _draft(context, Outcome.OVERVIEW, lines, found, keeps_focus=not found)


def _asking_parts(context: Context) -> list[str]:
    """The clauses of a message without what it says of the firm: 不能享受哪几项, of 国企不能享受哪几项."""
    parts = re.split(r"[，。；？?！\s]+", context.heard.without_facts.replace("中小企业", " "))
    return [re.sub(r"^(?:企业|公司|的|是不是|有)+", "", part) for part in parts if part]


def sift_listed(context: Context) -> Draft | None:
    """哪个最高, 哪些是上限, 哪些是一次性的, asked of a list of sums that was just told."""
    text, listed = context.heard.text, _sums_talked_of(context, context.before.focus)
    if len(listed) <= _FEW:
        return None
    given = [i for i in listed if not _is_lent(i)]
    if pattern("top_of_list").fullmatch(text):
        lines = [wording("sift.top", name=given[0].name, text=given[0].text, mark=given[0].mark)]
        fixed = [i for i in given if not _is_cap(i)]
        if fixed and fixed[0] is not given[0]:
            lines.append(wording("sift.top_fixed", name=fixed[0].name, text=fixed[0].text, mark=fixed[0].mark))
        return _draft(context, Outcome.INFORMATION, lines, _findings(context, given[:1]))
    if pattern("caps_of_list").fullmatch(text):
        chosen, head = [i for i in given if _is_cap(i)], "sift.caps"
    elif pattern("once_of_list").fullmatch(text):
        chosen, head = [i for i in given if i.entry.support and "一次性" in i.entry.support.benefit.quote], "sift.once"
    else:
        return None
    if not chosen:
        return None
    return _draft(context, Outcome.INFORMATION, [wording(head), *_rows(chosen)], _findings(context, chosen))


def sift_by_title(context: Context) -> Draft | None:
    """这里面哪些要小巨人, asked of several supports that were just told: those for which no lesser title will do."""
    match = _NEEDS.search(context.heard.text)
    supports = [context.library.supports[key] for key in context.before.focus if key in context.library.supports]
    tiers = [
        tier for tier, regex in value_patterns()["tiers"] if match and tier != NONE and regex.search(match["title"])
    ]
    if len(supports) < _SEVERAL or len(set(tiers)) != 1:
        return None
    lesser = set(slots()["tiers"].values[: slots()["tiers"].values.index(tiers[0])]) - {"little_giant"}
    findings = tuple(context.assess(s) for s in supports if tiers[0] in titles_of(s) and not lesser & titles_of(s))
    title = texts("tiers")[tiers[0]]
    lines = [*lifecycle_lines(context.words, [f.document for f in findings])]
    lines.append(wording("sift.needs" if findings else "sift.needs_none", title=title))
    for finding in findings:
        wanted = next(c for c in finding.support.when if tiers[0] in c.includes_any)
        mark = context.words.condition_mark(finding, wanted)
        lines.append(wording("sift.needed", name=finding.support.title, condition=wanted.text, mark=mark))
    return _draft(context, Outcome.INFORMATION, lines, findings)


def sift_without_title(context: Context) -> Draft | None:
    """南京哪些不需要称号也能申请: what a city offers that asks for no title."""
    heard = context.heard
    needless = _NEEDS_NO_TITLE.search(heard.text)
    cities = heard.cities or ((_own_city(context),) if _own_city(context) else ())
    if needless is None or len(cities) != 1 or not _WHICH_ONES.search(heard.text):
        return None
    if "tiers" in heard.facts and not _EVEN_SO.match(heard.text[needless.end() :]):
        return None  # 没称号，有什么政策: told of the firm
    if not names_nothing(without_help(heard.text.replace(needless.group(), " "))):
        return None
    everything = ranked(assess_all(context.library, context.conversation.profile, context.words.as_of))
    found = [f for f in everything if f.document.city == cities[0] and not titles_of(f.support)]
    lines = lifecycle_lines(context.words, [f.document for f in found])
    lines.append(wording("sift.no_title", city=city_name(cities[0])))
    lines += overview.titles_of_each(context.words, found[:_PAGE])
    rest = "、".join(f.support.title for f in found[_PAGE:])
    lines += [wording("sift.others", names=rest)] if rest else []
    return _draft(context, Outcome.OVERVIEW, lines, found, keeps_focus=False)


def tell_total(context: Context) -> Draft | None:
    """一共多少, 这些奖加起来最多能拿多少: each sum that is stated, one's own first, and that no total is; 各是多少."""
    heard, before = context.heard, context.before
    each = _EACH_HOW_MUCH.fullmatch(heard.text) is not None
    told = heard.text if each else "，".join(_beside_what_is_told(context))
    rest = "" if each else pattern("asks_total").sub(" ", told)
    if rest == told or _AIM.search(heard.text) or context.answered or heard.has_orders or heard.outside:
        return None
    if len(without_help(core(_ASKS_A_TOTAL.sub(" ", subject_words(rest)))).replace(" ", "")) >= _A_WORD:
        return None
    talked = [k for k in (*before.trail, *before.focus) if k in context.library.supports]
    if context.conversation.counted and any(rates_of(context.library.supports[k]) for k in talked[-1:]):
        return None  # 两个硕士一个博士一共多少
    if before.focus and before.focus[0] not in context.library.supports:
        return None
    named = context.finder.named(heard.text)
    if len(named) == 1 and context.library.supports[named[0]].kind is not Kind.AWARD:
        return None  # 转贷基金一年合计多少额度
    new = {slot: fact for slot, fact in heard.facts.items() if slot not in before.facts}
    of_firm = new if new.keys() - {CITY, "district"} else {}
    if of_firm and any(figure.kind == "money" for figure in read_figures(heard.text)):
        return None  # 小巨人和单项冠军都首次，一共给500万吧
    items = _sums_talked_of(context, talked) if not (before.broad or heard.cities or of_firm) else []
    if len(items) < _SEVERAL and (told_each := _tell_each(context)):
        return told_each
    if len(items) < _SEVERAL:
        for_oneself = heard.speaks_of_self or _ONE_SELF.search(heard.text)
        if len(before.focus) == 1 and not (for_oneself or heard.cities):
            return None  # 一共多少, of the one award that was told
        city = next(iter((*heard.cities, _own_city(context), *context.conversation.focus_cities)), "")
        items = list(sums_of(context, city).items) if city else []
    items = [i for i in items if not _is_lent(i)]
    if len(items) < _SEVERAL:
        return None
    refused = [i.name for i in items if _is_refused(context, i)]
    items = [i for i in items if i.name not in refused]
    findings = _findings(context, items)
    own, open_ = own_first(context, items)
    key = "sift.no_total_own" if own else "sift.no_total"
    heads = ([wording("sift.own")] if own else []) if each else [wording(key)]
    lines = lifecycle_lines(context.words, [f.document for f in findings])
    labels = " · ".join(fact_label(slot, fact) for slot, fact in of_firm.items())
    lines += [wording("interview.noted", facts=labels)] if labels else []
    lines += [*heads, *_rows(own)]
    lines += [wording("compare.sums_open")] if own and open_ else []
    lines += _rows(open_)
    lines += [wording("compare.refused", names="、".join(refused))] if refused else []
    return _draft(context, Outcome.INFORMATION, lines, findings, keeps_focus=False)


def _tell_each(context: Context) -> Draft | None:
    """这两个加起来一共能拿多少, of what was told in turn: what each comes to, and which has no sum."""
    many, rounds = how_many(context.heard.text), context.before.rounds
    if many < _SEVERAL or not rounds:
        return None
    keys = rounds[-1] if len(rounds[-1]) == many else tuple(told[0] for told in rounds[-many:] if told)
    talked = [context.library.supports[key] for key in keys if key in context.library.supports]
    stated = {item.entry.key: item for item in _sums_talked_of(context, keys)}
    if len(talked) != many or not stated or any(_is_lent(item) for item in stated.values()):
        return None
    if context.before.broad:
        return None  # 南京 单项冠军和小巨人都是首次: all that there is was told
    findings = tuple(context.assess(support) for support in talked)
    lines = [*lifecycle_lines(context.words, [f.document for f in findings]), wording("sift.no_total_told")]
    for finding in findings:
        item = stated.get(finding.support.id)
        title, mark = finding.support.title, context.words.benefit_mark(finding)
        lines += _rows([item]) if item else [wording("sift.no_sum", title=title, mark=mark)]
    return _draft(context, Outcome.INFORMATION, lines, findings, keeps_focus=True)


def _beside_what_is_told(context: Context) -> list[str]:
    """The clauses of a message without those that only tell of the firm: 我们是小巨人，今年首次评上，一共能拿多少."""
    heard = context.heard
    facts = [f.words for slot, f in heard.facts.items() if f.words and slot not in {CITY, "district"}]
    clauses = [clause for clause in re.split(r"[，。；\s]+", heard.text) if clause]
    telling = [clause for clause in clauses if any(words in clause for words in facts)]
    kept = [clause for clause in telling if pattern("asks_total").search(clause) or context.finder.named(clause)]
    left = [clause for clause in clauses if clause not in telling or clause in kept]
    for words in facts:
        left = [clause.replace(words, " ") for clause in left]
    return left


def tell_own_award(context: Context) -> Draft | None:
    """奖金呢, 市里给多少: the awards for the titles that the enterprise is known to hold; that there is none."""
    text, city = context.heard.text, _own_city(context)
    held = tuple(t for t in context.conversation.profile["tiers"] or () if t != NONE)
    # 多少钱, after all that there is: of no one support; 头一回 几多: of one's own title.
    first = context.heard.facts.get("first_recognition")
    asked = text.replace(first.words, " ") if first else text
    of_all = (first or len(context.before.focus) > _FEW) and context.heard.facets == ("amount",)
    asked = re.sub(r"\W", "", without_help(core(pattern("of_any_talk").sub(" ", _RECOGNISED.sub(" ", asked)))))
    of_all = of_all and not (asked or any(pattern(name).search(text) for name in ("money_at_large", "at_large")))
    # 今年第一次，奖金有没有份，快说: what asks, beside what is told and how it is to be answered.
    clauses = [c for c in re.split(r"[，。；\s]+", text) if not (first and first.words in c)]
    text = "，".join(c for c in clauses if c and not _HURRIES.fullmatch(c))
    if not held or not city or not (of_all or pattern("own_award").fullmatch(text)):
        return None
    of_city = _OF_THE_CITY.search(text) is not None
    talked = [context.library.supports.get(key) for key in context.before.focus]
    if not of_city and (not context.before.broad or [s.kind for s in talked if s] in ([Kind.AWARD], [Kind.FUNDING])):
        return None
    awards = dict.fromkeys(s.id for t in reversed(held) for s in awards_for(context.library, city, t))
    supports = [context.library.supports[key] for key in awards]
    supports = [s for s in supports if s.benefit.amount_cny is not None] or supports
    findings = tuple(context.assess(support) for support in supports)
    documents = [d for d in context.library.documents.values() if d.city == city]
    noted = [wording("interview.noted", facts=fact_label("first_recognition", first))] if first else []
    lines = [*lifecycle_lines(context.words, documents), *noted]
    for finding in findings:
        lines += verdicts.verdict_lines(context.words, finding, brief=True)
    if findings:
        draft = _draft(context, Outcome.VERDICT, lines, findings, keeps_focus=False)
        return replace(draft, question=context.question_of(findings, context.conversation) or draft.question)
    title = "、".join(texts("tiers")[t] for t in held)
    lines += [wording("silent.award", city=city_name(city), title=title), wording("silent.contact")]
    return _draft(context, Outcome.SILENT, lines, ())


def _own_city(context: Context) -> str:
    city = str(context.conversation.profile[CITY] or "")
    return city if city in served_cities() else ""


def _sums_talked_of(context: Context, keys: Iterable[str]) -> list[Item]:
    """The sums stated of some supports of one city, the largest first; none where they are of several."""
    supports = [context.library.supports[key] for key in keys if key in context.library.supports]
    cities = {context.library.document(s.id).city for s in supports}
    if len(cities) != 1:
        return []
    names = {s.id for s in supports}
    return [item for item in sums_of(context, cities.pop()).items if item.entry.key in names]


def _is_cap(item: Item) -> bool:
    return item.entry.support is not None and item.entry.support.benefit.is_cap


def _is_lent(item: Item) -> bool:
    return item.entry.support is not None and item.entry.support.kind is Kind.FINANCE


def _is_refused(context: Context, item: Item) -> bool:
    support = item.entry.support
    if support is None or context.conversation.profile[CITY] != item.city:
        return False
    return context.assess(support).otherwise is Status.INELIGIBLE


def _rows(items: Sequence[Item]) -> list[str]:
    return [wording("compare.row", name=i.name, text=i.text, mark=i.mark) for i in items]


def _findings(context: Context, items: Sequence[Item]) -> tuple[Finding, ...]:
    return context.findings_of(tuple(item.entry for item in items))


def _draft(
    context: Context, outcome: Outcome, lines: Sequence[str], findings: Sequence[Finding], *, keeps_focus: bool = True
) -> Draft:
    conversation = context.conversation
    if not keeps_focus:
        cities = dict.fromkeys(f.document.city for f in findings)
        conversation = conversation.with_focus((f.support.id for f in findings), cities)
    return Draft(
        outcome,
        conversation,
        tuple(dict.fromkeys(lines)),
        findings=tuple(findings),
        question=context.standing,
        suggestions=suggestions("gap", "proof"),
        abstained=outcome is Outcome.SILENT,
    )
