"""Marks are kept line by line, count while the reply stands, and are summed up with what they are worth."""

import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.exchanges import drawn, exchanges
from evals.marks import (
    MARKS,
    MODEL,
    PEOPLE,
    Agreement,
    Answer,
    Mark,
    read_marks,
    sides_of_run,
    summarise,
    weighted_kappa,
)
from evals.reports.marks import notes, rows
from evals.results import CaseResult, TurnRecord, add_line
from tests.evals.fakes import finished_run, question, reply, spoken

JUDGE = MODEL + "m"


def mark(case: str, by: str, helpful: int, plain: int = 3, hash: str = "h") -> Mark:
    return Mark(case=case, turn=0, hash=hash, by=by, helpful=helpful, plain=plain)


def marks(by: str, *helpful: int) -> list[Mark]:
    return [mark(f"c{number}", by, score) for number, score in enumerate(helpful)]


def agreement(given: Iterable[Mark], of: str) -> Agreement:
    [side] = [side for side in summarise(list(given), [], seed=1) if side.by == of]
    return side.agreement[0]


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return finished_run(
        tmp_path / "run",
        spoken("a", ("奖多少", "30万元[1]"), group="detail"),
        spoken("b", ("你好", "您好。"), ("怎么申请", "文件没有写。"), group="how"),
        spoken("sealed", ("补贴呢", "没有收录。"), split="test"),
    )


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    keys = io.StringIO()
    monkeypatch.setattr("sys.stdin", keys)
    return keys


def type_in(keys: io.StringIO, *lines: str) -> None:
    keys.write("".join(line + "\n" for line in lines))
    keys.seek(0)


# What is marked.


def test_the_last_reply_is_marked_beside_what_was_said_before() -> None:
    asked = TurnRecord(said="有补贴吗", reply=reply("先看城市。", question=question("city", "nanjing")))
    tapped = TurnRecord(said="", choices=("nanjing", "unknown"), reply=reply("有的。"))
    [exchange] = exchanges([spoken("a", kind="dialogues").model_copy(update={"turns": (asked, tapped)})])
    assert exchange.said == "企业：有补贴吗\n助手：先看城市。\n企业：〔nanjing、unknown〕"
    assert (exchange.turn, exchange.reply) == (1, "有的。")


def test_a_choice_is_shown_by_its_label() -> None:
    offered = {"slot": "city", "text": "哪里？", "options": [{"id": "nj", "label": "南京"}], "multiple": False}
    turns = (
        TurnRecord(said="有补贴吗", reply=reply("先看城市。", question=offered)),
        TurnRecord(said="", choices=("nj",), reply=reply("有的。")),
    )
    [exchange] = exchanges([spoken("a").model_copy(update={"turns": turns})])
    assert exchange.said.endswith("企业：〔南京〕")


@pytest.mark.parametrize(
    "result",
    [
        spoken("a", ("x", "y"), kind="attacks"),
        spoken("a", ("x", "y"), error="Boom"),
        spoken("a", ("x", "  ")),
        spoken("a"),
    ],
)
def test_what_has_no_reply_to_its_end_is_not_marked(result: CaseResult) -> None:
    assert exchanges([result]) == []


def test_cases_are_drawn_from_all_groups_alike_and_the_same_again() -> None:
    found = exchanges(
        [
            spoken(f"{group}{n}", ("x", "y"), group=group)
            for group, many in (("a", 9), ("b", 2), ("c", 5))
            for n in range(many)
        ]
    )
    chosen = drawn(found, 8, seed=3)
    groups = [exchange.group for exchange in chosen]
    assert [groups.count(f"questions/{name}") for name in "abc"] == [3, 2, 3]
    assert chosen == drawn(found, 8, seed=3) != drawn(found, 8, seed=4)
    assert len(drawn(found, 99, seed=3)) == 16


# How they are kept.


def test_a_line_cut_by_a_kill_is_lost_alone(tmp_path: Path) -> None:
    file = tmp_path / MARKS
    add_line(file, mark("a", "li", 3))
    whole = file.read_bytes()
    cut = mark("b", "li", 4).model_copy(update={"why": "讲得清楚"}).model_dump_json().encode()
    file.write_bytes(whole + cut[: cut.index("清".encode()) + 1])
    add_line(file, mark("c", "li", 5).model_copy(update={"why": "一行\u2028两行"}))
    found = exchanges([spoken(case, ("x", "y")) for case in "abc"])
    file.write_bytes(file.read_bytes().replace(b'"hash":"h"', f'"hash":"{found[0].hash}"'.encode()))
    assert [m.case for m in read_marks(tmp_path, found)] == ["a", "c"]


def test_a_mark_counts_only_while_the_reply_reads_the_same(run: Path) -> None:
    exchange = exchanges([spoken("a", ("奖多少", "30万元[1]"))])[0]
    add_line(run / MARKS, mark("a", "li", 3, hash=exchange.hash))
    changed = exchanges([spoken("a", ("奖多少", "最高30万元[1]"))])
    assert len(read_marks(run, [exchange])) == 1
    assert read_marks(run, changed) == []


def test_who_marks_a_reply_again_has_changed_their_mind(tmp_path: Path) -> None:
    [exchange] = exchanges([spoken("a", ("x", "y"))])
    for score in (2, 4):
        add_line(tmp_path / MARKS, mark("a", "li", score, hash=exchange.hash))
    assert [m.helpful for m in read_marks(tmp_path, [exchange])] == [4]


@pytest.mark.parametrize("score", [0, 6, 3.5, "4", True])
def test_a_mark_is_a_whole_number_from_one_to_five(score: object) -> None:
    with pytest.raises(ValueError):
        Mark.model_validate(mark("a", "li", 3).model_dump() | {"plain": score})


# How they are summed up.


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # Squares apart 0+1+0+4 over 4 pairs: 5/4; by chance 60/16.
        ([(1, 1), (2, 3), (4, 4), (5, 3)], 1 - (5 / 4) / (60 / 16)),
        ([(1, 1), (3, 3), (5, 5)], 1.0),
        # Apart (16+16)/2 = 16; by chance (0+16+16+0)/4 = 8.
        ([(1, 5), (5, 1)], -1.0),
        # Apart (0+1+1+0)/4; by chance the same, each of the four meetings being equally likely.
        ([(1, 1), (1, 2), (2, 1), (2, 2)], 0.0),
        ([(3, 4)], None),
        ([], None),
        ([(3, 1), (3, 5)], None),
        ([(1, 3), (5, 3)], None),
        ([(4, 4), (4, 4)], None),
    ],
)
def test_kappa_weighs_by_the_squared_distance(pairs: list[tuple[int, int]], kappa: float | None) -> None:
    assert weighted_kappa(pairs) == pytest.approx(kappa)


def test_a_model_is_compared_with_each_person_who_marked_the_same_reply() -> None:
    given = [*marks(JUDGE, 1, 2, 4, 5, 5), *marks("li", 1, 3, 4, 3), *marks("wang", 2)]
    found = agreement(given, of=JUDGE)
    assert found.exact and found.within_one and found.kappa
    assert (found.pairs, found.exact.hits, found.within_one.hits) == (5, 2, 4)
    assert found.kappa.low is not None and found.kappa.high is not None
    assert found.kappa.low <= found.kappa.value <= found.kappa.high


def test_people_are_compared_among_themselves() -> None:
    found = agreement([*marks("li", 1, 2, 4, 5), *marks("wang", 1, 3, 4, 3)], of=PEOPLE)
    assert found.kappa and found.kappa.value == pytest.approx(2 / 3)
    assert agreement(marks("li", 1, 2, 3), of=PEOPLE).pairs == 0


def test_models_are_not_compared_with_models() -> None:
    given = [*marks(JUDGE, 1, 2), *marks(MODEL + "n", 1, 2)]
    assert agreement(given, of=JUDGE).pairs == 0


def test_a_reply_counts_once_in_a_mean_however_many_marked_it() -> None:
    [side] = summarise([mark("a", "li", 1), mark("a", "wang", 3), mark("b", "li", 4)], [], seed=1)
    assert (side.markers, side.means[0].value, side.means[0].n) == (2, 3.0, 2)
    assert side.means[0].low == 2.0 and side.means[0].high == 4.0


def test_what_was_not_told_is_not_counted_and_not_guessed() -> None:
    def answer(tokens: int | None, cost: float | None, readable: bool = True) -> Answer:
        return Answer(case="a", by=JUDGE, readable=readable, tokens_in=tokens, tokens_out=tokens, cost=cost)

    [side] = summarise([], [answer(10, 0.5), answer(20, None), answer(None, None, readable=False)], seed=1)
    assert side.usage is not None
    assert (side.usage.answers, side.usage.unreadable, side.usage.told, side.usage.tokens_in) == (3, 1, 2, 30)
    assert (side.usage.priced, side.usage.cost) == (1, 0.5)
    [_, said] = notes([side])
    assert "1 次没有告知用量" in said and "花费 0.5 元" in said and "2 次未计入花费" in said


def test_a_model_that_nobody_checked_is_said_to_be_so() -> None:
    sides = summarise(marks(JUDGE, 1, 2), [], seed=1)
    assert "还没有人工评分，模型评分未经核对。" in notes(sides)
    assert not any("还没有人工评分" in note for note in notes(summarise(marks("li", 1), [], seed=1)))
    assert notes([]) == []


def test_a_kappa_that_is_not_defined_is_said_to_be_so() -> None:
    sides = summarise([*marks(JUDGE, 3, 3), *marks("li", 1, 5)], [], seed=1)
    assert {cells[-1] for cells in rows(sides)} == {"—", "算不出"}
    assert any(note.startswith("κ 算不出") for note in notes(sides))


# The commands.


def test_a_person_marks_what_is_shown_and_nothing_of_the_test_split(
    run: Path, typed: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(typed, "4", "9", "５", "2", "3")
    assert main(["mark", str(run), "--by", "li"]) == 0
    shown = capsys.readouterr().out
    assert "企业：怎么申请" in shown and "文件没有写。" in shown and "请输入 1 到 5" in shown
    assert "没有收录" not in shown
    [side] = sides_of_run(
        run, [spoken("a", ("奖多少", "30万元[1]")), spoken("b", ("怎么申请", "文件没有写。"))], seed=1
    )
    assert [m.value for m in side.means] == [3.0, 4.0]


def test_each_mark_is_kept_at_once_and_not_asked_for_again(
    run: Path, typed: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(typed, "4", "5", "3", "q")
    main(["mark", str(run), "--by", "li"])
    assert len((run / MARKS).read_text(encoding="utf-8").splitlines()) == 1
    type_in(typed, "1", "1", "1", "1")
    main(["mark", str(run), "--by", "li"])
    lines = [Mark.model_validate_json(line) for line in (run / MARKS).read_text(encoding="utf-8").splitlines()]
    assert {line.case for line in lines} == {"a", "b"} and len(lines) == 2
    assert "共 2 条，还有 1 条没评" in capsys.readouterr().out


def test_an_empty_line_passes_over_and_the_end_of_input_stops(run: Path, typed: io.StringIO) -> None:
    type_in(typed, "", "4", "")
    assert main(["mark", str(run), "--by", "li"]) == 0
    assert not (run / MARKS).exists()


def test_who_marks_sees_no_marks_of_the_model(
    run: Path, typed: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    exchange = exchanges([spoken("a", ("奖多少", "30万元[1]"))])[0]
    told = mark("a", JUDGE, 1, hash=exchange.hash).model_copy(update={"why": "太短"})
    add_line(run / MARKS, told)
    type_in(typed, "4", "5", "4", "5")
    main(["mark", str(run), "--by", "li"])
    shown = capsys.readouterr().out
    assert "30万元" in shown and "太短" not in shown and JUDGE not in shown


@pytest.mark.parametrize("name", ["", " ", "model:m", " model:m"])
def test_nobody_marks_in_the_name_of_a_model(run: Path, name: str) -> None:
    with pytest.raises(SystemExit):
        main(["mark", str(run), "--by", name])


def test_a_folder_without_a_finished_run_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["mark", str(tmp_path), "--by", "li"])
    assert "没有跑完的评测" in capsys.readouterr().err


def test_the_reports_show_marks_given_after_the_run(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(run)]) == 0
    assert "模型与人工评分" not in capsys.readouterr().out
    for name, score in (("li", 2), ("wang", 3)):
        exchange = exchanges([spoken("a", ("奖多少", "30万元[1]"))])[0]
        add_line(run / MARKS, mark("a", name, score, hash=exchange.hash))
    main(["report", str(run)])
    assert "人工（2 人）" in capsys.readouterr().out
    for name in ("report.md", "report.html", "report.json"):
        told = (run / name).read_text(encoding="utf-8")
        assert "人与人 1 对" in told or '"markers": 2' in told, name
