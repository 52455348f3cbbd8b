"""Light Markdown of answers as safe HTML: bold, lists, tables, headings, marks. Anything else stays plain text.

Every character of the text is escaped; only the few tags written here are added.
"""

import re
from collections.abc import Collection, Iterator

from markupsafe import Markup, escape

_ITEM = re.compile(r"^\s*(?:([-*•·])|(\d{1,3})[.)])\s+(.*)$")
_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^\s*\|[\s:|-]+\|\s*$")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_RUN = re.compile(r"\*\*(.+?)\*\*|\[(\d{1,3})\]")


def render_markdown(text: str, markers: Collection[int] = ()) -> Markup:
    """As the chat page shows it. A mark such as [1] becomes a link to `#cite-1` where there is such a citation."""
    return Markup("").join(_blocks(text.splitlines(), markers))


def _blocks(lines: list[str], markers: Collection[int]) -> Iterator[Markup]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if item := _ITEM.match(line):
            tag = "ul" if item[1] else "ol"
            items = []
            while at < len(lines) and (item := _ITEM.match(lines[at])) and ("ul" if item[1] else "ol") == tag:
                items.append(Markup("<li>{}</li>").format(_inline(item[3], markers)))
                at += 1
            yield Markup(f"<{tag}>{{}}</{tag}>").format(Markup("").join(items))
            continue
        if _ROW.match(line) and at + 1 < len(lines) and _RULE.match(lines[at + 1]):
            rows = []
            while at < len(lines) and (row := _ROW.match(lines[at])):
                if not _RULE.match(lines[at]):
                    cells = (Markup("<td>{}</td>").format(_inline(c.strip(), markers)) for c in row[1].split("|"))
                    rows.append(Markup("<tr>{}</tr>").format(Markup("").join(cells)))
                at += 1
            yield Markup("<table>{}</table>").format(Markup("").join(rows))
            continue
        if heading := _HEADING.match(line):
            yield Markup("<p><strong>{}</strong></p>").format(_inline(heading[1], markers))
        elif line.strip():
            paragraph = [_inline(line, markers)]
            while at + 1 < len(lines) and _is_plain(lines[at + 1]):
                at += 1
                paragraph.append(_inline(lines[at], markers))
            yield Markup("<p>{}</p>").format(Markup("<br>").join(paragraph))
        at += 1


def _is_plain(line: str) -> bool:
    return bool(line.strip()) and not (_ITEM.match(line) or _ROW.match(line) or _HEADING.match(line))


def _inline(text: str, markers: Collection[int]) -> Markup:
    parts, done = [], 0
    for found in _RUN.finditer(text):
        if found[1] is None and int(found[2]) not in markers:
            continue
        parts.append(escape(text[done : found.start()]))
        if found[1] is not None:
            parts.append(Markup("<strong>{}</strong>").format(_inline(found[1], markers)))
        else:
            parts.append(Markup('<a class="mark" href="#cite-{0}">{0}</a>').format(found[2]))
        done = found.end()
    return Markup("").join([*parts, escape(text[done:])])
