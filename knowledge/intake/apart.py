"""Has a document read in a process of its own, in bounded time and memory. What goes wrong there is refused here."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path, PurePath
from typing import Any

from knowledge.document import Provision
from knowledge.flags import Flag, FlagKind
from knowledge.intake.limits import LIMITS, Limits, Refusal, Refused
from knowledge.intake.proposal import Proposal
from knowledge.intake.reading import KINDS, Extract, Hidden
from knowledge.intake.rows import ProposedRow

_ROOT = Path(__file__).parents[2]
_SPARE_SECONDS = 2


def read_apart(name: str, data: bytes, limits: Limits = LIMITS) -> Extract:
    """The text of a document; its name tells its kind. Raises Refused."""
    answer = _ask(name, data, limits)
    return Extract(answer["text"], tuple(Hidden(**one) for one in answer["hidden"]))


def propose_apart(name: str, data: bytes, taken: Sequence[str], limits: Limits = LIMITS) -> Proposal:
    """What is proposed for a document, patterns and all. Raises Refused."""
    answer = _ask(name, data, limits, json.dumps(list(taken)))
    return Proposal(
        source=answer["source"],
        text=answer["text"],
        record=answer["record"],
        provisions=tuple(Provision(**one) for one in answer["provisions"]),
        rows=tuple(ProposedRow(**one) for one in answer["rows"]),
        flags=tuple(Flag(FlagKind(one["kind"]), one["words"]) for one in answer["flags"]),
    )


def _ask(name: str, data: bytes, limits: Limits, *more: str) -> dict[str, Any]:
    if len(data) > limits.most_bytes:
        raise Refused(Refusal.TOO_LARGE, f"{len(data)}")
    kind = PurePath(name).suffix.lower()
    if kind.removeprefix(".") not in KINDS:
        raise Refused(Refusal.UNKNOWN_KIND, kind[:12])
    # The reader gets the document and nothing else of ours: no settings, no keys, no folder of its own.
    command = [sys.executable, "-s", "-m", "knowledge.intake.reader", kind, json.dumps(asdict(limits)), *more]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=limits.seconds + _SPARE_SECONDS,
            env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(Refusal.TOO_SLOW, f"{limits.seconds}") from None
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Refused(Refusal.TOO_SLOW, f"{limits.seconds}")
    if done.returncode != 0:
        memory = b"MemoryError" in done.stderr or b"allocate" in done.stderr
        raise Refused(Refusal.TOO_MUCH_MEMORY if memory else Refusal.BROKEN)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(Refusal(answer["refused"]), answer["detail"])
    return answer
