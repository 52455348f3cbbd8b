"""A message in pieces: each that asks or wishes and names a thing by its own words is answered, none is lost.

天然气太贵有没有降的，电也想直接去市场买 明年还缺用地指标: three things, of which the whole finds the one or other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chains.finding.asked import own_words
from chains.finding.called import BESIDES, besides_it, thing_asked_of_it
from chains.finding.entries import Entry
from chains.finding.followup import FITS
from chains.finding.matching import Search, is_award, titles_of
from chains.finding.meant import Subject
from chains.finding.naming import names_nothing, without_help
from chains.finding.retrieval import Finder, Match
from chains.language.clauses import pattern, value_patterns, wishes
from chains.language.normalise import plain
from chains.language.question_words import facets_of, subject_words
from chains.language.understanding import Understanding
from chains.language.yes_no import topics
from knowledge.figures import read_figures
from knowledge.profile import NONE, SlotKind, slots
from knowledge.regions import served_cities
from knowledge.support import Support

# Where a clause ends, or another wish begins: 一是…二是, 再一个; and what stands beside another in a clause.
_BETWEEN_PIECES = re.compile(
    r"[，。；！？?：]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|另外|此外|还有|顺便|以及|其次|再一个|再就是"
    r"|第?[一二三四五](?:是|来是?)|(?<![\d.])[1-9][.、)](?=[\u4e00-\u9fff]{2})|(?=(?:还|也|再|又)(?:想|要|打算|准备|缺))"
)
_BESIDE = re.compile(r"、|[和跟与及](?!我|你|谁|哪|其)")
# 厂里还缺用地指标, 怕被告侵权: a want.
_WANTS = re.compile(r"[想要缺怕求]|打算|准备|需要|希望|补贴|补助|奖|支持|政策|优惠|扶持")
_HAS_ONLY = re.compile(r"\s*(?:就|只|光|靠|凭)")
# 奖励能拿不, 两个奖励, 两份奖励都给么: an award that names nothing that it is for.
_MERE_AWARD = re.compile(
    r"(?:[那这]|我们?|想问|请问|首[评次]的?|市里的?|一次性的?)*(?:[两二三][个项份笔]|[这那]?[笔份]|\d+万元?的?|[一二三]百万的?)*的?"
    r"(?:奖励?|奖金)(?:资金|金)?(?:我们?|现在|今年|是不是|还|能不能|能|可以|有没有|没有?|有|给不给|给|都|也|[拿领]|申[请报]|享受|到|不|[吗么吧呢嘛了呀啊的]|一?份|的?(?:这|那)?(?:笔|块))*"
)
# 一百万能申请吧, after the title that it is given for.
_MERE_SUM = re.compile(
    r"(?:[那这]|我们?|就|个|笔)*(?:\d+|[一二三五两]百|二十|五十)万元?的?(?:我们?)?(?:能不能|能|可以)(?:申[请报]|[拿领有])?到?[吗吧么不呢]?"
)
_CITY = re.compile(rf"(?:{'|'.join(city.name for city in served_cities().values())})市?的?")
_WHO_GIVES = re.compile(r"政府(?!采购)(?:有没有表示)?|市里|上[面头]")
_A_PART = re.compile(r"[，。；！？?、：:\s]|[和跟与及]")
# 这三样都有戏不: how many things are asked for.
_SO_MANY = re.compile(r"[这那](?P<many>[两二三四五六])(?:样|个|项|笔|条|件|块)")
_MANY = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_WITH_AWARDS = frozenset({"champion", "little_giant"})
_OF_A_TITLE = frozenset({"tiers", "first_recognition", "district", "city", None})
_WHICH_ONE = re.compile(r"哪一?[种款](?!.*(?:和|还有|另外))")
_A_WORD, _BARE, _SEVERAL = 2, 6, 2
# What a piece must find to be taken for a wish of its own: measured on the suites, all that does was asked for.
_SCORE, _ABOVE, _HOLDS, _ELSE, _ABOUT_AS_WELL, _LESS = 40.0, 1.8, 0.4, 0.5, 0.9, 0.8


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message that names a thing by some `words`; `row` are those of each if it is one of several names."""

    text: str
    words: str
    row: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether it is a name and little more: 上市, 用地指标."""
        return len(self.words) >= _A_WORD and len(self.text) <= _BARE


def pieces_of(heard: Understanding) -> list[Piece]:
    """Every piece of a message that asks or wishes and names a thing, by its own words or with the clause before it.

    What stands beside another in a clause (智改数转的奖补和贷款贴息) is a piece by itself; so are bare names in a row.
    """
    facts = {slot: fact.words for slot, fact in heard.facts.items() if fact.words}

    def piece(text: str) -> Piece:
        # 想租gpu tells that they do, and is a wish as well.
        told = {s: words for s, words in facts.items() if not (wishes(text) and slots()[s].kind is SlotKind.YES_NO)}
        return Piece(text, own_words(text, tuple(told.values())))

    found: list[Piece] = []
    told: list[Piece] = []
    wished = _in_a_row([p for p in map(piece, _BETWEEN_PIECES.split(heard.text)) if p.is_bare and wishes(p.text)])
    clauses = [clause.strip() for clause in _BETWEEN_PIECES.split(heard.text)]
    for clause in (*(c for c in clauses if c and not pattern("hearsay").search(c)), ""):
        whole = piece(clause)
        asks = any(pattern(name).search(clause) for name in ("question", "wish")) or _WANTS.search(clause)
        names = len(whole.words) > _A_WORD or (whole.is_bare and not asks) or (asks and len(whole.words) == _A_WORD)
        beside = [p for p in map(piece, _BESIDE.split(clause)) if len(p.words) >= _A_WORD]
        # 单项冠军奖励、小巨人奖励、技改门槛: beside what is called by a title, what names a thing of its own.
        alone = beside if len(beside) == 1 and clause.count("、") >= len(beside) else []
        named = _in_a_row(beside) or alone or ([whole] if names else [])
        if named and not asks:
            told += named
        elif asks or not clause:
            found += [*_in_a_row([p for p in told if p.is_bare]), *named]
            about = [p for p in told if len(p.words) > _A_WORD and clause and not (named and p.is_bare)]
            found += [piece(f"{p.text}，{clause}") for p in about[-1 if named else 0 :]]
            told = []
    return [*wished, *(p for p in found if p.text not in {w.text for w in wished})]


def _in_a_row(pieces: Sequence[Piece]) -> list[Piece]:
    """Those of several names that stand beside one another; 就点设备跟股权 says of two things what there is of them."""
    if any(_HAS_ONLY.match(piece.text) for piece in pieces):
        return []
    row = tuple(piece.words for piece in pieces)
    return [replace(piece, row=row) for piece in pieces] if len(row) >= _SEVERAL else []


def with_each_piece(found: Subject, heard: Understanding, finder: Finder) -> Subject:
    """What was found for a message and whatever else a piece of it names, in the city of the rest, as it was said."""
    if found.is_follow_up or not found.supports:
        return found
    city = found.entries[0].city
    pieces = [_look_up(piece, city, finder) for piece in pieces_of(heard)]
    if which := _which_one(pieces):
        return replace(found, entries=(which,))
    places = {entry: _place(entry, pieces, finder) for entry in found.entries}
    for place, one in enumerate(pieces):
        if one.best is None or one.best in places or one.best.support is None:
            continue
        # One of a row of names counts where another of them is found.
        row = [words for words in one.piece.row if words != one.piece.words]
        in_a_row = any(_calls(words, entry) for words in row for entry in found.supports)
        called = in_a_row and _calls(one.piece.words, one.best)
        besides = [entry for entry in places if places[entry] == place or not in_a_row]
        others = {other.best for at, other in enumerate(pieces) if at != place and other.best and other.stands_out}
        besides = [entry for entry in besides if entry not in others or not one.prefers_its_own_to(entry)]
        if (called or one.stands_out) and one.is_other_than(besides, finder):
            places = {**dict.fromkeys(one.meant[: 1 if called else _SEVERAL], place), **places}
    is_all = len(places) == len(found.entries)
    if is_all and len({one.best for one in pieces} & set(found.supports)) < _SEVERAL:
        return found
    here = (entry for entry in places if is_all or heard.cities or entry.city == city)
    entries = tuple(sorted(here, key=places.__getitem__))
    return replace(found, entries=entries, cities=tuple(dict.fromkeys(e.city for e in entries)))


def with_what_is_beside(found: Subject, heard: Understanding, finder: Finder) -> Subject:
    """推动多少家？靠什么试点; 有没有自己评的首台套？除了这个还评什么: what a later part asks of the provision found."""
    if not found.entries or len({e.city for e in found.entries}) > 1:
        return found
    parts = [part.strip() for part in _BETWEEN_PIECES.split(heard.text) if part.strip()]
    more: list[Entry] = []
    for part in parts[1:]:
        besides = besides_it(part, found.entries, finder) if BESIDES.search(part) else ()
        more += besides or thing_asked_of_it(part, found.entries, finder)
    return replace(found, entries=tuple(dict.fromkeys((*found.entries, *more)))) if more else found


def with_awards_named(found: Subject, heard: Understanding, finder: Finder) -> Subject:
    """小巨人给多少，单项冠军给多少，省级专精特新呢: what is given for each of several titles that sums are asked of."""
    parts = [part for part in _A_PART.split(heard.text) if part]
    named = [[t for t, regex in value_patterns()["tiers"] if t != NONE and regex.search(part)] for part in parts]
    titles = {t for of_part in named for t in of_part[-1:]}
    awards = [e for e in found.supports if is_award(e)]
    asks = "amount" in heard.facets and not pattern("self").search(heard.text)
    if len(titles) < _SEVERAL or not awards or len(awards) < len(found.entries) or not asks or heard.facts:
        return found
    cities, held = {e.city for e in awards}, {t for e in awards if e.support for t in titles_of(e.support)}
    more = [e for e in finder.entries if e.city in cities and e not in awards and e.support and is_award(e)]
    mere = (e for e in more if e.support and _asked_of(e.support) <= _OF_A_TITLE)
    others = tuple(e for e in mere if e.support and titles_of(e.support) & (titles - held))
    return replace(found, entries=(*found.entries, *others))


def with_awards_held(found: Subject, heard: Understanding, finder: Finder) -> Subject:
    """刚评上小巨人，奖励能拿不, 刚评上小巨人，给多少: money for nothing that is named is that for the titles told."""
    tiers = heard.facts.get("tiers")
    titles = _WITH_AWARDS.intersection(tiers.value) if tiers else frozenset()
    if len(titles) > 1 and any(e.support and is_award(e) and titles_of(e.support) & titles for e in found.supports):
        # 既是小巨人又是单项冠军，能拿400万: that of the other title as well.
        cities, known = {e.city for e in found.entries}, {e.key for e in found.entries}
        more = (e for e in finder.entries if e.city in cities and e.support and is_award(e) and e.key not in known)
        others = tuple(e for e in more if e.support and titles_of(e.support) & titles)
        return replace(found, entries=(*found.entries, *others))
    parts = [part for part in _A_PART.split(heard.text) if part]
    cities = {e.city for e in found.entries}
    held = (e for e in finder.entries if e.city in cities and e.support and is_award(e))
    awards = [e for e in held if e.support and titles_of(e.support) & titles]
    by_sum = any(_MERE_SUM.fullmatch(part) for part in parts) and _names_the_sum(heard, awards)
    bare = any(map(_MERE_AWARD.fullmatch, parts)) or by_sum or _asks_for_mere_money(heard)
    if found.is_follow_up or not found.supports:
        return found
    if missed := [e for e in finder.entries if e.city in cities and e not in found.entries and _is_called(e, parts)]:
        words = [piece.words for piece in pieces_of(heard)]
        asked = (e for e in found.entries if any(finder.coverage(said, e.key) >= _HOLDS for said in words if said))
        kept = dict.fromkeys((*asked, *(e for e in found.entries if e.key in finder.named(heard.text))))
        return replace(found, entries=(*missed, *kept))  # 小巨人奖励还有吗？C类人才呢
    if not (titles and bare):
        return found
    beside = {e: _asked_of(e.support) - _OF_A_TITLE for e in found.supports if e.support and is_award(e)}
    if any(asked and asked <= heard.facts.keys() for asked in beside.values()):
        return found  # 大模型刚备案，奖励能拿吗
    named = finder.named(heard.text)
    asks_more = bool(pieces_of(heard)) and not by_sum
    beside_them = (e for e in found.entries if e not in awards and (asks_more or e.key in named))
    rest = [e for e in beside_them if not beside.get(e) or e.key in named]
    return replace(found, entries=(*awards, *rest)) if awards else found


def _is_called(entry: Entry, parts: Sequence[str]) -> bool:
    """Whether a part of a message names a title and its award, and nothing else: 小巨人奖励还有吗, 单项冠军的奖金."""
    if entry.support is None or not is_award(entry):
        return False
    for title, regex in value_patterns()["tiers"]:
        of_it = title in _WITH_AWARDS and title in titles_of(entry.support)
        besides = (_CITY.sub("", regex.sub("", part)) for part in parts if of_it and regex.search(part))
        if any(map(_MERE_AWARD.fullmatch, besides)):
            return True
    return False


def _asks_for_mere_money(heard: Understanding) -> bool:
    """刚评上小巨人，听说有钱拿是多少: where no word of a message but its facts names a thing."""
    told = _WHO_GIVES.sub(" ", subject_words(heard.text))
    for fact in heard.facts.values():
        told = told.replace(fact.words, " ") if fact.words else told
    return heard.facets == ("amount",) and names_nothing(without_help(told))


def _names_the_sum(heard: Understanding, awards: Sequence[Entry]) -> bool:
    """Whether a message names what one of some awards comes to."""
    sums = {figure.value for figure in read_figures(heard.text) if figure.kind == "money"}
    return any(e.support is not None and e.support.benefit.amount_cny in sums for e in awards)


def with_all_counted(found: Subject, heard: Understanding, finder: Finder) -> Subject:
    """参与过国际标准，这三样都有戏不: where more are asked for than found, those that rest on what else is told."""
    counted = _SO_MANY.search(heard.text)
    if counted is None or found.is_follow_up or not found.supports:
        return found
    entries = [*found.entries]
    for slot, fact in heard.facts.items():
        told = set().union(*(_asked_of(e.support) for e in entries if e.support))
        if slot in told or fact.value in ("no", NONE) or slot not in (*topics(), "leads_standard"):
            continue
        of_it = [e for e in finder.entries if e.support and e.city == entries[0].city and slot in _asked_of(e.support)]
        entries += of_it if len(entries) + len(of_it) <= _MANY[counted["many"]] else ()
    return replace(found, entries=tuple(entries))


def _asked_of(support: Support) -> set[str | None]:
    return {condition.slot for condition in support.when}


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """A piece with what it finds by itself in a city, best first."""

    piece: Piece
    matches: tuple[Match, ...]

    @property
    def best(self) -> Entry | None:
        """The first; of one of several names, the support that says the same as a fact: 展会 of 展会和海外仓."""
        first = self.matches[0].entry if self.matches else None
        if first is None or first.support is not None or not self.piece.row:
            return first
        same = (m.entry for m in self.matches if m.entry.support and first.quote in m.entry.quote)
        return next(same, first)

    @property
    def stands_out(self) -> bool:
        """Whether the best is far above all of other provisions."""
        best, *others = self.matches
        other = max((m.score for m in others if m.entry.provision != best.entry.provision), default=0.0)
        return not self.piece.row and best.score >= max(_SCORE, _ABOVE * other)

    @property
    def meant(self) -> list[Entry]:
        """The best, what matches about as well, and what tells its sentence to the end."""
        best = self.matches[0]
        supports = (m for m in self.matches if m.entry.support is not None)
        return [
            m.entry
            for m in supports
            if m.score >= _ABOUT_AS_WELL * best.score or m.entry.quote.startswith(best.entry.quote)
        ]

    def prefers_its_own_to(self, entry: Entry) -> bool:
        """Whether the best stands above one of its own kind that another piece has for its own: 奖补要，贴息也要."""
        best = self.matches[0].entry.support
        if not best or not entry.support or best.kind is not entry.support.kind:
            return False
        score = next((m.score for m in self.matches if m.entry == entry), 0.0)
        return self.stands_out and score <= _LESS * self.matches[0].score

    def is_other_than(self, entries: Sequence[Entry], finder: Finder) -> bool:
        """Whether the best holds what the piece names, and none of the others does."""
        best, words = self.matches[0], self.piece.words
        own = finder.coverage(words, best.entry.key)
        told = max((finder.coverage(words, entry.key) for entry in entries), default=0.0)
        return own >= (FITS if best.named else _HOLDS) and told <= _ELSE * own


def _look_up(piece: Piece, city: str, finder: Finder) -> _LookedUp:
    search = Search(finder, piece.text, facets_of(piece.text), frozenset())
    return _LookedUp(piece, search.matches((city,)))


def _which_one(pieces: Sequence[_LookedUp]) -> Entry | None:
    """搞技术攻关缺长期资金，国开行的哪种贷款可以用: what the one piece that asks which is about."""
    asking = [one for one in pieces if pattern("question").search(one.piece.text)]
    if len(asking) != 1 or len(pieces) < _SEVERAL or not _WHICH_ONE.search(asking[0].piece.text):
        return None
    best = asking[0].best
    return best if best is not None and best.support is not None and asking[0].stands_out else None


def _place(entry: Entry, pieces: Sequence[_LookedUp], finder: Finder) -> int:
    """Which piece an entry was found for: the first that finds it first, or that it holds most of."""
    itself = next((place for place, one in enumerate(pieces) if one.best == entry), None)
    if itself is not None:
        return itself
    held = [finder.coverage(one.piece.words, entry.key) for one in pieces]
    return held.index(max(held)) if held else 0


def _calls(words: str, entry: Entry) -> bool:
    """Whether a support is called by some words."""
    names = (entry.title, *(entry.support.aliases if entry.support else ()))
    return any(words in plain(name) for name in names)
