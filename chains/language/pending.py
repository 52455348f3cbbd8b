"""What a message says to the question asked last: yes, no, a number, a label, 不清楚."""

import itertools
import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from chains.interview import read_choices
from chains.language.answering import (
    begins_with_answer,
    holds_none,
    is_answer,
    is_not_yet,
    takes_leave,
    without_taking_back,
)
from chains.language.clauses import asks_us, instructs, pattern, value_patterns
from chains.language.mentions import lacks_one, names_unheld, titles_in_short
from chains.language.normalise import plain
from chains.language.yes_no import (
    BARE_NO,
    GOES_ON,
    WHAT_FOR,
    Told,
    intends,
    names_another_thing,
    polarity,
    read_yes_no,
    topics,
)
from chains.prompting import CHECKLIST, read_data
from chains.reply import Question
from knowledge.profile import NONE, Fact, SlotKind, Source, slots

_ALIKE = 85
_NUMBERED = re.compile(
    r"^\s*(?:选|第)?\s*([0-9一二三四五六七八九十][0-9一二三四五六七八九十和与、,，\s.]*)(?:个|项|号)?\s*$"
)
# 有一个, 3个: how many apply, and not which.
_HOW_MANY = re.compile(r"^(?:我们|公司)?(?:都|就|只)?有?[0-9一二两三四五六七八九十]+个(?:都?有)?[的了啊吧呢]*$")
# 前两个, 最后一个都有: counted from an end of the list.
_FROM_AN_END = re.compile(
    r"^(?:就|选|我们)?(?P<end>前|头|[最倒]后|后)(?P<many>[一二两三四五六七八九\d])[个项条样](?:我们)?(?:都|就|全)?有?[的了啊吧]*$"
)
_REST = r"(?:其他|其它|其余|别的|剩下)(?:的|几个|几项)?(?:都|也|全)?"
_REST_NO = re.compile(
    _REST + r"(?:一样|一个|啥|什么|统统|一概|一律)?(?:都|也|全)?"
    r"(?:没有?|不(?!清楚|知道|晓得|确定|好[说讲]|一定|太|急|说|问|提|谈|管|用)|无|否)"
)
# 别的我要问问同事, 剩下的以后再说: the rest is left open.
_REST_OPEN = re.compile(_REST + r"[^，。；]{0,6}(?:问|查|核实|确认|再说|再看|等|回头|晚点|以后)")
# 就有出口这一项: nothing else applies; 只有出口没有进口 says so of one thing alone.
_ONLY = re.compile(
    r"^(?:我们|咱们?|公司)?(?:就|只|仅)(?:有|是)(?!这些$)[^没不无]*$"
    r"|^(?:我们|咱们?|公司)?(?:就|只|仅)[^没不无，。；吗呢]{2,8}(?:这|那)一?[样个项条块](?:有|沾边?|符合|对得上)?$"
)
# 你说的这些我们都没弄过，就贷款有: all but what is named.
_NONE_OF_THEM = re.compile(
    r"(?:这些|上面|以上|列的)(?:东西|事)?(?:我们?|公司)?(?:[都全也])(?:没|不)(?!清楚|知道|晓得|确定|懂)"
)
# 小厂哪有这些, 听都没听说过: nothing of what is listed applies.
_HAS_NONE = re.compile(
    r"(?:哪|上哪)(?:里|儿|能|会|来|去)*有?(?:得?[上起到])?(?:过)?(?:这些|这种|这么多|那些)(?:东西|玩意儿?|名堂)?[啊呀哦呢的]*$"
    r"|(?:听都|听也|压根|根本|从来)?没(?:有)?(?:听说|听|见|搞|弄|碰|沾)过?(?:这些|这种|那些)(?:东西|玩意儿?|名堂)?[啊呀哦的]*$"
    r"|^(?:这些|这种|那些)?(?:听都|听也|见都|碰都)没(?:听说?|见|碰)过[啊呀哦的]*$"
    r"|(?:这些|这种|那些)?(?:跟|和|与)(?:我们?|咱们?)(?:都|全|统统)?(?:不|没)(?:沾边?|搭[边界嘎]?|相?干|有?关系?)[啊呀哦的]*$"
    r"|^(?:这些|上面)?(?:我们)?一?[个样]都?(?:没|不)(?:占|沾|有|搭|够)[上边得]?[啊呀哦的]*$"
)
# 除了进出口都没有, 除了第一个其他都不沾: all but what is named.
_NONE_BUT = re.compile(
    r"除了?(?:有|是|做)?(?P<this>[^，。；]{1,12}?)(?:以外|之外|外)?[，,\s]*(?:我们)?(?:其他|其它|其余|别的|剩下)?(?:的|几个|几项)?(?:我们)?(?:都|也|全|就)(?:没|不|无)"
)
_AND = re.compile(r"和|跟|还有|以及|加上|、")
# 就贷款, 好像有一个吧 那个算力的: what is named of a list, with nothing told of it.
_BARE_ITEM = re.compile(
    r"^(?:我们|公司|应该|可能|好像|大概|也|还|有|是|做|一[个项样]|吧|那[个种]?|这个?|的|嗯+|哦|呃|啊|就|只|[，,\s])*(?P<item>[\u4e00-\u9fffa-z]{2,6}?)"
    r"(?:(?:方面|业务|那[一]?[个项条块]|这[一]?[个项条块]|需求)?(?:我们)?(?:有|是|做|算|沾)?)(?:的|吧|啊|了|点|一点|一些)*$"
)
_WANTS = re.compile(r"^(?:除了)?(?:我们?|公司)?(?:就|只|也|还)*(?:要|需要?|想|有|用|买|租|做)(?![没不])")
_REST_SAID = re.compile(_REST + r"[^，。]*$")
_ALL_BUT = re.compile(r"除了?[^，。]{1,12}(?:都|全)(?:有|是|符合)")
_DONE = re.compile(
    r"(?:已经|早就|早|都)[^，。没不]{0,6}了[。!！]?$|(?:办|做|搞|弄|批|拿|评|通过|备案|完成)[^，。没不未]{0,3}(?:完|好|到|下来|过)?了[。!！]?$"
)
_JUST_RECOGNISED = re.compile(r"刚(?:刚)?(?:评|获|认定|拿)|今年(?:才|刚|新)?(?:评|获|认定|拿)|(?<!重)新(?:评|认定)")
_ALL_NO = re.compile(
    r"^(?:我们?)?(?:这些|以上|上面|这几[样个项条])?(?:我们?)?(?:全?都|统统|一个|一样|哪个|什么|啥)?(?:都|也)?(?:没有?|不是|不|无|否)(?:沾边?|搭边|搞|弄|碰|占)?(?:过|的|了|啊|呢|呀)?[。!！]?$"
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
_STANDARDS = (
    ("international", re.compile(r"国际|iso(?!\s*\d)|iec")),
    ("national", re.compile(r"国家|国标|gb")),
    ("lesser", re.compile(r"团标|团体|行标|行业|地标|地方|企标|企业标准")),
)
# 照国标生产: who follows a standard has not made it.
_FOLLOWS = re.compile(r"(?:照|按|依|执行|采用|符合|达到)[^，。；]{0,3}(?:国标|国家标准|国际标准|标准)")
# 只是参编不是主编: a part is enough.
_NO_LEAD = re.compile(r"(?<=[\u4e00-\u9fff])[，,]?(?:不是|没有?)(?:主编|主导|牵头|第一)(?:单位|起草(?:单位|人)?)?的?")
# 旁听国际标准会议: who hears of a standard has not made it either.
_ATTENDS = re.compile(r"会议|旁听|培训|宣贯|论坛")
# 参编单位里的一家: a part in what was named before.
TAKES_PART = re.compile(r"参编|起草(?:单位|人)|参与(?:单位|起草|制定)|牵头(?:单位|起草|制定)")
_OF_STANDARDS = re.compile(r"标|参|起草|主导|牵头|编|制|biao|iso|iec|gb|canyu")
_NAMES_ONE = re.compile(r"标|iso|iec|gb")
# 创新型那个库的: a title that something else is called by.
_OF_A_THING = re.compile(
    r"库|名单|目标|奖|文件|通知|补贴|补助|政策|培训|公告|申[请报]书|材料|报告|表格|规定|规矩|细则|办法|条例|标准|要求|计划|措施"
)
# 公共服务示范平台 国家的: what is of a level as well, and no title.
_OF_A_LEVEL = re.compile(r"平台|中心|实验室|机构|绿色工厂|车间|首台|首批|课题|项目|攻关|专项|国标|国家标准")
_BRIEF, _A_WORD = 8, 2
_MERE_OPENING, _BRIEF_REST = re.compile(r"好的?|行|嗯+|哦|噢|ok|可以|那|谢谢"), 4
# 哪一年评的记不得了: of when a title was got.
_OF_A_RECOGNITION = re.compile(r"(?:哪|几)一?[年月].{0,3}(?:评|认定|拿|获)|(?:评|认定|拿|获).{0,4}(?:哪|几)一?[年月]")
# 真不知道怎么划的: wonders aloud.
_OF_ITS_OWN = 3
# 你要是不知道就说不知道: of us, and not of the firm.
_OF_US = re.compile(r"[你您][^，。；我]{0,6}(?:不知道|不清楚|不晓得|不懂|搞不清)[^，。；]{0,8}")
_WONDERS = re.compile(r"(?:不知道|不清楚|不晓得|搞不清|弄不清|说不清|不懂)[^，。；？?]*|忘了[^，。；？?\s]*")
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
_DENIES = re.compile(r"没|不|无|未|非")
_STILL_TO_COME = re.compile(
    r"(?<!现)在(?:评|报|申|审|走|冲|公示)(?!的|上)|公示|等结果|(?:刚|才|已经?|正)(?:刚|在)?(?:申报|申请|报(?!下)|提交|递|交)"
    r"|(?:材料|申请)[^，。；]{0,4}(?:交|报|递)|(?:交|报|递)(?:了|上去)*(?:材料|申请)|申[报请](?:中|了)?的?$|没(?:有)?批"
)
_NONE_HELD = re.compile(
    r"^(?:[去今前]年)?(?:评|报|申报?)?了?没(?:评|选)?过[的了呢啊]*$|^那?就?(?:[去今前]年|上次|一直)?(?:都|也|啥[都也]|什么[都也])?(?:还)?没(?:有|评|拿|得|申|报|[了呢的啊，,]|$)"
)
# 没了，说重点: that there is no more to say, and then what is wanted; 没了，去年摘的 tells of a title.
_SAYS_NO_MORE = re.compile(
    r"^(?:嗯+|哦|好)?[，,\s]*没(?:有)?(?:什么|啥|别的|其他的?)*了[啊呀吧呢]?[，,。！!\s]+(?![^，。；]*(?:[评摘取撤]|复核|过期|到期|资质|称号))\S"
)
# 市区是哪些区: a question, and no place.
_ASKS_WHICH = re.compile(r"哪|什么|啥|几个|多[大少远]|怎么|咋|包括|包含|有没有")
# 以前是小巨人, 专精特新到期了: what is held no longer.
_NO_LONGER = re.compile(r"以前|原来|曾经|之前|过去|过期|到期|取消|摘牌?|撤|失效|没了")
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
_ALL_YES = re.compile(
    r"^(?:这些|以上|上面)?(?:全部?|都|全都)(?:都)?(?:有|是|符合|满足)(?:过|的|了|啊|呀|呢|哦|嘛|吧)*(?=$|[，。；,\s！!])"
)


# 嗯 没有: what a person says before he answers.
_OPENING = re.compile(r"^(?:(?:嗯+|哦+|噢+|呃+|额+|啊+|恩+|那个)[，,\s]+)+(?=\S)")
# 有的, 嗯 对的, 有一个: that there is something of what is asked, and not which.
_YES_ALONE = re.compile(
    r"^(?:(?:应该|好像|可能|大概)?(?:都|也|就)?(?:是|有|对|嗯+|没错|恩|确实|当然|要)(?:的|啊|呀|呢|吧|滴|了)*[，,\s。]*)+$"
    r"|^(?:我们|公司)?(?:好像|应该|可能)?(?:都|就|只)?有?[0-9一二两三四五六七八九十]+个(?:都?有)?[的了啊吧呢]*$"
)
# 2022年评的, 三年前, 第五批的, 早就是了: since when, and not what or whether.
_IS_A_TIME = re.compile(
    r"^(?:是|我们|嗯+|对)*[，,\s]*(?:老早|早就?|很早|[去今前]年|大前年|(?:20)?\d\d年?|[\d两三四五几]+年前|(?:好)?[几多两三]年了|第[一二三四五六七八九十\d]+批)"
    r"(?:\d{1,2}月份?|年?[初底]|[上下]半年|以前|之前|评的)*(?:的|是|就|才|已经?|刚|在)*(?:被)?(?:事|有|(?:评|认定|获评|拿|评定|批)(?:上|到|下来)?)?[的了啊吧呀]*[。！!]?$"
)
_NOT_YET_GOT = re.compile(
    r"(?:打算|准备|计划|想|争取)(?:去)?(?:报|评|申|冲|弄|搞)|^(?:还|正)*在?(?:弄|搞|办|准备|筹备)[着呢的中]*$"
)
# 钱拿过了, 已经领过: who has had the award has held the title before; 没拿过奖励 tells nothing of the title.
_HAD_AWARD = re.compile(
    r"^(?!.*(?:没|不|未)).*(?:(?:钱|奖励?|奖金|补贴|[百\d]+万)[^，。；]{0,4}(?:拿|领|到手|给|发)(?:过|了|到)|(?:拿|领)过[^，。；]{0,4}(?:钱|奖))"
    r"|^(?:我们)?(?:以前|之前|早就?|已经?|都)*(?:拿|领)过了?[的啊]*$"
)
_NO_AWARD_YET = re.compile(r"(?:没|未)(?:有)?(?:拿|领|给|发|得)(?:到)?过?[^，。；]{0,3}(?:钱|奖)")
_AGAIN = re.compile(
    r"(?:过期|到期|失效|取消)[^，。；]{0,4}[重再又]新?(?:评|认定)|^(?:是|后来)?重新?评(?:上|过)?的?了?$"
)
_JUST_ONCE = re.compile(r"(?:就|只|总共|一共|拢共)(?:评|认定|获评|拿)过?(?:这)?一[次回]")
_FIRST = "first_recognition"
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
    if asked == _FIRST:
        if _IS_A_TIME.match(text) and not _JUST_RECOGNISED.search(text):
            return "when_not_whether"
        return "award_not_title" if _NO_AWARD_YET.search(text) else None
    if asked in slots() and slots()[asked].kind is SlotKind.YES_NO:
        return "and_now" if asked in GOES_ON and _WAS_ONCE.search(text) else None
    if _YES_ALONE.match(text):
        return "which_of_these" if pending.multiple else "which_one" if asked != "city" else None
    if asked == "tiers" and _NO_LONGER.search(text):
        return "held_no_longer"
    if asked == "tiers" and _STILL_TO_COME.search(text):
        return "not_held_yet"
    if asked == "tiers" and (pattern("other_titles").search(text) or _OF_THE_CITY.match(text)):
        return "another_title"
    if asked == "ownership" and _NOT_STATE.search(text):
        return "which_but_state"
    if asked == "size" and _SMALL_OR_MEDIUM.search(text):
        return "which_size"
    return "which_share" if asked == "ownership" and _SHARED.search(text) else None


# 三十万有我们的吧, 那50万有我们份吗: a sum is asked of, and no question answered.
_IS_OF_A_SUM = re.compile(
    r"[\d一二三四五六七八九十百两]\s*[万元块][^，。；]{0,4}有(?:没有?)?(?:我们?|咱们?|俺们?)(?:的|份|一份)*[吧吗么不没][?？]?$"
)


def answer_pending(text: str, pending: Question, facts: dict[str, Fact]) -> tuple[str, ...]:
    """Adds what the message answers to `facts`; returns the slots that the person does not know."""
    text = _OPENING.sub("", text) or text
    if _IS_OF_A_SUM.search(text):
        return ()  # 三十万有我们的吧
    if pattern("wrongly_noted").search(text):
        return ()  # 我没说过算力不买啊
    slot = pending.slot
    if pattern("nothing_else").search(text) and slot != CHECKLIST:
        return ()
    chosen = _numbered(text, pending) or _labelled(text, pending)
    if chosen and slot not in facts:
        read, declined = read_choices(pending, chosen)
        for name, fact in read.items():
            facts.setdefault(name, Fact(fact.value, Source.STATED, text[:60]))
        return declined
    if slot == CHECKLIST:
        return _answer_checklist(text, pending, facts)
    text = without_taking_back(text)
    if _is_unsure(text) and not (
        (slot == "tiers" and slot in facts and _unsure_of_another(text)) or _has_answered(text, slot)
    ):
        facts.pop(slot, None)
        return (slot,)
    if slot in facts or is_no_answer(text, slot):
        return ()
    asks = asks_us(text)
    kind = slots()[slot].kind
    short = len(text) <= 20
    if kind is SlotKind.YES_NO and facts and not asks and _REST_NO.search(text):
        facts[slot] = Fact("no", Source.STATED, text[:60])  # 出口有，算力也买，别的没有
        return ()
    strays = kind is SlotKind.YES_NO and names_another_thing(text, slot)
    strays = strays or (kind is SlotKind.CHOICE and falls_short(text, pending) is not None)
    if short and not asks and not strays and (resembling := _resembling(text, pending)):
        read, _ = read_choices(pending, (resembling,))
        facts.update({name: Fact(fact.value, Source.STATED, text) for name, fact in read.items()})
        return ()
    if kind is SlotKind.YES_NO and falls_short(text, pending):
        return ()
    of_others = any(pattern(name).search(text) for name in ("others", "another"))
    if slot == _FIRST and not (asks or of_others) and (_HAD_AWARD.search(text) or _AGAIN.search(text)):
        facts[slot] = Fact("no", Source.STATED, text)
    elif slot == _FIRST and not asks and (_JUST_RECOGNISED.search(text) or _JUST_ONCE.search(text)):
        facts[slot] = Fact("yes", Source.STATED, text)
    elif kind is SlotKind.YES_NO and (short or len(_first_clause(text)) <= _BRIEF):
        first = _first_clause(text)
        said = (_polarity(text, slot) if short else None) or _polarity(first, slot)
        if _MERE_OPENING.fullmatch(first) and len(text) - len(first) > _BRIEF_REST:
            said = None  # 好 那你再给我讲讲别的
        if said != "yes" and (instead := _INSTEAD.match(text)):
            said = _said_instead(instead, slot)
        if said and (said == "no" or not asks):
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


def _is_unsure(text: str) -> bool:
    """Whether a message says that one does not know: 租房那个忘了，硕士几百来着 asks instead."""
    text = _OF_US.sub(" ", text)
    return pattern("unsure").search(text) is not None and not (asks_us(text) and asks_us(_WONDERS.sub(" ", text)))


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
    if slot == _FIRST:
        return is_not_yet(text)
    if _LEAVES.match(text) and slots()[slot].kind is SlotKind.YES_NO:
        return slot not in read_data("lexicon")["plans_count"]
    another = _NOT_THAT.match(text)
    of_it = topics().get(slot, _NAMES_ONE)
    return another is not None and of_it.search(another["that"]) is not None and not of_it.search(another["rest"])


def _says_none(text: str) -> bool:
    """都没有, 没评过: whether a short answer says that no title is held."""
    said = _ALL_NO.match(text) or _NONE_HELD.match(text) or _HAS_NONE.search(text)
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


def level_of_standard(text: str) -> str | None:
    """The highest level of standard that an answer holds: 国标，我们是参与单位; NONE for 团标 alone or 没参与."""
    held: set[str] = set()
    denied = is_left = False
    here: set[str] = set()
    for clause in re.split(r"[，。；！\s]+", _NO_LEAD.sub("", text)):
        of_another = names_another_thing(clause, "leads_standard") and not _OF_STANDARDS.search(clause)
        of_another = of_another or (not _NAMES_ONE.search(clause) and any(t.search(clause) for t in topics().values()))
        is_left = of_another or (is_left and not _OF_STANDARDS.search(clause))
        if is_left or _ATTENDS.search(clause):
            continue  # 模型备案没有，在用别人的: what follows upon another thing is about that
        named = {level for level, regex in _STANDARDS if regex.search(clause)}
        here = named or here
        said = polarity(clause, answers=True)
        no = said == "no" or (
            said is None and (_DENIES.search(clause) is not None or _FOLLOWS.search(clause) is not None)
        )
        if no or intends(clause) or pattern("others").search(clause):
            held -= here
            denied = True
        else:
            held |= named or (here if TAKES_PART.search(clause) else set())
    for level in ("international", "national"):
        if level in held:
            return level
    return NONE if denied or held else None


def _answer_checklist(text: str, pending: Question, facts: dict[str, Fact]) -> tuple[str, ...]:
    offered = [o.id for o in pending.options if o.id in slots()]
    if but := _NONE_BUT.search(text):
        these = [name for name in offered if name in topics() and topics()[name].search(but["this"])]
        for name in these or [i for i in _numbered(but["this"], pending) if i in offered]:
            facts[name] = Fact("yes", Source.STATED, text[:60])
    for name in _numbered(_REST_SAID.sub("", text), pending):
        if name in offered:
            facts[name] = Fact("yes", Source.STATED, text[:60])
    labels = {o.id: plain(o.label) for o in pending.options}
    clauses = [c for c in re.split(r"[，。；、！\s]+", text) if c and not instructs(c)]
    items = [item for clause in clauses for item in _AND.split(clause)]
    if all(any(_is_item(item, name) for name in offered if name in topics()) for item in items):
        clauses = items  # 贷款和算力
    if not asks_us(text):
        for name, clause in itertools.product(offered, clauses):
            topic = topics().get(name)
            if name in facts or topic is None or not topic.search(clause):
                continue
            # 备案做好了，智算服务: a bare item is named beside another that is told.
            if facts.keys() & set(offered) and clause in labels[name]:
                facts[name] = Fact("yes", Source.STATED, clause)
            elif said := read_yes_no(name, [Told(clause)], answers=True):
                facts[name] = said
            elif (
                _ONLY.search(clause)
                or _is_item(clause, name)
                or (_WANTS.match(clause) and not _DENIES.search(clause) and not names_another_thing(clause, name))
            ):
                facts[name] = Fact("yes", Source.STATED, clause)  # 要算力，其他都没有
    rest = [name for name in offered if name not in facts]
    if but and len(rest) < len(offered):
        facts.update({name: Fact("no", Source.STATED, text[:60]) for name in rest})
        return ()
    ticked = sum(facts[name].value == "yes" for name in offered if name in facts)
    unsure = _is_unsure(text) and not _OF_A_RECOGNITION.search(text)
    named = re.search(_REST, text)
    if _REST_OPEN.search(text) or (unsure and (named or len(rest) == len(offered))):
        return tuple(rest)
    if _ALL_BUT.search(text) or _ALL_YES.match(text):
        excepted = {name for name in offered if name in facts} if _ALL_BUT.search(text) else set()
        for name in (*rest, *excepted):
            facts[name] = Fact("no" if name in excepted else "yes", Source.STATED, text[:60])
    elif (
        pattern("nothing_else").search(text)
        or _ALL_NO.match(text)
        or _HAS_NONE.search(text)
        or _REST_NO.match(text)
        or (_REST_NO.search(text) and len(rest) < len(offered))  # 有一个，其余没有 does not say which
        or ((_ONLY.search(text) or _NONE_OF_THEM.search(text)) and len(rest) < len(offered))
        or (pattern("no").search(text) and len(text) <= 6 and not facts)
    ):
        for name in rest:
            facts[name] = Fact("no", Source.STATED, text[:60])
    elif (
        ticked > 1  # 海关备过案的 alone is a fact, and no list
        and not (asks_us(text) or unsure or pattern("leaves_open").search(text))
        and all(_is_told(clause, facts) or _says_nothing(clause) for clause in clauses)
    ):
        # Who lists in words several things that apply, and says nothing else, has ticked those and no others.
        for name in rest:
            facts[name] = Fact("no", Source.INFERRED, text[:60])
    return ()


def _is_item(clause: str, slot: str) -> bool:
    """就贷款, 那个算力的: whether a clause is the name of what is listed, and next to nothing besides."""
    item = _BARE_ITEM.match(clause)
    if item is None or _DENIES.search(clause):
        return False
    topic = topics()[slot].search(item["item"])
    return topic is not None and len(item["item"]) - len(topic.group()) <= 1


def _is_told(clause: str, facts: Mapping[str, Fact]) -> bool:
    """Whether a clause holds the words of a fact, or says more of one that is so: 有出口，主要发东南亚."""
    if any(fact.words in clause or clause in fact.words for fact in facts.values()):
        return True
    return any(fact.value == "yes" and read_yes_no(slot, [Told(clause)]) for slot, fact in facts.items())


def _says_nothing(words: str) -> bool:
    return not pattern("of_any_answer").sub(" ", words).strip()


def _numbered(text: str, pending: Question) -> tuple[str, ...]:
    """The options that a message names by number: 2, 选2和3, 第一个, 第1项和第3项, 前两个."""
    if _HOW_MANY.match(text):
        return ()
    if pending.multiple and (counted := _FROM_AN_END.match(text.strip("，。 "))):
        named = [o.id for o in pending.options if o.id in slots() or o.id in _titles()]
        many = "一二三四五六七八九".find(counted["many"].replace("两", "二")) + 1 or int(counted["many"])
        from_start = counted["end"] in {"前", "头"}
        return tuple(named[:many] if from_start else named[-many:]) if many <= len(named) else ()
    match = _NUMBERED.match(re.sub(r"第|[项个号有]", "", text).strip("，。 "))
    if not match:
        return ()
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"十": 10}
    numbers = [
        int(n) if n.isdigit() else digits.get(n, 0) for n in re.findall(r"\d+|[一二三四五六七八九十]", match.group(1))
    ]
    if not numbers or any(not 1 <= n <= len(pending.options) for n in numbers):
        return ()
    if len(numbers) > 1 and not pending.multiple:
        return ()
    return tuple(pending.options[n - 1].id for n in numbers)


def _titles() -> tuple[str, ...]:
    return tuple(v for v in slots()["tiers"].values if v != NONE)


def _labelled(text: str, pending: Question) -> tuple[str, ...]:
    plain = text.strip(" 。.!！，,")
    exact = [o.id for o in pending.options if plain in {o.label.lower(), o.id.lower()}]
    return tuple(exact[:1])


def _resembling(text: str, pending: Question) -> str | None:
    """The one option whose label a short answer clearly resembles; 有 in a longer answer is no label."""
    words = text.strip(" 。的了")
    likeness = {
        o.id: fuzz.partial_ratio(words, o.label.lower())
        for o in pending.options
        if len(text) >= 2 and words != "有" and (len(o.label) > _A_WORD or len(words) <= len(o.label) + 1)
    }
    good = [i for i, score in likeness.items() if score >= _ALIKE]
    return good[0] if len(good) == 1 else None


def _titles_in(text: str) -> tuple[str, ...]:
    """The titles that a short answer names in a word or two: 就创新型这一个, 省里那个."""
    if any(regex.search(text) for regex in (_DENIES, _STILL_TO_COME, _NO_LONGER)) or intends(text):
        return ()
    of_another = _OF_A_LEVEL.search(text) and not any(regex.search(text) for _, regex in value_patterns()["tiers"])
    return () if of_another or names_unheld(text) else titles_in_short(text)
