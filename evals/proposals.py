"""A conversation becomes a case: one person proposes it, another accepts it after reading the documents."""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from evals.cases import PROPOSED, SUITES, QuestionCase, Suite, load_suite, with_sound_gold
from evals.clients import open_client
from evals.contract import Catalogue
from evals.run import BAD_CASES, OK

REVIEWED = "reviewed"
_HEAD = """# 由一次对话生成，等第二个人对照原文确认。
# expect 里的条款是助手当时引用的，只是线索：请对照原文改成应当引用的条款，
# must 写上原文里必须说到的话（数字、名单），资料里没有的把 abstain 改成 true。
# 改好后由另一个人运行：python -m evals accept {id} --by 名字
"""


class NoSuchConversation(ValueError):
    """The export holds no conversation of this id, or no reply of this number; the message says which there are."""


def propose(exported: Iterable[str], conversation: str, reply: int | None, by: str) -> dict[str, Any]:
    """A question case from a conversation of `huiqi export`, as it stands before anybody read the documents.

    `reply` counts the assistant's replies from 1; without it the last one is meant. Raises NoSuchConversation.
    """
    record = _record(exported, conversation)
    said = [message for message in record["messages"] if not message.get("author")]  # staff and reminders are no reply
    replies = [place for place, message in enumerate(said) if message["role"] == "assistant"]
    if not replies or (reply is not None and not 1 <= reply <= len(replies)):
        raise NoSuchConversation(f"对话 {conversation} 有 {len(replies)} 条回复，没有第 {reply} 条")
    number = reply or len(replies)
    messages = said[: replies[number - 1] + 1]
    judged: Mapping[str, Any] = messages[-1]["reply"] or {}
    cited = dict.fromkeys((c["document_id"], c["provision"]) for c in judged.get("citations", []))
    lapsed = any(c["lifecycle"] != "in_force" for c in judged.get("citations", []))
    return {
        "id": f"conv-{conversation[:8]}-{number}",
        "group": "conversation",
        "as_of": record["as_of"],
        "turns": [message["text"] for message in messages if message["role"] == "user"],
        "expect": {
            "provisions": [list(place) for place in cited],
            "also_ok": [],
            "must": [],
            "must_not": [],
            "abstain": bool(judged.get("abstained")),
            "not_in_force": True if lapsed else None,
        },
        "proposed_by": by,
    }


def _record(exported: Iterable[str], conversation: str) -> Mapping[str, Any]:
    for line in exported:
        if line.strip() and (record := json.loads(line))["id"] == conversation:
            found: Mapping[str, Any] = record
            return found
    raise NoSuchConversation(f"导出的内容里没有对话 {conversation}；先运行 huiqi export {conversation}")


def add(given: argparse.Namespace, console: Console, suites: Path = SUITES) -> int:
    """Writes the proposal as a file that a person can edit."""
    try:
        with given.export as lines:
            case = propose(lines, given.conversation, given.reply, given.by)
    except (NoSuchConversation, json.JSONDecodeError, KeyError) as error:
        console.print(f"没有加上：{error}", markup=False)
        return BAD_CASES
    file = suites / PROPOSED / f"questions-{case['id']}.yaml"
    if file.exists():
        console.print(f"{file} 已经有了，没有改动。", markup=False)
        return BAD_CASES
    file.parent.mkdir(exist_ok=True)
    written = yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=110)
    file.write_text(_HEAD.format(id=case["id"]) + written, encoding="utf-8")
    console.print(f"已写入 {file}。请对照原文改好 expect，再由另一个人 accept。", markup=False)
    return OK


async def accept(given: argparse.Namespace, console: Console, suites: Path = SUITES) -> int:
    """Moves a proposal into the reviewed suite, once another person has read its provisions."""
    client = open_client(None)
    catalogue = await client.catalogue()
    await client.close()
    suite = with_sound_gold(load_suite(suites / PROPOSED), catalogue)
    chosen = suite.only(lambda case: case.id == given.id).cases
    if not chosen:
        for problem in suite.problems or (f"没有 {given.id} 这份提议",):
            console.print(problem, markup=False)
        return BAD_CASES
    [case] = chosen
    if case.proposed_by == given.by:
        console.print(f"{given.id} 是 {given.by} 自己提的，要由另一个人确认。", markup=False)
        return BAD_CASES
    if isinstance(case, QuestionCase):
        if not case.expect.must and not case.expect.abstain:
            console.print(f"{given.id} 还没有写 must：对照原文写上必须说到的话，只抄助手引用的条款不算。", markup=False)
            return BAD_CASES
        _show(console, case, catalogue)
    if not given.yes and console.input("对照原文看过了，没有问题？(y/N) ").strip().lower() not in ("y", "yes", "是"):
        console.print("没有改动。")
        return OK
    _move(suites, suite, given.id, given.by)
    console.print(f"{given.id} 已进入题集 {REVIEWED}。", markup=False)
    return OK


def _show(console: Console, case: QuestionCase, catalogue: Catalogue) -> None:
    for turn in case.turns:
        console.print(f"企业：{turn}", markup=False)
    console.print(case.expect.model_dump_json(exclude_defaults=True, indent=2), markup=False)
    for document_id, provision in case.expect.provisions:
        document = catalogue.documents[document_id]
        start, end = document.provisions.get(provision, (0, 0))
        console.rule(f"{document_id} {provision}")
        console.print(document.text[start:end], markup=False)


def _move(suites: Path, proposed: Suite, name: str, by: str) -> None:
    source = suites / proposed.places[name].rpartition(":")[0]
    rows: Sequence[dict[str, Any]] = yaml.safe_load(source.read_text(encoding="utf-8"))
    [row] = [row for row in rows if row["id"] == name]
    left = [other for other in rows if other["id"] != name]
    kind = source.name.partition("-")[0].removesuffix(".yaml")
    target = suites / REVIEWED / f"{kind}.yaml"
    target.parent.mkdir(exist_ok=True)
    with target.open("a", encoding="utf-8") as out:
        out.write(yaml.safe_dump([row | {"accepted_by": by}], allow_unicode=True, sort_keys=False, width=110))
    if left:
        source.write_text(yaml.safe_dump(left, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
    else:
        source.unlink()
