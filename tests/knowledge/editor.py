"""Somebody who finishes a draft with as little thought as the loader lets pass."""

import re
from pathlib import Path
from typing import Any

import yaml

from knowledge.library import InvalidCorpus, load_library
from knowledge.written import TODO


def finish(folder: Path) -> None:
    """What an editor does at the least: decides what is open, marks what holds no support, accepts what is flagged."""
    for file in sorted(folder.glob("*.yaml")):
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.write_text(yaml.safe_dump(_decided(values), allow_unicode=True, sort_keys=False), encoding="utf-8")
    while True:
        try:
            load_library(folder.parent)
            return
        except InvalidCorpus as refusal:
            bare = [m[1] for p in refusal.problems if (m := re.search(r": (\S+): provision with neither", p))]
            assert bare, refusal.problems
        file = folder / "document.yaml"
        record = yaml.safe_load(file.read_text(encoding="utf-8"))
        record["facts_only"] += bare
        file.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _decided(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k == "id" or not _is_open_date(k, v)}
        return {k: _decided(v) for k, v in kept.items()}
    if isinstance(value, list):
        return [_decided(item) for item in value]
    if isinstance(value, str) and value.startswith(f"{TODO} 是不是"):
        return True
    return "李编辑看过" if isinstance(value, str) and value.startswith(TODO) else value


def _is_open_date(key: str, value: Any) -> bool:
    return key in {"effective_from", "effective_to", "amount_cny"} and str(value).startswith(TODO)
