"""The command line of the harness: run it, look at it, mark it, add to it."""

import argparse
import asyncio
import importlib
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evals.cases import KINDS, PROPOSED, Suite, load_suites, suite_names, with_sound_gold
from evals.marks import MODEL
from evals.reports.report import REPORT
from evals.run import BAD_CASES, OK, render, run

_WIDTH_IN_A_FILE = 140
_UNSEAL = "连同封存的一半（test）也显示内容；看过的题就不能再用来检验"
_BASE_URL = "正在运行的服务；不填则在本进程内运行"
BENCHMARKS = (
    *("engine", "interview", "http", "retrieval", "delivery", "model", "hanging"),
    *("wordings", "openings", "frames", "asked_on", "declined"),
)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == ["bench"] and len(arguments) > 1 and arguments[1] in BENCHMARKS:
        return int(importlib.import_module(f"evals.benchmarks.{arguments[1]}").main(arguments[2:]))
    parser = _parser()
    given = parser.parse_args(arguments)
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDTH_IN_A_FILE)
    match given.command:
        case "run":
            if given.gate and (given.kind or given.group or given.only or given.split):
                parser.error("--gate 按整个题集把关，不能与 --kind、--group、--only、--split 同用")
            return run(given, console)
        case "report":
            return render(given, console)
        case "mark":
            from evals.marking import mark_run

            return mark_run(given, console)
        case "judge":
            from evals.judge import judge_run

            if (given.price_in is None) != (given.price_out is None):
                parser.error("--price-in 和 --price-out 要一起写")
            return judge_run(given, console)
        case "add":
            from evals.proposals import add

            return add(given, console)
        case "accept":
            from evals.proposals import accept

            return asyncio.run(accept(given, console))
        case "show":
            return _show(given, console)
        case "compare":
            from evals.compare import print_changes

            return print_changes(console, given.before, given.after)
        case _:
            return _check(given, console)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals", description="惠企的评测：跑题集、看用例、评分、比两次结果、测速度。"
    )
    commands = parser.add_subparsers(dest="command", required=True)

    run = commands.add_parser("run", help="跑题集，写出报告")
    _add_suites(run)
    run.add_argument("--kind", action="append", choices=list(KINDS), help="只跑这一类，可重复")
    run.add_argument("--group", action="append", help="只跑这一组，可重复")
    run.add_argument("--only", action="append", metavar="ID", help="只跑这一例，可重复")
    run.add_argument("--split", choices=["work", "test"], help="只跑 work 或 test 部分")
    run.add_argument("--concurrency", type=int, default=4, help="同时跑几例（默认 4）")
    run.add_argument("--seed", type=int, default=7, help="随机种子：顺序与区间估计（默认 7）")
    run.add_argument("--out", type=Path, help="结果目录（默认 var/evals/时间）")
    run.add_argument("--resume", type=Path, metavar="DIR", help="接着跑这个目录，已有的结果保留")
    run.add_argument("--gate", action="store_true", help="按 gates.yaml 把关，不达标时退出码为 1")
    run.add_argument("--baselines", action="store_true", help="同时跑简单方法和检索作对照")
    run.add_argument("--stard", type=Path, metavar="DIR", help="另测大规模检索：STARD 数据所在目录")
    run.add_argument("--unseal", action="store_true", help=_UNSEAL)

    report = commands.add_parser("report", help="把跑完的结果重新写成报告")
    report.add_argument("folder", type=_finished_run)
    report.add_argument("--unseal", action="store_true", help=_UNSEAL)

    mark = commands.add_parser("mark", help="人工评分：一条一条看回复，打两个分")
    mark.add_argument("folder", type=_finished_run, metavar="DIR")
    mark.add_argument("--by", required=True, type=_person, metavar="名字", help="谁评的")
    mark.add_argument("--count", type=_positive, default=20, help="评几条（默认 20）")
    mark.add_argument("--seed", type=int, default=7, help="抽题的随机种子，相同就抽到相同的题（默认 7）")

    judge = commands.add_parser("judge", help="请模型评分；密钥只从环境变量 OPENAI_API_KEY 读")
    judge.add_argument("folder", type=_finished_run, metavar="DIR")
    judge.add_argument("--model", help="模型的名字（默认读 OPENAI_MODEL）")
    judge.add_argument("--base-url", help="模型服务的地址（默认读 OPENAI_BASE_URL）")
    judge.add_argument("--count", type=_positive, help="评几条（默认全部问题和对话）")
    judge.add_argument("--only-marked", action="store_true", help="只评人工评过的")
    judge.add_argument("--price-in", type=_price, metavar="元", help="每百万输入 token 的价格；不写就不计花费")
    judge.add_argument("--price-out", type=_price, metavar="元", help="每百万输出 token 的价格")
    judge.add_argument("--concurrency", type=_positive, default=4, help="同时问几条（默认 4）")

    show = commands.add_parser("show", help="单独跑一例，显示全部细节")
    show.add_argument("id")
    show.add_argument("--run", type=Path, metavar="DIR", help="不重跑，看这个目录里已有的结果")
    show.add_argument("--base-url", help=_BASE_URL)
    show.add_argument("--unseal", action="store_true", help=_UNSEAL)

    add = commands.add_parser("add", help="把一次对话变成一道题，等第二个人确认")
    add.add_argument("--conversation", required=True, metavar="ID", help="对话编号")
    add.add_argument("--reply", type=_positive, metavar="N", help="评第几条回复（默认最后一条）")
    add.add_argument("--by", required=True, type=_person, metavar="名字", help="谁提的")
    add.add_argument(
        "export",
        nargs="?",
        type=argparse.FileType(encoding="utf-8"),
        default="-",
        metavar="FILE",
        help="huiqi export 的输出（默认从标准输入读）",
    )

    accept = commands.add_parser("accept", help="确认别人提的题：对照原文看过，放进题集 reviewed")
    accept.add_argument("id")
    accept.add_argument("--by", required=True, type=_person, metavar="名字", help="谁确认的")
    accept.add_argument("--yes", action="store_true", help="不再询问")

    compare = commands.add_parser("compare", help="两次结果之间变了什么")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)

    check = commands.add_parser("check", help="只检查题集写得对不对")
    _add_suites(check)

    bench = commands.add_parser("bench", help="测速度与提问数：" + "、".join(BENCHMARKS))
    bench.add_argument("name", choices=BENCHMARKS)
    return parser


def _finished_run(given: str) -> Path:
    if not (Path(given) / REPORT).exists():
        raise argparse.ArgumentTypeError(f"{given} 里没有跑完的评测")
    return Path(given)


def _person(given: str) -> str:
    name = given.strip()
    if not name or name.startswith(MODEL):
        raise argparse.ArgumentTypeError(f"名字不能为空，也不能以 {MODEL} 开头")
    return name


def _positive(given: str) -> int:
    if not given.isdecimal() or int(given) == 0:
        raise argparse.ArgumentTypeError(f"{given} 不是正整数")
    return int(given)


def _price(given: str) -> float:
    try:
        price = float(given)
    except ValueError:
        price = math.nan
    if not 0 <= price < math.inf:
        raise argparse.ArgumentTypeError(f"{given} 不是价格")
    return price


def _add_suites(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--suite", action="append", choices=[*suite_names(), PROPOSED], help="题集，可重复（默认全部）")
    parser.add_argument("--base-url", help=_BASE_URL)


def _show(given: argparse.Namespace, console: Console) -> int:
    from evals.reports.terminal import print_case
    from evals.runner import RESULTS, judge, read_results

    suite = next((s for s in load_suites([*suite_names(), PROPOSED]) if given.id in s.places), None)
    if suite is None:
        console.print(f"没有哪个题集里有 {given.id}", markup=False)
        return BAD_CASES
    [case] = suite.only(lambda case: case.id == given.id).cases
    if case.split == "test" and not given.unseal:
        console.print(f"{given.id} 属于封存的一半（test）：看过它就不能再用来检验。", markup=False)
        console.print("确实要看，请加 --unseal。")
        return BAD_CASES
    if given.run:
        found = [result for result in read_results(given.run / RESULTS) if result.id == given.id]
        if not found:
            console.print(f"{given.run} 里没有 {given.id}", markup=False)
            return BAD_CASES
        print_case(console, found[-1])
        return OK

    async def judged() -> None:
        from evals.clients import open_client

        client = open_client(given.base_url)
        print_case(console, await judge(case, suite.name, client, await client.catalogue()))
        await client.close()

    asyncio.run(judged())
    console.print(case.model_dump_json(indent=2, exclude_defaults=True), markup=False)
    return OK


def _check(given: argparse.Namespace, console: Console) -> int:
    from evals.clients import open_client

    async def checked() -> list[Suite]:
        client = open_client(given.base_url)
        catalogue = await client.catalogue()
        await client.close()
        return [with_sound_gold(suite, catalogue) for suite in load_suites(given.suite or suite_names())]

    suites = asyncio.run(checked())
    problems = [problem for suite in suites for problem in suite.problems]
    for problem in problems:
        console.print(problem, markup=False)
    console.print(f"{sum(len(suite.cases) for suite in suites)} 例可用，{len(problems)} 处有误")
    return BAD_CASES if problems else OK


if __name__ == "__main__":
    sys.exit(main())
