"""Counts and durations of requests in the Prometheus text format."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import accumulate

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0)


class Metrics:
    """What was asked of this process since it started. Labels are routes, never addresses as they were typed."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._answers: Counter[str] = Counter()
        self._mail: Counter[str] = Counter()
        self._audit_flaws: int | None = None
        self._seconds: dict[str, list[int]] = {}
        self._sums: defaultdict[str, float] = defaultdict(float)

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests[method, route, status] += 1
        buckets = self._seconds.setdefault(route, [0] * (len(_BOUNDS) + 1))
        buckets[bisect_left(_BOUNDS, seconds)] += 1
        self._sums[route] += seconds

    def count_answer(self, outcome: str) -> None:
        self._answers[outcome] += 1

    def count_mail(self, event: str) -> None:
        """`event` is a channel and what happened: telegram.new, wechat.sent."""
        self._mail[event] += 1

    def note_audit(self, flaws: int) -> None:
        """How many flaws the audit log had when it was verified last."""
        self._audit_flaws = flaws

    def text(self, waiting: Mapping[str, int]) -> str:
        """Everything counted here, and how many things wait in each queue."""
        lines = ["# HELP huiqi_requests_total HTTP requests.", "# TYPE huiqi_requests_total counter"]
        for (method, route, status), count in sorted(self._requests.items()):
            lines.append(f'huiqi_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}')
        lines += ["# HELP huiqi_answers_total Answers by outcome.", "# TYPE huiqi_answers_total counter"]
        lines += [f'huiqi_answers_total{{outcome="{name}"}} {count}' for name, count in sorted(self._answers.items())]
        lines += ["# HELP huiqi_mail_total Deliveries and sheets of platforms.", "# TYPE huiqi_mail_total counter"]
        for event, count in sorted(self._mail.items()):
            channel, _, happened = event.partition(".")
            lines.append(f'huiqi_mail_total{{channel="{channel}",event="{happened}"}} {count}')
        lines += ["# HELP huiqi_mail_waiting Deliveries and sheets not done.", "# TYPE huiqi_mail_waiting gauge"]
        lines += [f'huiqi_mail_waiting{{queue="{name}"}} {count}' for name, count in waiting.items()]
        if self._audit_flaws is not None:
            lines += ["# HELP huiqi_audit_flaws Rows of the audit log that are not as written, as of the last check."]
            lines += ["# TYPE huiqi_audit_flaws gauge", f"huiqi_audit_flaws {self._audit_flaws}"]
        lines += [
            "# HELP huiqi_request_seconds Duration of HTTP requests.",
            "# TYPE huiqi_request_seconds histogram",
        ]
        for route, buckets in sorted(self._seconds.items()):
            totals = list(accumulate(buckets))
            for bound, total in zip((*map(str, _BOUNDS), "+Inf"), totals, strict=True):
                lines.append(f'huiqi_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}')
            lines.append(f'huiqi_request_seconds_sum{{route="{route}"}} {self._sums[route]:.6f}')
            lines.append(f'huiqi_request_seconds_count{{route="{route}"}} {totals[-1]}')
        return "\n".join(lines) + "\n"
