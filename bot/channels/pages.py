"""The mobile chat page and the reading page of a policy document. What they say comes from the API and the library."""

import gzip
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from knowledge.document import Document, Provision
from knowledge.library import Library

FOLDER: Final = Path(__file__).parent.parent / "pages"
MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
PAGE_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_READ: Final = ["GET", "HEAD"]
FOR_EVER: Final = "public, max-age=31536000, immutable"
PARAGRAPH: Final = re.compile(r"\S[^\n]*")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load, as it is sent."""

    plain: bytes
    packed: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All files that pages load, by name; `version` is the hash of their contents and stands in their address."""

    files: Mapping[str, Asset]
    version: str


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a document's text that is, or is not, part of the quote to be shown."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A provision laid out for reading; `level` is its heading's, title and paragraphs are verbatim."""

    path: str
    name: str
    level: int
    title: tuple[Span, ...]
    paragraphs: tuple[tuple[Span, ...], ...]


def pages_router(library: Callable[[], Library], today: Callable[[], date]) -> APIRouter:
    """The pages for people. `library` is asked on each request, so that a reloaded corpus shows at once."""
    router = APIRouter(include_in_schema=False)
    assets = _assets()

    @router.api_route("/", methods=_READ)
    def chat() -> HTMLResponse:
        return _page("chat.html")

    @router.api_route("/documents/{document_id:path}", methods=_READ)
    def read(document_id: str, mark: str = "") -> HTMLResponse:
        document = library().documents.get(document_id)
        if document is None:
            return missing_page()
        day = today()
        quote = _read_range(mark, len(document.text))
        return _page(
            "document.html",
            document=document.record,
            lifecycle=document.lifecycle(day).value,
            today=day,
            sections=tuple(_sections(document, quote)),
        )

    @router.api_route("/static/{version}/{name:path}", methods=_READ)
    def static(version: str, name: str, request: Request) -> Response:
        asset = assets.files.get(name)
        if asset is None:
            return missing_page()
        # A page loaded before an update asks for its old version: it gets today's file, but does not keep it.
        headers = {
            "Cache-Control": FOR_EVER if version == assets.version else "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Vary": "Accept-Encoding",
        }
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(asset.packed, media_type=asset.media_type, headers={**headers, "Content-Encoding": "gzip"})
        return Response(asset.plain, media_type=asset.media_type, headers=headers)

    @router.api_route("/favicon.ico", methods=_READ)
    def favicon() -> Response:
        icon = assets.files["icon.svg"]
        return Response(icon.plain, media_type=icon.media_type, headers={"X-Content-Type-Options": "nosniff"})

    return router


def missing_page() -> HTMLResponse:
    """What a person sees at an address that does not exist."""
    return _page("missing.html", status_code=404)


@cache
def _assets() -> Assets:
    files: dict[str, Asset] = {}
    digest = hashlib.sha256()
    folder = FOLDER / "static"
    for path in sorted(folder.rglob("*")):
        media_type = MEDIA_TYPES.get(path.suffix)
        if media_type is None:
            continue
        name, plain = path.relative_to(folder).as_posix(), path.read_bytes()
        files[name] = Asset(plain, gzip.compress(plain, mtime=0), media_type)
        digest.update(name.encode() + b"\0" + plain)
    return Assets(files, digest.hexdigest()[:12])


@cache
def templates() -> Environment:
    """The templates of all pages; what they show is escaped, and a value that is missing is an error."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = f"/static/{_assets().version}"
    environment.filters["day"] = _day
    return environment


def _page(name: str, status_code: int = 200, **values: object) -> HTMLResponse:
    html = templates().get_template(name).render(**values)
    return HTMLResponse(html, status_code=status_code, headers=PAGE_HEADERS)


def _day(value: date) -> str:
    return f"{value.year} 年 {value.month} 月 {value.day} 日"


def _read_range(given: str, length: int) -> Range:
    """The offsets in `1234-1260`; an empty range where they do not fit the document."""
    match = re.fullmatch(r"([0-9]{1,7})-([0-9]{1,7})", given)
    if match is None:
        return (0, 0)
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end <= length else (0, 0)


def _sections(document: Document, quote: Range) -> Iterator[Section]:
    for provision in document.provisions.values():
        begins = lead(document, provision)
        yield Section(
            path=provision.path,
            name=_name(provision),
            level=min(2 + provision.path.count("/"), 6),
            title=_spans(document.text, (provision.start, begins), quote),
            paragraphs=tuple(
                _spans(document.text, match.span(), quote)
                for match in PARAGRAPH.finditer(document.text, begins, provision.end)
            ),
        )


def _name(provision: Provision) -> str:
    gap = "" if provision.label.endswith(("、", "）")) else " "
    return f"{provision.label}{gap}{provision.heading}".strip()


def lead(document: Document, provision: Provision) -> int:
    """Where a provision's printed label and heading end; its start where it has no heading."""
    if not provision.heading:
        return provision.start
    printed = re.compile(rf"\s*{re.escape(provision.label)}\s*{re.escape(provision.heading)}[。：:]?")
    match = printed.match(document.text, provision.start, provision.end)
    return match.end() if match else provision.start


def _spans(text: str, piece: Range, quote: Range) -> tuple[Span, ...]:
    first, last = piece
    start = min(max(quote[0], first), last)
    end = min(max(quote[1], start), last)
    runs = ((first, start, False), (start, end, True), (end, last, False))
    return tuple(Span(text[a:b], marked) for a, b, marked in runs if a < b)
