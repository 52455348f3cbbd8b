"""What a support's text leaves open: which of these points a message asks for, in the point's words or in others."""

import re

from chains.finding.naming import core, without_help
from chains.language.clauses import pattern
from chains.language.normalise import plain
from chains.language.question_words import facets_of
from chains.telling.words import pairs
from knowledge.support import Support

_MEANING = re.compile(r"意思|包括|包含|[是算]指|怎么算|含|算不算|连同|在内|算(?!账|下|算)[^，。；]{1,6}[吗么吧不]")
# 总监能算吗, 董事长，能算那三个里头吗: persons, by how what they are called ends.
_A_POST = re.compile(
    r"(?:[监理总管计长任师员东板工]|法人|助理|秘书|骨干|亲戚|家属)(?:自己|本人)?[，\s]?(?:也|都|这种|这样的?)*(?:能不能|能|可以|算|行不行|归)(?!当|做|来|够)"
)
# 工程类的呢, 去年入职的算不算, 能算那三个里头吗: whether a case counts that is named beside.
_A_CASE = re.compile(
    r"算不算|算(?:数|在内|进[去来]?)?[吗么吧不?？]|(?:能|可以|也|还|都)算(?!账|了|下)|[适包]不[适包][用括]|适用[吗么不]|包括[吗么不]|在不在(?:内|里)"
    r"|(?:的|类|型|项目|岗)(?:也|都|还)?(?:行不行|行|可以|有|给|能|成)[^，。；多什啥哪几]{0,4}[吗么不没吧]?[?？]?$|(?:类|型|项目)的?呢[?？]?$|(?:^|[，。；\s])也(?:有|行|给|能|可以)[吗么不没]?[?？]?$"
)
_OF_THE_FIRM = re.compile(
    r"(?:我们?|咱们?|公司|企业|我司|厂)(?:这种|这样的?|这类)?(?:也|都|还)?(?:能不能|能|可以|可不可以|够|行|符合|算不算|算)"
)
_POST = re.compile(r"(?P<of>[\u4e00-\u9fff]{2})(?:总监|经理|副总|主管|负责人|总工)")
_WHO_OWES = (
    r"(?:大企业|大公司|大厂|[国央]企|国有企业|民企|私企|上市公司|外企|事业单位|机关|政府|学校|医院|平台公司|甲方"
    r"|个人|私人)"
)
# 工资谁出, of 薪酬由谁承担: what is asked for, and how open points call it.
_IN_OTHER_WORDS = tuple(
    (re.compile(said), re.compile(of))
    for said, of in (
        (r"免费|收[费钱]|[花掏交]钱", r"收费|费用(?!范围)"),
        (r"[几多]少?折|打折|折扣|抵(?:扣|掉)?(?:多少|几|百分)", r"抵扣|折扣"),
        (r"最多(?:能|可以)?(?:领|拿|给|发|用|买|报)?(?:到)?[几多]少?[张次份笔]", r"上限"),
        (r"摊位|展台|展位", r"展位"),
        (
            r"报不报|报销|给报|补不补|能报(?:掉|一些)?[吗么不]",
            r"(?:是否|有没有|有无)[^，。；]*(?:补贴|资金)|(?:补贴|资金)[^，。；]*(?:是否|有没有)",
        ),
        (r"谁(?:来|给)?(?:出|付|发|掏|承担|开)(?!证|文|起)", r"由谁承担|费用分担"),
        (r"好处|待遇|给[^，。；]{0,3}(?:房子?|安家费|户口|车)(?=[吗么不没呢?？]|$)", r"待遇"),
        (
            r"(?:什么|啥|几)(?:时候|月份?)(?:能|会|再|才)?(?:有|开|搞|举办|举行|组织)(?=$|[呢啊吗？?，。的])",
            r"^(?:活动|培训|走访|巡诊)?时间$",
        ),
        (r"门槛", r"门槛"),
        (r"(?:入职|新招|招进?来|老员工|在职)[^，。；]{0,4}[，]?(?:也|还|算|行不行|能|可以|有没有)", r"哪些毕业生"),
        (r"比[^，。；]{2,6}(?:多|高|少|低)(?:[吧吗么不些点]|$)", r"各奖多少"),
        (
            r"(?:[一每单]家|一户)[^，。；]{0,14}，?还是[^，。；]{0,10}(?:全市|[总一]共|合|加起来|大家|所有)"
            r"|(?:全市|[总一]共|合计|大家)[^，。；]{0,12}，?还是[^，。；]{0,8}(?:[一每单]家|一户)",
            r"每家",
        ),
        (
            r"(?:什么|啥|哪)(?:样|种|些|类)?的?(?:人才?|骨干|专家)(?=才?(?:能|可以|算|符合|行|够))",
            r"人才(?:认定)?(?:的)?(?:条件|标准|范围)",
        ),
        (r"工程(?!师)", r"工程项目"),
        (r"(?:哪些|哪几[所个家]|什么)(?:高校|院校|大学|学校)", r"院校|高校"),
        (r"户口|户籍|落户|(?:外地|本地)人", r"户籍"),
        (
            r"(?:[去前今]年|早就|以前)[^，。；]{0,3}入职|毕业(?:[^，。；]{0,3}[几多两三四五\d]年|好?久|早)|[往应]届[^，。；]{0,6}(?:算|限|行|也)",
            r"毕业年限",
        ),
        (r"谁(?:去|来)?(?:申请|申报|领)", r"申请人"),
        (r"(?:工资|薪水|薪酬|待遇)[^，。；]{0,4}谁", r"薪酬由谁"),
        (
            r"(?:[今去前]年|早几年|以前|20\d\d年)(?!底)[^，。；]{0,6}(?:备|评|认定)[^，。；]{0,5}(?:算|给|有|行)",
            r"哪些年度",
        ),
        (r"往前(?:追|推|算|补)|追溯|倒(?:追|推|补)|追不追|追不追认|以前的(?:也|还)?(?:算|认|给|补)", r"哪些年度"),
        (r"一样多|分别(?:给|奖)?多少|各(?:给|奖)?多少", r"各奖多少"),
        (r"哪[些几]家?(?:的)?银行", r"哪些银行|合作银行"),
        (r"手续费|利息", r"“零成本”包括"),
        (r"(?:学生|员工|个人|本人)[^，。；]{0,6}还是|还是[^，。；]{0,6}(?:学生|员工|个人|本人)", r"申请人"),
        (r"几成|百分之(?!百)|按[^，。；]{0,3}(?:投入|投资|支出)[^，。；]{0,2}(?:给|补|算|折)", r"比例"),
        (r"[两二三几多]个(?:大?模型)", r"多个模型"),
        (r"(?:设备|软件|人工|人员|土地|厂房|材料费)[^，。；]{0,6}(?:算|计入|包括)", r"哪些投入"),
        (r"(?:正|副)?[初中高]级(?!人才|研修)|正高|副高", r"级别"),
        (r"不(?:给|肯|愿|扣)", r"给不给"),
        (r"谁来?(?:决定|定|说了算)|[听看]谁的", r"决定|由谁"),
        (
            rf"(?:^|[，。；\s])(?:那|要是|如果|是|就是|个|一?家)*{_WHO_OWES}(?:欠|拖欠?|赖)(?:的|我们的|钱|款|的钱|的款)*(?:(?:也|都|还)*(?:行|算|管|能|可以|适用)[^，。；]{{0,4}}[吗么不吧]|算不算|管不管|呢|$)"
            rf"|(?:欠[钱款债账]的?(?:那[家方])?|欠我们的?|对方|债务方)(?:是|要是|如果是)(?:个|一?家)*{_WHO_OWES}",
            r"欠款方",
        ),
        (r"(?:阿里|华为|腾讯|天翼|移动|联通|百度|京东|火山)云", r"服务商|云服务平台"),
    )
)
# 要多大用电量, of 用电量门槛: how much is asked of what an open point begins with.
_HOW_MUCH_OF = re.compile(
    r"(?:要|得|达到|需要)[^，。；]{0,3}(?:多大|多少|多高|几)(?:的)?(?P<of>[\u4e00-\u9fff]{2,5}?)(?=$|[才吗呢啊，。；？?\s])"
)
_OF_YEARS = re.compile(r"哪些年度")
_OF_PERSONS = re.compile(r"持卡人|哪些人|申请人|毕业生")
# 一分钱不花: what of the costs is left open.
_OF_COSTS = re.compile(r"费用|收费")
_SIDES = re.compile(r"([\u4e00-\u9fff]{2})还是[给发按是算到]*([\u4e00-\u9fff]{2})")
# 一个公司能办几张, 两个人一起办行吗: how many of what.
_HOW_MANY = re.compile(r"(?:几|多少)个?(?P<what>[张名家次人])")
_TOGETHER = re.compile(r"(?:[两二三四五六七八九十]|\d+)个?人(?:一起|同时|都)")
# 按项还是按企业算, asked for with 50万是每项吗.
_BY_EITHER = re.compile(r"按(?P<one>[\u4e00-\u9fff]{1,2})还是按(?P<other>[\u4e00-\u9fff]{1,2})算")
# What is asked of a thing and may be an open point of its own: 快多少天, 每家企业能办几张.
_ALIKE_ASKED = frozenset({"duration", "count"})
_BRACKETS = re.compile(r"（[^）]*）")
_CLAUSES = re.compile(r"[，。；？?\s]+")
# 人才卡是啥, 一张卡能干什么: what a thing is, of which the document leaves open what comes with it.
_WHAT_IT_IS = re.compile(
    r"(?P<of>[\u4e00-\u9fffa-z]{3,8}?)(?:到底|究竟|又)?(?:是(?:个)?(?:什么|啥)(?:东西|玩意儿?|制度)?(?=$|[，。；？?\s呢呀啊])|(?:是)?(?:咋|怎么)回事|有(?:什么|啥)用)"
)
_A_TERM = 3
# 5000万算重大吗: what counts is asked of what is named besides.
_COUNTED_AS = re.compile(r"\d+(?:\.\d+)?[千百万亿%]*[元个家名人项]?|[也都]?算(?:不算)?")
# How much of what is asked an open point has to hold to be what is asked.
_IS_THAT = 0.5


def asked_points(support: Support, text: str) -> list[str]:
    """The open points that a question is about: 零成本是什么意思, 每家6000万还是总共."""
    either = [*either_of(support, text), *_of_what_it_is(support, text)]
    if much := _HOW_MUCH_OF.search(text):
        either += [point for point in support.open_points if plain(point).startswith(much["of"])]
    for name in sorted((support.title, *support.aliases), key=len, reverse=True):
        text = text.replace(plain(name), " ")
    # Of a support that is about a 门槛, who asks for it asks for all that is told.
    said_of = ((said.search(text), of) for said, of in _IN_OTHER_WORDS)
    called = [of for said, of in said_of if said and said.group() not in plain(support.title)]
    called += [_OF_YEARS] if pattern("of_a_year").search(text) else []
    facets = _ALIKE_ASKED & set(facets_of(text))
    clauses = [clause for clause in _CLAUSES.split(text) if pattern("question").search(clause)]
    parts = [_COUNTED_AS.sub("", words) for words in dict.fromkeys((text, *clauses))]  # …租房补贴，本科生行吗
    asked = [without_help(core(part)) for part in parts]
    helps = asked[0] != core(parts[0])  # 用电有优惠吗 asks for help with it, not for what is open of it
    post = _POST.search(text)
    many = _HOW_MANY.search(text)
    counts = f"几{many['what']}" if many else "几" if _TOGETHER.search(text) else ""
    person = pattern("a_person").search(text) or _is_a_post_beside(support, text)
    costs = pattern("asks_costs").search(text)
    quoted = set() if _MEANING.search(text) else pairs(plain(support.benefit.quote))
    return [
        point
        for point in support.open_points
        if (person and _OF_PERSONS.search(point))
        or any(of.search(point) for of in called)
        or (costs and _OF_COSTS.search(point))
        or point in either
        or (counts and counts in point)
        or (post and post.group() in point)
        or (facets and facets & set(facets_of(_BRACKETS.sub("", point))))
        or _is_by_either(point, text)
        or any(_is_that(pairs(words), pairs(plain(point)), quoted, one_will_do=not helps) for words in asked)
    ]


def _is_a_post_beside(support: Support, text: str) -> bool:
    """车间主任能列进去吗, of 管理团队核心成员: whether a post is named that the sentence does not name."""
    post = _A_POST.search(text)
    named = text[max(0, post.start() - 1) : post.start() + 1] if post else ""
    return post is not None and named not in plain(support.benefit.quote)


def asks_of_a_case(text: str) -> bool:
    """工程类项目呢, 去年入职的算不算: whether it is asked if a case counts, and not if the firm may have something."""
    of_it = any(_A_CASE.search(clause) for clause in _asking(text)) or _A_POST.search(text) is not None
    return of_it and not asks_for_the_firm(text)


def asks_for_the_firm(text: str) -> bool:
    """我们能申请吗: whether it is asked if the firm itself may have something."""
    return any(_OF_THE_FIRM.search(clause) for clause in _asking(text))


def _asking(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(text) if pattern("question").search(clause)] or [text]


def open_points(support: Support, text: str) -> list[str]:
    """The open points of a support, those first that a text names: what is asked for is never among those left out."""
    known = pairs(plain(support.title + support.benefit.quote)) | pairs("专精特新")
    asked, named = asked_points(support, text), pairs(core(text)) - known
    return sorted(support.open_points, key=lambda point: (point not in asked, not named & pairs(plain(point))))


def post_is_named(support: Support, text: str) -> bool:
    """研发总监算吗, of 技术研发负责人: whether the document says so much of the post, and leaves nothing open of it."""
    post = _POST.search(text)
    if post is None or any(post.group() in point for point in asked_points(support, text)):
        return False
    return post["of"] in plain(support.benefit.quote)


def either_of(support: Support, text: str) -> list[str]:
    """The open points which of two things holds, where a text asks which of one of them: 每家6000万还是总共."""
    words = {text[m.end() - 2 : m.end()] for m in re.finditer(r"[\u4e00-\u9fff]{2}(?=[^，。；？?]*还是)", text)}
    sides = _SIDES.search(text)  # 是给企业还是给产品: the words at both sides of it
    return [
        point
        for point in support.open_points
        if "还是" in point
        and (any(word in point for word in words) or (sides and all(side in point for side in sides.groups())))
    ]


def _of_what_it_is(support: Support, text: str) -> list[str]:
    """人才卡是啥: the open points that name what is asked after, of which the text only has the name."""
    match = _WHAT_IT_IS.search(text)
    said = match["of"] if match else ""
    ends = (said[i:] for i in range(len(said) - _A_TERM + 1))
    points = [(point, re.sub(r"[\s“”\"]", "", plain(point))) for point in support.open_points]
    term = next((end for end in ends if any(end in bare for _, bare in points)), "")
    return [point for point, bare in points if term and term in bare]


def _is_by_either(point: str, text: str) -> bool:
    """50万是每项吗: whether what is asked is that each of one of two things counts, and it is open which of both."""
    sides = _BY_EITHER.search(point)
    each = f"[每按](?:个|一)?(?:{sides['one']}|{sides['other']})" if sides else ""
    return sides is not None and re.search(each, text) is not None


def _is_that(named: set[str], point: set[str], quoted: set[str], *, one_will_do: bool) -> bool:
    """Whether an open point holds most of what is named and more than is quoted; one word may do if it is all."""
    held = len(named & point)
    return len(named & quoted) < held >= _IS_THAT * len(named) and (held > 1 or (one_will_do and held == len(named)))
