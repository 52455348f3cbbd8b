"""A PostgreSQL for the tests: the one of HUIQI_TEST_POSTGRES, else one started from the system's own binaries."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin")
_NOBODY = "65534"


class NoPostgres(RuntimeError):
    """There is none; the message says what would help."""


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server whose databases may be made and dropped. Raises NoPostgres."""
    given = os.environ.get("HUIQI_TEST_POSTGRES")
    if given:
        yield given
        return
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        os.chmod(folder, 0o777)
        data, port = Path(folder) / "data", _free_port()
        run = _as_somebody_else()
        subprocess.run(
            [*run, str(binaries / "initdb"), "-D", str(data), "-U", "huiqi", "-A", "trust", "--no-sync", "-E", "UTF8"],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        options = ["-c", "fsync=off", "-c", f"unix_socket_directories={folder}", "-c", "listen_addresses=127.0.0.1"]
        server = subprocess.Popen(
            [*run, str(binaries / "postgres"), "-D", str(data), "-p", str(port), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        try:
            _wait_for(binaries, port)
            yield f"postgresql://huiqi@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(20)


def _binaries() -> Path:
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    for pattern in _FOLDERS:
        candidates += sorted(Path("/").glob(pattern[1:]), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres("PostgreSQL is not installed, and HUIQI_TEST_POSTGRES names none")


def _as_somebody_else() -> list[str]:
    """PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(binaries: Path, port: int, seconds: float = 60) -> None:
    asked = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if subprocess.run(asked).returncode == 0:
            return
        time.sleep(0.05)
    raise NoPostgres("PostgreSQL did not start")
