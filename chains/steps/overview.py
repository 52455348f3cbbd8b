"""Turns about everything a city offers: findings grouped by status, best first, a page at a time."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import Finding, State, Status, assess_all
from chains.finding.asked import left_out
from chains.finding.called import is_called
from chains.finding.matching import is_mere_title
from chains.finding.naming import content, core, core_words, in_their_words, without_help
from chains.finding.others import others_than_told
from chains.language.clauses import pattern, value_patterns, wishes
from chains.language.normalise import plain
from chains.language.places import find_places
from chains.language.question_words import asks_at_large, of_any_firm, subject_words
from chains.prompting import texts, wording
from chains.steps.order import STATUSES, best_first, how_many_wished, names_sum, ranked, wishes_so_many
from chains.steps.stated import gives_money
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.validity import lifecycle_lines
from chains.telling.words import Words, tight
from chains.turn import Context, Draft, Outcome
from knowledge.profile import Fact
from knowledge.regions import OTHER, city_name, city_of
from knowledge.support import Kind

_PAGE = 5
_A_WORD, _FITS = 2, 0.6
_FEW = 2  # of what only needs one thing more, beside all that is settled
_OF_MANY = frozenset({"city", "district", "tiers", "size", "ownership"})  # what many supports ask for
_WHAT = re.compile(r"方面|[这那]一?块|(?:还|又|都|会|能|可以)*(?:有|拿|享受|多)(?:到|些|点)?(?:什么|啥|哪些)")
_OF_MONEY = frozenset({Kind.AWARD, Kind.FUNDING})


def overview(
    context: Context, noted: Sequence[str] = (), *, supposed: bool = False, but: Collection[str] = ()
) -> Draft:
    """All findings of the city as far as they are settled, without the supports `but`, and the next question."""
    conversation = context.conversation
    city = conversation.profile["city"]
    question = context.question_for(conversation)
    if city is None:
        start = (*noted, wording("interview.start"))
        return Draft(Outcome.INTERVIEW, conversation, start, question=question)
    if city == OTHER:
        name = verdicts.own_fact(context.words, "city") or city_name(OTHER)
        text = wording("broad.other_city", city=city_of(name))
        return Draft(Outcome.OTHER_CITY, conversation, (*noted, text), abstained=True)
    findings = ranked(context.in_play(conversation))
    lines = [*lifecycle_lines(context.words, [f.document for f in findings]), *noted]
    told = best_first(
        [f for f in findings if f.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}], conversation.profile
    )
    told = [f for f in told if f.support.id not in but and not verdicts.is_after_the_term(context.words, f)]
    settled, page = _newly_settled(context), how_many_wished(context.heard.text, _PAGE)
    told.sort(key=lambda f: f.support.id not in settled)  # what this message settled comes first
    before = (s for s in context.before.listed if context.library.document(s).city == city)
    stand = {f.support.id for f in told}.issuperset(before)
    goes_on = question is not None and stand and _goes_on(context)
    new = [f for f in told if f.support.id in settled] if goes_on else told
    shown = sorted(new[:page], key=lambda f: STATUSES.index(f.otherwise))
    lines += _of_money(context, findings)
    if not supposed and not goes_on and all(verdicts.is_for_anyone(f, conversation.profile) for f in shown) and shown:
        key = "broad.untitled" if conversation.profile["tiers"] else "broad.title_open"
        lines.append(wording(key, city=city_name(str(city))))
    lines += listed(context.words, shown, supposed=supposed)
    nearer = () if supposed else _brought_nearer(context, findings)
    for finding in nearer:
        lines += verdicts.verdict_lines(context.words, finding)
    question = (nearer and context.question_of(nearer, conversation)) or question
    if goes_on and not (shown or nearer):
        lines.append(wording("broad.nothing_new"))
    elif not told and not any(f.otherwise is Status.UNDETERMINED for f in findings):
        lines.append(wording("broad.nothing", city=city_name(str(city))))
        lines += _refused(context.words, findings)
    elif len(new) > len(shown):
        lines.append(wording("broad.more"))
    if question is not None and told and not goes_on:
        lines.append(wording("broad.open"))
    earlier = conversation.listed if goes_on else ()
    after = conversation.model_copy(update={"listed": (*earlier, *(f.support.id for f in shown))})
    spoken_of = shown or [*nearer]  # 贷款年底到期, and then 这个要多久: of the fund
    after = after.with_focus((f.support.id for f in spoken_of), (str(city),)) if spoken_of else after
    offers = ("more", "gap", "proof") if len(told) > len(after.listed) else ("gap", "proof")
    return Draft(
        Outcome.OVERVIEW, after, tuple(lines), findings=findings, question=question, suggestions=suggestions(*offers)
    )


# 能申请什么补贴: money is asked for, with whatever else there is.
_ASKS_FOR_MONEY = re.compile(r"补[贴助]|奖[金励补]|现[金钱]|真金白银|[给有拿领][^，。；]{0,3}钱")


def _of_money(context: Context, findings: Sequence[Finding]) -> list[str]:
    """Of all there is, what gives money, or that nothing does as far as the firm is known."""
    if not _ASKS_FOR_MONEY.search(context.heard.text) or context.heard.remark:
        return []
    money = [finding for finding in findings if gives_money(finding.support)]
    had = [f.support.title for f in money if f.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}]
    if had:
        return [wording("broad.of_money", titles="、".join(had))]
    is_open = any(finding.otherwise is Status.UNDETERMINED for finding in money)
    return [wording("broad.money_open" if is_open else "broad.money_none")]


def _goes_on(context: Context) -> bool:
    """Whether a message only tells more of the enterprise: what was told before it stands, and is not told again."""
    heard, before = context.heard, context.before
    known, now = before.facts, context.conversation.facts
    changed = any(now[slot].value != fact.value for slot, fact in known.items() if slot in now)
    tells = (context.answered or bool(heard.facts or heard.reading.industry)) and not (
        changed or heard.asks or "broad" in heard.intents
    )
    return tells and bool(before.listed) and before.profile["city"] == context.conversation.profile["city"]


def _newly_settled(context: Context) -> frozenset[str]:
    """The supports that were open before this message; none where the overview only begins."""
    if not context.before.broad or context.before.profile["city"] != context.conversation.profile["city"]:
        return frozenset()
    was = context.in_play(context.before)
    return frozenset(f.support.id for f in was if f.otherwise is Status.UNDETERMINED)


def _brought_nearer(context: Context, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """贷款年底到期, with the ownership still to be told: what a message speaks for that lacks something else."""
    told = {slot for slot, fact in context.heard.facts.items() if fact.value != "no"} - _OF_MANY
    told &= set(context.conversation.facts)
    nearer = (
        finding
        for finding in findings
        if finding.otherwise is Status.UNDETERMINED
        and any(r.state is State.MET and r.condition is not None and r.slot in told for r in finding.reasons)
    )
    return tuple(nearer)[:_FEW]


def more(context: Context) -> Draft | None:
    """The next page of what an overview found; 除了钱还有什么: of it what is no money."""
    conversation = context.conversation
    if _asks_for_all(context):
        return _tell_all(context)
    # 除了钱，省专在盐城还有啥实在的好处: whatever it says of the firm
    asked = (context.heard.text, re.sub(r"\s+在?|在(?=还)", "", context.heard.without_facts))
    no_money = any(pattern("besides_money").fullmatch(text) for text in asked)
    if not no_money and ("more" not in context.heard.intents or _names_a_topic(context.heard.text)):
        return None
    if not (no_money or conversation.broad) and others_than_told(context.heard, context.before, context.finder):
        return None  # 资金上还有别的补助吗, after a free diagnosis
    if not conversation.broad:
        if not no_money and not context.before.focus and _names_what_there_is(context.heard.text):
            return None
        conversation = conversation.with_goal((), broad=True)
        if not (no_money and conversation.profile["city"]):
            return overview(replace(context, conversation=conversation))
    judged = conversation.with_facts(_title_listed_for(conversation))
    words = replace(context.words, profile=judged.profile)
    findings = ranked(context.in_play(judged))
    told = best_first([f for f in findings if f.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}], judged.profile)
    told = [f for f in told if not (no_money and _gives_money(f))]
    left = [f for f in told if f.support.id not in conversation.listed] or (told if no_money else [])
    page = len(left) if _ALL.search(context.heard.text) else 2 * _PAGE
    shown, left = left[:page], left[page:]
    if not shown:
        return Draft(Outcome.OVERVIEW, conversation, (wording("broad.no_more"),), question=context.standing)
    lines = [*lifecycle_lines(context.words, [f.document for f in shown])]
    lines += [wording("broad.more_head")] if conversation.listed else []
    lines += listed(words, shown)
    if left:
        lines.append(wording("broad.more"))
    after = conversation.model_copy(update={"listed": (*conversation.listed, *(f.support.id for f in shown))})
    after = after.with_focus((f.support.id for f in shown), dict.fromkeys(f.document.city for f in shown))
    return Draft(
        Outcome.OVERVIEW,
        after,
        tuple(lines),
        findings=tuple(shown),
        question=context.question_for(after),
        suggestions=suggestions(*(("more", "gap") if left else ("gap",))),
    )


def _title_listed_for(conversation: Conversation) -> dict[str, Fact]:
    """还有别的吗, after what there is for whoever holds a title: that title."""
    supposed = conversation.supposed
    return {"tiers": supposed["tiers"]} if supposed.keys() == {"tiers"} and conversation.listed else {}


def _names_what_there_is(text: str) -> bool:
    """听讲有交通补贴 还有别的补贴不: whether a thing is named beside which more is asked for."""
    clauses = (clause for clause in re.split(r"[，。；！？\s]", text) if clause and not _ELSE.search(clause))
    return any(without_help(clause) != clause and len(core(clause)) >= _A_WORD for clause in clauses)


def _asks_for_all(context: Context) -> bool:
    """一共有几项 全部念一遍, after some of all that there is: that all of it be told; nothing else is named."""
    heard, asked = context.heard, pattern("all_of_list").search(context.heard.text)
    if not context.before.broad or not context.before.listed or asked is None or heard.facts or heard.cities:
        return False
    return not re.sub(r"\W", "", pattern("of_all_of_list").sub("", heard.text))


def _tell_all(context: Context) -> Draft:
    """All that is open to the enterprise, counted; what is left of it where the rest is asked for."""
    conversation = context.conversation
    found = [f for f in ranked(context.in_play(conversation)) if f.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}]
    left = [f for f in found if f.support.id not in conversation.listed]
    shown = left if left and _REST.search(context.heard.text) else found
    head = wording("broad.more_head") if shown is left else wording("broad.all_head", count=len(found))
    question = context.question_for(conversation)
    lines = [*lifecycle_lines(context.words, [f.document for f in shown]), head, *listed(context.words, shown)]
    lines += [wording("broad.open")] if question else []
    keys = tuple(f.support.id for f in shown)
    after = conversation.model_copy(update={"listed": tuple(dict.fromkeys((*conversation.listed, *keys)))})
    after = after.with_focus(keys, dict.fromkeys(f.document.city for f in shown))
    offers = suggestions("gap")
    return Draft(Outcome.OVERVIEW, after, tuple(lines), tuple(shown), question=question, suggestions=offers)


def _gives_money(finding: Finding) -> bool:
    support = finding.support
    return support.kind in _OF_MONEY or support.benefit.amount_cny is not None


def anything_else(context: Context) -> Draft | None:
    """那国企有什么能办的, 没批下来之前呢: all that is open to the enterprise as it is, whatever was talked of."""
    heard, own = context.heard, context.conversation.facts
    asked = any(pattern(name).fullmatch(heard.text) for name in ("anything_else", "before_the_title"))
    asked = asked or _besides_what_was_told(context) or _asks_what_else(context)
    others = any(slot not in own or own[slot].value != fact.value for slot, fact in heard.reading.of_kind.items())
    elsewhere = set(heard.cities) - {context.before.profile["city"]}
    if not asked or others or context.answered or elsewhere:
        return None
    but = _but_what_is_left_out(context)
    return overview(replace(context, conversation=context.conversation.with_goal((), broad=True)), but=but)


def _asks_what_else(context: Context) -> bool:
    """丹阳还有啥能沾上的, 外资还能享受镇江别的啥: all else there is, of what and where the firm is."""
    clauses = [clause for clause in re.split(r"[，。；！\s]+", context.heard.text) if clause]
    clauses = clauses[:-1] if len(clauses) > 1 and wishes_so_many(clauses[-1]) else clauses  # 还有啥好处 挑两个最值的
    wished = (c for c in clauses[:-1] if wishes(c) and in_their_words(c) != c)  # 想走出国门，还有什么别的可以用
    if not clauses or any(wished) or any(pattern("question").search(c.rstrip("吧")) for c in clauses[:-1]):
        return False
    last = clauses[-1]
    for start, end in sorted(((start, end) for _, start, end in find_places(last)), reverse=True):
        last = last[:start] + last[end:]
    for tier, regex in value_patterns()["tiers"]:
        last = regex.sub("", last) if tier in (context.conversation.profile["tiers"] or ()) else last
    return pattern("what_else").fullmatch(of_any_firm(last)) is not None


# 那除了参展，我们还能拿什么: all besides what was told.
_LEFT_OUT = re.compile(
    r"^(?:那|好|行|[，,\s])*(?:除|撇|抛)(?:了|开|去|掉)?(?P<name>[^，。；]{2,10}?)(?:这[个项块些])?(?:以外|之外|外)?[，,\s]*(?=(?:我们?|咱们?|公司)*(?:还|别的|其他|有没有))"
)
# 还有啥能帮我们省钱的: what any help does.
_OF_SAVING = re.compile(r"(?:能|可以)?(?:帮|给|让|替)(?:我们?|咱们?|企业|公司)(?:省点?钱|减负|降成本|用)的?")


def _besides_what_was_told(context: Context) -> bool:
    """Whether a message asks for all there is, and leaves out by a word of it what was told."""
    match = _LEFT_OUT.match(context.heard.text)
    rest = context.heard.text[match.end() :] if match else ""
    rest = _OF_SAVING.sub("", rest)
    if match is None or not any(pattern(name).fullmatch(rest) for name in ("anything_else", "everything")):
        return False
    told = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    known = plain("".join(part for entry in told for part in (entry.title, entry.quote, *entry.questions)))
    name = match["name"]
    return any(name[i : i + 2] in known for i in range(len(name) - 1))


def _but_what_is_left_out(context: Context) -> frozenset[str]:
    """除了担保，还有啥能帮我们省钱的: the supports that are called by what is left out."""
    name = left_out(context.heard.text)
    return frozenset(e.key for e in context.finder.entries if name and is_called(e, name))


# 总之都弄不了是吧: what was told is to be confirmed.
_IS_IT_SO = re.compile(r"(?:是|对)(?:吧|吗|不是|么)|是不是|对不对|[吧吗][？?]?$")


def tell_way_out(context: Context) -> Draft | None:
    """也不行啊, 那怎么办, after a refusal: what stands against it, the way there, and what is open instead."""
    text = context.heard.text
    asked = context.heard.remark == "let_down" or any(pattern(name).fullmatch(text) for name in ("gives_up", "way_out"))
    talked = [context.library.supports[key] for key in context.before.focus if key in context.library.supports]
    findings = [context.assess(support) for support in talked]
    refused = [
        f for f in findings if verdicts.is_ruled_out(f) and f.document.city == context.conversation.profile["city"]
    ]
    if not asked or not refused or context.answered or context.heard.facts:
        return None
    found = open_to(context)
    shown = tuple(f for f in found if f.document.city == context.conversation.profile["city"])
    lines = lifecycle_lines(context.words, [f.document for f in refused])
    if _IS_IT_SO.search(text):
        lines.append(wording("gap.all_refused" if len(refused) > 1 else "gap.refused"))
    lines += verdicts.refusals(context.words, refused[:_PAGE])
    lines += [wording("broad.still_open"), *listed(context.words, shown)] if shown else []
    after = context.conversation.with_goal((), broad=True)
    after = after.model_copy(update={"listed": tuple(f.support.id for f in shown)})
    after = after.with_focus(
        (f.support.id for f in (*shown, *refused)), dict.fromkeys(f.document.city for f in refused)
    )
    return Draft(
        Outcome.GAP,
        after,
        tuple(dict.fromkeys(lines)),
        findings=(*refused, *shown),
        question=context.question_for(after),
        suggestions=suggestions(*(("more", "proof") if shown else ("proof", "broad"))),
    )


_FURTHER = re.compile(
    r"除了?[^，。；\s]{1,8}?(?=还|$)|除了?[^，。；\s]{1,8}|以外|之外|另外|还|有|没有?|别的|其他的?|更多|继续|哪些|什么|啥|方面|这块"
)


_ELSE = re.compile(r"别的|其他|还有")
_ALL = re.compile(r"全部|都列|完整|剩下")
# 第一次那个单子: the list that was told.
_THE_LIST = re.compile(
    r"(?:第一次|最开始|一开始|开头|最早|最先|刚才|前面|之前|上面)?(?:你|您)?[给列说报发]?的?[那这]一?[个张份]?(?:单子|清单|名单|列表|表)(?:上|里[头边面]?)?"
)
_REST = re.compile(r"剩下|余下|后面|其余")


def _names_a_topic(text: str) -> bool:
    """人才方面还有别的吗: more of one thing, no more of the list."""
    asking = (clause for clause in re.split(r"[，。；！？\s]", _THE_LIST.sub(" ", text)) if _ELSE.search(clause))
    return any(len(content(subject_words(_FURTHER.sub(" ", clause))).replace(" ", "")) >= _A_WORD for clause in asking)


def of_thing(context: Context, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """要是评上省专，贷款能有啥: of some findings those of the thing that the clause names which asks; else all."""
    clauses = [c for c in re.split(r"[，。；！？?\s]", context.heard.text) if asks_at_large(c) or _WHAT.search(c)]
    things = [thing for clause in clauses[-1:] for thing in core_words(without_help(_WHAT.sub(" ", clause))).split()]
    things = [thing for thing in things if len(thing) >= _A_WORD and not is_mere_title(thing)]
    held = context.finder.coverage
    found = tuple(f for f in findings if any(held(thing, f.support.id) >= _FITS for thing in things))
    return found or tuple(findings)


def open_to(context: Context) -> tuple[Finding, ...]:
    """The best of what an enterprise can have in its city, a page of it."""
    found = ranked(assess_all(context.library, context.conversation.profile, context.words.as_of))
    return tuple(f for f in found if f.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL})[:_PAGE]


def listed(words: Words, shown: Sequence[Finding], *, supposed: bool = False) -> list[str]:
    """Findings by what holds for them, or would hold if it were as `supposed`, a line each."""
    groups: dict[str, list[Finding]] = {}
    anyone = [f for f in shown if not supposed and verdicts.is_for_anyone(f, words.profile)]
    for finding in sorted(shown, key=lambda f: (f in anyone, STATUSES.index(f.otherwise), not f.support.applied_for)):
        if finding.otherwise is not Status.INELIGIBLE:
            name = (
                wording("broad.for_anyone") if finding in anyone else verdicts.status_name(finding, supposed=supposed)
            )
            groups.setdefault(name, []).append(finding)
    lines: list[str] = []
    for name, group in groups.items():
        lines += [wording("broad.group", status=name), *titles_of_each(words, group)]
    return lines


def titles_of_each(words: Words, findings: Sequence[Finding]) -> list[str]:
    """The titles of findings, a line each, with what is given where that is a sum."""
    lines: list[str] = []
    for finding in findings:
        mark = words.benefit_mark(finding)
        title, benefit = finding.support.title, finding.support.benefit
        if benefit.period is None and not names_sum(finding.support):
            lines.append(wording("broad.short", title=title, mark=mark))
        else:
            lines.append(wording("broad.line", title=title, benefit=tight(benefit.text), mark=mark))
    return lines


def told_by_status(words: Words, findings: Sequence[Finding]) -> list[str]:
    """Findings by their verdict, a line each; those refused with the reason."""
    refused = [f for f in findings if f.otherwise is Status.INELIGIBLE]
    lines = listed(words, [f for f in findings if f not in refused])
    lines += [wording("broad.group", status=texts("status")[Status.INELIGIBLE.value])] if refused else []
    return [*lines, *_refused(words, refused)]


def _refused(words: Words, findings: Sequence[Finding]) -> list[str]:
    """The most valuable of what is refused, each with the one thing that is missing."""
    refused = [f for f in findings if f.otherwise is Status.INELIGIBLE][:3]
    return [wording("broad.why", title=f.support.title, because=verdicts.refusal_reason(words, f)) for f in refused]
