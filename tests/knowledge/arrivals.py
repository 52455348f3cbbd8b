"""Documents that arrive, made in memory: a Word file, a PDF, and files that should not be opened."""

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

TEXT = """云溪市支持中小企业发展若干措施

一、支持创新

（一）支持数字化。对首次获评的国家专精特新“小巨人”企业给予100万元奖励。（责任单位：市工信局）

本措施自2026年1月1日起施行，有效期至2028年12月31日。"""


def word(*paragraphs: str, hidden: str = "", white: str = "", tiny: str = "", table: Sequence[str] = ()) -> bytes:
    """A Word document; `hidden`, `white` and `tiny` are paragraphs that nobody sees."""
    import docx
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if hidden:
        document.add_paragraph().add_run(hidden).font.hidden = True
    if white:
        document.add_paragraph().add_run(white).font.color.rgb = RGBColor(255, 255, 255)
    if tiny:
        document.add_paragraph().add_run(tiny).font.size = Pt(1)
    if table:
        cells = document.add_table(rows=1, cols=len(table)).rows[0].cells
        for cell, words in zip(cells, table, strict=True):
            cell.text = words
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def with_parts(document: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A Word document with some of its parts replaced or added."""
    with zipfile.ZipFile(BytesIO(document)) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    return archive({**kept, **parts})


def lying_about_its_size(document: bytes) -> bytes:
    """An archive whose directory says that each part is one byte long."""
    changed = bytearray(document)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + 24, 1)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def pdf(*contents: bytes, pages: int = 1, extra: bytes = b"", trailer: bytes = b"", packed: bool = False) -> bytes:
    """A PDF of ASCII text; each content is the drawing of one page, the last one of all that are left."""
    drawings = [contents[min(n, len(contents) - 1)] for n in range(min(pages, len(contents)))]
    objects = [b"<</Type/Catalog/Pages 2 0 R" + extra + b">>"]
    first = 4 + len(drawings)
    kids = b" ".join(b"%d 0 R" % (first + n) for n in range(pages))
    objects.append(b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages)
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for drawing in drawings:
        stream = zlib.compress(drawing, 9) if packed else drawing
        coding = b"/Filter/FlateDecode" if packed else b""
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), coding, stream))
    for n in range(pages):
        content = 4 + min(n, len(drawings) - 1)
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
        objects.append(page % content)
    pieces = [b"%PDF-1.4\n"]
    places: list[int] = []
    length = len(pieces[0])
    for number, made in enumerate(objects, start=1):
        places.append(length)
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, made))
        length += len(pieces[-1])
    body = b"".join(pieces)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(body))
    return body + head + table + end


def drawn(words: str, before: bytes = b"", size: int = 12) -> bytes:
    """The drawing of one line."""
    return b"BT /F1 %d Tf %s 50 700 Td (%s) Tj ET" % (size, before, words.encode("ascii"))
