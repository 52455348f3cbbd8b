"""Set up the virtual environment from a hashed lock: uv where it can be had, else pip. Standard library alone."""

import subprocess
import sys
import venv
from pathlib import Path

LEAST = (3, 11)


def main(folder: str, lock: str) -> int:
    if sys.version_info < LEAST:
        least, here = ".".join(map(str, LEAST)), sys.version.split()[0]
        print(f"需要 Python {least} 或更新；当前是 {here}。可用 make PYTHON=python3.12 指定。")
        return 1
    home = Path(folder)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        print(f"==> 建立虚拟环境 {folder}", flush=True)
        venv.create(home, with_pip=True, clear=home.exists())
    print(f"==> 按 {lock} 安装依赖（首次约需一分钟）", flush=True)
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "on"]
    has_uv = subprocess.run([*pip, "--quiet", "uv"]).returncode == 0
    if not has_uv:
        print("    没有 uv，改用 pip，会慢一些", flush=True)
    installer = [str(python), "-m", "uv", "pip", "install", "--python", str(python)] if has_uv else pip
    for arguments in (["--require-hashes", "-r", lock], ["--no-deps", "--no-build-isolation", "-e", "."]):
        if subprocess.run([*installer, *arguments]).returncode != 0:
            print("安装没有成功，原因见上。检查网络或软件源后再试一次同样的命令；已装好的部分会保留。")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
