"""Sums and awards in the lines that tell them, each with its citation; and that there are none."""

from collections.abc import Iterable, Sequence

from chains.prompting import wording
from chains.steps.stated import Group, Item, own_first
from chains.steps.talk import suggestions
from chains.telling.validity import draft_notices, together
from chains.turn import Context, Draft, Outcome
from knowledge.regions import city_name
from knowledge.support import Kind

# After so many lines the rest is told by its names: no more fits on a phone.
_MANY = 5


def given(items: Sequence[Item], *, told: int = 0) -> list[str]:
    """What is given without a sum, a line each; after many that were `told`, by its names alone."""
    names = "、".join(dict.fromkeys(city_name(item.city) for item in items))
    if items and told >= _MANY:
        titles = "、".join(f"{item.name}{item.mark}" for item in items)
        return [f"{wording('compare.unstated', names=names)}{titles}"]
    return [wording("compare.unstated", names=names), *rows(items)] if items else []


def without_sums(names: Sequence[str]) -> list[str]:
    return [wording("compare.no_sums", names="、".join(names))] if names else []


def nowhere(context: Context, groups: Sequence[Group], key: str = "compare.nowhere") -> Draft:
    """No city has what is compared, or asked for."""
    lines = tuple(wording(key, names="、".join(g.missing), what=g.what) for g in groups)
    offers = suggestions("broad")
    return Draft(
        Outcome.SILENT, context.conversation, lines, question=context.standing, abstained=True, suggestions=offers
    )


def sum_lines(context: Context, group: Group, *, apart: bool = True) -> list[str]:
    """What is given, the largest first, and apart from it what is only lent; `apart` also what one is known to suit."""
    lent = [i for i in group.items if i.entry.support is not None and i.entry.support.kind is Kind.FINANCE]
    given = [i for i in group.items if i not in lent]
    own, open_ = own_first(context, given) if apart else ([], given)
    lines: list[str] = []
    if own:
        lines += [wording("compare.sums_own", what=group.what, count=len(given)), *rows(own)]
        lines += [wording("compare.sums_open"), *rows(open_)] if open_ else []
        given = []
    for key, items in (("compare.sums", given), ("compare.lent", lent)):
        lines += [wording(key, what=group.what, count=len(items))] if items else []
        lines += rows(items)
    return lines


def rows(items: Iterable[Item]) -> list[str]:
    return [wording("compare.row", name=i.name, text=i.text, mark=i.mark) for i in items]


def draft_of(context: Context, groups: Sequence[Group], told: Iterable[str]) -> Draft:
    entries = [item.entry for group in groups for item in group.items]
    documents = [context.library.documents[entry.document_id] for entry in entries]
    lines = [*together(context.words, documents), *told, *draft_notices(context.words, documents)]
    focus = tuple(dict.fromkeys(e.key for e in entries if e.key))
    cities = dict.fromkeys(item.city for group in groups for item in group.items)
    conversation = context.conversation.with_focus(focus, cities)
    supports = tuple(dict.fromkeys(e for e in entries if e.support is not None))
    return Draft(
        Outcome.INFORMATION,
        conversation,
        tuple(dict.fromkeys(lines)),
        findings=context.findings_of(supports),
        question=context.standing,
        suggestions=suggestions("can_we", "broad") if supports else suggestions("broad"),
    )
