"""Where the enterprise is: places that a message states, and those that it only asks about."""

import re
from collections.abc import Iterable

from chains.language.clauses import Clause, city_names, pattern
from chains.language.places import find_places, is_part_of_a_name
from knowledge.profile import Fact, Source, Value
from knowledge.regions import (
    OTHER,
    City,
    Place,
    is_within,
    places,
    served_cities,
)

_LOCATED = re.compile(
    r"(?:在|位于|来自|注册地?(?:在|是)?|地址(?:在|是)?|搬到了?|搬[去来]了?|搬|迁(?:到|去|往|来)了?|搬往|挪到|落户|总部(?:在|是)?|我们|咱们?|俺们?|公司|企业|我|就是?|是)$"
)
# 刚才我问的是丹徒: what is asked of, and not where the firm is.
_ASKED_OF = re.compile(r"问的?(?:就|又|可)?是$")
# Of several sites, the one that counts.
_REGISTERED = re.compile(
    r"注册(?:地|地址)?(?:在|是)?$|(?:注册|执照)[^。；！？?在]{0,12}?(?:都|全|也|就|挂|登记)+(?:都|全)?[在是]$|执照地?(?:是|在)+$"
)
# 镇江另外注册了公司: what is a firm of its own there, and no branch.
_REGISTERED_HERE = re.compile(
    r"^市?(?:那边|这边|那里|那头|当地)?(?:也|都|还|又|就|是|有|另外?|单独|独立|自己|重新|已经?|的)*(?:那一?[个家]|有?一?[个家])?(?:(?:单独|独立|另外)?(?:注册|登记|成立|办)(?:了|过|的|有)(?![^，。；]{0,3}(?:商标|分公司|分厂|分部|办事|门店|网点))|(?:是)?独立(?:的)?(?:法人|公司|企业|核算|注册)|有(?:营业)?执照)"
)
_ONE_SEAT = re.compile(r"(?:注册|执照)[^。；！？?在]{0,12}(?:都|全)(?:都|全|挂|登记|放)*[在是]$")
# 淮安的食品厂，50个人.
_LOCATED_AFTER = re.compile(
    r"^(?:市|这边|本地|当地)?(?:的|这边|本地)?(?:一家|一个|[那这]一?家|[那这]个(?:厂|公司|企业)|[大中小微]型?企业|企业|公司|厂|民营(?!企业(?:的)?(?:转贷|基金))|民企|国企|私企|外企|做|人(?![才事社工])|省级|国家级?|市级|单项冠军|高企|省专|创新型|专精特新|小巨人|搞|生产|造|[办开建]了(?:个|一?家|一个)?[^，。；]{0,4}(?:厂|公司|企业))"
    r"|^的(?!中小|小微|民营|国有|规上|工业|专精特新|龙头)[^，。；的\s有能可哪什]{1,8}(?:厂子?|公司|店)(?=$|[，。；\s])"
)
_EXCLUDED_BEFORE = re.compile(
    r"(?:除了?|除开|不管|别管|抛开|撇开|先不说|不说|不在|不是|没在|离开|从|由|原先在|原来在|以前在|之前在|曾在|过去在|早先在|早年在|最早在|起初在|一开始在|(?:可能|打算|准备|计划|想|要|后年|明年|将来|以后)[^，。；]{0,4}(?:搬|迁)(?:去|到|往|至))$"
)
# 除了南京以外, 南京的跟我有啥关系: what is put aside by what follows it.
_NOT_OURS = re.compile(
    r"^(?:以外|之外)|^市?(?:那边|那里)?的?(?:可|都|那)?是(?:我|你|您)?(?:自己)?(?:听|说|讲|记|打|写|报|搞|弄|输|念|看|选|点)(?:岔|错|混|反|串|偏)"
    r"|^市?(?:那边|那里)?(?:没有?(?:什么|啥|半毛钱)?关系|无关|不相干|不沾边)|^市?(?:那边|那里)?的?[^，。；我]{0,6}(?:(?:跟|和|与)我们?(?:这边|公司)?(?:又|还|能)?有?(?:个)?(?:啥|什么|何|半毛钱|一毛钱)|关我们?(?:啥|什么|屁)|(?:跟|和|与)我们?(?:没|不相干|无))"
)
# 老板是南京人, 我在南京上班: where a person is from or works, not the seat.
_OF_A_PERSON = re.compile(
    r"^(?:人(?=$|[，。；])|(?:的)?(?:老板|独资|控股|母公司|总公司|资金|资本)|上班|出差|读书|开会|打工|看病|住院|打电话|陪|玩|旅游|办事)"
)
# 镇江是工厂: another site, not the seat.
# 南京另外有个公司，独立注册的: a firm of its own, which the documents of its city are for.
_A_FIRM_THERE = re.compile(
    r"^市?(?:那边|那里|这边)?(?:我们?|咱们?)?(?:另外?|还|也|又|单独|独立|是)*(?:注册|成立|设立|设|办|开|有)了?(?:一?[个家])?"
    r"(?:独立的?|新的?)?(?:公司|企业|法人|厂|(?<=[个家])(?=$|[，。；\s]))"
)
_OF_ITS_OWN = re.compile(
    r"独立(?:法人|注册|核算|的?公司)|(?:另外?|单独|重新)(?:又|再)?(?:注册|成立|设立)|另(?:外|有)[^，。；]{0,3}(?:公司|法人)"
)
_SIDE_SITE = re.compile(
    r"^(?:市|那[边里个家]|这[边里个家])?(?:我们?|咱们?)?(?:另外?)?[也还都]?(?:只?是|只?有|租了?|建了?|设了?|开了?)?(?:个|家|一[个家间处]|我们的?)?(?:全资|控股|研发)?(?:工厂|分厂|仓库|分公司|子公司|办事处|老家|加工点|生产[基线][地]?|产线|基地|车间|研发中心|研发团队|销售[点部处]|网点|门店|店面?|经营部|库房|点(?=$|[，。；]))"
)
# 在镇江有个厂, of a firm of another city.
_A_PLANT = re.compile(r"^市?(?:那边|那里)?(?:也|还|又)*有一?[个家间](?:[新老小]?厂子?|厂房|工厂)(?!.*独立)")
# 我们在句容也有个厂, 京口还有个总部, of a firm whose city is known: one site more.
_ONE_SITE_MORE = re.compile(
    r"^市?(?:那边|那里)?(?:也|还|又|另外)+都?有(?:一?[个家间处])?[新老小]?(?:厂子?|厂房|工厂|总部|本部)(?!.*独立)"
)
# 丹阳不是镇江的吗: asked as what is plain.
_IS_IT_NOT = re.compile(r"^市?(?:的|管的?|下面的?|地界)?[吗么嘛]")
_PAID_THERE = re.compile(r"(?:社保|公积金|个税|户口|户籍|毕业)[^，。；]{0,4}(?:在|是|交在|缴在)$")
_TOWN = "市区"
_SUBSIDIARY, _HEAD_OFFICE = "子公司", re.compile(r"总部|母公司|集团")
_NOW = re.compile(r"(?:现在|目前|如今|眼下)(?:我们|公司|厂子?|企业|就|都|人|已经)*(?:是|在)")
_MOVED = re.compile(r"(?<!要)(?<!想)(?<!算)(?:搬|迁)(?:到|来|至|去)了?[^，。；]{2,8}(?:来了|去了|了)$")
_HEAD_OFFICE_IN = re.compile(r"(?:总部|母公司|集团)(?:是|都)?在?$")
# 我们总公司在镇江新区, of a firm whose place is known: another firm's.
_ITS_PARENT_IN = re.compile(r"(?:总公司|母公司|集团(?:公司)?)(?:的?注册地?)?(?:就|是|都|也|注册|设|开)*(?:在)?$")
# 小巨人在无锡评的，后来搬过来: where a title was got, of a firm that has come from there.
GOT_THERE = re.compile(
    r"^[^，。；我]{0,6}(?:评|认定|获评|拿|批)(?:上|到|下来|定)?(?:的|了|过)(?!地|货|单|订|项目|贷|标)"
)
_CAME_FROM_THERE = re.compile(
    r"(?:^|[，。；\s])(?!(?:[^，。；]{0,8})(?:要是|如果|假如|万一|将来|以后|打算|准备|想|过[一两几]年))[^，。；]{0,10}(?:搬|迁|挪)(?:到|来|至|过|回|往|去|了)"
)
# 研发团队在南京办公: where a part of the firm works.
_OF_A_PART = re.compile(
    r"(?:我|老板|本)人[^，。；]{0,4}在$|(?:有|开了?|设了?|建了?|租了?|投了?)(?:个|一?家|一个|[两几]个)?[^，。；我]{0,4}(?:分厂|分公司|子公司|办事处|办公室|门店|店|点|仓库?|车间|基地|厂子?)(?:是|就|也|都)?在$|(?:团队|办公室|研发(?:中心|部门?)?|分部|办事处|基地|工厂|分厂|厂房|生产线?|厂区|门店|仓库|车间)(?:设|放|都)?在$"
)
# 总部跟车间都在南京: what is there with the seat is the firm.
_WITH_THE_SEAT = re.compile(r"(?:总部|本部|总公司|注册地?|执照|公司)(?:和|跟|与|及|、|连同|带)[^，。；]{1,8}在$")
# 在高新区: every city has one; which, the city known tells.
_OWN_ZONE = re.compile(r"(?:在|位于)(?:市里?的?|那个)?(经济技术开发区|经开区|高新区|新区)(?:的|里)?$")
# 淮安文号: what is looked up of a city.
_MATTER = re.compile(r"^的?(?:文[号件]|电话|材料|流程|条件|部门|网址|期限|政策|目标|原文)$")
# 市区的: where in its city a firm is.
_IN_TOWN = re.compile(r"^(?:我们?|公司|厂子?)?(?:就|也)?(?:是|在)*(?:市区|城区|主城区)(?:的|里|这边)?$")
# 我们在江宁, 江宁这边我们, 江宁做阀门的 at the beginning: said of the firm itself, unlike 后来在常州.
_OURS_AFTER = re.compile(r"^(?:市)?(?:这边|这里|这块)?的?(?:我们|咱)")
_SITES = re.compile(r"两头|两地|两边|两个(?:城市|地方)|都有|分别|分公司|子公司|各有")
# 客户都在苏州, 社保有一部分在滁州交: what is said to be in a place, which is the enterprise only if it is called so.
_SAID_OF = re.compile(
    r"^(?P<subject>.*?)(?:都|全|也|还|就|只|才|又|基本上?|主要|大多数?|大部分|多半|多数|现在|目前|如今|眼下|其实|一直|本来|实际上?|已经|刚刚?|真的|[今去前]年|年[初底]|\d+年?|\d+月)*"
    r"(?:现在|(?:是|就)?在|是|来自|位于|属于)$"
)
_THE_FIRM = re.compile(
    r"(?:^|[们我俺咱司])$|(?:公司|企业|厂子?|厂[里房]|单位|总部|本部|注册地?址?|地址|住所|执照|登记|所在地|自己|这[边里家]|[这那]个|人|家|店|的|成立|小巨人|省专|专精特新|单项冠军|高企)(?:注册|登记|成立|地|地址|本身|自己)*$"
)
_DEALT_WITH = re.compile(
    r"(?:客户|供[应货]商|买家|卖家|经销商|代理商|合作方|伙伴|甲方|对方|市场|订单|货|产品|设备|材料|老板|股东|法人|会计|员工|工人|老家|户口|户籍|籍贯|社保|公积金|银行|贷款|合同|项目|专利|展会)(?:们)?(?:的?(?:老家|户口|户籍|籍贯))?[^，。；一-龥]*$"
)
_NOT_ALONE = re.compile(r"不(?:是)?(?:只|光|单|仅|止)(?:有|在|是)*$")
# 我们南京和淮安都有厂: of which city the firm is, that does not tell.
_SITES_IN_BOTH = re.compile(
    rf"{city_names()}市?(?:和|跟|与|、)(?:在)?{city_names()}市?(?:两边|两地|这?两个市)?(?:都|各|均)有(?:一?[个家])?(?:分?厂|公司|工厂|基地|企业)"
)
_MOVES_TO = re.compile(r"(?:搬|迁|挪)(?:到|来|至|去|往|回)?了?$|落户$|注册(?:在|到)?$")
_AND = frozenset("和跟与及、")
_ORIGIN = re.compile(r"(?:老家|户口|户籍|籍贯)$")
# 在南京交税, 在江宁开发区: what a firm does where it is; anything else it may do elsewhere.
_SETTLED_AFTER = re.compile(
    r"^市?(?:这边|那边|这里|那里|本地|当地)?(?:[^，。；]{0,6}(?:[区县镇乡村]|街道|园区?|路|[东南西北]边?))?(?:的|了|呢|吧|啊|呀|哦|哈|嘛|大哥|老哥|大姐|老师|亲|兄弟)*$"
    r"|^市?(?:这边|那边|这里|那里)?(?:注册|登记|落户|落地|经营|办公|纳税|[交缴报]税|成立|[开办做搞]|生产|创[业办])"
)
# 货发到广州, 去上海参展, 跟徐州的银行贷: a place that an act goes to or comes from.
_DEALS = re.compile(
    r"(?:[卖发销送运寄供派嫁]到|[销发运]往|(?<![搬迁换转移回改来])(?:去|跑)|从|[卖供发交送包租借]给|(?<![查看拿])[跟与和])$"
)
_NO_DEAL = re.compile(
    r"^(?:市|那边|的)?(?:的话|[呢吗吧啊]|比|相比|一样|哪|都|[搬迁转来过到]|发展|落户|投资|注册|[办开设建能申报领有])|^的?(?:政策|文件|小巨人|省专|专精特新|单项冠军)"
)
_A_PARTNER = re.compile(r"^市?的?[^，。；]{0,6}(?:公司|企业|厂|银行|大学|学院|院所|机构|客户|团队|老板)")
# 南京国企欠的: a firm of a place that acts on the speaker's.
_ACTS_ON_US = re.compile(
    r"^市?的?[^，。；]{0,4}(?:国企|央企|企业|公司|单位|厂|客户|甲方|那一?家)(?:一直|还|也|又|老|都|就)*(?:拖?欠|拖着|压着|赖着|[找跟给让][我咱俺])"
)
_OF_A_DEALING = re.compile(r"^市?的?(?:客户|供[应货]商|买家|卖家|订单|经销商|代理商|合作方|甲方|银行|展会|项目)")
# 那我们南京这份, 我们淮安的计划: a document of a place, which is asked about.
_ITS_DOCUMENT = re.compile(r"^市?的?(?:[这那]一?[份个版本](?![厂店])|文件|政策|计划|措施|办法|方案)")


def registered_in(text: str) -> Place | None:
    """镇江恒达，注册在南京, 执照是淮安的: the place that a text says that a firm is registered in, the last one."""
    found = [
        place
        for place, start, end in find_places(text)
        if _REGISTERED.search(text[:start]) or _REGISTERED_HERE.match(text[end:]) or text[end:].startswith("注册")
    ]
    return found[-1] if found else None


def side_sites(text: str) -> tuple[City, ...]:
    """The cities where a text says that there is a branch, a plant or a store of a firm: 镇江也有个仓库."""
    found = (
        p.city for p, start, end in find_places(text) if _SIDE_SITE.match(text[end:]) or _is_of_a_part(text[:start])
    )
    return tuple(dict.fromkeys(found))


def has_one_seat(text: str) -> bool:
    """两个厂，一个在句容一个在江宁，注册和纳税都在南京: whether the sites told of are those of one firm."""
    return any(_ONE_SEAT.search(text[:start]) for _, start, _ in find_places(text))


def read_places(
    clauses: Iterable[Clause],
    text: str,
    facts: dict[str, Fact],
    contradictions: list[tuple[str, str, str]],
    known_city: Value | None,
    *,
    correction: bool,
    answers_city: bool,
) -> tuple[frozenset[str], frozenset[str]]:
    """Adds the city and district that a message states to `facts`, two cities at once to `contradictions`.

    Returns the names of the cities where the enterprise is said not to be, and of those where only something else is.
    """
    # 鼓楼区 lies in the city that is known already, if it can.
    own = next((c.name for c in served_cities().values() if c.slot == known_city), "")
    around = text if any(place.city.slot in served_cities() for place, _, _ in find_places(text)) else f"{text} {own}"
    may_move = known_city is None or correction or answers_city
    compares = known_city is not None and pattern("compares").search(text) is not None  # 南京的省专跟咱们这边比
    stated: list[Place] = []
    registered: list[Place] = []
    asked: list[Place] = []
    subsidiaries: list[Place] = []
    firms: dict[Place, str] = {}
    firmly: list[Place] = []
    now: list[Place] = []
    denied: set[str] = set()
    aside: set[str] = set()
    asked_of: set[str] = set()
    at = 0
    for clause in clauses:
        if clause.supposed or pattern("no_concern").search(clause.text):
            asked_of |= {place.city.name for place, _, _ in find_places(clause.text, around)}
            continue
        at = max(text.find(clause.text, at), 0)
        begin, last_end, aside_at = -1, 0, None
        for place, start, end in find_places(clause.text, around):
            # 公司在南京但税在马鞍山交: after another place, a clause has a subject of its own.
            subject = clause.text[last_end if last_end and start > last_end + 1 else 0 : start]
            begin = begin if start == last_end and begin >= 0 else start
            last_end = end
            before, after = clause.text[:begin], pattern("calls_out_to").sub("", clause.text[end:])
            if is_part_of_a_name(after):
                continue
            if aside_at is not None and clause.text[aside_at:start] in _AND and not clause.asks:
                aside.add(place.city.name)  # 经销商在武汉和长沙
                aside_at = end
                continue
            elsewhere = ({known_city, *(s.city.slot for s in stated)} & served_cities().keys()) - {place.city.slot}
            known = bool(elsewhere and not correction)
            if known_city is not None and not (correction or clause.asks) and _ITS_PARENT_IN.search(before):
                aside.add(place.city.name)
                continue
            is_registered = _REGISTERED.search(text[: at + begin]) or after.startswith("注册")
            if not (answers_city or is_registered) and _is_of_something_else(clause, subject, after, known):
                if known or (place.city.slot == OTHER and not clause.asks):
                    aside.add(place.city.name)
                    aside_at = end
                    continue
                of_its_own = _REGISTERED_HERE.match(after) and _OF_ITS_OWN.search(text)  # 分厂在镇江注册的，独立法人
                if _is_a_site_or_person(before, after) and not of_its_own:
                    continue
            if GOT_THERE.match(after) and not clause.asks and _CAME_FROM_THERE.search(text):
                aside.add(place.city.name)
                continue
            asked_of.add(place.city.name)
            if _is_one_of_two(before, after) or _NOT_ALONE.search(before):
                continue  # 算南京还是淮安; 我两边都有厂啊，不是只有南京
            part = _is_of_a_part(before) and not (is_registered or _REGISTERED_HERE.match(after))
            if part or before.endswith("比"):
                continue  # 你们那肯定比镇江多
            if (_EXCLUDED_BEFORE.search(before) and not _IS_IT_NOT.match(after)) or _NOT_OURS.match(after):
                denied.add(place.city.name)
                continue
            # 南京小巨人的奖励我们能拿吗, asked by a firm of another city: it asks of that city's, and has not moved.
            at_home = known_city in (None, place.city.slot) and pattern("self").search(clause.text)
            told = not (clause.asks or compares) or at_home
            of_support = pattern("title_award").match(after)  # 南京小巨人奖励那100万能发给我们吗
            of_it = after.removeprefix("的").removeprefix(place.city.name) if place.district else after
            at_work = _LOCATED_AFTER.match(after) or _LOCATED_AFTER.match(of_it)
            located_after = _OURS_AFTER.match(after) or (at_work and not of_support)
            located = (_LOCATED.search(before) and not _ASKED_OF.search(before)) or (told and located_after)
            side, intends = _SIDE_SITE.match(after), pattern("intention").search(before) is not None
            if side and _SUBSIDIARY in side.group():
                subsidiaries.append(place)
                if clause.own and not (clause.asks or intends):
                    firms[place] = f"{place.name}{side.group()}"
            told_there = clause.own and not (clause.asks or intends) and place.city.slot != OTHER
            if told_there and (firm_there := _A_FIRM_THERE.match(after)):
                subsidiaries.append(place)
                if _OF_ITS_OWN.search(text):
                    firms[place] = f"{place.name}{firm_there.group()}"
            if side or _OF_A_PERSON.match(after) or (known_city == OTHER and _A_PLANT.match(after)):
                continue
            if known_city is not None and _ONE_SITE_MORE.match(after) and not correction:
                continue
            alone = len(clause.text) - (end - begin) <= 3 and not clause.asks and not _MATTER.search(after)
            alone = alone and (may_move or any(here.city is place.city for here in stated))
            if clause.own and not clause.asks and is_registered:
                registered.append(place)
            # A firm of a city without a document that has one of its own here means that one.
            ours_here = known_city == OTHER and place.city.slot != OTHER and not clause.asks
            if ours_here and (is_here := _REGISTERED_HERE.match(after)):
                located, firms[place] = is_here, f"{place.name}{is_here.group()}"
            asked_for = before.endswith(("问的是", "问的就是"))  # 刚才我问的是丹徒
            if clause.own and not asked_for and (located or alone or (correction and not clause.asks)):
                stated.append(place)
                if not clause.asks and located and (_NOW.search(clause.text) or _MOVED.search(clause.text)):
                    now.append(place)
                if _is_said_of_itself(clause, begin, end):
                    firmly.append(place)
            elif clause.own:
                asked.append(place)
    rest = [place for place in stated if place not in subsidiaries]
    abroad = known_city in (None, OTHER) and all(place.city.slot == OTHER for place in rest)
    if abroad and (own_there := [place for place in subsidiaries if place in firms]):
        # 镇江另外注册了公司的，丹徒区，独立法人; 我们在淮安还有个子公司, told by who is in 扬州
        there = [place for place in (*rest, *asked) if place.district and place.city is own_there[-1].city]
        stated = [*own_there[-1:], *there]
    if not stated and asked and known_city is None and pattern("self").search(text):
        stated = [place for place in asked if place.city.name not in denied]
        if len({place.city.name for place in stated}) > 1:
            stated = []  # 我们想搬厂，南京和镇江哪个给得多
    both = _SITES_IN_BOTH.search(text) if known_city is None and not registered else None
    sites = tuple(dict.fromkeys(place.city.name for place, _, _ in find_places(both.group()))) if both else ()
    if len(sites) > 1:
        contradictions.append(("city", sites[0], sites[-1]))
        return frozenset(denied), frozenset(aside - asked_of)
    if not stated:
        _read_zone(clauses, own, facts)
        return frozenset(denied), frozenset(aside - asked_of)
    here = {place.city.name for place in now}
    if len(here) == 1 and not _SITES.search(text):
        stated = [place for place in stated if place.city.name in here]  # 原先在常州，去年搬到南京来了
        firmly = [place for place in firmly if place.city.name in here]
        denied -= here
    firm = {place.city.name for place in firmly}
    if len(firm) == 1 and pattern("self").search(text) and not correction and not _SITES.search(text):
        denied |= {place.city.name for place in stated} - firm
        stated = [place for place in stated if place.city.name in firm]
    stated = registered or stated
    if _HEAD_OFFICE.search(text) and subsidiaries and all(place.city.slot == OTHER for place in stated):
        stated = subsidiaries  # 总部在上海，南京有子公司: that one is the firm which the documents are for
    cities = list(dict.fromkeys(p.city.name for p in stated))
    if len(cities) > 1 and not correction and (not pattern("self").search(text) or _SITES.search(text)):
        return frozenset(denied), frozenset(aside - asked_of)
    served = any(place.city.slot != OTHER for place in stated)  # 安徽合肥: neither has a document here
    if len(cities) > 1 and served and not correction:
        contradictions.append(("city", cities[0], cities[-1]))
        return frozenset(denied), frozenset(aside - asked_of)
    last = stated[-1].city
    facts["city"] = Fact(last.slot, Source.STATED, next((firms[p] for p in stated if p in firms), last.name))
    districts = [p for p in stated if p.district and p.city is last]
    # 京口的厂，镇江市区的: the district says more than that it lies in the town.
    exact = [p for p in districts if p.district != _TOWN]
    if exact and all(is_within(p.district or "", last.urban) for p in exact):
        districts = exact
    if districts:
        facts["district"] = Fact(districts[-1].district or "", Source.STATED, districts[-1].name)
        if all(p.district for p in stated if p.city is last):
            facts["city"] = Fact(last.slot, Source.INFERRED, districts[-1].name)
    else:
        _read_zone(clauses, last.name, facts)
    return frozenset(denied), frozenset(aside - asked_of)


def _is_one_of_two(before: str, after: str) -> bool:
    """算南京还是淮安: whether a place is one of two between which it is asked; 还是南京 answers."""
    first = after.startswith("还是") and any(start == len("还是") for _, start, _ in find_places(after))
    return first or (before.endswith("还是") and any(find_places(before)))


def _is_a_site_or_person(before: str, after: str) -> bool:
    """老板是徐州人, 南京国企欠的, 研发团队在南京."""
    return any(regex.match(after) for regex in (_OF_A_PERSON, _ACTS_ON_US)) or _is_of_a_part(before)


def _is_of_a_part(before: str) -> bool:
    """研发团队在南京, and not 总部跟车间都在南京."""
    if _PAID_THERE.search(before):
        return True  # 公司交社保在上海的呢
    return _OF_A_PART.search(before) is not None and not _WITH_THE_SEAT.search(before)


def _is_of_something_else(clause: Clause, before: str, after: str, known: bool) -> bool:
    """Whether a place is that of a customer, a person, a warehouse or a deed, and not the enterprise's.

    Who has told where the enterprise is (`known`) moves it only in words that say so of the enterprise itself.
    """
    if _is_a_site_or_person(before, after):
        return True
    if _ITS_DOCUMENT.match(after):
        return False
    if (side := _SIDE_SITE.match(after)) and not clause.asks and known:
        return _SUBSIDIARY not in side.group()
    if _ORIGIN.search(before) and not clause.asks:
        return True
    said = _SAID_OF.match(before)
    if said and not clause.asks and _DEALT_WITH.search(said["subject"]):
        return True
    if (deal := _DEALS.search(before)) and not clause.asks and not _NO_DEAL.match(after):
        return _A_PARTNER.match(after) is not None if deal.group() in _AND else bool(after) or len(deal.group()) > 1
    if not known or clause.asks or not _LOCATED.search(before):
        return bool(before and _LOCATED.search(before) and _OF_A_DEALING.match(after))
    settled = _MOVES_TO.search(before) or _SETTLED_AFTER.match(after) or _LOCATED_AFTER.match(after)
    return not settled or (said is not None and not _THE_FIRM.search(said["subject"]))


def _is_said_of_itself(clause: Clause, begin: int, end: int) -> bool:
    """Whether a place that a clause states is put beside a word for oneself, or begins the clause."""
    before, after = clause.text[:begin], clause.text[end:]
    beside = pattern("self").search(before) is not None or _OURS_AFTER.match(after) is not None
    beside = beside and not _HEAD_OFFICE_IN.search(before)
    return beside or (begin == 0 and not clause.asks and not after.startswith("那"))


def _read_zone(clauses: Iterable[Clause], city: str, facts: dict[str, Fact]) -> None:
    """The zone that a message names without its city; where the city is known, if it has one of this name."""
    for clause in clauses:
        if city and clause.own and not clause.asks and not clause.supposed and _IN_TOWN.match(clause.text):
            facts["district"] = Fact(_TOWN, Source.STATED, clause.text)
        match = _OWN_ZONE.search(clause.text) if clause.own and not clause.asks and not clause.supposed else None
        if match and (not city or any(place.name == f"{city}{match.group(1)}" for place in places())):
            facts["district"] = Fact(match.group(1), Source.STATED, match.group(1))
