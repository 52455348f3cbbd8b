"""From findings, entries and what is asked of them to the lines of an answer, each with its citation marks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chains.citation import Citations
from chains.eligibility import CITY, Finding, Reason, State, Status
from chains.prompting import fact_label, texts, wording
from chains.retrieval import Entry
from chains.understanding import facets_of
from chains.yes_no import lesser
from knowledge.document import Document, Lifecycle
from knowledge.figures import amounts, read_figures
from knowledge.library import Library
from knowledge.profile import EnterpriseProfile
from knowledge.regions import city_name
from knowledge.support import Condition, Strength, Support

_RESPONSIBLE = re.compile(r"[（(〔](责任单位[：:][^（(〔）)〕]*(?:[（(][^）)]*[）)][^（(〔）)〕]*)*)[）)〕]")
_PLAIN = frozenset({"amount", "conditions", "department", "what", "validity"})
_MONEY_WORDS = re.compile(r"钱|元|金额|补贴|奖|补助|资助|万|报销|面值|面额")
_CLAIMS = re.compile(r"[奖补给助励贴领拿券]|(?<![批研开])发|额度|最高|提高|涨到|上限|不是|应该是|说是")
_FORMER = re.compile(r"[旧老]|以前|原来|原先|从前")
# 投了100万, 营收1亿: what the enterprise spends or earns, no sum that is claimed of a document.
_SPENT = re.compile(r"(?:投[资入]?|花|买|支出|费用)[^，。；\d给补奖]{0,4}$")
_EARNED = re.compile(r"(?:营收|收入|销售额?|营业额|产值)[^，。；\d给补奖]{0,4}$")
_TOLD_BY_BENEFIT = frozenset({"amount", "rate", "count", "duration", "what"})
# What no document of this kind says of a single support, and so is told to be unsaid.
SILENT_ALWAYS = frozenset({"deadline", "procedure", "materials", "phone", "refund", "stacking"})


@dataclass(frozen=True, slots=True)
class Words:
    """What every line needs: the library, the day, the enterprise, and the citations collected so far.

    `day` are the person's words for `as_of` where another day than that of the question is asked of.
    """

    library: Library
    as_of: date
    profile: EnterpriseProfile
    citations: Citations
    warned: frozenset[str] = frozenset()
    day: str = ""

    def condition_number(self, finding: Finding, condition: Condition | None) -> int | None:
        """The number of a condition's quote (of the main quote for None) if the reply cites it."""
        path, quote = self._place(finding, condition)
        return self.citations.number(finding.document, path, quote)

    def _place(self, finding: Finding, condition: Condition | None) -> tuple[str, str]:
        """Where a condition's words stand; where the main quote holds them, it serves for them."""
        path, quote = finding.support.provision, finding.support.benefit.quote
        if condition is None or (condition.provision in (None, path) and condition.quote in quote):
            return path, quote
        return condition.provision or path, condition.quote

    def benefit_mark(self, finding: Finding) -> str:
        return self.condition_mark(finding, None)

    def condition_mark(self, finding: Finding, condition: Condition | None) -> str:
        return self.citations.cite(finding.document, *self._place(finding, condition))


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def tight(text: str) -> str:
    """Without the blanks that printing puts between figures and Chinese."""
    text = re.sub(r"(?<=[\u4e00-\u9fff“”（）《》、，。])\s+(?=[\w“”（）])|(?<=[\w%])\s+(?=[\u4e00-\u9fff])", "", text)
    return text.strip()


def lifecycle_lines(words: Words, documents: Iterable[Document], *, topics: Sequence[str] = ()) -> list[str]:
    """What must be said first of documents that are not in force on the day, with the notices known."""
    lines: list[str] = []
    for document in dict.fromkeys(d.id for d in documents):
        lines += _lifecycle(words, words.library.documents[document], topics)
    return lines


def _lifecycle(words: Words, document: Document, topics: Sequence[str]) -> list[str]:
    record = document.record
    lifecycle = document.lifecycle(words.as_of)
    lines: list[str] = []
    if not record.official:
        lines.append(wording("lifecycle.unofficial", document=record.short_title))
    if _tells_day(words, document):
        told = _on_day(words, document)
        is_well = lifecycle is document.lifecycle(words.citations.as_of) is Lifecycle.IN_FORCE
        lines.append(told if is_well else wording("lifecycle.first", words=told))
    elif document.id in words.warned and lifecycle in {Lifecycle.EXPIRED, Lifecycle.DRAFT}:
        return [wording(f"lifecycle.{lifecycle.value}_again", document=record.short_title)]
    elif lifecycle is Lifecycle.EXPIRED and record.effective_to:
        lines.append(wording("lifecycle.expired", document=record.short_title, date=day(record.effective_to.date)))
    elif lifecycle is Lifecycle.DRAFT:
        lines.append(wording("lifecycle.draft", document=record.short_title))
    elif lifecycle is Lifecycle.REPEALED:
        lines.append(wording("lifecycle.repealed", document=record.short_title))
    elif lifecycle is Lifecycle.NOT_YET and record.effective_from:
        lines.append(wording("lifecycle.not_yet", document=record.short_title, date=day(record.effective_from.date)))
    about = [n for n in record.notices if (not n.topics and lines) or set(n.topics) & set(topics)]
    lines += [wording("lifecycle.notice", text=n.text) for n in about if n.date <= words.as_of]
    return lines


def _end_mark(words: Words, document: Document) -> str:
    """The mark of the words that say until when a document holds."""
    end = document.record.effective_to
    quotes = (words.citations.cite(document, path, end.quote) for path in document.provisions) if end else ()
    return next((mark for mark in quotes if mark), "")


def _tells_day(words: Words, document: Document) -> bool:
    """Whether another day is asked of, and it matters for a document: a draft is one on any day."""
    return bool(words.day) and document.lifecycle(words.as_of) is not Lifecycle.DRAFT


def _on_day(words: Words, document: Document) -> str:
    """What a document is on the day that is asked of, and today where that differs."""
    then, now = document.lifecycle(words.as_of), document.lifecycle(words.citations.as_of)
    end = document.record.effective_to
    mark = _end_mark(words, document)
    is_last = end is not None and end.date == words.as_of and re.search(r"[日号天]", words.day) is not None
    is_open = document.record.effective_from is None and words.as_of < words.citations.as_of
    key = "no_start" if is_open and then is Lifecycle.IN_FORCE else "last_day" if is_last else then.value
    parts = [texts("lifecycle_then")[key]]
    parts += [texts("lifecycle_now")[now.value]] if now is not then or key == "no_start" else []
    until = wording("lifecycle.until", date=day(end.date), mark=mark) if end else ""
    name = document.record.short_title
    return wording("lifecycle.on_day", day=words.day, document=name, told="；".join(parts), until=until)


def notice_topics(supports: Iterable[Support]) -> tuple[str, ...]:
    """The topics of notices that matter to these supports."""
    return tuple({t for s in supports for t in ("aeo",) if t in s.id.split("-")})


def validity_lines(words: Words, document: Document) -> list[str]:
    """Until when a document holds, with the words that say so."""
    record = document.record
    lifecycle = document.lifecycle(words.as_of)
    if lifecycle is Lifecycle.DRAFT:
        mark = words.citations.cite(document, "0", "（征求意见稿）")
        return [wording("lifecycle.draft_is", document=record.short_title, mark=mark), *notice_lines(words, document)]
    if record.effective_to is None:
        return [wording("lifecycle.in_force", document=record.short_title)]
    mark = _end_mark(words, document)
    if lifecycle is Lifecycle.IN_FORCE:
        key = "lifecycle.last_day" if record.effective_to.date == words.as_of else "lifecycle.in_force_until"
    else:
        key = "lifecycle.was_expired"
    lines = [wording(key, document=record.short_title, date=day(record.effective_to.date), mark=mark)]
    if words.day:
        lines = [_on_day(words, document)]
    if lifecycle is Lifecycle.EXPIRED:
        lines += [*notice_lines(words, document), wording("lifecycle.ask", city=city_name(document.city))]
    return lines


def repealed_lines(words: Words, entry: Entry, text: str, *, asked_on: bool) -> list[str]:
    """That a former document no longer holds, where an entry's words repeal it and a question is about it.

    `asked_on` where that entry was talked of before.
    """
    document = words.library.documents[entry.document_id]
    gone = [number for number in document.record.repeals if number in re.sub(r"\s", "", entry.quote)]
    if not asked_on and not _FORMER.search(text):
        gone = [number for number in gone if any(part in text for part in re.findall(r"\d+", number))]
    mark = words.citations.cite(document, entry.provision, entry.quote) if gone else ""
    return [wording("lifecycle.gone", number=n, document=document.record.short_title, mark=mark) for n in gone]


def notice_lines(words: Words, document: Document) -> list[str]:
    """What is known of a document from outside its text, with the word that it is from outside."""
    return [
        wording("lifecycle.notice", text=n.text)
        for n in document.record.notices
        if not n.topics and n.date <= words.as_of
    ]


def information_lines(words: Words, finding: Finding, facets: Sequence[str], text: str) -> list[str]:
    """What a support is, gives and asks for, the facet asked about first."""
    support = finding.support
    mark = words.benefit_mark(finding)
    quote = support.benefit.quote
    silent = [f for f in facets if _is_silent(f, support, text)]
    answered = [f for f in facets if f in _TOLD_BY_BENEFIT and f not in silent] if _asks_in_turn(text) else []
    benefit = wording("support.benefit", title=support.title, benefit=tight(support.benefit.text), mark=mark)
    lines: list[str] = []
    if silent:
        what = "、".join(dict.fromkeys(texts("facets")[f] for f in silent))
        if answered or any(f.kind == "money" for f in read_figures(text)):
            lines += [benefit, wording("support.silent_too", what=what, mark=mark)]
        else:
            lines.append(wording("support.silent", what=what, quote=f"{tight(quote)}。", mark=mark))
        if "department" not in facets:
            lines.append(ask_departments(words, finding))
    elif "department" not in facets[:1]:
        lines.append(benefit)
    if "department" in facets:
        lines.append(departments_line(words, finding))
    if not silent and "department" in facets[:1]:
        lines.append(benefit)
    if "validity" in facets and not _tells_day(words, finding.document):
        lines += validity_lines(words, finding.document)
    if (not silent and not set(facets) <= {"department"}) or "conditions" in facets:
        lines += condition_lines(words, finding)
    if support.strength is Strength.MAY and not silent:
        lines.append(wording("support.may"))
    plain = bool(set(facets) & _PLAIN) and not (support.benefit.is_cap and "amount" in facets)
    if (silent or not plain) and (points := _unsaid(support, silent)):
        lines.append(wording("support.open_points", points="、".join(points), mark=mark))
    return lines


def _asks_in_turn(text: str) -> bool:
    """Whether one thing is asked after another: 给多少，要什么材料，归谁管."""
    return sum(1 for piece in re.split(r"[，、；？?]", text) if facets_of(piece)) > 1


def _unsaid(support: Support, told: Sequence[str]) -> list[str]:
    """The open points that have not been told already."""
    said = "".join(texts("facets")[f] for f in told)
    return [point for point in support.open_points if point not in said][:3]


def _is_silent(facet: str, support: Support, text: str) -> bool:
    """Whether the document leaves unsaid what is asked of a support."""
    figures = read_figures(support.benefit.quote)
    kinds = {f.kind for f in figures}
    if facet in SILENT_ALWAYS:
        return True
    if facet == "amount":
        # 让多少企业进上市后备库: how many, not how much.
        counts = "number" in kinds and not _MONEY_WORDS.search(text)
        return not kinds & {"money", "rate"} and not counts
    if facet == "rate":
        return "rate" not in kinds
    if facet == "duration":
        return not re.search(r"\d\s*(?:天|日|个月)|(?<!\d)\d{1,2}\s*年|一次性", support.benefit.quote)
    if facet == "count":
        return not re.search(r"[一二三四五六七八九十\d]+\s*(?:名|家|张|个|项|次|件|人)", support.benefit.quote)
    if facet == "scope":
        return not (re.search(r"哪些|什么", text) and "、" in support.benefit.quote)
    return False


def condition_lines(words: Words, finding: Finding) -> list[str]:
    stated = [c for c in finding.support.when if not c.open]
    lines: list[str] = []
    if stated:
        parts = [f"{c.text}{words.condition_mark(finding, c)}" for c in stated]
        lines.append(wording("support.conditions", conditions="；".join(parts), mark=""))
    for condition in (c for c in finding.support.when if c.open):
        mark = words.condition_mark(finding, condition)
        lines.append(wording("support.open_condition", quote=condition.quote, mark=mark))
    if not finding.support.when:
        lines.append(wording("support.no_conditions", mark=words.benefit_mark(finding)))
    return lines


def responsible_quote(document: Document, path: str) -> str | None:
    """The words of a provision that name who is responsible."""
    match = _RESPONSIBLE.search(document.words(path))
    return match.group(1) if match else None


def departments_line(words: Words, finding: Finding, key: str = "support.departments") -> str:
    names = finding.support.departments
    if not names:
        return wording("support.no_departments", city=city_name(finding.document.city))
    quote = responsible_quote(finding.document, finding.support.provision)
    path = finding.support.provision
    mark = words.citations.cite(finding.document, path, quote) if quote else ""
    return wording(key, departments="、".join(names), mark=mark)


def ask_departments(words: Words, finding: Finding) -> str:
    return departments_line(words, finding, "support.ask_departments")


def premise_lines(words: Words, findings: Sequence[Finding], text: str) -> tuple[list[str], list[str]]:
    """Where a sum that the person heard of is not the document's: what to say before the answer, and after it.

    The person's figure itself is not repeated. Another support of the city that does give that sum is named.
    """
    lines = _lesser_lines(words, findings, text)
    figures = [f for f in read_figures(text) if f.kind == "money"]
    spent = [f for f in figures if _SPENT.search(text[: f.start])]
    lines += _unsaid_lines(words, findings, text, spends=bool(spent))
    told = [f for f in figures if f not in spent and not _EARNED.search(text[: f.start])]
    claimed = {int(f.value) for f in told if _CLAIMS.search(text[: f.start][-14:])}
    if not claimed or not findings:
        return lines, []
    stated = {amount for f in findings for amount in amounts(f.support.benefit.quote)}
    wrong = claimed - stated
    if not wrong:
        return lines, []
    after: list[str] = []
    city = findings[0].document.city
    for support in words.library.supports.values():
        document = words.library.document(support.id)
        if document.city == city and support.benefit.amount_cny in wrong:
            mark = words.citations.cite(document, support.provision, support.benefit.quote)
            benefit = tight(support.benefit.text)
            after.append(wording("premise.perhaps", title=support.title, benefit=benefit, mark=mark))
    return [*lines, wording("premise.wrong")], after[:1]


def _lesser_lines(words: Words, findings: Iterable[Finding], text: str) -> list[str]:
    """参与行业标准有没有: that what is named is of a lower level than the condition asks for, where that is open."""
    lines: list[str] = []
    for finding in findings:
        for reason in finding.reasons:
            condition, said = reason.condition, lesser(reason.slot or "", text)
            if condition is not None and said is not None and reason.state is State.UNKNOWN:
                mark = words.condition_mark(finding, condition)
                lines.append(wording("premise.lesser", said=said, condition=condition.text, mark=mark))
    return lines


def _unsaid_lines(words: Words, findings: Iterable[Finding], text: str, *, spends: bool) -> list[str]:
    """What is asked and left open: 投了100万能给多少 the share of what is spent, 每家6000万还是总共 which of both."""
    either = {text[m.end() - 2 : m.end()] for m in re.finditer(r"[\u4e00-\u9fff]{2}(?=[^，。；？?]*还是)", text)}
    for finding in findings:
        points = finding.support.open_points
        unsaid = [p for p in points if (spends and "比例" in p) or ("还是" in p and any(word in p for word in either))]
        if unsaid:
            return [wording("support.open_points", points="、".join(unsaid), mark=words.benefit_mark(finding))]
    return []


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
            return lines
        return [f"{quote}{named}", *lines]
    silent = _silent_on(entry.quote, facets, text) if tells_silence else []
    if silent:
        what = "、".join(texts("facets")[f] for f in silent)
        return [wording("fact.silent", what=what, quote=f"“{tight(entry.quote)}”", mark=mark)]
    return [wording("fact.line", topic=entry.title, quote=f"“{tight(entry.quote)}”", mark=mark)]


def _silent_on(quote: str, facets: Sequence[str], text: str) -> list[str]:
    figures = read_figures(quote)
    kinds = {f.kind for f in figures}
    silent = [f for f in facets if f in SILENT_ALWAYS - {"stacking"}]
    if "amount" in facets and _MONEY_WORDS.search(text) and "money" not in kinds:
        silent.append("amount")
    if "rate" in facets and "rate" not in kinds and "amount" not in silent:
        silent.append("rate")
    return silent


def verdict_lines(words: Words, finding: Finding, *, brief: bool = False, again: bool = False) -> list[str]:
    """The verdict on one support: the status, what it gives, why, and what is missing or open.

    `again` where the support was just talked of: while its verdict is open, what it gives is not told once more.
    """
    status = finding.otherwise
    title, benefit = finding.support.title, f"{tight(finding.support.benefit.text)}"
    if status is Status.INELIGIBLE:
        lines = refusal(words, finding)
    else:
        mark = words.benefit_mark(finding)
        if again and status is Status.UNDETERMINED:
            lines = [wording("verdict.still_open", title=title)]
        elif finding.status is Status.NOT_IN_FORCE:
            lines = [wording("support.benefit", title=title, benefit=benefit, mark=mark)]
        else:
            lines = [wording(f"verdict.{status.value}", title=title, benefit=benefit, mark=mark)]
        lines += _because(words, finding)
    if finding.status is Status.NOT_IN_FORCE:
        name = "lifecycle.once_final" if finding.lifecycle is Lifecycle.DRAFT else "lifecycle.otherwise"
        lines.append(wording(name, status=texts("status")[status.value]))
    if not brief and finding.status in {Status.ELIGIBLE, Status.CONDITIONAL}:
        if finding.support.strength is Strength.ENCOURAGES:
            lines.append(wording("support.encourages"))
        elif finding.support.strength is Strength.MAY:
            lines.append(wording("support.may"))
        if points := finding.support.open_points:
            lines.append(wording("support.open_points", points="、".join(points[:4]), mark=words.benefit_mark(finding)))
        lines.append(ask_departments(words, finding))
    return lines


def _because(words: Words, finding: Finding) -> list[str]:
    lines: list[str] = []
    met = [r for r in finding.reasons if r.state is State.MET and r.condition is not None]
    unknown = [r for r in finding.reasons if r.state is State.UNKNOWN]
    if met:
        parts = [f"{r.condition.text}{words.condition_mark(finding, r.condition)}" for r in met if r.condition]
        lines.append(wording("verdict.met", conditions="；".join(parts)))
    for reason in finding.reasons:
        if reason.state is State.OPEN and reason.condition is not None:
            mark = words.condition_mark(finding, reason.condition)
            lines.append(wording("support.open_condition", quote=reason.condition.quote, mark=mark))
    if unknown:
        parts = [condition_text(finding, r) + words.condition_mark(finding, r.condition) for r in unknown]
        lines.append(wording("verdict.missing", conditions="；".join(parts)))
    return lines


def condition_text(finding: Finding, reason: Reason) -> str:
    if reason.condition is not None:
        return reason.condition.text
    return f"企业在{city_name(finding.document.city)}"


def own_fact(words: Words, slot: str | None) -> str | None:
    """The enterprise's fact of a slot, as it would say it."""
    fact = words.profile.facts.get(slot or "")
    return fact_label(slot or "", fact) if fact else None


def is_ruled_out(finding: Finding) -> bool:
    """Whether what is known of the enterprise, besides its city, is against a support of its city."""
    unmet = [r for r in finding.reasons if r.state is State.UNMET]
    return bool(unmet) and all(r.condition is not None for r in unmet)


def refusal(words: Words, finding: Finding) -> list[str]:
    """The first unmet condition, and the way there."""
    title = finding.support.title
    unmet = next(r for r in finding.reasons if r.state is State.UNMET)
    key = "verdict.ineligible"
    own = own_fact(words, unmet.slot) or ""
    if unmet.condition is None:
        mark = words.benefit_mark(finding)
        because = wording("verdict.unmet_city", city=city_name(finding.document.city), mark=mark, own=own)
        return [wording(key, title=title, because=because + "。")]
    mark = words.condition_mark(finding, unmet.condition)
    because = wording("verdict.unmet", condition=unmet.condition.text, mark=mark, fact=own)
    lines = [wording(key, title=title, because=because + "。")]
    if unmet.condition.includes_any:
        wanted = "或".join(texts("tiers")[t] for t in unmet.condition.includes_any)
        lines.append(wording("verdict.way_tier", tier=wanted))
    return lines


def refusal_reason(words: Words, finding: Finding) -> str:
    unmet = next(r for r in finding.reasons if r.state is State.UNMET)
    mark = words.condition_mark(finding, unmet.condition)
    own = own_fact(words, unmet.slot) or ""
    return wording("verdict.unmet_short", condition=condition_text(finding, unmet), mark=mark, fact=own)


def proof_lines(words: Words, finding: Finding) -> list[str]:
    """Each condition with the enterprise's fact and the clause."""
    status = texts("status")[finding.otherwise.value]
    lines = [wording("proof.head", title=finding.support.title, status=status)]
    for reason in finding.reasons:
        if reason.slot == CITY and reason.condition is None:
            mark = ""
        else:
            mark = words.condition_mark(finding, reason.condition)
        own = own_fact(words, reason.slot) or ""
        lines.append(
            wording(f"proof.{reason.state.value}", condition=condition_text(finding, reason), mark=mark, fact=own)
            if reason.state in {State.MET, State.UNMET}
            else wording(f"proof.{reason.state.value}", condition=condition_text(finding, reason), mark=mark)
        )
    quote = finding.support.benefit.quote
    lines.append(wording("proof.quote", quote=tight(quote), mark=words.benefit_mark(finding)))
    return lines


def gap_lines(words: Words, findings: Iterable[Finding]) -> list[str]:
    """What is missing for each support: the conditions not met, or, where none is, the facts not known."""
    lines: list[str] = []
    for finding in findings:
        missing = {State.UNMET} if finding.otherwise is Status.INELIGIBLE else {State.UNKNOWN}
        for reason in finding.reasons:
            if reason.state not in missing:
                continue
            mark = words.condition_mark(finding, reason.condition)
            name = condition_text(finding, reason)
            if reason.state is State.UNMET:
                own = own_fact(words, reason.slot) or ""
                lines.append(wording("gap.unmet", title=finding.support.title, condition=name, mark=mark, fact=own))
            else:
                lines.append(wording("gap.unknown", title=finding.support.title, condition=name, mark=mark))
    return [wording("gap.head"), *lines] if lines else [wording("gap.none")]
