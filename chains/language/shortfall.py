"""Why an answer in free words tells no value of what is asked: 有的, of which?; 老早评的, and for the first time?."""

import re

from chains.language.clauses import pattern
from chains.language.options import HOW_MANY
from chains.language.yes_no import GOES_ON
from chains.reply import Question
from knowledge.profile import SlotKind, slots

JUST_RECOGNISED = re.compile(r"刚(?:刚)?(?:评|获|认定|拿)|今年(?:才|刚|新)?(?:评|获|认定|拿)|(?<!重)新(?:评|认定)")
STILL_TO_COME = re.compile(
    r"(?<!现)在(?:评|报|申|审|走|冲|公示)(?!的|上)|公示|等结果|(?:刚|才|已经?|正)(?:刚|在)?(?:申报|申请|报(?!下)|提交|递|交)"
    r"|(?:材料|申请)[^，。；]{0,4}(?:交|报|递)|(?:交|报|递)(?:了|上去)*(?:材料|申请)|申[报请](?:中|了)?的?$|没(?:有)?批"
)
# 以前是小巨人, 专精特新到期了: what is held no longer.
NO_LONGER = re.compile(r"以前|原来|曾经|之前|过去|过期|到期|取消|摘牌?|撤|失效|没了")
_SMALL_OR_MEDIUM = re.compile(
    r"中小|规上|规模以上|小(?:公司|企业|厂|作坊|店)|(?:不|也不)(?:算)?大|人(?:也)?不多|没(?:几个|多少)人|规模小|几?十[几多来]个?[的吧啊]*$|十几个"
)
_OF_THE_CITY = re.compile(r"^(?:是|有)?[市区县]里?级?的?(?:那个|称号|牌子)?[的吧啊]*$")
_NOT_STATE = re.compile(
    r"(?:不是|没(?:有)?|不算|跟|和)[^，。；]{0,3}(?:国企|国有|国资|央企)(?:背景|股份|成分|没关系|不搭边)?"
)
# 半私半公, 村里入股: owners of several kinds, without a word of who holds more.
_SHARED = re.compile(
    r"一半|半[公国私民]|各占|对半|混合|入股|参股|合股|股份制|改制|上市公司|股份?有限|有限(?:责任)?公司|[两三]家(?:一起|合)|有限责任|股份公司|(?:国资|国有|外资|港资|台资)[^，。；]{0,3}(?:占|参股|入股|持股)"
)
# 有的, 嗯 对的: that there is something of what is asked, and not which.
_YES_ALONE = re.compile(
    r"^(?:(?:应该|好像|可能|大概)?(?:都|也|就)?(?:是|有|对|嗯+|没错|恩|确实|当然|要)(?:的|啊|呀|呢|吧|滴|了)*[，,\s。]*)+$"
)
# 2022年评的, 三年前, 第五批的, 早就是了: since when, and not what or whether.
_IS_A_TIME = re.compile(
    r"^(?:是|我们|嗯+|对)*[，,\s]*(?:老早|早就?|很早|[去今前]年|大前年|(?:20)?\d\d年?|[\d两三四五几]+年前|(?:好)?[几多两三]年了|第[一二三四五六七八九十\d]+批)"
    r"(?:\d{1,2}月份?|年?[初底]|[上下]半年|以前|之前|评的)*(?:的|是|就|才|已经?|刚|在)*(?:被)?(?:事|有|(?:评|认定|获评|拿|评定|批)(?:上|到|下来)?)?[的了啊吧呀]*[。！!]?$"
)
_NOT_YET_GOT = re.compile(
    r"(?:打算|准备|计划|想|争取)(?:去)?(?:报|评|申|冲|弄|搞)|^(?:还|正)*在?(?:弄|搞|办|准备|筹备)[着呢的中]*$"
)
_NO_AWARD_YET = re.compile(r"(?:没|未)(?:有)?(?:拿|领|给|发|得)(?:到)?过?[^，。；]{0,3}(?:钱|奖)")
FIRST = "first_recognition"
# 以前有, 有过: what was so once may be so no longer.
_WAS_ONCE = re.compile(
    r"^(?:我们)?(?:以前|之前|原来|早些年|前几年|曾经)(?:有|做|搞|是|买|租|办|弄)过?[的了啊吧]*$|^有过[的了啊吧]*$"
)


def falls_short(text: str, pending: Question) -> str | None:
    """Why an answer in free words, as 省级的刚报上去 or 半私半公, tells no value of what is asked.

    A key of the wordings; none where nothing is known of it.
    """
    asked = pending.slot
    if asked == "tiers" and (_IS_A_TIME.match(text) or _NOT_YET_GOT.search(text)):
        return "which_held" if _IS_A_TIME.match(text) else "not_held_yet"
    if asked == FIRST:
        if _IS_A_TIME.match(text) and not JUST_RECOGNISED.search(text):
            return "when_not_whether"
        return "award_not_title" if _NO_AWARD_YET.search(text) else None
    if asked in slots() and slots()[asked].kind is SlotKind.YES_NO:
        return "and_now" if asked in GOES_ON and _WAS_ONCE.search(text) else None
    if _YES_ALONE.match(text) or HOW_MANY.match(text):
        return "which_of_these" if pending.multiple else "which_one" if asked != "city" else None
    if asked == "tiers" and NO_LONGER.search(text):
        return "held_no_longer"
    if asked == "tiers" and STILL_TO_COME.search(text):
        return "not_held_yet"
    if asked == "tiers" and (pattern("other_titles").search(text) or _OF_THE_CITY.match(text)):
        return "another_title"
    if asked == "ownership" and _NOT_STATE.search(text):
        return "which_but_state"
    if asked == "size" and _SMALL_OR_MEDIUM.search(text):
        return "which_size"
    return "which_share" if asked == "ownership" and _SHARED.search(text) else None
