"""What holds for every reply: quotes verbatim, marks that resolve, figures with a source, lifecycles that are true."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from evals.contract import Catalogue, Reply
from evals.figures import Kind, figures, unsupported
from evals.results import Judgement
from evals.wording import MARKER


def judge_reply(
    judgement: Judgement, reply: Reply, catalogue: Catalogue, as_of: date, user_words: Sequence[str]
) -> None:
    _judge_quotes(judgement, reply, catalogue, [as_of, *_days_named(user_words)])
    _judge_markers(judgement, reply)
    _judge_figures(judgement, reply, catalogue, as_of, user_words)


def _days_named(words: Iterable[str]) -> Iterator[date]:
    """Days that the user supposes: 如果今天是2029年1月1日."""
    for figure in (figure for text in words for figure in figures(text)):
        if figure.kind is Kind.DATE and all(figure.day):
            try:
                yield date(*figure.day)
            except ValueError:
                continue


def _judge_quotes(judgement: Judgement, reply: Reply, catalogue: Catalogue, days: Sequence[date]) -> None:
    broken: list[str] = []
    wrong_lifecycle: list[str] = []
    for citation in reply.citations:
        document = catalogue.documents.get(citation.document_id)
        place = f"[{citation.marker}] {citation.document_id} {citation.provision}"
        if document is None:
            broken.append(f"{place}：没有这份文件")
            continue
        span = document.provisions.get(citation.provision)
        if not citation.quote or document.text[citation.start : citation.end] != citation.quote:
            broken.append(f"{place}：引文与原文 {citation.start}–{citation.end} 处不一致")
        elif span is None:
            broken.append(f"{place}：没有这一条款")
        elif not (span[0] <= citation.start and citation.end <= span[1]):
            broken.append(f"{place}：引文不在这一条款内")
        if citation.lifecycle not in {document.lifecycle_on(day) for day in days}:
            wrong_lifecycle.append(
                f"{place}：写作 {citation.lifecycle}，{days[0]} 应为 {document.lifecycle_on(days[0])}"
            )
    judgement.tally("quote_fidelity", len(reply.citations) - len(broken), len(reply.citations))
    judgement.check("quotes", not broken, "；".join(broken))
    judgement.check("lifecycle", not wrong_lifecycle, "；".join(wrong_lifecycle))


def _judge_markers(judgement: Judgement, reply: Reply) -> None:
    in_text = {int(mark) for mark in MARKER.findall(reply.text)}
    in_findings = {mark for finding in reply.findings for mark in finding.markers}
    in_findings |= {r.marker for finding in reply.findings for r in finding.reasons if r.marker is not None}
    given = [citation.marker for citation in reply.citations]
    dangling = sorted((in_text | in_findings) - set(given))
    unused = sorted(set(given) - in_text - in_findings)
    repeated = sorted({mark for mark in given if given.count(mark) > 1})
    faults = [
        f"{name} {', '.join(f'[{mark}]' for mark in marks)}"
        for name, marks in (("没有对应引用：", dangling), ("引用未使用：", unused), ("编号重复：", repeated))
        if marks
    ]
    judgement.tally("markers_resolved", len(in_text & set(given)), len(in_text))
    judgement.check("markers", not faults, "；".join(faults))


def _judge_figures(
    judgement: Judgement, reply: Reply, catalogue: Catalogue, as_of: date, user_words: Sequence[str]
) -> None:
    grounds = [citation.quote for citation in reply.citations]
    grounds += [f"{citation.label} {citation.provision}" for citation in reply.citations]
    grounds += [document.published for document in catalogue.documents.values()]
    grounds += [as_of.isoformat(), *user_words]
    missing = unsupported(reply.text, grounds, counts_told(reply), user_words)
    judgement.tally("replies_without_unsupported_figures", 0 if missing else 1, 1)
    judgement.values["unsupported_figures"] = judgement.values.get("unsupported_figures", 0) + len(missing)
    judgement.check("figures", not missing, f"无出处的数字：{'、'.join(missing)}" if missing else "")


def counts_told(reply: Reply) -> Iterable[int]:
    """How many findings (in all, and of each status) and citations the reply has."""
    yield len(reply.citations)
    yield len(reply.findings)
    yield from Counter(finding.status for finding in reply.findings).values()
