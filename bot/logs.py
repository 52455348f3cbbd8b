"""One event, one line of JSON. Control characters are escaped, personal data is hidden, no message text goes in."""

import json
import logging
import logging.handlers
import traceback
from datetime import UTC, datetime
from pathlib import Path

from chains.model.masking import mask

_MAX_BYTES = 10_000_000
_KEPT_FILES = 5


class JsonLine(logging.Formatter):
    """Fields given as `extra={"event": {…}}` stand beside the message; everything is ASCII and masked."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "source": record.name,
            "message": mask(record.getMessage()),
        }
        fields: dict[str, object] = getattr(record, "event", {})
        line.update({key: mask(value) if isinstance(value, str) else value for key, value in fields.items()})
        if record.exc_info and record.exc_info[1]:
            line["raised"] = trail(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)


def trail(error: BaseException) -> str:
    """Where an error came from, without its message, which could carry what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    steps = [f"{Path(f.filename).parent.name}/{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[-12:]]
    return f"{type(error).__name__} < " + " < ".join(reversed(steps))


def set_up_logging(data_dir: Path) -> None:
    """Events go to `logs/huiqi.jsonl` in the data directory; warnings and worse to the terminal as well."""
    folder = data_dir / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(
        folder / "huiqi.jsonl", maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="ascii"
    )
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.WARNING)
    for handler in (file, terminal):
        handler.setFormatter(JsonLine())
    logging.basicConfig(level=logging.INFO, handlers=[file, terminal], force=True)
    logging.raiseExceptions = False
    for noisy in ("httpx", "httpx2", "httpcore", "httpcore2", "openai", "chromadb", "uvicorn.access", "alembic", "mcp"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
