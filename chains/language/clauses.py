"""A message in clauses: who speaks of whom, what is supposed, asked or denied. The patterns are the lexicon's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from chains.prompting import read_data
from knowledge.regions import served_cities

_NAMED = re.compile(r"(?<!P)<([a-z]+)>")
_CLAUSE = re.compile(
    r"[，,。；;！!…\n]+|(?<=[？?])|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff]|\d+\s*[w万k块元]|(?:aeo|apec|ai)(?![a-z]))|(?<=[的了])\s+(?=[a-z])"
)
# 不对我们是省专: what comes after is a clause of its own.
_TAKES_BACK = re.compile(r"(?<=不对)(?=我们|我司|应该|其实|是)|(?<=错了)(?=我们|我司|应该|其实|是)")
# 没参与建什么中试平台 asks nothing.
_NOT_ANY = re.compile(r"^(?:我们?|还|都|也)*没(?:有)?(?!什么|啥)[^，。；？?吗呢]{1,6}(?:什么|啥)[^，。；？?吗呢]+$")
_WISH = re.compile(
    r"(?<![没不])(?<!没有)(?:想|打算|准备)(?!问|了解|知|咨询|打听|请教|看|听|法|必|象|起|清楚|不|多|这|那|好|确认)(?=[\u4e00-\u9fffa-z])"
)
_ASKS_WHAT = re.compile(r"多[少大高长久远]|几|哪|谁|什么|啥|怎么|咋|(?<![行以能])[吗？?]")
_WHETHER_MAY = re.compile(
    r"(?:能|可以|行|够格|有资格)[^，。；\s多什啥怎哪]{0,8}(?:吗|么|嘛|不)[?？]?$|(?:能不能|可不可以|行不行|够不够格|有没有资格)[^，。；\s多什啥怎哪]{0,8}[?？]?$|.{2}有没有[?？]?$"
    r"|^那[^，。；\s我咱]{0,4}(?:[微小中大新]型|[国民外私央]企|民营|国有|外资|合资|小微|小巨人|省专|省级|单项冠军|专精特新)[^，。；\s]{0,6}呢[?？]?$"
)
# 我们和大学合作: who works with others goes on to speak of himself.
_TOGETHER = re.compile(r"(?:和|跟|与)[^，。；]{1,14}(?:合作|配套|做生意)[^，。；]{0,6}$")
# 客户都是外企，南京省专能转贷吗: of whom it deals with a firm speaks but in passing.
_DEALINGS = re.compile(r"客户|供[应货]商|甲方|合作方|合作伙伴|[上下]游")
# 原来注册在苏州, 前几年在徐州: where a firm was, and what it was.
_PAST = re.compile(
    r"(?:以前|原来|原先|曾经|之前|过去|早年|早些年|前[几两三些]年|头[几两]年|当年|当时|当初|那会儿?|那时候?|刚成立时?|最早|起初|一开始)"
    r"(?:我们|咱们?|公司|厂子?|老板|我|都|也|还|一直|就)*(?:(?:注册|落户|开)?在(?!评|报|申|冲|争|办|做|用|买|租)|是(?!在|怎|什|啥|否|不是)|属于|归)|^老厂(?:房|区)?在"
    r"|(?:前年|大前年|[去上一]+年)(?:我们?|咱们?|公司|厂子?|都|也|那时)*还(?:只|不过|就)?是|那(?:都|也)?是(?:[两三四五六七八几多\d]+年|很久|好久|早些年)(?:以)?前的?"
    r"|那(?:都|也)?是(?:以前|过去|从前|老黄历)"
)
# 本来牵头写国标的，后来退出了: of a standard, what was to be, and came to nothing.
_WAS_TO_BE = re.compile(
    r"^(?:我们?|咱们?|公司|厂里|老板)*(?:本来|原本|原先|原来|早先|起先|一开始)"
    r"[^，。；]*(?:标准|[国行团地]标|起草)"
)
_CAME_TO_NOTHING = re.compile(
    r"^(?:但是?|可是?|不过|只是)*(?:后来|结果|最后|到头来|临了|末了|现在)[^，。；]{0,6}"
    r"(?:没(?!想|料)|不(?!过|错|仅|光|但|止)|未|退|黄|取消|停|算了|作罢|放弃|泡汤|搁置|拉倒)"
)
# 别只说中试, 转贷基金不要讲了: what we are to do or leave, which tells nothing of the firm.
_INSTRUCTS = re.compile(
    r"(?:^|[^，。；特分区类级识鉴要用])(?:别|甭|不要|不用|先不)(?:再|光|只|老|总|都|尽|净|给我|跟我|一直|单)*(?:说|讲|提|谈|聊|列|扯|管|推荐?|介绍|问|查|看(?![^，。；]{0,6}小)|记|当|把|算|报(?!税|关|名))(?!不)"
)
# 好多人还以为我们是国企: what somebody takes for so, and is not.
_MISTAKEN = re.compile(
    r"以为|误会|当成|错当|误认|(?:要真?|真要)是[^，。；]{1,12}早(?:就)?[^，。；]*了"
    r"|(?:有人|别人|外面|外头|大家|同行|好多人)(?:都|老|总|还)?(?:说|讲|传|喊|叫|当|认为|觉得)(?:我们?|咱们?)|造谣|谣[言传]|瞎传"
)
# 集团总部在南京，是单项冠军: what follows without a subject is said of the one before.
_OVER_US = re.compile(
    r"^(?:我们?|咱们?)?的?(?:集团总部|母公司|总公司|(?:控股|大)股东|总部)(?!百分百|控股|全资|独资|占)"
)
_GOES_ON = re.compile(r"^(?:也|还|都|已经?)*(?:是|评|拿|获)(?!不是|我们|咱)")
_THEN_AGAIN = re.compile(
    r"^(?:那么?|但是?|不过|可是?|然后|就是|其实|比如说?|要是|如果|像)+(?=[^，。；]{2})(?=客户|同行|供[应货]商|合作|[上下]游|甲方)"
)
# 我原来在一家小巨人上班: where a person worked before.
_WORKED = re.compile(
    r"(?:以前|原来|原先|曾经|之前|过去|早年|当年|毕业后)[^，。；]{0,3}(?:在|给|跟)[^，。；]{1,14}(?:上班|打工|任职|干[过了]|待[过了]|做[过了])"
    r"|(?:[去前]年|上半年|上个月)(?:我|都|也|还)*在[^，。；]{1,14}(?:上班|打工|任职|当[^，。；]{0,3}(?:总|经理|主管|厂长|会计|工程师))"
)
# 那时候我代表单位参加过: what was done for that firm, until one's own is named.
_AS_A_HAND = re.compile(r"(?:那时候?|当时)?我(?![们这]|自己|现在|[^，。；]{0,8}(?:出来|创业|自己|来))")
# 听说小巨人有奖, 不过我们还没有, 改制完了现在全是私人股东: where a clause turns to another time or another firm;
# 没有省专那我有首台套: and to what there is, after what there is not.
_SHIFTS = re.compile(
    r"(?<=[^，。；]{2})(?=听说|据说|听人[说讲]|听[^，。；不没的]{2,8}[说讲]|(?<![核审评检验])不过(?!是)|但是|可是(?!否)|后来)"
    r"|(?<=[了的过完班])(?<![说讲提]过)(?=(?:现在|目前|如今|眼下)[^，。；]|(?:我们|咱们?|我)(?:自己|这边|公司|厂|家)?(?:是|在|还|也|就|只|没|刚|做))"
    r"|(?:(?<=是小巨人)|(?<=是省专)|(?<=是专精特新)|(?<=是单项冠军))(?=我们(?:才|是|不|还|也|就|没|只))"
    r"|(?<=[^，。；]{3})(?=那(?:我们?|咱们?|俺们?)(?:自己|公司|厂里?|家|这边)?(?:可|也|倒|还|都|已经)*(?:有(?![没什啥哪几多的份戏吗么])|是(?!不是|什|啥)|做了|拿了|评上))"
    r"|(?<=[^，。；]{2})(?<![让给和跟与问帮替说对是找拖欠到于])(?=人家(?:是|都|评|拿|有|还|才|去年|今年)|他们(?:家|公司|厂|单位|是|都|也)|[她他]家)"
)
# What is said in one breath, without a pause, turns where a new subject, time or firm is named.
_ONE_BREATH = 26
_NEW_SUBJECT = re.compile(
    r"(?<=[^，。；]{4})(?<![给跟和与让对把被替帮是说问叫的向为离在听我就们到喊催劝请约拉])(?=我们(?!的|[？?]*$)|咱们|我(?![们的国])|[他她](?!的)|人家|现在|目前|[今去前]年(?![就才都刚已也])|[明后]年(?=[打准计想要])|后来|之前|以前|但是|不过|然后|就想|就问|想问)"
)
_THEN = re.compile(r"(?<=[^，。；])(?=现在|目前|如今|眼下|去年|今年)")
# 不过那是别人家: what was told just before is another's.
_WAS_ANOTHERS = re.compile(
    r"(?:那|这|说的|讲的)(?:些|个|家)?(?:都|也|可)?(?:是(?:别人|人家|隔壁|另外?一?家|他们|她们|朋友|别家|母公司|集团|客户)|不是(?:我们|咱们?|我司))"
)
# 不是母公司, 我们这个子公司: a word for another's firm that speaks of one's own.
_OURS = re.compile(
    r"(?:传|交|留|转|甩|丢|扔|推|塞|让|过户|托付)(?:给|到)了?(?:我|咱)|^不是(?:母公司|总公司|集团|[^，。；]{0,6}(?:别人|别家|人家|他们)(?:家)?的)|^(?:我们?|咱们?)(?:这个|这家|[\u4e00-\u9fff]{2,4})的?子公司(?=$|是)"
    r"|^(?:我们?|咱们?)这一?[家个]?(?:全资|控股)?子公司(?!的)"
    r"|(?:我们|咱们?)(?:这)?[两俩三几]家(?:公司|厂)?(?:全|都)"
    r"|^(?:我们?|咱们?|公司)(?:公司|这边)?就?是(?:[^，。；]{0,6}的)?一?[家个]?(?:全资|控股)?子公司"
    r"|^我[说问讲]的(?:就)?是(?:我们?的?)?(?:总|母|子|分)公司|^(?:就)?按(?:照)?(?:总|母|子|分)公司(?:来|的)?(?:算|看|说)"
)
_OF_THE_CALLER = re.compile(r"我自己|我们单位|我(?:上班|在[^，。；]{1,6}(?:上班|打工))")
# 客户全在国内: of many, and what follows is of the speaker again.
_OF_MANY = re.compile(
    r"(?:客户|供[应货]商|同行|上游|下游|买家)(?:们)?(?:全|都|大多|多数|大部分|主要|基本|多半|一半|几乎)"
)
_HE = re.compile(
    r"(?:但|可|不过)?[他她]们?(?:以前|现在|去年|今年|上半年|那时)?(?:在|是|有|归|给|评|拿|想|要)"
    r"|[他她]们?(?:以前|原来|之前|现在)?(?:待)?的(?:那一?个|那一?家)?(?:单位|公司|厂|企业)"
)
# 他上次评过, 那她能拿吗, 是她首次, 帮他问一下: of somebody who was told of before.
_HIM = re.compile(
    r"^(?:那么?|但是?|不过|可是?|哦|嗯|对|就|是|因为|毕竟|如果|要是|假如|等|[，,\s])*(?:[他她]们?|人家|对方|那一?家)(?!说|讲|告诉|问)"
    r"|[帮替给代](?:[他她]们?|人家)"
)
_ASKS_FOR_HIM = re.compile(r"我(?=[^，。；我咱]{0,4}[帮替给代](?:[他她]们?|人家))")
_I = re.compile(r"我|咱|俺|本公司|本企业")
_NOW_AGAIN = re.compile(r"(?:但是?|不过)?(?:后来|现在|目前|如今|眼下)|[^，。；]{0,6}(?:搬|迁)(?:到|来|回)")
_POINTS_AT_ANOTHER = re.compile(r"[他她它]|那一?[家个]|别人|人家|这种|对方")
_BACK_TO_WHAT_IS = re.compile(r"(?:我?就|只|先|还是)?(?:说|讲|看|谈|论)?(?:回)?(?:现在|目前|眼下|如今|当下|不过|但)")
_KINDS = "企业|公司|小巨人|省专|专精特新|单项冠军|民企|国企|外企"
_MAY = "能|可以|够不够|行不行|符不符合|有没有资格"
# 谁说我们没资质: put as a question, and tells.
_WHO_SAYS_SO = re.compile(r"^(?:谁|哪个)(?:跟[你您])?[说讲](?:我|咱)")
# 还没评上呢, 正在办着呢: tells, however it ends.
_TELLS_ON = re.compile(
    r"(?:还|也|都|才|又)(?:没|不)[^，。；？?]{0,8}(?<![么吗多])呢$|正[^，。；？?什啥怎哪多]{1,8}呢$|[^，。；？?什啥怎哪多]{1,8}着[^，。；？?什啥怎哪多]{0,6}呢$"
)
_QUESTION_TO_US = re.compile(
    r"[?？]|吗|有没有(?!.*(?:不清楚|不知道|说不|不晓得|不了解|不确定))|(?:啥|什么)(?:是|叫)|是(?:啥|什么)|(?<!着)呢$|(?<![什怎多这那])么$|多少|怎么|咋(?!啦)|如何|能不能|可不可以|行不行|(?:是不是|是否)(?:就)?(?:能|可以|要|得|必须)|哪个(?:更|最|比)?(?:高|多|好|大|划算)|[用领拿报享受到上了]不$|(?<![不只])能[^，。；\s不没别]{1,8}(?<![也还都])不[?？]?$|能(?:排|优先|享受|进|走|插)[^，。；不]{0,5}不$|\d\s*万元?[，\s]*(?:是|对|没错)吧|(?:[找问归由])谁(?!都|也)|[给有发补](?:些|点)?(?:哪些|啥|什么)(?:补贴|补助|奖励?|支持|政策|待遇|好处|优惠)|哪几[个家](?:部门|单位|局|海关|银行)"
    r"|^(?!.*(?:我们?|咱们?|公司|厂子?)(?:就|才|都)?是)[^，。；]*来着[。！\s]*$|(?:要|得|能|目标)[^，。；几]{0,6}几[个家名项条户]$|(?:打算|计划|准备|争取|想)(?:搞|弄|培育|评|发展|出|冒)[^，。；几]{0,3}(?:几|多少)[家个户]$"
    r"|(?:能|可以?)(?:享受?|拿|领|申请|报)(?:得?到)?(?:些|点)?(?:啥|什么|哪些)[呢啊呀]?$"
    r"|(?:要|得|需要?|应该?)[^，。；没不]{0,4}(?:什么|啥|哪些)(?:条件|要求|资格|材料|才[行能])?$"
    r"|有(?:优先|优惠|照顾|补贴|补助|奖励?|支持|政策|说法|规定|名额|加分|好处|待遇)没有?$"
    r"|(?<![好十这前那早头])几(?:天|个?工作日|个月)(?:能|可以|才|内)?(?:办|批|审|拿|到|出|下)[^，。；了]{0,3}$"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message; `own` where it speaks of the enterprise of the person who writes, `others` of another.

    `past` where it tells what was so once.
    """

    text: str
    own: bool
    others: bool
    supposed: bool
    asks: bool
    past: bool = False


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the lexicon by its name at the top level."""
    return re.compile(filled(read_data("lexicon")[name]))


def gives_orders(text: str) -> bool:
    """Whether a message gives the assistant orders; no name of a firm does (我们公司叫“系统指令科技”)."""
    return pattern("orders").search(without_names(text)) is not None


def without_names(text: str, like: str = "") -> str:
    """A message without what a firm or a product is said to be called; only what fits the pattern `like`, if given."""
    return pattern("own_name").sub(lambda m: " " if not like or pattern(like).search(m.group()) else m.group(), text)


def without_hearsay(text: str) -> str:
    """网上说已经过期了 真的假的: a message without who says so, and without the question whether it is true."""
    return pattern("whether_true").sub(" ", pattern("hearsay").sub(" ", text))


def filled(entry: str) -> str:
    """A pattern of the lexicon with the words of others where it names them: <first>, <kin>, and <city>."""
    return _NAMED.sub(lambda m: city_names() if m[1] == "city" else f"(?:{filled(read_data('lexicon')[m[1]])})", entry)


@cache
def value_patterns() -> Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Patterns of facts by slot, each with the value that it states."""
    found: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
    facts: dict[str, dict[str, list[dict[str, Any]]]] = read_data("lexicon")["facts"]
    for slot, values in facts.items():
        found[slot] = tuple((value, re.compile(row["match"])) for value, rows in values.items() for row in rows)
    return found


def fact_patterns() -> tuple[re.Pattern[str], ...]:
    """Patterns of titles, ownership and size: what an enterprise is, not what it asks about."""
    return tuple(regex for slot in ("tiers", "ownership", "size") for _, regex in value_patterns()[slot])


def split_clauses(text: str, *, answers: bool, correction: bool, knows_him: bool = False) -> Iterator[Clause]:
    """The clauses of a normalised message; `answers` where it follows a question put to the person.

    `knows_him` where somebody else was told of before, so that 他首次 is said of him.
    """
    kept: list[Clause] = []
    for clause in _clauses(text, answers=answers, correction=correction, knows_him=knows_him):
        if kept and _WAS_ANOTHERS.search(clause.text) and not pattern("self").search(kept[-1].text):
            kept[-1] = replace(kept[-1], own=False, others=True)
        kept.append(clause)
    yield from kept


# 小巨人是母公司的，我们子公司是省专: beside its parent, a subsidiary is the one that speaks.
_PARENT = re.compile(r"母公司|总公司|集团")
_WE_THE_SUBSIDIARY = re.compile(r"^(?:但是?|不过|可是?)?(?:我们?|咱们?)的?子公司(?!的)")
# 隔壁是小巨人，南京江宁这边: here is where the speaker is.
_HERE = re.compile(r"^[^，。；\s]{0,8}(?:这边|这里|本地)的?[啊呀呢哦]?$")
_HEAD = re.compile(r"总公司|总部|本部")
# 总公司注册在南京，另有个分厂在马鞍山: a head office that has a branch is the firm that tells of both.
_HAS_A_BRANCH = re.compile(
    r"(?:^|[，。；\s])(?:总公司|总部|本部)[^，。；]*[，。；\s]+[^，。；有]{0,4}(?:另外?|还|也|外地)[^，。；]{0,3}有[^，。；]{0,5}"
    r"(?:分厂|分公司|子公司|车间|基地|办事处)"
)


def _clauses(text: str, *, answers: bool, correction: bool, knows_him: bool) -> Iterator[Clause]:
    told = [p for p in _CLAUSE.split(_TAKES_BACK.sub("，", text)) if p and p.strip(" ？?")]
    parts = [p.strip() for whole in told for p in _turns(whole) if p.strip(" ？?")]
    asks_anywhere = pattern("question").search(text) is not None
    ours = [part for part in parts if not pattern("own_other").search(part)]
    says_we = pattern("self").search(text if ours == parts else "，".join(ours)) is not None
    own_message = says_we or correction or answers or not asks_anywhere
    for_kin = is_for_kin(text)
    for_another = for_kin or pattern("proxy").search(text) is not None
    tells_of_both = pattern("self").search(text) is not None
    has_parent = _PARENT.search(text) is not None
    has_branch = _HAS_A_BRANCH.search(text) is not None
    gave_up = any(_CAME_TO_NOTHING.match(part) for part in parts)
    of_others = deals = of_former = tells_self = at_former = over_us = asked = False
    supposed = of_him = False
    for marked in parts:
        part = marked.rstrip(" ？?")
        if for_another:
            about_others = for_kin and _OF_THE_CALLER.search(part) is not None
        else:
            about_others = _speaks_of_another(part, of_him=tells_of_both) and not _MISTAKEN.search(part)
            about_others = about_others and not (has_branch and _HEAD.match(part))
            about_others = about_others and not (has_parent and _WE_THE_SUBSIDIARY.match(part))
            about_others = about_others or (knows_him and points_at_him(part))
        speaks_of_self = pattern("self").search(part) is not None or _returns(part, of_former=of_former)
        of_him = knows_him and points_at_him(part) if about_others else of_him and of_others
        speaks_of_self = speaks_of_self and not (of_him and not _I.search(part))
        speaks_of_self = speaks_of_self or _HERE.match(part) is not None
        if over_us and _GOES_ON.match(part):
            about_others = True
        over_us = _OVER_US.match(part) is not None
        if at_former and _AS_A_HAND.match(part) and not _NOW_AGAIN.match(part):
            speaks_of_self, about_others = False, True
        of_self = (speaks_of_self or (deals and _of_a_city(part))) and not about_others
        at_former = _WORKED.search(part) is not None or (at_former and not of_self)
        asks = part != marked or (asks_us(part) if answers else pattern("question").search(part) is not None)
        if asks and tells_self and not (about_others or answers or _POINTS_AT_ANOTHER.search(part)):
            of_self = True  # a question at the end of a story about others is of the firm that tells it
        of_others = (of_others or about_others) and not of_self
        of_former = of_others and (of_former or pattern("former").search(part) is not None)
        tells_self = tells_self or (of_self and speaks_of_self)
        # A supposition reaches to the end of the message, unless the speaker comes back to what is.
        # 明年评上的话门槛能放宽吗，我们是省专: who tells what he is once he has asked supposes no more.
        supposed = supposed and not (asked and speaks_of_self and not asks)
        supposed = (supposed or bool(pattern("hypothesis").search(part))) and not _BACK_TO_WHAT_IS.match(part)
        asked = asked or asks
        hearsay = bool(pattern("hearsay").search(part)) and not of_self
        past = _PAST.search(part) is not None or _WORKED.search(part) is not None
        past = past or (gave_up and _WAS_TO_BE.match(part) is not None)
        as_such = _asks_as_such(part)
        asks = (
            asks
            and not (_NOT_ANY.search(part) or _WHO_SAYS_SO.search(part))
            and not (part == marked and _TELLS_ON.search(part))
        )
        own = (own_message or not asks or as_such or wishes(marked)) and not past and not of_others and not hearsay
        own = own and not (instructs(part) or _MISTAKEN.search(part) or pattern("wrongly_noted").search(part))
        if answers and asks and not of_self and (pattern("title_award").search(part) or asks_whether_may(part)):
            own = False  # 插一句，首次评上小巨人奖多少; 大型企业还能享受吗
        yield Clause(part, own, of_others, supposed, asks, past)
        of_others = of_others and _TOGETHER.search(part) is None and not _passes_by(part)
        deals = of_others and (deals or _DEALINGS.search(part) is not None)


def points_at_him(part: str) -> bool:
    """他首次, 那她能拿吗, 帮他问一下: whether a clause speaks of somebody told of before, and not of oneself."""
    return _HIM.search(part) is not None and not _I.search(_ASKS_FOR_HIM.sub("", part))


def _passes_by(part: str) -> bool:
    """Whether others are told of in passing: 客户全在国内; of a title of theirs it goes on."""
    return _OF_MANY.search(part) is not None and not any(regex.search(part) for regex in fact_patterns())


def is_for_kin(text: str) -> bool:
    """我替我爸问的，我们单位是小巨人: whether what is asked is asked for the firm of one's family."""
    return pattern("for_kin").search(text) is not None


def _speaks_of_another(part: str, *, of_him: bool) -> bool:
    """Whether a clause speaks of a firm or a person that is not the speaker's: 合伙人的另一家, 一汽那是单项冠军."""
    ours_there = rf"(?:我们?|咱们?)在?{city_names()}市?的?那(?:边的?)?一?[家个]"  # 我南京那家是省专
    if _OURS.search(part) or re.match(ours_there, part):
        return False
    part = _THEN_AGAIN.sub("", part)  # 那客户里有小巨人的
    by_words = any(pattern(name).search(part) for name in ("others", "another", "own_other"))
    return by_words or (of_him and _HE.match(part) is not None)


def _returns(part: str, *, of_former: bool) -> bool:
    """现在这家, 我们南京子公司: comes back to one's own firm; 现在在江宁, from a firm of the past."""
    return pattern("returns").search(part) is not None or (of_former and _NOW_AGAIN.match(part) is not None)


def _turns(part: str) -> Iterator[str]:
    """A part of a message where it turns to another time or another firm: 原先是国有，改制完了现在全是私人股东."""
    pieces: list[str] = []
    for piece in _SHIFTS.split(part):
        # 评上小巨人听说有奖 is hearsay throughout; 我们老板在外面听说, from there on.
        if pieces and pattern("hearsay").match(piece) and not pattern("self").search(pieces[-1]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    for piece in pieces:
        for said in _NEW_SUBJECT.split(piece) if len(piece) > _ONE_BREATH else (piece,):
            yield from _THEN.split(said) if _PAST.search(said) else (said,)


def wishes(text: str) -> bool:
    """南京省专想上市: who wishes for something speaks of his own firm; 盐城想拉多少家 asks what a city wishes."""
    return any(_WISH.search(part) and not _ASKS_WHAT.search(part) for part in _CLAUSE.split(text) if part)


def asks_whether_may(text: str) -> bool:
    """大型企业还能享受吗, 丹阳可以吗: whether whoever is such may have something."""
    return _WHETHER_MAY.search(text) is not None


def _asks_as_such(clause: str) -> bool:
    """南京的民营小企业省专能拿什么: who asks what such a firm of a city may have tells what it is."""
    return re.search(rf"{city_names()}[^，。；]{{0,8}}(?:{_KINDS})[^，。；]{{0,3}}(?:{_MAY})", clause) is not None


def _of_a_city(clause: str) -> bool:
    """南京省专能转贷吗, 盐城的省专: begins with a city's firm of some kind."""
    return re.match(rf"{city_names()}市?的?[^，。；他她它的]{{0,6}}(?:{_KINDS})", clause) is not None


@cache
def city_names() -> str:
    """A pattern of the names of the served cities."""
    return f"(?:{'|'.join(city.name for city in served_cities().values())})"


def is_negated(clause: str, start: int) -> bool:
    """Whether a negation reaches the word that begins at `start`."""
    before = clause[max(0, start - 6) : start]
    # 有没有, 是不是: what asks whether denies nothing.
    found = [no for no in pattern("negation").finditer(before) if not _asks_whether(before, no)]
    # 不是…就是…, 没有…但有…: only a negation that still reaches the word counts.
    return bool(found) and not re.search(r"[但而就]|可是|只是|就是|^([算是])[^，。；]+\1", before[found[-1].end() :])


def _asks_whether(text: str, no: re.Match[str]) -> bool:
    verb = text[no.start() + 1 : no.start() + 2]
    return bool(verb) and text[: no.start()].endswith(verb) if no.group() == "不" else text[: no.start()].endswith("有")


def instructs(text: str) -> bool:
    """别只说中试, 你说南京干嘛: whether some words are of what we say, and tell nothing of the firm."""
    return any(regex.search(text) for regex in (_INSTRUCTS, pattern("not_that")))


def asks_us(text: str) -> bool:
    """Whether a message asks the assistant something, rather than wonders aloud."""
    return _QUESTION_TO_US.search(_TELLS_ON.sub("", text)) is not None


def asks_on(text: str) -> bool:
    """Whether a message put after an offer asks something of its own: 那镇江呢, 有期限没; 南京的吧 answers."""
    return asks_us(text) or pattern("question").search(re.sub(r"吧[。!！]?$", "", text)) is not None
