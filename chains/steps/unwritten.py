"""Turns that find nothing written: no award for a title, no such aim, and what comes nearest to what is asked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.eligibility import CITY
from chains.finding.asked import asks_for_any_help, matter_told
from chains.finding.asking_on import without_that
from chains.finding.entries import Entry
from chains.finding.matching import A_NAME, A_WORD, Search, is_mere_title
from chains.finding.naming import core, core_words, names_nothing, without_help
from chains.finding.rounds import names_place
from chains.language.clauses import pattern, value_patterns, wishes
from chains.language.normalise import plain
from chains.language.places import find_places
from chains.language.question_words import facets_of
from chains.prompting import texts, wording
from chains.steps import left_unsaid
from chains.steps.declining import tell_elsewhere
from chains.steps.stated import awards_for
from chains.steps.talk import say_unsaid, suggestions
from chains.telling import answer, targets
from chains.telling.open_points import asked_points
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.telling.yes_or_no import as_asked
from chains.turn import Context, Draft, Outcome
from knowledge.figures import how_many_firms, read_figures
from knowledge.profile import NONE
from knowledge.regions import city_name, served_cities
from knowledge.support import Support

# What a question must score with an entry, the share of it that the entry must hold, and how far it must stand above
# all of other provisions, to be offered as the nearest: of 440 questions in strangers' words that nothing was found for
# these let pass 180, and in eight of ten the entry is what was meant.
_NEAR, _TOUCHED, _APART, _APART_IN_TALK, _OTHERS = 28.0, 0.15, 1.15, 1.6, 2
# How much of what is counted an aim of another city must hold in its own text, and what is found here less than.
_CLEARLY_THAT, _HALF, _SOME, _BY_FAR = 0.75, 0.5, 0.3, 2.0
# 单项冠军给多少万, 小巨人直接给多少: the sum of a title.
_ASKS_ITS_SUM = re.compile(
    r"(?:小巨人|单项冠军|省专|(?:省级)?专精特新)(?:企业)?(?:能|可以|是|会|到底|究竟|直接|一般|大概|一共|现在|具体)*"
    r"(?:给|奖|发|拿|补|领)(?:到|励|个)?(?:(?:多少|几个?)(?:万|钱)|多少[呢啊呀]?[?？]?$)"
)
# 一平米能补多少, 每千瓦补几块, 一个月多少: for each of which it is asked.
_FOR_EACH = re.compile(r"[一每](?:个?[年月]|平方?米?|千瓦时?|间|套|吨|度|柜|箱|台|家|户|人|张)券?")
# 26家完成了没, 现在有几家了, 达标没有: what came of an aim, of which no document tells.
_CAME_OF_IT = re.compile(
    r"(?:完成|实现|达标)(?:率(?![^，。；]{0,2}(?:要|目标))|情况|进度)"
    r"|(?<!要)(?<!得)(?<!必须)(?<!该)(?<!计划)(?<!能)(?:完成|达成?到?|达标|实现|做[到完]|干完|弄完|办到|凑够|评够|招满|建成)"
    r"(?:得?怎么样了?|得如何|了(?:多少|几成|没有?|吗|么|[?？])|了[^，。；]{0,2}(?:没|吗))"
    r"|(?<!要)(?:完成|达标|实现)(?:了)?没有?(?=$|[，。？?\s])"
    r"|(?:现在|目前|到现在|如今|眼下|实际上?|最后|后来|截至今?|到今天)(?:为止)?(?:一共|总共|到底|已经|都)*(?:有|评了|培育了|认定了|完成了|建了|做了|到了)(?:多少|几)[家个名项]?了?"
    r"|(?:多少|几)[家个](?:已经?)?(?:评上|拿到|完成|建成|做成)了"
)
_AIM = "目标"
# 那南京呢, 南京有吗: of a city, and nothing named.
_OF_A_CITY = re.compile(
    r"那?么?[\u4e00-\u9fff]{2,3}?市?(?:那边)?[的也]?(?:(?:有没有|有|是|打算|要|想|准备|计划|定|建|搞|弄|培育)*(?:多少|几)?[家个]?)?(?:呢|吗|么)?[?？]?"
)


def tell_no_award(context: Context) -> Draft | None:
    """连云港省专有没有奖, 盐城小巨人是不是奖100万: no award for a title in a city, and which city has it."""
    heard, city = context.heard, context.conversation.profile[CITY]
    cities = heard.cities or ((str(city),) if city in served_cities() else ())
    named = [tier for tier, regex in value_patterns()["tiers"] if tier != NONE and regex.search(heard.text)]
    tiers = tuple(dict.fromkeys(named))
    # 我问的是奖金，不是人才卡: of what is not meant nothing is asked.
    clauses = re.split(r"[，。；！？?\s]+", heard.text)
    asking = " ".join(c for c in clauses if pattern("title_award").search(c) or _ASKS_ITS_SUM.search(c))
    asks = asking and not context.finder.named(asking, cities)
    if not asks or set(heard.facts) - {CITY, "district"} or len(cities) != 1 or len(tiers) != 1:
        return None
    first = next(iter(context.subject.entries), None)
    tells = first is not None and first.support is not None and _names_title(first, tiers[0])
    tells = tells and not pattern("bluntly").search(heard.text)  # 有没有给小巨人钱，有还是没有: no other thing
    given = awards_for(context.library, cities[0], tiers[0])
    if given:
        return _tell_without_sum(
            context, cities[0], tiers[0], given, counts=first is not None and first.support is None
        )
    if tells:
        return None
    document = next(d for d in context.library.documents.values() if d.city == cities[0])
    lines = lifecycle_lines(context.words, [document])
    lines.append(
        as_asked(heard.text, wording("silent.award", city=city_name(cities[0]), title=texts("tiers")[tiers[0]]))
    )
    elsewhere = [s for city in served_cities() for s in awards_for(context.library, city, tiers[0])]
    said = {int(f.value) for f in read_figures(heard.text) if f.kind == "money"}
    elsewhere.sort(key=lambda s: s.benefit.amount_cny not in said)
    conversation = context.conversation
    for support in elsewhere[:1]:
        finding = context.assess(support)
        place = city_name(finding.document.city)
        lines.append(tell_elsewhere(context, context.finder.by_key[support.id]))
        if support.benefit.amount_cny in said:
            mark, benefit = context.words.benefit_mark(finding), tight(support.benefit.text)
            lines.append(wording("support.benefit", title=f"{place} · {support.title}", benefit=benefit, mark=mark))
        # The wish is kept: another city may be asked for next.
        if not conversation.broad:
            conversation = conversation.with_goal((support.id,)).model_copy(update={"focus_cities": cities})
    lines.append(wording("silent.contact"))
    return Draft(
        Outcome.SILENT,
        conversation,
        tuple(lines),
        question=context.standing,
        suggestions=suggestions("broad"),
        abstained=True,
    )


def _tell_without_sum(
    context: Context, city: str, tier: str, given: Sequence[Support], *, counts: bool
) -> Draft | None:
    """省专没有直接的奖金是真的吗, 小巨人有没有现金奖励: that what is given for a title is written without a sum.

    `counts` where what was found is no support: of 小巨人直接给多少, how many of them there shall be.
    """
    text = context.heard.text
    put = pattern("award_put").search(text) or (counts and _ASKS_ITS_SUM.search(text))
    if not put or any(support.benefit.amount_cny for support in given):
        return None
    if any(figure.kind == "money" for figure in read_figures(text)):
        return None  # 听说省专奖50万: the sum is held against what is written
    findings = tuple(context.assess(support) for support in given)
    lines = lifecycle_lines(context.words, [f.document for f in findings])
    title = texts("tiers")[tier]
    lines.append(as_asked(text, wording("silent.award_without_sum", city=city_name(city), title=title), gives=True))
    for finding in findings:
        lines += answer.information_lines(context.words, finding, (), "")
    conversation = context.conversation.with_focus((s.id for s in given), (city,))
    offers = suggestions("can_we", "broad")
    return Draft(Outcome.INFORMATION, conversation, tuple(lines), findings, context.standing, offers)


def tell_no_target(context: Context) -> Draft | None:
    """南京要培育多少家小巨人, 那南京呢 after what another city aims at: that its document names no such aim."""
    heard, own = context.heard, context.conversation.profile[CITY]
    cities = heard.cities or ((str(own),) if own in served_cities() else ())
    if len(cities) != 1:
        return None
    missing = _aims_asked_of(context, cities[0])
    if not missing or missing & context.finder.aims_at(cities[0]) or (len(missing) > 1 and "count" not in heard.facets):
        return None
    counting = (e for e in context.finder.entries if missing & context.finder.counts(e.key))
    if not context.before.focus and (other := next(counting, None)):
        # 淮安呢 asks the same of another city.
        talked_of = context.conversation.with_focus((other.key,), (other.city,))
        context = replace(context, conversation=talked_of)
    if any(e.city == cities[0] and how_many_firms(e.quote) for e in context.subject.supports):
        return None  # 盐城呢, after 推动100家企业数字化改造: what it writes of the same has a count of its own
    name = "、".join(targets.measure_name(measure) for measure in sorted(missing))
    lines = (wording("target.none", city=city_name(cities[0]), measure=name), wording("silent.contact"))
    return say_unsaid(context, *lines)


def tell_no_outcome(context: Context) -> Draft | None:
    """26家完成了没, 现在有几家了: that an aim is told, and what came of it is not."""
    heard, finder = context.heard, context.finder
    if not _CAME_OF_IT.search(heard.text) or context.answered or heard.has_orders:
        return None
    found = [*context.subject.entries[:1], *(finder.by_key[k] for k in context.before.focus[:1] if k in finder.by_key)]
    found = [*_aims_of_its_figure(context), *found]
    aim = next((e for e in found if finder.aims_in(e.key) or (e.support is None and _AIM in e.title)), None)
    own = context.conversation.profile[CITY]
    cities = heard.cities or context.before.focus_cities or ((str(own),) if own in served_cities() else ())
    if aim is None or (cities and aim.city not in cities):
        return None
    document = context.library.documents[aim.document_id]
    mark = context.words.citations.cite(document, aim.provision, aim.quote)
    lines = [
        *lifecycle_lines(context.words, [document]),
        wording("target.no_outcome", title=aim.title, quote=tight(aim.quote), mark=mark),
        wording("silent.contact"),
    ]
    talked = context.conversation.with_focus((aim.key,), (aim.city,))
    return say_unsaid(replace(context, conversation=talked), *lines)


def _aims_of_its_figure(context: Context) -> list[Entry]:
    """淮安那个26家完成了没: the aims of a city with the very number that is asked of."""
    asked = how_many_firms(context.heard.text)
    aims = [e for e in context.finder.entries if e.city in context.heard.cities and context.finder.aims_in(e.key)]
    return sorted((e for e in aims if asked & how_many_firms(e.quote)), key=lambda entry: len(entry.quote))


def _aims_asked_of(context: Context, city: str) -> set[str]:
    """The measures of which a message asks the figure in a city: named by it, or talked of and found nowhere there."""
    heard, finder = context.heard, context.finder
    told = [finder.by_key[key] for key in context.before.focus if key in finder.by_key]
    # 专员咋配的: a support whose sentence the count stands in is what was told.
    talked = next((e for e in told if e.support and told[0].quote in e.quote), next(iter(told), None))
    counts = "count" in heard.facets and "department" not in heard.facets
    asks_on = talked is not None and (talked.support is None or counts) and talked.city != city
    if talked is not None and asks_on and _OF_A_CITY.fullmatch(heard.text):
        return {row.measure for row in targets.targets_of(context.library, talked)} if heard.cities else set()
    if not counts or (talked is not None and talked.city == city and context.subject.is_follow_up):
        return set()
    search = Search(finder, heard.text, heard.facets, frozenset())
    if counted := search.titles_counted:
        return set(counted)
    best = next((m for m in search.matches() if finder.counts(m.entry.key)), None)
    subject = without_help(core_words(pattern("intention").sub(" ", heard.text)))
    if is_mere_title("".join(word for word in subject.split() if len(word) >= A_WORD)):
        return set()  # 我们小巨人 一家能列几个人
    subject = " ".join(word for word in subject.split() if not is_mere_title(word)) or subject
    if best is None or best.entry.city == city or finder.own_coverage(subject, best.entry.key) < _CLEARLY_THAT:
        return set()
    # 连云港千亿集群几个: what holds all of it in another city, and nothing with a number half of it here.
    counting = (m.entry.key for m in search.matches((city,)) if search.answers(m.entry))
    here = max((finder.own_coverage(subject, key) for key in counting), default=0.0)
    aims = finder.counts(best.entry.key)
    return set(aims) if here < _HALF and len(aims) == 1 else set()


def _names_title(entry: Entry, tier: str) -> bool:
    return any(value == tier and regex.search(plain(entry.title)) for value, regex in value_patterns()["tiers"])


def tell_unheld(context: Context) -> Draft | None:
    """出口信保的保费补几成, 创新券怎么领: a support of other documents, and what comes near it here."""
    heard, own = context.heard, context.conversation.profile[CITY]
    cities = heard.cities or ((str(own),) if own in served_cities() else ()) or context.before.focus_cities
    if context.answered or len(cities) > 1 or names_nothing(heard.text) or names_place(heard.text):
        return None
    if "broad" in heard.intents and asks_for_any_help(heard):
        return None
    if any(not entry.official for entry in context.subject.entries):
        return None  # what is not official is found only where nothing else was, and told with its warning
    asks_on = context.subject.is_follow_up and heard.facets and not _names_another(context)
    if len(context.subject.asked) > 1 or asks_on:
        return None  # of several things asked at once each is looked up by itself; how much is asked of what was told
    if _was_just_told(context) or _of_a_district(context):
        return None
    of_it = "can_get" in heard.intents or bool(read_figures(heard.text))
    if context.before.focus and of_it and without_help(heard.text) == heard.text:
        return None  # 去年亏损能申请吗, 够两千万不: of what was told
    asks = heard.asks or without_help(heard.text) != heard.text or wishes(heard.text)
    told = None if set(heard.facts) - {CITY, "district"} else matter_told(heard)  # 做碳纤维的，想便宜点买软件
    if not asks or not context.finder.is_unheld(told.text if told else heard.text):
        return None
    thing = left_unsaid.thing_not_mentioned(context, context.subject.entries) if context.subject.entries else ""
    missing = wording("silent.not_mentioned", city=city_name(cities[0]), word=thing) if thing and cities else ""
    lines = [missing or (wording("silent.topic", city=city_name(cities[0])) if cities else wording("silent.any"))]
    lines += [_touching(context, entry) for entry in context.subject.entries[:1] if entry.city in cities]
    return say_unsaid(context, *filter(None, lines), wording("silent.contact"))


def _of_a_district(context: Context) -> bool:
    """扬中自己还另外给吗: whether what was told is asked of a district, and nothing else is named."""
    text, districts = context.heard.text, 0
    for place, start, end in reversed([*find_places(text)]):
        text, districts = text[:start] + text[end:], districts + bool(place.district)
    return bool(districts) and context.subject.is_follow_up and names_nothing(text)


def _was_just_told(context: Context) -> bool:
    """住房补贴一个月多少, after 引进人才住房安居保障: whether what is named stands in a title just told."""
    named = without_help(core(_FOR_EACH.sub(" ", context.heard.text)))
    told = (context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key)
    return len(named) >= A_WORD and any(named in plain(entry.title) for entry in told if entry.support is not None)


def _names_another(context: Context) -> bool:
    """镇江招商引资返税给多少, after an award there: whether next to nothing that is named stands in what was told.

    Who does not name the city again names what stands nowhere in its document and is clearly asked of others.
    """
    finder, told = context.finder, context.subject.entries
    asking = [clause for clause in re.split(r"[，。；！？?\s]+", context.heard.text) if facets_of(clause)]
    asked = without_that(_FOR_EACH.sub(" ", asking[0] if len(asking) == 1 else context.heard.text))
    named = without_help(core(asked))
    if len(named) < A_NAME or not told:
        return False
    if any(finder.own_coverage(named, entry.key) >= _TOUCHED for entry in told):
        return False
    if any(entry.support and asked_points(entry.support, context.heard.text) for entry in told):
        return False  # 一家最多领几张，能抵几折: what the support is known to leave open
    if context.heard.cities:
        return True
    return finder.is_unheld(asked, clearly=True) and not any(finder.stands_in(named, entry.city) for entry in told)


def _touching(context: Context, entry: Entry) -> str:
    """What was found where it holds some of the words that are asked for, as another thing; empty where it does not."""
    if context.finder.own_coverage(without_help(core_words(context.heard.text)), entry.key) < _SOME:
        return ""
    document = context.library.documents[entry.document_id]
    mark = context.words.citations.cite(document, entry.provision, entry.quote)
    state = texts("elsewhere_now").get(document.lifecycle(context.words.as_of).value, "")
    return wording("silent.touching", title=entry.title, mark=mark, state=state)


def _is_held_elsewhere(context: Context, score: float, entry: Entry) -> bool:
    """娃上公办学校, of a city without it: whether another city has by far what is asked, so that no other thing is.

    What is of the same matter comes near all the same: 租房一个月补几百, of a city that helps talents to buy homes.
    """
    best = next(iter(context.finder.search(context.heard.text, (), 1)), None)
    if best is None or best.entry.city == entry.city:
        return False
    matters = [set(e.support.matters) for e in (best.entry, entry) if e.support is not None]
    if len(matters) > 1 and set.intersection(*matters):
        return False
    return best.coverage >= _CLEARLY_THAT and best.score >= _BY_FAR * score


def tell_nearest(context: Context, noted: Sequence[str] = ()) -> Draft | None:
    """What comes nearest in a city's document where nothing is found for certain, told as no more than that."""
    heard, subject = context.heard, context.subject
    scored = [(context.finder.by_key[key], score, share) for key, score, share in subject.trace]
    scored = [one for one in scored if one[0].city == subject.missing_in]
    if not scored or names_nothing(heard.text):
        return None
    entry, score, share = scored[0]
    is_told = entry.key in context.before.focus and not heard.cities  # 那摊位费给报几成: of what was told
    if context.finder.named(heard.text, (entry.city,) if is_told else ()):
        return None
    near = [(other, own) for other, own, _ in scored if other.provision != entry.provision]
    # 行长说一分钱不花 真的假的, after a fund: what names no city of its own rather asks on.
    apart = _APART if heard.cities or not context.before.focus or is_told else _APART_IN_TALK
    if score < max(_NEAR, apart * max((own for _, own in near), default=0.0)) or share < _TOUCHED:
        return None
    if _is_held_elsewhere(context, score, entry):
        return None
    words = context.words
    document = context.library.documents[entry.document_id]
    lines = [*noted, *lifecycle_lines(words, [document])]
    lines += [] if is_told else [wording("silent.near", city=city_name(entry.city))]
    if is_told and entry.support is not None:
        lines += answer.information_lines(words, context.assess(entry.support), heard.facets, heard.text)
    elif entry.support is None:
        lines += answer.fact_lines(words, entry, (), "")
    else:
        lines += answer.information_lines(words, context.assess(entry.support), (), "")
    lines += [] if is_told else [wording("silent.otherwise", city=city_name(entry.city))]
    others = dict.fromkeys(other.title for other, _ in near if other.support is not None)
    return Draft(
        Outcome.INFORMATION,
        context.conversation.with_focus((entry.key,), (entry.city,)),
        tuple(lines),
        findings=context.findings_of((entry,)),
        question=context.standing,
        suggestions=(*tuple(others)[:_OTHERS], *suggestions("broad")),
    )
