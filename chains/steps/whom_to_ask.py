"""Turns that ask whom to turn to: the offices of several supports, whether one is among them, which one first."""

import re
from collections.abc import Sequence

from chains.eligibility import Finding
from chains.finding.asked import without_references
from chains.finding.naming import names_nothing
from chains.finding.rounds import how_many, last_told
from chains.language.clauses import pattern
from chains.prompting import wording
from chains.steps.talk import suggestions
from chains.telling import answer
from chains.telling.offices import first_to_ask, office_line, offices_asked
from chains.telling.validity import lifecycle_lines
from chains.turn import Context, Draft, Outcome

_SEVERAL, _FEW = 2, 4
_EACH = re.compile(r"分别|各自?")


def tell_office(context: Context) -> Draft | None:
    """找谁, of several supports; 国资委管不管; 这么多部门我打哪个."""
    return _departments_of_several(context) or _office_named(context)


def _departments_of_several(context: Context) -> Draft | None:
    """找谁, asked of several supports: who is responsible for each of them, under the same names once."""
    heard = context.heard
    talked = [context.library.supports[key] for key in context.before.focus if key in context.library.supports]
    of_office = "department" in heard.facets and set(heard.facets) <= {"department", "procedure"}
    if not of_office or heard.cities or context.answered or len(talked) <= _FEW:
        return None
    if not names_nothing(_EACH.sub("", without_references(heard).text)):
        return None
    findings = tuple(context.assess(support) for support in talked)
    responsible: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        responsible.setdefault(finding.support.departments, []).append(finding)
    lines = lifecycle_lines(context.words, [f.document for f in findings])
    for same in responsible.values():
        names = "、".join(f.support.title for f in same)
        lines.append(wording("sift.of", names=names, told=answer.departments_line(context.words, same[0])))
    return _draft(context, lines, findings)


# 哪个归工信局, 两项哪个是科技局管: which of what was told.
_WHICH_OF_THEM = re.compile(r"哪(?:一)?[个项条样](?:是|该|要|算)*(?:归|由|找|去|属|[\u4e00-\u9fff]{2,5}[局委]管)")


def _office_named(context: Context) -> Draft | None:
    """国资委管不管, 哪个归工信局: whether an office is responsible for what was told, where nothing else is named."""
    heard, words = context.heard, context.words
    asked = offices_asked(words, heard.text) or ()
    which = _WHICH_OF_THEM.search(heard.text) is not None
    talked = [key for key in context.before.focus if key in context.finder.by_key]
    elsewhere = set(heard.cities) - {context.finder.by_key[key].city for key in talked[:1]}
    if not talked or context.answered or heard.facts or heard.has_orders or elsewhere:
        return None
    if one := _one_office(context, talked[0]):
        return one
    if not asked:
        return None
    if which:
        told = last_told(context.before, context.finder, how_many(heard.text) or _SEVERAL)
    else:
        told = tuple(context.finder.by_key[key] for key in talked[:1])
        rest = heard.text
        for name in asked:
            rest = rest.replace(name, " ")
        if not names_nothing(_OF_AN_OFFICE.sub(" ", rest)):
            return None
    if which and len(told) < _SEVERAL:
        return None
    documents = [context.library.documents[entry.document_id] for entry in told]
    lines = lifecycle_lines(words, documents)
    for entry, document in zip(told, documents, strict=True):
        line = office_line(words, document, entry.provision, heard.text, asked=asked) or ""
        lines.append(wording("sift.of", names=entry.title, told=line) if which else line)
    return _draft(context, lines, context.findings_of(tuple(e for e in told if e.support)))


def _one_office(context: Context, key: str) -> Draft | None:
    """这么多部门我打哪个, 你给我一个: of several offices that are responsible the one to ask first."""
    if not pattern("one_office").search(context.heard.text):
        return None
    entry = context.finder.by_key[key]
    document = context.library.documents[entry.document_id]
    line = first_to_ask(context.words, document, entry.provision, f"{context.heard.text}{entry.title}{entry.quote}")
    found = context.findings_of((entry,) if entry.support else ())
    lines = [*lifecycle_lines(context.words, [document]), line]
    return _draft(context, lines, found) if line else None


_OF_AN_OFFICE = re.compile(
    r"谢谢[你您啊了]*|多谢|好的?|直接|市里|区里|[管归找问去]|负责|牵头|对口|责任|还是|第一步|干[啥嘛]|首先|先|行不行|管不|联系"
)


def _draft(context: Context, lines: Sequence[str], findings: Sequence[Finding]) -> Draft:
    return Draft(
        Outcome.INFORMATION,
        context.conversation,
        tuple(dict.fromkeys(lines)),
        findings=tuple(findings),
        question=context.standing,
        suggestions=suggestions("gap", "proof"),
    )
