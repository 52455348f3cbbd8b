"""What a message states about the enterprise, each fact with the words that state it. A question states nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from chains.interview import read_choices
from chains.prompting import CHECKLIST, read_data
from chains.reply import Question
from knowledge.figures import read_figures
from knowledge.profile import NONE, Fact, SlotKind, Source, Value, slots
from knowledge.regions import Place, places, served_cities
from knowledge.size import Measures, classify, industries

_CLAUSE = re.compile(r"[，,。；;！!？?…\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_ALIKE = 85
# After a title: the title names a support or a group of others, not the speaker.
_TITLE_OF_SUPPORT = re.compile(
    r"^(?:企业|中小企业)?[\"”]?(?:的)?(?:首[评次]的?)?(?:能)?(?:奖|补贴|政策|扶持|认定|申报|培育|门槛|条件|标准|奖金|资金|怎么|资格|评审|名额|数量|目标)"
)
_FIRST_TIME = re.compile(r"^(?:企业)?(?:是|今年)?(?:首次|第一次|头一[次回]|初次)(?:被)?(?:认定|获评|评上|评的)(?:的|了)?$")
_TITLE_WANTED = re.compile(
    r"(?:想|要|打算|准备|计划|争取|冲刺?|申报|申请|力争|升级?|晋升|培育|目标是|成为|变成|离|距离|够不?够|达到|算不?算|支持|针对|面向|给|对)"
    r"(?:[^，。上]{0,4})$"
)
# Denied after it is named: 小巨人还没批下来.
_NOT_YET = re.compile(r"^(?:企业|的|级)?(?:和|跟|、)?[^，。；]{0,8}?(?:还|都|也|就)(?:没|未|不是|没有|不)|^(?:企业)?(?:没有|没评|未评|不是(?![第首头]))")
_DENIES = r"(?:没有|没做|没买|没参与|没承担|没完成|没建|没办|没评|还没|都没|也没|不买|不做|不打算|不参与|无)"
# 有没有出口我不清楚: a question put to oneself states nothing.
_WONDERS = re.compile(r"([\u4e00-\u9fff])不\1|有没有|是否|有[^，。]{1,6}没有?$")
# A bare noun (中试平台建设投入) tells nothing of the speaker; an act or a possession does.
_TELLS = re.compile(r"[有了过在已正做要每]|首次|第一次|头一|需要|打算|准备|通过|完成|承担|参与")
_RECOGNISED = re.compile(r"评上|获评|认定|拿到|拿的?$|入选|通过|评的|首次|第一次|头一|头回|初次")
# 「小巨人奖励我们能拿多少」 takes for granted that the speaker holds the title; 能不能拿 does not.
_PRESUMES = re.compile(r"(?:我们|咱们?|我司|我公司)[^，。？]{0,8}?(?:能|可以|该)?(?:拿|领|得|给)到?(?:多少|几)")
_LOCATED = re.compile(r"(?:在|位于|来自|注册地?(?:在|是)?|地址(?:在|是)?|搬到|搬去|迁到|落户|总部(?:在|是)?|我们|公司|企业|我|就是?|是)$")
_LOCATED_AFTER = re.compile(r"^(?:市|这边|本地|当地)?(?:的|这边|本地)?(?:一家|一个|企业|公司|厂|民企|国企|私企|外企|做|人|省专|创新型|专精特新|小巨人)")
_EXCLUDED_BEFORE = re.compile(r"(?:除了?|除开|不在|不是|没在|离开)$")
# 盐城海关, 南京大学: the place of an institution, not of the speaker.
_SIDE_SITE = re.compile(r"^(?:市|那边|那里)?(?:只?是|有)?(?:个|家|我们的?)?(?:工厂|分厂|仓库|分公司|子公司|办事处|老家)")
_SITES = re.compile(r"两头|两地|两边|两个(?:城市|地方)|都有|分别|分公司|子公司|各有")
_INSTITUTIONS = ("海关", "大学", "银行", "高校", "市委", "市政")
_NUMBERED = re.compile(r"^\s*(?:选|第)?\s*([0-9一二三四五六七八九十][0-9一二三四五六七八九十和与、,，\s.]*)(?:个|项|号)?\s*$")
_REST = r"(?:其他|其它|其余|别的|剩下)(?:的|几个|几项)?(?:都|也|全)?"
_REST_NO = re.compile(_REST + r"(?:没有?|不|无|否)")
_REST_UNKNOWN = re.compile(_REST + r"(?:不清楚|不知道|不确定|说不准)")
_ALL_NO = re.compile(r"^(?:这些|以上|上面)?(?:全?都|统统|一个|一样|哪个)?(?:都|也)?(?:没有?|不是|不|无|否)(?:的|了|啊|呢|呀)?[。!！]?$")
_AFFIRMS = re.compile(
    r"^(?:我们|公司)?(?:确实|一直|正|都|已经?|刚)?(?:有|在|是|要|需要|做|参与|承担|完成|买|打算|准备)(?!没|不|点?难)"
)
_QUESTION_TO_US = re.compile(r"[?？]|吗|呢$|(?<![什怎多这那])么$|多少|怎么|咋|如何|能不能|可不可以|行不行")
_ALL_YES = re.compile(r"^(?:这些|以上|上面)?(?:全部?|都|全都)(?:都)?(?:有|是|符合|满足)")


@dataclass(frozen=True, slots=True)
class FactReading:
    """Facts by slot, slots said to be unknown, facts that a supposition would add, and what contradicts."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    supposed: Mapping[str, Fact] = field(default_factory=dict)
    contradictions: tuple[tuple[str, str, str], ...] = ()
    mentioned: tuple[Place, ...] = ()
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    own: bool
    supposed: bool
    asks: bool


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the lexicon by its name at the top level."""
    return re.compile(read_data("lexicon")[name])


@cache
def _patterns() -> Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    found: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}
    facts: dict[str, dict[str, list[dict[str, Any]]]] = read_data("lexicon")["facts"]
    for slot, values in facts.items():
        found[slot] = tuple((value, re.compile(row["match"])) for value, rows in values.items() for row in rows)
    return found


def fact_patterns() -> tuple[re.Pattern[str], ...]:
    """Patterns of titles, ownership and size: what an enterprise is, not what it asks about."""
    return tuple(regex for slot in ("tiers", "ownership", "size") for _, regex in _patterns()[slot])


@cache
def _cores() -> Mapping[str, re.Pattern[str]]:
    negation = read_data("lexicon")["negation"]
    return {
        slot: re.compile(rf"(?:{negation})(?:[^，。；要得需但就还]{{0,6}}?)(?:{core})|(?:{core})(?:[^，。；]{{0,8}}?)?{_DENIES}")
        for slot, core in read_data("lexicon")["cores"].items()
    }


def read_facts(text: str, pending: Question | None = None, known_city: Value | None = None) -> FactReading:
    """Read a normalised message. `pending` is the question it may answer, `known_city` what is known already."""
    if pattern("orders").search(text):
        return FactReading(mentioned=tuple(place for place, _, _ in _find_places(text)))
    correction = pattern("correction").search(text) is not None
    clauses = tuple(_clauses(text, pending, correction))
    own = [c for c in clauses if c.own and not c.supposed]
    speaks = pending is not None or pattern("self").search(text) is not None
    facts: dict[str, Fact] = {}
    contradictions: list[tuple[str, str, str]] = []
    may_move = known_city is None or correction or (pending is not None and pending.slot == "city")
    _read_places(clauses, text, facts, contradictions, known_city, correction, may_move)
    for slot in ("ownership", "size", "leads_standard"):
        _read_choice(slot, own, facts, contradictions, correction)
    _read_tiers(text, clauses, own, facts)
    for slot in slots().values():
        if slot.kind is SlotKind.YES_NO:
            telling = [c for c in own if speaks or _TELLS.search(c.text)]
            _read_yes_no(slot.slot, telling, facts)
    if pending is None and _is_search_query(text, facts):
        facts.pop("tiers", None)
    if "size" not in facts:
        _infer_size(text, own, facts)
    declined: tuple[str, ...] = ()
    if pending is not None:
        declined = _answer_pending(text, pending, facts)
    return FactReading(
        facts,
        tuple(d for d in declined if d not in facts),
        _read_supposed(clauses),
        tuple(contradictions),
        tuple(place for place, _, _ in _find_places(text)),
        correction,
    )


def _is_search_query(text: str, facts: Mapping[str, Fact]) -> bool:
    """A few bare words without punctuation or 我们, such as 南京 小巨人, look something up; they state no title."""
    return len(text) <= 12 and not re.search(r"[，。；！？、的是]", text) and not pattern("self").search(text) and set(facts) <= {"city", "district", "tiers"}


def _clauses(text: str, pending: Question | None, correction: bool) -> Iterator[_Clause]:
    parts = [p.strip() for p in _CLAUSE.split(text) if p and p.strip()]
    asks_anywhere = pattern("question").search(text) is not None
    own_message = bool(pattern("self").search(text)) or correction or (pending is not None) or not asks_anywhere
    of_others = False
    supposed = False
    for part in parts:
        about_others = pattern("others").search(part) is not None
        of_self = pattern("self").search(part) is not None and not about_others
        of_others = (of_others or about_others) and not of_self
        # A supposition reaches to the end of the message, unless the speaker comes back to what is.
        supposed = (supposed or bool(pattern("hypothesis").search(part))) and not part.startswith(("现在", "目前", "不过", "但"))
        hearsay = bool(pattern("hearsay").search(part)) and not of_self
        asks = pattern("question").search(part) is not None
        yield _Clause(part, (own_message or not asks) and not of_others and not hearsay, supposed, asks)


def _negated(clause: str, start: int) -> bool:
    before = clause[max(0, start - 6) : start]
    found = list(pattern("negation").finditer(before))
    # 不是…就是…, 没有…但有…: only a negation that still reaches the word counts.
    return bool(found) and not re.search(r"[但而就]|可是|只是|就是", before[found[-1].end() :])


def _read_choice(
    slot: str, clauses: list[_Clause], facts: dict[str, Fact], contradictions: list[tuple[str, str, str]], correction: bool
) -> None:
    heard: list[tuple[str, str]] = []
    for clause in clauses:
        spans: list[tuple[int, str, str]] = []
        for value, regex in _patterns()[slot]:
            spans += [
                (m.start(), value, m.group(0))
                for m in regex.finditer(clause.text)
                if value == NONE or not _negated(clause.text, m.start())
            ]
        heard += [(value, words) for _, value, words in sorted(spans)]
    if not heard:
        return
    values = list(dict.fromkeys(value for value, _ in heard))
    if slot == "leads_standard" and len(values) > 1:
        values = [v for v in slots()[slot].values if v in values]
        facts[slot] = Fact(values[0], Source.STATED, next(w for v, w in heard if v == values[0]))
        return
    if len(values) > 1 and not correction:
        contradictions.append((slot, heard[0][1], heard[-1][1]))
        return
    facts[slot] = Fact(heard[-1][0], Source.STATED, heard[-1][1])


def _read_yes_no(slot: str, clauses: list[_Clause], facts: dict[str, Fact]) -> None:
    for clause in clauses:
        if pattern("unsure").search(clause.text):
            continue
        said_no = _cores().get(slot)
        no = said_no.search(clause.text) if said_no else None
        if no and not _WONDERS.search(clause.text[max(0, no.start() - 2) : no.end()]):
            facts[slot] = Fact("no", Source.STATED, no.group(0))
            continue
        for value, regex in sorted(_patterns().get(slot, ()), key=lambda pair: pair[0] == "no"):
            match = regex.search(clause.text)
            if match is None or _WONDERS.search(clause.text[max(0, match.start() - 3) : match.end()]):
                continue
            if value == "yes" and _negated(clause.text, match.start()):
                value = "no"
            facts[slot] = Fact(value, Source.STATED, match.group(0))


def _titles(clause: str) -> Iterator[tuple[int, int, str]]:
    taken: list[tuple[int, int]] = []
    for value, regex in _patterns()["tiers"]:
        for match in regex.finditer(clause):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield match.start(), match.end(), value


def _read_tiers(text: str, clauses: tuple[_Clause, ...], own: list[_Clause], facts: dict[str, Fact]) -> None:
    held: dict[str, str] = {}
    denied: dict[str, str] = {}
    for clause in own:
        if pattern("unsure").search(clause.text):
            continue
        for start, end, value in _titles(clause.text):
            words = clause.text[start:end]
            before, after = clause.text[:start], clause.text[end:]
            about_support = _TITLE_OF_SUPPORT.match(after) and not _FIRST_TIME.search(after)
            if value == NONE or _negated(clause.text, start) or _NOT_YET.match(after):
                denied[value] = words
            elif about_support or _TITLE_WANTED.search(before) or (clause.asks and not _speaks_of_itself(clause, text)):
                continue
            else:
                held[value] = words
    held = {value: words for value, words in held.items() if value not in denied}
    # 「小巨人有多少奖金？我们今年头一回评上的」: what was recognised is the title named before.
    if not held and not denied:
        named = [(value, clause.text[s:e]) for clause in clauses for s, e, value in _titles(clause.text) if value != NONE]
        recognised = [c for c in own if _RECOGNISED.search(c.text) and pattern("self").search(c.text) and not c.asks]
        if recognised and named:
            held = dict(named)
    if not held and not denied:
        for clause in own:
            presumed = [(v, clause.text[s:e]) for s, e, v in _titles(clause.text) if v != NONE]
            if presumed and _PRESUMES.search(clause.text):
                words = "、".join(w for _, w in presumed)
                facts["tiers"] = Fact(tuple(dict.fromkeys(v for v, _ in presumed)), Source.INFERRED, words)
                return
    if held:
        order = slots()["tiers"].values
        facts["tiers"] = Fact(tuple(v for v in order if v in held), Source.STATED, "、".join(held.values()))
    elif NONE in denied:
        facts["tiers"] = Fact((NONE,), Source.STATED, denied[NONE])
    elif "provincial" in denied:
        facts["tiers"] = Fact((NONE,), Source.INFERRED, denied["provincial"])


def _speaks_of_itself(clause: _Clause, text: str) -> bool:
    return bool(pattern("self").search(clause.text) or pattern("self").search(text))


def _find_places(text: str) -> Iterator[tuple[Place, int, int]]:
    taken = [False] * len(text)
    found: list[tuple[Place, int, int]] = []
    for place in places():
        name = place.name.lower()
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append((place, start, end))
            start = text.find(name, start + 1)
    return iter(sorted(found, key=lambda f: f[1]))


def _read_places(
    clauses: tuple[_Clause, ...],
    text: str,
    facts: dict[str, Fact],
    contradictions: list[tuple[str, str, str]],
    known_city: Value | None,
    correction: bool,
    may_move: bool,
) -> None:
    stated: list[Place] = []
    asked: list[Place] = []
    for clause in clauses:
        if clause.supposed:
            continue
        begin = last_end = -1
        for place, start, end in _find_places(clause.text):
            begin = begin if start == last_end else start
            last_end = end
            before, after = clause.text[:begin], clause.text[end:]
            if after[:2] in _INSTITUTIONS:
                continue
            if _EXCLUDED_BEFORE.search(before) or re.match(r"^(?:以外|之外)", after):
                continue
            told = not clause.asks or pattern("self").search(clause.text)
            located = _LOCATED.search(before) or (_LOCATED_AFTER.match(after) and told)
            if _SIDE_SITE.match(after):
                continue
            alone = len(clause.text) - (end - begin) <= 3 and not clause.asks and may_move
            if clause.own and (located or alone or (correction and not clause.asks)):
                stated.append(place)
            elif (clause.own and (pattern("self").search(clause.text) or not clause.asks)) or clause.own:
                asked.append(place)
    if not stated and asked and known_city is None and pattern("self").search(text):
        stated = asked
    if not stated:
        return
    cities = list(dict.fromkeys(p.city.name for p in stated))
    if len(cities) > 1 and not correction and (not pattern("self").search(text) or _SITES.search(text)):
        return
    if len(cities) > 1 and not correction:
        contradictions.append(("city", cities[0], cities[-1]))
        return
    last = stated[-1].city
    facts["city"] = Fact(last.slot, Source.STATED, last.name)
    districts = [p for p in stated if p.district and p.city is last]
    if districts:
        facts["district"] = Fact(districts[-1].district or "", Source.STATED, districts[-1].name)
        if all(p.district for p in stated if p.city is last):
            facts["city"] = Fact(last.slot, Source.INFERRED, districts[-1].name)


def _infer_size(text: str, clauses: list[_Clause], facts: dict[str, Fact]) -> None:
    """Headcount and turnover, with the industry, by the official standard."""
    words = "，".join(c.text for c in clauses)
    staff = turnover = None
    for figure in read_figures(words):
        before, after = words[max(0, figure.start - 8) : figure.start], words[figure.end : figure.end + 3]
        if figure.kind == "number" and (figure.unit in {"人", "名", "个"} or after.startswith(("人", "名员工", "多人", "来人", "多个人", "几个人"))):
            if re.search(r"员工|职工|人|团队|公司|厂|共|有|才|只|就", before + after) and figure.unit != "名":
                staff = figure.value
        elif figure.kind == "money" and re.search(r"营收|营业|收入|销售|产值|流水|年入|营业额|做了|卖了?", before):
            turnover = figure.value / Decimal(10_000)
    if staff is None and turnover is None:
        return
    rows = [r for r in industries() if any(w in words for w in r["words"])]
    industry = rows[0]["industry"] if rows else None
    size = classify(industry, Measures(staff, turnover)) if industry else None
    if size is not None:
        facts["size"] = Fact(size, Source.INFERRED, words[:60])


def _read_supposed(clauses: tuple[_Clause, ...]) -> Mapping[str, Fact]:
    supposed = [c for c in clauses if c.supposed]
    facts: dict[str, Fact] = {}
    held: dict[str, str] = {}
    for clause in supposed:
        for start, end, value in _titles(clause.text):
            if not _TITLE_OF_SUPPORT.match(clause.text[end:]):
                held[value] = clause.text[start:end]
    if held:
        order = (*slots()["tiers"].values, NONE)
        facts["tiers"] = Fact(tuple(v for v in order if v in held), Source.STATED, "、".join(held.values()))
    ignored: list[tuple[str, str, str]] = []
    for slot in ("ownership", "size"):
        _read_choice(slot, supposed, facts, ignored, correction=True)
    for slot in slots().values():
        if slot.kind is SlotKind.YES_NO:
            _read_yes_no(slot.slot, supposed, facts)
    return facts


def _answer_pending(text: str, pending: Question, facts: dict[str, Fact]) -> tuple[str, ...]:
    """What a message says to the question asked last: yes, no, a number, a label, 不清楚. Returns the slots not known."""
    slot = pending.slot
    chosen = _numbered(text, pending) or _labelled(text, pending)
    if chosen and slot not in facts:
        read, declined = read_choices(pending, chosen)
        for name, fact in read.items():
            facts.setdefault(name, Fact(fact.value, Source.STATED, text[:60]))
        return declined
    if slot == CHECKLIST:
        return _answer_checklist(text, pending, facts)
    if pattern("unsure").search(text) and not asks_us(text):
        facts.pop(slot, None)
        return (slot,)
    if slot in facts:
        return ()
    asks = _QUESTION_TO_US.search(text) is not None
    kind = slots()[slot].kind
    short = len(text) <= 20
    if short and not asks and (resembling := _resembling(text, pending)):
        read, _ = read_choices(pending, (resembling,))
        facts.update({name: Fact(fact.value, Source.STATED, text) for name, fact in read.items()})
        return ()
    if kind is SlotKind.YES_NO and short:
        if pattern("no").search(text):
            facts[slot] = Fact("no", Source.STATED, text)
        elif (pattern("yes").search(text) or _AFFIRMS.match(text)) and not asks:
            facts[slot] = Fact("yes", Source.STATED, text)
    elif kind is SlotKind.SEVERAL and short and (_ALL_NO.match(text) or re.match(r"^(?:都|啥都|什么都)?(?:还)?没", text)):
        facts[slot] = Fact((NONE,), Source.STATED, text)
    elif slot == "leads_standard" and short and pattern("no").search(text):
        facts[slot] = Fact(NONE, Source.STATED, text)
    elif kind is SlotKind.TEXT and short and not asks:
        match = re.search(r"(?:市区|城区|主城区?)", text)
        if match:
            facts[slot] = Fact("市区", Source.STATED, text)
    return ()


def _answer_checklist(text: str, pending: Question, facts: dict[str, Fact]) -> tuple[str, ...]:
    offered = [o.id for o in pending.options if o.id in slots()]
    rest = [name for name in offered if name not in facts]
    if _ALL_NO.match(text) or _REST_NO.search(text) or (pattern("no").search(text) and len(text) <= 6):
        for name in rest:
            facts[name] = Fact("no", Source.STATED, text[:60])
    elif len(rest) < len(offered) and not asks_us(text) and not pattern("unsure").search(text):
        # Who lists what applies has ticked those and no others.
        for name in rest:
            facts[name] = Fact("no", Source.INFERRED, text[:60])
    elif _ALL_YES.match(text):
        for name in rest:
            facts[name] = Fact("yes", Source.STATED, text[:60])
    elif _REST_UNKNOWN.search(text) or (pattern("unsure").search(text) and len(rest) == len(offered)):
        return tuple(rest)
    return ()


def _numbered(text: str, pending: Question) -> tuple[str, ...]:
    match = _NUMBERED.match(text)
    if not match:
        return ()
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"十": 10}
    numbers = [int(n) if n.isdigit() else digits.get(n, 0) for n in re.findall(r"\d+|[一二三四五六七八九十]", match.group(1))]
    if not numbers or any(not 1 <= n <= len(pending.options) for n in numbers):
        return ()
    if len(numbers) > 1 and not pending.multiple:
        return ()
    return tuple(pending.options[n - 1].id for n in numbers)


def _labelled(text: str, pending: Question) -> tuple[str, ...]:
    plain = text.strip(" 。.!！，,")
    exact = [o.id for o in pending.options if plain in {o.label.lower(), o.id.lower()}]
    return tuple(exact[:1])


def _resembling(text: str, pending: Question) -> str | None:
    """The one option whose label a short answer clearly resembles."""
    likeness = {o.id: fuzz.partial_ratio(text.strip(" 。的了"), o.label.lower()) for o in pending.options if len(text) >= 2}
    good = [i for i, score in likeness.items() if score >= _ALIKE]
    return good[0] if len(good) == 1 else None


def asks_us(text: str) -> bool:
    """Whether a message asks the assistant something, rather than wonders aloud."""
    return _QUESTION_TO_US.search(text) is not None


def target_cities(reading: FactReading) -> tuple[str, ...]:
    """The served cities that a message names, whoever is there."""
    names = served_cities()
    return tuple(dict.fromkeys(p.city.slot for p in reading.mentioned if p.city.slot in names))
