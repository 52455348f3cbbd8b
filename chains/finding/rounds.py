"""What was told in the last turns, as one points back at it: how many (这两个), by its place (前一个)."""

import re
from collections.abc import Sequence

from chains.conversation import Conversation
from chains.finding.entries import Entry
from chains.finding.matching import A_WORD, ENOUGH, RESPONSIBLE
from chains.finding.naming import content, core
from chains.finding.retrieval import Finder
from chains.language.normalise import plain
from chains.language.places import find_places, served
from chains.language.understanding import Understanding

_MANY = {"两": 2, "俩": 2, "二": 2, "双": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6}
_SO_MANY = re.compile(
    r"(?<![第十百千万\d.])(?P<many>[两二三四五六2-6])(?:个(?!月|人|城|市)|[样项条笔种件者边地块份档](?!话))|(?P<few>[俩仨]|双方)|成(?P<into>[两三四])[句条点段行]"
)
_THING = (
    r"(?:个|项|条|样|件|笔|种|档|块|点)"
    r"(?!月|季|问题|疑问|人|年|周|礼拜|星期|批|客户|厂|部门|环节|城|市|省|公司|企业|项目|地方|办法|渠道|政策)"
)
_ONE = rf"(?:的?[那这]一?|一){_THING}"
_FIRST = re.compile(rf"(?:头|最先|最早|最前面|打头){_ONE}")
_ASKED_FIRST = re.compile(r"(?:最开始|一开始|最先|最早)(?:我|咱们?)?[问说聊提讲][到过]?的")
_BEFORE = re.compile(
    rf"(?:前面|前头|先前){_ONE}|上面{_ONE}(?!钱|资金|奖|补)|(?<![之以提])前一{_THING}|(?<![评算拿报赶用线网早晚路补以])上一{_THING}|前者"
)
_OTHER = re.compile(rf"(?:另外?|剩下的?|剩的?){_ONE}")
_LAST = re.compile(
    rf"(?:(?<![之以今往然])后面|后头|最后|最后面|最末|末尾|末了){_ONE}|(?<![之以今往然])后一{_THING}|后者"
)
_MIDDLE = re.compile(rf"(?:中间|当中){_ONE}")
_NUMBERED = re.compile(r"第(?P<number>[一二三四五六七八1-8])(?:个|项|条|种|样|件|笔|块|点)")
_LONGEST, _TWO, _THREE, _FEW, _MOST = 20, 2, 3, 2, 6
_BETWEEN_CLAUSES, _BETWEEN_NAMES = re.compile(r"[，。；：:！？?\s]"), re.compile(r"[、和跟与及]|还有|以及")
# How much of what one named the words of an entry must hold; less where it is called so.
_HELD, _CALLED = 0.6, 0.45


def how_many(text: str) -> int:
    """How many things a message points at: 2 of 这两个数; 0 where it does not say."""
    match = _SO_MANY.search(text)
    if match is None:
        return 0
    said = match["many"] or match["into"] or match["few"][0]
    return _MANY.get(said) or int(said)


def last_told(conversation: Conversation, finder: Finder, many: int = 0) -> tuple[Entry, ...]:
    """The entries of the last so `many` things that were told, each once and the last at the end; of all for 0."""
    rounds = conversation.rounds[-many:]
    if sum(map(len, rounds)) > _MOST:
        rounds = tuple(told[:_FEW] if len(rounds) > 1 else told[:_MOST] for told in rounds)
    keys = dict.fromkeys(key for told in rounds for key in told)
    return tuple(finder.by_key[key] for key in keys if key in finder.by_key)


def in_place(text: str, conversation: Conversation, finder: Finder) -> tuple[Entry, ...] | None:
    """中间那个, 后一个呢: what stands there in what was listed last, else among what was told in turn.

    Empty where a thing was listed that has no entry; None where no such place is meant.
    """
    if not names_place(text):
        return None
    row: Sequence[tuple[str, ...]] = tuple((key,) for key in conversation.in_order or conversation.focus)
    row = row if len(row) > 1 and not _ASKED_FIRST.search(text) else conversation.rounds or row
    place = _place(text, row, conversation.focus)
    if place is None or not -len(row) <= place < len(row):
        return None
    meant = tuple(finder.by_key[key] for key in row[place] if key in finder.by_key)
    named = finder.named(text)
    return None if named and not any(entry.key in named for entry in meant) else meant


def names_place(text: str) -> bool:
    """Whether a short message points at a place in what was told: 第二个, 后一个呢."""
    places = (_NUMBERED, _FIRST, _ASKED_FIRST, _BEFORE, _MIDDLE, _OTHER, _LAST)
    return len(text) <= _LONGEST and any(regex.search(text) for regex in places)


def _place(text: str, row: Sequence[tuple[str, ...]], focus: Sequence[str]) -> int | None:
    if number := _NUMBERED.search(text):
        return "一二三四五六七八12345678".index(number["number"]) % 8
    if _LAST.search(text):
        return -1
    if _FIRST.search(text) or _ASKED_FIRST.search(text):
        return 0
    if _MIDDLE.search(text):
        return len(row) // 2 if len(row) >= _THREE and len(row) % 2 else None
    now = next((i for i, keys in enumerate(row) if tuple(keys) == tuple(focus)), 0)
    if _OTHER.search(text):
        return 1 - now if len(row) == _TWO else None
    return max(now - 1, 0) if _BEFORE.search(text) and len(row) >= _TWO else None


def as_listed(heard: Understanding, conversation: Conversation, finder: Finder) -> tuple[str, ...]:
    """The entries of what a message lists, in its order: 智能车间、示范工厂、上云企业; none if one finds none.

    Of a plain row (碳足迹、首台套、外国专家工作室) what finds none keeps its place, under no key.
    """
    rows = [_BETWEEN_NAMES.split(clause) for clause in _BETWEEN_CLAUSES.split(heard.text)]
    names = max(rows, key=len)
    if len(names) < _TWO:
        return ()
    own = (*heard.cities, str(conversation.profile["city"] or ""), *conversation.focus_cities)
    found = [_called(name, own[0] if own else "", conversation, finder) for name in names]
    # 连云港海外仓和AEO: what is called so in another city is a thing, if none of this one.
    known = all(key or finder.named(name) for key, name in zip(found, names, strict=True))
    is_plain = known or names in [clause.split("、") for clause in _BETWEEN_CLAUSES.split(heard.text)]
    keys = tuple(key for key in found if key is not None)
    return keys if len(keys) == len(names) and (all(keys) or (is_plain and any(keys))) else ()


def _called(name: str, city: str, conversation: Conversation, finder: Finder) -> str | None:
    """The key of what a name finds in its city: what is called so, or what was told and holds it.

    Empty where next to nothing holds it, None where that is not certain.
    """
    city = next(iter(served(place for place, _, _ in find_places(name))), city)
    words = core(name) or content(name)
    if len(words) < A_WORD or not city:
        return None
    matches = [m for m in finder.search(name, (city,), _THREE) if not m.entry.title.endswith(RESPONSIBLE)]
    called = [m for part in (plain(name), words) for m in matches if part in plain(m.entry.title)]
    match = next(iter((*called, *matches)), None)
    told = [key for key in conversation.focus if key in finder.by_key and finder.by_key[key].city == city]
    best = max(told, key=lambda key: finder.own_coverage(words, key), default="")
    if match is not None and (match.named or match in called) and match.coverage >= _CALLED:
        return match.entry.key
    if best and finder.own_coverage(words, best) >= _HELD:
        return best
    if match is not None and match.coverage >= _HELD:
        return match.entry.key
    return "" if match is None or match.coverage < ENOUGH else None
