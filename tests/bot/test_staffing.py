"""`huiqi staff`: who works in the console, from the command line of the machine."""

import io

import pytest

from bot.__main__ import build_parser
from bot.console.passwords import WeakPassword, is_right
from bot.settings import Settings
from bot.staffing import PasswordsDiffer, manage
from bot.store.database import open_database
from bot.store.staff import Account, InvalidAccount, StaffAccounts, valid_name
from bot.store.tables import audit
from tests.bot.fakes import NOW

PASSWORD = "床前明月光疑是地上霜"


async def run(settings: Settings, *words: str) -> str:
    lines, is_fine = await manage(settings, build_parser().parse_args(["staff", *words]), lambda: NOW)
    assert is_fine
    return "\n".join(lines)


async def account(settings: Settings, name: str) -> Account:
    database = await open_database(settings.database_url)
    found = await StaffAccounts(database).find(name)
    await database.close()
    assert found is not None
    return found


def type_in(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    """What a person types when they are asked without echo, or what is piped in."""
    typed = iter(passwords)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{password}\n" for password in passwords)))


async def test_a_person_is_added_with_a_password_typed_twice(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "还没有人" in await run(settings, "list")
    type_in(monkeypatch, PASSWORD, PASSWORD)
    assert "已添加 王工（复核）" in await run(settings, "add", "王工", "--role", "reviewer")
    kept = await account(settings, "王工")
    assert kept.password_hash.startswith("$argon2id$") and is_right(PASSWORD, kept.password_hash)
    assert "王工  复核（reviewer）  在用" in await run(settings, "list")


async def test_a_password_comes_from_a_pipe_as_well(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, PASSWORD)
    await run(settings, "add", "王工", "--role", "admin", "--password-stdin")
    assert is_right(PASSWORD, (await account(settings, "王工")).password_hash)


async def test_what_an_input_method_writes_full_width_is_the_same_password(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, "ａｂｃｄｅｆ１２３４")
    await run(settings, "add", "王工", "--role", "admin", "--password-stdin")
    assert is_right("abcdef1234", (await account(settings, "王工")).password_hash)


async def test_two_passwords_that_differ_change_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, PASSWORD, PASSWORD + "。")
    with pytest.raises(PasswordsDiffer, match="没有改动"):
        await run(settings, "add", "王工", "--role", "admin")
    assert "还没有人" in await run(settings, "list")


@pytest.mark.parametrize("password", ["", "123456789", "长" * 201])
async def test_a_password_of_the_wrong_length_is_refused(
    password: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, password)
    with pytest.raises(WeakPassword, match="10 到 200"):
        await run(settings, "add", "王工", "--role", "admin", "--password-stdin")


@pytest.mark.parametrize("name", ["", "   ", "@terminal", "a" * 41, "王\n工", "<b>", "王工/", "-x", "_"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InvalidAccount, match="名字要 1 到 40 个字"):
        valid_name(name)


@pytest.mark.parametrize(
    ("name", "kept"), [("王工", "王工"), (" Ｌi.Ming ", "Li.Ming"), ("王", "王"), ("王 工-2", "王 工-2")]
)
def test_a_name_is_kept_as_it_is_meant(name: str, kept: str) -> None:
    assert valid_name(name) == kept


async def test_a_name_is_given_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Li.Ming", "Ｌi.Ming "):
        type_in(monkeypatch, PASSWORD)
        adding = run(settings, "add", name, "--role", "viewer", "--password-stdin")
        if name == "Li.Ming":
            await adding
        else:
            with pytest.raises(InvalidAccount, match=r"已有人叫 Li\.Ming"):
                await adding


async def test_changes_are_told_and_remembered(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, PASSWORD)
    await run(settings, "add", "王工", "--role", "viewer", "--password-stdin")
    assert "政策编辑" in await run(settings, "role", "王工", "editor")
    assert "已停用" in await run(settings, "disable", "王工")
    assert "已停用" in await run(settings, "list")
    assert "已启用" in await run(settings, "enable", "王工")
    type_in(monkeypatch, "another-password")
    assert "已改" in await run(settings, "password", "王工", "--password-stdin")
    assert "没有问题：共 5 条" in await run(settings, "audit", "--verify")
    database = await open_database(settings.database_url)
    async with database.read() as connection:
        rows = (await connection.execute(audit.select())).all()
    await database.close()
    expected = ["account_added", "account_role", "account_disabled", "account_enabled", "password"]
    assert [row.action for row in rows] == expected
    assert {(row.who, row.object) for row in rows} == {("@terminal", "staff:王工")}


async def test_the_week_is_told_at_the_terminal_with_the_state_of_the_log(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, PASSWORD)
    await run(settings, "add", "王工", "--role", "viewer", "--password-stdin")
    await run(settings, "role", "王工", "editor")
    told = await run(settings, "audit", "--week")
    assert told.startswith("2026-11-14 到 2026-11-20\n查看原文：没有\n")
    assert "人员变动：@terminal 2 次\n" in told and "改角色  staff:王工  editor" in told
    assert told.splitlines()[-1].startswith("没有问题：共 2 条")
    assert "人员变动：没有" in await run(settings, "audit", "--week", "--until", "2026-11-19")


@pytest.mark.parametrize("words", [("role", "nobody", "admin"), ("disable", "nobody"), ("enable", "nobody")])
async def test_somebody_who_is_not_there_is_not_changed(words: tuple[str, ...], settings: Settings) -> None:
    with pytest.raises(InvalidAccount, match="没有叫 nobody 的人"):
        await run(settings, *words)


@pytest.mark.parametrize("words", [["staff"], ["staff", "add", "x"], ["staff", "add", "x", "--role", "boss"]])
def test_what_was_left_out_is_asked_for(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(words)
    assert "参数不对" in capsys.readouterr().err
