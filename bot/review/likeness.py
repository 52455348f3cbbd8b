"""Questions that are alike, put together. The same questions always give the same clusters. It reads no database.

Two are alike by the pairs of characters of the words that name their subject; a pair that many questions hold weighs
little. Personal data is hidden before anything else is done with a question.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.review.index import words_of
from chains.model.masking import mask, mask_people

_ALIKE = 0.45
_SHARED = 4
_HIDDEN = re.compile(r"[0-9*＊]+|某+")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that are alike: how many, the one that is nearest to all, and its item.

    `words` are pieces that all of them hold, or else most: what the list of review finds them by.
    """

    count: int
    label: str
    item_id: int
    words: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Questions of which the subject reads the same; the newest stands for them."""

    item_id: int
    text: str
    count: int
    weights: Mapping[str, float]  # of length 1
    words: frozenset[str]  # of the whole question, as the index of review has them


def clusters(asked: Iterable[tuple[int, str]]) -> list[Cluster]:
    """Clusters of questions (each with the number of its item), the largest first, then the newest."""
    gathered: list[list[_Group]] = []
    leaders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for group in _groups(asked):
        near: dict[int, float] = defaultdict(float)
        for word, weight in group.weights.items():
            for place, theirs in leaders[word]:
                near[place] += weight * theirs
        best = min(near, key=lambda place: (-near[place], place), default=-1)
        if best >= 0 and near[best] >= _ALIKE:
            gathered[best].append(group)
            continue
        for word, weight in group.weights.items():
            leaders[word].append((len(gathered), weight))
        gathered.append([group])
    return sorted(map(_cluster, gathered), key=lambda cluster: (-cluster.count, -cluster.item_id))


def _groups(asked: Iterable[tuple[int, str]]) -> list[_Group]:
    """The commonest first, then the newest: it is them that others gather around."""
    same: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for item_id, text in asked:
        hidden = mask_people(mask(text))
        same[_subject(hidden)].append((item_id, hidden))
    worded = {subject: _pairs(subject) for subject in same}
    spread = Counter(word for words in worded.values() for word in words)
    found = []
    for subject, members in same.items():
        raw = {word: math.log(1 + len(same) / spread[word]) for word in worded[subject]}
        length = math.sqrt(sum(weight**2 for weight in raw.values()))
        item_id, text = max(members)
        weights = {word: weight / length for word, weight in raw.items()}
        words = frozenset[str].intersection(*(frozenset(words_of(hidden)) for _, hidden in members))
        found.append(_Group(item_id, text, len(members), weights, words))
    return sorted(found, key=lambda group: (-group.count, -group.item_id))


def _subject(text: str) -> str:
    """The words that name what a question is about; all of it where none do, nothing where it has no words."""
    from chains.finding.naming import content, core  # loaded with the assistant

    written = _HIDDEN.sub(" ", unicodedata.normalize("NFKC", text).lower())
    return next((words for words in (core(written), content(written), written) if words_of(words)), "")


def _pairs(subject: str) -> set[str]:
    words = words_of(subject)
    return {word for word in words if len(word) > 1} or words


def _cluster(groups: Sequence[_Group]) -> Cluster:
    middle: dict[str, float] = defaultdict(float)
    held: Counter[str] = Counter()
    for group in groups:
        for word, weight in group.weights.items():
            middle[word] += weight * group.count
        held.update({word: group.count for word in group.words if len(word) > 1 and not _HIDDEN.search(word)})
    central = max(groups, key=lambda g: (sum(w * middle[word] for word, w in g.weights.items()), g.count, g.item_id))
    count = sum(group.count for group in groups)
    telling = sorted((word for word in held if word in middle), key=lambda word: (-held[word], -middle[word], word))
    words = [word for word in telling if held[word] == count][:_SHARED] or telling[:1]
    return Cluster(count, central.text, central.item_id, " ".join(words))
