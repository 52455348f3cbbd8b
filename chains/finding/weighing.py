"""What was told, weighed against what a question finds by itself: each reading answers, or leaves it to the next."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chains.finding.alone import stands_alone
from chains.finding.called import MUCH, ONLY_NAMED, called_alike, called_instead, called_rather
from chains.finding.entries import Entry
from chains.finding.followup import continuation, says_back
from chains.finding.matching import A_NAME, A_WORD, ENOUGH_SCORE, WHETHER_COUNTS, is_mere_title
from chains.finding.meant import Subject
from chains.finding.naming import content, core, in_their_words, longest_run
from chains.finding.told import (
    BRIEF,
    FEW,
    MORE,
    TOUCHES,
    beside_what_was_told,
    counted_instead,
    holds_less,
    is_held_elsewhere,
    left_open_in,
    names_another,
    names_nothing_new,
    nearest_told,
    only_responsible,
    stands_beside,
)
from chains.finding.turn import Turn, told_before
from chains.language.normalise import plain
from chains.language.places import find_places
from knowledge.figures import read_figures
from knowledge.support import Kind

_RATE = "rate"

# 那盐城呢，有没有…, 连云港也有类似的制度吧: the same of another city, whatever else it names.
_LIKEWISE = re.compile(r"^那?[^，。；]{2,4}呢[，,。？?]|(?:[也都]有?|有没有|有)(?:类似|同样|一样|这种|这样|差不多)")
# 盐城发不发这种券, 那边给这类补贴吗: another of the kind that was told.
_OF_THAT_KIND = re.compile(r"(?:[这那]种|[这那]类|[这那]样的?|同样的?|同类的?|类似的?)[\u4e00-\u9fff]")
# 掏钱给补吗, 有没有奖补: that money is asked for.
_MONEY_FOR_IT = re.compile(
    r"(?:给|有|能|会)(?:没有?|不给|点|些)?(?:补(?!充|办|齐|交|考)|奖|贴)|奖补|补贴|补助|资助|给不给钱|给钱"
)
_MONEY = frozenset({Kind.AWARD, Kind.FUNDING})
# 上市那个是什么意思: another of those that were named.
_THAT_ONE = re.compile(r"^那?[\u4e00-\u9fff]{2,6}?那一?[个项条块]")
# 算了，那土地呢，想拿块地: what is asked after beside other words.
_AFTER = re.compile(r"(?:^|[，。；！\s])那(?:么)?(?P<thing>[\u4e00-\u9fff]{2,6}?)呢[，,。\s]+(?=[\u4e00-\u9fff])")
_KNOWN = 0.75


def another_of_that_name(turn: Turn) -> Subject | None:
    """单项冠军呢: named alone, what is called so and was not told."""
    alone = turn.refers and not turn.moved and ONLY_NAMED.search(turn.text)
    other = called_instead(turn.named, turn.alone, turn.focus) if alone else ()
    return replace(turn.alone, entries=other) if other else None


def the_same_elsewhere(turn: Turn) -> Subject | None:
    """连云港也有类似的制度吧, 盐城发不发这种券; what only points at the kind of what was told names no other thing."""
    points = _OF_THAT_KIND.search(turn.text) is not None
    if not (turn.refers and turn.moved and len(turn.heard.cities) == 1 and (points or _LIKEWISE.search(turn.text))):
        return None
    same = turn.same()
    return same if same.entries or (points and not stands_alone(turn.alone)) else None


def what_it_is_for(turn: Turn) -> Subject | None:
    """Who is responsible for what was told; or what stands beside it and is called rather so."""
    if not turn.of_that or turn.told:
        return None
    if only_responsible(turn.search, turn.named, turn.alone, turn.focus):
        return told_before(turn.focus)
    beside = called_rather(turn.text, turn.alone, turn.focus)
    return replace(turn.alone, entries=beside) if beside else None


def what_is_named(turn: Turn) -> Subject | None:
    """那AEO要啥材料: what is called by its name is not what was talked of before."""
    found = turn.alone.entries
    return turn.alone if found and found[0].key in turn.finder.named(turn.text) and not turn.told else None


def what_is_left_open(turn: Turn) -> Subject | None:
    """What was told that says of itself that it leaves open what is asked."""
    unsure = turn.of_that and not stands_alone(turn.alone)
    open_in = left_open_in(turn.text, turn.focus) if unsure else ()
    return told_before(open_in) if open_in else None


def what_holds_the_figure(turn: Turn) -> Subject | None:
    """几家企业合用一个, after 每两家企业配备1名: of what was told, where what is found holds none."""
    alone = turn.alone
    if not turn.of_that or turn.told or not (turn.search.wants_figure and alone.entries and alone.trace):
        return None
    weak = alone.trace[0][1] < ENOUGH_SCORE and not turn.search.answers(alone.entries[0])
    return told_before(turn.focus) if weak and turn.search.answers(turn.focus[0]) else None


def what_has_such_a_rate(turn: Turn) -> Subject | None:
    """能不能压到0.5%, after 不高于1%: of what was told with a rate, where what is found has none."""
    said = {figure.unit for figure in read_figures(turn.text) if figure.kind == _RATE}
    if not said or not turn.of_that or not turn.refers:
        return None
    told = tuple(e for e in turn.focus if said & {f.unit for f in read_figures(e.quote) if f.kind == _RATE})
    found = any(f.kind == _RATE for e in turn.alone.entries[:1] for f in read_figures(e.quote))
    return told_before(told) if told and not found else None


def what_is_called_alike(turn: Turn) -> Subject | None:
    """What was told whose name is like what is asked for."""
    called = called_alike(turn.text, turn.alone, turn.focus, turn.finder) if turn.of_that else ()
    return told_before(called) if called else None


def what_stands_beside(turn: Turn) -> Subject | None:
    """What names much finds what stands beside what was told; what asks for a figure, or names little, asks on."""
    names_much = turn.of_that and not turn.told and not turn.search.facets and len(turn.named) >= MUCH
    found = names_much and stands_beside(turn.text, turn.alone, turn.focus, turn.finder)
    return turn.alone if found else None


def what_is_given_for_it(turn: Turn) -> Subject | None:
    """那真动手改造呢，掏钱给补吗, after a free diagnosis: the money for its matter, where what was told gives none."""
    asks = turn.of_that and turn.stays and turn.alone.entries and turn.alone.trace and _MONEY_FOR_IT.search(turn.text)
    if not asks or any(e.support is None or e.support.kind in _MONEY for e in turn.focus[:1]):
        return None
    best, score = turn.alone.entries[0], turn.alone.trace[0][1]
    given = best.support is not None and best.support.kind in _MONEY and score >= ENOUGH_SCORE
    thing = longest_run(turn.named, plain(best.title + best.quote)).strip()
    matter = plain("".join(e.title for e in turn.focus))
    shared = len(longest_run(plain(best.title), matter).strip()) >= A_NAME
    return turn.alone if given and shared and len(thing) >= A_WORD else None


def what_names_nothing_new(turn: Turn) -> Subject | None:
    """What stands in what was told, or names nothing that does not."""
    if not turn.refers or turn.moved or turn.names_award:
        return None
    nothing_new = turn.told or names_nothing_new(turn.heard, turn.named, turn.alone, turn.focus[0], turn.finder)
    return told_before(turn.told or turn.focus) if nothing_new else None


def what_is_said_back(turn: Turn) -> Subject | None:
    """What was told, said back to be confirmed."""
    back = turn.refers and says_back(turn.text) and not turn.moved and not stands_alone(turn.alone)
    return told_before(turn.focus) if back else None


def what_is_counted_instead(turn: Turn) -> Subject | None:
    """智能工厂呢, after a target of 智能车间: what the same sentence counts."""
    if not turn.of_that or stands_alone(turn.alone):
        return None
    instead = counted_instead(turn.text, turn.named, turn.focus[0], turn.finder)
    return told_before(instead) if instead else None


def what_says_more(turn: Turn) -> Subject | None:
    """What a question finds and what was told does not hold.

    While a question waits, what is near to it interrupts and takes its place only where it says more.
    """
    alone = turn.alone
    if not _is_unsure(turn) or not alone.entries or turn.moved:
        return None
    more = bool(alone.trace) and alone.trace[0][1] >= ENOUGH_SCORE and alone.share > _held(turn) + MORE
    apart = turn.heard.cities or turn.conversation.pending is None or _THAT_ONE.search(turn.text) is not None
    if more or (apart and names_another(turn.named, alone, turn.focus, turn.finder)):
        return alone
    return None


def what_is_held_elsewhere(turn: Turn) -> Subject | None:
    """What is found nowhere near and stands in another provision is not of what was told."""
    lost = _is_unsure(turn) and not (turn.alone.entries or turn.moved)
    return turn.alone if lost and is_held_elsewhere(turn.text, turn.focus, turn.finder) else None


def what_is_asked_after(turn: Turn) -> Subject | None:
    """算了，那土地呢，想拿块地, after electricity: what is asked after by a word that nothing told holds."""
    after = _AFTER.search(turn.text) if turn.refers and turn.stays and not turn.names_award else None
    if after is None or is_mere_title(after["thing"]) or any(find_places(after["thing"])):
        return None
    thing, finder = after["thing"], turn.finder
    if any(finder.coverage(thing, entry.key) >= TOUCHES for entry in turn.focus):
        return None
    known = any(finder.own_coverage(thing, m.entry.key) >= _KNOWN for m in finder.search(thing, (), FEW))
    return turn.alone if known and (turn.alone.entries or turn.alone.missing_in) else None


def what_goes_on(turn: Turn) -> Subject | None:
    """The same of another city, or the next of what was told; none of it where another thing is named (想拿块地)."""
    if not _is_unsure(turn):
        return None
    theirs = core(in_their_words(turn.text))
    if turn.stays and theirs != core(turn.text) and _held_by_none(theirs, turn):
        return None
    again = turn.same() if turn.moved else continuation(turn.search, turn.heard, turn.focus)
    return again if again is not None and again.entries else None


def what_touches_on_it(turn: Turn) -> Subject | None:
    """改好了就不罚啦, 我下周就去办行不行: a short message that finds nothing by itself and touches on what was told."""
    lost = _is_unsure(turn) and not (turn.alone.entries or turn.moved)
    if not lost or "broad" in turn.heard.intents or len(turn.text) > BRIEF:
        return None
    touches = turn.finder.coverage(core(turn.text), turn.focus[0].key) >= TOUCHES
    return told_before(turn.focus) if touches or WHETHER_COUNTS.search(turn.text) else None


def what_is_a_guess(turn: Turn) -> Subject | None:
    """What was told, where what the question finds by itself is beside it, less than it, or a guess."""
    if not _is_unsure(turn) or not turn.stays:
        return None
    if beside := beside_what_was_told(turn.alone, turn.focus, turn.finder):
        return told_before(beside)
    asks = turn.asks and "broad" not in turn.heard.intents
    if asks and (_guesses(turn.named, turn.alone, turn.focus) or holds_less(turn.alone, _held(turn))):
        return told_before(turn.focus)
    return None


def the_nearest_of_many(turn: Turn) -> Subject | None:
    """After many things told, the nearest of them, where what the question finds by itself is a guess."""
    of_many = len(turn.focus) > FEW and turn.asks and turn.stays and not turn.conversation.broad
    if not of_many or not _guesses(turn.named, turn.alone, turn.focus):
        return None
    told = nearest_told(turn.text, turn.alone, turn.focus, turn.finder)
    return told_before(told) if told else None


def _is_unsure(turn: Turn) -> bool:
    """Whether a question after few things told asks for no title's award and does not name its subject itself."""
    return turn.refers and not turn.names_award and not stands_alone(turn.alone)


def _held_by_none(words: str, turn: Turn) -> bool:
    """Whether what was told holds little of some words in its own text."""
    return all(turn.finder.own_coverage(words, entry.key) < TOUCHES for entry in turn.focus)


def _held(turn: Turn) -> float:
    """How much of the question stands in what was told first, 0 to 1."""
    return turn.finder.coverage(content(turn.text), turn.focus[0].key)


def _guesses(named: str, alone: Subject, focus: Sequence[Entry]) -> bool:
    """Whether what a message finds, of another provision, holds less than half of it, nor is asked or called so.

    Measured on the suites' talks: after a few things told, such an entry was never what was meant, and they were.
    """
    if not (alone.entries and alone.trace) or stands_alone(alone) or alone.trace[0][1] >= ENOUGH_SCORE:
        return False
    if any((e.document_id, e.provision) == (alone.entries[0].document_id, alone.entries[0].provision) for e in focus):
        return False  # 改完还罚不: the next sentence of what was told
    words = {named[i : i + A_WORD] for i in range(len(named) - 1)}
    told = "".join(plain(e.title + e.quote) for e in focus)
    return not any(word in plain(alone.entries[0].title) and word not in told for word in words)
