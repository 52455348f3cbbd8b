"""Counts, durations and queues in the Prometheus text format. Labels are names of ours, never what somebody wrote."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from bot.review.items import Kept

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0)
_Sample = tuple[Mapping[str, str | int], float]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits now: mail by queue, answers for review in all and by flag, people for staff. Ages are seconds."""

    mail: Mapping[str, int]
    reviews: int
    flagged: Mapping[str, int]
    flagged_ages: Mapping[str, float]
    handovers: int
    handover_age: float


class _Durations:
    """A histogram for each value of one label."""

    def __init__(self, name: str, label: str, told: str) -> None:
        self._name, self._label, self._told = name, label, told
        self._buckets: dict[str, list[int]] = {}
        self._sums: defaultdict[str, float] = defaultdict(float)

    def add(self, value: str, seconds: float) -> None:
        buckets = self._buckets.setdefault(value, [0] * (len(_BOUNDS) + 1))
        buckets[bisect_left(_BOUNDS, seconds)] += 1
        self._sums[value] += seconds

    def lines(self) -> Iterable[str]:
        yield from _head(self._name, "histogram", self._told)
        for value, buckets in sorted(self._buckets.items()):
            label, totals = {self._label: value}, list(accumulate(buckets))
            for bound, total in zip((*map(str, _BOUNDS), "+Inf"), totals, strict=True):
                yield _line(f"{self._name}_bucket", label | {"le": bound}, total)
            yield _line(f"{self._name}_sum", label, self._sums[value])
            yield _line(f"{self._name}_count", label, totals[-1])


class Metrics:
    """What was asked of this process since it started."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._turns: Counter[str] = Counter()
        self._talks: Counter[str] = Counter()
        self._answers: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._mail: Counter[str] = Counter()
        self._audit_flaws: int | None = None
        self._calls = 0
        self._tokens: Counter[str] = Counter()
        self._micro_yuan = 0
        self._seconds = _Durations("huiqi_request_seconds", "route", "Duration of HTTP requests.")
        self._steps = _Durations("huiqi_step_seconds", "step", "Duration of the steps of an answer.")

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests[method, route, status] += 1
        self._seconds.add(route, seconds)

    def count_turn(self, kept: Kept) -> None:
        """A message that was answered or could not be; of one that is sent again only what is new."""
        item, before = kept.item, kept.before
        if before is None:
            self._turns[item.channel] += 1
            self._talks[item.channel] += item.begins
        self._answers[item.outcome] += 1
        known = before.flags if before is not None else ()
        self._flags.update({one.flag.value for one in item.flags} - {one.flag.value for one in known})
        for step, milliseconds in item.steps.items():
            self._steps.add(step, milliseconds / 1000)

    def count_call(self, tokens_in: int, tokens_out: int, micro_yuan: int) -> None:
        """A call of a model."""
        self._calls += 1
        self._tokens.update({"in": tokens_in, "out": tokens_out})
        self._micro_yuan += micro_yuan

    def count_mail(self, event: str) -> None:
        """`event` is a channel and what happened: telegram.new, wechat.sent."""
        self._mail[event] += 1

    def note_audit(self, flaws: int) -> None:
        """How many flaws the audit log had when it was verified last."""
        self._audit_flaws = flaws

    def text(self, waiting: Waiting | None) -> str:
        """Everything counted here, and what waits, where that is known."""
        lines = [*self._counters(), *self._seconds.lines(), *self._steps.lines()]
        if waiting is not None:
            lines += _gauges(waiting)
        if self._audit_flaws is not None:
            told = "Rows of the audit log that are not as written, as of the last check."
            lines += _family("huiqi_audit_flaws", "gauge", told, [({}, self._audit_flaws)])
        return "\n".join(lines) + "\n"

    def _counters(self) -> Iterable[str]:
        requests: list[_Sample] = [
            ({"method": method, "route": route, "status": status}, count)
            for (method, route, status), count in self._requests.items()
        ]
        mail: list[_Sample] = []
        for event, count in self._mail.items():
            channel, _, happened = event.partition(".")
            mail.append(({"channel": channel, "event": happened}, count))
        families: tuple[tuple[str, str, Iterable[_Sample]], ...] = (
            ("requests", "HTTP requests.", requests),
            ("conversations", "Conversations that began with a message, by channel.", _by("channel", self._talks)),
            ("turns", "Messages that were answered or failed, by channel.", _by("channel", self._turns)),
            ("answers", "Answers and failures by outcome; a message may fail first.", _by("outcome", self._answers)),
            ("flags", "Flags that answers raised by themselves.", _by("flag", self._flags)),
            ("mail", "Deliveries and sheets of platforms.", mail),
            ("model_calls", "Calls of models.", [({}, self._calls)]),
            ("model_tokens", "Tokens that models read (in) and wrote (out).", _by("direction", self._tokens)),
            ("model_yuan", "What calls of models cost at the prices that are set.", [({}, self._micro_yuan / 1e6)]),
        )
        for name, told, samples in families:
            yield from _family(f"huiqi_{name}_total", "counter", told, samples)


def _gauges(waiting: Waiting) -> Iterable[str]:
    families: tuple[tuple[str, str, Iterable[_Sample]], ...] = (
        ("mail_waiting", "Deliveries and sheets not done.", _by("queue", waiting.mail)),
        ("reviews_waiting", "Answers that wait for review.", [({}, waiting.reviews)]),
        ("reviews_waiting_flagged", "The same by flag; an answer may have several.", _by("flag", waiting.flagged)),
        ("reviews_oldest_seconds", "Age of the oldest of them, by flag.", _by("flag", waiting.flagged_ages)),
        ("handovers_waiting", "People who wait for staff.", [({}, waiting.handovers)]),
        ("handovers_oldest_seconds", "How long the first of them has waited.", [({}, waiting.handover_age)]),
    )
    for name, told, samples in families:
        yield from _family(f"huiqi_{name}", "gauge", told, samples)


def _by(label: str, counts: Mapping[str, float]) -> Iterable[_Sample]:
    return [({label: value}, count) for value, count in counts.items()]


def _family(name: str, kind: str, told: str, samples: Iterable[_Sample]) -> Iterable[str]:
    yield from _head(name, kind, told)
    yield from sorted(_line(name, labels, value) for labels, value in samples)


def _head(name: str, kind: str, told: str) -> Iterable[str]:
    return f"# HELP {name} {told}", f"# TYPE {name} {kind}"


def _line(name: str, labels: Mapping[str, str | int], value: float) -> str:
    named = ",".join(f'{label}="{shown}"' for label, shown in labels.items())
    return f"{name}{{{named}}} {_number(value)}" if labels else f"{name} {_number(value)}"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.6f}"
