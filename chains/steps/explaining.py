"""Turns that explain verdicts: why they are so, clause by clause, and what is missing for others."""

import re
from dataclasses import replace

from chains.eligibility import CITY, Finding, State
from chains.finding.followup import titles_named
from chains.finding.matching import titles_of
from chains.finding.naming import names_nothing
from chains.finding.rounds import names_place
from chains.language.clauses import pattern
from chains.language.question_words import said_besides, without_trade
from chains.prompting import fact_label, wording
from chains.steps import overview, own_words, provisions
from chains.steps.order import ranked
from chains.steps.talk import suggestions
from chains.telling import answer, verdicts
from chains.telling.validity import lifecycle_lines, validity_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.figures import read_figures
from knowledge.regions import City, cities, city_name, is_within, served_cities
from knowledge.support import Condition

_FEW, _SEVERAL, _OWNERS = 3, 2, "ownership"
# 外资算不算民营.
_COUNTS_AS_OWNERS = re.compile(
    r"算(?:不算|是)?(?:民营|民企|国企|国有|外资|内资)|占[^。；]{0,12}(?:民营|民企|国企|国有|外资)|(?:认|算|当)[成作定是为]+(?:民营|民企|国企|国有|外资)"
)
# 11.支持企业开拓市场: its number told in words, where a figure would seem to be one of the text.
_DIGITS = ("", *"一二三四五六七八九")
_NUMBERED = re.compile(r"^(\d{1,2})[.．、]\s*")
_WHICH_PROVISION = re.compile(r"(?:哪|第几)一?个?(?:条|款|章|节)|哪里写")
_WHY_NO_MORE = re.compile(
    r"为(?:什么|啥)[^，。；]{0,4}(?:已?经?到期|过期|作废|失效|不能照此|没有?施行|征求意见|草案|草稿)"
)
# 丹徒算市区吗, 市区包不包括丹徒, 为什么丹阳不算, 市区是指哪里: what is asked besides the place.
_WHETHER_WITHIN = re.compile(
    r"(?:那|这个|请问|回到|再说|(?:刚才|前面|刚刚)?我?[问说][的了]?是|(?:里[面头]?)?写(?:了|着|明)|不?对|小巨人|单项冠军|奖励|[子分](?:公司|厂)|[和跟与、]|我们?|咱们?|公司|企业|厂|工业园|产业园|园区|文件|[说讲写指][的了过]|为什么|为啥|凭什么|凭啥|怎么|咋|到底|明明|哪里|哪儿|哪些|哪几个|什么|地方|[也就都还又不区里内的在吗么吧呢啊呀?？]|范围|归|管|算|属|于|是|指|包(?=不|括|含)|含(?=不)|包括)*"
    r"(?:算|属于|是|指|归|包[括含]|含|在)(?:那|地方|范围|哪里|哪儿|哪些|哪几个|什么|企业|公司|[不区里内头的在吗么吧呢啊呀?？]|算|是|属于|指|包[括含]|含)*"
)
# 我把注册地改到新区行不行: a move into the town is asked of.
_MOVES_IN = re.compile(
    r"(?:我们?|咱们?)?(?:再|也|就)?(?:把|将)?(?:公司|厂子?|总部|注册地?址?|执照|我们?)*(?:改|迁|搬|挪|转|换|注册)(?:到|去|进|往|在)+"
    r"|(?:能不能|可不可以|行不行|可以|能|行)(?:改|迁|搬|挪|转|换)?(?=$|[吗么不？?\s])|意思是|什么时候|怎样"
)
_A_BRANCH = re.compile(r"分公司|分厂|办事处")
_WITHIN = re.compile(r"算|属于|包[括含]|归")
_WHY_OR_LIES = re.compile(r"为(?:什么|啥)|凭(?:什么|啥)|怎么|咋|属于")
# 丹阳不算镇江的吗: whether a district is of its city.
_OF_THE_CITY = re.compile(r"(?:不?算|不?是|不?属于?|不?归)[^，。；]{2,4}(?:市)?(?:的|管)?[吗么吧不?？]")
_URBAN, _ZONE = "市区", re.compile(r"经济技术开发区|经开区|高新区|开发区|新区")
_PUZZLED = re.compile(r"[没不]懂|不明白|没明白|什么意思")
_SHORTER = re.compile(r"太长|短|重点|一句话|简单|简洁|啰嗦|人话|大白话|直白|准话|绕")


def prove(context: Context) -> Draft | None:
    """说明依据: each condition of the verdicts talked about last, the enterprise's fact, and the clause."""
    if "proof" not in context.heard.intents:
        return None
    if context.subject.elsewhere and not context.subject.is_follow_up:
        return None  # 算力券是第几条, of a city that has none
    asks_where = _WHICH_PROVISION.search(context.heard.text) and len(context.subject.entries) == 1
    if context.subject.supports and not (context.subject.is_follow_up or asks_where):
        return None
    if pattern("why_so").search(context.heard.text):
        return None  # 为啥这么少: no reasons are written
    if _WHY_NO_MORE.search(context.heard.text):
        return _why_no_more(context)
    conversation = context.conversation
    # 刚才讲用地的那条原文, 第二个的原文: of one of those that were talked of.
    meant = context.subject.entries if context.subject.is_follow_up or asks_where else ()
    if names_place(context.heard.text) or not {entry.key for entry in meant} <= set(conversation.focus):
        conversation = conversation.with_focus((e.key for e in meant), dict.fromkeys(e.city for e in meant))
    findings = _talked_about(replace(context, conversation=conversation))
    if not findings:
        quoted = [context.finder.by_key[k] for k in conversation.focus if k in context.finder.by_key]
        lines = []
        for entry in quoted[:3]:
            document = context.library.documents[entry.document_id]
            mark = context.words.citations.cite(document, entry.provision, entry.quote)
            lines.append(wording("proof.quote", quote=tight(entry.quote), mark=mark))
        documents = [context.library.documents[entry.document_id] for entry in quoted[:3]]
        lines = [*lifecycle_lines(context.words, documents), *lines]
        if not lines and context.subject.entries and context.heard.cities:
            return None  # 淮安凭什么出台这个: the text itself is asked
        lines = lines or [wording("proof.none")]
        return Draft(Outcome.PROOF, conversation, tuple(lines), question=context.standing)
    lines = [*lifecycle_lines(context.words, [f.document for f in findings])]
    for finding in findings[:3]:
        lines += _where_it_stands(context, finding) if _WHICH_PROVISION.search(context.heard.text) else []
        lines += verdicts.proof_lines(context.words, finding)
    return Draft(
        Outcome.PROOF, conversation, tuple(lines), findings=findings[:3], question=context.standing,
        suggestions=suggestions("gap", "broad"),
    )  # fmt: skip


def tell_region(context: Context) -> Draft | None:
    """丹徒算市区吗, 为什么丹阳不算: where a place lies that a condition turns on, and that the text lists none."""
    heard = context.heard
    named = [p.district for p in heard.reading.mentioned if p.district and p.district != _URBAN]
    zones = [zone for zone in _ZONE.findall(heard.text) if not any(zone in name for name in named)]
    named = [*dict.fromkeys((*zones, *named))]
    clauses = [clause for clause in re.split(r"[，。；！？?\s]+", heard.text) if clause]
    asking = [c for c in clauses if pattern("question").search(c)]
    of_it = len(asking) == 1 and _URBAN in asking[0] and _WITHIN.search(asking[0]) is not None
    text = asking[0] if of_it else heard.text  # 那丹徒区算市区吗 我另外还有个厂在丹徒
    rest = text
    for place in heard.reading.mentioned:
        rest = rest.replace(place.name, " ")
    rest = _ZONE.sub(" ", rest.replace(_URBAN, " "))
    if context.answered or not heard.asks or rest == text:
        return None
    moves = _MOVES_IN.search(rest) is not None and (_URBAN in heard.text or bool(zones)) and bool(named)
    rest = _MOVES_IN.sub(" ", rest) if moves else rest
    of_city = len(named) == 1 and bool(heard.cities) and _OF_THE_CITY.search(text) is not None and _URBAN not in text
    about = moves or _WHY_OR_LIES.search(heard.text) is not None or of_city
    if _URBAN not in heard.text and not about and len(named) < _SEVERAL:
        return None  # 那丹徒算吗 is judged
    rest = re.sub(r"\W", "", rest)
    if (
        not (_WHETHER_WITHIN.fullmatch(rest) or (moves and names_nothing(rest)))
        or (found := _region_asked(context)) is None
    ):
        return None
    finding, condition, city = found
    context = context.without_asked_district()
    lines = lifecycle_lines(context.words, [finding.document])
    lines += [wording("region.of_city", place=named[0], city=city.name)] if of_city else []
    for name in named:
        if (inside := is_within(name, city.urban)) is not None:
            lines.append(wording("region.inside" if inside else "region.outside", place=name, city=city.name))
    mark = context.words.condition_mark(finding, condition)
    parts, others = "、".join(city.urban_parts), "、".join(city.others)
    lines.append(wording("region.parts", city=city.name, parts=parts, others=others, mark=mark))
    lines += [wording("region.moved", city=city.name)] if moves else []
    lines += [wording("region.branch")] if _A_BRANCH.search(heard.text) else []
    conversation = context.conversation.with_focus((finding.support.id,), (finding.document.city,))
    offers = suggestions("can_we", "department", "broad")
    return Draft(Outcome.INFORMATION, conversation, tuple(lines), question=context.standing, suggestions=offers)


def tell_owners(context: Context) -> Draft | None:
    """民营还是国企影响大吗: which supports look at whose a firm is; of what was talked of first."""
    heard = context.heard
    asks = pattern("asks_of_owners").search(heard.text) is not None
    asks = asks and (not heard.speaks_of_self or _COUNTS_AS_OWNERS.search(heard.text) is not None)
    owners, before = heard.facts.get(_OWNERS), context.before.facts.get(_OWNERS)
    told_now = owners is not None and bool(context.before.focus)  # 改制了，现在是国企，有影响吗
    told_now = told_now and not (before and owners and before.value == owners.value)
    may = pattern("may_owners").search(heard.text) is not None  # 外资企业能申请吗
    may = may and not (context.before.focus or read_figures(heard.text) or titles_named(heard.text))
    if may:
        context = replace(context, before=context.conversation)
    if not (asks or may) or told_now or context.answered:
        return None
    supports = context.library.supports
    own = context.before.profile[CITY]
    if context.finder.named(heard.text, heard.cities or ((str(own),) if own in served_cities() else ())):
        return None
    focus = () if context.before.broad else context.before.focus[:_FEW]
    talked = [context.assess(supports[key]) for key in focus if key in supports]
    told = tuple(dict.fromkeys(f.document.city for f in talked)) or ((str(own),) if own in served_cities() else ())
    asked = heard.cities or told or tuple(served_cities())
    here = [context.assess(s) for s in supports.values() if context.library.document(s.id).city in asked]
    lines = [_on_owners(context, finding) for finding in talked]
    for city in asked:
        found = [f for f in here if f.document.city == city and _condition_on_owners(f)]
        others = [f for f in found if f.support.id not in focus]
        if found or len(asked) == 1:
            key = "only" if others else "no_others" if found else "none"
            lines.append(wording(f"owners.{key}", city=city_name(city)))
            lines += [_on_owners(context, finding) for finding in others]
    lines = [*lifecycle_lines(context.words, [f.document for f in talked]), *dict.fromkeys(lines)]
    return Draft(
        Outcome.INFORMATION, context.before, (*lines, wording("owners.undefined")), findings=tuple(talked),
        question=context.question_for(context.before), suggestions=suggestions("can_we", "broad"),
    )  # fmt: skip


def _condition_on_owners(finding: Finding) -> Condition | None:
    return next((c for c in finding.support.when if c.slot == _OWNERS), None)


def _on_owners(context: Context, finding: Finding) -> str:
    condition, title = _condition_on_owners(finding), finding.support.title
    if condition is None:
        return wording("owners.no_matter", title=title, mark=context.words.benefit_mark(finding))
    mark = context.words.condition_mark(finding, condition)
    return wording("owners.matters", title=title, condition=condition.text, mark=mark)


def _region_asked(context: Context) -> tuple[Finding, Condition, City] | None:
    """A support that was talked of, or of the city that is named, with the region that a condition of it names."""
    focus = (*(e.key for e in context.subject.supports), *context.before.focus)
    near = [context.library.supports[key] for key in focus if key in context.library.supports]
    here = set(context.heard.cities)
    near += [s for s in context.library.supports.values() if context.library.document(s.id).city in here]
    urban = {city.urban: city for city in cities()}
    for support in near:
        for condition in support.when:
            if condition.within in urban:
                return context.assess(support), condition, urban[condition.within]
    return None


def _why_no_more(context: Context) -> Draft | None:
    """为什么说到期了: the words that say until when the documents talked of hold."""
    cities = context.heard.cities or context.conversation.focus_cities
    documents = [d for d in context.library.documents.values() if d.city in cities and d.record.official]
    lines = [line for d in documents for line in validity_lines(context.words, d)]
    if not lines:
        return None
    offers = suggestions("broad")
    return Draft(Outcome.PROOF, context.conversation, tuple(lines), question=context.standing, suggestions=offers)


def _in_chinese(number: int) -> str:
    """11 → 十一, for numbers below a hundred."""
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones]}"


def _where_it_stands(context: Context, finding: Finding) -> list[str]:
    """The provision that holds a support, by its number and heading and those of what it stands in."""
    document, path = finding.document, finding.support.provision
    mark = context.words.benefit_mark(finding)
    above = [provisions.name_of(document.provisions[p]) for p in (path.rpartition("/")[0], path) if p]
    above = [_NUMBERED.sub(lambda found: f"（{_in_chinese(int(found.group(1)))}）", name) for name in above]
    return [wording("proof.place", document=document.record.short_title, place="".join(above), mark=mark)]


def say_again(context: Context) -> Draft | None:
    """不是很明白, 原则上可以啥意思: a word of ours explained; or what was talked of in other words, and whom to ask."""
    if told := own_words.explain(context):
        return told
    if not ("confused" in context.heard.intents or _asks_plainly(context.heard.text)) or context.answered:
        return None
    talked = [context.library.supports[k] for k in context.before.focus[:_FEW] if k in context.library.supports]
    if not talked:
        lines = [wording("talk.confused")]
        return Draft(Outcome.TALK, context.conversation, tuple(lines), question=context.standing)
    findings = tuple(context.assess(support) for support in talked)
    shorter = _SHORTER.search(context.heard.text) is not None and not _PUZZLED.search(context.heard.text)
    lines = lifecycle_lines(context.words, [f.document for f in findings])
    lines.append(wording("talk.shorter" if shorter else "talk.confused_of"))
    for finding in findings:
        if shorter and verdicts.is_ruled_out(finding):
            lines += verdicts.refusal(context.words, finding)[:1]
        else:
            lines += answer.information_lines(context.words, finding, ("what",), "")[: 1 if shorter else None]
    return Draft(
        Outcome.INFORMATION, context.conversation, tuple(dict.fromkeys(lines)), findings=findings,
        question=context.standing, suggestions=suggestions("can_we", "department"),
    )  # fmt: skip


def _asks_plainly(text: str) -> bool:
    """做半导体的 说人话哈: whether who says what the firm does wants what was told in other words."""
    *told, last = [clause for clause in re.split(r"[，。；\s]+", text) if clause] or [""]
    is_of_trade = bool(told) and all(without_trade(c) != c and names_nothing(without_trade(c)) for c in told)
    last = last.rstrip("哈啊呀吧嘛哦呗")
    return is_of_trade and said_besides(last, "confused") != last


def sum_up(context: Context) -> Draft | None:
    """帮我总结下: what is known of the enterprise, and how each support that was talked of stands for it."""
    conversation = context.conversation
    if pattern("asks_summary").fullmatch(context.heard.text) is None or context.answered:
        return None
    city = conversation.profile[CITY]
    keys = dict.fromkeys((*conversation.trail, *conversation.goal))
    talked = [context.library.supports[key] for key in keys if key in context.library.supports]
    findings = ranked(context.assess(s) for s in talked if context.library.document(s.id).city == city)
    if not findings:
        return overview.overview(replace(context, conversation=conversation.with_goal((), broad=True)))
    labels = "、".join(fact_label(slot, fact) for slot, fact in conversation.facts.items())
    lines = [*lifecycle_lines(context.words, [f.document for f in findings]), wording("talk.summary", facts=labels)]
    lines += overview.told_by_status(context.words, findings)
    offers = suggestions("broad", "proof")
    focused = conversation.with_focus((f.support.id for f in findings), (str(city),))
    return Draft(Outcome.OVERVIEW, focused, tuple(lines), findings, question=context.standing, suggestions=offers)


def measure_gap(context: Context) -> Draft | None:
    """What is missing for a support; for everything, the near misses: those that a single fact stands against."""
    if "gap" not in context.heard.intents:
        return None
    conversation = context.conversation
    if of_the_sum := _giving_the_sum_put(context):
        findings = of_the_sum
    elif context.subject.supports:
        findings = context.findings_of(context.subject.supports)
    elif conversation.broad:
        near = [f for f in context.in_play(conversation) if _distance(f) == 1]
        findings = ranked(near)[:5]
    else:
        findings = _talked_about(context)
    if not findings and context.subject.entries:
        return None  # 链上的缺口要补齐不: a fact of the text, no condition of a support
    if not findings:
        return Draft(Outcome.GAP, conversation, (wording("gap.no_subject"),), question=context.standing)
    lines = [*lifecycle_lines(context.words, [f.document for f in findings])]
    lines += verdicts.gap_lines(context.words, findings)
    focused = conversation.with_focus(
        [f.support.id for f in findings], dict.fromkeys(f.document.city for f in findings)
    )
    return Draft(
        Outcome.GAP, focused, tuple(lines), findings=findings, question=context.standing,
        suggestions=suggestions("proof", "broad"),
    )  # fmt: skip


def _giving_the_sum_put(context: Context) -> tuple[Finding, ...]:
    """还差啥才能拿100万: what gives just that sum in one's city, for a title first."""
    put = {figure.value for figure in read_figures(context.heard.text) if figure.kind == "money"}
    own = context.conversation.profile[CITY]
    if not put or own is None or context.finder.named(context.heard.without_facts):
        return ()
    gives = [s for s in context.library.supports.values() if s.benefit.amount_cny in put]
    here = [s for s in gives if context.library.document(s.id).city == own]
    return tuple(context.assess(s) for s in sorted(here, key=lambda s: not titles_of(s)))


def _distance(finding: Finding) -> int:
    return sum(r.state is State.UNMET for r in finding.reasons)


def _talked_about(context: Context) -> tuple[Finding, ...]:
    conversation = context.conversation
    keys = [k for k in conversation.focus if k in context.library.supports] or list(conversation.goal)
    return tuple(context.assess(context.library.supports[k]) for k in keys)
