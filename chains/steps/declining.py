"""Turns that cannot be answered from the documents: others' business, and what none of them says."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.finding.entries import Entry
from chains.finding.followup import says_back
from chains.finding.naming import content, core, in_their_words, names_nothing, without_help, without_places
from chains.language.clauses import pattern, value_patterns
from chains.language.firsts import MOVES
from chains.language.question_words import facets_of, without_trade
from chains.language.sums_said import without_own_sums
from chains.language.understanding import Understanding, besides_what_is_not_asked, outside_words
from chains.prompting import texts, wording
from chains.steps.of_none import tell_no_names, tell_no_tax, warn_of_payment
from chains.steps.talk import say, say_unsaid
from chains.telling.open_points import asked_points
from chains.turn import Context, Draft, Outcome
from knowledge.figures import read_figures
from knowledge.regions import city_name

_FEW, _FEW_WORDS, _BRIEF = 3, 5, 12
# 开饭店的能拿到钱吗: whoever asks to get something is no stranger.
_GETS = re.compile(r"(?:能|可以)[^，。；]{0,3}[拿领]|[拿领]得?到|给钱")
# What no document says, of an office or of an application; and what an office is called.
_CONTACTS = frozenset({"phone", "address", "materials", "deadline", "payout"})
_OFFICE = re.compile(
    r"[市区县]?(?:工信|科技|人社|财政|税务|商务|发改)[局委]|主管部门|政府|办事|申报|申请|官方|系统|窗口|大厅"
    r"|一般|准备|资料|月份|时候"
)
_APPLYING = re.compile(r"申[报请]|电话|地址|网址")
_A_WORD, _A_THING, _OF_THE_WHOLE, _A_TRACE = 2, 4, "0", 0.05
# 一年是23040对吧: a number is asked of what was told.
_NUMBER = re.compile(r"(?:一年|一个?月|总共|一共|合计|合起来|加起来)?(?:就?是)?\d+(?:\.\d+)?")
# 分两次转行不行: what was told, in parts.
_IN_PARTS = re.compile(
    r"(?:\d+(?:\.\d+)?[千百万亿]*元?)?(?:一笔|每笔)?(?:分|拆)(?:开|成|作)?[两二三四五六七八九十几\d]+(?:次|笔|批|回|趟)(?:来|去)?[转倒贷还续借用报]?"
)
# 一平米能补多少, after a house: of each of what was told.
_PER_UNIT = re.compile(r"[一每](?:平方米?|平米?|间|套|吨|度|柜|箱|人|台|年|个?月)")
# 看病, 买房: words of daily life that a support may be about too, if its text holds this much of them.
# Of a message that is others' business what was told holds 0.52 of the words at most.
_WRITTEN, _PARTLY, _HALF, _MOST_OF_IT = 0.6, 0.45, 0.5, 0.6
# How like what is asked of others a message must be that asks for what a support may have, one that tells something
# amid a talk, one that names a place or asks on, and one that is short and asks for nothing. Set on the
# turns of the suites.
_SURELY, _IF_IT_TELLS, _CLEARLY, _RATHER, _SHORT = 3.2, 2.2, 1.3, 1.1, 24
_PLACE, _TITLE = {"city", "district"}, {"tiers"}
# 帮我算算房贷提前还划不划算: what is wished for in any matter.
_OF_ANY_MATTER = frozenset({"can_get", "advice", "trust"})
_FACETS_OF_HELP = frozenset(
    {"amount", "rate", "deadline", "payout", "duration", "materials", "procedure", "validity", "fee"}
)
_WHICH = re.compile(r"哪一?[个家款只种]")
# What is asked of money that is granted.
_OF_A_GRANT = frozenset({"recipient", "refund", "payout", "instalments", "audited"})
# What is asked of anything: how much, until when, what for; what it costs or how long it takes is of what was told.
_OF_ANYTHING = frozenset({"amount", "rate", "validity", "deadline", "procedure", "materials"})
_REQUIRED = re.compile(r"^(?:那|还|都)*(?:要不要|需不需要|需要|要|得)[^，。；]{1,8}[吗么不]?[?？]?$|要回来|退回")
_OF_ITS_OWN = frozenset({"play", "papers"})
_MAY_BE_POLICY = frozenset({"living", "personal", "politics", "medical", "law"})
_A_FIRM = re.compile(r"厂|公司|企业|我们")
# 那份稿子, 文件里: what speaks of a document is asked of it.
_OF_A_DOCUMENT = re.compile(r"稿|文件|措施|条款|政策|计划|征求")


def decline_outside(context: Context) -> Draft | None:
    """What is none of the assistant's business."""
    heard = context.heard
    if warned := warn_of_payment(context):
        return warned
    if heard.outside is None and heard.reading.supposed.keys() & _PLACE:
        return None  # 搬去丹徒
    if heard.outside == "tasks" and len(context.finder.named(heard.text)) > 1 and _WHICH.search(heard.text):
        return None  # 首台套和专利预审哪个更适合我们: two supports, and no goods
    if "validity" in heard.facets and heard.cities and _OF_A_DOCUMENT.search(heard.text):
        return None  # 盐城那份措施，能当正式文件写到申报书里吗
    says_policy = pattern("of_policy").search(_asking(heard)) is not None
    named = heard.cities and context.finder.named(heard.text, heard.cities)  # 列成C类人才以后，买房子补多少
    ours = says_policy or named or _is_written(context)
    if heard.outside is None or (ours and heard.outside in _MAY_BE_POLICY):
        kind = _asked_of_others(context)
        return _decline(context, None if says_policy and kind != "progress" else kind)
    asks_on = context.subject.is_follow_up and (heard.facets or read_figures(heard.text))
    names = heard.facets and context.finder.named(heard.text)
    if heard.outside == "play" and not heard.has_orders and (names or asks_on):
        return None  # 请你扮演窗口办事员，告诉我…给多少: the question is answered, the part is not played
    return _decline(context, heard.outside)


def _asking(heard: Understanding) -> str:
    """这笔奖励到手，企业所得税怎么填表: the one clause that asks, where it is what is asked of others; else all."""
    asking = [c for c in re.split(r"[，。；！？?\s]+", heard.text) if pattern("question").search(c)]
    return asking[0] if len(asking) == 1 and outside_words(heard) in asking[0] else heard.text


def decline_surely(context: Context) -> Draft | None:
    """我丈母娘住院手术，医保能报几成, after an award: what nobody ever asked of a document, whatever its words."""
    heard = context.heard
    tells = heard.facts.keys() - _PLACE - _TITLE or (heard.facts and not heard.asks)  # 从迪拜回来，厂开在南京溧水
    if context.answered or heard.remark or heard.has_orders or heard.intents - _OF_ANY_MATTER or tells:
        return None
    if heard.outside in _OF_ITS_OWN:
        return None  # 你扮演银行客户经理，跟我说…: declined as what it is
    if heard.corrects or heard.reading.supposed.keys() & _PLACE or _only_answers(context):
        return None  # 我说的是假如搬过去！镇江是多少; 镇里入股的, asked whose the firm is
    named = context.finder.named(heard.text)
    if named and (heard.cities or context.before.focus or (_FACETS_OF_HELP | _CONTACTS).intersection(heard.facets)):
        return None  # 南京算力券一年发几批, 领算力券在哪个网站填申请
    if _OF_A_DOCUMENT.search(heard.text) or (pattern("of_policy").search(heard.text) and heard.cities):
        return None  # 收意见的邮箱写了吗; 南京电动汽车补贴多少
    if _asks_of_a_grant(heard):
        return None
    if _is_of_what_was_told(context) or _names_a_number(heard.text, asks_on=bool(context.before.focus)):
        return None  # 孩子转学要提前多久, after schools; 合计四百万对吧
    amid_talk = bool(heard.cities or context.before.pending or _is_amid_talk(context))
    names = bool(named or heard.facts.keys() & _TITLE)
    brief = bool(context.before.focus) and len(heard.text) < _BRIEF  # 一期几天，学费谁出, of a training
    return _decline(context, context.finder.surely_outside(heard.text, amid_talk=amid_talk, names=names, brief=brief))


def decline_clearly(context: Context) -> Draft | None:
    """What is clearly asked of others, whatever is talked of: 膝盖疼挂哪个科, 晚上请客户吃什么."""
    heard, supports = context.heard, context.library.supports
    of_help = (_FACETS_OF_HELP | _CONTACTS).intersection(heard.facets)
    # 报价最多按几个点往下扣 is too short to say by itself what it is about.
    alone = bool(context.before.focus) and len(heard.text) >= _BRIEF
    apart = alone and of_help <= _OF_ANYTHING and _names_what_is_nowhere(context)
    asks_on = bool(context.before.focus and ((of_help and not apart) or says_back(heard.text)))
    tells = (bool(heard.facts) or _tells_on(context)) and not heard.asks  # 淮安是我老家
    if (
        heard.outside
        or heard.remark
        or asks_on
        or tells
        or context.answered
        or _only_answers(context)
        or _names_a_number(heard.text, asks_on=bool(context.before.focus))
    ):
        return None  # 一年是23040对吧; 分两次转行不行, of a loan
    if (
        heard.intents
        or (heard.reading.mentioned and not (apart and heard.asks))
        or heard.reading.beside
        or (context.before.focus and _REQUIRED.search(heard.text))
    ):
        return None  # 取消提醒; 模具外包给昆山的厂了; 要刻公章吗, of a support
    told = [supports[key] for key in context.before.focus if key in supports]
    if told and len(heard.text) <= _BRIEF and any(figure.kind == "money" for figure in read_figures(heard.text)):
        return None  # 一共四百万对吧; 机床，大概五百万的
    if _is_of_what_was_told(context) or pattern("swindle").search(heard.text):
        return None
    if _OF_A_DOCUMENT.search(heard.text) and heard.cities:
        return None  # 盐城那份稿子里打算怎么治这个毛病
    if (pattern("of_policy").search(heard.text) and not apart) or any(
        asked_points(support, heard.text) for support in told
    ):
        return None  # 要不要本地户口, of a rent that is paid
    return _decline(context, context.finder.outside(besides_what_is_not_asked(heard.text)))


def _asks_of_a_grant(heard: Understanding) -> bool:
    """南京补毕业生租房的钱是打到员工卡里，还是先给公司: what is asked of money that a city grants."""
    return bool(heard.cities and _OF_A_GRANT.intersection(heard.facets))


def _only_answers(context: Context) -> bool:
    """半公半私, 高企: whether a word or two that ask nothing follow a question."""
    return context.before.pending is not None and not context.heard.asks and len(context.heard.text) <= _FEW_WORDS


def _tells_on(context: Context) -> bool:
    """机床，大概五百万的, 做阀门的, amid a talk: whether a sum of one's own is told, or what the size goes by."""
    text, before, now = context.heard.text, context.before, context.conversation
    of_size = (now.industry, now.measures) != (before.industry, before.measures)
    return bool(before.focus) and (without_own_sums(text) != text or (of_size and before.pending is not None))


def _names_a_number(text: str, *, asks_on: bool) -> bool:
    """一年是23040对吧, 一共四百万对吧: whether a number is all that is named, or nothing is."""
    if asks_on:
        for figure in reversed([f for f in read_figures(text) if f.kind == "money"]):
            text = f"{text[: figure.start]}0{text[figure.end :]}"
        text = _IN_PARTS.sub(" ", text)
    return names_nothing(_NUMBER.sub(" ", text))


def _is_of_what_was_told(context: Context) -> bool:
    """孩子转学要提前多久, of schooling: whether most of a message's words stand in what was told or is asked of it."""
    finder, named, focus = context.finder, core(context.heard.text), context.before.focus
    told = (key for key in focus if key in finder.by_key and len(focus) <= _FEW)
    return any(finder.coverage(named, key) >= _MOST_OF_IT for key in told)


def _names_what_is_nowhere(context: Context) -> bool:
    """公积金贷款，夫妻俩最多能贷多少, after another thing: whether what was told has not a word of what is named."""
    finder, named = context.finder, without_help(core(without_places(context.heard.text)))
    told = [finder.by_key[key] for key in context.before.focus if key in finder.by_key]
    if len(named) < _A_WORD or any(finder.stands_in(named, e.city) >= _A_TRACE for e in told):
        return False
    if finder.asks_others(context.heard.text) > _CLEARLY:
        return True  # 一级建造师几号考试, after 职称
    return len(named) >= _A_THING and all(finder.coverage(named, e.key) < _A_TRACE for e in told)


def _decline(context: Context, kind: str | None) -> Draft | None:
    said = (wording(f"outside.{kind}"), wording("outside.can")) if kind else ()
    return say(context, Outcome.OUTSIDE, *said, abstained=True, offers=("broad", "examples")) if said else None


def decline_after_all(context: Context) -> Draft | None:
    """What nothing was found for in a city's document, and is rather asked of others."""
    ours = context.subject.elsewhere or pattern("of_policy").search(context.heard.text)
    return None if ours else _decline(context, _asked_of_others(context, after_all=True))


def _asked_of_others(context: Context, *, after_all: bool = False) -> str | None:
    """What a message asks of others than a policy: beside a firm, or amid a talk, only what clearly does.

    `after_all` says that nothing was found for it.
    """
    heard, finder = context.heard, context.finder
    text = without_places(heard.text).lstrip("的，, ")
    if _asks_of_a_grant(heard) or _only_answers(context) or (heard.foreign_places and not heard.asks):
        return None
    if heard.cities and "broad" in heard.intents:
        return None  # 盐城大丰，光伏支架
    if _names_a_number(text, asks_on=bool(context.before.focus)) or (_tells_on(context) and not heard.asks):
        return None  # 大概给多少钱, 今天还有没有效, 一年是23040对吧
    if context.before.focus and _FACETS_OF_HELP.intersection(heard.facets) and without_help(text) != text:
        return None  # 一千瓦补几块
    tells_where = not heard.asks and heard.facts.keys() & _PLACE and _A_FIRM.search(text)
    if _is_of_what_was_told(context) or tells_where or (_OF_A_DOCUMENT.search(text) and heard.cities):
        return None  # 从迪拜回来十年，厂开在南京溧水
    sums = any(figure.kind == "money" for figure in read_figures(text))
    brief = bool(context.before.focus) and len(heard.text) <= _BRIEF
    if (sums and (heard.cities or brief)) or (context.before.focus and heard.reading.mentioned and MOVES.search(text)):
        return None  # 隔壁老王在南京拿了一百万是真的吗; 搬去丹徒
    if context.subject.is_follow_up and "can_get" in heard.intents and sums:
        return None  # 3000万分两次转行不行, after a fund
    if not _is_of_a_firm(context):
        return finder.outside(heard.text)
    if context.subject.is_follow_up and heard.facets and len(core(_PER_UNIT.sub(" ", text))) < _A_WORD:
        return None
    bare = not (heard.facets or heard.intents or heard.cities or read_figures(text)) and len(text) <= _SHORT
    tells = not heard.asks and bool(context.before.pending or _is_amid_talk(context))  # 法人是扬州人, 异同点讲讲
    least = _RATHER if (bare and not tells and not context.subject.is_clear) or after_all else _CLEARLY
    least = _IF_IT_TELLS if tells else least
    least = _SURELY if (_FACETS_OF_HELP | _CONTACTS).intersection(heard.facets) else least
    if context.answered or heard.facts.keys() - _PLACE or finder.asks_others(text) <= least:
        return None
    return finder.outside(text)


def _is_of_a_firm(context: Context) -> bool:
    """Whether a message names a place or what a firm is, asks on of what was told, or answers a question."""
    heard = context.heard
    if (
        heard.reading.mentioned
        or heard.facts.keys() - {"ownership"}
        or context.answered
        or context.subject.is_follow_up
    ):
        return True
    if (heard.speaks_of_self and not heard.asks) or _GETS.search(heard.text):
        return True  # 我开了一家做弹簧的小厂
    titled = any(regex.search(heard.text) for _, regex in value_patterns()["tiers"])
    return _is_amid_talk(context) or "broad" in heard.intents or titled


def _is_amid_talk(context: Context) -> bool:
    before = context.before
    return bool(before.focus or before.wish or before.goal or before.broad or before.recognition)


def _is_written(context: Context) -> bool:
    """Whether what was found holds the words that sound like something else: 退税 it does, 所得税 it does not.

    Of 社保可以晚点交吗 it holds only half, but the rest of the question as well.
    """
    finder, words = context.finder, outside_words(context.heard)
    talked = [finder.by_key[key] for key in context.before.focus if key in finder.by_key]
    places = {(entry.document_id, entry.provision) for entry in talked}
    asked = in_their_words(context.heard.text)
    if asked != context.heard.text and any((e.document_id, e.provision) in places for e in context.subject.entries):
        return True  # 看病跟买房呢, after what else is done for 人才
    rest = content(context.heard.text.replace(words, " "))
    about = core(context.heard.text.replace(words, " "))
    named = finder.named(context.heard.text)
    for entry in context.subject.entries[:1]:
        if entry.key in named or (len(about) >= _A_THING and finder.own_coverage(about, entry.key) >= _WRITTEN):
            return True  # 企业所得税优惠 研发加计扣除: what else is named stands there
    return any(
        finder.own_coverage(words, e.key) >= (_WRITTEN if finder.coverage(rest, e.key) < _HALF else _PARTLY)
        for e in context.subject.entries
    )


def tell_no_contact(context: Context) -> Draft | None:
    """办事大厅在哪, 工信局电话多少: what no document says, asked of no support."""
    heard, subject = context.heard, context.subject
    facets = facets_of(without_trade(heard.text))
    if draft := tell_no_names(context) or tell_no_tax(context, facets):
        return draft
    asked = [facet for facet in facets if facet in _CONTACTS]
    # The name of a document that was told is nothing that has a telephone.
    of_a_thing = any(entry.provision != _OF_THE_WHOLE for entry in subject.entries)
    of_one = subject.is_follow_up and len(context.before.focus) <= _FEW and of_a_thing
    asks = heard.asks or _APPLYING.search(heard.text) is not None  # 做硅材料 asks for no materials
    if not (asked and asks) or of_one or context.answered or "validity" in facets:
        return None
    if len(without_help(core(_OFFICE.sub("", heard.text)))) >= _A_WORD:
        return None
    what = "、".join(texts("facets")[facet] for facet in asked)
    return say_unsaid(context, wording("silent.what", what=what), wording("silent.contact"))


def say_not_found(context: Context, noted: Sequence[str] = ()) -> Draft:
    """The corpus does not say, or the question is none of ours; a pending question is put again."""
    heard, subject = context.heard, context.subject
    if subject.missing_in is not None:
        cities = heard.cities if subject.missing_in in heard.cities and not subject.entries else (subject.missing_in,)
        lines = [*noted, wording("silent.topic", city="、".join(city_name(city) for city in cities))]
        if subject.elsewhere is not None and subject.elsewhere.city != subject.missing_in:
            other = subject.elsewhere
            lines += [tell_elsewhere(context, entry) for entry in _each_elsewhere(context, other)]
            if other.support is None:  # 淮安呢 asks the same of another city
                talked_of = context.conversation.with_focus((other.key,), (other.city,))
                context = replace(context, conversation=talked_of)
            elif not context.conversation.broad:
                # The wish is kept: it may turn out that the enterprise is in that city.
                kept = context.conversation.with_goal((other.key,))
                context = replace(context, conversation=kept.model_copy(update={"focus_cities": subject.cities}))
        lines.append(wording("silent.contact"))
        return say(context, Outcome.SILENT, *lines, abstained=True, offers=("broad",))
    if names_nothing(heard.text) and not heard.cities and not context.before.focus:
        return say(context, Outcome.UNCLEAR, wording("talk.unclear"), abstained=True, offers=("broad", "examples"))
    if content(heard.text) and _is_about_policy(heard.text):
        lines = [*noted, wording("silent.any"), wording("silent.contact")]
        return say(context, Outcome.SILENT, *lines, abstained=True, offers=("broad", "examples"))
    lines = [wording("outside.any"), wording("outside.can")]
    return say(context, Outcome.OUTSIDE, *lines, abstained=True, offers=("broad", "examples"))


def _each_elsewhere(context: Context, first: Entry) -> list[Entry]:
    """What other cities have of a thing that is missing in one, the first found and what else is called so."""
    named = context.finder.named(context.heard.text)
    called = (context.finder.by_key[key] for key in named)
    found: dict[str, Entry] = {}
    # 盐城发不发这种券, after 算力券: what is only pointed at is called nothing.
    for entry in (first, *(called if first.support is not None and first.key in named else ())):
        if entry.city != context.subject.missing_in:
            found.setdefault(entry.city, entry)
    return list(found.values())


def tell_elsewhere(context: Context, entry: Entry) -> str:
    """That another city has a thing, and whether its document is in force."""
    lifecycle = context.library.documents[entry.document_id].lifecycle(context.words.as_of)
    state = texts("elsewhere_now").get(lifecycle.value, "")
    return wording("silent.elsewhere", city=city_name(entry.city), title=entry.title, state=state)


_POLICY = re.compile(
    r"政策|补贴|奖励|补助|资助|申报|申请|扶持|专精特新|企业|公司|贷款|税|认定|资质|文件|条|政府|资金|项目|优惠|免|减|材料"
)


def _is_about_policy(text: str) -> bool:
    return _POLICY.search(text) is not None
