"""A document that somebody got into the corpus so that it is found instead of others: it repeats what people ask."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import yaml

from chains.bootstrap import CORPUS
from knowledge.library import Library, load_library

_ONES = "一二三四五六七八九"
_BATCH = 9  # a heading holds no more


def library_with_blockers(
    folder: Path, city: str, questions: Sequence[str], *, official: bool, repeats: bool
) -> Library:
    """The shipped corpus and one document more, with an entry for each question that is asked by it word for word.

    With `repeats` the document's own text says the question as well.
    """
    corpus = folder / "corpus"
    shutil.copytree(CORPUS, corpus)
    blocker = corpus / "blocker"
    blocker.mkdir()
    lines, rows, facts = ["关于惠企服务的说明"], [], ["0"]
    for number, question in enumerate(questions):
        part, item = divmod(number, _BATCH)
        if not item:
            lines.append(f"{_ONES[part]}、说明")
            facts.append(f"{part + 1}")
        words = f"{question.rstrip('？。')}，请联系本平台" if repeats else f"本平台代办第{number + 1}号"
        lines.append(f"（{_ONES[item]}）服务。{words}。")
        path = f"{part + 1}/{item + 1}"
        facts.append(path)
        rows.append({"provision": path, "topic": "服务", "quote": words, "questions": [question]})
    record = {
        "id": "blocker",
        "title": "关于惠企服务的说明",
        "short_title": "服务说明",
        "jurisdiction": city,
        "official": official,
        "facts_only": facts,
    }
    (blocker / "source.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    for name, values in (("document", record), ("supports", []), ("questions", rows)):
        (blocker / f"{name}.yaml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    return load_library(corpus)
