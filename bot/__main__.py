"""The command line: what can be asked for, and in which words. Nothing slow is imported before it is known."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

_EPILOG = "不带设置也能用；设置从环境变量或 .env 读取，见 README。"


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter)  # type: ignore[arg-type]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示帮助")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"参数不对：{message}\n试试 {self.prog} --help\n")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{given!r} 不是 YYYY-MM-DD 形式的日期") from None


def build_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="huiqi", description="惠企：告诉企业能申请哪些政策支持，并给出原文依据。", epilog=_EPILOG)
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=_Parser)

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=summary, description=summary)

    add("serve", "启动服务：手机网页、接口")
    chat = add("chat", "在终端里对话")
    chat.add_argument("--as-of", type=_day, metavar="日期", help="按哪一天判断，例如 2026-11-20；默认今天")
    ask = add("ask", "问一个问题，打印回答和依据")
    ask.add_argument("question", metavar="问题", help="要问的话，用引号括起来")
    ask.add_argument("--as-of", type=_day, metavar="日期", help="按哪一天判断；默认今天")
    ask.add_argument("--json", action="store_true", help="输出完整的 Reply（JSON）")
    add("check", "检查语料、规则和索引；有问题逐行列出，退出码 1")
    ingest = add("ingest", "收进一份新文件：找出条款，提出规则表的各行，写成一个待编辑的草稿文件夹；不会自己生效")
    ingest.add_argument("source", metavar="文件或网址", help="txt、md、html、docx、pdf；网址须在 HUIQI_INGEST_HOSTS 里")
    ingest.add_argument("--out", type=Path, default=Path("drafts"), metavar="目录", help="草稿写到哪里；默认 drafts")
    diff = add("diff", "比较两个版本的语料：规则表哪些行增、删、改，哪些企业的判定因此变了")
    diff.add_argument("old", type=Path, metavar="旧", help="原来的语料目录")
    diff.add_argument("new", type=Path, metavar="新", help="新的语料目录")
    diff.add_argument("--profiles", type=Path, metavar="文件", help="企业画像：JSONL 或 YAML；默认用题集里的")
    diff.add_argument("--as-of", type=_day, metavar="日期", help="按哪一天判断；默认今天")
    export = add("export", "导出对话（JSONL，每行一个对话；个人信息默认打码），或复核中确认的提议")
    export.add_argument("id", nargs="?", metavar="ID", help="对话编号；不给则导出全部；proposals：确认的提议，写成文件")
    export.add_argument("folder", nargs="?", type=Path, metavar="目录", help="提议写到哪里：项目的一份副本")
    export.add_argument("--unmasked", action="store_true", help="不打码")
    erase = add("erase", "彻底删除一个对话和它的企业资料")
    erase.add_argument("id", metavar="ID", help="对话编号")
    add("retain", "删除超过期限的对话和审计记录，并核对审计记录；服务自己每天做一次")
    tickets = add("tickets", "转人工单：列出、查看、接手、答复、交还")
    actions = ("list", "show", "take", "answer", "close")
    meaning = "list 列出（默认）、show 查看、take 接手、answer 答复、close 交还给助手"
    tickets.add_argument("action", nargs="?", choices=actions, default="list", metavar="做什么", help=meaning)
    tickets.add_argument("number", nargs="?", type=int, metavar="单号", help="转人工单的编号")
    tickets.add_argument("text", nargs="?", metavar="文字", help="答复的话，用引号括起来")
    tickets.add_argument("--as", dest="staff", default="staff", metavar="名字", help="谁在处理")
    notify = add("notify", "把政策变动告诉订阅了提醒、判定有变的人；定期运行，重复运行不会重复告诉")
    notify.add_argument("--dry-run", action="store_true", help="只列出会告诉谁、说什么，不发送")
    add("mcp", "给其他程序的模型用的工具（MCP，经标准输入输出）：查政策、读原文、判定、说明判定")
    _add_staff(add("staff", "工作台的人员：添加、列出、改角色、停用、改密码、核对审计"))
    add("doctor", "看看装好了什么、缺什么")
    return parser


def _add_staff(staff: argparse.ArgumentParser) -> None:
    actions = staff.add_subparsers(dest="action", metavar="做什么", title="做什么", parser_class=_Parser, required=True)

    def add(name: str, summary: str, *, names: bool = True) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=summary, description=summary)
        if names:
            action.add_argument("name", metavar="名字", help="登录用的名字，也是同事看到的名字")
        return action

    roles = ("viewer", "reviewer", "editor", "admin")
    meaning = "viewer 查看、reviewer 复核、editor 政策编辑、admin 管理员；后一个包含前一个"
    added = add("add", "添加一个人；密码输两遍，不显示")
    added.add_argument("--role", choices=roles, required=True, metavar="角色", help=meaning)
    add("list", "列出所有人", names=False)
    add("role", "改一个人的角色；在线的要重新登录").add_argument("role", choices=roles, metavar="角色", help=meaning)
    add("disable", "停用一个人；马上不能再用")
    add("enable", "重新启用一个人")
    for given in (added, add("password", "改一个人的密码；在线的要重新登录")):
        given.add_argument("--password-stdin", action="store_true", help="从标准输入读密码（一行）")
    audit = add("audit", "核对审计记录有没有被改过、少过、换过位置；或看一周的汇总", names=False)
    asked = audit.add_mutually_exclusive_group(required=True)
    asked.add_argument("--verify", action="store_true", help="核对整条链；有问题逐条列出，退出码 1")
    asked.add_argument("--week", action="store_true", help="一周的汇总：看原文、导出、删除、登录失败、人员变动，并核对")
    audit.add_argument("--until", type=_day, metavar="日期", help="--week 的最后一天；默认今天")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code: 0 done, 1 it could not be done, 2 wrong arguments or settings."""
    parser = build_parser()
    given = parser.parse_args(arguments)
    if given.command is None:
        parser.print_help()
        return 0
    from bot import commands

    try:
        return commands.run(given)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
