"""Turns that judge what is not so: what would hold under a supposition. Nothing is remembered of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY, Finding, State, Status, assess_all
from chains.finding.followup import FITS, award_to_come, in_its_row, titles_named
from chains.finding.naming import names_nothing
from chains.language.clauses import pattern
from chains.language.firsts import MOVES, is_got_elsewhere
from chains.language.other_firms import SETS_UP, THITHER
from chains.language.question_words import asks_at_large, facets_of
from chains.language.understanding import inferred_place
from chains.prompting import texts, wording
from chains.steps import overview
from chains.steps.at_large import names_a_wish
from chains.steps.compared import asks_difference, names_titles_alone, titles_in
from chains.steps.order import best_first, ranked
from chains.steps.other_firm import (
    NAMED_ONLY,
    head_of,
    judge_another,
    judge_kind,
    of_another_told,
    tell_of_another,
)
from chains.steps.stated import awards_for, awards_instead, gives_money, lacks_award, own_award
from chains.steps.talk import say_unsaid, suggestions
from chains.telling import answer, verdicts
from chains.telling.question_word import in_what_order
from chains.telling.validity import lifecycle_lines, validity_lines
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle
from knowledge.profile import Fact, Source
from knowledge.regions import city_name, served_cities
from knowledge.support import Support

_MAX_VERDICTS, _MAX_BESIDE, _MAX_GAINED = 6, 3, 8
# 会多什么: what a supposition adds is asked for, whatever there is.
_ADDS = re.compile(r"(?:会|能|可以)?多(?:出来?|拿|得)?(?:了|些|点)?(?:什么|啥|哪)|(?:什么|啥|哪些)(?:好处|变化|不同)")
# 那我评上创新型就行了吗: whether that is enough.
_HAS_WHAT = re.compile(rf"{_ADDS.pattern}|有(?:什么|啥)[呢啊]?[?？]?$")
_ASKS_WHAT = re.compile(r"(?:什么|啥|哪些)(?:好处|支持|政策|补贴)?[呢吗啊呀？?]*$")
_WILL_DO = re.compile(r"(?:就|是不是)(?:都|全)?(?:行|能|可以|够|有|算)")
_IF = re.compile(
    r"(?:评上|拿到|获评)[^，。；以之了]{2,8}(?:就|是不是就|不就|那就)|就算|就当|权当|比方|设想|如果|假如|假设|要是|倘若|万一|等[^，。；]{0,4}评上|评上[^，。；以之]{1,8}(?:以后|之?后)"
    r"|等[^，。；]{0,8}(?:完|好|下来|通过)|(?:完|好|下来|通过)(?:了?(?:的话|之?后|以后|呢)|就?(?:可以|能))"
)
_MONEY = re.compile(r"钱|奖|补[贴助]|[拿领给发]多少|几万")
# 那以后有了呢: what stands against a verdict is supposed to be so, without naming it.
_ONCE_SO = re.compile(
    r"^那?(?:以后|将来|今后|后面)呢[?？]?$|^那?(?:要是|如果|假如|等)?(?:我们?)?(?:以后|将来|后面|今后|明年)?(?:要是|如果)?(?:我们?|也|都)*"
    r"(?:有|做|办|买|评|拿|达|满足|符合|参与|参加)(?:上|到|够)?了?(?:的话|之?后)?(?:呢|可以吗|行吗|能[^，。；]{1,4}吗)[?？]?$"
)
# 没批下来之前呢: what holds now is asked for.
_UNTIL_THEN = re.compile(
    r"^那?(?:我们?)?(?:还)?没(?:有)?(?:评上?|批|拿到?|通过)(?:下来)?(?:的时候|之?前|以前)呢?[?？]?$"
)
# Titles of which a document that gives to all firms of the kind may give more.
_OF_THE_STATE = frozenset({"little_giant", "champion"})
_DISTRICT, _FIRST, _TIERS = "district", "first_recognition", "tiers"
# 谁负责, 文件有效吗: what the text says, of whichever firm.
_OF_THE_TEXT = {"validity", "department", "procedure", "materials", "deadline", "phone", "address"}


def suppose(context: Context) -> Draft | None:
    """What would hold under a supposition. Nothing is remembered of it: the findings stay those of today's facts."""
    supposed = dict(context.heard.reading.supposed)
    if another := context.heard.reading.of_another:
        of_topic = None if context.subject.supports else of_another_told(context)
        return judge_another(context.with_subject(of_topic) if of_topic else context, another)
    if not context.heard.asks and (of_topic := of_another_told(context)):
        return judge_another(context.with_subject(of_topic), context.heard.reading.told_of_another)
    if of_him := tell_of_another(context):
        return of_him
    if in_its_row(context.heard.text, context.subject.entries, context.finder):
        return None  # 换成小巨人库里的呢, after what each pool shall spend
    told_first = next(iter(context.subject.entries), None) if context.subject.is_follow_up else None
    of_a_level = told_first is not None and told_first.support is None and bool(titles_named(told_first.quote))
    if of_a_level and NAMED_ONLY.search(context.heard.text):
        return None  # 省专呢, after the level that firms of a title shall reach: of that
    asks_for_sums = pattern("money_at_large").search(context.heard.text) and not context.subject.is_follow_up
    together = "stacking" in context.heard.facets  # 和单项冠军能一起拿吗
    if pattern("a_person").search(context.heard.text) and context.subject.is_follow_up:
        return None  # 那单项冠军企业里的老员工能领不: whether a person may, no document says
    if (kind := context.heard.reading.of_kind) and not (asks_for_sums or together or lacks_award(context, kind)):
        return judge_kind(context, kind)
    if "refund" in context.heard.facets:
        return None  # 复核没过要退吗 asks what the document says
    at_large = "broad" in context.heard.intents or asks_at_large(context.heard.text)
    at_large = at_large or (_ADDS if set(supposed) != {_TIERS} else _HAS_WHAT).search(context.heard.text) is not None
    of_all = CITY in supposed and CITY in context.before.supposed and len(context.before.focus) > _MAX_BESIDE
    of_all = of_all and not (context.heard.facets or titles_in(context.heard.text))
    at_large = at_large or of_all  # 那换成镇江呢, after all that a city has
    everything = at_large and not (context.finder.named(context.heard.text) or _wishes_for_what_is_found(context))
    if context.conversation.broad and _UNTIL_THEN.search(context.heard.text):
        return overview.overview(context)
    asked = context.heard.text.split()[-1:] if context.heard.corrects else [context.heard.text]  # 没问怎么评 评上以后呢
    once_held = any(pattern("once_held").search(text) for text in asked)
    if not supposed and once_held:
        supposed = _titles_to_come(context)
        everything = context.conversation.broad or _ASKS_WHAT.search(context.heard.text) is not None
        reading = replace(context.heard.reading, supposed=supposed)
        context = replace(context, heard=replace(context.heard, reading=reading))
    to_come = award_to_come(context.heard)
    if not supposed and to_come is not None:  # 今年申报小巨人，批下来奖不奖钱
        supposed = _not_held(context, titles_in(to_come.text))
    if not supposed and not context.heard.cities and (more := _title_that_adds(context)):
        supposed, everything = more, True
    if not supposed and _ONCE_SO.search(context.heard.text):
        return _tell_the_way(context)
    named_only = NAMED_ONLY.search(context.heard.text) is not None
    asks_on = context.subject.is_follow_up and (named_only or CITY in supposed)
    named = bool(context.heard.reading.mentioned)
    goes_on = CITY in supposed and not named and supposed.get(CITY) == context.before.supposed.get(CITY)
    supposed |= _into_town(context) if not supposed else {}
    from_afar = bool({CITY, _DISTRICT} & supposed.keys()) and context.before.profile[CITY] is not None
    is_meant = from_afar or everything or asks_on or context.heard.speaks_of_self or once_held or to_come is not None
    if not supposed or not (is_meant or _IF.search(context.heard.text)):
        return None
    asks_there = context.subject.elsewhere is not None and context.heard.asks
    if asks_there and not (everything or _IF.search(context.heard.text)):
        return None  # 搬到连云港的话也有转贷基金用么: that it is written nowhere there
    compares = asks_difference(context.heard.text) or pattern("compares").search(context.heard.text) is not None
    if len(context.heard.cities) > 1 and compares:
        return None  # 厂子想从盐城迁到南京，补贴有啥区别; 打算搬到南京或者镇江，哪边给小巨人奖励多
    entries = context.subject.supports
    moves = bool({CITY, _DISTRICT} & supposed.keys())
    there = {**inferred_place(context.heard), **supposed} if moves else supposed
    imagined = context.conversation.without_facts(*(("district",) if moves else ())).with_facts(there)
    sets_up = moves and SETS_UP.search(context.heard.text) is not None
    if sets_up:  # 在南京开个子公司能拿吗: it holds nothing of its parent's
        imagined = imagined.restarted().with_facts(there)
    if is_moved := moves and _comes_from_elsewhere(context, imagined):
        imagined = imagined.without_facts(_FIRST)
        supposed.pop(_FIRST, None)
    if is_moved and pattern("asks_of_a_first").search(context.heard.text):
        return say_unsaid(context, head_of(supposed), wording("what_if.first_elsewhere"))
    # 那我把公司搬南京去能拿吗, of a title that nobody has told of
    warns = is_moved or (MOVES.search(context.heard.text) is not None and imagined.profile[_TIERS] is None)
    caution = "its_own" if sets_up else "first_elsewhere" if warns else ""
    words = replace(context.words, profile=imagined.profile)
    within = replace(context, conversation=imagined, words=words)
    of_a_city = CITY in supposed and context.before.city_is_only_asked_about and not (entries or everything)
    # 换到淮安呢，发明专利, after another's aim
    of_a_fact = bool(context.subject.entries) and not (context.before.broad or titles_in(context.heard.text))
    if of_a_city and (context.heard.facets or of_a_fact) and not (context.heard.speaks_of_self or context.heard.facts):
        return None  # 那换到盐城，发多少, of what another city gives
    if goes_on and _OF_THE_TEXT & set(context.heard.facets):
        return None
    asks_besides = context.heard.asks and not names_nothing(context.heard.text)
    if goes_on and asks_besides and not (entries or everything or context.heard.facts):
        return None
    if moves:
        held = {"supposed": supposed, "moved": context.conversation.moved or is_moved}
        context = replace(context, conversation=context.conversation.model_copy(update=held))
    tells_alone = moves and not (context.heard.asks or context.finder.named(context.heard.text))
    asks_for_money = _MONEY.search(context.heard.text) or facets_of(context.heard.text) == ("amount",)
    of_an_award = asks_for_money and (_TIERS in there or titles_in(context.heard.text))
    if everything or tells_alone or (moves and not entries and not of_an_award):
        return _tell_gained(context, within, supposed, caution)
    if entries and (not context.subject.is_follow_up or _WILL_DO.search(context.heard.text)):
        findings = within.findings_of(entries)
    elif entries:
        findings = _gained_beside(context, within) or within.findings_of(entries)
    else:
        goal = [context.library.supports[s] for s in context.conversation.goal if s in context.library.supports]
        findings = tuple(within.assess(support) for support in goal) or _gained_beside(context, within)
    if moves:  # 我们淮安公司搬去南京评职称行么: what is there, and not what is left behind
        findings = tuple(f for f in findings if f.document.city == imagined.profile[CITY]) or findings
    first: list[str] = []
    of_titles = {_TIERS} <= set(supposed) <= {_TIERS, _FIRST, _DISTRICT, CITY} and (
        to_come is not None or names_titles_alone(context, there)
    )
    asks_for_money = asks_for_money or (of_titles and _talked_of_money(context) and not _opens(context, within))
    if of_titles and asks_for_money:
        first = _of_its_award(within, supposed[_TIERS].value)
        if first and not _awards(within, supposed[_TIERS].value):
            return _tell_no_award(context, within, supposed, first)
    if not findings and set(supposed) == {_TIERS} and context.heard.asks and not context.conversation.goal:
        return _tell_gained(context, within, supposed)  # 那如果我评上创新型，有啥
    if not findings:
        return None
    if asks_for_money:  # 明年评上小巨人，能拿多少
        meant = there[_TIERS].value if _TIERS in there else titles_in(context.heard.text)
        found = findings
        alone = to_come is not None or names_titles_alone(context, there)
        findings = awards_instead(within, () if alone else findings, meant) or findings
        if first:  # of several for all firms of the kind, the one that is asked for
            findings = tuple(f for f in findings if f in found) or findings[:1]
    now = tuple(context.assess(f.support) for f in findings)
    lines = lifecycle_lines(words, [f.document for f in findings])
    if set(context.heard.facts) - {CITY, "district"} and not moves:
        for finding, then in zip(now[:_MAX_VERDICTS], findings, strict=False):
            told = verdicts.verdict_lines(context.words, finding, brief=True)
            lines += told if told != verdicts.verdict_lines(words, then, brief=True) else []
    lines += [head_of(supposed), *first]
    if _WILL_DO.search(context.heard.text) and all(verdicts.is_ruled_out(f) for f in findings):
        lines.append(wording("what_if.not_enough"))
    lines += _cautions(findings, caution)
    for finding in findings[:_MAX_VERDICTS]:
        lines += answer.left_unsaid(words, finding, context.heard.facets, context.heard.text)
        if "deadline" in context.heard.facets and finding.lifecycle is Lifecycle.IN_FORCE:
            lines += validity_lines(words, finding.document)  # 过年前能赶上吗
        early = in_what_order(words, (finding,), context.heard.text)  # 评上之后能不能补领
        lines += [early] if early else []
        lines += verdicts.verdict_lines(words, finding, brief=True, leaves_open=early is not None)
    kept = context.conversation.with_focus(
        [f.support.id for f in findings], dict.fromkeys(f.document.city for f in findings)
    )
    offers = suggestions("gap", "broad")
    return Draft(Outcome.WHAT_IF, kept, tuple(lines), now, question=context.standing, suggestions=offers)


def _wishes_for_what_is_found(context: Context) -> bool:
    """专利想快点审下来，要是评上了能帮上啥: whether a thing is wished for, and found, beside what is supposed."""
    parts = re.split(r"[，。；！？?\s]+", context.heard.text)
    wished = any(names_a_wish(part) for part in parts if not titles_in(part))
    found = bool(context.subject.supports) and context.subject.share >= FITS
    return wished and found and not context.subject.is_follow_up


def _talked_of_money(context: Context) -> bool:
    """要是评上小巨人呢, after 有没有真金白银的钱: whether all that was told last is money that is given."""
    supports = context.library.supports
    told = [supports[key] for key in context.before.focus if key in supports]
    return bool(told) and len(told) == len(context.before.focus) and all(map(gives_money, told))


def _opens(context: Context, within: Context) -> bool:
    """要是评上小巨人呢, after what was refused for want of that title: whether a supposition opens it."""
    supports = [context.library.supports[key] for key in context.before.focus if key in context.library.supports]
    refused = [support for support in supports if verdicts.is_ruled_out(context.assess(support))]
    return any(not verdicts.is_ruled_out(within.assess(support)) for support in refused)


def _awards(within: Context, titles: Sequence[str]) -> list[Support]:
    """What the city of a supposition gives to whoever holds a title."""
    city = str(within.conversation.profile[CITY])
    return [support for title in titles for support in awards_for(within.library, city, title)]


def _of_its_award(within: Context, titles: Sequence[str]) -> list[str]:
    """That a city has no award for the one title that is supposed, of its own or at all."""
    city = within.conversation.profile[CITY]
    if city not in served_cities() or len(titles) != 1 or own_award(within.library, str(city), titles[0]):
        return []
    if titles[0] not in _OF_THE_STATE and _awards(within, titles):
        return []
    key = "what_if.no_own_award" if _awards(within, titles) else "silent.award"
    return [wording(key, city=city_name(str(city)), title=texts(_TIERS)[titles[0]])]


def _tell_no_award(context: Context, within: Context, supposed: Mapping[str, Fact], lines: Sequence[str]) -> Draft:
    """要是评上小巨人呢, asked of money where the city gives none for it: that, and no other thing."""
    city = within.conversation.profile[CITY]
    document = next(d for d in context.library.documents.values() if d.city == city)
    told = (*lifecycle_lines(within.words, [document]), head_of(supposed), *lines, wording("silent.contact"))
    offers = suggestions("broad")
    kept = context.conversation
    return Draft(Outcome.SILENT, kept, told, question=context.standing, suggestions=offers, abstained=True)


def _not_held(context: Context, titles: Sequence[str]) -> dict[str, Fact]:
    """The one title that is named, as a supposition; none where it is held."""
    left = set(titles) - set(context.conversation.profile[_TIERS] or ())
    return {_TIERS: Fact((left.pop(),), Source.INFERRED)} if len(left) == 1 else {}


def _title_that_adds(context: Context) -> dict[str, Fact]:
    """省专比创小多了哪些: the title whose supports are asked for, of a firm that holds none of it."""
    text = context.heard.text
    adds, named = _ADDS.search(text), titles_in(text)
    held = set(context.conversation.profile["tiers"] or ())
    if adds is None or not named or named[0] in held or not context.conversation.profile[CITY]:
        return {}
    return {"tiers": Fact((named[0],), Source.INFERRED)}


def _comes_from_elsewhere(context: Context, imagined: Conversation) -> bool:
    """迁到南京，小巨人还算首次吗: whether a title that is held would come from another place than it was got in."""
    own, there, text = context.conversation.profile, imagined.profile, context.heard.text
    differs = any(own[slot] not in (None, there[slot]) for slot in (CITY, _DISTRICT) if there[slot])
    moves = differs or bool(MOVES.search(text) and (context.heard.foreign_places or own[CITY]))
    city = city_name(str(there[CITY])) if there[CITY] else None
    return is_got_elsewhere(text, city, there["tiers"], moves=moves)


def _into_town(context: Context) -> dict[str, Fact]:
    """总部迁过去, after what is given to the urban area alone, to a firm outside of it."""
    talked = (context.finder.by_key[key] for key in context.before.focus if key in context.library.supports)
    reasons = [reason for finding in context.findings_of(tuple(talked)) for reason in finding.reasons]
    outside = any(r.slot == _DISTRICT and r.state is State.UNMET for r in reasons)
    return {_DISTRICT: Fact("市区", Source.STATED, "市区")} if outside and THITHER.search(context.heard.text) else {}


def _titles_to_come(context: Context) -> dict[str, Fact]:
    """The one title that was named last, or of which it was asked how one comes to hold it, if it is not held."""
    held, asked = context.conversation.profile["tiers"] or (), context.before.recognition
    named = {t for name in context.before.titles or (asked,) for t in titles_in(name)} - set(held)
    if not named and asked == wording("recognition.any"):
        named = {"provincial"} - set(held)  # 要是评上了呢, after 餐饮能不能申请专精特新
    return {"tiers": Fact((named.pop(),), Source.INFERRED)} if len(named) == 1 else {}


def _tell_the_way(context: Context) -> Draft | None:
    """Which conditions stand against what was talked of, each as the way to it."""
    findings = tuple(f for f in context.findings_of(context.subject.supports) if verdicts.is_ruled_out(f))
    if not context.subject.is_follow_up or not findings:
        return None
    lines = lifecycle_lines(context.words, [f.document for f in findings])
    for finding in findings[:_MAX_VERDICTS]:
        for condition in (r.condition for r in finding.reasons if r.state is State.UNMET and r.condition is not None):
            mark = context.words.condition_mark(finding, condition)
            lines.append(wording("verdict.way", title=finding.support.title, condition=condition.text, mark=mark))
        lines += verdicts.missing_lines(context.words, finding)
    offers = suggestions("gap", "proof", "broad")
    return Draft(Outcome.WHAT_IF, context.conversation, tuple(lines), findings, context.standing, offers)


def _cautions(findings: Sequence[Finding], caution: str) -> list[str]:
    """That a firm set up elsewhere holds what it holds itself, or that a title got elsewhere may not be new there.

    The second where one of these turns on that.
    """
    turns = caution == "its_own" or any(reason.slot == _FIRST for finding in findings for reason in finding.reasons)
    return [wording(f"what_if.{caution}")] if caution and turns else []


def _tell_gained(context: Context, within: Context, supposed: Mapping[str, Fact], caution: str = "") -> Draft | None:
    """All that a supposition opens, a line each: what is worth most first, and that there is more."""
    gained = overview.of_thing(context, _gained(context, within))
    if _MONEY.search(context.heard.text):  # 升到省级，多出来哪些钱
        gained = tuple(f for f in gained if gives_money(f.support)) or gained
    if within.conversation.profile[CITY] is None:
        return None
    shown = best_first(gained, within.conversation.profile)[:_MAX_GAINED]
    shown = sorted(shown, key=lambda f: tuple(Status).index(f.otherwise))  # as they are listed, for 第一个
    head = head_of(supposed)
    lines = [*lifecycle_lines(within.words, [f.document for f in shown]), head]
    lines += overview.listed(within.words, shown, supposed=True) or [wording("what_if.nothing")]
    lines += _cautions(shown, caution)
    if len(gained) > len(shown):
        lines.append(wording("what_if.more"))
    kept = context.conversation.with_focus([f.support.id for f in shown], dict.fromkeys(f.document.city for f in shown))
    mine = tuple(context.assess(f.support) for f in shown)
    offers = suggestions("gap", "broad")
    return Draft(Outcome.WHAT_IF, kept, tuple(lines), mine, question=context.standing, suggestions=offers)


def _gained_beside(context: Context, within: Context) -> tuple[Finding, ...]:
    """What a supposition opens beyond what was talked about; nothing if it bears on that."""
    talked = context.findings_of(context.subject.supports)
    if any(_states(within.assess(f.support)) != _states(f) for f in talked):
        return ()
    return _gained(context, within)[:_MAX_BESIDE]


def _gained(context: Context, within: Context) -> tuple[Finding, ...]:
    """What a supposition opens in the city where the enterprise would be, best first."""
    city = within.conversation.profile[CITY]
    then = assess_all(context.library, within.conversation.profile, context.words.as_of)
    here = ranked(f for f in then if f.document.city == city and f.otherwise is not Status.INELIGIBLE)
    of_titles = set(context.heard.reading.supposed) == {_TIERS}  # 评上创新型以后: what any such firm has is not gained
    return tuple(f for f in here if _met(f, of_titles) - _met(context.assess(f.support), of_titles))


def _met(finding: Finding, of_titles: bool) -> frozenset[int]:
    """Which conditions are met, by their place; only those `of_titles`, or all."""
    counted = ((i, r) for i, r in enumerate(finding.reasons) if r.slot == _TIERS or not of_titles)
    return frozenset(i for i, reason in counted if reason.state is State.MET)


def _states(finding: Finding) -> tuple[State, ...]:
    return tuple(reason.state for reason in finding.reasons)
