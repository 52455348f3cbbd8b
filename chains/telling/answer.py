"""From findings, entries and what is asked of them to the lines of an answer, each with its citation marks."""

import re
from collections.abc import Sequence

from chains.eligibility import CITY, Finding, State, Status
from chains.finding.entries import Entry
from chains.language.clauses import pattern
from chains.language.question_words import facets_of
from chains.prompting import texts, wording
from chains.telling.offices import first_to_ask, responsible_quote
from chains.telling.open_points import asked_points, open_points, post_is_named
from chains.telling.premise import asks_once_more
from chains.telling.terms import gives
from chains.telling.validity import tells_day, validity_lines
from chains.telling.words import Words, pairs, tight
from knowledge.document import Document
from knowledge.figures import read_figures
from knowledge.profile import Source
from knowledge.regions import city_name
from knowledge.support import Condition, Kind, Strength, Support

_PLAIN = frozenset({"amount", "conditions", "department", "what", "validity"})
_HOW_HIGH = re.compile(r"多少|几|多高|比例")
_MONEY_WORDS = re.compile(r"钱|元|金额|补贴|奖|补助|资助|万|报销|面值|面额|补(?=多少|几)")
# 门槛降多少, 占多少: what is asked after need be no money.
_IS_MONEY = re.compile(rf"{_MONEY_WORDS.pattern}|[给拿领补发借贷]|额|^[^，。；\u4e00-\u9fff]*$")
# 给多少亩指标, 份额留多少: what is measured in something else is no money, though it is given.
_OF_ANOTHER_MEASURE = re.compile(
    r"(?:多少|几)(?:亩|平米?|平方|公顷|度|吨|份额|面积|指标)|(?:份额|面积|亩数|指标)[^元钱万；。]{0,5}(?:多少|几)|[留匀]出?(?:多少|几)"
)
_TOLD_BY_BENEFIT = frozenset({"amount", "rate", "count", "duration", "what"})
# What no document of this kind says of a single support, and so is told to be unsaid.
SILENT_ALWAYS = frozenset(
    {"deadline", "procedure", "materials", "phone", "address", "refund", "stacking", "payout", "recipient", "taxed"}
    | {"audited", "split", "processing"}
)
# What an open point may say more exactly: 按企业还是按产品算.
_OPEN_TOO = frozenset({"scope", "recipient", "count", "fee", "duration"})
# 是稳拿1000万还是上限: whether a sum is one or a cap.
_A_CAP = re.compile(r"(?:上限|封顶|最[高多])[^，。；]{0,8}还是|还是[^，。；]{0,8}(?:上限|封顶|最[高多])")
# 对首次获评的企业给予奖励: who is given it.
_TO_THE_FIRM = re.compile(r"(?:企业|平台)[”“]?(?:分别)?(?:再)?给予[^，。；]*(?:奖|补|资助)")
_OF_A_FEE = re.compile(r"免费|零成本|收费|付费|费用|费率|利率")
# 由哪个局牵头: who is in charge, and not who wrote it.
_IN_CHARGE = re.compile(r"牵头|负责|责任|主管|归口")
# 什么时候开始的, of 本措施自公布之日起施行.
_TAKES_EFFECT = re.compile(r"施行|生效|实施之日")
# How long a quote may be that only says 征求意见稿, and what two names must have in common to say the same.
_A_STATUS, _A_NAME = 10, 4
# So many offices are told without saying which to ask first.
_MANY = 4
# 哪几个海关, 哪几条: which they are, and not how many.
_WHICH = re.compile(r"哪几")
# 十大产业链有哪些, 是哪四个集群: their names.
_WHICH_ONES = re.compile(
    r"哪些(?!企业|公司|部门|单位)|哪(?:几|[两三四五六七八九十]|\d+)[个家条项大]|名单|叫(?:什么|啥)名"
)
_A_NUMBER_OF = re.compile(r"\d+\s*(?:[个家条]|大(?!型))")
# What names whom a support is for, and how long words must be that two provisions have in common to speak of one field.
_FIRMS = re.compile(
    r"国家级?|省级|市级|专精特新|[“”\"]|小巨人|中小企业|企业|制造业|单项冠军|支持|鼓励|给予|建设|[，。；、]"
)
_A_FIELD = 6
# 一个月还是一年: of which period a sum is.
_PERIOD = re.compile(r"[月年][^，。；]{0,3}还是[^，。；]{0,4}[月年]")


def information_lines(
    words: Words, finding: Finding, facets: Sequence[str], text: str, *, refused: bool = False
) -> list[str]:
    """What a support is, gives and asks for, the facet asked about first.

    Where it was just `refused`, the condition that is not met is not told once more.
    """
    support = finding.support
    mark = words.benefit_mark(finding)
    quote = support.benefit.quote
    silent = [f for f in facets if _is_silent(f, support, text)]
    asked = asked_points(support, text) if set(silent) <= _OPEN_TOO else []
    silent = [] if asked else silent
    answered = [f for f in facets if f in _TOLD_BY_BENEFIT and f not in silent] if _asks_in_turn(text) else []
    benefit = wording("support.benefit", title=support.title, benefit=tight(support.benefit.text), mark=mark)
    in_words = ""
    lines: list[str] = []
    open_line = wording("support.open_points", points="、".join(asked), mark=mark)
    is_written = bool(asked) and post_is_named(support, text)
    opening: list[str] = []
    if asked and not is_written:
        lines.append(open_line)
    elif "instalments" in facets and "instalments" not in silent:
        opening.append(wording("support.at_once"))
    elif _A_CAP.search(text) and any(f.kind == "money" for f in read_figures(quote)):
        opening.append(wording("support.capped" if support.benefit.is_cap else "support.fixed"))
    elif "recipient" in facets and "recipient" not in silent:
        opening.append(wording("support.to_the_firm"))
    elif support.benefit.period in {"month", "year"} and _PERIOD.search(text):
        opening.append(wording(f"premise.per_{support.benefit.period}"))
    if silent:
        what = _what_is_unsaid(silent, text)
        if answered or opening:
            lines += [*opening, benefit, wording("support.silent_too", what=what, mark=mark)]
        elif any(f.kind == "money" for f in read_figures(text)):
            lines += [wording("support.silent_too", what=what, mark=mark), benefit]
        else:
            lines.append(wording("support.silent", what=what, quote=f"{tight(quote)}。", mark=mark))
            in_words = tight(quote)
        if "department" not in facets:
            lines.append(ask_departments(words, finding))
    elif "department" not in facets[:1]:
        lines += [*opening, benefit]
    if "department" in facets:
        lines += _departments(words, finding, text)
    if not silent and "department" in facets[:1]:
        lines += [*opening, benefit]
    if "validity" in facets and not tells_day(words, finding.document):
        lines += validity_lines(words, finding.document)
    if "conditions" in facets:
        lines += condition_lines(words, finding, refused=refused, asked=True)
    elif tuple(facets) != ("department",):
        lines += condition_lines(words, finding, in_words, tight(support.benefit.text), refused=refused)
    if support.strength is Strength.MAY and not silent:
        lines.append(wording("support.may"))
    lines += [open_line] if is_written else []
    plain = bool(set(facets) & _PLAIN) and not (support.benefit.is_cap and "amount" in facets)
    plain = plain and not _WHICH.search(text)
    if not asked and (silent or not plain) and (points := _unsaid(support, silent, text)):
        lines.append(wording("support.open_points", points="、".join(points), mark=mark))
    return lines


def unsaid_line(words: Words, finding: Finding, facets: Sequence[str], text: str) -> str | None:
    """That the document leaves unsaid some of what is asked of a support, in a line; None where it says all of it."""
    silent = [f for f in facets if _is_silent(f, finding.support, text)]
    if not silent or (set(silent) <= _OPEN_TOO and asked_points(finding.support, text)):
        return None
    return wording("support.silent_too", what=_what_is_unsaid(silent, text), mark=words.benefit_mark(finding))


def left_unsaid(words: Words, finding: Finding, facets: Sequence[str], text: str) -> list[str]:
    """搬过去要满几年, of what is only supposed: that the document leaves it unsaid; nothing where it is refused."""
    silent = [f for f in facets if _is_silent(f, finding.support, text)]
    if not silent or finding.otherwise is Status.INELIGIBLE:
        return []
    return [wording("support.silent_too", what=_what_is_unsaid(silent, text), mark=words.benefit_mark(finding))]


def _what_is_unsaid(silent: Sequence[str], text: str) -> str:
    """The names of what is asked and not said: money by that name only where money is asked for."""
    names = dict(texts("facets"))
    if _OF_ANOTHER_MEASURE.search(text) or not _IS_MONEY.search(text):
        names["amount"] = names["rate"] if "rate" in silent else wording("support.how_many")
    return "、".join(dict.fromkeys(names[f] for f in silent))


def no_award_lines(supports: Sequence[Support | None], text: str) -> list[str]:
    """That nothing is given, where an award or money is asked for and none of what was found gives any."""
    asks = pattern("asks_for_award").search(text) is not None
    if not asks or any(s is not None and gives(s) for s in supports):
        return []
    return [wording("support.no_award" if any(supports) else "support.no_award_here")]


def given_besides(words: Words, findings: Sequence[Finding]) -> list[str]:
    """Of 智能车间, for which nothing is given: what the document gives for what its provision speaks of, elsewhere."""
    told = {finding.support.id for finding in findings}
    titles: dict[str, None] = {}
    for finding in findings:
        own = pairs(_of_no_firm(f"{finding.support.title}{finding.support.benefit.quote}"))
        spoken_of = _of_no_firm(finding.document.words(finding.support.provision))
        for support in words.library.supports.values():
            of_it = words.library.document(support.id) is finding.document and support.id not in told
            if not of_it or support.provision == finding.support.provision or not gives(support):
                continue
            quote = _of_no_firm(support.benefit.quote)
            shared = [quote[i : i + _A_FIELD] for i in range(len(quote) - _A_FIELD + 1)]
            if any(part in spoken_of and pairs(part) & own for part in shared if " " not in part):
                titles[support.title] = None
    return [wording("support.given_besides", titles="、".join(titles))] if titles else []


def _of_no_firm(text: str) -> str:
    """A text without blanks and without the names of those it is for."""
    return _FIRMS.sub(" ", re.sub(r"\s", "", text))


def _bare(quote: str) -> str:
    """A quote without marks of its own around all of it, to be put between such marks."""
    return re.sub(r"^“([^“”]*)”$", r"\1", quote)


def _asks_in_turn(text: str) -> bool:
    """Whether one thing is asked after another: 给多少，要什么材料，归谁管."""
    return sum(1 for piece in re.split(r"[，、；？?]", text) if facets_of(piece)) > 1


def _unsaid(support: Support, told: Sequence[str], text: str) -> list[str]:
    """The open points that have not been told already, those asked for first."""
    said = "".join(texts("facets")[f] for f in told)
    return [point for point in open_points(support, text) if point not in said][:3]


def _is_silent(facet: str, support: Support, text: str) -> bool:
    """Whether the document leaves unsaid what is asked of a support."""
    figures = read_figures(support.benefit.quote)
    kinds = {f.kind for f in figures}
    if facet in {"duration", "stacking"} and asks_once_more(support, text):
        return False
    if facet == "fee":
        return _OF_A_FEE.search(support.benefit.quote) is None
    if facet == "taxed":
        return support.kind is not Kind.TAX
    if facet == "recipient":
        return not _TO_THE_FIRM.search(support.benefit.quote)
    if facet in SILENT_ALWAYS:
        return True
    if facet == "instalments":
        return "一次性" not in support.benefit.quote
    if facet == "amount":
        # 让多少企业进上市后备库: how many, not how much.
        counts = "number" in kinds and not _MONEY_WORDS.search(text)
        return not kinds & {"money", "rate"} and not counts
    if facet == "rate":
        # 真的不要利息吗: whether there are any, and not how high.
        return "rate" not in kinds and not (pattern("asks_costs").search(text) and not _HOW_HIGH.search(text))
    if facet == "duration":
        return not re.search(r"\d\s*(?:天|日|个月)|(?<!\d)\d{1,2}\s*年|一次性", support.benefit.quote)
    if facet == "count":
        return _WHICH.search(text) is None and not re.search(
            r"[一二三四五六七八九十\d]+\s*(?:名|家|张|个|项|次|件|人)", support.benefit.quote
        )
    if facet == "scope":
        if _A_CAP.search(text) or (support.benefit.period and _PERIOD.search(text)):
            return False
        return not (re.search(r"哪些|什么", text) and "、" in support.benefit.quote)
    return False


def condition_lines(
    words: Words, finding: Finding, quoted: str = "", told: str = "", *, refused: bool = False, asked: bool = False
) -> list[str]:
    """What is demanded, but for what the words `quoted` say already, or, of what is left open, those `told`.

    The first that is not met is left out where it was told to be `refused`. What the firm is known to meet is said
    to be met, unless the conditions themselves are `asked` for.
    """
    support = finding.support
    unmet = next((r.condition for r in finding.reasons if r.state is State.UNMET), None) if refused else None
    stated = [c for c in support.when if not c.open and c is not unmet]
    lines: list[str] = []
    if any(tight(c.quote) not in quoted for c in stated):
        parts = [f"{c.text}{words.condition_mark(finding, c)}" for c in stated]
        key = (
            "verdict.met"
            if not asked and all(_is_known_met(words, finding, c) for c in stated)
            else "support.conditions"
        )
        lines.append(wording(key, conditions="；".join(parts), mark=""))
    lines += open_lines(words, finding, [c for c in support.when if c.open and tight(c.quote) not in quoted + told])
    if not (support.when or quoted or told):
        lines.append(wording("support.no_conditions", mark=words.benefit_mark(finding)))
    return lines


def _is_known_met(words: Words, finding: Finding, condition: Condition) -> bool:
    """是专精特新企业, of a firm of that city that said to be one: nothing that it has to hear as a demand."""
    facts = words.profile.facts
    own, told = facts.get(CITY), facts.get(condition.slot or "")
    met = any(r.condition is condition and r.state is State.MET for r in finding.reasons)
    here = own is not None and own.value == finding.document.city and own.source is Source.STATED
    return met and here and told is not None and told.source is Source.STATED


def open_lines(words: Words, finding: Finding, conditions: Sequence[Condition]) -> list[str]:
    """What only the authority can decide, in one line."""
    if not conditions:
        return []
    quotes = "、".join(f"“{_bare(c.quote)}”" for c in conditions)
    marks = "".join(dict.fromkeys(words.condition_mark(finding, c) for c in conditions))
    return [wording("support.open_condition", quote=quotes, mark=marks)]


def departments_line(words: Words, finding: Finding, key: str = "support.departments") -> str:
    names = finding.support.departments
    if not names:
        return wording("support.no_departments", city=city_name(finding.document.city))
    quote = responsible_quote(finding.document, finding.support.provision)
    path = finding.support.provision
    mark = words.citations.cite(finding.document, path, quote) if quote else ""
    return wording(key, departments="、".join(names), mark=mark)


def _departments(words: Words, finding: Finding, text: str) -> list[str]:
    """Who is responsible; of many offices first the one to ask first, by the matter."""
    support, listed = finding.support, departments_line(words, finding)
    if len(support.departments) <= _MANY:
        return [listed]
    matter = f"{text}{support.title}{support.benefit.quote}"
    return [line for line in (first_to_ask(words, finding.document, support.provision, matter), listed) if line]


def ask_departments(words: Words, finding: Finding) -> str:
    return departments_line(words, finding, "support.ask_departments")


def whom_to_ask(words: Words, finding: Finding, text: str) -> str:
    """Whom to turn to, in one line: of many offices the one to ask first."""
    if len(finding.support.departments) <= _MANY:
        return ask_departments(words, finding)
    return _departments(words, finding, text)[0]


def fact_lines(
    words: Words, entry: Entry, facets: Sequence[str], text: str, *, tells_silence: bool = True
) -> list[str]:
    """A fact in the words of the document; and, unless already told, that what was asked is not in them."""
    document = words.library.documents[entry.document_id]
    mark = words.citations.cite(document, entry.provision, entry.quote)
    if "department" in facets and (quote := responsible_quote(document, entry.provision)):
        named = words.citations.cite(document, entry.provision, quote)
        lines = [wording("fact.line", topic=entry.title, quote=f"“{tight(entry.quote)}”", mark=mark)]
        if "责任单位" in entry.quote:
            return [_fact_line(entry, document, mark)]
        if entry.quote in quote:
            return [f"{quote}{named}"]
        return [f"{quote}{named}", *lines]
    has_offices = "责任单位" in entry.quote or responsible_quote(document, entry.provision) is not None
    if tells_silence and "department" in facets and not has_offices and _IN_CHARGE.search(text):
        unwritten = wording("support.no_departments", city=city_name(entry.city))
        return [unwritten, _fact_line(entry, document, mark)]
    counts = "、" not in entry.quote and _A_NUMBER_OF.search(entry.quote) is not None
    if tells_silence and counts and _WHICH_ONES.search(text):
        return [wording("fact.count_only", quote=f"“{tight(entry.quote)}”", mark=mark)]
    dated = any(figure.kind == "date" for figure in read_figures(entry.quote))
    if tells_silence and "deadline" in facets and not dated and _TAKES_EFFECT.search(entry.quote):
        what = wording("fact.publication")
        return [wording("fact.silent", what=what, quote=f"“{tight(entry.quote)}”", mark=mark)]
    silent = _silent_on(entry.quote, facets, text) if tells_silence and not _is_status(entry.quote) else []
    if silent:
        what = "、".join(texts("facets")[f] for f in silent)
        return [wording("fact.silent", what=what, quote=f"“{tight(entry.quote)}”", mark=mark)]
    return [_fact_line(entry, document, mark)]


def _is_status(quote: str) -> bool:
    """Whether a quote only says that a document is a draft, and so is silent on everything."""
    return "征求意见稿" in quote and len(tight(quote)) <= _A_STATUS


def _fact_line(entry: Entry, document: Document, mark: str) -> str:
    """A fact under its name; without it where its own words begin with that (责任单位：…), or tell of the draft."""
    quote = tight(entry.quote)
    if _is_status(quote):
        return wording("lifecycle.draft_is", document=document.record.short_title, mark=mark)
    begins = any(quote.startswith(part) for i in range(len(entry.title) - 2) if (part := entry.title[i:]))
    if entry.title.endswith("责任单位"):
        return wording(
            "fact.responsible", topic=entry.title.removesuffix("责任单位").removesuffix("的"), quote=quote, mark=mark
        )
    is_aim = "目标" in entry.title
    if not is_aim and (begins or quote[:_A_NAME] == entry.title[:_A_NAME]):
        return wording("fact.bare", quote=quote, mark=mark)
    return wording("fact.line", topic=entry.title, quote=f"“{quote}”", mark=mark)


def _silent_on(quote: str, facets: Sequence[str], text: str) -> list[str]:
    figures = read_figures(quote)
    kinds = {f.kind for f in figures}
    told = {"taxed": "税" in quote, "deadline": _TAKES_EFFECT.search(quote) is not None}
    silent = [f for f in facets if f in SILENT_ALWAYS - {"stacking"} and not told.get(f)]
    if "amount" in facets and _MONEY_WORDS.search(text) and "money" not in kinds:
        silent.append("amount")
    if "rate" in facets and "rate" not in kinds and "amount" not in silent:
        silent.append("rate")
    return silent
