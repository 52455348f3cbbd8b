"""The process in which a document is read: limits first, then one document in, one JSON answer out."""

import json
import resource
import sys
from dataclasses import asdict

from knowledge.intake.limits import Limits, Refusal, Refused


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def main() -> None:
    """Arguments: the ending of the name, the limits, and the ids in use if more than the text is wanted."""
    limits = Limits(**json.loads(sys.argv[2]))
    _limit(limits)
    answer: dict[str, object]
    data = sys.stdin.buffer.read(limits.most_bytes + 1)
    try:
        from knowledge.intake.reading import read

        extract = read(sys.argv[1], data, limits)
        answer = asdict(extract)
        if len(sys.argv) > 3:
            from knowledge.intake.proposal import propose

            answer = asdict(propose(extract, json.loads(sys.argv[3])))
    except Refused as refusal:
        answer = {"refused": refusal.why.value, "detail": refusal.detail}
    except MemoryError:
        answer = {"refused": Refusal.TOO_MUCH_MEMORY.value, "detail": ""}
    sys.stdout.buffer.write(json.dumps(answer, default=str).encode())


if __name__ == "__main__":
    main()
