"""Which of several firms a message is of: the one talked of, the next, or the speaker's own in another city."""

import re

from chains.conversation import Conversation
from chains.eligibility import CITY
from chains.language.clauses import city_names, pattern
from chains.language.normalise import normalise
from chains.language.places import find_places
from chains.language.understanding import understand
from knowledge.profile import Fact, Source
from knowledge.regions import Place, served_cities

_DISTRICT = "district"
_PARTS = re.compile(r"[，。；！？?\s]")
_ANOTHER_FIRM = re.compile(r"(?:[那另下换]|另外|第[二三四五])一?家")
# 换一家。盐城的，小巨人; 再帮另一家看看; 重来。我是省专: what was told before is not of the firm that follows.
_OPENS = r"^(?:好[的了吧]?|行[了吧]?|嗯+|那|对了|哦|算了|接着|[，,。！!\s])*"
_NEXT_FIRM = re.compile(
    rf"{_OPENS}(?:我们?|咱们?)?(?:再|想|要|来)*(?:换(?:成|到)?(?:另外?|下)?一?[家个](?:公司|企业|厂子?)"
    r"|换(?:另外?|下)?一?家(?=$|[，,。！!：:\s吧看问说来再])"
    r"|(?:帮|替|给|问|看|查|说)+(?:我)?(?:看看?|查查?|问问?|说说?)?(?:另外?|下)一?家(?=$|[，,。！!：:\s吧看问说来的公企厂]))"
)
_ANEW = re.compile(
    rf"{_OPENS}(?:重新来|重来|从头(?:再)?来|重新开始|推倒重来)(?:一?[遍次下])?(?:吧|啊|哈)?[，,。！!：:\s]+(?=[^，。！]*(?:{city_names()}|我|咱|公司|企业|厂))"
)
# 另一家是盐城的: the firm that is told of now, where several are told of one after the other.
_THAT_FIRM = re.compile(
    r"^(?:好[的了吧]?|行|那|然后|再|[，,\s])*(?:我们?|咱们?)?(?:[那另下]|另外|还有|第[二三四五])(?:外)?一?[家个](?:公司|企业|厂子?)?(?=[是在叫做搞评])"
)
# 我是代账会计，手上好几家客户，先问南京的，有一家是小巨人: the one of several firms that is told of first.
_ONE_FIRST = re.compile(r"[，,。；\s]+(?:我)?先(?:问|说|看|讲|查|聊|来)(?:一?下|问|看|说)?(?P<one>[^？?]{2,})")
_ONE_OF_THEM = re.compile(r"(?:其中|里面|里头)?有一?[家个](?:公司|企业|客户|厂)?(?:就)?(?=是|在)")
# 子公司能拿多少, after 我们在淮安还有个子公司.
_SUBSIDIARY = "子公司"
_THE_SUBSIDIARY = re.compile(
    r"^(?:那|就是|是)?(?:我们?|咱们?)?的?(?:[那这]一?[个家])?(?:全资|控股)?子公司(?=[能可有会该想是没评拿领])"
)
_FIRM = r"(?:公司|企业|厂子?|总部|工厂)"
# 丹阳那家还能领吗, 我那家南京的公司: a firm of the speaker's, by where it is.
_THAT_ONE = re.compile(
    rf"^市?(?:那边|那里|这边)?的?(?:[那这]一?(?:家|个(?={_FIRM}))|另一家){_FIRM}?(?!银行|医院|担保|机构|客户|供[应货]|园区|学校|店)"
)
_THAT_ONE_BEFORE, _OF_THERE = (
    re.compile(r"(?:[那这另]|另外)一?[家个](?:开|设|注册)?在?$"),
    re.compile(rf"^市?(?:那边|那里)?的?{_FIRM}"),
)
# 换一家，淮安那个, of one that was told of.
_THE_OTHER = re.compile(r"^市?那个(?=$|[，。；\s]|[也还都]|呢|是)")
# 我在南京也有公司, 我们在淮安也有一家小巨人, 我们还有家公司在盐城.
_WE_IN = re.compile(r"(?:我们?|咱们?|俺们?|我司|自己|老板|名下)(?:还|也|又|另外)?(?:在)?$")
_HAVE_TOO = (
    r"(?:也|还|另外|又|单独)+(?:有|开了?|办了?|注册了?|成立了?)(?:一?[家个])?(?:独立的?|单独的?|自己的)?"
    r"(?:公司|企业|(?=小巨人|省专|省级|专精特新|单项冠军|创新型)|(?<=[家个])(?=$|[，。；\s？?]))"
)
_TOO = re.compile(rf"^市?(?:那边|那里)?{_HAVE_TOO}")
_WE_TOO = re.compile(rf"^市?(?:那边|那里|这边)?(?:我们?|咱们?|俺们?|老板)(?:自己|公司)?{_HAVE_TOO}")
# 还有一家在, 另一家在.
_ONE_MORE = re.compile(r"(?:还|也|又|另外)有一?[家个](?:公司|企业)?在$|另外?一?家(?:公司|企业|厂子?)?是?在$")
_ENDS = re.compile(r"^市?(?:那边)?的?(?=$|[，。；\s])")
_THAT_FIRM_AGAIN = re.compile(rf"(?<![我你他她])那一?家{_FIRM}?(?!银行|医院|担保|机构|客户|供[应货])")
# 江宁那家呢: what was asked is asked of it; 那边有啥, of the firm that is looked at now.
_ASKS_THE_SAME = re.compile(r"\s*(?:的?话)?[呢嘞呐]?[?？。！\s]*")
_THERE = re.compile(r"(?<=[，。；\s])那(?:边|里|儿)的?")
_GOES_ON = re.compile(r"$|[，。；？?\s]|[也还都又]|是|能|可以?|有(?:没有|什么|啥|哪)|[算该呢嘞的没不]|怎么|咋|评")
# 我爸开了个厂，我妈的公司, where no firm of the speaker's own is told of: it is the one that is asked for.
_OF_PARENTS = re.compile(
    r"(?:我|俺)们?家?(?:里|老)?(?:爸爸?|爹|妈妈?|父亲|母亲|父母|爸妈)(?:他|她)?"
    r"(?:自己)?(?P<firm>(?:的|那个?|那家|开的|办的)*(?:小?厂子?|工厂|公司|企业)|(?:在[^，。；\s]{2,6})?(?:开|办)了?(?:一?[个家])?(?:小?厂子?|工厂|公司|企业))"
)
_OF_MYSELF = re.compile(r"我们(?!家?(?:里|老)?[爸妈父母爹])|咱们|我自己|我这边|我单位|我公司|我厂|我的(?=[在是公厂])")
# What is known of one firm, and holds for no other.
_OF_ONE_FIRM = (
    *("declined", "pending", "asked", "supposed", "moved", "reviewed", "recognised", "industry", "measures", "lacks"),
    *("counted", "kinds", "missed", "again", "offered", "beside", "listed"),
)


def for_the_firm_meant(conversation: Conversation, text: str) -> Conversation:
    """The conversation without the facts of the firm before, where another is meant now, or all is told anew."""
    if conversation.facts and _ANEW.match(text):
        return conversation.restarted().model_copy(update={"warned": conversation.warned})
    if place := _firm_elsewhere(conversation, normalise(text)):
        return _turned_to(conversation, place)
    if not (conversation.facts or _OF_MYSELF.search(text)) and _OF_PARENTS.search(text):
        return conversation.model_copy(update={"of_parents": True})
    is_another = _NEXT_FIRM.match(text) or (conversation.several and _ANOTHER_FIRM.search(text))
    if not (conversation.facts and is_another):
        return conversation
    fresh = conversation.restarted().with_goal(conversation.wish, broad=conversation.broad)
    kept = {"warned": conversation.warned, "common": conversation.common, "earlier": conversation.facts}
    return fresh.model_copy(update={"several": True, **kept})


def _firm_elsewhere(conversation: Conversation, text: str) -> Place | None:
    """丹阳那家, 我在南京也有公司: where another firm of the speaker's is that a message is of."""
    own, told_of, left = (facts.get(CITY) for facts in (conversation.facts, conversation.another, conversation.earlier))
    if own is None or conversation.city_is_only_asked_about or pattern("hypothesis").search(text):
        return None
    for place, start, end in find_places(text):
        slot, before, after = place.city.slot, _PARTS.split(text[:start])[-1], text[end:]
        if (
            slot == own.value
            or slot not in served_cities()
            or pattern("others").search(_ONE_MORE.sub("", text[:start]))
        ):
            continue
        if _says_ours(before, after):
            return place
        is_known = left is not None and left.value == slot
        told = _pointed_at(before, after) or (_THE_OTHER.match(after) if is_known else None)
        is_anothers = told_of is not None and told_of.value == slot
        if told and (is_known or (not is_anothers and _asks_of_it(text, after[told.end() :]))):
            return place
    return None


def _asks_of_it(text: str, rest: str) -> bool:
    """南京那家也是小巨人, 南京那家呢, and not 听说南京那家拿了一百万, 南京那家做芯片的客户."""
    return _GOES_ON.match(rest) is not None and pattern("hearsay").search(text) is None


def _says_ours(before: str, after: str) -> bool:
    return bool(_WE_TOO.match(after) or (_WE_IN.search(before) and _TOO.match(after)))


def _pointed_at(before: str, after: str) -> re.Match[str] | None:
    """What follows a place and says that a firm of the speaker's is there."""
    if told := _THAT_ONE.match(after) or _WE_TOO.match(after):
        return told
    if _THAT_ONE_BEFORE.search(before) and (told := _OF_THERE.match(after)):
        return told
    if _WE_IN.search(before) and (told := _TOO.match(after)):
        return told
    return _ENDS.match(after) if _ONE_MORE.search(before) else None


def _is_of_ours(conversation: Conversation, written: str) -> bool:
    """我那家南京的公司, of the one talked of, where another is kept beside it."""
    own = conversation.facts.get(CITY)
    for place, start, end in find_places(written):
        before = _PARTS.split(written[:start])[-1]
        if own is not None and place.city.slot == own.value and _pointed_at(before, written[end:]):
            return True
    return False


def _turned_to(conversation: Conversation, place: Place) -> Conversation:
    """The conversation with the firm in another city, as it was told before, and the one left kept beside it."""
    facts = {CITY: Fact(place.city.slot, Source.STATED, place.city.name)}
    if place.district:
        facts[_DISTRICT] = Fact(place.district, Source.STATED, place.name)
    there = conversation.earlier.get(CITY)
    known = conversation.earlier if there is not None and there.value == place.city.slot else {}
    nothing = Conversation(as_of=conversation.as_of)
    gone = {name: getattr(nothing, name) for name in _OF_ONE_FIRM}
    kept = conversation.with_goal(conversation.wish, broad=conversation.broad).model_copy(update=gone)
    return kept.model_copy(update={"facts": {**known, **facts}, "earlier": conversation.facts, "turned": True})


def _as_ours(written: str) -> str:
    """那我们还能领吗, of 那丹阳那家还能领吗."""
    for place, start, end in reversed([*find_places(written)]):
        before, after = written[:start], written[end:]
        told = _pointed_at(_PARTS.split(before)[-1], after)
        if told is None:
            continue
        lead = next((m for regex in (_THAT_ONE_BEFORE, _WE_IN, _ONE_MORE) if (m := regex.search(before))), None)
        begin = lead.start() if lead else start
        opens = re.sub(r"(?:我们?|咱们?|俺们?)$", "", before[:begin])
        rest = after[told.end() :]
        written = f"{opens}我们在{place.name}{'' if _ASKS_THE_SAME.fullmatch(rest) else '，' + rest if rest else ''}"
    return _THERE.sub("", _THAT_FIRM_AGAIN.sub("我们", written))


def of_the_firm_talked_of(conversation: Conversation, written: str) -> str:
    """A message with 我们 for the firm that is talked of: 另一家是盐城的, 子公司能拿多少, 丹阳那家还能领吗."""
    if conversation.turned or (conversation.earlier and _is_of_ours(conversation, written)):
        return _as_ours(written)
    one = _ONE_FIRST.search(written)
    if one is not None and understand(written).reading.several:
        told = _ONE_OF_THEM.sub("我们", one["one"])
        written = told if understand(told).facts.keys() & {CITY, "tiers"} else written
    city = conversation.facts.get(CITY)
    if conversation.of_parents:
        written = _OF_PARENTS.sub(r"我们\g<firm>", written)
    if city is not None and _SUBSIDIARY in city.words:
        written = _THE_SUBSIDIARY.sub("我们", written)
    return _THAT_FIRM.sub("我们", written) if conversation.several else written
