"""Turns that ask what goes with a title in a city, whoever asks: a list of its supports, or one for each level.

省专能享受的全列出来; 小巨人有啥、省专有啥、啥都没的有啥. It tells no verdict on a firm.
"""

import re
from collections.abc import Sequence

from chains.eligibility import CITY, Finding, Status, assess_all
from chains.finding.matching import titles_of
from chains.finding.naming import names_nothing, naming_words, without_help, without_places
from chains.language.clauses import pattern, value_patterns
from chains.language.mentions import Says, mentions
from chains.prompting import texts, wording
from chains.steps.compared import asks_difference
from chains.steps.order import names_sum
from chains.steps.overview import titles_of_each
from chains.steps.talk import suggestions
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome
from knowledge.profile import NONE, EnterpriseProfile, Fact, Source, slots
from knowledge.regions import city_name, served_cities
from knowledge.support import Brings

_TIERS = "tiers"
_A_PAGE, _ALL_OF_IT, _A_LEVEL, _NAMED = 6, 12, 4, 16
_A_WORD, _SEVERAL, _NEAR, _HELD = 2, 2, 2, 0.47
# 小巨人有什么奖励: its award is asked for, and no list.
_MONEY = re.compile(r"奖|补[贴助]|资助|钱|现金|真金白银|万")
_ALL = re.compile(r"全(?![国省市民资])|所有|统统|单子|清单|一样不[落漏]")
_A_LIST = re.compile(rf"{_ALL.pattern}|列(?!为|入)|几[条样]")
# Who asks for a list is brief; who tells of a firm is not.
_LONGEST = 40
_TO_APPLY = re.compile(r"申[请报]|(?<![汇预简])报(?![告纸])")
# 小巨人的，全部
_OF_THAT = re.compile(r"的$")
# 会员老问专精特新有啥好处: for firms of every level.
_OF_MANY = re.compile(r"会员|客户|企业们|大家|讲课|宣讲|汇报|材料|商会|协会|园区|街道|分层|各级|每一?[级档]")
_FIRMS = ("专精特新企业", "专精特新中小企业")
_PARTS = re.compile(r"[，。；：、！？,;:!?\s]+")
# 小巨人和省专有啥不一样的待遇: each of the two.
_AND_A_TITLE = re.compile(r"[和跟与及](?=(?:国家级?)?的?(?:小巨人|省专|省级|单项冠军|创新型))")


def tell_of_titles(context: Context) -> Draft | None:
    """What a city's document has for a title that is named, or for each of the levels that are."""
    heard, before = context.heard, context.before
    if context.answered or heard.has_orders or heard.foreign_places or heard.reading.several:
        return None
    if heard.reading.supposed or heard.reading.of_another:
        return None  # 评上小巨人有什么好处, of a firm that is not
    if heard.facts.keys() - {CITY, _TIERS} or len(heard.text) > _LONGEST:
        return None  # 我们省专，全国八百人: of the firm
    cities = heard.cities or ((str(before.profile[CITY]),) if before.profile[CITY] in served_cities() else ())
    levels = _levels_asked(context)
    if len(cities) != 1 or not levels or _tells_of_its_titles(context):
        return None
    held = heard.facts.get(_TIERS)
    of_firm = held is not None and held.source is Source.STATED and not _ALL.search(heard.text)
    if len(levels) == 1 and (of_firm or levels[0] in (before.profile[_TIERS] or ())):
        return None  # 我们是省专，能享受什么: of the firm
    city, several = cities[0], len(levels) > 1
    documents = [d for d in context.library.documents.values() if d.city == city and d.record.official]
    lines = [*lifecycle_lines(context.words, documents), wording("titles.head", city=city_name(city))]
    whole = _ALL.search(heard.text) is not None
    page, left = (_A_LEVEL, _A_PAGE) if several else (_ALL_OF_IT, _NAMED) if whole else (_A_PAGE, _A_PAGE)
    told: list[Finding] = []
    for level in levels:
        found = _supports_of(context, city, level, levels)
        told += found[:page]
        name = wording("titles.none") if level == NONE else texts(_TIERS)[level]
        lines.append(wording("titles.level", title=name))
        lines += titles_of_each(context.words, found[:page]) or [wording("titles.nothing")]
        rest = found[page : page + left]
        more = len(found) > page + len(rest)
        names = "、".join(finding.support.title for finding in rest)
        lines += [wording("titles.others_more" if more else "titles.others", names=names)] if rest else []
    if several and len([level for level in levels if level != NONE]) >= _SEVERAL:
        lines.append(wording("titles.upwards"))
    kept = before.with_facts({slot: f for slot, f in context.conversation.facts.items() if slot in {CITY, "district"}})
    kept = kept.with_focus((f.support.id for f in told), (city,))
    offers = suggestions("broad", "proof")
    return Draft(Outcome.OVERVIEW, kept, tuple(lines), question=before.pending, suggestions=offers)


def _levels_asked(context: Context) -> tuple[str, ...]:
    """The titles, or that there is none, of which it is asked what there is; nothing if anything else is named."""
    levels: list[str] = []
    bare: list[str] = []  # 单项冠军、小巨人、省专分别有什么: named one by one, and asked of together
    whole = _ALL.search(context.heard.text) is not None
    text = context.heard.text
    for part in filter(None, _PARTS.split(_AND_A_TITLE.sub("、", text) if asks_difference(text) else text)):
        asked = pattern("goes_with_title").search(part) or (whole and _OF_THAT.search(part))
        title = next(((t, m) for t, regex in _titles() if (m := regex.search(part))), None)
        if title is None or pattern("self").search(part):
            bare = []
            continue
        level, match = title
        before, after = part[: match.start()], part[match.end() :]
        if context.finder.named(f"{before} {after}") or _MONEY.search(part) or _names_a_thing(context, before, after):
            return ()
        general = level == "provincial" and "省" not in match.group()
        if general and (f"{match.group()}{after}".startswith(_FIRMS) or not _OF_MANY.search(context.heard.text)):
            return ()  # 淮安专精特新企业能享受的, 老板问专精特新有啥好处: judged as such a firm
        if general and _TIERS in context.heard.facts:
            return ()  # 专精特新能享受啥，省级的，做外贸: of the firm
        bare += ["little_giant", "provincial"] if general else [level]
        if asked:
            levels, bare = [*levels, *bare], []
    found = tuple(dict.fromkeys(levels))
    if len(found) == 1 and (_TO_APPLY.search(context.heard.text) or not _A_LIST.search(context.heard.text)):
        return ()  # 南京省专能申请哪些: told by its verdicts
    return (*found, NONE) if found == ("innovative",) else found


def _tells_of_its_titles(context: Context) -> bool:
    """我们就一块单项冠军的牌子，小巨人、省专都没有: whether the firm has one title and is without the others."""
    held = context.heard.facts.get(_TIERS)
    told = (m for part in re.split(r"[，。；]", context.heard.text) for m in mentions(part) if not m.is_none)
    return held is not None and held.source is Source.STATED and any(m.says is Says.LACKED for m in told)


def _names_a_thing(context: Context, before: str, after: str) -> bool:
    """Whether what stands before or after a title, beside what is asked of it, names a thing: 小巨人的人才政策."""
    if not names_nothing(_besides(after)):
        return True  # 专门给专精特新的贷款品种
    rest = _besides(before)
    if names_nothing(rest):
        return False
    held, search = context.finder.own_coverage, context.finder.search
    pieces = [piece for piece in naming_words(rest) if len(piece) >= _A_WORD]
    return any(held(piece, m.entry.key) >= _HELD for piece in pieces for m in search(piece, (), _NEAR))


def _besides(words: str) -> str:
    """Words without places, and without those that ask what there is or wish for a list."""
    left = pattern("wished_as_a_list").sub(" ", without_places(words))
    return without_help(pattern("goes_with_title").sub(" ", left))


def _titles() -> list[tuple[str, re.Pattern[str]]]:
    """How titles are named, the higher first; last that there is none."""
    order = slots()[_TIERS].values
    named = [(title, regex) for title, regex in value_patterns()[_TIERS] if title in order and title != NONE]
    higher_first = sorted(named, key=lambda pair: -order.index(pair[0]))
    return [*higher_first, (NONE, pattern("no_title_at_all"))]


def _supports_of(context: Context, city: str, level: str, levels: Sequence[str]) -> list[Finding]:
    """What a firm of one level may come to have, best first; of several levels what no lower one of them has."""
    found = _open_to(context, city, level)
    if level == NONE:
        return [f for f in found if f.support.brings is not Brings.CONDUCT and not titles_of(f.support)]
    order = slots()[_TIERS].values
    lower = [t for t in order[: order.index(level)] if len(levels) == 1 or t in levels]
    below = {f.support.id for t in lower for f in _open_to(context, city, t)}
    found = [f for f in found if titles_of(f.support)]
    if len(levels) > 1:
        found = [f for f in found if f.support.id not in below]
    return sorted(found, key=lambda f: (f.support.brings is Brings.CONDUCT, f.support.id in below, _worth(f)))


def _worth(finding: Finding) -> tuple[bool, bool]:
    return not names_sum(finding.support), finding.support.brings is not Brings.MONEY


def _open_to(context: Context, city: str, level: str) -> list[Finding]:
    """Every support of a city that nothing rules out of a firm of which only the title is known."""
    facts = {CITY: Fact(city, Source.INFERRED), _TIERS: Fact((level,), Source.INFERRED)}
    everything = assess_all(context.library, EnterpriseProfile(facts), context.words.as_of)
    return [f for f in everything if f.document.city == city and f.otherwise is not Status.INELIGIBLE]
