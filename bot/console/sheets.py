"""Tables to take away, as CSV and JSON lines. What people wrote is text in them, and a formula nowhere."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Final

_BYTE_ORDER = "\ufeff"  # without it spreadsheet programs read Chinese as something else
_FORMULA: Final = frozenset("=+-@\t\r\n|＝＋－＠")


def csv_head(columns: Sequence[str]) -> str:
    """The first line of a file."""
    return _BYTE_ORDER + csv_line(columns)


def csv_line(cells: Sequence[object]) -> str:
    """One line; a text that could be taken for a formula begins with an apostrophe."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def json_line(record: Mapping[str, object]) -> str:
    """One line for one record, every character of which is on that line."""
    written = json.dumps(record, ensure_ascii=False, default=str)
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085") + "\n"


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    begins = value.lstrip(" \u3000\xa0")[:1]
    return f"'{value}" if value[:1] in _FORMULA or begins in _FORMULA else value
