"""Whether a message asks of titles themselves: how one comes to hold them, how they stand to each other."""

import re
from dataclasses import replace

from chains.eligibility import CITY
from chains.finding.followup import titles_named
from chains.finding.naming import core, core_words, names_nothing
from chains.language.clauses import pattern
from chains.language.question_words import asks_at_large, without_trade
from chains.prompting import wording
from chains.turn import Context
from knowledge.figures import read_figures

A_WORD, _BRIEF, BOTH, _A_NAME = 2, 14, 2, 3

# How much of a word beside a title an entry must hold for it to name another subject: measured, subjects hold
# about half and more, words of everyday talk less.
_ANOTHER, _CLEARLY = 0.45, 0.75

# The topic of notices on who holds a title.
TITLES = "tiers"

HELP = re.compile(
    r"有没有(?:单独|另外|专门)的|也给|奖|补[贴助]|钱|[\d一二三四五六七八九十百千]\s*万|资助|扶持|优惠|[拿给领发](?:到|得)?(?:多少(?![年家分次])|几万|啥|什么)"
)


# 营收要多少, 研发比例呢, 到期要复核吗: asked on of how a title is recognised.
_ASKS_ON = re.compile(r"营收|收入|研发|专利|人数|员工|成立|年限|比例|占比|得分|打分|评分|复核|复评|到期|有效|证书|公示")

TITLE = (
    r"(?:国家级?|省级?|制造业)?的?[\"“]?(?:专精特新[\"”]?)?[\"“]?"
    r"(?:小巨人|单项冠军|省专|国家级|省级|创新型|(?<=专精特新)|(?<=专精特新[\"”]))[\"”]?的?(?:中小)?(?:企业)?"
)

_OF_THE_TITLE = re.compile(
    r"评|认定|申报|复[核审]|有效|到期|作数|取消|撤|摘|称号|证书|牌子|怎么来|搬|迁|转籍|重新|再[评审]|[审查]一"
    rf"|(?:升|晋|变|冲|做|当|成)[级成为到上]*{TITLE}"
)

# 能评专精特新吗: 能评 is no appraisal of energy here.
_TO_BE_ONE = re.compile(r"(?:能|可以)?(?:评|认定|申报)?[上为]?专精特新(?:中小)?(?:企业)?")

BETWEEN_CLAUSES = re.compile(r"[，。；！？?\s]+")

_NEXT_TO_IT = re.compile(r"[上下]一?[个]?级(?:别|称号)?是|再?往[上高](?:评|升|走|爬|冲|一[级步])")

# 按哪个文号的规定评; 能不能申报小巨人.
_BY_WHICH_RULES = re.compile(
    r"[按依照][照据]?(?:的是)?(?:哪|什么|啥)[^，。；]{0,3}(?:文号|文件|规定|办法|标准|令)?的?(?:规定|办法)?"
)

_BECOMES = (
    rf"(?:能|可以?|够|资格)(?:去)?(?:申[报请]|认定|成为|[评报冲])[上为成个]*{TITLE}[吗么不嘛呢]?(?=$|[，。；?？])"
)

# What is asked of a title itself, and not of what is given for it; and of their order, which two documents print.
_OF_RECOGNISING = re.compile(
    rf"{_BY_WHICH_RULES.pattern}|{_BECOMES}|怎么?样?(?:才?(?:能|算|可以))?(?:[来得评拿弄搞争申报获认升去当]|[变成]为?成?)|如何|咋(?:样|[来得评拿弄搞争申报获认升])|(?:要|得|需要?|该)(?:满足|具备|达到|符合)(?:些|到|了)?(?:什么|啥|哪)|条件|(?<!国家)(?<!国际)(?<!行业)(?<!团体)(?<!地方)标准(?!化|厂)|指标|门槛|要求|材料|流程|程序|手续"
    r"|有效期?|[作算]数|管(?:几|多少?)年|(?:过期|到期|失效)|年限|复[核审评]|年[审检]|重新|再(?:评|认定|申报|审)|[审查]一[遍次回]|(?:当|评|拿|升|做|变|成)(?:得|不)?[上到成为][^，。；]{0,8}(?:得|要|需)|取消|撤销?|摘|收回|丢掉?|保[留住得]"
    r"|(?:去|在|到|上)?哪(?:里|儿|边|个部门|个网站|个窗口)?(?:申报|报名|申请|报|评)|(?:好|难|容易|不难|简单|麻烦)(?:不(?:好|难|容易))?(?:评|报|拿)|评[^，。；]{0,8}(?:多久|几个?月|难|容易)|多(?:久|长时间)(?:才|就|能|可以)*(?:评|拿|批)"
    r"|转籍|(?:搬|迁|转|带)(?:过?来|进|入|到|去|走|出)|外地|认不认|还认|承认|跳过|跳级|越级|跨级|隔级|直接(?:报|评|申|冲|上)"
)

_ASKED = re.compile(
    r"(?:条件|(?<!国家)(?<!国际)(?<!行业)(?<!团体)(?<!地方)标准|指标|门槛|要求|材料|流程|程序|手续|有效期|规定)的?[呢啊呀]?[?？]?$|怎|如何|咋"
)

OF_THEIR_ORDER = re.compile(
    r"级别|等级|[几哪]个?[档级层步]|档次|层级|台阶|阶梯|梯度|梯队|(?:第一|头一?|下一|下|上一|上)[个块]?[步级层档关]|头一[个块]|(?:谁|哪(?![几些]))[^，。；]{0,3}[高低牛大强]|一[个码]?(?:东西|概念)|[几哪多]少?[道关]|(?:上面|下面|之上)(?:还)?(?:是|有)|往[上高]|一步步|更[高低]"
    r"|逐级|一?[级步层](?:一[级步层]|步|级)|[从由][低高]到|先(?:去|要|得|该)*(?:评|报|申|拿|弄|搞|办|整)|(?:什么|啥|哪一?[个种])(?:称号|牌子|资质|头衔)(?:最|更|比较)?(?:好|合适|划算|容易|适合|起|评起)|顺序|次序|路线|从[^，。；]{0,6}起步|起步(?:是|评|报|申|要|得)|高一?级|低一?级|晋级|(?<!提档)升级|跳过|跳级|越级|跨级|隔级|直接(?:报|评|申|冲|上)"
    r"|一回事|一个意思|一样|(?:区|差)别|不同|差(?:在|多少|距)|关系|比[^，。；]{2,8}[高低大牛]|最[高低]的?一?[级档层]|包[含括]"
)

_NAMES_TITLES = re.compile(rf"{TITLE}|先[要去]?评[一个]*(?:什么|啥|哪)|称号|资质|牌子|名头|名号|头衔|荣誉|冠军")

# Words around what is asked of a title, and what has them ask of a document or of what is given.
_AROUND_TITLES = re.compile(
    r"证书?|资格|认定|评[审定选上]|获评|申[报请]|原[来先本]|[这那]边|[以之]前|[以之]?后|直接|会不会|今年|明年|公司|企业|老板|具备|满足|符合|需要?|准备|注册"
    r"|[这那哪]个|最快|路子|捷径|本身|太难|一共|总共|到底|究竟|开始|应该|投入|有没有|没有|不是|中小|争取|同时|通过|一?次|每?隔?[几\d一二三两]+年"
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
WAS_GOT = re.compile(
    r"(?:[去今前]年|20\d\d年?|早就?|刚刚?|已经?)[^，。；]{0,3}(?:评|拿|获评?|认定|入选|升)[^，。；什啥怎吗呢]*$"
)

_OF_RECOGNITION = frozenset(
    {"conditions", "materials", "procedure", "deadline", "phone", "address", "duration", "stacking"}
)

_HOLDS = re.compile(
    rf"(?:评|申[报请]|[拿获当][到得上]|[报冲]|争取|成为|[保摘丢挂])[^，。；]{{0,3}}{TITLE}|{TITLE}(?:的?(?:证书?|称号|牌子|资质|帽子)|[满过][^，。；]{{1,3}}年|要?不?要?重|怎么)"
)

# 那怎么才能评上, 能评不: a title is meant, where nothing that was told is recognised itself.
_HOW_TO_HOLD = re.compile(
    r"(?:那|到底|我们?|咱们?|公司|要|想)*(?:(?:怎么样?|怎样|如何|咋)(?:才|就|去)?(?:能|可以|算|好)?(?:去)?(?:(?:评|当|选)(?:得)?[上到]了?|评|申报)"
    r"|(?:能不能|可不可以|能|可以|够格?)(?:去)?评(?:上|得上)?(?:不|吗|么|不了|没)?)[呢啊呀]?[?？]?"
)

_IS_RECOGNISED = re.compile(r"评|认定|职称|争创|创建|申报|入库|培育")

_OF_SUPPORTS = frozenset({"broad", "can_get"})

_OF_USE = re.compile(r"好处|用[处吗么呢]|有用|意义|待遇|作用|影响|怎么样|咋样|多少(?!年)|数量|呢[?？]?$")


def asks_of_titles(context: Context, asked: re.Pattern[str]) -> bool:
    """Whether a message asks that of titles: 省专证书过了三年还作数吗, but not 省专的职称评审要什么条件."""
    clauses = clauses_of(context.heard.text)
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
    if asks_of_titles(context, OF_THEIR_ORDER):
        return False
    if _OF_USE.search(heard.text) or asks_at_large(heard.text):
        return False
    return any(_HOLDS.search(c) for c in clauses_of(heard.text) if not WAS_GOT.search(c)) and _names_titles_alone(
        context
    )


def _names_titles_alone(context: Context) -> bool:
    """Whether a message names titles, and no other subject of the documents beside them."""
    text = _BY_WHICH_RULES.sub(" ", _without_size(context.heard.text))
    of_own = bool(context.before.facts.get(TITLES)) and _NEXT_TO_IT.search(text)  # 下一级是什么, once it is told
    if not (_NAMES_TITLES.search(text) or of_own or _WHICH_FIRST.search(text)) or _NOT_OF_TITLES.search(text):
        return False
    known = (
        _WHICH_FIRST,
        OF_THEIR_ORDER,
        _OF_RECOGNISING,
        _NAMES_TITLES,
        _ASKS_ON,
        pattern("question"),
        _AROUND_TITLES,
    )
    for regex in known:
        text = regex.sub(" ", text)
    return not names_a_subject(context, text)


def clauses_of(text: str) -> list[str]:
    return [clause for clause in BETWEEN_CLAUSES.split(text) if clause]


def _without_size(text: str) -> str:
    return " ".join(clause for clause in clauses_of(text) if not _tells_size(clause))


def _tells_size(clause: str) -> bool:
    """去年做了3000万, 江宁的小厂: what a firm tells of its size or place before it asks."""
    asks = pattern("question").search(clause) or _NAMES_TITLES.search(clause) or _ASKED.search(clause)
    return not asks and (_SIZE.search(clause) is not None or names_nothing(clause))


def names_a_subject(context: Context, text: str) -> bool:
    """Whether a word in what is left of a message stands for something that the documents speak of."""
    pieces = [piece for piece in re.split(r"\W+", core_words(without_trade(text))) if len(piece) >= A_WORD]
    entries = context.finder.entries
    return any(context.finder.own_coverage(piece, e.key) >= _ANOTHER for piece in pieces for e in entries)


def title_asked(context: Context) -> str:
    """The title whose recognition a message asks about, or that was asked about before and is asked on; or nothing."""
    heard, before = context.heard, context.before
    if HELP.search(_without_size(heard.text)):
        return ""
    named = titles_named(heard.text)
    if _asks_how_to_hold_one(context):
        return before.titles[0] if len(before.titles) == 1 else wording("recognition.any")
    # 小巨人的门槛呢, asked of a support that was told.
    of_support = before.focus[:1] == before.focus != () and before.focus[0] in context.library.supports
    of_support = of_support and not _OF_THE_TITLE.search(heard.text)
    asks = heard.asks or _ASKED.search(heard.text) is not None
    of_support = of_support or _is_a_support_named(context)  # 国家小巨人，AEO我们合不合条件
    if asks and not of_support and (asks_of_titles(context, _OF_RECOGNISING) or _asks_nothing_else(context)):
        named = named or before.titles  # 那这个称号怎么来的
        return named[0] if len(named) == 1 else wording("recognition.any")
    if before.recognition and before.profile[CITY] is None and heard.facts.keys() - {"district"} == {CITY}:
        return before.recognition if names_nothing(heard.text) else ""  # 南京, after what was told of all cities
    if not before.recognition or len(heard.text) > _BRIEF or heard.cities or named:
        return ""
    of_it = set(heard.facets) & _OF_RECOGNITION and not core(heard.text)
    return before.recognition if of_it or (_ASKS_ON.search(heard.text) and not _is_told(context)) else ""


def _is_a_support_named(context: Context) -> bool:
    """Whether a support that is no title's own award is named, for which a firm with its title asks."""
    besides, finder = _TO_BE_ONE.sub(" ", context.heard.without_facts), context.finder
    named = [key for key in finder.named(besides) if finder.by_key[key].city in context.heard.cities]
    return bool(context.heard.facts and named) and not titles_named(besides)


def _asks_how_to_hold_one(context: Context) -> bool:
    """那怎么才能评上, after land: a title is meant, unless what was told is a thing that is recognised itself."""
    talked = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    of_itself = any(_IS_RECOGNISED.search(e.title) and not titles_named(e.title) for e in talked[:BOTH])
    of_itself = of_itself and not context.before.broad
    clauses = clauses_of(without_trade(context.heard.text))
    asks = [clause for clause in clauses if _HOW_TO_HOLD.fullmatch(clause)]
    return bool(asks) and not of_itself and all(names_nothing(clause) for clause in clauses if clause not in asks)


def _is_told(context: Context) -> bool:
    """研发费用要多少比例, after 想升省专有什么要求: whether the document of one's city gives the figure for it."""
    entry = next(iter(context.subject.entries), None)
    words = core(context.heard.text)
    if entry is None or context.subject.is_follow_up or len(words) < _A_NAME:
        return False
    return context.finder.own_coverage(words, entry.key) >= _CLEARLY and bool(read_figures(entry.quote))
