"""Which 专精特新 titles the enterprise says it holds, and which it says it does not."""

import re
from collections.abc import Iterable, Iterator, Sequence

from chains.clauses import Clause, city_names, is_negated, pattern, value_patterns, wishes
from chains.hedges import is_hedged, is_of_unknown_level, is_sure
from knowledge.profile import NONE, Fact, Source, slots

# After a title: the title names a support or a group of others, not the speaker.
_TITLE_OF_SUPPORT = re.compile(
    r"^(?:企业|中小企业)?[\"”]?的?(?:全资|控股|参股)?(?:子公司|分公司|供[应货]商|配套(?:厂|企业|商)?|客户|经销商|代理商|合作(?:伙伴|方)|上下游|股东)"
    r"|^(?:企业|中小企业)?[\"”]?(?:的)?(?:首[评次]的?)?(?:能)?(?:[那这](?!个?$|一?[个块]?(?:称号|牌子|资质|头衔|title))|培训|咨询|辅导|[^，。；是有了]{0,4}(?:补贴|奖励|待遇|名单|目录|培育库|(?:行动|培育|三年)计划|措施|办法(?!理)|政策)|[^，。；是有了]{0,5}目标(?=$|[，。；？?])|奖|补贴|政策|扶持|认定|申报|培育|门槛|条件|标准|奖金|资金|怎么|资格|评审|名额|数量|目标|概念|板块|(?:要|有|给|能?拿)\s*\d|才(?:有(?!点)|能|行|可以|给)|也算上?$|本身|(?:要|需要?|得)?多(?:久|长时间)|(?:[都也]?(?:要|有|给|奖|补|发|能?拿))?[\d一二两三四五六七八九十]+[百千]?万|(?:到底|究竟)?(?:是|算|叫)个?(?:什么|啥)|算不算|(?:到底|究竟)(?:是|算)|(?:及|或)?以上(?=的|才|企业))"
)
_FIRST_TIME = re.compile(
    r"^(?:企业)?(?:是|今年)?(?:首次|第一次|头一[次回]|初次)(?:被)?(?:认定|获评|评上|评的)(?:的|了)?(?:刚|才)?(?:下来|批下来|通过|拿到)?了?$"
)
_TITLE_WANTED = re.compile(
    r"(?:想|要|打算|准备|计划|争取|冲刺?|申报|申请|力争|(?<!刚)(?<!新)升级?(?!了)|晋升(?!了)|培育|目标是|成为|变成|[只光单](?:管|给|认|限|针对)|离|距离|够不?够|达到|算不?算|支持|针对|面向|给|对)"
    r"(?:[^，。上]{0,4}|上个?)$|(?<!现)在(?:评|申报|申请|冲刺?|争取)(?:着|个)?(?:国家级?|省级?|制造业)?的?$|(?:明年|后年|下半年|年底|以后|将来)[^，。；]{0,6}(?:首?评|拿|申|报|冲|升|成)(?:上|到|为|获)?$|(?:[说写][^，。]{0,2})对[^，。]{0,8}$|(?:能不能|能|可以|有(?:没有)?可能|有机会)(?:评|拿|获评?|成|报|申报|冲)(?:上|到|为)?(?:个)?$"
    r"|(?<!现)在(?:评|报)(?!的|上)[^，。；是上]{0,4}$"
    r"|(?<![刚新才被已初首次年月获经就也])评(?:个|一个)?(?:国家级?|省级?|制造业)?$"
)
# 有没有不需要专精特新称号的: what need not be held is not denied.
_NEED_NOT = re.compile(r"(?:不|没有?|无)(?:一定)?(?:需|要求|要(?=$)|用|必|限|看|管)[^，。；是]{0,4}$")
# What may stand between a title and its denial: other titles of a list, and a few words that affirm nothing.
_GAP = r"(?:(?:[、和跟与及]|还有)[^，。；？有是了]{1,10}?)*(?:[^，。；？?有是了拿、]|[倒可]是|[报申冲交试请]了){0,9}?"
_LACKS = (
    r"(?<![有评])(?:没有?|未)(?:能|曾)?(?:评|报|申[报请]|拿|续|过(?!问)|批|下来|成|复核|通过|获|办|搞|弄|挂|考虑|去|中(?![小间])|够(?:上|着|到))"
    r"|(?<!有)没有?(?:了|过|呢|啊|吧|哦|的)*$|(?<!有)没有?(?:这个?|那个?)?(?:牌子|称号|资质|头衔)"
    r"|不(?:挂|在(?:了|手)|沾)"
)
# 我们公司叫小巨人科技: a name, and no title.
_CALLED = re.compile(
    r"(?:公司|企业|厂|名字|品牌|商标|我们)(?:的名字)?(?:就)?[叫名][^，。；]{0,4}$|(?:叫|喊|称|外号|绰号|笑)[我咱俺]们?(?:是|叫|作)?$"
)
_OF_A_NAME = re.compile(r"^(?:科技|实业|机械|电子|新材料)?(?:股份)?有限(?:责任)?公司")
# Denied after it is named: 小巨人还没批下来, 专精特新、创新型这些一样没评上, 专精特新倒是没有.
DENIED_AFTER = re.compile(
    rf"^{_GAP}(?:{_LACKS})|^[^，。；]{{0,8}}?(?:更?别提|更?不用说|更不敢想|想都别想)|^(?:企业)?是(?:我们?)?(?:的)?(?:母公司|集团|总部|总公司|子公司|关联|兄弟|另一家|别人|人家|客户|同行)|^[^，。；]{{0,4}}(?:正|还)?在?(?:打算|准备|计划|想)(?:去|明年|后年|下半年|以后|将来|再|才)*(?:报|申|冲|评|弄|搞|办)|^(?:企业)?(?:要|得)?等[^，。；]{{1,8}}再|"
    r"^(?:企业|的|级)?(?:和|跟|、)?[^，。；\s]{0,8}?(?:还|都|也|就|全|统统|一概)(?:没|未|不是|没有|不)|^\s(?:还|都|也|就|全|统统|一概)(?:没|未|不是|没有|不)|^(?:企业)?(?:没有|没评|未评|不是(?![第首头]|.{0,3}(?:小巨人|省专|专精特新|单项|创新)))"
    r"|^[^，。；]{0,4}(?:正?在(?:申?报|申请|评|公示|冲|等)|已?经?申报(?:了|上去)|申报中|过期|到期(?=[了没未，。；]|的?没|失效)|没复核|失效|没通过|未通过|复核没|落选|被(?:取消|撤|摘)|没保住)"
    r"|^(?:企业|的)?(?:还|正|也|都)?(?:在)?(?:冲刺?|争取)(?:着|呢)?$|^(?:企业|的)?[^，。；]{0,3}(?:明年|后年|下半年|以后)(?:再|才|准备|打算|要|想)?(?:去)?(?:报|申|评|冲|拿|搞)"
    r"|^[^，。；]{0,6}(?:交|报|递)(?:了|的|上去的?)?(?:材料|申请)|^(?:企业|的)?(?:材料|申请)[^，。；]{0,4}(?:交|报|递)"
    r"|^(?:企业|的)?(?:今年|去年)?(?:刚刚?|才)(?:申报|申请|报(?!下)|提交|递|交)"
    r"|^[^，。；]{0,4}(?:报|申报|申请)(?:了|过|上去了?)?(?:还|正)?在(?:公示|审|评|等|走流程)"
    r"|^(?:企业|的|那个)?[^，。；]{0,3}(?:年底|年后|开年|过完?年|[下再]个?月|[下再]一?[批轮]|到时候?|(?:[\d一二三四五六七八九十]+)月份?|[上下]半年)(?:才|再|就|准备|打算|要|想|能|去)+(?:报|申|冲|弄|考虑)(?!过|上了|下来)[^，。；了]{0,2}$"
    r"|^[^，。；是]{0,4}(?:给|让人)(?:取消|撤|摘|收)|^(?:企业)?(?:的)?(?:证书?|牌子?|批文|公告)上?(?:写|挂|印|盖)的?(?:是|着)?(?:集团|母公司|总公司|总部|别人|人家|关联)"
    r"|^(?:企业)?(?:可|其实|根本|又)?不算(?:我们|咱|数|的$|了?$)"
)
_TIMES = re.compile(r"^(?:企业)?的?第[一二三四][次回]")
# 快评上小巨人了, 下半年省专就下来了: what is not held yet, however surely it comes.
_ALMOST = re.compile(
    r"(?:快|就要|马上|即将|差一?点|预备|拟|目标是[^，。；]{0,8})(?:就|要)*(?:评上|拿[到下]?|成为?|是|获评)?$"
)
_LATER = re.compile(r"(?:明年|后年|下半年|年底|下个?月|以后|将来|马上|很快)$")
_COMES = re.compile(r"^(?:企业)?(?:就|也|才|能|会|要|可以|应该)*(?:下来|批|评|到手|拿)")
# 小巨人，去年被摘牌了: said of the title named before, without naming it.
_TAKEN_BACK = re.compile(
    r"(?:被|给)?(?:摘牌|摘了牌?|移出(?:了)?名单|取消了?(?:资格|称号)?|撤销|除名)|(?:复核|复审)(?:没|未)(?:有)?(?:通?过|下来)"
    r"|(?:还|都|也)没(?:有)?(?:拿到|发|下|批)(?:证|牌|文|下来)|(?:还|都|也)?没(?:有)?(?:看到|见到|收到|等到|见着)(?:正式)?(?:公告|公示|通知|名单|文件|证书?|牌子)|(?:^(?:目前|到?现在)?|(?:材料|申请|证书?|牌子?)[^，。；]{0,6})(?:还|都)没(?:有)?(?:批|下来)[呢的]?$|(?:等|没出)(?:着)?结果|结果(?:还|都)?没|^(?:是)?(?:真的?|其实|根本|压根|确实|还|都|也|目前|到?现在|一直)*(?:是)?没(?:有)?评(?:上|下来)?(?:过)?(?:呢|啊|的)?$|^(?:我们?|你)?别(?:给?我?)*记|没(?:有)?(?:通过|过)(?:复核|复审)|(?:正)?在公示|公示期|公示[^，。；]{0,2}没(?:有)?(?:完|结束|过|满)|没(?:有)?公示"
)
_ANOTHER_MATTER = re.compile(r"备案|贷款|项目|任务|平台|海关|aeo|标准|国标|专利|首台|攻关|中试|合同|订单")
_NOW = re.compile(r"现在|目前|眼下|如今")
# 工信局有个什么文件，专精特新的: a title that tells what the thing named before is for.
_A_THING_TOLD = re.compile(
    r"[个份种项条些场](?:什么|啥|新)?的?(?:文件|政策|通知|补贴|奖励|补助|项目|培训|名单|活动|公告|会|贷款|基金|方案)$"
    r"|(?:写|填|准备|弄|做|要|看|找)[^，。；]{0,3}(?:申请书|申报书|材料|报告|表格|模板)$"
)
# 我们控股股东是单项冠军: whose title it is.
_A_HOLDERS = re.compile(r"(?:股东|母公司|集团|总公司)[^，。；我]{0,2}是(?:一?[个家])?(?:国家级?|省级?)?(?:的)?$")
# 还有人传我们复核没过: what is said of the firm, and is not so.
_RUMOUR = re.compile(r"有人(?:传|造谣)|谣[言传]|瞎传")
# 那是国家级的小巨人: what is told of what was spoken of.
_THAT_IS = re.compile(r"^(?:我?[说讲想])?那(?:个|种)?(?:可|才|倒)?是(?:国家级?|省级?)?的?$")
# 我们是小巨人, 小巨人批下来了: what says that a title is held.
_IS_HELD = re.compile(
    r"(?:(?<!说的)是|有|评(?:上|为|了|定为?)?|拿(?:到|了|下)?|获评?|认定为?|升(?:为|成|到|上)?|成(?:为|了)|变成|改成|属于|入选|[上进入]了|剩|按|作为|叫|加上|[只就才])"
    r"(?:[了的个块一家上到为成]|我们?|今年|去年|首次|第一次|头一[次回]|刚|国家级?|省级?|制造业|牌子|称号|证书)*$"
)
_IS_GOT = re.compile(
    r"^[^，。；吗呢啥什怎没不想要打能可给奖补]{0,8}(?:评|拿|批|下来|认定|获|到手|通过|有[了的]?$|(?:刚|新|第一次|首次|头一[次回]|[今去前]年|年就?|早就?)[也就才刚]*上[的了]*$|在手|还在|入选|了$)(?!标准|条件|门槛|要求|流程|办法)|^(?:企业|的)*$|^(?:企业)?(?:我们?|咱们?)?[也都还就]是(?:的|了|啊|我们的?)?$|^(?:企业)?(?:我们)?(?:就|也|都)?是(?:首[次评]|第一次|头一?[次回]|新|刚|[今去前]年|20\d\d|我们)"
)
# 小巨人其实是隔壁公司: whose it is.
_IS_ANOTHERS = re.compile(
    r"^(?:企业)?(?:其实|原来|那个|牌子|称号)*(?:是|归|属于)(?:我们?)?的?(?:[^，。；我咱]{0,4}(?:公司|厂)|母公司|集团|总部|关联|兄弟|隔壁|朋友|另一家|别人|人家|客户|同行|前任)"
)
# 终于上了, 证书挂在墙上: what is held now, whatever it was before.
_AT_LAST = re.compile(r"终于|(?:证书?|牌子?)[^，。；没不]{0,6}(?:挂|在手|到手|还在|下来)")
_LOST = re.compile(r"(?:取消|撤销|摘掉|摘|收回)了?(?:我们的?)?$")
_ALL_BUT = re.compile(r"除了")
# 我们不是首次评小巨人: what is denied is that it is new.
_NOT_NEW = re.compile(
    r"(?:不是|非|并非)(?:今年)?(?:首次|第一次|头一?[次回]|初次)(?:被)?(?:评|获|认定|拿)?(?:上|到|为|的)*(?:国家级?)?$"
)
_BUT_IS = re.compile(r"[，,]?(?:而|就|只|其实|都)?是.?")
# 没有专精特新和小巨人: a denial reaches the titles that follow in a row.
_AND = re.compile(r"(?:企业|称号)?[、和跟与及或啊呀啦嘛]|(?:企业)?(?:以及|还有|也没有?)")
# 专精特新啊创新型啊单项冠军啊一个称号都没有: what stands between a title and the words that deny all.
_A_ROW = re.compile(r"(?:[啊呀啦嘛、和跟与及或]|小巨人|省专|专精特新|单项冠军|创新型|企业|一个|任何|什么|啥)*")
# 镇江现在啥都没有, 那意思就是我们啥都没有: of what there is to be had.
_NOTHING = re.compile(r"^(?:什么|啥)[都也]")
_OF_WHAT_THERE_IS = re.compile(
    rf"^(?:那|所以|合着|等于|也就|搞了半天)*(?:意思|等于|合着|就是说)|^(?:那|所以)?{city_names()}(?:市|这边|那边|那里)?(?:现在|目前|如今)?$"
)
# 单项冠军是第一次，小巨人不是: not the first time.
_IS_NOT_SO = re.compile(r"^(?:企业)?(?:就|可)?不是(?:的|了|啊|哦)?$")
_FIRST = re.compile(r"首次|第一次|头一?[次回]|初次|首评")
_RECOGNISED = re.compile(r"评上|获评|认定|拿到|拿的?$|入选|通过|评的|首次|第一次|头一|头回|初次")
# 我们首次认定的能申请吧 asks, and takes the recognition for granted.
# 小巨人奖励我们有没有，第一次评上的; 牌子是有的: what was named is held.
_HAS_IT = re.compile(
    r"^(?:今年|去年|刚)?(?:首次|第一次|头一?[次回])(?:被)?(?:评上|获评|认定)的?了?$"
    r"|(?:牌子|称号|资质|证书?)(?:是|也|都)?(?:有[的了]?|拿[到了]|到手|在手|挂着)|^是?复[审核]的"
)
# 2027年才能评上: what is still to come.
_YET_TO_COME = re.compile(
    r"(?:才?[能会]|想|打算|准备|争取|明年|后年|将来|以后|下半年)[^，。；]{0,4}(?:评|拿|获评|认定|入选|通过)(?:上|到)?(?!的)"
)
# 我们头一次听说: of who asks, and no title.
_FIRST_HEARD = re.compile(r"(?:首次|第一次|头一?[次回])(?:听|来|用|问|接触|知道|了解|碰|咨询)")
_OURS_FIRST = re.compile(
    r"(?:我们|咱们?|我司|我公司)(?:是)?(?:今年|去年|刚刚?)?(?:首次|第一次|头一[次回]|初次)(?:认定|获评|评)"
)
# 「小巨人奖励我们能拿多少」 takes for granted that the speaker holds the title; 能不能拿 does not.
_PRESUMES = re.compile(r"(?:我们|咱们?|我司|我公司)[^，。？]{0,8}?(?:能|可以|该)?(?:拿|领|得|给)到?(?:多少|几)")

# 南京省专能报吧, 镇江的小巨人够不够格: who asks whether such a firm of a city may have something is one.
_MAY_IT = re.compile(
    r"^(?:企业|公司)?(?:也|还)?(?:能不能|可不可以|能|可以)(?!拿多少|领多少)[^，。；多少怎]{0,4}(?:报|领|拿|用|申请|享受|办)"
    r"|^(?:企业|公司)?(?:可以|能|行)[不吗么嘛]?[?？。]?$"
    r"|^(?:企业|公司)?(?:够不够(?:格|条件|资格)?|行不行|有没有资格|符不符合)"
)
# 南京小巨人能放宽门槛吗, 连云港的省专走得通吗: the same of anything, where one title is named, by its own name.
_MAY_ANY = re.compile(
    r"^(?:企业|公司)?(?:也|还)?(?:能不能|可不可以|能|可以)[^，。；什啥怎哪几多]{1,14}[吗么不嘛吧]?[?？]?$"
    r"|^(?:企业|公司)?(?:也|还)?([用走进拿报领够办享挨沾])(?:受|到)?(?:得[了上着到去通]|不\1)[^，。；什啥怎哪几多]{0,10}[吗么不嘛]?[?？]?$"
)
_ON_THE_LIST = re.compile(r"(?<![想能会要没])(?:[登刚]?上|进|入|入选|列入)了?(?:国家级?|省级?|制造业)?的?$")
# 听讲专精特新有组织参展: what is heard of those who hold a title.
_HEARD = re.compile(r"(?:我|我们|也|就)*(?:听(?:人|别人)?讲|据讲)(?!我|咱)")
# 省专名单里有我们
_LISTS_US = re.compile(r"^(?:企业)?(?:的)?名单(?:里|上|中)?(?:也|就|是)*有(?:我们|咱)")
# 评上小巨人给多少钱: what a title is worth, asked by whoever.
_ONCE_GOT = re.compile(
    rf"^(?:那|请问|要|想问|{city_names()})*(?:[评当拿]上|拿到|获评|评为|评|成为|认定为?)(?:个)?(?:国家级?|省级?)?的?$"
)
_WHAT_FOR = re.compile(
    r"^(?:企业)?(?:以后|之后|后|了)?(?:政府|市里|区里)?(?:到底|一共|能|会|可以|就|都)*(?:给|有|奖|补|发|拿|领|享受)[^，。；]{0,4}(?:多少|什么|啥|哪|几)"
)
_AT_LARGE = "专精特新"
_THAT = re.compile(r"^[那这]个?[^，。；]{2}")


def _titles(clause: str) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []
    for value, regex in value_patterns()["tiers"]:
        for match in regex.finditer(clause):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if _CALLED.search(clause[: match.start()]) or _OF_A_NAME.match(clause[match.end() :]):
                continue
            taken.append(match.span())
            yield match.start(), match.end(), value


def read_titles(
    text: str, clauses: Sequence[Clause], own: Sequence[Clause], of_itself: bool = False, city: str | None = None
) -> Fact | None:
    """The titles stated by the clauses that are the enterprise's `own`; none where nothing is said of them.

    `of_itself` where the message is known to tell of the enterprise; `city` is the name of the one known before.
    """
    if any(is_of_unknown_level(c.text) for c in own):
        return None  # 我们是专精特新，哪一级记不得了
    held, denied = _held_and_denied(text, own if not of_itself else [c for c in clauses if not c.others], of_itself)
    if held or denied:
        return _fact(held, denied)
    # 「小巨人有多少奖金？我们今年头一回评上的」: what was recognised is the title named before.
    of_self = [c for c in own if pattern("self").search(c.text)]
    recognised = [c for c in of_self if (_RECOGNISED if not c.asks else _OURS_FIRST).search(c.text)]
    recognised = [c for c in recognised if not (_YET_TO_COME.search(c.text) or _FIRST_HEARD.search(c.text))]
    if not recognised and pattern("self").search(text):
        recognised = [c for c in own if not c.asks and _HAS_IT.search(c.text)]
    if recognised and (named := dict(_named(clauses))):
        return _fact(named, {})
    for clause in own:
        presumed = dict(_named([clause]))
        if presumed and _PRESUMES.search(clause.text):
            return Fact(tuple(presumed), Source.INFERRED, "、".join(presumed.values()))
    not_others = [c for c in clauses if not c.others and not c.supposed]
    for clause in not_others:
        for start, end, value in _titles(clause.text):
            of_a_city = re.search(rf"{city_names()}[^，。；]{{0,10}}$", clause.text[:start])
            elsewhere = city is not None and city not in text
            by_its_name = not clause.text[start:].startswith("专精特新") and len(dict(_named(not_others))) == 1
            may = _MAY_IT.match(clause.text[end:]) or (by_its_name and _MAY_ANY.match(clause.text[end:]))
            if value != NONE and of_a_city and not elsewhere and may:
                return Fact((value,), Source.INFERRED, clause.text[start:end])
    return None


# 没有专精特新能办吗: not even the title that most supports ask for.
_ANY_TITLE = re.compile(r"(?:没有?|不是|没评上?|没拿到?)过?(?:任何)?(?:专精特新|称号|资质|牌子|认定)(?!小巨人|要求)")


# 离小巨人还差什么: not held yet.
_SHORT_OF = re.compile(r"(?:离|距离?)(?:评上|成为)?(?:国家级?|省级?)?的?$")


def suppose_titles(clauses: Iterable[Clause]) -> Fact | None:
    """The titles of a supposition: 如果我们是小巨人; none where all that is recognised is denied: 没有专精特新呢."""
    clauses = tuple(clauses)
    held = {
        value: clause.text[start:end]
        for clause in clauses
        for start, end, value in _titles(clause.text)
        if not is_negated(clause.text, start) and not _SHORT_OF.search(clause.text[:start])
        if not _TITLE_OF_SUPPORT.match(clause.text[end:]) or _FIRST_TIME.search(clause.text[end:])
    }
    if held:
        return _fact(held, {})
    denied = (_ANY_TITLE.search(clause.text) for clause in clauses)
    return next((Fact((NONE,), Source.STATED, words.group()) for words in denied if words), None)


def are_told_firmly(titles: Fact, own: Sequence[Clause]) -> bool:
    """Whether titles are said to be held, and not only named (小巨人得啥条件, 我说的小巨人是目标)."""
    words = set(titles.words.split("、"))
    for clause in own:
        for start, end, _ in _titles(clause.text):
            if clause.text[start:end] not in words or clause.asks:
                continue
            if _IS_HELD.search(clause.text[:start]) or _IS_GOT.match(clause.text[end:]):
                return True
    return False


def denied_titles(text: str, clauses: Sequence[Clause], own: Sequence[Clause]) -> frozenset[str]:
    """小巨人还没评上, 小巨人不算我们的: the titles that the enterprise is said not to hold."""
    held, denied = _held_and_denied(text, own, False)
    of_supports = {
        value for clause in own for _, end, value in _titles(clause.text) if _TITLE_OF_SUPPORT.match(clause.text[end:])
    }
    of_others = {
        value
        for clause in clauses
        for _, end, value in _titles(clause.text)
        if clause.others and _IS_ANOTHERS.match(clause.text[end:])
    }
    return (frozenset(denied) | of_others) - {*held, *of_supports, NONE}


def of_the_holder(after: str) -> bool:
    """Whether what follows a title leaves it a holder's, rather than naming a support for it (小巨人奖励)."""
    return _TITLE_OF_SUPPORT.match(after) is None


def _next(text: str, clause: Clause) -> str:
    """What follows a clause in its message."""
    return text.partition(clause.text)[2].lstrip("，,；。 ")


def _named(clauses: Iterable[Clause]) -> Iterator[tuple[str, str]]:
    for clause in clauses:
        for start, end, value in _titles(clause.text):
            if value != NONE:
                yield value, clause.text[start:end]


def _held_and_denied(text: str, own: Iterable[Clause], of_itself: bool) -> tuple[dict[str, str], dict[str, str]]:
    held: dict[str, str] = {}
    asked: dict[str, str] = {}
    denied: dict[str, str] = {}
    begins_anew = False
    named: set[str] = set()
    own = tuple(own)
    hedges = not is_sure(text)  # 好像是省专吧，应该没错
    for at, clause in enumerate(own):
        thing_before = _A_THING_TOLD.search(text.partition(clause.text)[0].rstrip("，,；。 "))
        if pattern("unsure").search(clause.text) or _HEARD.match(clause.text) or _RUMOUR.search(clause.text):
            continue
        of_titles = not _ANOTHER_MATTER.search(clause.text) and next(_titles(clause.text), None) is None
        if of_titles and _TAKEN_BACK.search(clause.text):
            told = {**held, **asked}
            taken = {value: words for value, words in told.items() if value in named} or (told if not named else {})
            denied |= taken
            held = {value: words for value, words in held.items() if value not in taken}
            asked = {value: words for value, words in asked.items() if value not in taken}
            continue
        named = {value for _, _, value in _titles(clause.text)} or named
        begins_anew = begins_anew or bool(pattern("correction").search(clause.text) or _NOW.search(clause.text))
        denied_to = -1
        none_at = next((start for start, _, value in _titles(clause.text) if value == NONE), -1)
        for start, end, value in sorted(_titles(clause.text)):
            words, before, after = clause.text[start:end], clause.text[:start], clause.text[end:]
            about_support = _TITLE_OF_SUPPORT.match(_after_row(after)) and not _FIRST_TIME.search(after)
            if about_support and _THAT.match(after) and pattern("self").search(before):
                about_support = None  # 我在南京民营的省专那个转贷基金: what comes next, in one breath
            if about_support and not clause.asks and _ON_THE_LIST.search(before) and after.startswith("名单"):
                about_support = None  # 今年上了国家小巨人名单
            if _LISTS_US.match(after):
                about_support = None
            reached = re.match(r"^(?:企业)?了", after)
            if (thing_before and not before and after == "的") or (hedges and is_hedged(before, after)):
                continue
            if _A_HOLDERS.search(before) or _THAT_IS.match(before):
                continue
            if value != NONE and _TIMES.match(after) and "不是" in before:
                continue  # 第二次是指违规第二次，不是评小巨人第二次
            if value == NONE and (_ALL_BUT.search(before) or before.endswith("不是")):
                continue
            if value != NONE and (_NEED_NOT.search(before) or before.endswith("是不是")):
                continue  # 这个券是不是专精特新都发
            if clause.asks and _ONCE_GOT.search(before) and _WHAT_FOR.match(after):
                continue
            of_place = words == _AT_LARGE and not after and re.fullmatch(rf"{city_names()}市?的?", before)
            if of_place and _TITLE_OF_SUPPORT.match(_next(text, clause)):
                continue  # 盐城专精特新 培育库怎么进
            if value == NONE and _NOTHING.match(words) and _OF_WHAT_THERE_IS.search(before):
                continue
            if at and _IS_NOT_SO.match(after) and _FIRST.search(own[at - 1].text):
                held[value] = words
                continue
            comes = _ALMOST.search(before) or (_LATER.search(before) and _COMES.match(after))
            in_a_row = denied_to >= 0 and _AND.fullmatch(clause.text[denied_to:start]) is not None
            negated = is_negated(clause.text, start) and not _NOT_NEW.search(before)
            denied_after = _denied_after(before, after) or _denied_after(before, _after_row(after))
            listed = end <= none_at and not _ALL_BUT.search(before) and _A_ROW.fullmatch(clause.text[end:none_at])
            denies = bool(negated or denied_after or listed or _LOST.search(before))
            if denied_to >= 0 and _BUT_IS.fullmatch(clause.text[denied_to:start] + words[:1]):
                denies = in_a_row = False  # 不是小巨人是省专
            if comes and value != NONE:
                continue
            if value == NONE or denies or in_a_row:
                denied[value] = words
                denied_to = end
            elif about_support or (_TITLE_WANTED.search(before) and not reached):
                continue
            elif not clause.asks or pattern("self").search(clause.text) or wishes(clause.text):
                if begins_anew:
                    held.clear()  # what is said after a correction, or is so now, counts
                    begins_anew = False
                held[value] = words
                if not clause.asks and (_NOW.search(clause.text) or _AT_LAST.search(clause.text)):
                    denied.pop(value, None)  # 去年没评上, and then 证书现在挂在墙上
            elif of_itself or pattern("self").search(text):
                asked[value] = words
    # 「我们是省专，小巨人能领吗」: what a question names is one's own only where nothing firmer is said.
    held = held or asked
    return {value: words for value, words in held.items() if value not in denied}, denied


def hedges_titles(clauses: Iterable[Clause]) -> bool:
    """好像是省专, 哪一级记不得了: whether a title, or of which level it is, is told by who is not sure of it."""
    for clause in clauses:
        if is_of_unknown_level(clause.text):
            return True
        if any(is_hedged(clause.text[:i], clause.text[j:]) for i, j, value in _titles(clause.text) if value != NONE):
            return True
    return False


def _after_row(after: str) -> str:
    """What follows a row of titles: 小巨人、单项冠军那种奖励."""
    while (gap := _AND.match(after)) and (title := next(_titles(after[gap.end() :]), None)) and title[0] == 0:
        after = after[gap.end() + title[1] :]
    return after


def _denied_after(before: str, after: str) -> bool:
    """小巨人还没批下来 denies the title; 除了省专别的都没有 does not."""
    return DENIED_AFTER.match(after) is not None and not _ALL_BUT.search(before)


def _fact(held: dict[str, str], denied: dict[str, str]) -> Fact | None:
    if held:
        order = (*slots()["tiers"].values, NONE)
        return Fact(tuple(v for v in order if v in held), Source.STATED, "、".join(held.values()))
    if NONE in denied:
        return Fact((NONE,), Source.STATED, denied[NONE])
    if "provincial" in denied:
        return Fact((NONE,), Source.INFERRED, denied["provincial"])
    return None
