"""What a message states about the enterprise, each fact with the words that state it. A question states nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from chains.language.answering import is_answer
from chains.language.clauses import Clause, is_for_kin, pattern, split_clauses, value_patterns
from chains.language.firsts import first_of_some, is_first_and_reviewed, is_of_an_event
from chains.language.kinds import SMALL_OR_MICRO, is_small_or_micro, read_choice
from chains.language.looked_up import looks_something_up
from chains.language.other_firms import (
    KINDS,
    asks_of_another,
    named_in_full,
    of_a_branch,
    read_another,
    read_kind,
    read_supposed,
    site_too,
    tells_of_several,
    told_apart,
)
from chains.language.pending import answer_pending, is_no_answer
from chains.language.places import find_places, unclear_places
from chains.language.roles import with_roles
from chains.language.rows import as_denied, as_regained
from chains.language.sizes import infer_size, measured_in
from chains.language.standards import TAKES_PART, level_of_standard
from chains.language.titles import are_told_firmly, as_a_condition, read_titles, suppose_titles
from chains.language.trades import industries_of
from chains.language.whereabouts import read_places
from chains.language.yes_no import Told, as_had, is_of_the_past, read_every, topics
from chains.prompting import CHECKLIST
from chains.reply import Question
from knowledge.profile import NONE, Fact, SlotKind, Source, Value, slots
from knowledge.regions import OTHER, Place, served_cities

_A_PARTICLE, _FEW_WORDS = 2, 12
_NOTHING: Mapping[str, Sequence[Decimal]] = {}
_NOW = re.compile(r"现在|目前|眼下|如今|刚刚?|已经")
# 台湾老板独资: where an owner is from.
# 我们是它在南京的子公司: where the firm that asks is.
_ITS_SUBSIDIARY = re.compile(
    r"(?P<us>我们?)是(?:它|[他她]们?|集团|总部|总公司|母公司)(?:设|放|开)?在(?P<there>[^，。；\s]{2,5}?)的?(?:全资|控股|一个)?子公司"
)
_OF_AN_OWNER = re.compile(
    r"(?:的)?(?:老板|独资|控股|全资|母公司|资本|(?:港口|口岸|港(?!口))(?!区|附近|旁|[对里这那]|边|一带)|客户|订单|买家)"
)
# 丹阳可以吗: asks of any firm that is there.
_OF_WHOEVER_IS_THERE = re.compile(r"^(?:的|那边|这边|那里)?(?:也|还|就|又)?(?:可不可以|能不能|行不行|可以|能|行|算|呢)")
# 镇江市区是哪些区: what a place is, and not that the firm is there.
_WHICH_ARE_THEY = re.compile(r"^(?:到底|具体|究竟|都)*(?:是|有|指|包括|包含)(?:了|的)?(?:哪|什么|啥|几)")
_THE_REST = re.compile(r"别的?|其他|其它|其余|什么|啥")
# 是小巨人才有，还是省专也算: which of two it is for.
_SO_MANY_FIRMS = re.compile(r"(?:几|多少)[家户]")
_WEIGHS = re.compile(r"(?:小巨人|省专|专精特新|单项冠军|创新型)才(?:有|能|行|可以|给)[^。；]{0,8}还是")
_A_TITLE_WORD = re.compile(r"资质|称号|牌子|头衔|专精特新|没评")
_A_STANDARD = re.compile(r"标准|国标|团标|行标|地标|参编|起草")
_NAMES_A_STANDARD = re.compile(r"标准|国标|团标|行标|地标")
# 国家标准呢，只是参编: what is told is of the standard that is asked of.
_ASKS_OF_A_STANDARD = re.compile(r"那?(?:国家|国际|行业|团体|地方)标准呢|那?(?:国标|团标|行标)呢")
# After a place: it is taken back at once.
_TAKEN_BACK = re.compile(r"^[市的]?[，,、\s]*(?:哦|噢|啊|呃|额|哎呀?)?不(?:是|对)[，,。\s]+")
# AEO能走吗，我们备案了: filed with the customs.
_CUSTOMS, _MODEL = re.compile(r"aeo|海关|报关", re.IGNORECASE), re.compile(r"模型|算法|人工智能|生成式|网信")
# 客户是省专: who asks for a client answers of it.
_OWES = re.compile(r"欠|拖|压着|赖")
_CLIENT = re.compile(r"客户|委托|代账|代办|老板")
# 环保局要罚我们，第一次，镇江: a bare first is of what the clause beside it tells.
_BARE_FIRST = re.compile(
    r"^(?:我们?|这|也|还|都|不?是|并非|可|就|今年)*(?:首次|首度|首回|初次|头回|第一[次回遭]|头一[次回遭])[的了吧啊呢嘛]*$"
)
_WITHOUT = re.compile(r"^(?:我们?|公司)?(?:还|也|都)?没有?[^，。；有]{2,8}(?:能|可以|行不|也)")
_A_LEVEL = re.compile(r"^(?:只?是|也是)?省级的?$")
_OF_A_LEVEL = frozenset({"service_platform", "key_technology_project"})
# A bare noun (中试平台建设投入) tells nothing of the speaker; an act or a possession does.
_TELLS = re.compile(
    r"^(?:想|要|打算|准备|正)*(?:购?买|租|采购)(?!了?没)[^，。；的吗]{2,6}的?$|到期(?!日|时)|租金(?![补奖多]|能|怎)|(?:产品|设备|装备|材料|软件)[^，。；]{0,3}[是属算]|[有了过在已正做要每刚建投]|首次|新认定|出口|进口|外购|第一次|头一|需要|打算|准备|获评|评上|新评|命名|授予|入选|通过|完成|(?:生意|单子?|订单|货)[都全大一主基差走往]|(?:一半|大半|[一二两三四五六七八九]成)(?:的)?(?:货|产品|订单|单子)|(?:出|发|走|运|卖|销)[到往去]|凑|承担|参与|头回|首回|初次|申下来|批下来"
)


def asks_of_whoever(text: str, place: Place) -> bool:
    """丹阳可以吗 asks of whoever is in a place; 盐城亭湖的能进吗, the city and all, of one's own firm."""
    after = text.partition(place.name)[2]
    asks = _OF_WHOEVER_IS_THERE.match(after) or _WHICH_ARE_THEY.match(after)
    return asks is not None and not named_in_full(text, place)


@dataclass(frozen=True, slots=True)
class FactReading:
    """Facts by slot, slots said to be unknown, facts that a supposition would add, and what contradicts.

    `told_of_another` is what is told of a firm that is not the speaker's, `of_another` that if it is asked about,
    `of_kind` what any firm
    is that is asked about (国企能不能用).
    `industry` are those of the official standard that it may be of, parted by 、, by this message and what was known.
    `several` where several firms are told of at once, none of whose facts is another's.
    `not_in` are the names of cities where the enterprise is said not to be, `unclear` places whose city is not told,
    `beside` the cities that are named only where it was before and where others are,
    `guessed` the slots whose words no rule knows, `doubts` facts of which that is too little, to be asked.
    `others` whether somebody else is told of, `only_others` whether nothing is said of oneself beside it,
    `measures` are the headcount and the turnover that it tells, as all that each may be,
    `reviewed` whether a title is said to be got for the first time, and reviewed since,
    `denied` the titles said not to be held, `loose` the slots that only a question tells: too little for a change.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    supposed: Mapping[str, Fact] = field(default_factory=dict)
    of_another: Mapping[str, Fact] = field(default_factory=dict)
    of_kind: Mapping[str, Fact] = field(default_factory=dict)
    contradictions: tuple[tuple[str, str, str], ...] = ()
    mentioned: tuple[Place, ...] = ()
    not_in: frozenset[str] = frozenset()
    unclear: tuple[Place, ...] = ()
    beside: frozenset[str] = frozenset()
    is_correction: bool = False
    industry: str = ""
    several: bool = False
    guessed: frozenset[str] = frozenset()
    doubts: Mapping[str, Fact] = field(default_factory=dict)
    denied: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    told_of_another: Mapping[str, Fact] = field(default_factory=dict)
    reviewed: bool = False
    others: bool = False
    only_others: bool = False
    measures: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)


def _without_what_is_taken_back(text: str) -> str:
    """还有苏州…不是，江苏股权交易中心 names no city; 在苏州，不对，在南京 names one."""
    for _, start, end in reversed([*find_places(text)]):
        if taken_back := _TAKEN_BACK.match(text[end:]):
            text = text[:start] + text[end + taken_back.end() :]
    return text


def read_facts(
    text: str,
    pending: Question | None = None,
    known_city: Value | None = None,
    known_industry: str = "",
    known_measures: Mapping[str, Sequence[Decimal]] = _NOTHING,
    *,
    knows_him: bool = False,
) -> FactReading:
    """Read a normalised message. `pending` is the question it may answer; the rest is what is known already.

    `knows_him` says that somebody else was told of before, who may be meant by 他.
    """
    text = _ITS_SUBSIDIARY.sub(r"\g<us>公司在\g<there>", text)
    kept = as_regained(as_denied(as_had(_without_what_is_taken_back(text))))
    kept = pattern("with_kin").sub("我们", kept)
    owners = {place.city for place, _, end in find_places(kept) if _OF_AN_OWNER.match(kept[end:])}
    owners = {city for city in owners if city.slot == OTHER}  # 泰州母公司控股，泰州那边也评了省专
    named = ((place, kept[end:]) for place, _, end in find_places(kept))
    mentioned = tuple(p for p, after in named if not (_OF_AN_OWNER.match(after) or p.city in owners))
    if pattern("orders").search(text) or pattern("lists_ineligible").fullmatch(text):
        return FactReading(mentioned=mentioned)
    if tells_of_several(text):
        return FactReading(mentioned=mentioned, several=True)
    correction = pattern("correction").search(text) is not None
    if len({p.city.name for p in mentioned}) > 1:
        parts = tuple(split_clauses(kept, answers=pending is not None, correction=correction))
        apart, meant = told_apart(parts, kept)
        if apart and meant is None:
            return FactReading(mentioned=mentioned, several=True)
        if meant is not None:  # 南京那边的厂是省专，盐城的是小巨人，先说南京那个
            return _of_one(parts, kept, meant, pending, known_industry)
    asked_slot = pending.slot if pending is not None else None
    text = kept
    parted = split_clauses(text, answers=pending is not None, correction=correction, knows_him=knows_him)
    clauses = of_a_branch(tuple(parted), text, known_city)
    own = [c for c in clauses if c.own and not c.supposed]
    facts: dict[str, Fact] = {}
    contradictions: list[tuple[str, str, str]] = []
    answers_city = pending is not None and pending.slot == "city" and len({p.city.name for p in mentioned}) < 2
    not_in, aside = read_places(
        clauses, text, facts, contradictions, known_city, correction=correction, answers_city=answers_city
    )
    unclear = unclear_places(text) if known_city is None and "city" not in facts else ()
    for place in unclear:
        if any(place.name in clause.text for clause in own):
            facts.setdefault("district", Fact(place.district or "", Source.STATED, place.name))
    for slot in KINDS:
        read_choice(slot, own, facts, contradictions, correction)
    firm = [c.text for c in own if not c.asks]
    takes_part = any(TAKES_PART.search(words) for words in firm)
    told_of = [words for words in firm if _A_STANDARD.search(words)]
    if takes_part and not any(_NAMES_A_STANDARD.search(words) for words in told_of):
        told_of = [*[c.text for c in clauses if _ASKS_OF_A_STANDARD.fullmatch(c.text)][-1:], *told_of]
    level = level_of_standard("，".join(told_of)) if takes_part else None
    if level not in (None, NONE) and "leads_standard" not in facts:  # 参与了行业标准 says nothing of a higher one
        facts["leads_standard"] = Fact(level, Source.STATED, text[:60])
    beside = _named_beside(clauses, text) | aside
    mentioned = tuple(place for place in mentioned if place.city.name not in beside)
    unsure = _read_unsure(own)
    contradictions = [c for c in contradictions if c[0] not in unsure]
    here = next((c.name for c in served_cities().values() if c.slot == known_city), None)
    of_titles = read_titles(text, clauses, own, city=here)
    titles = of_titles.fact
    weighs = _WEIGHS.search(text) is not None or (titles is not None and _counts_firms(clauses))
    if titles is not None and (weighs or (pending is not None and _speaks_of_the_question(titles, pending.slot))):
        titles = None
    is_told = titles is not None and (titles.source is Source.INFERRED or not looks_something_up(text, facts))
    if titles is not None and (pending is not None or is_told):
        facts["tiers"] = titles
    # 省专精特新，国有控股，算力外购: who says what the enterprise is speaks of it throughout.
    describes = facts.keys() & {"tiers", "ownership", "size"}
    speaks = bool(describes) or pending is not None or pattern("self").search(text) is not None
    offered = {asked_slot, *(o.id for o in pending.options)} if pending is not None else set()
    bare = () if "first_recognition" in offered else tuple(c for c in clauses if _BARE_FIRST.match(c.text))
    events = [c for c in bare if is_of_an_event(clauses, clauses.index(c))]
    heard = [c for c in clauses if not c.supposed and (c.own or c.others) and c not in events]
    # 没有进出口权能申请吗，南京的省专: who tells what the firm is and asks without what, has it not.
    without = [c for c in clauses if describes and c.asks and not (c.own or c.others) and _WITHOUT.match(c.text)]
    told = [Told(c.text, c.own, speaks or _TELLS.search(c.text) is not None) for c in heard]
    told += [Told(c.text) for c in without]
    facts |= with_roles(told, read_every(told, asked_slot))
    if asked_slot in topics() and asked_slot in facts and not _holds_an_answer(clauses, asked_slot, facts[asked_slot]):
        del facts[asked_slot]
    if "genai_filed" in facts and asked_slot != "genai_filed" and _CUSTOMS.search(text) and not _MODEL.search(text):
        filed = facts.pop("genai_filed")
        facts |= {"foreign_trade": filed} if filed.value == "yes" else {}
    if asked_slot == "tiers" and "tiers" not in facts and of_titles.is_doubted:
        unsure = (*unsure, "tiers")  # 好像是省专吧, asked of the titles
    for slot in unsure:
        if slot in facts and is_of_the_past(facts[slot].words):
            del facts[slot]  # 以前那笔还清了，现在有没有得问会计
    tells = pending is None and bool(facts.keys() & topics().keys())
    if "tiers" not in facts and tells and (titles := read_titles(text, clauses, own, True).fact):
        facts["tiers"] = titles  # 贷款还清了，南京省专还有啥: who tells of the firm speaks of it when asking
    if "tiers" in facts and (first := first_of_some(own)):
        facts["first_recognition"] = first
    told_of_itself = "，".join(c.text for c in own)
    industry = industries_of(told_of_itself, known_industry, corrects=correction)
    asked = pending is not None and pending.slot == "size"
    measures = measured_in(told_of_itself, asked=asked)
    tells_more = bool(measures) or industry != known_industry  # 年收入八百万, after 五十人 and 做软件的
    size = infer_size(told_of_itself, industry, known_measures, asked=asked) if tells_more else None
    # 我们小微企业，做软件，12个人: which of the two it is.
    told_roughly = "size" in facts and is_small_or_micro(facts["size"])
    if size and ("size" not in facts or (told_roughly and size.value in SMALL_OR_MICRO)):
        facts["size"] = size
    of_platform = "tiers" not in facts and topics()["service_platform"].search(text) is not None
    if of_platform or (pending is not None and pending.slot == "service_platform" and "tiers" not in facts):
        facts.pop("first_recognition", None)  # 不是新认定 speaks of the platform
    answers = pending is not None and not weighs and not _speaks_of_others(clauses, pending.slot)
    if asked_slot == "tiers" and (suppose_titles(c for c in clauses if c.supposed) or as_a_condition(text)):
        answers = False  # 行吧，那等小巨人批下来了能有什么; 要先评上小巨人对吧
    if pending is not None and is_no_answer(text, pending.slot):
        facts.pop(pending.slot, None)
        answers = False
    declined = answer_pending(text, pending, facts) if pending is not None and answers else ()
    if (
        asked_slot is not None
        and asked_slot in slots()
        and not answers
        and clauses
        and pattern("unsure").search(clauses[0].text)
    ):
        declined = (asked_slot,)  # 我爸那个厂有没有评过我不清楚
    theirs = [c for c in clauses if c.others]
    another = read_another(theirs, text, knows_him=knows_him)
    asks_of_theirs = asks_of_another(clauses) and not is_for_kin(text)
    if site := site_too(text, known_city):
        # 镇江也有我们一个厂，那边头一回违规也这样吗
        facts = {slot: fact for slot, fact in facts.items() if slot not in {"city", "district", "first_recognition"}}
        another = {**another, **site}
    is_place = any(len(text) - len(place.name) <= _A_PARTICLE for place in mentioned)
    if pending is not None and (pending.slot == "district" or is_place) and "district" not in facts:
        # 句容开发区，不在城里: the first place that an answer names, if it lies in the city; 丹阳 alone at any time.
        told_places = (place for clause in own if not clause.asks for place, _, _ in find_places(clause.text, text))
        district = next((p for p in told_places if p.district and p.city.slot == known_city), None)
        district = (
            None if district is not None and _WHICH_ARE_THEY.search(text.partition(district.name)[2]) else district
        )
        facts |= {"district": Fact(district.district or "", Source.STATED, district.name)} if district else {}
    return FactReading(
        facts,
        tuple(d for d in dict.fromkeys((*declined, *unsure)) if d not in facts),
        read_supposed([c for c in clauses if c.supposed]),
        another if asks_of_theirs or (site and clauses[-1].asks) else {},
        read_kind(clauses, text, known_city) if not facts.keys() & {"tiers", *KINDS} else {},
        tuple(contradictions),
        mentioned,
        not_in,
        unclear,
        beside,
        correction,
        industry=industry,
        denied=of_titles.denied,
        loose=frozenset(
            slot
            for slot, fact in facts.items()
            if slot != asked_slot and not correction and _is_only_named(slot, fact, clauses, own)
        ),
        told_of_another=another,
        reviewed=is_first_and_reviewed(own),
        others=bool(theirs),
        only_others=bool(theirs) and all(c.others or not pattern("self").search(c.text) for c in clauses),
        measures=measures,
    )


def _of_one(
    clauses: Sequence[Clause], text: str, city: str, pending: Question | None, known_industry: str
) -> FactReading:
    """What is told of the firm in one city, where firms of several are told of."""
    kept: list[str] = []
    elsewhere = False
    for clause in clauses:
        here = {place.city.name for place, _, _ in find_places(clause.text, text)}
        elsewhere = bool(here - {city}) if here else elsewhere and suppose_titles([clause]) is not None
        kept += [] if elsewhere else [clause.text]
    slot = next((c.slot for c in served_cities().values() if c.name == city), OTHER)
    reading = read_facts("，".join(kept), pending, slot, known_industry)
    return replace(reading, facts={**reading.facts, "city": Fact(slot, Source.STATED, city)})


def _is_only_named(slot: str, fact: Fact, clauses: Sequence[Clause], own: Sequence[Clause]) -> bool:
    """那我们500人呢，算小企业不: whether a fact is only asked of or named, and not said to be so."""
    if slot == "tiers" and fact.value != (NONE,) and not are_told_firmly(fact, own):
        return True
    words, ours = fact.words.split("、"), [c for c in clauses if not c.others]
    telling = [c for c in ours if c.text in fact.words or any(w in c.text for w in words if w)]
    return bool(telling) and all(c.asks and not _NOW.search(c.text) for c in telling)


def _holds_an_answer(clauses: Sequence[Clause], asked: str, said: Fact) -> bool:
    """Whether some clause that the words of a fact are from answers the question asked: 是2024年评的 does not."""
    return any(is_answer(c.text, asked) for c in clauses if said.words in c.text or c.text in said.words)


def _named_beside(clauses: Sequence[Clause], text: str) -> frozenset[str]:
    """The cities named only where the firm was before, or where another's is, by who asks of his own firm."""
    theirs = [c for c in clauses if c.others]
    asks_theirs = asks_of_another(clauses) and read_another(theirs, text)
    if not any(c.own and pattern("self").search(c.text) for c in clauses) or asks_theirs:
        return frozenset()
    named: dict[str, bool] = {}
    for clause in clauses:
        for place, _, _ in find_places(clause.text, text):
            here = named.get(place.city.name, True)
            named[place.city.name] = here and (clause.others or clause.past) and not clause.asks
    return frozenset(name for name, is_beside in named.items() if is_beside)


def _speaks_of_others(clauses: Sequence[Clause], asked: str) -> bool:
    """母公司是小巨人, 要是省专呢: what tells of another, or supposes, is no answer; 客户是省专 may be one."""
    yes_no = asked == CHECKLIST or slots()[asked].kind is SlotKind.YES_NO
    of_client = any(_CLIENT.search(c.text) for c in clauses)
    told = [c for c in clauses if not c.supposed and not (c.others and not of_client)]
    theirs = all(c.others and not _OWES.search(c.text) for c in clauses) and not any(
        pattern("self").search(c.text) for c in clauses
    )
    theirs = theirs and bool(read_another(clauses, "".join(c.text for c in clauses)))
    return bool(clauses) and (all(c.supposed for c in clauses) or (not told and (theirs or not yes_no)))


def _speaks_of_the_question(titles: Fact, asked: str) -> bool:
    """其他都没有 speaks of the list that was asked of, 省级的 of the platform, not of titles."""
    if titles.value == (NONE,) and not _A_TITLE_WORD.search(titles.words):
        return asked == CHECKLIST or (asked != "tiers" and _THE_REST.match(titles.words) is not None)
    return asked in _OF_A_LEVEL and _A_LEVEL.match(titles.words) is not None


def _counts_firms(clauses: Sequence[Clause]) -> bool:
    """专精特新上市几家, while the titles are asked for: whether all clauses that name one count its firms."""
    named = [c.text for c in clauses if any(regex.search(c.text) for _, regex in value_patterns()["tiers"])]
    return bool(named) and all(_SO_MANY_FIRMS.search(c) and not pattern("self").search(c) for c in named)


def _read_unsure(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Slots that a person says not to know: 算民营还是国资我搞不清, 海关有没有备案不晓得."""
    found: list[str] = []
    for clause in clauses:
        if not pattern("unsure").search(clause.text):
            continue
        for slot, patterns in value_patterns().items():
            core = topics().get(slot)
            names = {value for value, regex in patterns if regex.search(clause.text)} if slot != "tiers" else set()
            if (core and core.search(clause.text)) or names:
                found.append(slot)
    return tuple(dict.fromkeys(found))
