"""From a question to the supports and facts of the corpus that it is about. Filters by city after, never before."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from chains.finding.asked_on import AskedOn
from chains.finding.courtesies import Courtesies
from chains.finding.entries import Entry, entries_of, entry_text, own_text
from chains.finding.misuse import Misuse
from chains.finding.naming import content, core, core_words, without_help, without_places, wordings
from chains.finding.outside import Outside
from chains.finding.remarks import Remarks
from chains.language.normalise import normalise, plain
from chains.language.question_words import facet_words
from chains.prompting import every_text, read_data
from knowledge.index import KeywordIndex, Searchable
from knowledge.library import Library
from knowledge.tokenizer import terms

# Among entries that match about as well, the one that holds more of the subject comes first: so much of its score.
_OF_THE_SUBJECT, _MORE = 0.2, 4
# How like what is asked of others a question must be, and how much more where an entry holds all of it.
_LIKE_OTHERS, _IF_HELD = 0.6, 1.5
# The same of whatever a message asks, where it names a support or a title, where it names a city or something was
# talked of, and where few words follow what was told. Set on the turns of the suites; what it is worth is told by
# `evals bench declined`.
_SURELY_NAMED, _SURELY_AMID_TALK, _SURELY_BRIEF = 1.0, 2.0, 3.0
# An entry that holds so much and is named is meant.
_MAY_HOLD = 0.4
# The same of supports that no document has, and how much more where a name stands in the question: 研发费用后补助.
_LIKE_UNHELD, _FOR_WHAT_IS_HELD, _FOR_A_NAME = 1.5, 3.0, 1.0
# Of the suites' messages that ask on (一家最多领几张, 一次给还是年年给) none lies above it; 稳岗返还多少钱 lies at 9.
_CLEARLY_UNHELD = 5.0
_NAME_BONUS = 0.4
# The share of a question's subject that a title holds where it is meant; of a mere topic it holds less.
_BY_TITLE = 0.3
_DEPTH = 100
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WITHOUT_MARKS = re.compile(r"[\W_]|的(?=$)")
_PAIR = 2
# Known questions choose within a document; whether it is asked at all, its own words decide: its entries score at most
# so many times what the best of them gets by its own text. Measured: of 250 questions that another document repeats
# word for word, 248 instead of 73 still find their own entry, and the suites' cases pass as before.
_LIFTED = 4.0
# Where known questions are indexed with an entry, rare characters stand in them by chance. Measured on 3,354 questions
# in other words: the right provision first for 91.2 % undamped, 91.9 % at .7, 92.2 % at .5; but below .7 what stands in
# the documents' own words loses. Bare articles of law lose at any (R@10 .439 to .426): it is not the index's own.
_DAMPING = 0.7
_NEAREST_QUESTIONS = 4
# Weights of terms are kept as whole numbers: the sum of a set is then the same in any order, to the last digit.
_EXACT = 2**20
# What is nearest in meaning may decide between entries that match about as well by words, no more: it was not measured
# with any real embedding model.
_MEANING_BONUS, _NEAREST = 0.15, 5


@dataclass(frozen=True, slots=True)
class Match:
    """An entry with its score, and the share of the question's telling terms that it contains (0 to 1).

    `core_coverage` is that share of the words that name its subject alone, 1 where there are none.
    """

    entry: Entry
    score: float
    coverage: float
    named: bool
    core_coverage: float


class _Shelf:
    """Entries that are ranked among themselves: what stands on another shelf changes neither order nor weights."""

    def __init__(self, entries: Sequence[Entry], library: Library) -> None:
        self._whole = KeywordIndex.build([entry_text(entry, library) for entry in entries], damping=_DAMPING)
        self._own = KeywordIndex.build([own_text(entry, library) for entry in entries])
        numbers = {document: n for n, document in enumerate(dict.fromkeys(e.document_id for e in entries))}
        self._documents = np.asarray([numbers[e.document_id] for e in entries], np.intp)
        self.idf = self._whole.idf

    def scores(self, question: str) -> dict[int, float]:
        """The scores of entries by their place on the shelf."""
        found: dict[int, float] = {}
        own = np.zeros(len(self._documents), np.float32)
        # The words of the subject count twice: those that ask (how much, who handles it) are everywhere.
        for query in (without_places(question), content(facet_words().sub(" ", question))):
            own += self._own.scores(query)
            for hit in self._whole.search(query, _DEPTH):
                found[hit.position] = found.get(hit.position, 0.0) + hit.score
        best = np.zeros(self._documents.max(initial=-1) + 1, np.float32)
        np.maximum.at(best, self._documents, own)
        most = (_LIFTED * best)[self._documents]
        return {place: min(score, float(most[place])) for place, score in found.items()}


class Finder:
    """Searches the entries of one library. Built once, read-only afterwards.

    Entries of documents that are not official are searched by themselves, and only where that is asked for.
    """

    def __init__(self, library: Library, vectors: Searchable | None = None) -> None:
        """`vectors`, if given, searches the same texts (`entry_texts`) by meaning, and may block."""
        self.entries: tuple[Entry, ...] = tuple(entries_of(library))
        self.by_key: Mapping[str, Entry] = {e.key: e for e in self.entries}
        self._official = sum(e.official for e in self.entries)
        self._vectors = vectors
        self._library = library
        self._term_sets: dict[str, tuple[frozenset[str], Mapping[str, Sequence[int]]]] = {}
        self._shelf = _Shelf(self.entries[: self._official], library)
        self._others = _Shelf(self.entries[self._official :], library)
        # A turn searches the same words for several cities. What a server may answer differently is not kept.
        self._scored = self._score if vectors else lru_cache(maxsize=64)(self._score)
        # How much of a question an entry contains is asked again for each city, each part and each step of a turn.
        self._covered = lru_cache(maxsize=4096)(self._coverages)
        self._asked_of = lru_cache(maxsize=512)(self._told_and_named)
        self._weights = lru_cache(maxsize=512)(self._weigh)
        self._written = lru_cache(maxsize=16)(self._written_in)
        self._named_at = lru_cache(maxsize=256)(self._find_names)

    def learn(self) -> None:
        """Learn from the examples now what is else learnt when it is first asked for. Takes seconds."""
        _ = self._outside, self.remarks, self.courtesies, self.asked_on, self.misuse

    @property
    def blocks(self) -> bool:
        """Whether a search may wait for a server."""
        return self._vectors is not None

    def asked_so(self, text: str, city: str) -> Entry | None:
        """The one entry of a city that is known to be asked for in just these words, places and marks left aside."""
        found = self._known.get((city, _WITHOUT_MARKS.sub("", without_places(text))), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], Sequence[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in (e for e in self.entries if e.official):
            for words in {_WITHOUT_MARKS.sub("", without_places(normalise(q))) for q in entry.questions}:
                found.setdefault((entry.city, words), []).append(entry)
        return found

    @cached_property
    def _outside(self) -> Outside:
        official = [entry for entry in self.entries if entry.official]
        return Outside(text for entry in official for text in (entry.quote, *entry.questions))

    @cached_property
    def remarks(self) -> Remarks:
        """What tells a message apart that asks of no entry and tells of no firm."""
        return Remarks(q for entry in self.entries if entry.official for q in (entry.quote, *entry.questions))

    @cached_property
    def courtesies(self) -> Courtesies:
        """What leaves out of a message what stands around it."""
        return Courtesies(q for entry in self.entries if entry.official for q in entry.questions)

    @cached_property
    def asked_on(self) -> AskedOn:
        """What puts in plain words what is asked on of what was told."""
        return AskedOn(q for entry in self.entries if entry.official for q in entry.questions)

    @cached_property
    def misuse(self) -> Misuse:
        """What tells who asks for help with deceit."""
        return Misuse(q for entry in self.entries if entry.official for q in (entry.quote, *entry.questions))

    @cached_property
    def _names(self) -> Sequence[tuple[str, int]]:
        """Titles and lay names of supports, longest first."""
        found = [
            (plain(name), i)
            for i, entry in enumerate(self.entries)
            if entry.support is not None
            for name in (entry.support.title, *entry.support.aliases)
        ]
        return sorted(((n, i) for n, i in found if len(n) >= 2), key=lambda pair: -len(pair[0]))

    @cached_property
    def _names_by_start(self) -> Mapping[str, Sequence[int]]:
        """Places in `_names` by the first character of the name."""
        found: dict[str, list[int]] = {}
        for at, (name, _) in enumerate(self._names):
            found.setdefault(name[0], []).append(at)
        return found

    def search(
        self, question: str, cities: Iterable[str] = (), k: int = 8, *, official: bool = True
    ) -> tuple[Match, ...]:
        """The best entries for a normalised question, best first; `cities` keeps those of these cities alone."""
        scores, ranked, named = self._scored(question, official)
        wanted = set(cities)
        matches: list[Match] = []
        for i in ranked:
            entry = self.entries[i]
            if wanted and entry.city not in wanted:
                continue
            if len(matches) == k + _MORE:
                break
            covered, core_covered = self._covered(question, entry.key)
            matches.append(Match(entry, scores[i], covered, entry.key in named, core_covered))
        matches.sort(key=lambda m: -m.score * (1 + _OF_THE_SUBJECT * (1.0 if m.named else m.core_coverage)))
        return tuple(matches[:k])

    def asks_others(self, text: str) -> float:
        """By how much a normalised message is like what is asked of others than a policy: the log of the odds."""
        return self._outside.likeness(without_places(text))

    def outside(self, question: str) -> str | None:
        """The kind of what a normalised question asks of others than a policy's; None where an entry may hold it."""
        text = without_places(question)
        if len(set(text)) < _PAIR:
            return None  # 嘎嘎嘎
        likeness = self._outside.likeness(text)
        if likeness <= _LIKE_OTHERS:
            return None  # before the search, which takes longer
        best = next(iter(self.search(question, k=1)), None)
        held = best is not None and (best.named or likeness <= _LIKE_OTHERS + _IF_HELD * best.coverage)
        return None if held else self._outside.kind(text)

    def surely_outside(self, text: str, *, amid_talk: bool, names: bool, brief: bool) -> str | None:
        """The kind of what a normalised message surely asks of others, whatever its words could mean besides.

        `amid_talk` says that something was talked of or a city is named, `names` that a title or a support is, `brief`
        that few words follow what was told.
        """
        words = without_places(text)
        if len(set(_CHINESE.findall(words))) < _PAIR:
            return None  # 嘎嘎嘎, what can we get
        least = _SURELY_AMID_TALK if amid_talk else _SURELY_NAMED if names else _LIKE_OTHERS
        least = _SURELY_BRIEF if brief else least
        likeness = self._outside.likeness(words)
        if likeness <= least:
            return None  # before the search, which takes longer
        best = next(iter(self.search(text, k=1)), None)
        held = best is not None and likeness <= least + _IF_HELD * best.coverage
        return None if held else self._outside.kind(words)

    def is_unheld(self, question: str, *, clearly: bool = False) -> bool:
        """Whether a normalised question is rather for a support that no document has than for one of any city.

        `clearly` asks for what is so whatever was talked of before.
        """
        likeness = self._outside.unheld(without_places(question))
        if likeness <= (_CLEARLY_UNHELD if clearly else _LIKE_UNHELD):
            return False  # before the search, which takes longer
        best = next(iter(self.search(question, k=1)), None)
        if best is None or (best.named and best.coverage >= _MAY_HOLD):
            return False
        return likeness > _LIKE_UNHELD + _FOR_WHAT_IS_HELD * best.coverage + (_FOR_A_NAME if best.named else 0.0)

    def _coverages(self, question: str, key: str) -> tuple[float, float]:
        """The shares of a question, and of the words of its subject, that an entry contains."""
        return max(self._covers(words, key) for words in wordings(question))

    def _covers(self, question: str, key: str) -> tuple[float, float]:
        telling, subject = self._asked_of(question)
        return self._share(telling, key), self._share(subject, key) if subject else 1.0

    def _told_and_named(self, question: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
        return self._weights(content(question)), self._weights(without_help(core_words(question)))

    def _score(self, question: str, official: bool) -> tuple[Mapping[int, float], tuple[int, ...], tuple[str, ...]]:
        """The scores of entries by position, the positions best first, and the supports that the question names."""
        shelf, first = (self._shelf, 0) if official else (self._others, self._official)
        scores: dict[int, float] = {}
        for words in wordings(question):
            for place, score in shelf.scores(words).items():
                scores[first + place] = max(score, scores.get(first + place, 0.0))
        best = max(scores.values(), default=0.0)
        for rank, hit in enumerate(self._vectors.search(question, _NEAREST) if self._vectors else ()):
            if self.entries[hit.position].official is official:
                scores[hit.position] = scores.get(hit.position, 0.0) + _MEANING_BONUS * max(best, 1.0) / (1 + rank)
        named = self.named(question) if official else ()
        for key in named:
            i = self._position[key]
            scores[i] = scores.get(i, 0.0) + _NAME_BONUS * max(best, 1.0)
        return scores, tuple(sorted(scores, key=lambda i: (-scores[i], i))), named

    def coverage(self, words: str, key: str) -> float:
        """The share of some words' weight that an entry contains: its own text, and its questions nearest to them.

        All of an entry's questions together hold a little of everything; what was asked stands in a few of them.
        """
        return max(self._share(self._weights(wording), key) for wording in wordings(words))

    def _weigh(self, words: str) -> Mapping[str, int]:
        return {term: round(self._shelf.idf(term) * _EXACT) for term in terms(words)}

    def _share(self, asked: Mapping[str, int], key: str) -> float:
        if not asked:
            return 0.0
        own, questions = self._terms_of(key)
        left = asked.keys() - own
        shares: dict[int, int] = {}
        for term in left & questions.keys():
            for i in questions[term]:
                shares[i] = shares.get(i, 0) + asked[term]
        ranked = sorted(shares, key=lambda i: (shares[i], i), reverse=True)
        nearest = set(ranked[:_NEAREST_QUESTIONS])
        missing = sum(asked[term] for term in left if nearest.isdisjoint(questions.get(term, ())))
        return 1 - missing / sum(asked.values())

    def own_coverage(self, words: str, key: str) -> float:
        """The share of some words' weight that an entry's own text contains, its known questions left aside."""
        asked = self._weights(words)
        own, _ = self._terms_of(key)
        return sum(weight for term, weight in asked.items() if term in own) / sum(asked.values()) if asked else 0.0

    def stands_in(self, words: str, city: str) -> float:
        """The share of some words' pairs of characters that stand anywhere in the official documents of a city."""
        asked = {words[i : i + _PAIR] for i in range(len(words) - 1)}
        written = self._written(city)
        return sum(pair in written for pair in asked) / len(asked) if asked else 1.0

    def _written_in(self, city: str) -> str:
        texts = (d.text for d in self._library.documents.values() if d.city == city and d.record.official)
        return re.sub(r"\s", "", plain("\n".join(texts)))

    def name_at(self, question: str, key: str) -> str:
        """The longest of a support's names that stands in a question; empty where none does."""
        names = (name for name, i in self._names if self.entries[i].key == key and name in question)
        return next(names, "")

    def aims_at(self, city: str) -> frozenset[str]:
        """The measures for which the documents of a city state a figure."""
        held = (d.id for d in self._library.documents.values() if d.city == city)
        return frozenset(row.measure for key in held for row in self._library.targets.get(key, ()))

    def counts(self, key: str) -> frozenset[str]:
        """The measures of which an entry's quote states how many there shall be."""
        return self.aims_in(key) if self.by_key[key].support is None else frozenset()

    def aims_in(self, key: str) -> frozenset[str]:
        """The same, of a support whose sentence goes on to say how many there shall be as well."""
        entry = self.by_key[key]
        rows = self._library.targets.get(entry.document_id, ())
        return frozenset(r.measure for r in rows if r.provision == entry.provision and r.quote in entry.quote)

    def names_title(self, question: str, key: str) -> bool:
        """Whether a question asks for an entry by its name: it stands there, or enough of the title's words do."""
        if key in self.named(question):
            return True
        asked, title = self._weights(core(question)), set(terms(plain(self.by_key[key].title)))
        return sum(weight for term, weight in asked.items() if term in title) >= _BY_TITLE * sum(asked.values())

    def _terms_of(self, key: str) -> tuple[frozenset[str], Mapping[str, Sequence[int]]]:
        """The terms of an entry's own text, and which of its questions, by number, hold a term."""
        if key not in self._term_sets:
            entry = self.by_key[key]
            held: defaultdict[str, list[int]] = defaultdict(list)
            for number, question in enumerate(entry.questions):
                for term in set(terms(plain(question))):
                    held[term].append(number)
            self._term_sets[key] = frozenset(terms(own_text(entry, self._library))), dict(held)
        return self._term_sets[key]

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return {e.key: i for i, e in enumerate(self.entries)}

    def sayings(self) -> Iterator[str]:
        """All that the corpus says of its entries and that is known to be asked of them, text by text."""
        for entry in self.entries:
            yield from (entry.title, entry.quote, *entry.questions)
            if entry.support is not None:
                yield from entry.support.aliases

    def names(self) -> Iterator[str]:
        """What the entries are called: their titles, and the lay names of supports."""
        for entry in self.entries:
            yield entry.title
            if entry.support is not None:
                yield from entry.support.aliases

    def sayings_of_others(self) -> Iterator[str]:
        """What is known to be said and is of no entry: what is asked of others, and said in any talk."""
        for name in ("outside", "unheld", "remarks"):
            yield from every_text(read_data(name))

    def heading(self, entry: Entry) -> str:
        """The heading of the provision that an entry stands in."""
        return self._library.documents[entry.document_id].provisions[entry.provision].heading

    def named(self, question: str, cities: Iterable[str] = ()) -> tuple[str, ...]:
        """Supports whose title or lay name stands in the question; a longer name hides the shorter within it."""
        found = self.named_at(question, cities)
        return tuple(sorted(found, key=lambda key: found[key]))

    def named_at(self, question: str, cities: Iterable[str] = ()) -> Mapping[str, int]:
        """The same supports, each with the place at which its name begins."""
        return self._named_at(question, frozenset(cities))

    def _find_names(self, question: str, wanted: frozenset[str]) -> Mapping[str, int]:
        taken: list[tuple[int, int]] = []
        found: dict[str, int] = {}
        starting = sorted(at for first in set(question) for at in self._names_by_start.get(first, ()))
        for name, i in (self._names[at] for at in starting):
            entry = self.entries[i]
            if wanted and entry.city not in wanted:
                continue
            start = question.find(name)
            while start >= 0:
                span = (start, start + len(name))
                if not any(a < span[1] and span[0] < b and (a, b) != span for a, b in taken):
                    if span not in taken:
                        taken.append(span)
                    found.setdefault(entry.key, start)
                start = question.find(name, start + 1)
        return found
