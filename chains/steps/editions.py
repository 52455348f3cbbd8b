"""Turns about a document as such: what came before or comes after it, whether it may end early, which one holds."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.eligibility import CITY
from chains.language.clauses import pattern
from chains.prompting import read_data, wording
from chains.steps.provisions import documents_asked
from chains.steps.repeating import was_told
from chains.steps.talk import suggestions
from chains.steps.titles_asked import names_a_subject
from chains.telling.validity import FROM_WHEN, begin_lines, former_named, repealed_lines, validity_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.document import Document, Lifecycle
from knowledge.regions import city_name

_DOCUMENT = re.compile(r"文件?(?!号)|政策|计划|措施|办法|方案|规定|通知|[那这老旧新][份个套版]|稿")
# 新的办法出了没, 后面有没有接着出的, 会延期吗: what comes after it.
_SUCCESSOR = re.compile(
    r"(?<![特跟和与换])新(?:的(?![这那并一])|办法|文件|一[轮版期]|[版轮]|计划|政策|方案|措施|规定|三年)|(?:下|后)一?[轮版期个](?!月|年|季)|替代|接[替班]|接着出|后续|续(?:上|期|签)|延[期长续]|顺延|再延|延[一两三几]年"
    r"|(?:什么时候|啥时候|何时|几时|哪天|多久)(?:能|会|才|再|可以)?(?:出|发布?|下来|公布|出台)(?:来|台)?(?!的)|(?:出|发布?|下来|公布|出台)(?:来|台)?了?(?:没有?|吗|么)"
)
# 是新出的吧, 刚发的文件吗: whether it has only just come out.
_JUST_OUT = re.compile(
    r"(?:是|才|算)?(?:最近|刚刚?|新近?|近期)(?:出台?|发布?|印发|下发|公布|颁布|下来)的?(?=[吧吗么呀啊？?]|$)"
)
_SUCCESSOR_NAMED = re.compile(r"新的|接班|接替|新[版一办文政]|正式|定稿|后续|下一|替代")
_EARLY = re.compile(
    r"(?:提前|中途|半路|突然|随时)[^，。；]{0,6}(?:废|作废|结束|终止|取消|停|失效|到期|变|改|没)|(?:会不会|会|要是|万一|可能)[^，。；]{0,8}(?:废止|作废|取消|废掉|叫停|停掉|停了|改(?:了|掉|动|$))"
)
_FORMER = re.compile(
    r"(?:以前|原来|原先|从前|[旧老])(?:的)?[^，。；]{0,3}(?:文件?|措施|方案|政策|办法|通知|版|那[份套])"
)
_WHICH_HOLDS = re.compile(
    r"(?:哪[个份一]?[份个]?|什么|啥)[^，。；]{0,8}(?:有效|在用|在执行|管用|能用|现行|作数|算数)|(?:有效|在用|在?执行|管用|能用|现行|作数|算数)的?[^，。；]{0,6}(?:哪|什么|啥|有没|还有|有吗)"
)
_CONSULTED = re.compile(
    r"(?:意见|建议)[^。；稿的]{0,6}(?:发|寄|提|反馈|送|交|邮箱|截止|到几|到哪|几号|哪天)|(?:提|反馈)[^，。；]{0,4}(?:意见|建议)"
)
# What is asked of what a former document said; whether it holds, and its name, are told elsewhere.
_SAID = re.compile(r"写|奖|补|给多少|多少钱|内容|规定了|不一样|不同|区别|有(?:什么|啥|哪些)")
_NAMED = re.compile(r"废|停|算|照|还能|名|全称|处理|退")
_FINAL = re.compile(r"正式|定稿|(?:最?终|到底|究竟)?定(?:了|下来)+(?:没有?|吗|么|不)")
# 还在用吗, 照它去申请行不行, 被谁顶掉了: whether a document is used still, or what came in its place.
_STILL_USED = re.compile(
    r"还(?:在|能|可以|可|算|有|给|管|顶)?(?:拿来|拿去|继续|接着)?[用行认办作]|(?:拿来|拿去|能|可以|好|管)用|[照按](?:着|照)?(?:它|那[份个套]|这[份个套])|算不?算?数|作数|有效|[顶替换](?:掉|替|代)|取代|废[止掉]?|作废|失效|过期|过时|停用|存着"
)
_ASKED = re.compile(r"没有?[?？]?$|意见|建议")
# What needs no word for a document; and what is asked of what a document gives.
_BY_ITSELF = re.compile(
    r"(?<![特跟和与换])新(?:的|一[轮版期])(?=$|[，。；？?\s呢吗么没啊呀吧]|从?(?:哪一?天|什么时候|啥时候|何时|几[月号]))|接着出|接班|后续|替代|延[期续一两三几]|再延|现行|有效的|征求|意见"
    r"|正式的?(?=(?:什么时候|啥时候|何时|几时|哪天|多久|出|下来|有没有|呢))"
)
_OF_HELP = re.compile(r"奖|补[贴助]|多少钱|资助|[给领]|申[请报](?!书)")
# 那你还给我列这些干嘛: no part of what is asked.
_WHY_TOLD = re.compile(
    r"(?:那|还|又)*[你您]?们?(?:还|又)*[给跟和对]?我?们?(?:列|说|讲|报|念)[^，。；]{0,6}(?:干[嘛吗啥]|干什么|做什么|有(?:什么|啥)用)"
)
_AROUND = re.compile(
    r"现在|目前|如今|今年|明年|去年|20\d\d年?|到期|过期|失效|正式|那[份个]?|这[份个]?|以后|之后|后面|什么时候|有没有|会不会|废止|作废|出台|发布|下来|公布"
    r"|专精特新|三年|行动|培育|若干|征求意见稿?|可能|征求|意见|建议|邮箱|截止|截至|几号|反馈|知道|听说|期限"
)


# 过期的文件能不能当依据, 我能拿这个文件跟他们说吗: whether a document can be gone by.
_GROUNDS = re.compile(
    r"(?:当|作|做)(?:不得|得)?(?:个|为|成)?依据|(?:拿|凭|用|靠)(?:着|了)?(?:这个|这份|那个|那份|你这|它)?(?:过期的?)?(?:文件|政策|计划|措施|条款?)?(?:去|来)?(?:跟|找|给|和|向)[^，。；\d]{1,6}(?:说理?|讲理?|理论|谈|争)(?=[吗么不吧]|$|[？?，])"
)
# 都过期了，让他问工信局，对不对: that all of it is over is put to be confirmed.
_ALL_OVER = re.compile(
    r"(?:都|全|全部)(?:是|已经?)?(?:过期|到期|失效|作废).*(?:对不对|对吧|是吧|是不是|没错吧|[对是]吗)[?？]?$"
)
_FEW = 2
# 那我现在按它申请行不行, 拿这个稿子去报可以吗: whether a document can be applied by.
_TO_APPLY_BY = re.compile(
    r"(?:能不能|可不可以|能|可以)?(?:按照?|照着?|拿|用|凭|依)(?:[这那]个?|[这那]份|手上的?|你这)?(?P<what>它|(?:征求意见)?稿子?|草案|草稿|文件|计划|政策|措施|办法)"
    r"(?:去|来|直接|先|就|能不能|能|可以|拿来)*(?:申[请报]|报|办)(?:奖励|补贴|项目)?(?:行不行|[行可成能]以?[吗么不]|成不成|可不可以|的?[吗么]|合适[吗不])?[呢啊呀]?[?？]?$"
)
_WHETHER_BEGUN = re.compile(r"生效(?:还是)?没(?:有)?生效|生没生效|有没有生效|生效了?(?:没有?|吗|么|不)(?=$|[，。？?])")


def _holds(context: Context, documents: Sequence[Document]) -> list[str]:
    """Whether a city's document can be gone by, is over or has begun, as it was asked; until when it holds after it."""
    text = context.heard.text
    asked = next((key for regex, key in _OF_HOLDING if regex.search(text)), None)
    to_apply_by = _TO_APPLY_BY.search(text)
    if to_apply_by and to_apply_by["what"] == "它" and set(context.before.focus) & set(context.library.supports):
        return []  # 按它申请行不行, after a support: that is judged
    if asked is None or not documents or context.heard.as_of is not None:
        return []
    in_force = any(d.lifecycle(context.words.as_of) is Lifecycle.IN_FORCE for d in documents)
    head = wording(f"edition.{asked[in_force]}")
    words = replace(context.words, asks_whether=False)
    called = {context.finder.by_key[key] for key in context.finder.named(text, [d.city for d in documents])[:_FEW]}
    told = [context.assess(e.support) for e in called if e.support and e.city in {d.city for d in documents}]
    lines = [line for d in documents for line in validity_lines(words, d)]
    for finding in told:
        mark, benefit = words.benefit_mark(finding), tight(finding.support.benefit.text)
        lines.append(wording("support.benefit", title=finding.support.title, benefit=benefit, mark=mark))
    return [head, *lines]


# By whether the document is in force.
_OF_HOLDING = (
    (_GROUNDS, ("no_grounds", "grounds")),
    (_ALL_OVER, ("is_over", "not_over")),
    (_TO_APPLY_BY, ("no_applying", "applying")),
    (_WHETHER_BEGUN, ("not_in_force", "is_in_force")),
)


def tell_edition(context: Context) -> Draft | None:
    """新的办法出了没, 按它申请行不行, 会不会提前废止, 61号文里原来奖多少, 南京现在哪个文件有效, 意见发哪个邮箱."""
    heard, words = context.heard, context.words
    if context.answered or heard.has_orders or heard.outside:
        return None
    if replaced := _replaced(context, documents_asked(context)):
        return replaced  # 手里有份2021年的措施，还能照着它申报吗: of that one, not of the one that holds
    if holds := _holds(context, documents_asked(context)):
        return _draft(context, documents_asked(context), holds)
    if not (heard.asks or _ASKED.search(heard.text)):
        return None
    dated = any(row["opens"] and re.search(row["match"], heard.text) for row in read_data("lexicon")["imprint"])
    if (dated or FROM_WHEN.search(heard.text)) and not _SUCCESSOR_NAMED.search(heard.text):
        return None
    every = [d for d in context.library.documents.values() if d.record.official]
    every.sort(key=lambda d: d.lifecycle(words.as_of) is not Lifecycle.IN_FORCE)
    documents = documents_asked(context) or every
    drafts = [d for d in documents if d.lifecycle(words.as_of) is Lifecycle.DRAFT]
    lines: list[str] = []
    if gone := _former(context, documents):
        lines = gone
    elif not _asks_of_documents(context):
        return None
    elif _EARLY.search(heard.text):
        lines = [line for d in documents for line in validity_lines(words, d)] + [wording("edition.early")]
    elif drafts and _CONSULTED.search(heard.text):
        lines = [line for d in drafts for line in validity_lines(words, d)] + [wording("edition.consulted")]
        return replace(_draft(context, documents, lines), abstained=True)
    elif _JUST_OUT.search(heard.text):
        lines = [line for d in documents for line in (*begin_lines(words, d), *validity_lines(words, d))]
    elif _SUCCESSOR.search(heard.text) or (drafts and _FINAL.search(heard.text)):
        begins = [
            d for d in documents if FROM_WHEN.search(heard.text) and d.lifecycle(words.as_of) is Lifecycle.IN_FORCE
        ]
        lines = [line for d in begins for line in begin_lines(words, d)]  # 新措施从什么时候起算: of the one that holds
        lines += [line for d in documents for line in (*validity_lines(words, d), *_not_held(d, context))]
    elif _WHICH_HOLDS.search(heard.text):
        lines = [line for d in documents for line in validity_lines(words, d)]
    return _draft(context, documents, lines) if lines else None


def _draft(context: Context, documents: Sequence[Document], lines: Sequence[str]) -> Draft:
    return Draft(
        Outcome.INFORMATION,
        context.conversation.with_focus(context.conversation.focus, dict.fromkeys(d.city for d in documents)),
        tuple(dict.fromkeys(lines)),
        question=context.standing,
        suggestions=suggestions("broad"),
    )


def _replaced(context: Context, documents: Sequence[Document]) -> Draft | None:
    """2021年那份措施还在用吗, 照它去申请行不行, 被谁顶掉了: that a former document is repealed, and what holds now."""
    heard, asks = context.heard, _STILL_USED.search(context.heard.text) is not None
    if set(heard.facts) - {CITY} or not (asks or not heard.asks):
        return None
    for document in documents:
        facts = [e for e in context.finder.entries if e.document_id == document.id and e.support is None]
        named = former_named(document, heard.text)
        told = [e for e in facts if repealed_lines(context.words, e, heard.text, asked_on=True)]
        asks_on = asks and not heard.cities and any(e.key in context.before.focus for e in told)
        if not told or not (named or (asks_on and not _asks_more(context))):
            continue
        lines = [line for e in told for line in repealed_lines(context.words, e, heard.text, asked_on=True)]
        # 南京措施到哪天, and then 2021年那个61号文还管用吗: what holds now was told just before, and is not asked.
        holds = validity_lines(context.words, document)
        lines += [line for line in holds if not (named and was_told(line, context.before))]
        draft = _draft(context, [document], lines)
        return replace(draft, conversation=context.conversation.with_focus((e.key for e in told), (document.city,)))
    return None


def _asks_more(context: Context) -> bool:
    """Whether a message names a thing besides a document and that it is used: 照它申请算力券还行不行."""
    return names_a_subject(
        context, pattern("question").sub(" ", _AROUND.sub(" ", _STILL_USED.sub(" ", context.heard.text)))
    )


def _former(context: Context, documents: Sequence[Document]) -> list[str]:
    """What is known of a document that another repeals, where a message asks what it said: that it is repealed."""
    lines: list[str] = []
    clauses = re.split(r"[，。；！？?]", context.heard.text)
    text = "，".join(clause for clause in clauses if _SAID.search(clause))
    if "validity" in context.heard.facets or _NAMED.search(text):
        return []
    for document in documents:
        named = document.record.repeals if _FORMER.search(text) else former_named(document, text)
        facts = [e for e in context.finder.entries if e.document_id == document.id and e.support is None]
        for entry in facts if named else []:
            lines += repealed_lines(context.words, entry, text, asked_on=True)
        if lines and named:
            lines.append(wording("edition.former", city=city_name(document.city)))
    return list(dict.fromkeys(lines))


def _asks_of_documents(context: Context) -> bool:
    """Whether nothing is named beside a document, or beside what has come after it."""
    text = _WHY_TOLD.sub(" ", context.heard.text)
    if _OF_HELP.search(text) or _FORMER.search(text) or not (_DOCUMENT.search(text) or _BY_ITSELF.search(text)):
        return False
    for regex in (_JUST_OUT, _SUCCESSOR, _EARLY, _WHICH_HOLDS, _CONSULTED, _DOCUMENT, pattern("question"), _AROUND):
        text = regex.sub(" ", text)
    return not names_a_subject(context, text)


def _not_held(document: Document, context: Context) -> list[str]:
    state, city = document.lifecycle(context.words.as_of), city_name(document.city)
    if state is Lifecycle.DRAFT:
        return [wording("lifecycle.not_held", city=city)]
    return [wording("lifecycle.ask", city=city)]
