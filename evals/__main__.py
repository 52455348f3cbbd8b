"""The command line of the harness: run, show, compare, check, bench."""

import argparse
import asyncio
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evals.cases import KINDS, SUITES, Suite, load_suite, suite_names, with_sound_gold
from evals.run import BAD_CASES, OK, run

_WIDTH_IN_A_FILE = 140
BENCHMARKS = ("engine", "interview", "http", "retrieval")


def main(argv: Sequence[str] | None = None) -> int:
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == ["bench"] and len(arguments) > 1 and arguments[1] in BENCHMARKS:
        return int(importlib.import_module(f"evals.benchmarks.{arguments[1]}").main(arguments[2:]))
    given = _parser().parse_args(arguments)
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDTH_IN_A_FILE)
    match given.command:
        case "run":
            return run(given, console)
        case "show":
            return _show(given, console)
        case "compare":
            from evals.compare import print_changes

            return print_changes(console, given.before, given.after)
        case _:
            return _check(given, console)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals", description="惠企的评测：跑题集、看用例、比两次结果、测速度。"
    )
    commands = parser.add_subparsers(dest="command", required=True)

    run = commands.add_parser("run", help="跑一个题集，写出报告")
    _add_suite(run)
    run.add_argument("--kind", action="append", choices=list(KINDS), help="只跑这一类，可重复")
    run.add_argument("--group", action="append", help="只跑这一组，可重复")
    run.add_argument("--only", action="append", metavar="ID", help="只跑这一例，可重复")
    run.add_argument("--split", choices=["work", "test"], help="只跑 work 或 test 部分")
    run.add_argument("--concurrency", type=int, default=4, help="同时跑几例（默认 4）")
    run.add_argument("--seed", type=int, default=7, help="随机种子：顺序与区间估计（默认 7）")
    run.add_argument("--out", type=Path, help="结果目录（默认 var/evals/题集-时间）")
    run.add_argument("--resume", type=Path, metavar="DIR", help="接着跑这个目录，已有的结果保留")
    run.add_argument("--gate", action="store_true", help="按 gates.yaml 把关，不达标时退出码为 1")
    run.add_argument("--baselines", action="store_true", help="同时跑简单方法作对照")

    show = commands.add_parser("show", help="单独跑一例，显示全部细节")
    show.add_argument("id")
    show.add_argument("--run", type=Path, metavar="DIR", help="不重跑，看这个目录里已有的结果")
    show.add_argument("--base-url", help="正在运行的服务；不填则在本进程内运行")

    compare = commands.add_parser("compare", help="两次结果之间变了什么")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)

    check = commands.add_parser("check", help="只检查题集写得对不对")
    _add_suite(check)

    bench = commands.add_parser("bench", help="测速度与提问数：" + "、".join(BENCHMARKS))
    bench.add_argument("name", choices=BENCHMARKS)
    return parser


def _add_suite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--suite", default="sample", choices=suite_names(), help="题集（默认 sample）")
    parser.add_argument("--base-url", help="正在运行的服务；不填则在本进程内运行")


def _show(given: argparse.Namespace, console: Console) -> int:
    from evals.reports.terminal import print_case
    from evals.runner import RESULTS, judge, read_results

    if given.run:
        found = [result for result in read_results(given.run / RESULTS) if result.id == given.id]
        if not found:
            console.print(f"{given.run} 里没有 {given.id}")
            return BAD_CASES
        print_case(console, found[-1])
        return OK
    for name in suite_names():
        suite = load_suite(SUITES / name).only(lambda case: case.id == given.id)
        if suite.cases:
            break
    else:
        console.print(f"没有哪个题集里有 {given.id}")
        return BAD_CASES

    async def judged() -> None:
        from evals.clients import open_client

        client = open_client(given.base_url)
        print_case(console, await judge(suite.cases[0], name, client, await client.catalogue()))
        await client.close()

    asyncio.run(judged())
    console.print(suite.cases[0].model_dump_json(indent=2, exclude_defaults=True), markup=False)
    return OK


def _check(given: argparse.Namespace, console: Console) -> int:
    from evals.clients import open_client

    async def checked() -> Suite:
        client = open_client(given.base_url)
        suite = with_sound_gold(load_suite(SUITES / given.suite), await client.catalogue())
        await client.close()
        return suite

    suite = asyncio.run(checked())
    for problem in suite.problems:
        console.print(problem, markup=False)
    console.print(f"{given.suite}：{len(suite.cases)} 例可用，{len(suite.problems)} 处有误")
    return BAD_CASES if suite.problems else OK


if __name__ == "__main__":
    sys.exit(main())
