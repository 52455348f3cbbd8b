"""The process in which a document is read: limits first, then one document in, one JSON answer out."""

import json
import resource
import sys
from dataclasses import asdict

from knowledge.intake.limits import LIMITS, Limits, Refusal, Refused


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def main() -> None:
    limits = Limits(**json.loads(sys.argv[2])) if len(sys.argv) > 2 else LIMITS
    _limit(limits)
    data = sys.stdin.buffer.read(limits.most_bytes + 1)
    try:
        from knowledge.intake.reading import read

        answer: dict[str, object] = asdict(read(sys.argv[1], data, limits))
    except Refused as refusal:
        answer = {"refused": refusal.why.value, "detail": refusal.detail}
    except MemoryError:
        answer = {"refused": Refusal.TOO_MUCH_MEMORY.value, "detail": ""}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode())


if __name__ == "__main__":
    main()
