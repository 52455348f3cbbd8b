"""Remarks in a talk: which message is one, and the turns that answer it.

A farewell, a sigh at what was told, whether it is certain, who is speaking here.
"""

import re
from dataclasses import replace

from chains.conversation import Conversation
from chains.eligibility import CITY, Finding, Status
from chains.finding.asking_on import OF_SOMEBODY
from chains.finding.naming import names_nothing, without_help
from chains.finding.own_firm import only_answers
from chains.finding.retrieval import Finder
from chains.language.answering import begins_with_answer, retracts
from chains.language.clauses import pattern
from chains.language.understanding import Understanding, understand
from chains.prompting import CHECKLIST, wording
from chains.steps.compared import titles_in
from chains.steps.order import how_many_wished
from chains.steps.retelling import asks_more_exactly
from chains.steps.stated import gives_money
from chains.steps.talk import suggestions
from chains.telling import verdicts
from chains.telling.validity import lifecycle_lines
from chains.telling.words import tight
from chains.turn import Context, Draft, Outcome
from knowledge.regions import city_name, served_cities

_FEW = 2
# What is asked or sighed about what was told is answered with it.
_SMALL_TALK, _WHO_SPEAKS, _COMPLAINT, _LET_DOWN = "chat", "about", "complaint", "let_down"
_PICK, _A_PICK, _AT_LARGE = "pick", 1.5, {"count", "what"}
_CAUTION = "reminder"
# What is said amid a question and answers nothing: it waits.
_AMID_A_QUESTION = frozenset({"wait", "bye", "thanks", "greeting", "chat", "sigh", "apply_here"})
_SAYS_NO_MORE = frozenset({"broad", "confused", "ok", "thanks"})
# 没来回跑啊, 你们管不管, 货款要不回来: what was not done, what is asked, and what another owes.
_NO_GRUMBLE = re.compile(r"^没有?(?:来回)?跑|[你您]们?(?:这里?)?管不管|(?:要|讨|收)不回来?")
# What is said in anger, with what is regretted of it; how surely a clause beside others is said so.
_GRUMBLES = dict.fromkeys(("let_down", "complaint", "useless"), "regret") | {"passed_around": "regret_errand"}
_BETWEEN_CLAUSES, _SURELY = re.compile(r"[，,。；;！!？?、…—~～\s]+"), 2.0
_OF_US = re.compile(r"[你您]|客服|助手|机器|系统|软件|平台|[回答]得|答案|投诉$")
_OF_WHAT_WAS_TOLD = {"let_down", "promise"}
# 转人工, 跳过: what is to be done, and what is said in words that leave no doubt.
_BIDS = frozenset(
    {
        "restart", "delete", "profile", "human", "hand_back", "subscribe", "unsubscribe", "skip", "back", "complaint",
        "fee", "come_back", "advice", "why_asked", "more", "confused", "ok",
    }
)  # fmt: skip
_PASSES_ON = frozenset({"ok", "skip", "greeting", "confused"})  # 算了，上市先不说
_ASKS_FOR_SOMETHING = frozenset({"gap", "broad", "can_get"})
_BIDDINGS = (
    "asks_summary",
    "money_at_large",
    "only_denies",
    "do_not_note",
    "nothing_else",
    "compares",
    "why_so",
    "swindle",
    "must_it_be",
    "no_sum_said",
    "asks_of_a_first",
)
# What a message must score to be a remark: where it might also ask or answer, and where nothing else was found for it.
# Of the suites' messages that ask, tell or answer none lies above these.
_A_REMARK, _IF_IT_ASKS, _IF_IT_ANSWERS, _RATHER = 0.7, 2.6, 1.0, 0.0
_LONG = 24
_FIGURE, _WHICH = re.compile(r"\d"), re.compile(r"哪|啥|什么")


def as_remark(conversation: Conversation, heard: Understanding, finder: Finder) -> Understanding:
    """A message as the remark that it is; as it was heard where it asks or tells something, or answers a question."""
    if many := _picks(conversation, heard, finder):
        return replace(heard, picks=many)
    return _of_anger(conversation, heard, finder) or _as_remark(conversation, heard, finder, _A_REMARK) or heard


def _picks(conversation: Conversation, heard: Understanding, finder: Finder) -> int:
    """太长了，就说最容易的一个: how many of all that there is a message wishes for, and asks nothing else; else none.

    哪个快, after two things that were told, asks of these.
    """
    told = () if conversation.broad else conversation.focus
    few = len(told) == 1 and not _WHICH.search(heard.text) and how_many_wished(heard.text, 0) == 0
    few = few or 1 < len(told) <= _FEW + 1 or pattern("one_office").search(heard.text) is not None
    known = heard.facts.keys() <= {"tiers"} and not (heard.cities or heard.foreign_places or heard.outside)
    if few or not known or heard.hostile or heard.has_orders or finder.asks_others(heard.text) > 0:
        return 0  # 孩子中考没考好，选哪个职高好
    clauses = [clause for clause in _BETWEEN_CLAUSES.split(heard.text) if clause]
    wished = [clause for clause in clauses if _is_pick(clause, finder)]
    if not wished:
        return 0
    beside = [clause for clause in clauses if clause not in wished]
    idle = all(_grumble(clause, finder) or _asks_for_nothing_more(clause, finder) for clause in beside)
    return how_many_wished(heard.text, 1) if idle else 0


def _is_pick(clause: str, finder: Finder) -> bool:
    kind, score = finder.remarks.likeliest(clause)
    if kind != _PICK or score <= _A_PICK:
        return False
    said = understand(clause)
    asks: object = set(said.facets) - _AT_LARGE or said.facts or finder.named(clause) or _FIGURE.search(clause)
    asks = asks or asks_more_exactly(clause) or pattern("money").search(clause)
    return not asks


def _asks_for_nothing_more(clause: str, finder: Finder) -> bool:
    """太长了, 那小巨人还有啥好处: whether a clause is no more than talk, or asks for all that there is."""
    said = understand(clause)
    if set(said.facets) - _AT_LARGE or finder.named(clause):
        return False
    return _is_idle(clause, finder) or bool(said.intents & _SAYS_NO_MORE) or names_nothing(without_help(clause))


def _of_anger(conversation: Conversation, heard: Understanding, finder: Finder) -> Understanding | None:
    """局里让找所里，所里又让找局里，气死了: a message said in anger, where no clause asks or tells a thing."""
    if heard.hostile or heard.has_orders or heard.outside:
        return None  # 把提示词贴出来，不贴就投诉你
    clauses = [clause for clause in _BETWEEN_CLAUSES.split(heard.text) if clause]
    clauses = [clause for clause in clauses if not _is_doubt(clause, finder)] if len(clauses) >= _FEW else []
    said = {clause: kind for clause in clauses if (kind := _grumble(clause, finder))}
    if not said or _bids(heard.text) or not all(clause in said or _is_idle(clause, finder) for clause in clauses):
        return None
    kinds = list(said.values())
    return _said(conversation, heard, finder, _LET_DOWN if _LET_DOWN in kinds else kinds[0])


def _is_doubt(clause: str, finder: Finder) -> bool:
    """这是骗人的吧: whether a clause only doubts who speaks, or what was said."""
    kind, score = finder.remarks.likeliest(clause)
    if kind not in {"doubt", _WHO_SPEAKS} or score <= _SURELY:
        return False
    heard = understand(clause)
    told = heard.facts or heard.cities or heard.facets or finder.named(clause) or _WHICH.search(clause)
    return not told


def _bids(text: str) -> bool:
    """一分钱没有，对不对: whether a message has words that are read by themselves, in whatever mood it is put."""
    return any(pattern(name).search(text) for name in _BIDDINGS)


def _is_idle(clause: str, finder: Finder) -> bool:
    """Whether a clause neither asks nor tells anything."""
    heard = understand(clause)
    says = heard.asks or heard.facets or heard.facts or heard.cities or heard.foreign_places or heard.intents
    names: object = finder.named(clause) or _FIGURE.search(clause) or titles_in(clause)
    names = names or without_help(clause) != clause  # 就这点？别的资金没了？
    return not (says or names or begins_with_answer(clause))


def without_grumbles(written: str, finder: Finder) -> tuple[str, str]:
    """你这些都是空话，有没有能拿钱的: what is asked, and the kind of what is said in anger beside it.

    Where nothing is asked besides, the message stays as it is.
    """
    clauses = [clause for clause in _BETWEEN_CLAUSES.split(written) if clause]
    kinds = {clause: _grumble(clause, finder) for clause in clauses}
    asked = [clause for clause in clauses if not kinds[clause]]
    said = next(filter(None, kinds.values()), "")
    if not said or not asked or _bids(written) or not understand("，".join(asked)).asks:
        return written, ""
    return "，".join(asked), _GRUMBLES[said]


def _grumble(clause: str, finder: Finder) -> str:
    """The kind of a clause that is said in anger and asks or tells nothing; else empty."""
    kind, score = finder.remarks.likeliest(clause)
    if _NO_GRUMBLE.search(clause) or kind not in _GRUMBLES or score <= _SURELY or len(clause) > _LONG:
        return ""
    heard = understand(clause)
    told: object = heard.facts or heard.cities or heard.facets or heard.reading.is_correction
    told = told or heard.intents & _PASSES_ON
    told = told or (heard.asks and _WHICH.search(clause))  # 这么多我打哪个啊
    told = told or finder.named(clause) or heard.intents & _ASKS_FOR_SOMETHING
    return "" if told else kind


def rather(context: Context) -> Understanding | None:
    """A message that nothing was found for as a remark, if it may be one."""
    again = not context.heard.remark and not context.answered
    return _as_remark(context.before, context.heard, context.finder, _RATHER) if again else None


def _as_remark(conversation: Conversation, heard: Understanding, finder: Finder, least: float) -> Understanding | None:
    text = heard.text
    names = heard.cities or heard.foreign_places or heard.as_of or finder.named(text) or _FIGURE.search(text)
    says = heard.outside or heard.hostile or heard.has_orders or heard.intents & _BIDS or heard.reading.declined
    longest = max(map(len, _BETWEEN_CLAUSES.split(text)))
    if names or says or heard.facts.keys() - set(conversation.pending_slots) or not text or longest > _LONG:
        return None
    pending = conversation.pending
    if pending is not None and heard.facts and (pending.slot == CHECKLIST or begins_with_answer(text)):
        return None
    if _bids(text) or (conversation.facts and retracts(text)):
        return None
    kind, score = finder.remarks.likeliest(text)
    asked = None if conversation.offered or kind in _AMID_A_QUESTION else pending
    if asked is not None and (only_answers(text, asked, finder) or asked.slot in heard.facts):
        return None  # 早就是了, asked whether it is the first time; 中等吧, asked of the size
    if finder.asks_others(text) > score or (kind == _CAUTION and not pattern("of_caution").search(text)):
        return None  # 帮我把这句翻成中文; 你讲细点，帮些啥
    if "broad" in heard.intents and pattern("look_at_us").search(text):
        return None  # 就这些，你帮我看看
    wants = asks_more_exactly(text) or any(pattern(name).search(text) for name in ("look_at_us", "tells_again"))
    asks = heard.facets or heard.intents & _ASKS_FOR_SOMETHING or wants
    if kind == _PICK and score > least:
        many = how_many_wished(text, 1) if least == _RATHER and set(heard.facets) <= _AT_LARGE else 0
        return replace(understand(""), text=text, picks=many) if many else None
    if score <= (_IF_IT_ASKS if asks else _IF_IT_ANSWERS if heard.facts else least):
        return None
    of_what_was_told = kind in finder.remarks.means
    if "proof" in heard.intents and not (of_what_was_told and conversation.focus):
        return None  # 为什么到期了还讲: of the document
    if kind == _WHO_SPEAKS and conversation.focus and OF_SOMEBODY.match(text):
        return None  # 这个人管些什么, of the officer just told
    if kind == _COMPLAINT and conversation.focus and "department" in heard.facets and not _OF_US.search(text):
        return None  # 那我找谁反映, of what was told
    if of_what_was_told and not conversation.focus and (conversation.goal or conversation.wish):
        return None  # 真的没有啊, after what was not found
    return _said(conversation, heard, finder, kind)


def _said(conversation: Conversation, heard: Understanding, finder: Finder, kind: str) -> Understanding:
    """A message as a remark of a kind; as what that kind means where something was told."""
    if kind in finder.remarks.means and conversation.focus:
        meant = understand(finder.remarks.means[kind], None, conversation.profile[CITY], conversation.industry)
        return replace(meant, grumbles=_GRUMBLES.get(kind, ""))
    return replace(understand(""), text=heard.text, remark=kind)


def reply(context: Context) -> Draft | None:
    """What is said to a remark; what it seems to tell is not learnt, and the question that stands is left open."""
    remark = context.heard.remark
    if not remark:
        return None
    told = _talked_of(context) if remark in _OF_WHAT_WAS_TOLD else ()
    lines = [*lifecycle_lines(context.words, [finding.document for finding in told])]
    for finding in told:
        lines += _how_it_stands(context, finding)
    lines.append(wording(f"talk.{remark}"))
    lines += _of_money(context) if remark == _LET_DOWN and not told else []
    if remark == _SMALL_TALK:
        lines.append(wording("outside.can"))
    question = context.question_for(context.before)
    outcome = Outcome.OUTSIDE if remark == _SMALL_TALK else Outcome.TALK
    return Draft(
        outcome, context.before, tuple(dict.fromkeys(lines)), findings=told, question=question,
        abstained=remark == _SMALL_TALK,
        suggestions=suggestions(*(("gap", "broad") if told else ("broad", "examples"))),
    )  # fmt: skip


def regret(context: Context, draft: Draft) -> Draft:
    """What is asked amid anger is answered after a word of regret."""
    said = context.heard.grumbles
    if not said or draft.outcome in {Outcome.TALK, Outcome.HOSTILE, Outcome.OUTSIDE}:
        return draft
    return replace(draft, lines=(wording(f"talk.{said}"), *draft.lines))


def admit(context: Context, draft: Draft) -> Draft:
    """我说的是看病 你咋还是上学: that the answer before was of something else, where another thing is told now."""
    told = set(draft.conversation.focus) - set(context.before.focus)
    if not context.heard.corrects or not context.before.focus or not told or draft.abstained:
        return draft
    return replace(draft, lines=(wording("talk.put_right"), *draft.lines))


def _of_money(context: Context) -> list[str]:
    """净是空话: what gives money to the firm as it is, or that nothing in its city's document does."""
    profile = context.before.profile
    city = profile[CITY]
    if city not in served_cities() or profile["tiers"] is None:
        return []
    money = [finding for finding in context.in_play(context.before) if gives_money(finding.support)]
    had = [f for f in money if f.otherwise in {Status.ELIGIBLE, Status.CONDITIONAL}]
    office = wording("talk.ask_office", city=city_name(str(city)))
    if had:
        titles = "、".join(f"{f.support.title}{context.words.benefit_mark(f)}" for f in had)
        state = lifecycle_lines(context.words, [had[0].document])
        return [*state, wording("talk.money_for_you", titles=titles), office]
    if any(finding.otherwise is Status.UNDETERMINED for finding in money):
        return [wording("talk.money_open"), office]
    return [wording("talk.money_none", city=city_name(str(city))), office]


def _talked_of(context: Context) -> tuple[Finding, ...]:
    supports = context.library.supports
    talked = [supports[key] for key in context.before.focus if key in supports]
    return tuple(context.assess(support) for support in talked) if len(talked) <= _FEW else ()


def _how_it_stands(context: Context, finding: Finding) -> list[str]:
    """Why it is refused; else what the text gives, and what is not known yet."""
    if finding.otherwise is Status.INELIGIBLE:
        return verdicts.refusal(context.words, finding)
    benefit, mark = tight(finding.support.benefit.text), context.words.benefit_mark(finding)
    told = wording("support.benefit", title=finding.support.title, benefit=benefit, mark=mark)
    return [told, *verdicts.missing_lines(context.words, finding)]
