"""What a message says to the question asked last: yes, no, a number, a label, 不清楚."""

import re

from chains.interview import read_choices
from chains.language.answering import (
    DENIES,
    begins_with_answer,
    holds_none,
    is_answer,
    is_not_yet,
    is_unsure,
    takes_leave,
    without_taking_back,
)
from chains.language.checklist import ALL_NO, HAS_NONE, REST_NO, answer_checklist
from chains.language.clauses import asks_us, pattern, value_patterns
from chains.language.mentions import lacks_one, names_unheld, titles_in_short
from chains.language.options import labelled, numbered, resembling
from chains.language.shortfall import FIRST, JUST_RECOGNISED, NO_LONGER, STILL_TO_COME, falls_short
from chains.language.standards import OF_A_STANDARD, level_of_standard
from chains.language.yes_no import BARE_NO, WHAT_FOR, intends, names_another_thing, topics
from chains.prompting import CHECKLIST, read_data
from chains.reply import Question
from knowledge.profile import NONE, Fact, SlotKind, Source, slots

_DONE = re.compile(
    r"(?:已经|早就|早|都)[^，。没不]{0,6}了[。!！]?$|(?:办|做|搞|弄|批|拿|评|通过|备案|完成)[^，。没不未]{0,3}(?:完|好|到|下来|过)?了[。!！]?$"
)
# 每月都租, 一直在做, 偶尔出一点: what is asked is done, however often.
_HOW_OFTEN = (
    r"(?:确实|一直|一向|都|也|已经?|刚刚?|早就?|正|经常|常常?|常年|长年|长期|偶尔|有时候?|陆续|每(?:个|一)?(?:年|月|天|季度?|周|星期)"
    r"|年年|月月|天天|今年|去年|目前|现在|最近|最多|基本|差不多|多少|肯定|当然|必须|前[两几]年|上(?:个?月|半年))"
)
_AFFIRMS = re.compile(
    rf"^(?:嗯+|对|哦|噢|呃)*(?:我们|咱们?|公司|厂里)?(?:{_HOW_OFTEN}[都也就在会要]?)*"
    r"(?:有|在(?:建|做|买|用|租|搞|办|弄)|是|要|需要|做|搞|参与|承担|完成|买|租|用|出|办|投|建|打算|准备|计划|考虑)(?!没|不|点?难|完了吗|什么|啥)"
)
_NEVER = re.compile(
    rf"^(?:我们|咱们?|公司)?(?:从来|从|{_HOW_OFTEN}|暂时|几乎|还|根本|压根)*(?:没有?|不)(?!清楚|知道|确定|晓得|好说|一定|懂|明白|太?清|了解|记得|行|可能|会吧|至于|合理|公平|多(?!了))"
)
# 创新型那个库的: a title that something else is called by.
_OF_A_THING = re.compile(
    r"库|名单|目标|奖|文件|通知|补贴|补助|政策|培训|公告|申[请报]书|材料|报告|表格|规定|规矩|细则|办法|条例|标准|要求|计划|措施"
)
# 公共服务示范平台 国家的: what is of a level as well, and no title.
_OF_A_LEVEL = re.compile(r"平台|中心|实验室|机构|绿色工厂|车间|首台|首批|课题|项目|攻关|专项|国标|国家标准")
_BRIEF = 8
_MERE_OPENING, _BRIEF_REST = re.compile(r"好的?|行|嗯+|哦|噢|ok|可以|那|谢谢"), 4
_OF_ITS_OWN = 3
_NOT_GOT = re.compile(r"没有?(?:评上|拿到|批下来|通过|获评|认定|评过|拿过)")
# 离市区还有点路: where the town is, seen from the firm, is not where the firm is.
_IN_TOWN = re.compile(r"(?<!离)(?<!不在)(?<!不是)(?<!不算)(?<!靠近)(?<!去)(?<!到)(?:市区|城区|主城区?)")
# 为什么没有: why something is not so is a question.
_WHY = re.compile(r"为(?:什么|啥|何)|凭(?:什么|啥)|(?:怎么|咋|干嘛|干吗)(?:会|就|都|也|还)?(?:没|不)")
# 不是自己买，是租用; 我们不牵头，就是参与一下: what is put in place of what is denied.
_INSTEAD = re.compile(
    r"^(?:我们|咱们?|公司)?(?:(?P<is>不是|并非)|不|没有?)[^，。；\s没不]{2,8}[，,\s]+(?:我们|公司)?"
    r"(?:(?:而|就|只|都)是|是|只|但是?|不过)(?P<rest>[^没不未无]+)$"
)
# 不用了，太虚了; 不是标准，人才; 我们还没评上，就是问问.
_LEAVES = re.compile(r"^(?:那|哦|好吧?|行吧?)?[，,\s]*(?:还是)?(?:不用了?|算了|不要了|不弄了|拉倒|没意思)(?!的)")
_NOT_THAT = re.compile(
    r"^(?:我)?(?:说的|问的)?不是(?:问|说|讲)?(?P<that>[^，。；\s没不]{2,4})[，,。!！\s]+(?:我)?(?:问的?|要的?|说的?)?(?:就?是)?(?P<rest>[^，。；\s没不]{2,6})[!！。]*$"
)
_LACKS = re.compile(r"(?<!有)没有[的了啊]?$")
_NONE_HELD = re.compile(
    r"^(?:[去今前]年)?(?:评|报|申报?)?了?没(?:评|选)?过[的了呢啊]*$|^那?就?(?:[去今前]年|上次|一直)?(?:都|也|啥[都也]|什么[都也])?(?:还)?没(?:有|评|拿|得|申|报|[了呢的啊，,]|$)"
)
# 没了，说重点: that there is no more to say, and then what is wanted; 没了，去年摘的 tells of a title.
_SAYS_NO_MORE = re.compile(
    r"^(?:嗯+|哦|好)?[，,\s]*没(?:有)?(?:什么|啥|别的|其他的?)*了[啊呀吧呢]?[，,。！!\s]+(?![^，。；]*(?:[评摘取撤]|复核|过期|到期|资质|称号))\S"
)
# 市区是哪些区: a question, and no place.
_ASKS_WHICH = re.compile(r"哪|什么|啥|几个|多[大少远]|怎么|咋|包括|包含|有没有")
# 嗯 没有: what a person says before he answers.
_OPENING = re.compile(r"^(?:(?:嗯+|哦+|噢+|呃+|额+|啊+|恩+|那个)[，,\s]+)+(?=\S)")
# 钱拿过了, 已经领过: who has had the award has held the title before; 没拿过奖励 tells nothing of the title.
_HAD_AWARD = re.compile(
    r"^(?!.*(?:没|不|未)).*(?:(?:钱|奖励?|奖金|补贴|[百\d]+万)[^，。；]{0,4}(?:拿|领|到手|给|发)(?:过|了|到)|(?:拿|领)过[^，。；]{0,4}(?:钱|奖))"
    r"|^(?:我们)?(?:以前|之前|早就?|已经?|都)*(?:拿|领)过了?[的啊]*$"
)
_AGAIN = re.compile(
    r"(?:过期|到期|失效|取消)[^，。；]{0,4}[重再又]新?(?:评|认定)|^(?:是|后来)?重新?评(?:上|过)?的?了?$"
)
_JUST_ONCE = re.compile(r"(?:就|只|总共|一共|拢共)(?:评|认定|获评|拿)过?(?:这)?一[次回]")
# 三十万有我们的吧, 那50万有我们份吗: a sum is asked of, and no question answered.
_IS_OF_A_SUM = re.compile(
    r"[\d一二三四五六七八九十百两]\s*[万元块][^，。；]{0,4}有(?:没有?)?(?:我们?|咱们?|俺们?)(?:的|份|一份)*[吧吗么不没][?？]?$"
)


def answer_pending(text: str, pending: Question, facts: dict[str, Fact]) -> tuple[str, ...]:
    """Adds what the message answers to `facts`; returns the slots that the person does not know."""
    text = _OPENING.sub("", text) or text
    if pattern("wrongly_noted").search(text):
        return ()  # 我没说过算力不买啊
    slot = pending.slot
    if pattern("nothing_else").search(text) and slot != CHECKLIST:
        return ()
    chosen = numbered(text, pending) or labelled(text, pending)
    if chosen and slot not in facts:
        read, declined = read_choices(pending, chosen)
        for name, fact in read.items():
            facts.setdefault(name, Fact(fact.value, Source.STATED, text[:60]))
        return declined
    if slot == CHECKLIST:
        return answer_checklist(text, pending, facts)
    text = without_taking_back(text)
    if is_unsure(text) and not (
        (slot == "tiers" and slot in facts and _unsure_of_another(text)) or _has_answered(text, slot)
    ):
        facts.pop(slot, None)
        return (slot,)
    if slot in facts:
        return ()
    asks = asks_us(text)
    kind = slots()[slot].kind
    short = len(text) <= 20
    if kind is SlotKind.YES_NO and facts and not asks and REST_NO.search(text):
        facts[slot] = Fact("no", Source.STATED, text[:60])  # 出口有，算力也买，别的没有
        return ()
    strays = kind is SlotKind.YES_NO and names_another_thing(text, slot)
    strays = strays or (kind is SlotKind.CHOICE and falls_short(text, pending) is not None)
    if short and not asks and not strays and (like := resembling(text, pending)):
        read, _ = read_choices(pending, (like,))
        facts.update({name: Fact(fact.value, Source.STATED, text) for name, fact in read.items()})
        return ()
    if kind is SlotKind.YES_NO and falls_short(text, pending):
        return ()
    of_others = any(pattern(name).search(text) for name in ("others", "another"))
    if slot == FIRST and not (asks or of_others) and (_HAD_AWARD.search(text) or _AGAIN.search(text)):
        facts[slot] = Fact("no", Source.STATED, text)
    elif slot == FIRST and not asks and (JUST_RECOGNISED.search(text) or _JUST_ONCE.search(text)):
        facts[slot] = Fact("yes", Source.STATED, text)
    elif kind is SlotKind.YES_NO and (short or len(_first_clause(text)) <= _BRIEF):
        first = _first_clause(text)
        said = (_polarity(text, slot) if short else None) or _polarity(first, slot)
        if _MERE_OPENING.fullmatch(first) and len(text) - len(first) > _BRIEF_REST:
            said = None  # 好 那你再给我讲讲别的
        if said != "yes" and (instead := _INSTEAD.match(text)):
            said = _said_instead(instead, slot)
        # 要买的，一张券抵多少: the answer comes first, and the question after it
        before_asking = first != text and not asks_us(first) and not _MERE_OPENING.fullmatch(first)
        if said and (said == "no" or not asks or (before_asking and _polarity(first, slot) == said)):
            facts[slot] = Fact(said, Source.STATED, text)
    elif (
        kind is SlotKind.SEVERAL
        and short
        and not any(asks_us(part) for part in re.split(r"[，。；！\s]+", text))
        and not _OF_A_THING.search(text)
        and (held := _titles_in(text))
    ):
        facts[slot] = Fact(held, Source.STATED, text)
    elif (
        kind is SlotKind.SEVERAL
        and (holds_none(text) or (short and _says_none(text)))
        and not lacks_one(text)
        and not (asks_us(_first_clause(text)) or _SAYS_NO_MORE.match(text))
        and not any(topic.search(_first_clause(text)) for topic in topics().values())
    ):
        facts[slot] = Fact((NONE,), Source.STATED, text)
    elif slot == "size" and short and not asks and "小微" in text:
        facts[slot] = Fact("small", Source.INFERRED, text)  # where it matters, small and micro are alike
    elif slot == "leads_standard" and not asks and (level := level_of_standard(text)):
        facts[slot] = Fact(level, Source.STATED, text[:60])
    elif kind is SlotKind.TEXT and short and not (asks or _ASKS_WHICH.search(text)) and _IN_TOWN.search(text):
        facts[slot] = Fact("市区", Source.STATED, text)
    return ()


def _has_answered(text: str, slot: str) -> bool:
    """没有，海关大门朝哪开都不知道: whether a plain no comes first, and what is not known is something of its own."""
    rest = pattern("unsure").sub("", re.split(r"[，。；\s]+", text)[-1])
    of_its_own = len(rest) > _OF_ITS_OWN and slots()[slot].kind is SlotKind.YES_NO
    return of_its_own and begins_with_answer(text) and BARE_NO.match(text) is not None


def is_no_answer(text: str, slot: str) -> bool:
    """不用了 leaves a question that asks for no need, 不是标准，人才 its topic; 还没评上 tells of no first time."""
    if slot not in slots():
        return False
    if _IS_OF_A_SUM.search(text):
        return True
    if slots()[slot].kind is SlotKind.YES_NO and takes_leave(text):
        return True
    if slot == FIRST:
        return is_not_yet(text)
    if _LEAVES.match(text) and slots()[slot].kind is SlotKind.YES_NO:
        return slot not in read_data("lexicon")["plans_count"]
    another = _NOT_THAT.match(text)
    of_it = topics().get(slot, OF_A_STANDARD)
    return another is not None and of_it.search(another["that"]) is not None and not of_it.search(another["rest"])


def _says_none(text: str) -> bool:
    """都没有, 没评过: whether a short answer says that no title is held."""
    said = ALL_NO.match(text) or _NONE_HELD.match(text) or HAS_NONE.search(text)
    return said is not None and not names_another_thing(_first_clause(text), "tiers")


def _unsure_of_another(text: str) -> bool:
    """我们是省级专精特新，小巨人还没影子: whether what is not sure is said of a title that the same words name."""
    parts = [part for part in re.split(r"[，。；\s]", text) if pattern("unsure").search(part)]
    return bool(parts) and all(any(regex.search(p) for _, regex in value_patterns()["tiers"]) for p in parts)


def _said_instead(instead: re.Match[str], slot: str) -> str | None:
    """What is put in place of what is denied: a yes, a no where others do it, or nothing that decides."""
    rest = instead["rest"]
    if pattern("others").search(rest):
        return "no"
    does = _AFFIRMS.match(rest) and not names_another_thing(rest, slot)
    if (does or pattern("affirms").search(rest)) and not intends(rest):
        return "yes"
    return None if instead["is"] else _polarity(instead.group(), slot)


def _polarity(words: str, slot: str) -> str | None:
    if names_another_thing(words, slot) or _WHY.search(words):
        return None
    clauses = [clause for clause in re.split(r"[，。；！\s]+|(?<=[?？])", words) if clause]
    words = "，".join(c for c in clauses if is_answer(c, slot) and not (WHAT_FOR.search(c) and len(clauses) > 1))
    if any(regex.search(words) for regex in (pattern("no"), _NOT_GOT, _LACKS)) or _NEVER.match(words):
        return "no"
    return "yes" if pattern("yes").search(words) or _AFFIRMS.match(words) or _DONE.search(words) else None


def _first_clause(text: str) -> str:
    return re.split(r"[，。；！\s]|(?<=[?？])", text.strip())[0]


def _titles_in(text: str) -> tuple[str, ...]:
    """The titles that a short answer names in a word or two: 就创新型这一个, 省里那个."""
    if any(regex.search(text) for regex in (DENIES, STILL_TO_COME, NO_LONGER)) or intends(text):
        return ()
    of_another = _OF_A_LEVEL.search(text) and not any(regex.search(text) for _, regex in value_patterns()["tiers"])
    return () if of_another or names_unheld(text) else titles_in_short(text)
