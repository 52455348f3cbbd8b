"""Questions that ask on for another title, level or count than was told: each answers, or leaves it to the next."""

import re
from dataclasses import replace

from chains.finding.alone import by_itself
from chains.finding.followup import follow_up, titles_named
from chains.finding.matching import A_NAME, A_WORD, SAYS_LEVEL, WHICH_LEVEL, is_award, titles_of
from chains.finding.meant import Subject
from chains.finding.naming import core, longest_run, without_help
from chains.finding.told import OF_EVERY_FIRM, is_often_left_out
from chains.finding.turn import Turn, told_before
from chains.language.clauses import value_patterns
from chains.language.normalise import plain
from chains.prompting import texts
from knowledge.figures import read_figures
from knowledge.profile import NONE

# 省里的也帮着报吗: the same of those who govern higher or lower.
_OF_A_LEVEL = re.compile(
    r"^(?:那|那么|还有|，)*(?P<level>省|国家|市)(?:里|级|一级)?的?(?:那[个种]|[个种])?(?:也|呢|有|能|可以|帮|怎|算)"
)
_GIVEN_SO = re.compile(r"资助|奖励|补贴|贴息|补助|奖补")
# 奖励多少、归谁管、这份文件有效期到什么时候: what is asked of the document beside.
_OF_THE_DOCUMENT = re.compile(
    r"(?:[这那]份|[这那]个)?(?:文件|政策|措施|计划)的?(?:有效期?|期限|管|执行|用|能用)?(?:到|是)?(?:什么|啥|哪)(?:时候|一?年|一?天|日)(?:为止|到期)?"
)
_INTENDS, _GIVES = re.compile(r"打算|计划|准备|争取|目标"), re.compile(r"[\W发给领拿出]")
_FIRMS, _ITS_WORDS = re.compile(r"[家户]"), 0.4
# 能不能压到0.5%, 谈到1%以下: a figure is weighed against the one that was told.
_WEIGHED = re.compile(r"[压谈降砍减调提涨]|争取|[低高少多]于|[以之][下上内]|更[低高]|不到")


def of_a_title_missing_before(turn: Turn) -> Subject | None:
    """那镇江给多少, after a city without an award for 小巨人: that award, and not what the city has."""
    wish = tuple(turn.finder.by_key[k] for k in turn.conversation.wish if k in turn.finder.by_key)
    missing = wish[:1] if wish and is_award(wish[0]) and wish[0] not in turn.focus else ()
    bare = len(re.sub(r"\W", "", turn.named)) < A_WORD and not titles_named(turn.text)
    if not (missing and bare and turn.moved and "amount" in turn.search.facets) or any(map(is_award, turn.focus)):
        return None
    titles = titles_of(missing[0].support) if missing[0].support else set()
    asked = replace(turn.search, titles=frozenset(titles))
    return follow_up(asked, turn.heard, missing, "", by_name=True)


def of_its_level(turn: Turn) -> Subject | None:
    """小巨人是不是更高，几级, after 省专达到三级，小巨人达到四级: of what was told that says a level."""
    if not (turn.refers and turn.stays and WHICH_LEVEL.search(turn.text)):
        return None
    rest = WHICH_LEVEL.sub(" ", turn.text)
    for _, regex in value_patterns()["tiers"]:
        rest = regex.sub(" ", rest)
    levels = tuple(e for e in turn.focus if SAYS_LEVEL.search(plain(e.quote)))
    return told_before(levels) if levels and len(core(without_help(rest))) < A_WORD else None


def of_the_level_beside(turn: Turn) -> Subject | None:
    """省里的也帮着报吗, after what a city recognises: what stands beside it of the level that is named."""
    asked = _OF_A_LEVEL.match(turn.text) if turn.refers and turn.stays else None
    first = turn.focus[0] if turn.focus else None
    if asked is None or first is None or first.support is None or asked["level"] in first.title:
        return None
    same = (e for e in turn.finder.entries if (e.document_id, e.provision) == (first.document_id, first.provision))
    of_it = [e for e in same if e.support and e != first and asked["level"] in plain(e.title)]
    held = {e: len(longest_run(plain(first.title), plain(e.title)).strip()) for e in of_it}
    most = max(held.values(), default=0)
    return told_before([e for e in of_it if held[e] == most][:1]) if most >= A_NAME else None


def of_a_title_just_named(turn: Turn) -> Subject | None:
    """淮安想搞多少家, after 小巨人 and nothing else: how many there shall be of that title."""
    held = turn.conversation.profile["tiers"] or ()
    just_named = not turn.focus and len(held) == 1 and NONE not in held
    named = _INTENDS.sub("", turn.named)
    counts = "count" in turn.search.facets and len(named) < A_WORD and _FIRMS.search(turn.text) is not None
    if not (just_named and counts):
        return None
    asked = replace(turn.search, text=f"{texts('tiers')[held[0]]}目标多少家")
    found = by_itself(asked, turn.heard, turn.conversation)
    return found if any(held[0] in turn.finder.counts(e.key) for e in found.entries) else None


def of_the_same_count(turn: Turn) -> Subject | None:
    """连云港要培育几家制造业的, after how many of 江苏精品: what counts the same there and has what is named."""
    if not (turn.refers and turn.moved and "count" in turn.search.facets) or titles_named(turn.text):
        return None
    counted = next((m for e in turn.focus if (m := turn.finder.counts(e.key))), frozenset())
    there = (e for e in turn.finder.entries if e.city in turn.heard.cities and e.support is None)
    same = [e for e in there if counted and counted <= turn.finder.counts(e.key)]
    holding = [e for e in same if turn.finder.own_coverage(turn.named, e.key) >= _ITS_WORDS]
    return told_before(holding[:1]) if holding and len(turn.named) >= A_WORD else None


def of_those_that_give_so(turn: Turn) -> Subject | None:
    """最多能资助多少, after a discount and a 资助: those of what was told that give what is asked for by its word."""
    kind = _GIVEN_SO.search(turn.text) if len(turn.focus) > 1 and turn.stays and not turn.heard.facts else None
    rest = _OF_THE_DOCUMENT.sub(" ", turn.text)
    if kind is None or "amount" not in turn.search.facets or len(_GIVES.sub("", core(without_help(rest)))) >= A_WORD:
        return None
    given = tuple(e for e in turn.focus if e.support and kind.group() in plain(e.title + e.support.benefit.text))
    return told_before(given) if 0 < len(given) < len(turn.focus) else None


def of_what_no_text_says(turn: Turn) -> Subject | None:
    """那户口呢, 年龄呢, after a support: what is commonly asked for and names no support is asked of that one."""
    asks_on = turn.refers and turn.stays and not turn.heard.facts
    return told_before(turn.focus) if asks_on and is_often_left_out(turn.text) else None


def of_a_figure_weighed(turn: Turn) -> Subject | None:
    """那能不能压到0.5%, after 平均担保费率不高于1%: what was told that states a rate."""
    if not (turn.refers and turn.stays and _WEIGHED.search(turn.text)) or turn.finder.named(turn.text):
        return None
    rates = any(figure.kind == "rate" for figure in read_figures(turn.text))
    told = tuple(e for e in turn.focus if any(figure.kind == "rate" for figure in read_figures(e.quote)))
    return told_before(told) if rates and told else None


def of_a_sum_told_before(turn: Turn) -> Subject | None:
    """我们做标准的，怎么能拿五十万, after an award of 100万: what was told before that, gives the sum and is named."""
    sums = {figure.value for figure in read_figures(turn.text) if figure.kind == "money"}
    if not (sums and turn.focus and turn.stays) or turn.finder.named(turn.text):
        return None
    trail = [turn.finder.by_key[k] for k in turn.conversation.trail if k in turn.finder.by_key]
    given = {e: {f.value for f in read_figures(e.quote)} for e in (*trail, *turn.focus)}
    giving = [e for e in trail if sums <= given[e] and e.city == turn.focus[0].city]
    if not giving:  # told so long ago that it is forgotten: what turns on a fact of the firm
        known = turn.conversation.facts.keys() - OF_EVERY_FIRM
        here = [e for e in turn.finder.entries if e.support and e.city == turn.focus[0].city]
        of_firm = [e for e in here if e.support and known & {c.slot for c in e.support.when}]
        giving = [e for e in of_firm if sums == {e.support and e.support.benefit.amount_cny}]
    if not giving or any(sums & given[e] for e in turn.focus):
        return None
    held = max(turn.finder.own_coverage(turn.named, e.key) for e in turn.focus)
    named = giving if "procedure" in turn.search.facets else []  # 那个五十万怎么拿
    named = named or [e for e in giving if turn.finder.own_coverage(turn.named, e.key) > held]
    return told_before(named[-1:]) if named else None
