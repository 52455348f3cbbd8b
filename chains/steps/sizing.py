"""Turns about the size of a firm: what it is worked out to be from what is told, or what that takes."""

import re
from dataclasses import replace

from chains.interview import question_about
from chains.language.clauses import asks_us
from chains.language.sizes import infer_size, measured_in
from chains.prompting import fact_label, wording
from chains.steps.talk import suggestions
from chains.telling.reckoning import size_lacks
from chains.turn import Context, Draft, Outcome
from knowledge.profile import Source

_ASKS_SIZE = re.compile(
    r"(?:什么|啥|哪[种档类]|多大)(?:样的?)?规模|规模(?:算|属于|是)|算(?:不算)?(?:微|小|中|大)型|[微小中大]型(?:企业)?还是[微小中大]型"
)
# 还算小微吗: whether it is of one size.
_WHETHER_SIZE = re.compile(
    r"(?:算|属于|是不是|算不算)(?P<size>小微|中小微?|[微小中大]型)(?:企业)?[吗么不吧?？]|算不算(?P<also>小微|中小微?|[微小中大]型)"
)
_SIZES = {
    "小微": {"micro", "small"}, "中小": {"micro", "small", "medium"}, "中小微": {"micro", "small", "medium"},
    "微型": {"micro"}, "小型": {"small"}, "中型": {"medium"}, "大型": {"large"},
}  # fmt: skip
_MEASURE = re.compile(r"\d[^，。；]{0,3}人|人[^，。；\d]{0,3}\d|[\d千百][^，。；]{0,2}[万亿]")


def tell_size(context: Context) -> Draft | None:
    """25人做软件年收入800万算什么规模, 还算小微吗: the size as it is worked out from what is told, or what it takes."""
    heard, conversation = context.heard, context.conversation
    if context.answered and not heard.asks:
        return _size_asked_before(context)  # 工业，430人，营收1.6亿，算中型: an answer
    whether = _WHETHER_SIZE.search(heard.text)
    names_support = whether is not None and context.finder.named(heard.text, heard.cities)
    industry = heard.reading.industry or conversation.industry
    clauses = [clause for clause in re.split(r"[，。；！？?\s]+", heard.text) if asks_us(clause)]
    asks_more = whether is not None and any(not _WHETHER_SIZE.search(clause) for clause in clauses)
    if names_support or asks_more or (whether is None and not _ASKS_SIZE.search(heard.text)):
        return _say_size_again(context, industry)
    measures = {**conversation.measures, **measured_in(heard.text, asked=True)}
    size = infer_size(heard.text, industry, measures, asked=True)
    size = size or context.before.facts.get("size") or heard.facts.get("size")
    measured = _MEASURE.search(heard.text) is not None
    if size is None and not measured:
        return None
    if size is None or (size.source is not Source.INFERRED and measured):
        known = {slot: fact for slot, fact in context.before.facts.items() if slot == "size"}
        told = {slot: fact for slot, fact in conversation.facts.items() if slot != "size"}
        facts = {"facts": {**told, **known}, "measures": measures, "industry": industry}
        kept = conversation.model_copy(update=facts)
        line = size_lacks(industry, measures)
        return Draft(Outcome.INFORMATION, kept, (line,), question=question_about("size"))
    if size.source is not Source.INFERRED and whether is None:
        return None
    conversation = conversation.with_facts({"size": size})
    context = replace(context, conversation=conversation)
    name = fact_label("size", replace(size, words=""))
    inferred = "talk.size" if industry else "talk.size_by_count"  # 十五个人，算微型吧: whatever it makes
    lines = [wording(inferred if size.source is Source.INFERRED else "talk.size_told", size=name)]
    if whether is not None:
        asked = whether["size"] or whether["also"]
        lines.insert(0, wording("talk.size_is" if size.value in _SIZES[asked] else "talk.size_is_not", size=asked))
    return Draft(
        Outcome.INFORMATION,
        conversation,
        ("".join(lines),),
        question=context.standing,
        suggestions=suggestions("broad"),
    )


def _size_asked_before(context: Context) -> Draft | None:
    """42个人, after 去年营收两千三百万，算什么规模: the size, now that the headcount asked for it is told."""
    before, size = context.before, context.conversation.facts.get("size")
    waits = before.pending is not None and before.pending.slot == "size"
    if not waits or before.goal or before.broad or before.focus or size is None or size.source is not Source.INFERRED:
        return None
    line = wording("talk.size", size=fact_label("size", replace(size, words="")))
    offers = suggestions("broad")
    return Draft(Outcome.INFORMATION, context.conversation, (line,), question=context.standing, suggestions=offers)


def _say_size_again(context: Context, industry: str) -> Draft | None:
    """120人 8500万 制造业 说好几遍了: that the size which these figures tell is known."""
    heard, known = context.heard, context.before.facts.get("size")
    says_more = heard.asks or heard.cities or heard.facts.keys() - {"size"} or context.finder.named(heard.text)
    told = infer_size(heard.text, industry, asked=True)
    if says_more or context.before.pending is not None or known is None or told is None or told.value != known.value:
        return None
    line = wording("talk.size_told", size=fact_label("size", replace(known, words="")))
    return Draft(Outcome.INFORMATION, context.conversation, (line,), suggestions=suggestions("broad"))
