"""What a message says of firms other than the speaker's as it is: another's, any of a kind, one's own if it changed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.language.clauses import Clause, pattern
from chains.language.kinds import read_choice
from chains.language.places import find_places
from chains.language.titles import suppose_titles
from chains.language.whereabouts import has_one_seat
from chains.language.yes_no import Told, read_every
from knowledge.profile import Fact, Source, Value
from knowledge.regions import OTHER, Place, places, served_cities

_OF_A_KIND = re.compile(
    r"(?:能不能|能|可不可以|可以|行不行|[也都]行|行(?=[吗么不])|有没有|[也都]?有(?=[吗么没])|有资格|够格|算不算|[也都]算|算(?=[吗么]))[^，。；]{0,8}[?？]?$"
    r"|[呢嘞][?？]?$"
)
_A_FIRM = re.compile(r"公司|企业|厂|那家")
# 如果搬到京口: a place that is supposed.
_MOVES = re.compile(
    r"(?:搬|迁|挪|落户|注册|开|设|去|(?:改|转|变更|换)(?=[到去])|^那?(?:要是|如果)?换成)(?:到|去|往|在|至|回|进)?$|(?:如果|假如|要是|万一|就算|就当|比方|设想)(?:我们?|公司|企业)?(?:是|注册地?)*在$"
)
# 那市区的呢, 经开区可以吗: a part of a city without the city's name.
_A_ZONE = re.compile(r"^[那在]*(?:(?P<town>市区|主城区)|(?P<zone>经济技术开发区|经开区|高新区|开发区|新区))")
# 要是明年才备案完: what is intended is supposed to be done.
_SOME_DAY = re.compile(r"(?:明年|后年|将来|以后|今后)(?:才|再)?")
# 在南京开个子公司能拿吗
SETS_UP = re.compile(
    r"在[^，。；了]{2,6}(?:新?[开设办]|成立|注册)(?:一?[个家])?(?:新的?|全资的?)?(?:子公司|分公司|新?公司|企业)"
)
_TO_TOWN = re.compile(
    r"(?:(?:搬|迁|挪|改|转)(?:到|去|往|进|回)|^那?(?:要是|如果)?换成"
    r"|(?:假设|假如|如果|要是|就算|就当)(?:我们?|公司|企业|厂子?|[就都也是在算])+)(市区)"
)
# 那换成市区的厂，京口的: what follows says where.
_CHANGED_FOR = re.compile(r"^那?(?:要是|如果)?换成[^，。；]{0,6}的?(?:厂子?|公司|企业|分厂)")
# 总部迁过去: to a place that was talked of.
THITHER = re.compile(r"(?:搬|迁|挪|转)(?:到|去)?(?:过去|那边|那里|那儿)(?!了)")
_OWES_US = re.compile(r"[欠拖压赖](?:着|了)?(?:我|咱|俺)")
# 南京那边的厂是省专, 先说南京那个: which firm holds a title, and which is to be told of first.
_IS_ONE, _SEVERAL = re.compile(r"是|有|评|拿"), 2
_IS_TOO = re.compile(r"^(?:也|还|都|已经?)*(?:是|评|拿|有)")
_FIRST_THAT = re.compile(r"先(?:说|看|讲|问|弄|管|聊|谈|算)|(?:就|只)(?:说|看|讲|问)")
# 镇江也有我们一个厂, 我们在镇江也有个厂.
_A_SITE = r"(?:的)?(?:一?[个家处])?(?:分厂|老厂|新厂|厂子?|公司|企业|子公司|分公司|车间|基地)"
_OURS_TOO = re.compile(rf"^市?(?:那边|那里)?(?:也|还|另外|又)+有(?:我们?|咱们?){_A_SITE}")
_WE_ALSO, _ALSO_HAVE = (
    re.compile(r"(?:我们?|咱们?)(?:还|也|另外)?在$"),
    re.compile(rf"^市?(?:那边|那里)?(?:也|还|另外|又)+有{_A_SITE}"),
)
_A_SUBSIDIARY = re.compile(r"^市?(?:那边|那里)?(?:也|还|另外|又)+有(?:一?[个家])?(?:全资|控股)?子公司")
# 分厂在淮安，那边有什么补贴
_A_SITE_IN, _OVER_THERE = (
    re.compile(r"(?:分厂|工厂|厂子|厂房|[新老]厂|车间|基地|分公司|子公司)(?:也|是|就|都|设|放|建)*在$"),
    re.compile(r"[，。；\s](?:那)?(?:那边|那里|那儿|那头|当地)"),
)
# 盐城那个子公司, after the firm's own city: what is told next is told of it, until the firm speaks of itself again.
_A_BRANCH = re.compile(
    r"^市?(?:那边|那里|那一?[个家]|这边)?的?(?:那一?[个家]|[也还另外]*有(?:一?[个家])?)?(?:全资|控股)?"
    r"(?:子公司|分公司|分厂)"
)
# 我们还有个厂在盐城，小巨人; 盐城还有个厂，那边呢: a site, of which a title or 那边 tells.
_A_SITE_ELSEWHERE = re.compile(r"(?:还|也|另外?|又)有(?:一?[个家间])?[^，。；]{0,4}(?:厂子?|公司|企业)在$")
_A_SITE_THERE = re.compile(r"^市?(?:那边|那里)?[也还另外又]+有(?:一?[个家间])?[^，。；]{0,4}(?:厂子?|公司|企业)$")
_TOLD_OF_IT = re.compile(r"那边|那里|那一?[个家]|小巨人|省专|专精特新|单项冠军|创新型|没评|称号|资质")
_ITSELF = re.compile(r"(?:我们|咱们)(?!的?(?:[子分]公司|分厂))|母公司|总公司|总部|本部|集团")
# 手上有三家客户; 一家在南京是省专，一家在盐城: several firms at once.
_SEVERAL_FIRMS = re.compile(
    r"一家(?:在|是|做|叫)[^，。；]{1,14}[，；、\s]+(?:另外?|还有)?一家(?:在|是|做|叫)"
    r"|(?:手上|手里|手头|名下|代账|记账|代理)(?:的)?[，,]?[^，。；]{0,4}(?:[两二三四五六七八九十几多]|好几|\d+)家(?:客户|公司|企业|厂)?"
    r"|(?:^|我们?|老板|自己)(?:一共|总共)?有(?:[两二三四五六七八九]|好几|\d+)家(?:公司|企业|厂)(?=$|[，。；\s])"
)
# 我两家公司，一家南京一家镇江; 我在镇江有一家，在南京还有一家.
_ONE_BEFORE, _ONE_AFTER = (
    re.compile(r"一[家个](?:公司|厂子?|企业)?(?:注册)?[在是]?$"),
    re.compile(r"^市?(?:[也还又]?有一?[家个]|一家(?=$|[，。；、\s]|[\u4e00-\u9fff]{2,3}一家))"),
)
# 亲戚一个在南京一个在镇江，文件里两边各写的多少: what the documents say is told of both.
_OF_BOTH = re.compile(r"两边|两地|两个市|文件|政策里")
# 昆山的朋友在南京有家公司, 他是昆山人: the place of a person, and not of his firm.
_OF_WHOM = re.compile(r"^市?(?:人(?=$|[，。；\s])|(?:那边)?的[^，。；\s在]{1,5}(?=在))")
# 一家在南京是省专，一家在盐城是小巨人: what is told of each is no fact of the other.
_ONE_FIRM = r"一(?:家(?:公司|企业)?|[个间]?(?:公司|厂|企业))?(?:[在是]|叫)|一个在"
_TWO_FIRMS = re.compile(
    rf"(?P<one>(?:{_ONE_FIRM})[^，。；\s]{{2,16}})[，。；\s]+(?:再|还有|另外?)?(?P<other>(?:{_ONE_FIRM})[^，。；\s]{{2,16}})"
)
# What an enterprise is beside its titles.
KINDS = ("ownership", "size", "leads_standard")


def named_in_full(text: str, place: Place) -> bool:
    before, _, after = text.partition(place.name)
    return before.endswith((place.city.name, f"{place.city.name}市")) and after.startswith("的")


def tells_of_several(text: str) -> bool:
    """手上有三家客户, 一家南京一家镇江: whether firms are told of of which none is the other."""
    firms = _TWO_FIRMS.search(text)
    if _SEVERAL_FIRMS.search(text) or (firms and all(any(find_places(words)) for words in firms.groups())):
        return True
    if has_one_seat(text):
        return False
    sites = {p.city.name for p, i, j in find_places(text) if _ONE_BEFORE.search(text[:i]) or _ONE_AFTER.match(text[j:])}
    return len(sites) > 1 and not _OF_BOTH.search(text)


def told_apart(clauses: Sequence[Clause], text: str) -> tuple[bool, str | None]:
    """Whether firms of two cities hold different titles (南京那边的厂是省专，盐城的是小巨人，先说南京那个).

    And the city of the one that is asked of; None where no one of them is.
    """
    held: dict[str, Value] = {}
    wanted: set[str] = set()
    there = ""
    for clause in clauses:
        here = {place.city.name for place, _, _ in find_places(clause.text, text)}
        titles = suppose_titles([clause])
        tells = not (clause.asks or clause.supposed or clause.past or clause.others)
        named = next(iter(here)) if len(here) == 1 else there if not here and _IS_TOO.match(clause.text) else ""
        there = named if tells else ""
        if named and tells and titles is not None and _IS_ONE.search(clause.text):
            held.setdefault(named, titles.value)  # 集团在上海，是单项冠军
        elif here and named and (clause.asks or _FIRST_THAT.search(clause.text)):
            wanted.add(named)
    if len(held) < _SEVERAL or len(set(held.values())) < _SEVERAL:
        return False, None
    served_here = [name for name in held if any(city.name == name for city in served_cities().values())]
    asked = wanted & held.keys() or (set(served_here) if len(served_here) == 1 else set())
    return True, asked.pop() if len(asked) == 1 else None


def site_too(text: str, known_city: Value | None) -> Mapping[str, Fact]:
    """镇江也有我们一个厂, told by a firm of another city: where its other site is."""
    for place, start, end in find_places(text):
        beside = _OURS_TOO.match(text[end:]) or (_WE_ALSO.search(text[:start]) and _ALSO_HAVE.match(text[end:]))
        if known_city == OTHER and beside and "子公司" in beside.group():
            continue  # a firm of its own, where the documents are for
        beside = beside or (_A_SITE_IN.search(text[:start]) and _OVER_THERE.search(text[end:]))
        if known_city == OTHER and _A_SUBSIDIARY.match(text[end:]):
            continue  # the firm that the documents here are for
        if beside and place.city.slot in served_cities() and known_city not in (None, place.city.slot):
            return _placed(place)
    return {}


def of_a_branch(clauses: Sequence[Clause], text: str, known_city: Value | None) -> tuple[Clause, ...]:
    """那盐城子公司呢，小巨人, told by a firm of another city: what is said of its branch is another's, not its own."""
    told: list[Clause] = []
    of_it = False
    for clause in clauses:
        there = [(place.city.slot, (start, end)) for place, start, end in find_places(clause.text, text)]
        elsewhere = [place for city, place in there if city != known_city and city in served_cities()]
        begins = any(_begins_branch(clause.text, place, text) for place in elsewhere)
        of_it = (begins and known_city in served_cities()) or (of_it and not (there or _ITSELF.search(clause.text)))
        told.append(replace(clause, own=False, others=True) if of_it and not clause.supposed else clause)
        known_city = known_city or (there[0][0] if there else None)
    return tuple(told)


def _begins_branch(clause: str, place: tuple[int, int], text: str) -> bool:
    """Whether a clause names a branch or another site by the place that stands in it."""
    before, after = clause[: place[0]], clause[place[1] :]
    is_site = (not after and _A_SITE_ELSEWHERE.search(before)) or _A_SITE_THERE.match(after)
    told = is_site and _TOLD_OF_IT.search(text.partition(clause)[2])
    return _A_BRANCH.match(after) is not None or bool(told)


def asks_of_another(clauses: Sequence[Clause]) -> bool:
    """我同学在京口也有家小巨人企业，他能拿吗: whether the last thing asked is about another's firm."""
    asking = [clause for clause in clauses if clause.asks or pattern("question").search(clause.text)]
    return bool(asking) and asking[-1].others and not pattern("hearsay").search(asking[-1].text)


def read_another(clauses: Sequence[Clause], text: str, *, knows_him: bool = False) -> Mapping[str, Fact]:
    """我同学在京口也有家小巨人企业, 他是江宁的 of whom was told before: what that firm is."""
    if any(_OWES_US.search(clause.text) for clause in clauses):
        return {}  # 客户欠我们钱，国企: asks of what it does to us
    facts = dict(read_supposed(clauses))
    placing = [c for c in clauses if not c.asks and any(find_places(c.text, text))] or clauses
    there = ((place, c.text[end:]) for c in placing for place, _, end in find_places(c.text, text))
    for place in (place for place, after in there if not _OF_WHOM.match(after)):
        facts |= _placed(place)
    names_a_firm = any(_A_FIRM.search(clause.text) for clause in clauses)
    return facts if names_a_firm or knows_him or facts.keys() - {"city", "district"} else {}


def read_kind(clauses: Sequence[Clause], text: str, known_city: Value | None) -> Mapping[str, Fact]:
    """国企能不能用, 中型的呢, 丹阳可以吗: without a word of oneself, what is asked of any such firm."""
    clauses, text = _before_another(clauses, text)
    if not clauses or pattern("self").search(text) or not _OF_A_KIND.search(text):
        return {}
    last = clauses[-1]
    if last.others or last.supposed:
        return {}
    own = next((c.name for c in served_cities().values() if c.slot == known_city), "")
    named = (place for place, _, _ in find_places(last.text, f"{text} {own}") if place.district)
    districts = [place for place in named if own or not named_in_full(last.text, place)]
    facts = {"district": Fact(districts[-1].district or "", Source.STATED, districts[-1].name)} if districts else {}
    if not facts and (zone := _A_ZONE.search(last.text)):
        name = zone["town"] or f"{own}{zone['zone']}"
        if zone["town"] or any(place.name == name for place in places()):
            facts["district"] = Fact(name, Source.STATED, zone["town"] or zone["zone"])
    return _read_what_it_is([last]) | facts


def _before_another(clauses: Sequence[Clause], text: str) -> tuple[Sequence[Clause], str]:
    """国企能用吗 我另一家是国企: what is asked before another's firm is told of, by itself."""
    at = next((i for i, clause in enumerate(clauses) if clause.others), 0)
    if not at or any(clause.asks for clause in clauses[at:]):
        return clauses, text
    return clauses[:at], text[: text.find(clauses[at].text)].rstrip("，。；！ ")


def _placed(place: Place) -> dict[str, Fact]:
    """The city of a place, and its district if it is one."""
    facts = {"city": Fact(place.city.slot, Source.STATED, place.city.name)}
    return facts | ({"district": Fact(place.district, Source.STATED, place.name)} if place.district else {})


def _read_what_it_is(clauses: Sequence[Clause]) -> dict[str, Fact]:
    """The titles, ownership, size and standards that some clauses name, whoever they speak of."""
    facts: dict[str, Fact] = {}
    if titles := suppose_titles(clauses):
        facts["tiers"] = titles
    ignored: list[tuple[str, str, str]] = []
    for slot in KINDS:
        read_choice(slot, clauses, facts, ignored, correction=True)
    return facts


def read_supposed(supposed: Sequence[Clause]) -> Mapping[str, Fact]:
    facts = _read_what_it_is(supposed)
    facts |= read_every(Told(_SOME_DAY.sub("", clause.text)) for clause in supposed)
    changed = any(_CHANGED_FOR.match(clause.text) for clause in supposed)
    for clause in supposed:
        taken, set_up = -1, SETS_UP.search(clause.text)
        for place, start, end in find_places(clause.text):
            follows = taken >= 0 and clause.text[taken:start] in ("", "市", "的")  # 迁到镇江丹徒区
            there = set_up is not None and set_up.start() <= start < set_up.end()
            if follows or there or _MOVES.search(clause.text[:start]) or (changed and not start):
                facts |= _placed(place)
                taken = end
        if match := _TO_TOWN.search(clause.text):
            facts["district"] = Fact(match.group(1), Source.STATED, match.group())
    return facts
