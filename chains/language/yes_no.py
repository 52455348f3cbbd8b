"""What a message says to the yes/no slots: clause by clause, and what is so now before what was or may be.

A clause speaks of a slot by the words of its topic, or, in an answer to a question about it, by speaking of nothing
else. Whether it says yes or no is told by cues that fit any topic (谁说没外贸, 后来停了, 还在审着), by the words that
deny a topic, and by the slot's own patterns. All of these are the lexicon's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from chains.language.clauses import is_negated, pattern, value_patterns
from chains.prompting import read_data, slot_wordings
from knowledge.profile import Fact, SlotKind, Source, slots

_DENIES = r"(?:没有|没[做买建办评搞弄碰沾]|没(?:参[与加]|承担|完成|涉及)|还没|都没|也没|不买|不做|不打算|不参与|无)"
# 一样都没有？那这评了干嘛: asked back, and no answer.
WHAT_FOR = re.compile(r"[?？]$|干嘛|干啥|干什么|图啥|图什么|有啥用|有什么用|何必|白评|白搞")
# 我们外贸公司没评专精特新: what is denied is a title.
_NO_TITLE = r"(?![^，。；]{0,6}(?:专精特新|小巨人|省专|单项冠军|创新型|资质|称号))"
# 有没有出口我不清楚: a question put to oneself states nothing.
_WONDERS = re.compile(r"([\u4e00-\u9fff])不\1|有没有|是否|有[^，。]{1,6}没有?$")
_ASKS = re.compile(r"什么|啥|吗|[?？]|怎么|多少|是不是|哪(?=[种个些])")
# 不出口但是进口芯片; 首台套没有首版次倒有一个: two statements in one breath.
_TURNS = re.compile(r"但是?|不过|可是|(?<=[没有])(?=[^，。；]{2,5}倒是?有)")
# 国家自然科学基金算不算; 省级的平台呢: whether something counts, or what of it, is asked, and nothing of the firm told.
WHETHER_IT_COUNTS = re.compile(r"^.{0,20}(?<!不)([算属是])不\1(?!都|就|能|可以|要|得|必须|应该)")
_WHAT_OF_IT = re.compile(r"^(?!.*(?:是|[有没不评拿做承接只]))[^，。；]{2,}呢$")
_IS_NOT = re.compile(r"(?:不是|并非)$")
# 承担攻关任务最高给1000万, 首次评上一百万: what is given to others who do; 我问的不是转贷: what is not asked of.
_OF_A_SUM = re.compile(
    r"(?:最高|封顶|上限|给|奖励?|补贴?|资助)[^，。；我]{0,4}\d+(?:\.\d+)?\s*[百千万亿]|[问说讲要指]的(?:又|并|可|都)?不是"
    r"|^(?!.*(?:我|咱|俺|今年|刚)).*(?:首次|首评|第一次|头一?[次回])[^，。；]{0,6}?[\d一二两三四五六七八九十]+[百千]?万"
)
# 除了出口别的没有: what is excepted is so in an answer, and may be what there is to be had elsewhere.
_ALL_BUT = re.compile(
    r"除了?(?P<this>[^，。；]{1,8}?)(?:以外|之外|外)?(?:(?:别的|其他|其它|其余|啥|什么)的?(?:都|也|全)?|[都全])没"
)
_PAST = re.compile(r"以前|原来|原先|之前|过去|早些年|曾经|当年")
# 我们有七十个人: how many work there.
_HEADCOUNT = re.compile(r"有[\d一二三四五六七八九十百两几]+[来多几]?[个名号]?(?:人|员工)[的了左右]*$")
_DENIED = re.compile(r"(?:没有?|不是|非|未|别)[^，。；]{0,2}$")
BARE_NO = re.compile(r"没|不|未|无")
_HAS_IT = re.compile(
    r"^(?:嗯+|哦|对|啊)?[，\s]*有[的啊呀]?[，。！\s]+(?:就|也)?是(?=[^，。；？?吗呢什啥哪谁不没]{2,12}(?:$|[，。！]))"
)
_A_CLAUSE = 12
_A_STANDARD = re.compile(r"标准|国标|团标|行标")
_A_TITLE = re.compile(r"专精特新|小巨人|省专|创新型|单项冠军")
_WITH_A_PARTNER = re.compile(r"(?:跟|和|与|同)[^，。；没不]{1,8}(?:一起|一道|合作|合伙|联合|共同|一块儿?|一同)")
_DONE = re.compile(
    r"([建买租参办做投认评]|备案?|承担?)(?:的|过|着呢?|[好完上]?了)(?:[一两二三几][个家台套笔项张份条批]|[一有]些|一?点)?[。!！]?$"
)
# 我们不买服务, 没参与那个平台: a deed that is denied.
_DENIED_DEED = re.compile(
    r"^(?:那|但是?|不过|可是?|我们?|咱们?|公司|自己|根本|也|都|又|从来|从|压根|真的?)*(?:不是?|没有?)(?:去|在)?"
    r"(?P<deed>[买租用建投参承做出进贷备][^，。；\s吗么呢？?没不是]{1,8}?)[的了啊呀过]*$"
)
# 任务书盖的是我们的章: what was named is the speaker's own.
_IS_OURS = re.compile(
    r"^(?!.*(?:不|没|未|吗|谁))[^，。；]{0,6}(?:盖|签|写|落|挂|填)(?:着|了|上)?的?(?:都|就|也)?(?:是|有)?(?:我们|咱们?|我司|本公司)(?!们?想|能|可|要|要不)"
)
# 我们评上了: as well of a title as of what is asked about.
_RECOGNISED = re.compile(r"[评认获]")
# 第一次认定的: of a title, whatever else is asked.
_OF_RECOGNITION = re.compile(r"(?:首次|第一次|头一?[次回]|初次)[^，。；]{0,3}(?:评|认定|获)|复[核审](?:通过|换证|的)")
# 网信办那边上个月批了: who grants what is asked about.
_WHO_GRANTS = re.compile(r"(?:网信办|工信[部局厅委]|科技[部局厅]|发改委)(?:那边|那头)?|[上这下]个?(?:礼拜|周|星期)")
# 还没到复核的年份, 没复核过: what is still to come.
_NOT_DUE = re.compile(r"(?:没|未|不)(?:有)?(?:到|轮到|再|去|做|被)?$|不(?:用|需要?)(?:再|去|做)*$")
# 不是评小巨人第二次: what is not meant.
_NOT_THAT = re.compile(r"(?:不是|并非)[^，。；]{1,8}$")
# 省里评的, 我们也有厂: of a title, and of a site.
_RECOGNISED_BY = re.compile(r"(?:省|市|国家|部|厅|局)[里级委]?(?:给)?(?:评|认定|发)(?:上|下来)?的")
_HAS_A_SITE = re.compile(r"有(?:一?[个家]|[两几]个)?(?:分|老|新)?(?:厂子?|公司|企业|办事处)[的了]?$")
# What goes on or has ended, whatever was before; a registration stands.
GOES_ON = frozenset({"foreign_trade", "buys_computing", "needs_refinancing"})
_STANDS = re.compile(r"备案|登记|注册|海关")
ARE_RECOGNISED = frozenset({"first_recognition", "service_platform"})
# 国家级的: the level alone, in an answer.
_IS_RECOGNISED_NOW = re.compile(
    r"(?:刚|新|首次|第一次|头一?[次回]|[今去]年|[上这]个?月|\d月|最近|前不久)[^，。；没不想要]{0,4}(?:[评认获批入]|拿[了到下]|挂[了上])"
)
_LEVEL_HELD = re.compile(r"是|有|新|就|评|认定|获|批|承担|牵头|在做|接|^国家级?的?$")


class _Says(StrEnum):
    YES = "yes"
    NO = "no"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Told:
    """A clause: whether it is of the enterprise itself, and whether it is more than a bare noun (中试平台建设投入)."""

    text: str
    own: bool = True
    tells: bool = True


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that say yes or no to whatever a clause is about; `of_process` where something is asked for and pending."""

    regex: re.Pattern[str]
    says: _Says
    only_answers: bool
    of_process: bool


@dataclass(frozen=True, slots=True)
class _Statement:
    says: _Says
    words: str
    is_past: bool
    is_weak: bool
    about: bool
    of_level: bool


@cache
def topics() -> Mapping[str, re.Pattern[str]]:
    """What each yes/no slot is about, by slot."""
    return {slot: re.compile(core) for slot, core in read_data("lexicon")["cores"].items()}


@cache
def _denials() -> Mapping[str, re.Pattern[str]]:
    negation = read_data("lexicon")["negation"]
    return {
        slot: re.compile(
            rf"(?:{negation})(?:[^，。；要得需但就还]{{0,6}}?)(?:{core})|(?:{core})(?:[^，。；]{{0,8}}?)?{_DENIES}{_NO_TITLE}"
        )
        for slot, core in read_data("lexicon")["cores"].items()
    }


@cache
def _cues() -> Sequence[_Cue]:
    rows: list[dict[str, Any]] = read_data("lexicon")["polarity"]
    return [
        _Cue(re.compile(r["match"]), _Says(r["says"]), bool(r.get("answers")), bool(r.get("process"))) for r in rows
    ]


@cache
def _intention() -> re.Pattern[str]:
    return re.compile(read_data("lexicon")["intention"])


@cache
def levels(name: str) -> Mapping[str, re.Pattern[str]]:
    return {slot: re.compile(match) for slot, match in read_data("lexicon")[name].items()}


def lesser(slot: str, text: str) -> str | None:
    """The words of a text that name something of a lower level than a slot asks for: 团标, 省里的攻关."""
    return next(all_lesser(slot, text), None)


def all_lesser(slot: str, text: str) -> Iterator[str]:
    """The same, of each that a text names: 企标, 行标."""
    regex = {**levels("lesser"), **levels("short_of")}.get(slot)
    yield from dict.fromkeys(match.group() for match in regex.finditer(text)) if regex is not None else ()


def intends(words: str) -> bool:
    """Whether some words say what is intended (明年想参与国标) and not yet so."""
    return _intention().search(words) is not None


def polarity(words: str, *, answers: bool = False) -> str | None:
    """ "yes" or "no" where some words say so by a cue that fits any topic; `answers` where they follow a question."""
    cue = next((c for c in _cues() if (answers or not c.only_answers) and c.regex.search(words)), None)
    return cue.says.value if cue else None


def says_done(words: str, slot: str) -> bool:
    """Whether some words say that what a slot asks for is done, and name nothing: 跟大学一起建的, 去年买的."""
    if slot in ARE_RECOGNISED:
        return False  # 去年评的 does not tell whether it was the first time
    done = _DONE.search(words)
    left = pattern("of_any_answer").sub(" ", _WITH_A_PARTNER.sub(" ", words[: done.start()])) if done else ""
    return done is not None and done.group(1) in asked_in(slot) and not left.strip() and not BARE_NO.search(words)


def denies_words(words: str, slot: str) -> bool:
    """Whether some words deny what a slot is asked by, and nothing else: 我们不买服务, 不租云."""
    denied = _DENIED_DEED.match(words)
    if denied is None or names_another_thing(denied["deed"], slot):
        return False
    asked, deed = asked_in(slot), denied["deed"]
    return deed[0] in asked or any(deed[i : i + 2] in asked for i in range(len(deed) - 1))


def as_had(text: str) -> str:
    """有，是首版次软件: a message whose first word says that there is what the next clause names, in one breath."""
    has = _HAS_IT.match(text)
    named = has is not None and any(topic.search(text[has.end() :][:_A_CLAUSE]) for topic in topics().values())
    return f"有{text[has.end() :]}" if has is not None and named else text


def is_of_the_past(words: str) -> bool:
    """Whether some words tell what was so once: 以前有笔贷款早还清了."""
    return _PAST.search(words) is not None


# 想上云: of one character, and a thing.
_THINGS = frozenset("云电水气地税")


def names_another_thing(words: str, slot: str) -> bool:
    """Whether an answer is about something else than the question of a slot asks: 有十几个专利 is not about exports."""
    if pattern("puzzled").search(words) or pattern("of_money").search(words) or _HEADCOUNT.search(words):
        return True
    topic = topics().get(slot)
    if topic is not None and topic.search(words):
        return False
    asked = asked_in(slot)
    if any(match.group() not in asked for match in (regex.search(words) for regex in topics().values()) if match):
        return True  # 有出口, asked of a platform: both words could be of any talk
    if (done := _DONE.search(words)) and done.group(1) in asked:
        return False  # 跟大学一起建的: what is asked about is done
    if slot not in ARE_RECOGNISED and (_OF_RECOGNITION.search(words) or _RECOGNISED_BY.search(words)):
        return True
    if _HAS_A_SITE.search(words):
        return True
    words = _WHO_GRANTS.sub(" ", _WITH_A_PARTNER.sub(" ", words))
    named = [w for w in pattern("of_any_answer").sub(" ", words).split() if len(w) > 1 or w in _THINGS]
    return any(not any(word[i : i + 2] in asked for i in range(len(word) - 1)) for word in named)


@cache
def asked_in(slot: str) -> str:
    """All words in which a slot is asked for."""
    wording = slot_wordings()[slot]
    return "".join((wording.name, wording.ask, wording.tick or "", *wording.options.values(), *wording.facts.values()))


def _is_of_the_question(clause: str, slot: str, asked: str | None) -> bool:
    """有备案的, asked of the customs: the word that another slot is told by is the question's own."""
    if asked is None or slot == asked or slot not in topics():
        return False
    match = topics()[slot].search(clause)
    return match is not None and match.group() in asked_in(asked) and not names_another_thing(clause, asked)


def read_every(clauses: Iterable[Told], asked: str | None = None) -> Mapping[str, Fact]:
    """What a message states of the yes/no slots; `asked` is the slot of the question that it follows."""
    told = tuple(clauses)
    names = [s.slot for s in slots().values() if s.kind is SlotKind.YES_NO]
    found = {
        name: read_yes_no(
            name, (c for c in told if not _is_of_the_question(c.text, name, asked)), answers=name == asked
        )
        for name in names
    }
    return {name: fact for name, fact in found.items() if fact is not None}


def read_yes_no(slot: str, clauses: Iterable[Told], *, answers: bool = False) -> Fact | None:
    """What a message states of a slot; `answers` where it follows a question about it. None where nothing is said."""
    statements = list(_statements(slot, clauses, answers=answers))
    if slot in GOES_ON and all(s.is_past and not _STANDS.search(s.words) for s in statements):
        return None  # 以前有, of what may have ended
    now = [s for s in statements if not s.is_past] or statements
    firm = [s for s in now if s.says is not _Says.PLANNED]
    firm = [s for s in firm if not s.is_weak] or firm
    # 国家平台今年评上了，去年拿的是省级的: what is held of a lower level takes nothing from the higher.
    if any(s.of_level and s.says is _Says.YES for s in firm):
        firm = [s for s in firm if s.says is _Says.YES or not lesser(slot, s.words)]
    if firm:
        # 首台套没有，首版次有: one is enough; 申报过首台套，没通过 takes back what was said.
        taken_back = firm[-1].says is _Says.NO and not firm[-1].about
        several = slot in read_data("lexicon")["one_is_enough"] and not taken_back
        enough = [s for s in firm if s.says is _Says.YES] if several else []
        last = (enough or firm)[-1]
        return Fact(last.says.value, Source.STATED, last.words)
    if not now:
        return None
    if slot in read_data("lexicon")["plans_count"]:
        return Fact("yes", Source.STATED, now[-1].words)
    return Fact("no", Source.STATED, now[-1].words) if answers else None


def _statements(slot: str, clauses: Iterable[Told], *, answers: bool) -> Iterator[_Statement]:
    topic = topics().get(slot)
    wanted = levels("wanted").get(slot)
    is_talked_of = is_left = is_anothers = level_told = put_right = False
    for told, clause in ((whole, part) for whole in clauses for part in _TURNS.split(whole.text)):
        wonders = answers and _ASKS.search(clause) and polarity(clause, answers=True) is None
        wonders = wonders or (answers and WHAT_FOR.search(clause) is not None and not BARE_NO.search(clause))
        wonders = wonders or WHETHER_IT_COUNTS.search(clause) is not None
        wonders = wonders or (_WHAT_OF_IT.match(clause) is not None and lesser(slot, clause) is not None)
        beside = levels("beside").get(slot)
        if beside is not None and beside.search(clause):
            continue
        if wonders or pattern("unsure").search(clause) or _OF_A_SUM.search(clause):
            # 攻关资助一千万那个，我们承担的是市里的: what is named for its sum is talked of
            is_talked_of = is_talked_of or (told.own and topic is not None and topic.search(clause) is not None)
            continue
        if (but := _ALL_BUT.search(clause)) and topic is not None and topic.search(but["this"]):
            if answers and told.own and not _ASKS.search(clause):
                yield _Statement(_Says.YES, clause, is_past=False, is_weak=False, about=True, of_level=False)
            continue
        put_right = (put_right or pattern("correction").search(clause) is not None) and (answers or is_talked_of)
        about = topic is not None and topic.search(clause) is not None
        other = not about and _is_of_another(clause, slot)
        if not told.own:
            is_talked_of = is_anothers = (
                about  # 隔壁已经是aeo了，我们还没有: of what they have, not of what was told before
            )
            continue
        denied = clause[: no.start()] if (no := BARE_NO.search(clause)) else ""
        # 贷款的事不用了，我们自己有钱: what follows upon another thing is about that.
        is_left = (is_left or (other and not _A_TITLE.search(clause))) and not about
        still = is_talked_of and not names_another_thing(denied, slot)
        goes_on = not about and not other and (still or (answers and not (is_left and _is_apart(clause, slot))))
        said = _said(slot, clause, about=about, near=about or is_talked_of, goes_on=goes_on, answers=answers)
        is_weak = said is None
        of_it = about or (goes_on and not names_another_thing(clause, slot))
        if said is None and put_right and not answers and of_it:
            said, is_weak = _in_passing(clause), False  # 备案还没过，哦不对，上周过了
        if said is None and answers and slot in topics() and of_it:
            said = _in_passing(clause)
        level_told = wanted is None or (about and wanted.search(clause) is not None) or (level_told and not about)
        names_title = _RECOGNISED.search(clause) is not None
        is_done = says_done(clause, slot) or _IS_OURS.search(clause) is not None
        if said is None and still and level_told and is_done and not (other or names_title):
            said, is_weak = (_Says.YES, clause), False  # 中试平台的资助能要吗，我们参与建了一个
        is_talked_of = (is_talked_of or about or said is not None) and not other
        # 淮安揭榜比拼立项的攻关项目，上限多少: a thing of a lower level that is only named is nobody's.
        only_named = about and not (told.tells or answers or BARE_NO.search(clause))
        only_named = only_named and lesser(slot, clause) is not None
        if said is not None and (told.tells or said[0] is not _Says.YES) and not only_named:
            of_level = about and wanted is not None and wanted.search(clause) is not None
            is_weak = is_weak or (is_anothers and not about)
            yield _Statement(said[0], said[1], _PAST.search(clause) is not None, is_weak, about, of_level)
        is_anothers = is_anothers and not about


def _said(slot: str, clause: str, *, about: bool, near: bool, goes_on: bool, answers: bool) -> tuple[_Says, str] | None:
    newly = near and slot in ARE_RECOGNISED and _IS_RECOGNISED_NOW.search(clause) is not None
    if (about or goes_on or newly) and (level := _of_level(clause, slot, answers=answers or newly)):
        return level, clause
    if (about or (goes_on and slot in topics())) and not _WONDERS.search(clause):
        for cue in _cues():
            fits = (answers or not cue.only_answers) and not (
                cue.of_process and slot in read_data("lexicon")["plans_count"]
            )
            match = cue.regex.search(clause) if fits and (about or answers or cue.says is _Says.NO) else None
            # 资金充足不需要: what is said of another thing answers nothing.
            if match and (near or not names_another_thing(clause.replace(match.group(), ""), slot)):
                return cue.says, clause
    denial = _denials().get(slot)
    if denial and (no := denial.search(clause)) and not _WONDERS.search(clause[max(0, no.start() - 2) : no.end()]):
        return _Says.NO, no.group(0)
    for value, regex in sorted(value_patterns().get(slot, ()), key=lambda pair: pair[0] == "yes"):
        match = regex.search(clause)
        if match is None or _WONDERS.search(clause[max(0, match.start() - 3) : match.end()]):
            continue
        if value == "no" and (_NOT_DUE.search(clause[: match.start()]) or _NOT_THAT.search(clause[: match.start()])):
            continue
        if value == "yes" and is_negated(clause, match.start()):
            if slot in topics() and not (about or answers or topics()[slot].search(match.group())):
                continue  # 没训练过大模型 says nothing of what is bought
            value = "no"
        elif slot not in topics() and _IS_NOT.search(clause[: match.start()]):
            value = "yes"  # 我们是新认定，不是复核
        lesser = levels("lesser").get(slot)
        if value == "yes" and lesser is not None and lesser.search(clause):
            value = "no"  # 买的是普通云服务器
        planned = value == "yes" and intends(clause[: match.end()])
        return (_Says.PLANNED if planned else _Says(value)), match.group(0)
    return None


def _in_passing(clause: str) -> tuple[_Says, str] | None:
    """What an answer says of its question only in general words: 打算搞, 去年拿的."""
    if match := _intention().search(clause):
        return _Says.PLANNED, match.group(0)
    return (_Says.YES, clause) if pattern("affirms").search(clause) and not BARE_NO.search(clause) else None


def _of_level(clause: str, slot: str, *, answers: bool) -> _Says | None:
    """省里的攻关, 市级平台: of a lower level than is asked; 是国家的, in an answer: of that level."""
    wanted, lesser = levels("wanted").get(slot), levels("lesser").get(slot)
    if wanted is not None and (named := wanted.search(clause)):
        if not answers:
            return None
        if _DENIED.search(clause[: named.start()]) or re.search(r"没|不(?!错)|未", clause[named.end() :]):
            return _Says.NO
        return _Says.YES if _LEVEL_HELD.search(clause) and not _intention().search(clause) else None
    if lesser is not None and (match := lesser.search(clause)) and not _DENIED.search(clause[: match.start()]):
        return _Says.NO
    return None


def _is_of_another(clause: str, slot: str) -> bool:
    """Whether a clause is about another yes/no slot, or about a title."""
    if _A_STANDARD.search(clause) or (slot != "first_recognition" and _A_TITLE.search(clause)):
        return True
    others = (other for other, topic in topics().items() if other != slot and topic.search(clause))
    return any(not _is_of_the_question(clause, other, slot) for other in others)


def _is_apart(clause: str, slot: str) -> bool:
    """Whether a clause, as 我们自己有钱, has nothing of the words in which a slot is asked for; 也没参与 has."""
    return not any(clause[i : i + 2] in asked_in(slot) for i in range(len(clause) - 1))
