"""Tells in Chinese what differs between two versions of the corpus, and reads the profiles on which that is tried."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from chains.difference import ChangedFinding, Changes, Difference, Profile, Verdict
from chains.eligibility import Status
from chains.prompting import read_data, wording
from knowledge.profile import read_profile

_SUITES = Path(__file__).parent.parent / "evals" / "suites"
_LONGEST = 1200
_VOCABULARY = {"kind": "kinds", "strength": "strengths", "benefit.period": "periods"}


def read_profiles(file: Path | None) -> list[Profile]:
    """The profiles of a file (JSONL or YAML), or those of the suites. Raises ValueError for what is none."""
    files = [file] if file is not None else sorted(_SUITES.glob("*/profiles*.jsonl"))
    return [profile for one in files for profile in _read(one)]


def _read(file: Path) -> Iterator[Profile]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        try:
            rows = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise ValueError(" ".join(str(error).split())) from None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("profile"), dict) for row in rows
    ):
        raise ValueError("应是一列企业画像，每个有 profile")
    for number, row in enumerate(rows, start=1):
        given = row.get("as_of")
        day = date.fromisoformat(given) if isinstance(given, str) else given
        yield Profile(
            str(row.get("id") or row.get("name") or f"{file.stem} {number}"), read_profile(row["profile"]), day
        )


def tell_difference(difference: Difference) -> Iterator[str]:
    """Line by line, for the terminal."""
    told = read_data("intake")["diff"]
    if difference.is_empty:
        yield told["same"]
    yield from _tell_changes(difference.documents, "documents", told)
    yield from _tell_changes(difference.supports, "rows", told)
    yield tell_findings(difference)
    for change in difference.findings:
        yield f"  {change.profile}  {change.title}（{change.support_id}）：{tell_finding(change)}"


def _tell_changes(changes: Changes, what: str, told: dict[str, str]) -> Iterator[str]:
    for kind, entries in (("added", changes.added), ("removed", changes.removed)):
        for entry in entries:
            yield f"{told[f'{what}_{kind}']}：{entry.title}（{entry.id}）"
    for changed in changes.changed:
        yield f"{told[f'{what}_changed']}：{changed.title}（{changed.id}）"
        for one in changed.fields:
            yield f"  {label(one.name)}：{shown(one.name, one.old)} → {shown(one.name, one.new)}"


def tell_findings(difference: Difference) -> str:
    """How many profiles change, in one line."""
    told = read_data("intake")["diff"]
    changed = len(Counter(change.profile for change in difference.findings))
    key = "findings" if changed else "no_findings"
    return str(told[key]).format(profiles=difference.profiles, changed=changed, day=difference.as_of.isoformat())


def tell_finding(change: ChangedFinding) -> str:
    """可以申请 → 不符合."""
    return f"{_verdict(change.old)} → {_verdict(change.new)}"


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return str(read_data("intake")["diff"]["absent"])
    status = wording(f"status.{verdict.status.value}")
    return (
        f"{status}（{wording(f'status.{verdict.otherwise.value}')}）"
        if verdict.status is Status.NOT_IN_FORCE
        else status
    )


def label(name: str) -> str:
    """What people call a field: 金额（元）, 条件 2, 正文 1/3."""
    fields = read_data("corpus")["fields"]
    first, _, rest = name.partition(" ")
    return f"{fields.get(first, first)} {rest}".strip()


def shown(name: str, value: Any) -> str:
    """A value of a row in words, on one line."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(f"{key} = {shown(key, item)}" for key, item in value.items())
    if isinstance(value, list):
        return "、".join(shown(name, item) for item in value)
    words = read_data("corpus").get(_VOCABULARY.get(name, ""), {})
    text = str(words.get(value, value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
