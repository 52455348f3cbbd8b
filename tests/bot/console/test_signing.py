"""Signing in and out: cookies, time-outs, guesses."""

import asyncio
import re
from datetime import datetime, timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from pwdlib import PasswordHash

from bot.console.cookies import Cookies
from bot.console.gate import local_path
from bot.console.passwords import _hash_of_nobody, hash_password, is_right
from bot.digest import hash_of
from bot.settings import Settings
from bot.store.staff import Role
from bot.store.tables import audit, login_tries, staff_sessions
from bot.store.tries import LoginTries, seconds_to_wait
from tests.bot.fakes import NOW
from tests.bot.rows import rows_of

from .conftest import HTML, PASSWORD, MovableClock, Staff, Worker

LOGIN = "/console/login"


async def sign_in(worker: Worker, name: str, password: str, **fields: str) -> httpx.Response:
    asked = await worker.get(LOGIN)
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', asked.text)
    assert found
    data = {"csrf": found[1], "name": name, "password": password, **fields}
    return await worker.client.post(LOGIN, data=data, headers=HTML)


async def test_the_right_password_opens_the_page_that_was_asked_for(staff: Staff) -> None:
    worker = staff.stranger()
    turned_away = await worker.get("/console/audit?who=admin")
    asked = await worker.get(turned_away.headers["location"])
    assert 'value="/console/audit?who=admin"' in asked.text
    signed_in = await sign_in(worker, "ａdmin ", PASSWORD, next="/console/audit?who=admin")
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/console/audit?who=admin")
    assert (await worker.get("/console/audit")).status_code == 200


async def test_a_wrong_password_an_unknown_name_and_a_disabled_account_are_told_the_same(staff: Staff) -> None:
    await staff.accounts.disable("viewer", by="@test", at=NOW)
    told = []
    for name, password in (("admin", "不是这个密码不是这个"), ("nobody", PASSWORD), ("viewer", PASSWORD)):
        response = await sign_in(staff.stranger(), name, password)
        told.append((response.status_code, re.sub(r'value="[^"]*"', "", response.text)))
    assert told[0] == told[1] == told[2]
    assert told[0][0] == 401 and "名字或密码不对" in told[0][1]


async def test_a_known_an_unknown_and_a_disabled_name_cost_the_same_work(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same number of password hashes of the same cost is computed, and as many rows are written."""
    await staff.accounts.disable("viewer", by="@test", at=NOW)
    is_right("whatever", None)  # the hash for nobody is made once in a process
    computed: list[tuple[str, ...]] = []
    verify = PasswordHash.verify

    def counted(self: PasswordHash, password: str, hash: str) -> bool:
        computed.append(tuple(hash.split("$")[1:4]))
        return verify(self, password, hash)

    monkeypatch.setattr(PasswordHash, "verify", counted)
    work = []
    for name, password in (
        ("admin", "不是这个密码不是这个"),
        ("nobody", PASSWORD),
        ("viewer", PASSWORD),
        ("a" * 500, "x"),
    ):
        computed.clear()
        before = len(await rows_of(staff.office, audit))
        assert (await sign_in(staff.stranger(), name, password)).status_code == 401
        work.append((tuple(computed), len(await rows_of(staff.office, audit)) - before))
    assert len(set(work)) == 1
    [(algorithm, version, cost)], written = work[0]
    assert (algorithm, version, written) == ("argon2id", "v=19", 1)
    assert cost == _hash_of_nobody().split("$")[3] == hash_password(PASSWORD).split("$")[3]


async def test_a_try_that_has_to_wait_costs_no_hash_whoever_is_named(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = []
    monkeypatch.setattr(PasswordHash, "verify", lambda *given: computed.append(given))
    for name in ("admin", "nobody"):
        told = [(await sign_in(staff.stranger(), name, "falsch")).status_code for _ in range(6)]
        assert told == [401] * 5 + [429]
    assert len(computed) == 10


@pytest.mark.parametrize(
    "given",
    [
        "https://evil.example/console",
        "//evil.example/console",
        "/\\evil.example",
        "/console\\..\\..",
        "javascript:alert(1)",
        "/consolex",
        "/console/../../etc",
        "/console/login?next=/console/login",
        "/console/logout",
        "/console\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(given: str) -> None:
    assert local_path(given) in ("/console", "/console/../../etc")
    assert local_path(given).startswith("/console")


async def test_each_sign_in_is_a_new_session_and_ends_the_old_one(staff: Staff, settings: Settings) -> None:
    worker = staff.stranger()
    name = Cookies("", "127.0.0.1").session
    worker.client.cookies.set(name, "planted-by-somebody-else", domain="127.0.0.1", path="/")
    await sign_in(worker, "admin", PASSWORD)
    first = worker.client.cookies[name]
    assert first != "planted-by-somebody-else" and len(first) >= 43
    [row] = await rows_of(staff.office, staff_sessions)
    assert row.token_hash == hash_of(first)
    csrf = (await worker.get("/console")).text.split('name="csrf" content="')[1][:64]
    assert csrf not in first and first not in csrf
    await worker.client.post("/console/logout", data={"csrf": csrf}, headers=HTML)
    assert await rows_of(staff.office, staff_sessions) == []
    worker.client.cookies.set(name, first, domain="127.0.0.1", path="/")
    assert (await worker.get("/console")).status_code == 303


@pytest.mark.parametrize(
    ("public_url", "host", "is_secure"),
    [
        ("", "127.0.0.1", False),
        ("", "localhost", False),
        ("", "::1", False),
        ("", "10.0.0.5", True),
        ("", "huiqi.example.cn", True),
        ("", "127.0.0.1.example.cn", True),
        ("", "", True),
        ("https://huiqi.example.cn", "huiqi.example.cn", True),
        ("https://huiqi.example.cn", "127.0.0.1", True),
        ("http://huiqi.example.cn", "huiqi.example.cn", True),
        ("http://127.0.0.1:8000", "127.0.0.1", False),
    ],
)
def test_cookies_are_secure_unless_the_browser_is_on_this_machine(public_url: str, host: str, is_secure: bool) -> None:
    cookies = Cookies(public_url, host)
    assert cookies.are_secure is is_secure
    assert cookies.session.startswith("__Host-") is is_secure


async def test_behind_a_proxy_cookies_are_secure_though_the_service_itself_is_on_loopback(staff: Staff) -> None:
    asked = await staff.stranger().client.get(LOGIN, headers={**HTML, "host": "huiqi.example.cn"})
    assert "只在 https 下能登录" in asked.text
    given = asked.headers.get_list("set-cookie")
    assert given and all("__Host-" in line and "Secure" in line for line in given)


async def test_no_script_can_read_the_cookies_and_no_other_site_sends_them(staff: Staff) -> None:
    response = await sign_in(staff.stranger(), "admin", PASSWORD)
    given = [SimpleCookie(line) for line in response.headers.get_list("set-cookie")]
    kept = {name: morsel for cookie in given for name, morsel in cookie.items() if morsel.value}
    assert set(kept) == {"huiqi_staff", "huiqi_device"}
    assert all(morsel["httponly"] and morsel["samesite"] == "lax" for morsel in kept.values())


@pytest.mark.parametrize("change", ["role", "password", "disable"])
async def test_a_change_to_the_account_ends_what_was_signed_in(change: str, staff: Staff) -> None:
    worker = await staff.seat("editor")
    assert (await worker.get("/console")).status_code == 200
    match change:
        case "role":
            await staff.accounts.change_role("editor", Role.VIEWER, by="@test", at=NOW)
        case "password":
            await staff.accounts.change_password("editor", "x", by="@test", at=NOW)
        case _:
            await staff.accounts.disable("editor", by="@test", at=NOW)
    assert (await worker.get("/console")).status_code == 303
    assert len(await rows_of(staff.office, staff_sessions)) == 0


async def test_a_password_that_is_changed_while_it_is_tried_opens_nothing(staff: Staff) -> None:
    account = await staff.accounts.find("admin")
    assert account is not None
    await staff.accounts.change_password("admin", "another", by="@test", at=NOW)
    assert await staff.accounts.begin(account, "", "", NOW) is None


def test_waits_grow_and_never_let_twenty_one_tries_an_hour_through() -> None:
    at, failures, waits = NOW, list[datetime](), list[int]()
    for _ in range(60):
        wait = seconds_to_wait(failures, 5, at)
        if not wait:
            failures.append(at)
        else:
            waits.append(wait)
            at += timedelta(seconds=wait)
    assert waits[:7] == [10, 20, 40, 80, 160, 320, 320]
    for end in failures:
        assert len([time for time in failures if end - timedelta(hours=1) < time <= end]) <= 20
    hours = (failures[-1] - failures[0]) / timedelta(hours=1)
    assert len(failures) / hours > 10  # slowed down, not locked out


async def test_any_number_of_guesses_at_once_are_twenty_tries_an_hour(staff: Staff, clock: MovableClock) -> None:
    tries = LoginTries(staff.office.database)
    let_through = 0
    for _ in range(25):
        asked = [tries.begin({"account:admin": 5}, clock()) for _ in range(20)]
        let_through += sum(wait == 0 for wait in await asyncio.gather(*asked))
        clock.move(seconds=144)
    assert let_through <= 20


async def test_guesses_are_held_up_however_the_name_is_written(staff: Staff) -> None:
    stranger = staff.stranger()
    for i in range(5):
        assert (await sign_in(stranger, ["admin", " admin", "ａｄｍｉｎ"][i % 3], "falsch")).status_code == 401
    held_up = await sign_in(stranger, "admin", PASSWORD)
    assert held_up.status_code == 429 and held_up.headers["retry-after"] == "10"
    assert "请 10 秒后再试" in held_up.text


async def test_unknown_names_are_held_up_like_known_ones(staff: Staff) -> None:
    told = []
    for name in ("admin", "nobody"):
        stranger = staff.stranger()
        told.append([(await sign_in(stranger, name, "falsch")).status_code for _ in range(7)])
    assert told[0] == told[1] == [401] * 5 + [429] * 2


async def test_an_attacker_does_not_keep_out_those_who_have_been_here_before(staff: Staff, clock: MovableClock) -> None:
    regular, attacker = staff.stranger(), staff.stranger()
    assert (await sign_in(regular, "admin", PASSWORD)).status_code == 303
    regular.client.cookies.delete("huiqi_staff")
    tries = LoginTries(staff.office.database)
    while not await tries.begin({"account:admin": 5, "address:127.0.0.1": 30}, clock()):
        pass
    assert (await sign_in(attacker, "admin", PASSWORD)).status_code == 429
    assert (await sign_in(regular, "admin", PASSWORD)).status_code == 303
    regular.client.cookies.delete("huiqi_staff")
    assert (await sign_in(regular, "editor", PASSWORD)).status_code == 303  # the browser is the editor's now
    regular.client.cookies.delete("huiqi_staff")
    assert (await sign_in(regular, "admin", PASSWORD)).status_code == 429


async def test_one_address_cannot_go_through_many_names(staff: Staff, clock: MovableClock) -> None:
    tries = LoginTries(staff.office.database)
    passed = [await tries.begin({f"account:{i}": 5, "address:10.0.0.1": 30}, clock()) == 0 for i in range(100)]
    assert sum(passed) == 30


async def test_failures_of_the_hour_before_are_forgotten(staff: Staff, clock: MovableClock) -> None:
    for _ in range(3):
        await sign_in(staff.stranger(), "nobody", "falsch")
    clock.move(minutes=61)
    assert (await sign_in(staff.stranger(), "admin", PASSWORD)).status_code == 303
    assert [row.times for row in await rows_of(staff.office, login_tries)] == ["[]", "[]"]


async def test_names_that_were_typed_are_not_kept(staff: Staff) -> None:
    await sign_in(staff.stranger(), "mein-geheimes-passwort", "falsch")
    kept = [str(row) for table in (audit, login_tries) for row in await rows_of(staff.office, table)]
    assert not any("geheim" in row for row in kept)


async def test_staff_change_their_own_password_and_sign_in_again(staff: Staff) -> None:
    worker, elsewhere = await staff.seat("viewer"), await staff.seat("viewer")
    new = "另一个很长很长的密码"
    for fields, told in (
        ({"old": "不对", "new": new, "again": new}, "现在的密码不对"),
        ({"old": PASSWORD, "new": new, "again": "不一样"}, "不一样"),
        ({"old": PASSWORD, "new": "短", "again": "短"}, "10 到 200"),
    ):
        refused = await worker.post("/console/password", **fields)
        assert refused.status_code == 422 and told in refused.text
    changed = await worker.post("/console/password", old=PASSWORD, new=new, again=new)
    assert "密码已改" in (await worker.get(changed.headers["location"])).text
    assert (await worker.get("/console")).status_code == (await elsewhere.get("/console")).status_code == 303
    assert (await sign_in(staff.stranger(), "viewer", PASSWORD)).status_code == 401
    assert (await sign_in(staff.stranger(), "viewer", new)).status_code == 303


async def test_a_stolen_session_cannot_guess_the_password_for_ever(staff: Staff) -> None:
    worker = await staff.seat("viewer")
    guesses = [(await worker.post("/console/password", old="不对")).status_code for _ in range(6)]
    assert guesses == [422] * 5 + [429]


def test_a_hash_is_tried_for_an_unknown_name_too_and_never_fits() -> None:
    assert is_right(PASSWORD, hash_password(PASSWORD))
    assert not is_right(PASSWORD, None)
    assert _hash_of_nobody().startswith("$argon2id$")


async def test_an_expired_session_asks_to_sign_in_and_comes_back_to_the_page_with_the_form(
    staff: Staff, clock: MovableClock
) -> None:
    admin = await staff.seat("admin")
    admin.client.cookies.set("huiqi_device", "known")
    clock.move(minutes=31)
    form = {"csrf": admin.csrf}
    headers = {**HTML, "referer": "http://127.0.0.1/console/audit?who=admin"}
    response = await admin.client.post("/console/audit/verify", data=form, headers=headers)
    assert response.status_code == 303
    asked = await admin.get(response.headers["location"])
    assert "写了没交的内容还在" in asked.text and 'value="/console/audit?who=admin"' in asked.text
