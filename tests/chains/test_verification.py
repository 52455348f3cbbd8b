"""A reply that says more than its quotes is not shown: spoilt figures, marks and quotes are dropped."""

import asyncio
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from chains.assistant import Assistant
from chains.citation import MARK, markers
from chains.reply import Citation, Reply
from chains.verification import verify
from knowledge.document import Document, DocumentRecord, Lifecycle, Notice, Provision
from knowledge.library import Library

TODAY = date(2026, 11, 20)
WANTED = 500
SEED = 20261120


@dataclass(frozen=True)
class Answer:
    """A question and the reply that was given to it."""

    question: str
    reply: Reply


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> tuple[Answer, ...]:
    """Replies to one shipped question about every support and every fact."""

    async def ask() -> tuple[Answer, ...]:
        found = []
        for entries in assistant.library.questions.values():
            for entry in entries:
                turn = await assistant.answer(assistant.begin(TODAY), entry.questions[-1])
                found.append(Answer(entry.questions[-1], turn.reply))
        return tuple(found)

    return asyncio.run(ask())


# One line of a reply, spoilt: each gives the line anew, or None where there is nothing to spoil.


def ten_times(line: str) -> str | None:
    return swap(line, r"(?<![\d.〔])\d+(?=\s*(?:万|元|%|亿|家|个|天|件))", lambda m: f"{m.group(0)}0")


def myriad_for_hundred_million(line: str) -> str | None:
    return swap(line, r"(?<=[\d 千百])[万亿]", lambda m: "亿" if m.group(0) == "万" else "万")


def another_year(line: str) -> str | None:
    return swap(line, r"(?<!\d)20[23]\d(?=\s*年\s*\d)", lambda m: str(int(m.group(0)) + 1))


def another_day(line: str) -> str | None:
    return swap(line, r"(?<=月)\s*\d{1,2}(?=\s*日)", lambda m: str(int(m.group(0)) % 28 + 1))


def another_rate(line: str) -> str | None:
    return swap(line, r"\d+(?=\s*%)", lambda m: str(int(m.group(0)) + 3))


def unknown_mark(line: str) -> str | None:
    return swap(line, r"\[\d+\]", lambda m: "[97]")


def no_mark(line: str) -> str | None:
    return MARK.sub("", line) if MARK.search(line) and re.search(r"\d\s*(?:万|元|%)", MARK.sub("", line)) else None


def added_sum(line: str) -> str | None:
    return f"{line}另外再奖7万元"


def added_promise(line: str) -> str | None:
    return f"{line}您一定能拿到"


SPOILERS = (
    ten_times,
    myriad_for_hundred_million,
    another_year,
    another_day,
    another_rate,
    unknown_mark,
    no_mark,
    added_sum,
)


def swap(line: str, pattern: str, new: Callable[[re.Match[str]], str]) -> str | None:
    """The line with its first match outside marks written anew."""
    for match in re.finditer(pattern, line):
        if pattern.startswith(r"\[") or not re.fullmatch(r"\[\d+\]", line[match.start() - 1 : match.end() + 1]):
            return line[: match.start()] + new(match) + line[match.end() :]
    return None


def in_chinese(line: str) -> str | None:
    names = {"50": "五十", "20": "二十", "300": "三百", "100": "一百", "1000": "一千", "200": "两百", "30": "三十"}
    return swap(line, r"(?<!\d)(?:50|20|300|100|1000|200|30)(?=\s*万)", lambda m: names[m.group(0)])


def in_full_width(line: str) -> str | None:
    wide = {str(i): chr(ord("０") + i) for i in range(10)}
    return swap(line, r"(?<!\d)\d+(?=\s*(?:万|%|元))", lambda m: "".join(wide[c] for c in m.group(0)))


def spoilt(answers: tuple[Answer, ...], spoiler: Callable[[str], str | None]) -> Iterator[tuple[Answer, str, str]]:
    """The answer, the spoilt line, and the whole text with that line in it."""
    for answer in answers:
        lines = answer.reply.text.split("\n")
        for at, line in enumerate(lines):
            new = spoiler(line) if MARK.search(line) else None
            if new is not None and new != line:
                yield answer, new, "\n".join((*lines[:at], new, *lines[at + 1 :]))


def escaped(
    answers: tuple[Answer, ...], spoiler: Callable[[str], str | None], library: Library
) -> tuple[list[str], int]:
    """The spoilt lines that were let through, and how many were tried."""
    tried = list(spoilt(answers, spoiler))
    chosen = random.Random(SEED).sample(tried, min(WANTED, len(tried)))
    through = [
        line
        for answer, line, text in chosen
        if line in verify(text, answer.reply.citations, library, "").text.split("\n")
    ]
    return through, len(chosen)


def test_sound_replies_pass_unchanged(answers: tuple[Answer, ...], library: Library) -> None:
    changed = [
        a.question for a in answers if verify(a.reply.text, a.reply.citations, library, a.question).text != a.reply.text
    ]
    assert len(changed) <= len(answers) // 100, changed


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda s: s.__name__)
def test_a_spoilt_line_is_dropped(
    spoiler: Callable[[str], str | None], answers: tuple[Answer, ...], library: Library
) -> None:
    through, tried = escaped(answers, spoiler, library)
    assert tried >= 5
    assert len(through) <= tried // 200, through


def test_a_promise_is_dropped(answers: tuple[Answer, ...], library: Library) -> None:
    through, tried = escaped(answers, added_promise, library)
    assert (through, tried) == ([], WANTED)


@pytest.mark.parametrize("rewriter", [in_chinese, in_full_width], ids=lambda s: s.__name__)
def test_the_same_figure_in_another_form_passes(
    rewriter: Callable[[str], str | None], answers: tuple[Answer, ...], library: Library
) -> None:
    through, tried = escaped(answers, rewriter, library)
    assert tried >= 10
    assert len(through) == tried


def test_a_figure_under_a_mark_of_another_quote_is_dropped(answers: tuple[Answer, ...], library: Library) -> None:
    through, tried = [], 0
    quoted = [citation for answer in answers for citation in answer.reply.citations]
    for answer, other in zip(answers, quoted, strict=False):
        for line in answer.reply.text.split("\n"):
            sums = re.findall(r"\d+(?=\s*万元)", MARK.sub("", line))
            if sums and not any(s in other.quote for s in sums):
                tried += 1
                wrong = MARK.sub(f"[{other.marker}]", line)
                if wrong in verify(wrong, [other], library, "").text:
                    through.append(wrong)
    assert tried >= 5
    assert through == []


def test_a_line_under_an_altered_quote_is_dropped(answers: tuple[Answer, ...], library: Library) -> None:
    for answer in answers[:200]:
        for citation in answer.reply.citations:
            altered = citation.model_copy(update={"quote": citation.quote[:-1] + "某"})
            others = [altered if c is citation else c for c in answer.reply.citations]
            checked = verify(answer.reply.text, others, library, answer.question)
            assert citation.marker not in markers(checked.text)


@pytest.mark.parametrize("shift", [-1, 1, 40])
def test_a_line_under_a_quote_at_other_offsets_is_dropped(
    shift: int, answers: tuple[Answer, ...], library: Library
) -> None:
    reply = next(a.reply for a in answers if a.reply.citations)
    moved = [c.model_copy(update={"start": c.start + shift, "end": c.end + shift}) for c in reply.citations]
    assert markers(verify(reply.text, moved, library, "").text) == ()


# One line, one quote, by hand.

TEXT = "一、对首次获评的企业给予100万元奖励，比例不超过20%，限三名，有效期至2028年12月31日。"


@pytest.fixture
def small() -> Library:
    notice = Notice(text="新规定自2026年4月1日起执行，见第282号令。", source="", date=date(2026, 4, 1))
    record = DocumentRecord(
        id="d",
        title="若干措施（2023—2025年）",
        short_title="措施",
        jurisdiction="nanjing",
        number="云政〔2023〕15号",
        notices=(notice,),
    )
    document = Document(record, TEXT, {"1": Provision("1", "一、", "", 0, len(TEXT))})
    return Library({"d": document}, {}, {}, {"d": ()})


def citing(quote: str = TEXT) -> list[Citation]:
    start = TEXT.index(quote)
    return [
        Citation(marker=1, document_id="d", document_title="措施", provision="1", label="一、", heading="", quote=quote,
                 start=start, end=start + len(quote), lifecycle=Lifecycle.IN_FORCE.value)
    ]  # fmt: skip


def shown(line: str, library: Library, said: str = "", quote: str = TEXT) -> bool:
    return verify(line, citing(quote), library, said).text == line


@pytest.mark.parametrize(
    "line",
    [
        "给予100万元奖励[1]",
        "给予 100 万元奖励[1]",
        "给予一百万元[1]",
        "给予1000000元[1]",
        "给予壹佰万元[1]",
        "不超过20%[1]",
        "不超过百分之二十[1]",
        "有效期到2028年12月31日[1]",
        "有效期到2028-12-31[1]",
        "到2028年底[1]",
        "没有写金额",
        "一起看看，一次性给[1]",
        "依据是云政〔2023〕15号",
        "自2026年4月1日起",
        "2023—2025年的计划",
        "第282号令",
        "共 5 项，另有 2 条",
    ],
)
def test_a_line_that_its_quote_or_the_list_of_documents_shows_passes(line: str, small: Library) -> None:
    assert shown(line, small)


@pytest.mark.parametrize(
    "line",
    [
        "给予1000万元奖励[1]",
        "给予100亿元[1]",
        "给予100元[1]",
        "给予10万元[1]",
        "给予100万元奖励",
        "给予100万元[2]",
        "不超过30%[1]",
        "不超过20万元[1]",
        "不超过200%[1]",
        "有效期到2029年12月31日[1]",
        "有效期到2028年12月30日[1]",
        "限5名[1]",
        "电话 025-12345678",
        "2027年起施行[1]",
        "您一定能拿到[1]",
        "保证通过[1]",
        "肯定会获批",
        "绝对能给[1]",
    ],
)
def test_a_line_that_nothing_shows_is_dropped(line: str, small: Library) -> None:
    assert not shown(line, small)
    assert verify(line, citing(), small, "").dropped[0][0] == line


def test_the_person_s_own_figures_may_be_repeated(small: Library) -> None:
    assert shown("您说的是58人、3200万元", small, said="我们58人，营收3200万元")
    assert not shown("您说的是58人、3300万元", small, said="我们58人，营收3200万元")


def test_a_figure_must_stand_in_the_quote_of_its_own_line(small: Library) -> None:
    assert shown("比例不超过20%[1]", small, quote="比例不超过20%")
    assert not shown("给予100万元[1]", small, quote="比例不超过20%")


def test_only_the_bad_line_is_dropped(small: Library) -> None:
    checked = verify("给予100万元[1]\n给予900万元[1]\n问市工信局", citing(), small, "")
    assert checked.text == "给予100万元[1]\n问市工信局"
    assert checked.dropped == (("给予900万元[1]", "unsupported_number 900万元"),)


def test_a_citation_of_a_document_that_does_not_exist_shows_nothing(small: Library) -> None:
    elsewhere = [c.model_copy(update={"document_id": "gone"}) for c in citing()]
    assert verify("给予100万元[1]", elsewhere, small, "").text == ""
