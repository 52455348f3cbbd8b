"""The text of a Word document. Its archive is checked before any of it is unpacked or parsed."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from knowledge.intake.limits import Limits, Refusal, Refused
from knowledge.intake.reading import Extract, Hidden

if TYPE_CHECKING:
    from docx.text.run import Run

_WORD = "word/document.xml"
_ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"BZh",
    b"\xfd7zXZ",
)
_TINY_POINTS = 4
_CHUNK = 64 * 1024
_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(data: bytes, limits: Limits) -> Extract:
    """Paragraphs and tables in order. Raises Refused for what is no plain Word document."""
    parts = _unpack(data, limits)
    if _WORD not in parts:
        raise Refused(Refusal.WRONG_KIND, ".docx")
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            _check_xml(name, content)
    import docx

    try:
        document = docx.Document(BytesIO(data))
    except (KeyError, ValueError, AttributeError) as error:
        raise Refused(Refusal.BROKEN, str(error)[:80]) from None
    hidden: list[Hidden] = []
    lines = list(_lines(document, hidden))
    hidden += _comments(parts)
    attached = sorted(name for name in parts if name.startswith("word/embeddings/") or name.endswith("vbaProject.bin"))
    hidden += [Hidden("attached", name) for name in attached]
    return Extract("\n".join(lines), tuple(hidden))


def _unpack(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts of the archive, counted as they are unpacked: what a header says of its size is not believed."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError) as error:
        raise Refused(Refusal.BROKEN, str(error)[:80]) from None
    entries = archive.infolist()
    if len(entries) > limits.most_parts:
        raise Refused(Refusal.BOMB, f"{len(entries)}")
    most = limits.ratio * len(data)
    if sum(entry.file_size for entry in entries) > most:
        raise Refused(Refusal.BOMB, f"1:{limits.ratio}")
    parts: dict[str, bytes] = {}
    left = most
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused(Refusal.ENCRYPTED)
        content = _inflate(archive, entry, left, limits)
        left -= len(content)
        if content.startswith(_ARCHIVES):
            raise Refused(Refusal.NESTED, entry.filename[:80])
        parts[entry.filename] = content
    return parts


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    pieces: list[bytes] = []
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    raise Refused(Refusal.BOMB, f"1:{limits.ratio}")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Refused(Refusal.BROKEN, str(error)[:80]) from None
    return b"".join(pieces)


def _check_xml(name: str, content: bytes) -> None:
    try:
        ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Refused(Refusal.ENTITIES, name[:80]) from None
    except ElementTree.ParseError as error:
        raise Refused(Refusal.BROKEN, f"{name[:80]}: {error}") from None


def _comments(parts: dict[str, bytes]) -> Iterator[Hidden]:
    for name, content in parts.items():
        if name.startswith("word/comments") and name.endswith(".xml"):
            words = "".join(ElementTree.fromstring(content, forbid_dtd=True).itertext()).strip()
            if words:
                yield Hidden("comment", words)


def _lines(document: Any, hidden: list[Hidden]) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # A merged cell comes once for each column that it spans.
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                yield "\t".join("".join(_words(cell, hidden)) for cell in cells)
        else:
            yield "".join(_words(block._p, hidden))


def _words(element: Any, hidden: list[Hidden]) -> Iterator[str]:
    from docx.text.run import Run

    for node in element.iter(f"{_MAIN}r", f"{_MAIN}p"):
        if node.tag == f"{_MAIN}p":
            continue
        run = Run(node, element)
        if _is_hidden(run):
            if run.text.strip():
                hidden.append(Hidden("invisible", run.text))
        else:
            yield run.text


def _is_hidden(run: "Run") -> bool:
    properties = run._r.find(f"{_MAIN}rPr")
    if properties is None:
        return False
    vanish = properties.find(f"{_MAIN}vanish")
    colour = properties.find(f"{_MAIN}color")
    size = properties.find(f"{_MAIN}sz")
    if vanish is not None and vanish.get(f"{_MAIN}val", "true") not in {"0", "false"}:
        return True
    white = colour is not None and colour.get(f"{_MAIN}val", "").upper() in {"FFFFFF", "FEFEFE"}
    half_points = size.get(f"{_MAIN}val", "") if size is not None else ""
    return white or (half_points.isdecimal() and int(half_points) < 2 * _TINY_POINTS)
