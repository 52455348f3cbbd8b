"""`huiqi staff`: the people of the console, and the audit log, from the command line of the machine itself."""

import argparse
import getpass
import sys

from bot.clock import SHANGHAI, Clock, system_clock, today
from bot.settings import Settings
from bot.store.audit import AT_TERMINAL, Entry, Journal, Verified
from bot.store.database import open_database
from bot.store.staff import Account, Role, StaffAccounts
from bot.weekly import Week, sum_up
from chains.prompting import read_data


class PasswordsDiffer(RuntimeError):
    """What was typed twice was not the same; the message is one line."""


async def manage(settings: Settings, given: argparse.Namespace, clock: Clock = system_clock) -> tuple[list[str], bool]:
    """What to print, and whether all is well. Raises InvalidAccount, WeakPassword, PasswordsDiffer."""
    database = await open_database(settings.database_url)
    try:
        if given.action == "audit":
            journal = Journal(database, clock)
            verified = await journal.verify()
            lines = _tell_week(await sum_up(journal, given.until or today(clock), verified)) if given.week else []
            return [*lines, *_tell(verified)], not verified.flaws
        return await _change(StaffAccounts(database), given, clock), True
    finally:
        await database.close()


async def _change(accounts: StaffAccounts, given: argparse.Namespace, clock: Clock) -> list[str]:
    now, by = clock(), AT_TERMINAL
    match given.action:
        case "list":
            return [_line(account) for account in await accounts.all()] or [
                "还没有人；huiqi staff add 名字 --role admin 添加第一个"
            ]
        case "add":
            role = Role(given.role)
            await accounts.add(given.name, role, _password_hash(given), by=by, at=now)
            return [f"已添加 {given.name}（{_role(role)}），在 /console 登录"]
        case "role":
            role = Role(given.role)
            await accounts.change_role(given.name, role, by=by, at=now)
            return [f"{given.name} 现在是{_role(role)}，下次登录起生效；已登录的都已退出"]
        case "password":
            await accounts.change_password(given.name, _password_hash(given), by=by, at=now)
            return [f"已改 {given.name} 的密码；已登录的都已退出"]
        case "disable":
            await accounts.disable(given.name, by=by, at=now)
            return [f"已停用 {given.name}；已登录的都已退出"]
        case _:
            await accounts.enable(given.name, by=by, at=now)
            return [f"已启用 {given.name}"]


def _tell(verified: Verified) -> list[str]:
    end = f"共 {verified.count} 条，最后一条的指纹 {verified.last_hash}"
    if verified.flaws:
        return [*verified.flaws, f"{end}；有 {len(verified.flaws)} 处不对"]
    return [f"没有问题：{end}"]


def _tell_week(week: Week) -> list[str]:
    words = read_data("console")
    lines = [f"{week.first} 到 {week.last}"]
    for name, part in week.parts.items():
        by_person = "，".join(f"{who or words['nobody']} {count} 次" for who, count in part.counts.items())
        lines.append(f"{words['week'][name]}：{by_person or '没有'}")
        lines += [] if name == "failures" else [f"  {_entry(entry, words['actions'])}" for entry in part.entries]
    return lines


def _entry(entry: Entry, actions: dict[str, str]) -> str:
    at = entry.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
    return "  ".join(filter(None, (at, entry.who, actions.get(entry.action, entry.action), entry.object, entry.reason)))


def _password_hash(given: argparse.Namespace) -> str:
    from bot.console.passwords import hash_password

    if given.password_stdin:
        return hash_password(sys.stdin.readline().rstrip("\r\n"))
    password = getpass.getpass("密码（至少 10 个字符，不显示）：")
    if getpass.getpass("再输一遍：") != password:
        raise PasswordsDiffer("两次输的不一样，没有改动；请再运行一次")
    return hash_password(password)


def _role(role: Role) -> str:
    return str(read_data("console")["roles"][role])


def _line(account: Account) -> str:
    since = account.created_at.astimezone(SHANGHAI).date().isoformat()
    state = "已停用" if account.disabled_at else "在用"
    return f"{account.name}  {_role(account.role)}（{account.role}）  {state}  {since} 添加"
