"""A server to be measured: one that runs already, or one that is started for the measurement and stopped after it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

_READY_WITHIN_S = 60.0
_OURS = ("OPENAI_", "HUIQI_", "TELEGRAM_", "WECHAT_", "WECOM_", "DATABASE_URL", "CHROMA_URL")


@dataclass(frozen=True, slots=True)
class Server:
    base_url: str
    pid: int | None
    ready_seconds: float | None


@contextmanager
def server_at(base_url: str | None = None, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The server at an address; without one a server on the loopback, with `more` settings than the defaults."""
    if base_url:
        yield Server(base_url, None, None)
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="huiqi-bench-") as data:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        environment |= {
            "HUIQI_HOST": "127.0.0.1",
            "HUIQI_PORT": str(port),
            "HUIQI_DATA_DIR": data,
            "HUIQI_RATE_PER_CONVERSATION": "0",
            "HUIQI_RATE_PER_ADDRESS": "0",
            **(more or {}),
        }
        log = Path(data) / "server.log"
        started = time.perf_counter()
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"], env=environment, stdout=out, stderr=subprocess.STDOUT
            )
            try:
                url = f"http://127.0.0.1:{port}"
                _wait_until_ready(url, process, log)
                yield Server(url, process.pid, time.perf_counter() - started)
            finally:
                process.terminate()
                process.wait(timeout=30)


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Raises RuntimeError with the end of the log if the server does not get ready."""
    until = time.monotonic() + _READY_WITHIN_S
    with httpx.Client(base_url=url, timeout=2.0, trust_env=False) as probe:
        while time.monotonic() < until and process.poll() is None:
            try:
                if probe.get("/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.02)
    raise RuntimeError(f"服务没有就绪：\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def resident_mb(pid: int) -> float:
    """Resident memory as the system counts it (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no memory figure for process {pid}")
