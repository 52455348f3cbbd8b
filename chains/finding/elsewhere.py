"""What the documents of another city have of the same matter: 那镇江呢, after a support of Nanjing."""

from collections.abc import Sequence

from chains.finding.entries import Entry
from chains.finding.matching import RESPONSIBLE, Search
from chains.language.normalise import plain

_FEW, _DEPTH = 3, 60


def of_the_same_matter(like: Entry, search: Search, cities: Sequence[str]) -> tuple[Entry, ...] | None:
    """What cities have of the matters of a support, those that share most, nearest to what is said first.

    Where no support does, the figures that are called so. Nothing where there is none; None where the table does not
    tell what the support is about. What is given to another title than the one named is none: 那单项冠军，镇江给多少.
    """
    wanted = _matters_of(like, search)
    if not wanted:
        return None
    here = [entry for entry in search.finder.entries if entry.official and entry.city in cities]
    here = [entry for entry in here if not search.is_for_another_title(entry)]
    shared = {e: len(wanted & set(e.support.matters)) for e in here if e.support is not None}
    most = max(shared.values(), default=0)
    if most:
        return _nearest([entry for entry, count in shared.items() if count == most], like, search)
    facts = [e for e in here if e.support is None and any(matter in plain(e.title) for matter in wanted)]
    facts = [e for e in facts if RESPONSIBLE not in e.title]
    return _nearest(facts, like, search)


def _matters_of(like: Entry, search: Search) -> set[str]:
    """The matters of a support, or of those that a fact lists: “首贷贴息”、“设备担”、“专精特新贷”等产品."""
    if like.support is not None:
        return set(like.support.matters)
    beside = [
        e.support
        for e in search.finder.entries
        if (e.document_id, e.provision) == (like.document_id, like.provision) and e.support
    ]
    listed = [support for support in beside if plain(support.title) in plain(like.quote)]
    return {matter for support in listed for matter in support.matters} if len(listed) > 1 else set()


def _nearest(entries: Sequence[Entry], like: Entry, search: Search) -> tuple[Entry, ...]:
    cities = tuple(dict.fromkeys(entry.city for entry in entries))
    found = search.finder.search(f"{plain(like.title)} {search.text}", cities, _DEPTH) if entries else ()
    place = {match.entry.key: i for i, match in enumerate(found)}
    return tuple(sorted(entries, key=lambda entry: place.get(entry.key, _DEPTH)))[:_FEW]
