"""Turns about titles themselves: how one comes to hold them, and those for which the documents give nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.finding.entries import Entry
from chains.finding.followup import titles_named
from chains.finding.naming import core, core_words, names_nothing, without_help
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.language.understanding import asks_at_large, subject_words, without_trade
from chains.prompting import wording
from chains.steps.declining import say_unsaid
from chains.steps.talk import suggestions
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.figures import read_figures
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind

_A_WORD, _BRIEF, _BOTH, _A_NAME = 2, 14, 2, 3
# How much of a word beside a title an entry must hold for it to name another subject: measured, subjects hold
# about half and more, words of everyday talk less.
_ANOTHER, _CLEARLY = 0.45, 0.75
# The topic of notices on who holds a title.
_TITLES = "tiers"
_HELP = re.compile(
    r"有没有(?:单独|另外|专门)的|也给|奖|补[贴助]|钱|[\d一二三四五六七八九十百千]\s*万|资助|扶持|优惠|[拿给领发](?:到|得)?(?:多少(?![年家分次])|几万|啥|什么)"
)
_OF_THE_TITLE = re.compile(
    r"评|认定|申报|复[核审]|有效|到期|作数|取消|撤|摘|称号|证书|牌子|怎么来|搬|迁|转籍|重新|再[评审]|[审查]一"
)
_GOES_BY = re.compile(r"《[^》]*培育管理[^》]*》")
_RECOGNISES = re.compile(r"(?:公告|认定|争创)(?:一批|国家级)[^。；]*")
# 营收要多少, 研发比例呢, 到期要复核吗: asked on of how a title is recognised.
_ASKS_ON = re.compile(r"营收|收入|研发|专利|人数|员工|成立|年限|比例|占比|得分|打分|评分|复核|复评|到期|有效|证书|公示")
_TITLE = (
    r"(?:国家级?|省级?|制造业)?的?[\"“]?(?:专精特新[\"”]?)?[\"“]?"
    r"(?:小巨人|单项冠军|省专|国家级|省级|创新型|(?<=专精特新)|(?<=专精特新[\"”]))[\"”]?的?(?:中小)?(?:企业)?"
)
# 什么是小巨人, 专精特新是啥意思; 小巨人比省专高吗; 市级专精特新算不算.
_WHAT_IS = re.compile(
    rf"(?:什么|啥)(?:才?是|叫做?)(?P<after>{_TITLE})[呢啊呀]?(?=$|[，。；！？?\s])"
    rf"|(?P<before>{_TITLE})[，\s]?(?:到底|究竟|说白了|其实|具体)?(?:[是指]{{1,2}}(?:的是|个)?(?:什么|啥)(?:意思|东西|概念|玩意儿?|荣誉|称号|牌子|来头|头衔|企业)?|(?:什么|啥)意思|咋回事|怎么回事)[呢啊呀]?(?=$|[，。；！？?\s])"
)
_LEVEL = re.compile(r"[几哪]个?(?P<of>[级档层])")
_TOLD_APART = re.compile(r"(?:区|差)别|不同|不一样|差(?:在|多少|距)")
_WITH_AWARDS = re.compile(r"小巨人|单项冠军")
_BETWEEN_CLAUSES = re.compile(r"[，。；！？?\s]+")
_OF_THE_CITY = re.compile(
    r"(?P<title>[市区县](?:里|级)的?(?:评的?)?专精特新(?:中小)?(?:企业)?)(?:也|的)?(?:算不算|算(?:数|在内)?[吗么不]|行不行|行[吗么不]|可以[吗么不])"
)
# 高企算不算专精特新: another title is not one of these.
_COUNTS_AS = re.compile(
    r"(?:算(?:不算|是|得上|作)?|能不能算|等于|就?是不是)(?:就)?是?专精特新(?:企业)?(?:[吗么呢了啊]|的?[?？]|$)"
)
_NEXT_TO_IT = re.compile(r"[上下]一?[个]?级(?:别|称号)?是|再?往[上高](?:评|升|走|爬|冲|一[级步])")
# 按哪个文号的规定评; 能不能申报小巨人.
_BY_WHICH_RULES = re.compile(
    r"[按依照][照据]?(?:的是)?(?:哪|什么|啥)[^，。；]{0,3}(?:文号|文件|规定|办法|标准|令)?的?(?:规定|办法)?"
)
_BECOMES = (
    rf"(?:能|可以?|够|资格)(?:去)?(?:申[报请]|认定|成为|[评报冲])[上为成个]*{_TITLE}[吗么不嘛呢]?(?=$|[，。；?？])"
)
# What is asked of a title itself, and not of what is given for it; and of their order, which two documents print.
_OF_RECOGNISING = re.compile(
    rf"{_BY_WHICH_RULES.pattern}|{_BECOMES}|怎么?样?(?:才?(?:能|算|可以))?(?:[来得评拿弄搞争申报获认升去当]|[变成]为?成?)|如何|咋(?:样|[来得评拿弄搞争申报获认升])|(?:要|得|需要?|该)(?:满足|具备|达到|符合)(?:些|到|了)?(?:什么|啥|哪)|条件|(?<!国家)(?<!国际)(?<!行业)(?<!团体)(?<!地方)标准(?!化|厂)|指标|门槛|要求|材料|流程|程序|手续"
    r"|有效期?|[作算]数|管(?:几|多少?)年|(?:过期|到期|失效)|年限|复[核审评]|年[审检]|重新|再(?:评|认定|申报|审)|[审查]一[遍次回]|(?:当|评|拿|升|做|变|成)(?:得|不)?[上到成为][^，。；]{0,8}(?:得|要|需)|取消|撤销?|摘|收回|丢掉?|保[留住得]"
    r"|转籍|(?:搬|迁|转|带)(?:过?来|进|入|到|去|走|出)|外地|认不认|还认|承认|跳过|跳级|越级|跨级|隔级|直接(?:报|评|申|冲|上)"
)
_ASKED = re.compile(
    r"(?:条件|(?<!国家)(?<!国际)(?<!行业)(?<!团体)(?<!地方)标准|指标|门槛|要求|材料|流程|程序|手续|有效期|规定)的?[呢啊呀]?[?？]?$|怎|如何|咋"
)
_OF_THEIR_ORDER = re.compile(
    r"级别|等级|[几哪]个?[档级层步]|档次|层级|台阶|阶梯|梯度|梯队|(?:第一|头一?|下一|下|上一|上)[个块]?[步级层档关]|头一[个块]|(?:谁|哪(?![几些]))[^，。；]{0,3}[高低牛大强]|一[个码]?(?:东西|概念)|[几哪多]少?[道关]|(?:上面|下面|之上)(?:还)?(?:是|有)|往[上高]|一步步|更[高低]"
    r"|逐级|一?[级步层](?:一[级步层]|步|级)|[从由][低高]到|先(?:去|要|得|该)*(?:评|报|申|拿|弄|搞|办|整)|(?:什么|啥|哪一?[个种])(?:称号|牌子|资质|头衔)(?:最|更|比较)?(?:好|合适|划算|容易|适合|起|评起)|顺序|次序|路线|从[^，。；]{0,6}起步|起步(?:是|评|报|申|要|得)|高一?级|低一?级|晋级|(?<!提档)升级|跳过|跳级|越级|跨级|隔级|直接(?:报|评|申|冲|上)"
    r"|一回事|一个意思|一样|(?:区|差)别|不同|差(?:在|多少|距)|关系|比[^，。；]{2,8}[高低大牛]|最[高低]的?一?[级档层]|包[含括]"
)
_NAMES_TITLES = re.compile(rf"{_TITLE}|先[要去]?评[一个]*(?:什么|啥|哪)|称号|资质|牌子|名头|名号|头衔|荣誉|冠军")
# Words around what is asked of a title, and what has them ask of a document or of what is given.
_AROUND_TITLES = re.compile(
    r"证书?|资格|认定|评[审定选上]|获评|申[报请]|原[来先本]|[这那]边|[以之]前|[以之]?后|直接|会不会|今年|明年|公司|企业|老板|具备|满足|符合|需要?|准备|注册"
    r"|[这那哪]个|一共|总共|到底|究竟|开始|应该|投入|有没有|没有|不是|中小|争取|同时|通过|一?次|每?隔?[几\d一二三两]+年"
)
_NOT_OF_TITLES = re.compile(
    r"政策|文件(?!里|中|不|上|是|没|有|怎)|计划|措施|办法|方案|规定|目标|多少家|几家|[给领发享]|退|钱|担保|贷款|职称|库|首次|首评|名单|培训|指导|辅导|帮|的呢|[快涨增](?:多少|几)|能申请[吗么的]?$|申请(?:点|什么|啥|哪)"
)
# 先评个啥容易点, 先评啥后评啥: of titles, though none is named.
_WHICH_FIRST = re.compile(
    r"(?:先|该|去|从)*(?:评|弄|搞|拿|报|申请?|办|整)(?:个|下|上)?(?:什么|啥|哪一?[个种])(?:称号|牌子|资质|头衔|名头)(?:最|更|比较)?(?:好|合适|划算|容易|适合|起)"
    r"|从(?:什么|啥|哪一?[个种])(?:称号|牌子|资质|头衔)[^，。；]{0,4}[评起做]|先(?:去|要|得|该)?评(?:个|下|上)?(?:什么|啥|哪[一]?[个级种])|(?:什么|啥|哪[一]?[个级种])[^，。；]{0,3}先评|从哪[一]?[级个]?开始评|评[^，。；]{0,3}从哪"
)
_SIZE = re.compile(
    r"(?:营业?收入?|年?产值|销售额?|年入|流水|做了?|卖了?)[^，。；奖补资助]{0,4}[\d一二两三四五六七八九十][\d.一二三四五六七八九十百千多来几]*\s*[百千]?[万亿]"
    r"|[\d一二两三四五六七八九十百]+[多来几]?[个号名]?(?:人|员工)|[小微大]型?(?:厂|公司|企业)"
)
# 去年评了创新型，省专要达到什么要求: told, and not asked of.
_WAS_GOT = re.compile(
    r"(?:[去今前]年|20\d\d年?|早就?|刚刚?|已经?)[^，。；]{0,3}(?:评|拿|获评?|认定|入选|升)[^，。；什啥怎吗呢]*$"
)
_LADDER, _DIRECTIONS = re.compile(r"—.*梯度培育体系"), re.compile(r"专业化、精细化")
_OF_RECOGNITION = frozenset(
    {"conditions", "materials", "procedure", "deadline", "phone", "address", "duration", "stacking"}
)
_HOLDS = re.compile(
    rf"(?:评|申[报请]|[拿获当][到得上]|[报冲]|争取|成为|[保摘丢挂])[^，。；]{{0,3}}{_TITLE}|{_TITLE}(?:的?(?:证书?|称号|牌子|资质|帽子)|[满过][^，。；]{{1,3}}年|要?不?要?重|怎么)"
)
# 那怎么才能评上, 能评不: a title is meant, where nothing that was told is recognised itself.
_HOW_TO_HOLD = re.compile(
    r"(?:那|到底|我们?|咱们?|公司|要|想)*(?:(?:怎么样?|怎样|如何|咋)(?:才|就|去)?(?:能|可以|算|好)?(?:去)?(?:评|当|选)(?:得)?[上到]了?"
    r"|(?:能不能|可不可以|能|可以|够格?)(?:去)?评(?:上|得上)?(?:不|吗|么|不了|没)?)[呢啊呀]?[?？]?"
)
_IS_RECOGNISED = re.compile(r"评|认定|职称|争创|创建|申报|入库|培育")
# 怎么查自己评没评过: where one may see who holds a title.
_LOOKS_UP = re.compile(
    r"(?:怎么|怎样|如何|咋|在?哪(?:里|儿|边|个网站?)?|上哪)(?:才|能|可以|去|里)*(?:查|看(?=.*(?:评没|有没有评|是不是))|查询)[^，。；]{0,8}(?:评|资质|称号|认定|名单|是不是|专精特新|小巨人)"
)
# 餐饮行业能不能评, 我们做养殖的，能评不: whether a trade is one that may hold a title.
_OF_A_TRADE = re.compile(r"行业|业[的企业公司也都]*(?:能|可以|行|算|够)|[搞做开干][^，。；]{2,8}的(?=[，\s])")
_OF_SUPPORTS = frozenset({"broad", "can_get"})
_OF_USE = re.compile(r"好处|用[处吗么呢]|有用|意义|待遇|作用|影响|怎么样|咋样|多少(?!年)|数量|呢[?？]?$")


def tell_recognition(context: Context) -> Draft | None:
    """小巨人申报条件, 省专怎么评上, 省专有效期几年: the documents do not say, and what they point to where they do."""
    heard, before = context.heard, context.before
    if _LOOKS_UP.search(heard.text) and not context.finder.named(heard.text):
        where = _where(_cities(context))
        return say_unsaid(context, wording("recognition.no_register", where=where), wording("silent.contact"))
    if not (title := _title_asked(context)) or heard.has_orders:
        return None
    cities = _cities(context)
    keys = ("silent", "no_trade") if _OF_A_TRADE.search(context.words.asked) else ("silent",)
    lines = [wording(f"recognition.{key}", where=_where(cities), title=title) for key in keys]
    if _asks_of_titles(context, _OF_THEIR_ORDER):
        lines += _told(context, _ladders(context, cities))  # 能不能跳过省专直接报小巨人
    elif title != before.recognition or heard.cities:
        lines += [*_pointers(context, cities, title), *_rules_since(context, cities)]
    lines.append(wording("silent.contact"))
    return Draft(
        Outcome.SILENT,
        _without_asked_title(context).model_copy(update={"recognition": title}),
        tuple(lines),
        question=context.standing if before.pending and not before.offered else None,
        suggestions=suggestions("broad"),
        abstained=True,
    )


def tell_titles(context: Context) -> Draft | None:
    """什么是专精特新, 小巨人比省专高吗, 市级的算不算: no document defines a title; what two say of their order is."""
    heard = context.heard
    if not heard.asks and (context.answered or "tiers" in heard.facts):
        return None  # 没有专精特新 什么都没有, asked of the titles
    what, of_city = (regex.search(heard.text) for regex in (_WHAT_IS, _OF_THE_CITY))
    order = _asks_of_titles(context, _OF_THEIR_ORDER)
    if order and _TOLD_APART.search(heard.text) and _WITH_AWARDS.search(heard.text):
        order = False  # 小巨人跟省专有啥区别: what they are given is told apart
    talked = None if context.before.broad else context.finder.by_key.get(next(iter(context.before.focus), ""))
    if order and talked and talked.support is not None and len(titles_named(heard.text)) < _BOTH:
        order = False  # 要先评上小巨人吗, asked of a support
    of_one = order and len(titles_named(heard.text)) < _BOTH  # 省专和单项冠军哪个级别高 is of the titles
    here = (talked, *context.subject.entries)
    if of_one and (level := _LEVEL.search(heard.text)) and any(e and level.group("of") in e.quote for e in here):
        order = False  # 小巨人数字化要到几级: the level that firms of a title are to reach
    other = pattern("other_titles").search(heard.text)
    if other and _COUNTS_AS.search(heard.text):
        if context.conversation.profile[_TITLES] and context.finder.named(heard.text):
            return None  # 高企算不算专精特新？我们别的没有，算力券能不能领: the verdict tells both
        head = wording("recognition.not_one", where=_where(_cities(context)), title=other.group())
        return say_unsaid(context, head, *_told(context, _ladders(context, ())), wording("silent.contact"))
    if pattern("self").search(heard.text):
        of_city = None
    if not (what or order or of_city) or _HELP.search(heard.text):
        return None
    if of_city and (lines := _lesser(context, of_city["title"])):
        return _tell(context, lines)
    cities = _cities(context)
    found = _ladders(context, cities)
    if order and not what:
        own = [] if not cities or any(entry.city in cities for entry in found) else [_unordered(cities)]
        return _tell(context, [*own, *_told(context, found)])
    if of_city:
        head = wording("recognition.no_such", where=_where(cities), title=of_city["title"])
    else:
        title = ((what and (what["after"] or what["before"])) or "").lstrip("的")
        head = wording("recognition.undefined", where=_where(cities), title=title)
        facts = (e for e in context.finder.entries if e.support is None and (not cities or e.city in cities))
        found += [e for e in facts if title.startswith("专精特新") and _DIRECTIONS.search(e.quote)][:1]
    context = replace(context, conversation=_without_asked_title(context))
    return say_unsaid(context, head, *_told(context, found), wording("silent.contact"))


def _unordered(cities: Sequence[str]) -> str:
    """那我要先评哪个, of a firm of 南京: that its document has no order of titles, and that others' have one."""
    return wording("recognition.unordered", where=_where(cities))


def _asks_of_titles(context: Context, asked: re.Pattern[str]) -> bool:
    """Whether a message asks that of titles: 省专证书过了三年还作数吗, but not 省专的职称评审要什么条件."""
    clauses = _clauses(context.heard.text)
    asking = [clause for clause in clauses if pattern("question").search(clause) or _ASKED.search(clause)] or clauses
    alone = replace(context, heard=replace(context.heard, text=" ".join(asking)))  # 行吧，那我问你，专精特新有几级
    besides = all(names_nothing(clause) for clause in clauses if clause not in asking)
    read = (context, alone) if besides else (context,)
    return asked.search(alone.heard.text) is not None and any(map(_names_titles_alone, read))


def _asks_nothing_else(context: Context) -> bool:
    """省专满三年了还用再弄一遍么: an opening question of holding a title, and not of what its holders are given."""
    heard = context.heard
    if context.before.focus or not heard.asks or heard.intents & _OF_SUPPORTS or set(heard.facets) - _OF_RECOGNITION:
        return False
    if _asks_of_titles(context, _OF_THEIR_ORDER):
        return False
    if _OF_USE.search(heard.text) or asks_at_large(heard.text):
        return False
    return any(_HOLDS.search(c) for c in _clauses(heard.text) if not _WAS_GOT.search(c)) and _names_titles_alone(
        context
    )


def _names_titles_alone(context: Context) -> bool:
    """Whether a message names titles, and no other subject of the documents beside them."""
    text = _BY_WHICH_RULES.sub(" ", _without_size(context.heard.text))
    of_own = bool(context.before.facts.get(_TITLES)) and _NEXT_TO_IT.search(text)  # 下一级是什么, once it is told
    if not (_NAMES_TITLES.search(text) or of_own or _WHICH_FIRST.search(text)) or _NOT_OF_TITLES.search(text):
        return False
    known = (
        _WHICH_FIRST,
        _OF_THEIR_ORDER,
        _OF_RECOGNISING,
        _NAMES_TITLES,
        _ASKS_ON,
        pattern("question"),
        _AROUND_TITLES,
    )
    for regex in known:
        text = regex.sub(" ", text)
    return not names_a_subject(context, text)


def _clauses(text: str) -> list[str]:
    return [clause for clause in _BETWEEN_CLAUSES.split(text) if clause]


def _without_size(text: str) -> str:
    return " ".join(clause for clause in _clauses(text) if not _tells_size(clause))


def _tells_size(clause: str) -> bool:
    """去年做了3000万, 江宁的小厂: what a firm tells of its size or place before it asks."""
    asks = pattern("question").search(clause) or _NAMES_TITLES.search(clause) or _ASKED.search(clause)
    return not asks and (_SIZE.search(clause) is not None or names_nothing(clause))


def names_a_subject(context: Context, text: str) -> bool:
    """Whether a word in what is left of a message stands for something that the documents speak of."""
    pieces = [piece for piece in re.split(r"\W+", core_words(without_trade(text))) if len(piece) >= _A_WORD]
    entries = context.finder.entries
    return any(context.finder.own_coverage(piece, e.key) >= _ANOTHER for piece in pieces for e in entries)


def _ladders(context: Context, cities: Sequence[str]) -> list[Entry]:
    """What documents say of the order of titles: those of the cities, or of all where these have nothing."""
    every = [e for e in context.finder.entries if e.support is None and _LADDER.search(e.quote)]
    return [e for e in every if e.city in cities] or every


def _without_asked_title(context: Context) -> Conversation:
    """What is known of the enterprise, without a title that was only asked of: 专精特新是啥，我刚接手."""
    told = context.heard.facts.get(_TITLES)
    clauses = _BETWEEN_CLAUSES.split(context.heard.text)
    asking = [c for c in clauses if not (pattern("self").search(c) or _WAS_GOT.search(c))]
    if told is None or not any(told.words and told.words in clause for clause in asking):
        return context.conversation
    held = context.before.facts.get(_TITLES)
    return context.conversation.without_facts(_TITLES).with_facts({_TITLES: held} if held else {})


def _tell(context: Context, lines: Sequence[str]) -> Draft:
    return Draft(
        Outcome.INFORMATION,
        _without_asked_title(context),
        tuple(lines),
        question=context.standing,
        suggestions=suggestions("broad"),
    )


def _lesser(context: Context, title: str) -> list[str]:
    """市级的算吗, of what was talked of: the title that it asks for."""
    talked = context.finder.by_key.get(next(iter(context.before.focus), ""))
    if talked is None or talked.support is None:
        return []
    finding = context.assess(talked.support)
    wanted = [c for c in talked.support.when if c.includes_any]
    return [
        wording("premise.lesser", said=title, condition=c.text, mark=context.words.condition_mark(finding, c))
        for c in wanted[:1]
    ]


def _cities(context: Context) -> tuple[str, ...]:
    own = str(context.conversation.profile[CITY] or "")
    return context.heard.cities or ((own,) if own in served_cities() else ())


def _where(cities: Sequence[str]) -> str:
    return "、".join(city_name(city) for city in cities) or wording("recognition.every")


def _title_asked(context: Context) -> str:
    """The title whose recognition a message asks about, or that was asked about before and is asked on; or nothing."""
    heard, before = context.heard, context.before
    if _HELP.search(_without_size(heard.text)):
        return ""
    named = titles_named(heard.text)
    if _asks_how_to_hold_one(context):
        return before.titles[0] if len(before.titles) == 1 else wording("recognition.any")
    # 小巨人的门槛呢, asked of a support that was told.
    of_support = before.focus[:1] == before.focus != () and before.focus[0] in context.library.supports
    of_support = of_support and not _OF_THE_TITLE.search(heard.text)
    asks = heard.asks or _ASKED.search(heard.text) is not None
    if asks and not of_support and (_asks_of_titles(context, _OF_RECOGNISING) or _asks_nothing_else(context)):
        named = named or before.titles  # 那这个称号怎么来的
        return named[0] if len(named) == 1 else wording("recognition.any")
    if before.recognition and before.profile[CITY] is None and heard.facts.keys() - {"district"} == {CITY}:
        return before.recognition if names_nothing(heard.text) else ""  # 南京, after what was told of all cities
    if not before.recognition or len(heard.text) > _BRIEF or heard.cities or named:
        return ""
    of_it = set(heard.facets) & _OF_RECOGNITION and not core(heard.text)
    return before.recognition if of_it or (_ASKS_ON.search(heard.text) and not _is_told(context)) else ""


def _asks_how_to_hold_one(context: Context) -> bool:
    """那怎么才能评上, after land: a title is meant, unless what was told is a thing that is recognised itself."""
    talked = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    of_itself = any(_IS_RECOGNISED.search(e.title) and not titles_named(e.title) for e in talked[:_BOTH])
    of_itself = of_itself and not context.before.broad
    clauses = _clauses(without_trade(context.heard.text))
    asks = [clause for clause in clauses if _HOW_TO_HOLD.fullmatch(clause)]
    return bool(asks) and not of_itself and all(names_nothing(clause) for clause in clauses if clause not in asks)


def _is_told(context: Context) -> bool:
    """研发费用要多少比例, after 想升省专有什么要求: whether the document of one's city gives the figure for it."""
    entry = next(iter(context.subject.entries), None)
    words = core(context.heard.text)
    if entry is None or context.subject.is_follow_up or len(words) < _A_NAME:
        return False
    return context.finder.own_coverage(words, entry.key) >= _CLEARLY and bool(read_figures(entry.quote))


def _pointers(context: Context, cities: Sequence[str], title: str) -> list[str]:
    """The rules that documents go by when titles are recognised, and what one city does for a title."""
    found: list[Entry] = []
    for city in cities or served_cities():
        here = [e for e in context.finder.entries if e.city == city]
        found += [e for e in here if e.support is None and _GOES_BY.search(e.quote)][:1]
        found += [e for e in here if cities and e.support is not None and _does(e, title)][:1]
    return _told(context, found)


def _told(context: Context, entries: Iterable[Entry]) -> list[str]:
    """What entries say, each with its city, and that their documents are not in force."""
    found = list({(entry.city, entry.quote): entry for entry in entries}.values())
    documents = [context.library.documents[e.document_id] for e in found]
    words = replace(context.words, warned=frozenset(context.library.documents), asks_whether=False)
    lines = lifecycle_lines(words, documents)
    for entry in found:
        document = context.library.documents[entry.document_id]
        mark = context.words.citations.cite(document, entry.provision, entry.quote)
        quote = tight(entry.quote)
        lines.append(wording("recognition.points_to", city=city_name(entry.city), quote=quote, mark=mark))
    return lines


def _rules_since(context: Context, cities: Sequence[str]) -> list[str]:
    """By which rules titles are recognised, where that is known from outside the documents."""
    held = (d for city in cities or served_cities() for d in context.library.documents.values() if d.city == city)
    known = [n.text for d in held for n in d.record.notices if _TITLES in n.topics and n.date <= context.words.as_of]
    return [wording("lifecycle.notice", text=text) for text in known[:1]]


def _does(entry: Entry, title: str) -> bool:
    """每年公告一批创新型中小企业: whether a support of titles names one of them."""
    match = _RECOGNISES.search(plain(entry.quote))
    return match is not None and title in match.group()


def tell_nothing_given(context: Context) -> Draft | None:
    """高新技术企业奖励多少, 瞪羚企业有补贴吗: what the documents do not give to a title that is none of theirs."""
    heard = context.heard
    match = pattern("other_titles").search(heard.text)
    if match is None or not _HELP.search(heard.text) or set(heard.facts) - {CITY, "district"}:
        return None
    asking = next(clause for clause in _clauses(heard.text) if match.group() in clause).replace(match.group(), " ")
    rest = without_help(core(subject_words(re.sub("单独|另外|专门|另给|也给", " ", asking))))
    if len(rest) >= _A_WORD or context.finder.named(heard.text, heard.cities):
        return None
    cities = _cities(context)
    if any(_gives_to(e, match.group()) for e in context.finder.entries if not cities or e.city in cities):
        return None
    lines = (wording("recognition.nothing", where=_where(cities), title=match.group()), wording("silent.contact"))
    return say_unsaid(context, *lines)


def _gives_to(entry: Entry, title: str) -> bool:
    return entry.support is not None and entry.support.kind in {Kind.AWARD, Kind.FUNDING} and title in entry.quote
