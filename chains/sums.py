"""All that one or several cities' documents give: the sums of a topic, and the awards."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chains import verdicts
from chains.clauses import pattern
from chains.compared import titles_in
from chains.eligibility import CITY, Status
from chains.prompting import wording
from chains.retrieval import core, without_help
from chains.stated import Group, Item, own_first, sums_of, unstated_of
from chains.talk import suggestions
from chains.turn import Context, Draft, Outcome
from chains.understanding import subject_words
from chains.validity import draft_notices, lifecycle_lines, together
from knowledge.profile import Fact, Source
from knowledge.regions import city_name, served_cities
from knowledge.support import Kind

_ELSEWHERE = re.compile(r"(?:别的|其他|其它|另外)的?(?:城市|市|地方)")
_EACH = re.compile(r"各|每一?项|分别|有没有|写了多少|有[^，。；]{0,5}的(?:吗|么|没有?)")
# 能拿的钱有哪些: of all that is stated, what the enterprise may have.
_OF_ONESELF = re.compile(r"[能可]以?(?:够)?(?:拿|领|得|享受|申请)|[拿领]得到|我们")
# What an enterprise is, whatever it does.
_OF_ANY_FIRM = {CITY, "district", "tiers", "ownership", "size"}
_FEW_REFUSED, _FEW_TALKED = 2, 3
# 区里给不给钱: of the district, and not of the city.
_OF_A_DISTRICT = re.compile(r"区[里级]")
# 钱方面呢, 哪条跟钱有关: whatever was talked of.
_IN_THAT_FIELD = re.compile(r"方面|[有相]关")
_A_WORD = 2


def list_sums(context: Context) -> Draft | None:
    """Every sum that the documents state: 真金白银写了数字的都有哪几项; that there is none, where there is none."""
    heard = context.heard
    told = heard.without_facts
    asked = pattern("stated_sums").sub(" ", told)
    if asked == told or context.answered or heard.has_orders or heard.foreign_places:
        return None
    if not (pattern("at_large").search(heard.text) or _EACH.search(heard.text)):
        return None
    if titles_in(told) or _names_a_thing(context, asked):
        return None
    cities = _cities_meant(context)
    own = context.conversation.profile[CITY]
    if _ELSEWHERE.search(heard.text) and own:
        cities = tuple(city for city in served_cities() if city != own)
    groups = [sums_of(context, city) for city in cities or served_cities()]
    stated = [group for group in groups if not group.missing]
    if not stated:
        return _no_sums(context, groups)
    of_oneself = _OF_ONESELF.search(heard.text) is not None
    refused: list[Item] = []
    if of_oneself:
        refused = [item for group in stated for item in group.items if _is_refused(context, item)]
        stated = [replace(g, items=tuple(i for i in g.items if i not in refused)) for g in stated]
    lines = [line for group in stated for line in sum_lines(context, group, apart=of_oneself)]
    lines += _refused_lines(context, refused)
    missing = [name for group in groups for name in group.missing]
    return draft_of(context, stated, [*lines, *without_sums(missing)])


def list_awards(context: Context, noted: Sequence[str] = ()) -> Draft | None:
    """What gives money in a city, with a sum or without: 镇江有哪些奖励, 淮安有没有钱拿, 省专能拿多少钱.

    Of the enterprise's own city it is what the enterprise may have; what it may not is named apart.
    """
    heard = context.heard
    if context.answered or heard.has_orders or heard.foreign_places or not _asks_for_awards(context):
        return None
    asked = pattern("awards_at_large").sub(" ", pattern("money_at_large").sub(" ", heard.without_facts))
    cities = _cities_meant(context)
    of_district = _OF_A_DISTRICT.search(heard.text) and any("区级" in e.title for e in context.subject.supports[:1])
    if not cities or of_district or _names_a_thing(context, asked):
        return None
    groups: list[Group] = []
    lines = [*noted]
    ruled_out = 0
    for city in cities:
        stated = sums_of(context, city)
        refused = [item for item in stated.items if _is_refused(context, item)]
        stated = replace(stated, items=tuple(item for item in stated.items if item not in refused))
        unstated = [item for item in unstated_of(context, city) if not _is_refused(context, item)]
        groups += [stated, replace(stated, items=tuple(unstated))]
        lines += without_sums(stated.missing) + sum_lines(context, stated)
        lines += _refused_lines(context, refused)
        ruled_out += len(refused)
        lines += given(unstated)
    draft = draft_of(context, groups, lines)
    stated_anywhere = any(item.value is not None for group in groups for item in group.items)
    return draft if stated_anywhere or ruled_out else replace(draft, outcome=Outcome.SILENT, abstained=True)


def _names_a_thing(context: Context, asked: str) -> bool:
    """Whether a message that asks for sums or awards names one of them in the words that are left."""
    names = core(without_help(subject_words(pattern("lists_all").sub(" ", asked))))
    return len(names) >= _A_WORD or bool(context.finder.named(context.heard.without_facts))


def _cities_meant(context: Context) -> tuple[str, ...]:
    own = str(context.conversation.profile[CITY] or "")
    return context.heard.cities or ((own,) if own in served_cities() else ()) or context.conversation.focus_cities[:1]


def asks_the_same(context: Context) -> bool:
    """淮安的呢, after all the money that some city gives: only a city is named."""
    heard, focus = context.heard, context.before.focus
    rest = core(subject_words(heard.text))
    return len(heard.cities) == 1 and not rest and len(focus) > _FEW_TALKED and context.before.facets == ("amount",)


def _asks_for_awards(context: Context) -> bool:
    """Whether a message asks what money a city gives, or which awards it has, and not what one firm can have of all."""
    heard = context.heard
    if asks_the_same(context):
        return True
    if {"little_giant", "champion"} & set(titles_in(heard.text)) or set(heard.facts) - _OF_ANY_FIRM:
        return False  # 小巨人能拿多少钱, 承担了攻关能拿多少: there is one award that is meant
    if money := pattern("money_at_large").search(heard.text):
        in_general = context.before.broad or not context.before.focus or bool(heard.cities)
        return in_general or _IN_THAT_FIELD.search(money.group()) is not None
    of_firm = heard.speaks_of_self or heard.facts
    return bool(heard.cities) and not of_firm and pattern("awards_at_large").search(heard.text) is not None


def _is_refused(context: Context, item: Item) -> bool:
    """Whether the enterprise cannot have a support of its city: by what it is, or what the message says of it."""
    support, conversation = item.entry.support, context.conversation
    if support is None or conversation.profile[CITY] != item.city:
        return False
    titles = titles_in(context.heard.text)
    # 南京专精特新有什么奖励: in general the word says no level.
    if titles and (titles != ("provincial",) or "省" in context.heard.text):
        conversation = conversation.with_facts({"tiers": Fact(titles, Source.INFERRED)})
    return replace(context, conversation=conversation).assess(support).otherwise is Status.INELIGIBLE


def _refused_lines(context: Context, refused: Sequence[Item]) -> list[str]:
    """What the enterprise cannot have: a few with the reason, more by their names."""
    findings = [context.assess(item.entry.support) for item in refused if item.entry.support is not None]
    if not findings or len(findings) > _FEW_REFUSED or any(f.otherwise is not Status.INELIGIBLE for f in findings):
        return [wording("compare.refused", names="、".join(item.name for item in refused))] if refused else []
    return [line for finding in findings for line in verdicts.verdict_lines(context.words, finding, brief=True)[:1]]


def _no_sums(context: Context, groups: Sequence[Group]) -> Draft:
    """That no sum is stated, and what is given all the same."""
    missing = [name for group in groups for name in group.missing]
    documents = [d for d in context.library.documents.values() if city_name(d.city) in missing]
    cities = dict.fromkeys(d.city for d in documents)
    items = [item for city in cities for item in unstated_of(context, city)]
    return Draft(
        Outcome.SILENT,
        context.conversation.with_focus((i.entry.key for i in items), cities),
        (*lifecycle_lines(context.words, documents), *without_sums(missing), *given(items)),
        findings=context.findings_of(tuple(i.entry for i in items)),
        question=context.standing,
        suggestions=suggestions("broad"),
        abstained=True,
    )


def given(items: Sequence[Item]) -> list[str]:
    names = "、".join(dict.fromkeys(city_name(item.city) for item in items))
    return [wording("compare.unstated", names=names), *rows(items)] if items else []


def without_sums(names: Sequence[str]) -> list[str]:
    return [wording("compare.no_sums", names="、".join(names))] if names else []


def nowhere(context: Context, groups: Sequence[Group]) -> Draft:
    """No city has what is compared."""
    lines = tuple(wording("compare.nowhere", names="、".join(g.missing), what=g.what) for g in groups)
    offers = suggestions("broad")
    return Draft(
        Outcome.SILENT, context.conversation, lines, question=context.standing, abstained=True, suggestions=offers
    )


def sum_lines(context: Context, group: Group, *, apart: bool = True) -> list[str]:
    """What is given, the largest first, and apart from it what is only lent; `apart` also what one is known to suit."""
    lent = [i for i in group.items if i.entry.support is not None and i.entry.support.kind is Kind.FINANCE]
    given = [i for i in group.items if i not in lent]
    own, open_ = own_first(context, given) if apart else ([], given)
    lines: list[str] = []
    if own:
        lines += [wording("compare.sums_own", what=group.what, count=len(given)), *rows(own)]
        lines += [wording("compare.sums_open"), *rows(open_)] if open_ else []
        given = []
    for key, items in (("compare.sums", given), ("compare.lent", lent)):
        lines += [wording(key, what=group.what, count=len(items))] if items else []
        lines += rows(items)
    return lines


def rows(items: Iterable[Item]) -> list[str]:
    return [wording("compare.row", name=i.name, text=i.text, mark=i.mark) for i in items]


def draft_of(context: Context, groups: Sequence[Group], told: Iterable[str]) -> Draft:
    entries = [item.entry for group in groups for item in group.items]
    documents = [context.library.documents[entry.document_id] for entry in entries]
    lines = [*together(context.words, documents), *told, *draft_notices(context.words, documents)]
    focus = tuple(dict.fromkeys(e.key for e in entries if e.key))
    cities = dict.fromkeys(item.city for group in groups for item in group.items)
    conversation = context.conversation.with_focus(focus, cities)
    supports = tuple(dict.fromkeys(e for e in entries if e.support is not None))
    return Draft(
        Outcome.INFORMATION,
        conversation,
        tuple(dict.fromkeys(lines)),
        findings=context.findings_of(supports),
        question=context.standing,
        suggestions=suggestions("can_we", "broad") if supports else suggestions("broad"),
    )
