"""Until when a city's document holds, and that a former one holds no longer."""

import re

from chains.eligibility import CITY
from chains.finding.naming import content, core
from chains.language.clauses import pattern, split_clauses, without_hearsay
from chains.language.question_words import asks_at_large, facet_words, facets_of, named_things
from chains.prompting import wording
from chains.steps import left_unsaid
from chains.steps.noted import noted_lines
from chains.steps.talk import suggestions
from chains.telling.validity import (
    FROM_WHEN,
    begin_lines,
    former_named,
    repealed_lines,
    tells_term,
    validity_lines,
)
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.regions import city_name, served_cities

# How much is said besides, and how much of it an entry must hold, for that to be what is asked.
_MUCH, _FITS = 6, 0.34
_A_WORD = 2
_DOCUMENT = re.compile(r"计划|措施|办法|方案|文件|征求意见稿?|新政|这份|那份")
# 之前的方案, 旧的那份文件: one that held before.
_A_FORMER_ONE = re.compile(
    r"(?:之前|以前|原来|原先|从前|[旧老])的?(?:[那这][个份套])?(?:行动)?(?:文件?|措施|方案|政策|办法|通知|版)|^那?(?:之前|以前|原来|[旧老])的(?=还|能|算|管|有)"
)
# What tells of a document as such, and of nothing in it: its name, what it is for, from when it holds.
_OF_A_WHOLE = frozenset({"0", "end"})
_DOCUMENT_WORDS = re.compile(
    r"行动|计划|措施|办法|方案|通知|文件|政策|规定|新政|专精特新|条款|这份|这个|三年|若干|(?:我|他)?(?:跟|和|对|给|让|叫)(?:我们?|老板|领导|他们?|她)(?:说|讲|汇报|去|都|直接)*|(?:去|再|直接|只能)*[找问](?:一?下)?(?:市|县|区)?(?:工信|发改|科技|财政)[局委办]|所有这些|这些|那些|上面|以上|征求意见稿?|草案|正式稿?|[到过]期了?|失效了?|作废了?|[这那][一几]?套(?:东西)?"
)
# 当时没领 现在能补不, 去年评的还能补领吗: what was not drawn in time.
_GOT_LATE = re.compile(
    r"(?:(?:能|可以?|会|给)(?:不能|不会|不给)?|还|再)(?:再|给我们?)?补(?:领|发|报|办|给|一下|上)?(?:吗|么|嘛|不|没|[?？]|$|[，。；\s])|补领|补发"
)
_A_YEAR = re.compile(r"20\d\d年?[底初]?")
_EVERY_DOCUMENT = re.compile(
    r"(?:[几三四五各每]|所有|全部)的?(?:[个份])?(?:城?市的?)?(?:文件|政策|计划)|哪(?:[个份几些]|几[个份])(?:文件|政策)"
    r"|哪(?:几个?|些|个)?(?:城?市|地方)的?(?=[^，。；]{0,4}(?:今年|现在|目前|眼下|还))(?:[^，。；]{0,6}(?:领|拿|用|申请|报|享受)的?)"
    r"|哪(?:几个?|些|个)(?:城?市)的?(?:文件|政策|计划)|哪[个份](?:市的?)?(?:文件|政策|计划)?最(?:早|晚|先|后)"
)


def tell_validity(context: Context) -> Draft | None:
    """Until when a city's document holds, where no support is named."""
    heard, conversation = context.heard, context.conversation
    entries = context.subject.entries
    if draft := left_unsaid.of_its_year(context):  # 26年评上的呢
        return draft
    # 那就是说2029年元旦就不行了: a day is asked of what was talked of.
    of_a_day = heard.as_of is not None and not (entries or context.answered) and bool(conversation.focus_cities)
    of_a_day = of_a_day and not (context.before.broad and "can_get" in heard.intents)
    elsewhere = context.subject.elsewhere
    # 那镇江呢, after 有效期 of another city's document; of a support it asks whether there is one.
    of_term = elsewhere is not None and tells_term(context.library.documents[elsewhere.document_id], elsewhere)
    at_large = asks_at_large(heard.text) and not named_things(heard.text)
    began = "validity" in context.before.facets and FROM_WHEN.search(heard.text)  # 什么时候开始的呢
    late = _afterwards(context)  # 23年评的 当时没领 现在能补不
    if at_large or not ("validity" in heard.facets or of_a_day or of_term or began or late):
        return None
    if elsewhere is not None and elsewhere.support is not None and context.subject.is_follow_up:
        return None
    if gone := _repealed(context):
        offers = suggestions("broad")
        return Draft(Outcome.INFORMATION, conversation, gone, question=context.standing, suggestions=offers)
    asked_on = context.subject.is_follow_up  # 南京以前那份61号文, and then 那份如今怎么样了
    if entries and repealed_lines(context.words, entries[0], heard.text, asked_on=asked_on):
        return None
    every, these = _EVERY_DOCUMENT.search(heard.text), pattern("those").search(heard.text)
    named = _EVERY_DOCUMENT.sub("", pattern("those").sub("", heard.text))
    besides = _DOCUMENT_WORDS.sub("", without_hearsay(facet_words().sub("", named)))
    besides = besides if entries else _A_YEAR.sub("", besides)  # 2027年就到期了吧
    # 连云港那份计划是不是到头了: what else is said does not matter once a city's document is named and nothing in it.
    of_document = bool(heard.cities) and bool(_DOCUMENT.search(heard.text)) and not context.subject.is_clear
    # 从哪天开始实行呀, after the document's name: of the document.
    of_whole = bool(entries) and all(e.support is None and e.provision in _OF_A_WHOLE for e in entries)
    of_document = of_document or (of_whole and context.subject.is_follow_up)
    if context.finder.named(heard.text, heard.cities):
        of_document = False  # 职称评定绿色通道还来得及按这个计划办不
    if of_document and len(content(besides)) >= _MUCH and context.subject.entries and context.subject.share >= _FITS:
        of_document = False
    if context.subject.entries and sum(c.asks for c in split_clauses(heard.text, answers=False, correction=False)) > 1:
        return None
    if len(re.sub(r"\W", "", core(besides))) >= _A_WORD and not (of_document or late):
        return None
    told = context.subject.supports or (context.subject.is_follow_up and not of_whole)
    asked = facets_of(_EVERY_DOCUMENT.sub("", heard.text)) if every else heard.facets
    if context.subject.entries and set(asked) - {"validity", "deadline", "what"}:
        return None  # 多少钱、归谁管、什么时候截止, and then 镇江的呢
    called = context.finder.named(heard.text, heard.cities)
    if told and (called or not (heard.cities or every or these)):
        return None  # 连云港的职称绿色通道现在还有效吗: of that, and its document
    cities = heard.cities or tuple(str(c) for c in (conversation.profile["city"],) if c) or conversation.focus_cities
    talked_of = conversation.trail if these else conversation.focus
    focus = {context.finder.by_key[k].document_id for k in talked_of if k in context.finder.by_key}
    known = [d for d in context.library.documents.values() if d.record.official]
    documents = [d for d in known if (d.id in focus if focus and not heard.cities else d.city in cities)]
    if every or not documents:
        documents = sorted(known, key=lambda d: d.lifecycle(context.words.as_of) is not Lifecycle.IN_FORCE)
    lines = [line for d in documents for line in begin_lines(context.words, d)] if FROM_WHEN.search(heard.text) else []
    lines += [line for d in documents for line in validity_lines(context.words, d)]
    lines = [*noted_lines(context), *lines, *late] if late and len(documents) == 1 else lines
    talked = conversation.with_focus(conversation.focus, dict.fromkeys(d.city for d in documents))
    return Draft(Outcome.INFORMATION, talked, tuple(lines), question=context.standing, suggestions=suggestions("broad"))


def _afterwards(context: Context) -> list[str]:
    """23年评的现在还能补领不, of a plan that is over and no support of it: that it does not say."""
    held, own = context.heard.cities or context.before.focus_cities, str(context.conversation.profile[CITY] or "")
    cities = held or ((own,) if own in served_cities() else ())
    if len(cities) != 1 or context.subject.supports or not _GOT_LATE.search(context.heard.text):
        return []
    here = (d for d in context.library.documents.values() if d.city == cities[0] and d.record.official)
    is_over = any(d.lifecycle(context.words.as_of) is Lifecycle.EXPIRED for d in here)
    return [wording("lifecycle.within_the_term", city=city_name(cities[0]))] if is_over else []


def _repealed(context: Context) -> tuple[str, ...]:
    """That a former document no longer holds, where a message names one: 61号文还有用吗, 之前的方案还算数吗."""
    text, own = context.heard.text, str(context.conversation.profile[CITY] or "")
    cities = context.heard.cities or ((own,) if own in served_cities() else ()) or context.conversation.focus_cities
    lines: list[str] = []
    for document in context.library.documents.values():
        numbers = document.record.repeals if _A_FORMER_ONE.search(text) else former_named(document, text)
        here = [e for e in context.finder.entries if e.document_id == document.id and e.support is None]
        if numbers and (not cities or document.city in cities):
            lines += [line for e in here for line in repealed_lines(context.words, e, text, asked_on=True)]
    return tuple(dict.fromkeys(lines))
