"""The command line with everything real behind it, as a person runs it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parent.parent.parent
OURS = ("HUIQI_", "OPENAI_", "TELEGRAM_", "WECHAT_", "WECOM_", "DATABASE_URL")
HEAVY = {"chromadb", "langchain_core", "fastapi", "sqlalchemy", "pydantic", "rich", "yaml"}


class Shell:
    """A folder of its own, with `huiqi` to be run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = [sys.executable, "-m", "bot"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = {**kept, "PYTHONPATH": str(ROOT)}

    def run(self, *arguments: str, typed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*self.command, *arguments],
            cwd=self.folder,
            env={**self.environment, **settings},
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
        )

    @contextmanager
    def serving(self, **settings: str) -> "Iterator[tuple[str, subprocess.Popen[str]]]":
        process = subprocess.Popen(
            [*self.command, "serve"],
            cwd=self.folder,
            env={**self.environment, "HUIQI_PORT": "0", **settings},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None
            yield address[0].rstrip("/"), process
        finally:
            process.kill()
            process.stdout.close()
            process.wait()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_help_is_in_chinese_and_loads_nothing_heavy(shell: Shell) -> None:
    probe = "import sys; sys.argv[1:] = ['--help']; import runpy\ntry: runpy.run_module('bot', run_name='__main__')\n"
    probe += "except SystemExit: print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=shell.folder, env=shell.environment, capture_output=True, text=True
    )
    assert done.stdout.startswith("用法：")
    assert not HEAVY & {name.partition(".")[0] for name in done.stdout.split()}
    for command in ("serve", "chat", "ask", "check", "export", "erase", "mcp", "doctor"):
        assert command in done.stdout
        helped = shell.run(command, "--help")
        assert (helped.returncode, "用法：" in helped.stdout) == (0, True)


def test_wrong_arguments_and_settings_are_told_in_words(shell: Shell) -> None:
    assert shell.run("nope").returncode == 2
    wrong_day = shell.run("ask", "你好", "--as-of", "明天")
    assert wrong_day.returncode == 2 and "YYYY-MM-DD" in wrong_day.stderr
    wrong_port = shell.run("serve", HUIQI_PORT="abc")
    assert wrong_port.returncode == 2
    assert wrong_port.stderr.startswith("HUIQI_PORT：") and wrong_port.stderr.count("\n") == 1


def test_ask_prints_the_answer_and_what_it_rests_on(shell: Shell) -> None:
    asked = shell.run("ask", "南京小巨人首次获评奖多少钱")
    assert asked.returncode == 0
    assert "100" in asked.stdout and "[1]《" in asked.stdout
    reply = json.loads(shell.run("ask", "南京小巨人首次获评奖多少钱", "--json", "--as-of", "2029-01-01").stdout)
    assert reply["as_of"] == "2029-01-01"
    assert {c["lifecycle"] for c in reply["citations"]} == {"expired"}
    assert not (shell.folder / "var").exists()


def test_a_talk_through_a_pipe_ends_by_itself(shell: Shell) -> None:
    talked = shell.run("chat", typed="我们在南京，省级专精特新，民营\n引用 1\n/资料\n")
    assert talked.returncode == 0
    assert "南京" in talked.stdout and "\x1b" not in talked.stdout
    assert talked.stdout.rstrip().endswith("再见。")


def test_the_corpus_is_in_order_and_what_is_wrong_in_another_is_named(shell: Shell) -> None:
    assert shell.run("check").returncode == 0
    folder = shell.folder / "corpus" / "somewhere-measures"
    folder.mkdir(parents=True)
    (folder / "source.txt").write_text("一、奖励\n给予奖励100万元。\n", encoding="utf-8")
    (folder / "document.yaml").write_text(
        "id: somewhere-measures\ntitle: 措施\nshort_title: 措施\njurisdiction: nanjing\n", encoding="utf-8"
    )
    (folder / "supports.yaml").write_text("- id: nanjing-x\n  colour: red\n", encoding="utf-8")
    checked = shell.run("check", HUIQI_CORPUS="corpus")
    assert checked.returncode == 1
    assert re.search(r"supports\.yaml:\d+:", checked.stderr)
    served = shell.run("serve", HUIQI_CORPUS="corpus", HUIQI_PORT="0")
    assert served.returncode == 1
    assert "supports.yaml" in served.stderr and "Traceback" not in served.stderr


def test_doctor_says_what_works_and_what_does_not(shell: Shell) -> None:
    well = shell.run("doctor", HUIQI_PORT="0")
    assert well.returncode == 0 and "✗" not in well.stdout
    for thing in ("Python", "数据目录", "数据库", "语料", "模型"):
        assert thing in well.stdout
    (shell.folder / "taken").write_text("")
    ill = shell.run("doctor", HUIQI_PORT="0", HUIQI_DATA_DIR="taken", OPENAI_MODEL="some-model")
    assert ill.returncode == 1
    assert ill.stdout.count("✗") >= 3 and "Traceback" not in ill.stderr


def test_doctor_says_which_platforms_are_served_and_what_is_missing(shell: Shell) -> None:
    wechat = {"WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "s", "WECHAT_TOKEN": "t"}
    keys = {"HUIQI_API_KEYS": "secret-of-one-program,secret-of-another"}
    looked = shell.run("doctor", HUIQI_PORT="0", TELEGRAM_BOT_TOKEN="1:secret-of-the-bot", **wechat, **keys)
    assert "Telegram：长轮询" in looked.stdout and "明文模式" in looked.stdout
    assert looked.returncode == 1
    assert "/v1 和 MCP 工具 /mcp：持 2 个密钥之一的程序" in looked.stdout
    assert "secret-of" not in looked.stdout + looked.stderr


def test_a_platform_that_is_set_half_is_refused_by_name(shell: Shell) -> None:
    refused = shell.run("serve", HUIQI_PORT="0", WECOM_CORP_ID="ww1", WECOM_SECRET="s", WECOM_AGENT_ID="1")
    assert refused.returncode == 2
    assert "WECOM_TOKEN" in refused.stderr and refused.stderr.count("\n") == 1


def test_staff_serve_a_person_from_the_command_line_while_the_service_runs(shell: Shell) -> None:
    with shell.serving() as (address, _):
        opened = httpx.post(f"{address}/api/v1/conversations", timeout=30).json()
        talk = f"{address}/api/v1/conversations/{opened['id']}"
        headers = {"Authorization": f"Bearer {opened['token']}"}

        def say(text: str) -> dict[str, object]:
            answered = httpx.post(f"{talk}/messages", json={"text": text}, headers=headers, timeout=30)
            return dict(answered.json())

        say("我们在南京，省级专精特新，电话13800138000")
        assert say("转人工")["outcome"] == "handed_over"
        listed = shell.run("tickets")
        assert "#1" in listed.stdout and "南京" in listed.stdout and "等待接手" in listed.stdout
        shown = shell.run("tickets", "show", "1")
        assert "转人工" in shown.stdout and "13800138000" not in shown.stdout
        assert shell.run("tickets", "answer", "1", "请直接打市工信局", "--as", "小李").returncode == 0
        refused = shell.run("tickets", "answer", "1", "我也来", "--as", "小王")
        assert refused.returncode == 1 and "小李" in refused.stderr
        assert shell.run("tickets", "close", "1", "--as", "小李").returncode == 0
        said = httpx.get(talk, headers=headers, timeout=30).json()["messages"]
        assert [m["author"] for m in said if m["author"]] == ["小李", "小李"]
        assert say("算力券找谁办")["outcome"] not in ("with_staff", "handed_over")
    assert "没有等待处理" in shell.run("tickets").stdout
    assert shell.run("tickets", "take", "1").returncode == 1
    assert shell.run("tickets", "answer", "1").returncode == 2
    assert shell.run("tickets", "show").returncode == 2


def test_notify_has_nothing_to_tell_where_nothing_changed(shell: Shell) -> None:
    told = shell.run("notify", "--dry-run")
    assert (told.returncode, told.stdout) == (0, "没有谁的判定有变化\n")


def test_a_port_that_is_taken_is_told_with_the_way_out(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = shell.run("serve", HUIQI_PORT=str(port))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert str(port) in refused.stderr and "HUIQI_PORT=" in refused.stderr


def test_a_conversation_over_http_is_exported_masked_and_erased(shell: Shell) -> None:
    with shell.serving() as (address, process):
        opened = httpx.post(f"{address}/api/v1/conversations", timeout=30).json()
        talk = f"{address}/api/v1/conversations/{opened['id']}"
        headers = {"Authorization": f"Bearer {opened['token']}"}
        body = {"text": "我们是南京的省级专精特新民营企业，电话13800138000，转贷基金能用吗", "client_message_id": "1"}
        reply = httpx.post(f"{talk}/messages", json=body, headers=headers, timeout=30).json()
        assert reply["profile"]["city"]["value"] == "nanjing"
        text = httpx.get(f"{address}/api/v1/documents/nanjing-measures").json()["text"]
        for citation in reply["citations"]:
            if citation["document_id"] == "nanjing-measures":
                assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert httpx.get(address).status_code == 200
        assert httpx.get(f"{address}/readyz").json() == {"status": "ready", "problems": []}
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0

    with shell.serving() as (address, _):
        again = httpx.post(f"{address}/api/v1/conversations/{opened['id']}/messages", json=body, headers=headers)
        assert again.json() == reply
        exported = json.loads(shell.run("export", opened["id"]).stdout)
        assert "13800138000" not in json.dumps(exported)
        assert [m["role"] for m in exported["messages"]] == ["user", "assistant"]
        assert "13800138000" in shell.run("export", "--unmasked").stdout
        erased = shell.run("erase", opened["id"])
        assert erased.returncode == 0 and "2 条消息" in erased.stdout and "回执" in erased.stdout
        assert httpx.get(f"{address}/api/v1/conversations/{opened['id']}", headers=headers).status_code == 401
    assert shell.run("erase", opened["id"]).returncode == 1
    assert shell.run("export", opened["id"]).returncode == 1
    for file in (shell.folder / "var").rglob("*"):
        assert not file.is_file() or b"13800138000" not in file.read_bytes()
    week = shell.run("staff", "audit", "--week")
    assert "导出：@terminal 2 次" in week.stdout and "1 个对话，不打码" in week.stdout
    assert "删除：@terminal 1 次" in week.stdout and "没有问题" in week.stdout
    kept = shell.run("retain")
    assert kept.returncode == 0 and "超过 365 天没人用的对话 0 个" in kept.stdout
    assert "不按天数删" in shell.run("retain", HUIQI_RETENTION_DAYS="0").stdout
    too_short = shell.run("retain", HUIQI_AUDIT_DAYS="90")
    assert too_short.returncode == 2 and too_short.stderr.startswith("HUIQI_AUDIT_DAYS：")


def test_people_can_connect_within_three_seconds(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begun = time.monotonic()
    process = subprocess.Popen(
        [*shell.command, "serve"],
        cwd=shell.folder,
        env={**shell.environment, "HUIQI_PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert time.monotonic() - begun < 3
                time.sleep(0.02)
        assert httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=20).json() == {"status": "ok"}
    finally:
        process.kill()
        process.wait()
