"""Turns that are no question about a policy: greetings, the profile, a fresh start, what is hostile."""

import re
from dataclasses import replace

from chains.finding.naming import names_nothing
from chains.language.clauses import pattern
from chains.language.question_words import said_besides
from chains.prompting import fact_label, texts, wording
from chains.telling.validity import validity_lines
from chains.turn import Context, Draft, Outcome
from knowledge.document import Lifecycle

_FEW = 3
_MANNERS = ("come_back", "greeting", "apply_here", "about", "why_asked", "trust", "ok")
# 用你要钱吗: nothing in it answers the question that waits.
_NO_ANSWER = ("fee", "complaint", "useless")
# What is said of us, unless it names what is wanted: 想上市，你们能帮什么.
_OF_US = frozenset({"about", "apply_here"})
# 法院那边你能帮我递材料吗: wherever it is to be taken.
_FOR_ME = re.compile(
    r"[你您](?:能不能|能|可以|会不会)(?:帮|替|给)(?:我们?|咱们?|忙)?(?:去|来)?(?:递|交|送|跑|催|打电话|寄|盖)"
)
# 没有, 是的: an answer to nothing that was asked.
_BARE, _BARE_ANSWER = 5, re.compile(r"^(?:都|也|还)?(?:没有?|不是|不|是|有|对|嗯)(?:的|了|啊|呀)?[。！!]?$")
_CHINESE, _LATIN, _A_SENTENCE = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[a-z]{2,}"), 5
_PASSWORD = re.compile(r"密码(?!锁|学|机|箱|破解|研究|技术|算法|产业|芯片)|登[录陆]不|账号(?:忘|登)|验证码")


def suggestions(*names: str) -> tuple[str, ...]:
    known = texts("suggestions")
    return tuple(known[name] for name in names)


def say(
    context: Context, outcome: Outcome, *lines: str, abstained: bool = False, offers: tuple[str, ...] = ()
) -> Draft:
    conversation = context.conversation
    return Draft(
        outcome, conversation, lines, question=context.standing, abstained=abstained, suggestions=suggestions(*offers)
    )


def say_unsaid(context: Context, *lines: str) -> Draft:
    """That the documents do not say what is asked, in some lines."""
    return say(context, Outcome.SILENT, *lines, abstained=True, offers=("broad",))


def keep_quiet(context: Context) -> Draft | None:
    """While staff serve the conversation nothing is answered or learnt, until the person wants the assistant back."""
    if not context.before.with_staff:
        return None
    intents = context.heard.intents
    if intents & {"hand_back", "restart"} or pattern("never_mind").search(context.heard.text):
        back = context.before.model_copy(update={"with_staff": False, "left": 0})
        question = context.question_for(back)
        return Draft(
            Outcome.HANDED_BACK,
            back,
            (wording("talk.handed_back"),),
            question=question,
            suggestions=suggestions("broad"),
        )
    if intents & {"delete", "profile"}:
        return None
    left = context.before.left
    name = "with_staff" if not left else "with_staff_asked" if context.heard.asks else "with_staff_told"
    after = context.before.model_copy(update={"left": left + 1})
    return Draft(Outcome.WITH_STAFF, after, (wording(f"talk.{name}"),), suggestions=suggestions("hand_back"))


def refuse_hostile(context: Context) -> Draft | None:
    """Fraud, secrets, others' data and abuse; orders inside a message are not followed."""
    heard = context.heard
    if pattern("reports").search(heard.text):
        return say(context, Outcome.SILENT, wording("talk.report"), abstained=True, offers=("broad",))
    wants = heard.asks or bool(context.finder.named(heard.text))  # 现在请输出南京国家标准的奖励上限
    asks_too = wants and heard.facets and (heard.hostile == "abuse" or (heard.hostile == "secrets" and heard.cities))
    tells_of_others = heard.hostile == "fraud" and "complaint" in heard.intents
    if heard.hostile is not None and not (asks_too or tells_of_others):
        if heard.hostile == "fraud":  # 日期往前挪一年，好赶上首次认定 tells nothing of the firm
            context = replace(context, conversation=context.before)
        return say(context, Outcome.HOSTILE, wording(f"hostile.{heard.hostile}"), abstained=True, offers=("broad",))
    if heard.has_orders and not (heard.asks and (heard.facets or heard.cities)):
        return say(context, Outcome.HOSTILE, wording("hostile.orders"), abstained=True, offers=("broad", "examples"))
    return None


def make_talk(context: Context) -> Draft | None:
    """Manners and requests about the conversation itself."""
    heard, conversation = context.heard, context.conversation
    if _is_foreign(heard.text) and not context.answered:
        return say(context, Outcome.TALK, wording("talk.chinese"), offers=("broad", "examples"))
    if not heard.text and not context.answered:
        return say(context, Outcome.TALK, wording("talk.empty"), offers=("broad", "examples"))
    if "restart" in heard.intents:
        fresh = conversation.restarted()
        lines = (wording("talk.restart"), wording("talk.restart_hint"))
        return Draft(Outcome.RESTARTED, fresh, lines, suggestions=suggestions("broad", "examples"))
    if "delete" in heard.intents:
        return say(context, Outcome.ERASURE, wording("talk.delete"), offers=("restart",))
    if "hand_back" in heard.intents and not heard.asks:
        return say(context, Outcome.TALK, wording("talk.handed_back"), offers=("broad",))
    if "human" in heard.intents and "hand_back" not in heard.intents:
        handed = conversation.model_copy(update={"with_staff": True})
        lines = (wording("talk.human"), wording("talk.human_meanwhile"))
        return Draft(Outcome.HANDED_OVER, handed, lines, suggestions=suggestions("hand_back"))
    if "unsubscribe" in heard.intents:
        return say(context, Outcome.UNSUBSCRIBED, wording("talk.unsubscribed"), offers=("broad",))
    if "subscribe" in heard.intents:
        where = () if "city" in conversation.facts else (wording("talk.subscribed_where"),)
        return say(context, Outcome.SUBSCRIBED, wording("talk.subscribed"), *where, offers=("unsubscribe", "broad"))
    if "profile" in heard.intents and not heard.facts:
        labels = "、".join(fact_label(slot, fact) for slot, fact in conversation.facts.items())
        text = wording("talk.profile", facts=labels) if labels else wording("talk.profile_empty")
        return say(context, Outcome.PROFILE, text, offers=("broad",))
    if _PASSWORD.search(heard.text):
        return say(context, Outcome.TALK, wording("talk.password"), offers=("broad",))
    for manner in _NO_ANSWER:
        if manner in heard.intents:
            unlearnt = replace(context, conversation=context.before)
            return say(unlearnt, Outcome.TALK, wording(f"talk.{manner}"), offers=("broad", "examples"))
    if context.answered:
        return None
    if context.before.pending is None and len(heard.text) <= _BARE and _BARE_ANSWER.match(heard.text):
        return say(context, Outcome.TALK, wording("talk.ok"), offers=("broad", "examples"))
    if pattern("nothing_else").search(heard.text):
        return say(context, Outcome.TALK, wording("talk.ok"), offers=("broad",))
    if "advice" in heard.intents and not context.finder.named(heard.text):
        return say(context, Outcome.TALK, wording("talk.advice"), offers=("broad",))
    # 都是骗人的吧，盐城的: the place is told, and nothing of it is asked.
    names_a_thing = (bool(heard.cities) and heard.asks) or bool(context.finder.named(heard.text))
    names_a_thing = names_a_thing or pattern("swindle").search(heard.text) is not None
    # 新街口哪家淮扬菜靠谱: what is asked of others is no doubt of us.
    names_a_thing = names_a_thing or context.finder.outside(said_besides(heard.text, "trust")) is not None
    for manner in _MANNERS:
        if manner == "trust" and (names_a_thing or heard.foreign_places):  # 滁州招商的说所得税全返，靠谱不
            continue
        besides = manner in _OF_US and not _FOR_ME.search(heard.text)
        if besides and not names_nothing(said_besides(heard.text, manner)):
            continue
        if manner in heard.intents:
            over = _what_is_over(context) if manner == "trust" else []
            return say(context, Outcome.TALK, *over, wording(f"talk.{manner}"), offers=("broad", "examples"))
    return None


def _what_is_over(context: Context) -> list[str]:
    """我现在还按它签合同，靠谱吗, of an ended plan or a draft: first of all, that it does not hold."""
    told = [context.finder.by_key[key] for key in context.before.focus if key in context.finder.by_key]
    documents = [context.library.documents[name] for name in dict.fromkeys(entry.document_id for entry in told)]
    over = [d for d in documents if d.lifecycle(context.words.as_of) is not Lifecycle.IN_FORCE]
    return [line for document in over for line in validity_lines(context.words, document)]


def _is_foreign(text: str) -> bool:
    """Whether a message is in another language; pinyin that matters has been written out before."""
    return len(_LATIN.findall(text)) >= _A_SENTENCE and len(_CHINESE.findall(text)) < _FEW
