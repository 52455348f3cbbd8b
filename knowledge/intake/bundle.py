"""A corpus, or some of its folders, in a zip: only the files that a corpus has, in bounds, put where they belong."""

import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

from knowledge.intake.limits import MEGABYTE, Refusal, Refused
from knowledge.library import ORIGIN, QUESTIONS, RECORD, SOURCE, SUPPORTS, TARGETS

MOST_BYTES = 4 * MEGABYTE
_MOST_UNPACKED, _MOST_OF_A_FILE, _MOST_ENTRIES = 16 * MEGABYTE, MEGABYTE // 2, 1000
_FILES = {SOURCE, RECORD, SUPPORTS, QUESTIONS, TARGETS, ORIGIN}
_DOCUMENT = re.compile(r"[a-z][a-z0-9-]{0,79}")


def unpack(data: bytes, into: Path) -> tuple[str, ...]:
    """Writes the folders of documents into a folder, in place of any of that name; their ids. Raises Refused."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = _chosen(archive)
            contents = {place: _content(archive, entry) for place, entry in entries.items()}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(Refusal.BROKEN) from None
    documents = tuple(sorted({document for document, _ in contents}))
    if not documents:
        raise Refused(Refusal.NO_CORPUS)
    for document in documents:
        shutil.rmtree(into / document, ignore_errors=True)
        (into / document).mkdir(parents=True)
    for (document, name), content in contents.items():
        (into / document / name).write_bytes(content)
    return documents


def _chosen(archive: zipfile.ZipFile) -> dict[tuple[str, str], zipfile.ZipInfo]:
    """Entries by document and file. Where they lie in the archive does not matter; no path of it is ever used."""
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise Refused(Refusal.BOMB, f"> {_MOST_UNPACKED // MEGABYTE} MB")
    found: dict[tuple[str, str], zipfile.ZipInfo] = {}
    for entry in entries:
        *above, name = entry.filename.split("/")
        if name not in _FILES or not above or not _DOCUMENT.fullmatch(above[-1]):
            continue
        if entry.flag_bits & 1:
            raise Refused(Refusal.ENCRYPTED)
        if (above[-1], name) in found:
            raise Refused(Refusal.BROKEN, f"{above[-1]}/{name}")
        found[above[-1], name] = entry
    return found


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        content = stream.read(_MOST_OF_A_FILE + 1)
    if len(content) > _MOST_OF_A_FILE:
        raise Refused(Refusal.BOMB, f"> {_MOST_OF_A_FILE // 1024} KB")
    return content
