"""Where a message goes back to what was told earlier (再说回研发机构), or turns to another matter (换个事)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from chains.conversation import Conversation
from chains.finding.called import is_called
from chains.finding.entries import Entry
from chains.finding.matching import A_WORD, Search, is_award, is_mere_title
from chains.finding.naming import core, core_words, names_nothing
from chains.finding.retrieval import Finder
from chains.finding.told import FEW
from chains.language.normalise import plain
from chains.language.places import find_places
from chains.language.understanding import Understanding

# 刚才说的算力, 前面那个转贷, 再说回研发机构: what follows names what was told before.
_GOES_BACK = (
    r"(?:(?:刚才|刚刚|刚(?=说|讲|问|提|聊|谈)|前面|之前|最早|一开始|最开始|开头|上面|先前)(?:(?:我|你|咱)们?)?(?:说|讲|问|提|聊|看|谈)?(?:过|到)?的?"
    r"|(?:[再又先还就来]+(?:是|说|聊|讲|问|谈|看|绕|转|扯)|说|聊|讲|谈|绕|转|扯)回(?:到|去|来)?|回到|回(?:过)?头(?:来)?[再又]*(?:说|讲|看|问|聊)(?:说|讲|看|问|聊|一下)?)"
    r"(?:刚才|之前|前面|上面|最早|一开始)?(?:(?:我|你|咱)们?)?(?:说|讲|问|提|聊)?(?:过)?的?(?:那一?[个项条])?"
)
_NAME = r"(?:[\u4e00-\u9fffa-z]{2,8}?|[奖补贷券电气地税])"
_RETURNED_TO = re.compile(
    rf"{_GOES_BACK}(?P<name>{_NAME})(?=那一?[个项条块]|的|这一?[个项块]|[，。；,\s？?吧]|$|找|怎么|多少|归|能|还|要)"
)
# 贷款那个，是盐城自己出的吗; 海外那个再问一嘴: one that was talked of, by a loose name.
_THAT_ONE = re.compile(
    rf"(?:^|[，。；！\s])(?:那么?|就|还有|哦|对了|[再又]?问一?[下个]?)*(?P<name>{_NAME})那一?[个项条块]"
    r"(?=[，。；\s？?]|再|又|我们|还|能|要|得|找|归|怎|多少|几|什么|啥|是|有|呢|$)"
)
_CALLED_WHAT = re.compile(r"叫做?(?:什么|啥)(?P<thing>[\u4e00-\u9fff]{2})")
_AN_AWARD = frozenset({"奖", "奖励", "奖金"})
# How much of a loose name what was told must hold, its known questions with it; and of one that was typed wrong.
_HELD, _PARTLY, _ITS_WORDS = 0.75, 0.5, 0.5
# 换个事, 再问个别的: another matter, whatever was told; 另外, 对了: perhaps one.
_BEFORE = r"(?:好的?|好吧|行吧?|嗯+|哦+|噢|那|可以|知道了|明白了?|晓得了|谢谢|算了|不说了|[，。！\s])*"
_TURNS = re.compile(
    rf"^{_BEFORE}(?:再)?(?:换(?:一?[个件点])?(?:事儿?|话题|问题|题目?|别的|说|问|个)?|(?:说|问|聊|讲)(?:一?[点个件])?(?:别的|其他的?|另外的?)(?:事儿?)?"
    r"|再(?:问|请教|打听)(?:一?[个下件]|你?一?个|问)(?:事儿?|问题|别的)?|(?:还有|另有)一?[个件](?:事儿?|问题))[，。：:；\s]+"
)
_PERHAPS = re.compile(rf"^{_BEFORE}(?:对了|另外|还有|顺便(?:再)?(?:问(?:一?下|问)?)?)[，。：:；\s]+")
_REFERS = re.compile(r"[这那](?:一?[个项条款笔块样种]|些|里|份)|[它其]|刚才|上面|前面|一样|也")


def returned_to(text: str, conversation: Conversation, finder: Finder) -> tuple[Entry, ...]:
    """再说回研发机构, 贷款那个: the one of the last few turns that is called so, or else whose words hold that name."""
    back = _RETURNED_TO.search(text)
    match = back or _THAT_ONE.search(text)
    name = match["name"] if match else ""
    if not name or any(find_places(name)) or (not back and is_mere_title(name)):
        return ()
    keys = dict.fromkeys((*(key for told in conversation.rounds for key in told), *conversation.trail))
    talked = [finder.by_key[key] for key in keys if key in finder.by_key]
    named = finder.named(name)
    if named and not any(entry.key in named for entry in talked):
        return ()
    called = _meant(name, talked, conversation, finder)
    if len(called) != 1:
        return ()
    # 刚说的用地那个叫什么机制: what the same provision calls so, where that has no such word.
    thing = _CALLED_WHAT.search(text)
    if thing is None or thing["thing"] in plain(called[0].title + called[0].quote):
        return called
    same = (e for e in finder.entries if (e.document_id, e.provision) == (called[0].document_id, called[0].provision))
    return tuple(e for e in same if e.support and thing["thing"] in plain(e.quote))[:FEW] or called


def held_beside(search: Search, told: Sequence[Entry]) -> tuple[Entry, ...]:
    """出海那一条，参与的海关有哪几个; 刚才数量那个，单项冠军几家: what is asked of what a message goes back to.

    It is what the same provision has of it, where what was told has not.
    """
    match, finder = _RETURNED_TO.search(search.text) or _THAT_ONE.search(search.text), search.finder
    words = core_words(search.text[match.end() :]).split() if match else []
    named = "".join(word for word in words if len(word) >= A_WORD)
    if not named or any(finder.own_coverage(named, e.key) >= _ITS_WORDS for e in told):
        return ()
    places = {(e.document_id, e.provision) for e in told}
    beside = [e for e in finder.entries if (e.document_id, e.provision) in places]
    holding = [e for e in beside if finder.own_coverage(named, e.key) >= _HELD]
    return tuple(sorted(holding, key=lambda e: (not search.answers(e), len(e.quote)))[:1])


def _meant(name: str, talked: Sequence[Entry], conversation: Conversation, finder: Finder) -> tuple[Entry, ...]:
    """Those that have a name in the strictest way in which any has it; of several, what was told last."""
    ways: tuple[Callable[[Entry], bool], ...] = (
        lambda e: is_called(e, name) or (e.support is None and name in plain(e.title)),
        lambda e: name in _AN_AWARD and is_award(e),
        lambda e: e.support is not None and name in plain(e.quote),
        lambda e: len(name) >= A_WORD and finder.coverage(name, e.key) >= _HELD,
        lambda e: len(name) > A_WORD and finder.own_coverage(name, e.key) >= _PARTLY,
    )
    for has_it in ways:
        found = tuple(e for e in talked if has_it(e))
        last = tuple(e for e in found if e.key in conversation.focus)
        if found:
            return last if len(found) > 1 and len(last) == 1 else found
    return ()


def turned_to(heard: Understanding) -> tuple[Understanding, bool] | None:
    """换个事，想在国外搞个仓库: what it turns to, and whether that surely is another matter; None where it does not."""
    turn = _TURNS.match(heard.text)
    match = turn or _PERHAPS.match(heard.text)
    rest = heard.text[match.end() :] if match else ""
    if not rest or _REFERS.search(rest) or len(core(rest)) < A_WORD or names_nothing(rest):
        return None
    return replace(heard, text=rest), turn is not None
