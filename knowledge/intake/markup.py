"""The visible text of a web page, and what it hides. No script runs, nothing is fetched."""

import re
from html.parser import HTMLParser

from knowledge.intake.reading import Extract, Hidden

_BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre",
    "section", "table", "td", "th", "tr", "ul",
}  # fmt: skip
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SILENT = {"head", "script", "style", "template", "noscript", "svg", "object", "iframe", "select", "button", "textarea"}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|font-size\s*:\s*(?:0|[0-3](?:\.\d+)?\s*(?:px|pt))(?![\d.])|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}"
    r"|(?<![-\w])color\s*:\s*(?:#f{3}\b|#f[a-f0-9]f[a-f0-9]f[a-f0-9]\b|white\b|transparent\b"
    r"|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5]|rgba\([^)]*,\s*0(?:\.0+)?\s*\))",
    re.IGNORECASE,
)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden: list[Hidden] = []
        self._open: list[tuple[str, bool]] = []
        self._silent = 0
        self._veiled: list[str] = []

    @property
    def _is_veiled(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and not self._is_veiled:
            self.pieces.append("\n")
        if tag in _VOID:
            return
        if tag in _SILENT:
            self._silent += 1
        given = {name: value or "" for name, value in attrs}
        unseen = "hidden" in given or bool(_HIDING.search(given.get("style", "")))
        unseen = unseen or given.get("color", "").lower() in {"#fff", "#ffffff", "white"}
        self._open.append((tag, self._is_veiled or unseen))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and not self._is_veiled:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self._open):
            return
        was_veiled = self._is_veiled
        while self._open:
            name, _ = self._open.pop()
            if name in _SILENT:
                self._silent -= 1
            if name == tag:
                break
        if was_veiled and not self._is_veiled:
            self._unveil()
        if tag in _BLOCKS and not self._is_veiled:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._is_veiled:
            self._veiled.append(data)
        else:
            self.pieces.append(re.sub(r"\s+", " ", data))

    def handle_comment(self, data: str) -> None:
        # Editors and templates leave marks without a word of Chinese and without a sentence; those say nothing.
        if re.search(r"[\u4e00-\u9fff]|\w+\s+\w+\s+\w+\s+\w+", data):
            self.hidden.append(Hidden("comment", data))

    def _unveil(self) -> None:
        words = "".join(self._veiled).strip()
        self._veiled.clear()
        if words:
            self.hidden.append(Hidden("invisible", words))

    def close(self) -> None:
        super().close()
        self._unveil()


def read_html(text: str) -> Extract:
    """The visible text, a line for each block; what comments and styles hide, apart."""
    page = _Page()
    page.feed(text)
    page.close()
    lines = (line.strip() for line in "".join(page.pieces).split("\n"))
    return Extract("\n".join(line for line in lines if line), tuple(page.hidden))
