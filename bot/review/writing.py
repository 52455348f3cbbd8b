"""Writes accepted proposals into the files that the project keeps, once each. The gates decide if they are good."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

from bot.clock import SHANGHAI
from bot.review.proposals import CaseBody, NoteBody, Proposal, QuestionBody, WordBody

_CASES = "evals/suites/reviewed/questions.yaml"
_LEXICON = "prompts/lexicon.yaml"
_WIDE = 10**6


class Unwritable(ValueError):
    """A proposal has no place in the files as they are; the message is one line and names both."""


def write_proposals(accepted: Iterable[Proposal], folder: Path) -> tuple[list[str], list[str]]:
    """Write them below a copy of the project: the files that changed, and what could not be written, in words."""
    changed: dict[str, None] = {}
    problems = []
    for proposal in accepted:
        try:
            name, edit = _place(proposal)
            file = folder / name
            before = file.read_text(encoding="utf-8") if file.exists() else ""
            after = edit(before)
        except Unwritable as error:
            problems.append(f"提议 {proposal.id}：{error}")
            continue
        if after != before:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(after, encoding="utf-8")
            changed[name] = None
    return list(changed), problems


def _place(proposal: Proposal) -> tuple[str, Callable[[str], str]]:
    match proposal.body:
        case CaseBody() as body:
            return _CASES, lambda text: _with_case(text, proposal, body)
        case QuestionBody() as body:
            return f"knowledge/corpus/{body.document_id}/questions.yaml", lambda text: _with_question(text, body)
        case WordBody() as body:
            return _LEXICON, lambda text: _with_spelling(text, body)
        case NoteBody() as body:
            return f"knowledge/corpus/{body.document_id}/supports.yaml", lambda text: _with_note(text, proposal, body)


def _with_case(text: str, proposal: Proposal, body: CaseBody) -> str:
    """A row of the suite of cases that two people have read."""
    name = f"review-{proposal.item_id}-{proposal.id}"
    if any(row["id"] == name for row in yaml.safe_load(text) or ()):
        return text
    row: dict[str, Any] = {
        "id": name,
        "group": "review",
        "as_of": body.as_of,
        "turns": list(body.turns),
        "expect": {
            "provisions": [list(place) for place in body.provisions],
            "must": [list(words) for words in body.must],
            "must_not": list(body.must_not),
            "abstain": body.abstain,
        },
        "proposed_by": proposal.proposed_by,
        "accepted_by": proposal.decided_by,
    }
    if body.profile:
        row["note"] = "当时的企业画像：" + "，".join(f"{slot} = {value}" for slot, value in body.profile.items())
    return _ended(text) + yaml.safe_dump([row], allow_unicode=True, sort_keys=False, width=110)


def _with_question(text: str, body: QuestionBody) -> str:
    """At the end of the questions of the support, or a new entry at the end."""
    entries = yaml.safe_load(text) or []
    if any(e.get("support") == body.support_id and body.question in e["questions"] for e in entries):
        return text
    lines = _ended(text).splitlines()
    begin = next((n for n, line in enumerate(lines) if line.strip() == f"- support: {body.support_id}"), None)
    quoted = _scalar(body.question)
    if begin is None:
        lines += [f"- support: {body.support_id}", "  questions:", f"    - {quoted}"]
    else:
        last = begin
        while last + 1 < len(lines) and lines[last + 1].startswith(" "):
            last += 1
        indent = re.match(r" *", lines[last])
        lines.insert(last + 1, f"{indent[0] if indent else ''}- {quoted}")
    after = "\n".join(lines) + "\n"
    return _checked(after, f"{body.support_id} 的问法", lambda kept: body.question in _questions(kept, body.support_id))


def _with_spelling(text: str, body: WordBody) -> str:
    known = (yaml.safe_load(text) or {}).get("spellings", {})
    if body.spelling in known.get(body.word, ()):
        return text
    spelling = _scalar(body.spelling)
    if body.word in known:
        row = re.compile(rf"^(  {re.escape(body.word)}: \[)(.*)(\])", re.MULTILINE)
        after = row.sub(lambda found: f"{found[1]}{found[2]}, {spelling}{found[3]}", text, count=1)
    else:
        head = text if "spellings:" in text else _ended(text) + "spellings:\n"
        after = head.replace("spellings:\n", f"spellings:\n  {_scalar(body.word)}: [{spelling}]\n", 1)
    return _checked(after, f"写法 {body.spelling}", lambda kept: body.spelling in kept["spellings"][body.word])


def _with_note(text: str, proposal: Proposal, body: NoteBody) -> str:
    """A comment above the row, where whoever reads the table meets it."""
    day = proposal.proposed_at.astimezone(SHANGHAI).date()
    told = " ".join(body.note.split())
    comment = f"# 复核批注（{day}，{proposal.proposed_by} 提出，{proposal.decided_by} 确认）：{told}"
    if comment in text:
        return text
    row = re.compile(rf"^(?=- id: {re.escape(body.support_id)}$)", re.MULTILINE)
    if not row.search(text):
        raise Unwritable(f"{body.document_id}/supports.yaml 里没有 {body.support_id}")
    after = row.sub(lambda _: comment + "\n", text, count=1)
    return _checked(after, f"{body.support_id} 的批注", lambda kept: kept == yaml.safe_load(text))


def _checked(text: str, what: str, holds: Callable[[Any], bool]) -> str:
    """The text, if it reads as it was meant."""
    try:
        fine = holds(yaml.safe_load(text))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        fine = False
    if not fine:
        raise Unwritable(f"{what} 写不进现有的文件，请手工加上")
    return text


def _questions(entries: Any, support_id: str) -> list[str]:
    return [question for entry in entries if entry.get("support") == support_id for question in entry["questions"]]


def _scalar(text: str) -> str:
    """As it stands in a list of YAML, in quotes where it needs them."""
    return yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=_WIDE).strip()[1:-1]


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
